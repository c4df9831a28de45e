"""Which numbers of a matrix stand in full where there is not room for all of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

Spot = tuple[int, int]
Key = tuple[str, int]

WHOLE = 999
LIMITS = (24, 16, 12, 10, 8, 6, 5, 4, 3, 2, 1)


@dataclass(frozen=True)
class Needed:
    """The rows and columns of a matrix, from where and how many, that a number is read from."""

    first: Spot = (0, 0)
    count: Spot = (1, 1)


@dataclass(frozen=True)
class Extent:
    """So many rows and columns of a matrix in full, gathered around a number of it."""

    count: Spot = (WHOLE, WHOLE)
    focus: Spot = (0, 0)

    def turned(self) -> Spot:
        """The count in a picture that is transposed."""
        return self.count[1], self.count[0]

    def more(self) -> tuple[Extent, ...]:
        """The same matrix whole, or all of its rows, or all of its columns."""
        rows, columns = self.count
        counts = ((WHOLE, WHOLE), (WHOLE, columns), (rows, WHOLE))
        return tuple(Extent(count, self.focus) for count in counts)


def attempts(focus: Spot, needed: Needed) -> list[Extent]:
    """From much to little: all that is needed, as many rows as columns, a part of what is needed.

    Each matrix of an equation has as many, so that they can be tried together.
    """
    rows, columns = needed.count
    full = [_covering(n, needed) for n in LIMITS]
    squares = [Extent((n, n), focus) for n in LIMITS if n > 2]
    parts = [Extent((min(n, rows), min(n, columns)), focus) for n in LIMITS]
    return full + squares + parts


def _covering(least: int, needed: Needed) -> Extent:
    (rows, row), (columns, column) = (
        _axis(least, first, count) for first, count in zip(needed.first, needed.count, strict=True)
    )
    return Extent((rows, columns), (row, column))


def _axis(least: int, first: int, count: int) -> Spot:
    """How many to show, and which of them to gather around so that those needed are shown."""
    limit = max(least, count)
    return limit, first + limit // 2 - (limit - count) // 2


def shorten(
    ways: dict[Key, Sequence[Extent]], has_room: Callable[[Mapping[Key, Extent]], bool]
) -> None:
    """The most in full for which there is room: first alike in all matrices, then more in each.

    What was last said to have room is what counts; if nothing has, it is the least.
    """
    found: dict[Key, Extent] = {}
    for extents in zip(*ways.values(), strict=True):
        found = dict(zip(ways, extents, strict=True))
        if has_room(found):
            break
    else:
        return
    # The same rows in all matrices stand beside each other, so these come first.
    for some in [list(ways), *([key] for key in reversed(ways))]:
        for way in range(3):
            larger = {**found, **{key: found[key].more()[way] for key in some}}
            if has_room(larger):
                found = larger
                break
    has_room(found)
