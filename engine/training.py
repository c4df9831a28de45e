"""Training: Adam on the engine's own gradients, one epoch a progress; recipes to do it again."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import NamedTuple

import numpy as np

from engine.decoding import translate
from engine.errors import InputError
from engine.running import fresh, gradients, run
from engine.scenario import END, START, Options, Scenario
from engine.trace import Array, freeze

LOSS = "output/loss"


class Pair(NamedTuple):
    """A sentence and its translation: words alone, the source padded to its full length."""

    source: tuple[str, ...]
    target: tuple[str, ...]

    def put_into(self, scenario: Scenario) -> Scenario:
        """The scenario over this pair: each target position has the next word to expect."""
        return scenario.with_tokens(self.source, (START, *self.target), (*self.target, END))


@dataclass(frozen=True)
class Progress:
    """How far a training is: the mean loss of the pairs in this epoch, and what it has made."""

    epoch: int
    epochs: int
    loss: float
    scenario: Scenario


class Adam:
    """m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g², θ ← θ − rate · m̂ ÷ (√v̂ + ε).

    m̂ = m ÷ (1 − β₁ᵗ) and v̂ = v ÷ (1 − β₂ᵗ) take out that both start at 0. Source:
    Kingma and Ba 2015, algorithm 1; β₂ and ε are those of Vaswani et al. 2017, section 5.3.
    """

    def __init__(self, beta_1: float = 0.9, beta_2: float = 0.98, epsilon: float = 1e-9) -> None:
        self.beta_1, self.beta_2, self.epsilon = beta_1, beta_2, epsilon
        self.time = 0
        self.first: dict[str, Array] = {}
        self.second: dict[str, Array] = {}

    def step(
        self, params: Mapping[str, Array], slopes: Mapping[str, Array], rate: float
    ) -> Mapping[str, Array]:
        """The parameters after one step against the gradients `slopes`."""
        self.time += 1
        return MappingProxyType(
            {p: freeze(a - rate * self._direction(p, slopes[p])) for p, a in params.items()}
        )

    def _direction(self, path: str, slope: Array) -> Array:
        m = self.beta_1 * self.first.get(path, 0.0) + (1.0 - self.beta_1) * slope
        v = self.beta_2 * self.second.get(path, 0.0) + (1.0 - self.beta_2) * slope**2
        self.first[path], self.second[path] = m, v
        m_hat = m / (1.0 - self.beta_1**self.time)
        v_hat = v / (1.0 - self.beta_2**self.time)
        moved: Array = m_hat / (np.sqrt(v_hat) + self.epsilon)
        return moved


def mean_gradients(scenario: Scenario, pairs: Sequence[Pair]) -> tuple[float, Mapping[str, Array]]:
    """The mean loss of some pairs, and its gradient with respect to every parameter."""
    loss = 0.0
    total = {path: np.zeros_like(array) for path, array in scenario.params.items()}
    for pair in pairs:
        trace = run(pair.put_into(scenario))
        loss += float(trace[LOSS].output.data[0, 0])
        for path, slope in gradients(trace, LOSS).items():
            total[path] += slope
    return loss / len(pairs), {path: slope / len(pairs) for path, slope in total.items()}


def train(
    scenario: Scenario,
    pairs: Sequence[Pair],
    *,
    epochs: int,
    rate: float = 0.01,
    batch: int = 5,
    seed: int = 0,
) -> Iterator[Progress]:
    """Train the scenario's parameters on the pairs; gives its progress after each epoch.

    The seed shuffles the pairs; the rate falls in a straight line to 0. Options, tokens
    and name stay the scenario's own. Raises InputError when there is no pair, or when
    the loss is no longer a finite number.
    """
    if not pairs:
        raise InputError("no_loss", "pairs")
    # A stream of its own: the plain seed may have drawn the parameters.
    random = np.random.default_rng([seed, 1])
    adam = Adam()
    steps = epochs * math.ceil(len(pairs) / batch)
    for epoch in range(1, epochs + 1):
        order = random.permutation(len(pairs))
        total = 0.0
        for start in range(0, len(pairs), batch):
            chosen = [pairs[i] for i in order[start : start + batch]]
            loss, slopes = mean_gradients(scenario, chosen)
            cooled = rate * (1.0 - adam.time / steps)
            scenario = replace(scenario, params=adam.step(scenario.params, slopes, cooled))
            total += loss * len(chosen)
        if not math.isfinite(total):
            wanted = "small enough for the loss to stay finite"
            raise InputError("option_range", "rate", name="rate", expected=wanted, found=rate)
        yield Progress(epoch, epochs, total / len(pairs), scenario)


def failures(scenario: Scenario, pairs: Sequence[Pair]) -> tuple[Pair, ...]:
    """The pairs that greedy decoding doesn't translate word for word."""
    return tuple(
        pair
        for pair in pairs
        if translate(scenario.with_tokens(pair.source)).target != (START, *pair.target)
    )


def rounded(scenario: Scenario, decimals: int) -> Scenario:
    """The scenario with all parameters rounded."""
    # Adding 0 turns a −0 that rounding left into 0.
    short = {p: freeze(np.round(a, decimals) + 0.0) for p, a in scenario.params.items()}
    return replace(scenario, params=MappingProxyType(short))


@dataclass(frozen=True)
class Recipe:
    """How a built-in scenario is trained, so that its seed makes it again.

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
            seed=self.seed if seed is None else seed,
        ):
            is_last = progress.epoch == progress.epochs
            yield (
                replace(progress, scenario=self.shortened(progress.scenario))
                if is_last
                else (progress)
            )

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
