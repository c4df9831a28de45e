"""A part of an equation in its place."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF

from app.views.parts.matrix import MatrixPicture
from engine import Part


@dataclass
class Item:
    """A part with its picture (none for a sign) and where it lies."""

    part: Part
    picture: MatrixPicture | None
    width: float
    at: QPointF

    @property
    def key(self) -> tuple[str, int]:
        """Which part it is: its kind and its number among them."""
        return self.part.kind, self.part.index

    @property
    def rect(self) -> QRectF:
        """The picture's room."""
        height = self.picture.height if self.picture else 0.0
        return QRectF(self.at.x(), self.at.y(), self.width, height)
