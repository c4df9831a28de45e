"""From queries, keys and values to a mixture: the ways to score, and relative positions."""

from __future__ import annotations

from dataclasses import dataclass

from engine.ops import (
    Add,
    ByOffset,
    Mask,
    PairScores,
    PairSum,
    PassOn,
    Product,
    Scale,
    Softmax,
    Tanh,
    WeightedSum,
    pair_labels,
)
from engine.ops.offsets import bucket_labels, bucketed_offsets, clipped_offsets, signed
from engine.options import Options
from engine.tape import Scope
from engine.trace import Matrix

ADD, MASK, PASS_ON, SOFTMAX, TANH = Add(), Mask(), PassOn(), Softmax(), Tanh()
COMPARE, MIX, PROJECT, PAIR_SUM = Product(transposed=True), WeightedSum(), Product(), PairSum()


def scaled_dot_product(
    t: Scope, q: Matrix, k: Matrix, v: Matrix, mask: Matrix, scaling: Scale | PassOn, mixed: str
) -> Matrix:
    """softmax(Q Kᵀ ÷ √d_k + M) V: (n, d_k), (m, d_k), (m, d_v) give (n, d_v).

    Source: Vaswani et al. 2017, equation 1.
    """
    scores = t.step("scores", COMPARE, q, k, symbol="S", columns=k.rows)
    return mixture(t, scale(t, scores, scaling), v, mask, mixed)


def scale(t: Scope, scores: Matrix, scaling: Scale | PassOn) -> Matrix:
    """S ÷ √d_k, or S as it is."""
    off = "scale_off" if isinstance(scaling, PassOn) else ""
    return t.step("scaled", scaling, scores, symbol="S'", text=off)


def mixture(
    t: Scope, scores: Matrix, v: Matrix, mask: Matrix, mixed: str, text: str = ""
) -> Matrix:
    """softmax(S + M) V: (n, m), (m, d_v) give (n, d_v)."""
    masked = t.step("masked", MASK, scores, mask, symbol="S''", text=text)
    weights = t.step("weights", SOFTMAX, masked, symbol="A", role="weight")
    return t.step("mixed", MIX, weights, v, symbol=mixed, columns=v.columns)


@dataclass(frozen=True)
class Nearness:
    """Where the relative positions of a stack come from.

    `shelf` keeps what its layers share (T5's biases); `is_causal` says that keys stand on the
    left only, so that no bucket is spent on the right.
    """

    shelf: Scope
    is_causal: bool


class Scoring:
    """How a query is compared with a key, under given options."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.scaling = Scale(options.d_k) if options.scale else PASS_ON

    def scores(
        self, t: Scope, q: Matrix, k: Matrix, near: Nearness | None = None, head: int = 1
    ) -> Matrix:
        """(n, d_k), (m, d_k) give (n, m): scores, with relative positions if there are any."""
        relative = self.options.relative if near is not None else "none"
        scores = self._compared(t, q, k, "content" if relative == "keys" else "scores")
        if relative == "keys":
            offsets = self._offset_scores(t, q, k)
            scores = t.step("scores", ADD, scores, offsets, symbol="S", text="scores_relative")
        scaled = scale(t, scores, self.scaling)
        if relative == "bias" and near is not None:
            bias = self._offset_bias(t, q, k, near, head)
            scaled = t.step("biased", ADD, scaled, bias, symbol="S_B")
        return scaled

    def _compared(self, t: Scope, q: Matrix, k: Matrix, name: str) -> Matrix:
        symbol = "S" if name == "scores" else "S_C"
        scoring = self.options.scoring
        if scoring == "additive":
            return additive(t, q, k, name, symbol)
        if scoring == "general":
            w = t.param("W_a", q.columns, k.columns, "W_a", "weights", "query")
            q = t.step("turned", PROJECT, q, w, symbol="Q'", columns=k.columns, role="query")
        text = name if scoring == "dot" else "scores_general"
        return t.step(name, COMPARE, q, k, symbol=symbol, columns=k.rows, text=text)

    def _offset_scores(self, t: Scope, q: Matrix, k: Matrix) -> Matrix:
        """Q wᵀ, laid out by pairs. Source: Shaw et al. 2018, equation 5 and section 3.3."""
        limit = self.options.clip
        labels = tuple(signed(o) for o in range(-limit, limit + 1))
        table = t.param("offsets", labels, q.columns, "w", "embedding", "position")
        met = t.step("offsets_met", COMPARE, q, table, symbol="R", columns=labels)
        op = ByOffset(clipped_offsets(len(q.rows), len(k.rows), limit))
        return t.step("offset_scores", op, met, symbol="S_R", columns=k.rows)

    def _offset_bias(self, t: Scope, q: Matrix, k: Matrix, near: Nearness, head: int) -> Matrix:
        """b by bucket of offsets, the same in all layers. Source: Raffel et al. 2020."""
        o = self.options
        labels = bucket_labels(o.buckets, o.reach, near.is_causal)
        name = f"head_{head}"
        biases = near.shelf.param(name, (), labels, rf"b_{head}", "embedding", "position")
        index = bucketed_offsets(len(q.rows), len(k.rows), o.buckets, o.reach, near.is_causal)
        op = ByOffset(index, is_bucketed=True)
        return t.step("offset_bias", op, biases, symbol="B", rows=q.rows, columns=k.rows)


def additive(t: Scope, q: Matrix, k: Matrix, name: str = "scores", symbol: str = "S") -> Matrix:
    """v_aᵀ tanh(W_a q + U_a k): (n, d), (m, d) give (n, m).

    Source: Bahdanau et al. 2015, section 3.1 and appendix A.1.2.
    """
    w_a = t.param("W_a", q.columns, k.columns, "W_a", "weights", "query")
    u_a = t.param("U_a", k.columns, k.columns, "U_a", "weights", "key")
    v_a = t.param("v_a", (), k.columns, "v_a", "embedding")
    asked = t.step("asked", PROJECT, q, w_a, symbol="Q'", columns=k.columns, role="query")
    offered = t.step("offered", PROJECT, k, u_a, symbol="K'", columns=k.columns, role="key")
    pairs = pair_labels(q.rows, k.rows)
    summed = t.step("pairs", PAIR_SUM, asked, offered, symbol="P", rows=pairs)
    bent = t.step("bent", TANH, summed, symbol="T")
    return t.step(
        name,
        PairScores(len(k.rows)),
        bent,
        v_a,
        symbol=symbol,
        rows=q.rows,
        columns=k.rows,
        text="scores_additive",
    )
