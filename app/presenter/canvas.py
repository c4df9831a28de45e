"""The stage in the hall: it can keep answers back, and light one row or matrix."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from app.document import Document
from app.presenter.answers import Answers
from app.presenter.panes import HallPane
from app.presenter.spotlight import Spotlight
from app.texts import Texts
from app.theme import Look
from app.views.stage import Stage

BLANK = (Qt.Key.Key_B, Qt.Key.Key_Period)
"""The keys that blank the screen."""


class Canvas(HallPane, Stage):
    """A stage whose results may be secret; the right button puts the spotlight."""

    def __init__(
        self,
        document: Document,
        looks: tuple[Look, Look],
        texts: Texts,
        answers: Answers,
        parent: QWidget,
    ) -> None:
        """`looks` are that of the matrices, and that of the words below them."""
        super().__init__(document, looks[0], texts, parent)
        self.dress(answers, looks[1], Spotlight(self))
        self.setObjectName("canvas")
        document.cursor_changed.connect(self._on_moved)
        self.path = document.cursor.path

    def event(self, event: QEvent) -> bool:
        """What a clicker sends to blank the screen begins no number here."""
        is_override = event.type() == QEvent.Type.ShortcutOverride
        if is_override and isinstance(event, QKeyEvent) and event.key() in BLANK:
            return False
        return super().event(event)

    # The spotlight

    def turn_spotlight(self) -> None:
        """By key it follows the number that is asked."""
        self.spotlight.turn()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The right button lights a row, then its matrix, then nothing."""
        if event.button() != Qt.MouseButton.RightButton:
            super().mousePressEvent(event)
            return
        hit = self.laid_out().hit(event.position())
        if hit is None:
            self.spotlight.off()
        else:
            item, spot = hit
            row = item.picture.spot(*spot)[0] if item.picture else spot[0]
            first = item.picture.spot(row, 0) if item.picture else (row, 0)
            self.spotlight.turn((item.key, first))

    def _on_moved(self) -> None:
        """A light that was put somewhere goes out with the step."""
        if self.document.cursor.path != self.path:
            self.path = self.document.cursor.path
            if self.spotlight.target is not None:
                self.spotlight.off()
