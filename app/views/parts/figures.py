"""Figures that sum a matrix up in one line, for under a pane."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QCoreApplication

from app.numbers import format_number
from app.symbols import plain
from engine import Array, Matrix, Trace, measures


def figures(trace: Trace, matrix: Matrix, digits: int) -> str:
    """Of shares how they are spread; of a run with a loss how steep it is here.

    Rows that are no numbers (masked throughout) are left out of the means.
    """
    told = _spread(matrix, digits) if matrix.is_share and matrix.shape[1] > 1 else []
    goal = goal_of(trace)
    if goal is not None and matrix.path in trace:
        norm = measures.gradient_norms(trace, goal.path).steps.get(matrix.path, 0.0)
        text = QCoreApplication.translate("Figures", "gradient norm of %1 here: %2")
        told.append(text.replace("%1", plain(goal.symbol)).replace("%2", _written(norm, digits)))
    return " · ".join(told)


def goal_of(trace: Trace) -> Matrix | None:
    """The one number that a run ends in, such as a loss; None if it ends in several."""
    last = list(trace)[-1].output
    return last if last.shape == (1, 1) else None


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
