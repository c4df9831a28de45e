"""The other ways to attend, and dense mixing, against PyTorch (see README.md)."""

from pathlib import Path

import pytest
from test_golden import GRADIENTS, STEPS, assert_same, difference
from test_sequences import Golden

from engine import Options, fresh, gradients, run, with_options
from engine.options import CHOICES, USES

FILES = sorted((Path(__file__).parent / "attention").glob("*.npz"))

# What the papers' formulas have no name for: on the way to a score that they write as one.
UNNAMED = {"turned", "asked", "offered", "pairs", "bent", "offsets_met", "positions"}


@pytest.fixture(params=FILES, ids=lambda file: file.stem)
def golden(request) -> Golden:
    return Golden(request.param)


def test_parameters_have_the_golden_paths_and_shapes(golden):
    found = fresh(Options(**golden.options), **golden.texts).params
    wanted = {path: array.shape for path, array in golden.params.items()}
    assert {path: array.shape for path, array in found.items()} == wanted


def test_every_step_is_the_golden_one(golden):
    trace = run(golden.scenario())
    assert_same(golden.steps, {p: trace[p].output.data for p in golden.steps}, STEPS)
    rest = {path.rsplit("/", 1)[-1] for path in trace.steps.keys() - golden.steps.keys()}
    assert rest <= UNNAMED


def test_every_gradient_is_the_golden_one(golden):
    """Of the loss, or of the sum of the last step's numbers where nothing is predicted."""
    trace = run(golden.scenario())
    *_, last = trace
    got = gradients(trace, last.path)
    assert_same(golden.grads, {path: got[path] for path in golden.params}, GRADIENTS)


def test_every_option_is_seen_at_every_setting():
    """Guards the files themselves: an empty folder would pass everything above."""
    seen: dict[tuple[str, str], set] = {}
    for file in FILES:
        options = Options(**Golden(file).options)
        for name in options.names:
            seen.setdefault((options.model, name), set()).add(getattr(options, name))
    for model in ("attention", "self_attention", "target_attention", "dense"):
        for name in USES[model].options:
            choice, values = CHOICES[name], seen[model, name]
            if choice.kind == "switch":
                assert values == {True, False}, (model, name)
            elif choice.kind == "word":
                assert values == set(choice.words), (model, name)
    for name in ("scoring", "relative"):
        assert seen["encoder_decoder", name] == set(CHOICES[name].words), name


def test_a_bucket_put_elsewhere_would_be_noticed():
    golden = Golden(next(f for f in FILES if f.stem == "self_t5"))
    path = "self_attention/head_1/offset_bias"
    for reach, is_other in ((16, False), (12, True)):
        scenario = with_options(golden.scenario(), Options(**{**golden.options, "reach": reach}))
        found = run(scenario)[path].output.data
        assert bool(difference(path, golden.steps[path], found, STEPS)) is is_other
