"""Running text of a lesson, as high as it is long; its links are reached by Tab."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, QUrl, Signal
from PySide6.QtGui import QResizeEvent, QTextOption
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextBrowser, QWidget

from app.theme import Look
from app.views.parts.breaking import keep_marks
from app.views.parts.writing import FORMULA, FormulaObject, Teller, Writer
from engine.course import Block


class Passage(QTextBrowser):
    """Some blocks of a lesson's text.

    Signals:
        followed(str, str): a link was chosen: its kind and its target.
    """

    followed = Signal(str, str)

    def __init__(
        self,
        look: Look,
        parent: QWidget | None = None,
        pixels: float = 14,
        *,
        is_bold: bool = False,
    ) -> None:
        super().__init__(parent)
        self.look = look
        self.pixels = pixels
        self.is_bold = is_bold
        self.blocks: Sequence[Block] = ()
        self.teller: Teller | None = None
        self._written_for = -1
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setWordWrapMode(QTextOption.WrapMode.WordWrap)
        self.setTabChangesFocus(True)
        self.viewport().setAutoFillBackground(False)
        self.document().setDocumentMargin(0)
        self.formulas = FormulaObject(look, self.document())
        self.document().documentLayout().registerHandler(FORMULA, self.formulas)
        self.anchorClicked.connect(self._on_link)

    def tell(self, blocks: Sequence[Block], teller: Teller) -> None:
        """Show these blocks."""
        self.blocks, self.teller = blocks, teller
        self._write()

    def _write(self) -> None:
        if self.teller is None:
            return
        document, room = self.document(), self._room()
        document.clear()
        document.setDefaultFont(self.look.font(self.pixels, strong=self.is_bold))
        Writer(document, self.look, self.teller, room).write(
            self.blocks, self.pixels, is_bold=self.is_bold
        )
        self._written_for = room
        document.setTextWidth(room)
        keep_marks(document)
        self._fit()
        has_links = 'href="' in document.toHtml()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if has_links else Qt.FocusPolicy.NoFocus)

    def _room(self) -> int:
        return max(self.viewport().width(), self.look.px(120))

    def _fit(self) -> None:
        document = self.document()
        self.setFixedHeight(int(document.size().height()) + self.look.px(3))  # what stands below

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The text is broken anew, and formulas are fitted to the width."""
        super().resizeEvent(event)
        if self._room() != self._written_for:
            self._write()

    def sizeHint(self) -> QSize:
        """Any width; the height is fixed by the text."""
        return QSize(self.look.px(200), self.height())

    def minimumSizeHint(self) -> QSize:
        """Narrow enough for every panel."""
        return QSize(self.look.px(100), 0)

    def _on_link(self, url: QUrl) -> None:
        if url.scheme() == "https":
            self.followed.emit("https", url.toString().removeprefix("https:"))
        else:
            self.followed.emit(url.scheme(), url.path())
