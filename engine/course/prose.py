"""A lesson's text: Markdown of few kinds, read into sections, blocks and spans.

    # Title                          the lesson's title, then what it is about
    ## Title {#stop}                 a section, one for each stop; the last is {#end}
    ### Prompt {?question}           a question; "- [choice] ..." are its answers, and
      > ...                          indented under one of them: why it is wrong
    > ...                            what is folded until it is asked for
    - ...   1. ...   $$ ... $$       lists; a formula on lines of its own

Within a line: **bold**, *stressed*, `code`, $formula$, {value}, {stop.value}, {value:3} with
three decimals, and links [words](kind:target). A backslash takes a sign's meaning away.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce

from engine.course.spans import Span, spans
from engine.errors import InputError

_SECTION = re.compile(r"##\s+(?P<title>.*?)\s*\{#(?P<id>[\w-]+)\}\s*")
_QUESTION = re.compile(r"###\s+(?P<title>.*?)\s*\{\?(?P<id>[\w-]+)\}\s*")
_CHOICE = re.compile(r"-\s+\[(?P<id>[\w-]+)\](?!\()\s+(?P<text>.*)")
_REASON = re.compile(r"\s+>\s?(?P<text>.*)")
_ITEM = re.compile(r"(?P<mark>-|\d+\.)\s+(?P<text>.*)")
_WIDE = re.compile(r"[\u2e80-\u9fff\uff00-\uffef\u3000-\u303f]")


@dataclass(frozen=True)
class Paragraph:
    """Running text."""

    spans: tuple[Span, ...]
    line: int


@dataclass(frozen=True)
class Listing:
    """A list of items."""

    items: tuple[tuple[Span, ...], ...]
    is_ordered: bool
    line: int


@dataclass(frozen=True)
class Display:
    """A formula on a line of its own."""

    latex: str
    line: int


@dataclass(frozen=True)
class Folded:
    """What is hidden until the learner asks for it."""

    blocks: tuple[Block, ...]
    line: int


@dataclass(frozen=True)
class Asked:
    """A question in words; its choices by id, and by id why a choice is wrong."""

    id: str
    prompt: tuple[Span, ...]
    blocks: tuple[Block, ...]
    choices: tuple[tuple[str, tuple[Span, ...]], ...]
    line: int
    reasons: tuple[tuple[str, Paragraph], ...] = ()


Block = Paragraph | Listing | Display | Folded | Asked


@dataclass(frozen=True)
class Section:
    """The text of one stop."""

    id: str
    title: tuple[Span, ...]
    blocks: tuple[Block, ...]
    line: int


@dataclass(frozen=True)
class Prose:
    """The whole text of a lesson in one language: title, what it is about, sections."""

    title: tuple[Span, ...]
    about: tuple[Block, ...]
    sections: tuple[Section, ...]

    def section(self, stop: str) -> Section:
        """The section of a stop."""
        return next(s for s in self.sections if s.id == stop)


Line = tuple[int, str]


def read_prose(text: str) -> Prose:
    """The text read; InputError with the line of what can't be."""
    lines = list(enumerate(text.removeprefix("\ufeff").splitlines(), start=1))
    parts = _split(lines, "## ")
    head = [line for line in parts[0] if line[1].strip()]
    if not head or not head[0][1].startswith("# "):
        raise InputError("prose_title", "line 1")
    return Prose(
        spans(head[0][1][2:].strip(), head[0][0]),
        tuple(_blocks([(n, t) for n, t in parts[0] if n > head[0][0]])),
        tuple(_section(part) for part in parts[1:]),
    )


def _split(lines: list[Line], mark: str) -> list[list[Line]]:
    """The lines before the first that begins with the mark, then from each such line on."""
    found: list[list[Line]] = [[]]
    for line in lines:
        if line[1].startswith(mark):
            found.append([])
        found[-1].append(line)
    return found


def _section(lines: list[Line]) -> Section:
    number, heading = lines[0]
    match = _SECTION.fullmatch(heading)
    if match is None:
        raise InputError("prose_section", f"line {number}")
    body, *questions = _split(lines[1:], "### ")
    blocks = [*_blocks(body)]
    for part in questions:
        blocks += _asked(part)
    return Section(match["id"], spans(match["title"], number), tuple(blocks), number)


def _asked(lines: list[Line]) -> list[Block]:
    """A question with all up to what is folded under it; what comes after is the section's."""
    number, heading = lines[0]
    match = _QUESTION.fullmatch(heading)
    if match is None:
        raise InputError("prose_question", f"line {number}")
    choices, reasons, rest = _choices(lines[1:])
    prompt = spans(match["title"], number)
    blocks = list(_blocks(rest))
    folds = [place for place, block in enumerate(blocks) if isinstance(block, Folded)]
    end = folds[-1] + 1 if folds else len(blocks)
    asked = Asked(match["id"], prompt, tuple(blocks[:end]), choices, number, reasons)
    return [asked, *blocks[end:]]


def _choices(
    lines: list[Line],
) -> tuple[tuple[tuple[str, tuple[Span, ...]], ...], tuple[tuple[str, Paragraph], ...], list[Line]]:
    """The choices, the reasons that stand under them, and all other lines."""
    choices: list[tuple[str, tuple[Span, ...]]] = []
    reasons: dict[str, list[Line]] = {}
    rest: list[Line] = []
    for line, text in lines:
        choice, reason = _CHOICE.fullmatch(text), _REASON.fullmatch(text)
        if choice is not None:
            choices.append((choice["id"], spans(choice["text"], line)))
        elif reason is not None and choices:
            reasons.setdefault(choices[-1][0], []).append((line, reason["text"]))
        else:
            rest.append((line, text))
    told = ((name, _paragraph(found)) for name, found in reasons.items())
    return tuple(choices), tuple(told), rest


def _paragraph(lines: list[Line]) -> Paragraph:
    return Paragraph(spans(_joined([t for _, t in lines]), lines[0][0]), lines[0][0])


def _kind(text: str) -> str:
    """What a line begins: a blank line, something folded, a formula, an item, or text."""
    if not text.strip():
        return "blank"
    if text.startswith(">"):
        return "folded"
    if text.startswith("$$"):
        return "formula"
    if text.startswith("#"):
        return "heading"
    return "item" if _ITEM.fullmatch(text) else "text"


def _blocks(lines: list[Line]) -> Iterator[Block]:
    place = 0
    while place < len(lines):
        number, text = lines[place]
        kind = _kind(text)
        end = place + 1
        if kind == "heading":
            raise InputError("prose_heading", f"line {number}")
        if kind == "formula":
            end = _formula_end(lines, place)
            inner = "\n".join(t for _, t in lines[place:end])
            yield Display(inner.strip().removeprefix("$$").removesuffix("$$").strip(), number)
        elif kind != "blank":
            while end < len(lines) and _goes_on(kind, _kind(lines[end][1]), lines[end][1]):
                end += 1
            yield _block(kind, lines[place:end])
        place = end


def _goes_on(kind: str, next_kind: str, text: str) -> bool:
    if kind == "item":
        return next_kind == "item" or (next_kind == "text" and text.startswith(" "))
    return next_kind == kind


def _formula_end(lines: list[Line], place: int) -> int:
    number, text = lines[place]
    if text.strip().endswith("$$") and len(text.strip()) > 4:
        return place + 1
    for end in range(place + 1, len(lines)):
        if lines[end][1].strip().endswith("$$"):
            return end + 1
    raise InputError("prose_open", f"line {number}", sign="$$")


def _block(kind: str, lines: list[Line]) -> Block:
    number = lines[0][0]
    if kind == "folded":
        inner = [(n, t[1:].removeprefix(" ")) for n, t in lines]
        return Folded(tuple(_blocks(inner)), number)
    if kind == "item":
        return _listing(lines)
    return _paragraph(lines)


def _listing(lines: list[Line]) -> Listing:
    items: list[tuple[int, list[str]]] = []
    for number, text in lines:
        match = _ITEM.fullmatch(text)
        if match:
            items.append((number, [match["text"]]))
        else:
            items[-1][1].append(text.strip())
    is_ordered = lines[0][1][0].isdigit()
    made = tuple(spans(_joined(texts), number) for number, texts in items)
    return Listing(made, is_ordered, lines[0][0])


def _joined(texts: list[str]) -> str:
    """Lines as one: with a space between them, but none beside a Chinese character."""

    def join(left: str, right: str) -> str:
        is_wide = _WIDE.match(left[-1:]) or _WIDE.match(right[:1])
        return f"{left}{'' if is_wide else ' '}{right}"

    return reduce(join, (t.strip() for t in texts))
