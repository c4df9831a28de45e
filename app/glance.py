"""The side of a comparison that is not active, as views see it."""

from __future__ import annotations

from dataclasses import replace

from app.changes import State
from app.document import Document
from app.seen import Goal, Seen
from engine import Cursor, Matrix, Scenario, Trace, comparison, moves


class Glance(Seen):
    """Looks at the other sheet where the cursor stands on the active one.

    Without a comparison, and where the other side has no such step, it shows the nearest
    there is; ask `has_step` and `has_number` first.
    """

    def __init__(self, document: Document) -> None:
        super().__init__(document)
        self.document = document
        self._known: dict[int | None, comparison.Contrast] = {}
        self._known_cursor: Cursor | None = None
        self._known_of: tuple[State, Cursor] = (document.state, document.cursor)
        document.trace_changed.connect(self.trace_changed)
        document.cursor_changed.connect(self.cursor_changed)
        document.selection_changed.connect(self.selection_changed)
        document.sides_changed.connect(self.trace_changed)
        document.goal_changed.connect(self.goal_changed)

    @property
    def scenario(self) -> Scenario:
        """The other sheet's scenario."""
        return (self.document.state.other or self.document.state.active).scenario

    @property
    def trace(self) -> Trace:
        """The other sheet's run."""
        return (self.document.state.other or self.document.state.active).trace

    @property
    def has_step(self) -> bool:
        """Whether the other side has the step under the cursor."""
        return self.document.cursor.path in self.trace

    @property
    def has_number(self) -> bool:
        """Whether the number under the cursor has a counterpart over there."""
        return self.has_step and self._counterpart() is not None

    @property
    def cursor(self) -> Cursor:
        """The number that belongs to the one under the document's cursor, or the nearest."""
        self._forget()
        if self._known_cursor is None:
            cursor = self.document.cursor
            spot = self._counterpart() if self.has_step else None
            if spot is not None:
                cursor = replace(cursor, row=spot[0], column=spot[1])
            self._known_cursor = moves.settled(self.trace, cursor)
        return self._known_cursor

    @property
    def selection(self) -> tuple[int, int, int] | None:
        """Nothing is edited over there."""
        return None

    @property
    def goal(self) -> Goal | None:
        """The same place over there."""
        return self.document.goal

    @property
    def shown(self) -> str:
        """What the active side shows."""
        return self.document.shown

    @property
    def kept_back(self) -> frozenset[str]:
        """What is asked on one side is asked on both."""
        return self.document.kept_back

    def _counterpart(self) -> tuple[int, int] | None:
        number = self.document.number
        found = self.contrast()
        return found.counterpart(number.row, number.column, is_b=self.document.is_b)

    def contrast(self, place: int | None = None) -> comparison.Contrast:
        """B − A of an input of the step, or of what the cursor's number belongs to."""
        self._forget()
        if place not in self._known:
            self._known[place] = comparison.contrast(*self.subjects(place))
        return self._known[place]

    def _forget(self) -> None:
        """What is known holds for one state and one cursor: painting asks a hundred times."""
        now = (self.document.state, self.document.cursor)
        if now != self._known_of:
            self._known_of, self._known_cursor = now, None
            self._known.clear()

    def subjects(self, place: int | None = None) -> tuple[Matrix | None, Matrix | None]:
        """A's and B's matrix: an input, else the output or working under the cursor."""
        these, those = self._subject(self.document, place), self._subject(self, place)
        return (those, these) if self.document.is_b else (these, those)

    def _subject(self, seen: Seen, place: int | None) -> Matrix | None:
        """Of one side: the input, the working or the output; None if it has no such."""
        trace, path = seen.trace, moves.shown(self.document.trace, self.document.cursor).path
        if path not in trace:
            return None
        step = trace[path]
        if place is not None:
            wanted = self.document.step.inputs[place].path
            return next((m for m in step.inputs if m.path == wanted), None)
        working = self.document.number.working
        if working < 0:
            return step.output
        return step.workings[working].matrix if working < len(step.workings) else None
