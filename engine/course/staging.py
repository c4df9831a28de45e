"""Makes the scenarios that a lesson asks for: its own, each stop's, each variant's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from engine import edits
from engine.builtins import BUILTINS, builtin
from engine.codec import load
from engine.course.evaluation import Setting, resolved
from engine.course.lesson import Changes, Lesson, Start, Stop
from engine.course.phrases import Phrase
from engine.errors import InputError, Wording
from engine.options import Options
from engine.running import fresh, run, with_options, with_words
from engine.scenario import Scenario
from engine.trace import Array, Trace


def opened(lesson: Lesson, size: str) -> Scenario:
    """The scenario that the lesson begins with in a size."""
    start = lesson.starts[size]
    if start.source in BUILTINS:
        return changed(builtin(start.source), start.changes, lesson.names)
    if start.source:
        return changed(load(_beside(lesson.folder, start.source)), start.changes, lesson.names)
    return changed(_made(start), start.changes, lesson.names)


def _beside(folder: Path, name: str) -> Path:
    """A file of the lesson's own folder; InputError if the name leads out of it."""
    if Path(name).name != name:
        raise InputError("lesson_file", name=name)
    return folder / name


def _made(start: Start) -> Scenario:
    """A new scenario; a vocabulary that is not given is that of the words."""
    words: dict[str, Sequence[str]] = dict(start.changes.words)
    vocabularies = dict(start.vocabularies)
    if "source" in words:
        vocabularies.setdefault("source", tuple(dict.fromkeys(words["source"])))
    if "target" in words:
        words.setdefault("expected", ())
        both = (*words["target"], *words["expected"])
        vocabularies.setdefault("target", tuple(dict.fromkeys(both)))
    named = {f"{side}_vocabulary": words for side, words in vocabularies.items()}
    made: dict[str, Any] = {**words, **named}
    return fresh(Options(**start.changes.options), start.seed, **made)


def staged(lesson: Lesson, place: int, size: str) -> Scenario:
    """The scenario of a stop: the lesson's, or with `keep` the stop's before, and its changes."""
    stop = lesson.stops[place]
    before = staged(lesson, place - 1, size) if stop.keep and place else opened(lesson, size)
    return changed(before, stop.changes, lesson.names)


def variant(lesson: Lesson, stop: Stop, scenario: Scenario, name: str) -> Scenario:
    """A stop's scenario with a variant's changes; InputError if there is no such variant."""
    if name not in stop.variants:
        known = ", ".join(stop.variants) or Wording("none")
        raise InputError("lesson_variant", name=name, known=known)
    return changed(scenario, stop.variants[name], lesson.names)


def changed(scenario: Scenario, changes: Changes, names: Mapping[str, str]) -> Scenario:
    """The scenario with the changes made; InputError naming the first that can't be."""
    if changes.options:
        options = scenario.options.changed(**changes.options)
        if options != scenario.options:
            scenario = with_options(scenario, options)
    if any(getattr(scenario, side) != words for side, words in changes.words.items()):
        scenario = with_words(scenario, **_words(scenario, changes.words))
    return _numbered(scenario, changes, names)


def _words(scenario: Scenario, words: Mapping[str, tuple[str, ...]]) -> dict[str, Any]:
    """The words that change; what was expected stays as long as the target does."""
    if "target" in words or "expected" in words:
        return dict(words)
    return {**words, "expected": scenario.expected}


def _numbered(scenario: Scenario, changes: Changes, names: Mapping[str, str]) -> Scenario:
    """Masks, parameters, ties, cells and pins."""
    trace = run(scenario) if changes.masks or changes.params else None
    if trace is not None:
        for name, blocked in changes.masks.items():
            scenario = scenario.with_mask(_mask(trace, resolved(name, names)), blocked)
        for name, given in changes.params.items():
            scenario = _with_param(scenario, trace, names, name, given)
    for name, other in changes.ties.items():
        scenario = edits.with_tie(scenario, resolved(name, names), resolved(other, names))
    for name, cells in changes.cells.items():
        for row, column, number in cells:
            path = _param(scenario, resolved(name, names))
            block = np.array([[number]])
            scenario = edits.with_block(scenario, path, row, column, block)
    for name, cells in changes.pins.items():
        for row, column, number in cells:
            scenario = scenario.with_pin(resolved(name, names), row, column, number)
    return scenario


def _mask(trace: Trace, path: str) -> Any:
    if path in trace.given and trace.given[path].origin == "mask":
        return trace.given[path]
    known = ", ".join(p for p, m in trace.given.items() if m.origin == "mask")
    raise InputError("mask_unknown", path, known=known)


def _param(scenario: Scenario, path: str) -> str:
    if path not in scenario.params:
        scenario.with_param(path, ())  # raises, with the nearest name
    return path


def _with_param(
    scenario: Scenario, trace: Trace, names: Mapping[str, str], name: str, given: Array | Phrase
) -> Scenario:
    path = _param(scenario, resolved(name, names))
    if isinstance(given, Phrase):
        given = Setting(trace, names, _no_variant).evaluate(given).data
    shape = scenario.params[path].shape
    if len(shape) == 1 and given.shape == (1, *shape):
        given = given.reshape(shape)  # a vector is written as one row, too
    return scenario.with_param(path, given)


def _no_variant(name: str) -> Trace:
    raise InputError("lesson_variant", name=name, known=Wording("none"))
