"""The stage in the hall: it can keep answers back, and light one row or matrix."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QRegion
from PySide6.QtWidgets import QToolTip, QWidget

from app.document import Document
from app.presenter.answers import Answers
from app.presenter.spotlight import Spotlight
from app.texts import Texts
from app.theme import Look
from app.views.parts import reading
from app.views.parts.legend import FOOT
from app.views.parts.matrix import Spot
from app.views.stage import Stage
from engine import Matrix, Part

BLANK = (Qt.Key.Key_B, Qt.Key.Key_Period)
"""The keys that blank the screen."""


class Canvas(Stage):
    """A stage whose results may be secret; the right button puts the spotlight."""

    def __init__(
        self,
        document: Document,
        looks: tuple[Look, Look],
        texts: Texts,
        answers: Answers,
        parent: QWidget,
    ) -> None:
        """`looks` are that of the matrices, and that of the words below them."""
        look, self.words = looks
        super().__init__(document, look, texts, parent)
        self.answers = answers
        self.spotlight = Spotlight()
        self.setObjectName("canvas")
        answers.changed.connect(self._on_changed)
        document.cursor_changed.connect(self._on_moved)
        self.path = document.cursor.path

    # Answers

    def parts(self) -> list[Part]:
        """The step's parts without the numbers that are kept back."""
        return [replace(p, matrix=self.answers.told(p)) for p in super().parts()]

    def secret(self) -> Mapping[tuple[str, int], Mapping[Spot, str]]:
        """Question marks in their places."""
        found = super().parts()
        own = {(p.kind, p.index): s for p in found if (s := self.answers.secrets(p))}
        return {**super().secret(), **own}

    def result(self) -> Matrix | None:
        """Even the legend's range would tell something."""
        return next((p.matrix for p in self.parts() if p.kind == "output"), None)

    # The foot: its words need not be as large as the numbers

    def room(self) -> QRectF:
        """Where the equation lies: all but a narrow margin and the foot."""
        edge, foot = self.words.px(6), self.words.px(FOOT)
        outer = (self.parentWidget() or self).rect()
        return QRectF(edge, edge, outer.width() - 2 * edge, outer.height() - edge - foot)

    def _paint_equation(self, painter: QPainter, region: QRegion) -> None:
        drawn = self.drawn()
        drawn.equation.paint(painter, drawn.marks, region)
        self._paint_foot(painter, self.words)

    def event(self, event: QEvent) -> bool:
        """No tooltip tells what is kept back."""
        is_override = event.type() == QEvent.Type.ShortcutOverride
        if is_override and isinstance(event, QKeyEvent) and event.key() in BLANK:
            return False  # what a clicker sends to blank the screen begins no number here
        if event.type() == QEvent.Type.ToolTip:
            hit = self.laid_out().hit(QPointF(event.pos()))  # type: ignore[attr-defined]
            if hit is not None and hit[1] in self.secret().get(hit[0].key, {}):
                QToolTip.hideText()
                return True
        return super().event(event)

    # The spotlight

    def turn_spotlight(self) -> None:
        """By key it follows the number that is asked."""
        self.spotlight.turn()
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The right button lights a row, then its matrix, then nothing."""
        if event.button() != Qt.MouseButton.RightButton:
            super().mousePressEvent(event)
            return
        hit = self.laid_out().hit(event.position())
        if hit is None:
            self.spotlight.off()
        else:
            item, spot = hit
            row = item.picture.spot(*spot)[0] if item.picture else spot[0]
            first = item.picture.spot(row, 0) if item.picture else (row, 0)
            self.spotlight.turn((item.key, first))
        self.update()

    def _on_moved(self) -> None:
        """A light that was put somewhere goes out with the step."""
        if self.document.cursor.path != self.path:
            self.path = self.document.cursor.path
            if self.spotlight.target is not None:
                self.spotlight.off()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The step, and the dark around the light."""
        super().paintEvent(event)
        painter = QPainter(self)
        lit = self.spotlight.lit(self.laid_out(), reading.asked(self.document))
        self.spotlight.paint(painter, QRectF(self.rect()), lit, self.look)
        painter.end()
