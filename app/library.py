"""The lessons there are, each with its text in the learner's language. No Qt."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from engine import InputError
from engine.course import (
    LESSONS,
    Block,
    Folded,
    Lesson,
    Prose,
    folders_of,
    plain,
    problems,
    read_lesson,
    read_prose,
    texts_of,
)

ENGLISH = "en"

OWN = LESSONS
"""The lessons that come with Stepformer."""


@dataclass(frozen=True, eq=False)
class Book:
    """A lesson with its text in one language."""

    lesson: Lesson
    prose: Prose

    @property
    def title(self) -> str:
        """The lesson's title."""
        return plain(self.prose.title)

    def heading(self, place: int) -> str:
        """The title of a stop."""
        return plain(self.prose.sections[place].title)


def book(folder: Path, language: str) -> Book:
    """A lesson and its text: in the language, in a near one, in English or in any."""
    lesson = read_lesson(folder)
    known = {path.stem: path for path in texts_of(folder)}
    stem = language.partition("_")[0]
    near = [name for name in known if name.partition("_")[0] == stem]
    name = next((n for n in (language, stem, *near, ENGLISH, *known) if n in known), None)
    if name is None:
        raise InputError("lesson_no_text", folder.name)
    return Book(lesson, read_prose(known[name]))


def shelf(folder: Path, language: str) -> list[Book]:
    """The lessons of a folder in their order; InputError if one can't be read."""
    found = [book(f, language) for f in folders_of(folder)]
    return sorted(found, key=lambda b: (b.lesson.order, b.lesson.slug))


def wrong_with(folder: Path) -> list[InputError]:
    """All that is wrong with the lessons of a folder; also if there are none."""
    folders = folders_of(folder)
    if not folders:
        return [InputError("lesson_none", folder.name)]
    slugs = [f.name for f in folders] + [f.name for f in folders_of(LESSONS)]
    return [error for inside in folders for error in problems(inside, slugs)]


def closing(found: Book) -> tuple[list[Block], list[Block]]:
    """The closing question and its model answer."""
    blocks = found.prose.sections[-1].blocks
    asked: list[Block] = [b for b in blocks if not isinstance(b, Folded)]
    return asked, [inner for b in blocks if isinstance(b, Folded) for inner in b.blocks]
