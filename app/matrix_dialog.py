"""Choosing a matrix from a list that a few letters make shorter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.screens import screen_room
from app.theme import Look

PATH = int(Qt.ItemDataRole.UserRole)


@dataclass(frozen=True)
class Offer:
    """A matrix to choose: its path, and how it is called and where it stands."""

    path: str
    text: str


class MatrixDialog(QDialog):
    """A field and a list. Typing filters, Up and Down choose while one types, Enter takes it."""

    def __init__(
        self, title: str, why: str, offers: Sequence[Offer], look: Look, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        reason = QLabel(why, self)
        reason.setWordWrap(True)
        self.field = QLineEdit(self)
        self.field.setPlaceholderText(self.tr("Type a few letters to find it"))
        self.field.setAccessibleName(self.tr("Find"))
        self.list = QListWidget(self)
        self.list.setAccessibleName(title)
        for offer in offers:
            item = QListWidgetItem(offer.text, self.list)
            item.setData(PATH, offer.path)
            item.setToolTip(offer.path)
        kinds = QDialogButtonBox.StandardButton
        self.buttons = QDialogButtonBox(kinds.Ok | kinds.Cancel, self)
        layout = QVBoxLayout(self)
        for widget in (reason, self.field, self.list, self.buttons):
            widget.setFont(look.font(13))
            layout.addWidget(widget)
        self.field.textChanged.connect(self._on_typed)
        self.field.installEventFilter(self)
        self.list.itemActivated.connect(self._on_taken)
        self.list.currentItemChanged.connect(self._on_current)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        room = screen_room(parent)
        self.resize(min(look.px(520), room.width() - 40), min(look.px(420), room.height() - 80))
        self._on_typed("")

    @property
    def chosen(self) -> str:
        """The path of what is chosen, or ""."""
        item = self.list.currentItem()
        return "" if item is None or item.isHidden() else str(item.data(PATH))

    def _on_typed(self, text: str) -> None:
        """Only what has all the letters' words, the first of them chosen."""
        words = text.casefold().split()
        first: QListWidgetItem | None = None
        for index in range(self.list.count()):
            item = self.list.item(index)
            known = f"{item.text()} {item.data(PATH)}".casefold()
            item.setHidden(not all(word in known for word in words))
            if first is None and not item.isHidden():
                first = item
        if first is not None:
            self.list.setCurrentItem(first)
        self._on_current()

    def _on_current(self) -> None:
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(bool(self.chosen))

    def _on_taken(self) -> None:
        self.accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and Down in the field go through the list."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            by = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if by is not None:
                self._step(by)
                return True
        return super().eventFilter(watched, event)

    def _step(self, by: int) -> None:
        shown = [i for i in range(self.list.count()) if not self.list.item(i).isHidden()]
        if shown:
            here = self.list.currentRow()
            place = shown.index(here) + by if here in shown else 0
            self.list.setCurrentRow(shown[min(max(place, 0), len(shown) - 1)])
