"""What a lesson's page says of where the learner stands, with a way back."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from app.keys import press_keys
from app.theme import Look
from app.tour import Tour


class LessonHint(QFrame):
    """Shown where something was changed, one is elsewhere, or the lesson was gone on with."""

    def __init__(self, tour: Tour, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self.tour = tour
        self.look = look
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
        """The learner may stand elsewhere."""
        tour = self.tour
        self.setVisible(tour.is_open and (tour.is_away or tour.is_elsewhere or tour.is_resumed))
        self.button.setText(self.tr("Back to the stop"))
        if tour.is_away:
            text = self.tr("You changed something: numbers and checks in the text follow.")
        elif tour.is_elsewhere:
            text = self.tr("You are elsewhere in the model.")
        else:
            text = self.tr("This is where you left off.")
            self.button.setText(self.tr("From the start"))
        self.text.setText(text)
        for widget in (self.text, self.button):
            widget.setFont(self.look.font(13))

    def _on_clicked(self) -> None:
        if self.tour.is_away or self.tour.is_elsewhere:
            self.tour.again()
        else:
            self.tour.start_over()
