"""The Plot panel: one of the plots there are, drawn anew as the numbers change."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from app.chooser import Chooser
from app.document import Document
from app.keys import PRESS, keep_keys
from app.texts import Texts
from app.theme import Look
from app.views.parts.area import Area
from app.views.parts.canvas import Canvas
from app.views.parts.charts import Chart, Heat
from app.views.parts.followed import Followed
from app.views.parts.legend_strip import LegendStrip
from app.views.parts.plots import Plot, plots


class PlotPanel(Followed, QWidget):
    """Chooses a plot and draws it. This module brings pyqtgraph: import it when it is shown.

    Signals:
        chosen(str): the name of the plot that is shown now.
    """

    chosen = Signal(str)

    def __init__(self, document: Document, look: Look, texts: Texts, parent: QWidget) -> None:
        super().__init__(parent)
        self.document = document
        self.look = look
        self.texts = texts
        self.setObjectName("plot")
        self.name = plots()[0].name
        self.charts: list[Chart] = []
        self.choice = Chooser(look, self)
        self.choice.activated.connect(self._on_chosen)
        self.about = QLabel(self)
        self.about.setWordWrap(True)
        self.canvas = Canvas(look, self)
        self.area = Area(self)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the plot inside has the keyboard
        self.area.setWidget(self.canvas)
        self.legend = LegendStrip(look, self)
        self._lay_out_panel()
        self.follow(document)
        look.changed.connect(self._on_look)
        self._on_look()

    def _lay_out_panel(self) -> None:
        self.copy, self.export = QToolButton(self), QToolButton(self)
        self.foot = QHBoxLayout()
        self.foot.addStretch(1)
        for button in (self.copy, self.export):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            keep_keys(button, PRESS)
            self.foot.addWidget(button)
        self.rows = QVBoxLayout(self)
        self.rows.addWidget(self.choice)
        self.rows.addWidget(self.about)
        self.rows.addWidget(self.area, 1)
        self.rows.addWidget(self.legend)
        self.rows.addLayout(self.foot)

    def changeEvent(self, event: QEvent) -> None:
        """Texts may be in another language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._on_look()
        super().changeEvent(event)

    # What is chosen

    @property
    def plot(self) -> Plot:
        """The plot that is chosen."""
        return next(p for p in plots() if p.name == self.name)

    def choose(self, name: str) -> None:
        """Show another plot."""
        self.name = name
        self.chosen.emit(name)
        self._on_look()

    def _on_chosen(self) -> None:
        self.choose(self.choice.currentData())

    # Drawing

    def _on_look(self) -> None:
        look = self.look
        self.rows.setContentsMargins(*(4 * [look.px(10)]))
        self.rows.setSpacing(look.px(6))
        self.choice.setFont(look.font(13))
        self.choice.setAccessibleName(self.tr("Plot"))
        self.choice.clear()
        for plot in plots():
            self.choice.addItem(plot.title, plot.name)
        self.choice.setCurrentIndex(self.choice.findData(self.name))
        self.choice.setMinimumWidth(1)
        self.about.setFont(look.font(12))
        self.about.setStyleSheet(f"color: {look.theme.faint};")
        texts = (
            (self.copy, self.tr("Copy"), self.tr("Copy the plot as a picture")),
            (self.export, self.tr("Export ..."), self.tr("Export the plot, or its numbers")),
        )
        for button, text, hint in texts:
            button.setText(text)
            button.setToolTip(hint)
            button.setFont(look.font(12))
        self.canvas.restyle()
        self._on_changed()

    def draw(self) -> None:
        """Draw the plot for the numbers and the place there are now."""
        self.is_stale = False
        is_asked_first = bool(self.document.kept_back)
        charts = [] if is_asked_first else list(self.plot.make(self.document, self.texts))
        about = self.plot.about
        if self.document.is_comparing:
            side = self.tr("Side %1.").replace("%1", "B" if self.document.is_b else "A")
            about = f"{side} {about}"
        if is_asked_first:
            about += " " + self.tr("The lesson asks first: the plot comes with your answer.")
        elif not charts:
            about += " " + self.tr("There is nothing of the kind here.")
        self.about.setText(about)
        self.charts = charts
        is_free = bool(charts) and "export" not in self.document.scenario.locked
        self.copy.setVisible(is_free)
        self.export.setVisible(is_free)
        self.legend.show_range(next((c.matrix for c in charts if isinstance(c, Heat)), None))
        self.canvas.show_charts(charts, self.area.viewport().width() - self.look.px(64))
