"""The same with the mouse: asking numbers, choosing inputs, painting, going places."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip
from window_support import flush

from engine import Named, moves

HEAD = "encoder/1/self_attention/head_1"
Q, SCORES, MASKED, WEIGHTS = (f"{HEAD}/{n}" for n in ("Q", "scores", "masked", "weights"))
W_Q, MASK = f"{HEAD}/W_Q", "encoder/1/self_attention/mask"


# The stage


def test_a_click_asks_a_number(hand):
    hand.go(SCORES)
    hand.click(hand.window.stage, hand.cell("output", 0, (2, 1)))
    cursor = hand.cursor
    assert (cursor.path, cursor.depth) == (SCORES, moves.STEP)  # the walk goes on as it did
    assert (cursor.working, cursor.row, cursor.column) == (-1, 2, 1)
    hand.press("Down")
    assert hand.cursor.depth == moves.NUMBER
    assert (hand.cursor.row, hand.cursor.column) == (2, 1)


def test_a_click_asks_a_working(hand):
    hand.go(WEIGHTS)
    for index in range(len(hand.document.step.workings)):
        hand.click(hand.window.stage, hand.cell("working", index, (2, 0)))
        assert (hand.cursor.working, hand.cursor.row, hand.cursor.column) == (index, 2, 0)


def test_a_click_selects_a_parameter_and_elsewhere_nothing(hand):
    hand.go(Q)
    hand.click(hand.window.stage, hand.cell("input", 1, (3, 2)))
    assert hand.document.selection == (1, 3, 2)
    assert hand.cursor.depth == moves.STEP
    hand.click(hand.window.stage, QPoint(3, 3))
    assert hand.document.selection is None


def test_a_click_on_a_computed_input_selects_nothing(hand):
    hand.go(Q)
    before = hand.cursor
    hand.click(hand.window.stage, hand.cell("input", 0, (1, 1)))
    assert hand.document.selection is None
    assert hand.cursor == before


def test_a_double_click_edits_a_parameter(hand):
    hand.go(Q)
    hand.double_click(hand.window.stage, hand.cell("input", 1, (3, 2)))
    editor = hand.window.stage.editor
    assert editor.is_open
    flush()
    spot = hand.cell("input", 1, (3, 2)).toPoint()
    assert editor.field.geometry().contains(spot)
    hand.write("0.25")
    hand.press("Return")
    assert hand.document.scenario.params[W_Q][3, 2] == 0.25


def test_a_double_click_on_a_computed_input_goes_to_its_step(hand):
    hand.go(SCORES)
    hand.double_click(hand.window.stage, hand.cell("input", 0, (2, 1)))
    assert (hand.path, hand.cursor.row, hand.cursor.column) == (Q, 2, 1)


def test_a_click_in_a_transposed_input_means_the_number_that_is_shown(hand):
    """K stands transposed under the scores: what is to the right there is further down in K."""
    hand.go(SCORES)
    hand.double_click(hand.window.stage, hand.cell("input", 1, (2, 1)))
    assert (hand.path, hand.cursor.row, hand.cursor.column) == (f"{HEAD}/K", 2, 1)


def test_a_click_elsewhere_commits_what_was_typed(hand):
    hand.go(Q)
    hand.double_click(hand.window.stage, hand.cell("input", 1, (0, 0)))
    hand.write("0.25")
    hand.click(hand.window.stage, hand.cell("output", 0, (0, 0)))
    assert hand.document.scenario.params[W_Q][0, 0] == 0.25
    assert not hand.window.stage.editor.is_open


def test_the_right_button_edits_nothing(hand):
    hand.go(MASKED)
    spot = hand.cell("input", 1, (0, 1)).toPoint()
    hand.qtbot.mouseClick(hand.window.stage, Qt.MouseButton.RightButton, pos=spot)
    assert not hand.document.is_modified


def drag(hand, spots):
    stage = hand.window.stage
    points = [hand.cell("input", 1, spot).toPoint() for spot in spots]
    button = Qt.MouseButton.LeftButton
    hand.qtbot.mousePress(stage, button, pos=points[0])
    for point in points[1:]:
        hand.qtbot.mouseMove(stage, point)
    hand.qtbot.mouseRelease(stage, button, pos=points[-1])


def test_a_mask_is_painted_by_dragging(hand):
    hand.go(MASKED)
    drag(hand, [(1, 0), (1, 1), (1, 2)])
    assert hand.document.scenario.masks[MASK].tolist()[1] == [True, True, True, False]
    assert hand.document.scenario.masks[MASK].sum() == 3
    drag(hand, [(1, 1), (1, 2), (1, 3)])  # what was painted first decides: now it takes off
    assert hand.document.scenario.masks[MASK].tolist()[1] == [True, False, False, False]
    hand.qtbot.mouseMove(hand.window.stage, hand.cell("input", 1, (3, 3)).toPoint())
    assert hand.document.scenario.masks[MASK].sum() == 1


def test_a_quick_stroke_skips_no_cell(hand):
    """A hand that is quick, or a slow machine, tells the window only where it came out."""
    hand.go(MASKED)
    drag(hand, [(1, 0), (1, 3)])
    assert hand.document.scenario.masks[MASK].tolist()[1] == [True] * 4
    assert hand.document.scenario.masks[MASK].sum() == 4
    drag(hand, [(1, 3), (1, 2)])  # only as far as it went
    assert hand.document.scenario.masks[MASK].tolist()[1] == [True, True, False, False]
    assert hand.document.undo_stack.count() == 2


def test_one_stroke_is_undone_at_once(hand):
    hand.go(MASKED)
    drag(hand, [(1, 0), (1, 1), (1, 2)])
    hand.press("Ctrl+Z")
    assert hand.document.scenario.masks == {}
    hand.press("Ctrl+Y")
    assert hand.document.scenario.masks[MASK].sum() == 3


# The arithmetic line


def test_a_click_on_an_operand_goes_to_where_it_was_computed(hand):
    hand.go(SCORES, moves.NUMBER)
    hand.document.move(lambda t, c: moves.at_number(t, c, -1, 2, 3))
    cell = hand.first_cell()
    hand.click(hand.window.arithmetic.line, hand.word(cell))
    assert hand.path == cell.path == Q
    assert (hand.cursor.row, hand.cursor.column) == (cell.row, cell.column) == (2, 0)


def test_a_click_on_a_parameter_selects_it_on_the_stage(hand):
    hand.go(Q, moves.NUMBER)
    line = hand.window.arithmetic.line
    leaves = [w.token.leaf for w in line.laid_out() if w.token.leaf is not None]
    weight = next(leaf for leaf in leaves if getattr(leaf, "path", "") == W_Q)
    hand.click(line, hand.word(weight))
    assert hand.document.selection == (1, weight.row, weight.column)
    assert hand.path == Q


def test_a_click_on_a_working_asks_it(hand):
    hand.go(WEIGHTS, moves.NUMBER)
    hand.document.move(lambda t, c: moves.at_number(t, c, -1, 1, 1))
    line = hand.window.arithmetic.line
    leaves = [w.token.leaf for w in line.laid_out()]
    working = next(leaf for leaf in leaves if isinstance(leaf, Named))
    hand.click(line, hand.word(working))
    assert hand.path == WEIGHTS
    assert hand.cursor.working == working.working
    assert hand.cursor.row == 1


def test_the_buttons_do_one_operation_and_all(hand):
    hand.go(SCORES)
    card = hand.window.arithmetic
    hand.click(card.once)
    assert (hand.cursor.depth, hand.cursor.done) == (moves.OPERATION, 1)
    hand.click(card.once)
    assert hand.cursor.done == 2
    hand.click(card.rest)
    assert hand.cursor.done == 7
    assert not card.once.isEnabled()
    assert not card.rest.isEnabled()


# Map, filmstrip, timeline, breadcrumb


def test_a_click_on_a_box_of_the_map_goes_to_its_first_step(hand):
    paths = list(hand.document.trace.steps)
    boxes = [b for lane in hand.window.map.lanes for b in lane.boxes()]
    assert len(boxes) > 8
    for box in boxes:
        hand.click(hand.window.map, box.rect.center())
        assert hand.path == paths[box.first]
        assert hand.cursor.depth == moves.STEP
    hand.press("Down")  # closer, as everywhere; the map takes the arrows when one tabs to it
    assert hand.cursor.depth == moves.NUMBER


def test_layers_unfold_and_fold(hand):
    hand.document.set_option("layers", 6)
    flush()
    view = hand.window.map

    def folded():
        return [b for lane in view.lanes for b in lane.boxes() if b.is_folded]

    assert len(folded()) == 12
    hand.go("decoder/2/norm_1")
    flush()
    assert len(folded()) == 11  # the layer where one stands is open
    box = folded()[3]
    hand.click(view, box.rect.center())
    flush()
    assert box.block.path in view.unfolded
    assert hand.path.startswith(box.block.path)
    hand.document.go_to("source/embedded")
    flush()
    (frame,) = [
        child
        for lane in view.lanes
        for node in lane.nodes
        for child in node.children
        if child.block.path == box.block.path
    ]
    assert not frame.is_folded
    hand.click(view, frame.rect.topLeft() + QPointF(12, 6))
    assert box.block.path not in view.unfolded


def test_the_map_by_keyboard(hand):
    hand.tab_to(hand.window.map)
    hand.press("Up", "Up")
    third = hand.path
    assert third.startswith("encoder/1/self_attention")
    hand.press("Down")
    assert hand.path == "source/positioned"
    hand.press("Right")
    assert hand.path == third


def test_a_click_on_a_thumbnail_goes_there(hand):
    hand.go(Q)
    for index, (_, matrix, _, _) in enumerate(list(hand.window.filmstrip.boxes())):
        hand.go(Q)
        flush()
        box, _, _, _ = hand.window.filmstrip.boxes()[index]
        hand.click(hand.window.filmstrip, box.center())
        assert hand.path == matrix.path


def test_a_thumbnail_keeps_the_depth(hand):
    hand.go(Q, moves.NUMBER)
    flush()
    box = hand.window.filmstrip.boxes()[-1][0]
    hand.click(hand.window.filmstrip, box.center())
    assert hand.path != Q
    assert hand.cursor.depth == moves.NUMBER


def test_a_click_on_the_timeline_goes_there_and_a_drag_follows(hand):
    bar = hand.window.timeline.bar
    paths = list(hand.document.trace.steps)
    each = bar.width() / len(paths)
    for place in (0, 17, len(paths) - 1):
        hand.click(bar, QPointF((place + 0.5) * each, 10))
        assert hand.path == paths[place]
    button = Qt.MouseButton.LeftButton
    hand.qtbot.mousePress(bar, button, pos=QPoint(round(5.5 * each), 10))
    hand.qtbot.mouseMove(bar, QPoint(round(20.5 * each), 10))
    hand.qtbot.mouseMove(bar, QPoint(-50, 10))
    hand.qtbot.mouseRelease(bar, button, pos=QPoint(0, 10))


@pytest.mark.parametrize("depth", moves.DEPTHS)
def test_depth_buttons(hand, depth):
    hand.go(SCORES)
    hand.click(hand.window.timeline.depths[depth])
    assert hand.cursor.depth == depth
    assert hand.window.timeline.depths[depth].isChecked()


def test_timeline_buttons(hand):
    buttons, paths = hand.window.timeline.buttons, list(hand.document.trace.steps)
    for name, path in [
        ("last", paths[-1]),
        ("back", paths[-2]),
        ("first", paths[0]),
        ("forward", paths[1]),
    ]:
        hand.click(buttons[name])
        assert hand.path == path
    hand.click(buttons["play"])
    assert hand.window.desk.playback.is_playing
    hand.click(buttons["play"])
    assert not hand.window.desk.playback.is_playing


def test_the_breadcrumb_goes_to_blocks(hand):
    hand.go(SCORES)
    hand.window.heading.crumbs.linkActivated.emit("0")
    assert hand.cursor.depth == moves.BLOCK
    assert hand.path == Q


# Tooltips


def tip(widget, at) -> str:
    QToolTip.hideText()
    point = at.toPoint()
    QApplication.sendEvent(
        widget, QHelpEvent(QEvent.Type.ToolTip, point, widget.mapToGlobal(point))
    )
    return QToolTip.text()


def test_the_stage_tells_the_stored_value(hand):
    hand.go(SCORES)
    stored = float(hand.document.step.output.data[1, 2])
    text = tip(hand.window.stage, hand.cell("output", 0, (1, 2)))
    assert repr(abs(stored)) in text
    assert "[see, cats]" in text


def test_the_line_tells_the_stored_value(hand):
    hand.go(SCORES, moves.NUMBER)
    cell = hand.first_cell()
    assert repr(abs(cell.value)) in tip(hand.window.arithmetic.line, hand.word(cell))


def test_map_filmstrip_and_timeline_tell_names(hand):
    box = hand.window.map.lanes[0].boxes()[0]
    assert tip(hand.window.map, box.rect.center())
    assert tip(hand.window.filmstrip, hand.window.filmstrip.boxes()[0][0].center())
    assert "source/embedded" in tip(hand.window.timeline.bar, QPointF(2, 10))
