"""The stage: the current step as an equation of matrices, where inputs are edited in place."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QToolTip, QWidget

from app.document import Document
from app.keys import CLICKER, spend_alt
from app.texts import Texts
from app.theme import Look
from app.views.parts import reading
from app.views.parts.editor import CellEditor
from app.views.parts.hints import hint
from app.views.parts.pane import Pane
from app.views.parts.pointer import Pointer
from engine import Matrix, moves

STARTS = "0123456789.,-+−√∞"
"""What may begin a number: typing it opens the editor."""


NUDGES = (Qt.Key.Key_Up, Qt.Key.Key_Down)
"""What Alt nudges with."""


def _is_for_input(event: QKeyEvent) -> bool:
    """Whether a key is the selected input's, not the walk's or a menu's.

    With Alt only what nudges, and what may begin a number: some keyboards have √ there.
    """
    modifiers = event.modifiers()
    if modifiers & Qt.KeyboardModifier.ControlModifier or Qt.Key(event.key()) in CLICKER:
        return False
    is_menu = bool(modifiers & Qt.KeyboardModifier.AltModifier)
    is_number = bool(event.text()) and event.text() in STARTS
    return not is_menu or is_number or Qt.Key(event.key()) in NUDGES


class Stage(Pane):
    """Draws the step (or, at depth "block", what a block makes of what) and takes edits.

    A click asks a number where it came from; a double click on an input that a step has
    computed goes to that step; a click on a parameter selects it, and typing edits it.
    """

    def __init__(
        self, document: Document, look: Look, texts: Texts, parent: QWidget | None = None
    ) -> None:
        super().__init__(document, look, texts, parent)
        self.document = document
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setObjectName("stage")
        self.editor = CellEditor(self, look)
        self.editor.committed.connect(self._on_committed)
        self.pointer = Pointer(document)
        self._leave()

    def _on_changed(self) -> None:
        self._leave()
        super()._on_changed()

    def _on_numbers(self) -> None:
        self._leave()
        super()._on_numbers()

    def _leave(self) -> None:
        self.editor.leave()
        self.is_read_only = "editing" in self.document.scenario.locked

    def asked_rect(self) -> QRectF:
        """Where the number asked (or selected) lies, for whoever scrolls."""
        return self.laid_out().cell_rect(*reading.asked(self.document))

    # The mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Ask the number under the mouse, or take hold of an input."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        is_left = event.button() == Qt.MouseButton.LeftButton
        self.pointer.press(self.laid_out(), event.position(), is_left=is_left)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Scrub a number or paint a mask while the button is held."""
        is_fine = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        self.pointer.move(self.laid_out(), event.position(), is_fine=is_fine)

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """What was dragged becomes one undo entry."""
        self.pointer.release()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Edit a parameter, or go to the step that computed an input."""
        kind = self.pointer.kind(self.laid_out(), event.position())
        if kind == "output" or (kind == "parameter" and not self.is_read_only):
            self.start_editing()
        else:
            self.pointer.travel(self.laid_out(), event.position())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """With Alt the wheel nudges the selected number, or the one under the mouse.

        Qt turns it sideways then.
        """
        is_alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if is_alt and self.pointer.reach(self.laid_out(), event.position()):
            spend_alt(self)
            turn = event.angleDelta().y() or event.angleDelta().x()
            is_fine = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.pointer.nudge(1 if turn > 0 else -1, is_fine=is_fine)
            event.accept()
        else:
            event.ignore()

    def event(self, event: QEvent) -> bool:
        """Tell a number's stored value where the mouse rests."""
        if event.type() == QEvent.Type.ToolTip:
            hit = self.laid_out().hit(QPointF(event.pos()))  # type: ignore[attr-defined]
            text = hint(self.document, self.texts, *hit) if hit else ""
            QToolTip.showText(event.globalPos(), text, self)  # type: ignore[attr-defined]
            return True
        is_override = event.type() == QEvent.Type.ShortcutOverride
        if is_override and self.document.selection and isinstance(event, QKeyEvent):
            is_ours = _is_for_input(event)
            event.setAccepted(is_ours)
            return is_ours
        is_press = event.type() == QEvent.Type.KeyPress
        if is_press and isinstance(event, QKeyEvent) and self._tab(event):
            return True
        return super().event(event)

    # The keyboard

    def _tab(self, event: QKeyEvent) -> bool:
        """Tab goes through the inputs that can be edited, then on to the next widget."""
        if event.key() not in {Qt.Key.Key_Tab, Qt.Key.Key_Backtab}:
            return False
        places = reading.editable(self.document)
        if not places or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return False
        by = -1 if event.key() == Qt.Key.Key_Backtab else 1
        chosen = self.document.selection
        if chosen is not None and chosen[0] in places:
            index = places.index(chosen[0]) + by
        else:
            index = 0 if by > 0 else len(places) - 1
        if not 0 <= index < len(places):
            self.document.select(None)
            return False
        self.document.select((places[index], 0, 0))
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move among an input's cells, start editing, paint with Space; Esc goes back."""
        if self.document.selection is None:
            self._press_on_result(event)
            return
        by = {
            Qt.Key.Key_Left: (0, -1),
            Qt.Key.Key_Right: (0, 1),
            Qt.Key.Key_Up: (-1, 0),
            Qt.Key.Key_Down: (1, 0),
        }.get(Qt.Key(event.key()))
        is_alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if by is not None and is_alt and by[0]:
            is_fine = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.pointer.nudge(-by[0], is_fine=is_fine)
        elif by is not None:
            self.move_selection(*by)
        elif event.key() == Qt.Key.Key_Escape:
            self.pointer.escape()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2}:
            self.start_editing()
        elif event.key() == Qt.Key.Key_Space and self._selected_matrix().origin == "mask":
            self._toggle_mask()
        elif event.text() and event.text() in STARTS:
            self.start_editing(event.text())
        else:
            event.ignore()

    def _press_on_result(self, event: QKeyEvent) -> None:
        """Typing on a result pins it; Delete takes the pin off."""
        number = self.document.number
        if self.can_pin() and event.text() and event.text() in STARTS:
            self.start_editing(event.text())
        elif self.can_pin() and event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.document.pin(number.path, number.row, number.column, None)
        else:
            event.ignore()

    def select_first(self) -> None:
        """The keyboard goes to the first input that can be changed, if there is one."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        places = reading.editable(self.document)
        if places and self.document.selection is None:
            self.document.select((places[0], 0, 0))

    def move_selection(self, down: int, right: int, *, wraps: bool = False) -> None:
        """Select the neighbouring cell, as the picture shows it; behind a row is the next one."""
        assert self.document.selection is not None
        place, row, column = self.document.selection
        item = self.laid_out().item(("input", place))
        if item is None or item.picture is None:
            return
        rows, columns = self._selected_matrix().shape
        if item.part.is_transposed:
            row, column, rows, columns = column, row, columns, rows
        if wraps and not 0 <= column + right < columns and 0 <= row + right < rows:
            down, right = right, -right * (columns - 1)
        row = min(max(row + down, 0), rows - 1)
        column = min(max(column + right, 0), columns - 1)
        spot = (column, row) if item.part.is_transposed else (row, column)
        self.document.select((place, *spot))

    def _selected_matrix(self) -> Matrix:
        assert self.document.selection is not None
        return self.document.step.inputs[self.document.selection[0]]

    def _toggle_mask(self) -> None:
        assert self.document.selection is not None
        _, row, column = self.document.selection
        matrix = self._selected_matrix()
        self.document.paint(matrix.path, row, column, bool(matrix.data[row, column] == 0.0))

    def start_editing(self, typed: str = "") -> None:
        """Open the editor over the selected parameter's cell, or over the number asked."""
        key, (row, column) = reading.asked(self.document)
        item = self.laid_out().item(key)
        if item is None or item.part.matrix is None:
            return
        matrix = item.part.matrix
        if matrix.origin == "parameter" or (key[0] == "output" and self.can_pin()):
            rect = self.laid_out().cell_rect(key, (row, column))
            self.editor.open(rect, float(matrix.data[row, column]), typed)

    def can_pin(self) -> bool:
        """Whether the number asked is a result that can be set by hand."""
        cursor = self.document.cursor
        is_result = cursor.depth != moves.BLOCK and self.document.number.working < 0
        return is_result and "pins" not in self.document.scenario.locked

    def _on_committed(self, value: float, down: int, right: int) -> None:
        before = self.document.selection
        if before is None:
            number = self.document.number
            self.document.pin(number.path, number.row, number.column, value)
            is_done = True
        else:
            is_done = self.document.set_cell(self._selected_matrix().path, *before[1:], value)
        if is_done and (down or right):  # else the keyboard has gone elsewhere
            self.setFocus()
            if before is not None and self.document.selection == before:
                self.move_selection(down, right, wraps=True)
