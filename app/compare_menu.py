"""The menu of what B may be made with: made from the model's options, whatever they are."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from app.desk import Desk
from engine import comparison


class CompareMenu(QMenu):
    """Filled when it opens; a choice lays a copy of A beside it with one option changed."""

    def __init__(self, desk: Desk, first: QAction, parent: QWidget) -> None:
        super().__init__(parent)
        self.desk = desk
        self.first = first
        self.aboutToShow.connect(self.fill)
        self.triggered.connect(self._on_chosen)
        self.refresh()

    def refresh(self) -> None:
        """The title in the language in force."""
        self.setTitle(self.tr("Compare &with"))

    def fill(self) -> None:
        """A plain copy first, then each option with the values that it could have."""
        self.clear()
        self.addAction(self.first)
        self.addSeparator()
        for name, value in self.alternatives():
            self.addAction(self.label(name, value)).setData((name, value))

    def alternatives(self) -> tuple[tuple[str, object], ...]:
        """Options of A with other values."""
        return comparison.alternatives(self.desk.document.state.sheets[0].scenario.options)

    def label(self, name: str, value: object) -> str:
        """An option with its new value in words."""
        text = self.desk.texts.option(name)
        return f"{text.label}: {text.word(value)}".replace("&", "&&")

    def show_over(self, widget: QWidget) -> None:
        """Open it in the middle of a widget."""
        size = self.sizeHint()
        middle = widget.rect().center() - QPoint(size.width() // 2, size.height() // 2)
        self.popup(widget.mapToGlobal(middle))
        self.setActiveAction(self.first)

    def _on_chosen(self, action: QAction) -> None:
        chosen = action.data()
        if isinstance(chosen, tuple):
            name, value = chosen
            self.desk.document.compare_option(self.label(name, value), name, value)
