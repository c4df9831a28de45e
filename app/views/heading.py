"""The way to the present step as links, and its headline."""

from __future__ import annotations

import html

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF, QResizeEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.document import Document
from app.symbols import rich
from app.texts import Texts
from app.theme import Look
from app.views.parts.retold import Retold
from engine import Block, moves


class Heading(Retold, QWidget):
    """Breadcrumb and title; a crumb goes to the first step of its block."""

    def __init__(
        self, document: Document, look: Look, texts: Texts, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.document = document
        self.look = look
        self.texts = texts
        self.setObjectName("heading")
        self.headline = self.last = ""
        self.names: list[str] = []
        self.crumbs = QLabel(self)
        self.crumbs.setMinimumWidth(1)
        self.crumbs.linkActivated.connect(self._on_link)
        self.crumbs.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.title = QLabel(self)
        self.title.setMinimumWidth(1)
        self.title.setTextFormat(Qt.TextFormat.RichText)
        self.rows = QVBoxLayout(self)
        self.rows.addWidget(self.crumbs)
        self.rows.addWidget(self.title)
        for signal in (document.model_changed, document.cursor_changed, look.changed):
            signal.connect(self._on_changed)
        self._on_changed()

    def _chain(self) -> tuple[Block, ...]:
        """The blocks around the present step, outermost first."""
        trace = self.document.trace
        return moves.segment_of(trace, self.document.cursor.path).chain[1:]

    def _on_changed(self) -> None:
        self.rows.setContentsMargins(self.look.px(4), 0, 0, 0)
        self.rows.setSpacing(self.look.px(2))
        step = self.texts.step(self.document.step)
        is_block = self.document.cursor.depth == moves.BLOCK
        self.names = [self.texts.block(block).name for block in self._chain()]
        self.last = "" if is_block else step.name
        self.headline = self.tr(", ").join(self.names[-2:]) if is_block else step.title
        self._show_crumbs()
        self._show_title()

    def _show_crumbs(self) -> None:
        """The way here; where it is too long, its beginning gives way."""
        theme, first = self.look.theme, 0
        metrics = QFontMetricsF(self.look.font(13, bold=True))
        while first < len(self.names) - 1:
            shown = " › ".join([*self.names[first:], self.last])
            if metrics.horizontalAdvance(shown) < self.width() - 8:
                break
            first += 1
        links = ["…"] if first else []
        links += [
            f'<a style="color:{theme.faint};text-decoration:none" href="{index}">'
            f"{html.escape(name)}</a>"
            for index, name in enumerate(self.names)
            if index >= first
        ]
        if self.last:
            links.append(f'<b style="color:{theme.ink}">{html.escape(self.last)}</b>')
        self.crumbs.setFont(self.look.font(12.5))
        self.crumbs.setText(f' <span style="color:{theme.faint}">›</span> '.join(links))

    def _show_title(self) -> None:
        """One line: smaller, and in the end shortened, where there is little room."""
        room = self.width() - self.look.px(8)
        pixels = 21.0
        font = self.look.font(pixels, bold=True)
        while pixels > 14 and QFontMetricsF(font).horizontalAdvance(self.headline) > room:
            pixels -= 1
            font = self.look.font(pixels, bold=True)
        metrics = QFontMetricsF(font)
        self.title.setFont(font)
        # As high as at its largest: a height that followed from the width could bring a scroll
        # bar, which takes of the width, which takes of the height, and so on without end.
        self.title.setFixedHeight(round(self.look.face(21, bold=True).height))
        self.title.setText(
            rich(metrics.elidedText(self.headline, Qt.TextElideMode.ElideRight, room))
        )
        self.title.setAccessibleName(self.headline)
        self.title.setToolTip(self.headline)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Way and title for the new room."""
        super().resizeEvent(event)
        self._show_crumbs()
        self._show_title()

    def _on_link(self, link: str) -> None:
        first = next(iter(self._chain()[int(link)].steps()))
        self.document.go_to(first.path, moves.BLOCK)
