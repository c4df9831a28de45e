"""Parameters to PyTorch's nn.Transformer and back.

NAMES is what `torch.nn.Transformer(4, 2, 1, 1, 3).state_dict()` lists, in its order; that it
computes our numbers with our parameters was tried with PyTorch 2.13, and is tried here where
PyTorch is installed.
"""

import importlib.util
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import numpy as np
import pytest
from contracts.draws import options as drawn_options
from contracts.refusals import refused
from export_support import everything, made
from hypothesis import HealthCheck, given, settings

from engine import Options, Scenario, attend, fresh, run
from engine.export import import_parameters, select
from engine.export.parameters import tensors, with_tensors
from engine.export.safetensors import Tensors, dumps, loads
from engine.export.torch_names import plan

SMALL = Options(d_model=4, heads=2, d_ff=3, final_norm=True)
ATTENTION = {
    "in_proj_weight": (12, 4),
    "in_proj_bias": (12,),
    "out_proj.weight": (4, 4),
    "out_proj.bias": (4,),
}
REST = {"linear1.weight": (3, 4), "linear1.bias": (3,), "linear2.weight": (4, 3)}
REST["linear2.bias"] = (4,)


def norm(name: str) -> dict[str, tuple[int, ...]]:
    return {f"{name}.weight": (4,), f"{name}.bias": (4,)}


def under(prefix: str, names: dict) -> dict[str, tuple[int, ...]]:
    return {f"{prefix}.{name}": shape for name, shape in names.items()}


ENCODER = {**under("self_attn", ATTENTION), **REST, **norm("norm1"), **norm("norm2")}
DECODER = {**ENCODER, **under("multihead_attn", ATTENTION), **norm("norm3")}
NAMES = {
    **under("encoder.layers.0", ENCODER),
    **norm("encoder.norm"),
    **under("decoder.layers.0", DECODER),
    **norm("decoder.norm"),
}
OWN = {
    "source_embedding.weight": (8, 4),
    "target_embedding.weight": (8, 4),
    "output.weight": (8, 4),
    "output.bias": (8,),
}


def random_numbers(scenario: Scenario, seed: int = 1) -> Scenario:
    random = np.random.default_rng(seed)
    for path, array in scenario.params.items():
        scenario = scenario.with_param(path, random.normal(size=array.shape))
    return scenario


def exported(scenario: Scenario) -> dict[str, np.ndarray]:
    return dict(loads(made("safetensors", everything(scenario)), "file").arrays)


def imported(scenario: Scenario, arrays: dict, notes: dict | None = None) -> Scenario:
    return with_tensors(scenario, Tensors(arrays, notes or {})).scenario


def test_names_and_shapes_are_those_of_nn_transformer():
    found = {name: a.shape for name, a in exported(fresh(SMALL)).items()}
    assert found == {**NAMES, **OWN}


def test_without_biases_there_are_zeros_for_them():
    found = exported(random_numbers(fresh(replace(SMALL, biases=False))))
    assert {n for n in found if n not in OWN} == set(NAMES)
    idle = [n for n in found if n.endswith("bias") and "norm" not in n]
    assert len(idle) == 10
    assert not any(found[n].any() for n in idle)


def test_matrices_are_transposed_and_heads_one_below_the_other():
    scenario = random_numbers(fresh(SMALL))
    found, params = exported(scenario), scenario.params
    head = "decoder/1/cross_attention/head_{}/{}".format
    stacked = [params[head(h, f"W_{of}")].T for of in "QKV" for h in (1, 2)]
    np.testing.assert_array_equal(
        found["decoder.layers.0.multihead_attn.in_proj_weight"], np.vstack(stacked)
    )
    np.testing.assert_array_equal(
        found["encoder.layers.0.linear1.weight"], params["encoder/1/feed_forward/W_1"].T
    )
    np.testing.assert_array_equal(found["source_embedding.weight"], params["embedding/source"])
    np.testing.assert_array_equal(found["output.weight"], params["output/W"].T)


def test_ten_heads_would_keep_their_order():
    params = {f"encoder/1/self_attention/head_{h}/b_Q": np.array([h]) for h in (10, 2, 1)}
    assert [p.split("_")[-2] for p in plan(params)[0].paths] == ["1/b", "2/b", "10/b"]


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(options=drawn_options())
def test_out_and_in_again_is_the_same(tmp_path, options):
    scenario = random_numbers(fresh(options, seed=2))
    file = tmp_path / "a.safetensors"
    file.write_bytes(made("safetensors", everything(scenario)))
    found = import_parameters(fresh(options, seed=9), file)
    assert found.kept == ()
    assert found.scenario.options == options
    for path, array in scenario.params.items():
        np.testing.assert_array_equal(found.scenario.params[path], array, strict=True)


def test_the_file_tells_the_options(tmp_path):
    options = Options(layers=2, heads=4, d_model=8, d_ff=5, norm="before", final_norm=True)
    scenario = random_numbers(fresh(options))
    file = tmp_path / "a.safetensors"
    file.write_bytes(made("safetensors", everything(scenario)))
    assert import_parameters(fresh(SMALL), file).scenario.options == options
    ours = {**options.__dict__, "heads": 2, "norm": "after"}
    assert imported(fresh(SMALL), exported(scenario)).options == Options(**ours)


def test_a_prefix_and_single_precision(tmp_path):
    scenario = random_numbers(fresh(SMALL))
    arrays = {
        name if name in OWN else f"model.transformer.{name}": a
        for name, a in exported(scenario).items()
    }
    found = imported(fresh(SMALL), arrays)
    for path, array in scenario.params.items():
        np.testing.assert_array_equal(found.params[path], array)


def test_what_the_file_says_nothing_of_stays():
    scenario = random_numbers(fresh(SMALL))
    bare = {n: a for n, a in exported(scenario).items() if n in NAMES}
    other = random_numbers(fresh(SMALL), seed=5)
    found = with_tensors(other, Tensors(bare, {}))
    assert set(found.kept) == {"embedding/source", "embedding/target", "output/W"}
    assert (found.scenario.params["embedding/source"] == other.params["embedding/source"]).all()
    assert not found.scenario.params["output/b"].any()


def test_a_transformer_without_biases_has_them_zero():
    bare = {n: a for n, a in exported(fresh(SMALL)).items() if not n.endswith("bias")}
    found = imported(random_numbers(fresh(SMALL)), bare)
    assert not found.options.biases
    assert not found.params["encoder/1/norm_1/beta"].any()


def test_biases_that_are_not_zero_switch_biases_on():
    arrays = exported(random_numbers(fresh(SMALL)))
    assert imported(fresh(replace(SMALL, biases=False)), arrays).options.biases


def test_paint_and_pins_stay_where_the_model_does():
    scenario = fresh(SMALL).with_pin("output/logits", 0, 0, 2.0)
    assert imported(scenario, exported(random_numbers(scenario))).pins


def test_a_tie_holds_where_the_file_has_the_same_numbers_twice():
    scenario = replace(fresh(SMALL), ties={"embedding/target": "embedding/source"})
    arrays = exported(random_numbers(scenario))
    assert imported(scenario, arrays).ties
    arrays["target_embedding.weight"] = arrays["target_embedding.weight"] + 1.0
    found = imported(scenario, arrays)
    assert not found.ties
    np.testing.assert_array_equal(
        found.params["embedding/target"], arrays["target_embedding.weight"]
    )


def damaged(**changes) -> dict[str, np.ndarray]:
    """An export with some arrays others; None takes one out."""
    arrays = {**exported(fresh(SMALL)), **changes}
    return {name: array for name, array in arrays.items() if array is not None}


L = "encoder.layers.0."
WRONG = {
    "tensor_missing": {f"{L}linear2.weight": None},
    "tensor_unknown": {f"{L}linear3.weight": np.ones((4, 4))},
    "param_shape": {f"{L}self_attn.in_proj_weight": np.ones((12, 5))},
    "not_finite": {f"{L}linear2.weight": np.full((4, 3), np.nan)},
    "stacks_differ": {"encoder.layers.1.norm1.weight": np.ones(4)},
    "option_range": {
        f"{L}linear1.weight": np.ones((999, 4)),
        "decoder.layers.0.linear1.weight": np.ones((999, 4)),
    },
    "option_heads": {
        f"{L}linear1.weight": np.ones((3, 5)),
        "decoder.layers.0.linear1.weight": np.ones((3, 5)),
    },
}


@pytest.mark.parametrize("code", WRONG)
def test_what_does_not_fit_is_refused(code):
    error = refused_without_place(code, damaged(**WRONG[code]))
    assert code in {"stacks_differ", "option_range", "option_heads"} or error.place


def refused_without_place(code: str, arrays: dict):
    from engine import InputError

    with pytest.raises(InputError) as caught:
        imported(fresh(SMALL), arrays)
    assert caught.value.code == code
    assert "{" not in str(caught.value)
    return caught.value


@pytest.mark.parametrize(
    "name", ["source_embedding.weight", "output.weight", "decoder.layers.0.norm3.weight"]
)
def test_a_vocabulary_of_another_size_does_not_fit(name):
    error = refused_without_place("param_shape", damaged(**{name: np.ones((7, 4))}))
    assert error.place == name


@pytest.mark.parametrize("value", [np.inf, -np.inf, 1e7])
def test_numbers_that_no_scenario_holds(value):
    array = np.ones((4, 3))
    array[1, 2] = value
    error = refused_without_place("not_finite", damaged(**{f"{L}linear2.weight": array}))
    assert error.place == "encoder/1/feed_forward/W_2"


@pytest.mark.parametrize("notes", [{"stepformer.heads": "3"}, {"stepformer.norm": "sideways"}])
def test_notes_that_are_wrong(notes):
    from engine import InputError

    with pytest.raises(InputError):
        imported(fresh(SMALL), exported(fresh(SMALL)), notes)
    assert imported(fresh(SMALL), exported(fresh(SMALL)), {"stepformer.heads": "two"})


def test_problems_name_the_file(tmp_path: Path):
    file = tmp_path / "theirs.safetensors"
    file.write_bytes(dumps(damaged(**WRONG["param_shape"]), {}))
    error = refused(lambda: import_parameters(fresh(SMALL), file), "param_shape")
    assert error.place == f"theirs.safetensors: {L}self_attn.in_proj_weight"
    refused(lambda: import_parameters(fresh(SMALL), tmp_path / "none"), "file_unreadable")
    refused(lambda: import_parameters(fresh(SMALL), tmp_path), "file_unreadable")


def test_only_a_whole_scenario_has_parameters():
    trace = run(fresh(SMALL))
    refused(lambda: made("safetensors", select(trace, "encoder")), "only_whole")
    own = attend([[1.0]], [[1.0]], [[1.0]])
    refused(lambda: made("safetensors", select(own)), "only_whole")


def test_what_nn_transformer_lacks_keeps_its_path():
    params = MappingProxyType({"recurrent/W_x": np.arange(6.0).reshape(2, 3)})
    found = tensors(params)
    np.testing.assert_array_equal(found["recurrent.W_x"], params["recurrent/W_x"])


@pytest.mark.skipif(importlib.util.find_spec("torch") is None, reason="needs PyTorch")
@pytest.mark.filterwarnings("ignore:enable_nested_tensor", "ignore:The PyTorch API of nested")
@pytest.mark.parametrize("place", ["after", "before"])
@pytest.mark.parametrize("layers", [1, 2])
def test_nn_transformer_computes_our_numbers(place, layers):
    import torch

    options = replace(SMALL, norm=place, layers=layers)
    scenario = random_numbers(fresh(options))
    trace = run(scenario)
    model = torch.nn.Transformer(
        4, 2, layers, layers, 3, 0.0, batch_first=True, norm_first=place == "before"
    ).double()
    state = {n: torch.tensor(a) for n, a in exported(scenario).items() if n not in OWN}
    model.load_state_dict(state, strict=True)
    x, y = (torch.tensor(trace[f"{s}/positioned"].output.data) for s in ("source", "target"))
    padding = torch.tensor([word == "<pad>" for word in scenario.source])
    causal = torch.triu(torch.ones(len(y), len(y), dtype=torch.bool), 1)
    out = model(
        x, y, tgt_mask=causal, src_key_padding_mask=padding, memory_key_padding_mask=padding
    )
    last = trace["output/logits"].inputs[0].data
    np.testing.assert_allclose(out.detach().numpy(), last, atol=1e-12)
