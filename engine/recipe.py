"""Recipes: how a built-in scenario is trained, so that its seed makes it again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np

from engine.decoding import translate
from engine.options import Options
from engine.running import fresh
from engine.scenario import START, Scenario
from engine.trace import freeze
from engine.training import Pair, Progress, train


def failures(scenario: Scenario, pairs: Sequence[Pair]) -> tuple[Pair, ...]:
    """The pairs that greedy decoding doesn't translate word for word."""
    return tuple(pair for pair in pairs if not _is_exact(scenario, pair))


def _is_exact(scenario: Scenario, pair: Pair) -> bool:
    wanted = (START, *pair.target)
    # One word too many is enough to see that a translation does not stop.
    return translate(scenario.with_tokens(pair.source), len(wanted) + 1).target == wanted


def rounded(scenario: Scenario, decimals: int) -> Scenario:
    """The scenario with all parameters rounded."""
    # Adding 0 turns a −0 that rounding left into 0.
    short = {p: freeze(np.round(a, decimals) + 0.0) for p, a in scenario.params.items()}
    return replace(scenario, params=MappingProxyType(short))


@dataclass(frozen=True)
class Recipe:
    """The pairs and the figures of a training.

    The seed draws the first parameters, chooses the `held_out_count` pairs that training
    never sees, and shuffles the others. `opening` is what the scenario opens with.
    """

    name: str
    options: Options
    source_vocabulary: tuple[str, ...]
    target_vocabulary: tuple[str, ...]
    pairs: tuple[Pair, ...]
    opening: Pair
    held_out_count: int
    epochs: int
    rate: float
    batch: int
    decay: Mapping[str, float]
    seed: int

    def held_out(self, seed: int | None = None) -> tuple[Pair, ...]:
        """The pairs kept from training, in the order of the grammar."""
        return self._split(seed)[0]

    def training_pairs(self, seed: int | None = None) -> tuple[Pair, ...]:
        """The pairs to train on; together they hold every word of the pairs."""
        return self._split(seed)[1]

    def _split(self, seed: int | None) -> tuple[tuple[Pair, ...], tuple[Pair, ...]]:
        """Held out and not; drawn again until no word is only among the held out."""
        random = np.random.default_rng(self.seed if seed is None else seed)
        while True:
            chosen = set(random.permutation(len(self.pairs))[: self.held_out_count].tolist())
            held = tuple(p for i, p in enumerate(self.pairs) if i in chosen)
            kept = tuple(p for i, p in enumerate(self.pairs) if i not in chosen)
            if _words(kept) == _words(self.pairs):
                return held, kept

    def start(self, seed: int | None = None) -> Scenario:
        """The scenario before training, with parameters drawn from the seed."""
        return fresh(
            self.options,
            self.seed if seed is None else seed,
            source=self.opening.source,
            target=(START, *self.opening.target),
            expected=(),
            source_vocabulary=self.source_vocabulary,
            target_vocabulary=self.target_vocabulary,
            name=self.name,
        )

    def run(self, seed: int | None = None, epochs: int | None = None) -> Iterator[Progress]:
        """Train from the seed; the last progress holds the scenario with short numbers."""
        for progress in train(
            self.start(seed),
            self.training_pairs(seed),
            epochs=self.epochs if epochs is None else epochs,
            rate=self.rate,
            batch=self.batch,
            decay=self.decay,
            seed=self.seed if seed is None else seed,
        ):
            is_last = progress.epoch == progress.epochs
            made = self.shortened(progress.scenario) if is_last else progress.scenario
            yield replace(progress, scenario=made)

    def shortened(self, scenario: Scenario) -> Scenario:
        """The scenario with 2 or 3 decimals, if it translates as many pairs with them."""
        wanted = len(failures(scenario, self.pairs))
        for decimals in (2, 3):
            short = rounded(scenario, decimals)
            if len(failures(short, self.pairs)) <= wanted:
                return short
        return scenario


def _words(pairs: Sequence[Pair]) -> set[str]:
    return {word for pair in pairs for word in (*pair.source, *pair.target)}
