import re
from pathlib import Path

import numpy as np
import pytest

from engine import InputError, builtin, run
from engine.course.claims import KINDS, Claim, judged, named_variants
from engine.course.evaluation import Setting
from engine.course.phrases import phrase
from engine.course.questions import (
    QUESTION_KINDS,
    Question,
    is_right,
    offers,
    right,
    wrong,
)

HEAD = "encoder/1/self_attention/head_1"
NAMES = {n: f"{HEAD}/{n}" for n in ("scores", "weights", "Q", "V", "mixed", "masked")}


def trace(variant: str):
    scenario = builtin("by-hand")
    if variant == "pinned":
        return run(scenario.with_pin(f"{HEAD}/scores", 0, 1, 5.0))
    painted = run(scenario).matrix("encoder/1/self_attention/mask")
    return run(scenario.with_mask(painted, np.array([[True, True], [False, False]])))


@pytest.fixture(scope="module")
def setting() -> Setting:
    return Setting(run(builtin("by-hand")), NAMES, trace)


def claim(kind: str, *phrases: str, **more) -> Claim:
    return Claim(kind, tuple(map(phrase, phrases)), **more)


HOLD = [
    claim("equal", "weights[1, 1] + weights[1, 2]", "1"),
    claim("equal", "1", "1 + 1e-13", "1"),
    claim("equal", "1", "1.01", within=0.02),
    claim("same", "scores", "transposed(scores)"),
    claim("same", "masked@closed[1, :]", "masked@closed[1, :] * 2"),
    claim("different", "scores", "Q[:, 1:2]"),
    claim("zero", "scores - scores"),
    claim("zero", "weights@closed[2, 1] * 0"),
    claim("symmetric", "scores"),
    claim("sums_to_one", "weights"),
    claim("less", "0", "weights", "1"),
    claim("at_most", "0", "weights", "1", "1"),
    claim("inside", "mixed", "V"),
    claim("same_rows", "permuted(Q, 2, 1)", "Q"),
    claim("finite", "scores"),
    claim("not_a_number", "weights@closed[1, :]"),
    claim("unchanged", "Q", when="pinned"),
    claim("unchanged", "weights[2, :]", when="pinned"),
    claim("changed", "weights", when="pinned"),
]

FAIL = [
    claim("equal", "1", "1 + 1e-9"),
    claim("equal", "1", "1", "2"),
    claim("equal", "weights@closed", "weights"),
    claim("same", "1", "1 + 1e-13"),
    claim("same", "0", "1 - 1 + 1e-300"),
    claim("different", "scores", "scores + 1e-7"),
    claim("zero", "scores"),
    claim("zero", "weights@closed[1, :]"),
    claim("zero", "0 * scores + 1e-300"),
    claim("symmetric", "weights"),
    claim("symmetric", "Q"),
    claim("sums_to_one", "transposed(weights)"),
    claim("sums_to_one", "weights@closed"),
    claim("less", "0", "weights", "weights"),
    claim("less", "1", "weights@closed[1, :]"),
    claim("at_most", "weights", "0.5"),
    claim("inside", "2 * mixed", "V"),
    claim("inside", "scores", "V"),
    claim("same_rows", "Q", "Q@pinned * 2"),
    claim("same_rows", "Q", "Q[1, :]"),
    claim("finite", "masked@closed"),
    claim("not_a_number", "weights@closed"),
    claim("unchanged", "weights", when="pinned"),
    claim("changed", "Q", when="pinned"),
]


@pytest.mark.parametrize("made", HOLD, ids=lambda c: f"{c.kind} {c.phrases[0].text}")
def test_what_holds_holds(setting, made):
    assert judged(made, setting).holds
    opposite = Claim(made.kind, made.phrases, not made.holds, made.within, made.when)
    assert not judged(opposite, setting).holds


@pytest.mark.parametrize("made", FAIL, ids=lambda c: f"{c.kind} {c.phrases[0].text}")
def test_what_does_not_hold_fails(setting, made):
    assert not judged(made, setting).holds


def test_every_kind_is_tried_both_ways_and_told_in_the_guide():
    assert {c.kind for c in HOLD} == {c.kind for c in FAIL} == set(KINDS)
    guide = (Path(__file__).parents[3] / "docs/writing-lessons.md").read_text("utf-8")
    told = set(re.findall(r"^\| `(\w+) = ", guide, re.MULTILINE))
    told |= set(re.findall(r"`(smallest) = ", guide))
    assert told == {*KINDS, *QUESTION_KINDS}


def test_an_outcome_has_the_numbers_it_was_judged_by(setting):
    outcome = judged(claim("equal", "scores[1, 2]", "0 - 2.5", within=1.0), setting)
    assert [s.number for s in outcome.sides] == [-2.0, -2.5]
    assert outcome.gap == 0.5


def test_shapes_that_differ_are_refused(setting):
    with pytest.raises(InputError, match="don't fit"):
        judged(claim("equal", "scores", "Q"), setting)


def test_the_variants_of_a_claim_are_known():
    made = claim("less", "sum(A@one[1, 1]) + 2 * abs(B@two)", "gradient(C@three, D)")
    assert named_variants(made) == {"one", "two", "three"}
    assert named_variants(claim("changed", "A", when="four")) == {"four"}


# --- Questions ----------------------------------------------------------------------------

QUESTIONS = [
    (Question("number", phrase("scores[1, 2]")), -2.0),
    (Question("yes", yes=claim("symmetric", "scores")), "yes"),
    (Question("yes", yes=claim("symmetric", "weights")), "no"),
    (
        Question(
            "choice",
            choices={
                "a": claim("less", "scores[1, 1]", "0"),
                "b": claim("zero", "scores[1, 1]"),
            },
        ),
        "b",
    ),
    (Question("largest", phrase("weights[2, :]")), (0, 1)),
    (Question("smallest", phrase("weights[:, 1]")), (1, 0)),
    (Question("largest", phrase("scores")), (1, 1)),
]


@pytest.mark.parametrize(("question", "answer"), QUESTIONS, ids=lambda q: getattr(q, "kind", ""))
def test_the_right_answer_is_computed(setting, question, answer):
    assert right(question, setting) == answer
    assert is_right(question, setting, answer)
    assert not is_right(question, setting, wrong(question, setting))


def test_rounding_to_two_decimals_is_right(setting):
    question = Question("number", phrase("weights[1, 1]"))
    assert is_right(question, setting, 0.73)
    assert not is_right(question, setting, 0.72)
    assert not is_right(question, setting, "0.73")
    assert not is_right(question, setting, float("nan"))
    assert is_right(Question("number", phrase("masked@closed[1, 1]")), setting, float("-inf"))


def test_cells_are_offered_by_their_labels(setting):
    assert [o.label for o in offers(QUESTIONS[4][0], setting)] == ["I", "see"]
    assert [o.label for o in offers(QUESTIONS[5][0], setting)] == ["I", "see"]
    labels = [o.label for o in offers(QUESTIONS[6][0], setting)]
    assert labels == ["I, I", "I, see", "see, I", "see, see"]
    assert not offers(QUESTIONS[0][0], setting)


@pytest.mark.parametrize(
    ("question", "code"),
    [
        (Question("largest", phrase("scores - scores")), "question_tie"),
        (Question("smallest", phrase("scores")), "question_tie"),
        (Question("largest", phrase("weights@closed")), "question_place"),
        (Question("number", phrase("scores")), "phrase_number"),
        (
            Question("choice", choices={n: claim("finite", "scores") for n in "ab"}),
            "question_choice",
        ),
    ],
)
def test_a_question_without_one_answer_is_refused(setting, question, code):
    with pytest.raises(InputError) as caught:
        right(question, setting)
    assert caught.value.code == code
