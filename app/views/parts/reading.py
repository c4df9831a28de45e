"""What the stage shows of a run: the parts, what is marked, what to gather around."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from app.seen import VALUES, Seen
from app.shading import reach_of
from app.symbols import plain
from app.texts import Texts
from app.views.parts.layers import Reach, Slope
from app.views.parts.matrix import Marks, Spot, Twin
from app.views.parts.shortening import Needed
from engine import Array, Matrix, Part, cells, met, moves, named

Key = tuple[str, int]


def parts(seen: Seen, *, is_short: bool = False) -> list[Part]:
    """The step's layout, or what a block makes of what when one walks by blocks.

    `is_short` leaves all but the matrix of the cursor's number away.
    """
    if is_short:
        return [p for p in parts(seen) if (p.kind, p.index) == target(seen)]
    if seen.cursor.depth != moves.BLOCK:
        return seen.step.parts()
    trace = seen.trace
    segment = moves.segment_of(trace, seen.cursor.path)
    read = [trace.matrix(p) for p in segment.inputs] or [segment.steps[0].inputs[0]]
    found = [Part(matrix=m, kind="input", index=i) for i, m in enumerate(read)]
    return [*found, Part("→"), Part(matrix=segment.steps[-1].output, kind="output")]


def colored(seen: Seen) -> Matrix | None:
    """The result on view, whose colours a legend explains; None where it is kept back."""
    step = moves.shown(seen.trace, seen.cursor)
    return None if step.path in seen.kept_back else step.output


def editable(seen: Seen) -> list[int]:
    """The inputs that can be edited, by their numbers; none in a file that locks them."""
    if "editing" in seen.scenario.locked:
        return []
    return [p.index for p in parts(seen) if p.kind == "input" and p.matrix and p.matrix.is_editable]


def target(seen: Seen) -> Key:
    """The part that the cursor's number belongs to."""
    working = seen.number.working
    return ("output", 0) if working < 0 else ("working", working)


def asked(seen: Seen) -> tuple[Key, Spot]:
    """The selected input's number, else the one under the cursor: part and place."""
    if seen.selection is not None:
        place, row, column = seen.selection
        return ("input", place), (row, column)
    number = seen.number
    return target(seen), (number.row, number.column)


def read_spots(seen: Seen) -> dict[Key, set[Spot]]:
    """The numbers that the arithmetic of the cursor's number is written with, by part."""
    found: dict[Key, set[Spot]] = {}
    expr = moves.expression(seen.trace, seen.cursor)
    for cell in cells(expr):
        found.setdefault(("input", cell.source), set()).add((cell.row, cell.column))
    for leaf in named(expr):
        found.setdefault(("working", leaf.working), set()).add((leaf.row, leaf.column))
    return found


def met_spots(seen: Seen) -> dict[Key, set[Spot]]:
    """The same, and the workings' numbers that it comes to on its way.

    What is only met is outlined, but gets no room that the result would lack.
    """
    found = read_spots(seen)
    for working, row, column in met(moves.expression(seen.trace, seen.cursor)):
        found.setdefault(("working", working), set()).add((row, column))
    return found


def needs(seen: Seen) -> dict[Key, Needed]:
    """Which rows and columns of each matrix the number is read from."""
    if seen.cursor.depth == moves.BLOCK:
        return {}
    found = {}
    for key, spots in read_spots(seen).items():
        rows, columns = zip(*spots, strict=True)
        first = min(rows), min(columns)
        found[key] = Needed(first, (1 + max(rows) - first[0], 1 + max(columns) - first[1]))
    number = seen.number
    found[target(seen)] = Needed((number.row, number.column))
    return found


def focus(seen: Seen) -> dict[Key, Spot]:
    """Where a matrix too long to show in full is to be shown in full.

    That is around the number in the place of the one asked, where rows or columns have the
    same names and it is read, or nothing is; else around the first that is read.
    """
    if seen.cursor.depth == moves.BLOCK:
        return {}
    spots, number = read_spots(seen), seen.number
    found: dict[Key, Spot] = {}
    for part in seen.step.parts():
        if part.matrix is not None:
            key = (part.kind, part.index)
            found[key] = _beside(seen, part.matrix, spots.get(key, set()))
    found[target(seen)] = (number.row, number.column)
    if seen.selection:
        place, row, column = seen.selection
        found["input", place] = (row, column)
    return found


def _beside(seen: Seen, matrix: Matrix, read: set[Spot]) -> Spot:
    """Where in a matrix to look for what belongs to the number asked."""
    own, number = seen.step.output, seen.number
    row = number.row if matrix.rows == own.rows else 0
    column = number.column if matrix.columns == own.columns else 0
    if not read or (row, column) in read:
        return row, column
    return min(r for r, _ in read), min(c for _, c in read)


def marks(seen: Seen) -> dict[Key, Marks]:
    """What is marked on every part."""
    cursor = seen.cursor
    found = {
        (part.kind, part.index): Marks(
            changed=changed_spots(part.matrix, was(seen, part)),
            pinned=frozenset(seen.pins(part.matrix.path)),
            goal=goal_spot(seen, part.matrix),
        )
        for part in parts(seen)
        if part.matrix is not None
    }
    if cursor.depth == moves.BLOCK:
        return found
    for key, spots in met_spots(seen).items():
        found[key] = replace(found.get(key, Marks()), read=frozenset(spots))
    number, key = seen.number, target(seen)
    found[key] = replace(
        found.get(key, Marks()),
        selected=(number.row, number.column),
        is_active=cursor.depth in {moves.NUMBER, moves.OPERATION},
    )
    if seen.selection:
        place, row, column = seen.selection
        key = ("input", place)
        found[key] = replace(found.get(key, Marks()), edited=(row, column))
    return found


def goal_spot(seen: Seen, matrix: Matrix) -> Spot | None:
    """Where in a matrix the goal is."""
    goal = seen.goal
    return (goal.row, goal.column) if goal is not None and goal.path == matrix.path else None


def was(seen: Seen, part: Part) -> Array | None:
    """A matrix's numbers before the last edit; None if there was none of that shape."""
    if part.matrix is None:
        return None
    return seen.working_was(part.index) if part.kind == "working" else seen.was(part.matrix.path)


def changed_spots(matrix: Matrix, was: Array | None) -> frozenset[Spot]:
    """The numbers of a matrix that are others than before."""
    if was is None or was is matrix.data or was.shape != matrix.data.shape:
        return frozenset()
    same = (was == matrix.data) | (np.isnan(was) & np.isnan(matrix.data))
    return frozenset((row, column) for row, column in np.argwhere(~same).tolist())


def slopes(seen: Seen, shown: Sequence[Part]) -> dict[Key, Slope]:
    """The gradients that are to be seen, of those parts that the run has."""
    found = {
        (part.kind, part.index): slope(seen, part.matrix)
        for part in shown
        if part.matrix is not None and part.kind != "working"
    }
    return {key: told for key, told in found.items() if told is not None}


def slope(seen: Seen, matrix: Matrix) -> Slope | None:
    """A matrix's gradient, if that is to be seen and the matrix is one of the run's."""
    is_known = matrix.path in seen.trace or matrix.path in seen.trace.given
    if seen.shown == VALUES or not is_known or seen.trace.matrix(matrix.path) is not matrix:
        return None
    data = seen.gradient(matrix.path)
    return None if data is None else Slope(data, prefix(seen), seen.shown)


def reaches(
    seen: Seen, beside: Seen, shown: Sequence[Part], others: Sequence[Part]
) -> dict[Key, Reach]:
    """How far the colours go of what both sides of a comparison show: as far on both."""
    matrices = {p.matrix.path: p.matrix for p in others if p.matrix is not None}
    found: dict[Key, Reach] = {}
    for part in shown:
        other = None if part.matrix is None else matrices.get(part.matrix.path)
        if part.matrix is None or other is None:
            continue
        both = (part.matrix, other)
        told = [] if part.kind == "working" else [slope(seen, both[0]), slope(beside, both[1])]
        found[part.kind, part.index] = Reach(
            max(reach_of(m.data) for m in both),
            max((reach_of(s.data) for s in told if s is not None), default=0.0),
        )
    return found


def prefix(seen: Seen) -> str:
    """What stands before a symbol to mean its gradient: ∂ℓ/∂."""
    assert seen.goal is not None
    return f"∂{plain(seen.trace[seen.goal.path].output.symbol)}/∂"


def twins(seen: Seen, texts: Texts) -> dict[Key, Twin]:
    """What the matrices are tied to; with its block where the symbol is the same."""
    found: dict[Key, Twin] = {}
    for part in parts(seen):
        own = part.matrix
        others = [seen.trace.matrix(p) for p in seen.one_with(own.path)] if own else []
        if own is not None and others:
            same = next((m for m in others if m.symbol == own.symbol), None)
            where = texts.where(seen.trace.root, same.path).rpartition(" › ")[2] if same else ""
            symbols = dict.fromkeys(m.symbol for m in others)
            found[part.kind, part.index] = Twin(" = ".join(symbols), others[0].role, where)
    return found


def names(seen: Seen, texts: Texts) -> dict[Key, str]:
    """What the matrices are called; one from another lane with where it comes from."""
    blocks = {b.path: b for b in seen.trace.root.blocks}
    here = blocks.get(seen.cursor.path.split("/", maxsplit=1)[0])
    found: dict[Key, str] = {}
    for part in parts(seen):
        if part.matrix is None or part.kind == "working":
            continue
        name = texts.matrix_name(part.matrix, seen.trace)
        block = blocks.get(part.matrix.path.split("/", maxsplit=1)[0])
        if part.matrix.origin == "step" and block and here and block.lane != here.lane:
            name = f"{texts.block(block).name}: {name}"
        found[part.kind, part.index] = name
    return found
