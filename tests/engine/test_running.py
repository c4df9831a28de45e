"""Running: fresh parameters, other options, refusals, gradients, matrices that are brought."""

import dataclasses
import math
from types import MappingProxyType

import numpy as np
import pytest
from contracts.draws import brought, options, scenarios
from contracts.refusals import refused
from contracts.slopes import slope
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import Options, Scenario, attend, fresh, gradients, run
from engine.running import backpropagate, checked, with_options
from engine.scenario import PAD


@pytest.fixture
def scenario() -> Scenario:
    return fresh(Options(), seed=1)


def with_params(scenario: Scenario, **changed) -> Scenario:
    params = {p: a for p, a in scenario.params.items() if changed.get(p, a) is not None}
    return dataclasses.replace(
        scenario,
        params=MappingProxyType({**params, **{p: a for p, a in changed.items() if a is not None}}),
    )


# --- Fresh --------------------------------------------------------------------------------


@given(options(), st.integers(0, 10**6))
def test_the_same_seed_gives_the_same_numbers(drawn, seed):
    one, two, other = fresh(drawn, seed), fresh(drawn, seed), fresh(drawn, seed + 1)
    assert list(one.params) == list(two.params)
    assert all(np.array_equal(one.params[p], two.params[p]) for p in one.params)
    assert any(not np.array_equal(one.params[p], other.params[p]) for p in one.params)
    assert checked(one).scenario is one


def test_fresh_numbers_start_as_they_should(scenario):
    for path, array in scenario.params.items():
        name = path.split("/")[-1]
        assert array.dtype == np.float64
        assert not array.flags.writeable
        if name == "gamma":
            assert (array == 1).all()
        elif name == "beta" or name.startswith("b"):
            assert (array == 0).all()
        elif not path.startswith("embedding/"):
            assert np.abs(array).max() <= math.sqrt(6 / sum(array.shape))
            assert np.unique(array).size == array.size


def test_no_two_parameters_share_their_numbers(scenario):
    seen = [a.tobytes() for p, a in scenario.params.items() if a.ndim == 2]
    assert len(set(seen)) == len(seen)


def test_a_run_is_the_same_each_time(scenario):
    one, two = run(scenario), run(scenario)
    assert [s.path for s in one] == [s.path for s in two]
    assert all(np.array_equal(a.output.data, b.output.data) for a, b in zip(one, two, strict=True))


# --- Refusals -----------------------------------------------------------------------------


def test_a_missing_parameter_is_named(scenario):
    for look in (run, checked):
        error = refused(
            lambda f=look: f(with_params(scenario, **{"output/W": None})), "param_missing"
        )
        assert error.place == "output/W"
        assert "8 × 8" in str(error)


@pytest.mark.parametrize("shape", [(1,), (8, 1), (9,), ()])
def test_a_parameter_of_another_shape_is_named_though_it_would_fit(scenario, shape):
    for look in (run, checked):
        other = with_params(scenario, **{"output/b": np.zeros(shape)})
        assert refused(lambda f=look, o=other: f(o), "param_shape").place == "output/b"


@pytest.mark.parametrize("path", ["output/V", "source/positions", "encoder/1/self_attention/mask"])
def test_a_superfluous_parameter_is_named(scenario, path):
    for look in (run, checked):
        other = with_params(scenario, **{path: np.zeros((5, 8))})
        assert refused(lambda f=look, o=other: f(o), "param_unknown").place == path


def test_an_undefined_number_is_named(scenario):
    array = np.zeros(8)
    array[3] = math.nan
    other = with_params(scenario, **{"output/b": array})
    error = refused(lambda: checked(other), "not_finite")
    assert "column 4" in str(error)


def test_masks_are_checked(scenario):
    for path, shape, code in (
        ("decoder/1/cross_attention/mask", (1, 1), "mask_shape"),
        ("decoder/1/cross_attention/mask", (5, 3), "mask_shape"),
        ("output/W", (8, 8), "mask_unknown"),
        ("decoder/2/cross_attention/mask", (3, 5), "mask_unknown"),
    ):
        other = dataclasses.replace(scenario, masks={path: np.zeros(shape, bool)})
        for look in (run, checked):
            assert refused(lambda f=look, o=other: f(o), code).place == path


def test_an_unknown_step_is_refused_with_a_hint(scenario):
    trace = run(scenario)
    error = refused(lambda: trace["encoder/1/self_attention/head_1/score"], "step_unknown")
    assert "head_1/scores" in str(error)
    refused(lambda: trace.matrix("nowhere"), "step_unknown")
    assert "nowhere" not in trace
    assert "output/logits" in trace


# --- Other options ------------------------------------------------------------------------


@given(scenarios(), options())
def test_any_options_can_follow_any_others(scenario, chosen):
    changed = with_options(scenario, chosen)
    assert changed.options == chosen
    assert checked(changed).scenario is changed
    again = with_options(scenario, chosen)
    assert all(np.array_equal(changed.params[p], again.params[p]) for p in changed.params)
    assert set(changed.masks) <= set(scenario.masks)


@given(scenarios(), options())
def test_what_fits_keeps_its_numbers(scenario, chosen):
    chosen = chosen.changed(heads=scenario.options.heads, d_model=scenario.options.d_model)
    changed = with_options(scenario, chosen)
    for path, array in changed.params.items():
        old = scenario.params.get(path)
        if old is not None and old.shape == array.shape:
            assert array is old
    for path, mask in changed.masks.items():
        assert mask is scenario.masks[path]


def test_the_same_options_change_nothing(scenario):
    same = with_options(scenario, scenario.options)
    assert all(same.params[p] is a for p, a in scenario.params.items())


def test_painted_masks_stay_where_the_model_still_has_them(scenario):
    two = fresh(Options(layers=2), seed=1)
    for path in [p for p, m in run(two).given.items() if m.origin == "mask"]:
        two = two.with_mask(run(two).given[path], np.ones(run(two).given[path].shape, bool))
    one = with_options(two, Options(layers=1))
    assert one.masks
    assert set(one.masks) == {p for p in two.masks if "/1/" in p}


def side_by_side(scenario: Scenario, attention: str, name: str) -> np.ndarray:
    trace, heads = run(scenario), scenario.options.heads
    found = [trace[f"{attention}/head_{h}/{name}"].output.data for h in range(1, heads + 1)]
    return np.concatenate(found, axis=1)


@pytest.mark.parametrize("before", [1, 2, 4, 8])
@pytest.mark.parametrize("after", [1, 2, 4, 8])
def test_heads_share_out_the_numbers_they_had(before, after):
    scenario = fresh(Options(heads=before, layers=2), seed=3)
    for path in [p for p in scenario.params if "/b_" in p]:
        numbers = np.random.default_rng(len(path)).normal(size=scenario.params[path].shape)
        scenario = scenario.with_param(path, numbers)
    changed = with_options(scenario, scenario.options.changed(heads=after))
    first = "encoder/1/self_attention"
    for name in "QKV":
        told, found = (side_by_side(s, first, name) for s in (scenario, changed))
        assert told.shape == found.shape == (5, 8)
        assert np.allclose(told, found, rtol=1e-14, atol=1e-14)
    for path, array in changed.params.items():
        if "/head_" not in path:
            assert array is scenario.params[path]
    back = with_options(changed, scenario.options)
    assert all(np.array_equal(back.params[p], a) for p, a in scenario.params.items())


def test_heads_go_by_their_number_and_not_by_the_order_of_a_file():
    scenario = fresh(Options(heads=4), seed=3)
    params = dict(sorted(scenario.params.items(), reverse=True))
    turned = dataclasses.replace(scenario, params=MappingProxyType(params))
    one, two = (with_options(s, Options(heads=1)) for s in (scenario, turned))
    assert all(np.array_equal(one.params[p], two.params[p]) for p in one.params)


# --- Matrices that are brought ------------------------------------------------------------

Q, K, V = np.array([[1.0, 0.0], [0.0, 2.0]]), np.eye(2), np.array([[1.0, 2.0], [3.0, 4.0]])


def test_attend_has_the_five_steps():
    trace = attend(Q, K, V)
    assert [s.path for s in trace] == ["scores", "scaled", "masked", "weights", "mixed"]
    assert trace.scenario is None
    assert np.array_equal(trace["scores"].output.data, Q)
    assert np.allclose(trace["scaled"].output.data, Q / math.sqrt(2))
    assert (trace.matrix("mask").data == 0).all()


def test_a_boolean_mask_says_who_takes_part():
    """As in PyTorch: True takes part. With one key left, its value is the result."""
    trace = attend(Q, K, V, mask=np.array([[True, False], [False, True]]))
    assert np.array_equal(trace["mixed"].output.data, V)
    assert trace["masked"].output.data[0, 1] == -np.inf
    assert np.array_equal(
        attend(Q, K, V, mask=[[True, False], [False, True]])["mixed"].output.data, V
    )


def test_a_mask_of_numbers_is_added():
    mask = np.array([[0.0, -math.inf], [0.5, 0.0]])
    trace = attend(Q, K, V, mask=mask)
    assert np.array_equal(trace["masked"].output.data, trace["scaled"].output.data + mask)
    assert trace["weights"].output.data[0].tolist() == [1.0, 0.0]
    ones = attend(Q, K, V, mask=[[1, 0], [0, 1]])  # numbers, though they look like a choice
    assert np.array_equal(ones["masked"].output.data, ones["scaled"].output.data + np.eye(2))


@pytest.mark.parametrize("mask", [True, [True, False], [[True], [True]], 0.5, [0.0, -1.0]])
def test_masks_spread_over_missing_axes(mask):
    whole = np.broadcast_to(mask, (2, 2))
    one, two = attend(Q, K, V, mask=mask), attend(Q, K, V, mask=whole)
    assert np.array_equal(one["mixed"].output.data, two["mixed"].output.data)


def test_a_query_without_keys_is_undefined():
    found = attend(Q, K, V, mask=[[False, False], [True, True]])["mixed"].output.data
    assert np.isnan(found[0]).all()
    assert np.isfinite(found[1]).all()


def test_a_scale_of_one_s_own_multiplies():
    assert np.array_equal(attend(Q, K, V, scale=3)["scaled"].output.data, Q * 3)
    assert np.array_equal(attend(Q, K, V, scale=0.0)["scaled"].output.data, Q * 0)


def test_what_is_brought_is_copied():
    q = Q.copy()
    trace = attend(q, K, V)
    q[0, 0] = 99.0
    assert trace.matrix("Q").data[0, 0] == 1.0
    assert q.flags.writeable


@pytest.mark.parametrize(
    ("arguments", "place"),
    [
        ((Q[:, :1], K, V), "K"),
        ((Q, K, V[:1]), "V"),
        ((Q[0], K, V), "Q"),
        ((Q, K[None], V), "K"),
        ((np.zeros((0, 2)), K, V), "Q"),
        (("Q", K, V), "Q"),
        ((Q, [[1, 2], [3]], V), "K"),
        ((Q, K, [[1j, 1], [1, 1]]), "V"),
        ((Q, K, None), "V"),
        ((Q, K, V, np.zeros((3, 2))), "mask"),
        ((Q, K, V, np.zeros((1, 2, 2))), "mask"),
        ((Q, K, V, "causal"), "mask"),
        ((Q, K, V, [[True], [True, False]]), "mask"),
        ((Q, K, V, None, "big"), "scale"),
        ((Q, K, V, None, [1.0, 2.0]), "scale"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_name(arguments, place):
    error = refused(lambda: attend(*arguments), "shapes_differ", "param_type")
    assert error.place == place


# --- Gradients ----------------------------------------------------------------------------


@settings(max_examples=8)
@given(scenarios(options(layers=1)), st.randoms(use_true_random=False))
def test_the_gradient_of_the_whole_is_the_slope(scenario, random):
    trace = run(scenario)
    loss = "output/loss" if scenario.expected else "output/logits"
    output = trace[loss].output.data
    if not np.isfinite(output).all():
        return
    found = gradients(trace, loss)
    for path in random.sample(sorted(scenario.params), 6):
        array = scenario.params[path]

        def total(moved, path=path):
            return run(scenario.with_param(path, moved[0]))[loss].output.data

        place = np.unravel_index(random.randrange(array.size), array.shape)
        measured = slope(total, [array], np.ones_like(output), 0, place)
        if measured is not None:
            assert abs(found[path][place] - measured) <= 1e-6 * max(1.0, abs(measured)), path


@given(scenarios())
def test_gradients_have_the_parameters_shapes(scenario):
    found = gradients(run(scenario), "output/logits")
    assert set(found) == set(scenario.params)
    for path, array in found.items():
        assert array.shape == scenario.params[path].shape
        assert array.dtype == np.float64
        assert not array.flags.writeable
    with pytest.raises(TypeError):
        found["output/b"] = 0


def test_parameters_that_come_later_have_no_gradient(scenario):
    found = gradients(run(scenario), "encoder/1/norm_2")
    for path, array in found.items():
        if path.startswith(("decoder", "output", "embedding/target")):
            assert (array == 0).all(), path
    assert (found["encoder/1/feed_forward/W_1"] != 0).any()


def test_a_cell_s_gradients_add_up_to_the_sum_s(scenario):
    trace = run(scenario)
    path = "output/logits"
    rows, columns = trace[path].output.shape
    parts = [gradients(trace, path, (i, j)) for i in range(rows) for j in range(columns)]
    whole = gradients(trace, path)
    for name, array in whole.items():
        assert np.allclose(sum(p[name] for p in parts), array, rtol=1e-10, atol=1e-12)


def test_a_cell_depends_on_its_own_row_and_column_of_a_product(scenario):
    found = gradients(run(scenario), "output/logits", (1, 3))
    assert found["output/b"].tolist() == [0, 0, 0, 1, 0, 0, 0, 0]
    assert (np.delete(found["output/W"], 3, axis=1) == 0).all()


@pytest.mark.parametrize("cell", [(3, 0), (0, 8), (-1, 0), (0, -1)])
def test_a_cell_outside_is_refused(scenario, cell):
    error = refused(lambda: gradients(run(scenario), "output/logits", cell), "cell_outside")
    assert "3 × 8" in str(error)


def test_the_step_of_a_gradient_must_exist(scenario):
    refused(lambda: gradients(run(scenario), "output/los"), "step_unknown")


@given(brought())
def test_gradients_of_what_is_brought(given_):
    trace = given_.walk()
    found = gradients(trace, "mixed")
    assert set(found) == {"Q", "K", "V"}
    for name, array in found.items():
        assert array.shape == trace.matrix(name).shape
    output = trace["mixed"].output.data
    if np.isfinite(output).all():  # each row of weights sums to 1
        assert np.allclose(found["V"].sum(axis=0), len(given_.Q), rtol=1e-12)


def test_steps_in_between_have_gradients_too(scenario):
    trace = run(scenario)
    found = backpropagate(trace, "output/loss")
    shares = trace["output/probabilities"].output.data
    right = np.zeros_like(shares)
    right[range(3), scenario.expected_ids] = 1.0
    # The well-known gradient of cross-entropy over softmax: (p − y) ÷ n.
    assert np.allclose(found["output/logits"], (shares - right) / 3, rtol=1e-12, atol=1e-15)
    for path, array in found.items():
        assert array.shape == trace.matrix(path).shape


def test_padding_in_the_middle_is_no_trouble():
    scenario = fresh(Options(), seed=1, source=("the", PAD, "cat"))
    assert np.isfinite(gradients(run(scenario), "output/loss")["embedding/source"]).all()


def test_no_pass_changes_its_inputs(scenario):
    for step in run(scenario):
        arrays = [m.data.copy() for m in step.inputs]
        output = step.op.forward(*arrays)
        step.op.backward(arrays, output, np.ones_like(output))
        for array, matrix in zip(arrays, step.inputs, strict=True):
            assert np.array_equal(array, matrix.data)
