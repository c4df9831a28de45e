"""What is painted anew after an edit, and that nothing on the screen is old."""

import random

import numpy as np
import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QImage, QRegion
from window_support import flush

from app.views.filmstrip import Filmstrip
from app.views.parts import pane
from app.views.parts.redrawn import redrawn
from engine import moves

HEAD = "encoder/1/self_attention/head_1"
STEPS = (f"{HEAD}/Q", f"{HEAD}/weights", f"{HEAD}/masked", "encoder/1/norm_1", "output/logits")
MASK = "encoder/1/self_attention/mask"


def on_screen(window) -> QImage:
    """What a person sees: all that was ever painted, where it was last painted."""
    return window.screen().grabWindow(window.winId()).toImage()


def assert_nothing_is_old(window, what: str) -> None:
    """The screen against the same parts of the window painted from the beginning."""
    seen, anew = pixels(on_screen(window)), pixels(window.grab().toImage())
    for part in (window.sides, window.arithmetic, window.filmstrip):
        if part.isVisible():
            x, y = part.mapTo(window, QPoint(0, 0)).toTuple()
            where = np.s_[y : y + part.height(), x : x + part.width()]
            # What shines through is rounded otherwise where only a part is painted.
            off = int(np.abs(seen[where] - anew[where]).max())
            assert off <= 2, f"{part.objectName()} after {what}: {off}"


def pixels(image: QImage) -> np.ndarray:
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    flat = np.frombuffer(image.constBits(), np.uint8)
    return flat.reshape(image.height(), image.width(), 4)[..., :3].astype(int)


def change_something(document, dice) -> str:
    """One edit of any kind that leaves the model as it is; says which."""
    step = document.step
    inputs = [m for m in step.inputs if m.origin == "parameter"]
    kind = dice.choice(("here", "here", "before", "pin", "undo", "redo", "goal", "mask", "turn"))
    number = round(dice.uniform(-2, 2), 2)
    if kind == "here" and inputs:
        matrix = dice.choice(inputs)
        place = [dice.randrange(n) for n in matrix.shape]
        document.set_cell(matrix.path, *place, number)
    elif kind == "pin":
        place = [dice.randrange(n) for n in step.output.shape]
        document.pin(step.path, *place, dice.choice((number, None)))
    elif kind == "undo":
        document.undo_stack.undo()
    elif kind == "redo":
        document.undo_stack.redo()
    elif kind == "goal":
        document.aim("output/probabilities", 0, dice.randrange(3))
        document.show_as(dice.choice(("values", "gradients", "both")))
    elif kind == "mask":
        document.paint(MASK, dice.randrange(4), dice.randrange(4), dice.random() < 0.5)
    elif kind == "turn":
        document.turn()
    else:
        document.set_cell(f"{HEAD}/W_Q", dice.randrange(8), dice.randrange(4), number)
    return f"{kind} at {step.path}"


def begin(window, hand) -> None:
    """At the queries, after the first edit, which is seen in title and toolbar, too."""
    hand.go(STEPS[0])
    window.document.set_cell(f"{HEAD}/W_V", 0, 0, 0.25)
    flush()


@pytest.mark.parametrize("is_compared", [False, True], ids=["alone", "compared"])
def test_nothing_on_the_screen_is_old(window, hand, is_compared):
    dice, document = random.Random(3), window.document
    if is_compared:
        document.compare_option("scale off", "scale", False)
    for path in STEPS:
        document.go_to(path, dice.choice(moves.DEPTHS[1:]))
        flush()
        for _ in range(12):
            what = change_something(document, dice)
            flush()
            assert_nothing_is_old(window, what)


def test_the_comparison_of_pictures_sees_what_is_old(window, hand, monkeypatch):
    begin(window, hand)
    monkeypatch.setattr(pane, "redrawn", lambda _old, _new: QRegion())
    window.document.set_cell(f"{HEAD}/W_Q", 0, 0, 1.5)
    flush()
    with pytest.raises(AssertionError, match="sides"):
        assert_nothing_is_old(window, "an edit that nobody painted")


def test_what_did_not_change_is_not_painted_again(window, hand):
    hand.go(STEPS[0])
    window.grab()
    stage = window.stage
    before = stage.drawn()
    window.document.set_cell(f"{HEAD}/W_Q", 0, 0, 1.5)
    region = redrawn(before, stage.drawn())
    places = {item.key: item.rect.center().toPoint() for item in before.equation.items}
    assert region.contains(places["input", 1])
    assert region.contains(places["output", 0])
    assert not region.contains(places["input", 0])
    assert not region.contains(places["input", 2])


def test_where_another_number_is_wider_all_is_painted(window, hand):
    hand.go(STEPS[0])
    window.grab()
    before = window.stage.drawn()
    window.document.set_cell(f"{HEAD}/W_Q", 0, 0, -12345.678)
    assert redrawn(before, window.stage.drawn()) is None


def test_the_filmstrip_paints_only_other_thumbnails(window, hand, monkeypatch):
    begin(window, hand)
    painted: list[str] = []
    usual = Filmstrip._paint_thumbnail

    def watched(self, painter, box, matrix):
        painted.append(matrix.path)
        usual(self, painter, box, matrix)

    monkeypatch.setattr(Filmstrip, "_paint_thumbnail", watched)
    window.document.set_cell(f"{HEAD}/W_K", 0, 0, 1.5)
    flush()
    assert set(painted) >= {f"{HEAD}/K", f"{HEAD}/scores", f"{HEAD}/mixed"}
    assert not {f"{HEAD}/Q", f"{HEAD}/V", "source/positioned"} & set(painted)
