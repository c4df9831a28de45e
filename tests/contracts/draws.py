"""What the contracts are held against: scenarios and calls of `attend`, drawn small."""

import math
from dataclasses import dataclass, fields
from types import MappingProxyType

import numpy as np
from hypothesis import strategies as st

from engine import Options, Scenario, Trace, attend, edits, fresh, run
from engine.models import MODELS
from engine.options import CHOICES, USES
from engine.scenario import END, PAD, START

SOURCE = (PAD, "we", "see", "cats")
TARGET = (PAD, START, END, "猫", "看")
VALUES = (-math.inf, -1000.0, -1.0)

seeds = st.integers(0, 2**31)


@st.composite
def options(draw, **fixed) -> Options:
    """The paper's model: small dimensions, so that every cell can be looked at; every switch."""
    heads = draw(st.sampled_from((1, 2, 3)))
    drawn = {
        "layers": draw(st.sampled_from((1, 1, 1, 2))),
        "heads": heads,
        "d_model": heads * draw(st.integers(1, 3)),
        "d_ff": draw(st.integers(1, 4)),
        "norm": draw(st.sampled_from(("after", "before"))),
        "positions": draw(st.sampled_from(("sinusoidal", "none"))),
        "mask_value": draw(st.sampled_from(VALUES)),
    }
    switches = ("final_norm", "scale", "biases", "residual", "embedding_scale")
    for switch in (*switches, "padding", "causal"):
        drawn[switch] = draw(st.booleans())
    return Options(**{**drawn, **fixed})


SMALL = {"layers": (1, 2), "d_ff": (1, 4), "clip": (1, 3), "buckets": (4, 7), "reach": (4, 9)}


@st.composite
def any_options(draw, **fixed) -> Options:
    """Every model, every choice of each option that it uses; small dimensions."""
    model = draw(st.sampled_from(sorted(MODELS)))
    heads = draw(st.integers(1, 3)) if "heads" in USES[model].options else 1
    drawn = {"heads": heads, "d_model": heads * draw(st.integers(1, 3))}
    for name in USES[model].options:
        choice = CHOICES[name]
        if choice.kind == "whole":
            bounds = SMALL.get(name, (choice.low, min(choice.high, choice.low + 4)))
            drawn.setdefault(name, draw(st.integers(*bounds)))
        elif choice.kind == "word":
            drawn[name] = draw(st.sampled_from(choice.words))
        elif choice.kind == "switch":
            drawn[name] = draw(st.booleans())
        elif choice.kind == "rate":
            drawn[name] = draw(st.sampled_from((0.0, 0.3, 0.75)))
        else:
            drawn[name] = draw(st.sampled_from(VALUES))
    return Options(**{"model": model, **drawn, **fixed})


def words(vocabulary: tuple[str, ...], most: int) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(vocabulary), min_size=1, max_size=most).map(tuple)


class Drawn(Scenario):
    """A scenario that a failing test names in a few lines, without its numbers."""

    def _repr_pretty_(self, printer, is_cycle):
        parts = ("options", "source", "target", "expected", "seed")
        told = ", ".join(f"{part}={getattr(self, part)!r}" for part in parts)
        pins = {path: dict(spots) for path, spots in self.pins.items()}
        held = f"pins={pins}, ties={dict(self.ties)}"
        printer.text(f"Scenario({told}, painted={list(self.masks)}, {held})")


@st.composite
def scenarios(draw, chosen=None, painted=True, pinned=False, source=None, target=None) -> Scenario:
    """Words with padding among them, numbers of several sizes, now and then a painted mask.

    With `pinned`, some results are set by hand and some parameters tied, too.
    """
    target = draw(words(TARGET, 4) if target is None else target)
    length = len(target)
    wanted = st.lists(st.sampled_from(TARGET), min_size=length, max_size=length).map(tuple)
    scenario = fresh(
        draw(options() if chosen is None else chosen),
        seed=draw(seeds),
        source=draw(words(SOURCE, 4) if source is None else source),
        target=target,
        expected=draw(st.one_of(wanted, st.just(()))),
        source_vocabulary=SOURCE,
        target_vocabulary=TARGET,
    )
    scenario = numbered_anew(scenario, draw(st.sampled_from((0.5, 1.0, 3.0))))
    if painted:
        scenario = paint(scenario, draw(st.integers(0, 3)))
    return (
        pin(tie(scenario, draw(st.integers(0, 3))), draw(st.integers(0, 4))) if pinned else scenario
    )


def numbered_anew(scenario: Scenario, spread: float) -> Scenario:
    """Fresh biases are 0 and fresh gammas 1, which would hide what is done with them."""
    random = np.random.default_rng(scenario.seed)
    params = {p: random.normal(0.0, spread, a.shape) for p, a in scenario.params.items()}
    for array in params.values():
        array.flags.writeable = False
    parts = {f.name: getattr(scenario, f.name) for f in fields(scenario)}
    return Drawn(**{**parts, "params": MappingProxyType(params)})


def paint(scenario: Scenario, count: int) -> Scenario:
    """The same scenario with so many of its masks painted at random."""
    random = np.random.default_rng(scenario.seed)
    masks = [m for m in run(scenario).given.values() if m.origin == "mask"]
    for index in random.permutation(len(masks))[:count]:
        mask = masks[index]
        scenario = scenario.with_mask(mask, random.random(mask.shape) < 0.4)
    return scenario


def tie(scenario: Scenario, count: int) -> Scenario:
    """The same scenario with so many pairs of its parameters tied, where shapes allow it."""
    random = np.random.default_rng(scenario.seed)
    for _ in range(count):
        path = random.choice(sorted(scenario.params))
        shape, one = scenario.params[path].shape, edits.one_with(scenario, path)
        others = [
            p for p, a in scenario.params.items() if a.shape == shape and p not in (path, *one)
        ]
        if others:
            scenario = edits.with_tie(scenario, path, str(random.choice(sorted(others))))
    return scenario


def pin(scenario: Scenario, count: int) -> Scenario:
    """The same scenario with so many of its results set by hand, whatever they were."""
    random = np.random.default_rng(scenario.seed)
    steps = list(run(scenario))
    shares = [step for step in steps if step.output.is_share]
    for turn in range(count):
        among = shares if turn % 2 and shares else steps  # a share of 2 or −1 is the rudest pin
        step = among[random.integers(len(among))]
        spot = [int(random.integers(n)) for n in step.output.shape]
        scenario = scenario.with_pin(step.path, *spot, float(random.normal(0.0, 2.0)))
    return scenario


@dataclass(frozen=True)
class Brought:
    """What somebody gives to `attend`."""

    Q: np.ndarray
    K: np.ndarray
    V: np.ndarray
    mask: np.ndarray | None
    scale: float | None

    def walk(self) -> Trace:
        return attend(self.Q, self.K, self.V, self.mask, self.scale)


@st.composite
def brought(draw) -> Brought:
    """Matrices for `attend`, with no mask, a boolean one or one of numbers; some broadcast."""
    n, m, d_k, d_v = (draw(st.integers(1, 4)) for _ in range(4))
    random = np.random.default_rng(draw(seeds))
    shape = draw(st.sampled_from(((n, m), (1, m), (m,), (n, 1))))
    boolean = random.random(shape) < 0.7
    numbers = np.where(random.random(shape) < 0.3, -np.inf, random.normal(size=shape))
    return Brought(
        random.normal(size=(n, d_k)),
        random.normal(size=(m, d_k)),
        random.normal(size=(m, d_v)),
        draw(st.sampled_from((None, boolean, numbers))),
        draw(st.sampled_from((None, 1.0, 0.25, -2.0))),
    )
