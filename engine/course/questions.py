"""Questions to predict before the answer is shown; the right answer is always computed."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np

from engine.course.claims import Claim, judged
from engine.course.evaluation import Setting
from engine.course.phrases import Phrase
from engine.course.results import Result
from engine.errors import InputError, Wording

Answer = float | str | tuple[int, int]
"""A number; "yes", "no" or a choice's id; or a cell, row and column from 0."""

NUMBER, YES, CHOICE, LARGEST, SMALLEST = "number", "yes", "choice", "largest", "smallest"
QUESTION_KINDS = (NUMBER, YES, CHOICE, LARGEST, SMALLEST)
TWO_DECIMALS = 0.0051
"""The tolerance of a number: what has been rounded to two decimals is right."""


def _none() -> Mapping[str, Claim]:
    return MappingProxyType({})


@dataclass(frozen=True)
class Question:
    """A question of one of five kinds.

    number: the number `phrase` comes to, `within` a tolerance. yes: whether the claim
    `yes` holds. choice: the one of `choices` whose claim holds. largest, smallest: where
    the largest or smallest number of `phrase` stands.
    """

    kind: str
    phrase: Phrase | None = None
    within: float = TWO_DECIMALS
    yes: Claim | None = None
    choices: Mapping[str, Claim] = field(default_factory=_none)


@dataclass(frozen=True)
class Offer:
    """One of the answers to choose from; `label` is data of the model, not a language's text."""

    answer: Answer
    label: str = ""


def offers(question: Question, setting: Setting) -> tuple[Offer, ...]:
    """The answers there are to choose from; none where a number is asked for.

    Cells are told by their labels: those of the row, of the column, or of both.
    """
    if question.kind == YES:
        return Offer("yes"), Offer("no")
    if question.kind == CHOICE:
        return tuple(map(Offer, question.choices))
    if question.kind == NUMBER:
        return ()
    found = _matrix(question, setting)
    height, width = found.data.shape
    return tuple(
        Offer((i, j), _label(found, i, j, height > 1, width > 1))
        for i in range(height)
        for j in range(width)
    )


def _label(found: Result, row: int, column: int, has_rows: bool, has_columns: bool) -> str:
    parts = [found.row_labels[row]] if has_rows else []
    return ", ".join([*parts, *([found.column_labels[column]] if has_columns else [])])


def _matrix(question: Question, setting: Setting) -> Result:
    assert question.phrase is not None
    return setting.evaluate(question.phrase)


def right(question: Question, setting: Setting) -> Answer:
    """The right answer here; InputError if there is none or more than one."""
    if question.kind == NUMBER:
        assert question.phrase is not None
        return setting.number(question.phrase)
    if question.kind == YES:
        assert question.yes is not None
        return "yes" if judged(question.yes, setting).holds else "no"
    if question.kind == CHOICE:
        held = [n for n, claim in question.choices.items() if judged(claim, setting).holds]
        if len(held) != 1:
            raise InputError("question_choice", found=", ".join(held) or Wording("none"))
        return held[0]
    return _place(question, setting)


def _place(question: Question, setting: Setting) -> tuple[int, int]:
    data = _matrix(question, setting).data * (1 if question.kind == LARGEST else -1)
    if not np.isfinite(data).any() or np.isnan(data).any():
        raise InputError("question_place")
    best = float(data.max())
    with np.errstate(invalid="ignore"):
        near = np.argwhere((data == best) | (best - data < 1e-9))
    if len(near) != 1:
        raise InputError("question_tie", found=len(near))
    return int(near[0][0]), int(near[0][1])


def is_right(question: Question, setting: Setting, answer: Answer) -> bool:
    """Whether an answer is right; a number may be off by the tolerance."""
    wanted = right(question, setting)
    if question.kind == NUMBER and isinstance(wanted, float):
        if not isinstance(answer, int | float):
            return False
        both_nan = math.isnan(wanted) and math.isnan(answer)
        return both_nan or answer == wanted or abs(answer - wanted) <= question.within
    return answer == wanted


def wrong(question: Question, setting: Setting) -> Answer:
    """An answer that is not right."""
    wanted = right(question, setting)
    if isinstance(wanted, float):
        return wanted + 10 * max(question.within, 0.1) if math.isfinite(wanted) else 0.0
    return next(o.answer for o in offers(question, setting) if o.answer != wanted)
