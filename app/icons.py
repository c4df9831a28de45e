"""Small icons as paths, so that they follow theme and zoom and need no files."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPainterPath, QPen, QPixmap, QPolygonF

from app.theme import Look

_SHAPES: dict[str, list[tuple[str, list[float]]]] = {
    "first": [("bar", [0.1, 0.12, 0.12, 0.76]), ("left", [0.3, 0.9])],
    "back": [("chevron left", [])],
    "play": [("right", [0.22, 0.88])],
    "pause": [("bar", [0.2, 0.12, 0.2, 0.76]), ("bar", [0.6, 0.12, 0.2, 0.76])],
    "forward": [("chevron right", [])],
    "last": [("right", [0.1, 0.7]), ("bar", [0.78, 0.12, 0.12, 0.76])],
    "undo": [("bend left", [])],
    "redo": [("bend right", [])],
    "new": [("page", [])],
    "open": [("folder", [])],
    "save": [("disk", [])],
    "larger": [("larger", [])],
    "smaller": [("smaller", [])],
    "theme": [("moon", [])],
    "help": [("question", [])],
    "lessons": [("book", [])],
    "compare": [("columns", [])],
    "map": [("panel left", [])],
    "side": [("panel right", [])],
    "lock": [("padlock", [])],
    "present": [("screen", [])],
}


def icon(name: str, look: Look, size: int = 16) -> QIcon:
    """An icon in the ink of the theme; an unknown name gives none."""
    if name not in _SHAPES:
        return QIcon()
    # One pixmap at twice the size serves all screens, and Qt fades it where it is disabled:
    # drawing every variant took a noticeable part of a start.
    side = look.px(size) * 2
    pixmap = QPixmap(side, side)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(side, side)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.color("ink"))
    for shape, numbers in _SHAPES[name]:
        _draw(painter, shape, numbers, look.color("ink"))
    painter.end()
    pixmap.setDevicePixelRatio(2)
    return QIcon(pixmap)


def _draw(painter: QPainter, shape: str, at: list[float], color: object) -> None:
    line = QPen(color, 0.14 if shape.startswith("chevron") else 0.09)  # type: ignore[call-overload]
    line.setCapStyle(Qt.PenCapStyle.RoundCap)
    line.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    if shape == "bar":
        painter.drawRect(QRectF(*at))
    elif shape in {"left", "right"}:
        tip, tail = (at[0], at[1]) if shape == "left" else (at[1], at[0])
        painter.drawPolygon(QPolygonF([QPointF(tip, 0.5), QPointF(tail, 0.1), QPointF(tail, 0.9)]))
    else:
        painter.setPen(line)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(_outline(shape))


_STROKES: dict[str, list[list[tuple[float, float]]]] = {
    "page": [
        [(0.22, 0.1), (0.6, 0.1), (0.8, 0.3), (0.8, 0.9), (0.22, 0.9), (0.22, 0.1)],
        [(0.58, 0.1), (0.58, 0.32), (0.8, 0.32)],
    ],
    "folder": [
        [(0.08, 0.84), (0.08, 0.2), (0.4, 0.2), (0.5, 0.34)],
        [(0.5, 0.34), (0.92, 0.34), (0.92, 0.84), (0.08, 0.84)],
    ],
    "disk": [
        [(0.12, 0.12), (0.74, 0.12), (0.88, 0.28), (0.88, 0.88), (0.12, 0.88), (0.12, 0.12)],
        [(0.3, 0.88), (0.3, 0.56), (0.7, 0.56), (0.7, 0.88)],
        [(0.34, 0.12), (0.34, 0.34), (0.64, 0.34), (0.64, 0.12)],
    ],
    "smaller": [
        [(0.06, 0.86), (0.32, 0.14), (0.58, 0.86)],
        [(0.16, 0.6), (0.48, 0.6)],
        [(0.68, 0.34), (0.96, 0.34)],
    ],
    "larger": [
        [(0.06, 0.86), (0.32, 0.14), (0.58, 0.86)],
        [(0.16, 0.6), (0.48, 0.6)],
        [(0.68, 0.34), (0.96, 0.34)],
        [(0.82, 0.2), (0.82, 0.48)],
    ],
    "moon": [
        [(0.5, 0.12), (0.5, 0.88)],
        [(0.56, 0.3), (0.78, 0.3)],
        [(0.56, 0.5), (0.86, 0.5)],
        [(0.56, 0.7), (0.78, 0.7)],
    ],
    "book": [
        [(0.5, 0.24), (0.34, 0.14), (0.08, 0.14), (0.08, 0.8), (0.34, 0.8), (0.5, 0.9)],
        [(0.5, 0.24), (0.66, 0.14), (0.92, 0.14), (0.92, 0.8), (0.66, 0.8), (0.5, 0.9)],
        [(0.5, 0.24), (0.5, 0.9)],
    ],
    "screen": [
        [(0.06, 0.14), (0.94, 0.14)],
        [(0.12, 0.14), (0.12, 0.64), (0.88, 0.64), (0.88, 0.14)],
        [(0.5, 0.64), (0.5, 0.78)],
        [(0.3, 0.92), (0.5, 0.76), (0.7, 0.92)],
    ],
    "padlock": [[(0.18, 0.46), (0.82, 0.46), (0.82, 0.9), (0.18, 0.9), (0.18, 0.46)]],
    "chevron left": [[(0.64, 0.14), (0.28, 0.5), (0.64, 0.86)]],
    "chevron right": [[(0.36, 0.14), (0.72, 0.5), (0.36, 0.86)]],
    "columns": [
        [(0.06, 0.16), (0.36, 0.16), (0.36, 0.84), (0.06, 0.84), (0.06, 0.16)],
        [(0.64, 0.16), (0.94, 0.16), (0.94, 0.84), (0.64, 0.84), (0.64, 0.16)],
        [(0.44, 0.5), (0.56, 0.5)],
    ],
    "panel left": [[(0.36, 0.14), (0.36, 0.86)]],
    "panel right": [[(0.64, 0.14), (0.64, 0.86)]],
}


def _outline(shape: str) -> QPainterPath:
    """The strokes of a shape, and the curves of those that have some."""
    path = QPainterPath()
    if shape in {"bend left", "bend right"}:
        way = 1.0 if shape == "bend left" else -1.0
        path.moveTo(0.5 + way * 0.3, 0.82)
        path.cubicTo(0.5 + way * 0.5, 0.3, 0.5, 0.25, 0.5 - way * 0.32, 0.38)
        _line(path, [(0.5 - way * 0.12, 0.14), (0.5 - way * 0.36, 0.38), (0.5 - way * 0.08, 0.58)])
    elif shape == "question":
        path.moveTo(0.3, 0.34)
        path.cubicTo(0.3, 0.0, 0.74, 0.06, 0.7, 0.36)
        path.cubicTo(0.68, 0.52, 0.5, 0.5, 0.5, 0.68)
        path.addEllipse(QPointF(0.5, 0.88), 0.03, 0.03)
    elif shape == "padlock":
        path.moveTo(0.32, 0.46)
        path.cubicTo(0.28, 0.0, 0.72, 0.0, 0.68, 0.46)
    elif shape == "moon":
        path.addEllipse(QRectF(0.12, 0.12, 0.76, 0.76))
    elif shape.startswith("panel"):
        path.addRoundedRect(QRectF(0.06, 0.14, 0.88, 0.72), 0.08, 0.08)
    for stroke in _STROKES.get(shape, []):
        _line(path, stroke)
    return path


def _line(path: QPainterPath, points: list[tuple[float, float]]) -> None:
    path.moveTo(*points[0])
    for point in points[1:]:
        path.lineTo(*point)
