"""Searches the texts of lessons: what was found, best first, with the words around it. No Qt."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.library import Book
from engine.course import Asked, Block, Display, Folded, Listing, Paragraph, Span, in_line, plain

TITLE, HEADING, TEXT = 0, 2, 4
"""Where a word stands, the best place first; in the midst of another word it counts 1 more."""

ROOM = 36
"""How much of a text is shown before and after what was found, a Chinese character counting 2."""

UNTOLD = "…"
"""What stands for a value that is computed when the lesson is shown."""


@dataclass(frozen=True)
class Hit:
    """A place in a lesson that holds what was searched for: a stop, or −1 for the whole."""

    slug: str
    place: int
    title: str
    excerpt: str


@dataclass(frozen=True)
class _Page:
    """A stop's heading and questions, its text in lines; or a lesson's title and introduction."""

    place: int
    title: str
    heads: tuple[str, ...]
    lines: tuple[str, ...]


def search(books: Sequence[Book], text: str) -> list[Hit]:
    """The lessons and stops that hold all the words: in titles first, then in headings and
    questions, then in the text; as whole words before parts of others; else in their order."""
    wanted = words_of(text)
    found: list[tuple[int, Hit]] = []
    for book in books if wanted else ():
        for page in _pages(book):
            places = [_rank(page, word) for word in wanted]
            if None not in places:
                hit = Hit(book.lesson.slug, page.place, page.title, _excerpt(page, wanted))
                found.append((sum(p for p in places if p is not None), hit))
    return [hit for _, hit in sorted(found, key=lambda f: f[0])]


def words_of(text: str) -> list[str]:
    """What is searched for, word by word."""
    return _folded(text).split()


def marked(text: str, words: Sequence[str]) -> list[tuple[str, bool]]:
    """The text in pieces, each with whether it is one of the words."""
    folded, at = _folded(text), 0
    pieces: list[tuple[str, bool]] = []
    while at < len(text):
        starts = [(folded.find(word, at), -len(word)) for word in words if word in folded[at:]]
        start, length = min(starts, default=(len(text), 0))
        if start > at:
            pieces.append((text[at:start], False))
        if length:
            pieces.append((text[start : start - length], True))
        at = start - length
    return pieces


def _folded(text: str) -> str:
    """Letter by letter without case, raised letters on the line: a place stays the same place."""
    return "".join(map(_letter, text))


def _letter(one: str) -> str:
    found = unicodedata.normalize("NFKC", one).casefold().replace("−", "-")
    return found if len(found) == 1 else one


def _pages(book: Book) -> Iterator[_Page]:
    about = tuple(line for block in book.prose.about for line in _lines(block))
    yield _Page(-1, book.title, (), about)
    for place, section in enumerate(book.prose.sections):
        asked = [plain(b.prompt, UNTOLD) for b in section.blocks if isinstance(b, Asked)]
        lines = tuple(line for block in section.blocks for line in _lines(block))
        yield _Page(place, book.heading(place), (book.heading(place), *asked), lines)


def _lines(block: Block) -> list[str]:
    if isinstance(block, Paragraph):
        return [plain(block.spans, UNTOLD)]
    if isinstance(block, Listing):
        return [plain(item, UNTOLD) for item in block.items]
    if isinstance(block, Display):
        return [in_line(block.latex)]
    inner = [line for b in block.blocks for line in _lines(b)]
    if isinstance(block, Folded):
        return inner
    told: list[tuple[Span, ...]] = [words for _, words in block.choices]
    return [*(plain(words, UNTOLD) for words in told), *inner]


def _rank(page: _Page, word: str) -> int | None:
    """The best place of a word on a page; None where it does not stand."""
    title = (page.title,) if page.place < 0 else ()
    fields = ((TITLE, title), (HEADING, page.heads), (TEXT, page.lines))
    ranks = [
        place + (0 if _is_whole(line, word) else 1)
        for place, lines in fields
        for line in map(_folded, lines)
        if word in line
    ]
    return min(ranks, default=None)


def _is_whole(line: str, word: str) -> bool:
    """Whether it stands there as a word; between Chinese characters every place is a border."""
    at = line.find(word)
    while at >= 0:
        if _is_border(line, at) and _is_border(line, at + len(word)):
            return True
        at = line.find(word, at + 1)
    return False


def _is_border(line: str, at: int) -> bool:
    if at in {0, len(line)}:
        return True
    left, right = line[at - 1], line[at]
    return not (left.isalnum() and right.isalnum()) or _is_wide(left) or _is_wide(right)


def _is_wide(one: str) -> bool:
    return unicodedata.east_asian_width(one) in {"W", "F"}


def _excerpt(page: _Page, words: Sequence[str]) -> str:
    """The line that holds most of the words, cut between words where it is too long."""
    lines = page.lines if page.place < 0 else (*page.heads[1:], *page.lines)
    if not lines:
        return ""
    line = max(lines, key=lambda one: sum(word in _folded(one) for word in words))
    folded = _folded(line)
    found = [(folded.find(word), len(word)) for word in words if word in folded]
    at, length = min(found, default=(0, 0))
    start, end = _reached(line, at, -1), _reached(line, at + length, 1)
    piece = line[start:end].strip()
    if start:
        piece = piece.lstrip("，。、；：？！）”,.;:?!) ")
        piece = f"…{'' if _is_wide(piece[:1] or ' ') else ' '}{piece}"
    if end < len(line):
        piece = f"{piece}{'' if _is_wide(piece[-1:] or ' ') else ' '}…"
    return piece


def _reached(line: str, at: int, way: int) -> int:
    """Where the room ends on this side, or the last gap between words before it."""
    left, gap = ROOM, at
    while 0 <= at - (way < 0) < len(line):
        one = line[at - (way < 0)]
        left -= 2 if _is_wide(one) else 1
        if left < 0:
            return gap
        at += way
        if 0 < at < len(line) and _is_gap(line, at):
            gap = at
    return at


def _is_gap(line: str, at: int) -> bool:
    left, right = line[at - 1], line[at]
    return left.isspace() or right.isspace() or _is_wide(left) or _is_wide(right)
