"""The actions' table, and what the view's actions do: zoom, theme, panels, help."""

import sys

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtWidgets import QApplication
from window_support import everything, flush

from app.action_table import menu_names, table
from app.actions import key_name, sheet
from app.application import install_hook
from app.theme import ZOOMS

NAMES = [entry.name for entry in table()]


def test_every_action_has_its_menu_and_its_keys(window):
    for entry in table():
        action = window.actions_.by_name[entry.name]
        assert action in window.actions_.menus[entry.menu.lstrip("-")].actions()
        assert [s.toString() for s in action.shortcuts()] == list(entry.keys)
        assert action.text() == entry.text
        for key in entry.keys:
            assert key_name(key) in action.toolTip()
        assert action.icon().isNull() == (not entry.icon)
    assert set(window.actions_.by_name) == set(NAMES)


def test_the_sheet_lists_every_action_that_has_a_key():
    listed = [row for _, rows in sheet() for row in rows]
    wanted = [
        (" / ".join(map(key_name, e.keys)), e.text.replace("&", "").removesuffix(" ..."))
        for e in table()
        if e.keys
    ]
    assert len(wanted) > 25
    assert sorted(listed) == sorted(wanted)


def test_menu_letters_are_all_different():
    for menu in [*menu_names(), ""]:
        texts = [e.text for e in table() if e.menu.lstrip("-") == menu]
        texts += [t for n, t in menu_names().items() if n.rpartition("/")[0] == menu]
        letters = [t[t.index("&") + 1].lower() for t in texts]
        assert len(letters) == len(set(letters)), (menu, sorted(letters))


def test_help_by_keyboard(hand, dialogs):
    hand.press("F1", "?")
    assert [kind for kind, _ in dialogs.asked] == ["keys", "keys"]
    hand.window.actions_.by_name["about"].trigger()
    kind, version = dialogs.asked[-1]
    assert kind == "about"
    assert version[0].isdigit()


# Zoom and theme


def test_zoom_by_keyboard(hand):
    look = hand.window.look
    sizes = [look.zoom]
    for _ in range(len(ZOOMS) + 1):
        hand.press("Ctrl++")
        sizes.append(look.zoom)
    assert sizes == [*ZOOMS, 300, 300]
    hand.press("Ctrl+-")
    assert look.zoom == ZOOMS[-2]
    hand.press("Ctrl+0", "Ctrl+=")
    assert look.zoom == ZOOMS[1]
    assert hand.window.settings.zoom == ZOOMS[1]


def test_zoom_makes_all_text_larger(hand):
    def heights():
        flush()
        w = hand.window
        some = [
            w.heading.title,
            w.side.views["explain"].text,
            w.tokens.next,
            w.timeline.where,
            w.side.tabBar(),
        ]
        return [x.fontMetrics().height() for x in some]

    before = heights()
    hand.window.look.set_zoom(200)
    after = heights()
    assert all(a > 1.5 * b for a, b in zip(after[1:], before[1:], strict=True))


def test_dark_and_light_by_keyboard(hand):
    window = hand.window
    button = window.actions_.by_name["dark"]
    assert window.look.theme.name == "light"
    assert not button.isChecked()
    hand.press("Ctrl+D")
    assert window.look.theme.name == window.settings.theme == "dark"
    assert button.isChecked()
    assert window.palette().window().color().lightness() < 80
    hand.press("Ctrl+D")
    assert window.look.theme.name == window.settings.theme == "light"
    assert window.palette().window().color().lightness() > 200


def test_look_and_arrangement_survive_the_window(make, qtbot):
    first = make()
    first.actions_.by_name["dark"].trigger()
    first.look.set_zoom(110)
    flush()
    handle, button = first.split.handle(1), Qt.MouseButton.LeftButton
    before = first.split.sizes()
    qtbot.mousePress(handle, button)
    qtbot.mouseMove(handle, QPoint(60, 20))
    qtbot.mouseRelease(handle, button, pos=QPoint(60, 20))
    flush()
    sizes = first.split.sizes()
    assert sizes[0] > before[0] + 40
    first.resize(1300, 790)
    first.close()
    flush()
    second = make(width=1300, height=790)
    assert second.look.theme.name == "dark"
    assert second.look.zoom == 110
    assert second.actions_.by_name["dark"].isChecked()
    assert abs(second.split.sizes()[0] - sizes[0]) <= 2
    assert not second.settings.shape("geometry").isEmpty()


def test_settings_that_make_no_sense_do_no_harm(make, store):
    store.store.setValue("zoom", "large")
    store.store.setValue("theme", "pink")
    store.store.setValue("recent", 7)
    store.store.setValue("window/geometry", "here")
    window = make()
    assert window.look.zoom == 100
    assert window.look.theme.name == "light"
    assert window.settings.recent == []


@pytest.mark.parametrize("percent", ["0", "-5", "99999"])
def test_a_zoom_that_is_out_of_bounds_is_brought_inside(make, store, percent):
    store.store.setValue("zoom", percent)
    window = make(is_shown=False)
    assert ZOOMS[0] <= window.look.zoom <= ZOOMS[-1]


# Panels


@pytest.mark.parametrize(
    ("key", "panel", "name"),
    [
        ("Ctrl+M", "map_area", "show_map"),
        ("Ctrl+E", "side", "show_side"),
    ],
)
def test_panels_by_keyboard(hand, key, panel, name):
    window = hand.window
    assert getattr(window, panel).isVisible()
    assert window.actions_.by_name[name].isChecked()
    hand.press(key)
    assert not getattr(window, panel).isVisible()
    assert not window.actions_.by_name[name].isChecked()
    hand.press(key)
    assert getattr(window, panel).isVisible()


def test_full_screen_and_back(hand):
    hand.press("F11")
    assert hand.window.isFullScreen()
    hand.press("F11")
    assert not hand.window.isFullScreen()


def test_copying_the_matrix_for_a_spreadsheet(hand):
    hand.go("encoder/1/self_attention/head_1/Q")
    hand.press("Ctrl+C")
    rows = QApplication.clipboard().text().split("\n")
    found = [[float(cell) for cell in row.split("\t")] for row in rows]
    assert found == hand.document.step.output.data.tolist()
    hand.press("Tab", "Ctrl+C")
    rows = QApplication.clipboard().text().split("\n")
    found = [[float(cell) for cell in row.split("\t")] for row in rows]
    assert found == hand.document.step.inputs[1].data.tolist()


# What nobody expected


def test_an_exception_in_a_slot_is_told_and_nothing_is_lost(window, monkeypatch, qtbot):
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    install_hook(window)
    hook = sys.excepthook
    before = everything(window)
    try:
        raise ZeroDivisionError("made for the test")
    except ZeroDivisionError as error:
        hook(ZeroDivisionError, error, error.__traceback__)
    flush()
    assert window.notice.isVisible()
    assert "errors.log" in window.notice.text.text()
    assert everything(window) == before
    from app.paths import cache_folder

    log = (cache_folder() / "errors.log").read_text("utf-8")
    assert "made for the test" in log


def test_texts_follow_the_language(window):
    """Every view refreshes its texts when the language changes while it is open."""
    shown = [
        window.heading.title,
        window.side.views["explain"].text,
        window.tokens.next,
        window.timeline.where,
    ]
    before = [w.text() for w in shown]
    window.tokens.next.setText("?")
    window.timeline.where.setText("?")
    QApplication.sendEvent(window, QEvent(QEvent.Type.LanguageChange))
    for view in (
        window.heading,
        window.side.views["explain"],
        window.tokens,
        window.timeline,
        window.side.views["options"],
    ):
        QApplication.sendEvent(view, QEvent(QEvent.Type.LanguageChange))
    assert [w.text() for w in shown] == before
    assert window.side.tabText(0) == "Explain"
