"""The small values of lesson.toml, each read strictly: phrases, claims, changes, questions."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from engine.course.claims import KINDS, WITH_VARIANT, Claim
from engine.course.lesson import Changes
from engine.course.phrases import Phrase, phrase
from engine.course.questions import CHOICE, NUMBER, QUESTION_KINDS, TWO_DECIMALS, YES, Question
from engine.errors import InputError, Wording
from engine.options import CHOICES
from engine.scenario import Blocked
from engine.strict_json import Spot
from engine.trace import Array, freeze

ID = re.compile(r"[A-Za-z][\w-]*")
CHANGES = ("options", "words", "masks", "params", "ties", "cells", "pins")
SIDES = ("source", "target", "expected")


def some(spot: Spot, known: Sequence[str]) -> dict[str, Any]:
    """A table whose keys are all known; a Fault names the first that isn't."""
    members = spot.members()
    for name in members:
        if name not in known:
            raise spot[name].fault("field_unknown", name=name, known=", ".join(known))
    return members


def named(spot: Spot) -> list[str]:
    """The keys of a table, each an id: letters, digits, “-” and “_”."""
    for name in spot.members():
        if not ID.fullmatch(name):
            raise spot[name].fault("lesson_id", name=name)
    return list(spot.members())


def text(spot: Spot) -> str:
    """A text."""
    if not isinstance(spot.value, str):
        raise spot.wanted(Wording("in_quotes"))
    return spot.value


def whole(spot: Spot, low: int) -> int:
    """A whole number from `low` on."""
    if type(spot.value) is not int or spot.value < low:
        raise spot.wanted(Wording("whole_from", low=low))
    return int(spot.value)


def real(spot: Spot) -> float:
    """A number."""
    if type(spot.value) not in {int, float}:
        raise spot.wanted(Wording("a_number"))
    return float(spot.value)


def switch(spot: Spot) -> bool:
    """True or false."""
    if not isinstance(spot.value, bool):
        raise spot.wanted(Wording("true_or_false"))
    return spot.value


def read_phrase(spot: Spot) -> Phrase:
    """A phrase; a bare number is one."""
    if type(spot.value) not in {int, float, str}:
        raise spot.wanted(Wording("in_a_phrase"))
    with spot.blamed():
        return phrase(spot.value)


def read_claim(spot: Spot) -> Claim:
    """A claim: { KIND = a phrase or a list of them, holds, within, when }."""
    members = some(spot, (*KINDS, "holds", "within", "when"))
    kinds = [name for name in members if name in KINDS]
    if len(kinds) != 1:
        raise spot.fault("claim_kind", known=", ".join(KINDS))
    phrases = _phrases(spot, kinds[0])
    if ("when" in members) != (kinds[0] in WITH_VARIANT):
        raise spot.fault("claim_when")
    return Claim(
        kinds[0],
        phrases,
        switch(spot["holds"]) if "holds" in members else True,
        real(spot["within"]) if "within" in members else None,
        text(spot["when"]) if "when" in members else "",
    )


def _phrases(spot: Spot, name: str) -> tuple[Phrase, ...]:
    kind, given = KINDS[name], spot[name]
    spots = [given]
    if isinstance(given.value, list):
        spots = [given.item(i) for i in range(len(given.value))]
    if len(spots) < kind.least or (kind.most >= 0 and len(spots) > kind.most):
        count = str(kind.least)
        if kind.most != kind.least:
            count = Wording("or_more", least=kind.least)
        raise given.fault("claim_count", name=name, count=count)
    return tuple(map(read_phrase, spots))


def read_question(spot: Spot) -> Question:
    """A question: { KIND = ... } with `within` for a number."""
    members = some(spot, (*QUESTION_KINDS, "within"))
    kinds = [name for name in members if name in QUESTION_KINDS]
    if len(kinds) != 1 or ("within" in members and kinds[0] != NUMBER):
        raise spot.fault("question_kind", known=", ".join(QUESTION_KINDS))
    kind, given = kinds[0], spot[kinds[0]]
    if kind == YES:
        return Question(kind, yes=read_claim(given))
    if kind == CHOICE:
        choices = {name: read_claim(given[name]) for name in named(given)}
        if len(choices) < 2:
            raise given.fault("question_few")
        return Question(kind, choices=choices)
    within = real(spot["within"]) if "within" in members else TWO_DECIMALS
    return Question(kind, read_phrase(given), within)


def read_changes(spot: Spot) -> Changes:
    """What a `set` or a variant changes."""
    members = some(spot, CHANGES)
    return Changes(
        options=_options(spot["options"]) if "options" in members else {},
        words=_words(spot["words"], SIDES) if "words" in members else {},
        masks=_each(spot, "masks", _mask),
        params=_each(spot, "params", _param),
        ties=_each(spot, "ties", text),
        cells=_each(spot, "cells", _cells),
        pins=_each(spot, "pins", _cells),
    )


def _each(spot: Spot, name: str, read: Any) -> Mapping[str, Any]:
    if name not in spot.value:
        return {}
    return {path: read(spot[name][path]) for path in spot[name].members()}


def _options(spot: Spot) -> dict[str, Any]:
    """Options by name; the mask's value may be -inf."""
    found = {}
    for name in spot.members():
        choice, option = CHOICES.get(name), spot[name]
        if choice is None:
            raise option.fault("option_unknown", name=name, known=", ".join(CHOICES))
        if not choice.accepts(option.value):
            expected = choice.describe()
            raise option.fault(
                "option_range", name=name, expected=expected, found=repr(option.value)
            )
        found[name] = float(option.value) if choice.kind == "mask_value" else option.value
    return found


def _words(spot: Spot, sides: Sequence[str]) -> dict[str, tuple[str, ...]]:
    return {side: spot[side].texts(Wording("list_of_words")) for side in some(spot, sides)}


def read_vocabularies(spot: Spot) -> dict[str, tuple[str, ...]]:
    """The words that a new scenario knows."""
    return _words(spot, SIDES[:2])


def _mask(spot: Spot) -> Blocked:
    rows = spot.texts(Wording("list_of_rows"), "row")
    for index, row in enumerate(rows):
        if len(row) != len(rows[0]) or row.strip(".x"):
            raise spot.item(index, "row").fault("mask_row", found=row)
    return np.array([[letter == "x" for letter in row] for row in rows], dtype=bool)


def _param(spot: Spot) -> Array | Phrase:
    """A phrase, a matrix or a vector."""
    if not isinstance(spot.value, list):
        return read_phrase(spot)
    try:
        found = np.array(spot.value, dtype=np.float64)
    except (TypeError, ValueError):
        raise spot.wanted(Wording("even_rows")) from None
    if not found.size or not np.isfinite(found).all():
        raise spot.wanted(Wording("even_rows"))
    return freeze(found)


def _cells(spot: Spot) -> tuple[tuple[int, int, float], ...]:
    found = []
    for index, cell in enumerate(spot.elements(Wording("list_of_cells"))):
        is_cell = isinstance(cell, list) and len(cell) == 3
        if not is_cell or not all(type(n) is int and n > 0 for n in cell[:2]):
            raise spot.item(index).fault("pin_form")
        if type(cell[2]) not in {int, float} or not math.isfinite(cell[2]):
            raise spot.item(index).fault("pin_form")
        found.append((cell[0] - 1, cell[1] - 1, float(cell[2])))
    return tuple(found)


def read_cell(spot: Spot) -> tuple[int, int]:
    """A row and a column, written from 1, here from 0."""
    cell = spot.elements(Wording("row_and_column"))
    if len(cell) != 2 or not all(type(n) is int and n > 0 for n in cell):
        raise spot.wanted(Wording("row_and_column"))
    return cell[0] - 1, cell[1] - 1


def blank(error: InputError) -> InputError:
    """The same error without a place."""
    return InputError(error.code, **error.facts)
