"""The keys of the lecture hall, for its window, its notes and the shortcut sheet."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

KEYS: dict[str, tuple[str, ...]] = {
    "next": ("Right", "PgDown"),
    "next_stop": ("Ctrl+PgDown",),
    "previous_stop": ("Ctrl+PgUp",),
    "reveal": ("Return", "Enter"),
    "hide": ("H",),
    "spotlight": ("S",),
    "blank": ("B", "."),
    "larger": ("Ctrl++", "Ctrl+="),
    "smaller": ("Ctrl+-",),
    "usual": ("Ctrl+0",),
    "notes": ("N",),
    "leave": ("Esc", "F5"),
}
"""What the hall's own keys do; those of walking are the main window's."""


def short_sheet() -> list[tuple[str, str]]:
    """The keys that one needs, each with a word or two."""
    translate = QCoreApplication.translate
    return [
        ("PgDn", translate("Hall", "next")),
        ("PgUp", translate("Hall", "back")),
        ("H", translate("Hall", "hide answers")),
        ("S", translate("Hall", "spotlight")),
        ("B", translate("Hall", "black")),
        ("Ctrl+ −", translate("Hall", "size")),
        ("N", translate("Hall", "notes")),
        ("Esc", translate("Hall", "leave")),
    ]


def long_sheet() -> list[tuple[str, str]]:
    """All keys of the hall, for the shortcut sheet."""
    translate = QCoreApplication.translate
    return [
        ("PgDn, PgUp", translate("Hall", "Next and back, as a clicker sends them")),
        ("Ctrl+PgDn, Ctrl+PgUp", translate("Hall", "A lesson's next stop, and the one before")),
        ("B, .", translate("Hall", "Black, and back again")),
        ("H", translate("Hall", "Hide results; Enter or PgDn shows the one that is asked")),
        ("S", translate("Hall", "Spotlight: the row, the matrix, off; or the right button")),
        ("Ctrl++, Ctrl+-", translate("Hall", "Larger, smaller text")),
        ("N", translate("Hall", "The second window: notes, next step, time")),
        ("Esc, F5", translate("Hall", "Back to the window as it was")),
    ]
