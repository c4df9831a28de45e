"""A run as views see it: the sheet that is edited, or the other one of a comparison."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal

from engine import Array, Cursor, Scenario, Step, Trace, edits, moves


class Seen(QObject):
    """What drawing a step needs: a scenario, its trace, and where in it the learner stands.

    Signals:
        trace_changed: the numbers are others now (an edit, undo, another file).
        cursor_changed: the learner stands elsewhere.
        selection_changed: another input cell is selected, or none.
    """

    trace_changed = Signal()
    cursor_changed = Signal()
    selection_changed = Signal()

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

    def one_with(self, path: str) -> tuple[str, ...]:
        """The other parameters that a parameter is one with."""
        return edits.one_with(self.scenario, path)

    def pins(self, path: str) -> Mapping[tuple[int, int], float]:
        """The results of a step that were set by hand."""
        return self.scenario.pins.get(path, {})
