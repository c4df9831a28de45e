"""What is closed is freed: windows, views, undo entries, dialogs; and None stays alive."""

import gc
import sys
import weakref
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtGui import QUndoCommand
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from shiboken6 import isValid
from window_support import flush

from app.document import Document
from engine import builtin, moves

W_Q = "encoder/1/self_attention/head_1/W_Q"
VIEWS = (
    "map",
    "stage",
    "arithmetic",
    "filmstrip",
    "side",
    "tokens",
    "timeline",
    "heading",
    "notice",
    "document",
    "desk",
    "files",
)


def let_go() -> None:
    """Everything that waits to be deleted, and every cycle."""
    for _ in range(3):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        flush()
        gc.collect()


def used(window) -> None:
    """A short life: walking, editing, options, theme, zoom."""
    document = window.document
    document.go_to("encoder/1/self_attention/head_1/weights", moves.NUMBER)
    document.move(moves.into)
    flush()
    document.set_cell(W_Q, 0, 0, 0.5)
    document.set_option("layers", 2)
    window.actions_.by_name["dark"].trigger()
    window.look.set_zoom(125)
    document.undo_stack.undo()
    window.actions_.by_name["play"].trigger()
    flush()
    document.undo_stack.setClean()


def test_a_closed_window_is_freed_with_all_its_views(make):
    window = make()
    used(window)
    alive = {name: weakref.ref(getattr(window, name)) for name in VIEWS}
    alive |= {name: weakref.ref(view) for name, view in window.side.views.items()}
    alive |= {"playback": weakref.ref(window.desk.playback)}
    alive["window"] = weakref.ref(window)
    alive["scenario"] = weakref.ref(window.document.scenario)
    alive["trace"] = weakref.ref(window.document.trace)
    window.close()
    make.opened.clear()
    del window
    let_go()
    left = [name for name, ref in alive.items() if ref() is not None]
    assert left == []


def count_of_objects() -> tuple[int, int, int]:
    """Qt's widgets, Python's wrappers of QObjects, and our own objects."""
    let_go()
    wrappers = [o for o in gc.get_objects() if isinstance(o, QObject)]
    ours = [o for o in gc.get_objects() if str(type(o).__module__).startswith(("app.", "engine."))]
    return len(QApplication.allWidgets()), len(wrappers), len(ours)


@pytest.mark.timeout(300)
def test_twenty_windows_leave_nothing_behind(make):
    def open_and_close() -> None:
        window = make(width=900, height=600)
        window.document.set_cell(W_Q, 0, 0, 0.5)
        window.document.go_to("encoder/1/norm_1", moves.OPERATION)
        flush()
        window.document.undo_stack.setClean()
        window.close()
        make.opened.clear()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    for _ in range(3):
        open_and_close()
    before = count_of_objects()
    for _ in range(20):
        open_and_close()
    after = count_of_objects()
    assert after[0] == before[0]
    assert after[1] == before[1]
    assert after[2] <= before[2] + 20  # texts and symbols that are kept on purpose


def test_walking_leaves_nothing_behind(window):
    """Formulas, pictures and words of steps that were passed are freed."""

    def walk() -> int:
        for step in window.document.trace:
            window.document.go_to(step.path, moves.NUMBER)
            window.side.views["explain"].formula.settle()
        let_go()
        return len(window.findChildren(QObject))

    assert walk() == walk()


def test_words_that_come_and_go_leave_no_boxes_behind(window):
    def change() -> int:
        for count in (2, 16, 4):
            window.document.set_tokens(source=count * ("I",))
        let_go()
        return len(window.findChildren(QObject))

    assert change() == change()


def test_menus_of_recent_files_leave_nothing_behind(window):
    def show() -> int:
        for _ in range(5):
            window.recent.aboutToShow.emit()
        let_go()
        return len(window.findChildren(QObject))

    assert show() == show()


def changes() -> set[int]:
    """The undo entries there are, other tests' among them."""
    return {id(o) for o in gc.get_objects() if isinstance(o, QUndoCommand)}


def test_undo_entries_are_freed(stepformer):
    let_go()
    known = changes()
    document = Document(builtin("translation"))
    commands = []
    for number in range(30):
        document.set_cell(W_Q, 0, 0, float(number))
        commands.append(weakref.ref(document.scenario))
    document.undo_stack.setIndex(10)
    document.set_cell(W_Q, 0, 0, 99.0)  # the twenty that were undone can't come back
    let_go()
    assert [ref() is not None for ref in commands] == 10 * [True] + 20 * [False]
    document.begin(builtin("by-hand"))
    let_go()
    assert [ref() is not None for ref in commands] == 30 * [False]
    assert not changes() - known


def test_undo_keeps_what_was_changed_but_not_the_runs(stepformer):
    """Two hundred edits of a large model would keep a gigabyte otherwise."""
    document, runs = Document(builtin("translation")), []
    for number in range(10):
        document.set_cell(W_Q, 0, 0, float(number))
        runs.append(weakref.ref(document.trace))
    let_go()
    assert sum(ref() is not None for ref in runs) == 2, "the present run and the one before"


def test_previews_are_freed(stepformer):
    """Dragging over a cell shows hundreds of scenarios; one is kept."""
    document = Document(builtin("translation"))
    shown = []
    for number in range(50):
        document.preview(lambda s, n=number: s.with_param(W_Q, s.params[W_Q] * 0 + n))
        shown.append(weakref.ref(document.trace))
    document.settle("Scrub")
    let_go()
    assert [ref() is not None for ref in shown] == 49 * [False] + [True]


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal from Python 3.12 on")
def test_no_call_of_qt_loses_a_reference_to_none(stepformer):
    """PySide6 6.12.0 did on CPython 3.11, and ended the process after some thousand calls."""
    label, widget = QLabel(), QWidget()
    before = sys.getrefcount(None)
    for number in range(1000):
        label.setText(str(number))
        widget.setToolTip("")
        widget.update()
    assert sys.getrefcount(None) > before - 100


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal from Python 3.12 on")
def test_no_painting_loses_a_reference_to_none(window):
    window.document.go_to("encoder/1/self_attention/head_1/weights", moves.NUMBER)
    window.stage.grab()
    before = sys.getrefcount(None)
    for _ in range(50):
        window.stage.grab()
    assert sys.getrefcount(None) > before - 50


def test_closing_stops_what_is_running(make):
    window = make()
    window.actions_.by_name["play"].trigger()
    playback = window.desk.playback
    window.close()
    assert not isValid(playback) or not playback.is_playing


def test_asking_for_the_screen_leaves_it_alive(stepformer):
    """Widget.screen() frees it with the widget, and the next window ends the process."""
    from app.screens import screen_room

    whole = QApplication.primaryScreen().availableGeometry()
    for _ in range(4):
        widget = QWidget()
        widget.itself = widget  # as every window refers to itself by some way
        assert screen_room(widget) == whole
        widget.deleteLater()
        del widget
        let_go()
    assert [s.availableGeometry() for s in QApplication.screens()] == [whole]
    sources = (Path(__file__).parents[2] / "app").rglob("*.py")
    assert [p.name for p in sources if "window.screen()" in p.read_text("utf-8")] == []
