"""Ops of training: dropout, and the end of the gradient's way."""

from __future__ import annotations

from collections.abc import Sequence

from engine.expr import Expr, times
from engine.form import TORCH, Code, Counts, Dialect, Form
from engine.ops.cells import cell
from engine.ops.elementwise import PassOn
from engine.trace import Array, Op, Step


class StopGradient(PassOn):
    """SG(X): the numbers pass, the gradient does not.

    Shape: (n, d) gives (n, d). What was computed for an earlier segment counts as given:
    training does not reach back into it. Source: Dai et al. 2019, section 3.2.
    """

    name = "stop_gradient"
    form = Form("elementwise", before="SG(", after=")")
    stops_gradient = True

    def backward(
        self, inputs: Sequence[Array], output: Array, gradient: Array
    ) -> tuple[Array | None, ...]:
        """None: that is what it is for."""
        return (None,)

    def formula(self, symbols: Sequence[str]) -> str:
        r"""\mathrm{SG}(X)."""
        return rf"\mathrm{{SG}}({symbols[0]})"

    def code(self, inputs: Sequence[str], dialect: Dialect) -> Code:
        """X, or X.detach() where gradients are recorded."""
        return Code(f"{inputs[0]}.detach()" if dialect is TORCH else inputs[0])


class Dropout(Op):
    """X ⊙ D: numbers are dropped (D is 0) or kept and enlarged (D is 1 ÷ (1 − p)).

    Shapes: both (n, d). Enlarging while training ("inverted" dropout) is what the usual
    implementations do; Srivastava et al. 2014 shrink the weights afterwards instead.
    Source: Vaswani et al. 2017, section 5.4.
    """

    name = "dropout"
    form = Form("elementwise", ("⊙",))

    def forward(self, *inputs: Array) -> Array:
        """X ⊙ D."""
        return inputs[0] * inputs[1]

    def explain(self, step: Step, row: int, column: int) -> Expr:
        """x · d."""
        return times(cell(step, 0, row, column), cell(step, 1, row, column))

    def backward(
        self, inputs: Sequence[Array], output: Array, gradient: Array
    ) -> tuple[Array | None, ...]:
        """The gradient is dropped and enlarged alike."""
        return gradient * inputs[1], gradient * inputs[0]

    def formula(self, symbols: Sequence[str]) -> str:
        r"""X \odot D."""
        return rf"{symbols[0]} \odot {symbols[1]}"

    def counts(self, inputs: Sequence[Array], output: Array) -> Counts:
        """One multiplication a number."""
        return Counts(multiplications=output.size)

    def code(self, inputs: Sequence[str], dialect: Dialect) -> Code:
        """X * D."""
        return Code(f"{inputs[0]} * {inputs[1]}")
