"""A formula's LaTeX in one line of plain text, as one reads it: softmax(QKᵀ/√d_k)V."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

_TOKEN = re.compile(r"\\(?P<name>[A-Za-z]+)|\\(?P<space>[,;: ])|(?P<sign>[{}^_])|(?P<one>.)", re.S)

SIGNS: Mapping[str, str] = MappingProxyType(
    {
        "infty": "∞",
        "cdot": "·",
        "times": "×",
        "top": "ᵀ",
        "left": "",
        "right": "",
        "quad": ", ",
        "qquad": ", ",
        "sum": "Σ",
        "alpha": "α",
        "beta": "β",
        "gamma": "γ",
        "epsilon": "ε",
        "mu": "μ",
        "sigma": "σ",
        "partial": "∂",
        "le": "≤",
        "ge": "≥",
        "in": "∈",
        "odot": "⊙",
        "oplus": "⊕",
        "ldots": "…",
    }
)
"""Commands that stand for a sign; any other is a name, such as tanh."""

_RAISED = str.maketrans("0123456789−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
_LOOSE = re.compile(r"[+−=·/]")
_ROOM = re.compile(r"\s+(?=,)|\s*(/)\s*|(\s)\s+")


def in_line(latex: str) -> str:
    """The formula as plain text; what is written wrongly is left as it stands."""
    reader, text = _Reader(latex), ""
    while reader.place < len(reader.tokens):  # a brace too many ends nothing
        text += reader.all()
    return _ROOM.sub(lambda m: m[1] or m[2] or "", text).strip()


class _Reader:
    """Reads a formula from left to right."""

    def __init__(self, latex: str) -> None:
        self.tokens = list(_TOKEN.finditer(latex))
        self.place = 0

    def all(self) -> str:
        """Everything that is left, up to a closing brace."""
        parts = []
        while self.place < len(self.tokens):
            if self.tokens[self.place][0] == "}":
                self.place += 1
                break
            parts.append(self.one())
        return "".join(parts)

    def one(self) -> str:
        """The next sign, command or group; nothing at the end."""
        if self.place >= len(self.tokens):
            return ""
        token = self.tokens[self.place]
        self.place += 1
        if token["name"]:
            return self._command(token["name"])
        if token["space"]:
            return " "
        if token["sign"] == "{":
            return self.all()
        if token["sign"] in {"^", "_"}:
            return self._moved(token["sign"])
        return "−" if token[0] == "-" else token[0]

    def _command(self, name: str) -> str:
        if name == "role":
            self._given()  # its colour
            return self._given()
        if name in {"mathrm", "text", "mathbf"}:
            return self._given()
        if name == "sqrt":
            return f"√{_held(self._given())}"
        if name == "frac":
            return f"{_held(self._given())}/{_held(self._given())}"
        return SIGNS.get(name, name)

    def _given(self) -> str:
        """What a command is given; spaces before it mean nothing."""
        while self.place < len(self.tokens) and self.tokens[self.place][0].isspace():
            self.place += 1
        return self.one()

    def _moved(self, sign: str) -> str:
        """An index, d_k; a power, x² or e^(−x)."""
        inner = self._given().strip()
        if sign == "^" and inner == "ᵀ":
            return inner
        if sign == "^" and inner and not inner.strip("0123456789−"):
            return inner.translate(_RAISED)
        return sign + _held(inner)


def _held(inner: str) -> str:
    """In brackets where it would fall apart; a minus in front holds."""
    inner = inner.strip()
    return f"({inner})" if _LOOSE.search(inner[1:]) else inner
