"""From the numbers of a chart to places on the paper, and the ticks between."""

from __future__ import annotations

import math
from dataclasses import dataclass

from app.numbers import format_whole, raised

ABOUT = 4
"""So many ticks are aimed at."""


@dataclass(frozen=True)
class Scale:
    """Numbers from `low` to `high` lie between the places `start` and `end`."""

    low: float
    high: float
    start: float
    end: float
    is_log: bool = False

    def at(self, value: float) -> float:
        """Where a number lies; on a logarithmic scale what has no logarithm lies at the start."""
        if self.is_log:
            if value <= 0.0:
                return self.start
            value = math.log10(value)
        share = (value - self.low) / (self.high - self.low)
        return self.start + share * (self.end - self.start)

    def ticks(self) -> list[tuple[float, str]]:
        """Round numbers within the scale, and how they are written."""
        if self.is_log:
            decades = range(math.ceil(self.low - 1e-9), math.floor(self.high + 1e-9) + 1)
            return [(10.0**n, _power(n)) for n in decades]
        step = _round_step((self.high - self.low) / ABOUT)
        first, last = math.ceil(self.low / step - 1e-9), math.floor(self.high / step + 1e-9)
        digits = max(0, -math.floor(math.log10(step) + 1e-9))
        return [(n * step, format_whole(n * step, digits)) for n in range(first, last + 1)]


def _power(exponent: int) -> str:
    if 0 <= exponent <= 3:
        return str(10**exponent)
    return f"10{raised(exponent)}"


def _round_step(step: float) -> float:
    """The next larger of 1, 2 and 5 with its power of ten."""
    power = 10.0 ** math.floor(math.log10(step))
    return float(next((n * power for n in (1, 2, 5) if n * power >= step * (1 - 1e-9)), 10 * power))


def reaching(ends: tuple[float, float]) -> tuple[float, float]:
    """The ends of a scale that has a length, even where all numbers are one."""
    low, high = ends
    return (low, high) if low < high else (low, low + 1.0)
