"""Running scenarios: forward, gradients, fresh parameters, other options."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.checks import checked_array
from engine.errors import InputError, Wording, nearest
from engine.models import MODELS
from engine.options import Options
from engine.plan import Plan
from engine.scenario import END, PAD, START, Scenario
from engine.tape import Scope, Tape
from engine.ties import NONE, added_up, fitting
from engine.trace import Array, Trace, freeze

SOURCE_WORDS = (PAD, "the", "cat", "sat", "down", "dog", "ran", "home")
TARGET_WORDS = (PAD, START, END, "猫", "狗", "坐下", "跑", "回家")


def run(scenario: Scenario) -> Trace:
    """Compute every step of the scenario's model.

    Where the scenario's plan fits, the run is along it; otherwise the model writes the steps.
    Raises InputError naming the parameter or mask that is missing, superfluous or of
    wrong shape.
    """
    along = None if scenario.plan is None else scenario.plan.run(scenario)
    return along or _written(scenario)


def _written(scenario: Scenario) -> Trace:
    tape = Tape(scenario.params, scenario.masks, scenario.pins)
    trace = _record(scenario, tape)
    if scenario.masks or scenario.pins or len(scenario.params) != tape.asked:
        _refuse_unknown(scenario, trace)
    return trace


def planned(scenario: Scenario) -> Scenario:
    """The same scenario with a plan, for whoever runs it more than once.

    Raises InputError as `run` does.
    """
    return replace(scenario, plan=Plan(_written(scenario), scenario))


def _refuse_unknown(scenario: Scenario, trace: Trace) -> None:
    """InputError for the first parameter or mask that the model has not asked for."""
    for path in scenario.params:
        if path not in trace.given or trace.given[path].origin != "parameter":
            raise InputError("param_unknown", path, hint=Wording("remove_param"))
    for path in scenario.masks:
        if path not in trace.given or trace.given[path].origin != "mask":
            known = ", ".join(p for p, m in trace.given.items() if m.origin == "mask")
            raise InputError("mask_unknown", path, known=known)
    for path in scenario.pins:
        if path not in trace.steps:
            raise InputError("pin_unknown", path, hint=nearest(path, trace.steps))


def _record(scenario: Scenario, tape: Tape) -> Trace:
    with np.errstate(all="ignore"):
        MODELS[scenario.options.model](Scope(tape, tape.root, ""), scenario)
    return tape.finish(scenario)


class _Draft(Tape):
    """A tape that invents the parameters it is asked for, so that the model lists them."""

    def __init__(self, known: Mapping[str, Array], seed: int, is_cut: bool = False) -> None:
        super().__init__({}, {})
        self.known = known
        self.is_cut = is_cut
        self.random = np.random.default_rng(seed)
        self.invented: dict[str, Array] = {}

    def parameter(self, path: str, shape: tuple[int, ...], invent: str) -> Array:
        made = _invent(self.random, shape, invent)
        old = self.known.get(path)
        if old is not None and old.shape == shape:
            made = old
        elif old is not None and self.is_cut:
            both = tuple(slice(min(pair)) for pair in zip(old.shape, shape, strict=True))
            made[both] = old[both]
        self.invented[path] = freeze(made)
        return made


def _invent(random: np.random.Generator, shape: tuple[int, ...], how: str) -> Array:
    """Fresh numbers; Glorot and Bengio 2010 (uniform) for weights."""
    if how == "ones":
        return np.ones(shape)
    if how == "zeros":
        return np.zeros(shape)
    if how == "embedding":
        return random.normal(0.0, shape[-1] ** -0.5, shape)
    bound = math.sqrt(6.0 / (shape[0] + shape[1]))
    return random.uniform(-bound, bound, shape)


def fresh(
    options: Options,
    seed: int = 0,
    *,
    source: Sequence[str] = ("the", "cat", "sat", "down", PAD),
    target: Sequence[str] = (START, "猫", "坐下"),
    expected: Sequence[str] = ("猫", "坐下", END),
    source_vocabulary: Sequence[str] = SOURCE_WORDS,
    target_vocabulary: Sequence[str] = TARGET_WORDS,
    name: str = "",
) -> Scenario:
    """A scenario with new parameters drawn from the seed; the same seed gives the same numbers."""
    draft = Scenario(
        options,
        tuple(source),
        tuple(target),
        tuple(expected),
        tuple(source_vocabulary),
        tuple(target_vocabulary),
        seed=seed,
        name=name,
    )
    return planned(replace(draft, params=_invented(draft, {})))


def _invented(scenario: Scenario, known: Mapping[str, Array]) -> Mapping[str, Array]:
    tape = _Draft(known, scenario.seed)
    _record(scenario, tape)
    return MappingProxyType(tape.invented)


def with_options(scenario: Scenario, options: Options) -> Scenario:
    """The same scenario under other options.

    Parameters, masks, pins and ties stay where path and shape do; heads that are split or
    joined share out the numbers they had; all others are drawn from the scenario's seed.
    """
    known = dict(scenario.params)
    if options.heads != scenario.options.heads and options.d_model == scenario.options.d_model:
        known.update(_reshared(scenario.params, options.heads))
    nothing: Mapping[str, Any] = MappingProxyType({})
    changed = replace(scenario, options=options, masks=nothing, pins=nothing, ties=NONE)
    changed = replace(changed, params=_invented(changed, known))
    trace = run(changed)
    masks = {
        path: painted
        for path, painted in scenario.masks.items()
        if path in trace.given and painted.shape == trace.given[path].shape
    }
    pins = {
        path: spots
        for path, spots in scenario.pins.items()
        if path in trace and all(np.less(s, trace[path].output.shape).all() for s in spots)
    }
    ties = fitting(scenario.ties, changed.params)
    kept = replace(changed, masks=MappingProxyType(masks), ties=ties, plan=Plan(trace, changed))
    return replace(kept, pins=MappingProxyType(pins))


def with_words(scenario: Scenario, **words: Sequence[str]) -> Scenario:
    """The same scenario over other words: source=..., target=..., expected=...

    Where parameters belong to words or places (Q, K, V set by hand; dense mixing), they
    keep the numbers of those that are still there; the others are drawn from the seed.
    """
    changed = scenario.with_tokens(**words)
    tape = _Draft(scenario.params, scenario.seed, is_cut=True)
    _record(changed, tape)
    if all(tape.invented[p].shape == a.shape for p, a in scenario.params.items()):
        return changed
    fitted = replace(changed, params=MappingProxyType(tape.invented), ties=NONE)
    return replace(fitted, ties=fitting(scenario.ties, fitted.params))


_HEAD = re.compile(r"(?P<before>.*/head_)(?P<head>\d+)(?P<after>/.*)")


def _reshared(params: Mapping[str, Array], heads: int) -> dict[str, Array]:
    """The heads' matrices laid side by side and cut anew into `heads` equal pieces."""
    grouped: dict[tuple[str, str], list[Array]] = {}
    found = [match for path in params if (match := _HEAD.fullmatch(path))]
    for match in sorted(found, key=lambda m: int(m["head"])):  # a file may list them anyhow
        grouped.setdefault((match["before"], match["after"]), []).append(params[match.string])
    shared = {}
    for (before, after), arrays in grouped.items():
        if sum(a.shape[-1] for a in arrays) % heads:
            continue
        pieces = np.split(np.concatenate(arrays, axis=-1), heads, axis=-1)
        for number, piece in enumerate(pieces, start=1):
            shared[f"{before}{number}{after}"] = freeze(piece.copy())
    return shared


def checked(scenario: Scenario) -> Trace:
    """The scenario's run, if its parameters and masks are just those that its model asks for.

    Raises InputError naming the first that is missing, superfluous or of wrong shape.
    """
    for path, array in scenario.params.items():
        checked_array(array, array.shape, path)
    return run(scenario)


def backpropagate(
    trace: Trace, path: str, cell: tuple[int, int] | None = None
) -> dict[str, NDArray[np.float64]]:
    """The gradient of one step's number with respect to every matrix before it, by path.

    Without `cell` it is the gradient of the sum of the step's numbers (for a loss: of
    the loss). Arrays have the matrices' two axes; matrices that can't change the number
    are left out; of tied parameters each has the sum. InputError if the cell lies outside.
    """
    goal = trace[path]
    start = np.ones_like(goal.output.data)
    if cell is not None:
        rows, columns = goal.output.shape
        row, column = cell
        if not (0 <= row < rows and 0 <= column < columns):
            place = {"row": row + 1, "column": column + 1}
            raise InputError("cell_outside", path, **place, rows=rows, columns=columns)
        start = np.zeros_like(goal.output.data)
        start[cell] = 1.0
    found = {path: start}
    order = list(trace)
    with np.errstate(all="ignore"):
        for step in reversed(order[: order.index(goal) + 1]):
            gradient = found.get(step.path)
            if gradient is None:
                continue
            parts = step.op.backward([m.data for m in step.inputs], step.output.data, gradient)
            for matrix, part in zip(step.inputs, parts, strict=True):
                if part is not None:
                    known = found.get(matrix.path)
                    found[matrix.path] = part if known is None else known + part
    return found if trace.scenario is None else added_up(found, trace.scenario.ties)


def gradients(
    trace: Trace, loss_path: str, cell: tuple[int, int] | None = None
) -> Mapping[str, Array]:
    """The gradient of a step (`output/loss`, say) with respect to every parameter, by path.

    Shapes are those of `scenario.params`; for a trace of `attend` the paths are Q, K, V.
    A step with several numbers counts as their sum, unless `cell` (row, column from 0)
    picks one. Parameters that the step doesn't depend on have gradient 0.
    """
    found = backpropagate(trace, loss_path, cell)
    if trace.scenario is None:
        arrays = {p: m.data for p, m in trace.given.items() if m.path != "mask"}
    else:
        arrays = dict(trace.scenario.params)
    return MappingProxyType(
        {
            path: freeze(found[path].reshape(array.shape).copy())
            if path in found
            else freeze(np.zeros(array.shape))
            for path, array in arrays.items()
        }
    )
