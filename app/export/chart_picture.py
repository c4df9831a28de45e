"""What all charts on paper have in common: a field, a title above, words around.

What pyqtgraph paints is made for pixels: as a vector its texts and edges grow with the
resolution. So the same charts, as data, are painted here with a plain painter.
"""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QPainter, QPen

from app.export.scales import Scale
from app.theme import Look
from app.views.parts.charts import Chart

HEAD, FOOT, WORDS = 30.0, 26.0, 11.0
"""Above and below a chart's field, and the size of the words along its axes."""

LONGEST = 150.0
"""So much room a name beside a field may take."""

LEFT, RIGHT = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
MIDDLE = Qt.AlignmentFlag.AlignHCenter


class ChartPicture:
    """A chart laid out; `size` is in pixels at 100%."""

    title: str
    field: QRectF
    after = 8.0
    """Room right of the field."""

    def __init__(self, chart: Chart, look: Look) -> None:
        self.look = look
        self.title = chart.title
        self.words, self.head = look.face(WORDS), look.face(13, strong=True)

    @property
    def size(self) -> QSizeF:
        """The field with all around it."""
        wide = max(self.field.right() + self.after, self.head.width(self.title) + 4)
        return QSizeF(wide, self.field.bottom() + FOOT)

    def paint(self, painter: QPainter) -> None:
        """Paint at the painter's origin."""
        self.word(painter, QPointF(0, 10), self.title, is_head=True)

    def longest(self, names: tuple[str, ...]) -> float:
        """The room that names beside the field need."""
        return min(LONGEST, max(map(self.words.width, names), default=0.0)) + 8

    def word(
        self,
        painter: QPainter,
        at: QPointF,
        text: str,
        align: Qt.AlignmentFlag = LEFT,
        color: str = "ink",
        *,
        is_head: bool = False,
    ) -> None:
        """A text whose left end, middle or right end is at a point."""
        face = self.head if is_head else self.words
        wide = face.width(text) + 2
        left = at.x() - (0 if align == LEFT else wide if align == RIGHT else wide / 2)
        painter.setPen(self.look.color(color))
        room = QRectF(left, at.y() - face.height / 2 - 1, wide, face.height + 2)
        face.paint(painter, room, text, align)

    def name(self, painter: QPainter, at: QPointF, text: str, align: Qt.AlignmentFlag) -> None:
        """A name beside the field, shortened where it is too long."""
        self.word(painter, at, self.words.shortened(text, LONGEST), align)

    def names_along(
        self, painter: QPainter, names: tuple[str, ...], places: list[float], y: float
    ) -> None:
        """Names beside each other: as many as have room."""
        end = -math.inf
        for name, x in zip(names, places, strict=True):
            half = self.words.width(name) / 2
            if x - half > end + 6:
                self.word(painter, QPointF(x, y), name, MIDDLE)
                end = x + half

    def grid(self, painter: QPainter, scale: Scale, *, is_lying: bool = False) -> None:
        """A thin line and a number at each tick."""
        field = self.field
        for value, text in scale.ticks():
            place = scale.at(value)
            painter.setPen(QPen(self.look.color("line"), 1.0))
            if is_lying:
                painter.drawLine(QPointF(place, field.top()), QPointF(place, field.bottom()))
                at = QPointF(place, field.bottom() + 12)
                self.word(painter, at, text, MIDDLE, "faint")
            else:
                painter.drawLine(QPointF(field.left(), place), QPointF(field.right(), place))
                self.word(painter, QPointF(field.left() - 6, place), text, RIGHT, "faint")
