"""Changing what can be changed by keyboard alone: numbers and masks."""

import math

import numpy as np
import pytest
from PySide6.QtCore import QRect
from window_support import flush, numbers

from app.numbers import exact
from app.views.parts.hints import hint

Q = "encoder/1/self_attention/head_1/Q"
W_Q = "encoder/1/self_attention/head_1/W_Q"
MASKED = "encoder/1/self_attention/head_1/masked"
MASK = "encoder/1/self_attention/mask"


@pytest.fixture
def at_q(hand):
    """At Q = X W_Q + b_Q, with the first number of W_Q selected by Tab."""
    hand.go(Q)
    hand.press("Tab")
    assert hand.document.selection == (1, 0, 0)
    return hand


def value(hand, row, column, path=W_Q):
    return hand.document.scenario.params[path][row, column]


def editor(hand):
    return hand.window.stage.editor


# Numbers


def test_a_corner_says_whether_an_edit_or_its_undo_made_it(at_q):
    """With the number that was there before: the edited one, after an undo."""
    before = value(at_q, 0, 0)
    at_q.write("7")
    at_q.press("Return", "Escape")
    item = at_q.window.stage.laid_out().item(("input", 1))

    def told() -> tuple[list[str], tuple[str, ...]]:
        said = hint(at_q.document, at_q.window.stage.texts, item, (0, 0)).splitlines()
        return [line for line in said if "before" in line], at_q.window.stage.drawn().remarks

    just = ("Filled corner: just changed",)
    assert told() == ([f"before the last change: {exact(before)}"], just)
    at_q.press("Ctrl+Z")
    item = at_q.window.stage.laid_out().item(("input", 1))
    assert told() == (["before the undo: 7"], ("Filled corner: just changed back",))
    at_q.press("Ctrl+Y")
    item = at_q.window.stage.laid_out().item(("input", 1))
    assert told()[1] == just
    at_q.press("Ctrl+Z")
    at_q.document.pin(MASKED, 1, 1, 3.0)
    item = at_q.window.stage.laid_out().item(("input", 1))
    assert told() == ([], ())


def test_typing_edits_and_enter_moves_down(at_q):
    at_q.write("0.5")
    assert editor(at_q).is_open
    at_q.press("Return")
    assert not editor(at_q).is_open
    assert value(at_q, 0, 0) == 0.5
    assert at_q.document.selection == (1, 1, 0)
    assert at_q.focus is at_q.window.stage
    assert at_q.document.undo_stack.count() == 1


def test_a_column_is_typed_down_and_a_row_to_the_right(at_q):
    for text in ("1", "-2", "1/4"):
        at_q.write(text)
        at_q.press("Return")
    assert [value(at_q, r, 0) for r in range(3)] == [1.0, -2.0, 0.25]
    assert at_q.document.selection == (1, 3, 0)
    at_q.write("3,5")
    at_q.press("Tab")
    at_q.write("√2")
    at_q.press("Shift+Tab")
    assert value(at_q, 3, 0) == 3.5
    assert value(at_q, 3, 1) == math.sqrt(2)
    assert at_q.document.selection == (1, 3, 0)
    at_q.write("7")
    at_q.press("Shift+Return")
    assert at_q.document.selection == (1, 2, 0)
    assert at_q.document.undo_stack.count() == 6


def test_arrows_choose_and_stay_inside(at_q):
    at_q.press("Right", "Down", "Down", "Left", "Up")
    assert at_q.document.selection == (1, 1, 0)
    at_q.press("Left", "Left", "Up", "Up")
    assert at_q.document.selection == (1, 0, 0)
    at_q.press(*(20 * ["Down"]), *(20 * ["Right"]))
    rows, columns = at_q.document.trace.matrix(W_Q).shape
    assert at_q.document.selection == (1, rows - 1, columns - 1)
    assert at_q.path == Q


def test_escape_restores_then_goes_back_to_walking(at_q):
    before = value(at_q, 0, 0)
    at_q.write("9")
    at_q.press("Escape")
    assert not editor(at_q).is_open
    assert value(at_q, 0, 0) == before
    assert at_q.document.selection == (1, 0, 0)
    assert at_q.document.undo_stack.count() == 0
    at_q.press("Escape")
    assert at_q.document.selection is None
    at_q.press("Right")
    assert at_q.path.endswith("/K")


@pytest.mark.parametrize("key", ["Return", "F2"])
def test_opening_an_editor_shows_the_stored_value_and_confirming_it_is_no_edit(at_q, key):
    at_q.document.set_cell(W_Q, 0, 0, 1 / 3)  # more figures than a cell shows
    at_q.document.undo_stack.setClean()
    at_q.press(key)
    assert editor(at_q).is_open
    shown = editor(at_q).field.text().replace("−", "-")
    assert float(shown) == value(at_q, 0, 0)
    assert editor(at_q).field.selectedText() == editor(at_q).field.text()
    at_q.press("Return")
    assert at_q.document.selection == (1, 1, 0)
    assert not at_q.document.is_modified
    assert "*" not in at_q.window.windowTitle()


REFUSED = {
    "1/0": "divides by zero",
    "1e9": "too large",
    "∞": "mask",
    "1,2,3": "two ways",
    "0.5x": "can't be read",
    "-": "can't be read",
}


@pytest.mark.parametrize("text", REFUSED)
def test_what_cannot_be_read_is_refused_beside_the_cell(at_q, text):
    before, trace = numbers(at_q.window), at_q.document.trace
    at_q.write(text)
    at_q.press("Return")
    stage, note = at_q.window.stage, editor(at_q).note
    flush()
    assert note.isVisible()
    assert REFUSED[text] in note.text()
    assert editor(at_q).is_open
    assert at_q.focus is editor(at_q).field
    assert stage.rect().contains(note.geometry())
    assert not note.geometry().intersects(editor(at_q).field.geometry())
    assert near(note.geometry(), editor(at_q).field.geometry())
    assert numbers(at_q.window) == before
    assert at_q.document.trace is trace
    assert at_q.document.undo_stack.count() == 0
    at_q.write("2")
    assert not note.isVisible()
    at_q.press("Escape")
    assert value(at_q, 0, 0) == at_q.document.trace.matrix(W_Q).data[0, 0]


def near(one: QRect, two: QRect) -> bool:
    return one.adjusted(-8, -8, 8, 8).intersects(two)


def test_an_empty_field_is_refused(at_q):
    at_q.press("Return", "Backspace", "Return")
    assert "Type a number" in editor(at_q).note.text()
    at_q.press("Escape")
    assert not editor(at_q).note.isVisible()


def test_keys_of_the_walk_are_the_fields_while_it_is_open(at_q):
    at_q.press("Return")
    before = at_q.cursor
    at_q.press("Left", "Right", "Home", "End", "PgDown", "PgUp", "F2", "Space", "E", "Home")
    assert at_q.cursor == before
    assert not at_q.window.desk.playback.is_playing
    assert editor(at_q).is_open
    assert editor(at_q).field.text().endswith(" e")
    at_q.press("Escape")
    at_q.write("9")
    at_q.press("F2", "PgDown", "Ctrl+S", "Return")
    assert value(at_q, 0, 0) == 9.0


def test_up_and_down_commit_and_move(at_q):
    at_q.write("4")
    at_q.press("Down")
    at_q.write("5")
    at_q.press("Up")
    assert [value(at_q, r, 0) for r in range(2)] == [4.0, 5.0]
    assert at_q.document.selection == (1, 0, 0)
    assert at_q.focus is at_q.window.stage


def test_keys_of_the_walk_are_the_stages_while_an_input_is_selected(at_q):
    before = at_q.cursor
    at_q.press("Right", "Down", "Space", "Home", "End")
    assert at_q.cursor == before
    assert not at_q.window.desk.playback.is_playing
    at_q.press("PgDown")  # but a lecturer's clicker walks on
    assert at_q.cursor != before


@pytest.mark.parametrize("text", ["0.75", "0.7.5", ""])
def test_looking_elsewhere_commits_what_can_be_read(at_q, text):
    """And the keyboard stays where one has looked."""
    before = value(at_q, 0, 0)
    at_q.press("Return", "Backspace")
    at_q.write(text)
    at_q.window.map.setFocus()
    assert value(at_q, 0, 0) == (0.75 if text == "0.75" else before)
    assert not editor(at_q).is_open
    assert not editor(at_q).note.isVisible()
    assert at_q.focus is at_q.window.map


def test_a_click_into_the_options_while_editing_leaves_the_keyboard_there(at_q):
    at_q.window.side.setCurrentWidget(at_q.window.side.views["options"])
    flush()
    at_q.write("0.75")
    spin = at_q.window.side.views["options"].controls["d_ff"]
    at_q.click(spin)
    assert value(at_q, 0, 0) == 0.75
    assert at_q.focus is spin


def test_tab_goes_through_the_inputs_and_on(at_q):
    at_q.press("Tab")
    assert at_q.document.selection == (2, 0, 0)
    at_q.press("Tab")
    assert at_q.document.selection is None
    assert at_q.focus is not at_q.window.stage
    at_q.press("Shift+Tab")
    assert at_q.focus is at_q.window.stage


def test_a_key_takes_the_keyboard_to_the_first_input(hand):
    hand.go(Q)
    hand.tab_to(hand.window.tokens.next)
    hand.press("E")
    assert hand.focus is hand.window.stage
    assert hand.document.selection == (1, 0, 0)


def test_a_vector_is_edited_too(hand):
    hand.go("encoder/1/norm_1")
    hand.press("Tab", "Right", "Right")
    hand.write("2")
    hand.press("Return")
    gamma = hand.document.scenario.params["encoder/1/norm_1/gamma"]
    assert gamma.shape == (8,)
    assert gamma[2] == 2.0
    assert hand.document.selection == (1, 0, 2)


def test_embeddings_are_edited_where_they_are_shown(hand):
    hand.go("source/embedded")
    hand.press("Tab")
    hand.write("1")
    hand.press("Return")
    assert hand.document.scenario.params["embedding/source"][0, 0] == 1.0


def test_undo_and_redo_by_keys(at_q):
    first = numbers(at_q.window)
    at_q.write("0.5")
    at_q.press("Return")
    at_q.write("0.6")
    at_q.press("Return")
    last = numbers(at_q.window)
    at_q.press("Ctrl+Z")
    assert value(at_q, 0, 0) == 0.5
    at_q.press("Ctrl+Z")
    assert numbers(at_q.window) == first
    at_q.press("Ctrl+Z", "Ctrl+Shift+Z")
    assert value(at_q, 0, 0) == 0.5
    at_q.press("Ctrl+Y")
    assert numbers(at_q.window) == last


def test_undo_and_redo_say_in_the_menu_and_on_the_button_what_they_would_change(at_q):
    undo, redo = (at_q.window.actions_.by_name[name] for name in ("undo", "redo"))
    plain = undo.text(), undo.toolTip(), redo.text(), redo.toolTip()
    at_q.document.set_cell(W_Q, 0, 0, 3.0)
    assert undo.text() == "&Undo: Change Head 1 › Query weights", "by its name, not its path"
    assert undo.toolTip() == "Undo: Change Head 1 › Query weights (Ctrl+Z)"
    at_q.document.set_option("scale", False)
    assert "option" in undo.text()
    at_q.window.look.set_zoom(110)  # texts are set anew
    assert "option" in undo.text()
    undo.trigger()
    assert "Query weights" in undo.text() and "option" in redo.text()
    undo.trigger()
    assert undo.text() == plain[0] and "Query weights" in redo.toolTip()
    at_q.document.begin(at_q.document.scenario)
    assert (undo.text(), undo.toolTip(), redo.text(), redo.toolTip()) == plain


def test_a_name_with_the_sign_of_a_menus_letter_is_written_as_it_is(at_q):
    at_q.document.compare("Add & Norm")
    undo = at_q.window.actions_.by_name["undo"]
    assert undo.text().endswith("Compare with Add && Norm")
    assert "Compare with Add & Norm (" in undo.toolTip()


def test_everything_downstream_follows_and_what_is_upstream_stays(at_q):
    old = at_q.document.trace
    at_q.write("0.5")
    at_q.press("Return")
    new = at_q.document.trace
    order = list(new.steps)
    for path in order[: order.index(Q)]:
        assert (new[path].output.data == old[path].output.data).all()
    by_hand = new[Q].inputs[0].data @ new.matrix(W_Q).data + new[Q].inputs[2].data
    assert np.allclose(new[Q].output.data, by_hand, rtol=1e-14)
    last = "output/probabilities"
    assert (new[last].output.data != old[last].output.data).any()


# Masks


def test_a_mask_is_painted_with_space(hand):
    hand.go(MASKED)
    hand.press("Tab", "Right")
    assert hand.document.selection == (1, 0, 1)
    hand.press("Space")
    painted = hand.document.scenario.masks[MASK]
    assert painted[0].tolist() == [False, True, False, False]
    shares = hand.document.trace["encoder/1/self_attention/head_1/weights"].output.data
    assert shares[0, 1] == 0.0
    assert math.isclose(shares[0].sum(), 1.0)
    hand.press("Space")
    assert not hand.document.scenario.masks[MASK].any()
    hand.press("Ctrl+Z", "Ctrl+Z")
    assert hand.document.scenario.masks == {}
    assert hand.path == MASKED


def test_a_mask_takes_no_typing(hand):
    hand.go(MASKED)
    hand.press("Tab")
    hand.write("5")
    assert not editor(hand).is_open
    assert not hand.document.is_modified


def test_a_whole_row_can_be_masked(hand):
    """Nothing to look at gives no numbers; the window must show that, too."""
    hand.go(MASKED)
    hand.press("Tab")
    for _ in range(4):
        hand.press("Space", "Right")
    for _ in range(4):
        hand.press("Escape", "Right")
        flush()
    hand.press("Ctrl+3", "Ctrl+4", "Ctrl+Right")
    flush()
    assert hand.document.undo_stack.count() == 4
