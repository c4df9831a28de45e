"""LaTeX to SVG with ziamath, once for all themes; without Qt, so that a build can do it.

`python -m app.typesetting FOLDER` typesets the formulas of all models and lessons ahead, so
that a start finds them and neither waits nor grows by what typesetting takes.
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from app.palettes import LIGHT, Theme
from app.paths import RESOURCES

if TYPE_CHECKING:
    from engine.course import Block

_ROLE = re.compile(r"\\role\{(?P<role>[^{}]*)\}\{(?P<symbol>(?:[^{}]|\{[^{}]*\})*)\}")
_SIZE = 30

# Colours that stand for the ink and the roles until a theme is known; no theme has them.
_INK = "#fe00ff"
_STANDINS = {role: f"#fe{place:04x}" for place, role in enumerate(sorted(LIGHT.roles))}


def neutral(latex: str) -> str:
    r"""The formula with `\role{query}{Q}` turned into a colour that stands for the role."""

    def paint(match: re.Match[str]) -> str:
        symbol = (
            match["symbol"]
            .replace("'", r"^{\prime}")
            .replace(r"^{\prime}^{\prime}", r"^{\prime\prime}")
        )
        return rf"{{\textcolor{{{_STANDINS.get(match['role'], _INK)}}}{{{symbol}}}}}"

    return _ROLE.sub(paint, latex)


def name(latex: str) -> str:
    """The file that holds the formula's picture: as good as never two for one."""
    text = f"{_SIZE}|{sorted(_STANDINS)}|{neutral(latex)}"
    return f"{hashlib.sha256(text.encode()).hexdigest()[:24]}.svg"


def typeset(latex: str) -> bytes:
    """LaTeX to SVG in colours that stand for those of a theme.

    It takes some 30 ms, and the first one an import of half a second.
    """
    from ziamath.config import config
    from ziamath.zmath import Latex

    # QtSvg can't read the <use> elements of SVG 2.
    config.svg2 = False
    return Latex(neutral(latex), size=_SIZE, color=_INK).svg().encode()


def painted(drawn: bytes, theme: Theme) -> bytes:
    """The picture in a theme's colours."""
    for role, standin in _STANDINS.items():
        drawn = drawn.replace(standin.encode(), theme.role(role).encode())
    return drawn.replace(_INK.encode(), theme.ink.encode())


def known_formulas() -> Iterator[str]:
    """Those of every built-in scenario, of every stop of every lesson, and of the texts."""
    from engine import BUILTINS, builtin, run
    from engine.course import LESSONS, Visit, lessons, read_prose, texts_of

    for source in BUILTINS:
        yield from (step.formula for step in run(builtin(source)))
    for lesson in lessons():
        for place, stop in enumerate(lesson.stops):
            for size in stop.sizes:
                yield from (step.formula for step in Visit(lesson, place, size).trace)
        for text in texts_of(LESSONS / lesson.slug):
            for section in read_prose(text).sections:
                yield from formulas_in(section.blocks)


def formulas_in(blocks: Sequence[Block]) -> Iterator[str]:
    """Those of a text: among the words, and on lines of their own, folded or asked, too."""
    from engine.course import Display, Formula, spans_in

    yield from (span.latex for span, _ in spans_in(blocks) if isinstance(span, Formula))
    for block in blocks:
        if isinstance(block, Display):
            yield block.latex
        yield from formulas_in(getattr(block, "blocks", ()))


def typeset_ahead(folder: Path) -> int:
    """Put every known formula into a folder; how many there are. Those there already stay."""
    folder.mkdir(parents=True, exist_ok=True)
    wanted = {name(latex): latex for latex in known_formulas()}
    for file in folder.glob("*.svg"):
        if file.name not in wanted:
            file.unlink()
    for file_name, latex in wanted.items():
        if not (folder / file_name).is_file():
            keep(typeset(latex), folder / file_name)
    return len(wanted)


def keep(drawn: bytes, path: Path) -> None:
    """Write a picture whole or not at all."""
    temporary = path.with_suffix(f".{id(drawn):x}.tmp")
    temporary.write_bytes(drawn)
    temporary.replace(path)


if __name__ == "__main__":
    typeset_ahead(Path(sys.argv[1]) if len(sys.argv) > 1 else RESOURCES / "formulas")
