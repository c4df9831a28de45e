"""Edits that a learner makes, each from a scenario to a new one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine import running
from engine.checks import LARGEST, check_tokens, written
from engine.errors import InputError
from engine.scenario import END, Blocked, Scenario
from engine.ties import group, loosened
from engine.trace import Array, Matrix, Trace

Edit = Callable[[Scenario], Scenario]


def table_of(scenario: Scenario, path: str) -> Array:
    """A copy of a parameter with two axes, as it is shown: a vector is one row."""
    return np.atleast_2d(np.array(scenario.params[path]))


def with_table(scenario: Scenario, path: str, table: Array) -> Scenario:
    """A parameter replaced by what was shown; InputError as in `with_param`."""
    return scenario.with_param(path, table.reshape(scenario.params[path].shape))


def with_block(scenario: Scenario, path: str, row: int, column: int, block: Array) -> Scenario:
    """A block of numbers laid over a parameter, its corner at (row, column), from 0.

    Raises InputError if it reaches beyond the parameter's edge.
    """
    table = table_of(scenario, path)
    height, width = block.shape
    if row + height > table.shape[0] or column + width > table.shape[1]:
        found, shape = written(block.shape), written(table.shape)
        place = {"row": row + 1, "column": column + 1}
        raise InputError("block_outside", path, found=found, shape=shape, **place)
    table[row : row + height, column : column + width] = block
    return with_table(scenario, path, table)


def block(rows: Sequence[Sequence[float]]) -> Array:
    """Rows of numbers as a block for `with_block`."""
    return np.array(rows, dtype=np.float64)


def with_painted(scenario: Scenario, mask: Matrix, row: int, column: int, stop: bool) -> Scenario:
    """One look forbidden (`stop`) or allowed in a mask; the others stay as they are."""
    blocked: Blocked = mask.data != 0.0
    blocked[row, column] = stop
    return scenario.with_mask(mask, blocked)


def with_locked(scenario: Scenario, names: Sequence[str]) -> Scenario:
    """These groups of controls hidden, and no others; InputError as in `locked_names`."""
    return replace(scenario, locked=tuple(names))


def with_word(scenario: Scenario, which: str, index: int, word: str) -> Scenario:
    """Another word at one place of "source" or "target"."""
    words = list(getattr(scenario, which))
    words[index] = word
    return with_words(scenario, **{which: words})


def with_words(scenario: Scenario, **words: Sequence[str]) -> Scenario:
    """Other words throughout: source=..., target=...; who asked for a loss still has one.

    Expected words that follow from the target follow from the new one; others fall away.
    """
    changed = running.with_words(scenario, **words)
    if "expected" in words or not scenario.expected or scenario.expected != following(scenario):
        return changed
    return with_loss(changed)


LOSS = "output/loss"


def following(scenario: Scenario) -> tuple[str, ...]:
    """What should come after each word of the target: the next one, and in the end "</s>"."""
    return (*scenario.target[1:], END)


def with_loss(scenario: Scenario) -> Scenario:
    """The same scenario with a loss: each target position is to predict what follows it.

    Raises InputError if the vocabulary has no "</s>".
    """
    check_tokens((END,), scenario.target_vocabulary, "expected")
    return replace(scenario, expected=following(scenario))


def with_tie(scenario: Scenario, path: str, other: str) -> Scenario:
    """One parameter, and all that follow it, made one with another, whose numbers they take.

    Raises InputError if either is no parameter, if shapes differ, or if they are one already.
    """
    if path in group(scenario.ties, other):
        raise InputError("tie_cycle", path, chain=f"{path} → {other} → {path}")
    return replace(scenario, ties=MappingProxyType({**scenario.ties, path: other}))


def without_tie(scenario: Scenario, path: str) -> Scenario:
    """One parameter free again, with the numbers it has; the others it was one with stay one."""
    return replace(scenario, ties=loosened(scenario.ties, path))


def one_with(scenario: Scenario, path: str) -> tuple[str, ...]:
    """The other parameters that a parameter is one with, the one whose file holds it first."""
    return tuple(p for p in group(scenario.ties, path) if p != path)


def tie_partners(scenario: Scenario, path: str) -> tuple[str, ...]:
    """The parameters that a parameter could be made one with: of its shape, and not so yet."""
    shape, one = scenario.params[path].shape, group(scenario.ties, path)
    return tuple(p for p, a in scenario.params.items() if a.shape == shape and p not in one)


def copy_sources(trace: Trace, path: str) -> tuple[Matrix, ...]:
    """The matrices whose numbers a parameter could take: of its shape, and all finite."""
    assert trace.scenario is not None
    one = group(trace.scenario.ties, path)
    every = (*trace.given.values(), *(step.output for step in trace))
    return tuple(
        m
        for m in every
        if m.shape == trace.matrix(path).shape
        and m.path not in one
        and (np.abs(m.data) <= LARGEST).all()
    )


def zeros(table: Array) -> Array:
    """All numbers 0."""
    return np.zeros_like(table)


def identity(table: Array) -> Array:
    """1 on the diagonal, 0 elsewhere; also for a matrix that isn't square."""
    return np.eye(*table.shape)


def rounded(table: Array) -> Array:
    """One decimal."""
    return np.round(table, 1) + 0.0


def drawn(table: Array, seed: int) -> Array:
    """Fresh numbers from a seed: normal, with the deviation 1 ÷ √rows, to two decimals."""
    random = np.random.default_rng(seed)
    return np.round(random.normal(0.0, table.shape[0] ** -0.5, table.shape), 2) + 0.0


def is_same_model(a: Scenario, b: Scenario) -> bool:
    """Whether two scenarios have the same steps with the same labels."""
    return a.outline == b.outline


def is_held_alike(a: Scenario, b: Scenario) -> bool:
    """Whether two scenarios have pins in the same steps, and the same ties."""
    return a.pins.keys() == b.pins.keys() and a.ties == b.ties


def is_same(a: Scenario, b: Scenario) -> bool:
    """Whether two scenarios hold the same; arrays that both share are not looked at."""
    is_same_input = _is_equal(a.params, b.params) and _is_equal(a.masks, b.masks)
    is_same_hold = a.pins == b.pins and a.ties == b.ties and a.locked == b.locked
    return is_same_model(a, b) and is_same_input and is_same_hold


def _is_equal(these: Mapping[str, NDArray[Any]], those: Mapping[str, NDArray[Any]]) -> bool:
    return these.keys() == those.keys() and all(
        array is those[path] or np.array_equal(array, those[path]) for path, array in these.items()
    )
