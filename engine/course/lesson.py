"""What a lesson is made of, as it was read: scenarios, stops, variants, values, claims."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from engine.course.claims import Claim
from engine.course.phrases import Phrase
from engine.course.questions import Question
from engine.errors import InputError
from engine.scenario import Blocked
from engine.strict_json import Route
from engine.trace import Array

END = "end"
"""The last stop of every lesson: the question as an interviewer puts it, and an answer."""


def _empty() -> Mapping[str, Any]:
    return MappingProxyType({})


@dataclass(frozen=True, eq=False)
class Changes:
    """What is changed in a scenario: in this order, names of the lesson as paths.

    options, words ("source", "target", "expected"), masks (painted), params (a matrix, or a
    phrase over the trace as it is before the parameters change), ties (by the parameter that
    follows, the one it follows), cells and pins (row and column from 0).
    """

    options: Mapping[str, Any] = field(default_factory=_empty)
    words: Mapping[str, tuple[str, ...]] = field(default_factory=_empty)
    masks: Mapping[str, Blocked] = field(default_factory=_empty)
    params: Mapping[str, Array | Phrase] = field(default_factory=_empty)
    ties: Mapping[str, str] = field(default_factory=_empty)
    cells: Mapping[str, Sequence[tuple[int, int, float]]] = field(default_factory=_empty)
    pins: Mapping[str, Sequence[tuple[int, int, float]]] = field(default_factory=_empty)

    @property
    def is_none(self) -> bool:
        """Whether nothing is changed."""
        return not any(vars(self).values())


@dataclass(frozen=True, eq=False)
class Start:
    """A scenario that a lesson begins with.

    `source` is a built-in's name or a file beside lesson.toml; without it the scenario is
    made anew: `options` and `words` of the changes, parameters drawn from the seed.
    """

    source: str = ""
    seed: int = 0
    vocabularies: Mapping[str, tuple[str, ...]] = field(default_factory=_empty)
    changes: Changes = field(default_factory=Changes)
    route: Route = ()


@dataclass(frozen=True, eq=False)
class Stop:
    """A stop: where to go, what is set there, what is told, claimed and asked.

    `step` is a path, or "" to stay; row and column count from 0; `done` −1 is the number's
    end. `keep` begins with what the stop before has set instead of the lesson's scenario.
    `sizes` are those of the lesson it is shown in; `compare` names a variant to lay beside;
    with `hide` the step's result is kept back until the questions have been answered.
    `plot` is one of PLOTS, shown under the text, and `charts` those of its charts that are,
    from 1, or none for all; `measured` are the values that are found
    only when the learner asks for them, on the machine at hand.
    """

    id: str
    step: str = ""
    depth: str = "step"
    cell: tuple[int, int] | None = None
    working: str = ""
    done: int = 0
    keep: bool = False
    sizes: tuple[str, ...] = ()
    compare: str = ""
    hide: bool = False
    plot: str = ""
    charts: tuple[int, ...] = ()
    changes: Changes = field(default_factory=Changes)
    variants: Mapping[str, Changes] = field(default_factory=_empty)
    values: Mapping[str, Phrase] = field(default_factory=_empty)
    measured: Mapping[str, Phrase] = field(default_factory=_empty)
    claims: Mapping[str, Claim] = field(default_factory=_empty)
    questions: Mapping[str, Question] = field(default_factory=_empty)
    route: Route = ()


@dataclass(frozen=True, eq=False)
class Lesson:
    """A lesson without its texts; `text` is that of lesson.toml, for places of problems."""

    folder: Path
    slug: str
    order: int
    names: Mapping[str, str]
    starts: Mapping[str, Start]
    stops: tuple[Stop, ...]
    text: str = field(default="", repr=False)

    @property
    def sizes(self) -> tuple[str, ...]:
        """The sizes it comes in; "" where there is only one."""
        return tuple(self.starts)

    def index(self, stop: str) -> int:
        """The place of a stop; InputError if there is none of that id."""
        for place, found in enumerate(self.stops):
            if found.id == stop:
                return place
        known = ", ".join(s.id for s in self.stops)
        raise InputError("lesson_stop", name=stop, known=known)
