"""Sums of several matrices, one of which may be a single row for all."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from engine.expr import Expr, plus
from engine.form import Code, Counts, Dialect, Form
from engine.ops.cells import cell
from engine.trace import Array, Op, Step


class AddAll(Op):
    """A + B + ...: the parts of a recurrent cell, query and keys, the terms of a score.

    Shapes: (n, m) each, or (1, m), which is added to every row; gives (n, m).
    Source: Bahdanau et al. 2015, appendix A; Dai et al. 2019, section 3.3.
    """

    name = "add_all"
    form = Form("elementwise", ("+",))

    def forward(self, *inputs: Array) -> Array:
        """A + B + ..., from left to right."""
        total = inputs[0] + inputs[1]
        for more in inputs[2:]:
            total = total + more
        return total

    def explain(self, step: Step, row: int, column: int) -> Expr:
        """a + b + ..."""
        rows = [row if m.data.shape[0] > 1 else 0 for m in step.inputs]
        return plus(*(cell(step, i, r, column) for i, r in enumerate(rows)))

    def backward(
        self, inputs: Sequence[Array], output: Array, gradient: Array
    ) -> tuple[Array | None, ...]:
        """The gradient as it is; a row that was added to all collects theirs."""
        collected = np.add.reduce(gradient, axis=0, keepdims=True)
        return tuple(gradient if m.shape == output.shape else collected for m in inputs)

    def formula(self, symbols: Sequence[str]) -> str:
        """A + B + C."""
        return " + ".join(symbols)

    def counts(self, inputs: Sequence[Array], output: Array) -> Counts:
        """One addition less than there are inputs, a number."""
        return Counts(additions=(len(inputs) - 1) * output.size)

    def code(self, inputs: Sequence[str], dialect: Dialect) -> Code:
        """A + B + C."""
        return Code(" + ".join(inputs))
