"""The one object with state: what is open, where the learner stands, what can be undone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack

from app.changes import Change, State
from app.editing import Editing
from app.sources import open_source
from engine import (
    Array,
    Cursor,
    Edit,
    InputError,
    Scenario,
    Step,
    Trace,
    cells,
    edits,
    moves,
    run,
    save,
)


class Document(Editing):
    """Scenario, trace, cursor and undo stack; the only writer of all of them.

    Every edit takes one road: make the new scenario, run the engine, push one command.
    If the engine refuses, nothing has changed and `refused` tells why.

    Signals:
        trace_changed: the numbers are others now (an edit, undo, another file).
        model_changed: options, words or pinned steps are others too: the map's business.
        cursor_changed: the learner stands elsewhere.
        selection_changed: another input cell is selected, or none.
        file_changed: another file is open, or its saved state changed.
        refused(InputError): an edit was not possible.
    """

    trace_changed = Signal()
    model_changed = Signal()
    cursor_changed = Signal()
    selection_changed = Signal()
    file_changed = Signal()
    refused = Signal(object)

    def __init__(self, scenario: Scenario, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.scenario = self.opened = scenario
        self.trace = run(scenario)
        self.cursor = moves.start(self.trace)
        self.selection: tuple[int, int, int] | None = None
        self.path: Path | None = None
        self._before: State | None = None
        self.earlier: Trace | None = None
        self.left: list[Cursor] = []
        self.undo_stack = QUndoStack(self)
        self.undo_stack.cleanChanged.connect(self._on_clean_changed)

    # What is shown

    @property
    def step(self) -> Step:
        """The step under the cursor."""
        return self.trace[self.cursor.path]

    @property
    def number(self) -> Cursor:
        """The cursor with row and column inside the step."""
        return moves.visible(self.trace, self.cursor)

    @property
    def title(self) -> str:
        """The file's name, or the built-in scenario's."""
        return self.path.name if self.path else self.scenario.name

    def was(self, path: str) -> Array | None:
        """A matrix's numbers before the last edit; None if there was no such matrix."""
        if self.earlier is None or self.earlier is self.trace:
            return None
        return self.earlier.matrix(path).data

    @property
    def is_modified(self) -> bool:
        """Whether there is an edit that no file holds."""
        return not self.undo_stack.isClean()

    # Moving

    def move(self, how: Callable[[Trace, Cursor], Cursor]) -> bool:
        """Move by one of the cursor's functions; False if there is no further way."""
        return self.place(how(self.trace, self.cursor))

    def place(self, cursor: Cursor) -> bool:
        """Stand at `cursor`; False if that is where one stood."""
        if cursor == self.cursor:
            return False
        if cursor.path != self.cursor.path:
            self.select(None)
        self.cursor = cursor
        self.cursor_changed.emit()
        return True

    def go_to(self, path: str, depth: str = moves.STEP) -> None:
        """Stand at a step of this trace."""
        self.place(moves.go_to(self.trace, path, depth))

    def follow(self, source: int, row: int, column: int) -> bool:
        """Go to the step that computed a number of an input; False if none did."""
        matrix = self.step.inputs[source]
        if matrix.origin != "step":
            return False
        self.left.append(self.cursor)
        depth = self.cursor.depth if self.cursor.depth != moves.BLOCK else moves.STEP
        target = moves.go_to(self.trace, matrix.path, depth)
        return self.place(moves.at_number(self.trace, target, -1, row, column))

    def trace_back(self) -> bool:
        """Follow the first computed number that the one under the cursor was read from."""
        for cell in cells(moves.expression(self.trace, self.cursor)):
            if self.step.inputs[cell.source].origin == "step":
                return self.follow(cell.source, cell.row, cell.column)
        return False

    def come_back(self) -> bool:
        """Return to where one was before the last number was followed."""
        if not self.left:
            return False
        return self.place(moves.settled(self.trace, self.left.pop()))

    def select(self, selection: tuple[int, int, int] | None) -> None:
        """Select an input's cell (input, row, column) for editing, or nothing."""
        if selection != self.selection:
            self.selection = selection
            self.selection_changed.emit()

    # Editing

    def edit(self, text: str, make: Edit) -> bool:
        """Change the scenario in one undoable step; False, and `refused`, if it can't be.

        An edit that changes nothing (a number confirmed as it is) leaves no entry.
        """
        self.cancel()
        try:
            scenario = make(self.scenario)
            trace = run(scenario)
        except InputError as error:
            self.refused.emit(error)
            return False
        if not edits.is_same(self.scenario, scenario):
            before = (self.scenario, self.trace)
            self.undo_stack.push(Change(self, text, before, (scenario, trace)))
        return True

    # Previews: while the mouse drags, everything follows; letting go makes one undo entry

    def preview(self, make: Edit) -> bool:
        """Show an edit without an undo entry; several in a row count as one change."""
        try:
            scenario = make(self.scenario)
            trace = run(scenario)
        except InputError as error:
            self.refused.emit(error)
            return False
        self.show(scenario, trace, self._before or (self.scenario, self.trace))
        return True

    def settle(self, text: str) -> None:
        """End the previews: what they changed becomes one undo entry."""
        if self._before is None:
            return
        before, self._before = self._before, None
        after = (self.scenario, self.trace)
        if not edits.is_same(before[0], after[0]):
            self.scenario, self.trace = before
            self.undo_stack.push(Change(self, text, before, after))

    def cancel(self) -> None:
        """End the previews as if they had not been."""
        if self._before is not None:
            self.scenario, self.trace = self._before
            self.show(*self._before)

    # Files

    def open(self, source: str) -> bool:
        """Open a built-in scenario by name, or a file; on failure all stays as it was."""
        try:
            scenario, path = open_source(source)
            trace = run(scenario)
        except InputError as error:
            self.refused.emit(error)
            return False
        self._begin(scenario, trace, path)
        return True

    def begin(self, scenario: Scenario) -> None:
        """Start with a scenario that no file holds."""
        self._begin(scenario, run(scenario), None)

    def _begin(self, scenario: Scenario, trace: Trace, path: Path | None) -> None:
        self.path = path
        self.opened = scenario
        self.left = []
        self.undo_stack.clear()
        self.select(None)
        self.cursor = moves.start(trace)
        self.show(scenario, trace)
        self.earlier = None
        self.cursor_changed.emit()
        self.file_changed.emit()

    def save(self, path: Path) -> bool:
        """Write the scenario to a file, whole or not at all."""
        self.settle(self.tr("Change numbers"))
        try:
            save(self.scenario, path)
        except InputError as error:
            self.refused.emit(error)
            return False
        self.path = path
        self.undo_stack.setClean()
        self.file_changed.emit()
        return True

    def show(self, scenario: Scenario, trace: Trace, since: State | None = None) -> None:
        """Let this be what is open; only edits, undo and redo come here.

        `since` is what was open before previews began; whatever else is shown ends them.
        """
        is_same_model = edits.is_same_model(self.scenario, scenario)
        is_pinned_elsewhere = self.scenario.pins.keys() != scenario.pins.keys()
        self._before = since
        earlier = since[1] if since else self.trace
        self.earlier = earlier if is_same_model else None
        self.scenario, self.trace = scenario, trace
        before = self.cursor
        self.cursor = moves.settled(trace, before)
        if self.selection is not None:
            self._keep_selection(before.path)
        self.trace_changed.emit()
        if not is_same_model or is_pinned_elsewhere:
            self.model_changed.emit()
        if self.cursor != before:
            self.cursor_changed.emit()

    def _keep_selection(self, path: str) -> None:
        """Bring it within bounds; nothing is selected where the step `path` is no more."""
        assert self.selection is not None
        place, row, column = self.selection
        inputs = self.step.inputs
        if self.cursor.path != path or place >= len(inputs) or not inputs[place].is_editable:
            self.select(None)
            return
        rows, columns = inputs[place].shape
        self.select((place, min(row, rows - 1), min(column, columns - 1)))

    def _on_clean_changed(self) -> None:
        self.file_changed.emit()
