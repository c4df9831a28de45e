"""Runs laid side by side, and edits as a learner makes them: for the tests of runs."""

import numpy as np

from engine import Block, Scenario, Step, Trace, run


def facts(matrix):
    return matrix.path, matrix.rows, matrix.columns, matrix.symbol, matrix.role, matrix.origin


def tree(block: Block) -> tuple:
    inner = [c.path if isinstance(c, Step) else tree(c) for c in block.children]
    return block.name, block.path, block.lane, block.is_group, inner


def assert_same(found: Trace, wanted: Trace) -> None:
    """Every number to the bit, every name, and one step in tape, tree and inputs alike."""
    assert list(found.steps) == list(wanted.steps)
    assert tree(found.root) == tree(wanted.root)
    assert [id(s) for s in found.root.steps()] == [id(s) for s in found]
    assert list(found.given) == list(wanted.given)
    for path, matrix in found.given.items():
        assert facts(matrix) == facts(wanted.given[path])
        assert matrix.data.tobytes() == wanted.given[path].data.tobytes(), path
    for here, there in zip(found, wanted, strict=True):
        assert here.output.data.tobytes() == there.output.data.tobytes(), here.path
        assert not here.output.data.flags.writeable
        assert facts(here.output) == facts(there.output)
        assert here.output.is_share == there.output.is_share
        assert type(here.op) is type(there.op)
        assert here.op.pins == there.op.pins
        assert here.text == there.text
        for read in here.inputs:
            assert read is found.matrix(read.path)


def edited(scenario: Scenario, seed: int) -> Scenario:
    """One to three edits, of numbers mostly."""
    random = np.random.default_rng(seed)
    for _ in range(random.integers(1, 4)):
        paths = sorted(scenario.params)
        if not paths or random.random() < 0.3:
            steps = list(run(scenario))
            step = steps[random.integers(len(steps))]
            spot = [int(random.integers(n)) for n in step.output.shape]
            value = None if random.random() < 0.3 else float(random.normal())
            scenario = scenario.with_pin(step.path, *spot, value)
        else:
            path = paths[random.integers(len(paths))]
            array = np.array(scenario.params[path])
            array.flat[random.integers(array.size)] = random.normal()
            scenario = scenario.with_param(path, array)
    return scenario
