"""Steps as Markdown: headings, formulas, tables, one number unfolded."""

from __future__ import annotations

import re
from collections.abc import Iterator

from engine.export.latex import formula
from engine.export.latex_arithmetic import decimals, figure, unfolded
from engine.export.selection import Manner, Selection, Work
from engine.trace import Matrix, Step

_SYMBOL = re.compile(r"\{([^{}]*)\}")
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~$&])")


def markdown(chosen: Selection, manner: Manner) -> Work:
    """A section for each step, with formulas as GitHub, Jupyter and Pandoc set them."""
    body = [f"# {escaped(chosen.title)}\n"]
    seen: set[str] = set()
    for done, step in enumerate(chosen.steps, start=1):
        body.extend(_step(step, chosen, manner, seen))
        yield done
    return ("\n".join(body).rstrip() + "\n").encode()


def _step(step: Step, chosen: Selection, manner: Manner, seen: set[str]) -> Iterator[str]:
    words = manner.words(step)
    yield f"## {escaped(words.title or words.name)}\n"
    yield f"`{step.path}`\n"
    if words.about:
        yield f"{_prose(words.about)}\n"
    yield f"$$\n{formula(step)}\n$$\n"
    for matrix in (*step.inputs, *(w.matrix for w in step.workings), step.output):
        if matrix.path not in seen:
            seen.add(matrix.path)
            yield table(matrix, manner.digits)
    yield f"$$\n{unfolded(step, *chosen.cell, manner.digits)}\n$$\n"


def _prose(text: str) -> str:
    """A text in which symbols stand in braces."""
    pieces = _SYMBOL.split(text)
    return "".join(f"${p}$" if i % 2 else escaped(p) for i, p in enumerate(pieces))


def table(matrix: Matrix, digits: int) -> str:
    """A matrix as a table with names for rows and columns; its symbol stands in the corner."""
    digits = decimals(matrix.data, digits)
    head = f"| ${matrix.symbol}$ | {' | '.join(map(escaped, matrix.columns))} |"
    rule = f"|---|{'---:|' * len(matrix.columns)}"
    rows = (
        f"| {escaped(name)} | {' | '.join(_cell(number, digits) for number in row)} |"
        for name, row in zip(matrix.rows, matrix.data.tolist(), strict=True)
    )
    return "\n".join([head, rule, *rows, ""])


def _cell(number: float, digits: int) -> str:
    text = figure(number, digits)
    return f"${text}$" if "\\" in text else text.replace("-", "−")


def escaped(text: str) -> str:
    """Words as Markdown shows them: `<s>` is no HTML, `*` no emphasis."""
    return _SPECIAL.sub(r"\\\1", text)
