"""Paths that are relied on from outside: lessons, exports, notebooks and files name them."""

import numpy as np
import pytest
from contracts.draws import options
from hypothesis import given

from engine import Options, fresh, run

HEAD = ("Q", "K", "V", "scores", "scaled", "masked", "weights", "mixed")


def attention_steps(path: str, heads: int) -> list[str]:
    inside = [f"{path}/head_{h}/{step}" for h in range(1, heads + 1) for step in HEAD]
    return [*inside, f"{path}/joined", f"{path}/output"]


def layer_steps(layer: str, o: Options, sublayers: list[str]) -> list[str]:
    found = []
    for number, name in enumerate(sublayers, start=1):
        path = f"{layer}/{name}"
        inner = (
            [f"{path}/{step}" for step in ("hidden", "activated", "output")]
            if name == "feed_forward"
            else attention_steps(path, o.heads)
        )
        norm, residual = f"{layer}/norm_{number}", f"{layer}/residual_{number}"
        found += [norm, *inner, residual] if o.norm == "before" else [*inner, residual, norm]
    return found


def steps(o: Options, has_loss: bool) -> list[str]:
    """Every step in the paper's order."""
    encoder, decoder = ["self_attention", "feed_forward"], ["self_attention", "cross_attention"]
    found = ["source/embedded", "source/positioned"]
    for n in range(1, o.layers + 1):
        found += layer_steps(f"encoder/{n}", o, encoder)
    found += ["encoder/norm"] * o.final_norm
    found += ["target/embedded", "target/positioned"]
    for n in range(1, o.layers + 1):
        found += layer_steps(f"decoder/{n}", o, [*decoder, "feed_forward"])
    found += ["decoder/norm"] * o.final_norm
    return [*found, "output/logits", "output/probabilities", *["output/loss"] * has_loss]


def params(o: Options, source: int, target: int) -> dict[str, tuple[int, ...]]:
    """Every parameter with its shape."""
    d, d_k = o.d_model, o.d_model // o.heads
    found = {"embedding/source": (source, d), "embedding/target": (target, d)}
    norms = []
    for side, attentions in (("encoder", ["self"]), ("decoder", ["self", "cross"])):
        for n in range(1, o.layers + 1):
            layer = f"{side}/{n}"
            for path in [f"{layer}/{kind}_attention" for kind in attentions]:
                for name in (
                    f"{path}/head_{h}/W_{x}" for h in range(1, o.heads + 1) for x in "QKV"
                ):
                    found |= {name: (d, d_k), name.replace("/W_", "/b_"): (d_k,)}
                found |= {f"{path}/W_O": (d, d), f"{path}/b_O": (d,)}
            path = f"{layer}/feed_forward"
            found |= {f"{path}/W_1": (d, o.d_ff), f"{path}/b_1": (o.d_ff,)}
            found |= {f"{path}/W_2": (o.d_ff, d), f"{path}/b_2": (d,)}
            norms += [f"{layer}/norm_{k}" for k in range(1, len(attentions) + 2)]
        norms += [f"{side}/norm"] * o.final_norm
    found |= {"output/W": (d, target), "output/b": (target,)}
    found |= {f"{norm}/{name}": (d,) for norm in norms for name in ("gamma", "beta")}
    if not o.biases:
        found = {p: s for p, s in found.items() if not p.split("/")[-1].startswith("b_")}
        del found["output/b"]
    return found


@given(options())
def test_steps_stand_under_their_paths_in_the_paper_s_order(drawn):
    for expected in (("猫",), ()):
        trace = run(fresh(drawn, target=("<s>",), expected=expected))
        assert [s.path for s in trace] == steps(drawn, bool(expected))
        assert [s.path for s in trace.root.steps()] == [s.path for s in trace]
        assert len(trace) == len(steps(drawn, bool(expected)))
        for path in trace.steps:
            assert trace[path].output.path == path
            assert trace.matrix(path) is trace[path].output


@given(options())
def test_parameters_stand_under_their_paths(drawn):
    scenario = fresh(drawn)
    assert {p: a.shape for p, a in scenario.params.items()} == params(drawn, 8, 8)
    trace = run(scenario)
    for path, array in scenario.params.items():
        assert np.array_equal(trace.matrix(path).data, np.atleast_2d(array))
        assert trace.matrix(path).is_editable


@pytest.mark.parametrize("norm", ["after", "before"])
def test_every_path_says_which_block_a_step_is_in(norm):
    trace = run(fresh(Options(layers=2, norm=norm, final_norm=True)))

    def walk(block, outer):
        for step in (c for c in block.children if c not in block.blocks):
            assert step.path.startswith(f"{outer}/"), step
        for inner in block.blocks:
            assert inner.path.startswith(f"{outer}/" if outer else ""), inner.path
            walk(inner, outer if inner.is_group else inner.path)

    walk(trace.root, "")
    top = [(b.name, b.lane) for b in trace.root.blocks]
    assert top == [("source", 0), ("encoder", 0), ("target", 1), ("decoder", 1), ("output", 1)]
    groups = [b.path for b in trace.root.blocks[1].blocks]
    assert groups == ["encoder/1", "encoder/2", "encoder/norm"]


def test_steps_read_only_what_came_before():
    trace = run(fresh(Options(layers=2)))
    known = set(trace.given)
    for step in trace:
        assert {m.path for m in step.inputs} <= known, step
        known.add(step.path)


def test_masks_are_shared_by_the_heads_of_one_attention():
    trace = run(fresh(Options()))
    masks = {m.path for m in trace.given.values() if m.origin == "mask"}
    assert masks == {
        "encoder/1/self_attention/mask",
        "decoder/1/self_attention/mask",
        "decoder/1/cross_attention/mask",
    }
    for step in trace:
        if step.path.endswith("/masked"):
            assert step.inputs[1].path in masks
            assert step.inputs[1].is_editable


def test_words_name_rows_and_columns():
    trace = run(fresh(Options()))
    source, target = trace.scenario.source, trace.scenario.target
    weights = trace["decoder/1/cross_attention/head_1/weights"].output
    assert weights.rows == target
    assert weights.columns == source
    assert trace["output/probabilities"].output.columns == trace.scenario.target_vocabulary
    assert trace.matrix("embedding/source").rows == trace.scenario.source_vocabulary
    assert trace["encoder/1/norm_1"].output.columns == tuple("12345678")


@given(options())
def test_options_that_are_off_leave_their_step_in_its_place(drawn):
    """Two runs can be laid side by side: the same steps, whatever is switched off."""
    off = drawn.changed(scale=False, positions="none", residual=False, biases=False)
    on = drawn.changed(scale=True, positions="sinusoidal", residual=True, biases=True)
    one, two = run(fresh(off)), run(fresh(on))
    assert [s.path for s in one] == [s.path for s in two]
    assert [s.output.shape for s in one] == [s.output.shape for s in two]
