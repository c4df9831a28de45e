"""The stage's foot: what the colours of the result mean, and a remark."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QLinearGradient, QPainter

from app.numbers import format_whole
from app.palettes import Theme
from app.symbols import plain
from app.theme import Look
from engine import Matrix

FOOT = 24
"""The foot's height at 100% text."""


def scale_of(matrix: Matrix, theme: Theme) -> tuple[float, float, list[QColor]]:
    """The least and the largest value that the colours stand for, and the colours between."""
    if matrix.is_share:
        return 0.0, 1.0, [QColor(*theme.share_low), QColor(*theme.share_high)]
    finite = matrix.data[np.isfinite(matrix.data)]
    reach = float(np.abs(finite).max(initial=0.0))
    colors = [QColor(*theme.negative), QColor(*theme.zero), QColor(*theme.positive)]
    return -reach, reach, colors


def paint_legend(painter: QPainter, room: QRectF, look: Look, matrix: Matrix) -> None:
    """The result's colour scale in the lower right corner; each matrix has its own."""
    low, high, colors = scale_of(matrix, look.theme)
    if low == high:
        return
    font = look.font(10.5)
    metrics = QFontMetricsF(font)
    texts = [format_whole(v, look.digits) for v in (low, high)]
    edge, bar = look.px(8), look.px(70)
    x = room.right() - edge - metrics.horizontalAdvance(texts[1])
    base = QRectF(room.left(), room.bottom() - look.px(FOOT - 4), room.width(), look.px(14))
    middle = int(Qt.AlignmentFlag.AlignVCenter)
    painter.setFont(font)
    painter.setPen(look.color("faint"))
    painter.drawText(QRectF(x, base.top(), 999, base.height()), middle, texts[1])
    x -= bar + look.px(5)
    gradient = QLinearGradient(x, 0, x + bar, 0)
    for index, color in enumerate(colors):
        gradient.setColorAt(index / (len(colors) - 1), color)
    swatch = QRectF(x, base.top() + look.px(3), bar, base.height() - look.px(6))
    painter.fillRect(swatch.adjusted(-1, -1, 1, 1), look.color("line"))
    painter.fillRect(swatch, gradient)
    painter.setPen(look.color("faint"))
    name = f"{plain(matrix.symbol)}:  {texts[0]}"
    x -= metrics.horizontalAdvance(name) + look.px(5)
    painter.drawText(QRectF(x, base.top(), 999, base.height()), middle, name)


def paint_remark(painter: QPainter, room: QRectF, look: Look, text: str) -> None:
    """A sentence in the lower left corner, shortened where there is little room."""
    font = look.font(10.5)
    painter.setFont(font)
    painter.setPen(look.color("faint"))
    wide = room.width() - look.px(190)
    metrics = QFontMetricsF(font)
    if wide < metrics.horizontalAdvance(text) / 3:  # a word or two would say nothing
        return
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, wide)
    place = QRectF(
        room.left() + look.px(10), room.bottom() - look.px(FOOT - 4), wide + 4, look.px(14)
    )
    painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter), shown)
