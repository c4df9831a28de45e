"""A typeset formula as shapes to fill, for painters of vectors.

QSvgRenderer would do on the screen; but it draws with a pen that has no brush, which
PDF and SVG take for a black one, and every letter becomes bold.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath

_TOKEN = re.compile(r"[A-Z]|-?[\d.]+(?:e-?\d+)?")
_ARGUMENTS = {"M": 2, "L": 2, "Q": 4, "C": 6, "H": 1, "V": 1, "Z": 0}


class FormulaShapes:
    """The shapes of an SVG that ziamath made: paths of absolute commands, and rectangles."""

    def __init__(self, svg: bytes) -> None:
        root = ET.fromstring(svg)
        self.box = QRectF(*(float(n) for n in root.attrib["viewBox"].split()))
        self.shapes: list[tuple[QPainterPath, QColor]] = []
        for element in root.iter():
            kind = element.tag.rpartition("}")[2]
            if kind == "path":
                self._add(_path(element.attrib["d"]), element)
            elif kind == "rect":
                path = QPainterPath()
                path.addRect(*(float(element.attrib[n]) for n in ("x", "y", "width", "height")))
                self._add(path, element)

    def _add(self, path: QPainterPath, element: ET.Element) -> None:
        path.setFillRule(Qt.FillRule.WindingFill)
        self.shapes.append((path, QColor(element.attrib.get("fill", "#000000"))))

    def paint(self, painter: QPainter, at: QPointF, scale: float) -> None:
        """Paint with the box's corner at a point."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(at)
        painter.scale(scale, scale)
        painter.translate(-self.box.topLeft())
        for path, color in self.shapes:
            painter.fillPath(path, color)
        painter.restore()


def _path(data: str) -> QPainterPath:
    """A path of moves, lines and curves, all in absolute coordinates."""
    path, tokens, at = QPainterPath(), _TOKEN.findall(data), 0
    command = ""
    while at < len(tokens):
        if tokens[at].isalpha():
            command, at = tokens[at], at + 1
        numbers = [float(n) for n in tokens[at : at + _ARGUMENTS[command]]]
        at += len(numbers)
        _draw(path, command, numbers)
    return path


def _draw(path: QPainterPath, command: str, numbers: list[float]) -> None:
    here = path.currentPosition()
    if command == "Z":
        path.closeSubpath()
    elif command == "M":
        path.moveTo(*numbers)
    elif command == "Q":
        path.quadTo(*numbers)
    elif command == "C":
        path.cubicTo(*numbers)
    else:
        x = numbers[0] if command in "LH" else here.x()
        y = numbers[-1] if command in "LV" else here.y()
        path.lineTo(x, y)
