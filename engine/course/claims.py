"""Claims: what must hold at a stop, as data; each kind is one entry of a closed table."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType

import numpy as np

from engine.course.evaluation import Setting
from engine.course.phrases import Phrase, Reference
from engine.course.results import Result
from engine.errors import InputError
from engine.trace import Array

CLOSE = 1e-12
"""How far apart two numbers may be that are equal but for rounding."""

APART = 1e-6
"""How far apart numbers must be to count as different."""


@dataclass(frozen=True)
class Claim:
    """A claim of one kind over phrases.

    `holds` is False where the opposite is claimed; `within` None is the kind's own
    tolerance; `when` names the variant that "unchanged" and "changed" look at.
    """

    kind: str
    phrases: tuple[Phrase, ...]
    holds: bool = True
    within: float | None = None
    when: str = ""


@dataclass(frozen=True, eq=False)
class Outcome:
    """Whether a claim holds, with the numbers it was judged by, and by how much they differ."""

    claim: Claim
    holds: bool
    sides: tuple[Result, ...]
    gap: float | None = None


@dataclass(frozen=True)
class Kind:
    """A kind of claim: how many phrases it takes and how it is judged.

    `most` −1 is any number. `judge` is given the phrases' numbers and the tolerance and
    gives whether it holds and the gap, if there is one. Two-sided kinds need equal shapes.
    """

    judge: Callable[[Sequence[Array], float], tuple[bool, float | None]]
    least: int = 1
    most: int = 1
    within: float = CLOSE
    is_compared: bool = False


def gap(a: Array, b: Array) -> float:
    """The largest difference; equal infinities and two NaN differ by 0."""
    same = (a == b) | (np.isnan(a) & np.isnan(b))
    with np.errstate(invalid="ignore"):
        differences = np.where(same, 0.0, np.abs(a - b))
    found = float(np.max(differences, initial=0.0))
    return math.inf if math.isnan(found) else found


def _size(a: Array) -> float:
    finite = np.abs(a[np.isfinite(a)])
    return max(1.0, float(finite.max(initial=0.0)))


def _equal(sides: Sequence[Array], within: float) -> tuple[bool, float]:
    """Equal but for rounding: within the tolerance times the size of the numbers, at least 1."""
    found = max(gap(sides[0], b) for b in sides[1:])
    return found <= within * _size(sides[0]), found


def _same(sides: Sequence[Array], _within: float) -> tuple[bool, float]:
    is_same = all(np.array_equal(sides[0], b, equal_nan=True) for b in sides[1:])
    return is_same, max(gap(sides[0], b) for b in sides[1:])


def _different(sides: Sequence[Array], within: float) -> tuple[bool, float]:
    found = gap(*sides)
    return found > within, found


def _zero(sides: Sequence[Array], _within: float) -> tuple[bool, None]:
    return not sides[0].any(), None  # NaN counts as any


def _symmetric(sides: Sequence[Array], within: float) -> tuple[bool, float | None]:
    (x,) = sides
    if x.shape[0] != x.shape[1]:
        return False, None
    found = gap(x, x.T)
    return found <= within * _size(x), found


def _sums_to_one(sides: Sequence[Array], within: float) -> tuple[bool, float]:
    sums = sides[0].sum(axis=1)
    found = gap(sums, np.ones_like(sums))
    return found <= within, found


def _less(sides: Sequence[Array], _within: float) -> tuple[bool, None]:
    return all(bool((a < b).all()) for a, b in pairwise(sides)), None


def _at_most(sides: Sequence[Array], _within: float) -> tuple[bool, None]:
    return all(bool((a <= b).all()) for a, b in pairwise(sides)), None


def _inside(sides: Sequence[Array], within: float) -> tuple[bool, None]:
    """Each number lies between the smallest and the largest of its column in the second."""
    found, values = sides
    if found.shape[1] != values.shape[1]:
        return False, None
    low, high = values.min(axis=0) - within, values.max(axis=0) + within
    return bool(((low <= found) & (found <= high)).all()), None


def _same_rows(sides: Sequence[Array], within: float) -> tuple[bool, None]:
    """The same rows in any order, each used once."""
    left = list(sides[1])
    for row in sides[0]:
        match = [i for i, other in enumerate(left) if gap(row, other) <= within * _size(row)]
        if not match:
            return False, None
        left.pop(match[0])
    return not left, None


def _finite(sides: Sequence[Array], _within: float) -> tuple[bool, None]:
    return bool(np.isfinite(sides[0]).all()), None


def _not_a_number(sides: Sequence[Array], _within: float) -> tuple[bool, None]:
    return bool(np.isnan(sides[0]).all()), None


KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "equal": Kind(_equal, 2, -1, is_compared=True),
        "same": Kind(_same, 2, -1, is_compared=True),
        "different": Kind(_different, 2, 2, APART, is_compared=True),
        "zero": Kind(_zero),
        "symmetric": Kind(_symmetric),
        "sums_to_one": Kind(_sums_to_one),
        "less": Kind(_less, 2, -1, is_compared=True),
        "at_most": Kind(_at_most, 2, -1, is_compared=True),
        "inside": Kind(_inside, 2, 2),
        "same_rows": Kind(_same_rows, 2, 2),
        "finite": Kind(_finite),
        "not_a_number": Kind(_not_a_number),
        "unchanged": Kind(_same, is_compared=True),
        "changed": Kind(_different, within=APART, is_compared=True),
    }
)
"""Every kind of claim. The last two compare a matrix with itself in the variant `when`."""

WITH_VARIANT = ("unchanged", "changed")


def judged(claim: Claim, setting: Setting) -> Outcome:
    """Whether the claim holds here; InputError if a phrase of it can't be evaluated."""
    kind = KINDS[claim.kind]
    sides = [setting.evaluate(p) for p in claim.phrases]
    if claim.kind in WITH_VARIANT:
        sides.append(_elsewhere(claim, setting))
    arrays = [s.data for s in sides]
    if kind.is_compared:
        arrays = _broadcast(arrays)
    within = kind.within if claim.within is None else claim.within
    holds, found = kind.judge(arrays, within)
    return Outcome(claim, bool(holds) == claim.holds, tuple(sides), found)


def _elsewhere(claim: Claim, setting: Setting) -> Result:
    """The claim's phrase in its variant: every name in it is looked up there."""
    there = Setting(setting.at(claim.when), setting.names, setting.variant)
    return there.evaluate(claim.phrases[0])


def _broadcast(arrays: Sequence[Array]) -> list[Array]:
    """A number may be compared with every number of a matrix; other shapes must be equal."""
    shape = max((a.shape for a in arrays), key=lambda s: s[0] * s[1])
    for array in arrays:
        if array.shape != shape and array.size != 1:
            left, right = (f"{r} × {c}" for r, c in (shape, array.shape))
            raise InputError("phrase_shapes", left=left, right=right)
    return [np.broadcast_to(a, shape) for a in arrays]


def named_variants(claim: Claim) -> set[str]:
    """The variants that a claim speaks of."""
    found = {claim.when} if claim.when else set()
    for phrase in claim.phrases:
        found |= variants_of(phrase.tree)
    return found


def variants_of(tree: object) -> set[str]:
    """The variants named anywhere in a phrase."""
    if isinstance(tree, Reference):
        return {tree.variant} if tree.variant else set()
    parts = getattr(tree, "given", None) or [
        getattr(tree, name, None) for name in ("of", "left", "right")
    ]
    return set().union(*(variants_of(p) for p in parts if p is not None)) if parts else set()
