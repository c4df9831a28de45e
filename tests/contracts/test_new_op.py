"""An op is added in the test itself: the promises hold it, and they find what is wrong with it."""

from dataclasses import replace

import numpy as np
import pytest

from contracts import contract
from contracts.contract import Language
from contracts.new_op import SINE, Sine, tiny
from contracts.refusals import refused
from engine.expr import Apply, Number, plus
from engine.form import NUMPY, Code, Counts, Form
from engine.ops.cells import cell
from engine.running import backpropagate
from engine.trace import Op


def test_a_new_op_keeps_all_promises():
    for seed in range(5):
        for step in tiny(seed=seed):
            contract.check(step, np.random.default_rng(seed))


def test_gradients_flow_through_it():
    trace = tiny()
    found = backpropagate(trace, "tiny/sine", (1, 0))
    x, w = trace.matrix("tiny/X").data, trace.matrix("tiny/W").data
    slope = np.cos(x[1] @ w[:, 0])
    assert np.allclose(found["tiny/W"][:, 0], slope * x[1], rtol=1e-14)
    assert (found["tiny/W"][:, 1] == 0).all()


class ToldWrong(Sine):
    def explain(self, step, row, column):
        return plus(super().explain(step, row, column), Number(1e-9))


class NamesTooFew(Sine):
    def explain(self, step, row, column):
        return Apply(SINE, (Number(float(step.inputs[0].data[row, column])),))


class NamesTheWrongCell(Sine):
    def explain(self, step, row, column):
        right = cell(step, 0, row, column)
        return Apply(SINE, (replace(right, column=1 - column),))


class NamesTheWrongValue(Sine):
    def explain(self, step, row, column):
        right = cell(step, 0, row, column)
        return Apply(SINE, (replace(right, value=right.value + 1e-15),))


class SlopeWrong(Sine):
    def backward(self, inputs, output, gradient):
        return (gradient * np.cos(inputs[0]) * (1 + 1e-5),)


class SlopeOfAnotherCell(Sine):
    def backward(self, inputs, output, gradient):
        return (gradient[:, ::-1] * np.cos(inputs[0]),)


class SlopeForgotten(Sine):
    def backward(self, inputs, output, gradient):
        return (None,)


class Miscounted(Sine):
    def counts(self, inputs, output):
        return Counts(additions=output.size)


class NoFormula(Sine):
    def formula(self, symbols):
        return ""


class UnknownCommand(Sine):
    def formula(self, symbols):
        return rf"\tangenshyperbolicus {symbols[0]}"


class OpenBrace(Sine):
    def formula(self, symbols):
        return rf"\frac{{{symbols[0]}"


class CodeWrong(Sine):
    def code(self, inputs, dialect):
        return Code(f"{dialect.library}.sin({inputs[0]} + 1e-9)")


class CodeOfAnotherShape(Sine):
    def code(self, inputs, dialect):
        return Code(f"{dialect.library}.sin({inputs[0]})[:, :1]")


class CodeInSinglePrecision(Sine):
    def code(self, inputs, dialect):
        return Code(f"{dialect.library}.sin({inputs[0]}.astype('float32'))")


class CodeThatWritesOver(Sine):
    def code(self, inputs, dialect):
        return Code(f"np.sin({inputs[0]}, out={inputs[0]})")


class UnknownForm(Sine):
    form = Form("spiral")


class ThreeDimensions(Sine):
    def forward(self, *inputs):
        return np.sin(inputs[0])[None]


class SinglePrecision(Sine):
    def forward(self, *inputs):
        return np.sin(inputs[0]).astype(np.float32)


class NoShare(Sine):
    is_share = True


BROKEN = {
    contract.check_told: [ToldWrong],
    contract.check_provenance: [
        NamesTooFew,
        NamesTheWrongCell,
        NamesTheWrongValue,
        SlopeOfAnotherCell,
    ],
    contract.check_gradient: [SlopeWrong, SlopeOfAnotherCell, SlopeForgotten],
    contract.check_counts: [Miscounted],
    contract.check_formula: [NoFormula, UnknownCommand, OpenBrace, UnknownForm],
    contract.check_output: [ThreeDimensions, SinglePrecision, NoShare],
    contract.check_code: [CodeWrong, CodeOfAnotherShape, CodeInSinglePrecision, CodeThatWritesOver],
}


@pytest.mark.parametrize(
    ("promise", "op"),
    [(promise, op) for promise, ops in BROKEN.items() for op in ops],
    ids=lambda part: part.__name__,
)
def test_a_broken_promise_is_found(promise, op):
    step = tiny(op())["tiny/sine"]
    random = np.random.default_rng(0)
    arguments = {
        contract.check_gradient: (step.op, [m.data for m in step.inputs], random),
        contract.check_told: (step, random),
        contract.check_provenance: (step, random),
    }
    with pytest.raises(AssertionError):
        promise(*arguments.get(promise, (step,)))


def test_a_step_without_words_is_found():
    step = tiny()["tiny/sine"]
    known = {"step": {"sine": {"name": "Sine", "title": "A bend", "about": "It bends."}}}
    contract.check_words(step, Language("en", known))
    for key in ("name", "title", "about"):
        fewer = {"step": {"sine": {**known["step"]["sine"], key: " "}}}
        with pytest.raises(AssertionError):
            contract.check_words(step, Language("en", fewer))


class NoCode(Sine):
    code = Op.code


def test_an_op_without_code_says_so():
    step = tiny(NoCode())["tiny/sine"]
    refused(lambda: step.op.code(["x"], NUMPY), "no_code")
