"""Scrubbing, nudging, pasting, filling, pinning: what one hand does is one entry."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QInputDialog
from window_support import flush, numbers

from app.dialogs import LARGEST_SEED, Dialogs
from app.views.parts.pointer import PIXELS
from engine import load, moves, with_options

HEAD = "encoder/1/self_attention/head_1"
Q, SCORES, W_Q = f"{HEAD}/Q", f"{HEAD}/scores", f"{HEAD}/W_Q"
LEFT, ALT, SHIFT = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.AltModifier, "Shift"


@pytest.fixture
def at_q(hand):
    hand.go(Q)
    hand.press("Tab")
    assert hand.document.selection == (1, 0, 0)
    return hand


def value(hand, row=0, column=0):
    return float(hand.document.scenario.params[W_Q][row, column])


def table(hand):
    return hand.document.scenario.params[W_Q]


# Scrubbing and nudging


def test_scrubbing_is_followed_live_and_is_one_entry(hand):
    hand.go(Q)
    stage, start = hand.window.stage, hand.cell("input", 1, (0, 0)).toPoint()
    old, result = value(hand), hand.document.trace[Q].output.data[0, 0]
    hand.qtbot.mousePress(stage, LEFT, pos=start)
    seen = []
    for steps in (2, 5, 3):
        hand.qtbot.mouseMove(stage, start + QPoint(steps * PIXELS, 0))
        seen.append(value(hand))
        assert hand.document.trace[Q].output.data[0, 0] != result
        assert hand.document.undo_stack.count() == 0
    assert seen == [round(old + steps / 10, 2) for steps in (2, 5, 3)]
    hand.qtbot.mouseRelease(stage, LEFT, pos=start + QPoint(3 * PIXELS, 0))
    assert hand.document.undo_stack.count() == 1
    hand.press("Ctrl+Z")
    assert value(hand) == old


def test_a_scrub_that_returns_leaves_the_very_number(hand):
    """The stored one, not one that is rounded to the step."""
    hand.document.set_cell(W_Q, 1, 1, 1 / 3)
    hand.go(Q)
    stage, start = hand.window.stage, hand.cell("input", 1, (1, 1)).toPoint()
    before = numbers(hand.window)
    hand.qtbot.mousePress(stage, LEFT, pos=start)
    hand.qtbot.mouseMove(stage, start + QPoint(40, 0))
    assert numbers(hand.window) != before
    hand.qtbot.mouseMove(stage, start)
    hand.qtbot.mouseRelease(stage, LEFT, pos=start)
    assert numbers(hand.window) == before
    assert hand.document.undo_stack.count() == 1


def test_escape_takes_a_scrub_back(hand):
    hand.go(Q)
    stage, start = hand.window.stage, hand.cell("input", 1, (0, 0)).toPoint()
    before = hand.document.scenario
    hand.qtbot.mousePress(stage, LEFT, pos=start)
    hand.qtbot.mouseMove(stage, start + QPoint(60, 0))
    hand.press("Escape")
    assert hand.document.scenario is before
    hand.qtbot.mouseMove(stage, start + QPoint(90, 0))
    hand.qtbot.mouseRelease(stage, LEFT, pos=start)
    assert hand.document.scenario is before
    assert not hand.document.is_modified


@pytest.mark.parametrize(
    ("key", "by"),
    [("Alt+Up", 0.1), ("Alt+Down", -0.1), ("Alt+Shift+Up", 0.01), ("Alt+Shift+Down", -0.01)],
)
def test_nudging_by_keys(at_q, key, by):
    old = value(at_q)
    at_q.press(key, key)
    assert value(at_q) == pytest.approx(old + 2 * by, abs=0.011)
    assert at_q.document.undo_stack.count() == 2
    assert at_q.document.selection == (1, 0, 0)


def test_nudging_by_the_wheel_with_alt(at_q):
    old, stage = value(at_q), at_q.window.stage
    at = at_q.cell("input", 1, (0, 0))
    where = QPointF(stage.mapToGlobal(at.toPoint()))
    for modifier, expected in ((ALT, old + 0.1), (Qt.KeyboardModifier.NoModifier, old + 0.1)):
        turn = QWheelEvent(
            at,
            where,
            QPoint(),
            QPoint(0, 120),
            Qt.MouseButton.NoButton,
            modifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(stage, turn)
        assert value(at_q) == pytest.approx(expected, abs=0.0051)


def turn(hand, at):
    """Turn the wheel with Alt, one notch up, over a point of the stage."""
    stage = hand.window.stage
    where = QPointF(stage.mapToGlobal(at.toPoint()))
    phase, button = Qt.ScrollPhase.NoScrollPhase, Qt.MouseButton.NoButton
    event = QWheelEvent(at, where, QPoint(), QPoint(120, 0), button, ALT, phase, False)
    QApplication.sendEvent(stage, event)


def test_the_wheel_with_alt_needs_no_click_and_only_changes_inputs(at_q):
    at_q.document.select(None)
    old = value(at_q)
    turn(at_q, at_q.cell("output", 0, (0, 0)))
    assert at_q.document.selection is None and at_q.document.undo_stack.count() == 0
    turn(at_q, at_q.cell("input", 1, (0, 0)))
    assert value(at_q) == pytest.approx(old + 0.1, abs=0.0051)
    assert at_q.document.selection == (1, 0, 0)


@pytest.mark.parametrize("is_turned", [False, True])
def test_letting_go_of_alt_after_the_wheel_opens_no_menu(at_q, is_turned):
    stage = at_q.window.stage
    at_q.document.select(None)
    QTest.keyPress(stage, Qt.Key.Key_Alt, ALT)
    if is_turned:
        turn(at_q, at_q.cell("input", 1, (0, 0)))
    QTest.keyRelease(stage, Qt.Key.Key_Alt)
    assert at_q.window.menuBar().hasFocus() is not is_turned


# Blocks and whole matrices


def paste(hand, text):
    QApplication.clipboard().setText(text)
    hand.press("Ctrl+V")


def test_a_block_from_a_spreadsheet(at_q):
    at_q.press("Down", "Right")
    paste(at_q, "1\t2\n3,5\t-4\n")
    assert table(at_q)[1:3, 1:3].tolist() == [[1.0, 2.0], [3.5, -4.0]]
    assert at_q.document.undo_stack.count() == 1
    at_q.press("Ctrl+C")
    rows = QApplication.clipboard().text().split("\n")
    assert [[float(c) for c in row.split("\t")] for row in rows] == table(at_q).tolist()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("1\t2\n3", "row 2 has 1"),
        ("1\tx", "column 2"),
        ("1\t2\t3\t4\t5", "row 1, column 1 of 8 × 4; nothing was pasted"),
        ("1e9", "not a number"),
        ("", ""),
    ],
)
def test_a_block_that_does_not_fit_says_why_and_changes_nothing(at_q, text, told):
    before = numbers(at_q.window)
    paste(at_q, text)
    flush()
    assert numbers(at_q.window) == before
    assert at_q.document.undo_stack.count() == 0
    assert at_q.window.notice.isVisible()
    assert told in at_q.window.notice.text.text()
    assert W_Q not in at_q.window.notice.text.text()


def test_a_refused_block_names_the_matrix_as_the_screen_does(at_q):
    paste(at_q, "1\t2\t3\t4\t5")
    named = "Encoder › Layer 1 › Self-attention › Head 1 › Query weights"
    assert at_q.window.notice.text.text().startswith(f"{named}: a block of 1 × 5 numbers")
    at_q.document.tie(W_Q, W_Q)
    assert at_q.window.notice.text.text().endswith(f"{named} → {named} → {named}.")


def test_pasting_nowhere_says_what_to_do_first(hand):
    paste(hand, "1\t2")
    flush()
    assert "select" in hand.window.notice.text.text()
    assert not hand.document.is_modified


FILLS = {
    "fill_zeros": np.zeros_like,
    "fill_identity": lambda old: np.eye(*old.shape),
    "round": lambda old: np.round(old, 1),
}


@pytest.mark.parametrize("name", FILLS)
def test_filling_a_matrix_is_one_entry(at_q, name):
    old = table(at_q)
    at_q.window.actions_.by_name[name].trigger()
    assert table(at_q).tolist() == FILLS[name](old).tolist()
    assert at_q.document.undo_stack.count() == 1
    at_q.press("Ctrl+Z")
    assert table(at_q) is old


def test_random_numbers_and_back_to_what_was_opened(at_q):
    old = table(at_q)
    at_q.window.actions_.by_name["fill_random"].trigger()
    assert (table(at_q) != old).any()
    at_q.window.actions_.by_name["reset"].trigger()
    assert table(at_q).tobytes() == old.tobytes()
    assert at_q.document.undo_stack.count() == 2


def test_a_seed_is_asked_for_and_gives_the_same_numbers_again(at_q, dialogs):
    fill = at_q.window.actions_.by_name["fill_random"].trigger
    found = []
    for seed in ("7", "8", "7"):
        dialogs.answers.append(seed)
        fill()
        found.append(table(at_q).tolist())
    assert found[0] == found[2] != found[1]
    assert dialogs.asked == [("seed", "1"), ("seed", "8"), ("seed", "9")], "the next is suggested"
    assert "seed 7" in at_q.document.undo_stack.undoText()


def test_the_seed_is_asked_with_the_suggested_one_written(window, monkeypatch):
    real, shown = Dialogs(window, window.look), []

    def exec_(box: QInputDialog) -> int:
        shown.append((box.intValue(), box.intMinimum(), box.intMaximum()))
        return len(shown) == 1

    monkeypatch.setattr(QInputDialog, "exec", exec_)
    assert real.ask_seed(5) == 5
    assert real.ask_seed(5) is None
    assert shown == 2 * [(5, 0, LARGEST_SEED)]


# Pins


def test_typing_on_a_result_pins_it_and_delete_takes_the_pin_off(hand):
    hand.go(SCORES)
    hand.press("Down", "Right", "Right")
    before = hand.document.trace
    hand.write("9")
    hand.press("Return")
    trace = hand.document.trace
    assert hand.document.scenario.pins[SCORES] == {(0, 2): 9.0}
    changed = trace[SCORES].output.data != before[SCORES].output.data
    assert np.argwhere(changed).tolist() == [[0, 2]]
    assert (trace[Q].output.data == before[Q].output.data).all()
    weights = f"{HEAD}/weights"
    assert trace[weights].output.data[0, 2] > before[weights].output.data[0, 2]
    assert "pin" in hand.window.arithmetic.remark.text()
    hand.press("Delete")
    assert hand.document.scenario.pins == {}
    assert (hand.document.trace[SCORES].output.data == before[SCORES].output.data).all()
    hand.press("Ctrl+Z")
    assert hand.document.scenario.pins[SCORES] == {(0, 2): 9.0}


def test_by_blocks_the_result_on_view_is_pinned_aimed_at_and_copied(hand):
    """Not the first step of the block, which is not to be seen."""
    document, first = hand.document, f"{HEAD}/Q"
    mixed = f"{HEAD}/mixed"
    for keys in (["P"], ["D"], ["Ctrl+C"]):
        document.go_to(first, moves.BLOCK)
        hand.press(*keys)
        if keys == ["P"]:
            hand.write("9")
            hand.press("Return")
            assert document.scenario.pins == {mixed: {(0, 0): 9.0}}
            document.go_to(first, moves.BLOCK)
            hand.window.actions_.by_name["unpin"].trigger()
            assert document.scenario.pins == {} and document.cursor.path == mixed
    assert document.goal.path == mixed
    copied = QApplication.clipboard().text().split("\n")
    assert [[float(c) for c in row.split("\t")] for row in copied] == (
        document.trace[mixed].output.data.tolist()
    )


def test_a_pin_by_double_click_and_one_action_for_all(hand, tmp_path):
    hand.go(SCORES)
    for spot, text in (((1, 2), "7"), ((3, 0), "-1")):
        hand.double_click(hand.window.stage, hand.cell("output", 0, spot))
        hand.write(text)
        hand.press("Return")
    assert hand.document.scenario.pins[SCORES] == {(1, 2): 7.0, (3, 0): -1.0}
    hand.document.save(tmp_path / "pinned.json")
    assert load(tmp_path / "pinned.json").pins == hand.document.scenario.pins
    hand.window.actions_.by_name["unpin_all"].trigger()
    assert hand.document.scenario.pins == {}
    assert hand.document.undo_stack.count() == 3


@pytest.mark.parametrize("way", ["elsewhere", "Escape", "another number"])
def test_looking_into_a_result_does_not_pin_it(hand, way):
    hand.go(SCORES)
    hand.double_click(hand.window.stage, hand.cell("output", 0, (1, 2)))
    assert hand.window.stage.editor.is_open
    if way == "Escape":
        hand.press("Escape")
    elif way == "elsewhere":
        hand.window.map.setFocus()
    else:
        hand.click(hand.window.stage, hand.cell("output", 0, (0, 0)))
    assert hand.document.scenario.pins == {}
    assert not hand.document.is_modified


def test_pins_show_on_stage_and_map(hand):
    from window_support import picture

    hand.go(SCORES)
    hand.window.setFocus()
    stage, plan = picture(hand.window.stage), picture(hand.window.map)
    hand.document.pin(SCORES, 0, 0, float(hand.document.step.output.data[0, 0]))
    assert picture(hand.window.stage) != stage
    assert picture(hand.window.map) != plan


# Following a number


def test_to_where_a_number_came_from_and_back(hand):
    hand.go(SCORES)
    hand.press("Down", "Right", "Right")
    begun = hand.cursor
    action = hand.window.actions_.by_name
    action["origin"].trigger()
    assert hand.path == Q
    assert hand.cursor.row == begun.row
    action["returned"].trigger()
    assert hand.cursor == begun


def test_the_last_part_of_a_sum_can_be_followed_by_keyboard_too(hand):
    hand.go("encoder/1/residual_1", "number")
    for key, path in (("G", "source/positioned"), ("Shift+G", "encoder/1/self_attention/output")):
        hand.press(key)
        assert hand.path == path
        hand.press("Alt+Left")
    hand.go("source/embedded", "number")
    hand.press("Shift+G")  # read from an input alone: nowhere to go
    assert hand.path == "source/embedded"


def test_with_no_pin_there_is_a_word_about_it(hand):
    hand.window.actions_.by_name["unpin_all"].trigger()
    flush()
    assert hand.window.notice.text.text() == "There is no pin on any number."
    hand.document.pin(SCORES, 1, 2, 7.0)
    hand.window.notice.hide()
    hand.window.actions_.by_name["unpin_all"].trigger()
    assert hand.document.scenario.pins == {}
    assert not hand.window.notice.isVisible()


def test_menus_open_by_key_while_a_number_is_selected(at_q):
    """The Matrix menu is of no use but then; the keys of the number stay what they are."""
    before = value(at_q)
    at_q.press("Alt+Up")
    assert value(at_q) == round(before + 0.1, 2)
    at_q.press("Alt+E")
    flush()
    menu = QApplication.activePopupWidget()
    assert menu is not None
    assert menu.title() == "&Edit"
    assert at_q.document.selection == (1, 0, 0)
    menu.close()


def test_a_vector_has_no_diagonal(hand):
    hand.go("encoder/1/norm_1")
    hand.document.select((1, 0, 0))
    before = numbers(hand.window)
    hand.window.actions_.by_name["fill_identity"].trigger()
    flush()
    assert numbers(hand.window) == before
    assert "no diagonal" in hand.window.notice.text.text()


def test_tab_goes_through_a_matrix_row_by_row(at_q):
    """At a row's end the next number typed would else take the place of the one before."""
    for number in range(1, 9):
        at_q.press(str(number), "Tab")
    assert table(at_q)[:2].tolist() == [[1, 2, 3, 4], [5, 6, 7, 8]]
    assert at_q.document.selection == (1, 2, 0)
    at_q.press("9", "Shift+Tab")
    assert at_q.document.selection == (1, 1, 3)


@pytest.mark.parametrize(
    ("value", "said"), [(4.5, "exactly 4.5"), (2.0, "exactly 2"), (0.125, "rounded; stored: 0.125")]
)
def test_what_is_not_rounded_is_not_called_rounded(hand, value, said):
    hand.go("source/embedded", "number")
    scenario = hand.document.scenario
    hand.document.begin(with_options(scenario, replace(scenario.options, embedding_scale=False)))
    table = np.array(hand.document.scenario.params["embedding/source"])
    table[:] = value
    hand.document.set_table("embedding/source", table)
    hand.go("source/embedded", "number")
    assert hand.window.arithmetic.said == said
