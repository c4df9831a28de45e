"""Walking by keyboard alone, as in a debugger: over, into, out, back; back is always exact."""

from itertools import pairwise

import pytest
from window_support import Hand, flush

from app.action_table import table
from engine import Cursor, moves

Q = "encoder/1/self_attention/head_1/Q"
SCORES = "encoder/1/self_attention/head_1/scores"
WEIGHTS = "encoder/1/self_attention/head_1/weights"


def walk(hand: Hand, key: str) -> list[Cursor]:
    """Press a key until nothing moves any more; every place on the way, the first included."""
    places = [hand.cursor]
    while True:
        hand.press(key)
        if hand.cursor == places[-1]:
            return places
        places.append(hand.cursor)


def test_the_whole_model_step_by_step_and_exactly_back(hand):
    there = walk(hand, "Right")
    assert [c.path for c in there] == list(hand.document.trace.steps)
    assert there[0].path == "source/embedded"
    assert there[-1].path == "output/probabilities"
    flush()
    assert walk(hand, "Left") == there[::-1]


def test_the_whole_model_block_by_block_and_exactly_back(hand):
    hand.press("Up")
    assert hand.cursor.depth == moves.BLOCK
    there = walk(hand, "Right")
    firsts = [s.steps[0].path for s in moves.segments(hand.document.trace)]
    assert [c.path for c in there] == firsts
    assert all(c.depth == moves.BLOCK for c in there)
    assert walk(hand, "Left") == there[::-1]


def test_number_by_number_through_a_rowwise_step_and_back(hand):
    """Its workings are walked before its output; the next step follows."""
    hand.go(WEIGHTS)
    hand.press("Down", "Left", "Right")
    begun = hand.cursor
    assert begun.depth == moves.NUMBER
    step = hand.document.step
    there = [begun]
    while hand.path == WEIGHTS:
        hand.press("Right")
        there.append(hand.cursor)
    each = {(c.working, c.row, c.column) for c in there[:-1]}
    output = {(-1, r, c) for r in range(4) for c in range(4)}
    assert output <= each
    assert {c.working for c in there[:-1]} == {*range(len(step.workings)), -1} or (
        begun.working == -1
    )
    for before in there[-2::-1]:
        hand.press("Left")
        assert hand.cursor == before


def test_operation_by_operation_through_two_numbers_and_back(hand):
    hand.go(SCORES)
    hand.press("Down", "Down")
    assert hand.cursor == Cursor(SCORES, moves.OPERATION)
    there = [hand.cursor]
    for _ in range(18):
        hand.press("Right")
        there.append(hand.cursor)
    # Four products and three sums, then the next number.
    assert [c.done for c in there] == [*range(8), *range(8), 0, 1, 2]
    assert [(c.row, c.column) for c in there] == 8 * [(0, 0)] + 8 * [(0, 1)] + 3 * [(0, 2)]
    for before in there[-2::-1]:
        hand.press("Left")
        assert hand.cursor == before


def test_into_and_out_again(hand):
    hand.go(Q)
    hand.press("Up")
    depths = [hand.cursor.depth]
    for key in ("Down", "Down", "Down", "Down", "Up", "Up", "Up", "Up"):
        hand.press(key)
        depths.append(hand.cursor.depth)
    block, step, number, operation = moves.DEPTHS
    into = [block, step, number, operation, operation]
    assert depths == [*into, number, step, block, block]
    assert hand.path == Q


@pytest.mark.parametrize("depth", moves.DEPTHS)
def test_home_and_end(hand, depth):
    hand.press(f"Ctrl+{moves.DEPTHS.index(depth) + 1}")
    start = hand.cursor
    assert start.depth == depth
    hand.press("End")
    end = hand.cursor
    last = "output/probabilities"
    if depth == moves.BLOCK:
        last = moves.segments(hand.document.trace)[-1].steps[0].path
    assert (end.path, end.depth) == (last, depth)
    hand.press("Right")
    assert hand.cursor == end
    hand.press("Home")
    assert hand.cursor == start


def test_a_lecturers_clicker(hand):
    hand.press("PgDown", "PgDown", "PgUp")
    assert hand.path == "source/positioned"


def test_to_the_end_of_a_number(hand):
    hand.go(SCORES)
    hand.press("Ctrl+Right")
    assert hand.cursor == Cursor(SCORES, moves.OPERATION, done=7)
    flush()
    assert not hand.window.arithmetic.once.isEnabled()


def test_space_plays_and_pauses(hand, qtbot):
    hand.press("Space")
    assert hand.window.desk.playback.is_playing
    hand.window.desk.playback.timer.setInterval(1)
    qtbot.waitUntil(lambda: hand.path != "source/embedded")
    hand.press("Space")
    assert not hand.window.desk.playback.is_playing
    stopped = hand.cursor
    qtbot.wait(20)
    assert hand.cursor == stopped


def test_a_step_by_hand_pauses(hand):
    hand.press("Space", "Right")
    assert not hand.window.desk.playback.is_playing
    assert hand.path == "source/positioned"


def test_playing_stops_at_the_end(hand, qtbot):
    hand.press("Ctrl+1", "End", "Left", "Space")
    hand.window.desk.playback.timer.setInterval(1)
    qtbot.waitUntil(lambda: not hand.window.desk.playback.is_playing, timeout=5000)
    assert hand.path == moves.segments(hand.document.trace)[-1].steps[0].path


def test_walking_works_wherever_the_keyboard_is(hand):
    """Nothing that can have the keyboard swallows the keys that walk with Ctrl."""
    widgets = hand.tab_round()
    assert len(widgets) > 20
    for widget in widgets:
        widget.setFocus()
        hand.press("Ctrl+2", "Ctrl+Right")
        assert hand.cursor.depth == moves.OPERATION, widget.objectName()


def test_what_is_shown_follows_the_cursor(hand):
    """Title, timeline, map and thumbnails say the same place."""
    window = hand.window
    said = set()
    for _ in range(12):
        hand.press("Right")
        flush()
        here = list(hand.document.trace.steps).index(hand.path)
        assert window.timeline.where.text() == f"step {here + 1} of {len(hand.document.trace)}"
        assert window.timeline.bar.here() == here == window.map.here
        assert hand.path in {m.path for _, m, _, _ in window.filmstrip.boxes()}
        said.add((window.heading.crumbs.text(), window.heading.headline))
    assert len(said) == 12


def test_the_depth_shows_on_its_button(hand):
    for number, depth in enumerate(moves.DEPTHS, start=1):
        hand.press(f"Ctrl+{number}")
        shown = {n for n, b in hand.window.timeline.depths.items() if b.isChecked()}
        assert shown == {depth}


def test_rows_and_columns_are_kept_over_smaller_steps(hand):
    """So that one number can be followed; walking back must not lose it."""
    hand.go("encoder/1/feed_forward/activated")
    hand.document.move(lambda t, c: moves.at_number(t, c, -1, 3, 15))
    places = [hand.cursor]
    for _ in range(6):
        hand.press("Right")
        places.append(hand.cursor)
        flush()
    for before in places[-2::-1]:
        hand.press("Left")
        assert hand.cursor == before
    assert (hand.document.number.row, hand.document.number.column) == (3, 15)


def test_no_two_actions_share_a_key():
    keys = [k for e in table() for k in e.keys]
    assert len(keys) == len(set(keys))
    for one, two in pairwise(sorted(keys)):
        assert one != two
