"""Charts with axes on paper: bars and lines."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from app.export.chart_picture import HEAD, LEFT, MIDDLE, RIGHT, ChartPicture
from app.export.scales import Scale, reaching
from app.numbers import format_number
from app.theme import Look
from app.views.parts.chart_looks import DASHES, LINE, MARKS, bar_color, role_color
from app.views.parts.chart_sizes import is_lying
from app.views.parts.charts import Bars, Lines


class BarsPicture(ChartPicture):
    """Bars that stand; those with long names lie."""

    HIGH, THICK = 150.0, 24.0

    def __init__(self, chart: Bars, look: Look) -> None:
        chart = chart.in_units()
        super().__init__(chart, look)
        self.chart = chart
        self.is_lying = is_lying(chart)
        count = len(chart.labels)
        self.field = (
            QRectF(self.longest(chart.labels), HEAD, 380.0, self.THICK * count)
            if self.is_lying
            else QRectF(44.0, HEAD, max(240.0, 46.0 * count), self.HIGH)
        )
        low, high = reaching(chart.ends())
        if self.is_lying:
            self.scale = Scale(low, high, self.field.left() + 4, self.field.right() - 56)
        else:
            below = 18 if low < 0 else 0
            self.scale = Scale(low, high, self.field.bottom() - below, self.field.top() + 18)

    def paint(self, painter: QPainter) -> None:
        """Ticks, bars with their numbers, names."""
        super().paint(painter)
        self.grid(painter, self.scale, is_lying=self.is_lying)
        chart, field = self.chart, self.field
        length = field.height() if self.is_lying else field.width()
        room = length / len(chart.labels)
        start = field.top() if self.is_lying else field.left()
        thick = 0.8 * room / len(chart.series)
        for place, series in enumerate(chart.series):
            for index, value in enumerate(series.values.tolist()):
                near = start + (index + 0.1) * room + place * thick
                self._bar(
                    painter,
                    near,
                    0.9 * thick,
                    value,
                    index,
                    bar_color(self.look, chart, series, index),
                )
        middles = [start + (i + 0.5) * room for i in range(len(chart.labels))]
        if not self.is_lying:
            self.names_along(painter, chart.labels, middles, field.bottom() + 12)
            return
        for name, y in zip(chart.labels, middles, strict=True):
            self.name(painter, QPointF(field.left() - 6, y), name, RIGHT)

    def _bar(
        self, painter: QPainter, near: float, thick: float, value: float, index: int, color: QColor
    ) -> None:
        end = value if math.isfinite(value) else 0.0
        zero, top = self.scale.at(0.0), self.scale.at(end)
        is_chosen = index == self.chart.chosen
        edge = self.look.color("accent" if is_chosen else "outline")
        painter.setPen(QPen(edge, 2.0 if is_chosen else 0.8))
        painter.setBrush(color)
        text = format_number(value, self.look.digits)
        if self.is_lying:
            painter.drawRect(QRectF(QPointF(zero, near), QPointF(top, near + thick)).normalized())
            self.word(painter, QPointF(max(zero, top) + 5, near + thick / 2), text)
            return
        painter.drawRect(QRectF(QPointF(near, zero), QPointF(near + thick, top)).normalized())
        away = -9 if value >= 0 or not math.isfinite(value) else 9
        self.word(painter, QPointF(near + thick / 2, top + away), text, MIDDLE)


class LinesPicture(ChartPicture):
    """Lines over the same places, and beside them their names."""

    WIDE, HIGH = 380.0, 200.0

    def __init__(self, chart: Lines, look: Look) -> None:
        super().__init__(chart, look)
        self.chart = chart
        wide = max(self.WIDE, 34.0 * len(chart.labels))
        self.field = QRectF(48.0, HEAD, wide, max(self.HIGH, 20.0 * len(chart.series)))
        low, high = reaching(chart.ends())
        self.up = Scale(low, high, self.field.bottom() - 6, self.field.top() + 6, chart.is_log)
        places = chart.at or tuple(map(float, range(len(chart.labels))))
        ends = (
            (math.log10(places[0]), math.log10(places[-1]))
            if chart.is_log
            else (places[0], max(places[-1], places[0] + 1.0))
        )
        across = Scale(*ends, self.field.left() + 10, self.field.right() - 10, chart.is_log)
        self.places = [across.at(place) for place in places]
        self.after = 44.0 + self.longest(tuple(s.name for s in chart.series))

    def paint(self, painter: QPainter) -> None:
        """Ticks, names, the lines with their marks, and who is who."""
        super().paint(painter)
        self.grid(painter, self.up)
        self.names_along(painter, self.chart.labels, self.places, self.field.bottom() + 12)
        for index, series in enumerate(self.chart.series):
            color = role_color(self.look, series.role)
            points = [
                QPointF(x, self.up.at(y))
                for x, y in zip(self.places, series.values.tolist(), strict=True)
                if math.isfinite(y)
            ]
            self._line(painter, points, index, color)
            y = self.field.top() + 10 + 20.0 * index
            x = self.field.right() + 12
            self._line(painter, [QPointF(x, y), QPointF(x + 24, y)], index, color, is_key=True)
            self.name(painter, QPointF(x + 32, y), series.name, LEFT)

    def _line(
        self,
        painter: QPainter,
        points: list[QPointF],
        index: int,
        color: QColor,
        *,
        is_key: bool = False,
    ) -> None:
        painter.setPen(QPen(color, LINE, DASHES[index % len(DASHES)]))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF(points))
        painter.setPen(QPen(color, 1.4))
        painter.setBrush(color)
        middle = [(points[0] + points[-1]) / 2] if is_key else points
        for point in middle:
            _paint_mark(painter, point, MARKS[index % len(MARKS)])


def _paint_mark(painter: QPainter, at: QPointF, mark: str, reach: float = 3.4) -> None:
    if mark == "o":
        painter.drawEllipse(at, reach, reach)
        return
    corners, turn = {"s": (4, 45), "d": (4, 0), "t": (3, 90), "p": (5, -90), "+": (4, 0)}.get(
        mark, (4, 45)
    )
    angles = [math.radians(turn + 360.0 * i / corners) for i in range(corners)]
    around = [at + QPointF(math.cos(a), math.sin(a)) * (1.3 * reach) for a in angles]
    if mark in "+x":
        painter.drawLine(around[0], around[2])
        painter.drawLine(around[1], around[3])
    else:
        painter.drawPolygon(QPolygonF(around))
