"""The room that a scroll area gives to what it holds."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QWidget


class Room(QObject):
    """Watches the widget around another one, whose size may change while the inner one's stays.

    Signals:
        changed: there is more or less room.
    """

    changed = Signal()

    def __init__(self, inner: QWidget) -> None:
        super().__init__(inner)
        outer = inner.parentWidget()
        if outer is not None:
            outer.installEventFilter(self)

    def eventFilter(self, _outer: QObject, event: QEvent) -> bool:
        """Look on; the event is not ours."""
        if event.type() == QEvent.Type.Resize:
            self.changed.emit()
        return False
