"""What stands in a matrix's cells: its values, its gradient, or one above the other."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from app.numbers import digits_for, format_matrix, raised
from app.palettes import Theme
from app.seen import BOTH, GRADIENTS
from app.shading import Shades, cell_shades, reach_of, slope_shades
from engine import Array

Spot = tuple[int, int]

FORMATTED = 256
"""Of a matrix with more numbers only those shown are formatted: all may take 5 ms."""


@dataclass(frozen=True, eq=False)
class Slope:
    """A matrix's gradient, how it is written ("∂ℓ/∂"), and whether it stands alone."""

    data: Array
    prefix: str
    shown: str = BOTH

    @property
    def is_alone(self) -> bool:
        """Whether the values make way for it."""
        return self.shown == GRADIENTS


@dataclass(frozen=True)
class Reach:
    """How far from zero the colours of values and of gradients reach, where two matrices share
    them.
    """

    values: float
    slopes: float = 0.0


class Layer:
    """One number in each cell, as it is laid out (transposed already), with its texts.

    `special` has cells that say something else than their number; `reach` is how far the
    colours go, where that is not as far as the data.
    """

    def __init__(
        self,
        data: Array,
        digits: int,
        *,
        is_share: bool = False,
        is_slope: bool = False,
        special: Mapping[Spot, str] | None = None,
        reach: float | None = None,
    ) -> None:
        self.unit = unit_for(reach_of(data) if reach is None else reach) if is_slope else 0
        self.reach = None if reach is None else reach / 10.0**self.unit
        # Not data · 10^−unit, which overflows for the smallest numbers there are.
        self.data = data / 10.0**self.unit if self.unit else data
        self.is_share = is_share
        self.is_slope = is_slope
        self.special = special or {}
        self.digits = digits_for(self.data, digits)

    def shades(self, plain: Array, theme: Theme) -> Shades:
        """A background for each cell, given the numbers without those that are hatched."""
        if self.is_slope:
            return slope_shades(plain, theme, self.reach)
        return cell_shades(plain, theme, is_share=self.is_share, reach=self.reach)

    @cached_property
    def texts(self) -> list[list[str]]:
        """All numbers as they are shown."""
        return self.shown(slice(None), slice(None))

    def shown(self, rows: slice, columns: slice) -> list[list[str]]:
        """Some numbers: an exact 0 is "0", what only rounds to it "0.00"."""
        if "texts" in vars(self):
            return [line[columns] for line in self.texts[rows]]
        data = self.data[rows, columns]
        texts = format_matrix(data, self.digits)
        for row, column in zip(*np.nonzero(data == 0.0), strict=True):
            texts[row][column] = "0"
        for (row, column), text in self.special.items():
            down, across = row - (rows.start or 0), column - (columns.start or 0)
            if 0 <= down < len(texts) and 0 <= across < len(texts[down]):
                texts[down][across] = text
        return texts

    def longest(self) -> int:
        """The most characters that a number of the matrix has."""
        if self.data.size > FORMATTED:
            texts = format_matrix(np.array([extremes(self.data)]), self.digits)
            texts.append([*self.special.values()])
        else:
            texts = self.texts
        return max((max(map(len, row), default=1) for row in texts), default=1)


SMALL, LARGE = 0.1, 10000.0
"""Beyond these a gradient is shown in units of a power of ten, so that figures are left of it."""


def unit_of(data: Array) -> int:
    """The power of ten in which a gradient is shown: 0 where it can be read as it is."""
    return unit_for(reach_of(data))


def unit_for(largest: float) -> int:
    """The same of a gradient whose furthest number is so far from zero."""
    if largest == 0.0 or SMALL <= largest < LARGE:
        return 0
    return math.floor(math.log10(largest))


def unit_text(unit: int) -> str:
    """How a power of ten is written: ×10⁻⁵; nothing for 1."""
    return f"×10{raised(unit)}" if unit else ""


def extremes(data: Array) -> list[float]:
    """Numbers among which is one with the longest text.

    Of the numbers of one sign with as many places before the point, the largest is the
    longest; or, where it is so near to the next place that it loses a decimal, the least.
    """
    is_finite = np.isfinite(data)
    finite = data[is_finite]
    found = list(set(map(float, data[~is_finite])))
    for sign in (1.0, -1.0):
        sizes = finite[finite * sign > 0.0] * sign
        for bound in (*(10.0**places for places in range(1, 8)), np.inf):
            if sizes.size == 0:
                break
            is_below = sizes < bound
            if is_below.any():
                found += [sign * sizes[is_below].max(), sign * sizes[is_below].min()]
                sizes = sizes[~is_below]
    return found or [0.0]
