"""The timeline: first, back, play, forward, last; where one is among all steps."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QToolButton,
    QToolTip,
    QWidget,
)

from app.document import Document
from app.icons import icon
from app.keys import PRESS, keep_keys
from app.playback import Playback
from app.texts import Texts
from app.theme import Look
from app.views.parts.interfaces import Node as Told
from app.views.parts.interfaces import Role
from app.views.parts.map_layout import Node, make_lanes
from app.views.parts.voice import Listed
from engine import moves

MOST_LABELS = 20


class Bar(QWidget):
    """All steps from left to right, divided by blocks; a click or a drag goes there."""

    def __init__(
        self, document: Document, look: Look, texts: Texts, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.document = document
        self.look = look
        self.texts = texts
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        for signal in (document.model_changed, document.cursor_changed, look.changed):
            signal.connect(self._on_changed)
        self.voice = Listed(self, self.told_name, self.told)

    def told_name(self) -> str:
        """Which step of how many, for screen readers."""
        text = self.tr("Step %1 of %2: %3").replace("%1", str(self.here() + 1))
        name = self.texts.step(self.document.step).name
        return text.replace("%2", str(len(self.document.trace))).replace("%3", name)

    def told(self) -> list[Told]:
        """Each block's piece, for screen readers."""
        return [
            Told(
                ("block", node.block.path),
                Role.ListItem,
                self.texts.block(node.block).name,
                rect,
                is_selected=node.holds(self.here()),
            )
            for rect, node in self.pieces()
        ]

    def _on_changed(self) -> None:
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """A bar with its labels."""
        return QSize(self.look.px(200), self.look.px(34))

    def minimumSizeHint(self) -> QSize:
        """As high as the hint."""
        return QSize(self.look.px(60), self.look.px(34))

    def changeEvent(self, event: QEvent) -> None:
        """Texts may be in another language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.update()
        super().changeEvent(event)

    def here(self) -> int:
        """The present step's place."""
        return list(self.document.trace.steps).index(self.document.cursor.path)

    def nodes(self) -> list[Node]:
        """The map's boxes, all layers open, in the order of the steps."""
        lanes = make_lanes(self.document.trace, self.here(), frozenset(), most_open=99)
        return sorted((b for lane in lanes for b in lane.boxes()), key=lambda b: b.first)

    def pieces(self) -> list[tuple[QRectF, Node]]:
        """Each block's piece of the bar."""
        count = len(self.document.trace)
        each, found = self.width() / count, []
        for node in self.nodes():
            width = (node.last - node.first + 1) * each
            rect = QRectF(node.first * each, self.look.px(5), width, self.look.px(10))
            found.append((rect.adjusted(0, 0, -min(2.0, width / 4), 0), node))
        return found

    def labels(self) -> list[tuple[QRectF, Node]]:
        """What is named under the bar: the boxes, or of many boxes the blocks they are in."""
        pieces = self.pieces()
        if len(pieces) <= MOST_LABELS:
            return pieces
        each = self.width() / len(self.document.trace)
        lanes = make_lanes(self.document.trace, self.here(), frozenset(), most_open=99)
        found = []
        for node in (n for lane in lanes for n in lane.nodes):
            width = (node.last - node.first + 1) * each
            found.append((QRectF(node.first * each, 0, width, self.look.px(15)), node))
        return found

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Blocks that are done, the one that is not yet, and the mark of the present step."""
        painter = QPainter(self)
        look, here = self.look, self.here()
        each = self.width() / len(self.document.trace)
        done = (here + 1) * each
        painter.setFont(look.font(10.5))
        metrics = QFontMetricsF(painter.font())
        for rect, node in self.pieces():
            painter.fillRect(rect, look.color("line"))
            part = QRectF(rect)
            part.setRight(min(rect.right(), done))
            if part.width() > 0 and node.first <= here:
                painter.fillRect(part, look.color("done_line"))
        for rect, node in self.labels():
            name = self.texts.block(node.block).short
            if metrics.horizontalAdvance(name) < rect.width() - 2:
                painter.setPen(look.color("ink" if node.holds(here) else "faint"))
                label = QRectF(rect.left(), rect.bottom() + 1, rect.width(), look.px(18))
                painter.drawText(label, int(Qt.AlignmentFlag.AlignLeft), name)
        mark = QRectF(here * each, look.px(2), max(each - 1, look.px(5)), look.px(16))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(look.color("card"))
        painter.setBrush(look.color("here_line"))
        painter.drawRoundedRect(mark, 2, 2)
        painter.end()

    def _go(self, point: QPointF) -> None:
        count = len(self.document.trace)
        place = min(max(int(point.x() / self.width() * count), 0), count - 1)
        path = list(self.document.trace.steps)[place]
        depth = self.document.cursor.depth
        self.document.go_to(path, depth if depth == moves.BLOCK else moves.STEP)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the step under the mouse."""
        self._go(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the drag."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._go(event.position())

    def event(self, event: QEvent) -> bool:
        """The step's name where the mouse rests."""
        if event.type() == QEvent.Type.ToolTip:
            count = len(self.document.trace)
            place = min(max(int(event.pos().x() / self.width() * count), 0), count - 1)  # type: ignore[attr-defined]
            step = list(self.document.trace)[place]
            text = f"{place + 1}. {self.texts.step(step).name}\n{step.path}"
            QToolTip.showText(event.globalPos(), text, self)  # type: ignore[attr-defined]
            return True
        return super().event(event)


class Timeline(QWidget):
    """Buttons, depth, bar and "step 9 of 84"."""

    def __init__(
        self,
        document: Document,
        look: Look,
        texts: Texts,
        playback: Playback,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.document = document
        self.look = look
        self.playback = playback
        self.setObjectName("timeline")
        self.bar = Bar(document, look, texts, self)
        self.where = QLabel(self)
        self.layout_ = QHBoxLayout(self)
        self.buttons: dict[str, QToolButton] = {}
        for name in ("first", "back", "play", "forward", "last"):
            self._add_button(name)
        self.depths: dict[str, QToolButton] = {}
        group = QButtonGroup(self)
        for depth in moves.DEPTHS:
            button = QToolButton(self)
            button.setCheckable(True)
            button.setObjectName(depth)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(self._on_depth)
            keep_keys(button, PRESS)
            group.addButton(button)
            self.depths[depth] = button
            self.layout_.addWidget(button)
        self.layout_.addWidget(self.bar, 1)
        self.layout_.addWidget(self.where)
        document.cursor_changed.connect(self._on_changed)
        document.model_changed.connect(self._on_changed)
        playback.changed.connect(self._on_icons)
        look.changed.connect(self._on_icons)
        look.changed.connect(self._on_changed)
        self._on_icons()
        self._on_changed()

    def _add_button(self, name: str) -> None:
        button = QToolButton(self)
        keep_keys(button, PRESS)
        button.setObjectName(name)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.buttons[name] = button
        self.layout_.addWidget(button)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room, only the present depth's button stays."""
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """The buttons that can't be done without, and a stump of the bar."""
        return QSize(self.look.px(300), self.look.px(46))

    def _fit(self) -> None:
        wide = self.width() / self.look.zoom * 100
        for depth, button in self.depths.items():
            button.setVisible(wide >= 760 or depth == self.document.cursor.depth)
        for name in ("first", "last"):
            self.buttons[name].setVisible(wide >= 560)
        self.where.setVisible(wide >= 440)

    def _depth_name(self, depth: str) -> str:
        return {
            moves.BLOCK: self.tr("Block"),
            moves.STEP: self.tr("Step"),
            moves.NUMBER: self.tr("Number"),
            moves.OPERATION: self.tr("Operation"),
        }[depth]

    def _on_changed(self) -> None:
        look, document = self.look, self.document
        edge = look.px(8)
        self.layout_.setContentsMargins(edge + 4, edge, edge + 4, edge)
        self.layout_.setSpacing(look.px(5))
        for depth, button in self.depths.items():
            button.setText(self._depth_name(depth))
            button.setChecked(document.cursor.depth == depth)
        count = len(document.trace)
        text = self.tr("step %1 of %2").replace("%1", str(self.bar.here() + 1))
        self.where.setText(text.replace("%2", str(count)))
        self._fit()

    def _on_icons(self) -> None:
        """Icons follow the theme, and whether it plays."""
        is_playing = self.playback.is_playing
        for name, button in self.buttons.items():
            shape = "pause" if name == "play" and is_playing else name
            button.setIcon(icon(shape, self.look, 14))
            button.setIconSize(QSize(self.look.px(14), self.look.px(14)))
        names = {
            "first": self.tr("First"),
            "back": self.tr("Back"),
            "play": self.tr("Pause") if is_playing else self.tr("Play"),
            "forward": self.tr("Forward"),
            "last": self.tr("Last"),
        }
        for name, button in self.buttons.items():
            button.setAccessibleName(names[name])

    def _on_depth(self) -> None:
        name = self.sender().objectName()
        self.document.move(lambda t, c: moves.at_depth(t, c, name))

    def changeEvent(self, event: QEvent) -> None:
        """Texts may be in another language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._on_changed()
            self._on_icons()
        super().changeEvent(event)
