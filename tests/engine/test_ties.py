"""Ties: parameters that are one, through edits, training, other options and files."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from contracts.draws import scenarios
from hypothesis import given, settings

from engine import InputError, builtin, edits, fresh, gradients, load, run, save, with_options
from engine.codec import dumps, loads
from engine.running import backpropagate
from engine.scenario import Options
from engine.ties import added_up, fitting, group, loosened
from engine.training import Pair, train

HEAD = "encoder/1/self_attention/head_1/"
W_Q, W_K, W_V = (f"{HEAD}W_{name}" for name in "QKV")
B_Q = f"{HEAD}b_Q"
LOSS = "output/loss"


@pytest.fixture
def free():
    return fresh(Options(), seed=4)


@pytest.fixture
def tied(free):
    return edits.with_tie(free, W_K, W_Q)


def same(scenario, *paths):
    first = scenario.params[paths[0]]
    return all(np.array_equal(first, scenario.params[p]) for p in paths)


def test_the_tied_takes_the_numbers_of_the_one_it_follows(free, tied):
    assert not same(free, W_K, W_Q)
    assert np.array_equal(tied.params[W_K], free.params[W_Q])
    keys = run(tied)[f"{HEAD}K"]
    assert np.array_equal(keys.inputs[1].data, free.params[W_Q])


@pytest.mark.parametrize("path", [W_K, W_Q])
def test_editing_either_edits_both(tied, path):
    table = np.arange(32.0).reshape(8, 4)
    edited = tied.with_param(path, table)
    for either in (W_K, W_Q):
        assert np.array_equal(edited.params[either], table)
    assert same(edits.with_block(tied, path, 0, 0, np.array([[9.0]])), W_K, W_Q)


def test_a_chain_is_followed_to_its_end(tied):
    chain = edits.with_tie(tied, W_Q, W_V)
    assert chain.ties == {W_K: W_V, W_Q: W_V}
    assert same(chain, W_K, W_Q, W_V)
    assert np.array_equal(chain.params[W_K], tied.params[W_V])


def test_whatever_replaces_the_parameters_the_ties_hold(tied):
    """The guard is in the scenario itself, not in each of those who make one."""
    other = fresh(Options(), seed=5)
    moved = replace(tied, params=other.params)
    assert same(moved, W_K, W_Q)
    assert np.array_equal(moved.params[W_K], other.params[W_Q])


def test_untied_it_keeps_its_numbers_and_goes_its_own_way(tied):
    loose = edits.without_tie(tied, W_K)
    assert not loose.ties and same(loose, W_K, W_Q)
    assert not same(loose.with_param(W_K, np.zeros((8, 4))), W_K, W_Q)


def test_when_the_one_followed_goes_the_others_stay_one(tied):
    chain = edits.with_tie(tied, W_V, W_Q)
    loose = edits.without_tie(chain, W_Q)
    assert loose.ties == {W_V: W_K}
    assert edits.one_with(loose, W_Q) == ()
    assert edits.one_with(chain, W_K) == (W_Q, W_V)


def test_free_ones_can_be_untied_without_harm(tied):
    assert edits.without_tie(tied, "output/W").ties == tied.ties


def test_a_tie_taken_elsewhere_leaves_the_first(tied):
    again = edits.with_tie(tied, W_K, W_V)
    assert again.ties == {W_K: W_V}


# --- Refused ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "other", "code"),
    [
        (W_K, "encoder/1/nothing", "tie_unknown"),
        ("encoder/1/nothing", W_Q, "tie_unknown"),
        (W_K, f"{HEAD}Q", "tie_unknown"),  # a result is no parameter
        (W_K, "output/W", "tie_shape"),
        (B_Q, W_Q, "tie_shape"),
        (W_K, W_K, "tie_cycle"),
    ],
)
def test_what_can_not_be_one_is_refused(free, path, other, code):
    with pytest.raises(InputError) as caught:
        edits.with_tie(free, path, other)
    assert caught.value.code == code
    assert caught.value.place == path
    assert str(caught.value)


def test_what_is_one_already_is_refused(tied):
    for path, other in ((W_K, W_Q), (W_Q, W_K)):
        with pytest.raises(InputError, match="leads back"):
            edits.with_tie(tied, path, other)


def test_a_ring_is_refused(free):
    with pytest.raises(InputError, match=f"{W_Q} → {W_K} → {W_Q}"):
        replace(free, ties={W_Q: W_K, W_K: W_Q})


# --- Gradients and training ---------------------------------------------------------------


def test_gradients_of_what_is_one_add_up(free, tied):
    # The same numbers without the tie: each place has a gradient of its own.
    apart = gradients(run(edits.without_tie(tied, W_K)), LOSS)
    together = gradients(run(tied), LOSS)
    for path in (W_K, W_Q):
        assert together[path] == pytest.approx(apart[W_K] + apart[W_Q], abs=1e-15)
    assert not np.allclose(apart[W_K], apart[W_Q])
    assert np.array_equal(together["output/W"], apart["output/W"])


def test_a_tied_gradient_is_the_slope(tied):
    told = gradients(run(tied), LOSS)[W_K]
    for spot in ((0, 0), (3, 2), (7, 1)):
        ends = []
        for push in (1e-5, -1e-5):
            table = np.array(tied.params[W_K])
            table[spot] += push
            ends.append(float(run(tied.with_param(W_K, table))[LOSS].output.data[0, 0]))
        assert told[spot] == pytest.approx((ends[0] - ends[1]) / 2e-5, rel=1e-6, abs=1e-9)


def test_what_can_change_the_number_through_its_twin_has_a_gradient(tied):
    """The goal reads W_Q alone, but a push on W_K pushes W_Q."""
    found = backpropagate(run(tied), f"{HEAD}Q", (0, 0))
    assert found[W_K][:, 0].all()
    free = backpropagate(run(edits.without_tie(tied, W_K)), f"{HEAD}Q", (0, 0))
    assert W_K not in free


def test_training_keeps_the_tie_and_moves_it(tied):
    pair = Pair(tied.source, ("猫", "坐下"))
    (progress,) = train(tied, [pair], epochs=1, rate=0.1)
    assert progress.scenario.ties == tied.ties
    assert same(progress.scenario, W_K, W_Q)
    assert not np.array_equal(progress.scenario.params[W_K], tied.params[W_K])


def test_training_a_tie_is_training_one_matrix(tied):
    """One step of plain descent by hand, on the single matrix that both are."""
    pair = Pair(tied.source, ("猫", "坐下"))
    from engine.training import mean_gradients

    loss, slopes = mean_gradients(tied, [pair])
    down = tied.with_param(W_K, tied.params[W_K] - 0.01 * slopes[W_K])
    assert mean_gradients(down, [pair])[0] < loss


# --- Other options, other words -----------------------------------------------------------


def test_ties_hold_under_other_options(tied):
    wider = with_options(tied, tied.options.changed(heads=4))
    assert wider.ties == tied.ties and same(wider, W_K, W_Q)
    assert wider.params[W_K].shape == (8, 2)
    deeper = with_options(tied, tied.options.changed(layers=2))
    assert deeper.ties == tied.ties


def test_a_tie_to_what_is_no_longer_there_falls_away():
    deep = fresh(Options(layers=2), seed=1)
    upper = W_Q.replace("encoder/1", "encoder/2")
    chain = edits.with_tie(edits.with_tie(deep, W_Q, upper), W_K, upper)
    flat = with_options(chain, chain.options.changed(layers=1))
    # Both followed what is gone: they stay one with each other.
    assert group(flat.ties, W_Q) in {(W_Q, W_K), (W_K, W_Q)}
    assert same(flat, W_K, W_Q)


def test_a_tie_falls_away_where_shapes_part():
    square = fresh(Options(heads=1, d_model=4, d_ff=4), seed=1)
    both = edits.with_tie(square, "encoder/1/feed_forward/W_1", "output/W".replace("output/W", W_Q))
    assert both.ties
    assert not with_options(both, both.options.changed(d_ff=6)).ties


def test_words_leave_ties_alone(tied):
    assert tied.with_tokens(source=("dog",)).ties == tied.ties


def test_gradients_by_path_that_are_one_get_one_sum():
    found = {"a": np.ones((1, 1)), "c": np.full((1, 1), 5.0)}
    assert {p: float(g[0, 0]) for p, g in added_up(found, {"b": "a"}).items()} == {
        "a": 1.0,
        "b": 1.0,
        "c": 5.0,
    }
    assert loosened({"b": "a"}, "a") == {} == fitting({"b": "a"}, {"b": np.ones((1, 1))})


@settings(max_examples=25)
@given(scenarios(pinned=True))
def test_ties_hold_in_every_drawn_scenario_and_its_file(scenario):
    for path, root in scenario.ties.items():
        assert root not in scenario.ties and same(scenario, path, root)
    again = loads(dumps(scenario))
    assert again.ties == scenario.ties
    assert edits.is_same(again, scenario)
    assert dumps(again) == dumps(scenario)


# --- Files --------------------------------------------------------------------------------


def test_a_file_holds_the_numbers_once(tied, tmp_path: Path):
    save(tied, tmp_path / "tied.json")
    text = (tmp_path / "tied.json").read_text()
    assert f'"ties": {{\n    "{W_K}": "{W_Q}"\n  }}' in text
    assert text.count(f'"{W_K}"') == 1
    again = load(tmp_path / "tied.json")
    assert edits.is_same(again, tied) and same(again, W_K, W_Q)


def test_a_file_without_ties_says_nothing_of_them(free):
    assert "ties" not in dumps(free)


@pytest.mark.parametrize(
    ("written", "message"),
    [
        (f'"{W_K}": "encoder/1/nothing"', "there is no “encoder/1/nothing”; did you"),
        (f'"{W_K}": 4', "this must be the path of a parameter"),
        (f'"{W_K}": "{W_K}"', "leads back to where it starts"),
        (f'"{W_K}": "output/W"', "the shape must be 8 × 4, not 8 × 8"),
        (f'"{W_K}": "{W_Q}", "{W_V}": "{W_Q}"', "must not stand among the parameters, too"),
        (f'"{W_K}": "{W_Q}", "ghost": "{W_Q}"', "no parameter of that name"),
        (f'"{W_K}": "ghost", "ghost": "{W_K}"', "leads back"),
        (f'"{W_K}": null', "the path of a parameter"),
    ],
)
def test_a_bad_tie_in_a_file_is_placed(tied, tmp_path: Path, written, message):
    file = tmp_path / "tied.json"
    save(tied, file)
    text = file.read_text().replace(f'"{W_K}": "{W_Q}"', written)
    file.write_text(text)
    with pytest.raises(InputError, match=message) as caught:
        load(file)
    line = text[: text.index('"ties"')].count("\n") + 2
    assert caught.value.place.startswith(f"tied.json, line {line}: ties › "), caught.value.place


def test_ties_that_are_no_object_are_refused(tied):
    text = dumps(tied)
    start = text.index('"ties": ')
    with pytest.raises(InputError, match="object in braces"):
        loads(text[:start] + '"ties": []\n}\n')


def test_a_chain_in_a_file_is_followed(tied):
    text = dumps(edits.with_tie(tied, W_V, W_Q)).replace(f'"{W_V}": "{W_Q}"', f'"{W_V}": "{W_K}"')
    assert loads(text).ties == {W_K: W_Q, W_V: W_Q}


def test_the_built_in_scenarios_have_none():
    assert not builtin("translation").ties
