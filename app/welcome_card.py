"""What the tour of a first start is made of: frames around things, and a card of words."""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.keys import PRESS, keep_keys
from app.theme import Look

WIDTHS = (340, 280, 240, 200)
"""How wide a card may be, at 100% text."""


class Rings(QWidget):
    """Frames around what is spoken of, over the whole window; the mouse goes through them."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self.look = look
        self.rects: tuple[QRect, ...] = ()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_around(self, rects: Sequence[QRect], room: QRect) -> None:
        """Stand around these in a window of that size."""
        self.rects = tuple(rects)
        self.setGeometry(room)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The frames."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        wide = max(3, self.look.px(3))
        painter.setPen(QPen(self.look.color("here_line"), wide))
        edge, radius = wide / 2, self.look.px(9)
        for rect in self.rects:
            inner = QRectF(rect).adjusted(edge, edge, -edge, -edge)
            painter.drawRoundedRect(inner, radius, radius)
        painter.end()


class Card(QWidget):
    """The words, and the way on or out."""

    def __init__(self, slots: tuple[Callable[[], None], ...], look: Look, parent: QWidget) -> None:
        """`slots` leave, go back and go on."""
        super().__init__(parent)
        self.setObjectName("welcome")
        self.leave = slots[0]
        self.look = look
        self.title, self.count, self.text = QLabel(self), QLabel(self), QLabel(self)
        self.text.setWordWrap(True)
        self.skip, self.back, self.next = QPushButton(self), QPushButton(self), QPushButton(self)
        head, foot = QHBoxLayout(), QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.count)
        foot.addStretch(1)
        for button, slot in zip((self.skip, self.back, self.next), slots, strict=True):
            button.clicked.connect(slot)
            keep_keys(button, PRESS)
            foot.addWidget(button)
        self.rows = QVBoxLayout(self)
        self.rows.addLayout(head)
        self.rows.addWidget(self.text)
        self.rows.addLayout(foot)

    def tell(self, title: str, lines: Sequence[str], *, is_first: bool, is_last: bool) -> None:
        """Say this; the buttons' words are the tour's."""
        look = self.look
        self.title.setText(title)
        self.title.setFont(look.font(16, bold=True))
        self.text.setText("<br>".join(map(html.escape, lines)))
        self.text.setFont(look.font(13))
        self.back.setEnabled(not is_first)
        self.skip.setVisible(not is_last)
        for label in (self.count, self.skip, self.back, self.next):
            label.setFont(look.font(12))
        self.rows.setContentsMargins(*(4 * [look.px(14)]))
        self.rows.setSpacing(look.px(6))

    def sizes(self, most: int) -> list[QSize]:
        """How large it may be in so much width, the widest first."""
        self.setMinimumWidth(0)
        self.setMaximumWidth(16777215)
        self.rows.activate()
        least = self.rows.minimumSize().width()
        widths = [max(min(self.look.px(wide), most), least) for wide in WIDTHS]
        return [QSize(wide, self.rows.totalHeightForWidth(wide)) for wide in dict.fromkeys(widths)]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc skips what is left; Return presses a button, as in a dialog."""
        chosen = self.focusWidget()
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif event.key() in PRESS and isinstance(chosen, QPushButton):
            chosen.click()
        else:
            event.ignore()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A card that stands out."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.look.color("here_line"), 2))
        painter.setBrush(self.look.color("here"))
        radius = self.look.px(10)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), radius, radius)
        painter.end()
