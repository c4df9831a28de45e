"""The second window: notes on the step, what comes next, and the time."""

from __future__ import annotations

import html

from PySide6.QtCore import QElapsedTimer, QEvent, QLocale, Qt, QTime, QTimer
from PySide6.QtWidgets import QLabel, QStackedWidget, QVBoxLayout, QWidget

from app.desk import Desk
from app.hall_keys import short_sheet
from app.views.explain import Explain
from app.views.parts.lesson_page import LessonPage
from engine import moves


class Notes(QWidget):
    """For whoever speaks: never on the screen that the hall sees."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.window, Qt.WindowType.Window)
        self.setObjectName("notes")
        self.desk = desk
        self.clock, self.next, self.keys = QLabel(self), QLabel(self), QLabel(self)
        for label in (self.next, self.keys):
            label.setWordWrap(True)
        self.pages = QStackedWidget(self)
        self.explain = Explain(desk.document, desk.look, desk.texts, self.pages)
        self.pages.addWidget(self.explain)
        self.rows = QVBoxLayout(self)
        self.rows.addWidget(self.clock)
        self.rows.addWidget(self.pages, 1)
        self.rows.addWidget(self.next)
        self.rows.addWidget(self.keys)
        self.since = QElapsedTimer()
        self.since.start()
        self.tick = QTimer(self)
        self.tick.setInterval(1000)
        self.tick.timeout.connect(self._on_tick)
        self.tick.start()
        document = desk.document
        for signal in (document.cursor_changed, document.model_changed, desk.look.changed):
            signal.connect(self._on_changed)
        desk.tour.stop_changed.connect(self._on_stop)
        self._on_changed()
        self._on_stop()
        self.resize(desk.look.px(520), desk.look.px(640))

    def _on_changed(self) -> None:
        look = self.desk.look
        self.setWindowTitle(self.tr("Notes"))
        self.rows.setContentsMargins(*(4 * [look.px(14)]))
        self.rows.setSpacing(look.px(10))
        self.clock.setFont(look.font(26, bold=True))
        self.next.setFont(look.font(15))
        self.keys.setFont(look.font(11.5))
        self.keys.setStyleSheet(f"color: {look.theme.faint};")
        self.next.setText(self.next_text())
        self.keys.setText("   ".join(f"{key} {text}" for key, text in short_sheet()))
        self._on_tick()

    def _on_stop(self) -> None:
        """In a lesson its text, which is written to be told; else what the step does."""
        is_lesson = self.desk.tour.is_open
        if is_lesson and self.pages.count() == 1:
            self.pages.addWidget(LessonPage(self.desk.tour, self.desk.look, self.pages))
        self.pages.setCurrentIndex(1 if is_lesson else 0)

    def next_text(self) -> str:
        """What a step forward would bring."""
        document, texts = self.desk.document, self.desk.texts
        paths = list(document.trace.steps)
        place = paths.index(moves.visible(document.trace, document.cursor).path) + 1
        if place >= len(paths):
            return html.escape(self.tr("This is the last step."))
        found = texts.step(document.trace[paths[place]])
        following = self.tr("Next: %1").replace("%1", found.name)
        return f"<b>{html.escape(following)}</b><br>{html.escape(found.title)}"

    def clock_text(self, now: QTime, seconds: int) -> str:
        """The time of day, and how long the talk has lasted."""
        hour = QLocale().toString(now, QLocale.FormatType.ShortFormat)
        minutes, rest = divmod(seconds, 60)
        return f"{hour}   ·   {minutes}:{rest:02}"

    def _on_tick(self) -> None:
        self.clock.setText(self.clock_text(QTime.currentTime(), self.since.elapsed() // 1000))

    def changeEvent(self, event: QEvent) -> None:
        """Texts may be in another language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._on_changed()
        super().changeEvent(event)
