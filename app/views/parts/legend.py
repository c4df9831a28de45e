"""The stage's foot: what the colours of the result mean, and a remark."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QLinearGradient, QPainter

from app.numbers import format_whole
from app.palettes import Rgb
from app.shading import reach_of
from app.symbols import plain
from app.theme import Look
from app.views.parts.layers import Reach, Slope, unit_for, unit_text
from engine import Matrix

FOOT = 24
"""The foot's height at 100% text."""

BOTH_SIDES = " (A, B)"
"""Behind the name of a range that both sides of a comparison share."""


@dataclass(frozen=True)
class Range:
    """What the colours of a matrix's cells stand for: a name, its ends, the colours between."""

    name: str
    low: float
    high: float
    colors: tuple[Rgb, ...]


def ranges_of(
    matrix: Matrix, look: Look, slope: Slope | None = None, reach: Reach | None = None
) -> list[Range]:
    """The ranges of a matrix's values and of its gradient, of whichever is shown.

    With a reach they are those of both sides of a comparison, and say so.
    """
    found, theme, name = [], look.theme, plain(matrix.symbol)
    sides = "" if reach is None else BOTH_SIDES
    if slope is None or not slope.is_alone:
        if matrix.is_share:
            ends = (theme.share_low, theme.share_high)
            found.append(Range(name + sides, 0.0, 1.0, ends))
        else:
            end = reach_of(matrix.data) if reach is None else reach.values
            colors = (theme.negative, theme.zero, theme.positive)
            found.append(Range(name + sides, -end, end, colors))
    if slope is not None:
        end = reach_of(slope.data) if reach is None else reach.slopes
        unit = unit_for(end)
        name = f"{slope.prefix}{name} {unit_text(unit)}".rstrip()
        colors = (theme.falling, theme.zero, theme.rising)
        found.append(Range(name + sides, -end / 10.0**unit, end / 10.0**unit, colors))
    return found


def paint_legend(painter: QPainter, room: QRectF, look: Look, ranges: Sequence[Range]) -> float:
    """Colour ranges in the lower right corner, the last outermost; gives where they begin."""
    right = room.right() - look.px(8)
    for shown in reversed(ranges):
        # In a narrow pane the outermost alone: it is that of what is drawn last.
        is_fitting = right == room.right() - look.px(8) or right - room.left() > look.px(170)
        if shown.low != shown.high and is_fitting:
            right = _paint_range(painter, room, look, shown, right) - look.px(16)
    return right


def _paint_range(painter: QPainter, room: QRectF, look: Look, shown: Range, right: float) -> float:
    """One shown that ends at `right`; gives where it begins."""
    font = look.font(10.5)
    metrics = QFontMetricsF(font)
    texts = [format_whole(v, look.digits) for v in (shown.low, shown.high)]
    bar = look.px(70)
    x = right - metrics.horizontalAdvance(texts[1])
    base = QRectF(room.left(), room.bottom() - look.px(FOOT - 4), room.width(), look.px(14))
    middle = int(Qt.AlignmentFlag.AlignVCenter)
    painter.setFont(font)
    painter.setPen(look.color("faint"))
    painter.drawText(QRectF(x, base.top(), 999, base.height()), middle, texts[1])
    x -= bar + look.px(5)
    gradient = QLinearGradient(x, 0, x + bar, 0)
    for index, color in enumerate(shown.colors):
        gradient.setColorAt(index / (len(shown.colors) - 1), QColor(*color))
    swatch = QRectF(x, base.top() + look.px(3), bar, base.height() - look.px(6))
    painter.fillRect(swatch.adjusted(-1, -1, 1, 1), look.color("line"))
    painter.fillRect(swatch, gradient)
    painter.setPen(look.color("faint"))
    name = f"{shown.name}:  {texts[0]}"
    x -= metrics.horizontalAdvance(name) + look.px(5)
    painter.drawText(QRectF(x, base.top(), 999, base.height()), middle, name)
    return x


def paint_remark(
    painter: QPainter, room: QRectF, look: Look, texts: Sequence[str], right: float
) -> None:
    """In the lower left corner, up to `right`, the first of the texts that has room there."""
    face = look.face(10.5)
    wide = right - room.left() - look.px(20)
    shown = next((text for text in texts if face.width(text) <= wide), "")
    painter.setFont(face.font)
    painter.setPen(look.color("faint"))
    place = QRectF(
        room.left() + look.px(10), room.bottom() - look.px(FOOT - 4), wide + 4, look.px(14)
    )
    painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter), shown)
