"""Measures: against plain loops, textbook cases and the gradients themselves."""

import math

import numpy as np
import pytest

from engine import InputError, Options, attend, builtin, fresh, gradients, measures, run
from engine.running import backpropagate

LOSS = "output/loss"


@pytest.fixture(scope="module")
def deep():
    return run(fresh(Options(layers=3, final_norm=True), seed=3))


def shares(*rows):
    return np.array(rows, dtype=float)


def test_a_single_look_has_no_entropy_and_an_even_one_the_most():
    weights = shares([0, 1, 0, 0], [0.25] * 4, [0.5, 0.5, 0, 0])
    assert measures.largest_weight(weights).tolist() == [1.0, 0.25, 0.5]
    assert measures.entropy(weights) == pytest.approx([0.0, math.log(4), math.log(2)])
    assert measures.effective_tokens(weights) == pytest.approx([1.0, 4.0, 2.0])
    assert not np.signbit(measures.entropy(weights)).any()  # −0.00 would be shown


def test_entropy_is_the_plain_sum(deep):
    weights = deep["encoder/1/self_attention/head_1/weights"].output.data
    told = [-sum(float(a) * math.log(a) for a in row if a > 0) for row in weights]
    assert (weights == 0).any(), "padding should be among the keys"
    assert measures.entropy(weights) == pytest.approx(told, abs=1e-14)


@pytest.mark.parametrize("row", [[math.nan] * 3, [-0.5, 1.0, 0.5]])
def test_what_are_no_shares_has_no_entropy(row):
    both = measures.entropy(shares(row, [1, 0, 0]))
    assert math.isnan(both[0]) and both[1] == 0.0


def test_layers_are_the_numbered_blocks(deep):
    wanted = [f"{stack}/{n}" for stack in ("encoder", "decoder") for n in (1, 2, 3)]
    assert [block.path for block in measures.layers(deep)] == wanted


# --- Gradients ----------------------------------------------------------------------------


def test_norms_of_steps_are_those_of_backpropagation(deep):
    found, norms = backpropagate(deep, LOSS), measures.gradient_norms(deep, LOSS)
    assert set(norms.steps) == set(deep.steps)
    for path, norm in norms.steps.items():
        plain = found.get(path, np.zeros(1)).ravel()
        assert norm == pytest.approx(math.sqrt(math.fsum(x * x for x in plain))), path
    assert norms.steps[LOSS] == 1.0


def test_norms_of_blocks_and_layers_are_those_of_their_parameters(deep):
    slopes = gradients(deep, LOSS)
    norms = measures.gradient_norms(deep, LOSS)
    for path in ("encoder/1", "decoder/3/cross_attention/head_2", "encoder/2/add_norm_1"):
        inside = path.replace("add_", "") + "/"
        squares = [float((g**2).sum()) for p, g in slopes.items() if p.startswith(inside)]
        assert squares, path
        assert norms.blocks[path] == pytest.approx(math.sqrt(sum(squares))), path
    assert norms.layers == {b.path: norms.blocks[b.path] for b in measures.layers(deep)}
    embedding = slopes["embedding/source"]
    assert norms.blocks["source"] == pytest.approx(float(np.linalg.norm(embedding)))
    whole = math.sqrt(sum(float((g**2).sum()) for g in slopes.values()))
    lanes = [norms.blocks[p] for p in ("source", "encoder", "target", "decoder", "output")]
    assert math.hypot(*lanes) == pytest.approx(whole)


def test_what_comes_after_the_number_has_no_gradient():
    trace = run(builtin("translation"))
    norms = measures.gradient_norms(trace, "encoder/1/norm_2", (0, 0))
    assert norms.blocks["decoder"] == 0.0 and norms.steps["output/logits"] == 0.0
    assert norms.blocks["encoder"] > 0.0


def test_a_number_that_is_not_there_is_refused(deep):
    with pytest.raises(InputError, match="outside"):
        measures.gradient_norms(deep, LOSS, (1, 0))


# --- Attention ----------------------------------------------------------------------------


def test_attentions_are_found_with_their_heads(deep):
    found = measures.attentions(deep)
    assert [(a.path, a.stack, a.is_self, len(a.heads)) for a in found[:4]] == [
        ("encoder/1/self_attention", "encoder", True, 2),
        ("encoder/2/self_attention", "encoder", True, 2),
        ("encoder/3/self_attention", "encoder", True, 2),
        ("decoder/1/self_attention", "decoder", True, 2),
    ]
    assert [a.is_self for a in found[4:6]] == [False, True]
    one, two = (h.data for h in found[0].heads)
    assert found[0].mean == pytest.approx((one + two) / 2)


@pytest.mark.parametrize("words", [("<s>", "猫"), ("<s>", "猫", "坐下")])
def test_cross_attention_is_told_apart_even_between_equal_words(words):
    """The same words on both sides, so that labels say nothing."""
    scenario = fresh(
        Options(positions="none", residual=False, norm="before"),
        source=words,
        target=words,
        expected=(),
        source_vocabulary=("<pad>", "<s>", "猫", "坐下"),
        target_vocabulary=("<pad>", "<s>", "猫", "坐下", "</s>"),
    )
    found = measures.attentions(run(scenario))
    assert [a.is_self for a in found] == [True, True, False]


def test_attention_over_matrices_of_ones_own():
    (found,) = measures.attentions(attend(np.eye(2), np.eye(2), np.eye(2)))
    assert (found.path, found.is_self, len(found.heads)) == ("", False, 1)


def plain_rollout(layers):
    """Every way through the layers, one after the other."""
    n = len(layers[0])

    def step(layer, i, j):
        return (layer[i][j] + (i == j)) / (sum(layer[i]) + 1)

    def ways(depth, i, j):
        if depth == 0:
            return step(layers[0], i, j)
        return sum(step(layers[depth], i, k) * ways(depth - 1, k, j) for k in range(n))

    return [[ways(len(layers) - 1, i, j) for j in range(n)] for i in range(n)]


def test_rollout_sums_over_every_way_through_the_layers(deep):
    found = measures.rollouts(deep)
    assert list(found) == ["encoder", "decoder"]
    by_stack = [
        [a.mean for a in measures.attentions(deep) if a.is_self and a.stack == s] for s in found
    ]
    for (stack, rolled), layers in zip(found.items(), by_stack, strict=True):
        assert len(rolled) == 3, stack
        for depth, matrix in enumerate(rolled, start=1):
            wanted = plain_rollout([layer.tolist() for layer in layers[:depth]])
            assert matrix.data == pytest.approx(np.array(wanted)), (stack, depth)
            assert matrix.data.sum(axis=1) == pytest.approx(np.ones(len(matrix.rows)))
    assert found["encoder"][0].rows == found["encoder"][0].columns == deep.scenario.source


def test_without_residuals_rollout_has_no_share_of_its_own():
    trace = run(fresh(Options(layers=2, residual=False), seed=3))
    one, two = (a.mean for a in measures.attentions(trace) if a.stack == "encoder")
    assert measures.rollouts(trace)["encoder"][1].data == pytest.approx(two @ one)
    assert measures.rollout([one], is_residual=False)[0] == pytest.approx(one)


def test_a_causal_stack_never_looks_ahead(deep):
    for matrix in measures.rollouts(deep)["decoder"]:
        assert not np.triu(matrix.data, k=1).any()


# --- The residual stream ------------------------------------------------------------------


@pytest.mark.parametrize("norm", ["after", "before"])
def test_the_stream_goes_from_the_start_to_the_end_of_each_stack(norm):
    trace = run(fresh(Options(norm=norm, final_norm=True), seed=3))
    paths = list(measures.stream_norms(trace))
    if norm == "before":
        wanted = ["positioned", "residual_1", "residual_2"]
    else:
        wanted = ["positioned", "residual_1", "norm_1", "residual_2", "norm_2"]
    encoder = [p for p in paths if p.startswith(("source", "encoder"))]
    assert [p.rpartition("/")[2] for p in encoder] == wanted
    assert [p for p in paths if p.startswith("decoder")][-1] == (
        "decoder/1/residual_3" if norm == "before" else "decoder/1/norm_3"
    )


def test_norms_of_the_stream_are_plain_lengths(deep):
    for path, norms in measures.stream_norms(deep).items():
        wanted = [math.sqrt(sum(x * x for x in row)) for row in deep[path].output.data.tolist()]
        assert norms == pytest.approx(wanted), path
