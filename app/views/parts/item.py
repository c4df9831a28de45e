"""A part of an equation in its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF

from app.theme import Look
from app.views.parts.layers import Reach, Slope
from app.views.parts.matrix import MatrixPicture, Measured, Spot, Twin
from app.views.parts.shortening import Key
from engine import Part


@dataclass
class Item:
    """A part with its picture (none for a sign) and where it lies."""

    part: Part
    picture: MatrixPicture | None
    width: float
    at: QPointF

    @property
    def key(self) -> Key:
        """Which part it is: its kind and its number among them."""
        return self.part.kind, self.part.index

    @property
    def rect(self) -> QRectF:
        """The picture's room."""
        height = self.picture.height if self.picture else 0.0
        return QRectF(self.at.x(), self.at.y(), self.width, height)


def measured(
    part: Part,
    look: Look,
    names: Mapping[Key, str],
    special: Mapping[Key, Mapping[Spot, str]],
    twins: Mapping[Key, Twin],
    slopes: Mapping[Key, Slope],
    reaches: Mapping[Key, Reach],
) -> Measured:
    """A part's matrix with all that is to be seen of it, by the kinds and numbers of parts."""
    assert part.matrix is not None
    key = (part.kind, part.index)
    return Measured(
        part.matrix,
        look,
        is_transposed=part.is_transposed,
        name=names.get(key, ""),
        special=special.get(key),
        twin=twins.get(key),
        slope=slopes.get(key),
        reach=reaches.get(key),
    )
