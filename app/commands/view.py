"""What the View menu does: size, digits, theme, panels."""

from __future__ import annotations

from app.commands.group import Group
from app.numbers import MOST_DIGITS


class ViewCommands(Group):
    """The slots of the View menu."""

    def on_smaller(self) -> None:
        """Smaller text."""
        self.desk.look.zoom_by(-1)

    def on_larger(self) -> None:
        """Larger text."""
        self.desk.look.zoom_by(1)

    def on_usual_size(self) -> None:
        """Text at 100%."""
        self.desk.look.set_zoom(100)

    def on_more_digits(self) -> None:
        """One decimal more in every matrix, at most six."""
        self._show_digits(self.desk.look.digits + 1)

    def on_fewer_digits(self) -> None:
        """One decimal fewer, at least one."""
        self._show_digits(self.desk.look.digits - 1)

    def _show_digits(self, digits: int) -> None:
        self.desk.preferences.use("digits", min(max(digits, 1), MOST_DIGITS))

    def on_theme_system(self) -> None:
        """The theme that the system has."""
        self.desk.preferences.use("theme", "")

    def on_theme_light(self) -> None:
        """Light."""
        self.desk.preferences.use("theme", "light")

    def on_theme_contrast(self) -> None:
        """High contrast."""
        self.desk.preferences.use("theme", "contrast")

    def on_dark(self) -> None:
        """Between light and dark."""
        name = "light" if self.desk.look.theme.name == "dark" else "dark"
        self.desk.preferences.use("theme", name)

    def on_present(self) -> None:
        """The stage and the arithmetic alone, for a lecture hall."""
        self.desk.present_wanted.emit()

    def on_solo(self) -> None:
        """The panel with the keyboard alone, on the whole screen."""
        self.desk.solo_wanted.emit()

    def on_settings(self) -> None:
        """What is set once and for all."""
        self.desk.dialogs.show_preferences(self.desk.preferences)

    def on_show_map(self) -> None:
        """Show or hide the map."""
        self.desk.panel_wanted.emit("map")

    def on_show_side(self) -> None:
        """Show or hide the side panel."""
        self.desk.panel_wanted.emit("side")

    def on_full_screen(self) -> None:
        """Fill the screen, or no longer."""
        if self.desk.window.isFullScreen():
            self.desk.window.showNormal()
        else:
            self.desk.window.showFullScreen()
