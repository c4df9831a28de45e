"""Expressions written down must be read back as what they are, by any reader."""

import math
import re

import pytest
from contracts.contract import bits
from contracts.trees import cell, n, trees
from hypothesis import given, settings

from engine.expr import (
    EXP,
    LN,
    MAX,
    NEGATE,
    SQRT,
    SQUARE,
    Apply,
    Named,
    Number,
    evaluate,
    greatest,
    is_done,
    minus,
    next_operation,
    over,
    plus,
    reduce_once,
    times,
)
from engine.notation import tokens


def one(operator, a):
    return Apply(operator, (a,))


def pieces(expr) -> list[tuple[str | float, int]]:
    """What a reader sees, with its level: a negative number is a sign and a number."""
    found = []
    for token in tokens(expr):
        if token.leaf is None:
            text = token.text.strip()
            found += [(part, token.level) for part in text.replace("(", "|(").split("|") if part]
            continue
        value = token.leaf.value
        is_negative = math.copysign(1.0, value) < 0
        number = [abs(value)]
        if is_negative:
            number = ["(", "−", *number, ")"] if token.needs_guard else ["−", *number]
        found += [(part, token.level) for part in number]
    return found


def written(expr) -> str:
    """The expression as a line of text; exponents in ^{...}."""
    text, level = "", 0
    for piece, at in pieces(expr):
        text += "^{" * (at - level) + "}" * (level - at)
        level = at
        text += f" {piece} " if piece in {"+", "−", "÷"} else str(piece).removesuffix(".0")
    text = text.replace(",", ", ") + "}" * level
    return re.sub(r"(^|[({]|, ) − ", r"\1−", text)


class Reader:
    """Reads as at school: brackets, ², then · and ÷, then + and −, from left to right.

    What people read differently is refused: a ÷ b·c, two signs in a row, √x² and eˣ².
    """

    def __init__(self, seen):
        self.seen, self.at = seen, 0

    def read(self):
        value = self.sum(0)
        assert self.at == len(self.seen), "something is left over"
        return value

    def peek(self, level):
        if self.at < len(self.seen) and self.seen[self.at][1] == level:
            return self.seen[self.at][0]
        return None

    def take(self, level, wanted=None):
        piece = self.peek(level)
        assert piece is not None, "something is missing"
        assert wanted in {None, piece}, f"{piece} instead of {wanted}"
        self.at += 1
        return piece

    def sum(self, level):
        is_negative = self.peek(level) == "−"
        if is_negative:
            self.at += 1
        value = self.product(level)
        value = -value if is_negative else value
        while self.peek(level) in ("+", "−"):
            sign = self.take(level)
            other = self.product(level)
            value = evaluate((plus if sign == "+" else minus)(n(value), n(other)))
        return value

    def product(self, level):
        value, has_divided = self.factor(level), False
        while self.peek(level) in ("·", "÷"):
            sign = self.take(level)
            assert not (sign == "·" and has_divided), "a ÷ b·c"
            has_divided = sign == "÷"
            other = self.factor(level)
            value = evaluate((times if sign == "·" else over)(n(value), n(other)))
            assert not (has_divided and self.peek(level) == "·"), "a ÷ b·c"
        return value

    def factor(self, level):
        opening = self.peek(level)
        value = self.primary(level)
        if self.peek(level) == "²":
            assert opening not in ("e", "√"), f"{opening}…²"
            self.at += 1
            value = evaluate(one(SQUARE, n(value)))
            assert self.peek(level) != "²"
        return value

    def primary(self, level):
        piece = self.take(level)
        if isinstance(piece, float):
            return piece
        if piece == "(":
            value = self.sum(level)
            self.take(level, ")")
            return value
        if piece == "e":
            return evaluate(one(EXP, n(self.sum(level + 1))))
        if piece == "√":
            return evaluate(one(SQRT, n(self.primary(level))))
        assert piece in ("max", "ln"), f"unexpected {piece}"
        return self.function(piece, level)

    def function(self, name, level):
        self.take(level, "(")
        values = [self.sum(level)]
        while self.peek(level) == ",":
            self.at += 1
            values.append(self.sum(level))
        self.take(level, ")")
        return evaluate(Apply({"max": MAX, "ln": LN}[name], tuple(map(n, values))))


@settings(max_examples=300)
@given(trees())
def test_a_reader_comes_to_the_same_value(tree):
    assert bits(Reader(pieces(tree)).read()) == bits(evaluate(tree)), written(tree)


@settings(max_examples=100)
@given(trees())
def test_just_the_next_operation_is_lit_all_the_way_down(tree):
    while not is_done(tree):
        lit = [t for t in tokens(tree) if t.is_next]
        chosen = next_operation(tree)
        leaves = [t.leaf for t in lit if t.leaf is not None]
        assert len(leaves) == min(2, len(chosen.args))
        assert all(a is b for a, b in zip(leaves, chosen.args, strict=False)), written(tree)
        assert any(t.text for t in lit)
        tree = reduce_once(tree)
    (last,) = tokens(tree)
    assert not last.is_next


def test_a_node_that_stands_twice_is_lit_once():
    power = one(EXP, minus(cell(1), cell(2)))
    tree = over(power, plus(power, one(EXP, n(0))))
    assert sum(t.is_next for t in tokens(tree)) == 3
    assert [t.is_next for t in tokens(tree)][1:4] == [True, True, True]


X, MU, SIGMA, GAMMA, BETA = cell(5), cell(2), cell(3), cell(-1), cell(4)
NORMAL = over(minus(X, MU), SIGMA)


@pytest.mark.parametrize(
    ("tree", "text"),
    [
        # Layer norm: what is divided is multiplied as a whole.
        (plus(times(NORMAL, GAMMA), BETA), "((5 − 2) ÷ 3)·(−1) + 4"),
        (times(n(1), n(2), n(3)), "1·2·3"),
        # Products need no brackets in sums, sums do in products.
        (plus(times(n(1), n(2)), n(3)), "1·2 + 3"),
        (times(plus(n(1), n(2)), n(3)), "(1 + 2)·3"),
        # What is done first on the right needs brackets, on the left it doesn't.
        (minus(minus(n(1), n(2)), n(3)), "1 − 2 − 3"),
        (minus(n(1), minus(n(2), n(3))), "1 − (2 − 3)"),
        (minus(n(1), plus(n(2), n(3))), "1 − (2 + 3)"),
        (plus(n(1), minus(n(2), n(3))), "1 + (2 − 3)"),
        (over(over(n(1), n(2)), n(3)), "1 ÷ 2 ÷ 3"),
        (over(n(1), over(n(2), n(3))), "1 ÷ (2 ÷ 3)"),
        (over(n(1), times(n(2), n(3))), "1 ÷ (2·3)"),
        (over(times(n(1), n(2)), n(3)), "1·2 ÷ 3"),
        (times(n(1), times(n(2), n(3))), "1·(2·3)"),
        # Signs: free at the start, guarded behind an operation.
        (plus(n(-1), n(-2)), "−1 + (−2)"),
        (minus(n(1), n(-2)), "1 − (−2)"),
        (plus(n(1), times(n(-2), n(3))), "1 + (−2)·3"),
        (plus(n(1), one(NEGATE, n(2))), "1 + (−2)"),
        (one(NEGATE, n(-2)), "−(−2)"),
        (one(NEGATE, plus(n(1), n(2))), "−(1 + 2)"),
        (over(plus(one(NEGATE, one(LN, n(1))), one(NEGATE, one(LN, n(2)))), n(2)),
         "(−ln(1) + (−ln(2))) ÷ 2"),
        # Exponents, roots, squares and functions.
        (over(one(EXP, minus(n(1), n(-2))), n(3)), "e^{1 − (−2)} ÷ 3"),
        (one(EXP, one(EXP, n(-1))), "e^{e^{−1}}"),
        (one(SQRT, n(8)), "√8"),
        (one(SQRT, plus(n(8), n(1))), "√(8 + 1)"),
        (over(n(1), one(SQRT, n(8))), "1 ÷ √8"),
        (one(SQUARE, n(-3)), "(−3)²"),
        (one(SQUARE, minus(n(1), n(3))), "(1 − 3)²"),
        (one(SQUARE, one(SQRT, n(3))), "(√3)²"),
        (one(SQRT, one(SQUARE, n(3))), "√(3²)"),
        (greatest(n(0), n(-2)), "max(0, −2)"),
        (greatest(plus(n(1), n(2)), times(n(3), n(4))), "max(1 + 2, 3·4)"),
    ],
)  # fmt: skip
def test_brackets_signs_and_exponents(tree, text):
    assert written(tree) == text
    assert bits(Reader(pieces(tree)).read()) == bits(evaluate(tree))


def test_the_leaves_stand_in_order_and_stay_what_they_are():
    mean = Named(0, 0, 0, 2.0, over(plus(n(1), n(3)), n(2)))
    leaves = [t.leaf for t in tokens(plus(times(X, minus(MU, mean)), Number(1.0))) if t.leaf]
    assert [leaf is other for leaf, other in zip(leaves, (X, MU, mean), strict=False)] == [True] * 3
    assert leaves[3] == Number(1.0)


def test_levels_count_exponents():
    levels = [t.level for t in tokens(one(EXP, plus(n(1), one(EXP, n(2)))))]
    assert levels == [0, 1, 1, 1, 2]
