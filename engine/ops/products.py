"""Matrix products: projections, scores, weighted sums."""

from __future__ import annotations

from collections.abc import Sequence

from engine.expr import Expr, plus, times
from engine.form import Code, Counts, Dialect, Form
from engine.ops.cells import cell, column_cells, row_cells
from engine.trace import Array, Op, Step


class Product(Op):
    """X W, X Wᵀ and X W + b.

    Shapes: (n, k) times (k, m), or (m, k) when transposed; b is (1, m); gives (n, m).
    Source: Vaswani et al. 2017, section 3.2.2 (projections) and 3.3 (feed-forward).
    """

    name = "product"
    form = Form("product", ("×", "+"))

    def __init__(self, transposed: bool = False) -> None:
        self.transposed = transposed
        if transposed:
            self.form = Form("product", ("×", "+"), transposed=(1,))

    def forward(self, *inputs: Array) -> Array:
        """X W (+ b)."""
        right = inputs[1].T if self.transposed else inputs[1]
        # The same as @, to the bit; but @ takes twice as long for matrices this small.
        product: Array = inputs[0].dot(right)
        if len(inputs) == 3:
            product += inputs[2]
        return product

    def explain(self, step: Step, row: int, column: int) -> Expr:
        """The row of the left times the column of the right, number by number."""
        read = row_cells if self.transposed else column_cells
        pairs = zip(row_cells(step, 0, row), read(step, 1, column), strict=True)
        terms = [times(a, b) for a, b in pairs]
        if len(step.inputs) == 3:
            terms.append(cell(step, 2, 0, column))
        return plus(*terms)

    def backward(
        self, inputs: Sequence[Array], output: Array, gradient: Array
    ) -> tuple[Array | None, ...]:
        """dX = G Wᵀ, dW = Xᵀ G, db = the columns' sums of G."""
        left, right = inputs[0], inputs[1]
        if self.transposed:
            found = (gradient @ right, gradient.T @ left)
        else:
            found = (gradient @ right.T, left.T @ gradient)
        if len(inputs) == 3:
            return (*found, gradient.sum(axis=0, keepdims=True))
        return found

    def formula(self, symbols: Sequence[str]) -> str:
        """X W + b."""
        right = f"{symbols[1]}^{{T}}" if self.transposed else symbols[1]
        return f"{symbols[0]} {right}" + "".join(f" + {b}" for b in symbols[2:])

    def counts(self, inputs: Sequence[Array], output: Array) -> Counts:
        """n·m·k multiplications; the bias adds n·m additions."""
        rows, columns = output.shape
        inner = inputs[0].shape[1]
        more = rows * columns if len(inputs) == 3 else 0
        return Counts(
            multiplications=rows * columns * inner,
            additions=rows * columns * (inner - 1) + more,
        )

    def code(self, inputs: Sequence[str], dialect: Dialect) -> Code:
        """X @ W + b."""
        right = f"{inputs[1]}.T" if self.transposed else inputs[1]
        return Code(f"{inputs[0]} @ {right}" + "".join(f" + {b}" for b in inputs[2:]))


class WeightedSum(Product):
    """A V: each row of the output is the values' rows, mixed by one row of weights.

    Shapes: (n, m) times (m, d_v) gives (n, d_v). Source: Vaswani et al. 2017, eq. 1.
    """

    name = "weighted_sum"
