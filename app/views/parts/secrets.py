"""Results that are not told, because a lesson asks for them first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from app.seen import Seen
from app.views.parts.matrix import Marks, Spot
from engine import Matrix, Part

UNKNOWN = "?"


def is_kept_back(seen: Seen, part: Part) -> bool:
    """Whether a part is the result of a step that is kept back, or one of its workings."""
    if part.matrix is None or part.kind not in {"output", "working"}:
        return False
    path = part.matrix.path if part.kind == "output" else seen.cursor.path
    return path in seen.kept_back


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
