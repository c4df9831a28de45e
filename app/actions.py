"""Menus, toolbar and shortcut sheet, made from the table of actions."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QToolBar, QWidget

from app.action_table import menu_names, table
from app.icons import icon
from app.theme import Look


class Actions(QObject):
    """The table's QActions, each connected to the slot `on_<name>` of one of `handlers`."""

    def __init__(self, window: QWidget, handlers: Sequence[QObject], look: Look) -> None:
        super().__init__(window)
        self.look = look
        self.by_name: dict[str, QAction] = {}
        self.menus: dict[str, QMenu] = {}
        for entry in table():
            action = QAction(window)
            action.setCheckable(entry.is_checkable)
            action.setShortcuts([QKeySequence(k) for k in entry.keys])
            slot: Callable[[], None] = _slot(handlers, f"on_{entry.name}")
            action.triggered.connect(slot)
            window.addAction(action)
            self.by_name[entry.name] = action
        look.changed.connect(self.refresh)

    def fill(self, bar: QMenuBar, tools: QToolBar) -> None:
        """Make the menus and the toolbar."""
        names = menu_names()
        for key in names:
            parent = self.menus[key.split("/", maxsplit=1)[0]] if "/" in key else bar
            self.menus[key] = parent.addMenu("")
        for entry in table():
            menu = self.menus[entry.menu.lstrip("-")]
            if entry.menu.startswith("-"):
                menu.addSeparator()
            menu.addAction(self.by_name[entry.name])
            if entry.on_toolbar:
                tools.addAction(self.by_name[entry.name])
        self.refresh()

    def refresh(self) -> None:
        """Texts and icons for the language, theme and zoom in force."""
        for entry in table():
            action = self.by_name[entry.name]
            action.setText(entry.text)
            plain = plain_name(entry.text)
            keys = ", ".join(key_name(k) for k in entry.keys)
            action.setToolTip(f"{plain} ({keys})" if keys else plain)
            if entry.name == "usual_size":
                action.setIconText(f"{self.look.zoom}%")
            if entry.icon:
                action.setIcon(icon(entry.icon, self.look))
        for key, title in menu_names().items():
            self.menus[key].setTitle(title)


def _slot(handlers: Sequence[QObject], name: str) -> Callable[[], None]:
    owner = next(h for h in handlers if hasattr(h, name))
    slot: Callable[[], None] = getattr(owner, name)
    return slot


def plain_name(text: str) -> str:
    """A text of a menu without its letter: "Save" of "&Save", "保存" of "保存(&S)"."""
    return re.sub(r"\(&.\)|&", "", text)


def key_name(key: str) -> str:
    """A shortcut as the system writes it."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)


def sheet() -> list[tuple[str, list[tuple[str, str]]]]:
    """The shortcut sheet: by menu, what each key does."""
    names = menu_names()
    found: dict[str, list[tuple[str, str]]] = {}
    for entry in table():
        if entry.keys:
            title = plain_name(names[entry.menu.lstrip("-").split("/")[0]])
            keys = " / ".join(key_name(k) for k in entry.keys)
            text = plain_name(entry.text).removesuffix(" ...")
            found.setdefault(title, []).append((keys, text))
    return list(found.items())
