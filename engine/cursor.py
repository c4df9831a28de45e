"""Where the learner stands and how they move: block, step, number, operation.

All functions are pure: a trace and a cursor give a cursor. `backward` undoes `forward`
exactly at every depth.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from engine.expr import Expr, operations, reduce_times
from engine.trace import Block, Step, Trace

BLOCK, STEP, NUMBER, OPERATION = "block", "step", "number", "operation"
DEPTHS = (BLOCK, STEP, NUMBER, OPERATION)


@dataclass(frozen=True)
class Cursor:
    """A place in a trace.

    `path` is the step's (at depth "block": that of the block's first step); `working`
    is −1 for the output or the number of one of the step's workings; `row` and
    `column` count from 0; `done` operations of the number's arithmetic are done.
    """

    path: str
    depth: str = STEP
    working: int = -1
    row: int = 0
    column: int = 0
    done: int = 0


@dataclass(frozen=True)
class Segment:
    """Steps that follow each other in one block; `chain` is the way to it from the root."""

    chain: tuple[Block, ...]
    steps: tuple[Step, ...]

    @property
    def block(self) -> Block:
        """The innermost block."""
        return self.chain[-1]

    @property
    def inputs(self) -> list[str]:
        """Paths of what the segment reads of other steps, each once, in order."""
        own = {s.path for s in self.steps}
        read = [m.path for s in self.steps for m in s.inputs if m.origin == "step"]
        return [p for p in dict.fromkeys(read) if p not in own]


def segments(trace: Trace) -> list[Segment]:
    """The trace cut where one innermost block ends and the next begins."""
    return list(_segments(trace.root, (trace.root,)))


def _segments(block: Block, chain: tuple[Block, ...]) -> Iterator[Segment]:
    run: list[Step] = []
    for child in [*block.children, None]:
        if isinstance(child, Step):
            run.append(child)
            continue
        if run:
            yield Segment(chain, tuple(run))
            run = []
        if child is not None:
            yield from _segments(child, (*chain, child))


def segment_of(trace: Trace, path: str) -> Segment:
    """The segment that holds a step; the tape is cut only as far as that."""
    step = trace[path]
    return next(s for s in _segments(trace.root, (trace.root,)) if step in s.steps)


def start(trace: Trace) -> Cursor:
    """The first step."""
    return Cursor(next(iter(trace)).path)


def go_to(trace: Trace, path: str, depth: str = STEP) -> Cursor:
    """A step by its path; InputError if there is none."""
    step = trace[path]
    return _settled(trace, Cursor(step.path, depth))


def expression(trace: Trace, cursor: Cursor) -> Expr:
    """The arithmetic of the number under the cursor, with nothing done yet."""
    step = trace[cursor.path]
    cursor = visible(trace, cursor)
    if cursor.working < 0:
        return step.explain(cursor.row, cursor.column)
    return step.workings[cursor.working].explain(cursor.row, cursor.column)


def visible(trace: Trace, cursor: Cursor) -> Cursor:
    """The cursor with row and column brought inside the step that it stands at.

    Walking over steps keeps row and column even where a step is smaller, so that walking
    back is exact; whoever shows the number asks here.
    """
    if cursor.depth in {NUMBER, OPERATION}:
        return cursor
    rows, columns = trace[cursor.path].output.shape
    return replace(
        cursor,
        working=-1,
        row=min(cursor.row, rows - 1),
        column=min(cursor.column, columns - 1),
    )


def reduced(trace: Trace, cursor: Cursor) -> Expr:
    """The arithmetic with the cursor's operations done."""
    return reduce_times(expression(trace, cursor), cursor.done)


def forward(trace: Trace, cursor: Cursor) -> Cursor:
    """The next block, step, number or operation; at the very end the cursor itself."""
    if cursor.depth == BLOCK:
        return _other_block(trace, cursor, 1)
    if cursor.depth == STEP:
        return _other_step(trace, cursor, 1)
    if cursor.depth == OPERATION and cursor.done < operations(expression(trace, cursor)):
        return replace(cursor, done=cursor.done + 1)
    return _other_number(trace, cursor, 1)


def backward(trace: Trace, cursor: Cursor) -> Cursor:
    """The move before: exactly back, at the depth where the cursor is."""
    if cursor.depth == BLOCK:
        return _other_block(trace, cursor, -1)
    if cursor.depth == STEP:
        return _other_step(trace, cursor, -1)
    if cursor.depth == NUMBER:
        return _other_number(trace, cursor, -1)
    if cursor.done > 0:
        return replace(cursor, done=cursor.done - 1)
    before = _other_number(trace, cursor, -1)
    if before == cursor:
        return cursor
    return replace(before, done=operations(expression(trace, before)))


def to_end(trace: Trace, cursor: Cursor) -> Cursor:
    """The same number with all of its operations done."""
    return replace(cursor, depth=OPERATION, done=operations(expression(trace, cursor)))


def into(trace: Trace, cursor: Cursor) -> Cursor:
    """One depth down: from a block to its first step, to a number, to its operations."""
    deeper = DEPTHS[min(DEPTHS.index(cursor.depth) + 1, len(DEPTHS) - 1)]
    return at_depth(trace, cursor, deeper)


def out(trace: Trace, cursor: Cursor) -> Cursor:
    """One depth up."""
    return at_depth(trace, cursor, DEPTHS[max(DEPTHS.index(cursor.depth) - 1, 0)])


def at_depth(trace: Trace, cursor: Cursor, depth: str) -> Cursor:
    """The same place seen at another depth."""
    return _settled(trace, replace(cursor, depth=depth))


def shown(trace: Trace, cursor: Cursor) -> Step:
    """The step whose result is on view: where one walks by blocks the block's last."""
    if cursor.depth == BLOCK:
        return segment_of(trace, cursor.path).steps[-1]
    return trace[cursor.path]


def at_result(trace: Trace, cursor: Cursor) -> Cursor:
    """From a block to the first number of its result; elsewhere the same place."""
    if cursor.depth != BLOCK:
        return cursor
    return _settled(trace, Cursor(shown(trace, cursor).path, NUMBER))


def first(trace: Trace, cursor: Cursor) -> Cursor:
    """The first place at the present depth."""
    path = next(iter(trace)).path
    if cursor.depth in {BLOCK, STEP}:
        return Cursor(path, cursor.depth)
    return _number(trace, path, cursor.depth, 0)


def last(trace: Trace, cursor: Cursor) -> Cursor:
    """The last place at the present depth."""
    path = list(trace)[-1].path
    if cursor.depth in {BLOCK, STEP}:
        return _settled(trace, Cursor(path, cursor.depth))
    found = _number(trace, path, cursor.depth, -1)
    return to_end(trace, found) if cursor.depth == OPERATION else found


def at_number(trace: Trace, cursor: Cursor, working: int, row: int, column: int) -> Cursor:
    """A number of the present step.

    Asking a result keeps the depth "step", so that the walk goes on as it did; a number of
    a working can only be stood at by number.
    """
    depth = cursor.depth
    if depth == BLOCK or (depth == STEP and working >= 0):
        depth = NUMBER
    return _settled(trace, replace(cursor, depth=depth, working=working, row=row, column=column))


def settled(trace: Trace, cursor: Cursor) -> Cursor:
    """The nearest place that exists in this trace, after an edit or other options."""
    if cursor.path in trace:
        return _settled(trace, cursor)
    parts = cursor.path.split("/")
    for length in range(len(parts) - 1, 0, -1):
        prefix = "/".join(parts[:length]) + "/"
        same_name = [s.path for s in trace if s.path.startswith(prefix)]
        if same_name:
            ending = [p for p in same_name if p.endswith("/" + parts[-1])]
            return _settled(trace, Cursor((ending or same_name)[0], cursor.depth))
    return _settled(trace, Cursor(next(iter(trace)).path, cursor.depth))


def _settled(trace: Trace, cursor: Cursor) -> Cursor:
    """The cursor with path, row, column and operations brought within bounds."""
    if cursor.depth == BLOCK:
        segment = segment_of(trace, cursor.path)
        return Cursor(segment.steps[0].path, BLOCK)
    shapes = _shapes(trace[cursor.path])
    working = cursor.working if cursor.working < len(shapes) - 1 else -1
    rows, columns = shapes[working]
    kept = replace(
        cursor,
        working=working,
        row=min(cursor.row, rows - 1),
        column=min(cursor.column, columns - 1),
    )
    if cursor.depth != OPERATION:
        return replace(kept, done=0)
    same = (kept.working, kept.row, kept.column) == (cursor.working, cursor.row, cursor.column)
    most = operations(expression(trace, kept))
    return replace(kept, done=min(cursor.done, most) if same else 0)


def _shapes(step: Step) -> list[tuple[int, int]]:
    """The shapes of workings and output: the order in which numbers are walked."""
    return [*(w.matrix.shape for w in step.workings), step.output.shape]


def _other_block(trace: Trace, cursor: Cursor, by: int) -> Cursor:
    found, step = segments(trace), trace[cursor.path]
    index = next(i for i, segment in enumerate(found) if step in segment.steps)
    index = min(max(index + by, 0), len(found) - 1)
    return Cursor(found[index].steps[0].path, BLOCK)


def _other_step(trace: Trace, cursor: Cursor, by: int) -> Cursor:
    """Row and column stay, so that one token can be followed through the steps."""
    paths = list(trace.steps)
    index = paths.index(cursor.path) + by
    if not 0 <= index < len(paths):
        return cursor
    return replace(cursor, path=paths[index], working=-1)


def _other_number(trace: Trace, cursor: Cursor, by: int) -> Cursor:
    shapes = _shapes(trace[cursor.path])
    index = _flat(shapes, cursor) + by
    if 0 <= index < sum(r * c for r, c in shapes):
        return _number(trace, cursor.path, cursor.depth, index)
    paths = list(trace.steps)
    other = paths.index(cursor.path) + by
    if not 0 <= other < len(paths):
        return cursor
    return _number(trace, paths[other], cursor.depth, 0 if by > 0 else -1)


def _flat(shapes: Sequence[tuple[int, int]], cursor: Cursor) -> int:
    place = cursor.working % len(shapes)
    before = sum(r * c for r, c in shapes[:place])
    return before + cursor.row * shapes[place][1] + cursor.column


def _number(trace: Trace, path: str, depth: str, index: int) -> Cursor:
    """Number `index` of a step, in walking order; −1 is its last."""
    shapes = _shapes(trace[path])
    left = index % sum(r * c for r, c in shapes)
    for place, (rows, columns) in enumerate(shapes):
        if left < rows * columns:
            working = place if place < len(shapes) - 1 else -1
            return Cursor(path, depth, working, left // columns, left % columns)
        left -= rows * columns
    raise IndexError(index)
