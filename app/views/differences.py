"""The list of what differs between A and B; each entry goes to where it is seen first."""

from __future__ import annotations

import math

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QToolButton, QWidget

from app.document import Document
from app.keys import PRESS, keep_keys
from app.texts import Texts
from app.theme import Look
from app.views.parts.retold import Retold
from app.views.parts.telling import told
from engine import Trace, comparison


class Differences(Retold, QWidget):
    """One line with all of it as far as there is room, and a menu with an entry for each."""

    def __init__(
        self, document: Document, look: Look, texts: Texts, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.document = document
        self.look = look
        self.texts = texts
        self.setObjectName("differences")
        self.found: tuple[comparison.Difference, ...] = ()
        self.text = QLabel(self)
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.text.setMinimumWidth(1)
        self.list = QMenu(self)
        self.list.aboutToShow.connect(self.fill)
        self.list.triggered.connect(self._on_chosen)
        self.button = QToolButton(self)
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        # Not setMenu: that would wait inside the key press until the menu is closed.
        self.button.clicked.connect(self._on_button)
        keep_keys(self.button, PRESS)
        self.row = QHBoxLayout(self)
        self.row.addWidget(self.text, 1)
        self.row.addWidget(self.button)
        for signal in (document.trace_changed, document.sides_changed, look.changed):
            signal.connect(self._on_changed)
        self._on_changed()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many entries as have room."""
        super().resizeEvent(event)
        self._show_text()

    def _on_changed(self) -> None:
        self.setVisible(self.document.is_comparing)
        if not self.document.is_comparing:
            return
        self.row.setContentsMargins(self.look.px(4), 0, 0, 0)
        self.text.setFont(self.look.font(12.5))
        self.button.setFont(self.look.font(12.5))
        self.found = comparison.differences(*self._both())
        self.button.setEnabled(bool(self.found))
        self.button.setText(self.tr("Go to ▾"))
        self.button.setToolTip(self.tr("Go to where a difference is seen first"))
        self._show_text()

    def _both(self) -> tuple[Trace, Trace]:
        a, b = (sheet.trace for sheet in self.document.state.sheets)
        return a, b

    def fill(self) -> None:
        """An entry in the menu for each difference."""
        self.list.clear()
        for index, line in enumerate(self.lines()):
            self.list.addAction(line).setData(index)

    def lines(self) -> list[str]:
        """One line for each difference."""
        both = self._both()
        return [told(difference, self.texts, both) for difference in self.found]

    def _show_text(self) -> None:
        if not self.document.is_comparing:
            return
        lines = self.lines()
        texts = [self._line(lines, shown) for shown in range(len(lines), 0, -1)]
        if not lines:
            texts = [self.tr("B is as A so far: change something")]
        self.text.setText(self.look.face(12.5).fitting(texts, self.text.width() - 4))
        self.text.setToolTip("\n".join(lines))

    def _line(self, lines: list[str], shown: int) -> str:
        """So many of the entries, each in full, and how many more there are."""
        told = " · ".join(lines[:shown])
        if shown == len(lines):
            return self.tr("B differs: %1").replace("%1", told)
        text = self.tr("B differs: %1 · %2 more")
        return text.replace("%2", str(len(lines) - shown)).replace("%1", told)

    def _on_button(self) -> None:
        self.list.popup(self.button.mapToGlobal(self.button.rect().bottomLeft()))

    def _on_chosen(self, action: QAction) -> None:
        path = self.place(self.found[action.data()])
        if path is not None:
            self.document.go_to(path)

    def place(self, difference: comparison.Difference) -> str | None:
        """The active side's first step with other numbers, among those that it concerns."""
        trace, (a, b) = self.document.trace, self._both()
        far = comparison.distances(a, b)
        concerned = [
            step.path
            for step in trace
            if step.path == difference.name
            or any(matrix.path == difference.name for matrix in step.inputs)
        ]
        changed = [path for path in trace.steps if far.get(path, math.inf) > 0.0]
        return next(iter([*concerned, *changed]), None)
