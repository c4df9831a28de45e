"""The arithmetic card: the selected number unfolds, and reduces in place."""

from __future__ import annotations

import math

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.document import Document
from app.glance import Glance
from app.keys import PRESS, keep_keys
from app.numbers import exact, format_whole
from app.theme import Look
from app.views.parts.line import Line
from app.views.parts.painting import paint_card
from app.views.parts.retold import Retold
from engine import Cell, Named, is_done, moves


def tell_side(tag: QLabel, look: Look, *, is_b: bool, is_strong: bool) -> None:
    """Let a tag before a line say which side's it is."""
    tag.setFont(look.font(13, bold=is_strong))
    tag.setText("B:" if is_b else "A:")  # a matrix may be called A, too
    tag.setFixedWidth(look.px(18))
    style = f"color: {look.theme.ink if is_strong else look.theme.faint};"
    if tag.styleSheet() != style:  # setting the same one again costs as much as another
        tag.setStyleSheet(style)


class OtherLine(Retold, QWidget):
    """The arithmetic of the same number on the other side, or that there is none."""

    def __init__(self, document: Document, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self.document = document
        self.look = look
        self.glance = Glance(document)
        self.tag = QLabel(self)
        self.line = Line(self.glance, look, self)
        self.none = QLabel(self)
        self.row = row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.tag, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.line, 1)
        row.addWidget(self.none, 1)
        self.line.asked.connect(self._on_asked)
        for signal in (self.glance.trace_changed, self.glance.cursor_changed, look.changed):
            signal.connect(self._on_changed)
        self._on_changed()

    def _on_changed(self) -> None:
        is_comparing = self.document.is_comparing
        self.setVisible(is_comparing)
        if not is_comparing:
            return
        has_number = self.glance.has_number
        tell_side(self.tag, self.look, is_b=not self.document.is_b, is_strong=False)
        self.line.setVisible(has_number)
        self.none.setVisible(not has_number)
        self.none.setFont(self.look.font(13))
        style = f"color: {self.look.theme.faint};"
        if self.none.styleSheet() != style:
            self.none.setStyleSheet(style)
        self.none.setText(self.tr("no such number on this side"))

    def _on_asked(self, leaf: Cell | Named) -> None:
        """To that side, and ask there."""
        self.document.turn()
        if isinstance(leaf, Cell):
            self.document.follow(leaf.source, leaf.row, leaf.column)


class Arithmetic(Retold, QWidget):
    """The line, what can be done with it, and the remark about rounding."""

    def __init__(self, document: Document, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.document = document
        self.look = look
        self.setObjectName("arithmetic")
        self.line = Line(document, look, self)
        self.is_kept_back = False
        self.line.asked.connect(self._on_asked)
        self.once = QPushButton(self)
        self.rest = QPushButton(self)
        for button in (self.once, self.rest):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            keep_keys(button, PRESS)
        self.once.clicked.connect(self._on_once)
        self.rest.clicked.connect(self._on_rest)
        self.remark = QLabel(self)
        self.remark.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.remark.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.remark.setMinimumWidth(1)
        self.foot = foot = QHBoxLayout()
        for widget, share in ((self.remark, 1), (self.once, 0), (self.rest, 0)):
            foot.addWidget(widget, share)
        self.rows = QVBoxLayout(self)
        self.tag = QLabel(self)
        self.row = QHBoxLayout()
        self.row.setSpacing(0)
        self.row.addWidget(self.tag, 0, Qt.AlignmentFlag.AlignTop)
        self.row.addWidget(self.line, 1)
        self.there = OtherLine(document, look, self)
        self.rows.addLayout(self.row, 1)
        self.rows.addWidget(self.there)
        self.rows.addLayout(foot)
        document.sides_changed.connect(self._on_sides)
        document.cursor_changed.connect(self._on_changed)
        document.trace_changed.connect(self._on_changed)
        look.changed.connect(self._on_changed)
        self.is_away = False
        self.wanted_lines = self.line.most_lines
        self.said = ""
        self._on_changed()

    def _on_changed(self) -> None:
        depth = self.document.cursor.depth
        self.once.setText(self.tr("One operation"))
        self.rest.setText(self.tr("To the end"))
        # Not at the start: what is shown before it has its place loses its fonts there.
        if self.is_away != (depth == moves.BLOCK):
            self.is_away = not self.is_away
            self.setVisible(not self.is_away)
        edge = self.look.px(8)
        side = edge + self.look.px(12)
        self.rows.setContentsMargins(side + 6, edge, side, self.look.px(5))
        self.rows.setSpacing(0)
        self.foot.setSpacing(self.look.px(8))
        is_kept_back = self.document.cursor.path in self.document.kept_back
        if self.is_kept_back != is_kept_back:
            self.is_kept_back = is_kept_back
            self.line.keep_secret(is_kept_back)
            self.there.line.keep_secret(is_kept_back)
        self._remark()
        self.tag.setVisible(self.document.is_comparing)
        tell_side(self.tag, self.look, is_b=self.document.is_b, is_strong=True)
        is_finished = depth == moves.OPERATION and is_done(
            moves.reduced(self.document.trace, self.document.cursor)
        )
        self.once.setEnabled(not is_finished)
        self.rest.setEnabled(not is_finished)

    def _on_sides(self) -> None:
        """A's line above B's, whichever is active."""
        self.rows.removeItem(self.row)
        self.rows.removeWidget(self.there)
        self.rows.insertLayout(0, self.row, 1)
        self.rows.insertWidget(0 if self.document.is_b else 1, self.there)
        self.set_lines(self.wanted_lines)
        self._on_changed()

    def set_lines(self, count: int) -> None:
        """Make room for so many lines of arithmetic; in a comparison both sides share it."""
        self.wanted_lines = count
        mine = count - 1 if self.document.is_comparing else count
        if mine != self.line.most_lines:
            self.line.set_lines(mine)
        self.there.line.set_lines(max(mine, 1))

    def _remark(self) -> None:
        """Shown figures are rounded; here stands what is stored."""
        value, digits = self.line.value(), self.look.digits
        stored = exact(value)
        text = self.tr("rounded; stored: %1")
        if stored == format_whole(value, digits) or round(value, digits) == value:
            text = self.tr("exactly %1")
        text = text.replace("%1", stored)
        number = self.document.number
        if math.isnan(self.line.value()):
            text = self.tr("not a number (NaN); what reads it is none either")
        if number.working < 0 and (number.row, number.column) in self.document.pins(number.path):
            text = self.tr("pinned by you; Delete takes the pin off")
        if self.is_kept_back:
            text = self.tr("The lesson asks first: the result comes with your answer.")
        font, style = self.look.font(11.5), f"color: {self.look.theme.faint};"
        if self.remark.styleSheet() != style:  # setting the same one again costs as much as another
            self.remark.setStyleSheet(style)
        for widget in (self.remark, self.once, self.rest):
            if widget.font() != font:
                widget.setFont(font)
        self._say(text)

    def _say(self, text: str) -> None:
        """The remark, with dots where it is cut: half a number must not look like a whole one."""
        self.said = text
        room = self.remark.width()
        self.remark.setText(self.look.face(11.5).shortened(text, room))
        self.remark.setToolTip(text if self.remark.text() != text else "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As much of the remark as there is room for, and the buttons, which the menu has, too."""
        super().resizeEvent(event)
        self._show_buttons()
        self.rows.activate()
        self._say(self.said)

    def _show_buttons(self) -> None:
        wide = sum(b.sizeHint().width() + self.foot.spacing() for b in (self.once, self.rest))
        margins = self.rows.contentsMargins()
        has_room = wide + margins.left() + margins.right() <= self.width()
        for button in (self.once, self.rest):
            button.setVisible(has_room)

    def minimumSizeHint(self) -> QSize:
        """Narrower than its buttons, which go where they have no room."""
        return QSize(self.look.px(120), super().minimumSizeHint().height())

    def _on_once(self) -> None:
        if self.document.cursor.depth != moves.OPERATION:
            self.document.move(lambda t, c: moves.at_depth(t, c, moves.OPERATION))
        self.document.move(moves.forward)

    def _on_rest(self) -> None:
        self.document.move(moves.to_end)

    def _on_asked(self, leaf: Cell | Named) -> None:
        document = self.document
        if isinstance(leaf, Named):
            document.move(lambda t, c: moves.at_number(t, c, leaf.working, leaf.row, leaf.column))
            return
        matrix = document.step.inputs[leaf.source]
        if not document.follow(leaf.source, leaf.row, leaf.column) and matrix.is_editable:
            document.select((leaf.source, leaf.row, leaf.column))

    def card(self) -> QRect:
        """The card's own rectangle: the widget less the margin of the column above it."""
        edge = self.look.px(12)
        return self.rect().adjusted(edge, 0, -edge - 1, -1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A card behind the line."""
        paint_card(self, self.card(), self.look)
