"""A step's parts as pictures and signs, laid out in lines that fit a given room."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QRegion

from app.theme import Look
from app.views.parts.equation_lines import Size, Span, broken, falling, first_with_room, grouped
from app.views.parts.item import Item, measured
from app.views.parts.layers import Reach, Slope
from app.views.parts.matrix import Marks, MatrixPicture, Spot, Twin
from app.views.parts.painting import paint_matrix
from app.views.parts.shortening import Extent, Key, Needed, shared_axes, shorten, whole
from app.views.parts.spacing import CLOSE, CLOSEST, TIGHT, USUAL, Spacing
from engine import Part

LARGEST, SMALLEST = 26.0, 11.0
ONE_LINE_FROM, ONE_LINE_WORTH = 13.0, 0.8
NOTHING: Mapping[Any, Any] = MappingProxyType({})


class Equation:
    """The parts of a step, laid out to fit `width` × `height` as largely as possible.

    The text shrinks to a readable least; then cells move closer, in two steps and no more than the
    room asks for, and rows that have their names in the matrix before on the same line need them
    no more. Beyond that long matrices show only the numbers around `focus` in full and the others
    as stripes, along an axis that they share the same ones; `needs` is what is read of each matrix,
    which becomes stripes last of all.
    If even that is too large, the equation is larger than the room and the stage scrolls.

    With `least` the letters are never smaller than that, and cells are close from the start:
    for a hall, where the letters' size comes before everything.
    """

    def __init__(
        self,
        parts: Sequence[Part],
        look: Look,
        width: float,
        height: float,
        focus: dict[Key, Spot],
        *,
        names: Mapping[Key, str] = NOTHING,
        largest: float = LARGEST,
        least: float | None = None,
        needs: Mapping[Key, Needed] = NOTHING,
        read_only: bool = False,
        special: Mapping[Key, Mapping[Spot, str]] = NOTHING,
        twins: Mapping[Key, Twin] = NOTHING,
        slopes: Mapping[Key, Slope] = NOTHING,
        reaches: Mapping[Key, Reach] = NOTHING,
        like: Equation | None = None,
    ) -> None:
        self.look, self.focus, self.needs, self.read_only = look, focus, needs, read_only
        beside = (names, special, twins, slopes, reaches)
        self.measured = {(p.kind, p.index): measured(p, look, *beside) for p in parts if p.matrix}
        self.limits: Mapping[Key, Extent] = {}
        # A larger zoom is for reading, but rows must stay in sight.
        self.least = least or SMALLEST / math.sqrt(look.zoom / 100)
        self.spacing = USUAL if least is None else CLOSE
        self.tried: dict[tuple[object, ...], MatrixPicture] = {}
        self.items: list[Item] = []
        self.lines: list[list[Item]] = []
        self.pixels = largest
        self.claim = self._claim(parts, width, height, largest)
        self._size(parts, (width, height), like)
        self._place(width, height)

    def _claim(self, parts: Sequence[Part], *room: float) -> object:
        """All that sizes follow from: where it is the same, so are they, whatever the numbers."""
        matrices = [(m.claim, m.matrix.is_editable) for m in self.measured.values()]
        signs = [(p.kind, p.index, p.sign) for p in parts]
        shown = (dict(self.focus), dict(self.needs), self.read_only)
        return matrices, signs, room, self.look.zoom, shown, self.least, self.spacing

    def _size(
        self, parts: Sequence[Part], room: tuple[float, float], like: Equation | None
    ) -> None:
        """As in `like` where sizes follow from the same; else what fits the room."""
        if like is not None and like.claim == self.claim:
            self.limits, self.spacing = like.limits, like.spacing
            self._lay_out(parts, like.pixels, room)
        else:
            self._fit(parts, self.pixels, room)
        self.tried.clear()

    def _fit(self, parts: Sequence[Part], largest: float, room: Size) -> None:
        """The largest text that fits; one line is worth a somewhat smaller text than two."""

        def has_room(pixels: float) -> bool:
            self._lay_out(parts, pixels, room)
            return self._fits(room)

        broken = first_with_room(falling(largest, self.least), has_room)
        if broken is None:
            self._shrink(parts, room)
            return
        is_worth = not self.is_close and has_room(broken) and len(self.lines) > 1
        least = max(ONE_LINE_FROM, broken * ONE_LINE_WORTH)
        one = is_worth and first_with_room(
            falling(broken, least), lambda pixels: has_room(pixels) and len(self.lines) == 1
        )
        self._lay_out(parts, one or broken, room)

    def _shrink(self, parts: Sequence[Part], room: Size) -> None:
        """The smallest text is still too large: closer, and then not all numbers in full."""
        for self.spacing in (CLOSE, CLOSEST):
            self._lay_out(parts, self.least, room)
            if self._fits(room):
                break
        else:
            for self.spacing in (CLOSEST, TIGHT):
                if self._shorten(parts, room):
                    break
        self._relax(parts, room)

    def _relax(self, parts: Sequence[Part], room: Size) -> None:
        """Rows lie as far apart as there is height for, and columns as there is width for."""
        for alike in (Spacing.high_as, Spacing.wide_as):
            close = self.spacing
            for other in (USUAL, CLOSE, close):
                self.spacing = alike(close, other)
                self._lay_out(parts, self.least, room)
                if self._fits(room):
                    break

    def _shorten(self, parts: Sequence[Part], room: Size) -> bool:
        """As many numbers in full as fit, if any do."""
        shapes = {key: measured.matrix.shape for key, measured in self.measured.items()}

        def has_room(limits: Mapping[Key, Extent]) -> bool:
            self.limits = limits
            self._lay_out(parts, self.least, room)
            return self._fits(room)

        return shorten(shared_axes(parts, self.focus, self.needs), shapes, has_room)

    @property
    def is_close(self) -> bool:
        """Whether cells lie closer than usual."""
        return self.spacing != USUAL

    def _fits(self, room: Size) -> bool:
        return self.width <= room[0] and self.height <= room[1]

    @property
    def is_shortened(self) -> bool:
        """Whether some matrix shows numbers as stripes."""
        pictures = [i.picture for i in self.items if i.picture]
        return any(axis.count < axis.total for p in pictures for axis in (p.across, p.down))

    def _lay_out(self, parts: Sequence[Part], pixels: float, room: Size) -> None:
        """Fill lines from left to right; a line breaks before a sign."""
        self.pixels = pixels
        self.gap = self.look.px(pixels) * self.spacing.gap
        groups = grouped(self._all_items(parts))
        tried: dict[Span, list[Item]] = {}

        def line(span: Span) -> list[Item]:
            if span not in tried:
                items = [replace(item) for group in groups[slice(*span)] for item in group]
                tried[span] = self._named_once(items) if self.is_close else items
            return tried[span]

        def measure(span: Span) -> Size:
            return self._line_width(line(span)), self._line_height(line(span))

        self.lines = [line(span) for span in broken(len(groups), room, measure)]
        self.items = [item for items in self.lines for item in items]
        self.width = max(self._line_width(line) for line in self.lines)
        self.height = sum(self._line_height(line) for line in self.lines)

    def _picture(self, part: Part, *, is_named: bool = True) -> MatrixPicture:
        """The part's matrix at one size; each attempt changes only some of them."""
        key = (part.kind, part.index)
        shown = self.limits.get(key) or whole(self.measured[key].matrix.shape)
        attempt = (*key, self.pixels, shown, self.spacing, is_named)
        found = self.tried.get(attempt)
        if found is None:
            found = self.tried[attempt] = MatrixPicture(
                self.measured[key],
                self.look,
                self.pixels,
                is_working=part.kind == "working",
                limit=shown.turned() if part.is_transposed else shown.count,
                focus=shown.focus,
                read_only=self.read_only or part.kind != "input",
                spacing=self.spacing,
                is_named=is_named,
            )
        return found

    def _all_items(self, parts: Sequence[Part]) -> Iterable[Item]:
        signs = self.look.face(self.pixels * 1.25)
        for part in parts:
            picture = None if part.matrix is None else self._picture(part)
            wide = picture.width if picture else signs.width(part.sign)
            yield Item(part, picture, wide, QPointF())

    def _named_once(self, line: list[Item]) -> list[Item]:
        """Rows need no names where the same rows have them in the matrix before on the line."""
        before = None
        for item in line:
            if item.picture is None:
                continue
            is_same = before is not None and before.has_rows_of(item.picture)
            before = item.picture = self._picture(item.part, is_named=not is_same)
            item.width = before.width
        return line

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
        self, painter: QPainter, marks: Mapping[Key, Marks], region: QRegion | None = None
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

    def item(self, key: Key) -> Item | None:
        """The part of a kind and number."""
        return next((i for i in self.items if i.key == key and i.picture), None)

    def cell_rect(self, key: Key, spot: Spot) -> QRectF:
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
