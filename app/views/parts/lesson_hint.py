"""What a lesson's page says of where the learner stands, with a way back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from app.keys import press_keys
from app.theme import Look
from app.tour import Tour


class LessonHint(QFrame):
    """Shown where something was changed, one is elsewhere, or something is left to do."""

    def __init__(self, tour: Tour, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self.tour = tour
        self.look = look
        self.act: Callable[[], None] | None = None
        self.text = QLabel(self)
        self.text.setWordWrap(True)
        self.button = QPushButton(self)
        press_keys(self.button)
        self.button.clicked.connect(self._on_clicked)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.text)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)

    def refresh(self) -> None:
        """The learner may stand elsewhere, or have answered."""
        found = self._found()
        self.setVisible(found is not None)
        if found is None:
            return
        text, button, self.act = found
        self.text.setText(text)
        self.button.setText(button)
        for widget in (self.text, self.button):
            widget.setFont(self.look.font(13))

    def _found(self) -> tuple[str, str, Callable[[], None]] | None:
        """What is to be said, what the button says, and what it does."""
        tour = self.tour
        if tour.is_away:
            text = self.tr("You changed something: numbers and checks in the text follow.")
            return text, self.tr("Back to the stop"), tour.again
        if tour.is_elsewhere:
            text = self.tr("You are elsewhere in the model.")
            return text, self.tr("Back to the stop"), tour.again
        if tour.is_resumed:
            text = self.tr("This is where you left off.")
            return text, self.tr("From the start"), tour.start_over
        if tour.visit is None or tour.place + 1 < len(tour.visit.lesson.stops):
            return None
        lesson = tour.visit.lesson
        progress = tour.predictions.progress(lesson)
        if progress.settled == progress.questions:
            return None
        text = self.tr("Questions still open: %1")
        text = text.replace("%1", str(progress.questions - progress.settled))
        return text, self.tr("To the first of them"), self._on_open

    def _on_open(self) -> None:
        assert self.tour.visit is not None
        self.tour.go(self.tour.predictions.first_open(self.tour.visit.lesson))

    def _on_clicked(self) -> None:
        if self.act is not None:
            self.act()
