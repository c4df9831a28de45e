"""Map, stage and panel share the window: whatever the text's size, it stays as wide as it is."""

import pytest
from PySide6.QtWidgets import QTabBar
from window_support import flush

SIZES = [(1024, 768), (1440, 900)]
ZOOMS = [150, 200, 300, 200, 100]


def shows(window, name):
    return window.arrangement.panels[name].isVisibleTo(window)


def ask(window, name):
    """Ask for a panel, whether it is there or not."""
    for _ in range(2 if shows(window, name) else 1):
        window.arrangement.toggle(name)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("asked", [("map", "side"), ("side", "map"), ("side",), ("map",)])
def test_text_never_makes_the_window_wider(make, size, asked):
    window = make(width=size[0], height=size[1])
    for name in asked:
        ask(window, name)
    for zoom in ZOOMS:
        window.look.set_zoom(zoom)
        flush()
        assert window.minimumSizeHint().width() <= size[0], zoom
        assert window.width() == size[0], zoom
        assert [n for n in asked if shows(window, n)], zoom
    assert all(shows(window, name) for name in asked)


def test_the_panel_with_the_keyboard_stays(make):
    window = make(width=1440, height=900)
    window.side.findChildren(QTabBar)[0].setFocus()
    assert window.side.isAncestorOf(window.focusWidget())
    for zoom in ZOOMS:
        window.look.set_zoom(zoom)
        flush()
        assert shows(window, "side"), zoom


def test_where_both_have_no_room_the_one_asked_for_last_stays(make):
    window = make(width=1024, height=768)
    window.look.set_zoom(200)
    for name, other in (("side", "map"), ("map", "side")):
        ask(window, name)
        flush()
        assert shows(window, name)
        assert not shows(window, other)


def test_who_asks_for_a_panel_gets_it_whoever_has_the_keyboard(make):
    window = make(width=1024, height=768)
    window.look.set_zoom(150)
    ask(window, "side")
    window.side.findChildren(QTabBar)[0].setFocus()
    ask(window, "map")
    flush()
    assert shows(window, "map") and not shows(window, "side")
    assert window.focusWidget() is window.stage
    window.resize(1440, 900)
    flush()
    assert shows(window, "map") and shows(window, "side"), "what made way comes back with room"


def test_a_panel_that_goes_hands_the_keyboard_to_the_stage(make):
    window = make(width=1440, height=900)
    window.map.setFocus()
    assert window.focusWidget() is window.map
    window.arrangement.toggle("map")
    flush()
    assert window.focusWidget() is window.stage


def test_the_arithmetic_gives_up_its_buttons_before_its_line(make):
    window = make(width=1024, height=768)
    window.show()
    flush()
    assert window.arithmetic.once.isVisibleTo(window)
    window.look.set_zoom(300)
    window.desk.tab_wanted.emit("lessons")
    flush()
    assert not window.arithmetic.once.isVisibleTo(window)
    assert window.arithmetic.line.isVisibleTo(window)
