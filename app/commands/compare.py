"""What the Compare menu does: a second scenario beside the first."""

from __future__ import annotations

from pathlib import Path

from app.commands.group import Group


class CompareCommands(Group):
    """Begin, turn, swap, end. What B is made with is chosen in the menu of `app.compare_menu`."""

    def on_compare_with(self) -> None:
        """Open the menu of what may be changed."""
        self.desk.compare_wanted.emit()

    def on_compare_copy(self) -> None:
        """A plain copy of A, to be edited."""
        self.desk.document.compare(self.tr("a copy"))

    def on_compare_file(self) -> None:
        """Ask for a file and lay it beside."""
        document = self.desk.document
        folder = document.path.parent if document.path else Path.home()
        name = self.desk.dialogs.open_name(str(folder))
        if name:
            self.desk.playback.pause()
            document.compare_file(name)

    def on_other_side(self) -> None:
        """The other side becomes the one that is edited."""
        self.desk.playback.pause()
        self.desk.document.turn()

    def on_swap_sides(self) -> None:
        """A is B from now on, and B is A."""
        self.desk.document.swap()

    def on_keep_a(self) -> None:
        """End the comparison with A."""
        self.desk.document.keep(is_b=False)

    def on_keep_b(self) -> None:
        """End the comparison with B."""
        self.desk.document.keep(is_b=True)
