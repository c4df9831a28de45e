"""A column of a comparison: headline, pane, figures."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.keys import PRESS, keep_keys


class Column(QWidget):
    """A pane with a headline above it and figures below."""

    def __init__(self, area: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self.head = QPushButton(self)
        self.head.setCheckable(True)
        self.head.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.head.setMinimumWidth(1)
        keep_keys(self.head, PRESS)
        self.foot = QLabel(self)
        self.foot.setWordWrap(True)
        self.foot.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.foot.setMinimumWidth(1)
        self.area = area
        self.bar = QHBoxLayout()
        self.bar.addWidget(self.head, 1)
        self.rows = QVBoxLayout(self)
        self.rows.setContentsMargins(0, 0, 0, 0)
        self.rows.addLayout(self.bar)
        self.rows.addWidget(area, 1)
        self.rows.addWidget(self.foot)

    def title(self, *texts: str) -> None:
        """The headline, by the first of the texts that has room, or the last, shortened."""
        room = self.head.width() - self.head.fontMetrics().height() * 1.5
        metrics = QFontMetricsF(self.head.font())
        text = next((t for t in texts if metrics.horizontalAdvance(t) <= room), texts[-1])
        self.head.setText(metrics.elidedText(text, Qt.TextElideMode.ElideRight, room))
        self.head.setAccessibleName(texts[0])
