"""Views whose texts follow the language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    Base = QWidget
else:
    Base = object  # beside the widget that a view is


class Retold(Base):
    """Named before the widget: a view that tells its texts anew when the language changes."""

    def changeEvent(self, event: QEvent) -> None:
        """Texts may be in another language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._on_changed()
        super().changeEvent(event)

    def _on_changed(self) -> None:
        """Draw it anew; a view that shows no more than a picture need not say more."""
        self.update()
