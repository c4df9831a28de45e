"""A recurrent encoder-decoder, unrolled in time, without attention or with additive attention.

Without: the decoder starts from the encoder's last state (Sutskever et al. 2014). With: at
every word it also looks at all of the encoder's states (Bahdanau et al. 2015). The cell is
the plain one of Elman 1990; both papers use gated ones.
"""

from __future__ import annotations

import numpy as np

from engine.models.encoder_decoder import output
from engine.models.parts import Parts, blocked_keys
from engine.models.scoring import COMPARE, MASK, MIX, PASS_ON, PROJECT, SOFTMAX, TANH
from engine.ops import AddAll, Lookup, PickRow, StackRows
from engine.scenario import PAD, Scenario
from engine.tape import Scope
from engine.trace import Labels, Matrix

STACK, SUM = StackRows(), AddAll()


def rnn(t: Scope, s: Scenario) -> None:
    """Source (n) and target (m) words to probabilities (m, vocabulary) of the next word."""
    recurrence = Recurrence(s)
    tables = t.shelf("embedding")

    table = tables.param(
        "source", s.source_vocabulary, recurrence.dimensions, "E", "embedding", "embedding"
    )
    x = recurrence.embed(t.inside("source", lane=0), table, s.source, s.source_ids)
    encoder = t.inside("encoder", lane=0)
    states = recurrence.encode(encoder, x)
    is_looking = s.options.attention == "additive"
    attention = Alignment(encoder, recurrence.parts, states) if is_looking else None

    table = tables.param(
        "target", s.target_vocabulary, recurrence.dimensions, "E", "embedding", "embedding"
    )
    y = recurrence.embed(t.inside("target", lane=1), table, s.target, s.target_ids)
    y = recurrence.decode(t.inside("decoder", lane=1), y, states[-1], attention)

    output(t.inside("output", lane=1), recurrence.parts, s, y)


def indexed(symbol: str, time: int) -> str:
    """The symbol at a time: h_2, h_{12}."""
    return f"{symbol}_{time}" if time < 10 else f"{symbol}_{{{time}}}"


class Recurrence:
    """The recurrent cell h_t = tanh(x_t W + h_(t−1) U + b), and what is built of it."""

    def __init__(self, s: Scenario) -> None:
        self.options = s.options
        self.parts = Parts(s.options)
        self.dimensions = self.parts.dimensions

    def embed(self, t: Scope, table: Matrix, words: Labels, ids: tuple[int, ...]) -> Matrix:
        """E[ids], (n, d_model)."""
        return t.step("embedded", Lookup(ids), table, symbol="X", rows=words, text="looked_up")

    def encode(self, t: Scope, x: Matrix) -> list[Matrix]:
        """(n, d_model) to the n states, each (1, d_model)."""
        nothing = np.zeros((1, len(self.dimensions)))
        state = t.constant("start", nothing, ("",), self.dimensions, "h_0")
        states = []
        for place in range(len(x.rows)):
            block = t.inside(f"time_{place + 1}").sharing("encoder")
            state = self.advance(block, x, place, state, "x", "h")
            states.append(state)
        return states

    def decode(self, t: Scope, y: Matrix, last: Matrix, attention: Alignment | None) -> Matrix:
        """(m, d_model) and the encoder's last state (1, d_model) to states (m, d_model)."""
        start = t.inside("start")
        state = start.step("state", PASS_ON, last, symbol="s_0", text="decoder_start")
        found = []
        for place in range(len(y.rows)):
            block = t.inside(f"time_{place + 1}").sharing("decoder")
            context = attention.look(block, y.rows[place], state, place + 1) if attention else None
            state = self.advance(block, y, place, state, "y", "s", context)
            found.append(state)
        end = t.inside("gathered")
        if attention:
            attention.show(end, y.rows)
        return end.step("states", STACK, *found, symbol="S", rows=y.rows)

    def advance(
        self,
        t: Scope,
        x: Matrix,
        place: int,
        before: Matrix,
        word_symbol: str,
        symbol: str,
        context: Matrix | None = None,
    ) -> Matrix:
        """One word on: row `place` of x and the state before give the state after it."""
        now, rows = place + 1, (x.rows[place],)
        word = t.step("word", PickRow(place), x, symbol=indexed(word_symbol, now), rows=rows)
        w = t.param("W", self.dimensions, self.dimensions, "W", "weights")
        terms = [self.parts.product(t, "from_word", word, w, "b", indexed(word_symbol + "'", now))]
        u = t.param("U", self.dimensions, self.dimensions, "U", "weights")
        terms.append(t.step("from_state", PROJECT, before, u, symbol=indexed(symbol + "'", place)))
        if context is not None:
            c = t.param("C", self.dimensions, self.dimensions, "C", "weights")
            terms.append(t.step("from_context", PROJECT, context, c, symbol=indexed("c'", now)))
        summed = t.step("summed", SUM, *terms, symbol=indexed("z", now), rows=rows)
        symbol = indexed(symbol, now)
        if self.options.padding and rows[0] == PAD:
            return t.step("state", PASS_ON, before, symbol=symbol, rows=rows, text="state_kept")
        return t.step("state", TANH, summed, symbol=symbol)


class Alignment:
    """Additive attention over the encoder's states: v · tanh(s W_a + h U_a), one query a word.

    `t` is the encoder, whose states are gathered once, (n, d_model). Source: Bahdanau
    et al. 2015, section 3.1 and appendix A.1.2 (the part of the keys is computed once).
    """

    def __init__(self, t: Scope, parts: Parts, states: list[Matrix]) -> None:
        self.parts = parts
        self.weights: list[Matrix] = []
        memory = t.inside("memory").sharing("alignment")
        words = tuple(row for state in states for row in state.rows)
        self.states = memory.step(
            "states", STACK, *states, symbol="H", rows=words, role="value", text="annotations"
        )
        u = memory.param("U_a", parts.dimensions, parts.dimensions, "U_a", "weights", "key")
        self.keys = memory.step(
            "K", PROJECT, self.states, u, symbol="K", role="key", text="rnn_keys"
        )

    def look(self, block: Scope, word: str, state: Matrix, now: int) -> Matrix:
        """The context (1, d_model) that the state before this word (1, d_model) asks for."""
        t, options = block.inside("alignment").sharing("alignment"), self.parts.options
        words = self.states.rows
        scores = self.scores(t, word, state, now)
        blocked = blocked_keys(1, words, options.padding, causal=False)
        mask = t.mask(blocked, options.mask_value, (word,), words)
        masked = t.step("masked", MASK, scores, mask, symbol=indexed("e'", now))
        weights = t.step("weights", SOFTMAX, masked, symbol=indexed("a", now), role="weight")
        self.weights.append(weights)
        columns, symbol = self.states.columns, indexed("c", now)
        return t.step(
            "context", MIX, weights, self.states, symbol=symbol, columns=columns, text="rnn_context"
        )

    def scores(self, t: Scope, word: str, state: Matrix, now: int) -> Matrix:
        """v · tanh(s W_a + h_j U_a) for each of the encoder's states, (1, n)."""
        dimensions, rows = self.parts.dimensions, (word,)
        w = t.param("W_a", dimensions, dimensions, "W_a", "weights", "query")
        q, role = indexed("q", now), "query"
        query = t.step("query", PROJECT, state, w, symbol=q, rows=rows, role=role, text="rnn_query")
        compared = t.step("compared", SUM, self.keys, query, symbol=indexed("T", now))
        bent = t.step("bent", TANH, compared, symbol=indexed("T'", now))
        v = t.param("v_a", ("",), dimensions, "v_a", "weights")
        columns, symbol = self.states.rows, indexed("e", now)
        return t.step("scores", COMPARE, v, bent, symbol=symbol, rows=rows, columns=columns)

    def show(self, t: Scope, words: Labels) -> None:
        """The weights of all words in one matrix (m, n), as in the paper's figure 3."""
        stack = StackRows(is_share=all(w.is_share for w in self.weights))
        t.step("alignments", stack, *self.weights, symbol="A", rows=words, role="weight")
