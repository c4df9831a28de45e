"""Choosing one thing from a list that a few letters make shorter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

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
from app.symbols import rich
from app.theme import Look

PLACE = int(Qt.ItemDataRole.UserRole)


@dataclass(frozen=True)
class Offer:
    """What can be chosen, how it is called, what more is to be said, and the heading it is under.

    Offers under one heading stand together.
    """

    value: Any
    text: str
    more: str = ""
    heading: str = ""


class Picker(QDialog):
    """A field and a list. Typing filters, Up and Down choose while one types, Enter takes it."""

    def __init__(
        self, title: str, why: str, offers: Sequence[Offer], look: Look, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.offers = offers
        self.setWindowTitle(title)
        reason, self.more = QLabel(why, self), QLabel(self)
        self.field = QLineEdit(self)
        self.field.setPlaceholderText(self.tr("Type a few letters to find it"))
        self.field.setAccessibleName(self.tr("Find"))
        self.list = QListWidget(self)
        self.list.setAccessibleName(title)
        self._fill(look)
        kinds = QDialogButtonBox.StandardButton
        self.buttons = QDialogButtonBox(kinds.Ok | kinds.Cancel, self)
        layout = QVBoxLayout(self)
        for widget in (reason, self.field, self.list, self.more, self.buttons):
            widget.setFont(look.font(13))
            layout.addWidget(widget)
        for label in (reason, self.more):
            label.setWordWrap(True)
        self.more.setTextFormat(Qt.TextFormat.RichText)
        self.more.setAlignment(Qt.AlignmentFlag.AlignTop)
        # Room for two lines, so that the list keeps its size while one goes through it.
        self.more.setMinimumHeight(2 * self.more.fontMetrics().lineSpacing())
        self.more.setVisible(any(offer.more for offer in offers))
        self.field.textChanged.connect(self._on_typed)
        self.field.installEventFilter(self)
        self.list.itemActivated.connect(self._on_taken)
        self.list.currentItemChanged.connect(self._on_current)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        room = screen_room(parent)
        self.resize(min(look.px(520), room.width() - 40), min(look.px(480), room.height() - 80))
        self._on_typed("")

    def _fill(self, look: Look) -> None:
        """The offers, each heading above the first that stands under it."""
        latest = ""
        for place, offer in enumerate(self.offers):
            if offer.heading != latest:
                latest = offer.heading
                heading = QListWidgetItem(latest, self.list)
                heading.setFlags(Qt.ItemFlag.NoItemFlags)
                heading.setFont(look.font(13, bold=True))
                heading.setForeground(look.color("ink"))
            item = QListWidgetItem(offer.text, self.list)
            item.setData(PLACE, place)

    @property
    def chosen(self) -> Offer | None:
        """What is chosen, if anything is."""
        item = self.list.currentItem()
        return None if item is None or item.isHidden() else self._offer(item)

    def _offer(self, item: QListWidgetItem) -> Offer | None:
        """What an entry offers; None for a heading."""
        place = item.data(PLACE)
        return None if place is None else self.offers[place]

    def _on_typed(self, text: str) -> None:
        """Only what has all the letters' words, the first of them chosen, and its headings.

        What stands under two headings is found once.
        """
        words = text.casefold().split()
        found: list[Any] = []
        first: QListWidgetItem | None = None
        heading: QListWidgetItem | None = None
        for item in map(self.list.item, range(self.list.count())):
            offer = self._offer(item)
            if offer is None:
                heading = item
                item.setHidden(True)
                continue
            known = f"{offer.heading} {offer.text} {offer.more} {offer.value}".casefold()
            is_again = bool(words) and offer.value in found
            item.setHidden(is_again or not all(word in known for word in words))
            if item.isHidden():
                continue
            found.append(offer.value)
            first = item if first is None else first
            if heading is not None:
                heading.setHidden(False)
        if first is not None:
            self.list.setCurrentItem(first)
            self.list.scrollToTop()
        self._on_current()

    def _on_current(self) -> None:
        offer = self.chosen
        none = self.tr("Nothing has these letters; try fewer, or another word.")
        self.more.setText(none if offer is None else rich(offer.more))
        self.more.setVisible(offer is None or any(o.more for o in self.offers))
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(offer is not None)

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
        items = [self.list.item(row) for row in range(self.list.count())]
        shown = [row for row, item in enumerate(items) if not item.isHidden() and self._offer(item)]
        if shown:
            here = self.list.currentRow()
            place = shown.index(here) + by if here in shown else 0
            self.list.setCurrentRow(shown[min(max(place, 0), len(shown) - 1)])
