"""Where the cells of one axis of a matrix lie; a long axis shows most of them as stripes."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass


@dataclass(frozen=True)
class Axis:
    """Where the cells of one axis lie: `edges` has one entry more than there are cells.

    A long axis shows `count` cells in full from `first` on; the others are thin stripes.
    """

    edges: tuple[float, ...]
    first: int
    count: int

    @property
    def length(self) -> float:
        """From the first edge to the last."""
        return self.edges[-1]

    def at(self, position: float) -> int | None:
        """The cell at a position, or None beyond the ends."""
        if not 0 <= position < self.edges[-1]:
            return None
        return bisect_right(self.edges, position) - 1

    def is_full(self, index: int) -> bool:
        """Whether this cell has room for its number."""
        return self.first <= index < self.first + self.count


def make_axis(count: int, size: float, limit: int, focus: int, thin: float) -> Axis:
    """Cells of `size`, at most `limit` of them in full, around `focus`."""
    if count <= limit:
        return Axis(tuple(size * i for i in range(count + 1)), 0, count)
    first = min(max(focus - limit // 2, 0), count - limit)
    stripe = max(thin, 1.0)
    edges = [0.0]
    for index in range(count):
        edges.append(edges[-1] + (size if first <= index < first + limit else stripe))
    return Axis(tuple(edges), first, limit)
