"""Expression trees: how one number came about, and their reduction one operation at a time."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import reduce as fold


@dataclass(frozen=True, slots=True)
class Operator:
    """One kind of operation: how it is computed and how it is written.

    `notation` is `infix` (a + b + c), `function` (max(a, b)), `power` (base to the
    argument), `root` (√a), `prefix` (−a) or `square` (a²). Larger `binding` binds
    tighter. `is_chain` marks operators that take any number of arguments and reduce
    from the left, two at a time.
    """

    name: str
    symbol: str
    notation: str
    binding: int
    compute: Callable[..., float]
    is_chain: bool = False


def _divide(a: float, b: float) -> float:
    if b == 0.0:
        is_undefined = a == 0.0 or math.isnan(a)
        return math.nan if is_undefined else math.copysign(math.inf, a) * math.copysign(1.0, b)
    return a / b


def _exp(a: float) -> float:
    return math.inf if a > 709.78 else math.exp(a)


def _ln(a: float) -> float:
    return -math.inf if a == 0.0 else math.nan if a < 0.0 else math.log(a)


def _sqrt(a: float) -> float:
    return math.nan if a < 0.0 else math.sqrt(a)


def _max(a: float, b: float) -> float:
    return math.nan if math.isnan(a) or math.isnan(b) else max(a, b)


PLUS = Operator("plus", "+", "infix", 1, lambda a, b: a + b, is_chain=True)
MINUS = Operator("minus", "−", "infix", 1, lambda a, b: a - b)
TIMES = Operator("times", "·", "infix", 3, lambda a, b: a * b, is_chain=True)
OVER = Operator("over", "÷", "infix", 2, _divide)
EXP = Operator("exp", "e", "power", 5, _exp)
SQRT = Operator("sqrt", "√", "root", 5, _sqrt)
SQUARE = Operator("square", "²", "square", 5, lambda a: a * a)
LN = Operator("ln", "ln", "function", 5, _ln)
NEGATE = Operator("negate", "−", "prefix", 4, lambda a: -a)
TANH = Operator("tanh", "tanh", "function", 5, math.tanh)
MAX = Operator("max", "max", "function", 5, _max, is_chain=True)


@dataclass(frozen=True, slots=True)
class Number:
    """A number that was read from nowhere: what a reduction left behind, or a constant.

    A constant (ε, a width) is to be written exactly, however small it is.
    """

    value: float
    is_constant: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A number read from row `row`, column `column` (from 0) of the matrix at `path`.

    `source` is the matrix's place among the step's inputs, since a matrix can be read twice.
    """

    path: str
    row: int
    column: int
    value: float
    source: int


@dataclass(frozen=True, slots=True)
class Named:
    """A number of one of the step's own workings; `inner` tells how it came about."""

    working: int
    row: int
    column: int
    value: float
    inner: Expr


@dataclass(frozen=True, slots=True)
class Apply:
    """An operation that is still to be done.

    `working` is the number of the step's workings that it comes to, if it is one of them:
    which working, row and column.
    """

    operator: Operator
    args: tuple[Expr, ...]
    working: tuple[int, int, int] | None = field(default=None, compare=False)


Expr = Number | Cell | Named | Apply


def constant(value: float) -> Number:
    """A number that belongs to the formula itself."""
    return Number(value, is_constant=True)


def plus(*args: Expr) -> Expr:
    """The sum of all arguments; a single one stands for itself."""
    return args[0] if len(args) == 1 else Apply(PLUS, args)


def times(*args: Expr) -> Expr:
    """The product of all arguments."""
    return args[0] if len(args) == 1 else Apply(TIMES, args)


def greatest(*args: Expr) -> Expr:
    """The greatest of all arguments; a single one stands for itself."""
    return args[0] if len(args) == 1 else Apply(MAX, args)


def minus(a: Expr, b: Expr) -> Expr:
    """a − b."""
    return Apply(MINUS, (a, b))


def over(a: Expr, b: Expr) -> Expr:
    """a ÷ b; 0 ÷ 0 is NaN, as in NumPy."""
    return Apply(OVER, (a, b))


def is_done(expr: Expr) -> bool:
    """Whether nothing is left to reduce."""
    return not isinstance(expr, Apply)


def evaluate(expr: Expr) -> float:
    """The value the tree reduces to."""
    if not isinstance(expr, Apply):
        return expr.value
    values = [evaluate(a) for a in expr.args]
    if len(values) == 1:
        return expr.operator.compute(values[0])
    return fold(expr.operator.compute, values)


def cells(expr: Expr) -> Iterator[Cell]:
    """Every cell the number was read from, those inside the workings included.

    A tree may hold one working many times (layer norm: the mean, in each square); what is
    inside comes once.
    """
    told: set[int] = set()
    left = [expr]
    while left:
        expr = left.pop()
        if isinstance(expr, Cell):
            yield expr
        elif isinstance(expr, Apply):
            left.extend(reversed(expr.args))
        elif isinstance(expr, Named) and id(expr) not in told:
            told.add(id(expr))
            left.append(expr.inner)


def named(expr: Expr) -> Iterator[Named]:
    """The numbers of the step's workings that stand in the tree itself."""
    if isinstance(expr, Named):
        yield expr
    elif isinstance(expr, Apply):
        for arg in expr.args:
            yield from named(arg)


def met(expr: Expr) -> Iterator[tuple[int, int, int]]:
    """The numbers of the step's workings on the way: which working, row and column.

    They are those that stand in the tree as leaves, and those that a part of it comes to.
    """
    if isinstance(expr, Named):
        yield expr.working, expr.row, expr.column
    elif isinstance(expr, Apply):
        if expr.working is not None:
            yield expr.working
        for arg in expr.args:
            yield from met(arg)


def as_working(expr: Expr, working: int, row: int, column: int) -> Expr:
    """The same, known to come to a number of the step's workings."""
    if not isinstance(expr, Apply):
        return expr
    return Apply(expr.operator, expr.args, (working, row, column))


def operations(expr: Expr) -> int:
    """How many single operations reduce the tree to a number."""
    if not isinstance(expr, Apply):
        return 0
    return max(1, len(expr.args) - 1) + sum(operations(a) for a in expr.args)


def reduce_once(expr: Expr) -> Expr:
    """The tree after its next single operation: innermost first, from left to right.

    A tree that is done comes back as a plain number.
    """
    if not isinstance(expr, Apply):
        return Number(expr.value)
    for index, arg in enumerate(expr.args):
        if isinstance(arg, Apply):
            args = (*expr.args[:index], reduce_once(arg), *expr.args[index + 1 :])
            return replace(expr, args=args)
    return _combine(expr)


def _combine(expr: Apply) -> Expr:
    """Do one operation of a node whose arguments are all numbers."""
    if len(expr.args) == 1:
        return Number(expr.operator.compute(_value(expr.args[0])))
    first = Number(expr.operator.compute(_value(expr.args[0]), _value(expr.args[1])))
    if len(expr.args) == 2:
        return first
    return replace(expr, args=(first, *expr.args[2:]))


def reduce_times(expr: Expr, count: int) -> Expr:
    """The tree after `count` single operations."""
    for _ in range(count):
        expr = reduce_once(expr)
    return expr


def reduce_round(expr: Expr) -> Expr:
    """The tree after every operation that could be done at once has been done."""
    if not isinstance(expr, Apply):
        return Number(expr.value)
    if all(is_done(a) for a in expr.args):
        return Number(evaluate(expr))
    args = tuple(reduce_round(a) if isinstance(a, Apply) else a for a in expr.args)
    return replace(expr, args=args)


def round_length(expr: Expr) -> int:
    """How many single operations `reduce_round` does together."""
    if not isinstance(expr, Apply):
        return 0
    if all(is_done(a) for a in expr.args):
        return max(1, len(expr.args) - 1)
    return sum(round_length(a) for a in expr.args)


def next_operation(expr: Expr) -> Apply | None:
    """The node of which `reduce_once` does the next operation."""
    if not isinstance(expr, Apply):
        return None
    for arg in expr.args:
        if isinstance(arg, Apply):
            return next_operation(arg)
    return expr


def _value(expr: Expr) -> float:
    if isinstance(expr, Apply):
        raise TypeError("an operation has no value before it is done")
    return expr.value
