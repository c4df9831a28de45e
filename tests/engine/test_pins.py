"""Pins: results set by hand. Downstream follows, upstream stays, no gradient passes."""

from pathlib import Path

import numpy as np
import pytest

from engine import InputError, builtin, gradients, load, run, save
from engine.expr import Number, evaluate
from engine.running import backpropagate

SCORES = "encoder/1/self_attention/head_1/scores"


@pytest.fixture
def pinned():
    return builtin("translation").with_pin(SCORES, 1, 2, 9.0)


def test_what_follows_reads_the_pin_and_what_went_before_stays(pinned):
    before, after = run(builtin("translation")), run(pinned)
    place = list(after.steps).index(SCORES)
    for index, path in enumerate(after.steps):
        same = np.array_equal(before[path].output.data, after[path].output.data)
        if index < place:
            assert same, path
    changed = before[SCORES].output.data != after[SCORES].output.data
    assert changed.sum() == 1 and changed[1, 2]
    assert after[SCORES].output.data[1, 2] == 9.0
    assert (
        after["output/probabilities"].output.data[0, 0]
        != (before["output/probabilities"].output.data[0, 0])
    )


def test_every_number_still_tells_its_arithmetic(pinned):
    step = run(pinned)[SCORES]
    assert step.explain(1, 2) == Number(9.0, is_constant=True)
    for row, column in np.ndindex(step.output.shape):
        assert evaluate(step.explain(row, column)) == pytest.approx(
            step.output.data[row, column], abs=1e-12
        )


def test_a_pin_stops_the_gradient(pinned):
    goal = "output/probabilities"
    found = backpropagate(run(pinned), goal, (3, 7))
    queries = "encoder/1/self_attention/head_1/Q"
    step = 1e-6

    def moved(by: float) -> float:
        array = np.array(pinned.params["encoder/1/self_attention/head_1/W_Q"])
        array[2, 1] += by
        scenario = pinned.with_param("encoder/1/self_attention/head_1/W_Q", array)
        return float(run(scenario)[goal].output.data[3, 7])

    slope = (moved(step) - moved(-step)) / (2 * step)
    exact = gradients(run(pinned), goal, (3, 7))["encoder/1/self_attention/head_1/W_Q"][2, 1]
    assert exact == pytest.approx(slope, rel=1e-5, abs=1e-12)
    free = backpropagate(run(builtin("translation")), goal, (3, 7))
    assert not np.allclose(found[queries][1], free[queries][1], rtol=1e-3, atol=0)


def test_all_pinned_lets_no_gradient_through():
    scenario = builtin("translation")
    for row, column in np.ndindex(4, 4):
        scenario = scenario.with_pin(SCORES, row, column, 0.5)
    found = gradients(run(scenario), "output/probabilities", (3, 7))
    assert not found["encoder/1/self_attention/head_1/W_Q"].any()
    assert found["encoder/1/self_attention/head_1/W_V"].any()


def test_a_pin_comes_off(pinned):
    assert not pinned.with_pin(SCORES, 1, 2, None).pins


def test_pins_survive_a_file(pinned, tmp_path: Path):
    save(pinned, tmp_path / "pinned.json")
    assert load(tmp_path / "pinned.json").pins == pinned.pins


@pytest.mark.parametrize(
    ("path", "row", "message"),
    [("encoder/1/nothing", 0, "a pin needs a step"), (SCORES, 40, "lies outside of 4 × 4")],
)
def test_a_pin_must_lie_on_a_result(path, row, message):
    with pytest.raises(InputError, match=message):
        run(builtin("translation").with_pin(path, row, 0, 1.0))


def test_a_pin_must_be_finite():
    with pytest.raises(InputError, match="finite"):
        builtin("translation").with_pin(SCORES, 0, 0, float("nan"))


@pytest.mark.parametrize(
    ("written", "message"),
    [("[0, 1, 2]", "a pin is written as"), ("[9, 1, 2]", "outside"), ("[1, 1, true]", "written")],
)
def test_a_bad_pin_in_a_file_is_placed(pinned, tmp_path: Path, written, message):
    file = tmp_path / "pinned.json"
    save(pinned, file)
    file.write_text(file.read_text().replace("[2, 3, 9.0]", written))
    with pytest.raises(InputError, match=message) as caught:
        load(file)
    assert "line" in str(caught.value) and "pins" in str(caught.value)


def test_pins_go_when_the_lengths_do_and_stay_when_only_words_change(pinned):
    assert pinned.with_tokens(source=("you", "see", "cats", "today")).pins == pinned.pins
    assert not pinned.with_tokens(source=("you", "see", "cats")).pins
