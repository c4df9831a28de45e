"""Everything a learner can change, frozen: options, tokens, parameters, painted masks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
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
from engine.locks import locked_names
from engine.options import Options
from engine.plan import Plan
from engine.ties import Ties, settled, spread
from engine.trace import Array, Matrix

__all__ = [
    "END",
    "LARGEST",
    "MOST_TOKENS",
    "MOST_WORDS",
    "PAD",
    "START",
    "Blocked",
    "Scenario",
    "check_tokens",
    "check_vocabulary",
    "checked_array",
    "written",
]

PAD = "<pad>"
START = "<s>"
END = "</s>"


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
    step's path, then by row and column from 0; what follows reads them. ties: parameters
    that are one and the same, by path that of the one followed; they hold the same numbers.
    locked: groups of controls that the window is to hide (engine.locks). plan: the steps
    that the model once wrote, for runs to go along; it may stay whatever is changed, since
    a run looks whether it fits.
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
    ties: Ties = field(default_factory=_mapping, repr=False)
    locked: tuple[str, ...] = ()
    seed: int = 0
    name: str = ""
    plan: Plan | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        if self.ties:
            object.__setattr__(self, "ties", settled(self.ties, self.params))
            object.__setattr__(self, "params", spread(self.params, self.ties))
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
        object.__setattr__(self, "locked", locked_names(self.locked))

    @property
    def outline(self) -> tuple[object, ...]:
        """What the steps and their labels follow from, whatever the numbers are."""
        return (
            self.options,
            self.source,
            self.target,
            self.expected,
            self.source_vocabulary,
            self.target_vocabulary,
        )

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
        """The same scenario with one parameter replaced, and all that are tied to it.

        Raises InputError if there is no such parameter, if the shape differs, or if a
        number is not finite or beyond ±1e6.
        """
        if path not in self.params:
            raise InputError("param_unknown", path, hint=nearest(path, self.params))
        checked = checked_array(array, self.params[path].shape, path)
        changed = {**self.params, self.ties.get(path, path): checked}
        return replace(self, params=MappingProxyType(changed))

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
