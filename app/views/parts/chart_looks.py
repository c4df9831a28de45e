"""How charts look, on the screen as in a file: colours, dashes, marks, what is too small."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from app.theme import Look
from app.views.parts.charts import Bars, Series

DASHES = (
    Qt.PenStyle.SolidLine,
    Qt.PenStyle.DashLine,
    Qt.PenStyle.DotLine,
    Qt.PenStyle.DashDotLine,
    Qt.PenStyle.DashDotDotLine,
)
MARKS = "osdt+xp"
"""Lines differ by dashes and marks as well as by colour."""

LEAST_SHARE = 0.02
"""A smaller share gets no arc."""

LINE, ARC = 1.8, 7.0
"""How thick a line is, and the arc of a whole share, at 100%."""


def role_color(look: Look, role: str) -> QColor:
    """The colour of a role, or of plain text."""
    return look.color(f"role:{role}" if role else "ink")


def bar_color(look: Look, chart: Bars, series: Series, index: int) -> QColor:
    """A bar's: that of the number asked stands out."""
    color = QColor(role_color(look, series.role))
    color.setAlpha(235 if index == chart.chosen or chart.chosen < 0 else 120)
    return color


def arc_color(look: Look, role: str, share: float) -> QColor:
    """An arc's: the fainter, the smaller the share."""
    color = QColor(role_color(look, role))
    color.setAlphaF(min(1.0, 0.25 + 0.75 * share))
    return color
