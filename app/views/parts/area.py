"""A scroll area that may hold texts which wrap."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QScrollArea, QWidget


class Area(QScrollArea):
    """A scroll area for something that is the higher the narrower it is.

    Qt sizes the content from within the content's own resize event. Where the scroll bar's
    width decides whether the content fits, that has no end, and the process none but a crash;
    so a resize that such a resize brought about is left as it is.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.is_sizing = False
        self.setWidgetResizable(True)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's own, but for a resize within a resize."""
        if event.type() != QEvent.Type.Resize:
            return super().eventFilter(watched, event)
        if self.is_sizing:
            return False
        self.is_sizing = True
        try:
            return super().eventFilter(watched, event)
        finally:
            self.is_sizing = False
