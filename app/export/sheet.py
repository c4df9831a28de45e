"""One step as a picture: heading, formula, the stage's equation, the arithmetic line."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QPainter
from shiboken6 import delete

from app import formulas
from app.document import Document
from app.export.formula import FormulaShapes
from app.export.words import headline
from app.texts import Texts
from app.theme import Look
from app.views.parts import reading
from app.views.parts.equation import Equation
from app.views.parts.legend import FOOT, paint_legend, ranges_of
from app.views.parts.line import Line
from engine import Step, moves
from engine.export import Manner, Selection

WIDE, HIGH = 1400.0, 1000.0
"""Room for the equation; a larger one shows stripes, as on the stage."""

LETTERS = 19.0
"""The equation's at most: a page is not a stage, and title and line stand beside it."""

EDGE, GAP = 28.0, 18.0
NARROWEST = 640.0
FORMULA = 0.62  # of the size in which formulas are typeset


class Drawing:
    """Draws steps of a selection, each as the window would show it.

    It walks a document of its own, so that a picture shows neither the learner's place
    nor what the last edit has changed.
    """

    def __init__(self, chosen: Selection, manner: Manner) -> None:
        scenario = chosen.trace.scenario
        assert scenario is not None, "what is opened in the window has a scenario"
        self.document = Document(scenario)
        self.texts = Texts(manner.language)
        self.look = Look()
        self.look.set_theme(manner.theme)
        self.look.digits = manner.digits
        self.line = Line(self.document, self.look)
        self.cell = chosen.cell

    def __enter__(self) -> Drawing:
        return self

    def __exit__(self, *_: object) -> None:
        """Let Qt's objects go in order, and now: left to Python they would go in any."""
        for made in (self.line, self.document, self.look):
            delete(made)

    def sheet(self, step: Step) -> Sheet:
        """The step laid out."""
        self.document.go_to(step.path, moves.NUMBER)
        self.document.move(lambda t, c: moves.at_number(t, c, -1, *self.cell))
        return Sheet(self)


class Sheet:
    """A step laid out from top to bottom; `size` is in pixels at 100%."""

    def __init__(self, drawing: Drawing) -> None:
        document, self.look = drawing.document, drawing.look
        self.line, self.document = drawing.line, document
        self.title, self.path = headline(drawing.texts, document.step), document.step.path
        self.equation = Equation(
            reading.parts(document),
            self.look,
            WIDE,
            HIGH,
            reading.focus(document),
            names=reading.names(document, drawing.texts),
            largest=LETTERS,
            twins=reading.twins(document, drawing.texts),
            slopes=reading.slopes(document, reading.parts(document)),
            read_only=True,
        )
        self.formula = FormulaShapes(formulas.svg(document.step.formula, self.look))
        self.formula_size = self.formula.box.size() * FORMULA
        self.width = max(NARROWEST, self.equation.width, self.formula_size.width())
        self.line.resize(round(self.width), 1)
        self.line.set_lines(12)
        self.line.laid_out()
        self.places = self._places()

    def _places(self) -> dict[str, float]:
        """Where each part begins, and where all of them end."""
        words = self.line.laid_out()
        last = max((w.at.y() + w.rise for w in words if w.at is not None), default=0.0)
        heights = {
            "title": 30.0,
            "path": 20.0 + GAP,
            "formula": self.formula_size.height() + GAP,
            "equation": self.equation.height + GAP,
            "line": last + self.line.line_height * 0.4 + GAP / 2,
            "legend": float(FOOT),
        }
        places, y = {}, EDGE
        for name, height in heights.items():
            places[name] = y
            y += height
        return {**places, "end": y + EDGE / 2}

    @property
    def size(self) -> QSizeF:
        """Width and height with the margins."""
        return QSizeF(self.width + 2 * EDGE, self.places["end"])

    def paint(self, painter: QPainter) -> None:
        """Paint at the painter's origin."""
        painter.fillRect(QRectF(QPointF(), self.size), self.look.color("card"))
        painter.setPen(self.look.color("ink"))
        painter.setFont(self.look.font(20, strong=True))
        painter.drawText(QPointF(EDGE, self.places["title"] + 20), self.title)
        painter.setPen(self.look.color("faint"))
        painter.setFont(self.look.font(12))
        painter.drawText(QPointF(EDGE, self.places["path"] + 13), self.path)
        middle = EDGE + (self.width - self.formula_size.width()) / 2
        self.formula.paint(painter, QPointF(middle, self.places["formula"]), FORMULA)
        self._paint_moved(painter, EDGE + (self.width - WIDE) / 2, self._equation_top())
        self.equation.paint(painter, reading.marks(self.document))
        painter.restore()
        self._paint_moved(painter, EDGE, self.places["line"])
        self.line.paint_line(painter)
        painter.restore()
        room = QRectF(EDGE, 0, self.width, self.places["end"] - EDGE / 2)
        result = self.document.step.output
        ranges = ranges_of(result, self.look, reading.slope(self.document, result))
        paint_legend(painter, room, self.look, ranges)

    def _equation_top(self) -> float:
        """The equation lies in the middle of its room; here it begins right below the formula."""
        return self.places["equation"] - max(0.0, (HIGH - self.equation.height) / 2)

    @staticmethod
    def _paint_moved(painter: QPainter, x: float, y: float) -> None:
        painter.save()
        painter.translate(x, y)
