"""The words of an arithmetic line, and where the line may be broken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF

from app.face import Face
from engine import Token


@dataclass
class Word:
    """A token as it is painted: text, colour, face and place."""

    token: Token
    text: str
    color: str
    is_result: bool = False
    face: Face | None = None
    width: float = 0.0
    rise: float = 0.0
    at: QPointF | None = None


def terms(words: Sequence[Word]) -> list[list[Word]]:
    """The words in pieces that must not be torn: a line breaks before + − ÷ = only."""
    found: list[list[Word]] = [[]]
    for word in words:
        is_sign = word.token.level == 0 and word.text in {" + ", " − ", " ÷ ", " = ", ", "}
        if is_sign and found[-1]:
            found.append([])
        found[-1].append(word)
    return found


def one_line(words: Sequence[Word], dots: Word, room: float) -> list[Word]:
    """The beginning, or what is done next, as far as there is room; then the result."""
    pieces = terms(words)
    lit = next((i for i, t in enumerate(pieces) if any(w.token.is_next for w in t)), 0)
    last = pieces[-1] if lit < len(pieces) - 1 else []
    kept = [dots] if lit else []
    room -= 2 * dots.width + sum(w.width for w in last)
    for term in pieces[lit : len(pieces) - 1] if last else pieces[lit:]:
        room -= sum(w.width for w in term)
        if room < 0 and len(kept) > bool(lit):
            kept.append(replace(dots))
            break
        kept.extend(term)
    return kept + last
