"""Two runs side by side: in what their scenarios differ, and B − A of their numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

import numpy as np
from numpy.typing import NDArray

from engine.options import CHOICES
from engine.scenario import Scenario
from engine.trace import Array, Labels, Matrix, Trace, freeze, numbered

Pairs = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Difference:
    """One thing in which B's scenario is not as A's; `a` and `b` are what they have there.

    kind says what: "option" by `name`; "word", number `place[0]` of the sentence
    `name`; "words", a whole sentence or vocabulary of another length; "parameter" and "mask"
    with `count` numbers that differ; "tie", the parameter that it is one with; "pin", one
    result at `place` set by hand (None where it is computed); "shapes", how many parameters
    have no counterpart of the same shape.
    """

    kind: str
    name: str = ""
    a: object = None
    b: object = None
    count: int = 0
    place: tuple[int, int] = (0, 0)


def differences(a: Trace, b: Trace) -> tuple[Difference, ...]:
    """In what B's scenario differs from A's, options first; () for two that hold the same.

    Painted masks are compared as they are in effect, since paint may change nothing. Traces
    without a scenario (those of `attend`) differ in nothing that can be listed.
    """
    if a.scenario is None or b.scenario is None:
        return ()
    these, those = a.scenario, b.scenario
    return (
        *_options(these, those),
        *_words(these, those),
        *_params(these, those),
        *_ties(these, those),
        *_masks(a, b, these, those),
        *_pins(these, those),
    )


def _options(a: Scenario, b: Scenario) -> Iterator[Difference]:
    for name in CHOICES:
        this, that = getattr(a.options, name), getattr(b.options, name)
        if this != that:
            yield Difference("option", name, this, that)


def _words(a: Scenario, b: Scenario) -> Iterator[Difference]:
    for name in ("source", "target", "expected", "source_vocabulary", "target_vocabulary"):
        these, those = getattr(a, name), getattr(b, name)
        if len(these) != len(those):
            yield Difference("words", name, these, those)
            continue
        for index, (this, that) in enumerate(zip(these, those, strict=True)):
            if this != that:
                yield Difference("word", name, this, that, place=(index, 0))


def _params(a: Scenario, b: Scenario) -> Iterator[Difference]:
    alike = [p for p in a.params if p in b.params and a.params[p].shape == b.params[p].shape]
    for path in alike:
        count = int(np.count_nonzero(a.params[path] != b.params[path]))
        if count:
            yield Difference("parameter", path, count=count)
    left = len(a.params) - len(alike), len(b.params) - len(alike)
    if any(left):
        yield Difference("shapes", a=left[0], b=left[1])


def _ties(a: Scenario, b: Scenario) -> Iterator[Difference]:
    for path in dict.fromkeys((*a.ties, *b.ties)):
        if a.ties.get(path) != b.ties.get(path):
            yield Difference("tie", path, a.ties.get(path), b.ties.get(path))


def _masks(a: Trace, b: Trace, these: Scenario, those: Scenario) -> Iterator[Difference]:
    for path in dict.fromkeys((*these.masks, *those.masks)):
        this, that = a.given.get(path), b.given.get(path)
        if this is None or that is None or this.shape != that.shape:
            yield Difference("mask", path, path in these.masks, path in those.masks)
            continue
        count = int(np.count_nonzero((this.data != 0.0) != (that.data != 0.0)))
        if count:
            yield Difference("mask", path, count=count)


def _pins(a: Scenario, b: Scenario) -> Iterator[Difference]:
    for path in dict.fromkeys((*a.pins, *b.pins)):
        these, those = a.pins.get(path, {}), b.pins.get(path, {})
        for place in sorted({*these, *those}):
            this, that = these.get(place), those.get(place)
            if this != that:
                yield Difference("pin", path, this, that, place=place)


@dataclass(frozen=True, eq=False)
class Contrast:
    """B − A of one matrix, as far as rows and columns have a counterpart.

    `rows` and `columns` pair A's indices with B's. Where there is no difference to show,
    `matrix` is None and `obstacle` says why: "absent_a", "absent_b" (only the other side has
    it), "rows" or "columns" (their numbers differ, and no names say which belong together).
    A cell is NaN where both are −∞ (or both +∞), since ∞ − ∞ is no number: `is_both_infinite`.
    """

    obstacle: str = ""
    matrix: Matrix | None = None
    rows: Pairs = ()
    columns: Pairs = ()
    is_both_infinite: NDArray[np.bool_] | None = None

    def counterpart(self, row: int, column: int, *, is_b: bool) -> tuple[int, int] | None:
        """A's place of a number of B (`is_b`), or B's of a number of A; None without one.

        Where nothing says what belongs together, it is the place of the same row and column.
        """
        if self.obstacle.startswith("absent"):
            return None
        if self.matrix is None:
            return row, column
        found = _across(self.rows, row, is_b), _across(self.columns, column, is_b)
        return None if found[0] is None or found[1] is None else (found[0], found[1])

    def place(self, row: int, column: int, *, is_b: bool) -> tuple[int, int] | None:
        """Where in `matrix` a number of B (`is_b`) or of A stands; None if it is left out."""
        down = [pair[is_b] for pair in self.rows]
        across = [pair[is_b] for pair in self.columns]
        if row not in down or column not in across:
            return None
        return down.index(row), across.index(column)


def _across(pairs: Pairs, index: int, is_b: bool) -> int | None:
    return next((pair[not is_b] for pair in pairs if pair[is_b] == index), None)


def contrast(a: Matrix | None, b: Matrix | None) -> Contrast:
    """B − A of two matrices of the same name.

    Axes of one length are laid one upon the other, whatever their names (one word may stand
    for another); of two sentences of different length, words that both have in the same
    order. Numbered dimensions of different count have no counterparts: dimension 1 of one
    head is nothing that dimension 1 of two heads could be compared with.
    """
    if a is None or b is None:
        return Contrast("absent_a" if a is None else "absent_b")
    rows, columns = _paired(a.rows, b.rows), _paired(a.columns, b.columns)
    if not rows or not columns:
        return Contrast("columns" if rows else "rows")
    these, those = _picked(a, rows, columns, 0), _picked(b, rows, columns, 1)
    with np.errstate(all="ignore"):
        data = freeze(those - these)
    names = _named(a.rows, b.rows, rows), _named(a.columns, b.columns, columns)
    matrix = Matrix(b.path, data, *names, rf"\Delta {b.symbol}", b.role, origin="constant")
    return Contrast("", matrix, rows, columns, np.isinf(these) & (these == those))


def _paired(a: Labels, b: Labels) -> Pairs:
    """A's and B's indices that belong together; () where nothing says which do."""
    if len(a) == len(b):
        return tuple((i, i) for i in range(len(a)))
    if a == numbered(len(a)) and b == numbered(len(b)):
        return ()
    blocks = SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks()
    return tuple((i + k, j + k) for i, j, size in blocks for k in range(size))


def _picked(matrix: Matrix, rows: Pairs, columns: Pairs, side: int) -> Array:
    return matrix.data[np.ix_([r[side] for r in rows], [c[side] for c in columns])]


def _named(a: Labels, b: Labels, pairs: Pairs) -> Labels:
    """One name where both sides have the same, else both."""
    return tuple(a[i] if a[i] == b[j] else f"{a[i]} → {b[j]}" for i, j in pairs)


def distances(a: Trace, b: Trace) -> Mapping[str, float]:
    """How far B is from A, for each step of either: 0 where all numbers are equal.

    It is the largest |B − A| as a share of the largest |number| of either side, from 0 to 2;
    infinite where a step has no counterpart, or one of them something that is not finite
    where the other has a number.
    """
    paths = dict.fromkeys((*a.steps, *b.steps))
    return {path: _distance(_output(a, path), _output(b, path)) for path in paths}


def differing(a: Trace, b: Trace) -> frozenset[str]:
    """The steps of either whose numbers are not equal, quick enough for every frame of a scrub."""
    return frozenset(
        path
        for path in dict.fromkeys((*a.steps, *b.steps))
        if not _is_equal(_output(a, path), _output(b, path))
    )


def _is_equal(a: Matrix | None, b: Matrix | None) -> bool:
    if a is None or b is None:
        return False
    return a.data is b.data or np.array_equal(a.data, b.data, equal_nan=True)


def _output(trace: Trace, path: str) -> Matrix | None:
    return trace.steps[path].output if path in trace else None


def _distance(a: Matrix | None, b: Matrix | None) -> float:
    if a is None or b is None or a.shape != b.shape:
        return float("inf")
    if a.data is b.data:
        return 0.0
    with np.errstate(invalid="ignore"):
        largest = np.abs(b.data - a.data).max()
    if largest == 0.0:
        return 0.0
    reach = np.maximum(np.abs(a.data), np.abs(b.data)).max()
    if np.isfinite(largest) and np.isfinite(reach):
        return float(largest / reach)
    return _distance_of_some(a, b)


def _distance_of_some(a: Matrix, b: Matrix) -> float:
    """The same where some numbers are infinite or none."""
    is_other = (a.data != b.data) & ~(np.isnan(a.data) & np.isnan(b.data))
    if not is_other.any():
        return 0.0
    these, those = a.data[is_other], b.data[is_other]
    if not (np.isfinite(these).all() and np.isfinite(those).all()):
        return float("inf")
    reach = max(float(np.abs(m.data[np.isfinite(m.data)]).max(initial=0.0)) for m in (a, b))
    return float(np.abs(those - these).max()) / reach
