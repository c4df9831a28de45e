"""The one kind of undo command there is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QUndoCommand

from engine import Scenario, Trace

if TYPE_CHECKING:
    from app.document import Document

State = tuple[Scenario, Trace]


class Change(QUndoCommand):
    """Everything before and after one edit; the engine has run before it is pushed."""

    def __init__(self, document: Document, text: str, before: State, after: State) -> None:
        super().__init__(text)
        self.document = document
        self.before = before
        self.after = after

    def undo(self) -> None:
        """Show what was before."""
        self.document.show(*self.before)

    def redo(self) -> None:
        """Show what was made; also called when the command is pushed."""
        self.document.show(*self.after)
