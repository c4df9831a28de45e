"""Expressions written down: pieces of text and numbers, from left to right."""

from __future__ import annotations

from dataclasses import dataclass

from engine.expr import OVER, TIMES, Apply, Cell, Expr, Named, Number, is_done, next_operation


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of an expression as it is written down.

    Either `text` (signs, brackets, names) or, with `leaf`, a number to be formatted.
    `needs_guard` asks for brackets if the number is written with a minus; `level` is 1
    in an exponent; `is_next` marks the operation that is done next.
    """

    text: str = ""
    leaf: Number | Cell | Named | None = None
    needs_guard: bool = False
    level: int = 0
    is_next: bool = False


def tokens(expr: Expr) -> list[Token]:
    """The expression from left to right, as pieces of text and numbers."""
    writer = _Writer(next_operation(expr))
    writer.write(expr, 0, guard=False, lit=False, level=0)
    return writer.out


class _Writer:
    """Writes a tree down; `chosen` is the node whose next operation is lit."""

    def __init__(self, chosen: Apply | None) -> None:
        self.out: list[Token] = []
        self.chosen = chosen

    def is_chosen(self, expr: Apply) -> bool:
        """Whether this is the place of the next operation.

        A tree may hold one node twice (softmax's exponential, above and below the line);
        only the first place is the next.
        """
        if expr is not self.chosen:
            return False
        self.chosen = None
        return True

    def text(self, text: str, level: int, lit: bool = False) -> None:
        self.out.append(Token(text, level=level, is_next=lit))

    def write(self, expr: Expr, outer: int, *, guard: bool, lit: bool, level: int) -> None:
        if not isinstance(expr, Apply):
            self.out.append(Token(leaf=expr, needs_guard=guard, level=level, is_next=lit))
            return
        notation = expr.operator.notation
        wrap = expr.operator.binding <= outer and notation in {"infix", "prefix"}
        wrap = wrap or (guard and notation == "prefix")  # no two signs in a row
        if wrap:
            self.text("(", level)
        getattr(self, "_" + expr.operator.notation)(expr, guard and not wrap, level)
        if wrap:
            self.text(")", level)

    def _infix(self, expr: Apply, guard: bool, level: int) -> None:
        operator, chosen = expr.operator, self.is_chosen(expr)
        sign = operator.symbol if operator is TIMES else f" {operator.symbol} "
        for index, arg in enumerate(expr.args):
            lit = chosen and index < 2
            if index:
                self.text(sign, level, lit=chosen and index == 1)
            # What stands on the right and is done first needs its brackets: a − (b + c),
            # a + (b − c); and a ÷ (b·c), which is read differently by different people.
            outer = operator.binding if index else operator.binding - 1
            outer = TIMES.binding if index and operator is OVER else outer
            self.write(arg, outer, guard=guard or index > 0, lit=lit, level=level)

    def _power(self, expr: Apply, guard: bool, level: int) -> None:  # noqa: ARG002
        lit = self.is_chosen(expr)
        self.text(expr.operator.symbol, level, lit)
        self.write(expr.args[0], 0, guard=False, lit=lit, level=level + 1)

    def _root(self, expr: Apply, guard: bool, level: int) -> None:  # noqa: ARG002
        lit = self.is_chosen(expr)
        self.text("√", level, lit)
        is_leaf = is_done(expr.args[0])
        if not is_leaf:
            self.text("(", level)
        self.write(expr.args[0], 0, guard=is_leaf, lit=lit, level=level)
        if not is_leaf:
            self.text(")", level)

    def _square(self, expr: Apply, guard: bool, level: int) -> None:  # noqa: ARG002
        lit = self.is_chosen(expr)
        is_leaf = is_done(expr.args[0])
        if not is_leaf:
            self.text("(", level)
        self.write(expr.args[0], 0, guard=is_leaf, lit=lit, level=level)
        if not is_leaf:
            self.text(")", level)
        self.text("²", level, lit)

    def _prefix(self, expr: Apply, guard: bool, level: int) -> None:  # noqa: ARG002
        lit = self.is_chosen(expr)
        self.text(expr.operator.symbol, level, lit)
        self.write(expr.args[0], expr.operator.binding, guard=True, lit=lit, level=level)

    def _function(self, expr: Apply, guard: bool, level: int) -> None:  # noqa: ARG002
        chosen = self.is_chosen(expr)
        self.text(f"{expr.operator.symbol}(", level, chosen)
        for index, arg in enumerate(expr.args):
            if index:
                self.text(", ", level)
            self.write(arg, 0, guard=False, lit=chosen and index < 2, level=level)
        self.text(")", level, chosen)
