"""What is wrong with a lesson: its structure, its claims, its texts, each with file and line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from engine.course.evaluation import Setting
from engine.course.lesson import Lesson
from engine.course.phrases import Phrase
from engine.course.plots import PLOTS
from engine.course.prose import Prose
from engine.course.prose import read_prose as parse_prose
from engine.course.reading import FILE, read_lesson
from engine.course.results import written
from engine.course.staging import opened
from engine.course.tables import told
from engine.course.telling import Text, differing
from engine.course.visits import Visit
from engine.disk import read_text
from engine.errors import InputError, clipped
from engine.strict_json import Fault, Route, shortened
from engine.timing import check_scoring


def texts_of(folder: Path) -> list[Path]:
    """The texts of a lesson, one file a language."""
    return sorted(folder.glob("*.md"))


def read_prose(path: Path) -> Prose:
    """A lesson's text; InputError with file and line."""
    try:
        return parse_prose(read_text(path))
    except InputError as error:
        raise told(error, "", f"{path.parent.name}/{path.name}") from None


def folders_of(folder: Path) -> list[Path]:
    """The lessons in a folder: the folder itself, or those directly inside; in order."""
    if (folder / FILE).is_file():
        return [folder]
    return sorted(p.parent for p in folder.glob(f"*/{FILE}"))


def problems(folder: Path, slugs: Sequence[str] = ()) -> list[InputError]:
    """All that is wrong with a lesson; `slugs` are the lessons that links may lead to."""
    return [*_named(folder.name), *_inside(folder, slugs)]


def _named(name: str) -> Iterator[InputError]:
    """Whether the folder's name is one of small letters, digits and hyphens."""
    if not re.fullmatch("[a-z0-9-]+", name):
        parts = re.findall("[A-Z]*[a-z0-9]+|[A-Z]+", name)
        example = "-".join(parts).lower() or "my-lesson"
        yield InputError("lesson_folder", name, example=clipped(example, 48))


def _inside(folder: Path, slugs: Sequence[str]) -> list[InputError]:
    try:
        lesson = read_lesson(folder)
    except InputError as error:
        return [error]
    found = [shortened(e) for e in _stops(lesson)]
    if found:
        return found  # the texts speak of what isn't there
    prose: dict[str, Prose] = {}
    for path in texts_of(folder):
        try:
            prose[path.name] = read_prose(path)
        except InputError as error:
            found.append(error)
    if not prose and not found:
        found.append(InputError("lesson_no_text", folder.name))
    for name, text in prose.items():
        found += [shortened(e) for e in Text(lesson, name, text, slugs).problems()]
    return found or differing(folder.name, prose)


def _stops(lesson: Lesson) -> Iterator[InputError]:
    """What can't be reached, evaluated or does not hold."""
    for size, start in lesson.starts.items():
        wrong = list(_tried(lesson, start.route, partial(opened, lesson, size)))
        if wrong:
            yield from wrong
            return
    for place, stop in enumerate(lesson.stops):
        for size in stop.sizes:
            try:
                visit = Visit(lesson, place, size)
            except InputError as error:
                yield _placed(lesson, error, (*stop.route, "set"))
                return
            yield from _visited(lesson, visit)


def _visited(lesson: Lesson, visit: Visit) -> Iterator[InputError]:
    stop, route = visit.stop, visit.stop.route
    place = "cell" if stop.cell else "step"
    yield from _tried(lesson, (*route, place), visit.cursor)
    for name in stop.variants:
        where = (*route, "variants", name)
        yield from _tried(lesson, where, partial(visit.variant_trace, name))
    for name in stop.values:
        yield from _tried(lesson, (*route, "values", name), partial(visit.value, name))
    for name, phrase in stop.measured.items():
        where = (*route, "measured", name)
        yield from _tried(lesson, where, partial(_measurable, visit, phrase))
    if stop.plot:
        yield from _tried(lesson, (*route, "plot"), partial(_drawn, visit))
    for name in stop.claims:
        where = (*route, "claims", name)
        yield from _tried(lesson, where, partial(_held, visit, name))
    for name in stop.questions:
        where = (*route, "questions", name)
        yield from _tried(lesson, where, partial(visit.right, name))


def _measurable(visit: Visit, phrase: Phrase) -> None:
    """Everything but the time is what it will be; each takes a second."""
    Setting(visit.trace, visit.lesson.names, visit.variant_trace, _second).number(phrase)


def _second(kind: str, length: int, width: int) -> float:
    check_scoring(kind, length, width)
    return 1.0


def _drawn(visit: Visit) -> None:
    if not PLOTS[visit.stop.plot](visit.trace, visit.plot_place()):
        raise InputError("lesson_plot_empty", name=visit.stop.plot)


def _held(visit: Visit, name: str) -> None:
    outcome = visit.outcome(name)
    if not outcome.holds:
        raise InputError("claim_fails", name=name, found="; ".join(map(written, outcome.sides)))


def _tried(lesson: Lesson, route: Route, what: Callable[[], object]) -> Iterator[InputError]:
    try:
        what()
    except InputError as error:
        yield _placed(lesson, error, route)


def _placed(lesson: Lesson, error: InputError, route: Route) -> InputError:
    """The error on its line of lesson.toml."""
    words = " › ".join(str(p + 1) if isinstance(p, int) else p for p in route)
    if error.place:
        words = f"{words}: {error.place}"
    fault = Fault(error.code, words, route, **error.facts)
    return told(fault, lesson.text, f"{lesson.slug}/{FILE}")
