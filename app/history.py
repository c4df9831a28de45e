"""What undo and redo are called: whether there is something to undo, and what."""

from __future__ import annotations

from PySide6.QtCore import QObject

from app.actions import Actions
from app.desk import Desk


class History(QObject):
    """Tells the two actions what they would do now."""

    def __init__(self, desk: Desk, actions: Actions) -> None:
        super().__init__(actions)
        self.desk, self.actions = desk, actions
        self.told: dict[str, str] = {}
        self.language = ""
        desk.document.history_changed.connect(self._on_history)
        self._on_history()

    def refresh(self) -> None:
        """After a switch of the language; entries stay in the one that they were made in."""
        is_spoken = self.language == self.desk.texts.language
        self.actions.tell(self.told if is_spoken else dict.fromkeys(self.told, ""))

    def _on_history(self) -> None:
        document, texts = self.desk.document, self.desk.texts
        stack, by_name = document.undo_stack, self.actions.by_name
        by_name["undo"].setEnabled(stack.canUndo())
        by_name["redo"].setEnabled(stack.canRedo())
        told = {"undo": stack.undoText(), "redo": stack.redoText()}
        self.told = {n: texts.with_matrices(text, document.trace) for n, text in told.items()}
        self.language = texts.language
        self.refresh()
