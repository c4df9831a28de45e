"""What is drawn anew whenever numbers or place are others, but only while it is seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QShowEvent

from app.document import Document

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    Base = QWidget
else:
    Base = object  # beside the widget that a view is


class Followed(Base):
    """Named before the widget: a plot that follows the document."""

    is_stale = True

    def follow(self, document: Document) -> None:
        """Be drawn anew from now on, as the document changes."""
        for signal in (
            document.trace_changed,
            document.cursor_changed,
            document.sides_changed,
            document.goal_changed,
        ):
            signal.connect(self._on_changed)

    def showEvent(self, event: QShowEvent) -> None:
        """What changed while nobody looked is drawn now."""
        super().showEvent(event)
        if self.is_stale:
            self.draw()

    def _on_changed(self) -> None:
        self.is_stale = True
        if self.isVisible():
            self.draw()

    def draw(self) -> None:
        """Draw what there is now; it is not stale after it."""
        raise NotImplementedError
