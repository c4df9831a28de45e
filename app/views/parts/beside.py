"""Where a card has its place: beside what it speaks of, and over nothing that it needs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QRect, QSize


def beside(
    sizes: Sequence[QSize], spoken: Sequence[QRect], clear: Sequence[QRect], room: QRect, gap: int
) -> QRect:
    """The best place in a room for a card of one of some sizes, the first of them rather.

    It covers as little as can be of what is `spoken` of, then of what is to be kept `clear`
    too; then it is as near to something spoken of as it can be, unless it is much narrower there.
    """
    inner = room.adjusted(gap, gap, -gap, -gap)
    tried = (place for size in sizes for place in _places(size, [*spoken, *clear], inner, gap))

    def worth(place: QRect) -> tuple[int, int, float]:
        near = min((_distance(place, rect) for rect in spoken), default=0.0)
        narrower = sizes[0].width() - place.width()
        return _covered(place, spoken), _covered(place, clear), near + narrower / 2

    return min(tried, key=worth)


def _places(size: QSize, rects: Iterable[QRect], inner: QRect, gap: int) -> list[QRect]:
    """At the edges of the room, and beside each rectangle or in line with it."""
    wide, high = size.width(), size.height()
    across, down = (
        {inner.left(), inner.right() + 1 - wide},
        {inner.top(), inner.bottom() + 1 - high},
    )
    for rect in rects:
        middle = rect.center()
        across |= {rect.left() - gap - wide, rect.right() + 1 + gap, middle.x() - wide // 2}
        down |= {rect.top() - gap - high, rect.bottom() + 1 + gap, middle.y() - high // 2}
    left = {max(min(x, inner.right() + 1 - wide), inner.left()) for x in across}
    top = {max(min(y, inner.bottom() + 1 - high), inner.top()) for y in down}
    return [QRect(x, y, wide, high) for x in sorted(left) for y in sorted(top)]


def _covered(place: QRect, rects: Iterable[QRect]) -> int:
    both = (place.intersected(rect) for rect in rects)
    return sum(max(rect.width(), 0) * max(rect.height(), 0) for rect in both)


def _distance(place: QRect, rect: QRect) -> float:
    """The gap between two rectangles, and a little of that between their middles."""
    across = max(rect.left() - place.right(), place.left() - rect.right(), 0)
    down = max(rect.top() - place.bottom(), place.top() - rect.bottom(), 0)
    middles = (place.center() - rect.center()).manhattanLength()
    return across + down + middles / 20
