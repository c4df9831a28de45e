"""The options of every model: what each may be, and which of them a model uses."""

from __future__ import annotations

import math
from dataclasses import dataclass, fields, replace
from functools import reduce
from typing import Any

from engine.checks import LARGEST
from engine.errors import InputError, Wording


@dataclass(frozen=True)
class Choice:
    """What an option may be: its kind and its bounds, for validation and for the window."""

    kind: str  # whole, switch, word, mask_value, rate
    low: int = 0
    high: int = 0
    words: tuple[str, ...] = ()
    when: tuple[str, object] | None = None  # it counts only while that option has that value
    unless: tuple[str, object] | None = None  # and not while that one has that value

    def describe(self) -> str:
        """What would be right, in words."""
        if self.kind == "whole":
            return Wording("whole_range", low=self.low, high=self.high)
        if self.kind == "switch":
            return Wording("true_or_false")
        if self.kind == "word":
            first, *others = (f"“{w}”" for w in self.words)
            return reduce(lambda a, b: Wording("either", this=a, other=b), others, first)
        return Wording("share_below_1" if self.kind == "rate" else "mask_number")

    def accepts(self, value: object) -> bool:
        """Whether the value is of the kind and within the bounds."""
        if self.kind == "word":
            return value in self.words
        if isinstance(value, bool):
            return self.kind == "switch"
        if self.kind == "whole":
            return isinstance(value, int) and self.low <= value <= self.high
        if self.kind == "rate":
            return isinstance(value, int | float) and 0 <= value < 1
        if self.kind == "mask_value" and isinstance(value, int | float):
            return -LARGEST <= value < 0 or value == -math.inf
        return False


@dataclass(frozen=True)
class Uses:
    """What a model uses of a scenario: which options, and which words.

    `words` are among source, target and expected; a model that uses expected words
    predicts: it has the steps `output/probabilities` and, with expected words, `output/loss`.
    """

    options: tuple[str, ...]
    words: tuple[str, ...]


_WORDS = ("source", "target", "expected")
_INPUT = ("d_model", "positions", "embedding_scale")
_SCORES = ("scoring", "scale", "padding", "mask_value")
_HEADS = ("heads", "projections", "biases", *_SCORES)
_NEAR = ("relative", "clip", "buckets", "reach", "causal")
_LAYERS = ("layers", "d_ff", "norm", "final_norm", "residual")
_TRAINING = ("dropout", "training")
_PLAIN = ("d_model", "biases", "padding", "mask_value")

USES: dict[str, Uses] = {
    "encoder_decoder": Uses((*_INPUT, *_HEADS, *_NEAR, *_LAYERS, *_TRAINING), _WORDS),
    "attention": Uses(("d_model", *_SCORES), ("source", "target")),
    "self_attention": Uses((*_INPUT, *_HEADS, *_NEAR), ("source",)),
    "target_attention": Uses((*_INPUT, *_HEADS), ("source", "target")),
    "dense": Uses((*_INPUT, "projections", "biases"), ("source",)),
    "rnn": Uses((*_PLAIN, "attention"), _WORDS),
    "transformer_xl": Uses(
        (
            *(*_PLAIN, "layers", "heads", "d_ff", "scale", "residual", "embedding_scale"),
            *("segment_memory", *_TRAINING),
        ),
        _WORDS,
    ),
}
"""Every model with what it uses; how it is built stands in `engine.models`."""

CHOICES: dict[str, Choice] = {
    "model": Choice("word", words=tuple(USES)),
    "attention": Choice("word", words=("additive", "none")),
    "segment_memory": Choice("switch"),
    "layers": Choice("whole", 1, 12),
    "heads": Choice("whole", 1, 8),
    "d_model": Choice("whole", 1, 64),
    "d_ff": Choice("whole", 1, 256),
    "norm": Choice("word", words=("after", "before")),
    "final_norm": Choice("switch"),
    "projections": Choice("switch"),
    "scoring": Choice("word", words=("dot", "general", "additive")),
    "scale": Choice("switch"),
    "biases": Choice("switch"),
    "residual": Choice("switch"),
    "positions": Choice("word", words=("sinusoidal", "learned", "none")),
    "relative": Choice("word", words=("none", "keys", "bias")),
    "clip": Choice("whole", 1, 16, when=("relative", "keys")),
    "buckets": Choice("whole", 4, 32, when=("relative", "bias")),
    "reach": Choice("whole", 3, 128, when=("relative", "bias")),
    "embedding_scale": Choice("switch"),
    "padding": Choice("switch"),
    "causal": Choice("switch"),
    "mask_value": Choice("mask_value"),
    "dropout": Choice("rate"),
    "training": Choice("switch", unless=("dropout", 0.0)),
}
"""Every option with what it may be."""

GROUPS: dict[str, tuple[str, ...]] = {
    "model": ("model", "attention", "segment_memory"),
    "sizes": ("layers", "heads", "d_model", "d_ff"),
    "scores": ("projections", "scoring", "scale", "biases"),
    "masks": ("padding", "causal", "mask_value"),
    "norm": ("norm", "final_norm", "residual"),
    "positions": ("positions", "embedding_scale", "relative", "clip", "buckets", "reach"),
    "training": ("dropout", "training"),
}
"""The options by what they are about, in the order in which they are shown."""


@dataclass(frozen=True)
class Options:
    """The choices where papers, implementations and textbooks differ; the paper's by default.

    - norm: "after" (Norm(x + Sublayer(x)), the paper) or "before" (x + Sublayer(Norm(x)),
      Xiong et al. 2020). final_norm: one more norm at the end of each stack, as PyTorch's
      nn.Transformer has.
    - projections: W_Q, W_K, W_V and W_O; without them each head takes its columns of X.
    - scoring: "dot" (the paper), "general" (q W_a kᵀ, Luong et al. 2015) or "additive"
      (v_aᵀ tanh(W_a q + U_a k), Bahdanau et al. 2015). scale: divide the scores by √d_k.
    - biases: b_Q, b_K, b_V, b_O, b_1, b_2 and the output's b (a norm keeps its β).
    - positions: "sinusoidal" (the paper), "learned" (Gehring et al. 2017) or "none".
      relative: "keys" (Shaw et al. 2018, offsets up to `clip`), "bias" (Raffel et al. 2020,
      so many `buckets` of offsets, the last from `reach` on) or "none".
      embedding_scale: multiply the embeddings by √d_model.
    - mask_value: what is added where looking is forbidden, −∞ or a finite number. padding,
      causal: which masks there are at all.
    - attention: what a recurrent decoder sees of the source, "additive" (Bahdanau et al.
      2015) or "none" (its last state, Sutskever et al. 2014). segment_memory: whether a
      segment sees the one before (Dai et al. 2019).
    - dropout: the rate p at which numbers are dropped in training; with 0 there are no such
      steps. training: off in use.

    A model uses some of them (`names`) and leaves the others alone.
    Raises InputError naming the option.
    """

    model: str = "encoder_decoder"
    attention: str = "additive"
    segment_memory: bool = True
    layers: int = 1
    heads: int = 2
    d_model: int = 8
    d_ff: int = 16
    norm: str = "after"
    final_norm: bool = False
    projections: bool = True
    scoring: str = "dot"
    scale: bool = True
    biases: bool = True
    residual: bool = True
    positions: str = "sinusoidal"
    relative: str = "none"
    clip: int = 2
    buckets: int = 8
    reach: int = 16
    embedding_scale: bool = True
    padding: bool = True
    causal: bool = True
    mask_value: float = -math.inf
    dropout: float = 0.0
    training: bool = False

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
        if "heads" in self.names and self.d_model % self.heads:
            raise InputError(
                "option_heads", "options › heads", d_model=self.d_model, heads=self.heads
            )
        if self.counts("reach") and self.reach <= self.buckets // 2:
            raise InputError("option_reach", "options › reach", least=self.buckets // 2 + 1)

    @property
    def uses(self) -> Uses:
        """What the chosen model uses."""
        return USES[self.model]

    @property
    def names(self) -> tuple[str, ...]:
        """The model itself and the options it uses, in the order of the table."""
        used = ("model", *self.uses.options)
        return tuple(name for name in CHOICES if name in used)

    def counts(self, name: str) -> bool:
        """Whether an option makes a difference: the model uses it, as the others stand."""
        choice, is_used = CHOICES[name], name in self.names
        if choice.when is not None:
            is_used = is_used and getattr(self, choice.when[0]) == choice.when[1]
        if choice.unless is not None:
            is_used = is_used and getattr(self, choice.unless[0]) != choice.unless[1]
        return is_used

    @property
    def d_k(self) -> int:
        """Dimensions of one head: d_model ÷ heads; all of them where a model has no heads."""
        return self.d_model // self.heads if "heads" in self.uses.options else self.d_model

    @property
    def is_dropping(self) -> bool:
        """Whether dropout drops numbers: its rate is not 0, in training mode."""
        return self.training and self.counts("training")

    def settled(self) -> Options:
        """The same options, with the paper's values where the model uses none."""
        unused: dict[str, Any] = {
            f.name: f.default for f in fields(self) if f.name not in self.names
        }
        return replace(self, **unused)

    def changed(self, **changes: Any) -> Options:
        """The same options but for `changes`; an unknown name is an InputError."""
        known = [f.name for f in fields(self)]
        for name in changes:
            if name not in known:
                raise InputError("option_unknown", "options", name=name, known=", ".join(known))
        return replace(self, **changes)
