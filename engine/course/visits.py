"""A stop as it is visited: its scenario and trace, its values, claims and questions."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, replace

import numpy as np

from engine.course.claims import Outcome, judged
from engine.course.evaluation import Clock, Setting
from engine.course.lesson import Lesson, Stop
from engine.course.questions import Answer, Offer, is_right, offers, right
from engine.course.results import Result, number
from engine.course.sources import source
from engine.course.staging import staged, variant
from engine.cursor import OPERATION, STEP, Cursor, at_depth, at_number, go_to, to_end
from engine.errors import InputError, Wording, nearest
from engine.running import run
from engine.scenario import Scenario
from engine.timing import scoring_seconds
from engine.trace import Matrix, Trace

UNKNOWN = Result(np.array([[np.nan]]), word="?")
"""What a text quotes as long as a value has not been measured."""


@dataclass(frozen=True)
class Spot:
    """Where a link in a text leads: a step, and perhaps a number, from 0.

    `source` is −1 for the step's output, or the input whose number it is; `working` is −1,
    or the working of the step whose number it is.
    """

    path: str
    cell: tuple[int, int] | None = None
    source: int = -1
    working: int = -1


class Visit:
    """A stop in one size. Raises InputError where the lesson asks for what there isn't.

    `scenario` and `trace` are the stop's own; those of variants are made when asked for.
    `measured` are the values measured so far, by name; `own` is the stop as it began.
    """

    def __init__(self, lesson: Lesson, place: int, size: str) -> None:
        self.lesson = lesson
        self.place = place
        self.size = size
        self.stop: Stop = lesson.stops[place]
        self.scenario: Scenario = staged(lesson, place, size)
        self.trace: Trace = run(self.scenario)
        self._variants: dict[str, Trace] = {}
        self.measured: dict[str, Result] = {}
        self.setting = Setting(self.trace, lesson.names, self.variant_trace)
        self.own: Visit = self

    def over(self, scenario: Scenario, trace: Trace) -> Visit:
        """The same stop, its values, claims and questions over what a learner has made of it."""
        found = copy(self)
        found.scenario, found.trace, found._variants = scenario, trace, {}
        found.setting = Setting(trace, self.lesson.names, found.variant_trace)
        return found

    def variant(self, name: str) -> Scenario:
        """The scenario of a variant of this stop."""
        return variant(self.lesson, self.stop, self.scenario, name)

    def variant_trace(self, name: str) -> Trace:
        """The trace of a variant of this stop."""
        if name not in self._variants:
            self._variants[name] = run(self.variant(name))
        return self._variants[name]

    def cursor(self) -> Cursor | None:
        """Where the learner stands here; None where the stop names no step."""
        stop = self.stop
        if not stop.step:
            return None
        path = self.setting.path(stop.step)
        cursor = go_to(self.trace, path, STEP)
        if stop.cell is not None or stop.working:
            cursor = self._number(cursor, stop)
        cursor = at_depth(self.trace, cursor, stop.depth)
        if stop.depth != OPERATION or not stop.done:
            return cursor
        end = to_end(self.trace, cursor)
        return end if stop.done < 0 else Cursor(**{**vars(end), "done": min(stop.done, end.done)})

    def _number(self, cursor: Cursor, stop: Stop) -> Cursor:
        step = self.trace[cursor.path]
        names = [w.name for w in step.workings]
        if stop.working and stop.working not in names:
            known = ", ".join(names) or Wording("none")
            raise InputError("phrase_working", name=stop.working, path=step.path, known=known)
        working = names.index(stop.working) if stop.working else -1
        matrix = step.workings[working].matrix if stop.working else step.output
        row, column = stop.cell or (0, 0)
        _check_cell(matrix, row, column)
        return at_number(self.trace, cursor, working, row, column)

    # What the text refers to

    def value(self, name: str, stop: str = "") -> Result:
        """A value by name, of this stop or of another."""
        if stop and stop != self.stop.id:
            return Visit(self.lesson, self.lesson.index(stop), self.size).value(name)
        if name in self.stop.measured:
            return self.measured.get(name, UNKNOWN)
        if name not in self.stop.values:
            known = ", ".join(self.stop.values) or Wording("none")
            raise InputError("lesson_value", name=name, known=known)
        return self.setting.evaluate(self.stop.values[name])

    def measure(self, clock: Clock = scoring_seconds) -> None:
        """Measure what the stop has to be measured, here and now."""
        timed = Setting(self.trace, self.lesson.names, self.variant_trace, clock)
        for name, phrase in self.stop.measured.items():
            self.measured[name] = number(timed.number(phrase))

    def plot_place(self) -> str:
        """The step at which the stop's plot is drawn."""
        cursor = self.cursor()
        return cursor.path if cursor is not None else next(iter(self.trace.steps))

    def outcome(self, claim: str) -> Outcome:
        """A claim of this stop, judged."""
        if claim not in self.stop.claims:
            known = ", ".join(self.stop.claims) or Wording("none")
            raise InputError("lesson_claim", name=claim, known=known)
        return judged(self.stop.claims[claim], self.setting)

    def spot(self, kind: str, target: str) -> Spot:
        """Where a link of kind "step", "number" or "symbol" leads.

        A matrix that no step computed is shown by the first step that reads it.
        """
        name, *rest = (part.strip() for part in target.split(","))
        path = self.setting.path(name)
        if kind == "step":
            inside = [s.path for s in self.trace if f"{s.path}/".startswith(f"{path}/")]
            return Spot(inside[0] if inside else self.setting.matrix(name).path)
        matrix = self.setting.matrix(name)
        if kind == "symbol":
            return self._shown(matrix)
        if len(rest) != 2 or not all(n.isdecimal() for n in rest):
            raise InputError("lesson_number", found=target)
        row, column = (int(n) - 1 for n in rest)
        _check_cell(matrix, row, column)
        return replace(self._shown(matrix), cell=(row, column))

    def _shown(self, matrix: Matrix) -> Spot:
        if matrix.path in self.trace:
            return Spot(matrix.path)
        for step in self.trace:
            paths = [m.path for m in step.inputs]
            if matrix.path in paths:
                return Spot(step.path, source=paths.index(matrix.path))
        raise InputError(
            "phrase_name", name=matrix.path, hint=nearest(matrix.path, self.trace.steps)
        )

    # Questions

    def offers(self, question: str) -> tuple[Offer, ...]:
        """The answers to choose from; none where a number is asked for."""
        return offers(self.stop.questions[question], self.setting)

    def right(self, question: str) -> Answer:
        """The right answer to a question of this stop."""
        return right(self.stop.questions[question], self.setting)

    def judge(self, question: str) -> Visit:
        """What marks an answer: the stop as it began, where changes leave no right one."""
        try:
            self.right(question)
        except InputError:
            return self.own
        return self

    def source(self, question: str) -> Spot | None:
        """Where the number stands that a question asks for; None if it stands nowhere."""
        found = source(self.stop.questions[question], self.setting)
        if found is None:
            return None
        spot = self._shown(self.setting.matrix(found.of.name))
        if not found.of.working:
            return replace(spot, cell=found.cell)
        names = [w.name for w in self.trace[spot.path].workings]
        return replace(spot, cell=found.cell, working=names.index(found.of.working))

    def is_right(self, question: str, answer: Answer) -> bool:
        """Whether an answer is right."""
        return is_right(self.stop.questions[question], self.setting, answer)


def _check_cell(matrix: Matrix, row: int, column: int) -> None:
    rows, columns = matrix.shape
    if not (0 <= row < rows and 0 <= column < columns):
        place = {"row": row + 1, "column": column + 1}
        raise InputError("cell_outside", matrix.path, **place, rows=rows, columns=columns)
