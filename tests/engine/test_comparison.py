"""Two runs side by side: what differs, and B − A as NumPy has it."""

import math
from dataclasses import replace

import numpy as np
import pytest
from contracts.draws import scenarios
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import CHOICES, GROUPS, Options, builtin, comparison, edits, fresh, run, with_options
from engine.alternatives import others
from engine.comparison import Difference, contrast, differences, differing, distances

HEAD = "encoder/1/self_attention/head_1"
DECODER = "decoder/1/self_attention/head_1"


def seen(scenario, **changes):
    return run(with_options(scenario, scenario.options.changed(**changes)))


@pytest.fixture(scope="module")
def scenario():
    return builtin("translation")


@pytest.fixture(scope="module")
def trace(scenario):
    return run(scenario)


# What differs


def test_a_copy_differs_in_nothing(scenario, trace):
    copy = run(replace(scenario))
    assert differences(trace, copy) == ()
    assert set(distances(trace, copy).values()) == {0.0}


def test_an_option(scenario, trace):
    assert differences(trace, seen(scenario, scale=False)) == (
        Difference("option", "scale", True, False),
    )


def test_a_number_a_word_a_pin_and_a_painted_mask(scenario, trace):
    table = np.array(scenario.params[f"{HEAD}/W_Q"])
    table[0, :2] += 1.0
    mask = trace.matrix("encoder/1/self_attention/mask")
    other = scenario.with_tokens(source=("I", "see", "dogs", "today"))
    other = other.with_param(f"{HEAD}/W_Q", table).with_pin(f"{HEAD}/scores", 1, 2, 9.0)
    other = edits.with_painted(other, mask, 0, 3, True)
    assert differences(trace, run(other)) == (
        Difference("word", "source", "cats", "dogs", place=(2, 0)),
        Difference("parameter", f"{HEAD}/W_Q", count=2),
        Difference("mask", mask.path, count=1),
        Difference("pin", f"{HEAD}/scores", None, 9.0, place=(1, 2)),
    )


def test_a_tie(scenario, trace):
    tied = edits.with_tie(scenario, f"{HEAD}/W_K", f"{HEAD}/W_Q")
    found = {d.kind: d for d in differences(trace, run(tied))}
    assert found["tie"] == Difference("tie", f"{HEAD}/W_K", None, f"{HEAD}/W_Q")
    assert found["parameter"].name == f"{HEAD}/W_K"


def test_paint_that_forbids_nothing_new_is_no_difference(scenario, trace):
    mask = trace.matrix("encoder/1/self_attention/mask")
    painted = run(scenario.with_mask(mask, mask.data != 0.0))
    assert painted.scenario is not None and painted.scenario.masks
    assert differences(trace, painted) == ()


def test_a_shorter_sentence_is_told_whole(scenario, trace):
    short = run(scenario.with_tokens(source=("I", "see")))
    assert differences(trace, short)[0] == Difference(
        "words", "source", scenario.source, ("I", "see")
    )


def test_parameters_without_a_counterpart_are_counted_not_listed(scenario, trace):
    one = seen(scenario, heads=1)
    found = differences(trace, one)
    assert found[0] == Difference("option", "heads", 2, 1)
    assert [d.kind for d in found] == ["option", "shapes"]
    # Three blocks of attention: six matrices and vectors for each of two heads, or of one.
    assert (found[1].a, found[1].b) == (3 * 2 * 6, 3 * 6)


@settings(deadline=None, max_examples=25)
@given(scenarios(pinned=True), st.data())
def test_differences_are_the_same_from_the_other_side(a, data):
    name, value = data.draw(st.sampled_from(others(a.options)))
    these, those = run(a), seen(a, **{name: value})
    there, back = differences(these, those), differences(those, these)
    assert there
    assert [(d.kind, d.name, d.a, d.b, d.count) for d in there] == [
        (d.kind, d.name, d.b, d.a, d.count) for d in back
    ]


# B − A


def both(a, b):
    """The names that B − A shows: a head more, and a column counts in another head."""
    return tuple(x if x == y else f"{x} → {y}" for x, y in zip(a, b, strict=True))


@settings(deadline=None, max_examples=25)
@given(scenarios(pinned=True), st.data())
def test_the_contrast_is_the_difference(a, data):
    name, value = data.draw(st.sampled_from(others(a.options)))
    these, those = run(a), seen(a, **{name: value})
    for path in {*these.steps, *those.steps}:
        if path not in these or path not in those:
            there = "absent_a" if path not in these else "absent_b"
            sides = [t[path].output if path in t else None for t in (these, those)]
            assert contrast(*sides).obstacle == there
            continue
        left, right = these[path].output, those[path].output
        found = contrast(left, right)
        if left.shape != right.shape:
            assert found.matrix is None and found.obstacle in {"rows", "columns"}
            continue
        with np.errstate(all="ignore"):
            np.testing.assert_array_equal(found.matrix.data, right.data - left.data)
        assert found.matrix.rows == both(left.rows, right.rows)
        assert found.matrix.columns == both(left.columns, right.columns)


def test_infinity_less_infinity_is_no_number_and_is_told(scenario, trace):
    left, right = trace[f"{DECODER}/masked"], seen(scenario, scale=False)[f"{DECODER}/masked"]
    found = contrast(left.output, right.output)
    upper = np.triu(np.ones(left.output.shape, bool), 1)
    np.testing.assert_array_equal(found.is_both_infinite, upper)
    np.testing.assert_array_equal(np.isnan(found.matrix.data), upper)


def test_a_finite_mask_less_infinity_is_infinite(scenario, trace):
    right = seen(scenario, mask_value=-1000.0)[f"{DECODER}/masked"].output
    found = contrast(trace[f"{DECODER}/masked"].output, right)
    assert found.matrix.data[0, 1] == math.inf
    assert not found.is_both_infinite.any()


def test_sentences_of_other_length_are_laid_word_upon_word(scenario, trace):
    other = run(scenario.with_tokens(source=("I", "cats", "today")))
    path = f"{HEAD}/scores"
    found = contrast(trace[path].output, other[path].output)
    assert found.rows == found.columns == ((0, 0), (2, 1), (3, 2))
    assert found.matrix.rows == ("I", "cats", "today")
    picked = trace[path].output.data[np.ix_([0, 2, 3], [0, 2, 3])]
    np.testing.assert_array_equal(found.matrix.data, other[path].output.data - picked)


def test_another_word_in_its_place_has_both_names(scenario, trace):
    other = run(scenario.with_tokens(source=("I", "see", "dogs", "today")))
    found = contrast(trace[f"{HEAD}/scores"].output, other[f"{HEAD}/scores"].output)
    assert found.matrix.rows == ("I", "see", "cats → dogs", "today")


def test_dimensions_of_other_count_have_no_counterpart(scenario, trace):
    one = seen(scenario, heads=1)
    found = contrast(trace[f"{HEAD}/Q"].output, one[f"{HEAD}/Q"].output)
    assert (found.matrix, found.obstacle) == (None, "columns")
    path = "encoder/1/self_attention/head_2/Q"
    assert contrast(trace[path].output, None).obstacle == "absent_b"
    assert contrast(None, trace[path].output).obstacle == "absent_a"


# How far apart


def test_what_comes_before_the_change_is_no_distance_away(scenario, trace):
    far = distances(trace, seen(scenario, scale=False))
    assert far[f"{HEAD}/scores"] == 0.0
    assert far[f"{HEAD}/scaled"] == pytest.approx(0.5)  # √d_k is 2
    assert 0.0 < far["output/probabilities"] < 2.0


def test_steps_without_counterpart_or_with_infinities_are_infinitely_far(scenario, trace):
    assert distances(trace, seen(scenario, heads=1))[f"{HEAD}/Q"] == math.inf
    more = distances(trace, seen(scenario, layers=2))
    assert more["encoder/2/self_attention/head_1/Q"] == math.inf
    finite = distances(trace, seen(scenario, mask_value=-1000.0))
    assert finite[f"{DECODER}/masked"] == math.inf
    assert finite[f"{DECODER}/scores"] == 0.0


@settings(deadline=None, max_examples=25)
@given(scenarios(pinned=True), st.data())
def test_differing_are_the_steps_that_are_some_distance_away(a, data):
    name, value = data.draw(st.sampled_from(others(a.options)))
    these, those = run(a), seen(a, **{name: value})
    far = distances(these, those)
    assert differing(these, those) == {path for path, distance in far.items() if distance > 0.0}


# What may be compared


def test_every_alternative_can_be_run_and_is_another_value():
    scenario = fresh(Options(heads=2, d_model=6), seed=3)
    found = others(scenario.options)
    counting = {n for n in CHOICES if scenario.options.counts(n)}
    assert {name for name, _ in found} >= counting - {"model"}
    for name, value in found:
        assert getattr(scenario.options, name) != value
        assert name in {d.name for d in differences(run(scenario), seen(scenario, **{name: value}))}
    assert [v for n, v in found if n == "heads"] == [1]  # 4 heads can't share 6 dimensions
    assert next(v for n, v in found if n == "mask_value") == -1000.0


def test_traces_without_a_scenario_have_nothing_to_list():
    from engine import attend

    own = attend(Q=[[1, 0]], K=[[2, 0]], V=[[1, 0]])
    assert comparison.differences(own, own) == ()


def test_every_option_stands_in_one_group():
    assert sorted(name for names in GROUPS.values() for name in names) == sorted(CHOICES)
