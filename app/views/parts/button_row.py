"""Buttons beside each other, or where that is too wide upon each other."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QPushButton, QSizePolicy, QWidget


class ButtonRow(QWidget):
    """A row of buttons; where it `is_spread`, the last one stands at the right end."""

    def __init__(
        self, buttons: Sequence[QPushButton], parent: QWidget, *, is_spread: bool = False
    ) -> None:
        super().__init__(parent)
        self.buttons = list(buttons)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self.row.setContentsMargins(0, 0, 0, 0)
        for place, button in enumerate(self.buttons):
            if place == len(self.buttons) - 1 and is_spread:
                self.row.addStretch()
            self.row.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        if not is_spread:
            self.row.addStretch()

    def arrange(self) -> None:
        """Give the buttons their places: some may have been hidden, or named anew."""
        shown = [b for b in self.buttons if not b.isHidden()]
        needed = sum(b.sizeHint().width() for b in shown)
        needed += self.row.spacing() * max(len(shown) - 1, 0)
        ways = QBoxLayout.Direction
        is_wide = needed <= self.width()
        self.row.setDirection(ways.LeftToRight if is_wide else ways.TopToBottom)
        self.updateGeometry()

    def event(self, event: QEvent) -> bool:
        """A button of another size needs another arrangement."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.arrange()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another room."""
        super().resizeEvent(event)
        self.arrange()

    def minimumSizeHint(self) -> QSize:
        """As narrow as the widest button."""
        wide = max((b.sizeHint().width() for b in self.buttons if not b.isHidden()), default=0)
        return QSize(wide, super().minimumSizeHint().height())
