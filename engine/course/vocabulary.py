"""The functions that a phrase may use: a closed table, each over matrices of numbers."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from engine.course.results import Result, number
from engine.errors import InputError, Wording
from engine.trace import Array

MOST_NUMBERS = 1_000_000


@dataclass(frozen=True)
class Function:
    """A function of the vocabulary; `count` is how many arguments it takes, −1 any."""

    apply: Callable[..., Result]
    count: int = 1


def _each(function: Callable[[Array], Array]) -> Function:
    return Function(lambda x: Result(function(x.data), x.rows, x.columns))


def _all(function: Callable[[Array], float]) -> Function:
    return Function(lambda x: number(float(function(x.data))))


def _by_row(function: Callable[[Array], Array]) -> Function:
    return Function(lambda x: Result(function(x.data)[:, None], x.rows))


def whole(x: Result, name: str, low: int = 1) -> int:
    """The whole number that an argument is; InputError naming the function if it is none."""
    value = x.number
    if value is None or not value.is_integer() or not low <= value <= MOST_NUMBERS:
        raise InputError("phrase_whole", name=name, low=low)
    return int(value)


def _check_size(rows: int, columns: int) -> None:
    if rows * columns > MOST_NUMBERS:
        raise InputError("phrase_size", found=f"{rows} × {columns}", limit=MOST_NUMBERS)


def _product(x: Result, y: Result) -> Result:
    if x.data.shape[1] != y.data.shape[0]:
        shapes = (f"{a.data.shape[0]} × {a.data.shape[1]}" for a in (x, y))
        raise InputError("phrase_shapes", **dict(zip(("left", "right"), shapes, strict=True)))
    _check_size(x.data.shape[0], y.data.shape[1])
    return Result(x.data @ y.data, x.rows, y.columns)


def _transposed(x: Result) -> Result:
    return Result(x.data.T, x.columns, x.rows)


STORED = {16: np.float16, 32: np.float32, 64: np.float64}


def _stored(x: Result, bits: Result) -> Result:
    """The numbers as a computer keeps them in so many bits: rounded, or 0 where they underflow."""
    size = whole(bits, "stored")
    if size not in STORED:
        raise InputError("phrase_count", name=str(size), known=", ".join(map(str, STORED)))
    kept = x.data.astype(STORED[size]).astype(np.float64)
    return Result(kept, x.rows, x.columns)


def _softmax(x: Array) -> Array:
    powers = np.exp(x - x.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))


def _entropy(x: Array) -> Array:
    """−Σ p ln p of each row, in nats; 0 ln 0 is 0."""
    return np.asarray(-(x * np.log(np.where(x > 0, x, 1.0))).sum(axis=1))


def _cosine(x: Result, y: Result) -> Result:
    a, b = x.data.ravel(), y.data.ravel()
    if a.size != b.size:
        raise InputError(
            "phrase_shapes",
            left=Wording("numbers", count=a.size),
            right=Wording("numbers", count=b.size),
        )
    return number(float(a @ b / (np.linalg.norm(a) * np.linalg.norm(b))))


def _permuted(x: Result, *order: Result) -> Result:
    """The rows in another order: permuted(X, 2, 1) begins with row 2."""
    rows = [whole(n, "permuted") - 1 for n in order]
    if sorted(rows) != list(range(x.data.shape[0])):
        raise InputError("phrase_order", rows=x.data.shape[0])
    return Result(x.data[rows], tuple(x.rows[r] for r in rows) if x.rows else (), x.columns)


def _identity(n: Result) -> Result:
    size = whole(n, "identity")
    _check_size(size, size)
    return Result(np.eye(size))


def _zeros(rows: Result, columns: Result) -> Result:
    shape = whole(rows, "zeros"), whole(columns, "zeros")
    _check_size(*shape)
    return Result(np.zeros(shape))


def _drawn(rows: Result, columns: Result, seed: Result) -> Result:
    """Normal numbers of mean 0 and variance 1 from a seed."""
    shape = whole(rows, "drawn"), whole(columns, "drawn")
    _check_size(*shape)
    return Result(np.random.default_rng(whole(seed, "drawn", 0)).normal(size=shape))


def _diagonal(x: Result) -> Result:
    """A row of numbers on the diagonal of a square matrix."""
    _check_size(x.data.size, x.data.size)
    return Result(np.diag(x.data.ravel()))


def _word(x: Result, axis: int, find: Callable[[Array], np.intp]) -> Result:
    place = np.unravel_index(int(find(x.data)), x.data.shape)[axis]
    labels = x.column_labels if axis else x.row_labels
    return Result(np.array([[float(place + 1)]]), word=labels[int(place)])


def _rank(x: Array) -> float:
    return float(np.linalg.matrix_rank(x)) if np.isfinite(x).all() else math.nan


FUNCTIONS: Mapping[str, Function] = MappingProxyType(
    {
        # a matrix of the same shape
        "abs": _each(np.abs),
        "exp": _each(np.exp),
        "log": _each(np.log),
        "sqrt": _each(np.sqrt),
        "tanh": _each(np.tanh),
        "round": _each(np.rint),
        "softmax": _each(_softmax),
        "stored": Function(_stored, 2),
        # another matrix
        "product": Function(_product, 2),
        "transposed": Function(_transposed),
        "permuted": Function(_permuted, -1),
        "diagonal": Function(_diagonal),
        "identity": Function(_identity),
        "zeros": Function(_zeros, 2),
        "drawn": Function(_drawn, 3),
        # one number a row
        "row_sums": _by_row(lambda x: x.sum(axis=1)),
        "row_means": _by_row(lambda x: x.mean(axis=1)),
        "row_variances": _by_row(lambda x: x.var(axis=1)),
        "row_norms": _by_row(lambda x: np.sqrt((x * x).sum(axis=1))),
        "row_max": _by_row(lambda x: x.max(axis=1)),
        "row_entropies": _by_row(_entropy),
        # one number
        "sum": _all(np.sum),
        "mean": _all(np.mean),
        "variance": _all(np.var),
        "norm": _all(lambda x: float(np.sqrt((x * x).sum()))),
        "max": _all(np.max),
        "min": _all(np.min),
        "rank": _all(_rank),
        "rows": _all(lambda x: x.shape[0]),
        "columns": _all(lambda x: x.shape[1]),
        "cosine": Function(_cosine, 2),
        # a word: a label
        "row_of_largest": Function(lambda x: _word(x, 0, np.argmax)),
        "column_of_largest": Function(lambda x: _word(x, 1, np.argmax)),
        "row_of_smallest": Function(lambda x: _word(x, 0, np.argmin)),
        "column_of_smallest": Function(lambda x: _word(x, 1, np.argmin)),
    }
)
"""Every function of matrices and numbers; those of traces stand in `evaluation`."""
