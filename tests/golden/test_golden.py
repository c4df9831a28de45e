"""The engine against PyTorch: every step, every gradient (see README.md beside this file)."""

import json
from pathlib import Path

import numpy as np
import pytest

from engine import Options, fresh, gradients, run

FILES = sorted(Path(__file__).parent.glob("*.npz"))
STEPS = 1e-12
GRADIENTS = 1e-10


class Golden:
    def __init__(self, file: Path) -> None:
        with np.load(file) as held:
            arrays = {name: held[name] for name in held.files}
        self.texts = {k: json.loads(str(v)) for k, v in arrays.items() if ":" not in k}
        self.options = self.texts.pop("options")
        self.options["positions"] = "sinusoidal" if self.options["positions"] else "none"
        self.params = self._under("param:", arrays)
        self.steps = self._under("step:", arrays)
        self.grads = self._under("grad:", arrays)

    @staticmethod
    def _under(prefix: str, arrays: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
        return {k.removeprefix(prefix): v for k, v in arrays.items() if k.startswith(prefix)}

    def scenario(self):
        scenario = fresh(Options(**self.options), 0, **self.texts)
        for path, array in self.params.items():
            scenario = scenario.with_param(path, array)
        return scenario


def difference(path: str, wanted: np.ndarray, got: np.ndarray, tolerance: float) -> str | None:
    """What is wrong with an array, or None; infinities must be equal, and so must shapes."""
    got = np.asarray(got)
    if wanted.ndim == 0 and got.size == 1:  # the loss: a number, however it is wrapped
        got = got.reshape(())
    if got.shape != wanted.shape:
        return f"{path}: shape {got.shape}, PyTorch has {wanted.shape}"
    if np.allclose(got, wanted, rtol=tolerance, atol=tolerance, equal_nan=True):
        return None
    with np.errstate(invalid="ignore"):  # -inf less -inf, where both are blocked
        off = np.where(got == wanted, 0.0, np.abs(got - wanted))
    at = tuple(int(i) for i in np.unravel_index(np.argmax(off), off.shape))
    return f"{path}: {got[at]!r} at {at}, PyTorch has {wanted[at]!r}"


def assert_same(wanted: dict[str, np.ndarray], got: dict[str, np.ndarray], tolerance: float):
    wrong = [difference(path, array, got[path], tolerance) for path, array in wanted.items()]
    wrong = [line for line in wrong if line]
    # In the order of the forward pass: the first line is where it went wrong.
    assert not wrong, f"{len(wrong)} of {len(wanted)} differ, first:\n" + "\n".join(wrong[:5])


@pytest.fixture(params=FILES, ids=lambda file: file.stem)
def golden(request) -> Golden:
    return Golden(request.param)


def test_parameters_have_the_golden_paths_and_shapes(golden):
    scenario = fresh(Options(**golden.options), 0, **golden.texts)
    shapes = {path: np.shape(array) for path, array in scenario.params.items()}
    assert shapes == {path: array.shape for path, array in golden.params.items()}


def test_every_step_is_the_golden_one(golden):
    trace = run(golden.scenario())
    got = {path: trace[path].output.data for path in golden.steps}
    assert_same(golden.steps, got, STEPS)


def test_every_gradient_is_the_golden_one(golden):
    got = gradients(run(golden.scenario()), "output/loss")
    assert_same(golden.grads, {path: got[path] for path in golden.params}, GRADIENTS)


def test_every_option_is_seen_at_every_setting():
    """Guards the files themselves: an empty folder would pass everything above."""
    files = [Golden(file) for file in FILES]
    seen = {name: {golden.options[name] for golden in files} for name in files[0].options}
    for switch in ("scale", "biases", "residual", "embedding_scale", "final_norm"):
        assert seen[switch] == {True, False}, switch
    assert seen["positions"] == {"sinusoidal", "none"}
    assert seen["norm"] == {"before", "after"}
    assert {1, 2, 4} <= seen["heads"]
    assert {1, 2, 3, 6} <= seen["layers"]
    assert {float("-inf"), -1000.0} <= seen["mask_value"]
    for side in ("source", "target"):
        padded = {"<pad>" in golden.texts[side] for golden in files}
        assert padded == {True, False}, side


def test_a_wrong_number_would_be_noticed():
    wanted = np.array([[1.0, -np.inf], [0.5, 0.25]])
    assert difference("x", wanted, wanted.copy(), STEPS) is None
    for at, wrong in (((0, 0), 1 + 1e-11), ((0, 1), -1e308), ((1, 0), np.nan), ((1, 1), -np.inf)):
        got = wanted.copy()
        got[at] = wrong
        assert str(at) in difference("x", wanted, got, STEPS)
    assert "shape" in difference("x", wanted, wanted[:1], STEPS)
