"""A column of a comparison: headline, pane, figures."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.face import Face
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
        self.foot.setTextFormat(Qt.TextFormat.PlainText)  # a word may be called <s>
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

    def title(self, texts: Sequence[str], face: Face) -> None:
        """The headline in this font, by the first of the texts that has room."""
        self.head.setFont(face.font)
        self.head.setText(face.fitting(texts, self.head.width() - face.height * 1.5))
        self.head.setAccessibleName(texts[0])
