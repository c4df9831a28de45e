"""A radio button whose words wrap, which Qt's own do not."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QRadioButton, QSizePolicy, QWidget

from app.keys import keep_keys


class Choice(QWidget):
    """The button and its words beside it; a click on the words chooses, too."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.button = QRadioButton(self)
        keep_keys(self.button)
        self.words = QLabel(self)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setWordWrap(True)
        self.words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.words, 1)

    def tell(self, text: str, font: QFont) -> None:
        """Show these words."""
        self.words.setFont(font)
        self.words.setText(text)
        self.button.setFont(font)
        self.button.setAccessibleName(text)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Choose it."""
        if self.rect().contains(event.position().toPoint()):
            self.button.setFocus(Qt.FocusReason.MouseFocusReason)
            self.button.click()
