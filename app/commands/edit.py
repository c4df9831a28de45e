"""What the Edit menu does to the scenario as a whole; one matrix is in matrix."""

from __future__ import annotations

from app.commands.group import Group


class EditCommands(Group):
    """Undo, redo, the way to the inputs, and the decoder's loop."""

    def on_undo(self) -> None:
        """One edit back."""
        self.desk.document.undo_stack.undo()

    def on_redo(self) -> None:
        """One edit forward again."""
        self.desk.document.undo_stack.redo()

    def on_edit_input(self) -> None:
        """The keyboard goes to the first input that can be changed."""
        self.desk.stage_wanted.emit()

    def on_next_word(self) -> None:
        """One round of decoding."""
        self.desk.document.next_word()

    def on_translate(self) -> None:
        """Decode to the end."""
        self.desk.document.translate()
