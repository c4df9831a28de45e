"""The map: the whole model as blocks; where one stands, what is done, what is to come."""

from __future__ import annotations

import html
from collections.abc import Mapping

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QToolTip, QWidget

from app.document import Document
from app.keys import keep_keys
from app.texts import Texts
from app.theme import Look
from app.views.parts.interfaces import Node as Told
from app.views.parts.interfaces import Role
from app.views.parts.map_changes import Moved, moved_most, moved_steps
from app.views.parts.map_drawing import Drawing
from app.views.parts.map_layout import Lane, Node, Sizes, make_lanes, place
from app.views.parts.room import Room
from app.views.parts.voice import Listed
from engine import comparison, moves

PAUSE = 60
"""Milliseconds after the last edit at which the map shows what it has changed."""


class Map(QWidget):
    """Lanes of blocks from the bottom up, as in figure 1 of the paper; a click goes there."""

    def __init__(
        self, document: Document, look: Look, texts: Texts, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.document = document
        self.look = look
        self.texts = texts
        self.unfolded: frozenset[str] = frozenset()
        self.lanes: list[Lane] = []
        self._moved: Mapping[str, float] | None = {}
        # The tints may follow when the hand rests: a number that is scrubbed has others to draw.
        self.later = QTimer(self)
        self.later.setSingleShot(True)
        self.later.setInterval(PAUSE)
        self.later.timeout.connect(self.update)
        self.drawn_apart: frozenset[str] = frozenset()
        self.setObjectName("map")
        # A click goes somewhere; the arrow keys then walk on from there, not over the map.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        keep_keys(self, (Qt.Key.Key_Up, Qt.Key.Key_Down))
        document.trace_changed.connect(self._on_trace)
        document.model_changed.connect(self._on_changed)
        document.trace_changed.connect(self._on_numbers)
        document.sides_changed.connect(self._on_numbers)
        document.cursor_changed.connect(self._on_changed)
        look.changed.connect(self._on_changed)
        Room(self).changed.connect(self._on_changed)
        self._on_changed()
        self.voice = Listed(self, self.told_name, self.told)
        document.cursor_changed.connect(self.voice.tell)

    def _on_trace(self) -> None:
        self._moved = None
        self.later.start()

    @property
    def moved(self) -> Mapping[str, float]:
        """By how much the last edit changed each step; worked out when it is asked for."""
        if self._moved is None:
            self._moved = moved_steps(self.document)
        return self._moved

    def _on_changed(self) -> None:
        self.here = list(self.document.trace.steps).index(self.document.cursor.path)
        self._place()
        self.update()

    def _place(self) -> None:
        """All layers open if there is room for them, else only the present one."""
        room = (self.parentWidget() or self).height()
        for most_open in (2, 0):
            self.lanes = make_lanes(self.document.trace, self.here, self.unfolded, most_open)
            wide, high = self._place_lanes()
            if high <= room:
                break
        # Only of what is drawn in the end: a scroll bar for what was but tried would stay.
        self.setMinimumSize(round(wide), round(high))

    def here_rect(self) -> QRectF:
        """Where the present box lies, for whoever scrolls."""
        boxes = [b for lane in self.lanes for b in lane.boxes()]
        return next((b.rect for b in boxes if b.holds(self.here)), QRectF())

    def _place_lanes(self) -> tuple[float, float]:
        """Give every box its rectangle; gives the width and height needed."""
        px = self.look.px
        outer = self.parentWidget() or self
        room = outer.height()
        foot = px(34)
        count = max(len(lane.boxes()) for lane in self.lanes)
        box = min(max((room - foot - px(110)) / max(count + 1, 1) - px(8), px(28)), px(38))
        lane = max(outer.width() / len(self.lanes) - 2 * px(7), px(86))
        size = Sizes(lane, px(8), box, px(18), px(7))
        needed = place(self.lanes, size, 0.0) + foot + px(10)
        self.foot = max(room, needed) - foot
        place(self.lanes, size, self.foot)
        return (lane + 2 * px(7)) * len(self.lanes), needed

    def sizeHint(self) -> QSize:
        """Wide enough for two lanes."""
        return QSize(self.look.px(236), self.look.px(500))

    def changeEvent(self, event: QEvent) -> None:
        """Texts may be in another language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.update()
        super().changeEvent(event)

    def resizeEvent(self, _event: QEvent) -> None:
        """Use the new room."""
        self._place()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Frames, boxes, arrows, and the words at the foot."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        scenario = self.document.scenario
        drawing = Drawing(
            painter,
            self.look,
            self.texts,
            self.document.step,
            self.here,
            pinned=frozenset(scenario.pins),
            tied=frozenset((*scenario.ties, *scenario.ties.values())),
            apart=self.drawn_apart,
            moved=self.moved,
        )
        drawing.paint(self.lanes, self.foot)
        if self.hasFocus():
            painter.setPen(QPen(self.look.color("here_line"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        painter.end()

    def _on_numbers(self) -> None:
        """Drawn anew only where other boxes differ now: numbers change while one is scrubbed."""
        apart = self.apart()
        if apart != self.drawn_apart:
            self.drawn_apart = apart
            self.update()

    def apart(self) -> frozenset[str]:
        """In a comparison, the steps with other numbers on the other side."""
        sheets = self.document.state.sheets
        if len(sheets) == 1:
            return frozenset()
        return comparison.differing(*(sheet.trace for sheet in sheets))

    # Going there

    def node_at(self, point: QPointF) -> Node | None:
        """The box under the mouse."""
        boxes = [b for lane in self.lanes for b in lane.boxes()]
        return next((b for b in boxes if b.rect.contains(point)), None)

    def _frame_at(self, point: QPointF) -> Node | None:
        """The frame whose label is under the mouse."""
        for lane in self.lanes:
            for node in lane.nodes:
                for frame in node.children:
                    label = QRectF(frame.rect.topLeft(), frame.rect.topRight() + QPointF(0, 1))
                    label.setHeight(self.look.px(18))
                    if not frame.is_box and label.contains(point):
                        return frame
        return None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to a box's first step; a click on a layer's label folds or unfolds it."""
        node = self.node_at(event.position())
        if node is not None:
            if node.is_folded:
                self.unfolded |= {node.block.path}
            path = list(self.document.trace.steps)[node.first]
            depth = self.document.cursor.depth
            self.document.go_to(path, moves.BLOCK if depth == moves.BLOCK else moves.STEP)
            self._on_changed()
            return
        frame = self._frame_at(event.position())
        if frame is not None:
            self.unfolded ^= {frame.block.path}
            self._on_changed()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down go from box to box while the map has the keyboard."""
        by = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()))
        if by is None:
            event.ignore()
            return
        boxes = self._in_order()
        index = next(i for i, b in enumerate(boxes) if b.holds(self.here)) + by
        if 0 <= index < len(boxes):
            self.document.go_to(list(self.document.trace.steps)[boxes[index].first])

    def event(self, event: QEvent) -> bool:
        """What a block does, where the mouse rests."""
        if event.type() == QEvent.Type.ToolTip:
            node = self.node_at(QPointF(event.pos()))  # type: ignore[attr-defined]
            text = ""
            if node is not None:
                found = self.texts.block(node.block)
                text = f"<b>{found.name}</b><br>{found.about}"
                if (moved := moved_most(node.block, self.moved)) is not None:
                    bar = self.tr("The bar is half full at a hundredth of the largest number.")
                    text += f"<br>{html.escape(self._told(moved))}<br>{bar}"
                if not self.drawn_apart.isdisjoint(s.path for s in node.block.steps()):
                    text += "<br>" + self.tr("Diamond: A and B have other numbers here.")
            QToolTip.showText(event.globalPos(), text, self)  # type: ignore[attr-defined]
            return True
        return super().event(event)

    def _told(self, moved: Moved) -> str:
        name = self.texts.step(moved.step).name
        return moved.told(name, is_undone=self.document.is_undone)

    # What screen readers are told

    def told_name(self) -> str:
        """What the map is."""
        return self.tr("Map of the model")

    def told(self) -> list[Told]:
        """Every box with the blocks around it, and whether it is done."""
        chains = [chain for lane in self.lanes for node in lane.nodes for chain in node.chains()]
        found = []
        for *around, box in sorted(chains, key=lambda chain: chain[-1].first):
            is_here = box.holds(self.here)
            moved = moved_most(box.block, self.moved)
            told = self._told(moved) if moved else ""
            state = self.tr("to come") if box.first > self.here else self.tr("done")
            found.append(
                Told(
                    ("box", box.block.path),
                    Role.ListItem,
                    ", ".join(self.texts.block(node.block).name for node in (*around, box)),
                    box.rect,
                    description=", ".join(
                        t for t in (self.tr("you are here") if is_here else state, told) if t
                    ),
                    is_selected=is_here,
                )
            )
        return found

    def _in_order(self) -> list[Node]:
        """All boxes, first step first."""
        boxes = [b for lane in self.lanes for b in lane.boxes()]
        return sorted(boxes, key=lambda b: b.first)
