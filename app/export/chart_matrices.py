"""Charts of a matrix on paper: its cells, or an arc for each share."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from app.export.chart_picture import HEAD, LEFT, MIDDLE, RIGHT, ChartPicture
from app.numbers import format_number
from app.shading import cell_colors
from app.theme import Look
from app.views.parts.chart_looks import ARC, LEAST_SHARE, arc_color
from app.views.parts.charts import Arcs, Heat


class HeatPicture(ChartPicture):
    """A matrix in the colours of its cells; numbers where they have room."""

    CELL = QSizeF(46.0, 28.0)
    MOST = 400
    """Of more numbers only the colours are painted, in smaller cells."""

    def __init__(self, chart: Heat, look: Look) -> None:
        super().__init__(chart, look)
        self.matrix = chart.matrix
        rows, columns = self.matrix.shape
        self.has_numbers = self.matrix.data.size <= self.MOST
        self.cell = self.CELL if self.has_numbers else QSizeF(14.0, 14.0)
        self.field = QRectF(
            self.longest(self.matrix.rows),
            HEAD + 20,
            columns * self.cell.width(),
            rows * self.cell.height(),
        )

    def paint(self, painter: QPainter) -> None:
        """Names above and at the left, then the cells."""
        super().paint(painter)
        matrix, field, cell = self.matrix, self.field, self.cell
        shades, light = cell_colors(matrix.data, self.look.theme, is_share=matrix.is_share)
        for (row, column), value in np.ndenumerate(matrix.data):
            corner = QPointF(column * cell.width(), row * cell.height()) + field.topLeft()
            room = QRectF(corner, cell)
            painter.fillRect(room, QColor(*shades[row, column].tolist()))
            if self.has_numbers:
                ink = "cell_light" if light[row, column] else "cell_dark"
                text = format_number(float(value), self.look.digits)
                self.word(painter, room.center(), text, MIDDLE, ink)
        painter.setPen(QPen(self.look.color("outline"), 0.8))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(field)
        for row, name in enumerate(matrix.rows):
            y = field.top() + (row + 0.5) * cell.height()
            self.name(painter, QPointF(field.left() - 6, y), name, RIGHT)
        places = [field.left() + (i + 0.5) * cell.width() for i in range(len(matrix.columns))]
        self.names_along(painter, matrix.columns, places, field.top() - 11)


class ArcsPicture(ChartPicture):
    """Arcs from the words at the left to those at the right."""

    WIDE, ROW = 220.0, 26.0

    def __init__(self, chart: Arcs, look: Look) -> None:
        super().__init__(chart, look)
        self.matrix = chart.matrix
        high = max(3, *self.matrix.shape) * self.ROW
        self.field = QRectF(self.longest(self.matrix.rows), HEAD, self.WIDE, high)
        self.after = self.longest(self.matrix.columns)

    def _places(self, count: int) -> list[float]:
        top, bottom = self.field.top() + self.ROW / 2, self.field.bottom() - self.ROW / 2
        if count == 1:
            return [(top + bottom) / 2]
        return [top + i * (bottom - top) / (count - 1) for i in range(count)]

    def paint(self, painter: QPainter) -> None:
        """The arcs, and the words at their ends."""
        super().paint(painter)
        field, matrix = self.field, self.matrix
        left, right = map(self._places, matrix.shape)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for (row, column), value in np.ndenumerate(np.nan_to_num(matrix.data)):
            share = float(value)
            if share < LEAST_SHARE:
                continue
            color = arc_color(self.look, matrix.role, share)
            painter.setPen(QPen(color, max(0.6, ARC * share), c=Qt.PenCapStyle.FlatCap))
            path = QPainterPath(QPointF(field.left(), left[row]))
            middle = field.center().x()
            path.cubicTo(
                QPointF(middle, left[row]),
                QPointF(middle, right[column]),
                QPointF(field.right(), right[column]),
            )
            painter.drawPath(path)
        for name, y in zip(matrix.rows, left, strict=True):
            self.name(painter, QPointF(field.left() - 6, y), name, RIGHT)
        for name, y in zip(matrix.columns, right, strict=True):
            self.name(painter, QPointF(field.right() + 6, y), name, LEFT)
