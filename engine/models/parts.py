"""Parts that models share: attention, feed-forward, embeddings, masks."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from engine.ops import (
    Add,
    Join,
    LayerNorm,
    Lookup,
    Mask,
    PassOn,
    Product,
    Relu,
    Scale,
    Softmax,
    WeightedSum,
)
from engine.options import Options
from engine.scenario import MOST_TOKENS, PAD, Blocked
from engine.tape import Scope
from engine.trace import Array, Labels, Matrix, numbered

ADD, MASK, PASS_ON, RELU, SOFTMAX = Add(), Mask(), PassOn(), Relu(), Softmax()
PROJECT, COMPARE, MIX, JOIN, NORM = (
    Product(),
    Product(transposed=True),
    WeightedSum(),
    Join(),
    LayerNorm(),
)


def sinusoids(length: int, d_model: int) -> Array:
    """PE(pos, 2i) = sin(pos ÷ 10000^(2i/d_model)), PE(pos, 2i+1) = cos(the same).

    Shape (length, d_model). Source: Vaswani et al. 2017, section 3.5.
    """
    position = np.arange(length)[:, None]
    even = np.arange(0, d_model, 2)
    angle = position / 10000.0 ** (even / d_model)
    table = np.zeros((length, d_model))
    table[:, 0::2] = np.sin(angle)
    table[:, 1::2] = np.cos(angle[:, : d_model // 2])
    return table


def blocked_keys(queries: int, keys: Sequence[str], padding: bool, causal: bool) -> Blocked:
    """Which keys (columns) each query (row) must not see: padding and, if causal, the future."""
    blocked = np.zeros((queries, len(keys)), dtype=bool)
    if padding:
        blocked |= np.array([k == PAD for k in keys])[None, :]
    if causal:
        blocked |= np.triu(np.ones((queries, len(keys)), dtype=bool), k=1)
    return blocked


class Parts:
    """The parts of a Transformer under given options."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.dimensions = numbered(options.d_model)
        self.head_dimensions = numbered(options.d_k)
        self.inner_dimensions = numbered(options.d_ff)
        self.scaling = Scale(options.d_k) if options.scale else PASS_ON

    def embed(self, t: Scope, table: Matrix, tokens: Labels, ids: Sequence[int]) -> Matrix:
        """E[ids] · √d_model + PE, (n, d_model)."""
        options = self.options
        lookup = Lookup(ids, options.d_model if options.embedding_scale else None)
        x = t.group("embedding").step("embedded", lookup, table, symbol="X_0", rows=tokens)
        t = t.group("position")
        if options.positions == "none":
            return t.step("positioned", PASS_ON, x, symbol="X", text="positions_off")
        if options.positions == "learned":
            places = self._learned_positions(t, table, tokens)
            return t.step("positioned", ADD, x, places, symbol="X", text="positions_learned")
        wave = sinusoids(len(tokens), options.d_model)
        places = t.constant("positions", wave, tokens, self.dimensions, "PE", "position")
        return t.step("positioned", ADD, x, places, symbol="X")

    def _learned_positions(self, t: Scope, table: Matrix, tokens: Labels) -> Matrix:
        """P[0 ... n − 1] of a table that has a row for each place a word may have.

        Source: Gehring et al. 2017, section 3.1; Vaswani et al. 2017, table 3, row E.
        """
        path = f"{table.path}_positions"
        rows = t.root().param(
            path, numbered(MOST_TOKENS), self.dimensions, "P", "embedding", "position"
        )
        return t.step(
            "positions", Lookup(range(len(tokens))), rows, symbol="PE", rows=tokens, role="position"
        )

    def _linear(self, t: Scope, name: str, x: Matrix, columns: Labels, role: str) -> Matrix:
        """X W + b for one of Q, K, V."""
        w = t.param(f"W_{name}", x.columns, columns, f"W_{name}", "weights", role)
        return self.product(t, name, x, w, f"b_{name}", name, role)

    def product(
        self, t: Scope, name: str, x: Matrix, w: Matrix, bias: str, symbol: str, role: str = ""
    ) -> Matrix:
        """X W + b, or X W when biases are off."""
        if not self.options.biases:
            return t.step(name, PROJECT, x, w, symbol=symbol, columns=w.columns, role=role)
        b = t.param(bias, (), w.columns, bias, "zeros", role)
        return t.step(name, PROJECT, x, w, b, symbol=symbol, columns=w.columns, role=role)

    def head(self, t: Scope, x: Matrix, memory: Matrix, mask: Matrix, mixed: str) -> Matrix:
        """One head: x (n, d_model) asks, memory (m, d_model) answers; gives (n, d_k)."""
        q = self._linear(t, "Q", x, self.head_dimensions, "query")
        k = self._linear(t, "K", memory, self.head_dimensions, "key")
        v = self._linear(t, "V", memory, self.head_dimensions, "value")
        return scaled_dot_product(t, q, k, v, mask, self.scaling, mixed)

    def attention(self, t: Scope, x: Matrix, memory: Matrix, blocked: Blocked) -> Matrix:
        """Several heads, joined and projected: (n, d_model)."""
        options = self.options
        mask = t.mask(blocked, options.mask_value, x.rows, memory.rows)
        heads = [
            self.head(t.inside(f"head_{h}"), x, memory, mask, f"H_{h}")
            for h in range(1, options.heads + 1)
        ]
        joined = t.step("joined", JOIN, *heads, symbol="H", columns=self.dimensions)
        w = t.param("W_O", self.dimensions, self.dimensions, "W_O", "weights")
        return self.product(t, "output", joined, w, "b_O", "Y")

    def feed_forward(self, t: Scope, x: Matrix) -> Matrix:
        """max(0, x W_1 + b_1) W_2 + b_2, each position alone: (n, d_model)."""
        w_1 = t.param("W_1", self.dimensions, self.inner_dimensions, "W_1", "weights")
        hidden = self.product(t, "hidden", x, w_1, "b_1", "F")
        activated = t.step("activated", RELU, hidden, symbol="F'")
        w_2 = t.param("W_2", self.inner_dimensions, self.dimensions, "W_2", "weights")
        return self.product(t, "output", activated, w_2, "b_2", "Y")

    def residual(self, t: Scope, number: int, x: Matrix, sublayer: Matrix) -> Matrix:
        """x + Sublayer(x), or the sublayer's output alone when residuals are off."""
        name = f"residual_{number}"
        if not self.options.residual:
            return t.step(name, PASS_ON, sublayer, symbol=f"R_{number}", text="residual_off")
        return t.step(name, ADD, x, sublayer, symbol=f"R_{number}", text="residual")

    def norm(self, t: Scope, name: str, x: Matrix) -> Matrix:
        """Layer norm with its own γ and β."""
        inside = f"{name}/"
        gamma = t.param(inside + "gamma", (), x.columns, r"\gamma", "ones")
        beta = t.param(inside + "beta", (), x.columns, r"\beta", "zeros")
        symbol = f"N_{name[-1]}" if name[-1].isdigit() else "N"
        return t.step(name, NORM, x, gamma, beta, symbol=symbol, text="norm")


def scaled_dot_product(
    t: Scope, q: Matrix, k: Matrix, v: Matrix, mask: Matrix, scaling: Scale | PassOn, mixed: str
) -> Matrix:
    """softmax(Q Kᵀ ÷ √d_k + M) V: (n, d_k), (m, d_k), (m, d_v) give (n, d_v).

    Source: Vaswani et al. 2017, equation 1.
    """
    scores = t.step("scores", COMPARE, q, k, symbol="S", columns=k.rows)
    off = "scale_off" if scaling is PASS_ON else ""
    scaled = t.step("scaled", scaling, scores, symbol="S'", text=off)
    masked = t.step("masked", MASK, scaled, mask, symbol="S''")
    weights = t.step("weights", SOFTMAX, masked, symbol="A", role="weight")
    return t.step("mixed", MIX, weights, v, symbol=mixed, columns=v.columns)
