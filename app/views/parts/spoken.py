"""What the stage tells screen readers: its matrices as tables, cell by cell."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Protocol, cast

from PySide6.QtCore import QCoreApplication, QRectF
from PySide6.QtWidgets import QWidget

from app.numbers import exact, format_whole
from app.seen import Seen
from app.symbols import plain
from app.texts import Texts
from app.views.parts import reading
from app.views.parts.equation import Equation
from app.views.parts.interfaces import Key, Node, Role
from app.views.parts.item import Item
from app.views.parts.matrix import Marks, Spot
from app.views.parts.voice import Voice, announce
from engine import Token


class Shown(Protocol):
    """What draws the step that is read out."""

    def laid_out(self) -> Equation:
        """The equation."""

    def obstacle(self) -> str:
        """Why there is none; "" if there is."""

    def marks(self) -> Mapping[Key, Marks]:
        """What is marked on every part."""

    def special(self) -> Mapping[Spot, str]:
        """Cells of the result that say something else than their number."""

    def secret(self) -> Mapping[Key, Mapping[Spot, str]]:
        """What stands in cells of any part whose numbers are not told."""


class StageVoice(Voice):
    """Reads out a step: what stands before and after its sign, and where the learner is."""

    def __init__(self, pane: QWidget, seen: Seen, texts: Texts) -> None:
        super().__init__(pane, Role.Grouping)
        self.pane = cast(Shown, pane)
        self.seen = seen
        self.texts = texts
        self.path = seen.cursor.path
        seen.cursor_changed.connect(self._on_moved)
        seen.selection_changed.connect(self.tell)
        seen.trace_changed.connect(self.tell)

    def laid_out(self) -> Equation:
        """The equation that is seen."""
        return self.pane.laid_out()

    def _on_moved(self) -> None:
        if self.seen.cursor.path != self.path:
            self.path = self.seen.cursor.path
            announce(self.widget, self.name())
        self.tell()

    def name(self) -> str:
        """The step's name and its headline."""
        step = self.texts.step(self.seen.step)
        if self.pane.obstacle():
            return self.pane.obstacle()
        return f"{step.name}: {step.title}"

    def nodes(self) -> list[Node]:
        """Matrices as tables, signs as texts."""
        if self.pane.obstacle():
            return []
        return [self._node(item, n) for n, item in enumerate(self.laid_out().items)]

    def _node(self, item: Item, number: int) -> Node:
        matrix, part = item.part.matrix, item.part
        if matrix is None:
            return Node(("sign", number), Role.StaticText, part.sign, item.rect)
        if part.kind == "working":
            name = self.texts.working(self.seen.step.workings[part.index].name)
        else:
            name = self.texts.matrix_name(matrix, self.seen.trace)
        rows, columns = matrix.shape
        shape = QCoreApplication.translate("Voice", "%1 rows, %2 columns")
        shape = shape.replace("%1", str(rows)).replace("%2", str(columns))
        symbol = plain(matrix.symbol)
        return Node(
            (part.kind, part.index),
            Role.Table,
            f"{symbol}, {name}, {shape}" if name else f"{symbol}, {shape}",
            item.rect,
            description=self.texts.matrix(matrix) if part.kind != "working" else "",
            is_editable=self._is_editable(item),
            shape=matrix.shape,
        )

    @staticmethod
    def _is_editable(item: Item) -> bool:
        return item.picture is not None and item.picture.is_editable

    def cell(self, table: Node, row: int, column: int) -> Node:
        """A number with the names of its row and column."""
        kind, index = str(table.key[0]), int(table.key[1])
        item = self.laid_out().item((kind, index))
        if item is None or item.part.matrix is None:
            return Node((*table.key, row, column), Role.Cell, "", QRectF(), spot=(row, column))
        matrix = item.part.matrix
        value = float(matrix.data[row, column])
        said, stored = self._said(value, item), exact(value)
        instead = dict(self.pane.special() if kind == "output" else {})
        instead |= self.pane.secret().get((kind, index), {})
        if (row, column) in instead:
            said = stored = instead[row, column].strip()
        return Node(
            (*table.key, row, column),
            Role.Cell,
            named(matrix.rows[row], matrix.columns[column], said),
            self.laid_out().cell_rect((kind, index), (row, column)),
            description=self._about(item, (row, column)),
            value=stored,
            is_selected=self.here() == (*table.key, row, column),
            is_editable=table.is_editable,
            spot=(row, column),
        )

    def _said(self, value: float, item: Item) -> str:
        if math.isinf(value):
            plus = QCoreApplication.translate("Voice", "infinity")
            return plus if value > 0 else QCoreApplication.translate("Voice", "minus infinity")
        digits = item.picture.look.digits if item.picture else 2
        return format_whole(value, digits)

    def _about(self, item: Item, spot: tuple[int, int]) -> str:
        """What is marked on a cell: what others see as outlines and corners."""
        translate = QCoreApplication.translate
        marks = self.pane.marks().get(item.key)
        if marks is None:
            return ""
        changed = translate("Voice", "changed by the last edit")
        if self.seen.is_undone:
            changed = translate("Voice", "changed back by the undo")
        found = (
            (spot in marks.read, translate("Voice", "read for the number asked")),
            (spot in marks.changed, changed),
            (spot in marks.pinned, translate("Voice", "pinned by you")),
            (spot == marks.goal, translate("Voice", "the goal")),
        )
        told = [text for is_so, text in found if is_so]
        gradient = self.seen.gradient(item.part.matrix.path) if item.part.matrix else None
        if gradient is not None:
            text = translate("Voice", "gradient %1")
            told.append(text.replace("%1", exact(float(gradient[spot]))))
        return ", ".join(told)

    def here(self) -> Key | None:
        """The selected input's number, else the one asked."""
        (kind, index), (row, column) = reading.asked(self.seen)
        return (kind, index, row, column)


def named(row: str, column: str, value: str) -> str:
    """Row see, column cats: 0.60. An axis without names is left out."""
    translate = QCoreApplication.translate
    if row and column:
        text = translate("Voice", "row %1, column %2: %3")
    elif row:
        text = translate("Voice", "row %1: %3")
    elif column:
        text = translate("Voice", "column %2: %3")
    else:
        return value
    return text.replace("%1", row).replace("%2", column).replace("%3", value)


class Spoken(Protocol):
    """A word of an expression: its text, and how far above the line its token stands."""

    token: Token
    text: str


def written_out(name: str, words: Sequence[Spoken]) -> str:
    """An expression on one line, powers in brackets; "" where there is none."""
    if not words:
        return ""
    found, level = f"{name} = ", 0
    for word in words:
        up = word.token.level - level
        found += "^(" * up + ")" * -up + word.text
        level = word.token.level
    return found + ")" * level
