"""The filmstrip: what the block reads and every step of it, as thumbnails."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QImage, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from app.document import Document
from app.palettes import Theme
from app.shading import as_image, cell_shades, slope_shades
from app.symbols import paint_symbol, plain, symbol_width
from app.texts import Texts
from app.theme import Look
from app.views.parts.interfaces import Node, Role
from app.views.parts.layers import Slope
from app.views.parts.reading import slope
from app.views.parts.retold import Retold
from app.views.parts.voice import Listed
from engine import Matrix, moves

Box = tuple[QRectF, Matrix, str, bool]
"""Where a thumbnail stands, its matrix and its name, whether the block reads it."""


def thumbnail(matrix: Matrix, theme: Theme) -> QImage:
    """One pixel a number, to be scaled up without smoothing."""
    return as_image(cell_shades(matrix.data, theme, is_share=matrix.is_share))


def thumbnails(matrix: Matrix, theme: Theme, slope: Slope | None) -> list[QImage]:
    """Values, gradient or both, whichever is shown."""
    found = []
    if slope is None or not slope.is_alone:
        found.append(thumbnail(matrix, theme))
    if slope is not None:
        found.append(as_image(slope_shades(slope.data, theme)))
    return found


def _columns(rect: QRectF, count: int) -> list[QRectF]:
    """A rectangle in so many parts side by side, with a line's width between."""
    wide = rect.width() / count
    edge = 0.0 if count == 1 else 1.0
    return [
        QRectF(rect.left() + i * wide + edge * i, rect.top(), wide - edge, rect.height())
        for i in range(count)
    ]


class Filmstrip(Retold, QWidget):
    """Thumbnails of the present block; a click goes to the step."""

    def __init__(
        self, document: Document, look: Look, texts: Texts, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.document = document
        self.look = look
        self.texts = texts
        self.setObjectName("filmstrip")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.drawn: list[Matrix] = []
        self.drawn_untold: frozenset[str] = frozenset()
        document.trace_changed.connect(self._on_numbers)
        document.cursor_changed.connect(self.update)
        document.goal_changed.connect(self.update)
        look.changed.connect(self._on_look)
        self.voice = Listed(self, self.told_name, self.told)

    def _on_numbers(self) -> None:
        """Paint only thumbnails of other numbers; where gradients are shown, that may be all."""
        boxes = self.boxes()
        is_told_alike = self.untold(boxes) == self.drawn_untold
        if self.document.goal is not None or not is_told_alike or len(boxes) != len(self.drawn):
            self.update()
            return
        for (box, matrix, _, _), drawn in zip(boxes, self.drawn, strict=True):
            if matrix is not drawn:
                self.update(box.toAlignedRect())

    def _on_look(self) -> None:
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """One row of thumbnails with symbol and name."""
        return QSize(self.look.px(300), self.look.px(92))

    def minimumSizeHint(self) -> QSize:
        """Any width, the height of a row."""
        return QSize(self.look.px(120), self.look.px(92))

    def entries(self) -> list[tuple[Matrix, str, bool]]:
        """What is shown: the matrix, its name, whether it is an input of the block."""
        trace = self.document.trace
        here = trace[self.document.cursor.path]
        segment = moves.segment_of(trace, here.path)
        inputs = [(trace.matrix(p), self.texts.step(trace[p]).name, True) for p in segment.inputs]
        return inputs[-3:] + [(s.output, self.texts.step(s).name, False) for s in segment.steps]

    def untold(self, boxes: Sequence[Box]) -> frozenset[str]:
        """What is kept back, and what this block makes of it: their colours would give it away."""
        kept = self.document.kept_back
        paths = [matrix.path for _, matrix, _, _ in boxes]
        first = next((i for i, path in enumerate(paths) if path in kept), len(paths))
        return frozenset(paths[first:])

    def boxes(self) -> list[Box]:
        """The entries with their places, shrunk together where the row is short."""
        found = self.entries()
        gap = self.look.px(4)
        each = min(self.look.px(92), (self.width() - gap) / max(len(found), 1) - gap)
        x = max(0.0, (self.width() - len(found) * (each + gap)) / 2)
        boxes = []
        for matrix, name, is_input in found:
            boxes.append((QRectF(x, 2, each, self.height() - 4), matrix, name, is_input))
            x += each + gap
        return boxes

    def paintEvent(self, event: QPaintEvent) -> None:
        """Done steps as they are, the present one on a card, those to come pale but readable.

        Kind by kind, which takes two thirds of the time that entry by entry does.
        """
        painter = QPainter(self)
        here, region, boxes = self.document.cursor.path, event.region(), self.boxes()
        untold = self.drawn_untold = self.untold(boxes)
        self.drawn = [matrix for _, matrix, _, _ in boxes]
        boxes = [entry for entry in boxes if region.intersects(entry[0].toAlignedRect())]
        for box, matrix, _, _ in boxes:
            if matrix.path == here:
                self._paint_card(painter, box)
        places = {path: place for place, path in enumerate(self.document.trace.steps)}
        for box, matrix, _, _ in boxes:
            painter.setOpacity(0.45 if places[matrix.path] > places[here] else 1.0)
            if matrix.path in untold:
                self._paint_question(painter, box, matrix)
            else:
                self._paint_thumbnail(painter, box, matrix)
        painter.setOpacity(1.0)
        for box, matrix, _, _ in boxes:
            self._paint_symbol(painter, box, matrix)
        for box, matrix, name, _ in boxes:
            painter.setPen(
                self.look.color("faint" if places[matrix.path] > places[here] else "ink")
            )
            self._paint_name(painter, box, matrix, name)
        painter.end()

    def _paint_card(self, painter: QPainter, box: QRectF) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self.look.color("here_line"))
        painter.setBrush(self.look.color("here"))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def _places(self, box: QRectF, rows: int, columns: int) -> tuple[QRectF, QRectF]:
        """The room for a thumbnail, and in its middle the thumbnail of so many cells."""
        px = self.look.px
        room = QRectF(box.left() + px(8), box.top() + px(7), box.width() - px(16), px(38))
        side = min(room.width() / columns, room.height() / rows, px(9))
        # On whole pixels: then the same cells come out wherever painting begins.
        picture = QRectF(0, 0, max(round(side * columns), 1), max(round(side * rows), 1))
        picture.moveCenter(room.center())
        picture.moveTopLeft(QPointF(picture.topLeft().toPoint()))
        return room, picture

    def _paint_question(self, painter: QPainter, box: QRectF, matrix: Matrix) -> None:
        """As large as the thumbnail will be: hatched as secret numbers are, and a question mark."""
        look = self.look
        room, picture = self._places(box, *matrix.shape)
        painter.fillRect(picture.adjusted(-1, -1, 1, 1), look.color("line"))
        painter.fillRect(picture, look.color("card"))
        painter.fillRect(picture, QBrush(look.color("hatch"), Qt.BrushStyle.BDiagPattern))
        face = look.face(15, bold=True)
        mark = QRectF(0, 0, face.width("?") + look.px(10), face.height * 0.95)
        mark.moveCenter(room.center())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.color("card"))
        painter.drawRoundedRect(mark, mark.height() / 2, mark.height() / 2)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(look.color("ink"))
        painter.setFont(face.font)
        painter.drawText(mark, int(Qt.AlignmentFlag.AlignCenter), "?")

    def _paint_thumbnail(self, painter: QPainter, box: QRectF, matrix: Matrix) -> None:
        look = self.look
        images = thumbnails(matrix, look.theme, slope(self.document, matrix))
        rows, columns = matrix.shape
        room, picture = self._places(box, rows, columns * len(images))
        # A frame as a filled ground: stroking a rectangle takes a hundred times as long.
        painter.fillRect(picture.adjusted(-1, -1, 1, 1), look.color("line"))
        for image, part in zip(images, _columns(picture, len(images)), strict=True):
            place = part.toRect()
            painter.drawImage(place.topLeft(), image.scaled(place.size()))
        if np.isnan(matrix.data).any():
            painter.setFont(look.font(11, bold=True))
            painter.setPen(look.color("accent"))
            painter.drawText(room, int(Qt.AlignmentFlag.AlignCenter), "NaN")

    def _paint_symbol(self, painter: QPainter, box: QRectF, matrix: Matrix) -> None:
        face, color = self.look.symbol_face(14), self.look.color(f"role:{matrix.role}")
        left = box.center().x() - symbol_width(matrix.symbol, face) / 2
        place = QPointF(left, box.top() + self.look.px(62))
        paint_symbol(painter, place, matrix.symbol, face, color)

    def _paint_name(self, painter: QPainter, box: QRectF, matrix: Matrix, name: str) -> None:
        look, face = self.look, self.look.face(11)
        if face.width(name) > box.width() and matrix.path != self.document.cursor.path:
            return  # a stump of a word says less than the symbol alone
        label = QRectF(box.left(), box.top() + look.px(68), box.width(), look.px(18))
        face.paint(painter, label, face.shortened(name, box.width() - 2))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the step."""
        for box, matrix, _, _ in self.boxes():
            if box.contains(event.position()):
                depth = self.document.cursor.depth
                keep = depth if depth in {moves.NUMBER, moves.OPERATION} else moves.STEP
                self.document.go_to(matrix.path, keep)
                return

    def event(self, event: QEvent) -> bool:
        """The full name of a step where the mouse rests."""
        if event.type() == QEvent.Type.ToolTip:
            point = QPointF(event.pos())  # type: ignore[attr-defined]
            boxes = self.boxes()
            untold = self.untold(boxes)
            texts = [
                f"{n}\n{self.asked_first()}" if m.path in untold else n
                for b, m, n, _ in boxes
                if b.contains(point)
            ]
            where = event.globalPos()  # type: ignore[attr-defined]
            QToolTip.showText(where, texts[0] if texts else "", self)
            return True
        return super().event(event)

    def told_name(self) -> str:
        """What the filmstrip is, for screen readers."""
        return self.tr("Steps of this block")

    def asked_first(self) -> str:
        """Why a thumbnail is none."""
        return self.tr("The lesson asks first: this comes with your answer.")

    def told(self) -> list[Node]:
        """Every thumbnail, for screen readers."""
        here, boxes = self.document.cursor.path, self.boxes()
        untold = self.untold(boxes)
        about = {True: self.tr("read by this block"), False: ""}
        return [
            Node(
                ("step", matrix.path),
                Role.ListItem,
                f"{plain(matrix.symbol)}, {name}",
                box,
                description=self.asked_first() if matrix.path in untold else about[is_input],
                is_selected=matrix.path == here,
            )
            for box, matrix, name, is_input in boxes
        ]
