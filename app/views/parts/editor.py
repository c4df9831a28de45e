"""The field that opens over a cell: parses what is typed, refuses it beside the cell."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from app.numbers import LARGEST, Refusal, exact, parse_number
from app.theme import Look


class _Field(QLineEdit):
    """Keeps the keys it has no use for, which the stage would take for its own."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """As any field, but nothing goes on to the widget below."""
        super().keyPressEvent(event)
        event.accept()


class CellEditor(QObject):
    """One field, moved to whatever cell is edited.

    Enter commits and moves down, Tab commits and moves right, Esc restores; Up and Down
    commit and move too, since a single line has no other use for them.

    Signals:
        committed(float, int, int): the number, and where to go: rows down, columns right.
    """

    committed = Signal(float, int, int)

    def __init__(self, over: QWidget, look: Look) -> None:
        super().__init__(over)
        self.over = over
        self.look = look
        self.field = _Field(over)
        self.field.setObjectName("cell editor")
        self.field.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.field.installEventFilter(self)
        self.field.hide()
        self.note = QLabel(over)
        self.note.setObjectName("refusal")
        self.note.setWordWrap(True)
        self.note.hide()

    @property
    def is_open(self) -> bool:
        """Whether a cell is being edited."""
        return self.field.isVisible()

    def open(self, cell: QRectF, value: float, typed: str) -> None:
        """Show the field over a cell, with its exact value, or with what was typed."""
        self.note.hide()
        self.field.setFont(self.look.font(14))
        text = typed or exact(value)
        self.field.setText(text)
        self.field.setModified(bool(typed))
        wide = max(cell.width(), self.field.fontMetrics().horizontalAdvance(text) + 30)
        room = cell.toAlignedRect().adjusted(-4, -4, 4, 4)
        room.setWidth(round(max(wide, self.look.px(76))))
        room.setHeight(max(room.height(), self.look.px(28)))
        room.moveLeft(max(0, min(room.left(), self.over.width() - room.width())))
        self.field.setGeometry(room)
        self.field.show()
        self.field.setFocus()
        if not typed:
            self.field.selectAll()

    def leave(self) -> None:
        """Close without a change."""
        self.note.hide()
        if self.field.isVisible():
            self.field.hide()
            self.over.setFocus()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Enter, Tab, Up, Down and Esc are ours; everything else is the field's."""
        if event.type() == QEvent.Type.FocusOut:
            self._commit(0, 0, quietly=True)
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        key = event.key()
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            up = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._commit(-1 if up else 1, 0)
        elif key in {Qt.Key.Key_Tab, Qt.Key.Key_Backtab}:
            self._commit(0, -1 if key == Qt.Key.Key_Backtab else 1)
        elif key in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self._commit(-1 if key == Qt.Key.Key_Up else 1, 0)
        elif key == Qt.Key.Key_Escape:
            self.leave()
        else:
            self.note.hide()
            return False
        return True

    def _commit(self, down: int, right: int, *, quietly: bool = False) -> None:
        if not self.field.isVisible():
            return
        found = parse_number(self.field.text())
        if quietly and (isinstance(found, Refusal) or not self.field.isModified()):
            self.field.hide()
            self.note.hide()
            return
        if isinstance(found, Refusal):
            self.refuse(found)
            return
        self.field.hide()
        self.note.hide()
        self.committed.emit(found, down, right)

    def refuse(self, refusal: Refusal) -> None:
        """Say beside the cell what is wrong and what would be right; the field stays open."""
        theme = self.look.theme
        self.note.setText(self.sentence(refusal))
        self.note.setStyleSheet(
            f"background: {theme.card}; color: {theme.accent}; padding: {self.look.px(5)}px;"
            f"border: 1px solid {theme.accent}; border-radius: {self.look.px(5)}px;"
        )
        self.note.setFont(self.look.font(12))
        self.note.setFixedWidth(min(self.look.px(240), self.over.width()))
        self.note.adjustSize()
        place = self.field.geometry()
        left = min(place.left(), self.over.width() - self.note.width())
        top = place.bottom() + 4
        if top + self.note.height() > self.over.height():
            top = place.top() - self.note.height() - 4
        self.note.move(max(0, left), max(0, top))
        self.note.show()
        self.note.raise_()
        self.field.selectAll()

    def sentence(self, refusal: Refusal) -> str:
        """The refusal in words."""
        largest = f"{LARGEST:,.0f}".replace(",", " ")
        texts = {
            "empty": self.tr("Type a number, such as 0.5; Esc keeps the old one."),
            "not_a_number": self.tr("“%1” can't be read as a number. Write 0.5, −2, 1/3 or √2."),
            "infinity": self.tr("Infinity has no meaning here; it belongs into a mask."),
            "too_large": self.tr("“%1” is too large; at most ±%2."),
            "ambiguous": self.tr("“%1” can be read in two ways; leave out the separators."),
            "division_by_zero": self.tr("“%1” divides by zero."),
        }
        text = texts.get(refusal.code, texts["not_a_number"])
        return text.replace("%1", refusal.text.strip()).replace("%2", largest)
