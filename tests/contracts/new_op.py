"""An op that the engine has never heard of, and a tiny model around it.

It stands for every op that is added later: nothing outside of this file knows it.
"""

import math
from collections.abc import Sequence
from types import MappingProxyType

import numpy as np

from engine.expr import Apply, Expr, Operator
from engine.form import Code, Counts, Dialect, Form
from engine.ops import Product
from engine.ops.cells import cell
from engine.tape import Scope, Tape
from engine.trace import Array, Op, Step, Trace, freeze, numbered

SINE = Operator("sine", "sin", "function", 5, math.sin)


class Sine(Op):
    """sin X. Shape: (n, d) gives (n, d)."""

    name = "sine"
    form = Form("elementwise", before="sin(", after=")")

    def forward(self, *inputs: Array) -> Array:
        return np.sin(inputs[0])

    def explain(self, step: Step, row: int, column: int) -> Expr:
        return Apply(SINE, (cell(step, 0, row, column),))

    def backward(
        self, inputs: Sequence[Array], output: Array, gradient: Array
    ) -> tuple[Array | None, ...]:
        return (gradient * np.cos(inputs[0]),)

    def formula(self, symbols: Sequence[str]) -> str:
        return rf"\sin({symbols[0]})"

    def code(self, inputs: Sequence[str], dialect: Dialect) -> Code:
        return Code(f"{dialect.library}.sin({inputs[0]})")

    def counts(self, inputs: Sequence[Array], output: Array) -> Counts:
        return Counts()


def tiny(op: Op | None = None, seed: int = 0) -> Trace:
    """X W, then the new op: a whole model in three lines, without a scenario."""
    random = np.random.default_rng(seed)
    tape = Tape(
        MappingProxyType({"tiny/W": freeze(random.normal(size=(3, 2)))}), MappingProxyType({})
    )
    t = Scope(tape, tape.root, "").inside("tiny")
    x = t.constant("X", random.normal(size=(2, 3)), ("a", "b"), numbered(3), "X")
    w = t.param("W", numbered(3), numbered(2), "W", "weights")
    product = t.step("product", Product(), x, w, symbol="Y", columns=w.columns)
    t.step("sine", Sine() if op is None else op, product, symbol="Z")
    return tape.finish(None)
