"""A widget that draws charts one below the other. It brings pyqtgraph: import it when shown."""

from __future__ import annotations

from collections.abc import Sequence

import pyqtgraph as pg
from PySide6.QtWidgets import QWidget

from app.theme import Look
from app.views.parts.chart_items import Drawn, Ruler
from app.views.parts.chart_sizes import height_of
from app.views.parts.charts import Chart


class Canvas(pg.GraphicsLayoutWidget):  # type: ignore[misc]
    """Draws charts; of the same kinds as before it moves what is there."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self.look = look
        self.kinds: list[tuple[type, int]] = []
        self.drawn: list[Drawn] = []
        self.ci.setContentsMargins(0, 0, 0, 0)

    def restyle(self) -> None:
        """Colours or sizes are others now: all is laid out anew."""
        self.setBackground(self.look.color("card"))
        self.kinds = []

    def show_charts(self, charts: Sequence[Chart], room: float) -> None:
        """Draw these; each title has so much room."""
        kinds = [(type(chart), height_of(chart)) for chart in charts]
        if kinds != self.kinds:
            self._lay_out(charts)
        self.kinds = kinds
        for drawn, chart in zip(self.drawn, charts, strict=True):
            drawn.show(chart, room)

    def _lay_out(self, charts: Sequence[Chart]) -> None:
        self.clear()
        self.drawn = []
        for row, chart in enumerate(charts):
            axes = {name: Ruler(name) for name in ("left", "bottom")}
            item = self.addPlot(row=row, col=0, axisItems=axes)
            item.setContentsMargins(0, 0, self.look.px(8), 0)
            item.setPreferredHeight(self.look.px(height_of(chart)))
            self.drawn.append(Drawn(item, self.look))
        self.setMinimumHeight(self.look.px(sum(map(height_of, charts))))
