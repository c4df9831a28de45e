"""Where the cells of one axis of a matrix lie; a long axis shows most of them as stripes."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property


@dataclass
class Axis:
    """`total` cells, of which `count` have their full `size` from `first` on.

    The others are stripes, `stripe` wide.
    """

    total: int
    size: float
    first: int
    count: int
    stripe: float

    @property
    def length(self) -> float:
        """From the first edge to the last."""
        return self.size * self.count + self.stripe * (self.total - self.count)

    @cached_property
    def edges(self) -> tuple[float, ...]:
        """Where each cell begins, and where the last one ends."""
        if self.count == self.total:
            return tuple(self.size * i for i in range(self.total + 1))
        edges = [0.0]
        for index in range(self.total):
            edges.append(edges[-1] + (self.size if self.is_full(index) else self.stripe))
        return tuple(edges)

    @property
    def shown(self) -> range:
        """The cells that have room for their number."""
        return range(self.first, self.first + self.count)

    @property
    def full(self) -> slice:
        """The same cells, to take them out of an array."""
        return slice(self.first, self.first + self.count)

    def spans(self) -> list[slice]:
        """Stripes, full cells, stripes again: those of the three that there are."""
        end = self.first + self.count
        three = (slice(0, self.first), self.full, slice(end, self.total))
        return [span for span in three if span.start < span.stop]

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
        return Axis(count, size, 0, count, 0.0)
    first = min(max(focus - limit // 2, 0), count - limit)
    return Axis(count, size, first, limit, max(thin, 1.0))
