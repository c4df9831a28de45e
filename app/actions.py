"""Menus, toolbar and shortcut sheet, made from the table of actions."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QToolBar, QWidget

from app.action_table import Entry, menu_names, table
from app.icons import icon
from app.theme import Look


class Actions(QObject):
    """The table's QActions, each connected to the slot `on_<name>` of one of `handlers`."""

    def __init__(self, window: QWidget, handlers: Sequence[QObject], look: Look) -> None:
        super().__init__(window)
        self.look = look
        self.by_name: dict[str, QAction] = {}
        self.menus: dict[str, QMenu] = {}
        self.told: dict[str, str] = {}
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
            self._name(entry)
            if entry.name == "usual_size":
                action.setIconText(f"{self.look.zoom}%")
            if entry.icon:
                action.setIcon(icon(entry.icon, self.look))
        for key, title in menu_names().items():
            self.menus[key].setTitle(title)

    def tell(self, told: Mapping[str, str]) -> None:
        """Say with these actions what they would do now: what undo would take back."""
        self.told = dict(told)
        for entry in table():
            if entry.name in told:
                self._name(entry)

    def _name(self, entry: Entry) -> None:
        """What stands in the menu, and with the keys where the mouse rests on the button."""
        action, told = self.by_name[entry.name], self.told.get(entry.name, "")
        text, tip = entry.text, plain_name(entry.text)
        if told:
            tip = self.tr("%1: %2").replace("%1", tip).replace("%2", told)
            # A letter behind Chinese has to go: with one, Qt cuts what has room.
            head = re.sub(r"\(&.\)$", "", text)
            text = self.tr("%1: %2").replace("%1", head).replace("%2", told.replace("&", "&&"))
        action.setText(text)
        keys = ", ".join(key_name(k) for k in entry.keys)
        action.setToolTip(f"{tip} ({keys})" if keys else tip)


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
