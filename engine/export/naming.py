"""What matrices are called in a script: after their paths, as short as can be."""

from __future__ import annotations

import builtins
import keyword
import re
from collections.abc import Iterable, Mapping
from itertools import count, groupby

from engine.trace import Matrix, Step

_TAKEN = frozenset({"np", "torch", "math", "show", "figures", *keyword.kwlist, *dir(builtins)})


def place_of(path: str) -> str:
    """The block that a path stands in."""
    return path.rpartition("/")[0]


def sections(steps: Iterable[Step]) -> list[tuple[str, list[Step]]]:
    """Steps that follow each other in one block, with the block's path."""
    return [(place, list(found)) for place, found in groupby(steps, lambda s: place_of(s.path))]


class Names:
    """The variables of a script, by section and path.

    What only one section needs has a short name there, after the last part of its path
    (`W_Q`, `scores`), and another section may use that name again. What is read in
    another section has the name of its whole path (`encoder_1_norm_1`).
    """

    def __init__(
        self, parts: list[tuple[str, list[Step]]], reserved: Iterable[str], ties: Mapping[str, str]
    ) -> None:
        self.ties = ties
        taken = {*_TAKEN, *reserved}
        met = _met(parts, ties)
        shared = [path for path, where in met.items() if len(where) > 1]
        self._shared = _distinct({path: identifier(path) for path in shared}, taken)
        taken.update(self._shared.values())
        self._local = [
            _distinct({p: _short(p, place) for p, where in met.items() if where == {index}}, taken)
            for index, (place, _) in enumerate(parts)
        ]

    def __call__(self, section: int, matrix: Matrix) -> str:
        """The variable of a matrix in a section."""
        path = self.path(matrix)
        return self._shared.get(path) or self._local[section][path]

    def path(self, matrix: Matrix) -> str:
        """The path after which it is called; matrices that are tied are one."""
        return self.ties.get(matrix.path, matrix.path)


def _met(parts: list[tuple[str, list[Step]]], ties: Mapping[str, str]) -> dict[str, set[int]]:
    """In which sections each matrix is given, computed or read."""
    met: dict[str, set[int]] = {}
    for index, (_, steps) in enumerate(parts):
        for step in steps:
            for matrix in (*step.inputs, step.output):
                met.setdefault(ties.get(matrix.path, matrix.path), set()).add(index)
    return met


def _short(path: str, place: str) -> str:
    return identifier(path.removeprefix(f"{place}/")) if place else identifier(path)


def identifier(path: str) -> str:
    """A path as a name of Python: encoder/1/norm_1 is encoder_1_norm_1."""
    name = re.sub(r"\W", "_", path)
    return name if name.isidentifier() else f"_{name}"


def _distinct(wanted: Mapping[str, str], taken: set[str]) -> dict[str, str]:
    """The names, with a number after those that something else has already."""
    found: dict[str, str] = {}
    used = set(taken)
    for path, name in wanted.items():
        tries = (name if n == 1 else f"{name}_{n}" for n in count(1))
        found[path] = next(t for t in tries if t not in used)
        used.add(found[path])
    return found
