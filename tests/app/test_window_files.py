"""New, open, save, save as, recent files; unsaved changes are asked about, bad files refused."""

import json
from pathlib import Path

import numpy as np
import pytest
from window_support import everything, file_of, flush, numbers

from app.cli_shot import ShotRequest
from engine import InputError, builtin, load, moves
from engine.course import LESSONS

W_Q = "encoder/1/self_attention/head_1/W_Q"


def edit(hand, number=0.5):
    assert hand.document.set_cell(W_Q, 0, 0, number)


# Saving


def test_saving_for_the_first_time_asks_for_a_name(hand, dialogs, tmp_path):
    edit(hand)
    dialogs.answers.append(str(tmp_path / "mine.json"))
    hand.press("Ctrl+S")
    assert [kind for kind, _ in dialogs.asked] == ["save"]
    assert dialogs.asked[0][1].endswith("translation.json")
    assert load(tmp_path / "mine.json").params[W_Q][0, 0] == 0.5
    assert hand.window.windowTitle() == "mine.json – Stepformer"
    edit(hand, 0.6)
    assert hand.window.windowTitle() == "mine.json * – Stepformer"
    hand.press("Ctrl+S")
    assert len(dialogs.asked) == 1
    assert load(tmp_path / "mine.json").params[W_Q][0, 0] == 0.6


def test_save_as_goes_on_in_the_new_file(hand, dialogs, tmp_path):
    hand.document.open(str(file_of(tmp_path, "old.json")))
    edit(hand)
    dialogs.answers.append(str(tmp_path / "new.json"))
    hand.press("Ctrl+Shift+S")
    assert hand.document.path == tmp_path / "new.json"
    assert load(tmp_path / "new.json").params[W_Q][0, 0] == 0.5
    assert load(tmp_path / "old.json").params[W_Q][0, 0] != 0.5
    assert hand.window.settings.recent[0] == tmp_path / "new.json"


def test_no_name_is_no_save(hand, dialogs):
    edit(hand)
    dialogs.answers.append("")
    hand.press("Ctrl+S")
    assert hand.document.is_modified
    assert hand.document.path is None


def test_what_cannot_be_written_is_told(hand, dialogs, tmp_path):
    edit(hand)
    before = everything(hand.window)
    dialogs.answers.append(str(tmp_path / "no such folder" / "a.json"))
    hand.press("Ctrl+S")
    flush()
    assert everything(hand.window) == before
    assert hand.window.notice.isVisible()
    assert "can't be written" in hand.window.notice.text.text()


LESSON = LESSONS / "the-steps"


@pytest.mark.parametrize(
    ("language", "words", "way"),
    [
        ("en", "this file belongs to a lesson", "File › Open lesson folder"),
        ("zh_CN", "这是一课里的文件", "文件 › 打开课程文件夹"),
    ],
)
@pytest.mark.parametrize("name", ["lesson.toml", "en.md", "zh_CN.md"])
def test_a_file_of_a_lesson_is_told_the_way(hand, dialogs, name, language, words, way):
    hand.window.desk.preferences.use("language", language)
    before = everything(hand.window)
    dialogs.answers.append(str(LESSON / name))
    hand.press("Ctrl+O")
    told = hand.window.notice.text.text()
    assert told.startswith(name) and words in told and way in told and "JSON" not in told
    assert everything(hand.window) == before


def test_a_scenario_may_be_called_like_a_lesson_and_what_is_broken_is_told_as_ever(hand, tmp_path):
    good = file_of(tmp_path).rename(tmp_path / "mine.md")
    assert hand.document.open(str(good))
    cut = tmp_path / "cut.json"
    cut.write_text("# T", "utf-8")
    assert not hand.document.open(str(cut))
    assert "JSON" in hand.window.notice.text.text()


# Unsaved changes

LEAVING = {
    "open": lambda hand: hand.press("Ctrl+O"),
    "random": lambda hand: hand.press("Ctrl+N"),
    "translation": lambda hand: hand.window.actions_.by_name["new_translation"].trigger(),
    "by hand": lambda hand: hand.window.actions_.by_name["new_by_hand"].trigger(),
    "recurrent": lambda hand: hand.window.actions_.by_name["new_recurrent"].trigger(),
    "last state": lambda hand: hand.window.actions_.by_name["new_last_state"].trigger(),
}


@pytest.mark.parametrize("way", LEAVING)
@pytest.mark.parametrize("answer", ["save", "discard", "cancel"])
def test_unsaved_changes_are_asked_about(hand, dialogs, tmp_path, way, answer):
    mine = file_of(tmp_path)
    hand.document.open(str(mine))
    edit(hand)
    open_scenario = hand.document.scenario
    dialogs.answers.extend(
        [answer] if way != "open" else [str(file_of(tmp_path, "b.json")), answer]
    )
    LEAVING[way](hand)
    assert ("changes", "mine.json") in dialogs.asked
    assert (load(mine).params[W_Q][0, 0] == 0.5) == (answer == "save")
    is_left = hand.document.scenario is not open_scenario
    assert is_left == (answer != "cancel")
    assert hand.document.is_modified == (answer == "cancel")


@pytest.mark.parametrize("answer", ["save", "discard", "cancel"])
def test_closing_asks_too(hand, dialogs, tmp_path, answer):
    mine = file_of(tmp_path)
    hand.document.open(str(mine))
    edit(hand)
    dialogs.answers.append(answer)
    assert hand.window.close() == (answer != "cancel")
    assert dialogs.asked == [("changes", "mine.json")]
    assert (load(mine).params[W_Q][0, 0] == 0.5) == (answer == "save")


def test_closing_stays_open_when_saving_fails(hand, dialogs):
    edit(hand)
    dialogs.answers.extend(["save", ""])
    assert not hand.window.close()
    assert hand.window.isVisible()


def test_nothing_is_asked_where_nothing_was_changed(hand, dialogs):
    edit(hand)
    hand.press("Ctrl+Z", "Ctrl+N")
    assert dialogs.asked == []


# What is new


def test_random_numbers_keep_words_and_options(hand):
    hand.document.set_option("heads", 4)
    hand.document.set_token("source", 0, "we")
    hand.document.undo_stack.setClean()
    before = hand.document.scenario
    hand.press("Ctrl+N")
    now = hand.document.scenario
    assert now.options == before.options
    assert now.source == before.source
    assert numbers(hand.window) != {p: a.tobytes() for p, a in before.params.items()}
    assert hand.document.path is None
    assert hand.document.undo_stack.count() == 0
    assert hand.cursor == moves.start(hand.document.trace)


@pytest.mark.parametrize("name", ["translation", "by-hand"])
def test_what_is_built_in_can_be_had_again(hand, name):
    hand.press("Right")
    hand.window.actions_.by_name[f"new_{name.replace('-', '_')}"].trigger()
    assert hand.document.scenario.source == builtin(name).source
    assert hand.document.title == name
    assert hand.cursor == moves.start(hand.document.trace)


# Opening


def test_opening_by_keyboard(hand, dialogs, tmp_path):
    path = file_of(tmp_path)
    dialogs.answers.append(str(path))
    hand.press("Right", "Ctrl+O")
    assert hand.document.path == path.resolve()
    assert hand.window.windowTitle() == "mine.json – Stepformer"
    assert hand.window.settings.recent == [path.resolve()]
    assert hand.cursor == moves.start(hand.document.trace)


def test_no_name_opens_nothing(hand, dialogs):
    before = everything(hand.window)
    dialogs.answers.append("")
    hand.press("Ctrl+O")
    assert everything(hand.window) == before


def bad(path: Path, what: str) -> Path:
    """A file that is not sound, made from one that is."""
    text = path.read_text("utf-8")
    found = json.loads(text)
    if what == "truncated":
        text = text[: len(text) // 2]
    elif what == "empty":
        text = ""
    elif what == "wrong shape":
        found["parameters"][W_Q] = [[1.0, 2.0]]
    elif what == "not a number":
        text = text.replace("0.", "NaN, 0.", 1)
    elif what == "newer":
        found["version"] = 99
    elif what == "unknown option":
        found["options"]["colour"] = "red"
    elif what == "another program's":
        found = {"format": "something else"}
    elif what == "unknown word":
        found["tokens"]["source"][0] = "whale"
    elif what == "missing parameter":
        del found["parameters"][W_Q]
    if found != json.loads(path.read_text("utf-8")):
        text = json.dumps(found)
    path.write_text(text, "utf-8")
    return path


BAD = [
    "truncated",
    "empty",
    "wrong shape",
    "not a number",
    "newer",
    "unknown option",
    "another program's",
    "unknown word",
    "missing parameter",
    "missing",
    "a folder",
    "binary",
]


@pytest.mark.parametrize("what", BAD)
def test_a_bad_file_is_told_and_all_stays_as_it_was(hand, dialogs, tmp_path, what):
    path = tmp_path / "bad.json"
    if what == "a folder":
        path.mkdir()
    elif what == "binary":
        path.write_bytes(bytes(range(256)))
    elif what != "missing":
        bad(file_of(tmp_path, "bad.json"), what)
    hand.go("encoder/1/self_attention/head_1/Q")
    hand.document.select((1, 2, 3))
    hand.document.undo_stack.setClean()
    before = everything(hand.window)
    dialogs.answers.append(str(path))
    hand.press("Ctrl+O")
    flush()
    assert everything(hand.window) == before
    notice = hand.window.notice
    assert notice.isVisible()
    assert len(notice.text.text()) > 20
    assert "Traceback" not in notice.text.text()
    assert what != "wrong shape" or W_Q in notice.text.text().replace(" › ", "/")
    hand.document.select(None)
    hand.press("Right")
    assert not notice.isVisible()


def test_a_bad_file_does_not_lose_unsaved_changes(hand, dialogs, tmp_path):
    edit(hand)
    before = everything(hand.window)
    dialogs.answers.extend([str(bad(file_of(tmp_path), "truncated")), "discard"])
    hand.press("Ctrl+O")
    assert everything(hand.window) == before
    assert hand.document.is_modified


def test_the_notice_can_be_closed(hand, tmp_path):
    hand.document.open(str(tmp_path / "none.json"))
    flush()
    assert hand.window.notice.isVisible()
    hand.click(hand.window.notice.close_button)
    assert not hand.window.notice.isVisible()


def test_a_window_over_a_bad_file_is_refused(make, tmp_path):
    with pytest.raises(InputError):
        make(str(tmp_path / "none.json"))


# Recent files


def test_recent_files_newest_first_without_those_that_are_gone(hand, dialogs, tmp_path):
    names = ["a.json", "b.json", "c.json"]
    for name in names:
        dialogs.answers.append(str(file_of(tmp_path, name)))
        hand.press("Ctrl+O")
    (tmp_path / "b.json").unlink()
    hand.window.recent.aboutToShow.emit()
    entries = hand.window.recent.actions()
    assert [e.text() for e in entries] == ["c.json", "a.json"]
    entries[1].trigger()
    assert hand.document.title == "a.json"
    hand.window.recent.aboutToShow.emit()
    assert [e.text() for e in hand.window.recent.actions()] == ["a.json", "c.json"]


def test_no_recent_files_is_said(hand):
    hand.window.recent.aboutToShow.emit()
    (entry,) = hand.window.recent.actions()
    assert not entry.isEnabled()


def test_recent_files_survive_the_window(make, store, tmp_path):
    first = make()
    for index in range(10):
        first.files.open_path(str(file_of(tmp_path, f"{index}.json")))
    first.close()
    second = make()
    assert [p.name for p in second.settings.recent] == [f"{i}.json" for i in range(9, 1, -1)]


# The title


def test_the_star_comes_and_goes(hand):
    assert hand.window.windowTitle() == "translation – Stepformer"
    edit(hand)
    assert hand.window.windowTitle() == "translation * – Stepformer"
    hand.press("Ctrl+Z")
    assert hand.window.windowTitle() == "translation – Stepformer"


def test_a_scenario_without_a_name_is_untitled(hand):
    hand.press("Ctrl+N")
    assert hand.window.windowTitle() == "Untitled – Stepformer"


# Pictures without a screen


def test_a_shot_is_the_window(stepformer, tmp_path):
    from app.application import take_shot

    path = tmp_path / "shot.png"
    request = ShotRequest(
        "translation", W_Q.replace("W_Q", "scores"), (1, 2), width=1024, height=640, output=path
    )
    assert take_shot(request) == 0
    from PySide6.QtGui import QImage

    image = QImage(str(path))
    assert (image.width(), image.height()) == (1024, 640)
    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    bits = np.frombuffer(plain.constBits(), np.uint32)
    assert len(np.unique(bits)) > 100
