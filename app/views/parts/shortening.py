"""Which numbers of matrices stand in full where there is not room for all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from engine import Part

Spot = tuple[int, int]
Key = tuple[str, int]


@dataclass(frozen=True)
class Needed:
    """The rows and columns of a matrix, from where and how many, that a number is read from."""

    first: Spot = (0, 0)
    count: Spot = (1, 1)


@dataclass(frozen=True)
class Extent:
    """So many rows and columns of a matrix in full, gathered around a number of it."""

    count: Spot
    focus: Spot

    def turned(self) -> Spot:
        """The count in a picture that is transposed."""
        return self.count[1], self.count[0]


def whole(shape: Spot) -> Extent:
    """All of a matrix."""
    return Extent(shape, (0, 0))


@dataclass(frozen=True)
class Shared:
    """An axis that matrices of an equation have in common, as X its columns and W its rows.

    `members` are rows (0) or columns (1) of parts, `names` those of the cells. `is_down` tells
    whether they lie down or across; None of what is summed over, which does both. Those `count`
    cells from `first` on are needed before all others, and `focus` before these.
    """

    members: tuple[tuple[Key, int], ...]
    names: tuple[str, ...]
    is_down: bool | None
    first: int
    count: int
    focus: int

    @property
    def total(self) -> int:
        """How many cells there are."""
        return len(self.names)

    def around(self, count: int) -> int:
        """Which cell to gather so many around, so that those needed are among them."""
        if count < self.count:
            return self.focus
        return self.first + count // 2 - (count - self.count) // 2

    def joined(self, other: Shared) -> Shared:
        """Both as one, gathered around what is needed of the one that needs less."""
        first, count = min(self.first, other.first), max(self.count, other.count)
        last = max(a.first + a.count for a in (self, other))
        focus = min(self, other, key=lambda axis: axis.count).focus
        members = self.members + other.members
        return Shared(members, self.names, self.is_down, first, max(count, last - first), focus)


_Kind = tuple[tuple[str, ...], int, int, bool | None]
Counts = tuple[int, ...]


def shared_axes(
    parts: Sequence[Part], focus: Mapping[Key, Spot], needs: Mapping[Key, Needed]
) -> list[Shared]:
    """The axes of an equation that have more than one cell, in the order of what they are worth.

    Rows that stand beside each other come first, and an axis that only one matrix has comes last.

    Two are the same if their cells have the same names and the same of them are read; one of
    which nothing is read is the same as the last with its names that lies as it does.
    """
    groups: dict[_Kind, list[_Member]] = {}
    members = [member for part in parts for member in _members(part)]
    for member in sorted(members, key=lambda m: m.key not in needs):
        need = needs.get(member.key)
        if need is not None:
            first, count = need.first[member.axis], need.count[member.axis]
            # What is summed over lies across in one matrix and down in the next.
            kind: _Kind = (member.names, first, count, None if count > 1 else member.is_down)
        else:
            kind = (member.names, 0, 0, member.is_down)
            alike = [k for k, group in groups.items() if member.is_like(group)]
            kind = alike[-1] if alike else kind
        groups.setdefault(kind, []).append(member)
    found = [_shared(group, focus, needs) for group in groups.values()]
    return sorted(found, key=lambda axis: (len(axis.members) == 1, not axis.is_down))


@dataclass(frozen=True)
class _Member:
    """The rows (axis 0) or the columns of a part, and whether they lie down in its picture."""

    key: Key
    axis: int
    names: tuple[str, ...]
    is_down: bool

    def is_like(self, group: Iterable[_Member]) -> bool:
        return any((m.names, m.is_down) == (self.names, self.is_down) for m in group)


def _members(part: Part) -> list[_Member]:
    if part.matrix is None:
        return []
    axes = enumerate((part.matrix.rows, part.matrix.columns))
    key, turned = (part.kind, part.index), part.is_transposed
    return [
        _Member(key, a, tuple(names), (a == 0) != turned) for a, names in axes if len(names) > 1
    ]


def _shared(
    group: Sequence[_Member], focus: Mapping[Key, Spot], needs: Mapping[Key, Needed]
) -> Shared:
    """What the members have in common; a number asked that is not among those read is, too."""
    needed = [(needs[m.key], m.axis) for m in group if m.key in needs]
    spots = [focus[m.key][m.axis] for m in group if m.key in focus]
    first, count, middle = (spots or [0])[-1], 1, (spots or [0])[-1]
    if needed:
        need, axis = needed[0]
        first, count = need.first[axis], need.count[axis]
        middle = next((s for s in spots if not first <= s < first + count), first)
    last = max(first + count - 1, middle)
    first = min(first, middle)
    members = tuple((m.key, m.axis) for m in group)
    ways = {m.is_down for m in group}
    is_down = ways.pop() if len(ways) == 1 else None
    return Shared(members, group[0].names, is_down, first, last - first + 1, middle)


def joined(axes: Iterable[Shared]) -> list[Shared]:
    """The same axes, but as one those with the same names that lie alike, whatever is read."""
    found: dict[object, Shared] = {}
    for axis in axes:
        like = (axis.names, axis.is_down) if axis.is_down is not None else axis
        found[like] = found[like].joined(axis) if like in found else axis
    return list(found.values())


def extents(
    axes: Sequence[Shared], counts: Counts, shapes: Mapping[Key, Spot]
) -> dict[Key, Extent]:
    """What matrices of these shapes show if of each axis so many cells are in full."""
    counted = {key: list(shape) for key, shape in shapes.items()}
    around = {key: [0, 0] for key in shapes}
    for axis, count in zip(axes, counts, strict=True):
        for key, place in axis.members:
            counted[key][place] = count
            around[key][place] = axis.around(count)
    return {
        key: Extent((rows, columns), (around[key][0], around[key][1]))
        for key, (rows, columns) in counted.items()
    }


def shorten(
    axes: Sequence[Shared],
    shapes: Mapping[Key, Spot],
    has_room: Callable[[Mapping[Key, Extent]], bool],
) -> bool:
    """The most in full for which there is room: first alike along all axes, then more of each.

    All that is needed and more; then a part of it, of matrices beside each other the same one.
    If there is room for nothing, it is one of each; whether there was room.
    """

    def fits(those: Sequence[Shared], counts: Counts) -> bool:
        return has_room(extents(those, counts, shapes))

    sizes = range(max((axis.total for axis in axes), default=1), 0, -1)
    less = joined(axes)
    ways = (
        (axes, [tuple(min(max(n, a.count), a.total) for a in axes) for n in sizes]),
        (less, [tuple(min(n, a.total) for a in less) for n in sizes if n > 2]),
        (less, [tuple(min(n, a.count) for a in less) for n in sizes]),
    )
    for those, way in ways:
        found = _largest(way, partial(fits, those))
        if found is not None:
            _grow(those, found, partial(fits, those))
            return True
    return False


def _grow(axes: Sequence[Shared], found: Counts, has_room: Callable[[Counts], bool]) -> None:
    """As many more along each axis as there is room for, one axis after the other."""
    for place, axis in enumerate(axes):
        sizes = range(axis.total, found[place] - 1, -1)
        more = [(*found[:place], n, *found[place + 1 :]) for n in sizes]
        found = _largest(more, has_room) or found
    has_room(found)


def _largest(tried: Sequence[Counts], has_room: Callable[[Counts], bool]) -> Counts | None:
    """The first that has room, by halves: each is smaller than the one before."""
    if not tried or not has_room(tried[-1]):
        return None
    low, high = 0, len(tried) - 1
    while low < high:
        middle = (low + high) // 2
        if has_room(tried[middle]):
            high = middle
        else:
            low = middle + 1
    return tried[high]
