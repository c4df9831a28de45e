"""A plot as a picture: what it is, where in the run it was made, and its charts."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QPainter
from shiboken6 import delete

from app.export.chart_axes import BarsPicture, LinesPicture
from app.export.chart_matrices import ArcsPicture, HeatPicture
from app.export.chart_picture import ChartPicture
from app.export.plotted import Plotted
from app.theme import Look
from app.views.parts.charts import Bars, Chart, Heat, Lines
from app.views.parts.legend import FOOT, paint_legend, ranges_of
from engine.export import Manner

EDGE, GAP, NARROWEST, WIDEST = 28.0, 30.0, 520.0, 1000.0
"""Margin, room between charts, and how wide a sheet is at least; at most, if a chart lets it."""


class PlotSheet:
    """A plot laid out; `size` is in pixels at 100%. To be used in a `with`."""

    def __init__(self, plotted: Plotted, manner: Manner) -> None:
        self.plotted = plotted
        self.title, self.path = plotted.title, plotted.where
        self.look = Look()
        self.look.set_theme(manner.theme)
        self.look.digits = manner.digits
        self.pictures = [_picture_of(chart, self.look) for chart in plotted.charts]
        self.width = max(NARROWEST, *(p.size.width() for p in self.pictures))
        if sum(p.size.width() + GAP for p in self.pictures) - GAP <= WIDEST:
            self.width = max(self.width, sum(p.size.width() + GAP for p in self.pictures) - GAP)
        self.about = self._about_height()
        self.places, self.end = self._flow(EDGE + 64 + self.about)
        self.heat = next((c.matrix for c in plotted.charts if isinstance(c, Heat)), None)

    def __enter__(self) -> PlotSheet:
        return self

    def __exit__(self, *_: object) -> None:
        """Let Qt's object go now: left to Python it would go at any time."""
        delete(self.look)

    def _about_height(self) -> float:
        room = QRectF(0, 0, self.width, 999)
        face = self.look.face(12)
        return face.metrics.boundingRect(room, _WRAPPED, self.plotted.about).height()

    def _flow(self, y: float) -> tuple[list[QPointF], float]:
        """Charts from left to right, as many in a line as have room; and where all end."""
        places: list[QPointF] = []
        x, line = 0.0, 0.0
        for picture in self.pictures:
            size = picture.size
            if x and x + size.width() > self.width + 0.5:
                x, y, line = 0.0, y + line + GAP / 2, 0.0
            places.append(QPointF(EDGE + x, y))
            x += size.width() + GAP
            line = max(line, size.height())
        return places, y + line

    @property
    def size(self) -> QSizeF:
        """Width and height with the margins."""
        foot = FOOT if self.heat is not None else 0
        return QSizeF(self.width + 2 * EDGE, self.end + foot + EDGE / 2)

    def paint(self, painter: QPainter) -> None:
        """Paint at the painter's origin."""
        look = self.look
        painter.fillRect(QRectF(QPointF(), self.size), look.color("card"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(look.color("ink"))
        painter.setFont(look.font(20, strong=True))
        painter.drawText(QPointF(EDGE, EDGE + 20), self.title)
        painter.setPen(look.color("faint"))
        painter.setFont(look.font(12))
        painter.drawText(QPointF(EDGE, EDGE + 41), self.path)
        room = QRectF(EDGE, EDGE + 48, self.width, self.about + 4)
        painter.drawText(room, _WRAPPED, self.plotted.about)
        for place, picture in zip(self.places, self.pictures, strict=True):
            painter.save()
            painter.translate(place)
            picture.paint(painter)
            painter.restore()
        if self.heat is not None:
            room = QRectF(EDGE, 0, self.width, self.size.height() - EDGE / 2)
            paint_legend(painter, room, look, ranges_of(self.heat, look))


_WRAPPED = int(Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap)


def _picture_of(chart: Chart, look: Look) -> ChartPicture:
    """A chart laid out."""
    if isinstance(chart, Bars):
        return BarsPicture(chart, look)
    if isinstance(chart, Lines):
        return LinesPicture(chart, look)
    return HeatPicture(chart, look) if isinstance(chart, Heat) else ArcsPicture(chart, look)
