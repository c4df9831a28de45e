"""Small icons as paths, so that they follow theme and zoom and need no files."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPainterPath, QPen, QPixmap, QPolygonF

from app.theme import Look

_SHAPES: dict[str, list[tuple[str, list[float]]]] = {
    "first": [("bar", [0.1, 0.12, 0.12, 0.76]), ("left", [0.3, 0.9])],
    "back": [("left", [0.2, 0.75])],
    "play": [("right", [0.22, 0.88])],
    "pause": [("bar", [0.2, 0.12, 0.2, 0.76]), ("bar", [0.6, 0.12, 0.2, 0.76])],
    "forward": [("right", [0.25, 0.8])],
    "last": [("right", [0.1, 0.7]), ("bar", [0.78, 0.12, 0.12, 0.76])],
    "undo": [("bend", [1.0])],
    "redo": [("bend", [-1.0])],
    "new": [("page", [])],
    "open": [("folder", [])],
    "save": [("disk", [])],
    "larger": [("letter", [1.0])],
    "smaller": [("letter", [-1.0])],
    "theme": [("moon", [])],
    "help": [("question", [])],
    "map": [("panel", [0.0])],
    "side": [("panel", [1.0])],
}


def icon(name: str, look: Look, size: int = 16) -> QIcon:
    """An icon in the ink of the theme; an unknown name gives none."""
    if name not in _SHAPES:
        return QIcon()
    found = QIcon()
    for ratio in (1, 2):
        side = look.px(size) * ratio
        for mode, color in ((QIcon.Mode.Normal, "ink"), (QIcon.Mode.Disabled, "faint")):
            pixmap = QPixmap(side, side)
            pixmap.fill(Qt.GlobalColor.transparent)
            painter = QPainter(pixmap)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.scale(side, side)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.color(color))
            if mode is QIcon.Mode.Disabled:
                painter.setOpacity(0.55)
            for shape, numbers in _SHAPES[name]:
                _draw(painter, shape, numbers, look.color(color))
            painter.end()
            pixmap.setDevicePixelRatio(ratio)
            found.addPixmap(pixmap, mode)
    return found


def _draw(painter: QPainter, shape: str, at: list[float], color: object) -> None:
    line = QPen(color, 0.09)  # type: ignore[call-overload]
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
        painter.drawPath(_outline(shape, at))


def _outline(shape: str, at: list[float]) -> QPainterPath:
    path = QPainterPath()
    if shape == "bend":
        middle, way = 0.5, at[0]
        path.moveTo(middle + way * 0.3, 0.82)
        path.cubicTo(middle + way * 0.5, 0.3, middle, 0.25, middle - way * 0.32, 0.38)
        path.moveTo(middle - way * 0.12, 0.14)
        path.lineTo(middle - way * 0.36, 0.38)
        path.lineTo(middle - way * 0.08, 0.58)
    elif shape == "page":
        _lines(path, [(0.22, 0.1), (0.6, 0.1), (0.8, 0.3), (0.8, 0.9), (0.22, 0.9), (0.22, 0.1)])
        _lines(path, [(0.58, 0.1), (0.58, 0.32), (0.8, 0.32)])
    elif shape == "folder":
        _lines(
            path,
            [
                (0.08, 0.84),
                (0.08, 0.2),
                (0.4, 0.2),
                (0.5, 0.34),
                (0.92, 0.34),
                (0.92, 0.84),
                (0.08, 0.84),
            ],
        )
    elif shape == "disk":
        _lines(
            path,
            [(0.12, 0.12), (0.74, 0.12), (0.88, 0.28), (0.88, 0.88), (0.12, 0.88), (0.12, 0.12)],
        )
        path.addRect(QRectF(0.3, 0.56, 0.4, 0.32))
        _lines(path, [(0.34, 0.12), (0.34, 0.34), (0.64, 0.34), (0.64, 0.12)])
    elif shape == "letter":
        _lines(path, [(0.06, 0.86), (0.32, 0.14), (0.58, 0.86)])
        _lines(path, [(0.16, 0.6), (0.48, 0.6)])
        _lines(path, [(0.68, 0.34), (0.96, 0.34)])
        if at[0] > 0:
            _lines(path, [(0.82, 0.2), (0.82, 0.48)])
    elif shape == "moon":
        path.addEllipse(QRectF(0.12, 0.12, 0.76, 0.76))
        _lines(path, [(0.5, 0.12), (0.5, 0.88)])
        _lines(path, [(0.56, 0.3), (0.78, 0.3)])
        _lines(path, [(0.56, 0.5), (0.86, 0.5)])
        _lines(path, [(0.56, 0.7), (0.78, 0.7)])
    elif shape == "question":
        path.moveTo(0.3, 0.34)
        path.cubicTo(0.3, 0.0, 0.74, 0.06, 0.7, 0.36)
        path.cubicTo(0.68, 0.52, 0.5, 0.5, 0.5, 0.68)
        path.addEllipse(QPointF(0.5, 0.88), 0.03, 0.03)
    elif shape == "panel":
        path.addRoundedRect(QRectF(0.06, 0.14, 0.88, 0.72), 0.08, 0.08)
        x = 0.36 if at[0] == 0.0 else 0.64
        _lines(path, [(x, 0.14), (x, 0.86)])
    return path


def _lines(path: QPainterPath, points: list[tuple[float, float]]) -> None:
    path.moveTo(*points[0])
    for point in points[1:]:
        path.lineTo(*point)
