"""Evaluates phrases over a stop's trace and those of its variants."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from engine.costs import attention_cost, convolution_cost, recurrent_cost
from engine.course.phrases import (
    Call,
    Literal,
    Operation,
    Phrase,
    Reference,
    Selection,
    Span,
    Tree,
)
from engine.course.results import Result, number
from engine.course.vocabulary import FUNCTIONS, whole
from engine.errors import InputError, Wording, nearest
from engine.form import Counts
from engine.running import backpropagate
from engine.trace import Array, Labels, Matrix, Step, Trace

Clock = Callable[[str, int, int], float]
"""The seconds that a way to score takes for so many queries and keys of so many numbers."""


def resolved(name: str, names: Mapping[str, str]) -> str:
    """The path that a name stands for: all of it may be a name of the lesson, or its head."""
    if name in names:
        return names[name]
    head, stroke, rest = name.partition("/")
    return f"{names[head]}{stroke}{rest}" if head in names and stroke else name


class Setting:
    """What phrases are evaluated over: a trace, the traces of variants, the lesson's names.

    `variant` gives the trace of a variant by name; it raises InputError if there is none.
    `clock` says how long a way to score takes; without one nothing is measured.
    """

    def __init__(
        self,
        trace: Trace,
        names: Mapping[str, str],
        variant: Callable[[str], Trace],
        clock: Clock | None = None,
    ) -> None:
        self.trace = trace
        self.names = names
        self.variant = variant
        self.clock = clock

    def path(self, name: str) -> str:
        """The path that a name stands for."""
        return resolved(name, self.names)

    def at(self, variant: str) -> Trace:
        """The stop's own trace, or a variant's."""
        return self.variant(variant) if variant else self.trace

    def matrix(self, name: str, variant: str = "") -> Matrix:
        """A matrix by name; InputError with the nearest name if there is none."""
        path, trace = self.path(name), self.at(variant)
        if path in trace.given or path in trace:
            return trace.matrix(path)
        known = {**self.names, **trace.steps, **trace.given}
        raise InputError("phrase_name", name=path, hint=nearest(path, known))

    def evaluate(self, phrase: Phrase) -> Result:
        """What a phrase comes to; InputError naming the phrase if it can't be."""
        try:
            with np.errstate(all="ignore"):
                return self._tree(phrase.tree)
        except InputError as error:
            raise error.at(f"“{phrase.text}”") from None

    def number(self, phrase: Phrase) -> float:
        """A phrase that must come to one number."""
        found = self.evaluate(phrase).number
        if found is None:
            raise InputError("phrase_number", f"“{phrase.text}”")
        return found

    def _tree(self, tree: Tree) -> Result:
        if isinstance(tree, Literal):
            return number(tree.value)
        if isinstance(tree, Reference):
            return self.reference(tree)
        if isinstance(tree, Selection):
            return selected(self._tree(tree.of), tree.rows, tree.columns)
        if isinstance(tree, Operation):
            return _operated(tree.sign, self._tree(tree.left), self._tree(tree.right))
        return self._call(tree)

    def reference(self, tree: Reference) -> Result:
        """The matrix that a reference names."""
        matrix = self.matrix(tree.name, tree.variant)
        if tree.working:
            matrix = self._working(tree)
        return Result(matrix.data, matrix.rows, matrix.columns)

    def _working(self, tree: Reference) -> Matrix:
        trace, path = self.at(tree.variant), self.path(tree.name)
        workings = {w.name: w.matrix for w in trace[path].workings} if path in trace else {}
        if tree.working not in workings:
            known = ", ".join(workings) or Wording("none")
            raise InputError("phrase_working", name=tree.working, path=path, known=known)
        return workings[tree.working]

    def _call(self, tree: Call) -> Result:
        if tree.function in OVER_TRACES:
            found = OVER_TRACES[tree.function](self, tree)
            return found if isinstance(found, Result) else number(float(found))
        function = FUNCTIONS.get(tree.function)
        if function is None:
            known = ", ".join([*FUNCTIONS, *OVER_TRACES])
            raise InputError("phrase_function", name=tree.function, known=known)
        if function.count not in {-1, len(tree.given)} or not tree.given:
            raise _arguments(tree.function, max(function.count, 1))
        return function.apply(*(self._tree(t) for t in tree.given))


def selected(of: Result, rows: Span, columns: Span) -> Result:
    """Some rows and columns; InputError if there are none such."""
    down = _slice(rows, of.data.shape[0], of.rows)
    across = _slice(columns, of.data.shape[1], of.columns)
    return Result(of.data[down, across], of.rows[down], of.columns[across])


def cell_of(of: Result, selection: Selection) -> tuple[int, int]:
    """The first row and column of a selection, from 0."""
    down = _slice(selection.rows, of.data.shape[0], of.rows)
    across = _slice(selection.columns, of.data.shape[1], of.columns)
    return down.start, across.start


def _slice(span: Span, count: int, labels: Labels) -> slice:
    if span.label:
        if labels.count(span.label) != 1:
            raise InputError("phrase_label", label=span.label, known=", ".join(labels))
        first = last = labels.index(span.label) + 1
    else:
        first, last = (n if n > 0 else count + 1 + n for n in (span.first, span.last))
    if not 1 <= first <= last <= count:
        raise InputError("phrase_span", first=span.first, last=span.last, count=count)
    return slice(first - 1, last)


def _operated(sign: str, left: Result, right: Result) -> Result:
    try:
        np.broadcast_shapes(left.data.shape, right.data.shape)
    except ValueError:
        shapes = (f"{a.data.shape[0]} × {a.data.shape[1]}" for a in (left, right))
        names = dict(zip(("left", "right"), shapes, strict=True))
        raise InputError("phrase_shapes", **names) from None
    data = _SIGNS[sign](left.data, right.data)
    shaped = max((left, right), key=lambda r: r.data.size)
    return Result(data, shaped.rows, shaped.columns)


_SIGNS: Mapping[str, Callable[[Array, Array], Array]] = {
    "+": np.add,
    "-": np.subtract,
    "*": np.multiply,
    "/": np.divide,
}


def _arguments(function: str, count: int) -> InputError:
    return InputError("phrase_arguments", name=function, count=count)


def _referred(tree: Call, count: int) -> list[Reference]:
    """The arguments as names alone, which a function of traces takes."""
    if len(tree.given) != count:
        raise _arguments(tree.function, count)
    for given in tree.given:
        if not isinstance(given, Reference):
            raise InputError("phrase_reference", name=tree.function)
    return [t for t in tree.given if isinstance(t, Reference)]


def _gradient(setting: Setting, tree: Call) -> Result:
    """gradient(goal, X): how fast a number (or the sum of a matrix) changes with X."""
    if len(tree.given) != 2:
        raise _arguments(tree.function, 2)
    goal, cell = tree.given[0], None
    if isinstance(goal, Selection) and goal.rows.is_one and goal.columns.is_one:
        selection, goal = goal, goal.of
        if isinstance(goal, Reference):
            cell = cell_of(setting.reference(goal), selection)
    whole = Call(tree.function, (goal, tree.given[1]))
    aim, of = _referred(whole, 2)
    matrix = setting.matrix(of.name, aim.variant)
    found = backpropagate(setting.at(aim.variant), setting.path(aim.name), cell)
    gradient = found.get(matrix.path, np.zeros(matrix.shape))
    return Result(gradient, matrix.rows, matrix.columns)


def _inside(setting: Setting, block: Reference) -> list[Step]:
    """The steps of a block, or a step; `all` is the whole model."""
    path = setting.path(block.name)
    trace = setting.at(block.variant)
    found = [s for s in trace if path == "all" or f"{s.path}/".startswith(f"{path}/")]
    if not found:
        raise InputError("phrase_name", name=path, hint=nearest(path, trace.steps))
    return found


def _count(setting: Setting, tree: Call) -> float:
    """count(block, kind): how many elementary operations of a kind a block takes."""
    block, kind = _referred(tree, 2)
    counts = sum((s.counts for s in _inside(setting, block)), Counts())
    if kind.name not in vars(counts):
        raise InputError("phrase_count", name=kind.name, known=", ".join(vars(counts)))
    return float(vars(counts)[kind.name])


def _steps(setting: Setting, tree: Call) -> float:
    """steps(block): how many steps it has."""
    return len(_inside(setting, _referred(tree, 1)[0]))


def _parameters(setting: Setting, tree: Call) -> float:
    """parameters(block): how many numbers its parameters hold."""
    (block,) = _referred(tree, 1)
    path = setting.path(block.name)
    given = setting.at(block.variant).given.values()
    sizes = [
        m.data.size
        for m in given
        if m.origin == "parameter" and (path == "all" or f"{m.path}/".startswith(f"{path}/"))
    ]
    return float(sum(sizes))


def _option(setting: Setting, tree: Call) -> float:
    """option(name): an option that is a number, or a switch as 1 or 0; d_k too."""
    (option,) = _referred(tree, 1)
    scenario = setting.at(option.variant).scenario
    value = getattr(scenario.options, option.name, None) if scenario is not None else None
    if not isinstance(value, int | float):
        raise InputError("phrase_option", name=option.name)
    return float(value)


_COSTS = {"attention": attention_cost, "recurrent": recurrent_cost, "convolution": convolution_cost}


def _sizes(setting: Setting, tree: Call, names: int) -> tuple[list[str], list[int]]:
    """The names that a function takes first, and the two whole numbers after them."""
    if len(tree.given) != names + 2:
        raise _arguments(tree.function, names + 2)
    kinds = _referred(Call(tree.function, tree.given[:names]), names)
    sizes = [whole(setting._tree(t), tree.function) for t in tree.given[names:]]
    return [kind.name for kind in kinds], sizes


def _cost(setting: Setting, tree: Call) -> float:
    """cost(layer, figure, n, d): what a layer costs for n positions of d numbers."""
    (layer, figure), (n, d) = _sizes(setting, tree, 2)
    if layer not in _COSTS:
        raise InputError("phrase_count", name=layer, known=", ".join(_COSTS))
    found = vars(_COSTS[layer](n, d))
    if figure not in found:
        raise InputError("phrase_count", name=figure, known=", ".join(found))
    return float(found[figure])


def _time(setting: Setting, tree: Call) -> float:
    """time(scoring, n, d): how long it takes here; it stands under `measured` alone."""
    (scoring,), (n, d) = _sizes(setting, tree, 1)
    if setting.clock is None:
        raise InputError("phrase_time")
    return setting.clock(scoring, n, d)


OVER_TRACES: Mapping[str, Callable[[Setting, Call], Result | float]] = {
    "gradient": _gradient,
    "count": _count,
    "steps": _steps,
    "parameters": _parameters,
    "option": _option,
    "cost": _cost,
    "time": _time,
}
"""The functions whose arguments are names: of steps, blocks, options, layers, ways to score."""
