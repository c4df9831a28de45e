"""A radio button whose words wrap and may hold formulas and values, which Qt's own do not."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from app.keys import keep_keys
from app.theme import Look
from app.views.parts.passage import Passage
from app.views.parts.writing import Teller
from engine.course import Paragraph, Span


class Choice(QWidget):
    """The button and its words beside it; a click on the words chooses, too."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self.look = look
        self.button = QRadioButton(self)
        keep_keys(self.button)
        self.words = Passage(look, self)
        self.words.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)
        self.beside = QVBoxLayout()
        self.beside.addWidget(self.words)
        row.addLayout(self.beside, 1)

    def tell(self, spans: Sequence[Span], teller: Teller) -> None:
        """Show these words."""
        self.words.tell([Paragraph(tuple(spans), 0)], teller)
        self.button.setFont(self.look.font(14))
        self.button.setAccessibleName(self.words.toPlainText())
        self._level()

    def _level(self) -> None:
        """The circle's middle on that of the first line's capitals."""
        document = self.words.document()
        block = document.firstBlock()
        line = block.layout().lineAt(0)
        if line.isValid():
            top = document.documentLayout().blockBoundingRect(block).top()
            middle = top + line.y() + line.ascent() - self.words.fontMetrics().capHeight() / 2
            high = self.button.sizeHint().height()
            self.button.setFixedHeight(max(round(2 * middle), high))
            self.beside.setContentsMargins(0, max(round(high / 2 - middle), 0), 0, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The first line may hold something else."""
        super().resizeEvent(event)
        self._level()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Choose it."""
        if self.rect().contains(event.position().toPoint()):
            self.button.setFocus(Qt.FocusReason.MouseFocusReason)
            self.button.click()
