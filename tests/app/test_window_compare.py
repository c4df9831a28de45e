"""Comparing at the window: by keyboard and by mouse, at every size."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QColor, QFontMetricsF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from window_support import Hand, file_of, flush, picture

from app.dialogs import Dialogs
from app.picker import PLACE, Picker
from app.shading import cell_shades
from app.views.parts import reading
from app.views.parts.legend import ranges_of
from engine import Options, alternatives, builtin, fresh, moves, save

HEAD = "encoder/1/self_attention/head_1"
Q, SCORES, MASKED, WEIGHTS = (f"{HEAD}/{n}" for n in ("Q", "scores", "masked", "weights"))
HEAD_2 = "encoder/1/self_attention/head_2/scores"
W_Q = f"{HEAD}/W_Q"
DECODER = "decoder/1/self_attention/head_1/masked"


@pytest.fixture
def compared(hand: Hand) -> Hand:
    """Scale off on side B, at the weights."""
    hand.document.compare_option("scale off", "scale", False)
    hand.go(WEIGHTS)
    flush()
    return hand


def choose(hand: Hand, label: str) -> None:
    """Open the list by its key and take an entry."""
    hand.window.desk.dialogs.answers.append(label)
    hand.press("Ctrl+K")
    flush()


MORE = {"norm": "before", "scale": False, "biases": False, "residual": False}


@pytest.mark.parametrize("width", [1024, 1440])
def test_a_long_list_is_cut_between_entries_and_counts_the_rest(make, qtbot, width):
    hand = Hand(qtbot, make("translation", width, 768))
    choose(hand, "Heads: 1")
    differences = hand.window.differences
    assert "more" not in differences.text.text()
    for name, value in MORE.items():
        assert hand.document.set_option(name, value)
    flush()
    lines, text = differences.lines(), differences.text.text()
    assert len(lines) == 6
    assert "…" not in text
    shown = text.removeprefix("B differs: ").split(" · ")
    assert shown == [*lines[: len(shown) - 1], f"{len(lines) - len(shown) + 1} more"]
    assert len(shown) > 2
    metrics = QFontMetricsF(differences.text.font())
    assert metrics.horizontalAdvance(text) <= differences.text.width()
    assert differences.text.toolTip() == "\n".join(lines)


def where(column) -> QPoint:
    return column.mapTo(column.window(), QPoint(0, 0))


# Beginning


def test_the_list_is_made_from_the_options_of_the_model(hand):
    """What is asked most comes first, then all by what they are about."""
    choose(hand, "nothing of all that")
    options = hand.document.scenario.options
    often = [*alternatives.usual(options), None]
    assert hand.window.desk.dialogs.offers == [*often, *alternatives.others(options)]
    assert often[0] == ("scale", False) and len(often) == 6
    assert not hand.document.is_comparing, "nothing was chosen"


def typed_into(dialog: QDialog, letters: str) -> None:
    """Type into the dialog that is about to open, and take what is found with Enter."""

    def fill() -> None:
        QTest.keyClicks(dialog.focusWidget(), letters)
        QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)

    QTimer.singleShot(0, fill)


def test_a_comparison_is_found_by_a_few_letters(hand, monkeypatch):
    """In the real dialog, without the mouse; the keyboard is back on the stage after it."""
    window, shown = hand.window, []
    monkeypatch.setattr(window.desk, "dialogs", Dialogs(window, window.look))
    real = Picker.exec

    def exec_(dialog: Picker) -> int:
        rows = map(dialog.list.item, range(dialog.list.count()))
        shown.extend(item.text() for item in rows if item.data(PLACE) is None)
        typed_into(dialog, "norm bef")
        return real(dialog)

    monkeypatch.setattr(Picker, "exec", exec_)
    hand.press("Ctrl+K")
    flush()
    assert hand.document.state.sheets[1].scenario.options.norm == "before"
    assert shown[:2] == ["Asked most", "Architecture"] and "Norm and residual" in shown
    assert window.focusWidget() is window.stage


@pytest.mark.parametrize("label", ["Scale scores: Not divided", "Heads: 1"])
def test_a_comparison_begins_by_keyboard(hand, label):
    before = hand.document.scenario
    choose(hand, label)
    a, b = (sheet.scenario for sheet in hand.document.state.sheets)
    assert a is before and hand.document.is_b
    assert b.options != a.options
    assert hand.window.windowTitle() == f"B: {label} – Stepformer"
    assert hand.window.differences.isVisible() and hand.window.sides.other.isVisible()
    hand.press("Ctrl+Z")
    flush()
    assert not hand.document.is_comparing
    assert not hand.window.differences.isVisible() and not hand.window.sides.other.isVisible()


def test_a_plain_copy_begins_by_keyboard(hand):
    choose(hand, "A plain copy")
    assert hand.document.is_comparing
    assert "so far" in hand.window.differences.text.text()


def test_a_file_is_laid_beside(hand, dialogs, tmp_path):
    save(fresh(Options(heads=1), seed=4), tmp_path / "other.json")
    dialogs.answers.append(str(tmp_path / "other.json"))
    hand.window.actions_.by_name["compare_file"].trigger()
    assert hand.document.title == "other.json"
    dialogs.answers.append("/nowhere.json")
    hand.window.actions_.by_name["compare_file"].trigger()
    assert hand.window.notice.isVisible()
    assert hand.document.title == "other.json"


# What is seen


def test_a_stands_left_and_b_right_and_the_active_one_is_the_stage(compared):
    sides = compared.window.sides
    for is_b in (True, False):
        compared.document.turn(is_b=is_b)
        flush()
        order = [sides.active, sides.between, sides.passive]
        order = order[::-1] if is_b else order
        lefts = [where(column).x() for column in order]
        assert lefts == sorted(lefts) and len(set(lefts)) == 3
        assert sides.active.head.isChecked() and not sides.passive.head.isChecked()
        assert sides.active.head.text().startswith("▸ B" if is_b else "▸ A")


def test_what_is_drawn_between_is_the_difference(compared):
    pane = compared.window.sides.difference
    a, b = (sheet.trace[WEIGHTS].output.data for sheet in compared.document.state.sheets)
    (item,) = (i for i in pane.laid_out().items if i.picture)
    np.testing.assert_array_equal(item.picture.matrix.data, b - a)
    assert item.picture.matrix.is_share is False  # the diverging scale


def test_the_cursor_is_one(compared):
    sides = compared.window.sides
    compared.press("Ctrl+3", "Home")
    compared.go(WEIGHTS, moves.NUMBER)
    compared.press(*3 * ["Right"])
    number = compared.document.number
    key = ("output", 0) if number.working < 0 else ("working", number.working)
    spot = (number.row, number.column)
    assert sides.other.marks()[key].selected == spot
    assert sides.difference.marks()["output", 0].selected == spot
    assert compared.window.stage.marks()[key].selected == spot


def test_the_arithmetic_stands_there_for_both(compared):
    arithmetic = compared.window.arithmetic
    for is_b in (True, False):
        compared.document.turn(is_b=is_b)
        flush()
        mine, theirs = arithmetic.line.value(), arithmetic.there.line.value()
        sheets = compared.document.state.sheets
        a, b = (float(sheet.trace[WEIGHTS].output.data[0, 0]) for sheet in sheets)
        assert (theirs, mine) == ((a, b) if is_b else (b, a))
        upper, lower = (arithmetic.there, arithmetic.line) if is_b else (arithmetic.line,) * 2
        assert where(upper).y() <= where(lower).y()
        assert arithmetic.tag.text() == ("B:" if is_b else "A:")


def test_a_word_under_the_difference_is_no_html(compared):
    foot = compared.window.sides.between.foot
    assert foot.textFormat() == Qt.TextFormat.PlainText
    compared.go("decoder/1/cross_attention/head_1/scores", "number")
    flush()
    assert foot.text().startswith("furthest apart: ")


def test_measures_stand_under_each(compared):
    sides = compared.window.sides
    texts = [column.foot.text() for column in (sides.passive, sides.active)]
    assert all("entropy" in text and "largest" in text for text in texts)
    assert texts[0] != texts[1]
    compared.go(SCORES)
    assert sides.between.foot.text() == "equal, number for number"
    compared.document.compare_option("x", "residual", False)
    compared.document.set_tokens(expected=compared.document.scenario.target)
    compared.go(WEIGHTS)
    assert "gradient norm of the loss" in sides.active.foot.text()
    compared.document.aim("output/logits", 0, 0)
    assert "gradient norm of L " in sides.active.foot.text()


def test_what_the_figures_mean_is_told(compared):
    """Without a goal and without a loss there is no gradient to speak of."""
    document, foot = compared.document, compared.window.sides.active.foot
    assert "nats" in foot.toolTip() and "Gradient" not in foot.toolTip()
    compared.go(SCORES)
    assert (foot.text(), foot.toolTip()) == ("", "")
    document.set_tokens(expected=document.scenario.target)
    assert foot.toolTip().startswith("Gradient norm") and "loss" in foot.toolTip()


def test_the_list_says_what_differs_and_goes_there(compared):
    document = compared.document
    document.set_cell(W_Q, 0, 0, 5.0)
    document.pin(SCORES, 1, 2, 9.0)
    document.set_token("source", 2, "dogs")
    differences = compared.window.differences
    lines = differences.lines()
    assert lines == [
        "Scale scores: Divided by √d_k → Not divided",
        "word 3 of the source: cats → dogs",
        "Encoder › Layer 1 › Self-attention › Head 1 › Query weights: one number",
        "Encoder › Layer 1 › Self-attention › Head 1 › Scores, row 2, column 3: "
        "computed → pinned to 9",
    ]
    assert differences.text.text().startswith("B differs: Scale")
    places = []
    differences.fill()
    for action in differences.list.actions():
        action.trigger()
        places.append(document.cursor.path)
    assert places == ["source/embedded", "source/embedded", Q, SCORES]


@pytest.mark.parametrize("option, value", alternatives.others(builtin("by-hand").options))
def test_every_alternative_is_told_and_walked_on_both_sides(make, qtbot, option, value):
    hand = Hand(qtbot, make("by-hand"))
    document = hand.document
    document.compare_option("x", option, value)
    flush()
    assert hand.window.differences.lines()
    for is_b in (True, False):
        document.turn(is_b=is_b)
        for path in list(document.trace.steps)[is_b::11]:
            for depth in (moves.BLOCK, moves.OPERATION):
                document.go_to(path, depth)
                hand.window.sides.grab()
                hand.window.arithmetic.grab()


def test_the_map_says_where_numbers_differ(compared):
    apart = compared.window.map.apart()
    assert SCORES not in apart and f"{HEAD}/scaled" in apart and "output/logits" in apart
    compared.document.keep(is_b=True)
    assert not compared.window.map.apart()


def test_the_headlines_say_what_differs_now(compared):
    """Not by what B once began with; a file keeps its name."""
    document, sides = compared.document, compared.window.sides

    def told() -> list[str]:
        heads = sides.passive.head.text(), sides.active.head.text()
        return list(heads[:: 1 if document.is_b else -1])

    begun = ["A · translation", "▸ B · Scale scores: Divided by √d_k → Not divided"]
    assert told() == begun
    assert begun[1] in sides.active.head.toolTip()
    document.set_cell(W_Q, 0, 0, 5.0)
    assert told()[1] == "▸ B · 2 differences"
    document.set_option("scale", True)
    assert "one number" in sides.active.head.accessibleName()
    document.set_cell(W_Q, 0, 0, float(document.state.sheets[0].scenario.params[W_Q][0, 0]))
    assert told()[1] == "▸ B · equal so far"
    for _ in range(3):
        document.undo_stack.undo()
    assert told() == begun
    document.swap()
    flush()
    assert told() == [begun[1].replace("B", "A", 1), "B · translation"]
    compared.window.resize(1024, 768)
    flush()
    assert told()[0] == "▸ A · Scale scores: Not divided"
    document.turn()
    document.set_cell(W_Q, 0, 0, 5.0)
    assert told()[1] == "▸ B · translation, then edited"


def test_a_headline_counts_what_was_chosen_and_not_what_follows_from_it(hand):
    """One head instead of two leaves matrices that only one side has; they are told below."""
    hand.document.compare_option("one head", "heads", 1)
    flush()
    window = hand.window
    assert window.sides.active.head.text() == "▸ B · Heads: 2 → 1"
    assert "a shape that only one has" in window.differences.text.toolTip()


def test_infinity_less_infinity_is_shown_as_such(compared):
    compared.go(DECODER)
    pane = compared.window.sides.difference
    (item,) = (i for i in pane.laid_out().items if i.picture)
    assert item.picture.texts[0][1:] == 4 * ["∞−∞"]
    assert "∞−∞" in compared.window.sides.between.foot.text()
    assert pane.hint((0, 1)).endswith("= −∞ − (−∞) = no number")


def test_what_only_one_side_has_is_said(hand):
    hand.document.compare_option("one head", "heads", 1)
    hand.document.turn()
    sides = hand.window.sides
    hand.go(HEAD_2)
    flush()
    assert sides.difference.obstacle() == "Only A has this, so there is no B − A."
    assert sides.other.obstacle()
    assert not hand.window.arithmetic.there.line.isVisible()
    assert hand.window.arithmetic.there.none.isVisible()
    hand.go(Q)
    assert "A is 4×4 here and B is 4×8" in sides.difference.obstacle()
    assert not sides.other.obstacle()
    hand.window.grab()


# The keyboard


def test_f6_goes_to_the_other_side_and_edits_go_there(compared, dialogs):
    dialogs.always = "discard"
    document = compared.document
    a, b = document.state.sheets
    compared.press("F6")
    assert not document.is_b
    compared.go(Q)
    compared.press("E", "7", "Return", "Escape")
    flush()
    assert document.state.sheets[0].scenario.params[W_Q][0, 0] == 7.0
    assert document.state.sheets[1].scenario is b.scenario
    compared.press("F6", "E", "8", "Return", "Escape")
    assert [s.scenario.params[W_Q][0, 0] for s in document.state.sheets] == [7.0, 8.0]
    compared.press("Ctrl+Z", "Ctrl+Z")
    assert [s.scenario for s in document.state.sheets] == [a.scenario, b.scenario]
    compared.press("Ctrl+Y", "Ctrl+Y")
    assert [s.scenario.params[W_Q][0, 0] for s in document.state.sheets] == [7.0, 8.0]


def test_an_input_to_be_edited_is_shown_however_little_room_there_is(make, qtbot):
    hand = Hand(qtbot, make(width=900, height=640))
    hand.document.compare("a copy")
    hand.go(Q)
    flush()
    stage, sides = hand.window.stage, hand.window.sides
    assert sides.is_short and stage.laid_out().item(("input", 1)) is None
    hand.press("E")
    flush()
    assert not sides.is_short and stage.laid_out().item(("input", 1)) is not None
    assert sides.difference.contrast().matrix.path == W_Q
    hand.press("4", "Return", "Escape")
    flush()
    assert sides.is_short
    assert hand.document.scenario.params[W_Q][0, 0] == 4.0


def test_the_list_opens_by_keyboard_and_is_left_again(compared):
    differences = compared.window.differences
    differences.button.setFocus()
    compared.press("Space")
    assert QApplication.activePopupWidget() is differences.list
    QTest.keyClick(differences.list, Qt.Key.Key_Down)
    QTest.keyClick(differences.list, Qt.Key.Key_Return)
    assert QApplication.activePopupWidget() is None
    assert compared.document.cursor.path == "encoder/1/self_attention/head_1/scaled"


def test_all_of_it_can_be_reached_by_tab(compared):
    reached = compared.tab_round()
    sides = compared.window.sides
    for widget in (sides.passive.head, sides.inputs, compared.window.differences.button):
        assert widget in reached


def test_swap_and_keep_by_menu(compared):
    a, b = (sheet.scenario for sheet in compared.document.state.sheets)
    by_name = compared.window.actions_.by_name
    by_name["swap_sides"].trigger()
    assert [s.scenario for s in compared.document.state.sheets] == [b, a]
    by_name["keep_a"].trigger()
    assert compared.document.scenario is b
    names = ("other_side", "swap_sides", "keep_a", "keep_b")
    assert not any(by_name[name].isEnabled() for name in names)
    compared.press("Ctrl+Z", "Ctrl+Z")
    assert [s.scenario for s in compared.document.state.sheets] == [a, b]
    assert all(by_name[name].isEnabled() for name in names)
    by_name["keep_b"].trigger()
    assert compared.document.scenario is b


# The mouse


def test_a_click_on_the_other_side_goes_there_and_asks(compared):
    sides = compared.window.sides
    item = sides.other.laid_out().item(("output", 0))
    place = (item.at + item.picture.cell_rect((2, 1)).center()).toPoint()
    compared.click(sides.other, place)
    flush()
    assert not compared.document.is_b
    assert (compared.cursor.row, compared.cursor.column) == (2, 1)
    assert compared.focus is compared.window.stage


def test_a_number_of_the_other_side_is_scrubbed_in_one_go(make, qtbot):
    hand = Hand(qtbot, make(width=1600, height=900))
    hand.document.compare("a copy")
    hand.go(Q)
    hand.window.sides.inputs.click()
    flush()
    sides, document = hand.window.sides, hand.document
    assert not sides.is_short
    a, b = (sheet.scenario for sheet in document.state.sheets)
    item = sides.other.laid_out().item(("input", 1))
    place = (item.at + item.picture.cell_rect((0, 0)).center()).toPoint()
    button = Qt.MouseButton.LeftButton
    start = sides.other.mapToGlobal(place)
    qtbot.mousePress(sides.other, button, pos=place)
    flush()
    assert not document.is_b
    moved = sides.other.mapFromGlobal(start + QPoint(30, 0))
    drag(sides.other, moved)
    assert document.scenario.params[W_Q][0, 0] == pytest.approx(a.params[W_Q][0, 0] + 0.5, abs=0.01)
    qtbot.mouseRelease(sides.other, button, pos=moved)
    assert document.undo_stack.count() == 2
    assert document.state.sheets[1].scenario is b
    hand.press("Ctrl+Z")
    assert [s.scenario for s in document.state.sheets] == [a, b]


def drag(widget, place: QPoint) -> None:
    """A move with the button held, which QTest's own moves don't say."""
    from PySide6.QtCore import QEvent, QPointF
    from PySide6.QtGui import QMouseEvent

    button = Qt.MouseButton.LeftButton
    where = QPointF(widget.mapToGlobal(place))
    plain = Qt.KeyboardModifier.NoModifier
    none = Qt.MouseButton.NoButton
    event = QMouseEvent(QEvent.Type.MouseMove, QPointF(place), where, none, button, plain)
    QApplication.sendEvent(widget, event)


def test_a_click_on_the_difference_asks_on_both_sides(compared):
    pane = compared.window.sides.difference
    item = pane.laid_out().item(("output", 0))
    compared.click(pane, (item.at + item.picture.cell_rect((3, 2)).center()).toPoint())
    assert (compared.cursor.row, compared.cursor.column) == (3, 2)
    assert compared.window.sides.other.marks()["output", 0].selected == (3, 2)


def test_a_click_on_the_headline_goes_to_that_side(compared):
    compared.click(compared.window.sides.passive.head)
    assert not compared.document.is_b
    compared.click(compared.window.sides.active.head)
    assert compared.window.sides.active.head.isChecked()


# What is saved


def test_leaving_asks_for_each_side_with_changes_by_its_name(compared, dialogs, tmp_path):
    compared.document.set_cell(W_Q, 0, 0, 5.0)
    compared.document.turn()
    compared.document.set_cell(W_Q, 0, 0, 7.0)
    dialogs.answers.extend(("discard", "cancel"))
    assert not compared.window.files.may_leave()
    assert dialogs.asked == [("changes", "translation"), ("changes", "scale off")]
    dialogs.answers.extend(("save", str(tmp_path / "a.json"), "save", str(tmp_path / "b.json")))
    assert compared.window.files.may_leave()
    assert not compared.document.is_modified
    assert {p.name for p in tmp_path.glob("?.json")} == {"a.json", "b.json"}


def test_save_writes_the_side_one_is_on_and_never_the_other_ones_file(make, qtbot, tmp_path):
    path = file_of(tmp_path)
    before = path.read_bytes()
    hand = Hand(qtbot, make(str(path)))
    hand.document.compare_option("scale off", "scale", False)
    hand.window.actions_.by_name["keep_b"].trigger()
    dialogs = hand.window.desk.dialogs
    dialogs.answers.append("")
    hand.press("Ctrl+S")
    assert [kind for kind, _ in dialogs.asked] == ["save"]
    assert "scale off" in dialogs.asked[0][1]
    assert path.read_bytes() == before


# Every size


@pytest.mark.parametrize("zoom", [100, 200, 300])
@pytest.mark.parametrize("size", [(1440, 900), (1024, 768), (640, 480)])
def test_panes_stand_beside_or_upon_each_other_and_never_overlap(make, size, zoom):
    window = make(width=size[0], height=size[1])
    window.look.set_zoom(zoom)
    window.document.compare_option("scale off", "scale", False)
    window.document.go_to(WEIGHTS)
    flush()
    sides = window.sides
    rects = [c.geometry() for c in (sides.active, sides.between, sides.passive)]
    for one, other in ((0, 1), (1, 2), (0, 2)):
        assert not rects[one].intersects(rects[other])
    assert all(sides.rect().contains(r) for r in rects)
    for pane in (window.stage, sides.difference, sides.other):
        made = pane.laid_out()
        assert made.width <= pane.width() and made.height <= pane.height()
    assert len({p.laid_out().pixels for p in (window.stage, sides.difference, sides.other)}) == 1


def test_sixteen_words_and_eight_heads(make):
    window = make(width=1280, height=800)
    document = window.document
    document.set_tokens(source=16 * ("I",))
    document.set_option("heads", 8)
    document.compare_option("scale off", "scale", False)
    for path in (WEIGHTS, "encoder/1/self_attention/joined"):
        document.go_to(path)
        flush()
        assert window.stage.laid_out().is_shortened
        assert window.sides.difference.laid_out().is_shortened
        window.grab()


def test_the_loss_as_goal_is_that_of_both_sides(compared):
    window = compared.window
    window.actions_.by_name["loss_goal"].trigger()
    flush()
    assert compared.document.goal is not None
    feet = [column.foot.text() for column in (window.sides.active, window.sides.passive)]
    norms = [foot.rpartition("gradient norm of ℓ here: ")[2] for foot in feet]
    assert all(float(norm) > 0 for norm in norms) and norms[0] != norms[1]
    compared.go("output/loss")
    assert window.sides.between.foot.text().startswith("furthest apart: ")
    compared.press("F6")
    flush()
    assert compared.document.goal is not None  # the other side has it, too
    compared.press("Ctrl+Z")
    flush()
    assert compared.document.is_comparing and compared.document.goal is None


# Colours


def ground(pane, row: int, column: int):
    """The colour in the corner of a cell of the result, as it is painted."""
    rect = pane.laid_out().cell_rect(("output", 0), (row, column))
    image = picture(pane)
    ratio = image.devicePixelRatio()
    at = rect.topLeft() + QPointF(3, rect.height() - 4)
    return image.pixelColor(round(at.x() * ratio), round(at.y() * ratio))


def ranges(pane) -> list[tuple[str, float, float]]:
    """What the legend tells."""
    result, key = pane.result(), ("output", 0)
    slope = reading.slope(pane.seen, result)
    return [
        (r.name, r.low, r.high) for r in ranges_of(result, pane.look, slope, pane.shared.get(key))
    ]


def test_both_sides_have_one_scale_of_colours(compared):
    compared.go(f"{HEAD}/scaled")
    flush()
    sides, document = compared.window.sides, compared.document
    a, b = (sheet.trace[f"{HEAD}/scaled"].output.data for sheet in document.state.sheets)
    end = max(np.abs(a).max(), np.abs(b).max())
    assert np.abs(a).max() < np.abs(b).max() / 1.9  # alone, each would reach as far as its own
    for pane, data in ((sides.stage, b), (sides.other, a)):
        assert ranges(pane) == [("S′ (A, B)", -end, end)]
        shades = cell_shades(data, compared.window.look.theme, is_share=False, reach=end)
        for spot in ((0, 0), (2, 1)):
            assert ground(pane, *spot) == QColor(*shades[spot].tolist())
    alone = cell_shades(a, compared.window.look.theme, is_share=False)
    assert ground(sides.other, 0, 0) != QColor(*alone[0, 0].tolist())
    name, low, high = ranges(sides.difference)[0]
    assert (name, low, high) == ("Δ\N{THIN SPACE}S′", -high, high) and high == np.abs(b - a).max()


def test_the_scale_follows_an_edit_of_either_side_and_ends_with_the_comparison(compared):
    compared.go(SCORES)
    flush()
    sides = compared.window.sides
    for _ in range(2):
        compared.document.pin(SCORES, 0, 0, 50.0)
        flush()
        assert {told[1:] for pane in (sides.stage, sides.other) for told in ranges(pane)} == {
            (-50.0, 50.0)
        }
        compared.document.undo_stack.undo()
        compared.document.turn()
    compared.document.keep(is_b=True)
    flush()
    sides.stage.laid_out()
    own = np.abs(compared.document.trace[SCORES].output.data).max()
    assert ranges(sides.stage) == [("S", -own, own)]


def test_gradients_share_scale_and_unit(compared):
    compared.window.actions_.by_name["loss_goal"].trigger()
    compared.go(f"{HEAD}/scaled")
    flush()
    panes = (compared.window.sides.stage, compared.window.sides.other)
    told = [ranges(pane)[-1] for pane in panes]
    assert told[0] == told[1] and told[0][0].startswith("∂ℓ/∂S′ ×10⁻")
    pictures = [pane.laid_out().item(("output", 0)).picture for pane in panes]
    assert len({picture.layers[-1].unit for picture in pictures}) == 1
    compared.document.undo_stack.undo()


def test_shares_say_that_the_scale_is_that_of_both(compared):
    flush()
    sides = compared.window.sides
    assert [ranges(p) for p in (sides.stage, sides.other)] == 2 * [[("A (A, B)", 0.0, 1.0)]]


def test_the_keyboard_walks_after_a_choice_from_the_list(hand):
    hand.go(WEIGHTS)
    hand.press("Ctrl+L")
    flush()
    assert hand.window.side.isAncestorOf(hand.focus)
    choose(hand, "Scale scores: Not divided")
    assert hand.focus is hand.window.stage
    hand.press("Right")
    assert hand.document.cursor.path == f"{HEAD}/mixed"


@pytest.mark.parametrize("digits", range(1, 7))
def test_the_figures_have_as_many_decimals_as_there_can_be(compared, digits):
    compared.document.aim("output/probabilities", 0, 0)
    compared.window.look.digits = digits
    compared.window.look.changed.emit()
    flush()
    foot = compared.window.sides.active.foot.text()
    assert foot.rpartition("here: ")[2].strip("0.−e-123456789") == "", foot


def test_walking_by_block_the_legend_is_of_the_result_on_view(hand):
    hand.go(Q, moves.BLOCK)
    flush()
    shown = hand.window.stage.laid_out().item(("output", 0)).part.matrix
    assert shown.path != Q
    end = float(np.abs(shown.data).max())
    assert [r[1:] for r in ranges(hand.window.stage)] == [(-end, end)]
    hand.go(Q, moves.STEP)
    assert hand.window.stage.result().path == Q
