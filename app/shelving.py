"""Setting aside what is open, with its history, and taking it up again exactly as it was."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QUndoStack

from app.changes import Aside, Sheet
from app.comparing import Comparing
from engine import Cursor, save


class Shelving(Comparing):
    """The history in force, and the one that waits.

    Signals:
        history_changed: something else would be undone or redone now, or nothing any more.
    """

    history_changed = Signal()
    _kept_back: frozenset[str] = frozenset()
    left: list[Cursor]
    undo_stack: QUndoStack

    def place(self, cursor: Cursor) -> bool:
        """Stand at `cursor`."""
        raise NotImplementedError

    def select(self, selection: tuple[int, int, int] | None) -> None:
        """Select an input's cell, or nothing."""
        raise NotImplementedError

    def on_clean_changed(self) -> None:
        """Tell of it where something unsaved is there now, or no longer."""
        raise NotImplementedError

    def tell_file(self) -> None:
        """Say what file is open, and whether it holds everything."""
        raise NotImplementedError

    @property
    def kept_back(self) -> frozenset[str]:
        """Steps whose results are not told, because a lesson asks for them."""
        return self._kept_back

    def keep_back(self, *paths: str) -> None:
        """Tell no results of these steps from now on, and those of all others."""
        if self._kept_back != frozenset(paths):
            self._kept_back = frozenset(paths)
            self.cursor_changed.emit()

    def history(self) -> QUndoStack:
        """A new history without entries."""
        stack = QUndoStack(self)
        stack.cleanChanged.connect(self.on_clean_changed)
        stack.indexChanged.connect(self.history_changed)
        return stack

    def set_aside(self) -> Aside:
        """Put what is open aside, with its history; what is opened next has one of its own."""
        self.cancel()
        aside = Aside(self.state, self.cursor, self.left, self.undo_stack)
        self.left, self.undo_stack = [], self.history()
        self.history_changed.emit()
        return aside

    def save_waiting(self, aside: Aside, sheet: Sheet, path: Path) -> bool:
        """Write a sheet of what waits to a file, whole or not at all; it goes on waiting."""

        def written() -> bool:
            save(sheet.scenario, path)
            return True

        if not self.tried(written):
            return False
        sheet.origin.path, sheet.origin.saved = path, sheet.scenario
        aside.undo_stack.resetClean() if aside.state.modified() else aside.undo_stack.setClean()
        return True

    def take_up(self, aside: Aside) -> None:
        """Go on with what was set aside, exactly where it was left."""
        self.cancel()
        self.undo_stack.deleteLater()
        self.undo_stack, self.left = aside.undo_stack, aside.left
        self.select(None)
        earlier = [sheet.origin.earlier for sheet in aside.state.sheets]
        self.show(aside.state)
        for sheet, before in zip(aside.state.sheets, earlier, strict=True):
            sheet.origin.earlier = before
        self.place(aside.cursor)
        self.history_changed.emit()
        self.tell_file()
