"""Numbers, answers and judged claims of a lesson, in words and figures."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from app.numbers import format_number, format_whole
from engine.course import Answer, Offer, Outcome, Result

CLOSE = 10
"""How many tolerances off a number is still close: one decimal instead of two."""

MOST_SHOWN = 6
"""A row or column of more numbers is cut short."""


def written(result: Result, digits: int) -> str:
    """A value as a text quotes it: a label, a number, a row in brackets, rows of rows."""
    if result.word:
        return result.word
    if result.number is not None:
        return format_whole(result.number, digits)
    data = result.data
    if 1 in data.shape:
        return _row([float(n) for n in data.ravel()], digits)
    rows = [_row([float(n) for n in row], digits) for row in data[:MOST_SHOWN]]
    return f"({', '.join(rows)}{', …' if len(data) > MOST_SHOWN else ''})"


def _row(numbers: list[float], digits: int) -> str:
    is_whole = all(n.is_integer() and abs(n) < 10_000 for n in numbers if n - n == 0)
    # An exact zero is written as the stage writes it.
    shown = [format_number(n, 0 if is_whole or n == 0 else digits) for n in numbers[:MOST_SHOWN]]
    return f"({', '.join(shown)}{', …' if len(numbers) > MOST_SHOWN else ''})"


def answer_text(answer: Answer, offers: tuple[Offer, ...], digits: int) -> str:
    """An answer that is a number, yes or no, or a label; the words of choices lie elsewhere."""
    translate = QCoreApplication.translate
    if isinstance(answer, float | int):
        return format_whole(float(answer), digits)
    if answer == "yes":
        return translate("Evidence", "Yes")
    if answer == "no":
        return translate("Evidence", "No")
    return next((o.label for o in offers if o.answer == answer), str(answer))


def mistake(answer: Answer, right: Answer, digits: int, within: float) -> str:
    """Why an answer is wrong, as far as that can be said without giving the right one away."""
    translate = QCoreApplication.translate
    if isinstance(answer, str | tuple) or isinstance(right, str | tuple):
        return translate("Evidence", "✗ Not so.")
    text = translate("Evidence", "✗ It is not %1.")
    gap, mirrored = abs(answer - right), abs(answer + right)
    if abs(right) > within and (answer == -right or mirrored <= within):
        text = translate("Evidence", "✗ %1 has the wrong sign.")
    elif gap <= CLOSE * within:
        text = translate("Evidence", "✗ %1 is close, but not close enough.")
    elif answer < right:
        text = translate("Evidence", "✗ %1 is too small.")
    elif answer > right:
        text = translate("Evidence", "✗ %1 is too large.")
    return text.replace("%1", format_whole(float(answer), digits))


def evidence(outcome: Outcome, digits: int) -> str:
    """What a claim was judged by, in one line."""
    translate = QCoreApplication.translate
    claim = outcome.claim
    asked = " · ".join(phrase.text for phrase in claim.phrases)
    if claim.when:
        asked = f"{asked} · {claim.when}"
    judged = _judged(outcome, digits)
    text = (
        translate("Evidence", "Checked: %1. %2")
        if outcome.holds
        else translate("Evidence", "Does not hold now: %1. %2")
    )
    return text.replace("%2", judged).replace("%1", asked)


def _judged(outcome: Outcome, digits: int) -> str:
    """The numbers of both sides where they are few, else how far apart they are."""
    sides = [written(s, digits) for s in outcome.sides if s.data.size <= MOST_SHOWN]
    sign = _signs().get(outcome.claim.kind, "")
    if len(sides) == len(outcome.sides) > 1 and outcome.claim.holds:
        return f" {sign or '|'} ".join(sides)
    if outcome.gap is not None:
        return _gaps(outcome.claim.kind)(f"{outcome.gap:.2g}".replace("-", "−"))
    count = sum(s.data.size for s in outcome.sides)
    text = QCoreApplication.translate("Evidence", "numbers looked at: %1")
    text = text.replace("%1", str(count))
    return f"{', '.join(sides)} ({text})" if sides else text


def _signs() -> dict[str, str]:
    """The sign between two sides, where the field has one."""
    return {
        "equal": "=",
        "same": "=",
        "unchanged": "=",
        "different": "≠",
        "changed": "→",
        "less": "<",
        "at_most": "≤",
    }


def _gaps(kind: str) -> Callable[[str], str]:
    """How the largest difference is told for a kind of claim."""
    translate = QCoreApplication.translate
    texts = {
        "sums_to_one": translate("Evidence", "The sums are off 1 by at most %1."),
        "symmetric": translate("Evidence", "Number and mirror image differ by at most %1."),
    }
    text = texts.get(kind, translate("Evidence", "The largest difference is %1."))
    return lambda gap: text.replace("%1", gap)
