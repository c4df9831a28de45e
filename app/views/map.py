"""The map: the whole model as blocks; where one stands, what is done, what is to come."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QToolTip, QWidget

from app.document import Document
from app.texts import Texts
from app.theme import Look
from app.views.parts.map_layout import Lane, Node, Sizes, crossings, has_label, make_lanes, place
from engine import moves

MOST_WORDS = 6
"""How many words stand under a lane in full."""


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
        self.setObjectName("map")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        document.model_changed.connect(self._on_changed)
        document.cursor_changed.connect(self._on_changed)
        look.changed.connect(self._on_changed)
        self._on_changed()

    def _on_changed(self) -> None:
        self.here = list(self.document.trace.steps).index(self.document.cursor.path)
        self._place()
        self.update()

    def _place(self) -> None:
        """All layers open if there is room for them, else only the present one."""
        room = (self.parentWidget() or self).height()
        for most_open in (2, 0):
            self.lanes = make_lanes(self.document.trace, self.here, self.unfolded, most_open)
            if self._place_lanes() <= room:
                break

    def here_rect(self) -> QRectF:
        """Where the present box lies, for whoever scrolls."""
        boxes = [b for lane in self.lanes for b in lane.boxes()]
        return next((b.rect for b in boxes if b.holds(self.here)), QRectF())

    def _place_lanes(self) -> float:
        px = self.look.px
        outer = self.parentWidget() or self
        room = outer.height()
        foot = px(34)
        count = max(len(lane.boxes()) for lane in self.lanes)
        box = min(max((room - foot - px(110)) / max(count + 1, 1) - px(8), px(28)), px(38))
        lane = max(outer.width() / len(self.lanes) - 2 * px(7), px(86))
        size = Sizes(lane, px(8), box, px(18), px(7))
        needed = place(self.lanes, size, 0.0) + foot + px(10)
        self.setMinimumSize(round((lane + 2 * px(7)) * len(self.lanes)), round(needed))
        self.foot = max(room, needed) - foot
        place(self.lanes, size, self.foot)
        return needed

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

    # Painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Frames, boxes, arrows, and the words at the foot."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for lane in self.lanes:
            self._paint_flow(painter, lane)
            for node in lane.nodes:
                self._paint_node(painter, node, 0)
            self._paint_words(painter, lane)
        self._paint_crossings(painter)
        if self.hasFocus():
            painter.setPen(self.look.color("here_line"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        painter.end()

    def _paint_node(self, painter: QPainter, node: Node, depth: int) -> None:
        if node.is_box:
            self._paint_box(painter, node)
            return
        look, rect = self.look, node.rect
        name = self.texts.block(node.block).name
        if not has_label(node, depth):
            name = ""
        elif depth == 0:
            painter.setFont(look.font(11, strong=True))
            painter.setPen(look.color("faint"))
            name = name.upper()
        else:
            painter.setPen(QPen(look.color("faint"), 1, Qt.PenStyle.DashLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect, look.px(8), look.px(8))
            painter.setFont(look.font(11))
            painter.setPen(look.color("faint"))
            if node.siblings > 1:
                name = self.tr("%1 of %2").replace("%1", name).replace("%2", str(node.siblings))
        label = QRectF(rect.left() + look.px(6), rect.top(), rect.width(), look.px(18))
        if name:  # the arrow of the lane runs behind the name
            width = QFontMetricsF(painter.font()).horizontalAdvance(name) + look.px(4)
            painter.fillRect(
                QRectF(label.left() - 1, label.top() + look.px(2), width, look.px(14)),
                look.color("window"),
            )
        painter.drawText(label, int(Qt.AlignmentFlag.AlignVCenter), name)
        for child in node.children:
            self._paint_node(painter, child, depth + 1)

    def state(self, node: Node) -> str:
        """ "here", "done" or "to_come"."""
        if node.holds(self.here):
            return "here"
        return "done" if node.last < self.here else "to_come"

    def _paint_box(self, painter: QPainter, node: Node) -> None:
        look, rect, state = self.look, node.rect, self.state(node)
        line = {"here": "here_line", "done": "done_line", "to_come": "line"}[state]
        style = Qt.PenStyle.DotLine if state == "to_come" else Qt.PenStyle.SolidLine
        painter.setPen(QPen(look.color(line), look.px(2) if state == "here" else 1.2, style))
        painter.setBrush(look.color(state))
        painter.drawRoundedRect(rect, look.px(7), look.px(7))
        if node.is_folded:
            painter.drawLine(
                QPointF(rect.left() + look.px(6), rect.bottom() + look.px(3)),
                QPointF(rect.right() - look.px(6), rect.bottom() + look.px(3)),
            )
        painter.setPen(look.color("ink" if state != "to_come" else "faint"))
        inner = self._inner_name(node) if state == "here" else ""
        name = self.texts.block(node.block).short
        upper = rect if not inner else rect.adjusted(0, 2, 0, -rect.height() * 0.34)
        self._paint_text(painter, upper, name, 12.0, strong=state == "here")
        if inner:
            lower = rect.adjusted(0, rect.height() * 0.64, 0, -2)
            self._paint_text(painter, lower, inner, 10.5, strong=False)

    def _paint_text(
        self, painter: QPainter, rect: QRectF, text: str, pixels: float, *, strong: bool
    ) -> None:
        """Text in the middle of a box, smaller where it would not fit."""
        inner = rect.adjusted(self.look.px(3), 0, -self.look.px(3), 0)
        flags = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
        font = self.look.font(pixels, strong=strong)
        while pixels > 9.5:
            needed = QFontMetricsF(font).boundingRect(inner, flags, text)
            if needed.width() <= inner.width() and needed.height() <= inner.height():
                break
            pixels -= 0.5
            font = self.look.font(pixels, strong=strong)
        painter.setFont(font)
        painter.drawText(inner, flags, text)

    def _inner_name(self, node: Node) -> str:
        """Which of the blocks inside a box the cursor is in: "Head 1 of 2"."""
        path = self.document.cursor.path
        blocks = node.block.blocks
        for block in blocks:
            if any(s.path == path for s in block.steps()):
                name = self.texts.block(block).name
                if len(blocks) == 1:
                    return name
                return self.tr("%1 of %2").replace("%1", name).replace("%2", str(len(blocks)))
        return ""

    def _paint_flow(self, painter: QPainter, lane: Lane) -> None:
        """Small arrows from box to box."""
        painter.setPen(QPen(self.look.color("faint"), 1.1))
        boxes = lane.boxes()
        for below, above in pairwise(boxes):
            x = below.rect.center().x()
            start, end = below.rect.top(), above.rect.bottom()
            painter.drawLine(QPointF(x, start), QPointF(x, end))
            self._arrow_head(painter, QPointF(x, end), QPointF(0, -1))

    def _arrow_head(self, painter: QPainter, tip: QPointF, way: QPointF) -> None:
        size = self.look.px(4)
        side = QPointF(-way.y(), way.x())
        shape = QPolygonF(
            [tip, tip - way * size + side * size * 0.7, tip - way * size - side * size * 0.7]
        )
        painter.save()
        painter.setBrush(painter.pen().color())
        painter.drawPolygon(shape)
        painter.restore()

    def _paint_crossings(self, painter: QPainter) -> None:
        """Arrows between the lanes; they light where the present step reads across."""
        step = self.document.step
        for source, reader, steps in crossings(self.lanes):
            is_lit = any(s is step for s in steps)
            painter.setPen(
                QPen(
                    self.look.color("here_line" if is_lit else "faint"),
                    self.look.px(3) if is_lit else 1.2,
                )
            )
            painter.setBrush(Qt.BrushStyle.NoBrush)
            middle = (source.rect.right() + reader.rect.left()) / 2
            start = QPointF(source.rect.center().x(), source.rect.top())
            end = QPointF(reader.rect.left(), reader.rect.center().y())
            top = min(source.rect.top() - self.look.px(6), start.y())
            path = QPainterPath(start)
            path.lineTo(start.x(), top)
            path.lineTo(middle, top)
            path.lineTo(middle, end.y())
            path.lineTo(end)
            painter.drawPath(path)
            self._arrow_head(painter, end, QPointF(1, 0))

    def _paint_words(self, painter: QPainter, lane: Lane) -> None:
        look = self.look
        painter.setFont(look.font(11))
        painter.setPen(look.color("faint"))
        words = "  ".join(lane.words)
        if len(lane.words) > MOST_WORDS:
            words = "  ".join((*lane.words[: MOST_WORDS - 1], "…", lane.words[-1]))
        room = QRectF(lane.rect.left(), self.foot, lane.rect.width(), look.px(34))
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
        painter.drawText(room.adjusted(-4, 2, 4, 0), int(flags | Qt.TextFlag.TextWordWrap), words)

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
        boxes = sorted((b for lane in self.lanes for b in lane.boxes()), key=lambda b: b.first)
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
            QToolTip.showText(event.globalPos(), text, self)  # type: ignore[attr-defined]
            return True
        return super().event(event)
