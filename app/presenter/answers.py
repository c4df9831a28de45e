"""Predict, then reveal: which results are kept back, and which have been asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from PySide6.QtCore import QObject, Signal

from app.document import Document
from app.glance import Glance
from app.views.parts.secrets import question
from engine import Cursor, Part, is_done, moves

Number = tuple[bool, str, int, int, int]
"""A number: whether it is B's, its step, its working (−1 for the result), row, column."""


class Answers(QObject):
    """While answers are hidden, a step's result and its workings show only what was revealed.

    Walking by steps reveals a whole matrix, walking by numbers one number; in a comparison on
    both sides at once.

    Signals:
        changed: answers are hidden or no longer, or one was revealed.
    """

    changed = Signal()

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.document = document
        self.glance = Glance(document)
        self.is_hiding = False
        self.digits = 2
        self._steps: set[str] = set()
        self._numbers: set[Number] = set()

    def toggle(self) -> None:
        """Hide what comes from now on, or hide nothing any more."""
        self.is_hiding = not self.is_hiding
        self._steps.clear()
        self._numbers.clear()
        self.changed.emit()

    def reveal(self) -> None:
        """Show the number asked, or the whole matrix where one walks by steps or blocks."""
        if self.document.cursor.depth in {moves.NUMBER, moves.OPERATION}:
            self._numbers.add(self._number(self.document.number, self.document.is_b))
            if self.document.is_comparing and self.glance.has_number:
                self._numbers.add(self._number(self.glance.number, not self.document.is_b))
        else:
            self._steps.add(self.path())
        self.changed.emit()

    @staticmethod
    def _number(at: Cursor, is_b: bool) -> Number:
        return is_b, at.path, at.working, at.row, at.column

    def path(self) -> str:
        """The step whose result stands at the right of the stage."""
        return moves.shown(self.document.trace, self.document.cursor).path

    def is_secret(
        self, path: str, working: int, row: int, column: int, *, is_other: bool = False
    ) -> bool:
        """Whether a number is kept back, of the active side or of the other one."""
        is_b = self.document.is_b != is_other
        is_known = path in self._steps or (is_b, path, working, row, column) in self._numbers
        return self.is_hiding and not is_known

    def is_result_secret(self, *, is_other: bool = False) -> bool:
        """Whether the arithmetic must not say what it comes to."""
        at = self.glance.number if is_other else self.document.number
        return self.is_secret(at.path, at.working, at.row, at.column, is_other=is_other)

    @property
    def is_asked_first(self) -> bool:
        """Whether a lesson keeps back what is shown, hidden answers or not."""
        return self.path() in self.document.kept_back

    def is_waiting(self) -> bool:
        """Whether what is asked is still to be revealed, before one goes on."""
        document, depth = self.document, self.document.cursor.depth
        if depth == moves.OPERATION and not is_done(moves.reduced(document.trace, document.cursor)):
            return False
        if self.is_asked_first:
            return True
        if depth in {moves.BLOCK, moves.STEP}:
            return self.is_hiding and self.path() not in self._steps
        return self.is_result_secret()

    def secrets(self, part: Part, *, is_other: bool = False) -> Mapping[tuple[int, int], str]:
        """What stands in place of the numbers of a part that are kept back."""
        if not self.is_hiding or part.matrix is None or part.kind not in {"output", "working"}:
            return {}
        working = part.index if part.kind == "working" else -1
        path = part.matrix.path if part.kind == "output" else self.document.cursor.path
        rows, columns = part.matrix.shape
        spots = ((row, column) for row in range(rows) for column in range(columns))
        text = question(part.matrix, self.digits)
        return {
            spot: text for spot in spots if self.is_secret(path, working, *spot, is_other=is_other)
        }


def told(part: Part, secrets: Mapping[tuple[int, int], str]) -> Part:
    """A part without what is kept back: no colour may give it away."""
    if not secrets or part.matrix is None:
        return part
    data = part.matrix.data.copy()
    for row, column in secrets:
        data[row, column] = np.nan
    return replace(part, matrix=part.matrix.with_data(data))
