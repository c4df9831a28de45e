"""An op some of whose results were pinned by the learner."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from engine.errors import InputError
from engine.expr import Expr, constant
from engine.form import TORCH, Code, Counts, Dialect
from engine.trace import Array, Op, Step, Working

PINNED_CODE = '''\
def pinned(matrix, spots):
    """The matrix with some numbers set by hand: what if they were these?"""
    matrix = matrix.{copied}()
    for (row, column), number in spots.items():
        matrix[row, column] = number
    return matrix
'''


class Pinned(Op):
    """Another op, but for the numbers that were set by hand: "what if this were 9?"

    A pinned number was read from nowhere, so it explains itself as a constant, and no
    gradient passes it. All else is the inner op's. Shapes: those of the inner op.
    """

    def __init__(self, inner: Op, pins: Mapping[tuple[int, int], float], path: str) -> None:
        self.inner = inner
        self.pins = pins
        self.path = path
        self.name = inner.name
        self.form = inner.form
        self.stops_gradient = inner.stops_gradient
        self.is_share = inner.is_share and all(0.0 <= v <= 1.0 for v in pins.values())

    def forward(self, *inputs: Array) -> Array:
        """The inner op's output with the pinned numbers; InputError if one lies outside."""
        output = self.inner.forward(*inputs).copy()
        rows, columns = output.shape
        for (row, column), value in self.pins.items():
            if not (0 <= row < rows and 0 <= column < columns):
                place = {"row": row + 1, "column": column + 1}
                raise InputError("pin_outside", self.path, **place, rows=rows, columns=columns)
            output[row, column] = value
        return output

    def explain(self, step: Step, row: int, column: int) -> Expr:
        """The pinned number itself, or how the inner op came to its own."""
        if (row, column) in self.pins:
            return constant(self.pins[row, column])
        return self.inner.explain(step, row, column)

    def backward(
        self,
        inputs: Sequence[Array],
        output: Array,
        gradient: Array,
    ) -> tuple[Array | None, ...]:
        """The inner op's gradients, with none through what is pinned."""
        passed = gradient.copy()
        for spot in self.pins:
            passed[spot] = 0.0
        return self.inner.backward(inputs, self.inner.forward(*inputs), passed)

    def formula(self, symbols: Sequence[str]) -> str:
        """The inner op's."""
        return self.inner.formula(symbols)

    def workings(self, step: Step) -> tuple[Working, ...]:
        """The inner op's."""
        return self.inner.workings(step)

    def counts(self, inputs: Sequence[Array], output: Array) -> Counts:
        """The inner op's."""
        return self.inner.counts(inputs, output)

    def code(self, inputs: Sequence[str], dialect: Dialect) -> Code:
        """pinned(Q @ K.T, {(0, 1): 9.0}), around the inner op's line."""
        code = self.inner.code(inputs, dialect)
        spots = ", ".join(f"{spot}: {value!r}" for spot, value in sorted(self.pins.items()))
        helper = PINNED_CODE.format(copied="clone" if dialect is TORCH else "copy")
        return Code(f"pinned({code.line}, {{{spots}}})", (*code.helpers, helper))
