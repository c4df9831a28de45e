"""How much the last edit has changed the numbers of each block: as a tint, a gauge and words."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QRectF
from PySide6.QtGui import QColor, QPainter

from app.document import Document
from app.theme import Look
from engine import Block, Step, comparison

STRONGEST = 0.42
"""The most that a tint covers of the ground: texts must stay readable on it."""


@dataclass(frozen=True)
class Moved:
    """The step of a block that has changed most, and by what share of its largest number."""

    step: Step
    share: float

    @property
    def level(self) -> float:
        """From 0 to 1; a change of a hundredth is half of one, since most are small."""
        if self.share >= 1.0:
            return 1.0
        return max(0.12, 1.0 + math.log10(self.share) / 4.0)

    def told(self, name: str, *, is_undone: bool) -> str:
        """In words; `name` is the step's."""
        translate = QCoreApplication.translate
        if math.isinf(self.share):
            text = translate("Map", "Changed throughout by the last edit: %1")
            if is_undone:
                text = translate("Map", "Changed back throughout by the undo: %1")
            return text.replace("%1", name)
        text = translate("Map", "Changed by the last edit, most of all %1: by %2")
        if is_undone:
            text = translate("Map", "Changed back by the undo, most of all %1: by %2")
        return text.replace("%1", name).replace("%2", percent(self.share))


def percent(share: float) -> str:
    """A share in the figures that matter: 0.02%, 1.4%, 85%."""
    value = 100.0 * share
    if value < 0.01:
        return "<0.01%"
    digits = max(0, 1 - math.floor(math.log10(value)))
    return f"{value:.{digits}f}%"


def moved_steps(document: Document) -> Mapping[str, float]:
    """By how much each step that the last edit has changed is another; nothing before any."""
    if document.earlier is None or document.earlier is document.trace:
        return {}
    far = comparison.distances(document.earlier, document.trace)
    return {p: share for p, share in far.items() if share > 0.0 and p in document.trace}


def moved_most(block: Block, moved: Mapping[str, float]) -> Moved | None:
    """What of a block has changed most; None if nothing has."""
    found = [Moved(s, moved[s.path]) for s in block.steps() if s.path in moved]
    return max(found, key=lambda m: m.share, default=None)


def tint(ground: QColor, moved: Moved, look: Look) -> QColor:
    """The ground of a box whose numbers have changed: the more, the stronger."""
    red, green, blue = look.theme.positive
    part = STRONGEST * moved.level
    return QColor(
        round(ground.red() + part * (red - ground.red())),
        round(ground.green() + part * (green - ground.green())),
        round(ground.blue() + part * (blue - ground.blue())),
    )


def paint_gauge(painter: QPainter, rect: QRectF, moved: Moved, look: Look) -> None:
    """A bar on the lower edge, as long as the change is large: not colour alone."""
    high, edge = look.px(3), look.px(7)
    whole = QRectF(rect.left() + edge, rect.bottom() - high / 2, rect.width() - 2 * edge, high)
    # On whole pixels and without smoothing, which would take most of the map's time.
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.fillRect(whole.toRect(), look.color("line"))
    whole.setWidth(moved.level * whole.width())
    painter.fillRect(whole.toRect(), look.color("ink"))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
