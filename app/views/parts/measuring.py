"""Measures on the learner's computer what a lesson's text can only quote from there."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from app.keys import press_keys
from app.theme import Look


class Measuring(QWidget):
    """A button, and whether anything has been measured yet.

    Signals:
        wanted: measure now, or once more.
    """

    wanted = Signal()

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self.look = look
        self.button = QPushButton(self)
        press_keys(self.button)
        self.button.clicked.connect(self.wanted)
        self.state = QLabel(self)
        self.state.setWordWrap(True)
        self.rows = QVBoxLayout(self)
        self.rows.setContentsMargins(0, 0, 0, 0)
        self.rows.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        self.rows.addWidget(self.state)

    def refresh(self, *, is_done: bool) -> None:
        """Tell it anew: it may have been measured, look or language may be others."""
        self.button.setText(self.tr("Measure again") if is_done else self.tr("Measure now"))
        self.button.setFont(self.look.font(13))
        text = self.tr("Not measured yet: the text shows “?” until it is.")
        if is_done:
            text = self.tr(
                "Measured on this computer just now. It comes out a little different each time."
            )
        self.state.setText(text)
        self.state.setFont(self.look.font(12))
        self.state.setStyleSheet(f"color: {self.look.theme.faint};")
