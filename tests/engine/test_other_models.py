"""The models beside the paper's: what the lessons rely on, with numbers that are known."""

import numpy as np
import pytest

from engine import Options, fresh, gradients, run, with_options, with_words
from engine.codec import dumps, loads
from engine.edits import with_tie
from engine.options import CHOICES, USES

WORDS = {
    "source_vocabulary": ("<pad>", "I", "see", "cats", "today", "dogs"),
    "target_vocabulary": ("<pad>", "<s>", "</s>", "dogs", "we"),
    "expected": (),
}
SOURCE, TARGET = ("I", "see", "cats", "today"), ("dogs",)
HEAD = "self_attention/head_1"
OTHERS = ("attention", "self_attention", "target_attention", "dense")


def made(seed=3, source=SOURCE, target=TARGET, **options):
    return fresh(Options(**options), seed, source=source, target=target, **WORDS)


def out(scenario, path):
    return run(scenario)[path].output.data


# --- Attention by hand --------------------------------------------------------------------


def test_a_single_query_mixes_what_it_is_given():
    scenario = made(model="attention", d_model=2)
    assert {p: a.shape for p, a in scenario.params.items()} == {
        "attention/Q": (1, 2),
        "attention/K": (4, 2),
        "attention/V": (4, 2),
    }
    trace = run(scenario)
    names = ["scores", "scaled", "masked", "weights", "mixed"]
    assert list(trace.steps) == [f"attention/{name}" for name in names]
    weights = trace["attention/weights"].output
    assert (weights.rows, weights.columns) == (TARGET, SOURCE)
    q, k, v = (scenario.params[f"attention/{n}"] for n in "QKV")
    powers = [np.exp(sum(a * b for a, b in zip(q[0], row, strict=True)) / 2**0.5) for row in k]
    shares = np.array(powers) / sum(powers)
    assert np.allclose(weights.data[0], shares, rtol=1e-14)
    mixed = trace["attention/mixed"].output.data[0]
    assert np.allclose(mixed, shares @ v, rtol=1e-14)
    assert (v.min(axis=0) <= mixed).all()
    assert (mixed <= v.max(axis=0)).all()


def test_padding_is_shut_out_of_a_set():
    scenario = made(model="attention", d_model=2, source=("I", "<pad>", "see"))
    assert out(scenario, "attention/weights")[0, 1] == 0.0
    changed = scenario.params["attention/V"].copy()
    changed[1] = 100.0
    other = scenario.with_param("attention/V", changed)
    assert (out(scenario, "attention/mixed") == out(other, "attention/mixed")).all()


# --- Self-attention -----------------------------------------------------------------------


def test_without_projections_scores_are_products_of_the_rows():
    """X Xᵀ: symmetric, with each row's squared length on the diagonal."""
    scenario = made(model="self_attention", d_model=4, heads=1, projections=False, causal=False)
    x = out(scenario, "source/positioned")
    scores = out(scenario, f"{HEAD}/scores")
    assert np.allclose(scores, x @ x.T, rtol=1e-14)
    assert np.allclose(scores, scores.T, rtol=1e-15)
    assert np.allclose(np.diag(scores), (x**2).sum(axis=1), rtol=1e-14)
    assert set(scenario.params) == {"embedding/source"}
    trace = run(scenario)
    assert (trace["self_attention/output"].output.data == trace[f"{HEAD}/mixed"].output.data).all()


def test_without_projections_heads_share_the_columns():
    scenario = made(model="self_attention", d_model=6, heads=3, projections=False)
    trace = run(scenario)
    x = trace["source/positioned"].output.data
    for head in (1, 2, 3):
        step = trace[f"self_attention/head_{head}/Q"]
        assert (step.output.data == x[:, 2 * head - 2 : 2 * head]).all()
        assert step.output.columns == (str(2 * head - 1), str(2 * head))


def test_tied_queries_and_keys_make_scores_symmetric():
    scenario = made(model="self_attention", d_model=4, heads=1, biases=False)
    scores = out(scenario, f"{HEAD}/scores")
    assert not np.allclose(scores, scores.T, atol=1e-3)
    tied = scenario.with_param(f"{HEAD}/W_K", scenario.params[f"{HEAD}/W_Q"])
    assert np.allclose(out(tied, f"{HEAD}/scores"), out(tied, f"{HEAD}/scores").T, rtol=1e-14)


ORDER = [2, 0, 3, 1]


@pytest.mark.parametrize("scoring", CHOICES["scoring"].words)
def test_without_positions_a_permutation_goes_right_through(scoring):
    options = {"positions": "none", "causal": False, "scoring": scoring}
    scenario = made(model="self_attention", d_model=4, heads=2, **options)
    turned = with_words(scenario, source=tuple(SOURCE[i] for i in ORDER))
    before, after = (out(s, "self_attention/output") for s in (scenario, turned))
    assert np.allclose(before[ORDER], after, rtol=1e-13)


@pytest.mark.parametrize(
    "options",
    [
        {"positions": "sinusoidal"},
        {"positions": "learned"},
        {"relative": "keys"},
        {"relative": "bias"},
        {"causal": True},
    ],
    ids=str,
)
def test_whatever_tells_places_ends_that(options):
    plain = {"positions": "none", "causal": False, **options}
    scenario = made(model="self_attention", d_model=4, heads=2, **plain)
    turned = with_words(scenario, source=tuple(SOURCE[i] for i in ORDER))
    before, after = (out(s, "self_attention/output") for s in (scenario, turned))
    assert not np.allclose(before[ORDER], after, atol=1e-3)


@pytest.mark.parametrize("relative", ["keys", "bias"])
def test_the_same_offset_gets_the_same_anywhere(relative):
    """One word again and again: all that tells places apart is the offset."""
    options = {"positions": "none", "causal": False, "relative": relative, "clip": 2}
    scenario = made(model="self_attention", d_model=4, source=("cats",) * 6, **options)
    name = {"keys": "offset_scores", "bias": "offset_bias"}[relative]
    found = out(scenario, f"{HEAD}/{name}")
    for offset in range(-5, 6):
        assert len(set(np.diag(found, offset).tolist())) == 1
    near, far = {"keys": (2, 5), "bias": (3, 5)}[relative]
    assert found[0, near] == found[0, far] != found[0, 1]
    assert found[0, 1] != found[1, 0]


def test_a_bias_is_one_for_all_layers_and_another_for_each_head():
    trace = run(fresh(Options(relative="bias", layers=2, heads=2)))
    paths = [f"encoder/{n}/self_attention/head_{h}/offset_bias" for n in (1, 2) for h in (1, 2)]
    data = [trace[p].output.data for p in paths]
    assert (data[0] == data[2]).all()
    assert (data[1] == data[3]).all()
    assert not (data[0] == data[1]).any()
    assert not [p for p in trace.steps if "cross_attention" in p and "offset" in p]


# --- Target attention and dense mixing ------------------------------------------------------


def test_target_attention_asks_from_outside():
    scenario = made(model="target_attention", d_model=4, heads=2, target=("dogs", "we"))
    trace = run(scenario)
    weights = trace["target_attention/head_2/weights"].output
    assert (weights.rows, weights.columns) == (("dogs", "we"), SOURCE)
    assert trace["target_attention/output"].output.shape == (2, 4)
    fewer = with_words(scenario, target=("we",))
    both = run(fewer)["target_attention/head_2/weights"].output.data[0]
    # What the other query asks is nobody else's business; but places are told here.
    plain = with_options(scenario, scenario.options.changed(positions="none"))
    alone = with_words(plain, target=("we",))
    path = "target_attention/output"
    assert np.allclose(out(plain, path)[1], out(alone, path)[0], rtol=1e-14)
    assert both.shape == (4,)


def test_dense_weights_stay_where_they_are():
    """Swap two words: the weights of attention follow them, those of the dense layer do not."""
    turned = ("see", "I", "cats", "today")
    dense = made(model="dense", d_model=4, positions="none")
    other = with_words(dense, source=turned)
    assert (dense.params["mixing/W"] == other.params["mixing/W"]).all()
    swap = [1, 0, 2, 3]
    assert not np.allclose(out(dense, "mixing/mixed")[swap], out(other, "mixing/mixed"), atol=0.01)
    mine = made(model="self_attention", d_model=4, heads=1, positions="none", causal=False)
    yours = with_words(mine, source=turned)
    one, two = (out(s, f"{HEAD}/weights") for s in (mine, yours))
    assert np.allclose(one[np.ix_(swap, swap)], two, rtol=1e-13)


def test_dense_mixing_has_the_shapes_of_attention():
    options = {"d_model": 4}
    dense = run(made(model="dense", **options))
    attention = run(made(model="self_attention", heads=1, **options))
    for name in ("V", "mixed"):
        there = attention[f"{HEAD}/{name}"].output
        assert dense[f"mixing/{name}"].output.shape == there.shape
    assert dense.matrix("mixing/W").shape == attention[f"{HEAD}/weights"].output.shape
    mixed = dense["mixing/mixed"]
    assert mixed.counts.multiplications == 4 * 4 * 4


# --- Other words, other models --------------------------------------------------------------


@pytest.mark.parametrize(("model", "path"), [("dense", "mixing/W"), ("attention", "attention/K")])
def test_other_words_keep_the_numbers_that_still_have_a_place(model, path):
    scenario = made(model=model, d_model=3)
    longer = with_words(scenario, source=(*SOURCE, "dogs"))
    shorter = with_words(longer, source=SOURCE[:2])
    was, grown, cut = (s.params[path] for s in (scenario, longer, shorter))
    rows, columns = was.shape
    assert grown.shape == ((5, 5) if model == "dense" else (5, 3))
    assert (grown[:rows, :columns] == was).all()
    assert (cut == was[: cut.shape[0], : cut.shape[1]]).all()
    assert run(shorter)
    assert with_words(scenario, source=SOURCE[::-1]).params is scenario.params


def test_ties_survive_other_words_where_they_still_fit():
    scenario = made(model="attention", d_model=3)
    tied = with_tie(scenario, "attention/V", "attention/K")
    longer = with_words(tied, source=(*SOURCE, "dogs"))
    assert (longer.params["attention/V"] == longer.params["attention/K"]).all()


def test_other_models_keep_what_fits_and_draw_the_rest_from_the_seed():
    scenario = fresh(Options(heads=1), 5)
    table = scenario.params["embedding/source"]
    for model in USES:
        changed = with_options(scenario, scenario.options.changed(model=model))
        if "embedding/source" in changed.params:
            assert (changed.params["embedding/source"] == table).all()
        again = with_options(changed, scenario.options)
        assert set(again.params) == set(scenario.params)
        text = dumps(changed)
        assert dumps(loads(text)) == text


@pytest.mark.parametrize("model", USES)
def test_a_file_holds_the_options_that_its_model_uses_and_no_others(model):
    text = dumps(made(model=model))
    for name in CHOICES:
        assert (f'    "{name}": ' in text) == (name in Options(model=model).names)


def test_gradients_reach_every_parameter():
    for model in ("encoder_decoder", *OTHERS):
        for scoring in CHOICES["scoring"].words:
            options = {"scoring": scoring, "positions": "learned", "relative": "keys"}
            scenario = made(model=model, d_model=4, heads=2, target=("dogs", "we"), **options)
            *_, last = run(scenario)
            found = gradients(run(scenario), last.path, (last.output.shape[0] - 1, 0))
            reached = {p for p, slope in found.items() if slope.any()}
            # A bias of the keys moves all scores of a query alike.
            silent = {p for p in found if p.endswith("/b_K")} if scoring != "additive" else set()
            assert reached >= set(found) - silent, (model, scoring)
