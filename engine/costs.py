"""What a layer costs that lets positions meet, in closed forms of its length and width.

They are the figures of the pros and cons, attention against what was before it; tests hold
them to the counts of the ops themselves. Vaswani et al. 2017, section 4 and table 1, tell how
they grow; here are the numbers.
"""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class Cost:
    """What one layer costs for so many positions of so many numbers.

    `multiplications` are all of it; `between` are those in which positions meet, which the
    paper's table counts alone. `memory` is how many numbers are computed on the way, and
    kept for the gradient in training. `sequential` is how many steps must wait for one
    another, `path` how many steps (with convolutions: layers) lie between the two positions
    that are farthest from each other.
    """

    multiplications: int
    between: int
    memory: int
    sequential: int
    path: int


def attention_cost(length: int, width: int, heads: int = 1) -> Cost:
    """Self-attention with W_Q, W_K, W_V and W_O; the heads share the width.

    Length and width from 1. Between positions 2 n² d: once for the scores, once to mix.
    """
    n, d = length, width
    between = 2 * n * n * d
    return Cost(
        multiplications=between + 4 * n * d * d,
        between=between,
        # Queries, keys, values, mixed, joined, output; each head's scores, scaled, masked, weights.
        memory=6 * n * d + 4 * heads * n * n,
        sequential=1,
        path=min(n - 1, 1),
    )


def recurrent_cost(length: int, width: int) -> Cost:
    """The plain cell h_t = tanh(x_t W + h_(t−1) U + b); length and width from 1.

    Between positions n d²: the state before, times U.
    """
    n, d = length, width
    return Cost(
        multiplications=2 * n * d * d,
        between=n * d * d,
        memory=5 * n * d,
        sequential=n,
        path=n - 1,
    )


def convolution_cost(length: int, width: int, kernel: int = 3) -> Cost:
    """Each position from its own row and those before it, `kernel` of them (2 or more).

    Length and width from 1. k n d² multiplications; it takes ⌈(n − 1) ÷ (k − 1)⌉ layers, one
    upon the other, until the last position has seen the first.
    """
    n, d = length, width
    every = kernel * n * d * d
    return Cost(
        multiplications=every,
        between=every,
        memory=n * d,
        sequential=1,
        path=math.ceil((n - 1) / (kernel - 1)),
    )
