"""What a learner can change: validation, editing, frozenness."""

import dataclasses
import math
from fractions import Fraction

import numpy as np
import pytest
from contracts.draws import options, scenarios
from contracts.refusals import refused
from hypothesis import given
from hypothesis import strategies as st

from engine import Options, Scenario, fresh, run
from engine.options import CHOICES, USES, Choice, Uses
from engine.scenario import END, LARGEST, MOST_TOKENS, MOST_WORDS, PAD, START

SIZES = {"layers": (1, 12), "heads": (1, 8), "d_model": (1, 64), "d_ff": (1, 256)}
SIZES |= {"clip": (1, 16), "buckets": (4, 32), "reach": (3, 128)}
SWITCHES = (
    "final_norm",
    "projections",
    "scale",
    "biases",
    "residual",
    "embedding_scale",
    "padding",
    "causal",
    "segment_memory",
    "training",
)


@pytest.fixture
def scenario() -> Scenario:
    return fresh(Options(), seed=1)


# --- Options ------------------------------------------------------------------------------


def test_the_paper_s_choices_are_the_defaults():
    assert Options() == Options(
        norm="after",
        final_norm=False,
        projections=True,
        scoring="dot",
        scale=True,
        biases=True,
        residual=True,
        positions="sinusoidal",
        relative="none",
        embedding_scale=True,
        padding=True,
        causal=True,
        mask_value=-math.inf,
        dropout=0.0,
        training=False,
    )


def test_every_option_has_its_choice():
    assert [f.name for f in dataclasses.fields(Options)] == list(CHOICES)
    assert {n for n, c in CHOICES.items() if c.kind == "whole"} == set(SIZES)
    assert {n for n, c in CHOICES.items() if c.kind == "switch"} == set(SWITCHES)


def test_a_rate_is_a_share_that_is_not_all():
    for good in (0, 0.0, 0.1, 0.999):
        assert Options(dropout=good).dropout == good
    for bad in (-0.1, 1, 1.0, math.nan, math.inf, "0.1", None, True):
        error = refused(lambda b=bad: Options(dropout=b), "option_range")
        assert error.place == "options › dropout"
        assert "from 0 to below 1" in str(error)


def test_training_counts_only_where_something_may_be_dropped():
    assert not Options().counts("training")
    assert Options(dropout=0.1).counts("training")


@pytest.mark.parametrize(("name", "bounds"), SIZES.items())
def test_sizes_have_bounds(name, bounds):
    low, high = bounds
    rest = {"d_model": high} if name == "heads" else {"heads": 1} if name == "d_model" else {}
    for good in (low, high):
        assert getattr(Options(**{**rest, name: good}), name) == good
    for bad in (low - 1, high + 1, -1, 2.0, "2", None, True, math.nan, [2]):
        error = refused(lambda b=bad: Options(**{**rest, name: b}), "option_range")
        assert error.place == f"options › {name}"
        assert str(low) in str(error)
        assert str(high) in str(error)


@pytest.mark.parametrize("name", SWITCHES)
def test_switches_are_true_or_false(name):
    for good in (True, False):
        assert getattr(Options(**{name: good}), name) is good
    for bad in (0, 1, "true", None, 1.0):
        error = refused(lambda b=bad: Options(**{name: b}), "option_range")
        assert error.place == f"options › {name}"


@pytest.mark.parametrize("name", [n for n, c in CHOICES.items() if c.kind == "word"])
def test_words_are_among_the_known_ones(name):
    for good in CHOICES[name].words:
        assert getattr(Options(**{name: good}), name) == good
    for bad in ("", "beside", None, 1, True, ["after"]):
        error = refused(lambda b=bad: Options(**{name: b}), "option_range")
        assert CHOICES[name].words[0] in str(error)


def test_the_mask_value_is_minus_infinity_or_below_0():
    for good in (-math.inf, -1, -1e-9, -1e6):
        assert Options(mask_value=good).mask_value == good
    for bad in (0, -0.0, 1, math.inf, math.nan, -1e7, None, "−∞", True):
        refused(lambda b=bad: Options(mask_value=b), "option_range")


@pytest.mark.parametrize(("d_model", "heads"), [(8, 3), (7, 2), (4, 8)])
def test_heads_share_d_model_evenly(d_model, heads):
    error = refused(lambda: Options(d_model=d_model, heads=heads), "option_heads")
    assert error.place == "options › heads"
    assert Options(d_model=12, heads=3).d_k == 4


def test_the_last_bucket_begins_beyond_those_of_one_distance():
    for reach, buckets in ((5, 8), (17, 32), (3, 4)):
        assert Options(relative="bias", buckets=buckets, reach=reach).reach == reach
        fewer = {"buckets": buckets, "reach": max(reach - 1, 3)}
        if fewer["reach"] < reach:
            error = refused(lambda f=fewer: Options(relative="bias", **f), "option_reach")
            assert error.place == "options › reach"
            assert Options(relative="none", **fewer).reach == reach - 1  # nobody asks


def test_a_model_uses_some_options_and_leaves_the_others_alone(monkeypatch):
    monkeypatch.setitem(USES, "other", Uses(("norm", "d_model", "layers"), ("source",)))
    monkeypatch.setitem(CHOICES, "model", Choice("word", words=tuple(USES)))
    monkeypatch.setitem(CHOICES, "layers", Choice("whole", 1, 12, when=("norm", "before")))
    other = Options(model="other", d_model=3, heads=2, norm="before", d_ff=5)
    assert other.names == ("model", "layers", "d_model", "norm")
    assert other.uses.words == ("source",)
    assert [n for n in CHOICES if other.counts(n)] == ["model", "layers", "d_model", "norm"]
    assert not other.changed(norm="after").counts("layers")
    assert other.settled() == Options(model="other", d_model=3, norm="before")
    refused(lambda: other.changed(model="encoder_decoder"), "option_heads")


def test_changed_options():
    assert Options().changed(layers=2, norm="before") == Options(layers=2, norm="before")
    assert Options().changed() == Options()
    refused(lambda: Options().changed(layers=0), "option_range")
    error = refused(lambda: Options().changed(depth=2), "option_unknown")
    assert "layers" in str(error)


def test_a_choice_of_no_known_kind_accepts_nothing():
    assert not Choice("colour").accepts("red")


@given(options())
def test_options_are_values(drawn):
    assert drawn == dataclasses.replace(drawn)
    assert hash(drawn) == hash(dataclasses.replace(drawn))
    with pytest.raises(dataclasses.FrozenInstanceError):
        drawn.layers = 3


# --- Words --------------------------------------------------------------------------------


def test_tokens_are_counted_and_known(scenario):
    for side in ("source", "target"):
        word = getattr(scenario, f"{side}_vocabulary")[1]
        for count in (1, MOST_TOKENS):
            changed = scenario.with_tokens(**{side: [word] * count})
            assert getattr(changed, side) == (word,) * count
        for count in (0, MOST_TOKENS + 1):
            words = [word] * count
            error = refused(lambda s=side, w=words: scenario.with_tokens(**{s: w}), "token_count")
            assert error.place == side
        error = refused(
            lambda s=side, w=word: scenario.with_tokens(**{s: [w, "🦜"]}), "token_unknown"
        )
        assert error.place == f"{side} › 2"
        assert "🦜" in str(error)


def test_expected_words_go_with_the_target(scenario):
    changed = scenario.with_tokens(target=(START, "猫"), expected=("猫", END))
    assert changed.expected_ids == (scenario.target_vocabulary.index("猫"), 2)
    assert scenario.with_tokens(source=("cat",)).expected == ()
    short = refused(lambda: scenario.with_tokens(expected=("猫",)), "expected_count")
    assert short.place == "expected"
    refused(lambda: scenario.with_tokens(expected=("cat", "cat", "cat")), "token_unknown")


def test_ids_are_places_in_the_vocabulary(scenario):
    assert scenario.source == ("the", "cat", "sat", "down", PAD)
    assert scenario.source_ids == (1, 2, 3, 4, 0)
    assert scenario.target_ids == (1, 3, 5)
    assert scenario.expected_ids == (3, 5, 2)


@pytest.mark.parametrize(
    "words",
    [(), ("a", "a"), ("",), (" ",), ("a\nb",), ("x" * 25,), tuple(map(str, range(MOST_WORDS + 1)))],
)
def test_vocabularies_hold_different_printable_words(words):
    make = {"source": ("a",), "source_vocabulary": words}
    error = refused(lambda: fresh(Options(), **make), "vocabulary")
    assert error.place == "source_vocabulary"


@pytest.mark.parametrize("seed", [-1, 1.0, "1", None, True, 2**63 * -1])
def test_a_seed_is_a_whole_number(seed):
    assert refused(lambda: fresh(Options(), seed=seed), "option_range").place == "seed"


# --- Parameters ---------------------------------------------------------------------------


def test_an_edit_makes_a_new_scenario(scenario):
    path = "output/W"
    old = scenario.params[path].copy()
    changed = scenario.with_param(path, old + 1)
    assert np.array_equal(changed.params[path], old + 1)
    assert np.array_equal(scenario.params[path], old)
    others = set(scenario.params) - {path}
    assert all(changed.params[p] is scenario.params[p] for p in others)
    assert list(changed.params) == list(scenario.params)


def test_what_is_given_is_copied(scenario):
    given_ = np.zeros(8)
    changed = scenario.with_param("output/b", given_)
    given_[0] = 5.0
    assert changed.params["output/b"][0] == 0.0


@pytest.mark.parametrize(
    "given_", [[1] * 8, range(8), np.ones(8, np.float32), [Fraction(1, 2)] * 8]
)
def test_numbers_of_any_kind_become_float64(scenario, given_):
    array = scenario.with_param("output/b", given_).params["output/b"]
    assert array.dtype == np.float64
    assert array.tolist() == [float(x) for x in given_]


@pytest.mark.parametrize(
    ("given_", "code"),
    [
        (np.zeros(7), "param_shape"),
        (np.zeros((1, 8)), "param_shape"),
        (3.0, "param_shape"),
        ([], "param_shape"),
        ("eight", "param_type"),
        (["1"] * 8, "param_type"),
        ([[1], [1, 2]], "param_type"),
        ([10**400] * 8, "param_type"),
        (np.ones(8) * 1j, "param_type"),
        ({"a": 1}, "param_type"),
        (np.full(8, math.nan), "not_finite"),
        (np.full(8, -math.inf), "not_finite"),
        (np.full(8, LARGEST * 1.01), "not_finite"),
        ([None] * 8, "not_finite"),
    ],
)
def test_bad_numbers_are_refused(scenario, given_, code):
    error = refused(lambda: scenario.with_param("output/b", given_), code)
    assert error.place == "output/b"


def test_the_place_of_a_bad_number_is_named(scenario):
    array = scenario.params["output/W"].copy()
    array[2, 5] = math.inf
    text = str(refused(lambda: scenario.with_param("output/W", array), "not_finite"))
    assert "row 3, column 6" in text
    assert "inf" in text


def test_an_unknown_parameter_is_refused_with_a_hint(scenario):
    error = refused(lambda: scenario.with_param("embedding/sources", []), "param_unknown")
    assert "embedding/source?" in str(error)


def test_the_largest_numbers_are_allowed(scenario):
    array = scenario.with_param("output/b", [LARGEST, -LARGEST] * 4).params["output/b"]
    assert array[0] == LARGEST


# --- Masks --------------------------------------------------------------------------------

SELF, OWN, CROSS = (
    "encoder/1/self_attention/mask",
    "decoder/1/self_attention/mask",
    "decoder/1/cross_attention/mask",
)


def painted(scenario: Scenario, *paths: str) -> Scenario:
    given_ = run(scenario).given
    for path in paths:
        scenario = scenario.with_mask(given_[path], np.eye(*given_[path].shape, dtype=bool))
    return scenario


def test_a_painted_mask_stands_in_place_of_the_model_s_own(scenario):
    before = run(scenario).given[SELF]
    changed = painted(scenario, SELF)
    mask = run(changed).given[SELF].data
    assert np.array_equal(np.isinf(mask), np.eye(5, dtype=bool))
    assert (mask[~np.eye(5, dtype=bool)] == 0).all()
    assert scenario.masks == {}
    off = changed.with_mask(before, None)
    assert off.masks == {}
    assert np.array_equal(run(off).given[SELF].data, before.data)


def test_a_mask_has_the_shape_of_its_scores(scenario):
    mask = run(scenario).given[CROSS]
    error = refused(lambda: scenario.with_mask(mask, np.zeros((5, 3), bool)), "mask_shape")
    assert error.place == CROSS
    assert "3 × 5" in str(error)
    assert "5 × 3" in str(error)


def test_paint_stays_where_neither_length_has_changed(scenario):
    all_painted = painted(scenario, SELF, OWN, CROSS)
    same = all_painted.with_tokens(source=("dog",) * 5)
    assert set(same.masks) == {SELF, OWN, CROSS}
    assert set(all_painted.with_tokens(source=("dog",) * 4).masks) == {OWN}
    assert set(all_painted.with_tokens(target=(START,) * 2).masks) == {SELF}
    # The target takes the length that the source had: no mask may be taken for another.
    assert all_painted.with_tokens(source=("dog",) * 3, target=(START,) * 5).masks == {}


@given(scenarios(), st.integers(1, 6), st.integers(1, 6))
def test_any_change_of_words_can_be_run(scenario, sources, targets):
    changed = scenario.with_tokens(
        source=scenario.source_vocabulary[:1] * sources,
        target=scenario.target_vocabulary[1:2] * targets,
    )
    assert run(changed)["output/probabilities"].output.shape[0] == targets


# --- Frozen -------------------------------------------------------------------------------


def test_nothing_of_a_scenario_can_be_changed(scenario):
    scenario = painted(scenario, SELF)
    with pytest.raises(dataclasses.FrozenInstanceError):
        scenario.seed = 2
    with pytest.raises(TypeError):
        scenario.params["output/b"] = np.zeros(8)
    with pytest.raises(TypeError):
        scenario.masks[SELF] = None
    changed = scenario.with_param("output/b", np.ones(8))
    for array in (*scenario.params.values(), *changed.params.values(), *scenario.masks.values()):
        assert not array.flags.writeable
        with pytest.raises(ValueError, match="read-only"):
            array[(0,) * array.ndim] = 1


def test_a_scenario_is_told_in_few_words(scenario):
    assert len(repr(scenario)) < 1500
