"""Figures that sum a matrix up in one line, for under a pane."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QCoreApplication

from app.numbers import MOST_DIGITS, format_number
from app.seen import Goal
from app.symbols import plain
from engine import Array, Matrix, Trace, measures


def figures(trace: Trace, matrix: Matrix, goal: Goal | None, digits: int) -> str:
    """Of shares how they are spread; of a run with a goal how steep it is here.

    Without a goal it is the loss, where there is one. Rows that are no numbers (masked
    throughout) are left out of the means.
    """
    told = _spread(matrix, digits) if matrix.is_share and matrix.shape[1] > 1 else []
    aim = goal or loss_of(trace)
    if aim is not None and aim.is_in(trace) and matrix.path in trace:
        found = measures.gradient_norms(trace, aim.path, (aim.row, aim.column))
        text = QCoreApplication.translate("Figures", "gradient norm of %1 here: %2")
        norm = _written(found.steps.get(matrix.path, 0.0), min(digits + 2, MOST_DIGITS))
        symbol = plain(trace[aim.path].output.symbol)
        told.append(text.replace("%1", symbol).replace("%2", norm))
    return " · ".join(told)


def loss_of(trace: Trace) -> Goal | None:
    """The one number that a run ends in, such as a loss; None if it ends in several."""
    last = list(trace)[-1].output
    return Goal(last.path, 0, 0) if last.shape == (1, 1) else None


def _spread(matrix: Matrix, digits: int) -> list[str]:
    text = QCoreApplication.translate(
        "Figures", "mean of the rows: largest %1 · entropy %2 · effective number %3"
    )
    makers = (measures.largest_weight, measures.entropy, measures.effective_tokens)
    for index, make in enumerate(makers, start=1):
        text = text.replace(f"%{index}", _mean(make(matrix.data), digits))
    return [text]


def _mean(rows: Array, digits: int) -> str:
    known = rows[np.isfinite(rows)]
    return _written(float(known.mean()), digits) if known.size else "NaN"


def _written(value: float, digits: int) -> str:
    return format_number(value, max(digits, 2))
