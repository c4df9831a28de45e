"""One panel alone on the whole screen, by key and by menu, and back as it was."""

import pytest
from PySide6.QtWidgets import QApplication
from window_support import flush, picture


def solo(window):
    return window.companions.solo


PANELS = {
    "stage": lambda w: (w.stage, w.middle),
    "map": lambda w: (w.map, w.map_area),
    "side": lambda w: (w.side.views["explain"], w.side),
    "words": lambda w: (w.tokens.next, w.token_area),
    "timeline": lambda w: (w.timeline.buttons["play"], w.timeline),
    "arithmetic": lambda w: (w.arithmetic.once, w.arithmetic),
}


@pytest.mark.parametrize("name", PANELS)
@pytest.mark.parametrize("leave", ["Shift+F11", "Escape"])
def test_a_panel_fills_the_screen_and_all_comes_back(window, hand, name, leave):
    hand.go("encoder/1/self_attention/head_1/scores", "number")
    inner, panel = PANELS[name](window)
    inner.setFocus()
    flush()
    before = picture(window)
    size, state = window.size(), window.windowState()
    hand.press("Shift+F11")
    flush()
    assert window.isFullScreen() and panel.isVisible()
    shown = [p for p in solo(window).panels() if p.isVisible()]
    assert shown == [panel]
    assert not window.menuBar().isVisible() and not window.tools.isVisible()
    area = panel.width() * panel.height()
    assert name in {"words", "timeline", "arithmetic"} or area > 0.8 * window.width() * (
        window.height()
    )
    hand.press(leave)
    flush()
    assert not window.isFullScreen() and window.windowState() == state
    window.resize(size)
    assert QApplication.focusWidget() is inner
    assert picture(window) == before


def test_it_stays_alone_when_the_window_changes(window, hand):
    window.map.setFocus()
    hand.press("Shift+F11")
    window.look.set_zoom(150)
    window.resize(900, 700)
    flush()
    assert [p for p in solo(window).panels() if p.isVisible()] == [window.map_area]
    window.actions_.by_name["solo"].trigger()
    assert window.timeline.isVisible() and window.menuBar().isVisible()


def test_escape_is_free_again_afterwards(window, hand):
    assert not solo(window).escape.isEnabled()
    hand.press("Shift+F11", "Shift+F11")
    assert not solo(window).escape.isEnabled()
    hand.press("Escape")
    assert solo(window).panel is None


def test_at_the_block_depth_the_arithmetic_stays_away(window, hand):
    hand.go("encoder/1/self_attention/head_1/scores", "block")
    assert not window.arithmetic.isVisible()
    hand.press("Shift+F11", "Shift+F11")
    flush()
    assert not window.arithmetic.isVisible()
