"""Results that are not told, because a lesson asks for them first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from app.seen import Seen
from app.views.parts.matrix import Marks, Spot
from engine import Cell, Matrix, Part

UNKNOWN = "?"


def is_kept_back(seen: Seen, part: Part) -> bool:
    """Whether a part is a matrix that is kept back, as result or as input, or a working of it."""
    if part.matrix is None:
        return False
    path = seen.cursor.path if part.kind == "working" else part.matrix.path
    return path in seen.kept_back


def is_read_secretly(seen: Seen, leaf: object) -> bool:
    """Whether a number of the arithmetic was read from an input that is kept back."""
    return isinstance(leaf, Cell) and seen.step.inputs[leaf.source].path in seen.kept_back


def untold(matrix: Matrix) -> Matrix:
    """The matrix without its numbers."""
    return matrix.with_data(np.full(matrix.shape, np.nan))


def blanked(seen: Seen, parts: Sequence[Part]) -> list[Part]:
    """The parts without the numbers that are kept back: no colour may give them away."""
    return [
        replace(part, matrix=untold(part.matrix))
        if part.matrix is not None and is_kept_back(seen, part)
        else part
        for part in parts
    ]


def unmarked(
    marks: Mapping[tuple[str, int], Marks], hidden: Mapping[tuple[str, int], Mapping[Spot, str]]
) -> dict[tuple[str, int], Marks]:
    """The marks without those that say whether a hidden number has changed."""
    return {
        key: replace(found, changed=found.changed - hidden[key].keys()) if key in hidden else found
        for key, found in marks.items()
    }


def question(matrix: Matrix, digits: int) -> str:
    """What stands for a number: as wide as one is likely to be, so that little moves later."""
    return UNKNOWN.center(digits + (2 if matrix.is_share else 3))


def questions(matrix: Matrix, digits: int) -> dict[Spot, str]:
    """What stands in all its cells."""
    return dict.fromkeys(np.ndindex(matrix.shape), question(matrix, digits))


def unknown(
    seen: Seen, parts: Sequence[Part], digits: int
) -> Mapping[tuple[str, int], Mapping[Spot, str]]:
    """What stands in the cells of the parts that are kept back."""
    found = {}
    for part in parts:
        if part.matrix is not None and is_kept_back(seen, part):
            found[part.kind, part.index] = questions(part.matrix, digits)
    return found
