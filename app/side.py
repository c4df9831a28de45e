"""The side panel: a tab for each panel of the table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from app.desk import Desk
from app.keys import keep_keys


@dataclass(frozen=True)
class Panel:
    """One tab. `make` is called when the tab is first shown if `is_late`, else at once."""

    name: str
    title: str
    make: Callable[[Desk, QWidget], QWidget]
    is_late: bool = False


def _explain(desk: Desk, parent: QWidget) -> QWidget:
    from app.views.explain import Explain

    return Explain(desk.document, desk.look, desk.texts, parent)


def _options(desk: Desk, parent: QWidget) -> QWidget:
    from app.views.options import OptionsPanel

    return OptionsPanel(desk.document, desk.look, desk.texts, parent)


def _lessons(desk: Desk, parent: QWidget) -> QWidget:
    from app.views.lessons import LessonsPanel

    return LessonsPanel(desk.tour, desk.look, parent)


def _plot(desk: Desk, parent: QWidget) -> QWidget:
    from app.views.plot import PlotPanel  # brings pyqtgraph

    panel = PlotPanel(desk.document, desk.look, desk.texts, parent)
    panel.chosen.connect(desk.choose_plot)
    panel.copy.clicked.connect(desk.plot_copy_wanted)
    panel.export.clicked.connect(desk.plot_export_wanted)
    return panel


def panels() -> tuple[Panel, ...]:
    """The tabs from left to right, titles in the language in force."""
    translate = QCoreApplication.translate
    return (
        Panel("explain", translate("Side", "Explain"), _explain),
        Panel("lessons", translate("Side", "Lessons"), _lessons, is_late=True),
        Panel("options", translate("Side", "Options"), _options),
        Panel("plot", translate("Side", "Plot"), _plot, is_late=True),
    )


class Side(QTabWidget):
    """The tabs; `views` holds those that have been made, by name."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.desk = desk
        self.views: dict[str, QWidget] = {}
        self.setDocumentMode(True)
        keep_keys(self.tabBar())
        for panel in panels():
            self.addTab(self._place(panel), panel.title)
        self.currentChanged.connect(self._on_current)
        desk.tab_wanted.connect(self.bring)
        desk.plot_wanted.connect(self._on_plot_wanted)

    def _place(self, panel: Panel) -> QWidget:
        if not panel.is_late:
            self.views[panel.name] = panel.make(self.desk, self)
            return self.views[panel.name]
        empty = QWidget(self)
        QVBoxLayout(empty).setContentsMargins(0, 0, 0, 0)
        return empty

    def _on_current(self, index: int) -> None:
        panel = panels()[index]
        if panel.name not in self.views:
            page = self.widget(index)
            layout = page.layout() if page is not None else None
            assert page is not None and layout is not None
            self.views[panel.name] = panel.make(self.desk, page)
            layout.addWidget(self.views[panel.name])

    def bring(self, name: str) -> None:
        """Show the tab of that name."""
        self.setCurrentIndex([p.name for p in panels()].index(name))

    def _on_plot_wanted(self, name: str) -> None:
        from app.views.plot import PlotPanel  # brings pyqtgraph

        self.desk.tab_wanted.emit("plot")
        panel = self.views["plot"]
        assert isinstance(panel, PlotPanel)
        panel.choose(name)

    def allow(self, name: str, is_allowed: bool) -> None:
        """Show or hide a tab."""
        self.setTabVisible([p.name for p in panels()].index(name), is_allowed)

    def refresh(self) -> None:
        """The titles in the language in force."""
        for index, panel in enumerate(panels()):
            self.setTabText(index, panel.title)
