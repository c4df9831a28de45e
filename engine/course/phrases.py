"""Phrases: the small closed language in which a lesson says what it speaks of.

    scores[1, 2]                    row 1, column 2 of a step's output, from 1
    weights['see', :]               a row by its label; all columns
    weights@unscaled                the same step in the variant of that name
    weights.exp                     a working of the step
    sum(Q[1, :] * K[2, :]) / 2      arithmetic, number by number

A name is a path, so a division needs a space before its stroke. There is nothing here
that could be run: a phrase is read into a tree of the classes below, and that is all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NoReturn

from engine.errors import InputError, Wording

DEEPEST = 20
LONGEST = 300


@dataclass(frozen=True)
class Literal:
    """A number that is written down."""

    value: float


@dataclass(frozen=True)
class Reference:
    """A matrix of a trace: a step's output, a parameter, a mask; or a working of a step."""

    name: str
    working: str = ""
    variant: str = ""


@dataclass(frozen=True)
class Span:
    """Rows or columns, from 1, both ends included; negative ones count from the end.

    A label stands for the one row or column that has it.
    """

    first: int = 1
    last: int = -1
    label: str = ""

    @property
    def is_one(self) -> bool:
        """Whether it is a single row or column, whatever the matrix."""
        return bool(self.label) or self.first == self.last


@dataclass(frozen=True)
class Selection:
    """Some rows and columns of a matrix."""

    of: Tree
    rows: Span
    columns: Span


@dataclass(frozen=True)
class Operation:
    """Two sides and a sign between them: + − * /."""

    sign: str
    left: Tree
    right: Tree


@dataclass(frozen=True)
class Call:
    """A function of the vocabulary with what it is given."""

    function: str
    given: tuple[Tree, ...]


Tree = Literal | Reference | Selection | Operation | Call


@dataclass(frozen=True)
class Phrase:
    """A phrase as it was written, and read."""

    text: str
    tree: Tree


def phrase(text: str | float) -> Phrase:
    """Read a phrase; a bare number is one. InputError naming the character that is wrong."""
    if isinstance(text, int | float):
        return Phrase(f"{text:g}", Literal(float(text)))
    if len(text) > LONGEST:
        raise InputError("phrase_long", found=len(text), limit=LONGEST)
    return Phrase(text, _Reader(text).whole())


_TOKEN = re.compile(
    r"""\s*(?:
    (?P<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)
  | (?P<name>[^\W\d]\w*(?:/\w+)*)
  | (?P<label>"[^"]*"|'[^']*')
  | (?P<variant>@[\w-]+)
  | (?P<working>\.[^\W\d]\w*)
  | (?P<sign>[-+*/()\[\],:])
  | (?P<end>$)
  )""",
    re.VERBOSE,
)


@dataclass(frozen=True)
class _Token:
    kind: str
    text: str
    at: int


class _Reader:
    """Reads one phrase from left to right."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = self._split()
        self.place = 0
        self.depth = 0

    def _split(self) -> list[_Token]:
        found: list[_Token] = []
        at = 0
        while not found or found[-1].kind != "end":
            match = _TOKEN.match(self.text, at)
            if match is None:
                rest = self.text[at:].lstrip()
                self._refuse(
                    _Token("", rest[:1], len(self.text) - len(rest)), Wording("something_else")
                )
            kind = str(match.lastgroup)
            found.append(_Token(kind, match[kind], match.start(kind)))
            at = match.end()
        return found

    def _refuse(self, token: _Token, expected: str) -> NoReturn:
        found = f"“{token.text}”" if token.text else Wording("the_end")
        raise InputError(
            "phrase_syntax",
            phrase=self.text,
            position=token.at + 1,
            found=found,
            expected=expected,
        )

    @property
    def next(self) -> _Token:
        return self.tokens[self.place]

    def take(self) -> _Token:
        token = self.next
        self.place += 1
        return token

    def skip(self, sign: str) -> bool:
        """Whether this sign comes next; then it is passed."""
        if self.next.kind != "sign" or self.next.text != sign:
            return False
        self.place += 1
        return True

    def need(self, sign: str) -> None:
        if not self.skip(sign):
            self._refuse(self.next, f"“{sign}”")

    def whole(self) -> Tree:
        tree = self.sum()
        if self.next.kind != "end":
            self._refuse(self.next, Wording("sign_or_end"))
        return tree

    def sum(self) -> Tree:
        self.depth += 1
        if self.depth > DEEPEST:
            raise InputError("too_deep")
        tree = self.term()
        while self.next.text in {"+", "-"} and self.next.kind == "sign":
            tree = Operation(self.take().text, tree, self.term())
        self.depth -= 1
        return tree

    def term(self) -> Tree:
        tree = self.factor()
        while self.next.text in {"*", "/"} and self.next.kind == "sign":
            tree = Operation(self.take().text, tree, self.factor())
        return tree

    def factor(self) -> Tree:
        if self.skip("-"):
            return Operation("-", Literal(0.0), self.selected(self.primary()))
        return self.selected(self.primary())

    def primary(self) -> Tree:
        token = self.take()
        if token.kind == "number":
            return Literal(float(token.text))
        if token.kind == "name":
            if self.skip("("):
                return Call(token.text, self.arguments())
            working = self.take().text[1:] if self.next.kind == "working" else ""
            variant = self.take().text[1:] if self.next.kind == "variant" else ""
            return Reference(token.text, working, variant)
        if token.kind != "sign" or token.text != "(":
            self._refuse(token, Wording("number_or_name"))
        tree = self.sum()
        self.need(")")
        return tree

    def arguments(self) -> tuple[Tree, ...]:
        found: list[Tree] = []
        while not self.skip(")"):
            if found:
                self.need(",")
            found.append(self.sum())
        return tuple(found)

    def selected(self, tree: Tree) -> Tree:
        while self.skip("["):
            rows = self.span()
            self.need(",")
            columns = self.span()
            self.need("]")
            tree = Selection(tree, rows, columns)
        return tree

    def span(self) -> Span:
        if self.next.kind == "label":
            return Span(label=self.take().text[1:-1])
        first = 1 if self.next.text == ":" else self.whole_number()
        if self.skip(":"):
            return Span(first, -1 if self.next.text in {",", "]"} else self.whole_number())
        return Span(first, first)

    def whole_number(self) -> int:
        sign = -1 if self.skip("-") else 1
        token = self.take()
        if token.kind != "number" or not token.text.isdecimal() or int(token.text) == 0:
            self._refuse(token, Wording("row_or_label"))
        return sign * int(token.text)
