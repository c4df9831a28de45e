"""A run as views see it: the sheet that is edited, or the other one of a comparison."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QObject, Signal

from engine import Array, Cursor, Scenario, Step, Trace, backpropagate, edits, moves

VALUES, GRADIENTS, BOTH = SHOWN = ("values", "gradients", "both")
"""What matrices can show while there is a goal."""


@dataclass(frozen=True)
class Goal:
    """A number of a step's output: every other is asked how much it would change this one."""

    path: str
    row: int
    column: int

    def is_in(self, trace: Trace) -> bool:
        """Whether a run has such a number."""
        if self.path not in trace:
            return False
        rows, columns = trace[self.path].output.shape
        return self.row < rows and self.column < columns

    def value(self, trace: Trace) -> float:
        """The number, in a run that has it."""
        return float(trace[self.path].output.data[self.row, self.column])


class Seen(QObject):
    """What drawing a step needs: a scenario, its trace, and where in it the learner stands.

    Signals:
        trace_changed: the numbers are others now (an edit, undo, another file).
        cursor_changed: the learner stands elsewhere.
        selection_changed: another input cell is selected, or none.
        goal_changed: another number is the goal, or none; or something else of it is shown.
    """

    trace_changed = Signal()
    cursor_changed = Signal()
    selection_changed = Signal()
    goal_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._slopes: tuple[Trace, Goal, Mapping[str, Array]] | None = None

    @property
    def scenario(self) -> Scenario:
        """What was computed."""
        raise NotImplementedError

    @property
    def trace(self) -> Trace:
        """What computing it left behind."""
        raise NotImplementedError

    @property
    def cursor(self) -> Cursor:
        """Where the learner stands; always a place in `trace`."""
        raise NotImplementedError

    @property
    def selection(self) -> tuple[int, int, int] | None:
        """The selected input's cell: input, row, column."""
        raise NotImplementedError

    @property
    def step(self) -> Step:
        """The step under the cursor."""
        return self.trace[self.cursor.path]

    @property
    def number(self) -> Cursor:
        """The cursor with row and column inside the step."""
        return moves.visible(self.trace, self.cursor)

    def was(self, path: str) -> Array | None:  # noqa: ARG002
        """A matrix's numbers before the last edit; None if there was no such matrix."""
        return None

    def working_was(self, index: int) -> Array | None:  # noqa: ARG002
        """The same of one of the step's workings."""
        return None

    @property
    def is_undone(self) -> bool:
        """Whether the numbers changed last because an edit was undone."""
        return False

    @property
    def goal(self) -> Goal | None:
        """The number whose gradient is asked for."""
        return None

    @property
    def shown(self) -> str:
        """What matrices show while there is a goal: one of SHOWN."""
        return VALUES

    def gradient(self, path: str) -> Array | None:
        """How fast the goal changes with each number of a matrix; None without a goal.

        It is 0 for what comes after the goal, and NaN throughout where the goal is no
        finite number.
        """
        goal, trace = self.goal, self.trace
        if goal is None or not goal.is_in(trace):
            return None
        shape = trace.matrix(path).shape
        if not np.isfinite(goal.value(trace)):
            return np.full(shape, np.nan)
        # All views ask about the same run, which never changes: computed once for all of them.
        if self._slopes is None or self._slopes[0] is not trace or self._slopes[1] != goal:
            found = backpropagate(trace, goal.path, (goal.row, goal.column))
            self._slopes = (trace, goal, found)
        known = self._slopes[2].get(path)
        return np.zeros(shape) if known is None else known

    def one_with(self, path: str) -> tuple[str, ...]:
        """The other parameters that a parameter is one with."""
        return edits.one_with(self.scenario, path)

    @property
    def kept_back(self) -> frozenset[str]:
        """Steps whose results are not told, because a lesson asks for them."""
        return frozenset()

    def pins(self, path: str) -> Mapping[tuple[int, int], float]:
        """The results of a step that were set by hand."""
        return self.scenario.pins.get(path, {})
