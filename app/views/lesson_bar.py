"""The bar that says a lesson runs, where the lesson itself is out of sight."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetricsF, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from app.keys import press_keys
from app.theme import Look
from app.views.parts.retold import Retold


class LessonBar(Retold, QWidget):
    """The lesson's name, which leads to it, and the way out of it.

    Signals:
        page_wanted: show the lesson.
        leave_wanted: end it.
    """

    page_wanted = Signal()
    leave_wanted = Signal()

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self.look = look
        self.setObjectName("lesson bar")
        self.title = ""
        self.name, self.out = QPushButton(self), QPushButton(self)
        self.name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.name.clicked.connect(self.page_wanted)
        self.out.clicked.connect(self.leave_wanted)
        for button in (self.name, self.out):
            press_keys(button)
        self.row = QHBoxLayout(self)
        self.row.addWidget(self.name, 1)
        self.row.addWidget(self.out)
        look.changed.connect(self._on_changed)
        self._on_changed()

    def tell(self, title: str) -> None:
        """Show the bar for this lesson; for none, "", hide it."""
        self.title = title
        self._on_changed()
        self.setVisible(bool(title))

    def _on_changed(self) -> None:
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(self.look.px(6))
        for button in (self.name, self.out):
            button.setFont(self.look.font(13))
        self.out.setText(self.tr("Leave lesson"))
        self.out.setToolTip(self.tr("What was open before comes back exactly as it was"))
        self._show_name()

    def _show_name(self) -> None:
        full = self.tr("Lesson: %1").replace("%1", self.title)
        room = self.name.width() - self.look.px(20)
        metrics = QFontMetricsF(self.name.font())
        shown = metrics.elidedText(full, Qt.TextElideMode.ElideRight, room)
        self.name.setText(shown.replace("&", "&&"))
        self.name.setAccessibleName(full)
        back = self.tr("Back to its text")
        self.name.setToolTip(f"{full}\n{back}")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The name for the new room."""
        super().resizeEvent(event)
        self._show_name()
