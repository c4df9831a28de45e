"""One number's arithmetic as plain text, reduction by reduction."""

from __future__ import annotations

from collections.abc import Iterator

from app.numbers import exact, format_whole
from engine import (
    Cell,
    Expr,
    Number,
    Step,
    Token,
    cells,
    is_done,
    reduce_once,
    reduce_round,
    tokens,
)

SHORT = 8
"""The most characters that a constant is shown with in full: ε = 0.00001 is not 0.00."""


def arithmetic(step: Step, row: int, column: int, digits: int, each: bool) -> Iterator[str]:
    """Lines from the name of the number, counted from 0, to its stored value.

    Each line does what can be done at once, or with `each` one operation.
    """
    yield heading(step, row, column)
    expr = step.explain(row, column)
    constants = {id(t.leaf) for t in tokens(expr) if isinstance(t.leaf, Number)}
    origin = ", ".join(read_from(step, expr))
    while True:
        yield f"  = {written(expr, digits, constants)}"
        if is_done(expr):
            break
        expr = reduce_once(expr) if each else reduce_round(expr)
    yield f"read from {origin}"
    stored = exact(float(step.output.data[row, column]))
    yield f"stored: {stored} (the digits shown above are rounded)"


def heading(step: Step, row: int, column: int) -> str:
    """Which number it is: "scores(see, cats), row 2, column 3"."""
    name = step.path.rsplit("/", 1)[-1]
    labels = ", ".join(filter(None, (step.output.rows[row], step.output.columns[column])))
    return f"{name}({labels}), row {row + 1}, column {column + 1}".replace("()", "")


def written(expr: Expr, digits: int, constants: set[int]) -> str:
    """The expression in one line; exponents stand as e^(...)."""
    pieces: list[str] = []
    level = 0
    for token in tokens(expr):
        pieces.append("^(" * (token.level - level) + ")" * (level - token.level))
        level = token.level
        pieces.append(_text(token, digits, constants))
    return "".join(pieces) + ")" * level


def _text(token: Token, digits: int, constants: set[int]) -> str:
    leaf = token.leaf
    if leaf is None:
        return token.text
    text = format_whole(leaf.value, digits)
    if id(leaf) in constants and len(exact(leaf.value)) <= SHORT:
        text = exact(leaf.value)
    return f"({text})" if token.needs_guard and text.startswith("−") else text


def read_from(step: Step, expr: Expr) -> Iterator[str]:
    """Where the numbers were read: for each input its path and, where it is one, the row."""
    read: dict[int, list[Cell]] = {}
    for cell in cells(expr):
        read.setdefault(cell.source, []).append(cell)
    for source, found in sorted(read.items()):
        rows, columns = {c.row for c in found}, {c.column for c in found}
        place = f" row {min(rows) + 1}" if len(rows) == 1 else ""
        if len(columns) == 1:
            place += f" column {min(columns) + 1}"
        yield f"{step.inputs[source].path}{place}"
