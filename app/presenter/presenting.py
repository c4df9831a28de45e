"""Going into the lecture hall and coming back to the window as it was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from app.desk import Desk

if TYPE_CHECKING:
    from app.presenter.hall import Hall
    from app.presenter.notes import Notes


def places(screens: Sequence[QRect], window: QRect) -> tuple[QRect, QRect | None]:
    """The screens for the hall and for the notes; there are no notes on a single screen.

    The notes stay where the window is, before whoever speaks; the hall gets the other screen.
    """
    here = next((s for s in screens if s.contains(window.center())), screens[0])
    others = [s for s in screens if s != here]
    return (others[0], here) if others else (here, None)


class Presenting(QObject):
    """Opens the hall over the window and closes it again; the window itself is not touched."""

    def __init__(self, desk: Desk, actions: Mapping[str, QAction]) -> None:
        super().__init__(desk)
        self.desk = desk
        self.actions = dict(actions)
        self.hall: Hall | None = None
        self.notes: Notes | None = None
        self.focus: QWidget | None = None
        self.selection: tuple[int, int, int] | None = None
        self.path = ""
        desk.present_wanted.connect(self.enter)

    def enter(self) -> None:
        """Fill a screen with the stage."""
        if self.hall is not None:
            return
        from app.presenter.hall import Hall  # a start can do without

        window, document = self.desk.window, self.desk.document
        self.focus = QApplication.focusWidget()
        self.selection, self.path = document.selection, document.cursor.path
        hall = self.hall = Hall(self.desk, self.actions)
        hall.left.connect(self._on_left)
        hall.notes_wanted.connect(self.toggle_notes)
        screens = [screen.geometry() for screen in QGuiApplication.screens()]
        stage, notes = places(screens, window.frameGeometry())
        hall.setGeometry(stage)
        hall.showFullScreen()
        if notes is not None:
            self.toggle_notes()
            assert self.notes is not None
            self.notes.move(notes.center() - self.notes.rect().center())
        hall.activateWindow()
        hall.canvas.setFocus()

    def toggle_notes(self) -> None:
        """Show or close the second window."""
        if self.notes is not None:
            self._close_notes()
        else:
            from app.presenter.notes import Notes

            self.notes = Notes(self.desk)
            self.notes.show()
            if self.hall is not None:
                # A click on the notes must not take the clicker's keys away from the hall.
                self.notes.addActions(self.hall.actions())
                self.hall.activateWindow()

    def _close_notes(self) -> None:
        if self.notes is not None:
            self.notes.close()
            self.notes.deleteLater()
            self.notes = None

    def _on_left(self) -> None:
        """Give back what the window had: the keyboard, the selection."""
        self.hall = None
        self._close_notes()
        self.desk.playback.pause()
        document = self.desk.document
        # Elsewhere there is no such input, and nothing is selected.
        document.select(self.selection if document.cursor.path == self.path else None)
        self.desk.window.activateWindow()
        if self.focus is not None and isValid(self.focus):
            self.focus.setFocus()
        self.focus = None
