"""Entries of a list whose words may be emphasised and have something below the line."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QAbstractTextDocumentLayout, QPainter, QPalette, QTextDocument
from PySide6.QtWidgets import (
    QApplication,
    QListWidget,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from app.theme import Look

MARKUP = Qt.ItemDataRole.UserRole + 1
"""An entry's rich text; its plain text is what is searched by typing and read out."""

Index = QModelIndex | QPersistentModelIndex


class RichItems(QStyledItemDelegate):
    """Paints the rich text of a list's entries, as high as it is long."""

    def __init__(self, look: Look, view: QListWidget) -> None:
        super().__init__(view)
        self.look = look
        self.view = view
        view.setResizeMode(QListWidget.ResizeMode.Adjust)

    def _edge(self) -> int:
        return self.look.px(7)

    def _document(self, index: Index) -> QTextDocument:
        document = QTextDocument()
        document.setDocumentMargin(0)
        document.setDefaultFont(self.view.font())
        document.setHtml(str(index.data(MARKUP)))
        gaps = 2 * (self._edge() + self.view.spacing())
        document.setTextWidth(max(self.view.viewport().width() - gaps, self.look.px(60)))
        return document

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The entry's ground as the style has it, then its text."""
        drawn = QStyleOptionViewItem(option)
        self.initStyleOption(drawn, index)
        drawn.text = ""
        style = self.view.style() or QApplication.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, drawn, painter, self.view)
        context = QAbstractTextDocumentLayout.PaintContext()
        context.palette.setColor(QPalette.ColorRole.Text, self.look.color("ink"))
        place = QRectF(option.rect)
        painter.save()
        painter.translate(place.left() + self._edge(), place.top() + self._edge())
        document = self._document(index)  # kept: its layout does not hold it
        document.documentLayout().draw(painter, context)
        painter.restore()

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """As wide as the list, as high as its text."""
        document = self._document(index)
        return QSize(self.look.px(60), int(document.size().height()) + 2 * self._edge() + 1)
