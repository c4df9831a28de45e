"""How long a way to score takes on the machine at hand: measured, never part of a trace."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from statistics import median
from time import perf_counter

import numpy as np

from engine.errors import InputError
from engine.models.scoring import Scoring
from engine.options import Options
from engine.tape import Scope, Tape
from engine.trace import Step, freeze, numbered

SCORINGS = ("dot", "additive", "general")

MOST_NUMBERS = 256 * 256 * 64
"""Queries × keys × width: beyond that a layout of all pairs takes too much memory and time."""

LEAST_RUNS, MOST_RUNS = 3, 51
ENOUGH = 0.1
"""Seconds after which no run is begun any more, once there are the least of them."""


def check_scoring(kind: str, length: int, width: int) -> None:
    """InputError for a kind there is none of, and for sizes that would take too long."""
    if kind not in SCORINGS:
        raise InputError("phrase_count", name=kind, known=", ".join(SCORINGS))
    if length * length * width > MOST_NUMBERS:
        found = f"{length} × {length} × {width}"
        raise InputError("phrase_size", found=found, limit=MOST_NUMBERS)


def scoring_steps(kind: str, length: int, width: int) -> list[Step]:
    """The steps that score `length` queries against as many keys, each of `width` numbers.

    Q and K are (length, width), of variance 1 and the same for every kind.
    """
    check_scoring(kind, length, width)
    random = np.random.default_rng(0)
    rows, columns = numbered(length), numbered(width)
    given = [freeze(random.normal(size=(length, width))) for _ in "QK"]
    square = [freeze(random.normal(size=(width, width)) / math.sqrt(width)) for _ in "WU"]
    params = {"W_a": square[0], "U_a": square[1], "v_a": square[0][0]}
    tape = Tape(params, {})
    t = Scope(tape, tape.root, "")
    q, k = (t.constant(n, m, rows, columns, n) for n, m in zip("QK", given, strict=True))
    Scoring(Options(model="self_attention", scoring=kind)).scores(t, q, k)
    return [step for step in tape.finish(None) if step.path != "scaled"]


def seconds(steps: Sequence[Step], clock: Callable[[], float] = perf_counter) -> float:
    """The median of several runs of the steps' own forward, one after another."""
    taken: list[float] = []
    while len(taken) < LEAST_RUNS or (len(taken) < MOST_RUNS and sum(taken) < ENOUGH):
        begun = clock()
        for step in steps:
            step.op.forward(*(matrix.data for matrix in step.inputs))
        taken.append(clock() - begun)
    return median(taken)


def scoring_seconds(kind: str, length: int, width: int) -> float:
    """How long one way to score takes here and now."""
    return seconds(scoring_steps(kind, length, width))
