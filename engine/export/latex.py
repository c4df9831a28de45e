r"""Steps as LaTeX: their matrices, and the arithmetic of one number, unfolded.

The body needs amsmath alone; `\fit`, which a document's head defines, keeps what is too
wide within the line.
"""

from __future__ import annotations

import re

from engine.export.latex_arithmetic import decimals, figure, unfolded
from engine.export.selection import Manner, Selection, Work
from engine.trace import Matrix, Part, Step

_ROLE = re.compile(r"\\role\{[^{}]*\}\{((?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\}")
_NOTATION = re.compile(r"(?<![\w/.])(√?)([A-Za-z])_([A-Za-z0-9]+)(?![\w/])", re.ASCII)
_SPECIAL = {
    **{sign: f"\\{sign}" for sign in "{}$&#%_"},
    "\\": r"\textbackslash{}",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
}
_SIGNS = {
    "×": r"\times",
    "·": r"\cdot",
    "÷": r"\div",
    "→": r"\to",
    "⊙": r"\odot",
    "−": "-",
    "|": r"\,\|\,",
}

_HEAD = r"""% Steps of a Transformer, written by Stepformer.
\documentclass{article}
\usepackage[a4paper,landscape,margin=15mm]{geometry}
\usepackage{amsmath}
\usepackage{graphicx}
__LETTERS__
% What is wider than the line is made smaller.
\newsavebox{\wide}
\newcommand{\fit}[1]{\sbox{\wide}{$\displaystyle #1$}%
  \ifdim\wd\wide>\linewidth\resizebox{\linewidth}{!}{\usebox{\wide}}\else\usebox{\wide}\fi}

\begin{document}
"""

_LETTERS = r"""% For the words. ctex brings no letters that pdflatex could set; CJK does.
\usepackage{iftex}
\ifpdftex
  \usepackage{CJKutf8}
  \AtBeginDocument{\begin{CJK*}{UTF8}{gbsn}}
  \AtEndDocument{\clearpage\end{CJK*}}
\else
  \usepackage[scheme=plain]{ctex}
\fi
"""


def latex(chosen: Selection, manner: Manner) -> Work:
    """A document with a section for each step: formula, matrices, one number unfolded."""
    body = []
    for done, step in enumerate(chosen.steps, start=1):
        words = manner.words(step)
        body.append(f"\\section*{{{prose(words.title or words.name)}}}")
        body.append(f"\\texttt{{{escaped(step.path)}}}\n")
        body.append("\n\n".join(f"\\[\n{line}\n\\]" for line in lines(step, chosen, manner)))
        body.append("")
        yield done
    text = "\n".join(body)
    letters = "" if text.isascii() else _LETTERS
    return f"{_HEAD.replace('__LETTERS__', letters)}\n{text}\n\\end{{document}}\n".encode()


def lines(step: Step, chosen: Selection, manner: Manner) -> list[str]:
    """Three displays: the formula, the matrices, and the arithmetic of the chosen number."""
    return [
        formula(step),
        f"\\fit{{\n{equation(step, manner.digits)}\n}}",
        f"\\fit{{\n{unfolded(step, *chosen.cell, manner.digits)}\n}}",
    ]


def fragment(step: Step, cell: tuple[int, int] | None, digits: int) -> str:
    """A step for the clipboard: its matrices and, if a number is chosen, its arithmetic.

    It needs amsmath alone.
    """
    shown = [equation(step, digits)]
    if cell is not None:
        shown.append(unfolded(step, *cell, digits))
    return "\n".join(f"\\[\n{line}\n\\]" for line in shown)


def formula(step: Step) -> str:
    """The step's formula without the roles that only the window has colours for."""
    return plain(step.formula)


def plain(text: str) -> str:
    r"""LaTeX with `\role{query}{Q}` turned into Q."""
    return _ROLE.sub(r"\1", text)


def equation(step: Step, digits: int) -> str:
    """The step's matrices with the signs between them, as the stage shows them."""
    return "\n".join(_part(part, digits) for part in step.parts())


def _part(part: Part, digits: int) -> str:
    if part.matrix is None:
        return _sign(part.sign)
    symbol = f"{part.matrix.symbol}^{{T}}" if part.is_transposed else part.matrix.symbol
    return f"\\underset{{{symbol}}}{{{matrix(part.matrix, digits, part.is_transposed)}}}"


def _sign(sign: str) -> str:
    """A sign between matrices; letters in it are words and stand upright."""
    found = re.sub(r"√(\w+)", r"\\sqrt{\1}", sign)
    found = re.sub(r"(?<![\\\w])([A-Za-z]{2,})", r"\\mathrm{\1}", found)
    return "".join(f"{_SIGNS[s]} " if s in _SIGNS else s for s in found).strip()


def matrix(shown: Matrix, digits: int, is_transposed: bool = False) -> str:
    """A matrix in brackets, with its rows' names at the left where they are words."""
    data = shown.data.T if is_transposed else shown.data
    digits = decimals(shown.data, digits)
    names = shown.columns if is_transposed else shown.rows
    rows = [" & ".join(figure(number, digits) for number in row) for row in data.tolist()]
    inner = " \\\\\n".join(rows)
    bracketed = f"\\left[\\begin{{array}}{{{'r' * data.shape[1]}}}\n{inner}\n\\end{{array}}\\right]"
    if not any(name and not name.isdecimal() for name in names):
        return bracketed
    words = " \\\\ ".join(f"\\text{{{escaped(name)}}}" for name in names)
    return f"\\begin{{array}}{{r}} {words} \\end{{array}}\n{bracketed}"


def prose(text: str) -> str:
    """Words with names of the notation, as in √d_k, which stand as formulas."""
    pieces: list[str] = []
    at = 0
    for match in _NOTATION.finditer(text):
        root, letter, below = match.groups()
        under = below if len(below) == 1 else rf"\mathrm{{{below}}}"
        name = f"{letter}_{{{under}}}"
        pieces += escaped(text[at : match.start()]), rf"$\sqrt{{{name}}}$" if root else f"${name}$"
        at = match.end()
    return "".join([*pieces, escaped(text[at:])])


def escaped(text: str) -> str:
    """Words as LaTeX prints them."""
    return "".join(_SPECIAL.get(sign, sign) for sign in text)
