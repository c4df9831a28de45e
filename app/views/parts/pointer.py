"""What the mouse does on the stage: ask, select, scrub a number, paint a mask."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import QObject, QPointF

from app.document import Document
from app.views.parts.equation import Equation
from app.views.parts.item import Item
from engine import edits, moves

STEP, FINE = 0.1, 0.01
"""How much a nudge, or a scrub of PIXELS, adds; with Shift the fine one."""

PIXELS = 6

STRIDE = 4.0
"""How far apart a stroke is looked at: less than half a cell, so that none is skipped."""


@dataclass
class Drag:
    """What is being dragged since the button went down; a stroke starts anew where it has been."""

    path: str
    row: int
    column: int
    start: QPointF
    value: float
    paints: bool | None = None
    is_moving: bool = False


class Pointer(QObject):
    """Turns presses, drags and wheel turns into the document's edits.

    While a drag lasts, everything downstream follows; letting go makes one undo entry.
    """

    def __init__(self, document: Document) -> None:
        super().__init__(document)
        self.document = document
        self.drag: Drag | None = None

    def press(self, equation: Equation, point: QPointF, *, is_left: bool) -> None:
        """Ask the number at a point, or take hold of an input's."""
        self.release()
        hit = equation.hit(point)
        if hit is None or not is_left:
            self.document.select(None)
            return
        item, (row, column) = hit
        if item.part.kind == "input":
            self._take_hold(item, row, column, point)
        elif self.document.cursor.depth != moves.BLOCK:
            working = item.part.index if item.part.kind == "working" else -1
            self.document.select(None)
            self.document.move(lambda t, c: moves.at_number(t, c, working, row, column))

    def _take_hold(self, item: Item, row: int, column: int, point: QPointF) -> None:
        matrix = item.part.matrix
        if matrix is None or item.picture is None or not item.picture.is_editable:
            self.document.select(None)
            return
        self.document.select((item.part.index, row, column))
        value = float(matrix.data[row, column])
        self.drag = Drag(matrix.path, row, column, point, value)
        if matrix.origin == "mask":
            self.drag.paints = value == 0.0
            self._paint(row, column)

    def move(self, equation: Equation, point: QPointF, *, is_fine: bool) -> None:
        """Scrub or paint on."""
        drag = self.drag
        if drag is None:
            return
        if drag.paints is not None:
            self._stroke(equation, point)
            return
        across = point.x() - drag.start.x()
        if abs(across) >= PIXELS:
            drag.is_moving = True
        if drag.is_moving:
            self._add(drag.value, int(across / PIXELS), is_fine=is_fine)

    def _stroke(self, equation: Equation, point: QPointF) -> None:
        """Paint all that lies between the last point and this: a quick mouse tells only a few."""
        drag = self.drag
        assert drag is not None
        way = point - drag.start
        strides = max(1, math.ceil(math.hypot(way.x(), way.y()) / STRIDE))
        for stride in range(1, strides + 1):
            hit = equation.hit(drag.start + way * (stride / strides))
            if hit and hit[0].part.matrix and hit[0].part.matrix.path == drag.path:
                self._paint(*hit[1])
        drag.start = point

    def _paint(self, row: int, column: int) -> None:
        assert self.drag is not None
        matrix, stop = self.document.trace.matrix(self.drag.path), bool(self.drag.paints)
        if (matrix.data[row, column] != 0.0) != stop:
            self.document.preview(lambda s: edits.with_painted(s, matrix, row, column, stop))

    def _add(self, value: float, steps: int, *, is_fine: bool) -> None:
        assert self.drag is not None
        drag, step = self.drag, FINE if is_fine else STEP
        # Rounded to a step, so that 0.1 + 0.2 is 0.3 on the screen and in the file.
        wanted = round(value + steps * step, 2) if steps else value
        if float(self.document.trace.matrix(drag.path).data[drag.row, drag.column]) != wanted:
            table = [[wanted]]
            self.document.preview(
                lambda s: edits.with_block(s, drag.path, drag.row, drag.column, edits.block(table))
            )

    def release(self) -> None:
        """What was dragged becomes one undo entry."""
        drag, self.drag = self.drag, None
        if drag is not None:
            text = self.tr("Paint the mask") if drag.paints is not None else self.tr("Scrub %1")
            self.document.settle(text.replace("%1", drag.path))

    def escape(self) -> None:
        """A drag is taken back; without one, nothing is selected any more."""
        if self.drag is not None:
            self.drag = None
            self.document.cancel()
        else:
            self.document.select(None)

    def reach(self, equation: Equation, point: QPointF) -> bool:
        """Whether a number is selected; without one, that at the point is, if it can be changed."""
        hit = equation.hit(point)
        if self.document.selection is None and hit is not None:
            item, (row, column) = hit
            if item.picture is not None and item.picture.is_editable:
                self.document.select((item.part.index, row, column))
        return self.document.selection is not None

    def nudge(self, steps: int, *, is_fine: bool) -> None:
        """Add or take a step of the selected number."""
        if self.document.selection is None:
            return
        place, row, column = self.document.selection
        matrix = self.document.step.inputs[place]
        if matrix.origin == "parameter":
            value = float(matrix.data[row, column])
            wanted = round(value + steps * (FINE if is_fine else STEP), 2)
            self.document.set_cell(matrix.path, row, column, wanted)

    def kind(self, equation: Equation, point: QPointF) -> str:
        """What lies at a point: "output", an input's origin, or "" for nothing."""
        hit = equation.hit(point)
        if hit is None or hit[0].part.matrix is None:
            return ""
        part = hit[0].part
        return hit[0].part.matrix.origin if part.kind == "input" else part.kind

    def travel(self, equation: Equation, point: QPointF) -> None:
        """Go to the step that computed the input under the mouse."""
        hit = equation.hit(point)
        if hit is not None and hit[0].part.kind == "input":
            self.document.follow(hit[0].part.index, *hit[1])
