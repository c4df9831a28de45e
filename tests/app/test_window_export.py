"""Taking along from the window: the dialog by keyboard, files, progress, clipboard, import."""

import os
import zipfile
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox, QProgressDialog, QPushButton
from window_support import Hand, flush, numbers

from app.dialogs import Dialogs
from app.export.table import EXPORTERS
from app.export_dialog import ExportDialog, ExportRequest, Scope, labels
from app.export_progress import ExportProgress
from engine import Options, fresh, moves, run
from engine.export import Manner, named, select

SCORES = "encoder/1/self_attention/head_1/scores"


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A folder of its own: the settings lie in the other."""
    made = tmp_path / "exports"
    made.mkdir()
    return made


def commands(window):
    return next(g for g in window.groups if hasattr(g, "on_export"))


def exported(qtbot, window, request: ExportRequest) -> None:
    """Export as the dialog would ask, to the end."""
    group = commands(window)
    group.start(request)
    with qtbot.waitSignals([group.running.destroyed], timeout=60_000):
        pass


# --- The dialog ---------------------------------------------------------------------------


def in_dialog(act) -> list[BaseException]:
    """Do something in the dialog that is about to open; what goes wrong there, which Qt hides."""
    wrong: list[BaseException] = []

    def later() -> None:
        dialog = QApplication.activeModalWidget()
        if dialog is None:
            QTimer.singleShot(20, later)
            return
        try:
            act(dialog)
        except BaseException as error:
            wrong.append(error)
        if dialog.isVisible():
            dialog.reject()

    QTimer.singleShot(0, later)
    return wrong


def test_by_keyboard_from_menu_to_file(qtbot, window, files: Path, monkeypatch):
    hand = Hand(qtbot, window)
    monkeypatch.setattr(window.desk, "dialogs", Dialogs(window, window.look))
    hand.go(SCORES)
    target = files / "mine.csv"

    def act(dialog: ExportDialog) -> None:
        qtbot.waitUntil(dialog.format.hasFocus)
        for letter in "CSV":
            qtbot.keyClick(dialog.format, letter)
        assert dialog.exporter.name == "csv"
        hand.press("Alt+N")
        assert dialog.file.hasFocus()
        assert dialog.file.text().endswith("_scores.csv")
        hand.press("Ctrl+A")
        hand.write(str(target))
        hand.press("Return")

    wrong = in_dialog(act)
    hand.press("Ctrl+Shift+E")
    assert wrong == []
    qtbot.waitUntil(target.exists, timeout=20_000)
    text = target.read_text("utf-8-sig")
    assert text.startswith("encoder/1/self_attention/head_1/Q,1,2,3,4")
    assert f"\n{SCORES}," in text
    qtbot.waitUntil(lambda: str(target) in window.notice.text.text(), timeout=5_000)


def test_escape_exports_nothing(qtbot, window, files: Path, monkeypatch):
    hand = Hand(qtbot, window)
    monkeypatch.setattr(window.desk, "dialogs", Dialogs(window, window.look))
    in_dialog(lambda dialog: hand.press("Escape"))
    hand.press("Ctrl+Shift+E")
    assert commands(window).running is None


@pytest.fixture
def dialog(window, files):
    trace = window.document.trace
    scopes = [Scope(SCORES, "Step"), Scope("encoder", "Encoder"), Scope("", "Everything")]
    first = ExportRequest("pdf", SCORES, files / "x")
    made = ExportDialog(trace, scopes, first, window.look, window)
    yield made
    made.deleteLater()


def choose(chooser, data: str) -> None:
    chooser.setCurrentIndex(chooser.findData(data))


def test_every_format_has_its_name():
    assert list(labels()) == [e.name for e in EXPORTERS]


def test_the_ending_follows_format_and_part(dialog, files: Path):
    assert dialog.request == ExportRequest("pdf", SCORES, files / "x.pdf", "light")
    choose(dialog.format, "png")
    assert dialog.request.file.name == "x.png"
    choose(dialog.scope, "")
    assert dialog.request.file.name == "translation.zip"
    assert "76" in dialog.remark.text()
    choose(dialog.format, "latex")
    assert dialog.request.file.name == "translation.tex"
    choose(dialog.scope, SCORES)
    assert dialog.request.file.name == "encoder_1_self_attention_head_1_scores.tex"


def test_a_name_with_points_keeps_them(dialog):
    dialog.file.setText("/x/chapter.2")
    choose(dialog.format, "csv")
    assert dialog.request.file == Path("/x/chapter.2.csv")
    dialog.file.setText("")
    assert not dialog.export.isEnabled()
    choose(dialog.format, "npz")
    assert dialog.request.file.suffix == ".npz"


def test_parameters_are_always_all(dialog):
    choose(dialog.format, "safetensors")
    assert dialog.request.path == ""
    assert not dialog.scope.isEnabled()
    assert not dialog.theme.isEnabled()
    choose(dialog.format, "svg")
    assert dialog.scope.isEnabled()
    assert dialog.theme.isEnabled()


@pytest.mark.parametrize(("answer", "left"), [("Yes", True), ("No", False)])
def test_a_file_that_is_there_is_asked_about(dialog, files, monkeypatch, answer, left):
    (files / "x.pdf").write_text("old")
    asked = []

    def question(*args):
        asked.append(args[2])
        return QMessageBox.StandardButton[answer]

    monkeypatch.setattr(QMessageBox, "question", question)
    dialog.show()
    dialog.export.click()
    assert (dialog.result() == QDialog.DialogCode.Accepted) is left
    assert "x.pdf" in asked[0]


def test_what_the_window_offers(window):
    window.document.go_to(SCORES)
    window.desk.dialogs.answers.append("")
    window.actions_.by_name["export"].trigger()
    path, *blocks, everything, plot = window.desk.dialogs.offers
    assert path == SCORES
    assert blocks == [
        "encoder/1/self_attention/head_1",
        "encoder/1/self_attention",
        "encoder/1",
        "encoder",
    ]
    assert (everything, plot) == ("", "")


# --- Files --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [e.name for e in EXPORTERS])
def test_every_format_of_a_step_from_the_window(qtbot, window, files: Path, name: str):
    path = "" if name == "safetensors" else SCORES
    file = files / "a.any"
    exported(qtbot, window, ExportRequest(name, path, file))
    assert file.stat().st_size > 1000
    assert str(file) in window.notice.text.text()
    assert [p.name for p in files.iterdir()] == ["a.any"]


def test_a_block_in_pictures(qtbot, window, files: Path):
    exported(qtbot, window, ExportRequest("png", "output", files / "a.zip"))
    with zipfile.ZipFile(files / "a.zip") as archive:
        assert len(archive.namelist()) == len(select(window.document.trace, "output").steps)


def test_the_number_asked_is_the_one_unfolded(qtbot, window, files: Path):
    window.document.go_to(SCORES, "number")
    for _ in range(5):
        window.actions_.by_name["forward"].trigger()
    number = window.document.number
    exported(qtbot, window, ExportRequest("latex", SCORES, files / "a.tex"))
    text = (files / "a.tex").read_text("utf-8")
    assert f"{{S}}_{{{number.row + 1},{number.column + 1}}} &=" in text
    assert (number.row, number.column) != (0, 0)


def test_an_edit_is_in_the_export(qtbot, window, files: Path):
    window.document.pin(SCORES, 0, 1, 9.0)
    exported(qtbot, window, ExportRequest("numpy", SCORES, files / "a.py"))
    assert "{(0, 1): 9.0}" in (files / "a.py").read_text("utf-8")


def test_what_fails_is_told_and_leaves_nothing(qtbot, window, files: Path, monkeypatch):
    exported(qtbot, window, ExportRequest("csv", SCORES, files / "nowhere" / "a.csv"))
    assert "a.csv" in window.notice.text.text()

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    (files / "old.csv").write_text("old")
    monkeypatch.setattr(os, "fsync", full)
    exported(qtbot, window, ExportRequest("csv", SCORES, files / "old.csv"))
    assert "No space left" in window.notice.text.text()
    assert (files / "old.csv").read_text() == "old"
    assert [p.name for p in files.iterdir()] == ["old.csv"]


def test_several_pictures_need_an_archive(window, files: Path):
    commands(window).start(ExportRequest("png", "", files / "a.png"))
    assert ".zip" in window.notice.text.text()
    assert commands(window).running is None


# --- Progress -----------------------------------------------------------------------------


def slow(count: int, left: list[str]):
    """Work that takes a while, and says when it is left."""
    try:
        yield from range(1, count + 1)
    finally:
        left.append("left")
    return b"all"


def test_progress_is_shown_and_stop_leaves_no_file(qtbot, window, files: Path, monkeypatch):
    monkeypatch.setattr("app.export_progress.PATIENCE", 0)
    monkeypatch.setattr("app.export_progress.SLICE", 1e-9)
    left: list[str] = []
    running = ExportProgress(slow(10**9, left), 10**9, files / "a", window)
    dialog = running.dialog
    qtbot.waitUntil(lambda: dialog.value() > 3, timeout=10_000)
    assert dialog.isVisible()
    assert "a" in dialog.labelText()
    with qtbot.waitSignal(running.stopped):
        dialog.findChild(QPushButton).click()
    assert left == ["left"]
    flush()
    assert list(files.iterdir()) == []
    qtbot.waitUntil(lambda: window.findChildren(QProgressDialog) == [])


def test_stop_by_escape(qtbot, window, files: Path, monkeypatch):
    monkeypatch.setattr("app.export_progress.PATIENCE", 0)
    monkeypatch.setattr("app.export_progress.SLICE", 1e-9)
    running = ExportProgress(slow(10**9, []), 10**9, files / "a", window)
    qtbot.waitUntil(running.dialog.isVisible, timeout=10_000)
    with qtbot.waitSignal(running.stopped):
        qtbot.keyClick(running.dialog, "\x1b")
    assert list(files.iterdir()) == []


def test_stopping_is_told(qtbot, window, files: Path):
    group = commands(window)
    group.start(ExportRequest("pdf", "", files / "a.pdf"))
    qtbot.waitUntil(lambda: group.running.dialog.value() > 0, timeout=20_000)
    group.running.stop()
    assert "no file" in window.notice.text.text()
    flush()
    assert list(files.iterdir()) == []


def test_a_short_export_shows_no_progress(qtbot, window, files: Path):
    group = commands(window)
    group.start(ExportRequest("csv", SCORES, files / "a.csv"))
    seen = []
    group.running.dialog.windowTitleChanged.connect(seen.append)
    with qtbot.waitSignal(group.running.written, timeout=20_000):
        assert not group.running.dialog.isVisible()


def test_closing_the_window_ends_an_export(qtbot, make, files: Path):
    window = make("by-hand")
    group = commands(window)
    group.start(ExportRequest("pdf", "", files / "a.pdf"))
    window.close()
    flush()
    assert list(files.iterdir()) == []


# --- The clipboard ------------------------------------------------------------------------


def test_a_picture_by_one_key(qtbot, window):
    hand = Hand(qtbot, window)
    hand.go(SCORES)
    hand.press("Ctrl+Shift+C")
    data = QGuiApplication.clipboard().mimeData()
    assert data.hasImage()
    image = QGuiApplication.clipboard().image()
    assert image.width() > 800
    assert bytes(data.data("image/svg+xml").data()).startswith(b"<?xml")


def test_latex_by_one_key(qtbot, window):
    hand = Hand(qtbot, window)
    hand.go(SCORES)
    hand.press("Ctrl+Alt+C")
    text = QGuiApplication.clipboard().text()
    assert r"\underset{K^{T}}" in text
    assert "{S}_{1,1} &=" in text


def test_latex_of_a_working_is_that_of_its_row(qtbot, window):
    hand = Hand(qtbot, window)
    hand.go("encoder/1/self_attention/head_1/weights", "number")
    window.document.move(lambda t, c: moves.at_number(t, c, 1, 2, 3))
    assert window.document.number.working == 1
    hand.press("Ctrl+Alt+C")
    assert "{A}_{3,1} &=" in QGuiApplication.clipboard().text()


# --- Parameters in ------------------------------------------------------------------------


def safetensors(folder: Path, scenario) -> Path:
    from engine.export import TEXTS, carry_out

    file = folder / "trained.safetensors"
    carry_out(named(TEXTS, "safetensors").make(select(run(scenario)), Manner()), file)
    return file


def test_import_is_one_edit_that_can_be_undone(window, files: Path):
    document = window.document
    trained = document.scenario
    for path, array in trained.params.items():
        trained = trained.with_param(path, np.round(array, 1))
    before = numbers(window)
    file = safetensors(files, trained)
    window.desk.dialogs.answers.append(str(file))
    window.actions_.by_name["import_parameters"].trigger()
    assert all(np.array_equal(document.scenario.params[p], a) for p, a in trained.params.items())
    assert document.undo_stack.count() == 1
    assert "trained.safetensors" in document.undo_stack.undoText()
    document.undo_stack.undo()
    assert numbers(window) == before


def test_import_tells_what_the_file_lacks(window, files: Path):
    from engine.export.parameters import tensors
    from engine.export.safetensors import dumps

    arrays = tensors(window.document.scenario.params)
    kept = {n: a * 2 for n, a in arrays.items() if n.startswith(("encoder.", "decoder."))}
    file = files / "bare.safetensors"
    file.write_bytes(dumps(kept, {}))
    window.desk.dialogs.answers.append(str(file))
    window.actions_.by_name["import_parameters"].trigger()
    assert "embedding/source" in window.notice.text.text()


def test_import_of_what_does_not_fit_changes_nothing(window, files: Path):
    file = safetensors(files, fresh(Options()))
    before = numbers(window)
    window.desk.dialogs.answers.append(str(file))
    window.actions_.by_name["import_parameters"].trigger()
    assert numbers(window) == before
    assert "12 × 8" in window.notice.text.text()
    window.desk.dialogs.answers.append("")
    window.actions_.by_name["import_parameters"].trigger()
    assert numbers(window) == before
