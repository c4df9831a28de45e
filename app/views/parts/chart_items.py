"""Charts drawn with pyqtgraph, in the window's own colours and type."""

from __future__ import annotations

import html
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPen

from app.numbers import format_number
from app.shading import Shades, cell_shades, needs_light_ink
from app.theme import Look
from app.views.parts.chart_looks import (
    ARC,
    DASHES,
    LEAST_SHARE,
    LINE,
    MARKS,
    arc_color,
    bar_color,
    role_color,
)
from app.views.parts.chart_sizes import height_of, is_lying, legend_columns, legend_height
from app.views.parts.charts import Arcs, Bars, Chart, Heat, Lines
from engine import Matrix

MOST_NUMBERS = 36
"""Numbers stand in the cells of a matrix with at most so many."""

MOST_LABELS = 9
"""So many labels stand along an axis; of more only some."""

SHARES = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
"""The ticks of an axis of shares."""


TICK = 4
"""How long ticks are, in pixels; towards their words."""


class Ruler(pg.AxisItem):  # type: ignore[misc]
    """An axis whose numbers have a real minus, and room for it."""

    def __init__(self, orientation: str) -> None:
        super().__init__(orientation)
        self.setTickDensity(0.6)

    def tickStrings(self, values: list[float], factor: float, spacing: float) -> list[str]:
        """The numbers along the axis."""
        return [text.replace("-", "−") for text in super().tickStrings(values, factor, spacing)]


class Drawn:
    """A chart in a plot item; `show` draws other numbers of the same kind into it."""

    def __init__(self, item: Any, look: Look) -> None:
        self.item = item
        self.look = look
        self.last: Bars | None = None
        self.bars: list[Any] = []
        self.written: list[Any] = []
        item.setMenuEnabled(False)
        item.hideButtons()
        item.setMouseEnabled(x=False, y=False)
        item.getViewBox().setDefaultPadding(0.04)
        for name in ("left", "bottom", "top", "right"):
            # Ticks point at their words: into the chart they would read as the minus of a 0.00.
            item.getAxis(name).setStyle(tickLength=TICK)

    def show(self, chart: Chart, room: float) -> None:
        """Draw this chart in place of what is drawn; the title has so much room."""
        chart = chart.in_units() if isinstance(chart, Bars) else chart
        if isinstance(chart, Bars) and self._follow(chart):
            return
        self.last = None
        self.item.clear()
        if self.item.legend is not None:
            self.item.legend.clear()
        size = f"{self.look.px(12)}px"
        title = self.look.face(12).shortened(chart.title, room)
        self.item.setTitle(html.escape(title), color=self.look.theme.ink, size=size)
        for name in ("left", "bottom", "top"):
            axis = self.item.getAxis(name)
            axis.setTickFont(self.look.font(10.5))
            axis.setTextPen(self.look.color("faint"))
            axis.setPen(self.look.color("outline"))
        if isinstance(chart, Bars):
            self._bars(chart)
        elif isinstance(chart, Lines):
            self._lines(chart)
        elif isinstance(chart, Heat):
            self._heat(chart)
        else:
            self._arcs(chart)

    # Bars

    def _follow(self, chart: Bars) -> bool:
        """Move the bars that are there, if there are as many: that is quick enough for a scrub."""
        last = self.last
        if last is None or (last.title, last.labels, last.chosen) != (
            chart.title,
            chart.labels,
            chart.chosen,
        ):
            return False
        self.last, written = chart, iter(self.written)
        for bars, series in zip(self.bars, chart.series, strict=True):
            ends = np.where(np.isfinite(series.values), series.values, 0.0)
            bars.setOpts(**{"width" if is_lying(chart) else "height": ends})
            for end, value in zip(ends, series.values, strict=True):
                self._place(next(written), chart, float(end), float(value))
        self._range(chart, lying=is_lying(chart))
        return True

    def _place(self, label: Any, chart: Bars, end: float, value: float) -> None:
        """Put a number to the end of its bar; beside a lying one, where no bar can be under it."""
        lying = is_lying(chart)
        label.setText(format_number(value, self.look.digits))
        label.setAnchor((0.0, 0.5) if lying else (0.5, 0.0 if value < 0 else 1.0))
        at = label.pos()
        label.setPos(*((max(end, 0.0), at.y()) if lying else (at.x(), end)))

    def _bars(self, chart: Bars) -> None:
        self.last, self.bars, self.written = chart, [], []
        lying, count = is_lying(chart), len(chart.series)
        self.item.invertY(lying)
        for index, series in enumerate(chart.series):
            wide = 0.8 / count
            at = np.arange(len(chart.labels)) + (index - (count - 1) / 2) * wide
            ends = np.where(np.isfinite(series.values), series.values, 0.0)
            thick = 0.9 * wide
            places = (
                {"x0": 0.0, "y": at, "width": ends, "height": thick}
                if lying
                else {"x": at, "height": ends, "width": thick}
            )
            brushes = [bar_color(self.look, chart, series, i) for i in range(len(ends))]
            pens = [self._edge(chart, i) for i in range(len(ends))]
            self.bars.append(pg.BarGraphItem(brushes=brushes, pens=pens, **places))
            self.item.addItem(self.bars[-1])
            for i, value in enumerate(series.values):
                label = pg.TextItem("", self.look.color("ink"))
                label.setFont(self.look.font(10.5))
                label.setPos(float(at[i]), float(at[i]))
                self.item.addItem(label)
                self.written.append(label)
                self._place(label, chart, float(ends[i]), float(value))
        self._words("left" if lying else "bottom", chart.labels, most=99 if lying else MOST_LABELS)
        self._range(chart, lying=lying)

    def _edge(self, chart: Bars, index: int) -> QPen:
        pen = QPen(self.look.color("accent" if index == chart.chosen else "outline"))
        pen.setCosmetic(True)
        pen.setWidthF(2.0 if index == chart.chosen else 0.0)
        return pen

    def _range(self, chart: Bars, *, lying: bool) -> None:
        low, high = chart.ends()
        spare = (0.4 if lying else 0.16) * (high - low or 1.0)
        below = (0.04 * (high - low) if lying else spare) if low < 0 else 0.0
        ends = (low - below, high + spare)
        places = (-0.6, len(chart.labels) - 0.4)
        across, up = (ends, places) if lying else (places, ends)
        self.item.setXRange(*across, padding=0)
        self.item.setYRange(*up, padding=0)
        # Above 1 there is room for a number, but nothing that a share could be.
        is_within = chart.is_share and (low, high) == (0.0, 1.0)
        axis = self.item.getAxis("bottom" if lying else "left")
        axis.setTicks([[(tick, f"{tick:g}") for tick in SHARES]] if is_within else None)

    # Lines

    def _lines(self, chart: Lines) -> None:
        places = np.array(chart.at or tuple(map(float, range(len(chart.labels)))))
        if self.item.legend is None:
            self.item.addLegend(offset=(4, 2), labelTextSize=f"{self.look.px(10.5)}px")
        legend = self.item.legend
        legend.setColumnCount(legend_columns(chart))
        legend.setLabelTextColor(self.look.color("ink"))
        legend.setBrush(self.look.color("card"))
        self.item.setLogMode(x=chart.is_log, y=chart.is_log)
        for index, series in enumerate(chart.series):
            color = role_color(self.look, series.role)
            pen = pg.mkPen(color, width=LINE, style=DASHES[index % len(DASHES)])
            self.item.plot(
                places,
                series.values,
                pen=pen,
                symbol=MARKS[index % len(MARKS)],
                symbolSize=self.look.px(6),
                symbolBrush=color,
                symbolPen=color,
                name=html.escape(series.name),
            )
        shown = np.log10(places) if chart.is_log else places
        self._words("bottom", chart.labels, shown)
        low, high = chart.ends()
        self.item.setXRange(float(shown[0]) - 0.1, float(shown[-1]) + 0.1, padding=0.02)
        # Room for the legend above the lines; title and axis take about 60.
        legend_part = legend_height(chart) / (height_of(chart) - 60)
        spare = (high - low or 1.0) * (legend_part / (1.0 - legend_part) + 0.08)
        self.item.setYRange(low, high + spare, padding=0.02)

    # Matrices

    def _heat(self, chart: Heat) -> None:
        matrix, theme = chart.matrix, self.look.theme
        shades = cell_shades(matrix.data, theme, is_share=matrix.is_share)
        if matrix.data.size <= MOST_NUMBERS:
            self._numbers(matrix, shades)
        image = pg.ImageItem(shades, axisOrder="row-major", levels=(0, 255))
        rows, columns = matrix.shape
        image.setRect(QRectF(-0.5, -0.5, columns, rows))
        image.setZValue(-1)
        self.item.addItem(image)
        self.item.showAxis("top")
        self.item.hideAxis("bottom")
        self.item.invertY(True)
        self._words("left", matrix.rows)
        self._words("top", matrix.columns)
        self.item.setXRange(-0.5, columns - 0.5, padding=0)
        self.item.setYRange(-0.5, rows - 0.5, padding=0)

    def _numbers(self, matrix: Matrix, shades: Shades) -> None:
        """The numbers in their cells."""
        light = needs_light_ink(shades)
        for (row, column), value in np.ndenumerate(matrix.data):
            ink = self.look.color("cell_light" if light[row, column] else "cell_dark")
            label = pg.TextItem(
                format_number(float(value), self.look.digits), ink, anchor=(0.5, 0.5)
            )
            label.setFont(self.look.font(10.5))
            label.setPos(column, row)
            self.item.addItem(label)

    def _arcs(self, chart: Arcs) -> None:
        matrix = chart.matrix
        rows, columns = matrix.shape
        high = max(rows, columns)
        left = np.linspace(0, high - 1, rows) if rows > 1 else np.array([(high - 1) / 2])
        right = np.linspace(0, high - 1, columns) if columns > 1 else np.array([(high - 1) / 2])
        along = np.linspace(0.0, 1.0, 24)
        smooth = along**2 * (3 - 2 * along)
        for (row, column), share in np.ndenumerate(np.nan_to_num(matrix.data)):
            if share < LEAST_SHARE:
                continue
            color = arc_color(self.look, matrix.role, float(share))
            pen = pg.mkPen(color, width=max(0.6, self.look.px(ARC) * float(share)))
            self.item.plot(along, left[row] + (right[column] - left[row]) * smooth, pen=pen)
        self.item.invertY(True)
        self.item.hideAxis("bottom")
        self.item.showAxis("right")
        for name, places, words in (("left", left, matrix.rows), ("right", right, matrix.columns)):
            axis = self.item.getAxis(name)
            axis.setTickFont(self.look.font(10.5))
            axis.setTextPen(self.look.color("ink"))
            axis.setPen(self.look.color("outline"))
            self._words(name, words, places)
        self.item.setXRange(0, 1, padding=0)
        self.item.setYRange(-0.5, high - 0.5, padding=0)

    # Axes

    def _words(
        self, axis: str, words: tuple[str, ...], places: Any = None, most: int = MOST_LABELS
    ) -> None:
        """The words along an axis; of too many only some."""
        at = np.arange(len(words)) if places is None else places
        every = -(-len(words) // most)
        ticks = [(float(at[i]), words[i]) for i in range(0, len(words), every)]
        self.item.getAxis(axis).setTicks([ticks])
