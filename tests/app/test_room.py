"""Where room is short: what is asked and what it was read from stay in sight, at any size."""

from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QRect
from window_support import flush

from app.views.parts import reading
from app.views.parts.legend import paint_remark
from app.views.parts.shortening import LIMITS, Needed, attempts
from engine import moves

HEAD = "encoder/1/self_attention/head_1"
NORM, WEIGHTS, SCORES = "encoder/1/norm_1", f"{HEAD}/weights", f"{HEAD}/scores"
LARGE = [(NORM, (1024, 768), 200), (WEIGHTS, (1024, 768), 200), (SCORES, (1024, 768), 200)]
LARGER = [(WEIGHTS, (1024, 768), 300), (NORM, (1440, 900), 300), (WEIGHTS, (1440, 900), 300)]


def seen(window) -> QRect:
    """The part of the stage that is on the screen, in the stage's own places."""
    middle, area = window.middle.viewport(), window.stage_area.viewport()
    stage = window.stage
    rects = [
        QRect(stage.mapFrom(window, w.mapTo(window, QPoint())), w.size()) for w in (middle, area)
    ]
    return rects[0].intersected(rects[1])


def go(window, path, row=1, column=2):
    window.document.go_to(path, moves.NUMBER)
    window.document.move(lambda t, c: moves.at_number(t, c, -1, row, column))
    flush()


@pytest.mark.parametrize(("path", "size", "zoom"), LARGE + LARGER)
def test_what_is_asked_and_read_is_seen_without_scrolling(make, path, size, zoom):
    window = make(width=size[0], height=size[1])
    window.look.set_zoom(zoom)
    go(window, path)
    stage, room = window.stage, seen(window)
    equation = stage.laid_out()
    assert stage.height() <= window.stage_area.viewport().height()
    assert stage.width() <= window.stage_area.viewport().width()
    places = {key: marks.read for key, marks in stage.marks().items() if marks.read}
    asked, spot = reading.asked(window.document)
    assert room.contains(equation.cell_rect(asked, spot).toAlignedRect())
    assert places
    for key, spots in places.items():
        found = [equation.cell_rect(key, s).toAlignedRect() for s in spots]
        assert all(map(room.contains, found)), key
        is_written = key in reading.read_spots(window.document)
        if zoom == 200 and is_written:  # in full, too, and no stripe
            assert min(min(r.width(), r.height()) for r in found) >= stage.look.px(equation.pixels)


def test_four_rows_have_room_on_a_small_screen(make):
    window = make(width=1024, height=768)
    for path in (NORM, WEIGHTS):
        go(window, path)
        equation = window.stage.laid_out()
        output = equation.item(("output", 0)).picture
        assert equation.is_close and output.down.count == output.down.total == 4
    go(window, SCORES)
    assert not window.stage.laid_out().is_close  # where there is room, cells have theirs


def test_rows_are_named_once_a_line(make):
    window = make(width=1024, height=768)
    go(window, WEIGHTS)
    equation = window.stage.laid_out()
    for line in equation.lines:
        pictures = [item.picture for item in line if item.picture]
        assert pictures[0].label_width > 0
        for before, after in pairwise(pictures):
            assert (after.label_width == 0) == before.has_rows_of(after)
    assert any(i.picture.label_width == 0 for i in equation.items if i.picture)
    window.resize(1600, 1000)
    flush()
    assert all(i.picture.label_width > 0 for i in window.stage.laid_out().items if i.picture)


def test_what_is_needed_is_given_up_last():
    needed = Needed((2, 0), (1, 8))
    full, squares, parts = attempts((2, 5), needed, (99, 99))
    assert [extent.count for extent in full] == [(n, max(n, 8)) for n in LIMITS]
    for extent in full:
        for axis in (0, 1):
            first = extent.focus[axis] - extent.count[axis] // 2
            assert first <= needed.first[axis]
            assert first + extent.count[axis] >= needed.first[axis] + needed.count[axis]
    assert parts[-1].count == (1, 1) and parts[-1].focus == (2, 5)
    assert all(extent.count[0] == extent.count[1] for extent in squares)
    few = attempts((2, 5), needed, (4, 8))[0]
    assert max(extent.count for extent in few) == (4, 8)  # never more than there are


@pytest.mark.parametrize("size", [(1024, 768), (900, 640)])
@pytest.mark.parametrize("zoom", [100, 150, 200])
def test_the_remark_at_the_foot_is_never_cut(make, monkeypatch, size, zoom):
    """It is told in fewer words where there is little room, not in half a sentence."""
    told = []

    def note(painter, room, look, texts, right):
        wide = right - room.left() - look.px(20)
        told.append([text for text in texts if look.face(10.5).width(text) <= wide])
        paint_remark(painter, room, look, texts, right)

    monkeypatch.setattr("app.views.parts.pane.paint_remark", note)
    window = make(width=size[0], height=size[1])
    window.look.set_zoom(zoom)
    go(window, "output/probabilities", 0, 3)
    assert window.stage.laid_out().is_shortened
    window.stage.grab()
    assert told and told[-1]


@pytest.mark.parametrize("zoom", [100, 200, 300])
def test_half_a_stored_number_never_looks_like_a_whole_one(make, zoom):
    window = make(width=1024, height=768)
    window.look.set_zoom(zoom)
    go(window, NORM)
    remark, said = window.arithmetic.remark, window.arithmetic.said
    assert remark.sizeHint().width() <= remark.width()
    assert remark.text() == said or (remark.text().endswith("…") and remark.toolTip() == said)
    assert (remark.text() == said) == (zoom < 300)
