"""The lessons there are to choose from: Stepformer's own, or those of a folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.texts import Texts
from engine import InputError

if TYPE_CHECKING:
    # Most starts go through no lesson: what reads them is loaded when one is asked for.
    from app.library import Book
    from app.searching import Hit


class Shelf(QObject):
    """The lessons in the language in force.

    Signals:
        shelf_changed: other lessons are there to choose from, or in another language.
        folder_changed: lessons of another folder were taken; what was wrong before is past.
    """

    shelf_changed = Signal()
    folder_changed = Signal()

    def __init__(self, texts: Texts, parent: QObject) -> None:
        super().__init__(parent)
        self.texts = texts
        self.folder: Path | None = None  # Stepformer's own
        self.book: Book | None = None
        self._books: list[Book] = []
        self._language = ""

    def leave(self) -> None:
        """End the lesson."""
        raise NotImplementedError

    @property
    def books(self) -> list[Book]:
        """The lessons in the language in force, read when they are first asked for."""
        from app.library import OWN, shelf

        if self._language != self.texts.language:
            self._language = self.texts.language
            self._books = shelf(self.folder or OWN, self._language)
        return self._books

    def book_of(self, slug: str) -> Book | None:
        """A lesson by its folder's name."""
        return next((b for b in self.books if b.lesson.slug == slug), None)

    def search(self, text: str) -> list[Hit]:
        """Where in the lessons some words stand, the best places first."""
        from app.searching import search

        return search(self.books, text)

    def open_folder(self, folder: Path) -> list[InputError]:
        """Take the lessons of a folder in place of those that are there; or what is wrong."""
        from app.library import wrong_with

        wrong = wrong_with(folder)
        if not wrong:
            self._take(folder)
        return wrong

    def use_own(self) -> None:
        """The lessons that come with Stepformer again."""
        self._take(None)

    def _take(self, folder: Path | None) -> None:
        self.leave()
        self.folder, self._language = folder, ""
        self.shelf_changed.emit()
        self.folder_changed.emit()

    def retell(self) -> None:
        """The texts may be in another language."""
        from app.library import book

        if self.book is not None:
            self.book = book(self.book.lesson.folder, self.texts.language)
        self.shelf_changed.emit()
