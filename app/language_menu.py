"""The menu of languages; each is called what it calls itself."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from app.i18n import Language
from app.settings import Settings
from app.texts import languages, name_of


class LanguageMenu(QMenu):
    """One entry for each language there is; the one in force is marked."""

    def __init__(self, language: Language, settings: Settings, parent: QWidget) -> None:
        super().__init__(parent)
        self.language = language
        self.settings = settings
        self.group = QActionGroup(self)
        for name in languages():
            action = self.addAction(name_of(name))
            action.setData(name)
            action.setCheckable(True)
            self.group.addAction(action)
        self.group.triggered.connect(self._on_chosen)
        self._show()

    def _show(self) -> None:
        self.setTitle(self.tr("L&anguage"))
        for action in self.group.actions():
            action.setChecked(action.data() == self.language.texts.language)

    def _on_chosen(self, action: QAction) -> None:
        self.settings.language = action.data()
        self.language.use(action.data())

    def changeEvent(self, event: QEvent) -> None:
        """The title in the new language, the mark at the new entry."""
        if event.type() == QEvent.Type.LanguageChange:
            self._show()
        super().changeEvent(event)
