"""Keys that step the walk must not be taken from a control that needs them itself."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QPushButton, QWidget


class _Keeper(QObject):
    """Claims plain keys for the widget with the keyboard before a shortcut gets them."""

    def __init__(self, widget: QWidget, only: frozenset[Qt.Key]) -> None:
        super().__init__(widget)
        self.only = only
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Accept the override, so that the key press reaches the widget."""
        if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        plain = event.modifiers() in {
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.ShiftModifier,
            Qt.KeyboardModifier.KeypadModifier,
        }
        key = Qt.Key(event.key())
        if plain and key not in FREE and (not self.only or key in self.only):
            event.accept()
            return True
        # Undo belongs to the document, not to the text of a field that only holds a number.
        return event.matches(QKeySequence.StandardKey.Undo)


CLICKER = (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
"""The keys that a lecturer's clicker sends: they walk, whatever has the keyboard."""

FREE = (*CLICKER, Qt.Key.Key_F1, Qt.Key.Key_F5, Qt.Key.Key_F6, Qt.Key.Key_F11)
"""Keys that no control has a use for: those of the clicker, help, the hall, the full screen."""

PRESS = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)
"""The keys that press a button."""


def keep_keys(widget: QWidget, keys: Iterable[Qt.Key] = ()) -> None:
    """Let the widget have these plain keys, or all of them if none are named."""
    _Keeper(widget, frozenset(keys))


def press_keys(button: QPushButton) -> None:
    """Let Space and Return press the button, whatever else they do in the window."""
    button.setAutoDefault(True)
    keep_keys(button, PRESS)


def spend_alt(widget: QWidget) -> None:
    """Let Alt have been for this widget: letting go of it is not to open the menu bar.

    Qt forgets Alt at a key or a button, but not at a turn of the wheel.
    """
    QApplication.sendEvent(widget, QEvent(QEvent.Type.ActivationChange))
