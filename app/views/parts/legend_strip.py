"""What the colours of a matrix stand for, as a strip of its own."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.theme import Look
from app.views.parts.legend import FOOT, paint_legend, ranges_of
from engine import Matrix


class LegendStrip(QWidget):
    """The range of a matrix's colours, at the right; nothing without a matrix."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self.look = look
        self.matrix: Matrix | None = None

    def show_range(self, matrix: Matrix | None) -> None:
        """Tell of this matrix."""
        self.matrix = matrix
        self.setFixedHeight(self.look.px(FOOT))
        self.setVisible(matrix is not None)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """As at the stage's foot."""
        if self.matrix is None:
            return
        painter = QPainter(self)
        room = QRectF(self.rect())
        paint_legend(painter, room, self.look, ranges_of(self.matrix, self.look))
        painter.end()
