"""The arithmetic of one number as LaTeX: unfolded, then reduced round by round."""

from __future__ import annotations

import math

import numpy as np

from engine.expr import Apply, Expr, Number, is_done, reduce_round
from engine.trace import Array, Step

MOST_WHOLE = 10_000
MOST_IN_LINE = 6
"""So many terms of a sum stand in one line."""

_INFIX = {"+": " + ", "−": " - ", "·": r" \cdot "}
_SUM, _PRODUCT, _SIGN = 1, 3, 4


def unfolded(step: Step, row: int, column: int, digits: int) -> str:
    """Where number (row, column), from 0, came from: the tree, each round of it, the result."""
    expr = step.explain(row, column)
    name = f"{{{step.output.symbol}}}_{{{row + 1},{column + 1}}}"
    rounds = [*_lines(expr, digits)]
    while not is_done(expr):
        expr = reduce_round(expr)
        rounds.append([_written(expr, digits, 0, False)])
    lines = []
    for number, parts in enumerate(rounds):
        lines.append(f"{name if number == 0 else ''} &= {parts[0]}")
        lines.extend(f"&\\quad {{}} + {part}" for part in parts[1:])
    return "\\begin{aligned}\n" + " \\\\\n".join(lines) + "\n\\end{aligned}"


def _lines(expr: Expr, digits: int) -> list[list[str]]:
    """The first line, in pieces if it is a long sum."""
    if not isinstance(expr, Apply) or expr.operator.name != "plus":
        return [[_written(expr, digits, 0, False)]]
    pieces = [expr.args[i : i + MOST_IN_LINE] for i in range(0, len(expr.args), MOST_IN_LINE)]
    return [
        [
            " + ".join(
                _written(arg, digits, _SUM if index or place else 0, bool(index or place))
                for index, arg in enumerate(piece)
            )
            for place, piece in enumerate(pieces)
        ]
    ]


def _written(expr: Expr, digits: int, outer: int, is_guarded: bool) -> str:
    """A tree; `outer` is how tightly what stands around it binds."""
    if not isinstance(expr, Apply):
        is_exact = isinstance(expr, Number) and expr.is_constant
        text = exact(expr.value) if is_exact else alone(expr.value, digits)
        return f"({text})" if is_guarded and text.startswith("-") else text
    notation = expr.operator.notation
    made = _WRITERS.get(expr.operator.name) or _WRITERS.get(notation, _function)
    text = made(expr, digits, is_guarded)
    binding = {"infix": expr.operator.binding, "prefix": _SIGN}.get(notation, 9)
    is_fraction = expr.operator.name == "over"
    needs = not is_fraction and (binding <= outer or (is_guarded and notation == "prefix"))
    return f"\\left({text}\\right)" if needs else text


def _infix(expr: Apply, digits: int, is_guarded: bool) -> str:
    operator = expr.operator
    sign = _INFIX.get(operator.symbol, f" {operator.symbol} ")
    return sign.join(
        _written(arg, digits, operator.binding - (index == 0), is_guarded if index == 0 else True)
        for index, arg in enumerate(expr.args)
    )


def _over(expr: Apply, digits: int, is_guarded: bool) -> str:  # noqa: ARG001
    above, below = (_written(arg, digits, 0, False) for arg in expr.args)
    return f"\\frac{{{above}}}{{{below}}}"


def _power(expr: Apply, digits: int, is_guarded: bool) -> str:  # noqa: ARG001
    return f"e^{{{_written(expr.args[0], digits, 0, False)}}}"


def _root(expr: Apply, digits: int, is_guarded: bool) -> str:  # noqa: ARG001
    return f"\\sqrt{{{_written(expr.args[0], digits, 0, False)}}}"


def _square(expr: Apply, digits: int, is_guarded: bool) -> str:  # noqa: ARG001
    inner = _written(expr.args[0], digits, 0, False)
    is_bare = is_done(expr.args[0]) and not inner.startswith("-")
    return f"{inner}^{{2}}" if is_bare else f"\\left({inner}\\right)^{{2}}"


def _prefix(expr: Apply, digits: int, is_guarded: bool) -> str:  # noqa: ARG001
    return f"-{_written(expr.args[0], digits, _SIGN, True)}"


def _function(expr: Apply, digits: int, is_guarded: bool) -> str:  # noqa: ARG001
    inner = ", ".join(_written(arg, digits, 0, False) for arg in expr.args)
    return f"\\operatorname{{{expr.operator.symbol}}}\\left({inner}\\right)"


_WRITERS = {
    "infix": _infix,
    "over": _over,
    "power": _power,
    "root": _root,
    "square": _square,
    "prefix": _prefix,
}
"""By an operator's name where LaTeX writes it otherwise, else by its notation."""


def decimals(data: Array, digits: int) -> int:
    """None for a matrix of whole numbers, else as many as asked for."""
    finite = data[np.isfinite(data)]
    is_whole = (finite == np.rint(finite)) & (np.abs(finite) < MOST_WHOLE)
    return 0 if bool(is_whole.all()) else digits


def alone(value: float, digits: int) -> str:
    """A rounded number in the arithmetic: whole ones stand without decimals."""
    is_whole = math.isfinite(value) and value == int(value) and abs(value) < MOST_WHOLE
    return figure(value, 0 if is_whole else digits)


def figure(value: float, digits: int) -> str:
    """A rounded number; large ones as a power of ten, and no sign on what is rounded to 0."""
    if not math.isfinite(value):
        return r"\mathrm{NaN}" if math.isnan(value) else r"\infty" if value > 0 else r"-\infty"
    if abs(value) >= 1e6:
        mantissa, _, exponent = f"{value:.{max(digits, 2)}e}".partition("e")
        return rf"{mantissa} \cdot 10^{{{int(exponent)}}}"
    text = f"{value:.{digits}f}"
    return text if text.strip("-0.") else text.removeprefix("-")


def exact(value: float) -> str:
    """A number that belongs to the formula, in all its figures."""
    if not math.isfinite(value):
        return figure(value, 0)
    mantissa, _, exponent = repr(float(value)).partition("e")
    mantissa = mantissa.removesuffix(".0")
    if not exponent:
        return mantissa
    power = f"10^{{{int(exponent)}}}"
    return power if mantissa == "1" else rf"{mantissa} \cdot {power}"
