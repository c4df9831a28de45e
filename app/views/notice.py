"""The bar that says what was not possible, and why; it asks for nothing."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from app.document import Document
from app.keys import PRESS, keep_keys
from app.texts import Texts
from app.theme import Look
from app.views.parts.voice import announce
from engine import InputError


class Notice(QWidget):
    """Shows the last refusal until the next change, or until it is closed."""

    def __init__(
        self, document: Document, look: Look, texts: Texts, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.document = document
        self.look = look
        self.texts = texts
        self.refusal: InputError | None = None
        self.setObjectName("notice")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.text = QLabel(self)
        self.text.setWordWrap(True)
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.close_button = QToolButton(self)
        self.close_button.setText("✕")
        self.close_button.clicked.connect(self.hide)
        keep_keys(self.close_button, PRESS)
        layout = QHBoxLayout(self)
        layout.addWidget(self.text, 1)
        layout.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        document.refused.connect(self._on_refused)
        document.trace_changed.connect(self.hide)
        look.changed.connect(self._on_look)
        self._on_look()
        self.hide()

    def _on_look(self) -> None:
        theme = self.look.theme
        self.text.setFont(self.look.font(13))
        self.setStyleSheet(
            f"#notice {{ background: {theme.here}; border: 1px solid {theme.here_line};"
            f"border-radius: {self.look.px(8)}px; }} QLabel {{ color: {theme.ink}; }}"
        )
        self.close_button.setAccessibleName(self.tr("Close"))

    def changeEvent(self, event: QEvent) -> None:
        """A refusal is told in the new language; other sentences have had their time."""
        if event.type() == QEvent.Type.LanguageChange:
            self._on_look()
            if self.refusal is not None and not self.isHidden():
                self._on_refused(self.refusal)
            else:
                self.hide()
        super().changeEvent(event)

    def _on_refused(self, error: InputError) -> None:
        self.say(self.texts.problem(self.texts.with_names(error, self.document.trace)))
        self.refusal = error

    def say(self, text: str) -> None:
        """Show a sentence; none takes away the one that stands there."""
        self.refusal = None
        if not text:
            self.hide()
            return
        is_whole = text.endswith((".", "!", "?", "。", "！", "？"))
        self.text.setText(text if is_whole else self.tr("%1.").replace("%1", text))
        self.show()
        announce(self, text)
