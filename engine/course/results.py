"""What a phrase comes to: numbers in rows and columns with their labels, or a word."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.trace import Array, Labels, numbered


@dataclass(frozen=True, eq=False)
class Result:
    """Numbers with labels of their rows and columns; `word` where it is a label itself."""

    data: Array
    rows: Labels = ()
    columns: Labels = ()
    word: str = ""

    @property
    def number(self) -> float | None:
        """The number, where it is a single one."""
        return float(self.data[0, 0]) if self.data.size == 1 and not self.word else None

    @property
    def row_labels(self) -> Labels:
        """The rows' labels, or their numbers."""
        return self.rows or numbered(self.data.shape[0])

    @property
    def column_labels(self) -> Labels:
        """The columns' labels, or their numbers."""
        return self.columns or numbered(self.data.shape[1])


def number(value: float) -> Result:
    """A single number."""
    return Result(np.array([[value]], dtype=np.float64))


DECIMALS = 6
"""With so many a number is told to whoever writes a lesson."""


def written(result: Result) -> str:
    """A result for whoever writes a lesson: a word, a number, a row or column, rows of rows."""
    if result.word:
        return result.word
    if result.number is not None:
        return _figure(result.number)
    data = result.data
    if 1 in data.shape:
        return _row(data.ravel())
    return f"({', '.join(_row(row) for row in data)})"


def _row(numbers: Array) -> str:
    return f"({', '.join(_figure(float(n)) for n in numbers)})"


def _figure(value: float) -> str:
    if np.isnan(value):
        return "NaN"
    if np.isinf(value):
        return "∞" if value > 0 else "-∞"
    short = f"{value:.{DECIMALS}f}".rstrip("0").rstrip(".")
    if short in {"0", "-0"}:
        return f"{value:.2g}" if value else "0"
    return short
