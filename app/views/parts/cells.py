"""The cells of a matrix: colours, hatches, numbers; stripes where there is no room for them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter

from app.shading import as_image, needs_light_ink
from app.views.parts.layers import Layer
from app.views.parts.matrix import MatrixPicture

Block = tuple[slice, slice]
Hatched = NDArray[np.bool_]

MOST_RECTANGLES = 256
"""So many cells without numbers are painted one by one; more of them as one image."""


def paint_cells(picture: MatrixPicture, painter: QPainter) -> None:
    """Grounds, hatches and numbers; what has no room for its number is a stripe."""
    layers = [_Painted(picture, layer, place) for place, layer in enumerate(picture.layers)]
    full = (picture.down.full, picture.across.full)
    for rows in picture.down.spans():
        for columns in picture.across.spans():
            if (rows, columns) != full:
                _paint_stripes(layers, painter, (rows, columns))
    for layer in layers:
        layer.paint_numbers(painter)


class _Painted:
    """One layer of a picture: the numbers that stand in the same part of every cell."""

    def __init__(self, picture: MatrixPicture, layer: Layer, place: int) -> None:
        self.picture = picture
        self.layer = layer
        self.hatched: Hatched = ~np.isfinite(layer.data)
        if picture.matrix.origin == "mask" and not layer.is_slope:
            self.hatched |= layer.data != 0.0
        plain = np.where(self.hatched, 0.0, layer.data)
        self.shades = layer.shades(plain, picture.look.theme)
        self.place = place

    def cell(self, row: int, column: int, gap: float = 0.0) -> QRectF:
        """This layer's part of a cell."""
        picture = self.picture
        x, y, grid = picture.across.edges, picture.down.edges, picture.grid
        wide, high = x[column + 1] - x[column], (y[row + 1] - y[row]) / len(picture.layers)
        top = grid.y() + y[row] + self.place * high
        # Where a cell holds two numbers, a line between the cells tells which belong together.
        is_last = self.place == len(picture.layers) - 1
        below = 0.0 if not is_last else max(gap, 2.0) if gap and self.place else gap
        return QRectF(grid.x() + x[column], top, wide - gap, high - below)

    def paint_rectangles(self, painter: QPainter, block: Block) -> None:
        """A block of cells without numbers, one by one."""
        rows, columns = block
        for row, line in enumerate(self.shades[block].tolist(), rows.start):
            for column, shade in enumerate(line, columns.start):
                painter.fillRect(self.cell(row, column), QColor(*shade))

    def paint_hatches(self, painter: QPainter, block: Block) -> None:
        """A hatch over what is no finite number, or forbidden."""
        pattern = QBrush(self.picture.look.color("hatch"), Qt.BrushStyle.BDiagPattern)
        rows, columns = block
        for row, column in np.argwhere(self.hatched[block]).tolist():
            painter.fillRect(self.cell(rows.start + row, columns.start + column), pattern)

    def paint_numbers(self, painter: QPainter) -> None:
        """The cells that have room for their numbers."""
        picture = self.picture
        look, face, theme = picture.look, picture.face, picture.look.theme
        full = (picture.down.full, picture.across.full)
        texts, shades = self.layer.shown(*full), self.shades[full]
        inks = (look.color("cell_dark"), look.color("cell_light"))
        colors, light = shades.tolist(), needs_light_ink(shades).tolist()
        holes = self.hatched[full].tolist()
        pattern = QBrush(look.color("hatch"), Qt.BrushStyle.BDiagPattern)
        gap = 1.0 if picture.pixels * look.zoom >= 1000 else 0.0
        for i, row in enumerate(picture.down.shown):
            for j, column in enumerate(picture.across.shown):
                rect = self.cell(row, column, gap)
                painter.fillRect(rect, QColor(*colors[i][j]))
                if holes[i][j]:
                    painter.fillRect(rect, pattern)
                    # The hatch must not run through the sign: a plate under it.
                    plate = QRectF(0, 0, face.width(texts[i][j]) + 4, rect.height() * 0.7)
                    plate.moveCenter(rect.center())
                    painter.fillRect(plate, QColor(*theme.zero))
                painter.setPen(inks[light[i][j]])
                face.paint(painter, rect, texts[i][j])


def _paint_stripes(layers: Sequence[_Painted], painter: QPainter, block: Block) -> None:
    """A block of cells without numbers.

    A few are painted one by one, since a small image blurs where it is exported.
    """
    rows, columns = block
    is_many = (rows.stop - rows.start) * (columns.stop - columns.start) > MOST_RECTANGLES
    first = layers[0].cell(rows.start, columns.start)
    all_of_them = first.united(layers[-1].cell(rows.stop - 1, columns.stop - 1))
    if is_many:
        # A row of the image for each layer of each row of the matrix.
        lines = np.stack([layer.shades[block] for layer in layers], axis=1)
        painter.drawImage(all_of_them, as_image(lines.reshape(-1, *lines.shape[2:])))
    for layer in layers:
        if not is_many:
            layer.paint_rectangles(painter, block)
        layer.paint_hatches(painter, block)
    # Zeros have the card's colour: without an edge nobody would see that numbers are here.
    painter.setPen(layers[0].picture.look.color("line"))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(all_of_them.adjusted(0, 0, -1, -1))
