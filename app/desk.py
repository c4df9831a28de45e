"""What the commands and the side panels work on, handed to each of them in one piece."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.dialogs import Dialogs
from app.document import Document
from app.playback import Playback
from app.preferences import Preferences
from app.settings import Settings
from app.texts import Texts
from app.theme import Look
from engine import Matrix

if TYPE_CHECKING:
    from app.tour import Tour


FIRST_PLOT = "row"
"""The plot that is there before another is chosen."""


class Desk(QObject):
    """The document with everything around it, and what the window is asked for.

    Signals:
        notice_wanted(str): a sentence to be shown above the stage; "" takes it away.
        panel_wanted(str): show or hide the map or the side panel.
        tab_wanted(str): bring a tab of the side panel to the front.
        plot_wanted(str): bring the Plot tab to the front, with that plot.
        lesson_changed: a lesson is at another stop, or was left.
        stage_wanted: the keyboard goes to the stage's first input.
        pin_wanted: the editor is to open over the number asked.
        present_wanted: the stage and the arithmetic alone are to fill a screen.
        solo_wanted: the panel with the keyboard is to stand alone, or no longer.
        welcome_wanted: the tour of a first start is to begin again.
        plot_copy_wanted, plot_export_wanted: the plot that is chosen is to be taken along.
    """

    plot_copy_wanted = Signal()
    plot_export_wanted = Signal()
    notice_wanted = Signal(str)
    panel_wanted = Signal(str)
    tab_wanted = Signal(str)
    plot_wanted = Signal(str)
    lesson_changed = Signal()
    stage_wanted = Signal()
    pin_wanted = Signal()
    present_wanted = Signal()
    solo_wanted = Signal()
    welcome_wanted = Signal()

    def __init__(
        self,
        window: QWidget,
        document: Document,
        look: Look,
        texts: Texts,
        settings: Settings,
        dialogs: Dialogs,
    ) -> None:
        super().__init__(window)
        self.window = window
        self.document = document
        self.look = look
        self.texts = texts
        self.settings = settings
        self.dialogs = dialogs
        self.plot = FIRST_PLOT
        self.playback = Playback(document, self)
        self.preferences = Preferences(look, settings, self.playback, self)

    def choose_plot(self, name: str) -> None:
        """Let this be the plot that can be taken along."""
        self.plot = name

    @cached_property
    def tour(self) -> Tour:
        """The lessons; made when they are first asked for, since a start can do without."""
        from app.tour import Tour

        tour = Tour(self.document, self.texts, self.settings, self.playback)
        tour.plot_wanted.connect(self.plot_wanted)
        tour.explain_wanted.connect(self._on_explain_wanted)
        tour.stop_changed.connect(self.lesson_changed)
        tour.shelf_changed.connect(self.lesson_changed)
        tour.folder_changed.connect(self._on_folder)
        return tour

    @property
    def is_in_lesson(self) -> bool:
        """Whether a lesson is being gone through; the lessons are not made for the question."""
        return "tour" in self.__dict__ and self.tour.is_open

    @property
    def title(self) -> str:
        """What the window is called: its file, its name, or the lesson."""
        title = self.document.title
        return self.tr("Lesson: %1").replace("%1", title) if self.is_in_lesson else title

    def may_copy(self, *matrices: Matrix) -> bool:
        """Whether a lesson keeps none of these back; if it does, a sentence says so."""
        is_told = not any(matrix.path in self.document.kept_back for matrix in matrices)
        if not is_told:
            text = self.tr("The lesson asks first: this can be copied once you have answered.")
            self.notice_wanted.emit(text)
        return is_told

    def _on_explain_wanted(self) -> None:
        self.tab_wanted.emit("explain")

    def _on_folder(self) -> None:
        self.notice_wanted.emit("")
