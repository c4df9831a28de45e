"""The one object with state: what is open, where the learner stands, what can be undone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.changes import Change, Origin, Sheet, State
from app.marking import Marking
from engine import Cell, Cursor, Edit, Scenario, Trace, cells, edits, moves, run, save


class Document(Marking):
    """Scenario, trace, cursor and undo stack; the only writer of all of them.

    In a comparison there are two sheets; what is said of a scenario is said of the active one.

    Every edit takes one road: make the new scenario, run the engine, push one command.
    If the engine refuses, nothing has changed and `refused` tells why.

    Signals:
        model_changed: options, words, pins or ties are others too: the map's business.
        sides_changed: a comparison began or ended, or another side of it is active.
        file_changed: another file is open, or its saved state changed.
    """

    model_changed = Signal()
    sides_changed = Signal()
    file_changed = Signal()

    def __init__(self, scenario: Scenario, parent: QObject | None = None) -> None:
        super().__init__(parent)
        origin = Origin(scenario, saved=scenario, name=scenario.name)
        self.state = State(Sheet(scenario, run(scenario), origin))
        self._cursor = moves.start(self.trace)
        self._selection: tuple[int, int, int] | None = None
        self._before: State | None = None
        self._was_modified = False
        self.left: list[Cursor] = []
        self.undo_stack = self.history()

    # What is shown

    @property
    def scenario(self) -> Scenario:
        """The active sheet's scenario."""
        return self.state.active.scenario

    @property
    def trace(self) -> Trace:
        """The active sheet's run."""
        return self.state.active.trace

    @property
    def opened(self) -> Scenario:
        """What the active sheet began as."""
        return self.state.active.origin.opened

    @property
    def cursor(self) -> Cursor:
        """Where the learner stands, on both sides of a comparison."""
        return self._cursor

    @property
    def selection(self) -> tuple[int, int, int] | None:
        """The input's cell (input, row, column) that is selected for editing."""
        return self._selection

    @property
    def path(self) -> Path | None:
        """The active sheet's file."""
        return self.state.active.origin.path

    @property
    def title(self) -> str:
        """The active sheet's file, or its name."""
        return self.state.active.origin.title

    @property
    def is_modified(self) -> bool:
        """Whether there is an edit that no file holds."""
        return not self.undo_stack.isClean() and bool(self.state.modified())

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
        self._cursor = cursor
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

    def trace_back(self, *, is_last: bool = False) -> bool:
        """Follow a computed number that the one under the cursor was read from.

        That is the first one of the first matrix, or of the last.
        """
        firsts: dict[int, Cell] = {}
        for cell in cells(moves.expression(self.trace, self.cursor)):
            if self.step.inputs[cell.source].origin == "step":
                firsts.setdefault(cell.source, cell)
        if not firsts:
            return False
        cell = list(firsts.values())[-1 if is_last else 0]
        return self.follow(cell.source, cell.row, cell.column)

    def come_back(self) -> bool:
        """Return to where one was before the last number was followed."""
        if not self.left:
            return False
        return self.place(moves.settled(self.trace, self.left.pop()))

    def select(self, selection: tuple[int, int, int] | None) -> None:
        """Select an input's cell (input, row, column) for editing, or nothing."""
        if selection != self.selection:
            self._selection = selection
            self.selection_changed.emit()

    # Editing

    def edit(self, text: str, make: Edit) -> bool:
        """Change the scenario in one undoable step; False, and `refused`, if it can't be.

        An edit that changes nothing (a number confirmed as it is) leaves no entry.
        """
        self.cancel()
        ran = self.ran(lambda: make(self.scenario))
        if ran is not None and not edits.is_same(self.scenario, ran[0]):
            self.push(text, self.state.edited(*ran))
        return ran is not None

    def push(self, text: str, after: State, sides: str = "") -> None:
        """Make `after` what is open, in one undoable step; of the active side, or of `sides`."""
        if self.is_comparing:
            text = f"{text} ({sides or ('B' if self.is_b else 'A')})"
        self.undo_stack.push(Change(self, text, self.state, after))

    # Previews: while the mouse drags, everything follows; letting go makes one undo entry

    def preview(self, make: Edit) -> bool:
        """Show an edit without an undo entry; several in a row count as one change."""
        ran = self.ran(lambda: make(self.scenario))
        if ran is not None:
            self.show(self.state.edited(*ran), self._before or self.state)
        return ran is not None

    def settle(self, text: str) -> None:
        """End the previews: what they changed becomes one undo entry."""
        if self._before is None:
            return
        before, self._before = self._before, None
        after = self.state
        if not edits.is_same(before.active.scenario, after.active.scenario):
            self.state = before
            self.push(text, after)

    def cancel(self) -> None:
        """End the previews as if they had not been."""
        if self._before is not None:
            self.state = self._before
            self.show(self._before)

    # Files

    def open(self, source: str) -> bool:
        """Open a built-in scenario by name, or a file; on failure all stays as it was."""
        sheet = self.opened_sheet(source)
        if sheet is not None:
            self._begin(sheet)
        return sheet is not None

    def begin(self, scenario: Scenario) -> None:
        """Start with a scenario that no file holds."""
        origin = Origin(scenario, None, scenario, scenario.name)
        self._begin(Sheet(scenario, run(scenario), origin))

    def _begin(self, sheet: Sheet) -> None:
        self.left = []
        self.let_go()
        self.undo_stack.clear()
        self.select(None)
        self._cursor = moves.start(sheet.trace)
        self.show(State(sheet))
        self.cursor_changed.emit()
        self.tell_file()

    def save(self, path: Path) -> bool:
        """Write the active sheet to a file, whole or not at all."""
        self.settle(self.tr("Change numbers"))

        def written() -> bool:
            save(self.scenario, path)
            return True

        if not self.tried(written):
            return False
        self.has_file(path)
        return True

    def has_file(self, path: Path | None) -> None:
        """Let the active sheet be what this file holds, or what can be opened again."""
        origin = self.state.active.origin
        origin.path, origin.saved = path, self.scenario
        # A clean stack says that nothing is unsaved, on neither side.
        self.undo_stack.resetClean() if self.state.modified() else self.undo_stack.setClean()
        self.tell_file()

    def show(self, state: State, since: State | None = None, *, is_undo: bool = False) -> None:
        """Let this be what is open; only edits, undo, redo and comparing come here.

        `since` is what was open before previews began; whatever else is shown ends them.
        """
        old, self.state, self._before = self.state, state, since
        is_same_model = edits.is_same_model(old.active.scenario, state.active.scenario)
        is_held_elsewhere = not edits.is_held_alike(old.active.scenario, state.active.scenario)
        self.remember(since or old, is_undo=is_undo)
        before = self.cursor
        self._cursor = moves.settled(self.trace, before)
        if self.selection is not None:
            self._keep_selection(before.path)
        self.trace_changed.emit()
        if not is_same_model or is_held_elsewhere:
            self.model_changed.emit()
        if self.cursor != before:
            self.cursor_changed.emit()
        self.keep_goal()
        if [s.origin for s in old.sheets] != [s.origin for s in state.sheets] or (
            old.is_b != state.is_b
        ):
            self.sides_changed.emit()
        self.on_clean_changed()

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

    def on_clean_changed(self) -> None:
        """Tell of it where something unsaved is there now, or no longer."""
        if self._was_modified != self.is_modified:
            self.tell_file()

    def tell_file(self) -> None:
        """Say what file is open, and whether it holds everything."""
        self._was_modified = self.is_modified
        self.file_changed.emit()
