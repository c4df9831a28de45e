"""Ops that move rows and columns: one row taken out, rows stacked, rows shifted."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from engine.expr import Expr, constant
from engine.form import TORCH, Code, Dialect, Form
from engine.ops.cells import cell
from engine.trace import Array, Op, Step

SHIFT_CODE = '''\
def relative_shift(scores, queries):
    """From a column a distance to a column a key: row i moves left; 0 for keys ahead."""
    width = scores.shape[1]
    shifted = {zeros}
    for row in range(queries):
        left = queries - 1 - row
        shifted[row, : width - left] = scores[row if len(scores) > 1 else 0, left:]
    return shifted
'''


class PickRow(Op):
    """Row t of X alone: what a recurrent network reads at time t.

    Shapes: (n, d) gives (1, d). Source: Elman 1990 (one word at a time).
    """

    name = "pick_row"
    form = Form("lookup", result="→")

    def __init__(self, index: int) -> None:
        self.index = index

    def forward(self, *inputs: Array) -> Array:
        """X[t]."""
        return inputs[0][self.index : self.index + 1].copy()

    def explain(self, step: Step, row: int, column: int) -> Expr:
        """x, from row t."""
        return cell(step, 0, self.index + row, column)

    def backward(
        self, inputs: Sequence[Array], output: Array, gradient: Array
    ) -> tuple[Array | None, ...]:
        """The gradient in row t, 0 in all others."""
        found = np.zeros_like(inputs[0])
        found[self.index] = gradient[0]
        return (found,)

    def formula(self, symbols: Sequence[str]) -> str:
        """X_t."""
        return rf"{symbols[0]}_{{{self.index + 1}}}"

    def code(self, inputs: Sequence[str], dialect: Dialect) -> Code:
        """X[2:3]."""
        return Code(f"{inputs[0]}[{self.index}:{self.index + 1}]")


class StackRows(Op):
    """Matrices one under the other: the states of a recurrent network, memory and segment.

    Shapes: (n_1, d), (n_2, d) ... give (n_1 + n_2 + ..., d). Source: Bahdanau et al. 2015,
    section 3.1 (the annotations); Dai et al. 2019, section 3.2 (the extended context).
    """

    name = "stack_rows"
    form = Form("join", (";",))

    def __init__(self, is_share: bool = False) -> None:
        self.is_share = is_share

    def forward(self, *inputs: Array) -> Array:
        """Concatenation along the rows."""
        return np.concatenate(inputs, axis=0)

    def explain(self, step: Step, row: int, column: int) -> Expr:
        """The number of the matrix that the row belongs to."""
        for source, matrix in enumerate(step.inputs):
            height = matrix.data.shape[0]
            if row < height:
                return cell(step, source, row, column)
            row -= height
        raise IndexError(row)

    def backward(
        self, inputs: Sequence[Array], output: Array, gradient: Array
    ) -> tuple[Array | None, ...]:
        """Each matrix gets its own rows."""
        ends = np.cumsum([m.shape[0] for m in inputs])[:-1]
        return tuple(np.split(gradient, ends, axis=0))

    def formula(self, symbols: Sequence[str]) -> str:
        r"""[h_1;\, h_2]."""
        inner = r";\, ".join(symbols)
        return f"[{inner}]"

    def code(self, inputs: Sequence[str], dialect: Dialect) -> Code:
        """np.concatenate([h_1, h_2], axis=0)."""
        names = ", ".join(inputs)
        if dialect is TORCH:
            return Code(f"torch.cat([{names}], dim=0)")
        return Code(f"np.concatenate([{names}], axis=0)")


class RelativeShift(Op):
    """From a column a distance to a column a key: row i moves left by (queries − 1 − i).

    Shapes: (n, d) gives (n, d), and a single row (1, d) gives (queries, d). Columns of the
    input are distances from d − 1 down to 0, those of the output keys: query i is the
    (d − queries + i)-th key, and key j lies d − queries + i − j before it. For keys that
    lie ahead there is no distance: 0, which the causal mask then shuts out.
    Source: Dai et al. 2019, appendix B.
    """

    name = "relative_shift"
    form = Form("lookup", before="shift(", after=")")

    def __init__(self, queries: int) -> None:
        self.queries = queries

    def _left(self, row: int) -> int:
        """By how many columns this row moves."""
        return self.queries - 1 - row

    def forward(self, *inputs: Array) -> Array:
        """Each row moved to the left, 0 where nothing follows."""
        source = inputs[0]
        width = source.shape[1]
        shifted = np.zeros((self.queries, width))
        for row in range(self.queries):
            left = self._left(row)
            shifted[row, : width - left] = source[row if len(source) > 1 else 0, left:]
        return shifted

    def explain(self, step: Step, row: int, column: int) -> Expr:
        """The number of the distance between the query and the key; 0 ahead."""
        source = step.inputs[0].data
        at = column + self._left(row)
        if at >= source.shape[1]:
            return constant(0.0)
        return cell(step, 0, row if len(source) > 1 else 0, at)

    def backward(
        self, inputs: Sequence[Array], output: Array, gradient: Array
    ) -> tuple[Array | None, ...]:
        """Each row moved back to the right; a single row collects all of them."""
        found = np.zeros_like(inputs[0])
        height, width = inputs[0].shape
        for row in range(self.queries):
            left = self._left(row)
            found[row if height > 1 else 0, left:] += gradient[row, : width - left]
        return (found,)

    def formula(self, symbols: Sequence[str]) -> str:
        r"""\mathrm{shift}(B)."""
        return rf"\mathrm{{shift}}({symbols[0]})"

    def code(self, inputs: Sequence[str], dialect: Dialect) -> Code:
        """relative_shift(B, queries), by a function of its own."""
        zeros = "torch.zeros(queries, width, dtype=scores.dtype)"
        zeros = zeros if dialect is TORCH else "np.zeros((queries, width))"
        helper = SHIFT_CODE.format(zeros=zeros)
        return Code(f"relative_shift({inputs[0]}, {self.queries})", (helper,))
