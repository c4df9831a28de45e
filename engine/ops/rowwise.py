"""Ops that treat each row as one: softmax, layer norm, cross-entropy."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from engine.expr import (
    EXP,
    LN,
    NEGATE,
    SQRT,
    SQUARE,
    Apply,
    Expr,
    as_working,
    constant,
    greatest,
    minus,
    over,
    plus,
    times,
)
from engine.form import TORCH, Code, Counts, Dialect, Form
from engine.ops.cells import cell, named, row_cells
from engine.trace import Array, Matrix, Op, Step, Working

SOFTMAX_CODE = '''\
def softmax(x):
    """e to the power of each number, divided by the row's sum: shares of 1."""
    powers = np.exp(x - x.max(axis=1, keepdims=True))  # the largest becomes 1: no overflow
    return powers / powers.sum(axis=1, keepdims=True)
'''

NORM_CODE = '''\
def layer_norm(x, gamma, beta, epsilon):
    """Each row brought to mean 0 and deviation 1, then times gamma plus beta."""
    mean = x.mean(axis=1, keepdims=True)
    variance = ((x - mean) ** 2).mean(axis=1, keepdims=True)
    return (x - mean) / np.sqrt(variance + epsilon) * gamma + beta
'''


class Softmax(Op):
    """exp(x − max) ÷ Σ exp(x − max), row by row: shares that sum to 1.

    Shape: (n, m) gives (n, m). Subtracting the row's maximum changes nothing but keeps
    exp from overflowing. A row that is −∞ throughout is 0 ÷ 0: NaN, as in PyTorch.
    Source: Vaswani et al. 2017, equation 1.
    """

    name = "softmax"
    form = Form("rowwise", result="→")
    is_share = True

    def forward(self, *inputs: Array) -> Array:
        """Shares, row by row."""
        powers: Array = inputs[0] - np.maximum.reduce(inputs[0], axis=1, keepdims=True)
        np.exp(powers, out=powers)
        powers /= np.add.reduce(powers, axis=1, keepdims=True)
        return powers

    def workings(self, step: Step) -> tuple[Working, ...]:
        """The row's maximum, the exponentials, their sum."""
        source = step.inputs[0]
        top = source.data.max(axis=1, keepdims=True)
        powers = np.exp(source.data - top)
        total = powers.sum(axis=1, keepdims=True)

        def explain_top(row: int, _column: int) -> Expr:
            return greatest(*row_cells(step, 0, row))

        largest = Working(_column(step, "max", top, r"\max"), "max", explain_top)

        def explain_power(row: int, column: int) -> Expr:
            return _power(step, largest, row, column)

        shares = Matrix(
            f"{step.path}/exp", powers, source.rows, source.columns, r"e^{x-\max}", is_share=True
        )
        exponentials = Working(shares, "exp", explain_power)

        def explain_total(row: int, _column: int) -> Expr:
            width = source.data.shape[1]
            return plus(*(named(1, exponentials, row, j) for j in range(width)))

        return (
            largest,
            exponentials,
            Working(_column(step, "sum", total, r"\Sigma"), "sum", explain_total),
        )

    def explain(self, step: Step, row: int, column: int) -> Expr:
        """The exponential over the sum of the row's exponentials."""
        largest, width = step.workings[0], step.inputs[0].data.shape[1]
        powers = [as_working(_power(step, largest, row, j), 1, row, j) for j in range(width)]
        return over(powers[column], as_working(plus(*powers), 2, row, 0))

    def backward(
        self, inputs: Sequence[Array], output: Array, gradient: Array
    ) -> tuple[Array | None, ...]:
        """a · (g − Σ g a), row by row."""
        return (output * (gradient - (gradient * output).sum(axis=1, keepdims=True)),)

    def formula(self, symbols: Sequence[str]) -> str:
        r"""\mathrm{softmax}(S)."""
        return rf"\mathrm{{softmax}}({symbols[0]})"

    def counts(self, inputs: Sequence[Array], output: Array) -> Counts:
        """For each row: n exponentials, n divisions, n − 1 comparisons, 2 n − 1 additions."""
        rows, width = output.shape
        return Counts(
            exponentials=rows * width,
            divisions=rows * width,
            comparisons=rows * (width - 1),
            additions=rows * (2 * width - 1),
        )

    def code(self, inputs: Sequence[str], dialect: Dialect) -> Code:
        """softmax(S), with NumPy by a function of its own."""
        if dialect is TORCH:
            return Code(f"torch.softmax({inputs[0]}, dim=1)")
        return Code(f"softmax({inputs[0]})", (SOFTMAX_CODE,))


class LayerNorm(Op):
    """(x − μ) ÷ √(σ² + ε) · γ + β, row by row, with the population's variance.

    Shapes: (n, d), γ (1, d), β (1, d) give (n, d). ε stands inside the root and the
    variance divides by d, as in the usual implementations of the paper.
    Source: Ba et al. 2016, equations 3 and 4; Vaswani et al. 2017, section 3.1.
    """

    name = "layer_norm"
    form = Form("rowwise", ("⊙", "+"))

    def __init__(self, epsilon: float = 1e-5) -> None:
        self.epsilon = epsilon

    def _statistics(self, data: Array) -> tuple[Array, Array, Array]:
        width = data.shape[1]
        mean = np.add.reduce(data, axis=1, keepdims=True) / width
        centred = data - mean
        variance = np.add.reduce(centred * centred, axis=1, keepdims=True) / width
        return mean, centred, np.sqrt(variance + self.epsilon)

    def forward(self, *inputs: Array) -> Array:
        """The rows, centred, divided by their deviation, times γ plus β."""
        _, normal, deviation = self._statistics(inputs[0])
        normal /= deviation
        normal *= inputs[1]
        normal += inputs[2]
        return normal

    def workings(self, step: Step) -> tuple[Working, ...]:
        """The row's mean and deviation."""
        source = step.inputs[0]
        mean, _, deviation = self._statistics(source.data)
        width = float(source.data.shape[1])

        def explain_mean(row: int, _column: int) -> Expr:
            return over(plus(*row_cells(step, 0, row)), constant(width))

        average = Working(_column(step, "mean", mean, r"\mu"), "mean", explain_mean)

        def explain_deviation(row: int, _column: int) -> Expr:
            mu = named(0, average, row, 0)
            squares = [Apply(SQUARE, (minus(x, mu),)) for x in row_cells(step, 0, row)]
            variance = over(plus(*squares), constant(width))
            return Apply(SQRT, (plus(variance, constant(self.epsilon)),))

        spread = _column(step, "deviation", deviation, r"\sigma")
        return average, Working(spread, "deviation", explain_deviation)

    def explain(self, step: Step, row: int, column: int) -> Expr:
        """(x − μ) ÷ σ · γ + β."""
        mean, deviation = step.workings
        centred = minus(cell(step, 0, row, column), named(0, mean, row, 0))
        normal = over(centred, named(1, deviation, row, 0))
        return plus(times(normal, cell(step, 1, 0, column)), cell(step, 2, 0, column))

    def backward(
        self, inputs: Sequence[Array], output: Array, gradient: Array
    ) -> tuple[Array | None, ...]:
        """Ba et al. 2016: the mean and the deviation pass the gradient on too."""
        _, normal, deviation = self._statistics(inputs[0])
        normal /= deviation
        inner = gradient * inputs[1]
        average = inner.mean(axis=1, keepdims=True)
        along = (inner * normal).mean(axis=1, keepdims=True)
        return (
            (inner - average - normal * along) / deviation,
            (gradient * normal).sum(axis=0, keepdims=True),
            gradient.sum(axis=0, keepdims=True),
        )

    def formula(self, symbols: Sequence[str]) -> str:
        r"""\frac{X - \mu}{\sigma} \odot \gamma + \beta."""
        x, gamma, beta = symbols
        return rf"\frac{{{x} - \mu}}{{\sqrt{{\sigma^2 + \epsilon}}}} \odot {gamma} + {beta}"

    def counts(self, inputs: Sequence[Array], output: Array) -> Counts:
        """For each row: mean, variance, root, then one division and product a number."""
        rows, width = output.shape
        return Counts(
            multiplications=2 * rows * width,
            additions=rows * (4 * width - 1),
            divisions=rows * (width + 2),
            roots=rows,
        )

    def code(self, inputs: Sequence[str], dialect: Dialect) -> Code:
        """layer_norm(X, γ, β, ε), with NumPy by a function of its own."""
        x, gamma, beta = inputs
        if dialect is TORCH:
            means = f"{x}.shape[1:], {gamma}[0], {beta}[0], {self.epsilon!r}"
            return Code(f"torch.nn.functional.layer_norm({x}, {means})")
        return Code(f"layer_norm({x}, {gamma}, {beta}, epsilon={self.epsilon!r})", (NORM_CODE,))


class CrossEntropy(Op):
    """The mean over positions of −ln p of the right word: one number.

    Shape: (n, vocabulary) gives (1, 1). Source: Vaswani et al. 2017, section 5
    (training minimizes it; label smoothing is left out).
    """

    name = "cross_entropy"
    form = Form("rowwise", result="→")

    def __init__(self, ids: Sequence[int]) -> None:
        self.ids = tuple(ids)

    def _taken(self, shares: Array) -> Array:
        taken: Array = shares[np.arange(len(self.ids)), list(self.ids)]
        return taken

    def forward(self, *inputs: Array) -> Array:
        """The mean surprise."""
        return np.array([[-np.log(self._taken(inputs[0])).mean()]])

    def workings(self, step: Step) -> tuple[Working, ...]:
        """Each position's surprise −ln p."""
        source = step.inputs[0]
        surprise = -np.log(self._taken(source.data)).reshape(-1, 1)

        def explain(row: int, _column: int) -> Expr:
            return Apply(NEGATE, (Apply(LN, (cell(step, 0, row, self.ids[row]),)),))

        return (Working(_column(step, "surprise", surprise, r"-\ln p"), "surprise", explain),)

    def explain(self, step: Step, row: int, column: int) -> Expr:
        """The surprises' sum over their number."""
        surprise = step.workings[0].explain
        terms = [as_working(surprise(i, 0), 0, i, 0) for i in range(len(self.ids))]
        return over(plus(*terms), constant(float(len(self.ids))))

    def backward(
        self, inputs: Sequence[Array], output: Array, gradient: Array
    ) -> tuple[Array | None, ...]:
        """−1 ÷ (n p) at the right words, 0 elsewhere."""
        found = np.zeros_like(inputs[0])
        count = len(self.ids)
        found[np.arange(count), list(self.ids)] = -gradient[0, 0] / (count * self._taken(inputs[0]))
        return (found,)

    def formula(self, symbols: Sequence[str]) -> str:
        r"""-\frac{1}{n}\sum \ln P_{i,right}."""
        return rf"-\frac{{1}}{{n}} \sum_{{i}} \ln {symbols[0]}_{{i,\,\mathrm{{right}}}}"

    def counts(self, inputs: Sequence[Array], output: Array) -> Counts:
        """One logarithm a position, then their mean."""
        count = len(self.ids)
        return Counts(logarithms=count, additions=count - 1, divisions=1)

    def code(self, inputs: Sequence[str], dialect: Dialect) -> Code:
        """-np.log(P[[0, 1], [3, 5]]).mean(), as a matrix of one number."""
        right = f"{inputs[0]}[{list(range(len(self.ids)))}, {list(self.ids)}]"
        return Code(f"-{dialect.library}.log({right}).mean().reshape(1, 1)")


def _column(step: Step, name: str, data: Array, symbol: str) -> Matrix:
    return Matrix(f"{step.path}/{name}", data, step.inputs[0].rows, ("",), symbol)


def _power(step: Step, largest: Working, row: int, column: int) -> Expr:
    difference = minus(cell(step, 0, row, column), named(0, largest, row, 0))
    return Apply(EXP, (difference,))
