"""What the Help menu does."""

from __future__ import annotations

from app.commands.group import Group


class HelpCommands(Group):
    """The slots of the Help menu."""

    def on_show_keys(self) -> None:
        """The shortcut sheet."""
        self.desk.dialogs.show_keys()

    def on_welcome(self) -> None:
        """The tour of a first start once more."""
        self.desk.welcome_wanted.emit()

    def on_about(self) -> None:
        """Name, version, licences."""
        from app.version import version

        self.desk.dialogs.about(version())
