"""Additive scoring: every query is added to every key, bent, and weighed."""

from __future__ import annotations

from collections.abc import Sequence

from engine.expr import Expr, plus, times
from engine.form import Code, Counts, Dialect, Form
from engine.ops.cells import cell, row_cells
from engine.trace import Array, Labels, Op, Step


def pair_labels(queries: Labels, keys: Labels) -> Labels:
    """A label for each pair, all keys of the first query first; one query need not be named."""
    if len(queries) == 1:
        return keys
    return tuple(f"{query} · {key}" for query in queries for key in keys)


class PairSum(Op):
    """a_i + b_j for every pair of rows: row i·m + j of the result.

    Shapes: (n, d) and (m, d) give (n·m, d). Source: Bahdanau et al. 2015, appendix A.1.2
    (the sum W_a s_i + U_a h_j inside the alignment model).
    """

    name = "pair_sum"
    form = Form("elementwise", ("+",))

    def forward(self, *inputs: Array) -> Array:
        """Each row of the first plus each row of the second."""
        queries, keys = inputs
        pairs: Array = queries[:, None, :] + keys[None, :, :]
        return pairs.reshape(-1, queries.shape[1])

    def explain(self, step: Step, row: int, column: int) -> Expr:
        """a + b."""
        query, key = divmod(row, step.inputs[1].data.shape[0])
        return plus(cell(step, 0, query, column), cell(step, 1, key, column))

    def backward(
        self, inputs: Sequence[Array], output: Array, gradient: Array
    ) -> tuple[Array | None, ...]:
        """A query collects from all of its pairs, and so does a key."""
        queries, keys = inputs
        pairs = gradient.reshape(queries.shape[0], keys.shape[0], queries.shape[1])
        return pairs.sum(axis=1), pairs.sum(axis=0)

    def formula(self, symbols: Sequence[str]) -> str:
        """A_i + B_j."""
        return rf"{{{symbols[0]}}}_{{i}} + {{{symbols[1]}}}_{{j}}"

    def counts(self, inputs: Sequence[Array], output: Array) -> Counts:
        """One addition a number."""
        return Counts(additions=output.size)

    def code(self, inputs: Sequence[str], dialect: Dialect) -> Code:
        """(A[:, None] + B[None]).reshape(-1, d)."""
        query, key = inputs
        return Code(f"({query}[:, None] + {key}[None]).reshape(-1, {query}.shape[1])")


class PairScores(Op):
    """v · t for every pair: the score of query i with key j stands in row i, column j.

    Shapes: T (n·m, d) and v (1, d) give (n, m); `keys` is m. Source: Bahdanau et al. 2015,
    appendix A.1.2: e_ij = v_aᵀ tanh(W_a s_i + U_a h_j).
    """

    name = "pair_scores"
    form = Form("product", ("×",), transposed=(1,))

    def __init__(self, keys: int) -> None:
        self.keys = keys

    def forward(self, *inputs: Array) -> Array:
        """T vᵀ, a row for each query."""
        scores: Array = inputs[0] @ inputs[1][0]
        return scores.reshape(-1, self.keys)

    def explain(self, step: Step, row: int, column: int) -> Expr:
        """The pair's row times v, number by number."""
        pair = row_cells(step, 0, row * self.keys + column)
        return plus(*(times(t, v) for t, v in zip(pair, row_cells(step, 1, 0), strict=True)))

    def backward(
        self, inputs: Sequence[Array], output: Array, gradient: Array
    ) -> tuple[Array | None, ...]:
        """A pair gets its score's gradient times v; v collects from all pairs."""
        flat = gradient.reshape(-1, 1)
        return flat * inputs[1], (flat * inputs[0]).sum(axis=0, keepdims=True)

    def formula(self, symbols: Sequence[str]) -> str:
        r"""S_{ij} = T_{ij} v^T."""
        return rf"{{{symbols[0]}}}_{{ij}} \, {symbols[1]}^{{T}}"

    def counts(self, inputs: Sequence[Array], output: Array) -> Counts:
        """d multiplications and d − 1 additions a pair."""
        width = inputs[0].shape[1]
        return Counts(multiplications=output.size * width, additions=output.size * (width - 1))

    def code(self, inputs: Sequence[str], dialect: Dialect) -> Code:
        """(T @ v.T).reshape(-1, m)."""
        return Code(f"({inputs[0]} @ {inputs[1]}.T).reshape(-1, {self.keys})")
