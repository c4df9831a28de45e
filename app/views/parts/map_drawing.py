"""Drawing the map: frames, boxes, arrows and words, where the layout has put them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPainterPath, QPen, QPolygonF

from app.texts import Texts
from app.theme import Look
from app.views.parts.map_changes import moved_most, paint_gauge, tint
from app.views.parts.map_layout import Lane, Node, crossings, has_label
from engine import Step

MOST_WORDS = 6
"""How many words stand under a lane in full."""


class Drawing:
    """One drawing of the map for a given step, number `here` of the trace.

    pinned and apart: paths of steps with pins, and of those where two sides differ; tied:
    those of parameters; moved: by how much the last edit has changed which steps.
    """

    def __init__(
        self,
        painter: QPainter,
        look: Look,
        texts: Texts,
        step: Step,
        here: int,
        *,
        pinned: frozenset[str],
        tied: frozenset[str],
        apart: frozenset[str] = frozenset(),
        moved: Mapping[str, float] = MappingProxyType({}),
    ) -> None:
        self.painter = painter
        self.look = look
        self.texts = texts
        self.step = step
        self.here = here
        self.pinned = pinned
        self.tied = tied
        self.moved = moved
        self.apart = apart

    def paint(self, lanes: Sequence[Lane], foot: float) -> None:
        """All of it; the words stand below `foot`."""
        for lane in lanes:
            self._flow(lane)
            for node in lane.nodes:
                self._node(node, 0)
            self._words(lane, foot)
        self._crossings(lanes)

    def _node(self, node: Node, depth: int) -> None:
        if node.is_box:
            self._box(node)
            return
        look, rect = self.look, node.rect
        name = self.texts.block(node.block).name
        if not has_label(node, depth):
            name = ""
        elif depth == 0:
            self.painter.setFont(look.font(11, strong=True))
            self.painter.setPen(look.color("faint"))
            name = name.upper()
        else:
            self.painter.setPen(QPen(look.color("faint"), 1, Qt.PenStyle.DashLine))
            self.painter.setBrush(Qt.BrushStyle.NoBrush)
            self.painter.drawRoundedRect(rect, look.px(8), look.px(8))
            self.painter.setFont(look.font(11))
            self.painter.setPen(look.color("faint"))
            if node.siblings > 1:
                name = (
                    QCoreApplication.translate("Map", "%1 of %2")
                    .replace("%1", name)
                    .replace("%2", str(node.siblings))
                )
        label = QRectF(rect.left() + look.px(6), rect.top(), rect.width(), look.px(18))
        if name:  # the arrow of the lane runs behind the name
            width = QFontMetricsF(self.painter.font()).horizontalAdvance(name) + look.px(4)
            self.painter.fillRect(
                QRectF(label.left() - 1, label.top() + look.px(2), width, look.px(14)),
                look.color("window"),
            )
        self.painter.drawText(label, int(Qt.AlignmentFlag.AlignVCenter), name)
        for child in node.children:
            self._node(child, depth + 1)

    def state(self, node: Node) -> str:
        """ "here", "done" or "to_come"."""
        if node.holds(self.here):
            return "here"
        return "done" if node.last < self.here else "to_come"

    def _box(self, node: Node) -> None:
        look, rect, state = self.look, node.rect, self.state(node)
        line = {"here": "here_line", "done": "done_line", "to_come": "line"}[state]
        style = Qt.PenStyle.DotLine if state == "to_come" else Qt.PenStyle.SolidLine
        self.painter.setPen(QPen(look.color(line), look.px(2) if state == "here" else 1.2, style))
        moved = moved_most(node.block, self.moved)
        ground = look.color(state)
        self.painter.setBrush(ground if moved is None else tint(ground, moved, look))
        self.painter.drawRoundedRect(rect, look.px(7), look.px(7))
        if moved is not None:
            paint_gauge(self.painter, rect, moved, look)
        if node.is_folded:
            self.painter.drawLine(
                QPointF(rect.left() + look.px(6), rect.bottom() + look.px(3)),
                QPointF(rect.right() - look.px(6), rect.bottom() + look.px(3)),
            )
        self._held(node)
        if any(s.path in self.apart for s in node.block.steps()):
            self._diamond(rect.topRight() + QPointF(-look.px(4), look.px(4)))
        is_pale = state == "to_come" and moved is None
        self.painter.setPen(look.color("faint" if is_pale else "ink"))
        inner = self._inner_name(node) if state == "here" else ""
        name = self.texts.block(node.block).short
        upper = rect if not inner else rect.adjusted(0, 2, 0, -rect.height() * 0.34)
        self._text(upper, name, 12.0, strong=state == "here")
        if inner:
            lower = rect.adjusted(0, rect.height() * 0.64, 0, -2)
            self._text(lower, inner, 10.5, strong=False)

    def _held(self, node: Node) -> None:
        """A pin's head where a result inside is pinned, a chain where a matrix is tied."""
        painter, look, corner = self.painter, self.look, node.rect.topLeft()
        steps = list(node.block.steps())
        if any(s.path in self.pinned for s in steps):
            painter.setBrush(look.color("accent"))
            painter.setPen(QPen(look.color("card"), 1))
            painter.drawEllipse(corner + QPointF(3, 3), look.px(5), look.px(5))
        if any(m.path in self.tied for s in steps for m in s.inputs):
            painter.setBrush(look.color("card"))
            painter.setPen(QPen(look.color("ink"), 1.2))
            wide, high = look.px(8), look.px(5)
            for left in (0.0, 0.65 * wide):
                link = QRectF(corner.x() + look.px(7) + left, corner.y() - 0.5 * high, wide, high)
                painter.drawRoundedRect(link, high / 2, high / 2)

    def _diamond(self, at: QPointF) -> None:
        """Where A and B of a comparison have other numbers."""
        side = self.look.px(5)
        self.painter.setPen(QPen(self.look.color("card"), 1))
        self.painter.setBrush(self.look.color("link"))
        around = ((0, -side), (side, 0), (0, side), (-side, 0))
        self.painter.drawPolygon(QPolygonF([at + QPointF(*by) for by in around]))

    def _text(self, rect: QRectF, text: str, pixels: float, *, strong: bool) -> None:
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
        self.painter.setFont(font)
        self.painter.drawText(inner, flags, text)

    def _inner_name(self, node: Node) -> str:
        """Which of the blocks inside a box the cursor is in: "Head 1 of 2"."""
        path = self.step.path
        blocks = node.block.blocks
        for block in blocks:
            if any(s.path == path for s in block.steps()):
                name = self.texts.block(block).name
                if len(blocks) == 1:
                    return name
                return (
                    QCoreApplication.translate("Map", "%1 of %2")
                    .replace("%1", name)
                    .replace("%2", str(len(blocks)))
                )
        return ""

    def _flow(self, lane: Lane) -> None:
        """Small arrows from box to box."""
        self.painter.setPen(QPen(self.look.color("faint"), 1.1))
        boxes = lane.boxes()
        for below, above in pairwise(boxes):
            x = below.rect.center().x()
            start, end = below.rect.top(), above.rect.bottom()
            self.painter.drawLine(QPointF(x, start), QPointF(x, end))
            self._arrow_head(QPointF(x, end), QPointF(0, -1))

    def _arrow_head(self, tip: QPointF, way: QPointF) -> None:
        size = self.look.px(4)
        side = QPointF(-way.y(), way.x())
        shape = QPolygonF(
            [tip, tip - way * size + side * size * 0.7, tip - way * size - side * size * 0.7]
        )
        self.painter.save()
        self.painter.setBrush(self.painter.pen().color())
        self.painter.drawPolygon(shape)
        self.painter.restore()

    def _crossings(self, lanes: Sequence[Lane]) -> None:
        """Arrows between the lanes; they light where the present step reads across."""
        for source, reader, steps in crossings(lanes):
            is_lit = any(s is self.step for s in steps)
            self.painter.setPen(
                QPen(
                    self.look.color("here_line" if is_lit else "faint"),
                    self.look.px(3) if is_lit else 1.2,
                )
            )
            self.painter.setBrush(Qt.BrushStyle.NoBrush)
            middle = (source.rect.right() + reader.rect.left()) / 2
            start = QPointF(source.rect.center().x(), source.rect.top())
            end = QPointF(reader.rect.left(), reader.rect.center().y())
            top = min(source.rect.top() - self.look.px(6), start.y())
            path = QPainterPath(start)
            path.lineTo(start.x(), top)
            path.lineTo(middle, top)
            path.lineTo(middle, end.y())
            path.lineTo(end)
            self.painter.drawPath(path)
            self._arrow_head(end, QPointF(1, 0))

    def _words(self, lane: Lane, foot: float) -> None:
        look = self.look
        self.painter.setFont(look.font(11))
        self.painter.setPen(look.color("faint"))
        words = "  ".join(lane.words)
        if len(lane.words) > MOST_WORDS:
            words = "  ".join((*lane.words[: MOST_WORDS - 1], "…", lane.words[-1]))
        room = QRectF(lane.rect.left(), foot, lane.rect.width(), look.px(34))
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
        self.painter.drawText(
            room.adjusted(-4, 2, 4, 0), int(flags | Qt.TextFlag.TextWordWrap), words
        )


def _one_of(name: str, count: int) -> str:
    """Which of how many: Layer 1 of 2."""
    text = QCoreApplication.translate("Map", "%1 of %2")
    return text.replace("%1", name).replace("%2", str(count))
