"""The bar that names the goal, whose gradient the matrices show, and lets it be changed."""

from __future__ import annotations

import math

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QWidget

from app.chooser import Chooser
from app.document import Document
from app.keys import PRESS, keep_keys
from app.numbers import format_number
from app.seen import BOTH, GRADIENTS, SHOWN, VALUES
from app.symbols import plain
from app.texts import Texts
from app.theme import Look
from app.views.parts.retold import Retold


class GoalBar(Retold, QWidget):
    """Shown while there is a goal: a click on its name goes there, the cross lets go of it."""

    def __init__(
        self, document: Document, look: Look, texts: Texts, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.document = document
        self.look = look
        self.texts = texts
        self.setObjectName("goal")
        self.full = ""
        self.name = QToolButton(self)
        self.name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.name.clicked.connect(self._on_name)
        self.mode = Chooser(look, self)
        for shown in SHOWN:
            self.mode.addItem("", shown)
        self.mode.activated.connect(self._on_mode)
        self.close_button = QToolButton(self)
        self.close_button.setText("✕")
        self.close_button.clicked.connect(self._on_close)
        for button in (self.name, self.close_button):
            keep_keys(button, PRESS)
        self.row = QHBoxLayout(self)
        self.row.addWidget(self.name, 1)
        self.row.addWidget(self.mode)
        self.row.addWidget(self.close_button)
        for signal in (document.goal_changed, document.trace_changed, look.changed):
            signal.connect(self._on_changed)
        self._on_changed()

    def _on_changed(self) -> None:
        goal, look = self.document.goal, self.look
        self.setVisible(goal is not None)
        if goal is None or not goal.is_in(self.document.trace):
            return
        self.row.setContentsMargins(look.px(4), 0, 0, 0)
        self.row.setSpacing(look.px(6))
        self.full = self._told()
        for widget in (self.name, self.mode, self.close_button):
            widget.setFont(look.font(13))
        self._show_name()
        words = {
            VALUES: self.tr("Values"),
            GRADIENTS: self.tr("Gradients"),
            BOTH: self.tr("Values and gradients"),
        }
        for index, shown in enumerate(SHOWN):
            self.mode.setItemText(index, words[shown])
        self.mode.setCurrentIndex(SHOWN.index(self.document.shown))
        self.mode.setAccessibleName(self.tr("What the matrices show"))
        self.mode.setToolTip(self.tr("What the matrices show"))
        self.mode.updateGeometry()
        self.close_button.setToolTip(self.tr("No goal any more"))
        self.close_button.setAccessibleName(self.tr("No goal any more"))

    def _told(self) -> str:
        """The goal: its symbol, its place and its value; what is asked of all the others."""
        goal, trace = self.document.goal, self.document.trace
        assert goal is not None
        matrix = trace[goal.path].output
        symbol = plain(matrix.symbol)
        names = [n for n in (matrix.rows[goal.row], matrix.columns[goal.column]) if n]
        place = f"({', '.join(names)})" if names else ""
        number = goal.value(trace)
        value = format_number(number, self.look.digits)
        step = self.texts.step(trace[goal.path]).name
        text = self.tr("Goal: %1 = %2   ∂%3 ÷ ∂…   %4")
        if not math.isfinite(number):
            text = self.tr("Goal: %1 = %2 has no gradient   %4")
        text = text.replace("%1", symbol + place).replace("%2", value)
        return text.replace("%3", symbol).replace("%4", step)

    def _show_name(self) -> None:
        metrics = QFontMetricsF(self.name.font())
        room = self.name.width() - self.look.px(20)
        shown = metrics.elidedText(self.full, Qt.TextElideMode.ElideRight, room)
        self.name.setText(shown.replace("&", "&&"))
        self.name.setAccessibleName(self.full)
        go = self.tr("Go there")
        self.name.setToolTip(f"{self.full}\n{go}")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The name for the new room."""
        super().resizeEvent(event)
        if self.full:
            self._show_name()

    def _on_name(self) -> None:
        self.document.go_to_goal()

    def _on_mode(self) -> None:
        self.document.show_as(str(self.mode.currentData()))

    def _on_close(self) -> None:
        self.document.let_go()
