"""A font with its measures, so that fonts are made and texts are measured once."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetricsF

MOST_TEXTS = 1000
"""How many texts are kept; more than stand in one window, less than a megabyte."""


class Face:
    """One font. A text that comes again is not measured again.

    Faces are never out of date: they are made from a font and hold what follows from it.
    """

    def __init__(self, font: QFont) -> None:
        self.font = font
        self.metrics = QFontMetricsF(font)
        self._widths: dict[str, float] = {}
        self._smaller: Face | None = None

    @property
    def smaller(self) -> Face:
        """The same font for what stands above or below the line."""
        if self._smaller is None:
            font = QFont(self.font)
            font.setPixelSize(max(1, round(font.pixelSize() * 0.68)))
            self._smaller = Face(font)
        return self._smaller

    def width(self, text: str) -> float:
        """How far the text reaches on the line."""
        found = self._widths.get(text)
        if found is None:
            if len(self._widths) >= MOST_TEXTS:
                self._widths.clear()
            found = self._widths[text] = self.metrics.horizontalAdvance(text)
        return found

    def shortened(self, text: str, room: float) -> str:
        """The text, with an ellipsis where there is not room for all of it."""
        if self.width(text) <= room:
            return text
        return self.metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
