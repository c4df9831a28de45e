"""Symbols of matrices: the engine's short LaTeX ("W_Q") as painted text and as HTML."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from functools import cache

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QPainter

from app.face import Face

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
        f"<span style=\"color:{color};font-family:'Stepformer Math';"
        f'font-style:italic;font-weight:700">{inner}</span>'
    )


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
