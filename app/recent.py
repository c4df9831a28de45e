"""The menu of files that were open before."""

from __future__ import annotations

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from app.commands import FileCommands
from app.settings import Settings


class RecentMenu(QMenu):
    """Filled when it opens; a choice opens the file."""

    def __init__(self, files: FileCommands, settings: Settings, parent: QWidget) -> None:
        super().__init__(parent)
        self.files = files
        self.settings = settings
        self.aboutToShow.connect(self._on_opening)
        self.triggered.connect(self._on_chosen)
        self.refresh()

    def refresh(self) -> None:
        """The title in the language in force."""
        self.setTitle(self.tr("Recent &files"))

    def _on_opening(self) -> None:
        self.clear()
        for path in self.settings.recent:
            self.addAction(path.name).setData(str(path))
        if self.isEmpty():
            self.addAction(self.tr("No files yet")).setEnabled(False)

    def _on_chosen(self, action: QAction) -> None:
        self.files.open_path(str(action.data()))
