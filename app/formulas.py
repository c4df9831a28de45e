"""Formulas: the engine's LaTeX as SVG in the theme's colours, typeset once and kept."""

from __future__ import annotations

from pathlib import Path

from app.paths import RESOURCES, cache_folder
from app.theme import Look
from app.typesetting import keep, name, painted, typeset


def is_ready(latex: str) -> bool:
    """Whether the formula's picture is at hand without typesetting."""
    return _kept(name(latex)) is not None


def svg(latex: str, look: Look) -> bytes:
    """The formula as SVG; typeset when it is asked for the first time ever."""
    drawn = _kept(name(latex))
    if drawn is None:
        drawn = typeset(latex)
        try:
            cache_folder().mkdir(parents=True, exist_ok=True)
            keep(drawn, cache_folder() / name(latex))
        except OSError:
            pass  # a read-only home costs time, not the formula
    return painted(drawn, look.theme)


def _kept(file_name: str) -> bytes | None:
    for folder in (RESOURCES / "formulas", cache_folder()):
        path = Path(folder, file_name)
        if path.is_file():
            return path.read_bytes()
    return None
