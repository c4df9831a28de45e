"""Parts that models share: attention, feed-forward, embeddings, masks."""

from __future__ import annotations

from collections.abc import Sequence
from zlib import crc32

import numpy as np

from engine.models.scoring import ADD, PASS_ON, PROJECT, SOFTMAX, Nearness, Scoring, mixture
from engine.ops import ColumnsOf, Dropout, Join, LayerNorm, Lookup, Relu
from engine.options import Options
from engine.scenario import MOST_TOKENS, PAD, Blocked, Scenario
from engine.tape import Scope
from engine.trace import Array, Labels, Matrix, numbered

RELU, JOIN, NORM = Relu(), Join(), LayerNorm()
DROPOUT = Dropout()

__all__ = ["PASS_ON", "SOFTMAX", "Nearness", "Parts", "blocked_keys", "sinusoids"]


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
    if causal:
        blocked: Blocked = np.arange(len(keys)) > np.arange(queries)[:, None]
    else:
        blocked = np.zeros((queries, len(keys)), dtype=bool)
    if padding and PAD in keys:
        blocked |= [k == PAD for k in keys]
    return blocked


class Parts:
    """The parts of a Transformer under given options."""

    def __init__(self, options: Options, seed: int = 0) -> None:
        self.options = options
        self.seed = seed
        self.dimensions = numbered(options.d_model)
        self.head_dimensions = numbered(options.d_k)
        self.inner_dimensions = numbered(options.d_ff)
        self.scoring = Scoring(options)

    def embed_words(self, t: Scope, side: str, lane: int, s: Scenario) -> Matrix:
        """The source's or the target's words as rows, (n, d_model), in a lane of their own."""
        vocabulary, words = getattr(s, f"{side}_vocabulary"), getattr(s, side)
        tables = t.shelf("embedding")
        table = tables.param(side, vocabulary, self.dimensions, "E", "embedding", "embedding")
        return self.embed(t.inside(side, lane), table, words, getattr(s, f"{side}_ids"))

    def embed(self, t: Scope, table: Matrix, tokens: Labels, ids: Sequence[int]) -> Matrix:
        """E[ids] · √d_model + PE, (n, d_model)."""
        options = self.options
        lookup = Lookup(ids, options.d_model if options.embedding_scale else None)
        x = t.group("embedding").step("embedded", lookup, table, symbol="X_0", rows=tokens)
        t = t.group("position")
        return self.dropped(t, self._positioned(t, x, table, tokens))

    def _positioned(self, t: Scope, x: Matrix, table: Matrix, tokens: Labels) -> Matrix:
        """X_0 + PE, or X_0 alone; a row of PE is learned or a row of sinusoids."""
        options = self.options
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

    def projected(self, t: Scope, name: str, x: Matrix, head: int = 1) -> Matrix:
        """One of Q, K, V of a head: (n, d_model) gives (n, d_k)."""
        role = {"Q": "query", "K": "key", "V": "value"}[name]
        if self.options.projections:
            return self._linear(t, name, x, self.head_dimensions, role)
        return self._own_columns(t, name, x, head, role)

    def _own_columns(self, t: Scope, name: str, x: Matrix, head: int, role: str) -> Matrix:
        """X itself, or the head's share of its columns: what is left without projections."""
        stop = head * self.options.d_k
        columns = x.columns[stop - self.options.d_k : stop]
        is_whole = len(columns) == len(x.columns)
        op = PASS_ON if is_whole else ColumnsOf(stop - self.options.d_k, stop)
        text = f"{name}_off"
        return t.step(name, op, x, symbol=name, columns=columns, role=role, text=text)

    def head(
        self,
        t: Scope,
        x: Matrix,
        memory: Matrix,
        mask: Matrix,
        number: int = 1,
        near: Nearness | None = None,
        text: str = "",
    ) -> Matrix:
        """One head: x (n, d_model) asks, memory (m, d_model) answers; gives (n, d_k)."""
        q = self.projected(t, "Q", x, number)
        k = self.projected(t, "K", memory, number)
        v = self.projected(t, "V", memory, number)
        scores = self.scoring.scores(t, q, k, near, number)
        return mixture(t, scores, v, mask, f"H_{number}", text)

    def attention(
        self,
        t: Scope,
        x: Matrix,
        memory: Matrix,
        blocked: Blocked,
        near: Nearness | None = None,
        text: str = "",
    ) -> Matrix:
        """Several heads, joined and projected: (n, d_model).

        `near` is given where both are the same sentence, so that places can be compared;
        `text` names the words of the masked scores, where they are not the usual ones.
        """
        options = self.options
        mask = t.mask(blocked, options.mask_value, x.rows, memory.rows)
        heads = [
            self.head(t.inside(f"head_{h}"), x, memory, mask, h, near, text)
            for h in range(1, options.heads + 1)
        ]
        joined = t.step("joined", JOIN, *heads, symbol="H", columns=self.dimensions)
        if not options.projections:
            return t.step("output", PASS_ON, joined, symbol="Y", text="output_off")
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

    def dropped(self, t: Scope, x: Matrix, number: str = "") -> Matrix:
        """x with some numbers dropped in training, all of them passed on otherwise.

        Where the rate is 0 there is no such step. Each step draws from the scenario's seed
        and its own path, so that what is dropped elsewhere stays as it is.
        """
        rate, name, symbol = self.options.dropout, f"dropout{number}", f"{x.symbol}'"
        if rate == 0.0:
            return x
        if not self.options.is_dropping:
            return t.step(name, PASS_ON, x, symbol=symbol, text="dropout_off")
        random = np.random.default_rng([self.seed, crc32(f"{t.prefix}{name}".encode())])
        kept = np.where(random.random(x.shape) < rate, 0.0, 1.0 / (1.0 - rate))
        drops = t.constant(f"dropped{number}", kept, x.rows, x.columns, "D")
        return t.step(name, DROPOUT, x, drops, symbol=symbol, text="dropout")

    def norm(self, t: Scope, name: str, x: Matrix) -> Matrix:
        """Layer norm with its own γ and β."""
        inside = f"{name}/"
        gamma = t.param(inside + "gamma", (), x.columns, r"\gamma", "ones")
        beta = t.param(inside + "beta", (), x.columns, r"\beta", "zeros")
        symbol = f"N_{name[-1]}" if name[-1].isdigit() else "N"
        return t.step(name, NORM, x, gamma, beta, symbol=symbol, text="norm")
