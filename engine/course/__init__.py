"""Lessons: guided tours through scenarios, with claims that are checked and questions marked.

>>> from pathlib import Path
>>> from engine.course import Visit, lessons
>>> lesson = next(found for found in lessons() if found.slug == "the-steps")
>>> visit = Visit(lesson, lesson.index("scores"), lesson.sizes[0])
>>> all(visit.outcome(claim).holds for claim in visit.stop.claims)
True
"""

from __future__ import annotations

from pathlib import Path

from engine.course.checking import folders_of, problems, read_prose, texts_of
from engine.course.claims import Claim, Outcome
from engine.course.lesson import END, Changes, Lesson, Stop
from engine.course.linear import in_line
from engine.course.prose import Asked, Block, Display, Folded, Listing, Paragraph, Prose, Section
from engine.course.questions import Answer, Offer, Question, wrong
from engine.course.reading import read_lesson
from engine.course.results import Result
from engine.course.spans import Code, Formula, Link, Quoted, Span, Styled, Words, plain, walk
from engine.course.telling import spans_in
from engine.course.visits import Spot, Visit

LESSONS = Path(__file__).resolve().parent.parent.parent / "resources" / "lessons"
"""The lessons that come with Stepformer, a folder each."""


def lessons(folder: Path = LESSONS) -> list[Lesson]:
    """The lessons of a folder in their order; InputError if one can't be read."""
    found = [read_lesson(f) for f in folders_of(folder)]
    return sorted(found, key=lambda lesson: (lesson.order, lesson.slug))


__all__ = [
    "END",
    "LESSONS",
    "Answer",
    "Asked",
    "Block",
    "Changes",
    "Claim",
    "Code",
    "Display",
    "Folded",
    "Formula",
    "Lesson",
    "Link",
    "Listing",
    "Offer",
    "Outcome",
    "Paragraph",
    "Prose",
    "Question",
    "Quoted",
    "Result",
    "Section",
    "Span",
    "Spot",
    "Stop",
    "Styled",
    "Visit",
    "Words",
    "folders_of",
    "in_line",
    "lessons",
    "plain",
    "problems",
    "read_lesson",
    "read_prose",
    "spans_in",
    "texts_of",
    "walk",
    "wrong",
]
