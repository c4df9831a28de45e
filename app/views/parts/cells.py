"""The cells of a matrix: colours, hatches, numbers; stripes where there is no room for them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter

from app.shading import Shades, as_image, cell_shades, needs_light_ink
from app.views.parts.matrix import MatrixPicture

Block = tuple[slice, slice]
Hatched = NDArray[np.bool_]

MOST_RECTANGLES = 256
"""So many cells without numbers are painted one by one; more of them as one image."""


def paint_cells(picture: MatrixPicture, painter: QPainter) -> None:
    """Grounds, hatches and numbers; what has no room for its number is a stripe."""
    hatched: Hatched = ~np.isfinite(picture.data)
    if picture.matrix.origin == "mask":
        hatched |= picture.data != 0.0
    plain = np.where(hatched, 0.0, picture.data)
    shades = cell_shades(plain, picture.look.theme, is_share=picture.matrix.is_share)
    full = (picture.down.full, picture.across.full)
    for rows in picture.down.spans():
        for columns in picture.across.spans():
            if (rows, columns) != full:
                _paint_stripes(picture, painter, (rows, columns), shades)
                _paint_hatches(picture, painter, (rows, columns), hatched)
    _paint_numbers(picture, painter, shades[full], hatched[full])


def _cell(picture: MatrixPicture, row: int, column: int, gap: float = 0.0) -> QRectF:
    x, y, grid = picture.across.edges, picture.down.edges, picture.grid
    wide, high = x[column + 1] - x[column], y[row + 1] - y[row]
    return QRectF(grid.x() + x[column], grid.y() + y[row], wide - gap, high - gap)


def _paint_stripes(picture: MatrixPicture, painter: QPainter, block: Block, shades: Shades) -> None:
    """A block of cells without numbers.

    A few are painted one by one, since a small image blurs where it is exported.
    """
    rows, columns = block
    if (rows.stop - rows.start) * (columns.stop - columns.start) > MOST_RECTANGLES:
        first = _cell(picture, rows.start, columns.start)
        last = _cell(picture, rows.stop - 1, columns.stop - 1)
        painter.drawImage(first.united(last), as_image(shades[block]))
        return
    for row, line in enumerate(shades[block].tolist(), rows.start):
        for column, shade in enumerate(line, columns.start):
            painter.fillRect(_cell(picture, row, column), QColor(*shade))


def _paint_hatches(
    picture: MatrixPicture, painter: QPainter, block: Block, hatched: Hatched
) -> None:
    pattern = QBrush(picture.look.color("hatch"), Qt.BrushStyle.BDiagPattern)
    rows, columns = block
    for row, column in np.argwhere(hatched[block]).tolist():
        painter.fillRect(_cell(picture, rows.start + row, columns.start + column), pattern)


def _paint_numbers(
    picture: MatrixPicture, painter: QPainter, shades: Shades, hatched: Hatched
) -> None:
    """The cells that have room for their numbers."""
    look, face, theme = picture.look, picture.face, picture.look.theme
    texts = picture.measured.shown(picture.down.full, picture.across.full)
    inks = (look.color("cell_dark"), look.color("cell_light"))
    colors, light, holes = shades.tolist(), needs_light_ink(shades).tolist(), hatched.tolist()
    pattern = QBrush(look.color("hatch"), Qt.BrushStyle.BDiagPattern)
    gap = 1.0 if picture.pixels * look.zoom >= 1000 else 0.0
    for i, row in enumerate(picture.down.shown):
        for j, column in enumerate(picture.across.shown):
            rect = _cell(picture, row, column, gap)
            painter.fillRect(rect, QColor(*colors[i][j]))
            if holes[i][j]:
                painter.fillRect(rect, pattern)
                # The hatch must not run through the sign: a plate under it.
                plate = QRectF(0, 0, face.width(texts[i][j]) + 4, rect.height() * 0.7)
                plate.moveCenter(rect.center())
                painter.fillRect(plate, QColor(*theme.zero))
            painter.setPen(inks[light[i][j]])
            face.paint(painter, rect, texts[i][j])
