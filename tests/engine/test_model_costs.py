"""Operation counts of whole models against closed forms, as the lessons state them."""

import pytest

from engine import Counts, Options, fresh, run

N = 5
WORDS = {"source": ("a", "b", "c", "b", "a"), "source_vocabulary": ("<pad>", "a", "b", "c")}


def cost(parts="", **options) -> Counts:
    """What a model's steps cost together, or those whose names are given."""
    trace = run(fresh(Options(biases=False, **options), **WORDS))
    names = parts.split()
    steps = [s for s in trace if not names or s.path.rsplit("/", 1)[-1] in names]
    assert steps
    return sum((s.counts for s in steps), Counts())


SIZES = [(2, 1), (6, 1), (6, 2), (12, 4)]
SELF = {"model": "self_attention", "embedding_scale": False, "positions": "none"}


@pytest.mark.parametrize(("d", "heads"), SIZES)
def test_self_attention_is_4_n_d_d_for_the_projections_and_2_n_n_d_for_the_rest(d, heads):
    found = cost(**SELF, d_model=d, heads=heads)
    assert found.multiplications == 4 * N * d * d + 2 * N * N * d
    assert found.exponentials == heads * N * N
    assert found.divisions == 2 * heads * N * N


@pytest.mark.parametrize("d", [6, 12])
def test_several_heads_multiply_no_more_than_one(d):
    counts = [cost(**SELF, d_model=d, heads=h).multiplications for h in (1, 2, 3, 6)]
    assert len(set(counts)) == 1


@pytest.mark.parametrize("d", [2, 6])
def test_additive_scores_multiply_as_often_and_add_and_bend_besides(d):
    plain = {**SELF, "d_model": d, "heads": 1, "projections": False}
    dot, additive = cost("scores", **plain), cost("pairs bent scores", scoring="additive", **plain)
    assert dot.multiplications == additive.multiplications == N * N * d
    assert dot.additions == N * N * (d - 1)
    assert additive.additions == N * N * (d - 1) + N * N * d
    assert (dot.tangents, additive.tangents) == (0, N * N * d)
    turned = cost("asked offered", scoring="additive", **plain)
    assert turned.multiplications == 2 * N * d * d
    assert cost("turned", scoring="general", **plain).multiplications == N * d * d


def test_without_projections_only_the_pairs_cost_something():
    found = cost(**SELF, d_model=6, heads=1, projections=False)
    assert found.multiplications == 2 * N * N * 6


@pytest.mark.parametrize(("d", "heads", "clip"), [(6, 1, 2), (6, 3, 1)])
def test_relative_positions_cost_a_product_with_each_distance_or_an_addition(d, heads, clip):
    plain = {**SELF, "d_model": d, "heads": heads}
    none = cost(**plain)
    keys = cost(**plain, relative="keys", clip=clip)
    bias = cost(**plain, relative="bias")
    assert keys.multiplications - none.multiplications == N * (2 * clip + 1) * d
    assert bias.multiplications == none.multiplications
    assert bias.additions - none.additions == heads * N * N


@pytest.mark.parametrize("d", [2, 6])
def test_dense_mixing_is_n_n_d_and_two_projections(d):
    plain = {"embedding_scale": False, "positions": "none", "d_model": d}
    assert cost(model="dense", **plain).multiplications == N * N * d + 2 * N * d * d
    assert cost("mixed", model="dense", **plain) == cost("mixed", **SELF, d_model=d, heads=1)


def test_one_query_costs_a_row():
    one = {"target": ("猫",), "expected": ()}
    trace = run(fresh(Options(model="attention", d_model=4), **WORDS, **one))
    total = sum((s.counts for s in trace), Counts())
    assert total.multiplications == 2 * N * 4
    assert total.exponentials == N
