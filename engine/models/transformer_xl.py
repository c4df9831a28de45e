"""Transformer-XL (Dai et al. 2019): two segments; the second one looks into the first."""

from __future__ import annotations

import numpy as np

from engine.models.encoder_decoder import output
from engine.models.parts import JOIN, Parts, sinusoids
from engine.models.scoring import COMPARE, PASS_ON, PROJECT, mixture, scale
from engine.ops import AddAll, Lookup, RelativeShift, StackRows, StopGradient
from engine.scenario import PAD, Blocked, Scenario
from engine.tape import Scope
from engine.trace import Matrix

STACK, STOP, SUM = StackRows(), StopGradient(), AddAll()


def transformer_xl(t: Scope, s: Scenario) -> None:
    """Source (n) and target (m) words, one segment after the other; what follows the second.

    Both go through the same layers. Layer k of the second segment remembers what came into
    layer k for the first; so of the first, all layers but the last are computed.
    """
    xl = Layers(t, s)
    first = t.inside("segment_1", lane=0)
    x = xl.embed(first, "source")
    entered = [x]
    for number in range(1, s.options.layers):
        x = xl.layer(first, number, x)
        entered.append(x)

    second = t.inside("segment_2", lane=1)
    y = xl.embed(second, "target")
    for number, before in enumerate(entered, start=1):
        y = xl.layer(second, number, y, before)
    output(t.inside("output", lane=1), xl.parts, s, y)


def blocked_ahead(queries: tuple[str, ...], keys: tuple[str, ...], padding: bool) -> Blocked:
    """Keys that lie behind the query's own place, where the keys end with the queries."""
    offset = len(keys) - len(queries)
    blocked = np.triu(np.ones((len(queries), len(keys)), dtype=bool), k=offset + 1)
    if padding:
        blocked |= np.array([key == PAD for key in keys])[None, :]
    return blocked


class Layers:
    """The layers that both segments go through, with one set of parameters."""

    def __init__(self, t: Scope, s: Scenario) -> None:
        self.s = s
        self.options = s.options
        self.parts = Parts(s.options, s.seed)
        self.tables = t.shelf("embedding")
        self.biases = t.shelf("global_bias")

    def embed(self, t: Scope, side: str) -> Matrix:
        """E[ids] · √d_model, (n, d_model); one table if both segments have one vocabulary."""
        s, options = self.s, self.options
        is_one = s.source_vocabulary == s.target_vocabulary
        words, ids = getattr(s, side), getattr(s, f"{side}_ids")
        vocabulary = getattr(s, f"{side}_vocabulary")
        name = "source" if is_one else side
        table = self.tables.param(
            name, vocabulary, self.parts.dimensions, "E", "embedding", "embedding"
        )
        lookup = Lookup(ids, options.d_model if options.embedding_scale else None)
        t = t.group("embedding")
        x = t.step("embedded", lookup, table, symbol="X", rows=words, text="segment_embedded")
        return self.parts.dropped(t, x)

    def layer(self, segment: Scope, number: int, x: Matrix, before: Matrix | None = None) -> Matrix:
        """(m, d_model) and, of the segment before, (n, d_model) to (m, d_model)."""
        layer = segment.inside(str(number)).sharing(f"layers/{number}")
        found = self.attention(layer.inside("relative_attention"), x, before)
        x = self.close(layer, 1, x, found)
        return self.close(layer, 2, x, self.parts.feed_forward(layer.inside("feed_forward"), x))

    def close(self, layer: Scope, number: int, x: Matrix, found: Matrix) -> Matrix:
        """Norm(x + Sublayer(x)); the paper knows no other place for the norm."""
        t = layer.group(f"add_norm_{number}")
        found = self.parts.dropped(t, found, f"_{number}")
        return self.parts.norm(t, f"norm_{number}", self.parts.residual(t, number, x, found))

    def remembered(self, t: Scope, x: Matrix, before: Matrix) -> Matrix:
        """[SG(h of the segment before); x], (n + m, d_model); x alone without the memory."""
        memory = t.step("memory", STOP, before, symbol="m", text="segment_memory")
        if not self.options.segment_memory:
            return t.step("context", PASS_ON, x, symbol="G", text="memory_off")
        rows = (*memory.rows, *x.rows)
        return t.step("context", STACK, memory, x, symbol="G", rows=rows, text="extended")

    def attention(self, t: Scope, x: Matrix, before: Matrix | None) -> Matrix:
        """Several heads over the segment and what it remembers, joined and projected."""
        context = x if before is None else self.remembered(t, x, before)
        options, count = self.options, len(context.rows)
        waves = sinusoids(count, options.d_model)[::-1].copy()
        distances = tuple(str(d) for d in reversed(range(count)))
        r = t.constant("distances", waves, distances, self.parts.dimensions, "R", "position")
        blocked = blocked_ahead(x.rows, context.rows, options.padding)
        mask = t.mask(blocked, options.mask_value, x.rows, context.rows)
        heads = [
            self.head(t.inside(f"head_{h}"), h, x, context, r, mask)
            for h in range(1, options.heads + 1)
        ]
        joined = t.step("joined", JOIN, *heads, symbol="H", columns=self.parts.dimensions)
        return self.project(t, "output", joined, "W_O", "Y")

    def project(
        self, t: Scope, name: str, x: Matrix, weights: str, symbol: str, role: str = ""
    ) -> Matrix:
        """X W without a bias, as in the paper."""
        columns = self.parts.dimensions if weights == "W_O" else self.parts.head_dimensions
        w = t.param(weights, self.parts.dimensions, columns, weights, "weights", role)
        return t.step(name, PROJECT, x, w, symbol=symbol, columns=columns, role=role)

    def head(
        self, t: Scope, number: int, x: Matrix, context: Matrix, r: Matrix, mask: Matrix
    ) -> Matrix:
        """x (m, d_model) asks, context (n + m, d_model) answers; gives (m, d_k)."""
        q = self.project(t, "Q", x, "W_Q", "Q", "query")
        k = self.project(t, "K", context, "W_K", "K", "key")
        v = self.project(t, "V", context, "W_V", "V", "value")
        scores = self.scores(t, self.biases.shelf(f"head_{number}"), q, k, r)
        scaled = scale(t, scores, self.parts.scoring.scaling)
        return mixture(t, scaled, v, mask, f"H_{number}")

    def scores(self, t: Scope, biases: Scope, q: Matrix, k: Matrix, r: Matrix) -> Matrix:
        """(a) q·k + (b) q·r + (c) u·k + (d) v·r, (m, n + m); r is the key of the distance.

        Source: Dai et al. 2019, section 3.3; the shift is that of their appendix B.
        """
        dimensions = self.parts.head_dimensions
        by_distance = self.project(t, "R", r, "W_R", "K_R", "position")
        u = biases.param("u", ("",), dimensions, "u", "weights", "query")
        v = biases.param("v", ("",), dimensions, "v", "weights", "query")
        shift = RelativeShift(len(q.rows))
        a = t.step("content_content", COMPARE, q, k, symbol="S_a", columns=k.rows)
        columns = by_distance.rows
        b = t.step("content_distance", COMPARE, q, by_distance, symbol="B", columns=columns)
        b = t.step("content_position", shift, b, symbol="S_b", columns=k.rows)
        c = t.step("global_content", COMPARE, u, k, symbol="S_c", columns=k.rows)
        d = t.step("global_distance", COMPARE, v, by_distance, symbol="D", columns=columns)
        d = t.step("global_position", shift, d, symbol="S_d", rows=q.rows, columns=k.rows)
        return t.step("scores", SUM, a, b, c, d, symbol="S", text="relative_scores")
