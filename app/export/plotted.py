"""A plot to be taken along: the charts as they are now, and what they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from app.seen import Seen
from app.texts import Texts
from app.views.parts.charts import Bars, Chart, Lines
from app.views.parts.plots import plots
from engine import Array, InputError, Matrix
from engine.export import Work, csv_of


@dataclass(frozen=True, eq=False)
class Plotted:
    """A plot of a run: its name in the list, its title, a sentence, where it was made."""

    name: str
    title: str
    about: str
    where: str
    charts: tuple[Chart, ...]


def plotted(seen: Seen, texts: Texts, name: str) -> Plotted:
    """The plot of that name where one stands; InputError if it has nothing to draw there."""
    plot = next(p for p in plots() if p.name == name)
    charts = tuple(plot.make(seen, texts))
    if not charts:
        raise InputError("no_plot", seen.cursor.path, name=plot.title)
    where = " · ".join(part for part in (seen.scenario.name, seen.cursor.path) if part)
    return Plotted(name, plot.title, plot.about, where, charts)


def plot_csv(shown: Plotted) -> Work:
    """A table for each chart under its title: bars and lines have a row a series."""
    yield 1
    return csv_of(_tables(shown))


def _tables(shown: Plotted) -> Iterator[Matrix]:
    for chart in shown.charts:
        if isinstance(chart, Bars | Lines):
            rows = tuple(series.name for series in chart.series)
            yield Matrix(chart.title, _stacked(chart), rows, chart.labels, "")
        else:
            matrix = chart.matrix
            yield Matrix(chart.title, matrix.data, matrix.rows, matrix.columns, matrix.symbol)


def _stacked(chart: Bars | Lines) -> Array:
    return np.array([series.values for series in chart.series])
