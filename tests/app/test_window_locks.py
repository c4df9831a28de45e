"""A lecturer's lock: what is ticked is gone, for the mouse and for the keys, and comes back."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialogButtonBox
from window_support import Hand, flush, numbers

from app.action_table import table
from app.lock_dialog import LockDialog
from app.lock_table import locks
from app.views.parts.hints import hint
from engine import LOCKS, builtin, edits, load, save

HEAD = "encoder/1/self_attention/head_1"


def lock(window, *names):
    assert window.document.set_locked(names)
    flush()


def actions_of(name):
    group = next(g for g in locks() if g.name == name)
    return [e.name for e in table() if group.holds(e.name)]


def test_the_table_has_a_line_for_each_group_of_the_engine(window):
    assert tuple(group.name for group in locks()) == LOCKS
    known = {e.name for e in table()}
    for group in locks():
        for name in group.actions:
            held = any(k == name or (name[-1] == "*" and k.startswith(name[:-1])) for k in known)
            assert held, f"{group.name}: {name}"
        assert all(hasattr(window, panel) for panel in group.panels)


@pytest.mark.parametrize("name", LOCKS)
def test_what_is_locked_is_hidden_and_comes_back(window, name):
    by_name = window.actions_.by_name
    before = {n: (a.isVisible(), a.isEnabled()) for n, a in by_name.items()}
    lock(window, name)
    held = actions_of(name)
    for action in by_name:
        assert by_name[action].isVisible() == (action not in held and before[action][0]), action
        assert action not in held or not by_name[action].isEnabled()
    window.document.undo_stack.undo()
    assert {n: (a.isVisible(), a.isEnabled()) for n, a in by_name.items() if n != "redo"} == {
        n: v for n, v in before.items() if n != "redo"
    }


def test_numbers_can_be_changed_neither_by_key_nor_by_mouse(window, hand):
    hand.go(f"{HEAD}/Q")
    before = numbers(window)
    at = hand.cell("input", 1, (0, 0))
    hand.press("E")
    assert window.document.selection is not None
    lock(window, "editing")
    assert window.document.selection is None
    for item in window.stage.laid_out().items:
        assert item.picture is None or not item.picture.is_editable
    hand.press("E")
    hand.click(window.stage, at)
    assert window.document.selection is None
    hand.double_click(window.stage, at)
    assert not window.stage.editor.is_open
    hand.press("Tab")
    assert window.document.selection is None
    assert numbers(window) == before
    window.document.undo_stack.undo()
    window.stage.setFocus()
    hand.press("E")
    assert window.document.selection is not None


def test_a_mask_can_not_be_painted(window, hand):
    hand.go(f"{HEAD}/masked")
    lock(window, "editing")
    hand.click(window.stage, hand.cell("input", 1, (0, 1)))
    assert not window.document.scenario.masks


def test_nothing_can_be_pinned(window, hand):
    hand.go(f"{HEAD}/scores", "number")
    lock(window, "pins")
    hand.press("P")
    hand.write("9")
    assert not window.stage.editor.is_open and not window.document.scenario.pins
    hand.click(window.stage, hand.cell("output", 0, (1, 1)))
    hand.write("5")
    assert not window.stage.editor.is_open


def test_words_options_and_lessons_are_out_of_reach(window, hand):
    lock(window, "words", "options", "lessons")
    assert not window.tokens.isEnabled()
    shown = [
        window.side.tabText(i) for i in range(window.side.count()) if window.side.isTabVisible(i)
    ]
    assert "Options" not in shown and "Lessons" not in shown and "Explain" in shown
    target = window.document.scenario.target
    hand.press("Ctrl+Return", "Ctrl+L")
    assert window.document.scenario.target == target
    assert window.side.tabText(window.side.currentIndex()) == "Explain"
    lock(window)
    assert window.tokens.isEnabled() and all(
        window.side.isTabVisible(i) for i in range(window.side.count())
    )


def test_the_file_locks_wherever_it_is_opened(make, tmp_path, dialogs, window):
    dialogs.answers += ["editing options"]
    window.actions_.by_name["lock"].trigger()
    assert dialogs.asked == [("locks", "")]
    assert window.document.is_modified and window.document.undo_stack.undoText()
    assert window.document.save(tmp_path / "class.json")
    assert load(tmp_path / "class.json").locked == ("editing", "options")
    other = make(source=str(tmp_path / "class.json"))
    assert not other.actions_.by_name["edit_input"].isVisible()
    other.files.open_path("translation")
    assert other.actions_.by_name["edit_input"].isVisible()
    window.dialogs = dialogs
    dialogs.answers += ["cancel"]
    window.actions_.by_name["lock"].trigger()
    assert window.document.scenario.locked == ("editing", "options")
    assert dialogs.asked[-1] == ("locks", "editing,options")


def test_the_dialog_ticks_and_unlocks(qtbot, window):
    dialog = LockDialog(("pins",), window.look, window)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    assert dialog.names() == ("pins",)
    dialog.boxes["editing"].setFocus()
    qtbot.keyClick(dialog.boxes["editing"], Qt.Key.Key_Space)
    assert dialog.names() == ("editing", "pins")
    qtbot.mouseClick(dialog.unlock, Qt.MouseButton.LeftButton)
    assert dialog.names() == ()
    ok = dialog.buttons.button(QDialogButtonBox.StandardButton.Ok)
    qtbot.mouseClick(ok, Qt.MouseButton.LeftButton)
    assert dialog.result() == 1


def test_locking_is_one_edit_that_can_be_undone(window):
    lock(window, "pins")
    assert edits.is_same(window.document.scenario, window.document.scenario)
    window.document.undo_stack.undo()
    assert window.document.scenario.locked == ()
    window.document.undo_stack.redo()
    assert window.document.scenario.locked == ("pins",)


@pytest.fixture
def locked(make, tmp_path, qtbot) -> Hand:
    """A window that opens with a file in which all is locked."""
    save(edits.with_locked(builtin("translation"), LOCKS), tmp_path / "locked.json")
    return Hand(qtbot, make(str(tmp_path / "locked.json")))


def test_what_stands_there_at_the_opening_is_locked_already(locked):
    """The first step, too, before anything has been walked or changed."""
    stage, before = locked.window.stage, numbers(locked.window)
    assert not any(i.picture and i.picture.is_editable for i in stage.laid_out().items)
    at = locked.cell("input", 0, (1, 0))
    locked.click(stage, at)
    locked.write("7")
    locked.double_click(stage, at)
    assert locked.document.selection is None and not stage.editor.is_open
    assert numbers(locked.window) == before


def test_a_menu_with_nothing_left_in_it_is_gone(locked):
    menus = locked.window.actions_.menus
    gone = {name for name, menu in menus.items() if not menu.menuAction().isVisible()}
    assert gone == {"compare", "lessons", "edit/matrix"}
    locked.document.set_locked(())
    assert all(menu.menuAction().isVisible() for menu in menus.values())


def test_the_padlock_says_what_is_kept_back_and_leads_to_the_dialog(locked):
    padlock, dialogs = locked.window.companions.locked.padlock, locked.window.desk.dialogs
    assert padlock.isVisible()
    bar = locked.window.menuBar()
    high = bar.height()
    assert bar.rect().contains(padlock.geometry()) and padlock.width() > padlock.height()
    assert all(group.text in padlock.toolTip() for group in locks())
    stage = locked.window.stage
    for key in (("input", 0), ("output", 0)):
        told = hint(locked.document, stage.texts, stage.laid_out().item(key), (1, 0))
        assert "keeps it from being changed" in told and "Type a number" not in told
    dialogs.answers.append("words")
    padlock.setFocus()
    locked.press("Space")
    flush()
    assert locked.document.scenario.locked == ("words",)
    assert padlock.toolTip().endswith("Words") and "Pins" not in padlock.toolTip()
    locked.document.undo_stack.undo()
    locked.document.set_locked(())
    flush()
    assert not padlock.isVisible()
    assert bar.height() < high, "what is not seen takes no room"
