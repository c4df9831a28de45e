"""A comparison in the hall: both sides, B − A where there is room, one cursor, no answer told."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip
from test_presenter import HEAD, KEY, enter, picture, press, state  # noqa: F401
from window_support import flush

from app.palettes import THEMES
from app.presenter.hall import SIZES, USUAL
from engine import moves

WEIGHTS, SCORES, NORM = f"{HEAD}/weights", f"{HEAD}/scores", "encoder/1/norm_1"
SCALED = f"{HEAD}/scaled"
SHOWN = (WEIGHTS, SCORES, NORM, f"{HEAD}/Q", "output/probabilities")


@pytest.fixture
def hall(qtbot, window):
    window.document.go_to(WEIGHTS, moves.NUMBER)
    window.document.compare_option("B", "scale", False)
    return enter(qtbot, window)


def shown(hall) -> list:
    return [place for place in hall.board._ordered() if place.area.isVisible()]


def texts(pane) -> set[str]:
    """What stands in the cells of results and workings."""
    items = [i for i in pane.laid_out().items if i.part.kind in {"output", "working"}]
    return {text.strip() for i in items for row in i.picture.measured.texts for text in row}


@pytest.mark.parametrize("path", SHOWN)
@pytest.mark.parametrize("theme", THEMES)
def test_both_sides_can_be_read_from_the_back_row(window, hall, path, theme):
    window.look.set_theme(theme)
    window.document.go_to(path, moves.NUMBER)
    flush()
    places = shown(hall)
    assert len(places) >= 2
    letters = {place.pane.laid_out().pixels for place in places}
    assert len(letters) == 1, "digits of A and B are as large as each other"
    assert hall.stage_look.px(letters.pop()) >= 768 / 41
    rects = [r for p in places for r in (p.head.geometry(), p.area.geometry())]
    for index, rect in enumerate(rects):
        assert hall.board.rect().contains(rect)
        assert not any(rect.intersects(other) for other in rects[index + 1 :])
    for place in places:
        assert place.pane.height() <= place.area.viewport().height()
        assert place.pane.width() <= place.area.viewport().width()
    assert hall.card.line.isVisible() and hall.card.there.isVisible()


def test_the_difference_is_shown_where_it_can_be_read(window, hall, press):  # noqa: F811
    assert len(shown(hall)) == 3
    difference = hall.board.difference.contrast().matrix.data
    a, b = (sheet.trace[WEIGHTS].output.data for sheet in window.document.state.sheets)
    assert np.array_equal(difference, b - a)
    press(KEY.Key_Plus, KEY.Key_Plus, modifier=Qt.KeyboardModifier.ControlModifier)
    assert len(shown(hall)) == 2  # the two sides in larger digits instead
    hall.on_usual()
    window.document.go_to(NORM, moves.NUMBER)
    flush()
    assert len(shown(hall)) == 2 and not hall.canvas.laid_out().is_shortened


def test_a_stands_left_and_the_cursor_is_one(window, hall, press):  # noqa: F811
    def lefts():
        a, b, _ = hall.board._ordered()
        return a.area.geometry().left(), b.area.geometry().left()

    document = window.document
    assert lefts()[0] < lefts()[1] and document.is_b
    press(KEY.Key_F6)
    assert not document.is_b and lefts()[0] < lefts()[1]
    assert hall.board.active.head.text().startswith("▸ A")
    press(KEY.Key_PageDown, KEY.Key_PageDown)
    spot = (document.number.row, document.number.column)
    for pane in hall.board.panes:
        assert pane.marks()["output", 0].selected == spot
    assert "Scale" in hall.board.passive.head.text()  # B is what differs


def test_a_click_on_the_other_side_asks_there(qtbot, window, hall):
    point = hall.board.other.laid_out().cell_rect(("output", 0), (2, 1)).center().toPoint()
    qtbot.mouseClick(hall.board.other, Qt.MouseButton.LeftButton, pos=point)
    document = window.document
    assert not document.is_b
    assert (document.number.row, document.number.column) == (2, 1)


@pytest.mark.parametrize("path", SHOWN)
@pytest.mark.parametrize("depth", [moves.BLOCK, moves.STEP, moves.NUMBER])
def test_no_side_gives_the_answer_away(window, hall, press, path, depth):  # noqa: F811
    window.document.go_to(path, depth)
    press(KEY.Key_H)
    for pane in hall.board.panes:
        assert texts(pane) == {"?"}, type(pane).__name__
        result = pane.result()
        assert result is None or np.isnan(result.data).all()
        QToolTip.showText(QPoint(1, 1), "before", pane)
        spot = pane.laid_out().cell_rect(("output", 0), (0, 0)).center().toPoint()
        QApplication.sendEvent(pane, QHelpEvent(QEvent.Type.ToolTip, spot, QPoint(1, 1)))
        assert QToolTip.text() in {"", "before"}
        QToolTip.hideText()
    if depth != moves.BLOCK:
        assert hall.card.line.told().endswith("= ?")
        assert hall.card.there.line.told().endswith("= ?")


@pytest.mark.parametrize("depth", [moves.STEP, moves.NUMBER])
def test_both_sides_are_revealed_at_once(window, hall, press, depth):  # noqa: F811
    window.document.go_to(WEIGHTS, depth)
    press(KEY.Key_H, KEY.Key_Return)
    hidden = 0 if depth == moves.STEP else 15
    for pane in hall.board.panes:
        found = pane.secret().get(("output", 0), {})
        assert len(found) == hidden
    assert "?" not in hall.card.line.told() + hall.card.there.line.told()
    press(KEY.Key_F6)
    assert all(len(p.secret().get(("output", 0), {})) == hidden for p in hall.board.panes)


def test_the_picture_does_not_depend_on_hidden_answers(window, hall, press):  # noqa: F811
    window.document.go_to(WEIGHTS, moves.STEP)
    press(KEY.Key_H)
    one = picture(hall)
    kept = []
    for sheet in window.document.state.sheets:
        data = sheet.trace[WEIGHTS].output.data
        kept.append((data, data.copy()))
        data.setflags(write=True)
        data[:] = data[:, ::-1] ** 2
    hall.board.glance._known.clear()
    hall.board.difference.glance._known.clear()
    try:
        hall.answers.changed.emit()
        assert picture(hall) == one
    finally:
        for data, before in kept:
            data[:] = before
            data.setflags(write=False)
    press(KEY.Key_Return)
    assert picture(hall) != one


def test_light_and_black_and_notes_work_there(window, hall, press):  # noqa: F811
    plain = picture(hall.canvas)
    press(KEY.Key_S)
    assert hall.canvas.spotlight.mode == "row" and picture(hall.canvas) != plain
    press(KEY.Key_S, KEY.Key_S)
    press(KEY.Key_B)
    seen = hall.grab().toImage()
    assert {seen.pixel(x, y) for x in range(0, 1024, 16) for y in range(0, 768, 16)} == {0xFF000000}
    press(KEY.Key_B, KEY.Key_N)
    assert window.companions.presenting.notes.isVisible()


def test_leaving_gives_the_window_back(qtbot, window, press):  # noqa: F811
    window.document.go_to(WEIGHTS, moves.NUMBER)
    window.document.compare_option("B", "scale", False)
    flush()
    before, look_before = state(window), picture(window)
    enter(qtbot, window)
    press(KEY.Key_Plus, modifier=Qt.KeyboardModifier.ControlModifier)
    press(KEY.Key_H, KEY.Key_S, KEY.Key_Escape)
    qtbot.waitUntil(window.isActiveWindow)
    flush()
    assert state(window) == before and picture(window) == look_before


def test_what_cannot_be_subtracted_leaves_its_room(window, hall):
    window.document.compare_option("B", "heads", 1)
    window.document.go_to(f"{HEAD}/Q", moves.NUMBER)
    flush()
    assert hall.board.difference.obstacle()
    assert len(shown(hall)) == 2


ENDS = ((WEIGHTS, moves.STEP), (SCALED, moves.STEP), (SCALED, moves.NUMBER), (SCALED, moves.BLOCK))


def colors(pane) -> list:
    """How far the colours of the result go, as its legend says and as they are painted."""
    drawn = pane.drawn()
    item = drawn.equation.item(("output", 0))
    return [drawn.ranges, [layer.reach for layer in item.picture.layers]]


@pytest.mark.parametrize("path, depth", ENDS)
def test_the_colours_mean_the_same_on_both_sides(window, hall, path, depth):
    document = window.document
    document.go_to(path, depth)
    flush()
    for change in (lambda: None, lambda: document.set_cell(f"{HEAD}/W_Q", 0, 0, 9.0)):
        change()
        flush()
        assert colors(hall.canvas) == colors(hall.board.other)
        assert all("(A, B)" in shown.name for shown in hall.canvas.drawn().ranges)
    document.keep(is_b=True)
    flush()
    assert not any("(A, B)" in shown.name for shown in hall.canvas.drawn().ranges)


def test_the_colours_of_a_shown_number_do_not_tell_of_hidden_ones(window, hall, press):  # noqa: F811
    window.document.go_to(SCALED, moves.NUMBER)
    press(KEY.Key_PageDown, KEY.Key_H, KEY.Key_Return)  # the first one is the largest
    at = window.document.number
    a, b = (s.trace[SCALED].output.data[at.row, at.column] for s in window.document.state.sheets)
    reach = max(abs(a), abs(b))
    for pane in (hall.canvas, hall.board.other):
        assert colors(pane)[1] == [reach]
        assert [shown.high for shown in pane.drawn().ranges] == [reach]


def test_the_headline_of_b_says_what_differs_now(window, hall):
    document, head = window.document, hall.board.active.head
    assert head.text() == "▸ B · Scale scores: Divided by √d_k → Not divided"
    document.set_cell(f"{HEAD}/W_Q", 0, 0, 9.0)
    document.set_option("norm", "before")
    assert head.text() == "▸ B · 3 differences"
    document.set_option("scale", True)
    document.set_option("norm", "after")
    assert head.text() == "▸ B · Query weights: one number"
    for _ in range(4):
        document.undo_stack.undo()
    assert head.text() == "▸ B · Scale scores: Divided by √d_k → Not divided"


@pytest.mark.parametrize("is_b", [False, True])
def test_a_pinned_number_says_so_on_its_side(window, hall, press, is_b):  # noqa: F811
    document, path = window.document, f"{HEAD}/scores"
    document.go_to(path, moves.NUMBER)
    document.turn(is_b=True)
    document.pin(path, 0, 0, 9.0)
    document.turn(is_b=is_b)
    flush()
    own, there = hall.card.pinned, hall.card.pinned_there
    assert (own.isVisible(), there.isVisible()) == (is_b, not is_b)
    assert (own if is_b else there).text() == "pinned by you"
    press(KEY.Key_Right)
    assert not own.isVisible() and not there.isVisible()


def is_dark(pane, plain, key, spot) -> bool:
    """Whether a number's ground has stepped back from what it was."""
    point = (pane.laid_out().cell_rect(key, spot).topLeft() + QPointF(4, 4)).toPoint()
    before, now = plain.pixelColor(point), picture(pane).pixelColor(point)
    return before != now


@pytest.mark.parametrize("is_b", [False, True])
def test_the_light_falls_on_the_same_row_of_all(window, hall, press, is_b):  # noqa: F811
    document, key = window.document, ("output", 0)
    document.go_to(SCORES, moves.NUMBER)
    document.turn(is_b=is_b)
    document.move(lambda t, c: moves.at_number(t, c, -1, 1, 1))
    flush()
    panes = hall.board.panes
    assert all(place.area.isVisible() for place in hall.board._ordered())
    plain = [picture(pane) for pane in panes]
    for mode, dark in (("row", (False, True)), ("matrix", (False, False)), ("off", (False, False))):
        press(KEY.Key_S)
        assert hall.canvas.spotlight.mode == mode
        for pane, before in zip(panes, plain, strict=True):
            found = is_dark(pane, before, key, (1, 2)), is_dark(pane, before, key, (3, 2))
            assert found == dark, (mode, type(pane).__name__)
    assert [picture(pane) for pane in panes] == plain


def test_where_the_light_has_no_counterpart_all_is_dark(qtbot, window, hall, press):  # noqa: F811
    document = window.document
    document.go_to(SCORES, moves.NUMBER)
    flush()
    light, difference = hall.canvas.spotlight, hall.board.difference
    light.turn((("output", 0), (2, 0)))
    assert hall.board.other.aim() == difference.aim() == (("output", 0), (2, 0))
    light.off()
    light.turn((("input", 0), (2, 0)))
    assert hall.board.other.aim() == (("input", 0), (2, 0)) and difference.aim() is None
    assert difference.lit().isEmpty()
    flush()
    before = picture(difference)
    light.off()
    flush()
    assert is_dark(difference, before, ("output", 0), (1, 1))


def test_that_there_is_no_such_number_has_the_height_of_a_line(window, hall, press):  # noqa: F811
    document, card = window.document, hall.card
    document.compare_option("B", "heads", 1)
    document.turn(is_b=False)
    document.go_to("encoder/1/self_attention/head_2/scores", moves.NUMBER)
    for size in (100, USUAL, SIZES[-1]):
        hall._set_size(size)
        flush()
        none = card.there.none
        assert none.isVisible()
        text = none.fontMetrics().height()
        below = card.height() - none.mapTo(card, none.rect().center()).y() - text / 2
        assert below >= 0.25 * text, size


def test_that_there_is_no_such_step_grows_with_the_words(window, hall, press):  # noqa: F811
    document, other = window.document, hall.board.other
    document.compare_option("B", "heads", 1)
    document.turn(is_b=False)
    document.go_to("encoder/1/self_attention/head_2/scores", moves.NUMBER)
    found = []
    for size in (SIZES[0], SIZES[-1]):
        hall._set_size(size)
        flush()
        image, middle = picture(other), other.height() // 2
        ink = [x for x in range(20, image.width() - 20) if is_inked(image, x, middle)]
        found.append(ink[-1] - ink[0])
    assert found[1] > 1.3 * found[0]


def is_inked(image, x, middle) -> bool:
    return any(image.pixelColor(x, middle + y).lightness() < 200 for y in range(-8, 9))
