"""What a page says of a step, which can't be asked for more."""

from __future__ import annotations

from app.numbers import exact
from app.texts import Texts
from engine import Step


def headline(texts: Texts, step: Step) -> str:
    """The step's title, with what is pinned there: (row, column) = number, from 1."""
    title, pins = texts.step(step).title, step.op.pins
    if not pins:
        return title
    numbers = ", ".join(f"({r + 1}, {c + 1}) = {exact(pins[r, c])}" for r, c in sorted(pins))
    return texts.phrase("pinned").format(title=title, numbers=numbers)
