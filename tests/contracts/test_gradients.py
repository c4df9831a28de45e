"""Gradients of single ops, on inputs larger than a drawn model's and at every cell."""

import numpy as np
import pytest

from contracts.contract import backward, check_gradient, forward
from engine.ops import (
    Add,
    AddAll,
    ByOffset,
    ColumnsOf,
    CrossEntropy,
    Dropout,
    Join,
    LayerNorm,
    Lookup,
    Mask,
    PairScores,
    PairSum,
    PassOn,
    PickRow,
    Product,
    RelativeShift,
    Relu,
    Scale,
    Softmax,
    StackRows,
    StopGradient,
    Tanh,
    WeightedSum,
)
from engine.ops.offsets import bucketed_offsets, clipped_offsets

RANDOM = np.random.default_rng(5)


def drawn(*shapes: tuple[int, int]) -> list[np.ndarray]:
    return [RANDOM.normal(size=shape) for shape in shapes]


def away_from_zero(array: np.ndarray) -> np.ndarray:
    return array + np.sign(array) * 0.1


def masked(array: np.ndarray) -> np.ndarray:
    """−∞ in some places, but never in all of a row."""
    out = array.copy()
    out[0, 1:] = -np.inf
    out[1, 0] = -np.inf
    return out


def shares(rows: int, columns: int) -> np.ndarray:
    found = RANDOM.random((rows, columns)) + 0.1
    return found / found.sum(axis=1, keepdims=True)


X, W, B = drawn((4, 5), (5, 3), (1, 3))
Q, K = drawn((4, 5), (6, 5))
CASES = {
    "lookup": (Lookup((2, 0, 3)), drawn((5, 4))),
    "lookup of one word three times": (Lookup((1, 1, 0, 1), 4), drawn((3, 4))),
    "add": (Add(), drawn((3, 4), (3, 4))),
    "product": (Product(), [X, W]),
    "product with bias": (Product(), [X, W, B]),
    "product of one row": (Product(), drawn((1, 5), (5, 3), (1, 3))),
    "product transposed": (Product(transposed=True), [Q, K]),
    "product transposed with bias": (Product(transposed=True), [Q, K, *drawn((1, 6))]),
    "weighted sum": (WeightedSum(), [shares(3, 4), *drawn((4, 2))]),
    "scale by √d_k": (Scale(3), drawn((3, 4))),
    "scale by a factor": (Scale(factor=-0.7), drawn((3, 4))),
    "mask of −∞": (Mask(), [drawn((3, 4))[0], masked(np.zeros((3, 4)))]),
    "mask of a number": (Mask(), [drawn((3, 4))[0], np.full((3, 4), -3.0)]),
    "softmax": (Softmax(), drawn((3, 5))),
    "softmax of masked scores": (Softmax(), [masked(drawn((3, 5))[0])]),
    "join": (Join(), drawn((3, 2), (3, 2), (3, 2))),
    "join of unequal heads": (Join(), drawn((3, 1), (3, 4), (3, 2))),
    "layer norm": (LayerNorm(), drawn((3, 5), (1, 5), (1, 5))),
    "layer norm of rows nearly constant": (
        LayerNorm(),
        [1.0 + 1e-3 * RANDOM.normal(size=(2, 4)), *drawn((1, 4), (1, 4))],
    ),
    "layer norm of one dimension": (LayerNorm(), drawn((3, 1), (1, 1), (1, 1))),
    "relu away from 0": (Relu(), [away_from_zero(drawn((4, 5))[0])]),
    "cross-entropy": (CrossEntropy((1, 4, 1)), [shares(3, 5)]),
    "pass on": (PassOn(), drawn((2, 3))),
    "tanh": (Tanh(), drawn((3, 4))),
    "sum of three, one a row for all": (AddAll(), drawn((3, 4), (1, 4), (3, 4))),
    "sum of rows": (AddAll(), drawn((1, 4), (1, 4))),
    "one row": (PickRow(1), drawn((3, 4))),
    "rows stacked": (StackRows(), drawn((2, 3), (1, 3), (3, 3))),
    "shift": (RelativeShift(3), drawn((3, 5))),
    "shift of one row for all": (RelativeShift(3), drawn((1, 5))),
    "shift without a memory": (RelativeShift(4), drawn((4, 4))),
    "dropout": (Dropout(), [*drawn((3, 4)), np.where(RANDOM.random((3, 4)) < 0.4, 0.0, 2.0)]),
    "sum of pairs": (PairSum(), drawn((3, 4), (2, 4))),
    "scores of pairs": (PairScores(2), drawn((6, 4), (1, 4))),
    "by offset": (ByOffset(clipped_offsets(4, 4, 2)), drawn((4, 5))),
    "by bucket": (ByOffset(bucketed_offsets(5, 5, 4, 3, False), True), drawn((1, 4))),
    "some columns": (ColumnsOf(1, 3), drawn((3, 5))),
}


@pytest.mark.parametrize("name", CASES)
def test_the_gradient_is_the_slope_at_every_cell(name):
    op, inputs = CASES[name]
    cells = sum(np.isfinite(a).sum() for a in inputs)
    seen = check_gradient(op, inputs, np.random.default_rng(1), most=10**6)
    assert seen == cells, f"{cells - seen} slopes could not be measured"


def test_softmax_sends_exactly_nothing_back_to_what_is_masked():
    scores = masked(drawn((3, 5))[0])
    output = forward(Softmax(), [scores])
    (part,) = backward(Softmax(), [scores], output, RANDOM.normal(size=output.shape))
    blocked = np.isinf(scores)
    assert blocked.any()
    assert (output[blocked] == 0).all()
    assert (part[blocked] == 0).all()


def test_a_stopped_gradient_says_so_and_is_none():
    x = drawn((2, 3))
    assert backward(StopGradient(), x, x[0], np.ones((2, 3))) == (None,)
    assert check_gradient(StopGradient(), x, np.random.default_rng(1)) == 0

    class Unsaid(StopGradient):
        stops_gradient = False

    class Leaking(StopGradient):
        def backward(self, inputs, output, gradient):
            return (gradient,)

    for wrong in (Unsaid(), Leaking()):
        with pytest.raises(AssertionError):
            check_gradient(wrong, x, np.random.default_rng(1))


def test_relu_has_no_slope_at_0():
    (part,) = backward(Relu(), [np.zeros((1, 2))], np.zeros((1, 2)), np.ones((1, 2)))
    assert (part == 0).all()


def test_a_word_that_stands_twice_collects_both_gradients():
    op = Lookup((1, 1))
    (part,) = backward(op, [np.zeros((2, 1))], np.zeros((2, 1)), np.array([[3.0], [4.0]]))
    assert part.tolist() == [[0.0], [7.0]]
