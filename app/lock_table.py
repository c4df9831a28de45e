"""What can be locked for a class, as one table.

A lock is no protection: it keeps a class from what it is not to touch yet.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication


@dataclass(frozen=True)
class Lock:
    """A group of controls: the actions and tabs that go, the panels that can't be used.

    `actions` are names of the actions' table, or beginnings of names that end in "*".
    """

    name: str
    text: str
    actions: tuple[str, ...] = ()
    tabs: tuple[str, ...] = ()
    panels: tuple[str, ...] = ()

    def holds(self, action: str) -> bool:
        """Whether an action belongs to the group."""
        return any(
            action == name or (name.endswith("*") and action.startswith(name[:-1]))
            for name in self.actions
        )


def locks() -> tuple[Lock, ...]:
    """The table, in the language in force; how numbers are kept from being edited, see Stage."""
    translate = QCoreApplication.translate
    return (
        Lock(
            "editing",
            translate("Locks", "Changing numbers and masks"),
            (
                *("edit_input", "paste", "fill_*", "round", "reset"),
                *("tie", "untie", "copy_from", "import_parameters"),
            ),
        ),
        Lock("pins", translate("Locks", "Pins"), ("pin", "unpin", "unpin_all")),
        Lock(
            "words",
            translate("Locks", "Words"),
            ("next_word", "translate"),
            panels=("tokens",),
        ),
        Lock("options", translate("Locks", "Options"), tabs=("options",)),
        Lock(
            "compare",
            translate("Locks", "Comparing"),
            ("compare_*", "other_side", "swap_sides", "keep_a", "keep_b"),
        ),
        Lock(
            "lessons",
            translate("Locks", "Lessons"),
            (
                *("lessons", "open_lessons", "practice"),
                *("next_stop", "previous_stop", "stop_again", "leave_lesson"),
            ),
            ("lessons",),
        ),
        Lock(
            "export",
            translate("Locks", "Exporting"),
            ("export", "export_plot", "copy_picture", "copy_plot", "copy_latex"),
        ),
    )
