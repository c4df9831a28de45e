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
