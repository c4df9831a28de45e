"""Figures that sum a matrix up in one line, for under a pane."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QCoreApplication

from app.numbers import MOST_DIGITS, format_number
from app.seen import Goal
from app.symbols import plain
from engine import Array, Matrix, Trace, edits, measures


@dataclass(frozen=True)
class Figures:
    """A text of one line, and what it means."""

    text: str
    meaning: str


def figures(trace: Trace, matrix: Matrix, goal: Goal | None, digits: int) -> list[Figures]:
    """Of shares how they are spread; of a run with a goal how steep it is here.

    Without a goal it is the loss, where there is one. Rows that are no numbers (masked
    throughout) are left out of the means.
    """
    told = [_spread(matrix, digits)] if matrix.is_share and matrix.shape[1] > 1 else []
    aim = goal or Goal(edits.LOSS, 0, 0)
    if aim.is_in(trace) and matrix.path in trace:
        told.append(_slope(trace, matrix, aim, digits, is_loss=goal is None))
    return told


def _slope(trace: Trace, matrix: Matrix, aim: Goal, digits: int, *, is_loss: bool) -> Figures:
    translate = QCoreApplication.translate
    text = translate("Figures", "gradient norm of %1 here: %2")
    if is_loss:
        text = translate("Figures", "gradient norm of the loss %1 here: %2")
    found = measures.gradient_norms(trace, aim.path, (aim.row, aim.column))
    norm = _written(found.steps.get(matrix.path, 0.0), min(digits + 2, MOST_DIGITS))
    text = text.replace("%1", plain(trace[aim.path].output.symbol)).replace("%2", norm)
    meaning = translate(
        "Figures",
        "Gradient norm: how fast the goal (without one, the loss) changes with all numbers of "
        "this matrix together. D makes the number asked the goal.",
    )
    return Figures(text, meaning)


def _spread(matrix: Matrix, digits: int) -> Figures:
    translate = QCoreApplication.translate
    text = translate("Figures", "mean of the rows: largest %1 · entropy %2 · effective number %3")
    makers = (measures.largest_weight, measures.entropy, measures.effective_tokens)
    for index, make in enumerate(makers, start=1):
        text = text.replace(f"%{index}", _mean(make(matrix.data), digits))
    meaning = translate(
        "Figures",
        "How a row spreads its shares: the largest of them; their entropy, in nats; and among "
        "how many places they would be even (e to the entropy).",
    )
    return Figures(text, meaning)


def _mean(rows: Array, digits: int) -> str:
    known = rows[np.isfinite(rows)]
    return _written(float(known.mean()), digits) if known.size else "NaN"


def _written(value: float, digits: int) -> str:
    return format_number(value, max(digits, 2))
