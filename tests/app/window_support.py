"""What the tests of the window share: answers in place of dialogs, a hand, a look at cells."""

from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.dialogs import Dialogs
from app.window import Window
from engine import Cell, Cursor

Key = Qt.Key
Spot = tuple[int, int]


def flush() -> None:
    """Let Qt do what it has put off: layouts, painting, queued calls."""
    for _ in range(3):
        QCoreApplication.processEvents()


def picture(widget: QWidget) -> QImage:
    """What the widget looks like now."""
    flush()
    return widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


class FakeDialogs(QObject):
    """Stands where Dialogs stands: writes questions down, gives the answers laid in."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.asked: list[tuple[str, str]] = []
        self.answers: deque[str] = deque()
        self.always: str | None = None
        self.offers: list[Any] = []
        self.pick: Callable[[list[Any]], Any] | None = None

    def _answer(self, kind: str, about: str) -> str:
        self.asked.append((kind, about))
        if self.always is not None:
            return self.always if kind == "changes" else ""
        assert self.answers, f"nobody expected to be asked {kind} about {about}"
        return self.answers.popleft()

    def open_name(self, folder: str) -> str:
        return self._answer("open", folder)

    def lessons_folder(self, folder: str) -> str:
        return self._answer("lessons", folder)

    def save_name(self, suggestion: str) -> str:
        return self._answer("save", suggestion)

    def ask_about_changes(self, title: str) -> str:
        return self._answer("changes", title)

    def ask_seed(self, seed: int) -> int | None:
        self.asked.append(("seed", str(seed)))
        return int(self.answers.popleft()) if self.answers else seed

    def choose(self, title: str, why: str, offers: Any) -> Any:
        """The offer of the value, or with the text, that was laid in."""
        self.offers = [offer.value for offer in offers]
        wanted = self.pick(self.offers) if self.pick else self._answer("choose", title)
        return next((o for o in offers if wanted in (o.value, o.text)), None)

    def parameters_name(self, folder: str) -> str:
        return self._answer("parameters", folder)

    def ask_export(self, trace: Any, scopes: Any, first: Any) -> Any:
        self.offers = [scope.path for scope in scopes]
        return self._answer("export", first.format) or None

    def show_keys(self) -> None:
        self.asked.append(("keys", ""))

    def choose_locks(self, locked: object) -> tuple[str, ...] | None:
        answer = self._answer("locks", ",".join(locked))
        return None if answer == "cancel" else tuple(answer.split())

    def show_preferences(self, kept: object) -> None:
        self.asked.append(("preferences", ""))

    def about(self, version: str) -> None:
        self.asked.append(("about", version))


QUESTIONS = [n for n, v in vars(Dialogs).items() if callable(v) and not n.startswith("_")]
"""What Dialogs can be asked; the fake must know all of it."""


class Hand:
    """Somebody at the window, with keyboard and mouse; looks only at what is shown."""

    def __init__(self, qtbot: QtBot, window: Window) -> None:
        self.qtbot = qtbot
        self.window = window
        self.document = window.document

    # The keyboard

    @property
    def focus(self) -> QWidget:
        """The widget with the keyboard; keys can go nowhere else."""
        found = QApplication.focusWidget()
        assert found is not None, "nothing has the keyboard"
        return found

    def press(self, *names: str) -> None:
        """Press keys one after the other: "Right", "Ctrl+Z", "Shift+Tab"."""
        for name in names:
            pressed = QKeySequence(name)[0]
            key = Key.Key_Backtab if name == "Shift+Tab" else pressed.key()
            self.qtbot.keyClick(self.focus, key, pressed.keyboardModifiers())

    def write(self, text: str) -> None:
        """Type a text, letter by letter."""
        for letter in text:
            if letter.isascii():
                self.qtbot.keyClick(self.focus, letter)
                continue
            for kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress):
                plain = Qt.KeyboardModifier.NoModifier
                QApplication.sendEvent(self.focus, QKeyEvent(kind, 0, plain, letter))

    def tab_to(self, widget: QWidget, most: int = 120) -> None:
        """Press Tab until the widget has the keyboard."""
        for _ in range(most):
            if self.focus is widget:
                return
            self.press("Tab")
        raise AssertionError(f"Tab does not reach {widget.objectName()}")

    def tab_round(self, most: int = 120) -> list[QWidget]:
        """All widgets that Tab reaches, in its order, back to where it began."""
        found = [self.focus]
        for _ in range(most):
            self.press("Tab")
            if self.focus is found[0] and self.document.selection is None:
                return found
            if self.focus is not found[-1]:
                found.append(self.focus)
        raise AssertionError("Tab does not come round")

    # Where one stands

    @property
    def cursor(self) -> Cursor:
        return self.document.cursor

    @property
    def path(self) -> str:
        return self.document.cursor.path

    def go(self, path: str, depth: str = "step") -> None:
        """Begin at a step."""
        self.document.go_to(path, depth)

    # The mouse

    def click(self, widget: QWidget, at: QPointF | QPoint | None = None, **more: Any) -> None:
        """Click the left button; in the middle of the widget unless told where."""
        point = at.toPoint() if isinstance(at, QPointF) else at or widget.rect().center()
        self.qtbot.mouseClick(widget, Qt.MouseButton.LeftButton, pos=point, **more)

    def double_click(self, widget: QWidget, at: QPointF) -> None:
        """Press, release and press again, as a real double click is."""
        button, point = Qt.MouseButton.LeftButton, at.toPoint()
        self.qtbot.mouseClick(widget, button, pos=point)
        self.qtbot.mouseDClick(widget, button, pos=point)

    def cell(self, kind: str, index: int, spot: Spot) -> QPointF:
        """The middle of a number on the stage."""
        item = self.window.stage.laid_out().item((kind, index))
        assert item is not None
        return item.at + item.picture.cell_rect(spot).center()

    def word(self, leaf: object) -> QPointF:
        """The middle of a number in the arithmetic line."""
        line = self.window.arithmetic.line
        word = next(w for w in line.laid_out() if w.token.leaf == leaf)
        high = line.look.px(line.pixels) * 0.3
        return QPointF(word.at.x() + word.width / 2, word.at.y() - high)

    def first_cell(self) -> Cell:
        """The first number in the arithmetic line that was read from a matrix."""
        leaves = [w.token.leaf for w in self.window.arithmetic.line.laid_out()]
        return next(leaf for leaf in leaves if isinstance(leaf, Cell))


def grays(image: QImage, wide: int, high: int) -> bytes:
    """A picture made small and gray, a byte a pixel; it has a name as long as its bits are read."""
    small = image.scaled(wide, high).convertToFormat(QImage.Format.Format_Grayscale8)
    return bytes(small.constBits())


def numbers(window: Window) -> dict[str, bytes]:
    """All parameters, bit for bit."""
    return {p: a.tobytes() for p, a in window.document.scenario.params.items()}


def everything(window: Window) -> tuple[object, ...]:
    """All that opening a file could have changed."""
    d = window.document
    return (
        id(d.scenario),
        id(d.trace),
        d.cursor,
        d.selection,
        d.path,
        d.title,
        d.undo_stack.count(),
        d.undo_stack.index(),
        d.is_modified,
        window.windowTitle(),
        tuple(window.settings.recent),
    )


def file_of(folder: Path, name: str = "mine.json") -> Path:
    """A file of the trained translation in a folder."""
    from engine import builtin, save

    path = folder / name
    save(builtin("translation"), path)
    return path
