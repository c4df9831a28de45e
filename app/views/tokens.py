"""The bar of words: the source to choose from the vocabulary, the target as it grows."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from app.chooser import Chooser
from app.document import Document
from app.keys import PRESS, keep_keys
from app.texts import Texts
from app.theme import Look
from app.views.parts.retold import Retold
from engine import MOST_TOKENS, START


class TokenBar(Retold, QWidget):
    """A choice for every word, and the decoder's loop: next word, translate."""

    def __init__(
        self, document: Document, look: Look, texts: Texts, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.document = document
        self.look = look
        self.texts = texts
        self.setObjectName("tokens")
        self.whole_row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self.rows = {"source": QHBoxLayout(), "target": QHBoxLayout()}
        self.heads = {"source": QLabel(self), "target": QLabel(self)}
        self.words: dict[str, list[Chooser]] = {"source": [], "target": []}
        self.counts = {
            f"{which} {sign}": self._count_button(which, sign)
            for which in ("source", "target")
            for sign in ("−", "+")
        }
        self.next = QPushButton(self)
        self.whole = QPushButton(self)
        for button in (self.next, self.whole):
            keep_keys(button, PRESS)
        self.next.clicked.connect(document.next_word)
        self.whole.clicked.connect(document.translate)
        for which, row in self.rows.items():
            row.addWidget(self.heads[which])
            for sign in ("−", "+"):
                row.addWidget(self.counts[f"{which} {sign}"])
            self.whole_row.addLayout(row)
        self.rows["source"].addWidget(self.next)
        self.rows["source"].addWidget(self.whole)
        self.rows["source"].addSpacing(self.look.px(14))
        for row in self.rows.values():
            row.addStretch(0)
        self.whole_row.addStretch(1)
        document.model_changed.connect(self._on_changed)
        look.changed.connect(self._on_changed)
        self._on_changed()

    def stack(self, is_stacked: bool) -> None:
        """Source above target, where they have no room side by side."""
        way = QBoxLayout.Direction
        self.whole_row.setDirection(way.TopToBottom if is_stacked else way.LeftToRight)

    def needed(self) -> int:
        """The width of both rows side by side."""
        return sum(row.sizeHint().width() for row in self.rows.values()) + self.look.px(40)

    def _count_button(self, which: str, sign: str) -> QToolButton:
        button = QToolButton(self)
        button.setText(sign)
        button.setObjectName(f"{which} {sign}")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(self._on_count)
        keep_keys(button, PRESS)
        return button

    def _on_count(self) -> None:
        """One word more or fewer at the end."""
        which, sign = self.sender().objectName().split()
        tokens = getattr(self.document.scenario, which)
        # A source grows by padding, which changes nothing yet; a target by its last word.
        known = getattr(self.document.scenario, f"{which}_vocabulary")
        new = known[0] if which == "source" else known[-1]
        words = (*tokens, new) if sign == "+" else tokens[:-1]
        self.document.set_tokens(**{which: words})

    def _on_changed(self) -> None:
        px = self.look.px
        self.whole_row.setContentsMargins(px(12), px(3), px(12), px(3))
        self.whole_row.setSpacing(px(4))
        for row in self.rows.values():
            row.setSpacing(px(4))
        self.heads["source"].setText(self._name("source", 0) or self.tr("Source"))
        self.heads["target"].setText(self._name("target", 1) or self.tr("Target"))
        self.next.setText(self.tr("Next word"))
        self.whole.setText(self.tr("Translate"))
        for name, button in self.counts.items():
            which, sign = name.split()
            count = len(getattr(self.document.scenario, which))
            button.setEnabled(count > 1 if sign == "−" else count < MOST_TOKENS)
            text = self.tr("One word fewer") if sign == "−" else self.tr("One word more")
            button.setToolTip(text)
            button.setAccessibleName(f"{self.heads[which].text()}: {text}")
            button.setFont(self.look.font(12))
            button.setFixedWidth(px(24))
        self.next.setFont(self.look.font(13))
        self.whole.setFont(self.look.font(13))
        for label in self.heads.values():
            label.setFont(self.look.font(12, strong=True))
        for which in ("source", "target"):
            self._show(which)
        self._show_used()

    def _name(self, which: str, lane: int) -> str:
        """What the model calls these words: the block at the lane's foot, if they are its rows."""
        words: tuple[str, ...] = getattr(self.document.scenario, which)
        for block in self.document.trace.root.blocks:
            if block.lane == lane:
                has_words = next(block.steps()).output.rows == words
                return self.texts.block(block).name if has_words else ""
        return ""

    def _show_used(self) -> None:
        """Only the words that the model reads; and the decoder's loop where it predicts some."""
        used = self.document.scenario.options.uses.words
        for which in ("source", "target"):
            counts = [b for name, b in self.counts.items() if name.startswith(which)]
            for widget in (self.heads[which], *counts, *self.words[which]):
                widget.setVisible(which in used)
        self.next.setVisible("expected" in used)
        begins = START in self.document.scenario.target_vocabulary
        self.whole.setVisible("expected" in used and begins)

    def _show(self, which: str) -> None:
        scenario = self.document.scenario
        tokens: tuple[str, ...] = getattr(scenario, which)
        vocabulary: tuple[str, ...] = getattr(scenario, f"{which}_vocabulary")
        boxes = self.words[which]
        while len(boxes) > len(tokens):
            gone = boxes.pop()
            self.rows[which].removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        while len(boxes) < len(tokens):
            boxes.append(self._make(which, len(boxes)))
        for index, (box, token) in enumerate(zip(boxes, tokens, strict=True)):
            known = [box.itemText(i) for i in range(box.count())]
            if known != list(vocabulary):
                box.clear()
                box.addItems(vocabulary)
            box.setFont(self.look.font(13))
            box.updateGeometry()
            box.setCurrentText(token)
            box.setAccessibleName(f"{self.heads[which].text()} {index + 1}")

    def _make(self, which: str, index: int) -> Chooser:
        box = Chooser(self.look, self)
        box.setObjectName(f"{which} {index}")
        box.activated.connect(self._on_word)
        row = self.rows[which]
        row.insertWidget(row.indexOf(self.counts[f"{which} +"]) + 1 + index, box)
        box.show()
        return box

    def _on_word(self) -> None:
        box = self.sender()
        assert isinstance(box, Chooser)
        which, index = box.objectName().split()
        if getattr(self.document.scenario, which)[int(index)] != box.currentText():
            self.document.set_token(which, int(index), box.currentText())
            self._show(which)
