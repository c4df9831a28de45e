"""Ops that only bring numbers together: lookup and join."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from engine.expr import SQRT, Apply, Expr, constant, times
from engine.form import TORCH, Code, Counts, Dialect, Form
from engine.ops.cells import cell
from engine.trace import Array, Op, Step


class Lookup(Op):
    """Row ids[i] of the table E for token i, times √d_model if wanted.

    Shapes: (vocabulary, d) gives (n, d). Source: Vaswani et al. 2017, section 3.4
    ("we multiply those weights by √d_model").
    """

    name = "lookup"

    def __init__(self, ids: Sequence[int], d_model: int | None = None) -> None:
        self.ids = tuple(ids)
        self.d_model = d_model
        self.factor = 1.0 if d_model is None else math.sqrt(d_model)
        after = "" if d_model is None else f"· √{d_model}"
        self.form = Form("lookup", after=after, result="→")

    def forward(self, *inputs: Array) -> Array:
        """E[ids] · √d_model."""
        taken: Array = inputs[0].take(self.ids, axis=0)
        return taken if self.d_model is None else taken * self.factor

    def explain(self, step: Step, row: int, column: int) -> Expr:
        """e · √d_model."""
        entry = cell(step, 0, self.ids[row], column)
        if self.d_model is None:
            return entry
        return times(entry, Apply(SQRT, (constant(float(self.d_model)),)))

    def backward(
        self, inputs: Sequence[Array], output: Array, gradient: Array
    ) -> tuple[Array | None, ...]:
        """Each row's gradient goes to its word; a word that stands twice collects both."""
        table = np.zeros_like(inputs[0])
        np.add.at(table, list(self.ids), gradient * self.factor)
        return (table,)

    def formula(self, symbols: Sequence[str]) -> str:
        r"""E_{token} \sqrt{d_{model}}."""
        taken = rf"{symbols[0]}_{{\mathrm{{token}}}}"
        return taken if self.d_model is None else rf"{taken} \sqrt{{d_{{\mathrm{{model}}}}}}"

    def counts(self, inputs: Sequence[Array], output: Array) -> Counts:
        """A lookup is free; the scaling is one multiplication a number."""
        return Counts() if self.d_model is None else Counts(multiplications=output.size, roots=1)

    def code(self, inputs: Sequence[str], dialect: Dialect) -> Code:
        """E[[3, 1, 2]] * math.sqrt(d_model)."""
        taken = f"{inputs[0]}[{list(self.ids)}]"
        return Code(taken if self.d_model is None else f"{taken} * math.sqrt({self.d_model})")


class ColumnsOf(Op):
    """Some of the columns, side by side: what one head sees where nothing is projected.

    Shapes: (n, d) gives (n, stop − start).
    """

    name = "columns_of"
    form = Form("lookup", result="→")

    def __init__(self, start: int, stop: int) -> None:
        self.start, self.stop = start, stop

    def forward(self, *inputs: Array) -> Array:
        """X[:, start:stop]."""
        return inputs[0][:, self.start : self.stop].copy()

    def explain(self, step: Step, row: int, column: int) -> Expr:
        """x."""
        return cell(step, 0, row, self.start + column)

    def backward(
        self, inputs: Sequence[Array], output: Array, gradient: Array
    ) -> tuple[Array | None, ...]:
        """The gradient at these columns, 0 at the others."""
        found = np.zeros_like(inputs[0])
        found[:, self.start : self.stop] = gradient
        return (found,)

    def formula(self, symbols: Sequence[str]) -> str:
        r"""X_{1...4}."""
        return rf"{{{symbols[0]}}}_{{\cdot,\,{self.start + 1} \ldots {self.stop}}}"

    def code(self, inputs: Sequence[str], dialect: Dialect) -> Code:
        """X[:, 0:4]."""
        return Code(f"{inputs[0]}[:, {self.start}:{self.stop}]")


class Join(Op):
    """The heads side by side: Concat(head_1, ..., head_h).

    Shapes: h times (n, d_v) gives (n, h·d_v). Source: Vaswani et al. 2017, section 3.2.2.
    """

    name = "join"
    form = Form("join", ("|",))

    def forward(self, *inputs: Array) -> Array:
        """Concatenation along the columns."""
        return np.concatenate(inputs, axis=1)

    def explain(self, step: Step, row: int, column: int) -> Expr:
        """The number of the head that the column belongs to."""
        for source, matrix in enumerate(step.inputs):
            width = matrix.data.shape[1]
            if column < width:
                return cell(step, source, row, column)
            column -= width
        raise IndexError(column)

    def backward(
        self, inputs: Sequence[Array], output: Array, gradient: Array
    ) -> tuple[Array | None, ...]:
        """Each head gets its own columns."""
        ends = np.cumsum([m.shape[1] for m in inputs])[:-1]
        return tuple(np.split(gradient, ends, axis=1))

    def formula(self, symbols: Sequence[str]) -> str:
        r"""\mathrm{Concat}(H_1, H_2)."""
        return rf"\mathrm{{Concat}}({', '.join(symbols)})"

    def code(self, inputs: Sequence[str], dialect: Dialect) -> Code:
        """np.concatenate([H_1, H_2], axis=1)."""
        names = ", ".join(inputs)
        if dialect is TORCH:
            return Code(f"torch.cat([{names}], dim=1)")
        return Code(f"np.concatenate([{names}], axis=1)")
