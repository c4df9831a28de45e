"""Symbols: the engine's short LaTeX ("W_Q") painted and as HTML, and names within a text."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from functools import cache

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QPainter

from app.face import Face
from app.theme import SERIF

_NAMES = {
    r"\Delta": "Δ",
    r"\gamma": "γ",
    r"\beta": "β",
    r"\mu": "μ",
    r"\sigma": "σ",
    r"\Sigma": "Σ",
    r"\epsilon": "ε",
    r"\ell": "ℓ",
    r"\max": "max",
    r"\ln": "ln",
}

_PIECE = re.compile(r"(?P<mark>[_^]?)(?:\{(?P<group>[^{}]*)\}|(?P<one>\\[A-Za-z]+|.))")


@dataclass(frozen=True)
class Run:
    """A piece of a symbol: text on the line (0), below (−1) or above it (1)."""

    text: str
    level: int = 0


@cache
def runs(symbol: str) -> tuple[Run, ...]:
    """The pieces of a symbol; primes become real primes on the line."""
    found: list[Run] = []
    for match in _PIECE.finditer(symbol):
        text = match["group"] if match["group"] is not None else match["one"]
        for name, character in _NAMES.items():
            text = text.replace(name, character)
        text = text.replace("'", "′").replace("-", "−").replace(" ", "\u2009")
        level = {"": 0, "_": -1, "^": 1}[match["mark"]]
        if found and found[-1].level == level:
            found[-1] = Run(found[-1].text + text, level)
        else:
            found.append(Run(text, level))
    return tuple(found)


def as_html(symbol: str, color: str) -> str:
    """The symbol for rich text, in its colour."""
    tags = {0: ("", ""), -1: ("<sub>", "</sub>"), 1: ("<sup>", "</sup>")}
    inner = "".join(
        f"{tags[r.level][0]}{html.escape(r.text)}{tags[r.level][1]}" for r in runs(symbol)
    )
    return (
        f"<span style=\"color:{color};font-family:'{SERIF}';"
        f'font-style:italic;font-weight:700">{inner}</span>'
    )


_NAMED = re.compile(r"(?<![\w/.])([A-Za-z])_([A-Za-z0-9]+)(?![A-Za-z0-9_/])", re.ASCII)
"""A name of the notation in running text: one letter with what stands below it, d_model."""


@dataclass(frozen=True)
class Piece:
    """A piece of running text; a name of the notation is its letter, then what is below it."""

    text: str
    is_symbol: bool = False
    is_below: bool = False

    @property
    def is_italic(self) -> bool:
        """Letters that stand for something are; a word below a letter is a word."""
        return self.is_symbol and (len(self.text) == 1 and self.text.isalpha())


def named(text: str) -> list[Piece]:
    """Running text with its d_k and W_Q set apart."""
    found, at = [], 0
    for match in _NAMED.finditer(text):
        found += [Piece(text[at : match.start()])] if match.start() > at else []
        found += [Piece(match[1], True), Piece(match[2], True, True)]
        at = match.end()
    return [*found, Piece(text[at:])] if at < len(text) else found


def rich(text: str) -> str:
    """Running text for rich text, its d_k and W_Q with what is below them below."""
    return "".join(_rich(piece) for piece in named(text))


def _rich(piece: Piece) -> str:
    inner = html.escape(piece.text)
    if not piece.is_symbol:
        return inner
    if piece.is_italic:
        inner = f"<i>{inner}</i>"
    return f"<sub>{inner}</sub>" if piece.is_below else inner


def plain(symbol: str) -> str:
    """The symbol in one line of plain text, for tooltips and screen readers."""
    return "".join(r.text for r in runs(symbol))


def symbol_width(symbol: str, face: Face) -> float:
    """How wide `paint_symbol` paints it."""
    return sum((face.smaller if r.level else face).width(r.text) for r in runs(symbol))


def paint_symbol(painter: QPainter, at: QPointF, symbol: str, face: Face, color: QColor) -> float:
    """Paint the symbol with its baseline's left end at `at`; gives its width."""
    painter.setPen(color)
    x, size = at.x(), face.font.pixelSize()
    for run in runs(symbol):
        used = face.smaller if run.level else face
        y = at.y() + {0: 0.0, -1: 0.22 * size, 1: -0.36 * size}[run.level]
        used.write(painter, QPointF(x, y), run.text)
        x += used.width(run.text)
    return x - at.x()
