"""Everything a learner can change, frozen: options, tokens, parameters, painted masks."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine.checks import (
    LARGEST,
    MOST_TOKENS,
    MOST_WORDS,
    check_seed,
    check_tokens,
    check_vocabulary,
    checked_array,
    written,
)
from engine.errors import InputError, nearest
from engine.trace import Array, Matrix

__all__ = [
    "CHOICES",
    "END",
    "LARGEST",
    "MOST_TOKENS",
    "MOST_WORDS",
    "PAD",
    "START",
    "Blocked",
    "Choice",
    "Options",
    "Scenario",
    "check_tokens",
    "check_vocabulary",
    "checked_array",
    "written",
]

PAD = "<pad>"
START = "<s>"
END = "</s>"


@dataclass(frozen=True)
class Choice:
    """What an option may be: its kind and its bounds, for validation and for the window."""

    kind: str  # whole, switch, word, mask_value
    low: int = 0
    high: int = 0
    words: tuple[str, ...] = ()

    def describe(self) -> str:
        """What would be right, in words."""
        if self.kind == "whole":
            return f"a whole number from {self.low} to {self.high}"
        if self.kind == "switch":
            return "true or false"
        if self.kind == "word":
            return " or ".join(f"“{w}”" for w in self.words)
        return "null (for −∞) or a finite number below 0"

    def accepts(self, value: object) -> bool:
        """Whether the value is of the kind and within the bounds."""
        if self.kind == "word":
            return value in self.words
        if isinstance(value, bool):
            return self.kind == "switch"
        if self.kind == "whole":
            return isinstance(value, int) and self.low <= value <= self.high
        if self.kind == "mask_value" and isinstance(value, int | float):
            return -LARGEST <= value < 0 or value == -math.inf
        return False


CHOICES: dict[str, Choice] = {
    "model": Choice("word", words=("encoder_decoder",)),
    "layers": Choice("whole", 1, 6),
    "heads": Choice("whole", 1, 8),
    "d_model": Choice("whole", 1, 64),
    "d_ff": Choice("whole", 1, 256),
    "norm": Choice("word", words=("after", "before")),
    "final_norm": Choice("switch"),
    "scale": Choice("switch"),
    "biases": Choice("switch"),
    "residual": Choice("switch"),
    "positions": Choice("switch"),
    "embedding_scale": Choice("switch"),
    "padding": Choice("switch"),
    "causal": Choice("switch"),
    "mask_value": Choice("mask_value"),
}
"""Every option with what it may be, in the order in which they are shown."""


@dataclass(frozen=True)
class Options:
    """The choices where papers, implementations and textbooks differ; the paper's by default.

    norm: "after" (Norm(x + Sublayer(x)), the paper) or "before" (x + Sublayer(Norm(x)),
    Xiong et al. 2020). final_norm: one more norm at the end of each stack, as PyTorch's
    nn.Transformer has. scale: divide the scores by √d_k. embedding_scale: multiply the
    embeddings by √d_model. biases: b_Q, b_K, b_V, b_O, b_1, b_2 and the output's b
    (a norm keeps its β). mask_value: what is added where looking is forbidden, −∞ or a
    finite number. padding, causal: which masks there are at all.
    Raises InputError naming the option.
    """

    model: str = "encoder_decoder"
    layers: int = 1
    heads: int = 2
    d_model: int = 8
    d_ff: int = 16
    norm: str = "after"
    final_norm: bool = False
    scale: bool = True
    biases: bool = True
    residual: bool = True
    positions: bool = True
    embedding_scale: bool = True
    padding: bool = True
    causal: bool = True
    mask_value: float = -math.inf

    def __post_init__(self) -> None:
        for name, choice in CHOICES.items():
            value = getattr(self, name)
            if not choice.accepts(value):
                raise InputError(
                    "option_range",
                    f"options › {name}",
                    name=name,
                    expected=choice.describe(),
                    found=repr(value),
                )
        if self.d_model % self.heads:
            raise InputError(
                "option_heads", "options › heads", d_model=self.d_model, heads=self.heads
            )

    @property
    def d_k(self) -> int:
        """Dimensions of one head: d_model ÷ heads."""
        return self.d_model // self.heads

    def changed(self, **changes: Any) -> Options:
        """The same options but for `changes`; an unknown name is an InputError."""
        known = [f.name for f in fields(self)]
        for name in changes:
            if name not in known:
                raise InputError("option_unknown", "options", name=name, known=", ".join(known))
        return replace(self, **changes)


Blocked = NDArray[np.bool_]


def _mapping() -> Mapping[str, Any]:
    return MappingProxyType({})


@dataclass(frozen=True, eq=False)
class Scenario:
    """A model, its tokens and its numbers. Frozen: an edit makes a new one.

    source: the encoder's words, padded with "<pad>". target: what the decoder reads,
    "<s>" first. expected: the right next word at each target position, or () when no
    loss is wanted. params: float64 arrays by path, read-only; vectors (biases, γ, β)
    have one axis. masks: painted masks by path, True where looking is forbidden; they
    stand in place of the padding and causal masks. pins: results set by hand, by the
    step's path, then by row and column from 0; what follows reads them.
    """

    options: Options
    source: tuple[str, ...]
    target: tuple[str, ...]
    expected: tuple[str, ...]
    source_vocabulary: tuple[str, ...]
    target_vocabulary: tuple[str, ...]
    params: Mapping[str, Array] = field(default_factory=_mapping, repr=False)
    masks: Mapping[str, Blocked] = field(default_factory=_mapping, repr=False)
    pins: Mapping[str, Mapping[tuple[int, int], float]] = field(
        default_factory=_mapping, repr=False
    )
    seed: int = 0
    name: str = ""

    def __post_init__(self) -> None:
        check_vocabulary(self.source_vocabulary, "source_vocabulary")
        check_vocabulary(self.target_vocabulary, "target_vocabulary")
        check_tokens(self.source, self.source_vocabulary, "source")
        check_tokens(self.target, self.target_vocabulary, "target")
        if self.expected:
            if len(self.expected) != len(self.target):
                raise InputError(
                    "expected_count",
                    "expected",
                    expected=len(self.target),
                    found=len(self.expected),
                )
            check_tokens(self.expected, self.target_vocabulary, "expected")
        check_seed(self.seed)

    @property
    def source_ids(self) -> tuple[int, ...]:
        """The source tokens' rows in the embedding table."""
        return tuple(map(self.source_vocabulary.index, self.source))

    @property
    def target_ids(self) -> tuple[int, ...]:
        """The target tokens' rows in the embedding table."""
        return tuple(map(self.target_vocabulary.index, self.target))

    @property
    def expected_ids(self) -> tuple[int, ...]:
        """The expected words' columns in the probabilities."""
        return tuple(map(self.target_vocabulary.index, self.expected))

    def with_param(self, path: str, array: ArrayLike) -> Scenario:
        """The same scenario with one parameter replaced.

        Raises InputError if there is no such parameter, if the shape differs, or if a
        number is not finite or beyond ±1e6.
        """
        if path not in self.params:
            raise InputError("param_unknown", path, hint=nearest(path, self.params))
        checked = checked_array(array, self.params[path].shape, path)
        return replace(self, params=MappingProxyType({**self.params, path: checked}))

    def with_tokens(
        self,
        source: Sequence[str] | None = None,
        target: Sequence[str] | None = None,
        expected: Sequence[str] | None = None,
    ) -> Scenario:
        """The same scenario over other words; expected words fall away unless given.

        Painted masks stay, but for those along an axis whose length has changed; pins stay
        if no length has.
        """
        changed = replace(
            self,
            source=self.source if source is None else tuple(source),
            target=self.target if target is None else tuple(target),
            expected=() if expected is None else tuple(expected),
        )
        sides = ((self.source, changed.source), (self.target, changed.target))
        gone = {len(old) for old, new in sides if len(old) != len(new)}
        kept = {p: m for p, m in self.masks.items() if gone.isdisjoint(m.shape)}
        if not gone:
            return changed
        return replace(changed, masks=MappingProxyType(kept), pins=_mapping())

    def with_mask(self, mask: Matrix, blocked: Blocked | None) -> Scenario:
        """The same scenario with one mask painted; None takes the paint off.

        `mask` is the trace's matrix of it, which tells path and shape.
        """
        masks = dict(self.masks)
        masks.pop(mask.path, None)
        if blocked is not None:
            if blocked.shape != mask.shape:
                wanted, found = written(mask.shape), written(blocked.shape)
                raise InputError("mask_shape", mask.path, expected=wanted, found=found)
            painted = np.array(blocked, dtype=bool)
            painted.flags.writeable = False
            masks[mask.path] = painted
        return replace(self, masks=MappingProxyType(masks))

    def with_pin(self, path: str, row: int, column: int, value: float | None) -> Scenario:
        """The same scenario with one result set by hand; None takes the pin off.

        Row and column count from 0. Raises InputError unless the value is finite and at
        most ±1e6; whether there is such a result is seen when it is run.
        """
        pins = {p: dict(spots) for p, spots in self.pins.items()}
        spots = pins.setdefault(path, {})
        if value is None:
            spots.pop((row, column), None)
        else:
            spots[row, column] = float(checked_array([value], (1,), path)[0])
        kept = {p: MappingProxyType(spots) for p, spots in pins.items() if spots}
        return replace(self, pins=MappingProxyType(kept))

    def without_pins(self) -> Scenario:
        """The same scenario with every result computed."""
        return replace(self, pins=_mapping())
