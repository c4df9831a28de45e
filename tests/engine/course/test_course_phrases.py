import re
from pathlib import Path

import numpy as np
import pytest

from engine import InputError, Options, builtin, fresh, gradients, run
from engine.course.evaluation import OVER_TRACES, Setting
from engine.course.phrases import Phrase, phrase
from engine.course.vocabulary import FUNCTIONS

HEAD = "encoder/1/self_attention/head_1"
NAMES = {"S": f"{HEAD}/scores", "A": f"{HEAD}/weights", "Q": f"{HEAD}/Q", "head": HEAD}


def trace(variant: str = ""):
    scenario = builtin("by-hand")
    if variant == "double":
        scenario = scenario.with_param(f"{HEAD}/W_Q", 2 * scenario.params[f"{HEAD}/W_Q"])
    elif variant:
        raise InputError("lesson_variant", name=variant, known="double")
    return run(scenario)


@pytest.fixture(scope="module")
def setting() -> Setting:
    return Setting(trace(), NAMES, trace)


def value(setting: Setting, text: str):
    return setting.evaluate(phrase(text))


SCORES = np.array([[0.0, -2.0], [-2.0, 2.0]])  # of the scenario by-hand, redone on paper


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 + 2 * 3", 7),
        ("(1 + 2) * 3 - -4", 13),
        ("8 / 4 / 2", 1),
        ("1.5e1", 15),
        ("S[2, 1]", -2),
        ("S[-1, -1]", 2),
        ("S['see', 'I']", -2),
        ('S["see", 2]', 2),
        ("sum(S[2, :])", 0),
        ("sum(S[1:2, 2])", 0),
        ("sum(S[1:, 2])", 0),
        ("sum(abs(S))", 6),
        ("S@double[2, 2]", 4),
        ("head/scores[2, 2]", 2),
        (f"{HEAD}/scores[2, 2]", 2),
        ("A.sum[1, 1]", 1 + np.exp(-1)),
        ("A.sum@double[1, 1]", 1 + np.exp(-2)),
        ("max(product(Q, transposed(head/K)) - S)", 0),
        ("permuted(S, 2, 1)[1, 2]", 2),
        ("identity(3)[2, 2] + identity(3)[1, 2]", 1),
        ("sum(zeros(2, 3)) + columns(zeros(2, 3))", 3),
        ("diagonal(S[2, :])[2, 2]", 2),
        ("rank(identity(3))", 3),
        ("rows(S) * 10 + columns(Q)", 24),
        ("variance(S)", np.var(SCORES)),
        ("norm(S)", np.sqrt(12)),
        ("mean(S)", -0.5),
        ("min(S)", -2),
        ("row_sums(S)[1, 1]", -2),
        ("row_means(S)[1, 1]", -1),
        ("row_variances(S)[1, 1]", 1),
        ("row_norms(S)[1, 1]", 2),
        ("row_max(S)[1, 1]", 0),
        ("row_entropies(softmax(zeros(1, 4)))", np.log(4)),
        ("row_entropies(identity(2))[1, 1]", 0),
        ("cosine(S[1, :], S[2, :])", -4 / (2 * np.sqrt(8))),
        ("sum(softmax(S))", 2),
        ("exp(log(sqrt(4))) + round(2.4) + tanh(0)", 4),
        ("option(d_k) + option(scale)", 5),
        ("count(S, multiplications)", 16),
        ("count(head, exponentials)", 4),
        ("steps(head)", 8),
        ("parameters(head)", 48),
        ("column_of_largest(A[2, :])", 2),
    ],
)
def test_a_phrase_comes_to(setting, text, expected):
    found = value(setting, text)
    assert found.data.shape == (1, 1)
    assert found.data[0, 0] == pytest.approx(expected, abs=1e-12)


def test_a_matrix_keeps_its_labels(setting):
    found = value(setting, "S['see', :]")
    assert (found.rows, found.columns) == (("see",), ("I", "see"))
    assert value(setting, "transposed(Q)").columns == ("I", "see")
    assert value(setting, "row_max(S)").rows == ("I", "see")
    assert value(setting, "2 * S").rows == ("I", "see")
    np.testing.assert_array_equal(value(setting, "2 * S").data, 2 * SCORES)


def test_a_label_is_a_word(setting):
    assert value(setting, "column_of_largest(A[2, :])").word == "see"
    assert value(setting, "row_of_smallest(S[:, 1])").word == "see"


def test_the_draw_is_normal_and_the_same_for_the_same_seed(setting):
    found = value(setting, "drawn(200, 50, 3)").data
    np.testing.assert_array_equal(found, value(setting, "drawn(200, 50, 3)").data)
    assert not np.array_equal(found, value(setting, "drawn(200, 50, 4)").data)
    assert abs(found.mean()) < 0.05
    assert abs(found.var() - 1) < 0.05


def test_the_gradient_is_the_engines():
    made = run(fresh(Options(), seed=2))
    here = Setting(made, {"W": f"{HEAD}/W_Q"}, trace)
    whole = value(here, "gradient(output/loss, W)").data
    np.testing.assert_array_equal(whole, gradients(made, "output/loss")[f"{HEAD}/W_Q"])
    one = value(here, "gradient(output/logits[2, 3], W)").data
    np.testing.assert_array_equal(one, gradients(made, "output/logits", (1, 2))[f"{HEAD}/W_Q"])
    assert not value(here, f"gradient({HEAD}/K, W)").data.any()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "phrase_syntax"),
        ("1 +", "phrase_syntax"),
        ("S[1]", "phrase_syntax"),
        ("S[0, 1]", "phrase_syntax"),
        ("S[1, 1", "phrase_syntax"),
        ("(1", "phrase_syntax"),
        ("1 2", "phrase_syntax"),
        ("S ? 1", "phrase_syntax"),
        ("__import__(os)", "phrase_function"),
        ("open('file')", "phrase_syntax"),
        ("S.__class__", "phrase_working"),
        ("(" * 30 + "1" + ")" * 30, "too_deep"),
        ("1 + " * 200 + "1", "phrase_long"),
        ("scors", "phrase_name"),
        ("S[3, 1]", "phrase_span"),
        ("S[2:1, 1]", "phrase_span"),
        ("S['we', 1]", "phrase_label"),
        ("S + Q", "phrase_shapes"),
        ("product(S, S[1, :])", "phrase_shapes"),
        ("nothing(S)", "phrase_function"),
        ("sum()", "phrase_arguments"),
        ("product(S)", "phrase_arguments"),
        ("S@other", "lesson_variant"),
        ("gradient(2 * S, Q)", "phrase_reference"),
        ("gradient(S)", "phrase_arguments"),
        ("count(S, apples)", "phrase_count"),
        ("count(nowhere, additions)", "phrase_name"),
        ("option(model)", "phrase_option"),
        ("option(apples)", "phrase_option"),
        ("drawn(100000, 100000, 1)", "phrase_size"),
        ("zeros(1.5, 2)", "phrase_whole"),
        ("permuted(S, 1, 1)", "phrase_order"),
    ],
)
def test_what_makes_no_sense_is_refused_with_its_place(setting, text, code):
    with pytest.raises(InputError) as caught:
        value(setting, text)
    assert caught.value.code == code
    assert str(caught.value)


def test_one_number_is_wanted(setting):
    assert setting.number(phrase("S[1, 1]")) == 0
    with pytest.raises(InputError, match="several"):
        setting.number(phrase("S"))


def test_a_bare_number_is_a_phrase():
    assert phrase(2) == phrase(2.0)
    assert isinstance(phrase(0.5), Phrase)


def test_every_function_is_told_in_the_guide():
    guide = (Path(__file__).parents[3] / "docs/writing-lessons.md").read_text("utf-8")
    told = set(re.findall(r"`(\w+)(?:\([^`]*\))?`", guide))
    assert not {*FUNCTIONS, *OVER_TRACES} - told
