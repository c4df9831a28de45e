"""What painted widgets tell screen readers: their parts, by name, role and place.

A widget that paints matrices, boxes or words has no child widgets for them, so nothing would be
read out. A `Voice` describes them; Qt asks for its interfaces when a screen reader is there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QAccessibleEvent,
    QAccessibleInterface,
)
from PySide6.QtWidgets import QWidget

from app.views.parts.interfaces import Key, Node, Piece, Role, Whole


class Voice(QObject):
    """Tells what a widget shows. Asked anew each time, so that nothing in it grows old.

    A view's own voice says what it is called, what its parts are and where the learner is.
    """

    def __init__(self, widget: QWidget, role: Role) -> None:
        super().__init__(widget)
        self.widget = widget
        self.role = role
        self.whole: Whole | None = None
        self.pieces: dict[Key, Piece] = {}
        widget.destroyed.connect(self._on_gone)

    def name(self) -> str:
        """What the widget is called."""
        return self.widget.accessibleName()

    def nodes(self) -> Sequence[Node]:
        """The parts, in the order of reading."""
        return ()

    def cell(self, table: Node, row: int, column: int) -> Node:
        """A cell of a part that is a table."""
        raise NotImplementedError

    def here(self) -> Key | None:
        """The part where the learner is: what the keyboard acts on."""
        return None

    # What interfaces ask

    def find(self, key: Key) -> Node | None:
        """The part of a key, if there still is one."""
        for node in self.nodes():
            if node.key == key:
                return node
            if key[: len(node.key)] == node.key and len(key) == len(node.key) + 2:
                row, column = int(key[-2]), int(key[-1])
                is_there = 0 <= row < node.shape[0] and 0 <= column < node.shape[1]
                return self.cell(node, row, column) if is_there else None
        return None

    def piece(self, key: Key) -> Piece:
        """The interface of a part; Qt must meet the same one each time."""
        found = self.pieces.get(key)
        if found is None:
            found = self.pieces[key] = Piece(self, key)
        return found

    def interface(self) -> Whole:
        """The widget's own interface."""
        if self.whole is None:
            self.whole = Whole(self)
        return self.whole

    # What is told unasked

    def tell(self) -> None:
        """The learner is elsewhere, or what is there has changed."""
        if QAccessible.isActive() and self.widget.hasFocus():
            key = self.here()
            target = self.interface() if key is None else self.piece(key)
            for kind in (QAccessible.Event.Focus, QAccessible.Event.NameChanged):
                QAccessible.updateAccessibility(QAccessibleEvent(target, kind))

    def _on_gone(self) -> None:
        """Qt would keep the pieces for ever: they belong to no object."""
        for piece in self.pieces.values():
            QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(piece))
        self.pieces.clear()


class Listed(Voice):
    """The voice of a widget whose parts are a plain list, told by functions of the widget."""

    def __init__(
        self,
        widget: QWidget,
        name: Callable[[], str],
        nodes: Callable[[], Sequence[Node]],
        role: Role = Role.List,
    ) -> None:
        super().__init__(widget, role)
        self._name = name
        self._nodes = nodes

    def name(self) -> str:
        """What the widget is called."""
        return self._name()

    def nodes(self) -> Sequence[Node]:
        """The parts, in the order of reading."""
        return self._nodes()

    def here(self) -> Key | None:
        """The part that is selected."""
        return next((node.key for node in self._nodes() if node.is_selected), None)


def announce(widget: QWidget, text: str) -> None:
    """Have a sentence read out, wherever the learner is."""
    if QAccessible.isActive() and text:
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))


def interface_of(_kind: str, about: QObject) -> QAccessibleInterface | None:
    """Qt's question for an object's interface: ours, where it has a voice."""
    voice = getattr(about, "voice", None)
    return voice.interface() if isinstance(voice, Voice) else None


def listen() -> None:
    """Let Qt ask our widgets' voices."""
    QAccessible.installFactory(interface_of)
