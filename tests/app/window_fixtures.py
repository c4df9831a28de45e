"""A window to press keys in: real in everything but the screen, the settings and the dialogs."""

import gc
import os
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

# Before Qt is loaded: the tests need no display, and pictures must depend neither on one nor
# on the fonts and the settings of the machine.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["FONTCONFIG_FILE"] = str(Path(__file__).with_name("fonts.conf"))

from PySide6.QtCore import QCoreApplication, QEvent, QSettings
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from window_support import FakeDialogs, Hand, flush

from app.application import make_application, make_window
from app.document import Document
from app.settings import Settings
from app.tour import Tour
from app.window import Window
from engine import Options, Scenario, builtin, fresh

Make = Callable[..., Window]


@pytest.fixture(scope="session")
def stepformer(
    qapp: QApplication, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[QApplication]:
    """The application as the program makes it; formulas are kept in a folder of the tests."""
    os.environ["XDG_CACHE_HOME"] = str(tmp_path_factory.mktemp("cache"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it opens its font in a way that has grown old
        import ziamath  # noqa: F401
    yield make_application()
    # Without a screen Qt drops what was copied after Python has gone, which ends in a crash.
    qapp.clipboard().clear()


@pytest.fixture
def store(tmp_path: Path) -> Settings:
    """Settings in a file of this test's own."""
    return Settings(QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat))


@pytest.fixture
def make(stepformer: QApplication, qtbot: QtBot, store: Settings) -> Iterator[Make]:
    """Open a window over a source; all of them are closed at the end."""
    opened: list[Window] = []

    def open_window(
        source: str = "translation", width: int = 1280, height: int = 800, *, is_shown: bool = True
    ) -> Window:
        if not opened:
            stepformer.setStyleSheet("")  # replacing one takes longer than all the rest
            stepformer.setFont(QFont("Sans Serif", 9))  # what a start finds
        window = make_window(source, store, "en")
        window.desk.dialogs = FakeDialogs(window)
        opened.append(window)
        window.resize(width, height)
        if is_shown:
            window.show()
            window.activateWindow()
            qtbot.waitUntil(window.isActiveWindow)
            window.stage.setFocus()
            flush()
        return window

    open_window.opened = opened  # for tests that want to let go of a window
    yield open_window
    while opened:
        close(opened.pop())
    gc.collect()


def close(window: Window) -> None:
    """Close without a question and let Qt free it."""
    from shiboken6 import isValid

    if isValid(window):
        window.desk.dialogs.always = "discard"
        window.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def window(make: Make) -> Window:
    """The window as it opens, over the trained translation."""
    return make()


@pytest.fixture
def hand(qtbot: QtBot, window: Window) -> Hand:
    """Somebody at the window's keyboard and mouse."""
    return Hand(qtbot, window)


@pytest.fixture
def dialogs(window: Window) -> FakeDialogs:
    """What was asked, and what is to be answered."""
    return window.desk.dialogs


@pytest.fixture
def document(stepformer: QApplication) -> Document:
    """A document without a window."""
    return Document(builtin("translation"))


@pytest.fixture(scope="session")
def six_layers() -> Scenario:
    """Many layers, a final norm, norms before."""
    return fresh(Options(layers=6, final_norm=True, norm="before", d_model=4, d_ff=4), seed=1)


@pytest.fixture
def panel(hand: Hand) -> QWidget:
    """The Lessons tab, shown."""
    hand.window.desk.tab_wanted.emit("lessons")
    flush()
    return hand.window.side.views["lessons"]


@pytest.fixture
def tour(hand: Hand) -> Tour:
    """The way through the lessons."""
    return hand.window.desk.tour
