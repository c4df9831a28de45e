"""How long a way to score takes: what is timed, and how often; never how long it took."""

import itertools

import numpy as np
import pytest

from engine import InputError
from engine.timing import (
    ENOUGH,
    LEAST_RUNS,
    MOST_RUNS,
    SCORINGS,
    check_scoring,
    scoring_seconds,
    scoring_steps,
    seconds,
)


def ticking(*lengths: float):
    """A clock on which one run after another takes so long, then over and over."""
    now, told = 0.0, []
    for length in itertools.cycle(lengths):
        told = [now, now + length]
        yield from told
        now += length


def test_the_same_queries_and_keys_are_scored_in_every_way():
    steps = {kind: scoring_steps(kind, 6, 4) for kind in SCORINGS}
    assert [s.path for s in steps["dot"]] == ["scores"]
    assert [s.path for s in steps["additive"]] == ["asked", "offered", "pairs", "bent", "scores"]
    q, k = (m.data for m in steps["dot"][0].inputs)
    np.testing.assert_array_equal(steps["additive"][0].inputs[0].data, q)
    np.testing.assert_array_equal(steps["additive"][1].inputs[0].data, k)
    np.testing.assert_array_equal(steps["dot"][0].output.data, q @ k.T)
    w, u, v = (steps["additive"][i].inputs[1].data for i in (0, 1, 4))
    expected = np.tanh((q @ w)[:, None] + (k @ u)[None]) @ v[0]
    np.testing.assert_allclose(steps["additive"][-1].output.data, expected, atol=1e-12)


def test_the_median_counts():
    clock = ticking(0.05, 9.0, 0.04)
    assert seconds([], lambda: next(clock)) == pytest.approx(0.05)


@pytest.mark.parametrize(
    ("length", "runs"), [(1.0, LEAST_RUNS), (ENOUGH / 10.5, 11), (1e-9, MOST_RUNS)]
)
def test_slow_things_are_run_a_few_times_and_quick_ones_often(length, runs):
    clock, asked = ticking(length), []

    def read():
        asked.append(1)
        return next(clock)

    seconds([], read)
    assert len(asked) == 2 * runs


def test_each_run_computes_every_step_again():
    ran = []

    class Spy:
        def __init__(self, step):
            self.inputs, self.op = step.inputs, self
            self.path = step.path

        def forward(self, *inputs):
            ran.append((self.path, [i.shape for i in inputs]))

    clock = ticking(1.0)
    seconds([Spy(s) for s in scoring_steps("additive", 3, 2)], lambda: next(clock))
    assert len(ran) == LEAST_RUNS * 5
    assert ran[3] == ("bent", [(9, 2)])


def test_something_is_really_measured():
    assert scoring_seconds("dot", 4, 4) > 0.0


@pytest.mark.parametrize(("kind", "length"), [("sum", 4), ("dot", 1000)])
def test_what_there_is_not_and_what_would_take_too_long_is_refused(kind, length):
    with pytest.raises(InputError):
        check_scoring(kind, length, 64)
    with pytest.raises(InputError):
        scoring_steps(kind, length, 64)
