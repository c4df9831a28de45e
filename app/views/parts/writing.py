"""Writes a lesson's blocks into a text document: words, formulas, values, checked claims."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QByteArray, QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QColor,
    QPainter,
    QPyTextObject,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextListFormat,
)

from app import formulas
from app.symbols import named
from app.theme import Look
from engine.course import (
    Block,
    Code,
    Display,
    Formula,
    Link,
    Listing,
    Paragraph,
    Quoted,
    Span,
    Styled,
    Words,
)

if TYPE_CHECKING:
    from PySide6.QtSvg import QSvgRenderer

FORMULA = int(QTextFormat.ObjectTypes.UserObject) + 1
LATEX, FACTOR = (
    int(QTextFormat.Property.UserProperty) + 1,
    int(QTextFormat.Property.UserProperty) + 2,
)
TYPESET = 30.0
"""The size at which formulas are typeset."""

OBJECT = "\ufffc"
"""What stands in the text for a formula."""


class Teller(Protocol):
    """Fills in what a text refers to by name."""

    def value(self, quoted: Quoted) -> str:
        """A value, written with the screen's digits."""

    def is_held(self, claim: str) -> bool | None:
        """Whether a claim holds now; None where it can't be said."""

    def role(self, name: str) -> str:
        """The role of a matrix, which has a colour."""


class FormulaObject(QPyTextObject):
    """A formula among words, painted from its SVG with its baseline on that of the line."""

    def __init__(self, look: Look, document: QTextDocument) -> None:
        super().__init__(document)
        self.look = look
        self.renderers: dict[tuple[str, str], QSvgRenderer] = {}

    def _renderer(self, format_: QTextFormat) -> tuple[QSvgRenderer, float]:
        from PySide6.QtSvg import QSvgRenderer  # a start can do without

        latex, factor = str(format_.property(LATEX)), float(format_.property(FACTOR))
        key = (latex, self.look.theme.name)
        if key not in self.renderers:
            drawn = QByteArray(formulas.svg(latex, self.look))
            self.renderers[key] = QSvgRenderer(drawn)
        return self.renderers[key], factor

    def intrinsicSize(self, _document: QTextDocument, _at: int, format_: QTextFormat) -> QSizeF:
        """What is above the baseline: the line's own descent holds the rest."""
        renderer, factor = self._renderer(format_)
        box = renderer.viewBoxF()
        is_display = format_.boolProperty(FORMULA)
        high = box.height() if is_display else -box.top()
        return QSizeF(box.width() * factor, high * factor)

    def drawObject(
        self,
        painter: QPainter,
        rect: QRectF | QRect,
        _document: QTextDocument,
        _at: int,
        format_: QTextFormat,
    ) -> None:
        """Paint it."""
        renderer, factor = self._renderer(format_)
        box = renderer.viewBoxF()
        renderer.render(painter, QRectF(QRectF(rect).topLeft(), box.size() * factor))


class Writer:
    """Writes blocks into one document; `room` is how wide a formula may be."""

    def __init__(self, document: QTextDocument, look: Look, teller: Teller, room: float) -> None:
        self.document = document
        self.look = look
        self.teller = teller
        self.room = room
        self.cursor = QTextCursor(document)
        self.is_begun = False

    def write(self, blocks: Sequence[Block], pixels: float = 14, *, is_bold: bool = False) -> None:
        """Write paragraphs, lists and formulas one below the other."""
        self.pixels = pixels
        plain = QTextCharFormat()
        plain.setFont(self.look.font(pixels, strong=is_bold))
        plain.setForeground(self.look.color("ink"))
        self.plain = plain  # what a block begins with, and a bullet has
        for block in blocks:
            if isinstance(block, Paragraph):
                self._begin()
                self.spans(block.spans, plain)
            elif isinstance(block, Listing):
                self._list(block, plain)
            elif isinstance(block, Display):
                self._display(block.latex, plain)

    def _begin(self, format_: QTextBlockFormat | None = None) -> None:
        format_ = format_ or QTextBlockFormat()
        format_.setLineHeight(118, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        format_.setTopMargin(self.look.px(8) if self.is_begun else 0)
        if self.is_begun:
            self.cursor.insertBlock(format_, self.plain)
        else:
            self.cursor.setBlockFormat(format_)
        self.is_begun = True

    def _list(self, block: Listing, plain: QTextCharFormat) -> None:
        style = QTextListFormat()
        ordered, bullets = QTextListFormat.Style.ListDecimal, QTextListFormat.Style.ListDisc
        style.setStyle(ordered if block.is_ordered else bullets)
        self.document.setIndentWidth(self.look.px(20))
        made = None
        for item in block.items:
            self._begin()
            if made is None:
                made = self.cursor.createList(style)
            else:
                made.add(self.cursor.block())
            self.spans(item, plain)
        if made is not None:
            self.cursor.insertBlock(QTextBlockFormat(), plain)
            made.remove(self.cursor.block())
            self.cursor.setBlockFormat(QTextBlockFormat())
            self.cursor.deletePreviousChar()

    def _display(self, latex: str, plain: QTextCharFormat) -> None:
        format_ = QTextBlockFormat()
        format_.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._begin(format_)
        format_.setLineHeight(100, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        self.cursor.setBlockFormat(format_)
        self.formula(latex, plain, is_display=True)

    def spans(self, spans: Sequence[Span], format_: QTextCharFormat) -> None:
        """Write spans on from where the last one ended."""
        for span in spans:
            if isinstance(span, Words):
                self._words(span.text, format_)
            elif isinstance(span, Code):
                self.cursor.insertText(span.text, self._tinted(format_, "faint"))
            elif isinstance(span, Formula):
                self.formula(span.latex, format_)
            elif isinstance(span, Quoted):
                self.cursor.insertText(self.teller.value(span), self._weighted(format_))
            elif isinstance(span, Styled):
                self.spans(span.spans, self._styled(format_, span.style))
            else:
                self._link(span, format_)

    def _words(self, text: str, format_: QTextCharFormat) -> None:
        """Write words, a d_k in them as a symbol."""
        for piece in named(text.replace(" · ", "\u00a0·\u00a0")):
            found = QTextCharFormat(format_)
            # In the text's own font and size, or the line would be higher than others.
            found.setFontItalic(piece.is_italic or format_.fontItalic())
            if piece.is_below:
                found.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignSubScript)
            self.cursor.insertText(piece.text, found)

    def _styled(self, format_: QTextCharFormat, style: str) -> QTextCharFormat:
        if style == "bold":
            return self._weighted(format_)
        found = QTextCharFormat(format_)
        found.setFontItalic(True)
        return found

    def _weighted(self, format_: QTextCharFormat) -> QTextCharFormat:
        found = QTextCharFormat(format_)
        found.setFontWeight(self.look.strong_weight)
        return found

    def _tinted(self, format_: QTextCharFormat, color: str) -> QTextCharFormat:
        found = QTextCharFormat(format_)
        found.setForeground(self.look.color(color))
        return found

    def _link(self, link: Link, format_: QTextCharFormat) -> None:
        found = QTextCharFormat(format_)
        found.setAnchor(True)
        found.setAnchorHref(f"{link.kind}:{link.target}")
        if link.kind == "claim":
            self._claim(link, found)
            return
        if link.kind == "symbol":
            found.setForeground(QColor(self.look.theme.role(self.teller.role(link.target))))
            found.setFontWeight(self.look.strong_weight)
        else:
            found.setForeground(self.look.color("link"))
            found.setFontUnderline(True)
        self.spans(link.spans, found)

    def _claim(self, link: Link, format_: QTextCharFormat) -> None:
        """The sentence with a dotted line under it, and whether it holds."""
        format_.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
        format_.setUnderlineColor(self.look.color("faint"))
        self.spans(link.spans, format_)
        held = self.teller.is_held(link.target)
        if held is None:
            return
        mark = self._weighted(format_)
        mark.setUnderlineStyle(QTextCharFormat.UnderlineStyle.NoUnderline)
        mark.setForeground(self.look.color("role:weight" if held else "accent"))
        self.cursor.insertText("\u2060 ✓" if held else "\u2060 ✗", mark)

    def formula(self, latex: str, format_: QTextCharFormat, *, is_display: bool = False) -> None:
        """Write a formula, made smaller where there is no room for it."""
        found = QTextCharFormat()
        found.setObjectType(FORMULA)
        found.setProperty(LATEX, latex)
        found.setProperty(FORMULA, is_display)
        if format_.isAnchor():
            found.setAnchor(True)
            found.setAnchorHref(format_.anchorHref())
        natural = self.look.px(self.pixels) * 1.1 / TYPESET
        found.setProperty(FACTOR, natural)
        handler = self.document.documentLayout().handlerForObject(FORMULA)
        if isinstance(handler, FormulaObject):
            width = handler.intrinsicSize(self.document, 0, found).width()
            found.setProperty(FACTOR, natural * min(1.0, self.room / max(width, 1.0)))
        self.cursor.insertText(OBJECT, found)
