"""Painting a matrix: one function of a painter, for the screen and for every export."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QWidget

from app.symbols import paint_symbol
from app.theme import Look
from app.views.parts.cells import paint_cells
from app.views.parts.matrix import CHAIN, LABEL, Marks, MatrixPicture, Spot, Twin


def paint_matrix(picture: MatrixPicture, painter: QPainter, marks: Marks) -> None:
    """Paint at the painter's origin."""
    _paint_head(picture, painter)
    _paint_frame(picture, painter)
    _paint_labels(picture, painter, marks)
    paint_cells(picture, painter)
    _paint_marks(picture, painter, marks)


def paint_card(widget: QWidget, rect: QRect, look: Look) -> None:
    """A rounded ground on a widget, for what stands on it."""
    painter = QPainter(widget)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(look.color("line"))
    painter.setBrush(look.color("card"))
    radius = look.px(9)
    painter.drawRoundedRect(rect, radius, radius)
    painter.end()


def _color(picture: MatrixPicture) -> QColor:
    role = picture.matrix.role
    return picture.look.color("faint") if picture.is_working else picture.look.color(f"role:{role}")


def _paint_head(picture: MatrixPicture, painter: QPainter) -> None:
    em, measured = picture.look.px(picture.pixels), picture.measured
    x = (picture.frame.left() + picture.frame.right() - picture.head_width) / 2
    # What hangs below the line, as an index does, is to touch neither frame nor column names.
    base = min(1.35, picture.spacing.head - 0.45) * em
    if measured.prefix:
        ink = picture.look.color("ink")
        paint_symbol(painter, QPointF(x, base), measured.prefix, picture.head_face, ink)
    start = QPointF(x + em * measured.lead, base)
    paint_symbol(painter, start, measured.title, picture.head_face, _color(picture))
    x += em * (measured.symbol + 0.4)
    if measured.twin is not None:
        _paint_tie(picture, painter, QPointF(x, base), measured.twin)
        x += em * measured.tied
    painter.setPen(picture.look.color("faint"))
    if picture.has_name:
        picture.label_face.write(painter, QPointF(x, base), measured.name)
        x += em * measured.named
    picture.label_face.write(painter, QPointF(x, base), measured.shape_text)
    if picture.is_editable:
        x += em * (measured.shape + 0.35)
        _paint_pencil(picture, painter, QRectF(x, base - 0.75 * em, 0.8 * em, 0.8 * em))


def _paint_tie(picture: MatrixPicture, painter: QPainter, at: QPointF, twin: Twin) -> None:
    """A chain of two links, and what the matrix is one with."""
    em, look = picture.look.px(picture.pixels), picture.look
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(look.color("ink"), max(1.2, 0.11 * em)))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for left in (0.15, 0.57):
        link = QRectF(at.x() + left * em, at.y() - 0.55 * em, 0.62 * em, 0.4 * em)
        painter.drawRoundedRect(link, 0.2 * em, 0.2 * em)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    at += QPointF(CHAIN * em, 0)
    color = look.color(f"role:{twin.role}")
    wide = paint_symbol(painter, at, f"= {twin.symbol}", picture.head_face, color)
    if twin.where:
        painter.setFont(picture.label_face.font)
        painter.setPen(look.color("faint"))
        painter.drawText(at + QPointF(wide + 0.3 * em, 0), twin.where)


def _paint_pencil(picture: MatrixPicture, painter: QPainter, box: QRectF) -> None:
    path = QPainterPath()
    for index, (x, y) in enumerate(((0, 1), (0.08, 0.68), (0.7, 0.05), (0.95, 0.3), (0.32, 0.92))):
        point = QPointF(box.left() + x * box.width(), box.top() + y * box.height())
        path.lineTo(point) if index else path.moveTo(point)
    path.closeSubpath()
    painter.setPen(QPen(picture.look.color("faint"), max(1.0, box.width() / 9)))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.drawPath(path)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def _paint_frame(picture: MatrixPicture, painter: QPainter) -> None:
    em, f = picture.look.px(picture.pixels), picture.frame
    width = max(1.5, 0.13 * em)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if picture.is_working:
        painter.setPen(QPen(_color(picture), max(1.0, width * 0.7), Qt.PenStyle.DashLine))
        painter.drawRoundedRect(f, 0.3 * em, 0.3 * em)
    else:
        painter.setPen(QPen(_color(picture), width))
        reach = 0.4 * em
        for side, turn in ((f.left(), 1), (f.right(), -1)):
            path = QPainterPath(QPointF(side + turn * reach, f.top()))
            path.quadTo(side, f.top(), side, f.top() + reach)
            path.lineTo(side, f.bottom() - reach)
            path.quadTo(side, f.bottom(), side + turn * reach, f.bottom())
            painter.drawPath(path)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def _paint_labels(picture: MatrixPicture, painter: QPainter, marks: Marks) -> None:
    em = picture.look.px(picture.pixels)
    face = picture.label_face
    chosen = picture.spot(*marks.selected) if marks.selected else (-1, -1)
    strong = picture.look.face(picture.pixels * LABEL, bold=True)
    for place, name, rect, align in _labels(picture, em):
        is_chosen = name and place == chosen[0 if align & Qt.AlignmentFlag.AlignRight else 1]
        painter.setPen(picture.look.color("ink" if is_chosen else "faint"))
        text = face.shortened(name, rect.width() + 1)
        (strong if is_chosen else face).paint(painter, rect, text, align)


def _labels(picture: MatrixPicture, em: float) -> list[tuple[int, str, QRectF, Qt.AlignmentFlag]]:
    found = []
    y, x = picture.down.edges, picture.across.edges
    if picture.label_width:
        left = picture.grid.left() - picture.label_width - 0.15 * em
        for row in range(picture.down.first, picture.down.first + picture.down.count):
            rect = QRectF(
                left,
                picture.grid.top() + y[row],
                picture.label_width - 0.2 * em,
                y[row + 1] - y[row],
            )
            found.append((row, picture.measured.row_names[row], rect, Qt.AlignmentFlag.AlignRight))
    if picture.has_column_names:
        top = picture.grid.top() - picture.spacing.names * em
        for column in range(picture.across.first, picture.across.first + picture.across.count):
            rect = QRectF(picture.grid.left() + x[column], top, x[column + 1] - x[column], 1.2 * em)
            name = picture.measured.column_names[column]
            found.append((column, name, rect, Qt.AlignmentFlag.AlignHCenter))
    return found


def _paint_marks(picture: MatrixPicture, painter: QPainter, marks: Marks) -> None:
    em = picture.look.px(picture.pixels)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    _paint_corners(picture, painter, marks.changed)
    _paint_pins(picture, painter, marks.pinned)
    if marks.goal is not None:
        _paint_goal(picture, painter, marks.goal)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(picture.look.color("ink"), max(1.0, 0.1 * em)))
    for rect in _outlines(picture, marks.read):
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -1.5, -1.5), 0.15 * em, 0.15 * em)
    for spot, color, width in (
        (marks.selected, "accent", 0.2 if marks.is_active else 0.12),
        (marks.edited, "here_line", 0.2),
    ):
        if spot is not None:
            painter.setPen(QPen(picture.look.color(color), max(1.5, width * em)))
            rect = picture.cell_rect(spot).adjusted(-0.5, -0.5, -0.5, -0.5)
            painter.drawRoundedRect(rect, 0.2 * em, 0.2 * em)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def _outlines(picture: MatrixPicture, spots: frozenset[Spot]) -> list[QRectF]:
    """A rectangle for each number, but one for a whole run of stripes."""
    least = picture.look.px(picture.pixels)
    full: list[QRectF] = []
    runs: list[QRectF] = []
    for spot in sorted(spots):
        rect = picture.cell_rect(spot)
        if min(rect.width(), rect.height()) >= least:
            full.append(rect)
        elif runs and runs[-1].adjusted(-0.5, -0.5, 0.5, 0.5).intersects(rect):
            runs[-1] = runs[-1].united(rect)
        else:
            runs.append(rect)
    return full + runs


def _paint_corners(picture: MatrixPicture, painter: QPainter, spots: frozenset[Spot]) -> None:
    """A filled corner on each number that the last edit has changed."""
    em = picture.look.px(picture.pixels)
    side = min(0.6, 2 * picture.spacing.beside) * em
    painter.setPen(QPen(picture.look.color("card"), 0.8))
    painter.setBrush(picture.look.color("ink"))
    path = QPainterPath()
    # Not spot by spot: where all numbers of a large matrix have changed they are thousands.
    places = ((row, column) for row in picture.down.shown for column in picture.across.shown)
    for place in places:
        if (spot := picture.spot(*place)) in spots:
            rect = picture.cell_rect(spot)
            x, y = rect.right() - 1, rect.top()
            path.moveTo(x, y)
            path.lineTo(x - side, y)
            path.lineTo(x, y + side)
            path.closeSubpath()
    painter.drawPath(path)


def _paint_goal(picture: MatrixPicture, painter: QPainter, spot: Spot) -> None:
    """A target in the lower left corner of the number whose gradient is shown."""
    em, look = picture.look.px(picture.pixels), picture.look
    middle = picture.cell_rect(spot).bottomLeft() + QPointF(0.45 * em, -0.45 * em)
    painter.setPen(QPen(look.color("card"), max(1.0, 0.08 * em)))
    for radius, color in ((0.38, "accent"), (0.24, "card"), (0.12, "accent")):
        painter.setBrush(look.color(color))
        painter.drawEllipse(middle, radius * em, radius * em)


def _paint_pins(picture: MatrixPicture, painter: QPainter, spots: frozenset[Spot]) -> None:
    """A pin on each number set by hand: a head in the corner, and a frame of dashes."""
    em = picture.look.px(picture.pixels)
    for spot in spots:
        rect = picture.cell_rect(spot).adjusted(1, 1, -2, -2)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(picture.look.color("ink"), 1.2, Qt.PenStyle.DashLine))
        painter.drawRect(rect)
        painter.setPen(QPen(picture.look.color("card"), 1))
        painter.setBrush(picture.look.color("accent"))
        painter.drawEllipse(rect.topLeft() + QPointF(0.1 * em, 0.1 * em), 0.28 * em, 0.28 * em)
