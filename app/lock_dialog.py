"""Choosing what a class is not to see."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QCheckBox, QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from app.lock_table import locks
from app.theme import Look


class LockDialog(QDialog):
    """A box for each group of controls, and that it is no protection."""

    def __init__(self, locked: Sequence[str], look: Look, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Lock for a class"))
        told = QLabel(
            self.tr(
                "What is ticked is hidden wherever this file is opened. That keeps a class on "
                "track and protects nothing: here anybody may take the ticks away again."
            ),
            self,
        )
        told.setWordWrap(True)
        told.setFont(look.font(13))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(*(4 * [look.px(16)]))
        rows.setSpacing(look.px(8))
        rows.addWidget(told)
        self.boxes: dict[str, QCheckBox] = {}
        for lock in locks():
            box = QCheckBox(lock.text, self)
            box.setFont(look.font(13))
            box.setChecked(lock.name in locked)
            rows.addWidget(box)
            self.boxes[lock.name] = box
        kinds = QDialogButtonBox.StandardButton
        self.buttons = QDialogButtonBox(kinds.Ok | kinds.Cancel, self)
        self.unlock = self.buttons.addButton(
            self.tr("Unlock all"), QDialogButtonBox.ButtonRole.ResetRole
        )
        self.unlock.clicked.connect(self._on_unlock)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        rows.addStretch(1)
        rows.addWidget(self.buttons)
        self.resize(look.px(420), look.px(360))

    def names(self) -> tuple[str, ...]:
        """The groups that are ticked."""
        return tuple(name for name, box in self.boxes.items() if box.isChecked())

    def _on_unlock(self) -> None:
        for box in self.boxes.values():
            box.setChecked(False)
