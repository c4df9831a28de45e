"""Where an equation breaks into lines, and how large its letters can be."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence

from app.views.parts.item import Item

Size = tuple[float, float]

Span = tuple[int, int]
"""From this group to before that one."""


def grouped(items: Iterable[Item]) -> list[list[Item]]:
    """What stays on one line: a matrix with the signs before it and those that close it."""
    groups: list[list[Item]] = []
    for item in items:
        before = groups[-1] if groups else []
        is_open = bool(before) and all(i.picture is None for i in before)
        if is_open or (before and item.part.kind == "closing"):
            before.append(item)
        else:
            groups.append([item])
    return groups


def broken(count: int, room: Size, measure: Callable[[Span], Size]) -> list[Span]:
    """Lines of `count` groups, each filled as far as it goes.

    Where that is too high, the lowest way there is: high groups belong on one line.
    """
    wide, high = room
    filled = _filled(count, wide, measure)
    if len(filled) == 1 or sum(measure(span)[1] for span in filled) <= high:
        return filled
    return _lowest(count, wide, measure)


def _filled(count: int, wide: float, measure: Callable[[Span], Size]) -> list[Span]:
    spans, start = [], 0
    for end in range(1, count + 1):
        if end == count or measure((start, end + 1))[0] > wide:
            spans.append((start, end))
            start = end
    return spans


def _lowest(count: int, wide: float, measure: Callable[[Span], Size]) -> list[Span]:
    """The lowest lines of the groups from each one on, from the last to the first."""
    ways: dict[int, tuple[float, list[Span]]] = {count: (0.0, [])}
    for start in reversed(range(count)):
        tried = []
        for end in range(start + 1, count + 1):
            line_wide, line_high = measure((start, end))
            if line_wide > wide and end > start + 1:
                break
            below, spans = ways[end]
            tried.append((line_high + below, [(start, end), *spans]))
        ways[start] = min(tried, key=lambda way: (way[0], len(way[1])))
    return ways[0][1]


def falling(largest: float, least: float) -> list[float]:
    """Letter sizes from the largest down to the least, a pixel apart."""
    return [largest - step for step in range(int(largest - least) + 1)] if largest >= least else []


def first_with_room(sizes: Sequence[float], has_room: Callable[[float], bool]) -> float | None:
    """The first of falling sizes that has room, if any has.

    Where one has, all smaller ones have, so that few need be tried.
    """
    place = bisect_left(sizes, True, key=has_room)
    return sizes[place] if place < len(sizes) else None
