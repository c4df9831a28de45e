"""Charts as data: what is drawn, before anything draws it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from app.views.parts.layers import unit_of, unit_text
from engine import Array, Matrix


@dataclass(frozen=True, eq=False)
class Series:
    """Numbers of one kind; `role` is the colour of its symbols."""

    name: str
    values: Array
    role: str = ""


def _finite(series: tuple[Series, ...]) -> Array:
    return np.concatenate([s.values[np.isfinite(s.values)] for s in series])


@dataclass(frozen=True, eq=False)
class Bars:
    """A bar for each label, or one for each series beside each other; shares go from 0 to 1.

    `reach` is how high the highest bar of the charts beside it is, so that all have one scale.
    """

    title: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    is_share: bool = False
    chosen: int = -1
    reach: float = 0.0

    def ends(self) -> tuple[float, float]:
        """From where to where the bars reach: zero is among it, of shares 1, too."""
        values = _finite(self.series)
        low, high = float(values.min(initial=0.0)), float(values.max(initial=self.reach))
        return low, max(high, 1.0) if self.is_share else high

    def in_units(self) -> Bars:
        """The same in a power of ten that leaves figures to be read; the title tells which."""
        shown = np.concatenate([*(s.values for s in self.series), [self.reach]])
        unit = 0 if self.is_share else unit_of(shown)
        if not unit:
            return self
        scaled = tuple(replace(s, values=s.values / 10.0**unit) for s in self.series)
        title, reach = f"{self.title}  {unit_text(unit)}", self.reach / 10.0**unit
        return replace(self, title=title, series=scaled, reach=reach)


@dataclass(frozen=True, eq=False)
class Lines:
    """A line for each series over the same places."""

    title: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    at: tuple[float, ...] = ()
    is_log: bool = False

    def ends(self) -> tuple[float, float]:
        """From where to where the lines reach, in powers of ten where the scale is logarithmic.

        Zero is among it, unless it has no logarithm.
        """
        values = _finite(self.series)
        if self.is_log:
            values = np.log10(values[values > 0.0])
        low = float(values.min(initial=np.inf if self.is_log else 0.0))
        return low, float(values.max(initial=low))


@dataclass(frozen=True, eq=False)
class Heat:
    """A matrix in the colours of its cells, with the names of its rows and columns."""

    title: str
    matrix: Matrix


@dataclass(frozen=True, eq=False)
class Arcs:
    """From each row's name an arc to each column's, as thick as the share is large."""

    title: str
    matrix: Matrix


Chart = Bars | Lines | Heat | Arcs
