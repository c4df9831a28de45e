"""Says in the window that a lesson runs, wherever its text is out of sight."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from app.views.lesson_bar import LessonBar

if TYPE_CHECKING:
    from app.window import Window


PAGE = "lesson page"
"""What the page of a lesson is called among the widgets."""


class Underway(QObject):
    """Names the lesson above the stage as long as its page is not seen."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self.window = window
        self.page: QWidget | None = None
        self.bar = LessonBar(window.look, window)
        self.bar.hide()
        window.column.insertWidget(0, self.bar)
        self.bar.page_wanted.connect(self._on_page_wanted)
        self.bar.leave_wanted.connect(self._on_leave_wanted)
        window.desk.lesson_changed.connect(self._on_changed)
        window.side.currentChanged.connect(self._on_changed)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """The page came into sight, or went."""
        if event.type() in {QEvent.Type.Show, QEvent.Type.Hide} and not event.spontaneous():
            self._tell()
        return False

    def _on_changed(self) -> None:
        if self.page is None:
            # The panel is made when it is first shown.
            self.page = self.window.side.findChild(QWidget, PAGE)
            if self.page is not None:
                self.page.installEventFilter(self)
        self._tell()

    def _tell(self) -> None:
        desk, page = self.window.desk, self.page
        is_seen = page is not None and page.isVisibleTo(self.window)
        book = desk.tour.book if desk.is_in_lesson else None
        self.bar.tell("" if book is None or is_seen else book.title)

    def _on_page_wanted(self) -> None:
        self.window.desk.tab_wanted.emit("lessons")
        self.window.desk.tour.page_wanted.emit("lesson")

    def _on_leave_wanted(self) -> None:
        self.window.desk.tour.leave()
