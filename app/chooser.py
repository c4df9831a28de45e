"""A combo box in the window's own look: flat, with a small triangle."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QComboBox, QWidget

from app.keys import keep_keys
from app.theme import Look


class Chooser(QComboBox):
    """Keeps plain keys to itself; as narrow as its longest entry allows."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        keep_keys(self)

    def sizeHint(self) -> QSize:
        """The longest entry and the triangle."""
        metrics = self.fontMetrics()
        texts = [self.itemText(i) for i in range(self.count())]
        wide = max((metrics.horizontalAdvance(t) for t in texts), default=0)
        return QSize(wide + self.look.px(27), metrics.height() + self.look.px(10))

    def minimumSizeHint(self) -> QSize:
        """As the size hint."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A rounded field, the entry, the triangle; a thicker frame with the keyboard."""
        look, painter = self.look, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_here, is_free = self.hasFocus(), self.isEnabled()
        color = "here_line" if is_here else "ink" if self.underMouse() else "outline"
        painter.setPen(QPen(look.color(color if is_free else "line"), 2 if is_here else 1))
        painter.setBrush(look.color("card" if is_free else "window"))
        radius = look.px(6)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), radius, radius)
        painter.setPen(look.color("ink" if is_free else "faint"))
        painter.setFont(self.font())
        room = QRectF(self.rect()).adjusted(look.px(8), 0, -look.px(16), 0)
        text = self.fontMetrics().elidedText(
            self.currentText(), Qt.TextElideMode.ElideRight, int(room.width()) + 1
        )
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), text)
        painter.setPen(look.color("faint"))
        mark = QRectF(self.width() - look.px(17), 0, look.px(13), self.height())
        painter.drawText(mark, int(Qt.AlignmentFlag.AlignCenter), "▾")
        painter.end()
