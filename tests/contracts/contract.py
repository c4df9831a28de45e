"""The promises every op keeps, written once for all ops; each function holds one step to one.

The functions look at the step alone, never at which op it is: an op that is added later
is held to all of them as soon as some model, or some test, has a step of it.
"""

import importlib.util
import math
import tomllib
import warnings
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path

import numpy as np
from latex2mathml.converter import convert

from contracts.slopes import slope
from engine.expr import (
    Apply,
    Cell,
    Expr,
    Named,
    cells,
    evaluate,
    is_done,
    named,
    operations,
    reduce_once,
    reduce_round,
    round_length,
)
from engine.form import NUMPY, TORCH, Counts, Dialect
from engine.trace import Op, Step

KINDS = {"product", "elementwise", "rowwise", "lookup", "join"}
LANGUAGES = Path(__file__).parents[2] / "resources" / "steps"
TOLERANCE = 1e-12

Draw = np.random.Generator
Inputs = list[np.ndarray]


def check(step: Step, random: Draw) -> None:
    """Every promise that needs nothing but the step."""
    check_output(step)
    check_told(step, random)
    check_provenance(step, random)
    check_gradient(step.op, [m.data for m in step.inputs], random)
    check_formula(step)
    check_counts(step)
    check_code(step)


# --- What a step leaves behind ------------------------------------------------------------


def check_output(step: Step) -> None:
    """The output is a read-only float64 matrix with a label for each row and column."""
    for matrix in (step.output, *step.inputs, *(w.matrix for w in step.workings)):
        assert matrix.data.dtype == np.float64, matrix
        assert matrix.data.ndim == 2, matrix
        assert matrix.data.shape == (len(matrix.rows), len(matrix.columns)), matrix
    assert not step.output.data.flags.writeable, step
    assert not any(m.data.flags.writeable for m in step.inputs), step
    if step.output.is_share:
        finite = step.output.data[np.isfinite(step.output.data)]
        assert ((finite >= 0) & (finite <= 1)).all(), step


# --- Told equals computed -----------------------------------------------------------------


def check_told(step: Step, random: Draw, most: int = 4) -> None:
    """Each number's explanation comes to that number, and so does every way to reduce it."""
    told = list(numbers(step))
    for what, value, explain in told:
        assert_same(evaluate(explain()), value, what)
    for index in some(len(told), most, random):
        what, value, explain = told[index]
        expr = explain()
        assert_same(reduced(expr), value, what)
        assert_same(reduced_in_rounds(expr), value, what)
        for part in named(expr):
            matrix = step.workings[part.working].matrix
            assert bits(part.value) == bits(matrix.data[part.row, part.column]), what
            assert_same(evaluate(part.inner), part.value, what)
        for part in on_the_way(expr):
            working, row, column = part.working
            value = float(step.workings[working].matrix.data[row, column])
            assert_same(evaluate(part), value, what)


def on_the_way(expr: Expr) -> Iterator[Apply]:
    """The parts of a tree that come to numbers of the step's workings."""
    if isinstance(expr, Apply):
        if expr.working is not None:
            yield expr
        for arg in expr.args:
            yield from on_the_way(arg)


def numbers(step: Step) -> Iterator[tuple[str, float, Callable[[], Expr]]]:
    """Every number of the output and of the workings: where, its value, how it came about."""
    workings = [(w.matrix, w.explain) for w in step.workings]
    for matrix, explain in [(step.output, step.explain), *workings]:
        for row, column in np.ndindex(matrix.shape):
            what = f"{matrix.path} ({row}, {column}) by {step.op.name}"
            value = float(matrix.data[row, column])
            yield what, value, lambda e=explain, r=row, c=column: e(r, c)


def reduced(expr: Expr) -> float:
    """The value after one operation at a time; each does exactly one of those announced."""
    left, aim = operations(expr), evaluate(expr)
    while not is_done(expr):
        expr = reduce_once(expr)
        left -= 1
        assert operations(expr) == left
        assert bits(evaluate(expr)) == bits(aim)
    assert left == 0
    return expr.value


def reduced_in_rounds(expr: Expr) -> float:
    """The value after whole rounds; together they do the operations announced."""
    left = operations(expr)
    while not is_done(expr):
        left -= round_length(expr)
        expr = reduce_round(expr)
        assert operations(expr) == left
    assert left == 0
    return expr.value


# --- Provenance is complete ---------------------------------------------------------------


def check_provenance(step: Step, random: Draw, most: int = 4) -> None:
    """A number comes from the cells its explanation names, from all of them and no others."""
    inputs = [m.data for m in step.inputs]
    again = forward(step.op, inputs)
    rows, columns = step.output.shape
    for index in some(rows * columns, most, random):
        spot = divmod(index, columns)
        assert bits(again[spot]) == bits(step.output.data[spot]), step
        leaves = list(cells(step.explain(*spot)))
        for leaf in leaves:
            check_leaf(step, leaf)
        read = {(leaf.source, leaf.row, leaf.column) for leaf in leaves}
        check_unread(step, spot, read, random)
        check_read(step, spot, read)


def check_leaf(step: Step, leaf: Cell) -> None:
    """A named cell stands in that input of the step, with the value that is told."""
    matrix = step.inputs[leaf.source]
    assert leaf.path == matrix.path, leaf
    assert 0 <= leaf.row < matrix.shape[0], leaf
    assert 0 <= leaf.column < matrix.shape[1], leaf
    assert bits(leaf.value) == bits(matrix.data[leaf.row, leaf.column]), leaf


def check_unread(step: Step, spot: tuple[int, int], read: set, random: Draw) -> None:
    """All that is not named may change, and the number stays as it is, bit for bit."""
    for size in (1.0, 10.0):
        changed = [m.data.copy() for m in step.inputs]
        for source, array in enumerate(changed):
            for place in np.ndindex(array.shape):
                if (source, *place) not in read:
                    array[place] = random.normal(0.0, size)
        found = forward(step.op, changed)[spot]
        assert bits(found) == bits(step.output.data[spot]), f"{step} {spot} has an unnamed source"


def check_read(step: Step, spot: tuple[int, int], read: set) -> None:
    """Where the derivative is not 0 the cell is named, and the number follows it."""
    inputs = [m.data for m in step.inputs]
    value = step.output.data[spot]
    if not np.isfinite(value):
        return
    start = np.zeros(step.output.shape)
    start[spot] = 1.0
    for source, part in enumerate(backward(step.op, inputs, step.output.data, start)):
        if part is None:
            continue
        for place in map(tuple, np.argwhere(np.isfinite(part) & (part != 0))):
            what = f"{step} {spot}: input {source} {place}"
            assert (source, *place) in read, f"{what} has a derivative and is not named"
            assert moves(step.op, inputs, source, place, spot, float(part[place])), what


def moves(op: Op, inputs: Inputs, source: int, place: tuple, spot: tuple, rate: float) -> bool:
    """Whether a push on one cell moves the number, unless it would be too little to be seen."""
    base = forward(op, inputs)[spot]
    size = 0.01 * max(1.0, abs(inputs[source][place]))
    if not np.isfinite(inputs[source][place]) or abs(rate) * size < 1e-9 * max(1.0, abs(base)):
        return True
    for push in (size, -size, size / 7):
        changed = [a.copy() for a in inputs]
        changed[source][place] += push
        if forward(op, changed)[spot] != base:
            return True
    return False


# --- The gradient is the slope ------------------------------------------------------------


def check_gradient(op: Op, inputs: Inputs, random: Draw, most: int = 6) -> int:
    """The gradient of every input is the slope that small steps measure; how many were seen.

    Outputs of −∞ (masked) take no part; where something is undefined, or the loss of a share
    of 0, which is ∞, there is no slope at all.
    """
    output = forward(op, inputs)
    if any(np.isnan(a).any() for a in (*inputs, output)) or np.isposinf(output).any():
        return 0
    weights = np.where(np.isfinite(output), random.normal(size=output.shape), 0.0)
    parts = backward(op, inputs, output, weights)
    assert len(parts) == len(inputs), op.name
    if op.stops_gradient:  # it says so: numbers pass, and no gradient
        assert all(part is None for part in parts), op.name
        return 0
    seen = 0
    for source, (array, part) in enumerate(zip(inputs, parts, strict=True)):
        told = np.zeros(array.shape) if part is None else part
        assert told.shape == array.shape, f"{op.name}: gradient {told.shape} of {array.shape}"
        for index in some(array.size, most, random):
            place = np.unravel_index(index, array.shape)
            measured = slope(lambda x: forward(op, x), inputs, weights, source, place)
            if measured is None:
                continue
            seen += 1
            scale = max(abs(measured), abs(told[place]))
            room = 1e-6 * scale + 1e-8 * max(1.0, np.abs(told[np.isfinite(told)]).max(initial=0.0))
            assert abs(measured - told[place]) <= room, (
                f"{op.name}, input {source} {tuple(map(int, place))}: "
                f"gradient {told[place]}, slope {measured}"
            )
    return seen


# --- Formula, form, counts, words ---------------------------------------------------------


def check_formula(step: Step) -> None:
    """A formula that can be set, about the step's own symbols, in one of the five forms."""
    assert step.op.form.kind in KINDS, step
    plain = without_roles(step.formula)
    bare = without_roles(step.op.formula([m.symbol for m in step.inputs]))
    assert bare.strip(), step
    assert plain == f"{step.output.symbol} = {bare}", step
    check_latex(plain)
    for working in step.workings:
        check_latex(working.matrix.symbol)
    parts = step.parts()
    assert [p.index for p in parts if p.kind == "input"] == list(range(len(step.inputs))), step
    assert parts[-1].matrix is step.output, step
    assert all(p.sign or p.matrix is not None for p in parts), step


def without_roles(latex: str) -> str:
    r"""LaTeX with each `\role{r}{s}` replaced by its s."""
    while (at := latex.find(r"\role")) >= 0:
        role_end = closing(latex, at + len(r"\role"))
        end = closing(latex, role_end + 1)
        latex = latex[:at] + latex[role_end + 2 : end] + latex[end + 1 :]
    return latex


def closing(text: str, start: int) -> int:
    """Where the brace that opens at `start` is closed."""
    assert text[start] == "{", text[start:]
    depth = 0
    for index in range(start, len(text)):
        depth += {"{": 1, "}": -1}.get(text[index], 0)
        if depth == 0:
            return index
    raise AssertionError(f"a brace stays open: {text}")


@cache
def check_latex(latex: str) -> None:
    """ziamath sets it; a command it does not know would come out as text with a backslash."""
    assert not set(convert(latex)) & set("\\{}"), latex
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of importlib, on its import
        import ziamath
    assert "<path" in ziamath.Latex(latex).svg(), latex


KINDS_OF_OPERATION = {
    "plus": "additions",
    "minus": "additions",
    "times": "multiplications",
    "square": "multiplications",
    "over": "divisions",
    "exp": "exponentials",
    "sqrt": "roots",
    "ln": "logarithms",
    "max": "comparisons",
    "tanh": "tangents",
}


def check_counts(step: Step) -> None:
    """The counts are those of the explanations, where whatever occurs twice is done once."""
    counts = step.counts
    for kind in fields(Counts):
        count = getattr(counts, kind.name)
        assert isinstance(count, int), (step, kind.name)
        assert count >= 0, (step, kind.name)
    # What is set by hand takes no operation, but the step is counted as a whole.
    is_whole = not step.op.pins and all(np.isfinite(m.data).all() for m in step.inputs)
    if is_whole and np.isfinite(step.output.data).all():
        assert counts == tally(step), step


def tally(step: Step) -> Counts:
    """The operations of all explanations of the output, the same sub-expression once."""
    found = dict.fromkeys((kind.name for kind in fields(Counts)), 0)
    done: set[Expr] = set()

    def count(expr: Expr, is_shared: bool) -> None:
        if isinstance(expr, Named):
            count(expr.inner, True)
        if not isinstance(expr, Apply) or (is_shared and expr in done):
            return
        done.add(expr)
        kind = KINDS_OF_OPERATION.get(expr.operator.name)
        if kind:
            found[kind] += max(1, len(expr.args) - 1)
        for arg in expr.args:
            count(arg, True)

    for row, column in np.ndindex(step.output.shape):
        count(step.explain(row, column), False)
    return Counts(**found)


# --- The line of code ---------------------------------------------------------------------

DIALECTS = [NUMPY, *([TORCH] if importlib.util.find_spec("torch") else [])]
"""PyTorch's only where it is installed."""


def check_code(step: Step) -> None:
    """The step's line of a script, run by itself, comes to the step's numbers."""
    for dialect in DIALECTS:
        found = ran(step, dialect)
        assert found.dtype == np.float64, f"{step} in {dialect.name}"
        assert found.shape == step.output.shape, f"{step} in {dialect.name}"
        for spot in np.ndindex(found.shape):
            what = f"{step} {spot} in {dialect.name}"
            assert_same(float(found[spot]), float(step.output.data[spot]), what)


def ran(step: Step, dialect: Dialect) -> np.ndarray:
    """The line's value; it has a library, `math`, its helpers and its inputs to go by."""
    names = [f"x_{index}" for index in range(len(step.inputs))]
    code = step.op.code(names, dialect)
    library = importlib.import_module(dialect.name if dialect is NUMPY else "torch")
    scope = {dialect.library: library, "math": math}
    for name, matrix in zip(names, step.inputs, strict=True):
        copied = matrix.data.copy()
        scope[name] = copied if dialect is NUMPY else library.from_numpy(copied)
    with np.errstate(all="ignore"):
        for helper in code.helpers:
            exec(helper, scope)
        value = eval(code.line, scope)
    for name, matrix in zip(names, step.inputs, strict=True):
        same = np.array_equal(np.asarray(scope[name]), matrix.data, equal_nan=True)
        assert same, f"{step}: the line changes its input"
    return np.asarray(value)


@dataclass(frozen=True)
class Language:
    """The words of the steps in one language, as the file holds them."""

    name: str
    words: Mapping[str, Mapping[str, object]]


def languages() -> list[Language]:
    """Every language there is."""
    files = sorted(LANGUAGES.glob("*.toml"))
    return [Language(f.stem, tomllib.loads(f.read_text("utf-8"))) for f in files]


def check_words(step: Step, language: Language) -> None:
    """The step has a name, a title and an explanation, and its workings have names."""
    entry = language.words["step"].get(step.text, {})
    for key in ("name", "title", "about"):
        text = entry.get(key, "")
        assert isinstance(text, str), f"{language.name}: {step.text} › {key}"
        assert text.strip(), f"{language.name}: {step.text} has no {key}"
    for working in step.workings:
        known = language.words["working"].get(working.name, "")
        assert str(known).strip(), f"{language.name}: the working {working.name} has no name"


# --- Small helps --------------------------------------------------------------------------


def forward(op: Op, inputs: Inputs) -> np.ndarray:
    """What the op makes of copies of the inputs."""
    with np.errstate(all="ignore"):
        return op.forward(*[a.copy() for a in inputs])


def backward(op: Op, inputs: Inputs, output: np.ndarray, gradient: np.ndarray) -> tuple:
    with np.errstate(all="ignore"):
        return op.backward(inputs, output, gradient)


def some(count: int, most: int, random: Draw) -> list[int]:
    """All of so many, or a few of them."""
    return [int(i) for i in random.permutation(count)[:most]]


def bits(value: float) -> str:
    """The number to its last bit; NaN equals NaN."""
    return float(value).hex()


def assert_same(told: float, computed: float, what: str) -> None:
    assert is_same(told, computed), f"{what}: told {told!r}, computed {computed!r}"


def is_same(a: float, b: float) -> bool:
    """Equal to 1e-12, relative or absolute; infinities and NaN equal themselves only."""
    if np.isnan(a) or np.isnan(b):
        return bool(np.isnan(a) and np.isnan(b))
    if np.isinf(a) or np.isinf(b):
        return a == b
    return abs(a - b) <= TOLERANCE * max(1.0, abs(a), abs(b))
