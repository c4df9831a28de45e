"""Hides in the window what a lecturer's file locks, and says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize, Qt
from PySide6.QtWidgets import QToolButton

from app.icons import icon
from app.keys import PRESS, keep_keys
from app.lock_table import locks
from app.views.parts.retold import Retold

if TYPE_CHECKING:
    from app.window import Window


class Locked(QObject):
    """Hides in a window what the scenario that is open locks.

    A lesson stays in reach while it runs, even if its own scenario locks the lessons.
    """

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self.window = window
        self.names: tuple[str, ...] = ()
        self.padlock = Padlock(window)
        window.document.trace_changed.connect(self._on_changed)
        window.document.file_changed.connect(self._on_changed)
        self._on_changed()

    def _on_changed(self) -> None:
        names = self.window.document.scenario.locked
        if self.window.desk.is_in_lesson:
            names = tuple(name for name in names if name != "lessons")
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
        # The last ones stand in others.
        for menu in reversed(window.actions_.menus.values()):
            entries = (a for a in menu.actions() if not a.isSeparator())
            menu.menuAction().setVisible(any(a.isVisible() for a in entries))
        self.padlock.tell(self.names)


class Padlock(Retold, QToolButton):
    """In the menu bar's corner: that something is locked, what, and the way to unlock it."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self.look = window.look
        self.names: tuple[str, ...] = ()
        self.setObjectName("padlock")
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        keep_keys(self, PRESS)
        self.clicked.connect(window.actions_.by_name["lock"].trigger)
        window.look.changed.connect(self._on_changed)
        window.menuBar().setCornerWidget(self)
        self._on_changed()

    def tell(self, names: tuple[str, ...]) -> None:
        """Stand there for these groups of controls, or go."""
        self.names = names
        self._on_changed()

    def _on_changed(self) -> None:
        hidden = [lock.text for lock in locks() if lock.name in self.names]
        told = self.tr("This file keeps from a class: %1").replace("%1", "\n· ".join(["", *hidden]))
        self.setText(self.tr("Locked"))
        self.setToolTip(told)
        self.setAccessibleDescription(told)
        self.setFont(self.look.font(12))
        self.setIconSize(QSize(self.look.px(14), self.look.px(14)))
        self.setIcon(icon("lock", self.look))
        self.setVisible(bool(hidden))

    def minimumSizeHint(self) -> QSize:
        """The bar is as high as what stands in its corner asks for, seen or not."""
        return super().minimumSizeHint() if self.names else QSize(0, 0)

    def sizeHint(self) -> QSize:
        """Likewise."""
        return super().sizeHint() if self.names else QSize(0, 0)
