"""Makes the application: fonts, style, language, the hook for what nobody expected."""

from __future__ import annotations

import gc
import sys
import traceback
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QCoreApplication,
    QMessageLogContext,
    QTimer,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication

from app.card import begin, system_theme
from app.document import Document
from app.i18n import Language, of_the_system
from app.language_menu import LanguageMenu
from app.paths import RESOURCES, cache_folder
from app.screens import screen_room
from app.settings import Settings
from app.sources import open_source
from app.texts import Texts
from app.theme import Look
from app.views.explain import Explain
from app.views.parts.voice import listen
from app.window import Window
from engine import InputError, Wording, moves

if TYPE_CHECKING:
    from app.cli_shot import ShotRequest

FIRST = "translation"


def make_application() -> QApplication:
    """The one QApplication, with our fonts and a style that all systems share."""
    app = begin()
    load_fonts()
    listen()
    return app


def load_fonts() -> None:
    """The bundled fonts, so that every machine shows the same figures."""
    for path in sorted((RESOURCES / "fonts").glob("*.otf")):
        QFontDatabase.addApplicationFont(str(path))


def make_window(source: str, settings: Settings, language: str = "") -> Window:
    """The window over a built-in scenario or a file; InputError if it can't be opened.

    It speaks `language`, or the one that was chosen last time, or the system's.
    """
    scenario, path = open_source(source)
    document = Document(scenario)
    document.has_file(path)
    look = Look()
    look.set_zoom(settings.zoom)
    look.digits = settings.digits
    look.set_theme(settings.theme or system_theme())
    # Before there are widgets: until the window runs, those that there are keep what they have.
    QApplication.setFont(look.font(13))
    speech = Language(Texts(), look)
    speech.use(language or settings.language or of_the_system())
    window = Window(document, look, speech.texts, settings)
    speech.setParent(window)
    window.desk.preferences.speech = speech
    window.actions_.menus["view"].addMenu(LanguageMenu(speech, settings, window))
    return window


def install_hook(window: Window) -> None:
    """What nobody expected is written down and told in one sentence; the window stays open."""
    log = cache_folder() / "errors.log"

    def on_exception(
        kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QCoreApplication.exit(130)
            return
        try:
            log.parent.mkdir(parents=True, exist_ok=True)
            with log.open("a", encoding="utf-8") as file:
                traceback.print_exception(kind, error, trace, file=file)
        except OSError:
            traceback.print_exception(kind, error, trace)
        text = QCoreApplication.translate(
            "Application",
            "Something went wrong that should not have; your work is still open. "
            "Please report it with the file %1",
        )
        window.notice.say(text.replace("%1", str(log)))

    sys.excepthook = on_exception


def open_window(source: str | None, settings: Settings, language: str) -> Window:
    """Open the window as it was left the last time."""
    make_application()
    window = make_window(source or FIRST, settings, language)
    if window.document.path is not None:
        settings.add_recent(window.document.path)
    install_hook(window)
    if settings.shape("geometry").isEmpty():
        screen = screen_room(window)
        window.resize(min(1440, screen.width()), min(900, screen.height()))
    window.show()
    window.companions.welcome.start_once()
    QTimer.singleShot(0, look_for_garbage)
    return window


def look_for_garbage() -> None:
    """From now on; what a start has made stays, so it is not gone through again and again."""
    gc.enable()
    gc.freeze()
    # A run of a large model makes ten thousand objects that are all needed: looking through
    # them after every seven hundred took a tenth of the time from an edit to its picture.
    gc.set_threshold(20_000, 10, 10)


def take_shot(request: ShotRequest) -> int:
    """Picture the real window without a screen and write it as PNG."""
    from PySide6.QtCore import QSettings

    qInstallMessageHandler(_on_message)
    app = make_application()
    # No settings of the learner's own must show in a picture.
    settings = Settings(QSettings("", QSettings.Format.InvalidFormat))
    window = make_window(request.source, settings, request.language)
    window.look.set_theme(request.theme)
    window.look.set_zoom(round(request.scale * 100))
    document = window.document
    if request.stop:
        _go_to_stop(window, request.stop)
    elif request.step:
        path = request.step
        if path not in document.trace:  # a block
            path = next(p for p in document.trace.steps if p.startswith(f"{path}/"))
        document.go_to(path, request.depth)
    else:
        document.move(lambda t, c: moves.at_depth(t, c, request.depth))
    if request.cell is not None:
        document.place(_at_cell(document, request))
    window.resize(request.width, request.height)
    window.show()
    for explain in window.findChildren(Explain):
        explain.formula.settle()
    for _ in range(5):
        app.processEvents()
    picture = window.grab()
    window.close()
    if not picture.save(str(request.output), "PNG"):
        raise InputError("file_unwritable", str(request.output), reason=Wording("no_such_folder"))
    return 0


def _go_to_stop(window: Window, stop: str) -> None:
    """Begin a lesson at a stop; InputError if there is none."""
    from engine.course import LESSONS, folders_of  # other pictures can do without

    slug, _, name = stop.partition("/")
    tour = window.desk.tour
    found = tour.book_of(slug)
    if found is None:
        known = ", ".join(folder.name for folder in folders_of(LESSONS))
        raise InputError("lesson_slug", name=slug, known=known)
    place = found.lesson.index(name) if name else 0
    window.desk.tab_wanted.emit("lessons")
    tour.start(slug, place)


def _on_message(_kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
    """Qt's log without the offscreen platform's remark on what it never does."""
    if "propagateSizeHints" not in text:
        sys.stderr.write(f"{text}\n")


def _at_cell(document: Document, request: ShotRequest) -> moves.Cursor:
    from dataclasses import replace

    assert request.cell is not None
    row, column = request.cell
    return replace(document.cursor, row=row, column=column)
