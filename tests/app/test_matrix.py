"""One matrix as a picture: strange numbers, long names, many columns; every cell is found again."""

from itertools import product

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFontMetricsF, QImage, QPainter

from app.palettes import THEMES
from app.theme import Look
from app.views.parts.axis import make_axis
from app.views.parts.matrix import Marks, MatrixPicture, Measured
from app.views.parts.painting import paint_matrix
from engine import Matrix

ODD = np.array([[-np.inf, np.nan, 1e6], [-0.0, -0.004, np.inf], [1e-300, -999999.5, 0.005]])


def matrix(data: np.ndarray, origin: str = "step", is_share: bool = False, names="") -> Matrix:
    rows = tuple(f"{names}{i}" for i in range(data.shape[0]))
    columns = tuple(f"{names}{i}" for i in range(data.shape[1]))
    return Matrix("a/b", data, rows, columns, "W_Q", "query", is_share, origin)


def picture(
    look: Look, data: np.ndarray, *, origin="step", is_share=False, names="", turned=False, **more
) -> MatrixPicture:
    measured = Measured(matrix(data, origin, is_share, names), look, is_transposed=turned)
    return MatrixPicture(measured, look, more.pop("pixels", 14.0), **more)


def painted(shown: MatrixPicture, marks: Marks | None = None) -> QImage:
    image = QImage(int(shown.width) + 2, int(shown.height) + 2, QImage.Format.Format_RGB32)
    image.fill(shown.look.color("card"))
    painter = QPainter(image)
    try:
        paint_matrix(shown, painter, marks or Marks())
    finally:
        painter.end()
    return image


@pytest.fixture
def look(stepformer) -> Look:
    return Look()


def full_cells(shown: MatrixPicture):
    rows, columns = shown.data.shape
    for row, column in product(range(rows), range(columns)):
        if shown.down.is_full(row) and shown.across.is_full(column):
            yield row, column


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("origin", ["step", "parameter", "mask", "constant"])
def test_strange_numbers_are_painted(look, theme, origin):
    look.set_theme(theme)
    shown = picture(look, ODD, origin=origin, read_only=False)
    texts = [t for row in shown.texts for t in row]
    assert texts[:2] == ["−∞", "NaN"]
    assert "∞" in texts
    assert not any(t.startswith("−0") and not t.strip("−0.") for t in texts)
    metrics = QFontMetricsF(shown.font)
    for row, column in full_cells(shown):
        room = shown.cell_rect((row, column)).width()
        assert metrics.horizontalAdvance(shown.texts[row][column]) <= room
    image = painted(shown, Marks(selected=(0, 0), read=frozenset({(1, 1), (0, 1)}), edited=(2, 2)))
    assert image != painted(shown)


def test_zero_and_minus_zero_look_alike(look):
    zero, minus = np.zeros((2, 2)), np.full((2, 2), -0.0)
    assert painted(picture(look, zero)) == painted(picture(look, minus))


@pytest.mark.parametrize("shape", [(1, 1), (1, 64), (16, 1), (16, 64), (64, 16)])
@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize("limit", [99, 8, 3])
def test_every_cell_is_found_where_it_is_drawn(look, shape, turned, limit):
    data = np.arange(shape[0] * shape[1], dtype=float).reshape(shape)
    focus = (shape[0] - 1, shape[1] // 2)
    shown = picture(look, data, turned=turned, limit=(limit, limit), focus=focus)
    for spot in product(range(shape[0]), range(shape[1])):
        rect = shown.cell_rect(spot)
        assert shown.cell_at(rect.center()) == spot
        assert shown.grid.adjusted(-0.1, -0.1, 0.1, 0.1).contains(rect)
    row, column = shown.spot(*focus)
    assert shown.down.is_full(row)
    assert shown.across.is_full(column)
    assert shown.cell_at(QPointF(shown.grid.left() - 1, shown.grid.center().y())) is None
    assert shown.cell_at(QPointF(shown.grid.right() + 1, shown.grid.center().y())) is None
    painted(
        shown,
        Marks(selected=focus, read=frozenset(product(range(shape[0]), range(min(2, shape[1]))))),
    )


@pytest.mark.parametrize("names", ["", "x", "Donaudampfschifffahrt", "翻译机器人", "W" * 60])
@pytest.mark.parametrize("pixels", [11.0, 19.0])
def test_everything_lies_inside_of_the_picture(look, names, pixels):
    for data, turned in product((ODD, np.ones((5, 2)), np.ones((1, 1))), (False, True)):
        shown = picture(look, data, names=names, turned=turned, pixels=pixels, read_only=False)
        whole = QRectF(0, 0, shown.width, shown.height).adjusted(-0.5, -0.5, 0.5, 0.5)
        assert whole.contains(shown.frame)
        assert shown.frame.adjusted(-0.5, -0.5, 0.5, 0.5).contains(shown.grid)
        assert shown.grid.left() - shown.label_width >= shown.frame.left() - 0.5
        assert shown.head_width <= shown.width + 0.5


def test_painting_stays_inside_of_the_picture(look):
    for names in ("W" * 60, "翻译机器人"):
        shown = picture(look, ODD, names=names, read_only=False, origin="parameter")
        edge = 12
        image = QImage(
            int(shown.width) + 2 * edge, int(shown.height) + 2 * edge, QImage.Format.Format_RGB32
        )
        image.fill(0xFF00FF)
        painter = QPainter(image)
        painter.translate(edge, edge)
        paint_matrix(shown, painter, Marks(selected=(0, 0), read=frozenset({(2, 2)})))
        painter.end()
        outside = {
            image.pixel(x, y)
            for y in range(image.height())
            for x in (*range(edge - 3), *range(image.width() - edge + 4, image.width()))
        }
        assert outside == {0xFFFF00FF}, names


def test_a_transposed_picture_is_the_picture_of_the_transpose(look):
    data = np.arange(6.0).reshape(2, 3)
    turned = picture(look, data, turned=True)
    assert turned.data.tolist() == data.T.tolist()
    assert turned.texts == picture(look, data.T.copy()).texts
    assert turned.measured.title == "W_Q^T"
    assert turned.measured.shape_text == "3×2"
    assert turned.cell_rect((0, 2)) == picture(look, data.T.copy()).cell_rect((2, 0))


def test_masked_cells_are_hatched(look):
    data = np.array([[0.0, -1e6], [0.0, 0.0]])
    mask, step = picture(look, data, origin="mask"), picture(look, data)
    assert painted(mask) != painted(step)
    free, stopped = (mask.cell_rect((0, c)).adjusted(1, 1, -1, -1).toRect() for c in (0, 1))
    colors = {painted(mask).copy(stopped).pixel(x, y) for x in range(12) for y in range(12)}
    assert len(colors) > 1
    colors = {painted(mask).copy(free).pixel(x, y) for x in range(6) for y in range(6)}
    assert len(colors) == 1


def test_a_range_of_numbers_keeps_its_place_on_the_scale(look):
    """The same number has the same colour only on the same scale; zero is always zero's."""
    image, shown = painted(s := picture(look, np.array([[0.0, 3.0, -3.0]]))), s

    def corner(column):
        rect = shown.cell_rect((0, column))
        return image.pixel(int(rect.left()) + 3, int(rect.top()) + 3)

    assert len({corner(c) for c in range(3)}) == 3


def test_an_axis():
    short = make_axis(4, 10.0, 8, 0, 1.0)
    assert short.edges == (0.0, 10.0, 20.0, 30.0, 40.0)
    assert [short.at(p) for p in (-1, 0, 9.9, 10, 39.9, 40)] == [None, 0, 0, 1, 3, None]
    long = make_axis(64, 10.0, 8, 63, 2.0)
    assert (long.first, long.count) == (56, 8)
    assert long.length == 56 * 2 + 80
    for focus in range(64):
        axis = make_axis(64, 10.0, 8, focus, 2.0)
        assert axis.is_full(focus)
        assert sum(map(axis.is_full, range(64))) == 8
