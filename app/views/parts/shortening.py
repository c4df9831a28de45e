"""Which numbers of a matrix stand in full where there is not room for all of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

Spot = tuple[int, int]
Key = tuple[str, int]

LIMITS = (24, 16, 12, 10, 8, 6, 5, 4, 3, 2, 1)


@dataclass(frozen=True)
class Needed:
    """The rows and columns of a matrix, from where and how many, that a number is read from."""

    first: Spot = (0, 0)
    count: Spot = (1, 1)


@dataclass(frozen=True)
class Extent:
    """So many rows and columns of a matrix in full, gathered around a number of it.

    `total` is how many rows and columns there are.
    """

    count: Spot
    focus: Spot
    total: Spot

    def turned(self) -> Spot:
        """The count in a picture that is transposed."""
        return self.count[1], self.count[0]

    def more(self) -> tuple[Extent, ...]:
        """The same matrix whole, or all of its rows, or all of its columns."""
        (rows, columns), (all_rows, all_columns) = self.count, self.total
        counts = (self.total, (all_rows, columns), (rows, all_columns))
        return tuple(Extent(count, self.focus, self.total) for count in counts)


def whole(shape: Spot) -> Extent:
    """All of a matrix."""
    return Extent(shape, (0, 0), shape)


def attempts(focus: Spot, needed: Needed, shape: Spot) -> list[list[Extent]]:
    """Ways to show less of a matrix, and each from much to little.

    All that is needed and more; as many rows as columns; a part of what is needed. Each matrix
    of an equation has as many, so that they can be tried together.
    """
    rows, columns = needed.count
    ways = [
        [_covering(n, needed) for n in LIMITS],
        [((n, n), focus) for n in LIMITS if n > 2],
        [((min(n, rows), min(n, columns)), focus) for n in LIMITS],
    ]
    return [[Extent(_least(count, shape), at, shape) for count, at in way] for way in ways]


def _least(one: Spot, two: Spot) -> Spot:
    return min(one[0], two[0]), min(one[1], two[1])


def _covering(least: int, needed: Needed) -> tuple[Spot, Spot]:
    (rows, row), (columns, column) = (
        _axis(least, first, count) for first, count in zip(needed.first, needed.count, strict=True)
    )
    return (rows, columns), (row, column)


def _axis(least: int, first: int, count: int) -> Spot:
    """How many to show, and which of them to gather around so that those needed are shown."""
    limit = max(least, count)
    return limit, first + limit // 2 - (limit - count) // 2


Extents = Mapping[Key, Extent]


def shorten(ways: dict[Key, list[list[Extent]]], has_room: Callable[[Extents], bool]) -> None:
    """The most in full for which there is room: first alike in all matrices, then more in each.

    What was last asked about is what counts; if there is room for nothing, it is the least.
    """
    found = None
    for way in zip(*ways.values(), strict=True):
        tried = [dict(zip(ways, extents, strict=True)) for extents in zip(*way, strict=True)]
        found = _largest(tried, has_room)
        if found is not None:
            break
    if found is None:
        return
    # The same rows in all matrices stand beside each other, so these come first.
    for some in [list(ways), *([key] for key in reversed(ways))]:
        for number in range(3):
            larger = {**found, **{key: found[key].more()[number] for key in some}}
            if larger == found:
                break
            if has_room(larger):
                found = larger
                break
    has_room(found)


def _largest(
    tried: Sequence[dict[Key, Extent]], has_room: Callable[[Extents], bool]
) -> dict[Key, Extent] | None:
    """The first that has room, by halves: each is smaller than the one before."""
    if not has_room(tried[-1]):
        return None
    low, high = 0, len(tried) - 1
    while low < high:
        middle = (low + high) // 2
        if has_room(tried[middle]):
            high = middle
        else:
            low = middle + 1
    return tried[high]
