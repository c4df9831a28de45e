"""One matrix as a picture: header, labels, cells, brackets, outlines. All painting is here."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from app.numbers import digits_for, format_matrix
from app.symbols import paint_symbol, symbol_width
from app.theme import Look, cell_colors
from engine import Matrix

Spot = tuple[int, int]


@dataclass(frozen=True)
class Marks:
    """What is outlined: the selected number, and those it was read from."""

    selected: Spot | None = None
    is_active: bool = True
    read: frozenset[Spot] = field(default_factory=frozenset)
    edited: Spot | None = None


@dataclass(frozen=True)
class Axis:
    """Where the cells of one axis lie: `edges` has one entry more than there are cells.

    A long axis shows `count` cells in full from `first` on; the others are thin stripes.
    """

    edges: tuple[float, ...]
    first: int
    count: int

    @property
    def length(self) -> float:
        """From the first edge to the last."""
        return self.edges[-1]

    def at(self, position: float) -> int | None:
        """The cell at a position, or None beyond the ends."""
        if not 0 <= position < self.edges[-1]:
            return None
        return bisect_right(self.edges, position) - 1

    def is_full(self, index: int) -> bool:
        """Whether this cell has room for its number."""
        return self.first <= index < self.first + self.count


def make_axis(count: int, size: float, limit: int, focus: int, thin: float) -> Axis:
    """Cells of `size`, at most `limit` of them in full, around `focus`."""
    if count <= limit:
        return Axis(tuple(size * i for i in range(count + 1)), 0, count)
    first = min(max(focus - limit // 2, 0), count - limit)
    stripe = max(thin, 1.0)
    edges = [0.0]
    for index in range(count):
        edges.append(edges[-1] + (size if first <= index < first + limit else stripe))
    return Axis(tuple(edges), first, limit)


class MatrixPicture:
    """A matrix laid out at one size. Coordinates are relative to its top left corner.

    `limit` is how many cells an axis shows in full (rows, columns), `focus` the number
    they are gathered around. Rows and columns here are those of the picture: for a
    transposed matrix they are exchanged, and `spot` gives the matrix's own.
    """

    def __init__(
        self,
        matrix: Matrix,
        look: Look,
        pixels: float,
        *,
        is_transposed: bool = False,
        is_working: bool = False,
        limit: Spot = (99, 99),
        focus: Spot = (0, 0),
        read_only: bool = True,
    ) -> None:
        self.matrix = matrix
        self.look = look
        self.pixels = pixels
        self.is_transposed = is_transposed
        self.is_working = is_working
        self.read_only = read_only
        self.data = matrix.data.T if is_transposed else matrix.data
        self.row_names = matrix.columns if is_transposed else matrix.rows
        self.column_names = matrix.rows if is_transposed else matrix.columns
        self.font = look.font(pixels)
        self.label_font = look.font(pixels * 0.82)
        self.head_font = look.symbol_font(pixels * 1.35)
        self._lay_out(limit, (focus[1], focus[0]) if is_transposed else focus)

    def _lay_out(self, limit: Spot, focus: Spot) -> None:
        em = self.look.px(self.pixels)
        digit = QFontMetricsF(self.font).horizontalAdvance("0")
        longest = max((len(t) for row in self.texts for t in row), default=1)
        labels = QFontMetricsF(self.label_font)
        named = max((labels.horizontalAdvance(n) for n in self.column_names), default=0.0)
        number = longest * digit + 0.55 * em
        wide = max(number, min(named + 0.5 * em, 1.5 * number), 1.9 * em)
        rows, columns = self.data.shape
        thin = max(1.0, 0.22 * em)
        self.across = make_axis(
            columns, wide, limit[1], focus[1], min(thin, 4 * em / max(columns - limit[1], 1))
        )
        self.down = make_axis(
            rows, 1.85 * em, limit[0], focus[0], min(thin, 3 * em / max(rows - limit[0], 1))
        )
        row_named = max((labels.horizontalAdvance(n) for n in self.row_names), default=0.0)
        self.label_width = min(row_named, 6.5 * em) + (0.5 * em if row_named else 0.0)
        self.has_column_names = any(self.column_names)
        head = 1.9 * em
        names = 1.25 * em if self.has_column_names else 0.35 * em
        pad = 0.45 * em
        left = pad + self.label_width
        grid_width = left + self.across.length + pad
        self.head_width = self._head_width()
        self.width = max(grid_width, self.head_width + 0.4 * em)
        shift = (self.width - grid_width) / 2
        self.grid = QRectF(shift + left, head + names, self.across.length, self.down.length)
        self.frame = QRectF(shift, head, grid_width, names + self.down.length + 0.3 * em)
        self.height = self.frame.bottom() + 0.2 * em

    @cached_property
    def texts(self) -> list[list[str]]:
        """The numbers as they are shown."""
        return format_matrix(self.data, digits_for(self.data, self.look.digits))

    @property
    def axis(self) -> float:
        """The height of the line on which pictures and signs are centred."""
        return self.grid.center().y()

    @property
    def title(self) -> str:
        """The symbol, with a T when transposed."""
        return f"{self.matrix.symbol}^T" if self.is_transposed else self.matrix.symbol

    @property
    def shape_text(self) -> str:
        """The picture's own shape."""
        return f"{self.data.shape[0]}×{self.data.shape[1]}"

    def _head_width(self) -> float:
        shape = QFontMetricsF(self.label_font).horizontalAdvance(self.shape_text)
        pencil = 1.3 * self.look.px(self.pixels) if self.is_editable else 0.0
        gap = 0.4 * self.look.px(self.pixels)
        return symbol_width(self.title, self.head_font) + gap + shape + pencil

    @property
    def is_editable(self) -> bool:
        """Whether a learner can change numbers here."""
        return self.matrix.is_editable and not self.read_only

    def spot(self, row: int, column: int) -> Spot:
        """The matrix's own row and column of a cell of the picture (or the reverse)."""
        return (column, row) if self.is_transposed else (row, column)

    def cell_at(self, point: QPointF) -> Spot | None:
        """The matrix's number at a point of the picture."""
        row = self.down.at(point.y() - self.grid.top())
        column = self.across.at(point.x() - self.grid.left())
        return None if row is None or column is None else self.spot(row, column)

    def cell_rect(self, spot: Spot) -> QRectF:
        """Where a number of the matrix lies in the picture."""
        row, column = self.spot(*spot)
        x, y = self.across.edges, self.down.edges
        return QRectF(
            self.grid.left() + x[column],
            self.grid.top() + y[row],
            x[column + 1] - x[column],
            y[row + 1] - y[row],
        )

    # Painting

    def paint(self, painter: QPainter, marks: Marks) -> None:
        """Paint at the painter's origin."""
        self._paint_head(painter)
        self._paint_frame(painter)
        self._paint_labels(painter, marks)
        self._paint_cells(painter)
        self._paint_marks(painter, marks)

    def _color(self) -> QColor:
        role = self.matrix.role
        return self.look.color("faint") if self.is_working else self.look.color(f"role:{role}")

    def _paint_head(self, painter: QPainter) -> None:
        em = self.look.px(self.pixels)
        x = (self.frame.left() + self.frame.right() - self.head_width) / 2
        base = 1.35 * em
        x += paint_symbol(painter, QPointF(x, base), self.title, self.head_font, self._color())
        x += 0.4 * em
        painter.setFont(self.label_font)
        painter.setPen(self.look.color("faint"))
        painter.drawText(QPointF(x, base), self.shape_text)
        if self.is_editable:
            x += QFontMetricsF(self.label_font).horizontalAdvance(self.shape_text) + 0.35 * em
            self._paint_pencil(painter, QRectF(x, base - 0.75 * em, 0.8 * em, 0.8 * em))

    def _paint_pencil(self, painter: QPainter, box: QRectF) -> None:
        path = QPainterPath()
        for index, (x, y) in enumerate(
            ((0, 1), (0.08, 0.68), (0.7, 0.05), (0.95, 0.3), (0.32, 0.92))
        ):
            point = QPointF(box.left() + x * box.width(), box.top() + y * box.height())
            path.lineTo(point) if index else path.moveTo(point)
        path.closeSubpath()
        painter.setPen(QPen(self.look.color("faint"), max(1.0, box.width() / 9)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.drawPath(path)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def _paint_frame(self, painter: QPainter) -> None:
        em, f = self.look.px(self.pixels), self.frame
        width = max(1.5, 0.13 * em)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self.is_working:
            painter.setPen(QPen(self._color(), max(1.0, width * 0.7), Qt.PenStyle.DashLine))
            painter.drawRoundedRect(f, 0.3 * em, 0.3 * em)
        else:
            painter.setPen(QPen(self._color(), width))
            reach = 0.4 * em
            for side, turn in ((f.left(), 1), (f.right(), -1)):
                path = QPainterPath(QPointF(side + turn * reach, f.top()))
                path.quadTo(side, f.top(), side, f.top() + reach)
                path.lineTo(side, f.bottom() - reach)
                path.quadTo(side, f.bottom(), side + turn * reach, f.bottom())
                painter.drawPath(path)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def _paint_labels(self, painter: QPainter, marks: Marks) -> None:
        em = self.look.px(self.pixels)
        metrics = QFontMetricsF(self.label_font)
        chosen = self.spot(*marks.selected) if marks.selected else (-1, -1)
        strong = QFont(self.label_font)
        strong.setWeight(QFont.Weight.Bold)
        for place, name, rect, align in self._labels(em):
            is_chosen = name and place == chosen[0 if align & Qt.AlignmentFlag.AlignRight else 1]
            painter.setFont(strong if is_chosen else self.label_font)
            painter.setPen(self.look.color("ink" if is_chosen else "faint"))
            text = metrics.elidedText(name, Qt.TextElideMode.ElideRight, rect.width() + 1)
            painter.drawText(rect, int(align | Qt.AlignmentFlag.AlignVCenter), text)

    def _labels(self, em: float) -> list[tuple[int, str, QRectF, Qt.AlignmentFlag]]:
        found = []
        y, x = self.down.edges, self.across.edges
        if self.label_width:
            left = self.grid.left() - self.label_width - 0.15 * em
            for row in range(self.down.first, self.down.first + self.down.count):
                rect = QRectF(
                    left, self.grid.top() + y[row], self.label_width - 0.2 * em, y[row + 1] - y[row]
                )
                found.append((row, self.row_names[row], rect, Qt.AlignmentFlag.AlignRight))
        if self.has_column_names:
            top = self.grid.top() - 1.25 * em
            for column in range(self.across.first, self.across.first + self.across.count):
                rect = QRectF(
                    self.grid.left() + x[column], top, x[column + 1] - x[column], 1.2 * em
                )
                name = self.column_names[column]
                found.append((column, name, rect, Qt.AlignmentFlag.AlignHCenter))
        return found

    def _paint_cells(self, painter: QPainter) -> None:
        theme = self.look.theme
        hatched = ~np.isfinite(self.data)
        if self.matrix.origin == "mask":
            hatched |= self.data != 0.0
        plain = np.where(hatched, 0.0, self.data)
        colors, light = cell_colors(plain, theme, is_share=self.matrix.is_share)
        shades, inks, hatch = colors.tolist(), light.tolist(), hatched.tolist()
        dark_ink, light_ink = QColor(theme.cell_dark), QColor(theme.cell_light)
        pattern = QBrush(QColor(theme.hatch), Qt.BrushStyle.BDiagPattern)
        painter.setFont(self.font)
        x, y = self.across.edges, self.down.edges
        gap = 1.0 if self.pixels * self.look.zoom >= 1000 else 0.0
        for row in range(self.data.shape[0]):
            full_row = self.down.is_full(row)
            for column in range(self.data.shape[1]):
                is_full = full_row and self.across.is_full(column)
                rect = QRectF(
                    self.grid.left() + x[column],
                    self.grid.top() + y[row],
                    x[column + 1] - x[column] - (gap if is_full else 0),
                    y[row + 1] - y[row] - (gap if is_full else 0),
                )
                painter.fillRect(rect, QColor(*shades[row][column]))
                if hatch[row][column]:
                    painter.fillRect(rect, pattern)
                if is_full:
                    self._paint_text(
                        painter,
                        rect,
                        self.texts[row][column],
                        light_ink if inks[row][column] else dark_ink,
                        is_hatched=hatch[row][column],
                    )

    def _paint_text(
        self, painter: QPainter, rect: QRectF, text: str, ink: QColor, *, is_hatched: bool
    ) -> None:
        if is_hatched:
            # The hatch must not run through the sign: a plate under it.
            width = QFontMetricsF(self.font).horizontalAdvance(text) + 4
            plate = QRectF(0, 0, width, rect.height() * 0.7)
            plate.moveCenter(rect.center())
            painter.fillRect(plate, QColor(*self.look.theme.zero))
        painter.setPen(ink)
        painter.drawText(rect, int(Qt.AlignmentFlag.AlignCenter), text)

    def _paint_marks(self, painter: QPainter, marks: Marks) -> None:
        em = self.look.px(self.pixels)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if marks.read:
            painter.setPen(QPen(self.look.color("ink"), max(1.0, 0.1 * em)))
            for spot in marks.read:
                rect = self.cell_rect(spot).adjusted(0.5, 0.5, -1.5, -1.5)
                painter.drawRoundedRect(rect, 0.15 * em, 0.15 * em)
        for spot, color, width in (
            (marks.selected, "accent", 0.2 if marks.is_active else 0.12),
            (marks.edited, "here_line", 0.2),
        ):
            if spot is not None:
                painter.setPen(QPen(self.look.color(color), max(1.5, width * em)))
                rect = self.cell_rect(spot).adjusted(-0.5, -0.5, -0.5, -0.5)
                painter.drawRoundedRect(rect, 0.2 * em, 0.2 * em)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
