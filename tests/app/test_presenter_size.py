"""Larger and smaller in the lecture hall mean what they say, whatever room the words leave."""

from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from test_presenter import HEAD, KEY, digits, enter, press  # noqa: F401
from window_support import flush

from app.presenter.hall import SIZES, USUAL
from engine import moves

CTRL = Qt.KeyboardModifier.ControlModifier
SCREENS = [(1024, 768), (1280, 800)]
SHOWN = (
    f"{HEAD}/V",
    f"{HEAD}/scores",
    f"{HEAD}/masked",
    f"{HEAD}/weights",
    "encoder/1/residual_1",
    "encoder/1/feed_forward/output",
    "decoder/1/norm_1",
    "decoder/1/cross_attention/head_1/scores",
    "output/probabilities",
)


def sizes(hall, press) -> list[float]:  # noqa: F811
    """The stage's digits from the smallest text to the largest."""
    press(*(KEY.Key_Minus for _ in SIZES), modifier=CTRL)
    found = [digits(hall)]
    for _ in SIZES[1:]:
        press(KEY.Key_Plus, modifier=CTRL)
        found.append(digits(hall))
    return found


@pytest.mark.parametrize("source", ["translation", "by-hand"])
@pytest.mark.parametrize("screen", SCREENS, ids=str)
def test_larger_never_makes_digits_smaller(qtbot, make, press, source, screen):  # noqa: F811
    window = make(source)
    hall = enter(qtbot, window, *screen)
    for path in SHOWN:
        for depth in (moves.BLOCK, moves.NUMBER):
            window.document.go_to(path, depth)
            found = sizes(hall, press)
            assert all(a <= b for a, b in pairwise(found)), (path, depth, found)
            assert found[0] < found[-1], (path, depth, found)


def test_so_it_is_in_a_comparison(qtbot, window, press):  # noqa: F811
    window.document.compare_option("B", "scale", False)
    hall = enter(qtbot, window)
    for path in SHOWN:
        window.document.go_to(path, moves.NUMBER)
        found = sizes(hall, press)
        assert all(a <= b for a, b in pairwise(found)), (path, found)


@pytest.mark.parametrize("size", [SIZES[0], SIZES[-1]])
def test_a_step_has_the_same_digits_whatever_was_before(qtbot, window, press, size):  # noqa: F811
    """The size is the hall's, and the digits follow from it and the step alone."""
    hall = enter(qtbot, window)
    window.document.go_to(SHOWN[1], moves.NUMBER)
    flush()
    hall._set_size(size)
    flush()
    before = digits(hall), hall.look.zoom, hall.canvas.size()
    window.document.go_to(SHOWN[3], moves.BLOCK)
    flush()
    window.document.go_to(SHOWN[1], moves.NUMBER)
    flush()
    assert (digits(hall), hall.look.zoom, hall.canvas.size()) == before
    press(KEY.Key_0, modifier=CTRL)
    assert hall.size_ == USUAL and digits(hall) != before[0]
