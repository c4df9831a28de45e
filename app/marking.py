"""What the last change was: the run before it, against which numbers are marked."""

from __future__ import annotations

from app.changes import Earlier, State
from app.shelving import Shelving
from engine import Array, Trace


class Marking(Shelving):
    """Remembers the run before the last edit, or before the undo that took one back."""

    @property
    def earlier(self) -> Trace | None:
        """The run before the last change of the active sheet."""
        found = self.state.active.origin.earlier
        return None if found is None else found.trace

    @property
    def is_undone(self) -> bool:
        """Whether the last change of the active sheet was an undo."""
        found = self.state.active.origin.earlier
        return found is not None and found.is_undo

    def was(self, path: str) -> Array | None:
        """A matrix's numbers before the last change; None if there was none of that shape."""
        if self.earlier is None or self.earlier is self.trace:
            return None
        if path not in self.earlier and path not in self.earlier.given:
            return None
        found = self.earlier.matrix(path).data
        return found if found.shape == self.trace.matrix(path).data.shape else None

    def working_was(self, index: int) -> Array | None:
        """The numbers of one of the step's workings before the last change, of the same shape."""
        if self.earlier is None or self.cursor.path not in self.earlier:
            return None
        before, now = self.earlier[self.cursor.path].workings, self.step.workings
        if index >= len(before) or before[index].matrix.shape != now[index].matrix.shape:
            return None
        return before[index].matrix.data

    def remember(self, before: State, *, is_undo: bool) -> None:
        """The active sheet is another than it was in `before`."""
        origin = self.state.active.origin
        for sheet in before.sheets:
            if sheet.origin is origin and sheet.trace is not self.trace:
                origin.earlier = Earlier(sheet.trace, is_undo)
