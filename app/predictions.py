"""What a learner has seen and answered of the lessons, now and at all starts before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.settings import Settings

if TYPE_CHECKING:
    from engine.course import Answer, Lesson

Key = tuple[str, str, str]
"""A question: its lesson, its stop, its name."""

RIGHT, SHOWN = "right", "shown"
"""What is kept of a question: answered right, without having been told; the answer shown."""


@dataclass(frozen=True)
class Progress:
    """How far a lesson was ever gone through: `settled` are questions right or shown."""

    stops: int
    seen: int
    questions: int
    right: int
    settled: int

    @property
    def is_done(self) -> bool:
        """Every stop was seen, and every question answered right or its answer shown."""
        return self.seen == self.stops and self.settled == self.questions


class Predictions:
    """The answers given since the start, and which questions were ever right or shown."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.answers: dict[Key, Answer] = {}
        self.given_up: set[Key] = set()

    def give(self, key: Key, answer: Answer, *, is_right: bool) -> None:
        """An answer; it counts as right for good unless it had been shown before."""
        self.answers[key] = answer
        if is_right and key not in self.given_up:
            self._keep(RIGHT, key)

    def give_up(self, key: Key) -> None:
        """The answer was asked for."""
        self.given_up.add(key)
        self._keep(SHOWN, key)

    def ask_anew(self, slug: str) -> None:
        """The lesson begins anew: its questions are asked as if for the first time."""
        self.answers = {k: a for k, a in self.answers.items() if k[0] != slug}
        self.given_up = {k for k in self.given_up if k[0] != slug}

    def left_at(self, lesson: Lesson) -> tuple[int, bool]:
        """The stop at which a lesson was left, and whether it was gone to its end."""
        last = self.settings.lesson_stop(lesson.slug)
        place = next((i for i, s in enumerate(lesson.stops) if s.id == last), 0)
        progress = self.progress(lesson)
        return place, place == len(lesson.stops) - 1 and progress.seen == progress.stops

    def progress(self, lesson: Lesson) -> Progress:
        """How far the lesson was ever gone through, whatever older lessons of its name asked."""
        slug, stops = lesson.slug, {s.id for s in lesson.stops}
        asked = {f"{s.id}/{name}" for s in lesson.stops for name in s.questions}
        right = self.settings.marks(slug, RIGHT) & asked
        settled = right | (self.settings.marks(slug, SHOWN) & asked)
        seen = self.settings.stops_reached(slug) & stops
        return Progress(len(stops), len(seen), len(asked), len(right), len(settled))

    def first_open(self, lesson: Lesson) -> int:
        """The first stop with a question that was never settled; −1 if there is none."""
        settled = self.settings.marks(lesson.slug, RIGHT) | self.settings.marks(lesson.slug, SHOWN)
        names = [(i, f"{s.id}/{q}") for i, s in enumerate(lesson.stops) for q in s.questions]
        return next((i for i, name in names if name not in settled), -1)

    def _keep(self, mark: str, key: Key) -> None:
        slug, stop, question = key
        self.settings.add_mark(slug, mark, f"{stop}/{question}")
