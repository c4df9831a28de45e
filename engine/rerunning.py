"""Running a scenario again after an edit: only what follows from it is computed."""

from __future__ import annotations

import numpy as np

from engine.pinned import Pinned
from engine.running import run
from engine.scenario import Scenario
from engine.trace import Block, Matrix, Op, Step, Trace


def rerun(earlier: Trace, scenario: Scenario) -> Trace:
    """The same as `run(scenario)`, to the last bit, given a run of the scenario before the edit.

    Steps that read nothing that has changed are those of `earlier`, the very same objects,
    so that whoever draws or compares runs sees at once what has not changed. Where more
    than parameters and pins is another (options, words, masks), all is computed anew.
    Raises InputError as `run` does.
    """
    before = earlier.scenario
    if before is None or not _is_replayable(before, scenario, earlier):
        return run(scenario)
    given = dict(earlier.given)
    others: dict[int, Matrix] = {}
    for path, array in scenario.params.items():
        if array is not before.params[path]:
            old = given[path]
            given[path] = others[id(old)] = old.with_data(array.reshape(old.shape))
    steps = _replayed(earlier, scenario, others)
    return Trace(_rebuilt(earlier.root, steps), steps, given, scenario)


def _is_replayable(before: Scenario, after: Scenario, earlier: Trace) -> bool:
    """Whether the same steps come about, with other numbers or pins at the most."""
    old, new = before.params, after.params
    return (
        before.outline == after.outline
        and before.seed == after.seed  # dropout draws from it
        and before.masks is after.masks
        and old.keys() == new.keys()
        and all(old[path].shape == array.shape for path, array in new.items())
        and all(path in earlier for path in after.pins)
    )


def _replayed(earlier: Trace, scenario: Scenario, others: dict[int, Matrix]) -> dict[str, Step]:
    """Every step under its path; `others` has the new matrix for each that is another now."""
    steps: dict[str, Step] = {}
    with np.errstate(all="ignore"):
        for path, step in earlier.steps.items():
            op = _pinned_anew(step.op, scenario, path)
            if op is step.op:
                for matrix in step.inputs:
                    if id(matrix) in others:
                        break
                else:
                    steps[path] = step
                    continue
            inputs = tuple([others.get(id(m), m) for m in step.inputs])
            data = op.forward(*[m.data for m in inputs])
            data.setflags(write=False)
            old = step.output
            made = Matrix(path, data, old.rows, old.columns, old.symbol, old.role, op.is_share)
            others[id(old)] = made
            steps[path] = Step(path, op, inputs, made, step.text)
    return steps


def _pinned_anew(op: Op, scenario: Scenario, path: str) -> Op:
    """The op with the pins of today; itself where they are those of before."""
    pins = scenario.pins.get(path)
    if not isinstance(op, Pinned):
        return op if pins is None else Pinned(op, pins, path)
    if pins is None:
        return op.inner
    return op if pins == op.pins else Pinned(op.inner, pins, path)


def _rebuilt(block: Block, steps: dict[str, Step]) -> Block:
    """The block with the new steps; itself where none of its steps is another."""
    children: list[Block | Step] = [
        steps[child.path] if isinstance(child, Step) else _rebuilt(child, steps)
        for child in block.children
    ]
    if all(new is old for new, old in zip(children, block.children, strict=True)):
        return block
    return Block(block.name, block.path, block.lane, block.is_group, children)
