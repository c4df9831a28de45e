"""The words of an arithmetic line, and where the line may be broken."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF
from PySide6.QtGui import QFont

from engine import Token


@dataclass
class Word:
    """A token as it is painted: text, font, colour and place."""

    token: Token
    text: str
    font: QFont
    color: str
    width: float
    rise: float = 0.0
    at: QPointF | None = None


def terms(words: list[Word]) -> list[list[Word]]:
    """The words in pieces that must not be torn: a line breaks before + − ÷ = only."""
    found: list[list[Word]] = [[]]
    for word in words:
        is_sign = word.token.level == 0 and word.text in {" + ", " − ", " ÷ ", " = ", ", "}
        if is_sign and found[-1]:
            found.append([])
        found[-1].append(word)
    return found
