"""Ops that treat each number on its own."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from engine.expr import MAX, SQRT, TANH, Apply, Expr, constant, over, plus, times
from engine.form import TORCH, Code, Counts, Dialect, Form
from engine.ops.cells import cell
from engine.trace import Array, Op, Step


class Add(Op):
    """A + B: positions onto embeddings, a sublayer's output onto its input (residual).

    Shapes: all (n, d). Source: Vaswani et al. 2017, sections 3.1 and 3.5.
    """

    name = "add"
    form = Form("elementwise", ("+",))

    def forward(self, *inputs: Array) -> Array:
        """A + B."""
        return inputs[0] + inputs[1]

    def explain(self, step: Step, row: int, column: int) -> Expr:
        """a + b."""
        return plus(cell(step, 0, row, column), cell(step, 1, row, column))

    def backward(
        self, inputs: Sequence[Array], output: Array, gradient: Array
    ) -> tuple[Array | None, ...]:
        """Both inputs get the gradient as it is."""
        return gradient, gradient

    def formula(self, symbols: Sequence[str]) -> str:
        """A + B."""
        return " + ".join(symbols)

    def counts(self, inputs: Sequence[Array], output: Array) -> Counts:
        """One addition a number."""
        return Counts(additions=output.size)

    def code(self, inputs: Sequence[str], dialect: Dialect) -> Code:
        """A + B."""
        return Code(" + ".join(inputs))


class Mask(Add):
    """S + M: the mask adds its value (−∞, or a finite number) where looking is forbidden.

    Shapes: all (n, m). A gradient reaches a masked score through M unhindered, but
    softmax sends back exactly 0 there. Source: Vaswani et al. 2017, section 3.2.3.
    """

    name = "mask"


class Scale(Op):
    """S ÷ √d_k, or S times a factor of one's own.

    Shape: (n, m) gives (n, m). Source: Vaswani et al. 2017, equation 1.
    """

    name = "scale"

    def __init__(self, d_k: int | None = None, factor: float = 1.0) -> None:
        self.d_k = d_k
        self.factor = factor if d_k is None else 1.0 / math.sqrt(d_k)
        self.divisor = 1.0 if d_k is None else math.sqrt(d_k)
        sign = f"÷ √{d_k}" if d_k is not None else f"· {factor:g}"
        self.form = Form("elementwise", after=sign)

    def forward(self, *inputs: Array) -> Array:
        """S ÷ √d_k."""
        return inputs[0] / self.divisor if self.d_k is not None else inputs[0] * self.factor

    def explain(self, step: Step, row: int, column: int) -> Expr:
        """s ÷ √d_k."""
        score = cell(step, 0, row, column)
        if self.d_k is None:
            return times(score, constant(self.factor))
        return over(score, Apply(SQRT, (constant(float(self.d_k)),)))

    def backward(
        self, inputs: Sequence[Array], output: Array, gradient: Array
    ) -> tuple[Array | None, ...]:
        """The gradient, scaled alike."""
        return (gradient * self.factor,)

    def formula(self, symbols: Sequence[str]) -> str:
        r"""\frac{S}{\sqrt{d_k}}."""
        if self.d_k is None:
            return rf"{symbols[0]} \cdot {self.factor:g}"
        return rf"\frac{{{symbols[0]}}}{{\sqrt{{d_k}}}}"

    def counts(self, inputs: Sequence[Array], output: Array) -> Counts:
        """One division (or multiplication) a number."""
        if self.d_k is None:
            return Counts(multiplications=output.size)
        return Counts(divisions=output.size, roots=1)

    def code(self, inputs: Sequence[str], dialect: Dialect) -> Code:
        """S / math.sqrt(d_k)."""
        if self.d_k is not None:
            return Code(f"{inputs[0]} / math.sqrt({self.d_k})")
        is_finite = math.isfinite(self.factor)
        factor = repr(self.factor) if is_finite else f'float("{self.factor}")'
        return Code(f"{inputs[0]} * {factor}")


class Relu(Op):
    """max(0, X). Shape: (n, d) gives (n, d). Source: Vaswani et al. 2017, equation 2."""

    name = "relu"
    form = Form("elementwise", before="max(0,", after=")")

    def forward(self, *inputs: Array) -> Array:
        """max(0, X)."""
        return np.maximum(inputs[0], 0.0)

    def explain(self, step: Step, row: int, column: int) -> Expr:
        """max(0, x)."""
        return Apply(MAX, (constant(0.0), cell(step, 0, row, column)))

    def backward(
        self, inputs: Sequence[Array], output: Array, gradient: Array
    ) -> tuple[Array | None, ...]:
        """The gradient where x > 0, else 0 (also at 0, as in PyTorch)."""
        return (np.where(inputs[0] > 0.0, gradient, 0.0),)

    def formula(self, symbols: Sequence[str]) -> str:
        r"""\max(0, X)."""
        return rf"\max(0, {symbols[0]})"

    def counts(self, inputs: Sequence[Array], output: Array) -> Counts:
        """One comparison a number."""
        return Counts(comparisons=output.size)

    def code(self, inputs: Sequence[str], dialect: Dialect) -> Code:
        """np.maximum(0.0, X) or torch.relu(X)."""
        if dialect is TORCH:
            return Code(f"torch.relu({inputs[0]})")
        return Code(f"np.maximum(0.0, {inputs[0]})")


class Tanh(Op):
    """tanh X: between −1 and 1. Shape: (n, d) gives (n, d). Source: Elman 1990 (recurrent cell)."""

    name = "tanh"
    form = Form("elementwise", before="tanh(", after=")")

    def forward(self, *inputs: Array) -> Array:
        """tanh X."""
        return np.tanh(inputs[0])

    def explain(self, step: Step, row: int, column: int) -> Expr:
        """tanh x."""
        return Apply(TANH, (cell(step, 0, row, column),))

    def backward(
        self, inputs: Sequence[Array], output: Array, gradient: Array
    ) -> tuple[Array | None, ...]:
        """g · (1 − y²), where y is the output."""
        return (gradient * (1.0 - output * output),)

    def formula(self, symbols: Sequence[str]) -> str:
        r"""\tanh(X)."""
        return rf"\tanh({symbols[0]})"

    def counts(self, inputs: Sequence[Array], output: Array) -> Counts:
        """One hyperbolic tangent a number."""
        return Counts(tangents=output.size)

    def code(self, inputs: Sequence[str], dialect: Dialect) -> Code:
        """np.tanh(X)."""
        return Code(f"{dialect.library}.tanh({inputs[0]})")


class PassOn(Op):
    """X, unchanged: stands where an option has switched a step off.

    The step stays in its place so that two runs can be laid side by side.
    """

    name = "pass_on"
    form = Form("elementwise")

    def forward(self, *inputs: Array) -> Array:
        """X."""
        return inputs[0]

    def explain(self, step: Step, row: int, column: int) -> Expr:
        """x."""
        return cell(step, 0, row, column)

    def backward(
        self, inputs: Sequence[Array], output: Array, gradient: Array
    ) -> tuple[Array | None, ...]:
        """The gradient as it is."""
        return (gradient,)

    def formula(self, symbols: Sequence[str]) -> str:
        """X."""
        return symbols[0]

    def code(self, inputs: Sequence[str], dialect: Dialect) -> Code:
        """X."""
        return Code(inputs[0])
