"""Training: Adam worked by hand, gradients of a batch, losses that fall, the same again."""

import math
from dataclasses import replace

import numpy as np
import pytest

from engine import InputError, Options, fresh, gradients, run
from engine.training import LOSS, Adam, Pair, mean_gradients, train

PAIRS = (
    Pair(("a", "b"), ("x", "y")),
    Pair(("b", "a"), ("y", "x")),
    Pair(("a", "<pad>"), ("x",)),
    Pair(("b", "<pad>"), ("y",)),
)


def model(seed=2):
    return fresh(
        Options(heads=1, d_model=4, d_ff=4),
        seed,
        source=("a", "b"),
        target=("<s>",),
        expected=(),
        source_vocabulary=("<pad>", "a", "b"),
        target_vocabulary=("<pad>", "<s>", "</s>", "x", "y"),
        name="small",
    )


def trained(**changes):
    given = {"epochs": 3, "rate": 0.02, "batch": 2, "seed": 5}
    return list(train(model(), PAIRS, **{**given, **changes}))


class TestAdam:
    def test_two_steps_worked_by_hand(self):
        adam = Adam()
        # First step, g = 0.5:
        #   m = 0.1 · 0.5 = 0.05, m̂ = 0.05 ÷ 0.1 = 0.5
        #   v = 0.02 · 0.25 = 0.005, v̂ = 0.005 ÷ 0.02 = 0.25, √v̂ = 0.5
        #   θ = 1 − 0.1 · 0.5 ÷ 0.5 = 0.9
        params = adam.step({"w": np.array([1.0])}, {"w": np.array([0.5])}, 0.1)
        assert params["w"] == pytest.approx([0.9], abs=1e-8)
        # Second step, g = −0.25:
        #   m = 0.9 · 0.05 − 0.1 · 0.25 = 0.02, m̂ = 0.02 ÷ 0.19 = 0.1052632
        #   v = 0.98 · 0.005 + 0.02 · 0.0625 = 0.00615, v̂ = 0.00615 ÷ 0.0396 = 0.1553030
        #   θ = 0.9 − 0.1 · 0.1052632 ÷ 0.3940850 = 0.8732892
        params = adam.step(params, {"w": np.array([-0.25])}, 0.1)
        assert params["w"] == pytest.approx([0.8732892], abs=1e-7)

    def test_each_number_has_its_own_step(self):
        slopes = {"w": np.array([[2.0, -0.001], [0.0, 5e3]])}
        params = Adam().step({"w": np.ones((2, 2))}, slopes, 0.1)
        assert params["w"] == pytest.approx(np.array([[0.9, 1.1], [1.0, 0.9]]), abs=1e-6)

    def test_decay_shrinks_what_it_names_apart_from_the_gradient(self):
        adam, params = Adam(decay={"w": 2.0}), {"w": np.array([3.0, 3.0]), "b": np.array([3.0])}
        params = adam.step(params, {"w": np.array([0.0, 7.0]), "b": np.array([0.0])}, 0.1)
        # 3 · (1 − 0.1 · 2) = 2.4; the gradient takes another 0.1, however large it is.
        assert params["w"] == pytest.approx([2.4, 2.3], abs=1e-8)
        assert params["b"].tolist() == [3.0]

    def test_it_finds_the_bottom_of_a_bowl(self):
        adam, params = Adam(), {"w": np.array([3.0, -2.0])}
        for _ in range(600):
            params = adam.step(params, {"w": 2.0 * (params["w"] - [1.0, 0.5])}, 0.05)
        assert params["w"] == pytest.approx([1.0, 0.5], abs=1e-3)

    def test_what_it_gives_cannot_be_changed(self):
        params = Adam().step({"w": np.ones(2)}, {"w": np.ones(2)}, 0.1)
        with pytest.raises(ValueError, match="read-only"):
            params["w"][0] = 0.0


class TestBatches:
    def test_a_pair_is_shifted_by_one_word(self):
        scenario = PAIRS[0].put_into(model())
        assert scenario.source == ("a", "b")
        assert scenario.target == ("<s>", "x", "y")
        assert scenario.expected == ("x", "y", "</s>")

    def test_the_gradient_is_the_mean_of_the_pairs(self):
        traces = [run(pair.put_into(model())) for pair in PAIRS]
        loss, slopes = mean_gradients(model(), PAIRS)
        assert loss == pytest.approx(np.mean([t[LOSS].output.data for t in traces]))
        each = [gradients(t, LOSS)["output/W"] for t in traces]
        assert slopes["output/W"] == pytest.approx(np.mean(each, axis=0), abs=1e-15)

    def test_the_gradient_equals_a_finite_difference(self):
        scenario, random = model(), np.random.default_rng(8)
        _, slopes = mean_gradients(scenario, PAIRS)
        assert set(slopes) == set(scenario.params)
        for path, array in scenario.params.items():
            # One draw of directions moves every number of the parameter at once.
            way = random.normal(size=array.shape)
            ahead, _ = mean_gradients(scenario.with_param(path, array + 1e-5 * way), PAIRS)
            behind, _ = mean_gradients(scenario.with_param(path, array - 1e-5 * way), PAIRS)
            wanted = (ahead - behind) / 2e-5
            assert float((slopes[path] * way).sum()) == pytest.approx(wanted, abs=1e-8), path

    def test_one_step_of_training_is_one_step_of_adam(self):
        before = model()
        [progress] = train(before, PAIRS, epochs=1, rate=0.01, batch=len(PAIRS), seed=0)
        loss, slopes = mean_gradients(before, PAIRS)
        after = progress.scenario.params
        assert progress.loss == pytest.approx(loss)
        for path, slope in slopes.items():
            # Adam's first step has the length of the rate, against the sign of the slope.
            step = 0.01 * slope / (np.abs(slope) + 1e-9)
            assert after[path] == pytest.approx(before.params[path] - step, abs=1e-9), path


class TestTraining:
    def test_the_loss_falls(self):
        losses = [progress.loss for progress in trained(epochs=30)]
        assert losses[-1] < 0.25 * losses[0]
        assert losses[0] == pytest.approx(math.log(5), rel=0.5)

    @pytest.mark.parametrize("changes", [{"model": "rnn"}, {"model": "transformer_xl"}])
    def test_the_loss_of_other_models_falls(self, changes):
        scenario = fresh(
            Options(d_model=4, d_ff=4, **changes),
            2,
            source=("a", "b"),
            target=("<s>",),
            expected=(),
            source_vocabulary=("<pad>", "a", "b"),
            target_vocabulary=("<pad>", "<s>", "</s>", "x", "y"),
        )
        losses = [p.loss for p in train(scenario, PAIRS, epochs=30, rate=0.03, batch=2, seed=5)]
        assert losses[-1] < 0.4 * losses[0]

    def test_it_tells_how_far_it_is(self):
        assert [(p.epoch, p.epochs) for p in trained()] == [(1, 3), (2, 3), (3, 3)]

    def test_the_same_seed_gives_the_same_numbers(self):
        one, other = trained()[-1].scenario.params, trained()[-1].scenario.params
        assert all(np.array_equal(one[path], other[path]) for path in one)

    def test_another_seed_takes_another_way(self):
        one, other = trained()[-1].scenario.params, trained(seed=6)[-1].scenario.params
        assert not np.array_equal(one["output/W"], other["output/W"])

    def test_only_the_numbers_change(self):
        before, after = model(), trained()[-1].scenario
        assert (after.options, after.source, after.target) == (
            before.options,
            before.source,
            before.target,
        )
        assert (after.expected, after.name, after.seed) == ((), "small", 2)
        assert {p: a.shape for p, a in after.params.items()} == {
            p: a.shape for p, a in before.params.items()
        }

    def test_pins_are_taken_off(self):
        pinned = model().with_pin("output/logits", 0, 0, 9.0)
        free, held = (next(train(s, PAIRS, epochs=1)) for s in (model(), pinned))
        assert held.loss == free.loss
        assert not held.scenario.pins

    def test_without_pairs_there_is_nothing_to_learn(self):
        with pytest.raises(InputError, match="expected words"):
            next(train(model(), (), epochs=1))

    def test_a_rate_that_blows_up_is_named(self):
        with pytest.raises(InputError, match="rate"):
            trained(rate=1e200)


def test_dropout_drops_others_for_each_pair_and_comes_again_with_the_seed():
    scenario = replace(model(), options=model().options.changed(dropout=0.3, training=True))
    pair = PAIRS[0]
    losses = [mean_gradients(scenario, [pair], np.random.default_rng(n))[0] for n in (1, 2, 1)]
    assert losses[0] != losses[1]
    assert losses[0] == losses[2]
    drops = np.random.default_rng(1)
    two = mean_gradients(scenario, [pair, pair], drops)[0]
    assert two != pytest.approx(losses[0], rel=1e-9)
    ways = [list(train(scenario, PAIRS, epochs=2, seed=5))[-1] for _ in range(2)]
    assert ways[0].loss == ways[1].loss
    assert ways[0].scenario.seed == scenario.seed


def test_outside_of_training_mode_dropout_changes_no_training():
    scenario = model()
    resting = replace(scenario, options=scenario.options.changed(dropout=0.3))
    one, other = (list(train(s, PAIRS, epochs=2, seed=5))[-1] for s in (scenario, resting))
    assert one.loss == other.loss
