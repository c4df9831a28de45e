"""A step's parts as pictures and signs, laid out in lines that fit a given room."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QRegion

from app.theme import Look
from app.views.parts.layers import Reach, Slope
from app.views.parts.matrix import Marks, MatrixPicture, Measured, Spot, Twin
from app.views.parts.painting import paint_matrix
from engine import Part

LARGEST, SMALLEST = 19.0, 11.0
ONE_LINE_FROM, ONE_LINE_WORTH = 13.0, 0.75
WHOLE = (999, 999)
NOTHING: Mapping[Any, Any] = MappingProxyType({})
LIMITS = (24, 16, 12, 10, 8, 6, 5, 4, 3)


@dataclass
class Item:
    """A part with its picture (none for a sign) and where it lies."""

    part: Part
    picture: MatrixPicture | None
    width: float
    at: QPointF

    @property
    def key(self) -> tuple[str, int]:
        """Which part it is: its kind and its number among them."""
        return self.part.kind, self.part.index

    @property
    def rect(self) -> QRectF:
        """The picture's room."""
        height = self.picture.height if self.picture else 0.0
        return QRectF(self.at.x(), self.at.y(), self.width, height)


class Equation:
    """The parts of a step, laid out to fit `width` × `height` as largely as possible.

    The text shrinks to a readable least; beyond that long matrices show only the numbers
    around `focus` in full and the others as stripes. If even that is too large, the
    equation is larger than the room and the stage scrolls.
    """

    def __init__(
        self,
        parts: Sequence[Part],
        look: Look,
        width: float,
        height: float,
        focus: dict[tuple[str, int], Spot],
        *,
        names: Mapping[tuple[str, int], str] = NOTHING,
        largest: float = LARGEST,
        read_only: bool = False,
        special: Mapping[tuple[str, int], Mapping[Spot, str]] = NOTHING,
        twins: Mapping[tuple[str, int], Twin] = NOTHING,
        slopes: Mapping[tuple[str, int], Slope] = NOTHING,
        like: Equation | None = None,
        reaches: Mapping[tuple[str, int], Reach] = NOTHING,
    ) -> None:
        self.look, self.focus, self.read_only = look, focus, read_only
        self.measured = {
            key: Measured(
                p.matrix,
                look,
                is_transposed=p.is_transposed,
                name=names.get(key, ""),
                special=special.get(key),
                twin=twins.get(key),
                slope=slopes.get(key),
                reach=reaches.get(key),
            )
            for p in parts
            if p.matrix is not None and (key := (p.kind, p.index))
        }
        self.limits: dict[tuple[str, int], Spot] = {}
        self.tried: dict[tuple[str, int, float, Spot], MatrixPicture] = {}
        self.items: list[Item] = []
        self.lines: list[list[Item]] = []
        self.pixels = largest
        self.claim = self._claim(parts, width, height, largest)
        self._size(parts, largest, width, height, like)
        self._place(width, height)

    def _size(
        self,
        parts: Sequence[Part],
        largest: float,
        width: float,
        height: float,
        like: Equation | None,
    ) -> None:
        """As in `like`, where all that the size follows from is the same; else what fits."""
        if like is not None and like.claim == self.claim:
            self.limits = like.limits
            self._lay_out(parts, like.pixels, width)
        else:
            self._fit(parts, largest, width, height)
        self.tried.clear()

    def _claim(self, parts: Sequence[Part], *room: float) -> object:
        """All that the size of the letters follows from: where it is the same, so are they."""
        matrices = [(m.claim, m.matrix.is_editable) for m in self.measured.values()]
        signs = [(p.kind, p.index, p.sign) for p in parts]
        return matrices, signs, room, self.look.zoom, self.read_only

    def _fit(self, parts: Sequence[Part], largest: float, width: float, height: float) -> None:
        """The largest text that fits; one line is worth a somewhat smaller text than two."""
        for pixels in self._sizes(largest):
            self._lay_out(parts, pixels, width)
            if self._fits(width, height):
                break
        else:
            self._shorten(parts, width, height)
            return
        broken = self.pixels
        if len(self.lines) == 1 or broken < ONE_LINE_FROM:
            return
        for pixels in self._sizes(broken):
            if pixels < max(ONE_LINE_FROM, broken * ONE_LINE_WORTH):
                break
            self._lay_out(parts, pixels, width)
            if len(self.lines) == 1 and self.height <= height:
                return
        self._lay_out(parts, broken, width)

    def _shorten(self, parts: Sequence[Part], width: float, height: float) -> None:
        """As many numbers in full as fit: first alike in all matrices, then more in each."""
        keys = [(p.kind, p.index) for p in parts if p.matrix is not None]
        for square in LIMITS:
            self.limits = dict.fromkeys(keys, (square, square))
            self._lay_out(parts, self.least, width)
            if self._fits(width, height):
                break
        else:
            return
        for key in reversed(keys):
            for more in (WHOLE, (WHOLE[0], square), (square, WHOLE[1])):
                kept, self.limits = self.limits, {**self.limits, key: more}
                self._lay_out(parts, self.least, width)
                if self._fits(width, height):
                    break
                self.limits = kept
        self._lay_out(parts, self.least, width)

    def _fits(self, width: float, height: float) -> bool:
        return self.width <= width and self.height <= height

    @property
    def is_shortened(self) -> bool:
        """Whether some matrix shows numbers as stripes."""
        pictures = [i.picture for i in self.items if i.picture]
        return any(axis.count < axis.total for p in pictures for axis in (p.across, p.down))

    @property
    def least(self) -> float:
        """The least letters at 100%: a larger zoom is for reading, but rows must stay in sight."""
        return SMALLEST / math.sqrt(self.look.zoom / 100)

    def _sizes(self, largest: float) -> Iterable[float]:
        pixels = largest
        while pixels >= self.least:
            yield pixels
            pixels -= 1.0 if pixels <= 14 else 2.0

    def _lay_out(self, parts: Sequence[Part], pixels: float, width: float) -> None:
        """Fill lines from left to right; a line breaks before a sign."""
        self.pixels = pixels
        self.gap = self.look.px(pixels) * 0.7
        signs = self.look.face(pixels * 1.25)
        self.items = []
        for part in parts:
            picture = None if part.matrix is None else self._picture(part, pixels)
            wide = picture.width if picture else signs.width(part.sign)
            self.items.append(Item(part, picture, wide, QPointF()))
        self.lines = self._break(width)
        self.width = max(self._line_width(line) for line in self.lines)
        self.height = sum(self._line_height(line) for line in self.lines)

    def _picture(self, part: Part, pixels: float) -> MatrixPicture:
        """The part's matrix at one size; each attempt changes only some of them."""
        key = (part.kind, part.index)
        limit = self.limits.get(key, WHOLE)
        found = self.tried.get((*key, pixels, limit))
        if found is None:
            found = self.tried[(*key, pixels, limit)] = MatrixPicture(
                self.measured[key],
                self.look,
                pixels,
                is_working=part.kind == "working",
                limit=limit,
                focus=self.focus.get(key, (0, 0)),
                read_only=self.read_only or part.kind != "input",
            )
        return found

    def _break(self, width: float) -> list[list[Item]]:
        """Lines of groups: a matrix with the signs before it and those that close it."""
        groups: list[list[Item]] = []
        for item in self.items:
            before = groups[-1] if groups else []
            is_open = bool(before) and all(i.picture is None for i in before)
            if is_open or (before and item.part.kind == "closing"):
                before.append(item)
            else:
                groups.append([item])
        lines: list[list[Item]] = [[]]
        for group in groups:
            if lines[-1] and self._line_width(lines[-1] + group) > width:
                lines.append([])
            lines[-1].extend(group)
        return lines

    def _line_width(self, line: Sequence[Item]) -> float:
        return sum(i.width for i in line) + self.gap * (len(line) - 1)

    def _line_height(self, line: Sequence[Item]) -> float:
        above, below = self._extent(line)
        return above + below + self.gap

    @staticmethod
    def _extent(line: Sequence[Item]) -> tuple[float, float]:
        pictures = [i.picture for i in line if i.picture]
        above = max((p.axis for p in pictures), default=20.0)
        below = max((p.height - p.axis for p in pictures), default=20.0)
        return above, below

    def _place(self, width: float, height: float) -> None:
        """Centre every line, and all of them in the room."""
        y = max(0.0, (height - self.height) / 2)
        for line in self.lines:
            above, _ = self._extent(line)
            x = max(0.0, (width - self._line_width(line)) / 2)
            for item in line:
                top = y + above - (item.picture.axis if item.picture else 0.0)
                item.at = QPointF(round(x), round(top))
                x += item.width + self.gap
            y += self._line_height(line)

    def paint(
        self,
        painter: QPainter,
        marks: Mapping[tuple[str, int], Marks],
        region: QRegion | None = None,
    ) -> None:
        """Paint signs and pictures, or of the pictures only what reaches into a region."""
        signs = self.look.face(self.pixels * 1.25)
        for item in self.items:
            if item.picture is None:
                painter.setFont(signs.font)
                painter.setPen(self.look.color("faint"))
                rect = QRectF(item.at.x(), item.at.y() - 30, item.width + 2, 60)
                flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
                painter.drawText(
                    rect.adjusted(-1, 0, signs.metrics.height(), 0), int(flags), item.part.sign
                )
                continue
            if region is not None and not region.intersects(item.rect.toAlignedRect()):
                continue
            painter.translate(item.at)
            paint_matrix(item.picture, painter, marks.get(item.key, Marks()))
            painter.translate(-item.at)

    def item(self, key: tuple[str, int]) -> Item | None:
        """The part of a kind and number."""
        return next((i for i in self.items if i.key == key and i.picture), None)

    def cell_rect(self, key: tuple[str, int], spot: Spot) -> QRectF:
        """Where a part's number lies; empty if there is no such part."""
        item = self.item(key)
        if item is None or item.picture is None:
            return QRectF()
        rows, columns = item.picture.matrix.shape
        if spot[0] >= rows or spot[1] >= columns:
            return QRectF()
        return item.picture.cell_rect(spot).translated(item.at)

    def hit(self, point: QPointF) -> tuple[Item, Spot] | None:
        """The number at a point, with the part that it belongs to."""
        for item in self.items:
            if item.picture and item.rect.contains(point):
                spot = item.picture.cell_at(point - item.at)
                if spot is not None:
                    return item, spot
        return None
