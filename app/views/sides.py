"""A and B side by side with B − A between; the stage stands on the side that is active."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QMouseEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QLabel,
    QScrollArea,
    QToolButton,
    QWidget,
)

from app.changes import Sheet
from app.document import Document
from app.glance import Glance
from app.keys import PRESS, keep_keys
from app.numbers import format_number
from app.seen import Seen
from app.texts import Texts
from app.theme import Look
from app.views.parts import reading
from app.views.parts.area import Area
from app.views.parts.column import Column
from app.views.parts.equation import Equation
from app.views.parts.figures import figures
from app.views.parts.legend import FOOT
from app.views.parts.pane import Pane
from app.views.parts.retold import Retold
from app.views.parts.side_panes import DifferencePane, OtherPane
from app.views.parts.telling import headlines

ROOM_FOR_COLUMNS = 540
"""The width at 100% text from which three panes stand beside each other, not one upon another."""

LEAST_LETTERS = 12.0
"""Inputs are shown too where they have room with letters of this size."""


class Sides(Retold, QWidget):
    """The stage alone, or in a comparison A, B − A and B; one shared cursor.

    `area` scrolls the stage.
    """

    def __init__(
        self,
        document: Document,
        look: Look,
        texts: Texts,
        stage: Pane,
        area: QScrollArea,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("sides")
        self.document, self.look, self.texts = document, look, texts
        self.glance = Glance(document)
        self.wants_inputs: bool | None = None
        self.is_short = False
        self.stage = stage
        other, difference = Area(self), Area(self)
        self.other = OtherPane(self.glance, look, texts, other.viewport())
        self.difference = DifferencePane(document, self.glance, look, texts, difference.viewport())
        for around, pane in ((other, self.other), (difference, self.difference)):
            around.setWidget(pane)
            around.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.areas = (area, other)
        self.other.compare_with(document)
        self.active = Column(area, self)
        self.between = Column(difference, self)
        self.passive = Column(other, self)
        self.between.head.hide()
        self.inputs = QToolButton(self)
        self.inputs.setCheckable(True)
        self.inputs.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        keep_keys(self.inputs, PRESS)
        self.minus = QLabel("B − A", self)
        self.minus.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.between.bar.addWidget(self.minus, 1)
        self.between.bar.addWidget(self.inputs)
        self.line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self.line.setContentsMargins(0, 0, 0, 0)
        self._connect()
        self.arrange()

    def _connect(self) -> None:
        document = self.document
        self.active.head.clicked.connect(self._on_head)
        self.passive.head.clicked.connect(self._on_turn)
        self.inputs.clicked.connect(self._on_inputs)
        self.other.mouse.connect(self._on_mouse)
        document.sides_changed.connect(self.arrange)
        document.trace_changed.connect(self._on_numbers)
        for signal in (
            document.model_changed,
            document.cursor_changed,
            document.selection_changed,
            document.goal_changed,
            document.file_changed,
            self.look.changed,
        ):
            signal.connect(self._on_changed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Beside or upon each other, as there is room."""
        super().resizeEvent(event)
        self._on_changed()

    # Where things stand

    def arrange(self) -> None:
        """The stage at the left while A is active, at the right while B is."""
        is_comparing = self.document.is_comparing
        self.stage.compare_with(self.glance if is_comparing else None)
        for widget in (self.between, self.passive, self.active.head, self.active.foot):
            widget.setVisible(is_comparing)
        order = [self.active, self.between, self.passive]
        if self.document.is_b:
            order.reverse()
        for column in order:
            self.line.removeWidget(column)
            self.line.addWidget(column, 1)
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)
        self._on_changed()

    def _on_changed(self) -> None:
        panes = (self.stage, self.difference, self.other)
        for pane in panes:
            pane.limit()
        if not self.document.is_comparing:
            self._shorten(False)
            return
        self._direct()
        self._fit()
        self._tell()
        drawn = [pane.laid_out().pixels for pane in panes if not pane.obstacle()]
        for pane in panes:
            pane.limit(min(drawn))

    def _on_numbers(self) -> None:
        """While a number is scrubbed, sizes and places stay as they are."""
        if self.document.is_comparing:
            self._tell()

    def _direct(self) -> None:
        look = self.look
        is_wide = self.width() >= look.px(ROOM_FOR_COLUMNS)
        way = QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom
        self.line.setDirection(way)
        self.line.setSpacing(look.px(8))
        for column in (self.active, self.between, self.passive):
            column.rows.setSpacing(look.px(3))
            column.bar.setSpacing(look.px(4))
            column.area.setMinimumHeight(look.px(150 if is_wide else 196))
            column.foot.setFont(look.font(11))
            column.foot.setStyleSheet(f"color: {look.theme.faint};")
            # As many lines everywhere, so that the panes are as high as each other.
            lines = 2 if is_wide else 1
            column.foot.setFixedHeight(round(column.foot.fontMetrics().lineSpacing() * lines) + 2)

    def _fit(self) -> None:
        """Inputs where they have room on both sides, where somebody edits one, or where wanted."""
        is_fitting = self._has_room(self.document) and self._has_room(self.glance)
        is_shown = is_fitting if self.wants_inputs is None else self.wants_inputs
        self._shorten(not is_shown and self.document.selection is None)
        self.inputs.setChecked(not self.is_short)

    def _has_room(self, seen: Seen) -> bool:
        viewport = self.passive.area.contentsRect()
        edge, foot = self.look.px(10), self.look.px(FOOT)
        room = QRectF(viewport).adjusted(edge, edge, -edge, -foot)
        if room.width() < self.look.px(60) or room.height() < self.look.px(40):
            return False
        parts, focus = reading.parts(seen), reading.focus(seen)
        names = reading.names(seen, self.texts)
        made = Equation(parts, self.look, room.width(), room.height(), focus, names=names)
        is_large = made.pixels >= LEAST_LETTERS and not made.is_shortened
        return is_large and made.width <= room.width() and made.height <= room.height()

    def _shorten(self, is_short: bool) -> None:
        self.is_short = is_short
        self.other.shorten(is_short)
        self.stage.shorten(is_short)

    # What stands above and below

    def _tell(self) -> None:
        look, digits = self.look, self.look.digits
        active, other = (self.document.state.active, self.document.state.other)
        assert other is not None
        self._tell_heads(active, other)
        self.minus.setFont(look.font(13, strong=True))
        self.inputs.setFont(look.font(12))
        self.inputs.setText(self.tr("Inputs"))
        self.inputs.setFixedHeight(self.active.head.sizeHint().height())
        self.inputs.setToolTip(self.tr("Show what the step reads, too"))
        place = None if self.document.selection is None else self.document.selection[0]
        subjects = self.glance.subjects(place)
        mine, theirs = reversed(subjects) if self.document.is_b else subjects
        is_told = not self.difference.is_kept_back()
        for column, sheet, matrix in ((self.active, active, mine), (self.passive, other, theirs)):
            told = []
            if matrix is not None and is_told:
                told = figures(sheet.trace, matrix, self.document.goal, digits)
            column.foot.setText(" · ".join(figure.text for figure in told))
            column.foot.setToolTip("\n".join(figure.meaning for figure in told))
        self.between.foot.setText(self._largest() if is_told else "")

    def _tell_heads(self, active: Sheet, other: Sheet) -> None:
        names = ("▸ B", "A") if self.document.is_b else ("▸ A", "B")
        hints = self.tr("This side is the one that is edited"), self.tr("To this side")
        columns, pairs = (self.active, self.passive), ((active, other), (other, active))
        for column, pair, name, hint in zip(columns, pairs, names, hints, strict=True):
            column.head.setChecked(column is self.active)
            titles = [f"{name} · {title}" for title in headlines(*pair, self.texts)]
            column.title(titles, self.look.face(13, strong=column is self.active))
            column.head.setToolTip(f"{titles[0]}\n{hint}")

    def _largest(self) -> str:
        """The largest difference, and where it is."""
        matrix = self.difference.contrast().matrix
        if matrix is None:
            return ""
        note = " · " + self.tr("∞−∞: −∞ on both sides") if self.difference.special() else ""
        known = np.where(np.isnan(matrix.data), 0.0, matrix.data)
        row, column = np.unravel_index(np.abs(known).argmax(), known.shape)
        value = float(known[row, column])
        if value == 0.0:
            return self.tr("equal, number for number") + note
        names = [n for n in (matrix.rows[row], matrix.columns[column]) if n]
        text = self.tr("furthest apart: %1 at (%2)")
        shown = format_number(value, max(self.look.digits, 2))
        return text.replace("%1", shown).replace("%2", ", ".join(names)) + note

    # What is clicked

    def _on_head(self) -> None:
        self.active.head.setChecked(True)

    def _on_turn(self) -> None:
        self.document.turn()

    def _on_inputs(self) -> None:
        self.wants_inputs = self.inputs.isChecked()
        if not self.wants_inputs:
            self.document.select(None)
        self._on_changed()

    def _on_mouse(self, event: QMouseEvent) -> None:
        """A press turns to the other side; it and the rest of the drag go to the stage."""
        if event.type() == QEvent.Type.MouseButtonPress:
            bars = [(a.horizontalScrollBar(), a.verticalScrollBar()) for a in self.areas]
            seen = [bar.value() for bar in bars[1]]
            self.document.turn()
            self.line.activate()
            for bar, value in zip(bars[0], seen, strict=True):
                bar.setValue(value)
        where = event.globalPosition()
        place = QPointF(self.stage.mapFromGlobal(where))
        sent = QMouseEvent(
            event.type(), place, where, event.button(), event.buttons(), event.modifiers()
        )
        QApplication.sendEvent(self.stage, sent)
