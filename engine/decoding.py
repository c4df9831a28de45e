"""Greedy decoding: the decoder's loop, one word a round."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from engine.errors import InputError
from engine.running import run
from engine.scenario import END, MOST_TOKENS, START, Scenario
from engine.trace import Trace


def next_word(trace: Trace) -> str:
    """The most probable word after the last target position; the first of several equals.

    Raises InputError if the model predicts no words, or if the probabilities are not numbers.
    """
    if "output/probabilities" not in trace:
        raise InputError("no_prediction")
    probabilities = trace["output/probabilities"].output
    if np.isnan(probabilities.data[-1]).any():
        raise InputError("no_word", "output/probabilities")
    return probabilities.columns[int(probabilities.data[-1].argmax())]


def is_finished(trace: Trace) -> bool:
    """Whether the last target position predicts "</s>"."""
    return next_word(trace) == END


def with_next_word(scenario: Scenario) -> Scenario:
    """The scenario with the predicted word after its target; itself if that is "</s>".

    Raises InputError if the target is as long as a target may be.
    """
    word = next_word(run(scenario))
    return scenario if word == END else scenario.with_tokens(target=(*scenario.target, word))


def rounds(scenario: Scenario, limit: int = MOST_TOKENS) -> Iterator[Scenario]:
    """The rounds of a translation: the target "<s>" alone first, one word more each time.

    It ends with the round whose last position predicts "</s>", or with `limit` tokens.
    Raises InputError if the vocabulary has no "<s>".
    """
    now = scenario.with_tokens(target=(START,))
    yield now
    while len(now.target) < min(limit, MOST_TOKENS):
        longer = with_next_word(now)
        if longer is now:
            return
        now = longer
        yield now


def translate(scenario: Scenario, limit: int = MOST_TOKENS) -> Scenario:
    """The last of the rounds: its target is "<s>" and the whole translation."""
    *_, last = rounds(scenario, limit)
    return last
