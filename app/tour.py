"""Where a learner is in a lesson, and the way there; what was open waits meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal

from app.changes import Aside
from app.document import Document
from app.playback import Playback
from app.predictions import Key, Predictions, Progress
from app.settings import Settings
from app.shelf import Shelf
from app.spots import stand, state_of
from app.texts import Texts
from engine import InputError, edits

if TYPE_CHECKING:
    # Most starts go through no lesson: what reads them is loaded when one is asked for.
    from app.library import Book
    from engine.course import Answer, Spot, Visit

PAUSE = 120
"""Milliseconds without a change after which the text follows: a mouse may be dragging."""


class Tour(Shelf):
    """The stop of a lesson at which the learner is.

    A lesson has a document state and a history of its own: what was open is set aside when
    one begins, and stands there exactly as it was when it is left.

    Signals:
        stop_changed: another stop is shown, or none any more.
        told_anew: the numbers are others now, so values and claims are too.
        progress_changed: a stop was reached or a question settled for the first time.
        page_wanted(str): show "contents", "lesson" or "practice".
        plot_wanted(str): show the plot of that name large.
        explain_wanted: explain the step one stands at.
    """

    stop_changed = Signal()
    told_anew = Signal()
    progress_changed = Signal()
    page_wanted = Signal(str)
    plot_wanted = Signal(str)
    explain_wanted = Signal()

    def __init__(
        self, document: Document, texts: Texts, settings: Settings, playback: Playback
    ) -> None:
        super().__init__(texts, document)
        self.document = document
        self.settings = settings
        self.playback = playback
        self.place = 0
        self.size = ""
        self.visit: Visit | None = None
        self.live: Visit | None = None
        self.is_resumed = False  # the lesson was gone on with, and nothing was done since
        self.predictions = Predictions(settings)
        self._aside: Aside | None = None
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(PAUSE)
        self._later.timeout.connect(self._on_later)
        document.trace_changed.connect(self._on_trace)

    def retell(self) -> None:
        """The texts may be in another language."""
        super().retell()
        self.told_anew.emit()

    # Going through a lesson

    @property
    def is_open(self) -> bool:
        """Whether a lesson is being gone through."""
        return self.book is not None

    @property
    def is_away(self) -> bool:
        """Whether the learner has changed something since the stop was reached."""
        if self.visit is None:
            return False
        state = self.document.state
        is_changed = not edits.is_same(state.sheets[0].scenario, self.visit.scenario)
        return is_changed or self.document.is_comparing != bool(self.visit.stop.compare)

    @property
    def is_elsewhere(self) -> bool:
        """Whether the learner stands at another step than the stop's."""
        cursor = self.visit.cursor() if self.visit is not None else None
        return cursor is not None and cursor.path != self.document.cursor.path

    def start(self, slug: str, place: int | None = None) -> None:
        """Begin a lesson, or go on with it where it was left, or at a stop."""
        found = self.book_of(slug)
        if found is None:
            return
        to = self._left_at(found) if place is None else place
        is_first = self.book is not found
        if self._aside is None:
            self.playback.pause()
            self._aside = self.document.set_aside()
        if is_first:
            self.book, self.size = found, found.lesson.sizes[0]
        self.go(to, is_first=is_first, is_resumed=place is None and to > 0)

    def _left_at(self, found: Book) -> int:
        place, is_over = self.predictions.left_at(found.lesson)
        if is_over and self.book is not found:
            self.predictions.ask_anew(found.lesson.slug)
            return 0
        return place

    def start_over(self) -> None:
        """The lesson from its first stop, its questions asked anew."""
        if self.book is not None:
            self.predictions.ask_anew(self.book.lesson.slug)
            self.go(0)

    def go(self, place: int, *, is_first: bool = False, is_resumed: bool = False) -> None:
        """Go to a stop of the lesson: its scenario, its step, its number.

        What is open gives way even if it is the same when a lesson begins (`is_first`): it
        may belong to a file. Before that there is nothing to go back to.
        """
        from engine.course import Visit

        if self.book is None:
            return
        lesson, self.is_resumed = self.book.lesson, is_resumed
        self.place = min(max(place, 0), len(lesson.stops) - 1)
        sizes = lesson.stops[self.place].sizes
        size = self.size if self.size in sizes else sizes[0]
        self.visit = Visit(lesson, self.place, size)
        self._show(self.visit, is_first=is_first)
        self._keep_back()
        if self.settings.reach_stop(lesson.slug, self.visit.stop.id):
            self.progress_changed.emit()
        self.stop_changed.emit()

    def go_to_id(self, stop: str) -> None:
        """Go to a stop by its name."""
        if self.book is not None:
            self.go(self.book.lesson.index(stop))

    def next(self) -> None:
        """The next stop."""
        self.go(self.place + 1)

    def back(self) -> None:
        """The stop before."""
        self.go(self.place - 1)

    def again(self) -> None:
        """Back to the stop as it was."""
        self.go(self.place)

    def choose_size(self, size: str) -> None:
        """Take the lesson with another of its scenarios."""
        self.size = size
        self.go(self.place)

    def leave(self) -> None:
        """End the lesson; what was open is as it was."""
        if self._aside is None:
            return
        self.playback.pause()
        self.book = self.visit = self.live = None
        self.document.keep_back()
        aside, self._aside = self._aside, None
        self.document.take_up(aside)
        self.stop_changed.emit()

    @property
    def set_aside(self) -> Aside | None:
        """What waits until the lesson is left."""
        return self._aside

    def _show(self, visit: Visit, *, is_first: bool) -> None:
        """Let the stop be what is open: one entry to undo, unless it is open already."""
        self.playback.pause()
        self.live = visit
        if self.is_away or is_first:
            assert self.book is not None
            self.document.push(self.book.heading(self.place), state_of(visit, self.book.title))
        if is_first:
            self.document.undo_stack.clear()
        cursor = visit.cursor()
        if cursor is not None:
            self.document.place(cursor)
        self.live = visit
        self._later.stop()

    def progress(self, slug: str) -> Progress | None:
        """How far a lesson was ever gone through; None if there is no such lesson."""
        found = self.book_of(slug)
        return None if found is None else self.predictions.progress(found.lesson)

    # Questions

    def answer(self, question: str, answer: Answer | None) -> None:
        """An answer was given to a question of the stop, or (None) given up."""
        if self.live is None:
            return
        key = self.key(question)
        if answer is None:
            self.predictions.give_up(key)
        else:
            is_right = self.live.judge(question).is_right(question, answer)
            self.predictions.give(key, answer, is_right=is_right)
        self._keep_back()
        self.progress_changed.emit()

    def key(self, question: str) -> Key:
        """What a question of the stop is remembered under."""
        assert self.visit is not None
        return (self.visit.lesson.slug, self.visit.stop.id, question)

    def is_settled(self, question: str) -> bool:
        """Whether a question was answered right, or given up."""
        key, made = self.key(question), self.predictions
        if key in made.given_up:
            return True
        if self.live is None or key not in made.answers:
            return False
        return self.live.judge(question).is_right(question, made.answers[key])

    def _keep_back(self) -> None:
        """Keep the step's result back as long as the stop asks for it."""
        visit = self.visit
        cursor = visit.cursor() if visit is not None and visit.stop.hide else None
        if visit is None or cursor is None or all(map(self.is_settled, visit.stop.questions)):
            self.document.keep_back()
        else:
            self.document.keep_back(cursor.path)

    # Following links, trying variants

    def follow(self, kind: str, target: str) -> bool:
        """Follow a link of the text that leads to a step, a number, a stop, a lesson, a plot."""
        if kind == "lesson":
            self.start(target)
        elif kind == "stop":
            self.go_to_id(target)
        elif kind == "plot":
            self.plot_wanted.emit(target)
        elif kind == "try":
            return self.attempt(target)
        elif self.live is not None:
            return self._stand(partial(self.live.spot, kind, target))
        return True

    def show_source(self, question: str) -> bool:
        """Go to the number that a question asks for, and let its step be explained."""
        if self.live is None or not self._stand(partial(self.live.source, question)):
            return False
        self.explain_wanted.emit()
        return True

    def _stand(self, spot: Callable[[], Spot | None]) -> bool:
        try:
            found = spot()
        except InputError as error:
            self.document.refused.emit(error)
            return False
        if found is not None:
            self.playback.pause()
            stand(self.document, found)
        return found is not None

    def attempt(self, variant: str) -> bool:
        """Make the changes of a variant, as an edit of the learner's own."""
        if self.visit is None:
            return False
        scenario = self.visit.variant(variant)
        return self.document.edit(self.tr("Try what the lesson says"), lambda _: scenario)

    # What the learner makes of it

    def _on_trace(self) -> None:
        if self.visit is not None:
            self._later.start()

    def _on_later(self) -> None:
        if self.visit is None:
            return
        sheet = self.document.state.sheets[0]
        self.live = self.visit
        if not edits.is_same(sheet.scenario, self.visit.scenario):
            self.live = self.visit.over(sheet.scenario, sheet.trace)
        self.told_anew.emit()
