"""The goal: the number whose gradient every matrix can show."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from app.seen import BOTH, Goal, Seen
from engine import Cursor, moves


class Aiming(Seen):
    """Choosing a goal, and what of it is shown. None of that is an edit, nor in a file.

    The goal is a place in the run: it keeps to it through edits, while its step is there.

    Signals:
        goal_lost(Goal): its step, or the place in it, is gone.
    """

    goal_lost = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._goal: Goal | None = None
        self._shown = BOTH

    def place(self, cursor: Cursor) -> bool:
        """Stand at `cursor`."""
        raise NotImplementedError

    @property
    def goal(self) -> Goal | None:
        """The number whose gradient is asked for."""
        return self._goal

    @property
    def shown(self) -> str:
        """What matrices show while there is a goal."""
        return self._shown

    def aim(self, path: str, row: int, column: int) -> None:
        """Make one result the goal; the goal itself is let go of."""
        goal = Goal(path, row, column)
        self._goal = None if goal == self._goal else goal
        self.goal_changed.emit()

    def go_to_goal(self) -> None:
        """Stand at the goal."""
        goal = self._goal
        if goal is not None:
            target = moves.go_to(self.trace, goal.path, moves.NUMBER)
            self.place(moves.at_number(self.trace, target, -1, goal.row, goal.column))

    def let_go(self) -> bool:
        """Have no goal; False if there was none."""
        if self._goal is None:
            return False
        self._goal = None
        self.goal_changed.emit()
        return True

    def show_as(self, shown: str) -> None:
        """Show values, gradients or both."""
        if shown != self._shown:
            self._shown = shown
            self.goal_changed.emit()

    def keep_goal(self) -> None:
        """Let go of a goal that is not there any more, and say so."""
        lost = self._goal
        if lost is not None and not lost.is_in(self.trace):
            self._goal = None
            self.goal_changed.emit()
            self.goal_lost.emit(lost)
