"""After an edit the map says which blocks have other numbers, and by how much."""

import math

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPointF
from PySide6.QtGui import QColor, QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip
from window_support import flush, picture

from app.palettes import THEMES
from app.views.parts.map_changes import Moved, moved_most, moved_steps, percent, tint
from engine import edits

W_Q = "encoder/1/self_attention/head_1/W_Q"
DECODER_W_Q = W_Q.replace("encoder", "decoder")
SCORES = "encoder/1/self_attention/head_1/scores"


def boxes(window):
    return {b.block.path: b for lane in window.map.lanes for b in lane.boxes()}


def ground(window, path, image=None):
    """The colour inside a box, away from its text."""
    rect = boxes(window)[path].rect
    image = image or picture(window.map)
    at = rect.topLeft() + QPointF(rect.width() / 2, 4)
    return image.pixelColor(at.toPoint())


def test_nothing_has_changed_when_a_file_is_opened(window):
    assert moved_steps(window.document) == {}
    assert window.map.moved == {}


def test_what_comes_after_an_edit_is_tinted_and_nothing_else(window):
    before = picture(window.map)
    window.document.set_cell(DECODER_W_Q, 0, 0, 2.0)
    after = picture(window.map)
    for path in boxes(window):
        is_changed = ground(window, path, after) != ground(window, path, before)
        assert is_changed == (path.startswith("decoder") or path.startswith("output")), path


def test_the_tint_lasts_until_the_next_edit(window):
    window.document.set_cell(W_Q, 0, 0, 2.0)
    window.document.go_to("output/logits")
    assert moved_most(window.document.trace.root, window.map.moved) is not None
    window.document.set_cell(DECODER_W_Q, 0, 0, 2.0)
    assert not any(path.startswith("encoder") for path in window.map.moved)
    window.document.undo_stack.undo()
    window.document.undo_stack.undo()
    window.document.go_to("encoder/1/self_attention/head_1/Q")
    assert any(path.startswith("encoder") for path in window.map.moved), "undo is a change, too"
    window.document.open("by-hand")
    assert window.map.moved == {}


def test_the_shares_are_those_of_the_numbers(window):
    before = {s.path: s.output.data for s in window.document.trace}
    window.document.set_cell(W_Q, 0, 0, 2.0)
    for path, share in window.map.moved.items():
        now = window.document.trace[path].output.data
        largest = max(np.abs(now[np.isfinite(now)]).max(), np.abs(before[path]).max())
        finite = np.isfinite(now)
        assert share == pytest.approx(np.abs(now - before[path])[finite].max() / largest), path
    untouched = set(before) - set(window.map.moved)
    assert all((before[p] == window.document.trace[p].output.data).all() for p in untouched)


def test_a_scrub_is_followed_live(window):
    seen = []
    for value in (1.0, 3.0):
        window.document.preview(lambda s, v=value: edits.with_block(s, W_Q, 0, 0, np.array([[v]])))
        seen.append(window.map.moved[SCORES])
    assert seen[0] < seen[1]


def test_an_option_a_pin_and_a_word_tint_as_well(window):
    for change in (
        lambda d: d.set_option("scale", False),
        lambda d: d.pin(SCORES, 1, 2, 9.0),
        lambda d: d.set_token("source", 2, "dogs"),
    ):
        change(window.document)
        assert window.map.moved
        window.document.begin(window.document.scenario)


def test_the_tooltip_says_by_how_much(window):
    window.document.set_cell(W_Q, 0, 0, 2.0)
    node = boxes(window)["encoder/1/self_attention"]
    place = node.rect.center().toPoint()

    def asked() -> str:
        event = QHelpEvent(QEvent.Type.ToolTip, place, window.map.mapToGlobal(place))
        QApplication.sendEvent(window.map, event)
        return QToolTip.text()

    asked()
    moved = moved_most(node.block, window.map.moved)
    assert f"by {percent(moved.share).replace('<', '&lt;')}" in QToolTip.text()
    assert "Changed by the last edit" in QToolTip.text() and "bar is half full" in QToolTip.text()
    window.document.undo_stack.undo()
    assert "Changed back by the undo" in asked()
    window.document.undo_stack.redo()
    assert "Changed by the last edit" in asked()


def test_screen_readers_are_told(window):
    assert not any("Changed" in told.description for told in window.map.told())
    window.document.set_cell(W_Q, 0, 0, 2.0)
    told = {t.key[1]: t.description for t in window.map.told()}
    assert "Changed by the last edit" in told["encoder/1/self_attention"]
    assert "Changed" not in told["source/embedding"]


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (0.00001, "<0.01%"),
        (0.000234, "0.023%"),
        (0.0123, "1.2%"),
        (0.099, "9.9%"),
        (0.5, "50%"),
        (1.25, "125%"),
    ],
)
def test_percent_in_the_figures_that_matter(share, text):
    assert percent(share) == text


def test_the_more_the_stronger(window):
    (step,) = [s for s in window.document.trace if s.path == SCORES]
    levels = [Moved(step, share).level for share in (1e-9, 1e-3, 0.1, 1.0, 2.0, math.inf)]
    assert levels == sorted(levels) and levels[0] > 0.0 and levels[-1] == 1.0
    assert "throughout" in Moved(step, math.inf).told("Scores", is_undone=False)
    assert "throughout by the undo" in Moved(step, math.inf).told("Scores", is_undone=True)


@pytest.mark.parametrize("theme", THEMES.values(), ids=lambda t: t.name)
@pytest.mark.parametrize("state", ["here", "done", "to_come"])
def test_texts_can_be_read_on_the_strongest_tint(window, theme, state):
    from test_theme import contrast

    window.look.set_theme(theme.name)
    step = next(iter(window.document.trace))
    strongest = tint(QColor(getattr(theme, state)), Moved(step, 1.0), window.look)
    assert contrast(theme.ink, strongest.name()) >= (7.0 if theme.name == "contrast" else 4.5)


def test_layers_closed_for_want_of_room_leave_no_scroll_bar(make):
    """The map tries all layers open first; what it tried must not be scrolled over."""
    window = make("translation", 1024, 768)
    bar, document = window.map_area.verticalScrollBar(), window.document
    document.compare_option("Heads: 1", "heads", 1)
    seen_closed = False
    for name, value in (("norm", "before"), ("residual", False), ("scale", False)):
        document.set_option(name, value)
        flush()
        is_closed = any(b.is_folded for lane in window.map.lanes for b in lane.boxes())
        seen_closed = seen_closed or is_closed
        assert not (is_closed and bar.isVisible()), name
    assert seen_closed
