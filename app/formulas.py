"""Formulas: the engine's LaTeX as SVG in the theme's colours, drawn once and kept."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from app.paths import RESOURCES, cache_folder
from app.theme import Look

_ROLE = re.compile(r"\\role\{(?P<role>[^{}]*)\}\{(?P<symbol>(?:[^{}]|\{[^{}]*\})*)\}")
_SIZE = 30


def colored(latex: str, look: Look) -> str:
    r"""The formula with `\role{query}{Q}` turned into the role's colour."""

    def paint(match: re.Match[str]) -> str:
        symbol = (
            match["symbol"]
            .replace("'", r"^{\prime}")
            .replace(r"^{\prime}^{\prime}", r"^{\prime\prime}")
        )
        return rf"{{\textcolor{{{look.theme.role(match['role'])}}}{{{symbol}}}}}"

    return _ROLE.sub(paint, latex)


def is_ready(latex: str, look: Look) -> bool:
    """Whether the formula's picture is at hand without typesetting."""
    return _kept(_key(latex, look)) is not None


def svg(latex: str, look: Look) -> bytes:
    """The formula as SVG; typeset when it is asked for the first time ever."""
    key = _key(latex, look)
    kept = _kept(key)
    if kept is not None:
        return kept
    drawn = typeset(colored(latex, look), look.theme.ink)
    folder = cache_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        temporary = folder / f"{key}.{id(drawn):x}.tmp"
        temporary.write_bytes(drawn)
        temporary.replace(folder / f"{key}.svg")
    except OSError:
        pass  # a read-only home costs time, not the formula
    return drawn


def typeset(latex: str, ink: str) -> bytes:
    """LaTeX to SVG with ziamath, which takes some 30 ms and a slow import."""
    from ziamath.config import config
    from ziamath.zmath import Latex

    # QtSvg can't read the <use> elements of SVG 2.
    config.svg2 = False
    return Latex(latex, size=_SIZE, color=ink).svg().encode()


def _key(latex: str, look: Look) -> str:
    text = f"{_SIZE}|{look.theme.ink}|{colored(latex, look)}"
    return hashlib.sha256(text.encode()).hexdigest()[:24]


def _kept(key: str) -> bytes | None:
    for folder in (RESOURCES / "formulas", cache_folder()):
        path = Path(folder, f"{key}.svg")
        if path.is_file():
            return path.read_bytes()
    return None
