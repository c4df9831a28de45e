"""The screen that a window is on."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget


def screen_room(window: QWidget) -> QRect:
    """What windows may cover of the screen around a window's middle, else of the first one.

    QWidget.screen() would say it too, but PySide6 6.11 frees the screen together with the
    widget that was asked, and the next window ends the process.
    """
    middle = window.frameGeometry().center()
    screen = QGuiApplication.screenAt(middle) or QGuiApplication.primaryScreen()
    return screen.availableGeometry()
