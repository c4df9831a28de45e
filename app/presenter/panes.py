"""What the hall shows of a step: letters as large as there is room, and answers kept back."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, Signal
from PySide6.QtWidgets import QToolTip

from app.presenter.answers import Answers, told
from app.theme import Look
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
    least = 17.0
    floor = 0.0
    is_other = False

    def dress(self, answers: Answers, words: Look) -> None:
        """Take what is kept back, and the look of the foot."""
        self.answers, self.words = answers, words
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


class HallOther(HallPane, OtherPane):
    """The side of a comparison that is not active.

    Signals:
        mouse(QMouseEvent): as of OtherPane; of several bases Qt knows the first one's signals.
    """

    is_other = True
    mouse = Signal(object)


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

    def special(self) -> Mapping[Spot, str]:
        """Not even where both are infinite is told before it is time."""
        hidden = self.secret().get(("output", 0), {})
        return {s: text for s, text in super().special().items() if s not in hidden}
