"""Two thousand things that somebody might do, in no order: nothing warns, nothing is lost.

STEPFORMER_MONKEY_SEED chooses other things; the last of them are named when one fails.
"""

import os
import random
from collections import deque
from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QHelpEvent, QWheelEvent
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QScrollArea,
    QSpinBox,
    QToolTip,
    QWidget,
)
from window_support import Hand, flush

from app import playback
from app.theme import ZOOMS
from engine import moves

ACTIONS = 2000
SEED = int(os.environ.get("STEPFORMER_MONKEY_SEED", "11"))
NOT = {"quit", "full_screen", "compare_with", "present"}  # "present" opens a window of its own
SELDOM = {"new_translation", "new_by_hand", "new_random", "new_recurrent", "new_last_state"}
"""What begins anew takes all edits away with it."""

KEYS = (
    *("Left", "Right", "Up", "Down", "Home", "End", "PgUp", "PgDown", "Space", "Tab", "Shift+Tab"),
    *("Return", "Shift+Return", "Escape", "F2", "Delete", "Backspace", "Ctrl+Right", "Alt+Up"),
    *("Alt+Down", "Alt+Shift+Up", "Ctrl+Z", "Ctrl+Y", "Ctrl+C", "Ctrl+V", "Ctrl+T"),
    *("E", "D", "Shift+D", "0", "5", "-", "."),
)
TYPED = ("0.5", "-2", "1/3", "√2", "1e9", "∞", "abc", "", "1,5", "--", "0", "-0", "999999", "1/0")
PASTED = ("1\t2\n3\t4", "0.5", "1\t2\n3", "x", "", "1e7", "1;2;3;4;5;6;7;8;9", "\n\n")
LETTERS = "ywscdbn"


class Monkey:
    """Picks what to do next; everything comes from its seed."""

    def __init__(self, hand: Hand, seed: int) -> None:
        self.hand = hand
        self.window = hand.window
        self.pick = random.Random(seed)
        self.log: deque[str] = deque(maxlen=12)
        self.held: QWidget | None = None
        self.steps: set[str] = set()
        self.edits: list[int] = []
        self.refusals: list[str] = []
        hand.document.undo_stack.indexChanged.connect(self.edits.append)
        hand.document.refused.connect(lambda error: self.refusals.append(str(error)))
        self.ways: list[tuple[int, Callable[[], object]]] = [
            (14, self.key),
            (9, self.action),
            (9, self.click),
            (6, self.drag),
            (8, self.edit),
            (3, self.option),
            (3, self.word),
            (5, self.undo),
            (6, self.go),
            (2, self.look),
            (2, self.resize),
            (3, self.hover),
            (2, self.wheel),
            (1, self.play),
            (1, self.paste),
            (3, self.compare),
        ]

    def act(self) -> None:
        ((_, way),) = self.pick.choices(self.ways, [weight for weight, _ in self.ways])
        self.log.append(way.__name__)
        if QApplication.activeWindow() is None:  # a second window was closed
            self.window.activateWindow()
            flush()
        found = way()
        if found:
            self.log[-1] += f" {found}"
        self.steps.add(self.hand.path)

    # The keyboard

    def key(self) -> str:
        name = self.pick.choice(KEYS)
        for _ in range(self.pick.choice((1, 1, 1, 3))):
            if QApplication.focusWidget() is None:
                self.window.stage.setFocus()
            self.hand.press(name)
        return name

    def action(self) -> str:
        names = [n for n, a in self.window.actions_.by_name.items() if a.isEnabled()]
        not_now = NOT if self.pick.random() < 0.05 else NOT | SELDOM
        name = self.pick.choice([n for n in names if n not in not_now])
        answer = self.pick.choice(("cancel", "cancel", "cancel", "discard"))
        self.window.desk.dialogs.always = answer
        self.window.desk.dialogs.pick = lambda offers: self.pick.choice(["", *offers])
        self.window.actions_.by_name[name].trigger()
        return name

    def edit(self) -> str:
        """Type into a cell that can be changed, and leave it in some way."""
        stage = self.window.stage
        stage.setFocus()
        self.hand.press("Escape", "E")
        for _ in range(self.pick.randrange(4)):
            self.hand.press(self.pick.choice(("Down", "Right", "Tab")))
        text = self.pick.choice(TYPED)
        if QApplication.focusWidget() is stage and self.hand.document.selection is not None:
            self.hand.press("Return")
        if stage.editor.is_open:
            self.hand.write(text)
        self.hand.press(self.pick.choice(("Return", "Tab", "Escape", "Up", "Shift+Tab")))
        if self.pick.random() < 0.6:
            self.hand.press("Escape", "Escape")
        return text

    def paste(self) -> str:
        text = self.pick.choice(PASTED)
        QApplication.clipboard().setText(text)
        self.window.actions_.by_name["paste"].trigger()
        return repr(text)

    # The mouse

    def somewhere(self) -> tuple[QWidget, QPoint]:
        window = self.window
        beside = (window.sides.other, window.sides.difference)
        views = (
            *beside,
            window.stage,
            window.stage,
            window.map,
            window.arithmetic.line,
            window.filmstrip,
        )
        more = (
            window.timeline.bar,
            window.tokens,
            window.side.views["explain"].viewport(),
            window.heading,
        )
        view = self.pick.choice([w for w in (*views, *more) if w.isVisible()] or [window])
        place = QPoint(
            self.pick.randrange(view.width() + 4), self.pick.randrange(view.height() + 4)
        )
        if view is window.stage and self.pick.random() < 0.8:
            items = [i for i in view.laid_out().items if i.picture]
            item = self.pick.choice(items)
            rows, columns = item.part.matrix.shape
            spot = (self.pick.randrange(rows), self.pick.randrange(columns))
            place = (item.at + item.picture.cell_rect(spot).center()).toPoint()
        return view, place

    def click(self) -> str:
        view, place = self.somewhere()
        button = self.pick.choice(3 * [Qt.MouseButton.LeftButton] + [Qt.MouseButton.RightButton])
        self.hand.qtbot.mouseClick(view, button, pos=place)
        if self.pick.random() < 0.3:
            self.hand.qtbot.mouseDClick(view, button, pos=place)
        return f"{view.objectName()} {place.toTuple()}"

    def drag(self) -> str:
        """Press, move, and not always let go before something else happens."""
        self.let_go()
        view, place = self.somewhere()
        stage = self.window.stage
        if self.pick.random() < 0.6:
            inputs = [i for i in stage.laid_out().items if i.picture and i.picture.is_editable]
            if inputs:
                view, item = stage, self.pick.choice(inputs)
                place = (item.at + item.picture.cell_rect((0, 0)).center()).toPoint()
        self.hand.qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=place)
        for _ in range(self.pick.randrange(4)):
            place += QPoint(self.pick.randrange(-60, 60), self.pick.randrange(-20, 20))
            self.hand.qtbot.mouseMove(view, place)
        self.held = view
        meanwhile = self.pick.choice((None, None, self.undo, self.key, self.option, self.go))
        if meanwhile is not None:
            meanwhile()
        if self.pick.random() < 0.8:
            self.let_go()
        return f"{view.objectName()} {meanwhile}"

    def let_go(self) -> None:
        if self.held is not None:
            self.hand.qtbot.mouseRelease(self.held, Qt.MouseButton.LeftButton, pos=QPoint(9, 9))
            self.held = None

    def hover(self) -> None:
        view, place = self.somewhere()
        event = QHelpEvent(QEvent.Type.ToolTip, place, view.mapToGlobal(place))
        QApplication.sendEvent(view, event)
        QToolTip.hideText()

    def wheel(self) -> None:
        view, place = self.somewhere()
        turn = QPoint(0, self.pick.choice((-120, 120)))
        some = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.AltModifier)
        where = QPointF(view.mapToGlobal(place))
        phase, button = Qt.ScrollPhase.NoScrollPhase, Qt.MouseButton.NoButton
        modifier = self.pick.choice(some)
        event = QWheelEvent(QPointF(place), where, QPoint(), turn, button, modifier, phase, False)
        QApplication.sendEvent(view, event)

    # What can be chosen

    def option(self) -> str:
        panel = self.window.side.views["options"]
        name = self.pick.choice(list(panel.controls))
        control = panel.controls[name]
        if isinstance(control, QCheckBox):
            control.click()
        elif isinstance(control, QSpinBox):
            few = {
                "layers": (1, 2, 3),
                "d_model": (4, 6, 8),
                "d_ff": (1, 8, 16),
                "heads": (1, 2, 3),
            }
            ends = (control.minimum(), min(control.maximum(), 4))
            control.setValue(self.pick.choice(few.get(name, ends)))
        elif isinstance(control, QComboBox):
            self.choose(control)
        return name

    def word(self) -> str:
        bar = self.window.tokens
        if self.pick.random() < 0.4:
            button = self.pick.choice([*bar.counts.values(), bar.next, bar.whole])
            button.click()
            return button.objectName() or button.text()
        box = self.pick.choice([*bar.words["source"], *bar.words["target"]])
        self.choose(box)
        return box.objectName()

    def choose(self, box: QComboBox) -> None:
        index = self.pick.randrange(box.count())
        box.setCurrentIndex(index)
        box.activated.emit(index)

    def undo(self) -> str:
        name = self.pick.choice(("undo", "undo", "redo"))
        for _ in range(self.pick.choice((1, 1, 2, 8))):
            if self.window.actions_.by_name[name].isEnabled():
                self.window.actions_.by_name[name].trigger()
        return name

    def compare(self) -> str:
        """Begin, turn, swap or end a comparison, and go to what differs."""
        if not self.hand.document.is_comparing or self.pick.random() < 0.1:
            dialogs = self.window.desk.dialogs
            dialogs.pick = self.pick.choice
            self.window.actions_.by_name["compare_with"].trigger()
            return f"compare with one of {len(dialogs.offers)}"
        ways = 6 * ["other_side"] + ["swap_sides", "keep_a", "keep_b", "inputs", "go", "go"]
        name = self.pick.choice(ways)
        if name == "inputs":
            self.window.sides.inputs.click()
        elif name == "go":
            self.window.differences.fill()
            for action in self.window.differences.list.actions()[:3]:
                action.trigger()
        else:
            self.window.actions_.by_name[name].trigger()
        return name

    # Where one stands, and what it looks like

    def go(self) -> str:
        path = self.pick.choice(list(self.hand.document.trace.steps))
        depth = self.pick.choice(moves.DEPTHS)
        self.hand.document.go_to(path, depth)
        return f"{path} {depth}"

    def look(self) -> None:
        if self.pick.random() < 0.5:
            self.window.look.set_zoom(self.pick.choice((100, 100, *ZOOMS)))
        else:
            self.window.actions_.by_name["dark"].trigger()

    def resize(self) -> str:
        self.window.resize(self.pick.randrange(300, 1500), self.pick.randrange(240, 1000))
        for area in self.window.findChildren(QScrollArea):
            bar = area.verticalScrollBar()
            bar.setValue(self.pick.randrange(bar.maximum() + 1))
        return str(self.window.size().toTuple())

    def play(self) -> None:
        """Time is the monkey's, too: one tick, not as many as fit into a slow machine's."""
        self.window.actions_.by_name["play"].trigger()
        self.window.desk.playback.timer.timeout.emit()


@pytest.mark.timeout(600)
def test_two_thousand_things_in_no_order(make, qtbot, qtlog, monkeypatch):
    monkeypatch.setattr(playback, "PACE", dict.fromkeys(moves.DEPTHS, 10_000_000))
    monkeypatch.setattr(random, "SystemRandom", lambda: random.Random(SEED))
    hand = Hand(qtbot, make())
    monkey, document = Monkey(hand, SEED), hand.document
    with qtbot.captureExceptions() as caught:
        for number in range(ACTIONS):
            try:
                monkey.act()
            except AssertionError as error:
                raise AssertionError((number, list(monkey.log))) from error
            if number % 4 == 0:
                flush()
            told = [r.message for r in qtlog.records if not r.ignored]
            assert not caught, (number, list(monkey.log), caught[0])
            assert not told, (number, list(monkey.log), told)
            assert document.cursor.path in document.trace
            assert document.trace.scenario is document.scenario
        monkey.let_go()
        flush()
    hand.window.desk.dialogs.always = hand.window.desk.dialogs.pick = None
    assert len(monkey.steps) > 70, "the monkey has hardly walked"
    assert len(monkey.edits) > 300, "the monkey has hardly edited anything"
    assert monkey.refusals
    while document.undo_stack.canUndo():
        document.undo_stack.undo()
    begun = document.opened
    assert document.scenario is begun or document.scenario.params.keys() == begun.params.keys()
    now = {path: array.tobytes() for path, array in document.scenario.params.items()}
    assert now == {path: array.tobytes() for path, array in begun.params.items()}
    assert document.scenario.source == begun.source
    assert document.scenario.options == begun.options
    flush()
    assert not caught
