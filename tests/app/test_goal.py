"""The goal and the gradients of it: exact, everywhere, and by keyboard and mouse."""

import math

import numpy as np
import pytest
from PySide6.QtCore import QPoint
from window_support import Hand, flush, picture

from app.document import Document
from app.seen import BOTH, GRADIENTS, VALUES, Goal
from app.views.parts import reading
from app.views.parts.hints import hint
from app.views.parts.layers import unit_of, unit_text
from engine import Options, builtin, edits, fresh, run

HEAD = "encoder/1/self_attention/head_1/"
SCORES, W_Q, W_K, WEIGHTS = (f"{HEAD}{name}" for name in ("scores", "W_Q", "W_K", "weights"))
PROBABILITIES, LOSS = "output/probabilities", "output/loss"
MASKED = "decoder/1/self_attention/head_1/masked"


# Exact


def slope(scenario, goal: Goal, change) -> float:
    """How fast the goal changes with a push, measured."""
    step = 1e-5
    up, down = (goal.value(run(change(scenario, by))) for by in (step, -step))
    return (up - down) / (2 * step)


def push_result(path, row, column):
    """Push one number of a step by pinning it beside where it is."""
    value = float("nan")

    def change(scenario, by):
        nonlocal value
        if math.isnan(value):
            value = float(run(scenario)[path].output.data[row, column])
        return scenario.with_pin(path, row, column, value + by)

    return change


def push_parameter(path, row, column):
    def change(scenario, by):
        table = edits.table_of(scenario, path)
        table[row, column] += by
        return edits.with_table(scenario, path, table)

    return change


def checked(document, count=3, skip=()):
    """Every matrix's gradient is the slope, at some of its numbers; how many were looked at."""
    goal, random, seen = document.goal, np.random.default_rng(1), 0
    steps, trace = list(document.trace.steps), document.trace
    given = [p for p, m in trace.given.items() if m.origin == "parameter"]
    for path in [*steps, *given]:
        data, gradient = trace.matrix(path).data, document.gradient(path)
        for index in random.permutation(data.size)[:count]:
            row, column = divmod(int(index), data.shape[1])
            if not math.isfinite(data[row, column]):
                assert gradient[row, column] == 0.0, (path, row, column)
                continue
            if (path, row, column) in skip:
                continue
            push = push_parameter if path in given else push_result
            measured = slope(document.scenario, goal, push(path, row, column))
            assert gradient[row, column] == pytest.approx(measured, rel=1e-4, abs=1e-8), path
            seen += 1
    return seen


@pytest.mark.parametrize(
    "goal", [Goal(PROBABILITIES, 3, 7), Goal(SCORES, 1, 2), Goal(MASKED, 2, 1), Goal(LOSS, 0, 0)]
)
def test_every_gradient_is_the_slope(stepformer, goal):
    document = Document(edits.with_loss(builtin("translation")))
    document.aim(goal.path, goal.row, goal.column)
    assert checked(document, 2) > 150


def test_gradients_are_slopes_under_pins_ties_and_padding(stepformer):
    scenario = edits.with_tie(fresh(Options(heads=2, d_model=4, d_ff=4), seed=2), W_K, W_Q)
    scenario = scenario.with_pin(SCORES, 1, 2, 0.7).with_pin(WEIGHTS, 0, 1, 0.4)
    document = Document(scenario)
    document.aim(LOSS, 0, 0)
    assert not np.isfinite(document.trace[f"{HEAD}masked"].output.data).all()
    assert checked(document, 3) > 200


def test_a_pin_stops_the_gradient(document):
    document.aim(PROBABILITIES, 3, 7)
    document.pin(SCORES, 1, 2, 0.5)
    assert document.gradient(SCORES)[1, 2] != 0.0, "how much the goal would follow the pin"
    for row, column in np.ndindex(4, 4):
        document.pin(SCORES, row, column, 0.5)
    assert not document.gradient(W_Q).any()
    assert document.gradient(f"{HEAD}W_V").any()


def test_what_comes_after_the_goal_has_no_slope(document):
    document.aim(SCORES, 1, 2)
    assert document.gradient(SCORES).sum() == 1.0
    assert not document.gradient(PROBABILITIES).any()
    assert document.gradient(PROBABILITIES).shape == (5, 14)


def test_a_goal_that_is_no_finite_number_has_no_gradient(document):
    document.aim(MASKED, 0, 1)
    assert document.goal.value(document.trace) == -math.inf
    assert np.isnan(document.gradient(W_Q)).all()


# What becomes of it


def test_without_a_goal_there_is_no_gradient(document):
    assert document.goal is None and document.gradient(W_Q) is None


def test_the_goal_stays_through_edits_and_follows_them(document):
    document.aim(PROBABILITIES, 3, 7)
    before = document.gradient(W_Q)
    document.set_cell(W_Q, 0, 0, 2.0)
    assert document.goal == Goal(PROBABILITIES, 3, 7)
    assert not np.array_equal(document.gradient(W_Q), before)
    document.undo_stack.undo()
    assert np.array_equal(document.gradient(W_Q), before)


def test_while_a_number_is_scrubbed_the_gradient_follows(document):
    document.aim(PROBABILITIES, 3, 7)
    seen = []
    for value in (0.1, 0.2):
        document.preview(lambda s, v=value: edits.with_block(s, W_Q, 0, 0, np.array([[v]])))
        seen.append(document.gradient(W_Q)[0, 0])
    assert seen[0] != seen[1]


def test_choosing_a_goal_is_no_edit(document):
    document.aim(SCORES, 0, 0)
    document.show_as(GRADIENTS)
    assert not document.is_modified and document.undo_stack.count() == 0


def test_the_goal_goes_with_its_step(document):
    lost = []
    document.goal_lost.connect(lost.append)
    second = SCORES.replace("head_1", "head_2")
    document.aim(second, 1, 2)
    document.set_option("heads", 1)
    assert document.goal is None and lost == [Goal(second, 1, 2)]


def test_the_goal_goes_with_its_place(document):
    document.aim(SCORES, 3, 3)
    document.set_tokens(source=("I", "see", "cats"))
    assert document.goal is None
    document.aim(SCORES, 2, 2)
    document.set_token("source", 2, "dogs")
    assert document.goal == Goal(SCORES, 2, 2)


def test_another_file_has_no_goal(document):
    document.aim(SCORES, 0, 0)
    document.open("by-hand")
    assert document.goal is None


def test_who_asked_for_a_loss_keeps_it_when_words_change(document):
    assert document.loss_path() == LOSS
    assert document.undo_stack.count() == 1
    assert document.scenario.expected == (*document.scenario.target[1:], "</s>")
    document.aim(LOSS, 0, 0)
    document.set_token("source", 2, "dogs")
    document.set_token("target", 4, "狗")
    assert document.goal is not None
    assert document.scenario.expected[-2:] == ("狗", "</s>")
    document.undo_stack.undo()
    document.undo_stack.undo()
    document.undo_stack.undo()
    assert document.goal is None and LOSS not in document.trace


# By keyboard


def test_a_number_becomes_the_goal_by_a_key(hand):
    hand.go(SCORES, "number")
    hand.press("Right", "Right")
    number = hand.document.number
    hand.press("D")
    assert hand.document.goal == Goal(SCORES, number.row, number.column)
    assert hand.window.goal_bar.isVisible()
    hand.press("D")
    assert hand.document.goal is None
    assert not hand.window.goal_bar.isVisible()


def test_walking_by_block_a_number_is_shown_first(hand):
    hand.go(SCORES, "block")
    hand.press("D")
    assert hand.cursor.depth == "number"
    assert hand.document.goal is not None and hand.document.goal.path == hand.path


def test_a_working_can_not_be_the_goal(hand):
    hand.go(WEIGHTS, "number")
    hand.click(hand.window.stage, hand.cell("working", 0, (0, 0)))
    assert hand.document.number.working == 0
    hand.press("D")
    assert hand.document.goal is None
    assert "Only a number of a result" in hand.window.notice.text.text()


def test_shift_d_goes_round(hand):
    hand.go(SCORES, "number")
    hand.press("Shift+D")
    assert "no goal yet" in hand.window.notice.text.text()
    hand.press("D")
    seen = []
    for _ in range(4):
        seen.append(hand.document.shown)
        hand.press("Shift+D")
    assert seen == [BOTH, VALUES, GRADIENTS, BOTH]


def test_the_bar_is_reached_by_tab(hand):
    hand.go(SCORES, "number")
    hand.press("D")
    bar = hand.window.goal_bar
    hand.tab_to(bar.mode)
    hand.press("Home")
    assert hand.document.shown == VALUES
    hand.press("Tab", "Space")
    assert hand.document.goal is None


# By mouse


def trigger(hand: Hand, name: str) -> None:
    hand.window.actions_.by_name[name].trigger()


def test_the_goal_is_chosen_by_mouse(hand):
    hand.go(SCORES)
    hand.click(hand.window.stage, hand.cell("output", 0, (1, 2)))
    menu, action = hand.window.actions_.menus["view/gradient"], hand.window.actions_.by_name
    menu.popup(QPoint(10, 10))
    flush()
    hand.click(menu, menu.actionGeometry(action["goal"]).center())
    assert hand.document.goal == Goal(SCORES, 1, 2)
    hand.go("output/logits")
    bar = hand.window.goal_bar
    hand.click(bar.name)
    assert (hand.path, hand.document.number.row, hand.document.number.column) == (SCORES, 1, 2)
    hand.click(bar.close_button)
    assert hand.document.goal is None


def test_the_loss_becomes_the_goal_by_one_action(hand):
    trigger(hand, "loss_goal")
    assert hand.document.goal == Goal(LOSS, 0, 0)
    trigger(hand, "loss_goal")
    assert hand.document.goal == Goal(LOSS, 0, 0), "once more is not to let go"
    trigger(hand, "no_goal")
    assert hand.document.goal is None
    trigger(hand, "no_goal")
    assert "no goal yet" in hand.window.notice.text.text()


@pytest.mark.parametrize(
    ("name", "shown"),
    [("show_values", VALUES), ("show_gradients", GRADIENTS), ("show_both", BOTH)],
)
def test_each_way_to_show_it_has_an_action(hand, name, shown):
    trigger(hand, "loss_goal")
    hand.document.show_as(VALUES if shown == BOTH else BOTH)
    trigger(hand, name)
    assert hand.document.shown == shown


def test_a_lost_goal_is_told(hand):
    second = SCORES.replace("head_1", "head_2")
    hand.go(second, "number")
    hand.press("D")
    hand.document.set_option("heads", 1)
    assert not hand.window.goal_bar.isVisible()
    assert hand.window.notice.isVisible()
    assert second in hand.window.notice.text.text()


# What is seen


def test_the_bar_names_goal_value_and_step(hand):
    hand.document.aim(PROBABILITIES, 3, 7)
    word = hand.document.trace[PROBABILITIES].output.columns[7]
    full = hand.window.goal_bar.full
    assert full.startswith(f"Goal: P(看见, {word}) = ")
    assert "∂P ÷ ∂…" in full and "Probabilities" in full
    before = full
    hand.document.set_cell(W_Q, 0, 0, 5.0)
    hand.document.set_cell("output/b", 0, 7, 3.0)
    assert hand.window.goal_bar.full != before


def test_the_bar_says_why_a_goal_has_no_gradient(hand):
    """A lecturer who takes a masked score for the goal sees nothing but NaN otherwise."""
    hand.document.aim(MASKED, 0, 1)
    assert "has no gradient" in hand.window.goal_bar.full
    assert " = −∞" in hand.window.goal_bar.full
    hand.document.aim(MASKED, 1, 1)
    assert "no gradient" not in hand.window.goal_bar.full


def layers(hand, kind="output", index=0):
    return hand.window.stage.laid_out().item((kind, index)).picture.layers


def test_matrices_show_values_gradients_or_both(hand):
    hand.go(SCORES)
    plain = hand.window.stage.laid_out().item(("output", 0)).picture.height
    assert [layer.is_slope for layer in layers(hand)] == [False]
    hand.document.aim(PROBABILITIES, 3, 7)
    assert [layer.is_slope for layer in layers(hand)] == [False, True]
    item = hand.window.stage.laid_out().item(("output", 0))
    assert item.picture.height > plain
    slope = layers(hand)[1]
    exact = hand.document.gradient(SCORES)
    assert slope.data * 10.0**slope.unit == pytest.approx(exact)
    hand.document.show_as(GRADIENTS)
    assert [layer.is_slope for layer in layers(hand)] == [True]
    assert hand.window.stage.laid_out().item(("output", 0)).picture.measured.prefix == "∂P/∂"
    hand.document.show_as(VALUES)
    assert [layer.is_slope for layer in layers(hand)] == [False]


def test_a_transposed_matrix_has_its_gradient_transposed(hand):
    hand.go(SCORES)
    hand.document.aim(PROBABILITIES, 3, 7)
    keys = layers(hand, "input", 1)
    exact = hand.document.gradient(f"{HEAD}K")
    assert keys[1].data * 10.0 ** keys[1].unit == pytest.approx(exact.T)


def test_every_view_shows_it_and_lets_go_of_it(hand):
    hand.go(SCORES)
    views = (hand.window.stage, hand.window.filmstrip)
    before = [picture(view) for view in views]
    hand.document.aim(PROBABILITIES, 3, 7)
    seen = [before]
    for shown in (GRADIENTS, BOTH):
        hand.document.show_as(shown)
        seen.append([picture(view) for view in views])
    for ours in zip(*seen, strict=True):
        assert len({bytes(image.constBits()) for image in ours}) == 3
    hand.document.let_go()
    assert [picture(view) for view in views] == before


def test_the_goal_is_marked_in_its_matrix(hand):
    hand.go(SCORES)
    hand.document.aim(SCORES, 1, 2)
    marks = reading.marks(hand.document)
    assert marks["output", 0].goal == (1, 2)
    assert marks["input", 0].goal is None
    hand.document.show_as(VALUES)
    goal = picture(hand.window.stage)
    hand.document.let_go()
    assert picture(hand.window.stage) != goal


def test_the_tooltip_has_the_exact_gradient(hand):
    hand.go(SCORES)
    hand.document.aim(PROBABILITIES, 3, 7)
    item = hand.window.stage.laid_out().item(("input", 0))
    told = hint(hand.document, hand.window.stage.texts, item, (1, 2))
    exact = float(hand.document.gradient(f"{HEAD}Q")[1, 2])
    line = next(line for line in told.splitlines() if line.startswith("∂P/∂Q"))
    assert float(line.split("=")[1].replace("−", "-")) == exact


def test_editing_works_on_gradients_too(hand):
    hand.go(f"{HEAD}Q")
    hand.document.aim(PROBABILITIES, 3, 7)
    hand.document.show_as(GRADIENTS)
    hand.click(hand.window.stage, hand.cell("input", 1, (0, 0)))
    hand.write("0.5")
    hand.press("Return")
    assert hand.document.scenario.params[W_Q][0, 0] == 0.5


@pytest.mark.parametrize(
    ("largest", "unit", "text"),
    [
        (0.0, 0, ""),
        (0.1, 0, ""),
        (5.0, 0, ""),
        (0.0999, -2, "×10⁻²"),
        (3e-5, -5, "×10⁻⁵"),
        (123456.0, 5, "×10⁵"),
        (5e-324, -324, "×10⁻³²⁴"),
    ],
)
def test_small_gradients_have_a_unit(largest, unit, text):
    data = np.array([[largest, -largest / 2], [0.0, math.nan]])
    assert unit_of(data) == unit
    assert unit_text(unit) == text


@pytest.mark.parametrize(("size", "zoom"), [((1024, 768), 100), ((1440, 900), 200)])
@pytest.mark.parametrize("shown", [GRADIENTS, BOTH])
def test_everything_has_room(make, qtbot, size, zoom, shown):
    window = make("translation", *size)
    hand = Hand(qtbot, window)
    window.look.set_zoom(zoom)
    hand.document.aim(PROBABILITIES, 3, 7)
    hand.document.show_as(shown)
    for path in (SCORES, WEIGHTS, "output/logits", "encoder/1/norm_1"):
        hand.go(path)
        flush()
        for item in window.stage.laid_out().items:
            if item.picture is None:
                continue
            for layer in item.picture.layers:
                texts = layer.shown(item.picture.down.full, item.picture.across.full)
                for i, row in enumerate(item.picture.down.shown):
                    for j, column in enumerate(item.picture.across.shown):
                        spot = item.picture.spot(row, column)
                        room = item.picture.cell_rect(spot).width()
                        assert item.picture.face.width(texts[i][j]) <= room, (path, item.key)
        bar = window.goal_bar
        inner = bar.rect()
        for widget in (bar.name, bar.mode, bar.close_button):
            assert inner.contains(widget.geometry()), (widget, widget.geometry(), inner)
        picture(window)
