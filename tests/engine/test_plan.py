"""A run along a plan is the run that the model writes, to the last bit, of every model."""

from dataclasses import replace

import numpy as np
import pytest
from contracts.draws import any_options, scenarios
from contracts.runs import assert_same, edited
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import InputError, builtin, run, with_options
from engine.running import planned

W_Q = "encoder/1/self_attention/head_2/W_Q"
SCORES = "decoder/1/cross_attention/head_1/scores"


def unplanned(scenario):
    return replace(scenario, plan=None)


def is_along(scenario):
    """Whether a run goes along the scenario's own plan."""
    assert scenario.plan is not None
    return run(scenario).plan is scenario.plan


@settings(max_examples=60)
@given(st.data())
def test_it_is_the_run_that_the_model_writes(data):
    before = planned(data.draw(scenarios(any_options(), pinned=True)))
    after = edited(before, data.draw(st.integers(0, 999)))
    assert is_along(before)
    assert is_along(after)
    found, written = run(after), run(unplanned(after))
    assert found.scenario is after
    assert written.plan is None
    assert_same(found, written)


@pytest.mark.parametrize("pins", [None, (1, 1, 9.0)], ids=["planned without", "planned with"])
def test_pins_come_and_go(pins):
    plain = unplanned(builtin("translation"))
    base = planned(plain if pins is None else plain.with_pin(SCORES, *pins))
    for changed in (base.with_pin(SCORES, 0, 1, -3.0), base.without_pins()):
        assert is_along(changed)
        assert_same(run(changed), run(unplanned(changed)))


def test_a_run_along_a_plan_computes_every_step():
    scenario = builtin("translation")
    one, two = run(scenario), run(scenario)
    for first, second in zip(one, two, strict=True):
        assert first.output.data is not second.output.data, first.path


def other_params(scenario, path, array):
    return replace(scenario, params={**scenario.params, path: array})


@pytest.mark.parametrize(
    "change",
    [
        lambda s: s.with_tokens(("we", "like", "dogs")),
        lambda s: s.with_mask(run(s).given["encoder/1/self_attention/mask"], np.eye(4) > 0),
        lambda s: replace(s, options=replace(s.options, norm="before")),
        lambda s: replace(s, expected=s.target),
        lambda s: replace(s, seed=s.seed + 1),
    ],
    ids=["words", "mask", "options", "loss", "seed"],
)
def test_a_plan_that_does_not_fit_is_left_aside(change):
    after = change(builtin("translation"))
    assert after.plan is not None
    assert not is_along(after)
    assert_same(run(after), run(unplanned(after)))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda s: other_params(s, W_Q, np.zeros((4, 8))), "8 × 4"),
        (lambda s: other_params(s, W_Q, np.zeros(32)), "8 × 4"),
        (lambda s: other_params(s, "more", np.zeros(2)), "more"),
        (lambda s: replace(s, params={p: a for p, a in s.params.items() if p != W_Q}), W_Q),
        (lambda s: s.with_pin("nothing/here", 0, 0, 1.0), "nothing/here"),
        (lambda s: s.with_pin("source/embedded", 9, 0, 1.0), "row 10"),
    ],
    ids=["turned", "flat", "one more", "one less", "pin nowhere", "pin outside"],
)
def test_what_a_model_refuses_is_refused(change, said):
    with pytest.raises(InputError, match=said):
        run(change(builtin("translation")))


def test_who_has_a_plan():
    opened = builtin("translation")
    assert is_along(opened)
    assert is_along(opened.with_param(W_Q, np.ones((8, 4))))
    assert is_along(with_options(opened, replace(opened.options, heads=4)))
