"""Figures that sum up a run: how sharp attention is, where gradients are, what flows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from engine.running import backpropagate
from engine.trace import Array, Block, Matrix, Step, Trace

Spot = tuple[int, int]

# --- One matrix of shares, row by row -----------------------------------------------------


def largest_weight(shares: Array) -> Array:
    """The largest share of each row: (n, m) gives (n,). 1 is a look at one token only."""
    found: Array = shares.max(axis=1)
    return found


def entropy(shares: Array) -> Array:
    """−Σ a ln a of each row, in nats: (n, m) gives (n,); 0 · ln 0 counts as 0.

    It is 0 for a row with a single 1 and ln m for one that is even. A row with NaN, or with
    a share that was pinned below 0, has none: NaN. Source: Shannon 1948, section 6.
    """
    with np.errstate(all="ignore"):
        terms = np.where(shares == 0.0, 0.0, shares * np.log(shares))
    found: Array = -terms.sum(axis=1) + 0.0  # not −0
    return found


def effective_tokens(shares: Array) -> Array:
    """e to the entropy of each row: among how many tokens it would be even; (n, m) gives (n,).

    From 1 (one token has it all) to m. Source: Jost 2006, table 1 (numbers equivalents).
    """
    found: Array = np.exp(entropy(shares))
    return found


# --- Blocks and layers --------------------------------------------------------------------


def blocks(trace: Trace) -> Iterator[Block]:
    """Every block in the model's order, the outer before the inner; groups count, too."""

    def inside(block: Block) -> Iterator[Block]:
        for child in block.blocks:
            yield child
            yield from inside(child)

    return inside(trace.root)


def layers(trace: Trace) -> tuple[Block, ...]:
    """The layers, whose names are their numbers: encoder/1, encoder/2, decoder/1 ..."""
    return tuple(block for block in blocks(trace) if block.name.isdigit())


# --- Gradients ----------------------------------------------------------------------------


@dataclass(frozen=True)
class GradientNorms:
    """How large the gradient of one number is, in three resolutions; each by path.

    steps: with respect to a step's output. blocks, layers: with respect to all parameters
    that the steps inside read, each counted once. What can't change the number has norm 0.
    Norms are Euclidean over all numbers.
    """

    steps: Mapping[str, float]
    blocks: Mapping[str, float]
    layers: Mapping[str, float]


def gradient_norms(trace: Trace, path: str, cell: Spot | None = None) -> GradientNorms:
    """The norms of the gradient of one step's number, as `backpropagate` gives it.

    Raises InputError if there is no such step, or the cell lies outside of it.
    """
    found = backpropagate(trace, path, cell)
    by_block = {block.path: _norm_inside(block, found) for block in blocks(trace)}
    return GradientNorms(
        steps={step.path: _norm([found.get(step.path)]) for step in trace},
        blocks=by_block,
        layers={block.path: by_block[block.path] for block in layers(trace)},
    )


def _norm_inside(block: Block, found: Mapping[str, Array]) -> float:
    read = {m.path for s in block.steps() for m in s.inputs if m.origin == "parameter"}
    return _norm(found.get(path) for path in sorted(read))


def _norm(gradients: Iterable[Array | None]) -> float:
    return float(np.sqrt(sum(float(np.square(g).sum()) for g in gradients if g is not None)))


# --- Attention over layers ----------------------------------------------------------------


@dataclass(frozen=True)
class Attention:
    """One attention: the path of its block, its heads' weights, and whether it looks at itself."""

    path: str
    heads: tuple[Matrix, ...]
    is_self: bool

    @property
    def stack(self) -> str:
        """The stack it stands in: all of the path before the layer's number."""
        return re.split(r"(?:^|/)\d+(?:/|$)", self.path, maxsplit=1)[0]

    @property
    def mean(self) -> Array:
        """The heads' weights, averaged: (n, m)."""
        found: Array = np.mean([head.data for head in self.heads], axis=0)
        return found


_HEAD = re.compile(r"/?head_\d+$")


def attentions(trace: Trace) -> tuple[Attention, ...]:
    """Every attention of the run, in order.

    Weights are what a weighted sum takes its values with; the heads of one block belong
    together.
    """
    found: dict[str, list[Matrix]] = {}
    for step in trace:
        weights = step.inputs[0]
        if step.op.name == "weighted_sum" and weights.path in trace:
            block = weights.path.rpartition("/")[0]
            found.setdefault(_HEAD.sub("", block), []).append(weights)
    return tuple(
        Attention(path, tuple(heads), _looks_at_itself(trace, trace[heads[0].path]))
        for path, heads in found.items()
    )


def _looks_at_itself(trace: Trace, weights: Step) -> bool:
    """Whether queries and keys were made from the same rows."""
    step = weights
    while len(computed := _computed(step)) == 1:
        step = trace[computed[0].path]
    if len(computed) < 2:
        return False
    queries, keys = (set(_line(trace, matrix)) for matrix in computed[:2])
    return not queries.isdisjoint(keys)


def _computed(step: Step) -> list[Matrix]:
    return [m for m in step.inputs if m.origin == "step"]


def _line(trace: Trace, matrix: Matrix) -> Iterator[str]:
    """The matrix and what it was made of, as long as that is one computed matrix."""
    yield matrix.path
    if matrix.path in trace and len(computed := _computed(trace[matrix.path])) == 1:
        yield from _line(trace, computed[0])


def rollout(weights: Sequence[Array], *, is_residual: bool = True) -> list[Array]:
    """How much each position of each layer goes back to each position at the start.

    weights: of each layer, from the first, head-averaged: all (n, n). With Â = ½ A + ½ I
    (the residual passes half of a position on as it is), rows brought to sum 1 again,
    layer l's rollout is Â_l · Â_(l−1) · ... · Â_1. Without residuals Â is A.
    Source: Abnar & Zuidema 2020, section 3 and equation 1.
    """
    found: list[Array] = []
    for layer in weights:
        own = 0.5 * layer + 0.5 * np.eye(len(layer)) if is_residual else layer
        with np.errstate(all="ignore"):
            own = own / own.sum(axis=1, keepdims=True)
        found.append(own @ found[-1] if found else own)
    return found


def rollouts(trace: Trace) -> Mapping[str, tuple[Matrix, ...]]:
    """The rollout of every stack over its layers' self-attention, by the stack's path.

    Each matrix has the path of its layer's attention, and the words as rows and columns.
    """
    stacks: dict[str, list[Attention]] = {}
    for attention in attentions(trace):
        if attention.is_self:
            stacks.setdefault(attention.stack, []).append(attention)
    return {stack: _rolled(trace, found) for stack, found in stacks.items()}


def _rolled(trace: Trace, found: Sequence[Attention]) -> tuple[Matrix, ...]:
    is_residual = trace.scenario is None or trace.scenario.options.residual
    made = rollout([attention.mean for attention in found], is_residual=is_residual)
    return tuple(
        Matrix(a.path, data, a.heads[0].rows, a.heads[0].columns, "Ã", "weight", True)
        for a, data in zip(found, made, strict=True)
    )


# --- The residual stream ------------------------------------------------------------------

_STREAM = re.compile(r"(?:^|/)(?:positioned|residual_\d+)$")


def stream(trace: Trace) -> tuple[Matrix, ...]:
    """What flows from sublayer to sublayer, in order: the rows at the start, then each sum.

    Where the norm comes after, its output is what flows on, and stands there beside the
    sum; where it comes before, the sum alone is.
    """
    found: list[Matrix] = []
    for block in (trace.root, *blocks(trace)):
        steps = [child for child in block.children if isinstance(child, Step)]
        is_stream = False
        for step in steps:
            is_stream = is_stream or bool(_STREAM.search(step.path))
            if is_stream:
                found.append(step.output)
    return tuple(found)


def stream_norms(trace: Trace) -> Mapping[str, Array]:
    """The Euclidean norm of each row of the residual stream, (n,), by the step's path."""
    return {matrix.path: row_norms(matrix.data) for matrix in stream(trace)}


def row_norms(data: Array) -> Array:
    """The Euclidean norm of each row: (n, d) gives (n,)."""
    found: Array = np.sqrt(np.square(data).sum(axis=1))
    return found
