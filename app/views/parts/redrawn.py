"""What of an equation must be painted anew after an edit: all that looks otherwise, no more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtGui import QRegion

from app.views.parts.equation import Equation
from app.views.parts.item import Item
from app.views.parts.layers import Layer
from app.views.parts.legend import Range
from app.views.parts.matrix import Marks, Measured
from engine import Array

Key = tuple[str, int]

MARGIN = 4
"""How far outlines reach beyond a matrix, in pixels."""


@dataclass(frozen=True, eq=False)
class Drawn:
    """All that a pane shows: the equation, its marks, and what stands at the foot."""

    equation: Equation
    marks: Mapping[Key, Marks]
    ranges: Sequence[Range]
    remarks: Sequence[str]

    def mark(self, item: Item) -> Marks:
        """What is marked on an item."""
        return self.marks.get(item.key, NO_MARKS)


NO_MARKS = Marks()


def redrawn(old: Drawn, new: Drawn) -> QRegion | None:
    """Where `new` looks otherwise than `old`, the foot left out; None for everywhere.

    Places and sizes are compared first: where one of them is another, all may be.
    """
    before, after = old.equation.items, new.equation.items
    if len(before) != len(after):
        return None
    region = QRegion()
    for was, now in zip(before, after, strict=True):
        if not _is_in_its_place(was, now):
            return None
        if now.picture is None or was.picture is None:
            continue
        is_same = old.mark(was) == new.mark(now)
        if not is_same or not _is_alike(was.picture.measured, now.picture.measured):
            edge = MARGIN * now.picture.look.px(1)
            region += QRegion(now.rect.toAlignedRect().adjusted(-edge, -edge, edge, edge))
    return region


def _is_in_its_place(was: Item, now: Item) -> bool:
    if was.at != now.at or was.width != now.width or was.key != now.key:
        return False
    old, new = was.picture, now.picture
    if old is None or new is None:
        return old is new and was.part.sign == now.part.sign
    return (
        old.pixels == new.pixels
        and old.across == new.across
        and old.down == new.down
        and old.read_only == new.read_only
        and old.spacing == new.spacing
        and old.is_named == new.is_named
        and old.is_working == new.is_working
    )


def _is_alike(was: Measured, now: Measured) -> bool:
    """Whether two matrices look alike, but for their marks."""
    return (
        was.title == now.title
        and was.prefix == now.prefix
        and was.name == now.name
        and was.twin == now.twin
        and was.shape_text == now.shape_text
        and was.row_names == now.row_names
        and was.column_names == now.column_names
        and was.matrix.origin == now.matrix.origin
        and was.matrix.role == now.matrix.role
        and len(was.layers) == len(now.layers)
        and all(map(_is_same_layer, was.layers, now.layers))
    )


def _is_same_layer(was: Layer, now: Layer) -> bool:
    return (
        was.digits == now.digits
        and was.unit == now.unit
        and was.reach == now.reach
        and was.is_share == now.is_share
        and was.is_slope == now.is_slope
        and was.special == now.special
        and _is_equal(was.data, now.data)
    )


def _is_equal(was: Array, now: Array) -> bool:
    return was is now or np.array_equal(was, now, equal_nan=True)
