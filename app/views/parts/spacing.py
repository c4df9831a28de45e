"""How much room a matrix gives to what it shows; less of it, where there is little."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Spacing:
    """The room around what is shown, in letter sizes.

    `beside` is that of a number in its cell, `high` the height of a cell with one number,
    `higher` of each where there are several; `head` is the room for the symbol, `names` that for
    the columns' names, `edge` that between cells and brackets, `gap` that between matrices.
    `stripe` is how wide a number without room is at most.
    """

    beside: float
    high: float
    higher: float
    head: float
    names: float
    edge: float
    gap: float
    stripe: float = 0.45

    def high_as(self, other: Spacing) -> Spacing:
        """This one with the other's heights."""
        heights = {name: getattr(other, name) for name in ("high", "higher", "head", "names")}
        return replace(self, **heights)

    def wide_as(self, other: Spacing) -> Spacing:
        """This one with the other's widths."""
        return replace(self, beside=other.beside, edge=other.edge)


USUAL = Spacing(0.55, 1.85, 1.5, 1.9, 1.25, 0.45, 0.7)
CLOSE = Spacing(0.4, 1.5, 1.3, 1.7, 1.25, 0.45, 0.7)
CLOSEST = Spacing(0.2, 1.25, 1.2, 1.6, 1.15, 0.3, 0.45)
TIGHT = Spacing(0.2, 1.25, 1.2, 1.6, 1.15, 0.3, 0.3, 0.22)
