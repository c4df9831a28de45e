"""The settings: made from one table, applied as they are chosen, kept for the next start."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QDialogButtonBox
from window_support import flush

import app.preferences as preferences_module
from app.palettes import THEMES
from app.playback import CALM, PACE, SPEEDS
from app.preferences import Preferences, preferences
from app.preferences_dialog import PreferencesDialog
from app.texts import languages
from app.theme import ZOOMS
from app.views.parts.area import Area
from engine import moves


@pytest.fixture
def kept(window) -> Preferences:
    return window.desk.preferences


@pytest.fixture
def dialog(qtbot, window, kept) -> PreferencesDialog:
    found = PreferencesDialog(kept, window.look, window)
    qtbot.addWidget(found)
    found.show()
    found.activateWindow()
    qtbot.waitUntil(found.isActiveWindow)
    return found


def choose(qtbot, dialog, name, value):
    """Choose by keyboard: from the first entry down to the one that is wanted."""
    control = dialog.controls[name]
    control.setFocus()
    qtbot.keyClick(control, Qt.Key.Key_Home)
    for _ in range(control.findData(value)):
        qtbot.keyClick(control, Qt.Key.Key_Down)
    flush()


def test_every_choice_of_the_table_can_be_taken_by_keyboard(qtbot, window, dialog, kept):
    for line in preferences():
        if line.name == "language":
            continue
        for value, _ in line.choices:
            choose(qtbot, dialog, line.name, value)
            assert kept.value(line.name) == value, line.name
    assert window.look.theme is THEMES["contrast"]
    assert window.look.zoom == ZOOMS[-1]
    assert window.look.digits == 6
    assert window.desk.playback.speed == SPEEDS[-1]


def test_what_is_chosen_is_there_at_the_next_start(qtbot, make):
    first = make()
    dialog = PreferencesDialog(first.desk.preferences, first.look, first)
    qtbot.addWidget(dialog)
    dialog.show()
    choose(qtbot, dialog, "theme", "contrast")
    choose(qtbot, dialog, "zoom", 150)
    choose(qtbot, dialog, "digits", 4)
    choose(qtbot, dialog, "speed", 200)
    qtbot.keyClick(dialog.controls["is_calm"], Qt.Key.Key_Space)
    dialog.close()
    second = make()
    assert second.look.theme.name == "contrast"
    assert (second.look.zoom, second.look.digits) == (150, 4)
    assert (second.desk.playback.speed, second.desk.playback.is_calm) == (200, True)


@pytest.mark.skipif("zh_CN" not in languages(), reason="no words yet")
def test_the_language_follows_at_once(qtbot, window, dialog):
    choose(qtbot, dialog, "language", "zh_CN")
    assert window.desk.texts.language == "zh_CN"
    assert dialog.windowTitle() == "设置"
    choose(qtbot, dialog, "language", "en")
    assert dialog.windowTitle() == "Settings"


def test_the_dialog_follows_what_is_changed_elsewhere(window, dialog):
    window.look.set_zoom(137)
    assert dialog.controls["zoom"].currentText() == "137%"
    window.actions_.by_name["theme_contrast"].trigger()
    assert dialog.controls["theme"].currentData() == "contrast"


def test_usual_settings_come_back_with_one_button(qtbot, window, dialog, kept):
    choose(qtbot, dialog, "theme", "dark")
    choose(qtbot, dialog, "digits", 5)
    kept.use("is_calm", True)
    button = dialog.buttons.button(QDialogButtonBox.StandardButton.RestoreDefaults)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert [kept.value(p.name) for p in preferences()] == [p.usual for p in preferences()]
    assert window.look.theme.name == "light" and window.look.digits == 2
    switch = dialog.controls["is_calm"]
    assert isinstance(switch, QCheckBox) and not switch.isChecked()


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize(("width", "zoom"), [(800, 200), (800, 300), (500, 200), (1024, 100)])
def test_the_dialog_is_never_wider_than_its_room(window, dialog, kept, language, width, zoom):
    """Nothing scrolls sideways, and no choice is cut off at the right."""
    kept.use("language", language)
    window.look.set_zoom(zoom)
    dialog.resize(width, 560)
    flush()
    (area,) = dialog.findChildren(Area)
    inner, room = area.widget(), area.viewport().width()
    assert inner.width() <= room
    for part in (*dialog.controls.values(), *dialog.labels.values(), *dialog.helps.values()):
        right = part.mapTo(inner, QPoint(part.width(), 0)).x()
        assert right <= room, part.objectName()
    for label in dialog.labels.values():
        assert label.width() >= label.sizeHint().width()
    for control in dialog.controls.values():
        if width > 500 or zoom == 100:
            assert control.width() >= control.sizeHint().width(), control.objectName()


def test_the_dialog_opens_as_large_as_it_needs_and_the_screen_has(window, kept):
    for zoom in (100, 300):
        window.look.set_zoom(zoom)
        found = PreferencesDialog(kept, window.look, window)
        screen, hint = QApplication.primaryScreen().availableGeometry(), found.sizeHint()
        assert found.width() == min(hint.width(), screen.width() - 40)
        assert found.height() == min(hint.height(), screen.height() - 80)
        found.deleteLater()


def test_settings_open_by_key_and_by_menu(hand, dialogs):
    hand.press("Ctrl+Alt+S")
    hand.window.actions_.by_name["settings"].trigger()
    assert dialogs.asked == [("preferences", "")] * 2


def test_themes_are_chosen_from_the_menu(window, monkeypatch):
    by_name = window.actions_.by_name
    names = ("theme_system", "theme_light", "dark", "theme_contrast")

    def marked():
        return [n for n in names if by_name[n].isChecked()]

    assert marked() == ["theme_system"]
    by_name["theme_contrast"].trigger()
    assert window.look.theme.name == "contrast" and marked() == ["theme_contrast"]
    by_name["dark"].trigger()
    assert window.look.theme.name == "dark" and marked() == ["dark"]
    by_name["theme_light"].trigger()
    assert window.look.theme.name == "light" and marked() == ["theme_light"]
    monkeypatch.setattr(preferences_module, "system_theme", lambda: "dark")
    by_name["theme_system"].trigger()
    assert window.look.theme.name == "dark" and marked() == ["theme_system"]


def test_whoever_follows_the_system_follows_it_at_once(window, monkeypatch):
    hints = QApplication.styleHints()
    monkeypatch.setattr(preferences_module, "system_theme", lambda: "dark")
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert window.look.theme.name == "dark" and window.settings.theme == ""
    window.actions_.by_name["theme_light"].trigger()
    monkeypatch.setattr(preferences_module, "system_theme", lambda: "contrast")
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert window.look.theme.name == "light"


def test_playing_keeps_the_speed_that_is_set(window, kept):
    playback, document = window.desk.playback, window.document
    for depth in moves.DEPTHS:
        document.move(lambda t, c, depth=depth: moves.at_depth(t, c, depth))
        for speed in SPEEDS:
            kept.use("speed", speed)
            playback.toggle()
            assert playback.timer.interval() == round(PACE[depth] * 100 / speed)
            playback.pause()


def test_reduced_motion_is_honoured(window, kept):
    playback = window.desk.playback
    kept.use("speed", 400)
    assert QApplication.cursorFlashTime() > 0
    kept.use("is_calm", True)
    playback.toggle()
    assert playback.timer.interval() == CALM
    playback.pause()
    assert QApplication.cursorFlashTime() <= 0
    assert not QApplication.isEffectEnabled(Qt.UIEffect.UI_AnimateMenu)
    kept.use("is_calm", False)
    assert QApplication.cursorFlashTime() > 0


def test_the_text_size_is_shown_in_percent(window, hand):
    action = window.actions_.by_name["usual_size"]
    button = window.tools.widgetForAction(action)
    assert button.text() == "100%"
    hand.press("Ctrl++", "Ctrl++")
    assert button.text() == f"{window.look.zoom}%" == "125%"
    hand.click(button)
    assert window.look.zoom == 100 and button.text() == "100%"


@pytest.mark.parametrize(
    ("key", "value"),
    [("theme", "pink"), ("speed", "much"), ("speed", "33"), ("is_calm", "perhaps")],
)
def test_settings_that_make_no_sense_are_the_usual_ones(make, store, key, value):
    store.store.setValue(key, value)
    window = make(is_shown=False)
    usual = next(p.usual for p in preferences() if p.name == key)
    assert window.desk.preferences.value(key) == usual
