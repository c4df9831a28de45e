"""The tour of a first start: four things to try, each beside the place where it is tried."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QTimer
from PySide6.QtWidgets import QWidget

from app.views.parts.beside import beside
from app.views.parts.item import Item
from app.welcome_card import Card, Rings
from engine import moves

if TYPE_CHECKING:
    from app.window import Window

SEEN = "has_seen_tour"


@dataclass(frozen=True)
class Stop:
    """What to try, in lines that hold of the window as it is; and where.

    `spoken` is framed, and covered only where there is no other room.
    """

    title: str
    lines: list[str]
    spoken: list[QRect]


class Welcome(QObject):
    """Goes through the stops; begun once by itself, and again whenever it is asked for."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self.window = window
        self.place = 0
        self.rings: Rings | None = None
        self.card: Card | None = None
        self.focus: QWidget | None = None
        self.later = QTimer(self)
        self.later.setSingleShot(True)
        self.later.timeout.connect(self.show_stop)
        window.desk.welcome_wanted.connect(self.start)
        document = window.document
        for signal in (
            *(document.trace_changed, document.model_changed, document.cursor_changed),
            *(document.sides_changed, window.look.changed),
        ):
            signal.connect(self._on_changed)
        window.installEventFilter(self)
        window.stage_area.installEventFilter(self)

    def start_once(self) -> None:
        """At the first start only."""
        if not self.window.settings.flag(SEEN):
            self.start()

    def start(self) -> None:
        """From the first stop."""
        if self.card is None:
            self.focus = self.window.focusWidget()
            self.rings = Rings(self.window.look, self.window)
            slots = (self.leave, self.go_back, self.go_on)
            self.card = Card(slots, self.window.look, self.window)
            self.rings.show()
            self.card.show()
        self.place = 0
        self.show_stop()
        self.card.next.setFocus()

    def go_on(self) -> None:
        """The next stop; after the last one it is over."""
        if self.place == len(self.makers()) - 1:
            self.leave()
            return
        self.place += 1
        self.show_stop()

    def go_back(self) -> None:
        """The stop before."""
        self.place = max(self.place - 1, 0)
        self.show_stop()

    def leave(self) -> None:
        """It is over, or was skipped, and does not come again by itself."""
        self.window.settings.set_flag(SEEN, True)
        for widget in (self.rings, self.card):
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.rings = self.card = None
        (self.focus or self.window.stage).setFocus()
        self.focus = None

    # What is told

    def makers(self) -> tuple[Callable[[], Stop], ...]:
        """What makes the stops; where a file locks all that could be changed, one less."""
        locked = self.window.document.scenario.locked
        can_change = "editing" not in locked or bool(self._words())
        return (self._walk, self._ask, *([self._change] if can_change else []), self._way)

    def stop(self) -> Stop:
        """The present stop, in the language in force and of the window as it is."""
        return self.makers()[self.place]()

    def _walk(self) -> Stop:
        lines = [
            self.tr(
                "A small model at work: source words go in, target words come out, and every "
                "number on the way can be seen."
            ),
            self.tr("Right goes on, Left goes back."),
            self.tr("Down goes closer, from blocks to steps to numbers; Up comes out again."),
            self.tr("These buttons and the bar do the same. Try it!"),
        ]
        return Stop(self.tr("Walk"), lines, self._places(self.window.timeline))

    def _ask(self) -> Stop:
        line = self.tr(
            "Click a number of the result: below stands how it came about, and all that it was "
            "read from is outlined."
        )
        if self.window.document.cursor.depth == moves.BLOCK:
            line = self.tr(
                "Press Down to come to the steps of this block. There, click a number of a result: "
                "it tells how it came about, and all that it was read from is outlined."
            )
        result = self._stage(lambda item: item.part.kind == "output")
        return Stop(self.tr("Ask"), [line], result + self._arithmetic())

    def _change(self) -> Stop:
        locked = self.window.document.scenario.locked
        words = self._words()
        numbers, masks = self._stage(_is_parameter), self._stage(_is_mask)
        lines = []
        if words:
            lines.append(self.tr("Choose other words in the bar above."))
        if numbers:
            lines.append(
                self.tr("In a matrix with a pencil, click a number and type, or drag it sideways.")
            )
        elif masks:
            lines.append(self.tr("A click into the mask forbids or allows a look."))
        elif "editing" not in locked:
            lines.append(
                self.tr(
                    "At steps where a matrix has a pencil, click one of its numbers and type, or "
                    "drag it sideways."
                )
            )
        lines.append(self.tr("All that follows is computed anew; Ctrl+Z takes it back."))
        return Stop(self.tr("Change"), lines, words + (numbers or masks))

    def _words(self) -> list[QRect]:
        locked = self.window.document.scenario.locked
        return [] if "words" in locked else self._places(self.window.token_area)

    def _way(self) -> Stop:
        there = self._places(self.window.map_area)
        line = self.tr("A click on the map goes anywhere.")
        if not there:
            line = self.tr("Ctrl+M shows the map; a click on it goes anywhere.")
        lines = [line, self.tr("F1 shows all keys, and this tour is in the Help menu.")]
        if "lessons" not in self.window.document.scenario.locked:
            lines.insert(1, self.tr("Ctrl+L lists the lessons, which lead through all of it."))
        menus = self._places(self.window.menuBar())
        return Stop(self.tr("Find your way"), lines, there or menus)

    # Where it is

    def _places(self, *widgets: QWidget) -> list[QRect]:
        """Those of the widgets that are to be seen."""
        window = self.window
        return [
            QRect(w.mapTo(window, QPoint()), w.size()) for w in widgets if w.isVisibleTo(window)
        ]

    def _clear(self) -> list[QRect]:
        """What is to be seen while one tries: the walk, and what came out of it."""
        w = self.window
        bars = self._places(w.menuBar(), w.token_area, w.heading, w.timeline)
        return bars + self._stage() + self._arithmetic()

    def _arithmetic(self) -> list[QRect]:
        shown = self._places(self.window.arithmetic)
        edge = self.window.arithmetic.card()
        return [edge.translated(rect.topLeft()) for rect in shown]

    def _stage(self, is_meant: Callable[[Item], bool] = lambda _item: True) -> list[QRect]:
        """Matrices on the stage, as far as they are to be seen."""
        window, stage = self.window, self.window.stage
        shown = self._places(window.middle.viewport(), window.stage_area.viewport())
        if stage.obstacle() or len(shown) < 2:
            return []
        room = shown[0].intersected(shown[1])
        start = stage.mapTo(window, QPoint())
        items = [i for i in stage.laid_out().items if i.picture is not None and is_meant(i)]
        edge = window.look.px(4)
        rects = [i.rect.toAlignedRect().translated(start) for i in items]
        seen = [r.adjusted(-edge, -edge, edge, edge).intersected(room) for r in rects]
        return [rect for rect in seen if not rect.isEmpty()]

    # What is seen

    def show_stop(self) -> None:
        """Words and places for the stop, the language, the look and the room there is."""
        if self.card is None or self.rings is None:
            return
        card, last = self.card, len(self.makers()) - 1
        self.place = min(self.place, last)
        stop = self.stop()
        count = self.tr("%1 of %2").replace("%1", str(self.place + 1))
        card.count.setText(count.replace("%2", str(last + 1)))
        card.skip.setText(self.tr("Skip"))
        card.back.setText(self.tr("Back"))
        card.next.setText(self.tr("Done") if self.place == last else self.tr("Next"))
        card.tell(stop.title, stop.lines, is_first=self.place == 0, is_last=self.place == last)
        room, gap = self.window.rect(), self.window.look.px(8)
        sizes = card.sizes(room.width() - 2 * gap)
        where = beside(sizes, stop.spoken, self._clear(), room, gap)
        card.setFixedWidth(where.width())
        card.setGeometry(where)
        self.rings.show_around(stop.spoken, room)
        self.rings.raise_()
        card.raise_()

    def _on_changed(self) -> None:
        """Once everything has found its place."""
        if self.card is not None:
            self.later.start()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """The card stays beside its place."""
        if event.type() in {QEvent.Type.Resize, QEvent.Type.LanguageChange}:
            self._on_changed()
        return False


def _is_parameter(item: Item) -> bool:
    return item.picture is not None and item.picture.is_editable and not _is_mask(item)


def _is_mask(item: Item) -> bool:
    picture = item.picture
    return picture is not None and picture.is_editable and picture.matrix.origin == "mask"
