"""A comparison gives nothing away of what a lesson asks for first, on no side and in no figure."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip
from test_presenter import HEAD, enter
from window_support import flush

from engine import moves

WEIGHTS, W_Q = f"{HEAD}/weights", f"{HEAD}/W_Q"
CASES = [
    (WEIGHTS, moves.STEP, -1),
    (WEIGHTS, moves.NUMBER, -1),
    (WEIGHTS, moves.NUMBER, 1),
    (f"{HEAD}/scaled", moves.NUMBER, -1),
    (f"{HEAD}/mixed", moves.BLOCK, -1),
]


@pytest.fixture(params=CASES, ids=lambda case: "-".join(map(str, case))[-12:])
def asked(request, hand):
    """A comparison at a step whose result is kept back."""
    path, depth, working = request.param
    document = hand.document
    document.compare_option("B", "scale", False)
    document.go_to(path, depth)
    if depth == moves.NUMBER:
        document.move(lambda t, c: moves.at_number(t, c, working, 1, 1 if working < 0 else 0))
    document.keep_back(path)
    flush()
    return hand


def results(pane) -> list:
    items = [i for i in pane.laid_out().items if i.part.kind in {"output", "working"}]
    assert items
    return items


def check(panes) -> None:
    """No cell, no legend, no corner, no tooltip."""
    for pane in panes:
        for item in results(pane):
            texts = {t.strip() for row in item.picture.measured.texts for t in row}
            assert texts == {"?"}, type(pane).__name__
            assert np.isnan(item.part.matrix.data).all()
            assert not pane.drawn().mark(item).changed
        ends = {shown.high for shown in pane.drawn().ranges}
        assert ends <= {0.0, 1.0}, "the ends of shares, or of nothing"
        key = results(pane)[-1].key
        spot = pane.laid_out().cell_rect(key, (0, 0)).center().toPoint()
        QToolTip.showText(QPoint(1, 1), "before", pane)
        QApplication.sendEvent(pane, QHelpEvent(QEvent.Type.ToolTip, spot, QPoint(1, 1)))
        assert "=" not in QToolTip.text()
        QToolTip.hideText()


def test_neither_side_nor_the_difference_tells(asked):
    window, document = asked.window, asked.document
    sides = window.sides
    for is_b in (True, False):
        document.turn(is_b=is_b)
        document.set_cell(W_Q, 0, 0, 5.0 + is_b)
        flush()
        check((window.stage, sides.other, sides.difference))
        columns = (sides.active, sides.between, sides.passive)
        assert [column.foot.text() for column in columns] == ["", "", ""]
        if document.cursor.depth != moves.BLOCK:
            for line in (window.arithmetic.line, window.arithmetic.there.line):
                assert line.told().endswith("= ?")


def test_what_screen_readers_hear_does_not_tell(asked):
    asked.document.set_cell(W_Q, 0, 0, 5.0)
    flush()
    for pane in (asked.window.stage, asked.window.sides.other, asked.window.sides.difference):
        tables = [n for n in pane.voice.nodes() if n.key[0] in {"output", "working"}]
        assert tables
        for table in tables:
            cell = pane.voice.cell(table, 0, 0)
            assert cell.value == "?" and "changed" not in cell.description


def test_it_is_all_there_when_the_lesson_has_its_answer(asked):
    asked.document.keep_back()
    flush()
    sides = asked.window.sides
    for pane in (asked.window.stage, sides.other, sides.difference):
        assert pane.drawn().ranges
        assert not any("?" in t for i in results(pane) for r in i.picture.measured.texts for t in r)
    assert sides.between.foot.text()


def test_the_hall_does_not_tell_either(asked, qtbot):
    hall = enter(qtbot, asked.window)
    check(hall.board.panes)
    if asked.document.cursor.depth != moves.BLOCK:
        for line in (hall.card.line, hall.card.there.line):
            assert line.told().endswith("= ?")


# --- Where it is an input -----------------------------------------------------------------

SCORES = f"{HEAD}/scores"


def inputs_of(pane) -> list:
    kept = [i for i in pane.laid_out().items if i.part.matrix and i.part.matrix.path == SCORES]
    assert kept and all(i.part.kind == "input" for i in kept)
    return kept


@pytest.fixture
def beyond(hand):
    """A comparison one step beyond the one whose result is kept back."""
    document = hand.document
    document.compare_option("B", "scale", False)
    document.turn(is_b=False)
    document.keep_back(SCORES)
    document.go_to(SCORES, moves.NUMBER)
    while document.cursor.path == SCORES:
        document.move(moves.forward)
    assert SCORES in [m.path for m in document.step.inputs]
    flush()
    return hand


def unread(pane) -> None:
    """Neither figure nor colour, corner nor tooltip, nor what is read out."""
    for item in inputs_of(pane):
        assert {t.strip() for row in item.picture.measured.texts for t in row} == {"?"}
        assert np.isnan(item.part.matrix.data).all()
        assert not pane.drawn().mark(item).changed
        table = next(n for n in pane.voice.nodes() if n.key == item.key)
        assert pane.voice.cell(table, 0, 0).value == "?"
        spot = pane.laid_out().cell_rect(item.key, (0, 0)).center().toPoint()
        QToolTip.showText(QPoint(1, 1), "before", pane)
        QApplication.sendEvent(pane, QHelpEvent(QEvent.Type.ToolTip, spot, QPoint(1, 1)))
        assert "=" not in QToolTip.text()
        QToolTip.hideText()


@pytest.mark.parametrize("is_hall", [False, True])
def test_it_is_not_told_as_an_input_either(beyond, qtbot, is_hall):
    window, document = beyond.window, beyond.document
    document.set_cell(W_Q, 0, 0, 5.0)
    flush()
    assert "?" in window.arithmetic.there.line.told()
    document.keep(is_b=False)  # a comparison has room for the results alone
    document.set_cell(W_Q, 0, 0, 6.0)
    flush()
    pane, line = window.stage, window.arithmetic.line
    if is_hall:
        hall = enter(qtbot, window)
        pane, line = hall.canvas, hall.card.line
    unread(pane)
    assert "?" in line.told()
    at = next(w for w in line.laid_out() if w.text == "?")
    assert not line.hint(at)
    document.keep_back()
    flush()
    assert "?" not in line.told()
    assert not any(np.isnan(i.part.matrix.data).any() for i in inputs_of(pane))


@pytest.mark.parametrize("way", ["copy", "copy_picture", "copy_latex"])
def test_what_is_kept_back_can_not_be_copied(hand, way):
    document, action = hand.document, hand.window.actions_.by_name[way]
    board = QApplication.clipboard()
    document.keep_back(SCORES)
    for place in (SCORES, f"{HEAD}/scaled"):
        document.go_to(place)
        if way == "copy" and place != SCORES:
            continue  # it copies the result
        board.setText("before")
        action.trigger()
        assert board.text() == "before"
        assert "asks first" in hand.window.notice.text.text()
    document.keep_back()
    action.trigger()
    assert board.text() != "before"
