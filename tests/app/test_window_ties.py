"""Tying matrices and copying between them, by keyboard and by mouse, and what is shown of it."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QDialog, QDialogButtonBox
from window_support import flush, picture

from app.dialogs import Dialogs
from app.picker import Offer, Picker
from app.views.parts.hints import hint
from engine import load

HEAD = "encoder/1/self_attention/head_1/"
W_Q, W_K, W_V, Q, K = (f"{HEAD}{name}" for name in ("W_Q", "W_K", "W_V", "Q", "K"))


@pytest.fixture
def at_k(hand):
    """At K = X W_K + b_K, with the first number of W_K selected by Tab."""
    hand.go(K)
    hand.press("Tab")
    return hand


def params(hand):
    return hand.document.scenario.params


def choose(hand, menu, name):
    """Open a menu and click one of its entries."""
    shown, action = hand.window.actions_.menus[menu], hand.window.actions_.by_name[name]
    shown.popup(QPoint(10, 10))
    flush()
    hand.click(shown, shown.actionGeometry(action).center())
    flush()


# Ties


def test_a_matrix_is_tied_by_keyboard(at_k, dialogs):
    dialogs.answers.append(W_Q)
    at_k.press("Ctrl+T")
    assert at_k.document.scenario.ties == {W_K: W_Q}
    assert dialogs.offers[:2] == [W_Q, W_V], "those of the same head come first"
    shapes = {params(at_k)[path].shape for path in dialogs.offers}
    assert shapes == {(8, 4)} and W_K not in dialogs.offers


def test_a_matrix_is_tied_by_mouse(hand, dialogs):
    hand.go(K)
    hand.click(hand.window.stage, hand.cell("input", 1, (2, 2)))
    dialogs.answers.append(W_Q)
    choose(hand, "edit/matrix", "tie")
    assert hand.document.scenario.ties == {W_K: W_Q}
    choose(hand, "edit/matrix", "untie")
    assert not hand.document.scenario.ties


def test_typing_into_either_changes_both(at_k, dialogs):
    dialogs.answers.append(W_Q)
    at_k.press("Ctrl+T")
    at_k.write("0.5")
    at_k.press("Return")
    assert params(at_k)[W_K][0, 0] == params(at_k)[W_Q][0, 0] == 0.5
    at_k.go(Q)
    at_k.press("Tab")
    at_k.press("Alt+Up")
    assert params(at_k)[W_K][0, 0] == params(at_k)[W_Q][0, 0] == 0.6


def test_scrubbing_one_moves_the_other_with_it(hand):
    hand.document.tie(W_K, W_Q)
    hand.go(K)
    stage, start = hand.window.stage, hand.cell("input", 1, (0, 0)).toPoint()
    hand.qtbot.mousePress(stage, Qt.MouseButton.LeftButton, pos=start)
    hand.qtbot.mouseMove(stage, start + QPoint(60, 0))
    assert params(hand)[W_K][0, 0] == params(hand)[W_Q][0, 0] != 0.7
    hand.qtbot.mouseRelease(stage, Qt.MouseButton.LeftButton, pos=start + QPoint(60, 0))
    assert hand.document.undo_stack.count() == 2


def test_a_tie_is_one_entry_to_undo(at_k, dialogs):
    before = params(at_k)[W_K]
    dialogs.answers.append(W_Q)
    at_k.press("Ctrl+T", "Ctrl+Z")
    assert not at_k.document.scenario.ties
    assert params(at_k)[W_K] is before
    at_k.press("Ctrl+Y")
    assert at_k.document.scenario.ties == {W_K: W_Q}


def test_nothing_is_tied_without_an_answer_or_a_selection(at_k, dialogs):
    dialogs.answers.append("")
    at_k.press("Ctrl+T")
    assert at_k.document.undo_stack.count() == 0
    at_k.press("Escape", "Ctrl+T")
    assert "select a number" in at_k.window.notice.text.text()


def test_what_is_tied_to_none_says_so(at_k):
    at_k.window.actions_.by_name["untie"].trigger()
    assert "tied to no other" in at_k.window.notice.text.text()
    assert at_k.document.undo_stack.count() == 0


def test_a_matrix_without_its_like_says_so(hand):
    hand.go("output/logits")
    hand.press("Tab")
    hand.press("Ctrl+T")
    assert "no other matrix of this shape" in hand.window.notice.text.text()


def test_a_tie_survives_a_file(at_k, dialogs, tmp_path):
    dialogs.answers.extend([W_Q, str(tmp_path / "tied.json")])
    at_k.press("Ctrl+T", "Ctrl+S")
    assert load(tmp_path / "tied.json").ties == {W_K: W_Q}
    at_k.document.untie(W_K)
    assert at_k.document.open(str(tmp_path / "tied.json"))
    assert at_k.document.scenario.ties == {W_K: W_Q}


# What is seen of it


def test_a_tie_stands_on_the_matrix(at_k):
    at_k.document.select(None)
    before = at_k.window.stage.laid_out().item(("input", 1)).picture
    at_k.document.tie(W_K, W_Q)
    item = at_k.window.stage.laid_out().item(("input", 1))
    twin = item.picture.measured.twin
    assert (twin.symbol, twin.role, twin.where) == ("W_Q", "query", "")
    assert before.measured.twin is None
    assert item.picture.head_width > before.head_width
    told = hint(at_k.document, at_k.window.stage.texts, item, (0, 0))
    assert "Tied to WQ (Encoder › Layer 1 › Self-attention › Head 1)" in told


def test_where_the_symbol_is_the_same_the_place_tells(hand):
    other = W_K.replace("head_1", "head_2")
    hand.document.tie(W_K, other)
    hand.go(K)
    twin = hand.window.stage.laid_out().item(("input", 1)).picture.measured.twin
    assert (twin.symbol, twin.where) == ("W_K", "Head 2")


def test_a_tie_is_explained(hand):
    explain = hand.window.side.views["explain"]
    hand.go(K)
    assert "tied" not in explain.text.text()
    hand.document.tie(W_K, W_Q)
    assert "is tied to" in explain.text.text()
    assert "their gradients add up" in explain.text.text()
    hand.document.untie(W_K)
    assert "tied" not in explain.text.text()


def test_a_tie_is_on_the_map(hand):
    # Equal numbers first: a tie that changes some is shown by tints as well.
    hand.document.tie(W_K, W_Q)
    hand.document.untie(W_K)
    before = picture(hand.window.map)
    hand.document.tie(W_K, W_Q)
    after = picture(hand.window.map)
    assert before != after
    boxes = [b for lane in hand.window.map.lanes for b in lane.boxes()]
    (box,) = [b for b in boxes if b.block.path == "encoder/1/self_attention"]
    changed = _difference(before, after)
    assert changed and all(box.rect.adjusted(-8, -8, 8, 8).contains(QPointF(p)) for p in changed)
    hand.document.undo_stack.undo()
    assert picture(hand.window.map) == before


def _difference(a: QImage, b: QImage) -> list[QPoint]:
    size = a.size()
    return [
        QPoint(x, y)
        for x in range(size.width())
        for y in range(size.height())
        if a.pixel(x, y) != b.pixel(x, y)
    ]


# Copies


def test_numbers_are_copied_once_and_stay_apart(at_k, dialogs):
    dialogs.answers.append(W_V)
    at_k.window.actions_.by_name["copy_from"].trigger()
    assert np.array_equal(params(at_k)[W_K], params(at_k)[W_V])
    assert not at_k.document.scenario.ties
    at_k.write("9")
    at_k.press("Return")
    assert params(at_k)[W_K][0, 0] == 9.0 != params(at_k)[W_V][0, 0]


def test_numbers_are_copied_by_mouse_from_a_result(hand, dialogs):
    hand.document.begin(_square())
    hand.go(Q)
    hand.click(hand.window.stage, hand.cell("input", 1, (0, 0)))
    dialogs.answers.append(Q)
    table = hand.document.trace[Q].output.data
    choose(hand, "edit/matrix", "copy_from")
    assert Q in dialogs.offers and W_Q not in dialogs.offers
    assert np.array_equal(params(hand)[W_Q], table)


def test_what_is_not_finite_is_not_offered(hand, dialogs):
    """A mask of −∞ has no numbers that a parameter could take."""
    hand.document.begin(_square())
    path = "encoder/1/self_attention/head_1/Q"
    hand.go(path)
    hand.press("Tab")
    dialogs.answers.append("")
    hand.window.actions_.by_name["copy_from"].trigger()
    shapes = {p: hand.document.trace.matrix(p).data for p in dialogs.offers}
    assert shapes and all(np.isfinite(data).all() for data in shapes.values())
    masked = hand.document.trace.matrix("encoder/1/self_attention/head_1/masked")
    assert masked.shape == (2, 2) and not np.isfinite(masked.data).all()


def _square():
    from engine import Options, fresh

    options = Options(heads=1, d_model=2)
    return fresh(options, seed=1, source=("the", "<pad>"), target=("<s>",), expected=())


# The dialog itself


@pytest.fixture
def dialog(window):
    offers = [
        Offer("a/W_Q", "WQ  Query weights  –  Head 1", "a/W_Q"),
        Offer("b/W_Q", "WQ  Query weights  –  Head 2", "b/W_Q"),
        Offer("a/W_V", "WV  Value weights  –  Head 1", "a/W_V"),
    ]
    made = Picker("Tie to another matrix", "WK takes the numbers", offers, window.look, window)
    made.show()
    flush()
    yield made
    made.close()


def ok(dialog):
    return dialog.buttons.button(QDialogButtonBox.StandardButton.Ok)


def test_a_few_letters_find_a_matrix(dialog, qtbot):
    assert dialog.focusWidget() is dialog.field
    assert dialog.chosen.value == "a/W_Q"
    qtbot.keyClicks(dialog.field, "value")
    assert dialog.chosen.value == "a/W_V"
    dialog.field.clear()
    qtbot.keyClicks(dialog.field, "query head 2")
    assert dialog.chosen.value == "b/W_Q"
    qtbot.keyClicks(dialog.field, " nothing")
    assert dialog.chosen is None and not ok(dialog).isEnabled()


def shown(dialog):
    items = map(dialog.list.item, range(dialog.list.count()))
    return [item.text() for item in items if not item.isHidden()]


def test_what_stands_under_two_headings_is_found_once(window, qtbot):
    offers = [
        Offer(1, "Scale scores: Not divided", "Divided by √d_k?", "Asked most"),
        Offer(2, "Heads: 1", "", "Asked most"),
        Offer(2, "Heads: 1", "", "Sizes"),
        Offer(3, "Heads: 4", "", "Sizes"),
    ]
    dialog = Picker("Compare", "With what?", offers, window.look, window)
    qtbot.addWidget(dialog)
    whole = shown(dialog)
    assert whole.count("Heads: 1") == 2
    dialog.field.setText("heads")
    assert shown(dialog) == ["Asked most", "Heads: 1", "Sizes", "Heads: 4"]
    dialog.field.setText("heads: 1")
    assert shown(dialog) == ["Asked most", "Heads: 1"], "no heading without an offer"
    dialog.field.setText("one head")
    assert shown(dialog) == [] and "Nothing has these letters" in dialog.more.text()
    dialog.field.clear()
    assert shown(dialog) == whole
    assert "<sub>" in dialog.more.text(), "d_k with its k below"


def test_arrows_choose_while_typing_and_enter_takes_it(dialog, qtbot):
    for key, wanted in (("Down", "b/W_Q"), ("Down", "a/W_V"), ("Down", "a/W_V"), ("Up", "b/W_Q")):
        qtbot.keyClick(dialog.field, getattr(Qt.Key, f"Key_{key}"))
        assert dialog.chosen.value == wanted
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    assert dialog.result() == QDialog.DialogCode.Accepted


def test_a_double_click_takes_it(dialog, qtbot):
    where = dialog.list.visualItemRect(dialog.list.item(1)).center()
    qtbot.mouseClick(dialog.list.viewport(), Qt.MouseButton.LeftButton, pos=where)
    qtbot.mouseDClick(dialog.list.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert dialog.chosen.value == "b/W_Q" and dialog.result() == QDialog.DialogCode.Accepted


def test_what_is_chosen_comes_back_and_cancel_is_nothing(window, monkeypatch):
    real = Dialogs(window, window.look)
    offers = [Offer("a/W_Q", "WQ", "a/W_Q")]
    monkeypatch.setattr(QDialog, "exec", lambda _: QDialog.DialogCode.Accepted)
    assert real.choose("Tie", "why", offers) is offers[0]
    monkeypatch.setattr(QDialog, "exec", lambda _: QDialog.DialogCode.Rejected)
    assert real.choose("Tie", "why", offers) is None
