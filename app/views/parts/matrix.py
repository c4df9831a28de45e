"""One matrix as a picture: where header, labels, cells and brackets lie."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFont

from app.face import Face
from app.symbols import symbol_width
from app.theme import Look
from app.views.parts.axis import Axis, make_axis
from app.views.parts.layers import Layer, Reach, Slope, unit_text
from app.views.parts.spacing import USUAL, Spacing
from engine import Matrix

Spot = tuple[int, int]

REFERENCE, LABEL, HEAD, CHAIN = 100.0, 0.82, 1.35, 1.4
"""The size at which is measured; labels and symbols in proportion to the numbers."""


@dataclass(frozen=True)
class Marks:
    """What is marked: the selected number, those it was read from, those just changed."""

    selected: Spot | None = None
    is_active: bool = True
    read: frozenset[Spot] = field(default_factory=frozenset)
    edited: Spot | None = None
    changed: frozenset[Spot] = field(default_factory=frozenset)
    pinned: frozenset[Spot] = field(default_factory=frozenset)
    goal: Spot | None = None


@dataclass(frozen=True)
class Twin:
    """What a matrix is one with: symbol and role, and where, if the symbol doesn't tell."""

    symbol: str
    role: str
    where: str = ""


class Measured:
    """What a matrix needs at any size, in widths of the letter size: measured once.

    `special` has cells that say something else than their number; `twin` is what it is tied
    to; `slope` is its gradient, where that is to be seen; `reach` how far its colours go.
    """

    def __init__(
        self,
        matrix: Matrix,
        look: Look,
        *,
        is_transposed: bool = False,
        name: str = "",
        special: Mapping[Spot, str] | None = None,
        twin: Twin | None = None,
        slope: Slope | None = None,
        reach: Reach | None = None,
    ) -> None:
        self.reach = reach
        self.matrix = matrix
        self.look = look
        self.twin = twin
        self.name = name
        self.is_transposed = is_transposed
        self.data = matrix.data.T if is_transposed else matrix.data
        self.row_names = matrix.columns if is_transposed else matrix.rows
        self.column_names = matrix.rows if is_transposed else matrix.columns
        self.title = f"{matrix.symbol}^T" if is_transposed else matrix.symbol
        self.layers = self._layers(slope, special)
        self.shape_text = f"{self.data.shape[0]}×{self.data.shape[1]}"
        if slope is not None and self.layers[-1].unit:
            mark = "" if slope.is_alone else "∂ "
            self.shape_text += f"  {mark}{unit_text(self.layers[-1].unit)}"
        self.prefix = slope.prefix if slope is not None and slope.is_alone else ""
        self._measure(look)

    def _measure(self, look: Look) -> None:
        """Widths in letter sizes: of numbers, of the names around them, of the head above."""
        em, face = look.px(REFERENCE), look.face(REFERENCE)
        labels, heads = look.face(REFERENCE * LABEL), look.symbol_face(REFERENCE * HEAD)
        self.number = max(layer.longest() for layer in self.layers) * face.width("0") / em
        self.column_name = max(map(labels.width, self.column_names)) / em
        self.row_name = max(map(labels.width, self.row_names)) / em
        self.lead = symbol_width(self.prefix, heads) / em if self.prefix else 0.0
        self.symbol = self.lead + symbol_width(self.title, heads) / em
        self.shape = labels.width(self.shape_text) / em
        self.named = (labels.width(self.name) / em + 0.4) if self.name else 0.0
        self.tied = 0.0
        if self.twin is not None:
            wide = symbol_width(f"= {self.twin.symbol}", heads)
            self.tied = (wide + labels.width(self.twin.where)) / em + CHAIN + 0.4
            self.tied += 0.3 if self.twin.where else 0.0

    @property
    def claim(self) -> tuple[object, ...]:
        """All that a picture's size follows from, whatever the numbers are."""
        widths = (self.number, self.column_name, self.row_name, self.symbol, self.shape)
        return (*widths, self.named, self.tied, self.data.shape, len(self.layers))

    @property
    def texts(self) -> list[list[str]]:
        """All numbers of the first layer as they are shown."""
        return self.layers[0].texts

    def _layers(self, slope: Slope | None, special: Mapping[Spot, str] | None) -> list[Layer]:
        """The values, unless the gradient stands alone; then the gradient, where there is one."""
        turn = self.is_transposed
        values, slopes = (self.reach.values, self.reach.slopes) if self.reach else (None, None)
        found = []
        if slope is None or not slope.is_alone:
            share = self.matrix.is_share
            found.append(
                Layer(self.data, self.look.digits, is_share=share, special=special, reach=values)
            )
        if slope is not None:
            data = slope.data.T if turn else slope.data
            found.append(
                Layer(data, self.look.digits, is_slope=True, special=special, reach=slopes)
            )
        return found


class MatrixPicture:
    """A matrix laid out at one size. Coordinates are relative to its top left corner.

    `limit` is how many cells an axis shows in full (rows, columns), `focus` the number
    they are gathered around. Rows and columns here are those of the picture: for a
    transposed matrix they are exchanged, and `spot` gives the matrix's own. `axis` is the
    height of the line on which pictures and signs are centred. `is_named` False leaves the
    rows' names away.
    """

    def __init__(
        self,
        measured: Measured,
        look: Look,
        pixels: float,
        *,
        is_working: bool = False,
        limit: Spot = (99, 99),
        focus: Spot = (0, 0),
        read_only: bool = True,
        spacing: Spacing = USUAL,
        is_named: bool = True,
    ) -> None:
        self.measured = measured
        self.matrix = measured.matrix
        self.look = look
        self.pixels = pixels
        self.is_working = is_working
        self.read_only = read_only
        self.spacing = spacing
        self.is_named = is_named
        self.data = measured.data
        self._lay_out(limit, self.spot(*focus))

    def _lay_out(self, limit: Spot, focus: Spot) -> None:
        em, measured, spacing = self.look.px(self.pixels), self.measured, self.spacing
        rows, columns = self.data.shape
        number = measured.number + spacing.beside
        wide = em * max(number, min(measured.column_name + 0.5, max(1.5 * number, 3.6)), 1.9)
        # All stripes of an axis together are at most as long as a few cells.
        across = min(spacing.stripe * em, 4 * em / max(columns - limit[1], 1))
        down = min(spacing.stripe * em, 3 * em / max(rows - limit[0], 1))
        count = len(measured.layers)
        tall = spacing.high if count == 1 else spacing.higher * count
        self.across: Axis = make_axis(columns, wide, limit[1], focus[1], across)
        self.down: Axis = make_axis(rows, tall * em, limit[0], focus[0], down)
        self.label_width = 0.0
        if measured.row_name and self.is_named:
            self.label_width = em * (min(measured.row_name, 6.5) + 0.5)
        self.has_column_names = measured.column_name > 0
        head, edge = spacing.head * em, spacing.edge * em
        names = (spacing.names if self.has_column_names else 0.35) * em
        left = edge + self.label_width
        grid_width = left + self.across.length + edge
        pencil = 1.3 if self.is_editable else 0.0
        self.head_width = em * (measured.symbol + 0.4 + measured.tied + measured.shape + pencil)
        # The name stands in the head where there is room for it, else in the tooltip only.
        self.has_name = self.head_width + em * measured.named <= grid_width
        if self.has_name:
            self.head_width += em * measured.named
        self.width = max(grid_width, self.head_width + 0.4 * em)
        shift = (self.width - grid_width) / 2
        high = self.down.length
        self.axis = head + names + high / 2
        self.height = head + names + high + 0.5 * em
        self._grid = (shift + left, head + names, self.across.length, high)
        self._frame = (shift, head, grid_width, names + high + 0.3 * em)

    @cached_property
    def grid(self) -> QRectF:
        """Where the cells lie."""
        return QRectF(*self._grid)

    @cached_property
    def frame(self) -> QRectF:
        """Where the brackets stand."""
        return QRectF(*self._frame)

    @property
    def layers(self) -> list[Layer]:
        """The numbers that stand in each cell, from the top."""
        return self.measured.layers

    @property
    def texts(self) -> list[list[str]]:
        """All numbers as they are shown."""
        return self.measured.texts

    @property
    def face(self) -> Face:
        """The font of the numbers, with its measures."""
        return self.look.face(self.pixels)

    @property
    def font(self) -> QFont:
        """The font of the numbers."""
        return self.face.font

    @property
    def label_face(self) -> Face:
        """The font of the rows' and columns' names."""
        return self.look.face(self.pixels * LABEL)

    @property
    def head_face(self) -> Face:
        """The font of the symbol above."""
        return self.look.symbol_face(self.pixels * HEAD)

    @property
    def is_editable(self) -> bool:
        """Whether a learner can change numbers here."""
        return self.matrix.is_editable and not self.read_only

    def has_rows_of(self, other: MatrixPicture) -> bool:
        """Whether the other one's rows, in the same places, have the same names."""
        is_same = self.measured.row_names == other.measured.row_names
        return is_same and self.down.shown == other.down.shown

    def spot(self, row: int, column: int) -> Spot:
        """The matrix's own row and column of a cell of the picture (or the reverse)."""
        return (column, row) if self.measured.is_transposed else (row, column)

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
