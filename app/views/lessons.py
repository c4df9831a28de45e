"""The Lessons panel: contents, a stop of a lesson, interview practice."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.theme import Look
from app.tour import Tour
from app.views.parts.contents_page import ContentsPage
from app.views.parts.lesson_page import LessonPage
from app.views.parts.practice_page import PracticePage


class LessonsPanel(QStackedWidget):
    """Shows the contents until a lesson is begun."""

    def __init__(self, tour: Tour, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("lessons")
        self.tour = tour
        self.contents = ContentsPage(tour, look, self)
        self.lesson = LessonPage(tour, look, self)
        self.practice = PracticePage(tour, look, self)
        for page in (self.contents, self.lesson, self.practice):
            self.addWidget(page)
        self.contents.practice_wanted.connect(self.show_practice)
        self.lesson.contents_wanted.connect(self.show_contents)
        self.practice.contents_wanted.connect(self.show_contents)
        tour.stop_changed.connect(self._on_stop)
        tour.page_wanted.connect(self.show_page)
        self._on_stop()

    def show_page(self, name: str) -> None:
        """Show "contents", "lesson" or "practice"."""
        if name == "practice":
            self.show_practice()
        elif name == "lesson" and self.tour.is_open:
            self.setCurrentWidget(self.lesson)
        else:
            self.show_contents()

    def show_contents(self) -> None:
        """The list of lessons; a lesson that is being gone through waits."""
        self.setCurrentWidget(self.contents)
        self.contents.take_keyboard()

    def show_practice(self) -> None:
        """A closing question, or the one whose answer was begun."""
        self.setCurrentWidget(self.practice)
        self.practice.resume()

    def _on_stop(self) -> None:
        self.setCurrentWidget(self.lesson if self.tour.is_open else self.contents)

    def changeEvent(self, event: QEvent) -> None:
        """Texts may be in another language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.tour.retell()
        super().changeEvent(event)
