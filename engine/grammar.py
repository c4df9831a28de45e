"""The grammar of the translations: English to Chinese, with an order that crosses."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from types import MappingProxyType

from engine.options import Options
from engine.recipe import Recipe
from engine.scenario import END, PAD, START
from engine.training import Pair

SUBJECTS = {"I": "我", "you": "你", "we": "我们"}
VERBS = {"like": "喜欢", "see": "看见", "draw": "画"}
OBJECTS = {"cats": "猫", "dogs": "狗", "birds": "鸟"}
TIMES = {"today": "今天", "now": "现在"}
CHINESE = {**SUBJECTS, **VERBS, **OBJECTS, **TIMES}


def aligned(source: tuple[str, ...]) -> tuple[int, ...]:
    """For each Chinese word the place (from 0) of the English word that it translates.

    English says the time last, Chinese right after the subject.
    """
    return (0, 1, 2) if source[3] == PAD else (0, 3, 1, 2)


def pair(source: tuple[str, ...]) -> Pair:
    """The sentence with its translation."""
    return Pair(source, tuple(CHINESE[source[place]] for place in aligned(source)))


SENTENCES = tuple(pair(words) for words in product(SUBJECTS, VERBS, OBJECTS, (PAD, *TIMES)))
"""All 81 sentences with their translations."""

TRANSLATION = Recipe(
    name="translation",
    options=Options(layers=1, heads=2, d_model=8, d_ff=16),
    source_vocabulary=(PAD, *SUBJECTS, *VERBS, *OBJECTS, *TIMES),
    # The words stand in the order in which a Chinese sentence says them.
    target_vocabulary=(
        *(PAD, START, END),
        *SUBJECTS.values(),
        *TIMES.values(),
        *VERBS.values(),
        *OBJECTS.values(),
    ),
    pairs=SENTENCES,
    opening=pair(("I", "see", "cats", "today")),
    held_out_count=16,
    epochs=80,
    rate=0.01,
    batch=5,
    # What makes the output sure of itself shrinks. Otherwise every probability ends as 0.00
    # or 1.00, which shows nothing, and attention has no more reason to become clear.
    decay={"decoder/1/norm_3/gamma": 1.0, "output/W": 1.0, "output/b": 1.0},
    # Of the first 300 seeds, 280 translate every sentence; this one's cross-attention is the
    # clearest: both heads look at the word that is being translated, in every sentence.
    seed=124,
)

RNN_ATTENTION = replace(
    TRANSLATION,
    name="rnn-attention",
    options=Options(model="rnn", attention="additive", d_model=8),
    decay=MappingProxyType({}),
    # Of the first 8 seeds, 2 translate every sentence; this one's attention is the clearer.
    seed=7,
)

RNN_PLAIN = replace(
    RNN_ATTENTION,
    name="rnn-plain",
    options=Options(model="rnn", attention="none", d_model=8),
)
"""The same training without attention: of all sentences only some are translated."""

RECIPES = (TRANSLATION, RNN_ATTENTION, RNN_PLAIN)
"""How the built-in scenarios that were trained are made again."""
