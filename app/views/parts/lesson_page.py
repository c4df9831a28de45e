"""One stop of a lesson: its text, its questions, and the way on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.evidence import evidence
from app.keys import keep_keys, press_keys
from app.theme import Look
from app.tour import Tour
from app.views.parts.area import Area
from app.views.parts.asking import Asking, Fold
from app.views.parts.lesson_head import LessonHead, LessonWays
from app.views.parts.lesson_hint import LessonHint
from app.views.parts.live import Live
from app.views.parts.measuring import Measuring
from app.views.parts.passage import Passage
from engine import InputError
from engine.course import END, Asked, Block, Folded, Paragraph, Visit

if TYPE_CHECKING:
    from app.views.parts.inset import Inset


SETTLED = 60
"""Milliseconds in which a page is laid out."""


class LessonPage(QWidget):
    """Shows the tour's stop.

    Signals:
        contents_wanted: back to the list of lessons.
    """

    contents_wanted = Signal()

    def __init__(self, tour: Tour, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("lesson page")
        self.tour = tour
        self.look = look
        self.pieces: list[tuple[QWidget, Sequence[Block]]] = []
        self.claim = ""
        self.inset: Inset | None = None
        self.measuring: Measuring | None = None
        self.column = QVBoxLayout(self)
        self.ways = LessonWays(tour, look, self)
        self.ways.contents_wanted.connect(self.contents_wanted)
        self.column.addWidget(self.ways)
        self.head = LessonHead(tour, look, self)
        self.area = Area(self)
        self.area.setObjectName("lesson text")
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        keep_keys(self.area, (Qt.Key.Key_Up, Qt.Key.Key_Down))
        self.column.addWidget(self.area, 1)
        self._add_foot()
        tour.stop_changed.connect(self._on_stop)
        tour.told_anew.connect(self._on_told_anew)
        tour.shelf_changed.connect(self._on_stop)
        tour.document.cursor_changed.connect(self.away.refresh)
        look.changed.connect(self._on_told_anew)
        self._on_stop()

    def _add_foot(self) -> None:
        self.proof = QLabel(self)
        self.proof.setObjectName("evidence")
        self.proof.setWordWrap(True)
        self.proof.hide()
        self.away = LessonHint(self.tour, self.look, self)
        self.column.addWidget(self.proof)
        self.column.addWidget(self.away)
        row = QHBoxLayout()
        self.back, self.next = self._button("previous stop"), self._button("next stop")
        self.back.clicked.connect(self.tour.back)
        self.next.clicked.connect(self._on_next)
        self.count = QLabel(self)
        self.count.setAlignment(Qt.AlignmentFlag.AlignCenter)
        row.addWidget(self.back)
        row.addWidget(self.count, 1)
        row.addWidget(self.next)
        self.column.addLayout(row)

    def _button(self, name: str) -> QPushButton:
        button = QPushButton(self)
        button.setObjectName(name)
        press_keys(button)
        return button

    # The stop

    def _on_stop(self) -> None:
        self.claim = ""
        self.proof.hide()
        self.pieces = []
        self.inset = self.measuring = None
        visit, book = self.tour.visit, self.tour.book
        if visit is None or book is None:
            return
        inner = QWidget(self.area)
        self.rows = QVBoxLayout(inner)
        is_choosing = self.head.sizes.hasFocus()
        self.rows.addWidget(self.head)  # out of what is thrown away
        section = book.prose.sections[self.tour.place]
        self.heading = Passage(self.look, inner, 17, is_bold=True)
        self.rows.addWidget(self.heading)
        about = [*book.prose.about] if self.tour.place == 0 else []
        self._add_pieces(inner, [*about, *section.blocks], visit)
        self._add_extras(inner, visit)
        self.rows.addStretch()
        self.area.setWidget(inner)
        self._on_told_anew()
        if is_choosing:
            self.head.sizes.setFocus()
        self.area.verticalScrollBar().setValue(0)

    def _add_pieces(self, inner: QWidget, blocks: Sequence[Block], visit: Visit) -> None:
        running: list[Block] = []
        for block in [*blocks, None]:
            if block is not None and not isinstance(block, Asked | Folded):
                running.append(block)
                continue
            if running:
                self._add(Passage(self.look, inner), running)
                running = []
            if isinstance(block, Asked):
                asking = Asking(block, visit, self.look, inner)
                key = self.tour.key(block.id)
                made = self.tour.predictions
                asking.give(made.answers.get(key), is_given_up=key in made.given_up)
                asking.answered.connect(self._on_answered)
                asking.source_wanted.connect(self.tour.show_source)
                self._add(asking, [block])
            elif isinstance(block, Folded):
                self._add(Fold(block.blocks, self.look, inner), [block])

    def _add(self, widget: Passage | Asking | Fold, blocks: Sequence[Block]) -> None:
        widget.followed.connect(self._on_followed)
        self.pieces.append((widget, blocks))
        self.rows.addWidget(widget)

    def _add_extras(self, inner: QWidget, visit: Visit) -> None:
        """What can be measured, and the stop's plot."""
        if visit.stop.measured:
            self.measuring = Measuring(self.look, inner)
            self.measuring.wanted.connect(self._on_measure)
            self.rows.addWidget(self.measuring)
        if visit.stop.plot:
            from app.views.parts.inset import Inset  # brings pyqtgraph

            tour = self.tour
            self.inset = Inset(visit.stop, tour.document, self.look, tour.texts, inner)
            self.inset.wanted.connect(tour.plot_wanted)
            self.rows.addWidget(self.inset)

    def _on_measure(self) -> None:
        assert self.tour.visit is not None
        self.tour.visit.measure()
        self._on_told_anew()

    def _on_answered(self, question: str, answer: object) -> None:
        self.tour.answer(question, answer if isinstance(answer, float | str | tuple) else None)
        self._on_told_anew()
        asking = self.sender()
        if isinstance(asking, Asking):
            # What is said to it may stand below the panel's edge; texts that wrap have their
            # height after some passes.
            QTimer.singleShot(SETTLED, asking, lambda: self._bring(asking))

    def _bring(self, asking: Asking) -> None:
        """Let what is said to an answer be seen, and of the question as much as there is room."""
        for widget in (asking, asking.answer_text, asking.reason, asking.verdict):
            if widget.isVisible():
                self.area.ensureWidgetVisible(widget, 0, self.look.px(8))

    # Telling it

    def _on_told_anew(self) -> None:
        visit, live, book = self.tour.visit, self.tour.live, self.tour.book
        if visit is None or live is None or book is None or not self.pieces:
            self.away.refresh()
            return
        look, teller = self.look, Live(visit, live, self.look)
        self.column.setContentsMargins(*(4 * [look.px(8)]))
        self.rows.setContentsMargins(0, 0, look.px(6), look.px(6))
        self.rows.setSpacing(look.px(10))
        section = book.prose.sections[self.tour.place]
        self.heading.tell([Paragraph(section.title, section.line)], teller)
        for widget, blocks in self.pieces:
            if isinstance(widget, Passage):
                widget.tell(blocks, teller)
            elif isinstance(widget, Asking):
                # The answer may have been shown elsewhere, in the lecture hall.
                key = self.tour.key(widget.asked.id)
                widget.is_given_up = key in self.tour.predictions.given_up
                widget.refresh(live, teller)
            elif isinstance(widget, Fold):
                is_end = visit.stop.id == END
                title = self.tr("Model answer") if is_end else self.tr("Show more")
                widget.refresh(teller, title)
        self._show_extras(visit)
        self._show_words()
        self._show_proof()
        self.away.refresh()

    def _show_extras(self, visit: Visit) -> None:
        if self.measuring is not None:
            self.measuring.refresh(is_done=bool(visit.measured))
        if self.inset is not None:
            self.inset.refresh()
            # A plot would tell what is asked for.
            self.inset.setVisible(not self.tour.document.kept_back)

    def _show_words(self) -> None:
        book, look = self.tour.book, self.look
        assert book is not None
        last = len(book.lesson.stops) - 1
        self.ways.refresh()
        self.head.refresh()
        self.back.setText(self.tr("‹ Back"))
        self.back.setEnabled(self.tour.place > 0)
        self.next.setText(self.tr("Next ›") if self.tour.place < last else self.tr("Done ✓"))
        count = self.tr("%1 of %2").replace("%1", str(self.tour.place + 1))
        self.count.setText(count.replace("%2", str(last + 1)))
        for widget in (self.count, self.proof, self.back, self.next):
            widget.setFont(look.font(13))
        self.count.setStyleSheet(f"color: {look.theme.faint}")

    def _show_proof(self) -> None:
        live = self.tour.live
        if not self.claim or live is None:
            return
        try:
            text = evidence(live.outcome(self.claim), self.look.digits)
        except InputError:
            text = self.tr("What this speaks of is not there any more.")
        self.proof.setText(text)
        self.proof.show()

    # What the learner does

    def _on_followed(self, kind: str, target: str) -> None:
        if kind == "claim":
            self.claim = target
            self._show_proof()
            return
        if kind == "https":
            from PySide6.QtCore import QUrl
            from PySide6.QtGui import QDesktopServices

            QDesktopServices.openUrl(QUrl(f"https:{target}"))
            return
        self.tour.follow(kind, target)

    def _on_next(self) -> None:
        assert self.tour.book is not None
        if self.tour.place + 1 < len(self.tour.book.lesson.stops):
            self.tour.next()
        else:
            self.tour.leave()
