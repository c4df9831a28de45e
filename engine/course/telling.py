"""Holds the texts of a lesson to the lesson, and to each other."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence

from engine.course.lesson import Lesson, Stop
from engine.course.plots import PLOTS
from engine.course.prose import Asked, Block, Folded, Listing, Paragraph, Prose, Section
from engine.course.questions import YES, Question
from engine.course.spans import Link, Quoted, Span, Words, walk
from engine.course.visits import Visit
from engine.errors import InputError, Wording

_DECIMAL = re.compile(r"\d+[.,]\d+")


class Text:
    """Holds one language's text to the lesson."""

    def __init__(self, lesson: Lesson, name: str, prose: Prose, slugs: Sequence[str]) -> None:
        self.lesson = lesson
        self.file = f"{lesson.slug}/{name}"
        self.prose = prose
        self.slugs = slugs

    def _problem(self, code: str, line: int, **facts: object) -> InputError:
        return InputError(code, f"{self.file}, line {line}", **facts)

    def problems(self) -> Iterator[InputError]:
        """Sections, questions, claims, values and links that are missing or lead nowhere."""
        wanted = [s.id for s in self.lesson.stops]
        found = [s.id for s in self.prose.sections]
        for place, section in enumerate(self.prose.sections):
            if place >= len(wanted) or section.id != wanted[place]:
                expected = wanted[place] if place < len(wanted) else Wording("none")
                yield self._problem(
                    "prose_order", section.line, found=section.id, expected=expected
                )
                return
        if len(found) < len(wanted):
            last = self.prose.sections[-1].line if found else 1
            yield self._problem("prose_missing", last, name=wanted[len(found)])
            return
        yield from self._spans_of(self.prose.about, self.lesson.stops[0])
        for stop, section in zip(self.lesson.stops, self.prose.sections, strict=True):
            yield from self._section(stop, section)

    def _section(self, stop: Stop, section: Section) -> Iterator[InputError]:
        yield from self._spans_of(section.blocks, stop)
        asked = [b for b in section.blocks if isinstance(b, Asked)]
        yield from self._names(section, stop.questions, [b.id for b in asked], Wording("question"))
        for block in asked:
            if block.id in stop.questions:
                yield from self._choices(stop.questions[block.id], block)
                yield from self._reasons(stop, block)
        always = spans_in(section.blocks, with_reasons=False)
        links = [s for s, _ in always if isinstance(s, Link)]
        claims = dict.fromkeys(link.target for link in links if link.kind == "claim")
        quoted = {s.name for s, _ in spans_in(section.blocks) if isinstance(s, Quoted)}
        told = [name for name in stop.measured if name in quoted]
        yield from self._names(section, stop.measured, told, Wording("measured"))
        yield from self._names(section, stop.claims, list(claims), Wording("claim"))

    def _choices(self, question: Question, block: Asked) -> Iterator[InputError]:
        """Every choice in words; the window has words of its own for yes and no."""
        wanted = sorted(question.choices or (("yes", "no") if question.kind == YES else ()))
        found = sorted(name for name, _ in block.choices)
        if found != wanted and not (question.kind == YES and not found):
            known = ", ".join(wanted) or Wording("none")
            yield self._problem("prose_choices", block.line, known=known)

    def _reasons(self, stop: Stop, block: Asked) -> Iterator[InputError]:
        """A reason says why its choice is wrong, so that choice must not be right everywhere.

        A claim in it would be told to some learners only.
        """
        place = self.lesson.index(stop.id)
        visits = [Visit(self.lesson, place, size) for size in stop.sizes] if block.reasons else []
        for name, reason in block.reasons:
            if all(visit.right(block.id) == name for visit in visits):
                yield self._problem("prose_reason", reason.line, name=name)
            for span in walk(reason.spans):
                if isinstance(span, Link) and span.kind == "claim":
                    yield self._problem("prose_reason_claim", reason.line, name=span.target)

    def _names(
        self, section: Section, wanted: Collection[str], found: list[str], kind: str
    ) -> Iterator[InputError]:
        """Each name of the stop must be told in its section."""
        for name in wanted:
            if name not in found:
                yield self._problem("prose_untold", section.line, kind=kind, name=name)
        for name, count in Counter(found).items():
            if name not in wanted or count > 1:
                known = ", ".join(wanted) or Wording("none")
                yield self._problem(
                    "prose_unknown", section.line, kind=kind, name=name, known=known
                )

    def _spans_of(self, blocks: Sequence[Block], stop: Stop) -> Iterator[InputError]:
        for span, line in spans_in(blocks):
            if isinstance(span, Words) and (match := _DECIMAL.search(span.text)):
                yield self._problem("prose_decimal", line, found=match[0])
            if isinstance(span, Quoted):
                yield from self._quoted(span, stop, line)
            if isinstance(span, Link):
                yield from self._link(span, stop)

    def _quoted(self, span: Quoted, stop: Stop, line: int) -> Iterator[InputError]:
        try:
            of = self.lesson.stops[self.lesson.index(span.stop)] if span.stop else stop
        except InputError as error:
            yield self._problem(error.code, line, **error.facts)
            return
        if span.name not in of.values and (span.stop or span.name not in of.measured):
            known = ", ".join(of.values) or Wording("none")
            yield self._problem("lesson_value", line, name=span.name, known=known)

    def _link(self, link: Link, stop: Stop) -> Iterator[InputError]:
        try:
            self._follow(link, stop)
        except InputError as error:
            yield self._problem(error.code, link.line, **error.facts)

    def _follow(self, link: Link, stop: Stop) -> None:
        if link.kind in {"step", "number", "symbol"}:
            for size in stop.sizes:
                place = self.lesson.index(stop.id)
                Visit(self.lesson, place, size).spot(link.kind, link.target)
        elif link.kind == "stop":
            self.lesson.index(link.target)
        elif link.kind == "plot" and link.target not in PLOTS:
            raise InputError("lesson_plot", name=link.target, known=", ".join(PLOTS))
        elif link.kind == "claim" and link.target not in stop.claims:
            known = ", ".join(stop.claims) or Wording("none")
            raise InputError("lesson_claim", name=link.target, known=known)
        elif link.kind == "try" and link.target not in stop.variants:
            known = ", ".join(stop.variants) or Wording("none")
            raise InputError("lesson_variant", name=link.target, known=known)
        elif link.kind == "lesson" and self.slugs and link.target not in self.slugs:
            raise InputError("lesson_slug", name=link.target, known=", ".join(self.slugs))


def spans_in(blocks: Sequence[Block], *, with_reasons: bool = True) -> Iterator[tuple[Span, int]]:
    """Every span of some blocks with the line it stands on; also those of reasons, or not."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield from ((s, block.line) for s in walk(block.spans))
        elif isinstance(block, Listing):
            for item in block.items:
                yield from ((s, block.line) for s in walk(item))
        elif isinstance(block, Folded):
            yield from spans_in(block.blocks, with_reasons=with_reasons)
        elif isinstance(block, Asked):
            yield from ((s, block.line) for s in walk(block.prompt))
            yield from spans_in(block.blocks, with_reasons=with_reasons)
            for _, choice in block.choices:
                yield from ((s, block.line) for s in walk(choice))
            for _, reason in block.reasons if with_reasons else ():
                yield from ((s, reason.line) for s in walk(reason.spans))


def differing(folder: str, prose: Mapping[str, Prose]) -> list[InputError]:
    """Links, values and reasons that one language has and another lacks."""
    names = list(prose)
    found = []
    for other in names[1:]:
        for one, two in zip(prose[names[0]].sections, prose[other].sections, strict=True):
            left, right = (Counter(_marks(s)) for s in (one, two))
            for mark in sorted((left - right) | (right - left)):
                place = f"{folder}/{other}, line {two.line}"
                found.append(
                    InputError("prose_differs", place, mark=mark, other=names[0], name=two.id)
                )
    return found


def _marks(section: Section) -> Iterator[str]:
    for span, _ in spans_in(section.blocks):
        if isinstance(span, Link):
            yield f"{span.kind}:{span.target}"
        elif isinstance(span, Quoted):
            yield f"{{{span.stop}{'.' if span.stop else ''}{span.name}}}"
    for block in section.blocks:
        if isinstance(block, Asked):
            yield from (f"{block.id}: [{name}] >" for name, _ in block.reasons)
