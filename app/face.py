"""A font with its measures, so that fonts are made and texts are shaped once."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QStaticText, QTransform

MOST_TEXTS = 1000
"""How many texts are kept of a font; more than stand in one window."""

_CENTRE = Qt.AlignmentFlag.AlignHCenter
_RIGHT = Qt.AlignmentFlag.AlignRight


class Face:
    """One font. A text that comes again is neither measured nor shaped again.

    A face is never out of date: what it keeps follows from its font alone.
    """

    def __init__(self, font: QFont) -> None:
        self.font = font
        self.metrics = QFontMetricsF(font)
        self.height = self.metrics.height()
        self.ascent = self.metrics.ascent()
        self._widths: dict[str, float] = {}
        self._shaped: dict[str, QStaticText] = {}
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

    def fitting(self, texts: Sequence[str], room: float) -> str:
        """The first of the texts, ever shorter ones, that has room; else the last, shortened."""
        found = next((text for text in texts if self.width(text) <= room), texts[-1])
        return self.shortened(found, room)

    def paint(
        self, painter: QPainter, room: QRectF, text: str, align: Qt.AlignmentFlag = _CENTRE
    ) -> None:
        """Paint the text in the painter's ink, in the middle of the room's height.

        The same picture as QPainter's drawText into a rectangle, in a third of the time.
        """
        painter.setFont(self.font)
        spare, above = room.width() - self.width(text), room.height() - self.height
        if spare < 0 or above < 0:  # it must be cut off
            painter.drawText(room, int(align | Qt.AlignmentFlag.AlignVCenter), text)
            return
        left = spare / 2 if align is _CENTRE else spare if align is _RIGHT else 0.0
        at = QPointF(room.x() + left, room.y() + above / 2)
        painter.drawStaticText(at, self._static(text))

    def write(self, painter: QPainter, at: QPointF, text: str) -> None:
        """Paint the text in the painter's ink with the left end of its baseline at `at`.

        The same picture as QPainter's drawText at a point, in a third of the time.
        """
        painter.setFont(self.font)
        painter.drawStaticText(QPointF(at.x(), at.y() - self.ascent), self._static(text))

    def _static(self, text: str) -> QStaticText:
        found = self._shaped.get(text)
        if found is None:
            if len(self._shaped) >= MOST_TEXTS:
                self._shaped.clear()
            found = self._shaped[text] = QStaticText(text)
            found.setTextFormat(Qt.TextFormat.PlainText)
            found.prepare(QTransform(), self.font)
        return found
