"""What the hall shows of a step: letters as large as there is room, and answers kept back."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QToolTip

from app.presenter.answers import Answers, told
from app.presenter.spotlight import Spotlight, Target
from app.theme import Look
from app.views.parts import reading
from app.views.parts.equation import Equation
from app.views.parts.legend import FOOT
from app.views.parts.matrix import Spot
from app.views.parts.pane import Key, Pane
from app.views.parts.secrets import question
from app.views.parts.side_panes import DifferencePane, OtherPane
from engine import Matrix, Part, moves

SMALLER = (1.0, 0.85, 0.72, 0.6, 0.5)
"""Shares of the letters that are wanted, where there is no room for these."""


class HallPane(Pane):
    """Draws with letters no smaller than `least`, as long as there is any way to.

    `words` is the look of the foot; `least` is in pixels at 100% of the pane's own look.
    """

    answers: Answers
    words: Look
    spotlight: Spotlight
    least = 17.0
    floor = 0.0
    is_other = False

    def dress(self, answers: Answers, words: Look, spotlight: Spotlight) -> None:
        """Take what is kept back, the look of the foot, and the light that all panes share."""
        self.answers, self.words, self.spotlight = answers, words, spotlight
        spotlight.changed.connect(self.update)
        answers.changed.connect(self._on_changed)

    def want(self, least: float, floor: float = 0.0) -> None:
        """Let the letters be as large as this at least; without room for it, as `floor`."""
        if (least, floor) != (self.least, self.floor):
            self.least, self.floor = least, floor
            self._on_room()

    # Answers

    def hidden(self, part: Part) -> Mapping[Spot, str]:
        """What stands in place of the numbers of a part that are kept back."""
        return self.answers.secrets(part, is_other=self.is_other)

    def parts(self) -> list[Part]:
        """The step's parts without the numbers that are kept back."""
        return [told(part, self.hidden(part)) for part in super().parts()]

    def parts_beside(self) -> list[Part]:
        """The other side's, likewise: how far the colours reach would tell its numbers."""
        is_other = not self.is_other
        return [told(p, self.answers.secrets(p, is_other=is_other)) for p in super().parts_beside()]

    def secret(self) -> Mapping[Key, Mapping[Spot, str]]:
        """Question marks in their places."""
        own = {(p.kind, p.index): s for p in super().parts() if (s := self.hidden(p))}
        return {**super().secret(), **own}

    def result(self) -> Matrix | None:
        """Even the legend's range would tell something."""
        return next((p.matrix for p in self.parts() if p.kind == "output"), None)

    def event(self, event: QEvent) -> bool:
        """No tooltip tells what is kept back."""
        if event.type() == QEvent.Type.ToolTip and not self.obstacle():
            hit = self.laid_out().hit(QPointF(event.pos()))  # type: ignore[attr-defined]
            if hit is not None and hit[1] in self.secret().get(hit[0].key, {}):
                QToolTip.hideText()
                return True
        return super().event(event)

    # The room: the words at the foot need not be as large as the numbers

    def room(self) -> QRectF:
        """Where the equation lies: all but a narrow margin and the foot."""
        edge, foot = self.words.px(6), self.words.px(FOOT)
        outer = (self.parentWidget() or self).rect()
        return QRectF(edge, edge, outer.width() - 2 * edge, outer.height() - edge - foot)

    def fitted(self, room: QRectF, least: float | None = None) -> Equation:
        """With letters as they are wanted, or smaller ones if there is no other way."""
        sizes = {(least or self.least) * share for share in SMALLER}
        sizes |= {self.floor} if 0 < self.floor < self.least else set()
        for size in sorted(sizes, reverse=True):
            made = super().fitted(room, size)
            if made.width <= room.width() and made.height <= room.height():
                break
        return made

    def foot_look(self) -> Look:
        """That of the words."""
        return self.words

    # The spotlight

    def aim(self) -> Target | None:
        """Where the light is to fall: where it was put, or on the number asked."""
        return self.spotlight.target or reading.asked(self.seen)

    def lit(self) -> QRectF:
        """What the light falls on; empty where that is nothing here."""
        return self.spotlight.lit(self.laid_out(), self.aim())

    def paintEvent(self, event: QPaintEvent) -> None:
        """The step, and the dark around the light."""
        super().paintEvent(event)
        if self.spotlight.mode != "off" and not self.obstacle():
            painter = QPainter(self)
            self.spotlight.paint(painter, QRectF(self.rect()), self.lit(), self.look)
            painter.end()


class HallOther(HallPane, OtherPane):
    """The side of a comparison that is not active.

    Signals:
        mouse(QMouseEvent): as of OtherPane; of several bases Qt knows the first one's signals.
    """

    is_other = True
    mouse = Signal(object)

    def aim(self) -> Target | None:
        """On the counterpart of what the light falls on at the active side."""
        target = self.spotlight.target
        if target is None:
            return reading.asked(self.glance) if self.glance.has_number else None
        key, spot = target
        document = self.glance.document
        place = key[1] if key[0] == "input" else None
        found = self.glance.contrast(place).counterpart(*spot, is_b=document.is_b)
        return None if found is None else (key, found)


class HallDifference(HallPane, DifferencePane):
    """B − A, which is as secret as the numbers that it is made of."""

    def hidden(self, part: Part) -> Mapping[Spot, str]:
        """Both of two numbers are kept back, or none."""
        document, matrix = self.document, part.matrix
        if matrix is None or document.selection is not None:
            return {}
        path, working = document.number.path, document.number.working
        if document.cursor.depth == moves.BLOCK:
            path, working = self.answers.path(), -1
        text = question(matrix, self.answers.digits)
        return {
            spot: text
            for spot in np.ndindex(matrix.shape)
            if self.answers.is_secret(path, working, *self.own(spot))
        }

    def aim(self) -> Target | None:
        """On the same row, if it is of the matrix that this is the difference of."""
        asked, spot = reading.asked(self.document)
        key, spot = self.spotlight.target or (asked, spot)
        found = self.contrast().place(*spot, is_b=self.document.is_b) if key == asked else None
        return None if found is None else (("output", 0), found)

    def special(self) -> Mapping[Spot, str]:
        """Not even where both are infinite is told before it is time."""
        hidden = self.secret().get(("output", 0), {})
        return {s: text for s, text in super().special().items() if s not in hidden}
