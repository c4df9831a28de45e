"""The way to the present step as links, and its headline."""

from __future__ import annotations

import html

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFontMetricsF, QResizeEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.document import Document
from app.texts import Texts
from app.theme import Look
from engine import moves


class Heading(QWidget):
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
        layout = QVBoxLayout(self)
        layout.addWidget(self.crumbs)
        layout.addWidget(self.title)
        for signal in (document.model_changed, document.cursor_changed, look.changed):
            signal.connect(self._on_changed)
        self._on_changed()

    def changeEvent(self, event: QEvent) -> None:
        """Texts may be in another language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._on_changed()
        super().changeEvent(event)

    def _on_changed(self) -> None:
        layout = self.layout()
        assert layout is not None
        layout.setContentsMargins(self.look.px(4), 0, 0, 0)
        layout.setSpacing(self.look.px(2))
        trace, cursor = self.document.trace, self.document.cursor
        chain = moves.segments(trace)[moves.segment_at(trace, cursor.path)].chain[1:]
        step = self.texts.step(self.document.step)
        is_block = cursor.depth == moves.BLOCK
        self.names = [self.texts.block(block).name for block in chain]
        self.last = "" if is_block else step.name
        self.crumbs.setFont(self.look.font(12.5))
        self._show_crumbs()
        self.headline = ""
        self.crumbs = QLabel(self)
        self.crumbs.setMinimumWidth(1)
        self.crumbs.linkActivated.connect(self._on_link)
        self.crumbs.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.title = QLabel(self)
        self.title.setMinimumWidth(1)
        layout = QVBoxLayout(self)
        layout.addWidget(self.crumbs)
        layout.addWidget(self.title)
        for signal in (document.model_changed, document.cursor_changed, look.changed):
            signal.connect(self._on_changed)
        self._on_changed()

    def changeEvent(self, event: QEvent) -> None:
        """Texts may be in another language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._on_changed()
        super().changeEvent(event)

    def _on_changed(self) -> None:
        layout = self.layout()
        assert layout is not None
        layout.setContentsMargins(self.look.px(4), 0, 0, 0)
        layout.setSpacing(self.look.px(2))
        trace, cursor = self.document.trace, self.document.cursor
        chain = moves.segments(trace)[moves.segment_at(trace, cursor.path)].chain[1:]
        step = self.texts.step(self.document.step)
        faint, ink = self.look.theme.faint, self.look.theme.ink
        links = [
            f'<a style="color:{faint};text-decoration:none" href="{index}">'
            f"{html.escape(self.texts.block(block).name)}</a>"
            for index, block in enumerate(chain)
        ]
        is_block = cursor.depth == moves.BLOCK
        if not is_block:
            links.append(f'<b style="color:{ink}">{html.escape(step.name)}</b>')
        self.crumbs.setFont(self.look.font(12.5))
        self.crumbs.setText(f' <span style="color:{faint}">›</span> '.join(links))
        self.headline = self.texts.block(chain[-1]).name if is_block else step.title
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
        self.crumbs.setText(f' <span style="color:{theme.faint}">›</span> '.join(links))

    def _show_title(self) -> None:
        """One line: smaller, and in the end shortened, where there is little room."""
        pixels, font = 21.0, self.look.font(21, bold=True)
        while pixels > 14:
            font = self.look.font(pixels, bold=True)
            if QFontMetricsF(font).horizontalAdvance(self.headline) <= self.width() - 8:
                break
            pixels -= 1
        metrics = QFontMetricsF(font)
        self.title.setFont(font)
        room = self.width() - 8
        self.title.setText(metrics.elidedText(self.headline, Qt.TextElideMode.ElideRight, room))
        self.title.setToolTip(self.headline)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The title for the new room."""
        super().resizeEvent(event)
        self._show_crumbs()
        self._show_title()

    def _on_link(self, link: str) -> None:
        trace = self.document.trace
        chain = moves.segments(trace)[moves.segment_at(trace, self.document.cursor.path)].chain[1:]
        first = next(iter(chain[int(link)].steps()))
        self.document.go_to(first.path, moves.BLOCK)
