"""How large charts should be, and how they fit their names in."""

from __future__ import annotations

from app.views.parts.charts import Arcs, Bars, Chart, Heat, Lines

LETTERS = 36
"""So many letters have room below standing bars."""

MOST_STANDING = 9
"""So many standing bars have room for their numbers."""

LEGEND_LETTERS = 15
"""So many letters of names stand beside each other in a legend."""


def height_of(chart: Chart) -> int:
    """The height at 100% text that a chart should have."""
    if isinstance(chart, Bars) and is_lying(chart):
        return 70 + 24 * len(chart.labels)
    if isinstance(chart, Lines):
        return 190 + legend_height(chart)
    if isinstance(chart, Heat | Arcs):
        rows = chart.matrix.shape[0]
        if isinstance(chart, Arcs):
            rows = max(chart.matrix.shape)
        return 62 + 26 * min(max(rows, 3), 12)
    return 190


def is_lying(chart: Bars) -> bool:
    """Whether the bars lie, since names or numbers have no room beside each other."""
    return len(chart.labels) > MOST_STANDING or sum(map(len, chart.labels)) > LETTERS


def legend_height(chart: Lines) -> int:
    """How much of a chart of lines its legend takes, at 100% text."""
    return 20 * -(-len(chart.series) // legend_columns(chart)) + 14


def legend_columns(chart: Lines) -> int:
    """How many names stand beside each other in the legend."""
    longest = max(len(series.name) for series in chart.series)
    return min(max(LEGEND_LETTERS // max(longest, 1), 1), 4)
