"""Interfaces for screen readers to what a widget paints: tables, cells, boxes, words.

PySide6 has no QAccessibleTableInterface. A matrix therefore says that it is a table and gives
its cells as children; each cell says its row and column by name, and by number through the
interface of table cells, which PySide6 has.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import PySide6
from PySide6.QtCore import QObject, QRect, QRectF
from PySide6.QtGui import (
    QAccessible,
    QAccessibleInterface,
    QAccessibleTableCellInterface,
    QWindow,
)
from PySide6.QtWidgets import QAccessibleWidget
from shiboken6 import VoidPtr

if TYPE_CHECKING:
    from app.views.parts.voice import Voice

Key = tuple[str | int, ...]
Role = QAccessible.Role

HAS_CELLS = PySide6.__version_info__ >= (6, 11)
"""Whether a Python object may be given as the interface of a table's cell: tried from 6.11 on."""


@dataclass(frozen=True)
class Node:
    """A part of a widget as it is read out: a table with `shape`, a cell at `spot`, or other."""

    key: Key
    role: Role
    name: str
    rect: QRectF
    description: str = ""
    value: str = ""
    is_selected: bool = False
    is_editable: bool = False
    shape: tuple[int, int] = (0, 0)
    spot: tuple[int, int] | None = None


class Whole(QAccessibleWidget):
    """The interface of a widget with a voice."""

    def __init__(self, voice: Voice) -> None:
        super().__init__(voice.widget, voice.role)
        self.voice = voice

    def text(self, kind: QAccessible.Text) -> str:
        """The name from the voice, all else as for any widget."""
        return self.voice.name() if kind == QAccessible.Text.Name else super().text(kind)

    def childCount(self) -> int:
        """How many parts there are."""
        return len(self.voice.nodes())

    def child(self, index: int) -> QAccessibleInterface:
        """A part's interface."""
        nodes = self.voice.nodes()
        return self.voice.piece(nodes[index].key) if 0 <= index < len(nodes) else None  # type: ignore[return-value]

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """A part's place; −1 for none of ours."""
        keys = [n.key for n in self.voice.nodes()]
        is_ours = isinstance(child, Piece) and child.key in keys
        return keys.index(child.key) if is_ours else -1  # type: ignore[attr-defined]

    def focusChild(self) -> QAccessibleInterface:
        """Where the learner is."""
        key = self.voice.here()
        return self if key is None else self.voice.piece(key)

    def childAt(self, x: int, y: int) -> QAccessibleInterface:
        """The part at a point of the screen."""
        for node in self.voice.nodes():
            piece = self.voice.piece(node.key)
            if piece.rect().contains(x, y):
                return piece
        return None  # type: ignore[return-value]


class Piece(QAccessibleInterface):
    """The interface of a part: a table, a cell, a box, a word."""

    def __init__(self, voice: Voice, key: Key) -> None:
        super().__init__()
        self.voice = voice
        self.key = key
        self.place = Place(self)

    @property
    def node(self) -> Node | None:
        """What it stands for now."""
        return self.voice.find(self.key)

    def isValid(self) -> bool:
        """Whether there still is such a part."""
        return self.node is not None

    def object(self) -> QObject:
        """A part is painted, not an object."""
        return None  # type: ignore[return-value]

    def window(self) -> QWindow:
        """The window that it is seen in."""
        return self.voice.widget.window().windowHandle()

    def parent(self) -> QAccessibleInterface:
        """A cell's table, a part's widget."""
        is_cell = self.node is not None and self.node.spot is not None
        return self.voice.piece(self.key[:-2]) if is_cell else self.voice.interface()

    def childCount(self) -> int:
        """A table's cells."""
        node = self.node
        return node.shape[0] * node.shape[1] if node else 0

    def child(self, index: int) -> QAccessibleInterface:
        """A table's cell, counted row by row."""
        if not 0 <= index < self.childCount() or self.node is None:
            return None  # type: ignore[return-value]
        return self.voice.piece((*self.key, *divmod(index, self.node.shape[1])))

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """A cell's place, counted row by row."""
        node = self.node
        if node is None or not isinstance(child, Piece) or child.key[:-2] != self.key:
            return -1
        return int(child.key[-2]) * node.shape[1] + int(child.key[-1])

    def childAt(self, x: int, y: int) -> QAccessibleInterface:
        """The cell at a point of the screen."""
        for index in range(self.childCount()):
            cell = self.child(index)
            if cell.rect().contains(x, y):
                return cell
        return None  # type: ignore[return-value]

    def rect(self) -> QRect:
        """Where it lies on the screen."""
        if self.node is None:
            return QRect()
        found = self.node.rect.toAlignedRect()
        return QRect(self.voice.widget.mapToGlobal(found.topLeft()), found.size())

    def role(self) -> Role:
        """Table, cell, list item, text."""
        return self.node.role if self.node else Role.NoRole

    def text(self, kind: QAccessible.Text) -> str:
        """Name, description, value."""
        node = self.node
        if node is None:
            return ""
        return {
            QAccessible.Text.Name: node.name,
            QAccessible.Text.Description: node.description,
            QAccessible.Text.Value: node.value,
        }.get(kind, "")

    def setText(self, kind: QAccessible.Text, text: str) -> None:
        """A number is changed with the keyboard, like everything else."""

    def state(self) -> QAccessible.State:
        """Whether it is selected, has the keyboard, can be changed."""
        found, node = QAccessible.State(), self.node
        if node is None:
            found.invalid = True
            return found
        is_cell = node.spot is not None
        found.selectable = found.focusable = is_cell or node.is_selected
        found.selected = node.is_selected
        is_here = self.voice.here() == self.key and self.voice.widget.hasFocus()
        found.focused = is_here
        found.editable = node.is_editable
        found.readOnly = not node.is_editable
        return found

    def interface_cast(self, kind: QAccessible.InterfaceType) -> int:
        """Also a table's cell, with its row and column."""
        is_asked = kind == QAccessible.InterfaceType.TableCellInterface
        if is_asked and HAS_CELLS and self.node is not None and self.node.spot is not None:
            return self.place  # type: ignore[return-value]
        return VoidPtr(0)  # type: ignore[return-value]


class Place(QAccessibleTableCellInterface):
    """Where a cell stands in its table."""

    def __init__(self, piece: Piece) -> None:
        super().__init__()
        self.piece = piece

    def isSelected(self) -> bool:
        """Whether the learner is there."""
        return bool(self.piece.node and self.piece.node.is_selected)

    def rowIndex(self) -> int:
        """The row, from 0."""
        return int(self.piece.key[-2])

    def columnIndex(self) -> int:
        """The column, from 0."""
        return int(self.piece.key[-1])

    def rowExtent(self) -> int:
        """One row."""
        return 1

    def columnExtent(self) -> int:
        """One column."""
        return 1

    def rowHeaderCells(self) -> list[QAccessibleInterface]:
        """The names of rows are in the names of the cells."""
        return []

    def columnHeaderCells(self) -> list[QAccessibleInterface]:
        """The names of columns are in the names of the cells."""
        return []

    def table(self) -> QAccessibleInterface:
        """The matrix."""
        return self.piece.parent()
