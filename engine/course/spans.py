"""What stands within a line of a lesson's text: words, formulas, values, links."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from engine.course.linear import in_line
from engine.errors import InputError

LINKS = ("step", "number", "symbol", "claim", "stop", "lesson", "try", "plot", "https")
"""The kinds of links; `https` leads out of the app."""


@dataclass(frozen=True)
class Words:
    """Plain text."""

    text: str


@dataclass(frozen=True)
class Styled:
    """Text in a style: "bold", "stressed"."""

    style: str
    spans: tuple[Span, ...]


@dataclass(frozen=True)
class Code:
    """Text as it stands, such as a path."""

    text: str


@dataclass(frozen=True)
class Formula:
    """LaTeX within a line."""

    latex: str


@dataclass(frozen=True)
class Quoted:
    """A value by name; `stop` where it is another stop's, `digits` where they are fixed."""

    name: str
    stop: str = ""
    digits: int | None = None


@dataclass(frozen=True)
class Link:
    """A link of one of the kinds of LINKS; `line` is where it stands."""

    kind: str
    target: str
    spans: tuple[Span, ...]
    line: int


Span = Words | Styled | Code | Formula | Quoted | Link

_MARK = re.compile(
    r"""\\(?P<escaped>[\\`*{}\[\]$#>_-])
  | `(?P<code>[^`]+)`
  | \$(?P<formula>(?:\\.|[^$\\])+)\$
  | \{(?:(?P<stop>[\w-]+)\.)?(?P<value>[\w-]+)(?::(?P<digits>[0-6]))?\}
  | \[(?P<words>(?:\\.|\{[^{}]*\}|\$[^$]*\$|[^\[\]\\])*)\]\((?P<link>[^()\s]*)\)
  | \*\*(?P<bold>(?:\\.|\*[^*]+\*|[^*\\])+)\*\*
  | \*(?P<stressed>(?:\\.|[^*\\])+)\*
  | (?P<open>[`${}*]|\]\()
""",
    re.VERBOSE,
)


def spans(text: str, line: int) -> tuple[Span, ...]:
    """The text in spans; InputError with the line where a sign has no partner."""
    return tuple(_merged(_spans(text, line)))


def _spans(text: str, line: int) -> Iterator[Span]:
    at = 0
    for match in _MARK.finditer(text):
        if match.start() > at:
            yield Words(text[at : match.start()])
        yield _span(match, line)
        at = match.end()
    if at < len(text):
        yield Words(text[at:])


def _span(match: re.Match[str], line: int) -> Span:
    kind = str(match.lastgroup)
    if kind == "open":
        raise InputError("prose_open", f"line {line}", sign=match["open"])
    if kind == "escaped":
        return Words(match["escaped"])
    if kind == "code":
        return Code(match["code"])
    if kind == "formula":
        return Formula(match["formula"].strip())
    if kind in {"bold", "stressed"}:
        return Styled(kind, spans(match[kind], line))
    if kind == "link":
        return _link(match, line)
    digits = int(match["digits"]) if match["digits"] else None
    return Quoted(match["value"], match["stop"] or "", digits)


def _link(match: re.Match[str], line: int) -> Link:
    kind, colon, target = match["link"].partition(":")
    if kind not in LINKS or not colon or not target:
        raise InputError("prose_link", f"line {line}", found=match["link"], known=", ".join(LINKS))
    return Link(kind, target, spans(match["words"], line), line)


def _merged(found: Iterable[Span]) -> Iterator[Span]:
    """Neighbouring words as one."""
    words = ""
    for span in found:
        if isinstance(span, Words):
            words += span.text
            continue
        if words:
            yield Words(words)
            words = ""
        yield span
    if words:
        yield Words(words)


def walk(found: Iterable[Span]) -> Iterator[Span]:
    """All spans, those inside of others too."""
    for span in found:
        yield span
        if isinstance(span, Styled | Link):
            yield from walk(span.spans)


def plain(found: Iterable[Span], value: str = "") -> str:
    """The words alone, formulas in one line, `value` for values: for headings and searching."""
    parts = []
    for span in found:
        if isinstance(span, Words | Code):
            parts.append(span.text)
        elif isinstance(span, Styled | Link):
            parts.append(plain(span.spans, value))
        elif isinstance(span, Formula):
            parts.append(in_line(span.latex))
        else:
            parts.append(value)
    return "".join(parts)
