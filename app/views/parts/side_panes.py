"""The panes beside the stage in a comparison: the other side, and B − A."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from PySide6.QtCore import QCoreApplication, QEvent, QPointF, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QToolTip, QWidget

from app.document import Document
from app.glance import Glance
from app.numbers import exact
from app.texts import Texts
from app.theme import Look
from app.views.parts import reading, secrets
from app.views.parts.hints import hint
from app.views.parts.matrix import Marks, Spot
from app.views.parts.pane import Key, Pane
from app.views.parts.shortening import Needed
from engine import Matrix, Part, comparison, moves

BOTH_INFINITE = "∞−∞"


class OtherPane(Pane):
    """The side that is not active. Pressing the mouse makes it active, and goes on there.

    Signals:
        mouse(QMouseEvent): a press, and what follows while the button is held.
    """

    is_read_only = True
    mouse = Signal(object)

    def __init__(self, glance: Glance, look: Look, texts: Texts, parent: QWidget | None) -> None:
        super().__init__(glance, look, texts, parent)
        self.glance = glance
        self.setObjectName("other side")
        self.setMouseTracking(True)

    def marks(self) -> dict[Key, Marks]:
        """As on the stage, but nothing is asked where there is no counterpart."""
        if self.glance.has_number:
            return super().marks()
        return {}

    def obstacle(self) -> str:
        """That this side has no such step."""
        if self.glance.has_step:
            return ""
        return QCoreApplication.translate("Sides", "There is no such step on this side.")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """To this side."""
        self.mouse.emit(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A drag that began here goes on on the stage, which is now where this pane was."""
        if event.buttons():
            self.mouse.emit(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The end of it."""
        self.mouse.emit(event)

    def event(self, event: QEvent) -> bool:
        """Tell a number's stored value where the mouse rests."""
        if event.type() == QEvent.Type.ToolTip and not self.obstacle():
            hit = self.laid_out().hit(QPointF(event.pos()))  # type: ignore[attr-defined]
            text = hint(self.glance, self.texts, *hit) if hit else ""
            QToolTip.showText(event.globalPos(), text, self)  # type: ignore[attr-defined]
            return True
        return super().event(event)


class DifferencePane(Pane):
    """B − A of what is asked: the step's result, one of its workings, or a selected input."""

    is_read_only = True

    def __init__(
        self, document: Document, glance: Glance, look: Look, texts: Texts, parent: QWidget | None
    ) -> None:
        super().__init__(document, look, texts, parent)
        self.document = document
        self.glance = glance
        self.setObjectName("difference")
        self.setMouseTracking(True)

    def contrast(self) -> comparison.Contrast:
        """What is shown, or why there is nothing to show."""
        selection = self.document.selection
        return self.glance.contrast(None if selection is None else selection[0])

    def is_kept_back(self) -> bool:
        """Whether a lesson asks first for one of the matrices that it is made of."""
        path = moves.shown(self.document.trace, self.document.cursor).path
        return self.document.selection is None and path in self.document.kept_back

    def parts(self) -> list[Part]:
        """One matrix; without its numbers while they are kept back."""
        matrix = self.contrast().matrix
        if matrix is not None and self.is_kept_back():
            matrix = secrets.untold(matrix)
        return [] if matrix is None else [Part(matrix=matrix, kind="output")]

    def secret(self) -> Mapping[Key, Mapping[Spot, str]]:
        """Question marks for all of them, or nothing."""
        matrix = self.contrast().matrix
        if matrix is None or not self.is_kept_back():
            return {}
        return {("output", 0): secrets.questions(matrix, self.look.digits)}

    def _asked(self) -> Spot | None:
        """Where the shared cursor is."""
        _, (row, column) = reading.asked(self.document)
        return self.contrast().place(row, column, is_b=self.document.is_b)

    def focus(self) -> dict[Key, Spot]:
        """Around the shared cursor."""
        asked = self._asked()
        return {} if asked is None else {("output", 0): asked}

    def needs(self) -> Mapping[Key, Needed]:
        """The shared cursor alone."""
        return {key: Needed(spot) for key, spot in self.focus().items()}

    def names(self) -> dict[Key, str]:
        """None: the symbol says it."""
        return {}

    def marks(self) -> dict[Key, Marks]:
        """The shared cursor."""
        is_active = self.document.cursor.depth in {moves.NUMBER, moves.OPERATION}
        asked = None if self.document.cursor.depth == moves.BLOCK else self._asked()
        return {("output", 0): Marks(selected=asked, is_active=is_active)}

    def special(self) -> Mapping[Spot, str]:
        """Infinity less infinity is no number, and not 0 either."""
        both = self.contrast().is_both_infinite
        if both is None or self.is_kept_back():
            return {}
        return {(int(row), int(column)): BOTH_INFINITE for row, column in np.argwhere(both)}

    def result(self) -> Matrix | None:
        """The difference; its range would tell of what is kept back."""
        return None if self.is_kept_back() else self.contrast().matrix

    def obstacle(self) -> str:
        """Why B − A can't be shown."""
        translate = QCoreApplication.translate
        found = self.contrast().obstacle
        if found in {"rows", "columns"}:
            text = translate(
                "Sides",
                "A is %1 here and B is %2: nothing says which numbers belong together, so "
                "there is no B − A.",
            )
            for sign, matrix in zip(("%1", "%2"), self._subjects(), strict=True):
                assert matrix is not None
                text = text.replace(sign, "×".join(map(str, matrix.shape)))
            return text
        if found == "absent_a":
            return translate("Sides", "Only B has this, so there is no B − A.")
        if found == "absent_b":
            return translate("Sides", "Only A has this, so there is no B − A.")
        return ""

    def _subjects(self) -> tuple[Matrix | None, Matrix | None]:
        selection = self.document.selection
        return self.glance.subjects(None if selection is None else selection[0])

    # The mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Ask a number, on both sides at once."""
        spot = self._hit(event.position())
        document = self.document
        if spot is None or document.cursor.depth == moves.BLOCK:
            return
        row, column = self.own(spot)
        if document.selection is not None:
            document.select((document.selection[0], row, column))
            return
        working = document.number.working
        document.move(lambda t, c: moves.at_number(t, c, working, row, column))

    def own(self, spot: Spot) -> Spot:
        """The active side's place of a number of the difference."""
        found, is_b = self.contrast(), self.document.is_b
        return found.rows[spot[0]][is_b], found.columns[spot[1]][is_b]

    def _hit(self, point: QPointF) -> Spot | None:
        if self.obstacle():
            return None
        hit = self.laid_out().hit(point)
        return hit[1] if hit else None

    def event(self, event: QEvent) -> bool:
        """Tell both numbers where the mouse rests."""
        if event.type() == QEvent.Type.ToolTip:
            spot = self._hit(QPointF(event.pos()))  # type: ignore[attr-defined]
            text = self.hint(spot) if spot and not self.is_kept_back() else ""
            QToolTip.showText(event.globalPos(), text, self)  # type: ignore[attr-defined]
            return True
        return super().event(event)

    def hint(self, spot: Spot) -> str:
        """B's number less A's, as they are stored."""
        found = self.contrast()
        assert found.matrix is not None
        row, column = spot
        names = [n for n in (found.matrix.rows[row], found.matrix.columns[column]) if n]
        this, that = (
            float(m.data[found.rows[row][i], found.columns[column][i]])
            for i, m in enumerate(self._subjects())
            if m is not None
        )
        told = f"{exact(that)} − {exact(this)}" if this >= 0 else f"{exact(that)} − ({exact(this)})"
        value = float(found.matrix.data[spot])
        if spot in self.special():
            value_text = QCoreApplication.translate("Sides", "no number")
        else:
            value_text = exact(value)
        return f"B − A [{', '.join(names)}] = {told} = {value_text}"
