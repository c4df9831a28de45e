"""A plan: a scenario's steps without their numbers, for whoever runs it more than once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from engine.pinned import Pinned
from engine.trace import Array, Block, Labels, Matrix, Op, Step, Trace

if TYPE_CHECKING:
    from engine.scenario import Scenario
    from engine.tape import Pins

_NOTHING: Mapping[Any, Any] = MappingProxyType({})


class _Line(NamedTuple):
    """A step to come; `read` takes its inputs out of all matrices before it."""

    path: str
    op: Op
    read: Callable[[list[Matrix]], tuple[Matrix, ...]]
    rows: Labels
    columns: Labels
    symbol: str
    role: str
    text: str


class _Shell(NamedTuple):
    """A block to come: shells inside it, and steps by their place among all."""

    name: str
    path: str
    lane: int
    is_group: bool
    children: tuple[int | _Shell, ...]


class Plan:
    """What the model has written for a scenario: its steps, what each reads, its blocks.

    A run along a plan doesn't ask the model again. It may have other parameters and pins;
    whether it fits is told by all the rest, so that no plan is out of date unnoticed.
    """

    def __init__(self, trace: Trace, scenario: Scenario) -> None:
        self._outline, self._seed, self._masks = scenario.outline, scenario.seed, scenario.masks
        self._params, self._given = scenario.params, trace.given
        slots = {id(matrix): slot for slot, matrix in enumerate(trace.given.values())}
        self._lines: dict[str, _Line] = {}
        for step in trace:
            self._lines[step.path] = _line(step, [slots[id(m)] for m in step.inputs])
            slots[id(step.output)] = len(slots)
        self._shell = _shell(trace.root, {path: place for place, path in enumerate(self._lines)})

    def run(self, scenario: Scenario) -> Trace | None:
        """The scenario's run, to the last bit as its model writes it; None if this doesn't fit.

        Every step is computed. InputError for a pin that lies outside of its matrix.
        """
        given = self._inputs(scenario, self._given, self._params) if self._fits(scenario) else None
        if given is None:
            return None
        with np.errstate(all="ignore"):
            steps = self._computed(list(given.values()), scenario.pins)
        named = dict(zip(self._lines, steps, strict=True))
        return Trace(_block(self._shell, steps), named, given, scenario, self)

    def rerun(self, scenario: Scenario, earlier: Trace, before: Scenario) -> Trace | None:
        """The same, given the run of the scenario before an edit, along this plan.

        A step that reads nothing new is the very same object.
        """
        fits = self._fits(scenario)
        given = self._inputs(scenario, earlier.given, before.params) if fits else None
        if given is None:
            return None
        with np.errstate(all="ignore"):
            steps = self._followed(list(given.values()), scenario.pins, earlier)
        named = dict(zip(self._lines, steps, strict=True))
        return Trace(_rebuilt(earlier.root, named), named, given, scenario, self)

    def _fits(self, scenario: Scenario) -> bool:
        return (
            self._outline == scenario.outline
            and self._seed == scenario.seed  # dropout draws from it
            and _are_same(self._masks, scenario.masks)
            and self._params.keys() == scenario.params.keys()
            and self._lines.keys() >= scenario.pins.keys()
        )

    def _inputs(
        self, scenario: Scenario, given: Mapping[str, Matrix], known: Mapping[str, Array]
    ) -> dict[str, Matrix] | None:
        """`given` with those parameters that are not `known`; None if one has another shape."""
        found = dict(given)
        for path, array in scenario.params.items():
            if array is not known[path]:
                if array.shape != self._params[path].shape:
                    return None
                found[path] = found[path].with_data(array if array.ndim == 2 else array[None])
        return found

    def _computed(self, matrices: list[Matrix], pins: Pins) -> list[Step]:
        """Every step in order; written out, for calls would take longer than what they do."""
        steps: list[Step] = []
        for path, op, read, rows, columns, symbol, role, text in self._lines.values():
            inputs = read(matrices)
            done = op if path not in pins else Pinned(op, pins[path], path)
            data = done.forward(*[m.data for m in inputs])
            data.setflags(write=False)
            output = Matrix(path, data, rows, columns, symbol, role, done.is_share)
            matrices.append(output)
            steps.append(Step(path, done, inputs, output, text))
        return steps

    def _followed(self, matrices: list[Matrix], pins: Pins, earlier: Trace) -> list[Step]:
        """The steps of `earlier`, but for those that read or are pinned to something new."""
        steps: list[Step] = []
        for (path, op, read, *_), old in zip(self._lines.values(), earlier, strict=True):
            inputs, step = read(matrices), old
            if inputs != old.inputs or pins.get(path, _NOTHING) != old.op.pins:
                done = op if path not in pins else Pinned(op, pins[path], path)
                data = done.forward(*[m.data for m in inputs])
                data.setflags(write=False)
                step = Step(path, done, inputs, old.output.with_data(data), old.text)
                step.output.is_share = done.is_share
            matrices.append(step.output)
            steps.append(step)
        return steps


def _line(step: Step, slots: Sequence[int]) -> _Line:
    made, op, read = step.output, step.op, _reader(slots)
    inner = op.inner if isinstance(op, Pinned) else op
    return _Line(step.path, inner, read, made.rows, made.columns, made.symbol, made.role, step.text)


def _reader(slots: Sequence[int]) -> Callable[[list[Matrix]], tuple[Matrix, ...]]:
    """Takes out what stands in the slots; itemgetter is quickest, but of one it gives no tuple."""
    if len(slots) > 1:
        return itemgetter(*slots)
    slot = slots[0]
    return lambda matrices: (matrices[slot],)


def _shell(block: Block, places: Mapping[str, int]) -> _Shell:
    children = [
        places[c.path] if isinstance(c, Step) else _shell(c, places) for c in block.children
    ]
    return _Shell(block.name, block.path, block.lane, block.is_group, tuple(children))


def _block(shell: _Shell, steps: Sequence[Step]) -> Block:
    name, path, lane, is_group, places = shell
    children = [steps[p] if isinstance(p, int) else _block(p, steps) for p in places]
    return Block(name, path, lane, is_group, children)


def _rebuilt(block: Block, steps: Mapping[str, Step]) -> Block:
    """The block with the new steps; itself where none of its steps is another."""
    children: list[Block | Step] = [
        steps[child.path] if isinstance(child, Step) else _rebuilt(child, steps)
        for child in block.children
    ]
    if all(new is old for new, old in zip(children, block.children, strict=True)):
        return block
    return Block(block.name, block.path, block.lane, block.is_group, children)


def _are_same(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    if before is after:
        return True
    return before.keys() == after.keys() and all(before[p] is after[p] for p in before)
