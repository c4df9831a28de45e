"""The real dialogs, with nobody to wait for: what they say and what they give back."""

import pytest
from PySide6.QtWidgets import QDialog, QFileDialog, QLabel, QMessageBox
from window_support import QUESTIONS, FakeDialogs

from app.action_table import table
from app.actions import key_name
from app.dialogs import Dialogs, modified_mark


@pytest.fixture
def real(window) -> Dialogs:
    return Dialogs(window, window.look)


@pytest.fixture
def shown(monkeypatch) -> list[str]:
    """The texts of dialogs that would have waited."""
    texts: list[str] = []

    def run(dialog: QDialog) -> int:
        texts.extend(label.text() for label in dialog.findChildren(QLabel))
        return 0

    monkeypatch.setattr(QDialog, "exec", run)
    return texts


def test_the_fake_knows_every_question():
    assert set(QUESTIONS) - {"matrix_keys"} <= set(vars(FakeDialogs))


def test_the_shortcut_sheet_lists_every_action_that_has_a_key(real, shown):
    real.show_keys()
    (text,) = shown
    for entry in table():
        for key in entry.keys:
            assert key_name(key) in text, entry.name
    for entry in table():
        if entry.keys:
            assert entry.text.replace("&", "").removesuffix(" ...") in text


def test_about_names_version_and_licence(real, shown):
    real.about("1.2.3")
    assert "1.2.3" in shown[0]
    assert "MIT" in shown[0]


@pytest.mark.parametrize("name", ["Save", "Discard", "Cancel"])
def test_the_question_about_changes(real, monkeypatch, name):
    asked = []

    def run(box: QMessageBox) -> int:
        asked.append(box.text())
        assert box.defaultButton() is box.button(QMessageBox.StandardButton.Save)
        return QMessageBox.StandardButton[name].value

    monkeypatch.setattr(QMessageBox, "exec", run)
    assert real.ask_about_changes("a.json") == name.lower()
    assert "a.json" in asked[0]


@pytest.mark.parametrize(
    ("chosen", "found"),
    [("/x/a", "/x/a.json"), ("/x/a.json", "/x/a.json"), ("/x/a.txt", "/x/a.txt"), ("", "")],
)
def test_a_name_to_save_gets_its_suffix(real, monkeypatch, chosen, found):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (chosen, ""))
    assert real.save_name("/x/suggestion.json") == found


def test_a_name_to_open(real, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("/x/a.json", ""))
    assert real.open_name("/x") == "/x/a.json"


def test_dialogs_leave_nothing_behind(real, shown, window):
    from PySide6.QtCore import QCoreApplication, QEvent

    for _ in range(3):
        real.show_keys()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert window.findChildren(QDialog) == []


def test_the_title():
    assert modified_mark("a.json", is_modified=True) == "a.json * – Stepformer"
    assert modified_mark("", is_modified=False) == "Untitled – Stepformer"
