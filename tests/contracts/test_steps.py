"""Every step of every model, and of `attend`, keeps the promises."""

import numpy as np
import pytest
from hypothesis import given, settings

from contracts import contract
from contracts.draws import any_options, brought, scenarios, seeds
from contracts.refusals import refused
from engine import Options, fresh, run
from engine.models import MODELS
from engine.ops import ALL
from engine.options import CHOICES, USES

FEW = settings(max_examples=12)


def each(trace, hold, seed: int) -> None:
    random = np.random.default_rng(seed)
    for step in trace:
        hold(step, random)


@given(scenarios(any_options(), pinned=True), seeds)
def test_told_equals_computed(scenario, seed):
    each(run(scenario), contract.check_told, seed)


@given(scenarios(any_options(), pinned=True), seeds)
def test_provenance_is_complete(scenario, seed):
    each(run(scenario), contract.check_provenance, seed)


@given(scenarios(any_options(), pinned=True), seeds)
def test_gradients_are_slopes(scenario, seed):
    random = np.random.default_rng(seed)
    for step in run(scenario):
        contract.check_gradient(step.op, [m.data for m in step.inputs], random)


@FEW
@given(scenarios(any_options(), pinned=True))
def test_outputs_formulas_and_counts(scenario):
    for step in run(scenario):
        contract.check_output(step)
        contract.check_formula(step)
        contract.check_counts(step)


@FEW
@given(scenarios(any_options(), pinned=True))
def test_code_comes_to_the_same_numbers(scenario):
    for step in run(scenario):
        contract.check_code(step)


def test_results_set_by_hand_may_be_of_any_kind():
    """A share of −1 has no logarithm; a pin outside of the output is no pin."""
    path = "output/probabilities"
    scenario = fresh(Options()).with_pin(path, 0, 3, -1.0).with_pin(path, 1, 5, 0.0)
    each(run(scenario), contract.check, 0)
    assert np.isnan(run(scenario)["output/loss"].output.data).all()
    for spot in ((-1, 0), (0, -1), (3, 0), (0, 8)):
        refused(lambda s=spot: run(fresh(Options()).with_pin(path, *s, 0.5)), "pin_outside")


@given(brought(), seeds)
def test_what_somebody_brings_to_attend(given_, seed):
    each(given_.walk(), contract.check, seed)


@pytest.mark.parametrize("model", sorted(set(USES) - {"encoder_decoder"}))
def test_each_choice_of_each_other_model_keeps_all_promises(model):
    """Not left to the draws: every kind of scoring, of positions and so on, one at a time."""
    plain = Options(model=model, d_model=2, heads=1, d_ff=2)
    words = {"source": ("cat", "sat", "the"), "target": ("<s>",), "expected": ("猫",)}
    for name in plain.names[1:]:
        for word in CHOICES[name].words:
            each(run(fresh(plain.changed(**{name: word}), 4, **words)), contract.check, 4)


@pytest.fixture(scope="module")
def walks():
    """Runs in which every option of every model stands at every setting that changes the steps."""
    switches = [name for name, choice in CHOICES.items() if choice.kind == "switch"]
    chosen = []
    for model in USES:
        plain = Options(model=model)
        rates = {name: 0.3 for name, choice in CHOICES.items() if choice.kind == "rate"}
        chosen += [
            plain.changed(**dict.fromkeys(switches, is_on), **rates) for is_on in (False, True)
        ]
        for name in plain.names[1:]:
            chosen += [plain.changed(**{name: word}) for word in CHOICES[name].words]
    return [run(fresh(o)) for o in chosen]


def test_every_model_is_built():
    assert set(USES) == set(MODELS)


def test_every_op_is_walked(walks):
    seen = {type(step.op) for walk in walks for step in walk}
    assert seen == set(ALL)


@pytest.mark.parametrize("language", contract.languages(), ids=lambda language: language.name)
def test_every_step_has_words(walks, language):
    for walk in walks:
        for step in walk:
            contract.check_words(step, language)


def test_there_is_english():
    assert "en" in [language.name for language in contract.languages()]
