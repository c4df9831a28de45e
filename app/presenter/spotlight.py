"""A light on one row or one matrix; all around it steps back."""

from __future__ import annotations

from PySide6.QtCore import QObject, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from app.theme import Look
from app.views.parts.equation import Equation
from app.views.parts.matrix import Spot

Target = tuple[tuple[str, int], Spot]

DARKNESS = 215
"""How opaque what is not lit is covered, of 255."""


class Spotlight(QObject):
    """Off, on a row, on a matrix. It stays where it was put, or else follows the number asked.

    Signals:
        changed: it is on something else, or off.
    """

    MODES = ("off", "row", "matrix")

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.mode = "off"
        self.target: Target | None = None

    def turn(self, target: Target | None = None) -> None:
        """From off to the row, to the matrix, to off; another row begins anew."""
        is_same_row = self._row(target) == self._row(self.target)
        place = self.MODES.index(self.mode) if is_same_row else 0
        self.mode = self.MODES[(place + 1) % len(self.MODES)]
        self.target = target
        self.changed.emit()

    @staticmethod
    def _row(target: Target | None) -> object:
        return None if target is None else (target[0], target[1][0])

    def off(self) -> None:
        """No light."""
        self.mode, self.target = "off", None
        self.changed.emit()

    def lit(self, equation: Equation, at: Target | None) -> QRectF:
        """What is lit: a row with its name, or a whole matrix; empty where nothing is."""
        if self.mode == "off" or at is None:
            return QRectF()
        key, spot = at
        item = equation.item(key)
        if item is None or item.picture is None:
            return QRectF()
        if self.mode == "matrix":
            return item.rect
        cell, picture = equation.cell_rect(key, spot), item.picture
        frame = picture.frame.translated(item.at)
        return QRectF(frame.left(), cell.top(), frame.width(), cell.height())

    def paint(self, painter: QPainter, room: QRectF, lit: QRectF, look: Look) -> None:
        """Cover what is not lit, and frame what is."""
        if self.mode == "off":
            return
        cover = QColor(look.color("card"))
        cover.setAlpha(DARKNESS)
        edge = look.px(3)
        if lit.isEmpty():
            painter.fillRect(room.adjusted(edge, edge, -edge, -edge), cover)
            return
        light = lit.adjusted(-edge, -edge, edge, edge)
        around, hole = QPainterPath(), QPainterPath()
        around.addRect(room)
        hole.addRoundedRect(light, edge, edge)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillPath(around.subtracted(hole), cover)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(look.color("here_line"), max(2, look.px(1.5))))
        painter.drawRoundedRect(light, edge, edge)
