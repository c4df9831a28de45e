"""The recurrent model, Transformer-XL and dropout against PyTorch (see README.md)."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from test_golden import GRADIENTS, STEPS, assert_same

from engine import Options, fresh, gradients, run
from engine.options import CHOICES

FILES = sorted((Path(__file__).parent / "sequences").glob("*.npz"))


class Golden:
    def __init__(self, file: Path) -> None:
        with np.load(file) as held:
            arrays = {name: held[name] for name in held.files}
        self.texts = {k: json.loads(str(v)) for k, v in arrays.items() if ":" not in k}
        self.options = self.texts.pop("options")
        if isinstance(self.options.get("positions"), bool):
            self.options["positions"] = "sinusoidal" if self.options["positions"] else "none"
        self.params, self.steps, self.grads = (
            {k.removeprefix(kind): v for k, v in arrays.items() if k.startswith(kind)}
            for kind in ("param:", "step:", "grad:")
        )

    def scenario(self):
        scenario = fresh(Options(**self.options), **self.texts)
        for path, array in self.params.items():
            scenario = scenario.with_param(path, array)
        return scenario


@pytest.fixture(params=FILES, ids=lambda file: file.stem)
def golden(request) -> Golden:
    return Golden(request.param)


def test_parameters_have_the_golden_paths_and_shapes(golden):
    shapes = {
        p: a.shape for p, a in fresh(Options(**golden.options), **golden.texts).params.items()
    }
    assert shapes == {path: array.shape for path, array in golden.params.items()}


def test_every_step_is_the_golden_one(golden):
    trace = run(golden.scenario())
    assert_same(golden.steps, {p: trace[p].output.data for p in golden.steps}, STEPS)
    # What the paper's formula has no name for: products by distance, before they are shifted.
    rest = {path.rsplit("/", 1)[-1] for path in trace.steps.keys() - golden.steps.keys()}
    assert rest <= {"content_distance", "global_distance"}


def test_every_gradient_is_the_golden_one(golden):
    got = gradients(run(golden.scenario()), "output/loss")
    assert_same(golden.grads, {path: got[path] for path in golden.params}, GRADIENTS)


def test_every_option_is_seen_at_every_setting():
    """Guards the files themselves: an empty folder would pass everything above."""
    seen: dict[tuple[str, str], set] = {}
    for file in FILES:
        options = Options(**Golden(file).options)
        for name in options.names:
            seen.setdefault((options.model, name), set()).add(getattr(options, name))
    for (model, name), values in seen.items():
        if model == "encoder_decoder":
            continue
        choice = CHOICES[name]
        if choice.kind == "switch":
            assert values == {True, False}, (model, name)
        elif choice.kind == "word" and name != "model":
            assert values == set(choice.words), (model, name)
        elif choice.kind in {"mask_value", "rate"}:
            assert len(values) > 1, (model, name)
    assert seen["encoder_decoder", "training"] == {True, False}
    assert {1, 2, 3} <= seen["transformer_xl", "layers"]


def test_another_seed_drops_others():
    """The golden files hold to one seed each: what is dropped must hang on it."""
    golden = Golden(next(file for file in FILES if file.stem == "dropout_after"))
    scenario = golden.scenario()
    other = run(replace(scenario, seed=scenario.seed + 1))
    path = "encoder/1/dropout_1"
    mask, found = (t[path].inputs[1].data for t in (run(scenario), other))
    assert set(np.unique(mask)) == {0.0, 1 / 0.75}
    assert (mask != found).any()
