"""Training: Adam on the engine's own gradients, one epoch a progress."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import NamedTuple

import numpy as np

from engine.errors import InputError, Wording
from engine.running import gradients, run
from engine.scenario import END, START, Scenario
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

    `decay` names parameters that also shrink, by rate · decay · θ a step. Source:
    Loshchilov and Hutter 2019, algorithm 2 (the decay stands apart from the gradient).
    """

    def __init__(
        self,
        beta_1: float = 0.9,
        beta_2: float = 0.98,
        epsilon: float = 1e-9,
        decay: Mapping[str, float] = MappingProxyType({}),
    ) -> None:
        self.beta_1, self.beta_2, self.epsilon, self.decay = beta_1, beta_2, epsilon, decay
        self.time = 0
        self.first: dict[str, Array] = {}
        self.second: dict[str, Array] = {}

    def step(
        self, params: Mapping[str, Array], slopes: Mapping[str, Array], rate: float
    ) -> Mapping[str, Array]:
        """The parameters after one step against the gradients `slopes`."""
        self.time += 1
        return MappingProxyType(
            {path: freeze(self._moved(path, a, slopes[path], rate)) for path, a in params.items()}
        )

    def _moved(self, path: str, array: Array, slope: Array, rate: float) -> Array:
        kept = array * (1.0 - rate * self.decay.get(path, 0.0))
        moved: Array = kept - rate * self._direction(path, slope)
        return moved

    def _direction(self, path: str, slope: Array) -> Array:
        m = self.beta_1 * self.first.get(path, 0.0) + (1.0 - self.beta_1) * slope
        v = self.beta_2 * self.second.get(path, 0.0) + (1.0 - self.beta_2) * slope**2
        self.first[path], self.second[path] = m, v
        m_hat = m / (1.0 - self.beta_1**self.time)
        v_hat = v / (1.0 - self.beta_2**self.time)
        direction: Array = m_hat / (np.sqrt(v_hat) + self.epsilon)
        return direction


def mean_gradients(
    scenario: Scenario, pairs: Sequence[Pair], drops: np.random.Generator | None = None
) -> tuple[float, Mapping[str, Array]]:
    """The mean loss of some pairs, and its gradient with respect to every parameter.

    With `drops`, each pair has a seed of its own, so that dropout drops others each time.
    """
    loss = 0.0
    total = {path: np.zeros_like(array) for path, array in scenario.params.items()}
    for pair in pairs:
        met = pair.put_into(scenario)
        if drops is not None:
            met = replace(met, seed=int(drops.integers(2**32)))
        trace = run(met)
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
    decay: Mapping[str, float] = MappingProxyType({}),
) -> Iterator[Progress]:
    """Train the scenario's parameters on the pairs; gives its progress after each epoch.

    The seed shuffles the pairs and, where dropout is on, draws what each pair drops; the rate
    falls in a straight line to 0; `decay` is Adam's. Options, tokens and name stay the
    scenario's own; pins are taken off. Raises InputError when there is no pair, or when the
    loss is no longer a finite number.
    """
    if not pairs:
        raise InputError("no_loss", "pairs")
    # A result that is held would not let the gradient through.
    scenario = scenario.without_pins()
    # A stream of its own: the plain seed may have drawn the parameters.
    random = np.random.default_rng([seed, 1])
    drops = np.random.default_rng([seed, 2]) if scenario.options.is_dropping else None
    adam = Adam(decay=decay)
    steps = epochs * math.ceil(len(pairs) / batch)
    for epoch in range(1, epochs + 1):
        order = random.permutation(len(pairs))
        total = 0.0
        for start in range(0, len(pairs), batch):
            chosen = [pairs[i] for i in order[start : start + batch]]
            loss, slopes = mean_gradients(scenario, chosen, drops)
            cooled = rate * (1.0 - adam.time / steps)
            scenario = replace(scenario, params=adam.step(scenario.params, slopes, cooled))
            total += loss * len(chosen)
        if not math.isfinite(total):
            wanted = Wording("finite_loss")
            raise InputError("option_range", "rate", name="rate", expected=wanted, found=rate)
        yield Progress(epoch, epochs, total / len(pairs), scenario)
