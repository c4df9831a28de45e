"""Where room is short: what is asked and what it was read from stay in sight, at any size."""

from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect
from window_support import flush

from app.views.parts import equation, reading
from app.views.parts.equation_lines import broken
from app.views.parts.legend import paint_remark
from app.views.parts.shortening import Needed, shared_axes, shorten
from app.views.parts.spacing import USUAL
from engine import Matrix, Part, moves

HEAD = "encoder/1/self_attention/head_1"
NORM, WEIGHTS, SCORES = "encoder/1/norm_1", f"{HEAD}/weights", f"{HEAD}/scores"
HIDDEN = "encoder/1/feed_forward/hidden"
LARGE = [(NORM, (1024, 768), 200), (WEIGHTS, (1024, 768), 200), (SCORES, (1024, 768), 200)]
LARGER = [(WEIGHTS, (1024, 768), 300), (NORM, (1440, 900), 300), (WEIGHTS, (1440, 900), 300)]
SMALLEST = [(NORM, (1024, 768), 300), (NORM, (800, 600), 200), (HIDDEN, (800, 600), 200)]


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


@pytest.mark.parametrize(("path", "size", "zoom"), LARGE + LARGER + SMALLEST)
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
        if (size, zoom) == ((1024, 768), 200) and is_written:  # in full, too, and no stripe
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


@pytest.mark.parametrize("size", [(1024, 768), (1440, 900), (1920, 1080)])
def test_few_sizes_are_tried_and_the_largest_is_found(make, monkeypatch, size):
    window = make(width=size[0], height=size[1])
    for path in (SCORES, WEIGHTS, NORM, f"{HEAD}/Q", "source/embedded", "output/probabilities"):
        go(window, path)
        room = window.stage.room()
        found = window.stage.laid_out()
        with monkeypatch.context() as patch:
            patch.setattr(
                equation, "first_with_room", lambda sizes, fits: next(filter(fits, sizes), None)
            )
            window.stage.last = None
            tried = window.stage.fitted(room)
        assert (found.pixels, len(found.lines)) == (tried.pixels, len(tried.lines)), path


def test_a_large_window_is_made_use_of(make):
    window = make(width=1920, height=1080)
    go(window, SCORES)
    found, room = window.stage.laid_out(), window.stage.room()
    assert len(found.lines) == 1
    assert found.width > 0.9 * room.width()
    window.resize(1440, 900)
    flush()
    found = window.stage.laid_out()  # two lines, where that makes letters a quarter larger
    assert (len(found.lines), found.pixels) == (2, 18.0)


def matrix(symbol, rows, columns):
    data = np.zeros((len(rows), len(columns)))
    return Matrix(symbol.lower(), data, tuple(rows), tuple(columns), symbol, "")


def product():
    """X × W + b = Y with as many dimensions as X has columns: one number of it, and its axes."""
    words, dims = "abcd", [str(i) for i in range(8)]
    parts = [
        Part(matrix=matrix("X", words, dims), kind="input", index=0),
        Part("×"),
        Part(matrix=matrix("W", dims, dims), kind="input", index=1),
        Part("="),
        Part(matrix=matrix("Y", words, dims), kind="output", index=0),
    ]
    needs = {
        ("input", 0): Needed((2, 0), (1, 8)),
        ("input", 1): Needed((0, 5), (8, 1)),
        ("output", 0): Needed((2, 5)),
    }
    return parts, needs, {key: need.first for key, need in needs.items()}


def test_axes_with_the_same_names_are_told_apart_by_what_is_read():
    parts, needs, focus = product()
    found = {a.members: (a.is_down, a.first, a.count) for a in shared_axes(parts, focus, needs)}
    x, w, y = ("input", 0), ("input", 1), ("output", 0)
    assert found == {
        ((x, 0), (y, 0)): (True, 2, 1),
        ((x, 1), (w, 0)): (None, 0, 8),
        ((w, 1), (y, 1)): (False, 5, 1),
    }


def test_of_what_is_not_read_the_same_is_shown_as_of_the_result():
    parts, needs, focus = product()
    del needs["input", 0]
    found = [a.members for a in shared_axes(parts, focus, needs)]
    assert ((("input", 1), 1), (("output", 0), 1), (("input", 0), 1)) in found


def test_a_number_selected_is_among_those_needed():
    parts, needs, focus = product()
    focus["input", 1] = (0, 7)
    columns = next(a for a in shared_axes(parts, focus, needs) if a.is_down is False)
    assert (columns.first, columns.count, columns.focus) == (5, 3, 7)


@pytest.mark.parametrize("most", range(3, 20))
def test_what_is_needed_is_given_up_last(most):
    parts, needs, focus = product()
    x, y = ("input", 0), ("output", 0)
    shown = []

    def has_room(limits):
        shown.append(limits)
        return sum(limits[y].count) + limits[x].count[1] <= most

    axes, shapes = (
        shared_axes(parts, focus, needs),
        dict.fromkeys(focus, (4, 8)) | {("input", 1): (8, 8)},
    )
    assert shorten(axes, shapes, has_room)
    last = shown[-1]
    assert sum(last[y].count) + last[x].count[1] == most  # as much as there is room for
    assert (last[x].count[1] == 8) == (most >= 10)  # with one row and one column
    assert last[x].count[0] == last[y].count[0] and last[x].count[1] == last["input", 1].count[0]
    for axis in (0, 1):
        first = last[y].focus[axis] - last[y].count[axis] // 2
        assert first <= focus[y][axis] < first + last[y].count[axis]


def lengths(spans):
    return [end - start for start, end in spans]


def test_lines_are_filled_unless_that_is_too_high():
    sizes = [(4, 1), (4, 5), (4, 5), (4, 1)]

    def measure(span):
        inner = sizes[slice(*span)]
        return sum(w for w, _ in inner), max(h for _, h in inner)

    assert lengths(broken(4, (99, 5), measure)) == [4]
    assert lengths(broken(4, (12, 6), measure)) == [3, 1]
    assert lengths(broken(4, (8, 10), measure)) == [2, 2]
    assert lengths(broken(4, (8, 9), measure)) == [1, 2, 1]  # the high ones on one line
    assert lengths(broken(4, (3, 9), measure)) == [1, 1, 1, 1]


STEPS = (
    "source/embedded",
    "source/positioned",
    f"{HEAD}/Q",
    SCORES,
    f"{HEAD}/masked",
    WEIGHTS,
    f"{HEAD}/mixed",
    "encoder/1/self_attention/joined",
    "encoder/1/self_attention/output",
    "encoder/1/residual_1",
    NORM,
    "encoder/1/feed_forward/activated",
    "output/probabilities",
)
TOO_LONG = (HIDDEN, "encoder/1/feed_forward/output", "output/logits")


@pytest.mark.parametrize("size", [(1280, 800), (1440, 900)])
def test_numbers_stay_numbers_where_closer_cells_or_another_line_have_room(make, size):
    window = make(width=size[0], height=size[1])
    for path in STEPS + (TOO_LONG if size[0] > 1280 else ()):
        go(window, path)
        assert not window.stage.laid_out().is_shortened, path
        assert window.stage.height() <= window.stage_area.viewport().height()


def test_rows_are_close_only_where_height_is_short_and_columns_where_width_is(make):
    window = make(width=1280, height=800)
    go(window, "source/positioned")
    found = window.stage.laid_out().spacing
    assert found.beside < USUAL.beside and found.high == USUAL.high
    go(window, "source/embedded")
    found = window.stage.laid_out().spacing
    assert found.beside == USUAL.beside and found.high < USUAL.high


def test_eight_words_in_one_head_have_room_on_a_laptop(make):
    window = make(width=1280, height=800)
    words = ("I", "see", "cats", "today", "you", "like", "dogs", "now")
    window.document.set_tokens(source=words)
    window.document.set_option("heads", 1)
    for name in ("Q", "scores", "scaled", "masked", "weights", "mixed"):
        go(window, f"{HEAD}/{name}")
        equation = window.stage.laid_out()
        assert not equation.is_shortened, name
        assert equation.item(("output", 0)).picture.matrix.shape == (8, 8)


@pytest.mark.parametrize(
    ("size", "zoom"), [((1024, 768), 100), ((1440, 900), 150), ((1440, 900), 200)]
)
def test_words_of_both_sentences_are_seen_without_scrolling(make, size, zoom):
    """In two rows where one is too narrow, and there is still a stage."""
    window = make("translation", *size)
    window.look.set_zoom(zoom)
    flush()
    area, bar = window.token_area, window.token_area.horizontalScrollBar()
    assert bar.maximum() == 0
    for box in (*window.tokens.words["source"], *window.tokens.words["target"]):
        assert area.rect().contains(QRect(box.mapTo(area, QPoint(0, 0)), box.size()))
    assert window.stage.height() >= window.look.px(120)


@pytest.mark.parametrize(
    ("size", "zoom"), [((1280, 800), 100), ((1024, 768), 100), ((1440, 900), 200)]
)
def test_of_an_axis_that_matrices_share_the_same_cells_are_shown(make, size, zoom):
    """Of what is summed over all is shown, or the same of both."""
    window = make(width=size[0], height=size[1])
    window.look.set_zoom(zoom)
    for path in STEPS + TOO_LONG:
        go(window, path)
        equation = window.stage.laid_out()
        for axis in shared_axes(window.stage.parts(), equation.focus, equation.needs):
            pictures = [(equation.item(key).picture, a) for key, a in axis.members]
            shown = {str(_axis_of(p, a).shown) for p, a in pictures}
            assert len(shown) == 1, (path, axis.members)
            for picture, place in pictures:
                _is_wide_enough(picture, _axis_of(picture, place))


def test_of_what_becomes_stripes_though_it_is_read_the_same_is_shown_everywhere(make):
    window = make(width=1024, height=768)
    go(window, "output/probabilities", 1, 7)
    equation = window.stage.laid_out()
    keys = [("input", 0), ("working", 1), ("output", 0)]
    shown = {str(equation.item(key).picture.across.shown) for key in keys}
    assert equation.is_shortened and len(shown) == 1


def _axis_of(picture, axis):
    return picture.down if (axis == 0) != picture.measured.is_transposed else picture.across


def _is_wide_enough(picture, axis):
    """All stripes of an axis together are no sliver."""
    em = picture.look.px(picture.pixels)
    if axis.count < axis.total:
        assert axis.stripe * (axis.total - axis.count) >= 0.4 * em
        assert axis.stripe >= 1.0


def test_stripes_of_zeros_are_seen(make):
    """A mask of zeros is white on white, but for the edge around its stripes."""
    window = make(width=1024, height=768)
    window.look.set_zoom(200)
    window.document.set_tokens(source=("I", "see", "cats", "today") * 2)
    go(window, f"{HEAD}/masked", 0, 0)
    equation = window.stage.laid_out()
    item = equation.item(("input", 1))
    assert item.picture.across.count < item.picture.across.total
    last = equation.cell_rect(("input", 1), (0, 7)).toAlignedRect()
    image = window.stage.grab(last.adjusted(-1, -1, 1, 1)).toImage()
    found = {image.pixelColor(image.width() - 3 + i, 4).name() for i in range(3)}
    assert window.look.theme.line.lower() in found


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
