"""Hides in the window what a lecturer's file locks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.lock_table import locks

if TYPE_CHECKING:
    from app.window import Window


class Locked(QObject):
    """Hides in a window what the scenario that is open locks."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self.window = window
        self.names: tuple[str, ...] = ()
        window.document.trace_changed.connect(self._on_changed)
        window.document.file_changed.connect(self._on_changed)
        self._on_changed()

    def _on_changed(self) -> None:
        names = self.window.document.scenario.locked
        if names != self.names:
            self.names = names
            self._apply()

    def _apply(self) -> None:
        window = self.window
        if "editing" in self.names:
            window.document.select(None)
        for lock in locks():
            is_free = lock.name not in self.names
            for name, action in window.actions_.by_name.items():
                if lock.holds(name):
                    action.setVisible(is_free)
            for name in lock.tabs:
                window.side.allow(name, is_free)
            for name in lock.panels:
                getattr(window, name).setEnabled(is_free)
