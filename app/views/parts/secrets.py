"""Results that are not told, because a lesson asks for them first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from app.seen import Seen
from app.views.parts.matrix import Spot
from engine import Matrix, Part

UNKNOWN = "?"


def is_kept_back(seen: Seen, part: Part) -> bool:
    """Whether a part is the result of a step that is kept back, or one of its workings."""
    if part.matrix is None or part.kind not in {"output", "working"}:
        return False
    path = part.matrix.path if part.kind == "output" else seen.cursor.path
    return path in seen.kept_back


def blanked(seen: Seen, parts: Sequence[Part]) -> list[Part]:
    """The parts without the numbers that are kept back: no colour may give them away."""
    return [
        replace(part, matrix=part.matrix.with_data(np.full(part.matrix.shape, np.nan)))
        if part.matrix is not None and is_kept_back(seen, part)
        else part
        for part in parts
    ]


def question(matrix: Matrix, digits: int) -> str:
    """What stands for a number: as wide as one is likely to be, so that little moves later."""
    return UNKNOWN.center(digits + (2 if matrix.is_share else 3))


def unknown(
    seen: Seen, parts: Sequence[Part], digits: int
) -> Mapping[tuple[str, int], Mapping[Spot, str]]:
    """What stands in the cells of the parts that are kept back."""
    found = {}
    for part in parts:
        if part.matrix is not None and is_kept_back(seen, part):
            text = question(part.matrix, digits)
            found[part.kind, part.index] = dict.fromkeys(np.ndindex(part.matrix.shape), text)
    return found
