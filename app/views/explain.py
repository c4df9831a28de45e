"""The Explain panel: formula, what the step does, shapes, counts, what was chosen."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from app import formulas
from app.document import Document
from app.keys import keep_keys
from app.symbols import as_html, rich
from app.texts import Texts, pieces
from app.theme import Look
from app.views.parts.area import Area
from app.views.parts.retold import Retold
from engine import Counts, Matrix, Step, moves

if TYPE_CHECKING:
    from PySide6.QtSvg import QSvgRenderer


def spaced(text: str) -> str:
    """A text of several lines with room between them; Chinese needs it most."""
    return text.replace("<p>", '<p style="line-height:130%">').replace(
        '<p style="color', '<p style="line-height:130%;color'
    )


def thousands(count: int) -> str:
    """A whole number with a thin space between its thousands."""
    return f"{count:,}".replace(",", "\u2009")


class Formula(QWidget):
    """A formula, as large as the panel allows."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self.latex = ""
        self.renderer: QSvgRenderer | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        # A formula that was never typeset must not hold up the first picture of a step.
        self.later = QTimer(self)
        self.later.setSingleShot(True)
        self.later.setInterval(0)
        self.later.timeout.connect(self._on_later)

    def show_latex(self, latex: str) -> None:
        """Draw this formula, at once if its picture is at hand, else when there is time."""
        self.latex = latex
        if self.isVisible() and formulas.is_ready(latex):
            self.settle()
        else:
            self.renderer = None
            self.update()
            self.later.start()

    def _on_later(self) -> None:
        self.settle()

    def settle(self) -> None:
        """Typeset now."""
        from PySide6.QtSvg import QSvgRenderer  # a start can do without

        self.later.stop()
        # Without a parent, which would keep the formulas of all steps that were passed.
        self.renderer = QSvgRenderer(QByteArray(formulas.svg(self.latex, self.look)))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """The height of a fraction."""
        return QSize(self.look.px(100), self.look.px(74))

    def minimumSizeHint(self) -> QSize:
        """Any width."""
        return QSize(self.look.px(60), self.look.px(74))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A card with the formula in its middle."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self.look.color("line"))
        painter.setBrush(self.look.color("card"))
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 8, 8)
        if self.renderer is not None:
            edge = self.look.px(8)
            room = QRectF(self.rect()).adjusted(edge, edge, -edge, -edge)
            size = self.renderer.defaultSize()
            natural = self.look.zoom / 100 * 0.78
            factor = min(
                room.width() / max(size.width(), 1), room.height() / max(size.height(), 1), natural
            )
            place = QRectF(0, 0, size.width() * factor, size.height() * factor)
            place.moveCenter(room.center())
            self.renderer.render(painter, place)
        painter.end()


class Explain(Retold, Area):
    """Tells about the present step, or about the block at depth "block"."""

    def __init__(
        self, document: Document, look: Look, texts: Texts, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.document = document
        self.look = look
        self.texts = texts
        self.setObjectName("explain")
        keep_keys(self, (Qt.Key.Key_Up, Qt.Key.Key_Down))
        inner = QWidget(self)
        self.formula = Formula(look, inner)
        self.text = QLabel(inner)
        self.text.setWordWrap(True)
        self.text.setTextInteractionFlags(self.text.textInteractionFlags())
        self.rows = QVBoxLayout(inner)
        self.rows.addWidget(self.formula)
        self.rows.addWidget(self.text)
        self.rows.addStretch()
        self.setWidget(inner)
        for signal in (document.model_changed, document.cursor_changed, look.changed):
            signal.connect(self._on_changed)
        self._on_changed()

    def _on_changed(self) -> None:
        self.rows.setContentsMargins(*(4 * [self.look.px(10)]))
        self.rows.setSpacing(self.look.px(10))
        self.text.setFont(self.look.font(13))
        self.setAccessibleName(self.tr("Explain"))
        is_block = self.document.cursor.depth == moves.BLOCK
        self.formula.setVisible(not is_block)
        if is_block:
            self.text.setText(spaced(self._block()))
        else:
            self.formula.show_latex(self.document.step.formula)
            self.text.setText(spaced(self._step(self.document.step)))

    def _heading(self, text: str) -> str:
        size = self.look.px(16)
        return f'<p style="font-size:{size}px;font-weight:700;margin:0">{rich(text)}</p>'

    def _block(self) -> str:
        trace = self.document.trace
        segment = moves.segment_of(trace, self.document.cursor.path)
        found = self.texts.block(segment.block)
        names = [self.texts.step(s).name for s in segment.steps]
        steps = self.tr("Steps: %1").replace("%1", " → ".join(names))
        counts = sum((s.counts for s in segment.steps), Counts())
        into = self.tr("Down steps into this block.")
        return "".join(
            (
                self._heading(found.name),
                f"<p>{rich(found.about)}</p>",
                f"<p>{html.escape(steps)}</p>",
                self._counts(counts),
                f"<p>{into}</p>",
            )
        )

    def _step(self, step: Step) -> str:
        found = self.texts.step(step)
        faint = self.look.theme.faint
        note = ""
        if found.note:
            chosen = self.tr("Chosen here.")
            note = (
                f'<p style="color:{faint}"><b>{chosen}</b> '
                f"{self._with_symbols(found.note, step)}</p>"
            )
        return "".join(
            (
                self._heading(found.name),
                f"<p>{self._with_symbols(found.about, step)}</p>",
                f"<p>{self._shapes(step)}</p>",
                self._ties(step),
                self._counts(step.counts),
                note,
            )
        )

    def _with_symbols(self, text: str, step: Step) -> str:
        """Symbols in braces, in the colour they have on the stage."""
        known = {m.symbol: m for m in (*step.inputs, step.output)}
        known.update({w.matrix.symbol: w.matrix for w in step.workings})
        return "".join(
            self._symbol(known[p])
            if is_symbol and p in known
            else rich(p)
            if not is_symbol
            else as_html(p, self.look.theme.ink)
            for p, is_symbol in pieces(text)
        )

    def _symbol(self, matrix: Matrix) -> str:
        return as_html(matrix.symbol, self.look.theme.role(matrix.role))

    def _shapes(self, step: Step) -> str:
        """The shapes: X 5×8 · W_Q 8×4 → Q 5×4."""

        def shape(matrix: Matrix) -> str:
            rows, columns = matrix.shape
            return f"{self._symbol(matrix)}&nbsp;{rows}×{columns}"

        return ", ".join(shape(m) for m in step.inputs) + " → " + shape(step.output)

    def _ties(self, step: Step) -> str:
        """What of the step's inputs is one with others, and what that means."""
        lines = []
        for matrix in step.inputs:
            others = [self._place(path) for path in self.document.one_with(matrix.path)]
            if others:
                text = self.tr(
                    "%1 is tied to %2: they are one matrix in several places. "
                    "An edit of one is an edit of all, and their gradients add up."
                )
                text = text.replace("%1", self._symbol(matrix)).replace("%2", ", ".join(others))
                lines.append(f"<p>{text}</p>")
        return "".join(lines)

    def _place(self, path: str) -> str:
        """A matrix's symbol and where it stands."""
        trace = self.document.trace
        where = html.escape(self.texts.where(trace.root, path))
        symbol = self._symbol(trace.matrix(path))
        return f"{symbol} ({where})" if where else symbol

    def _counts(self, counts: Counts) -> str:
        line = self.tr("%1: %2")
        told = [
            line.replace("%1", self.texts.count(name)).replace("%2", thousands(value))
            for name, value in vars(counts).items()
            if value
        ]
        text = " · ".join(told) if told else self.tr("no arithmetic at all")
        return f'<p style="color:{self.look.theme.faint}">{html.escape(text)}</p>'
