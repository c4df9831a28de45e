"""Playing: going forward by itself, at the depth where the cursor is."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from app.document import Document
from engine import moves

PACE = {moves.BLOCK: 1400, moves.STEP: 1000, moves.NUMBER: 420, moves.OPERATION: 420}
"""Milliseconds between two moves."""

CALM = 1600
"""Milliseconds between two moves at least, where motion is to be reduced."""

SPEEDS = (25, 50, 100, 200, 400)
"""How fast one may play, in percent of the usual pace."""


class Playback(QObject):
    """A timer that moves the document's cursor forward, and stops at the end.

    Signals:
        changed: it plays now, or no longer does.
    """

    changed = Signal()

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.document = document
        self.speed = 100
        self.is_calm = False
        self.timer = QTimer(self)
        self.timer.timeout.connect(self._on_timeout)

    @property
    def is_playing(self) -> bool:
        """Whether it plays."""
        return self.timer.isActive()

    def pause_between(self) -> int:
        """Milliseconds from this move to the next."""
        usual = round(PACE[self.document.cursor.depth] * 100 / self.speed)
        return max(usual, CALM) if self.is_calm else usual

    def toggle(self) -> None:
        """Play or pause."""
        if self.is_playing:
            self.pause()
        else:
            self.timer.start(self.pause_between())
            self.changed.emit()

    def pause(self) -> None:
        """Stop where one is."""
        if self.is_playing:
            self.timer.stop()
            self.changed.emit()

    def _on_timeout(self) -> None:
        self.timer.setInterval(self.pause_between())
        if not self.document.move(moves.forward):
            self.pause()
