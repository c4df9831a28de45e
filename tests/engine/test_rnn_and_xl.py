"""What the lessons say of the recurrent model, of Transformer-XL and of dropout."""

from dataclasses import replace

import numpy as np
import pytest
from contracts.draws import TARGET, any_options, scenarios, words
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from engine import Options, fresh, gradients, run, with_options
from engine.running import backpropagate
from engine.scenario import PAD, START

FEW = settings(max_examples=25)
WORDS = (PAD, START, "a", "b", "c", "d")
XL = Options(model="transformer_xl", layers=2)


def text(options: Options, source: str, target: str, seed: int = 3):
    """A scenario over one vocabulary; words are single letters."""
    names = {"source_vocabulary": WORDS, "target_vocabulary": WORDS}
    return fresh(options, seed, source=source, target=target, expected=target, **names)


def differing(a, b) -> bool:
    return not np.array_equal(a, b, equal_nan=True)


def of_source(words: tuple[str, ...]) -> st.SearchStrategy:
    return st.lists(st.sampled_from(words[1:]), min_size=1, max_size=4).map(tuple)


# --- Recurrent ----------------------------------------------------------------------------


def reach(attention: str, length: int) -> float:
    """How much the first of so many source words moves the decoder's last state.

    Half the usual state weights: each word on, less is left of the first.
    """
    found = []
    for seed in range(6):
        options = Options(model="rnn", attention=attention)
        scenario = text(options, "a" + "bcd"[seed % 3] * (length - 1), "abc", seed)
        trace = run(scenario.with_param("encoder/U", 0.5 * scenario.params["encoder/U"]))
        slopes = backpropagate(trace, "decoder/time_3/state", (0, 0))["source/embedded"]
        found.append(np.linalg.norm(slopes[0]))
    return float(np.median(found))


def test_without_attention_the_first_word_fades_with_length():
    far = [reach("none", n) for n in (2, 5, 8, 12)]
    assert far == sorted(far, reverse=True)
    assert far[-1] < far[0] / 1000


def test_with_attention_the_first_word_stays_in_reach():
    assert reach("additive", 12) > 100 * reach("none", 12)
    assert reach("additive", 12) > reach("additive", 2) / 20


def test_without_attention_only_the_last_state_is_handed_over():
    scenario = text(Options(model="rnn", attention="none"), "abc", "abc")
    trace = run(scenario)
    last = trace["encoder/time_3/state"].output.data
    other = text(scenario.options, "dbc", "abc")
    for column, value in enumerate(last[0]):
        other = other.with_pin("encoder/time_3/state", 0, column, float(value))
    assert differing(
        trace["encoder/time_1/state"].output.data, run(other).matrix("encoder/time_1/state").data
    )
    for step in trace:
        if step.path.startswith(("decoder", "output")):
            assert not differing(step.output.data, run(other)[step.path].output.data), step


@FEW
@given(scenarios(any_options(model="rnn", padding=True, mask_value=-np.inf), painted=False))
def test_padding_at_the_end_changes_nothing(scenario):
    assume(scenario.source[-1] != PAD)
    longer = scenario.with_tokens(source=(*scenario.source, PAD), expected=scenario.expected)
    before, after = run(scenario), run(longer)
    assert np.allclose(
        before["output/probabilities"].output.data,
        after["output/probabilities"].output.data,
        rtol=1e-12,
        atol=0,
        equal_nan=True,
    )


@FEW
@given(scenarios(any_options(model="rnn"), target=words(TARGET, 4)), st.data())
def test_a_later_word_changes_nothing_before_it(scenario, data):
    assume(len(scenario.target) > 1)
    at = data.draw(st.integers(1, len(scenario.target) - 1))
    target = (*scenario.target[:at], TARGET[-1], *scenario.target[at + 1 :])
    before, after = (
        run(s)["output/logits"].output.data for s in (scenario, scenario.with_tokens(target=target))
    )
    assert not differing(before[:at], after[:at])


# --- Transformer-XL -----------------------------------------------------------------------


@pytest.mark.parametrize("has_memory", [True, False])
def test_the_second_segment_sees_the_first_through_the_memory_alone(has_memory):
    options = XL.changed(segment_memory=has_memory)
    one, other = (run(text(options, source, "abca")) for source in ("abcd", "dbcd"))
    assert differing(one["segment_1/embedded"].output.data, other["segment_1/embedded"].output.data)
    moved = [
        step.path
        for step in one
        if step.path.startswith(("segment_2", "output"))
        and not step.path.endswith("/memory")
        and differing(step.output.data, other[step.path].output.data)
    ]
    assert bool(moved) is has_memory
    assert ("output/loss" in moved) is has_memory


def test_no_gradient_goes_into_the_memory():
    scenario = fresh(XL, 1, source=("cat", "sat"), target=(START, "猫", "坐下"))
    assert {"embedding/source", "embedding/target"} <= set(scenario.params)
    for path in ("output/probabilities", "segment_2/2/relative_attention/head_1/scores"):
        slopes = gradients(run(scenario), path, (1, 0))
        assert not slopes["embedding/source"].any()
        assert slopes["embedding/target"].any()
    moved = scenario.with_param("embedding/source", 2 * scenario.params["embedding/source"])
    losses = [run(s)["output/probabilities"].output.data for s in (scenario, moved)]
    assert differing(*losses)  # the numbers do pass


def test_the_terms_of_position_go_by_distance_alone():
    trace = run(text(XL, "abcd", "abca"))
    for layer in (1, 2):
        at = f"segment_2/{layer}/relative_attention/head_1"
        bias = trace[f"{at}/global_position"].output.data
        keys, queries = trace[f"{at}/R"].output.data, trace[f"{at}/Q"].output.data
        content = trace[f"{at}/content_position"].output.data
        for i in range(4):
            for j in range(8):
                far = 4 + i - j
                assert bias[i, j] == (bias[3, 7 - far] if far >= 0 else 0.0)
                told = queries[i] @ keys[7 - far] if far >= 0 else 0.0
                assert content[i, j] == pytest.approx(told, rel=1e-12, abs=1e-14)


@FEW
@given(
    scenarios(any_options(model="transformer_xl"), painted=False, target=words(TARGET, 4)),
    st.data(),
)
def test_no_position_looks_ahead(scenario, data):
    scenario = replace(scenario, options=scenario.options.changed(mask_value=-np.inf, dropout=0.0))
    assume(len(scenario.target) > 1)
    at = data.draw(st.integers(1, len(scenario.target) - 1))
    target = (*scenario.target[:at], TARGET[-1], *scenario.target[at + 1 :])
    before, after = (
        run(s)["output/logits"].output.data for s in (scenario, scenario.with_tokens(target=target))
    )
    assert not differing(before[:at], after[:at])


def test_each_layer_reaches_one_segment_further():
    """Layer k remembers what came into layer k; so the memory of the first is the embedding."""
    trace = run(text(XL, "abc", "abc"))
    for layer, path in ((1, "segment_1/embedded"), (2, "segment_1/1/norm_2")):
        assert trace[f"segment_2/{layer}/relative_attention/memory"].inputs[0].path == path


def test_one_vocabulary_has_one_table():
    assert "embedding/target" not in text(XL, "ab", "ab").params
    assert "embedding/target" in fresh(XL).params


# --- Dropout ------------------------------------------------------------------------------


@pytest.mark.parametrize("model", ["encoder_decoder", "transformer_xl"])
def test_outside_of_training_dropout_is_as_if_there_were_none(model):
    without = fresh(Options(model=model, layers=2), 4)
    resting = with_options(without, without.options.changed(dropout=0.5))
    plain, trace = run(without), run(resting)
    added = set(trace.steps) - set(plain.steps)
    assert added
    assert all("dropout" in path for path in added)
    assert all(trace[path].op.name == "pass_on" for path in added)
    for step in plain:
        assert not differing(step.output.data, trace[step.path].output.data), step


def test_dropout_keeps_the_mean():
    options = Options(dropout=0.25, training=True, d_model=64, heads=1)
    masks = [
        m.data
        for seed in range(5)
        for p, m in run(fresh(options, seed)).given.items()
        if "/dropped" in p
    ]
    kept = np.concatenate([m.ravel() for m in masks])
    assert set(np.unique(kept)) == {0.0, 1 / 0.75}
    error = np.sqrt(0.25 / 0.75 / kept.size)  # of the mean of so many
    assert abs(kept.mean() - 1) < 4 * error


def test_every_step_drops_others_and_the_seed_brings_them_back():
    scenario = fresh(Options(dropout=0.5, training=True, layers=2), 7)
    drawn = {p: m.data for p, m in run(scenario).given.items() if "/dropped" in p}
    assert len(drawn) == 2 + 2 * 2 + 2 * 3
    assert len({m.tobytes() for m in drawn.values()}) == len(drawn)
    again = run(scenario)
    assert all((again.given[p].data == m).all() for p, m in drawn.items())


def test_more_layers_leave_what_the_first_one_drops():
    options = Options(dropout=0.5, training=True)
    one, two = (run(fresh(options.changed(layers=n), 7)) for n in (1, 2))
    path = "encoder/1/dropped_1"
    assert (one.given[path].data == two.given[path].data).all()
