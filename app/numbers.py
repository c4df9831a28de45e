"""The only place where numbers become text and text becomes numbers.

What is shown uses a real minus (U+2212) and a decimal point, in every language.
What is typed may use a decimal comma, any dash for a minus, and the characters of a
Chinese input method. What can't be read comes back as a value with a code; the sentence
for the learner is made where translations live.
"""

import math
import re
import unicodedata
from bisect import bisect
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate
from typing import Final

import numpy as np
from numpy.typing import NDArray

LARGEST: Final = 1e6
"""The largest magnitude that can be typed; beyond it exponentials and plots say nothing."""

MOST_DIGITS: Final = 6
"""The most decimals that can be asked for; the fewest are none."""

_WHOLE_BELOW: Final = 10_000
_MINUS: Final = "\N{MINUS SIGN}"
_INFINITY: Final = "∞"


def widest(digits: int = 2) -> int:
    """The most characters `format_number` can give: three places, a sign, a point, decimals.

    It is 7 up to two digits and `digits + 5` above, so that a column can be measured once.
    """
    return max(7, digits + 5)


def format_number(value: float, digits: int = 2) -> str:
    """A number for a cell or the arithmetic line: rounded, never wider than `widest`.

    What does not fit loses decimals first and then turns to a power of ten (12345.6 is
    "12346", 1234567.8 is "1.23e6", 1.5e300 is "2e300"): the last figure shown is always a
    rounded one, a larger number never reads as a smaller, and a sign takes no figures away.
    Ties go to the even figure, as in Python and NumPy. What rounds to zero has no sign.
    """
    bounds, templates = _TEMPLATES[digits]
    return _mended(templates[bisect(bounds, abs(value))] % value, digits)


def _templates(digits: int) -> tuple[list[float], list[str]]:
    """How a size is written: each template below its bound, the last for all beyond.

    A bound is where rounding would carry into one more place ("999.995" for two decimals).
    """
    room = widest(digits) - 1
    bounds: list[float] = []
    templates: list[str] = []
    for decimals in range(digits, -1, -1):
        places = room - decimals - (decimals > 0)
        bounds.append(float(f"{'9' * places}.{'9' * decimals}5"))
        templates.append(f"%.{decimals}f")
    for exponent in (9, 99, 999):  # the widest of one, two and three figures
        decimals = max(0, min(max(digits, 2), room - len(f"1.e{exponent}")))
        bounds.append(float(f"9.{'9' * decimals}5e{exponent}"))
        templates.append(f"%.{decimals}e")
    # With many digits the first powers of ten are still written out: their bound is passed.
    return list(accumulate(bounds[:-1], max)), templates


_TEMPLATES: Final = tuple(_templates(digits) for digits in range(MOST_DIGITS + 1))


def _mended(text: str, digits: int) -> str:
    """Python's signs made ours, in one cell or in a whole matrix of them.

    Only a cell that is nothing but a zero can hold "-0.00", since all small numbers have
    the same decimals; and only large ones have an exponent, so it is never negative.
    """
    zero = f"{0:.{digits}f}"
    text = text.replace("-" + zero, zero).replace("-", _MINUS)
    text = text.replace("e+0", "e").replace("e+", "e")
    return text.replace("inf", _INFINITY).replace("nan", "NaN")


def format_whole(value: float, digits: int = 2) -> str:
    """One number that stands alone: "3" where it is whole and small, else as in a cell."""
    is_whole = float(value).is_integer() and abs(value) < _WHOLE_BELOW
    return format_number(value, 0 if is_whole else digits)


def digits_for(array: NDArray[np.float64], digits: int = 2) -> int:
    """The decimals a matrix needs: none where all that is finite is whole and below 10000."""
    finite = array[np.isfinite(array)]
    is_whole = (finite == np.rint(finite)) & (np.abs(finite) < _WHOLE_BELOW)
    return 0 if bool(is_whole.all()) else digits


def format_matrix(array: NDArray[np.float64], digits: int = 2) -> list[list[str]]:
    """`format_number` of every cell, quick enough to be called while painting.

    One template for the whole matrix, filled at once: a call for each cell takes several
    times as long.
    """
    if array.size == 0:
        return [[] for _ in array]
    bounds, templates = _TEMPLATES[digits]
    which = np.searchsorted(bounds, np.abs(array), side="right")
    rows = np.array(templates, dtype=object)[which].tolist()
    text = "\n".join(["\t".join(row) for row in rows]) % tuple(array.ravel().tolist())
    return [line.split("\t") for line in _mended(text, digits).split("\n")]


def raised(exponent: int) -> str:
    """A whole number as it stands above the line: ⁻⁵."""
    return str(exponent).translate(_RAISED)


def exact(value: float) -> str:
    """The stored value in the fewest figures that give it back, for tooltips."""
    if not math.isfinite(value):
        return format_number(value)
    return _shortest(value).replace("-", _MINUS)


def _shortest(value: float) -> str:
    """Python's shortest repr without ".0", without a signed zero, without a padded exponent."""
    figures, mark, exponent = repr(float(value) + 0.0).partition("e")
    return figures.removesuffix(".0") + (f"e{int(exponent)}" if mark else "")


class Code(StrEnum):
    """Why a text was refused; the sentences for them are Qt's to translate."""

    EMPTY = "empty"
    NOT_A_NUMBER = "not_a_number"
    INFINITY = "infinity"
    TOO_LARGE = "too_large"
    AMBIGUOUS = "ambiguous"
    DIVISION_BY_ZERO = "division_by_zero"
    RAGGED = "ragged"


@dataclass(frozen=True)
class Refusal:
    """A text that gives no number: `code` says why, `text` is what was typed, untouched."""

    code: Code
    text: str


@dataclass(frozen=True)
class BlockRefusal:
    """A pasted block that was refused, and where; rows and columns count from 0.

    `column` is None where a whole row is at fault: RAGGED, with the cells `found` in it and
    those `expected` from the first row.
    """

    row: int
    column: int | None
    refusal: Refusal
    expected: int = 0
    found: int = 0


# A trailing point is what NumPy prints ("1."); a trailing comma belongs to a list.
_NUMBER: Final = r"(?:[0-9]+(?:\.[0-9]*|,[0-9]+)?|[.,][0-9]+)(?:e[+-]?[0-9]+)?"
_TERM: Final = re.compile(
    rf"(?P<root>√\s*|(?:√|sqrt)\s*(?P<open>\(\s*))?(?P<number>{_NUMBER})(?(open)\s*\))"
)
_SEPARATED: Final = re.compile(r"[0-9]+(?:[.,'’_\s][0-9]+)+")
_INFINITIES: Final = frozenset({"inf", "infinity", _INFINITY})
_RAISED: Final = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")

_SAME_MEANING: Final = str.maketrans(
    {"−": "-", "–": "-", "\N{HYPHEN}": "-", "。": ".", "\N{FRACTION SLASH}": "/"}
)
# Only these kinds of likeness: full NFKC would also read 10² as 102 and 1½ as 11/2.
_LOOKALIKES: Final = ("<wide>", "<narrow>", "<small>", "<font>", "<noBreak>")


def _plain(text: str) -> str:
    """The same text in ASCII, as far as a character is only another dress of one."""
    folded = "".join(
        unicodedata.normalize("NFKC", char)
        if unicodedata.decomposition(char).startswith(_LOOKALIKES)
        else char
        for char in text
    )
    return folded.translate(_SAME_MEANING).strip().lower()


def parse_number(text: str, allow_infinity: bool = False) -> float | Refusal:
    """Read what a learner typed: [sign] term [/ term], a term being 0.5, √2 or sqrt(2).

    A lone comma is a decimal comma ("1,234" is 1.234). With more than one separator, or a
    space or an apostrophe as one, it is refused as ambiguous rather than guessed.
    A zero never comes back with a sign.
    """
    plain = _plain(text)
    if not plain:
        return Refusal(Code.EMPTY, text)
    sign = -1.0 if plain[0] == "-" else 1.0
    unsigned = plain[1:].lstrip() if plain[0] in "+-" else plain
    if unsigned in _INFINITIES:
        return sign * math.inf if allow_infinity else Refusal(Code.INFINITY, text)
    size = _quotient(unsigned)
    if isinstance(size, Code):
        return Refusal(size, text)
    # Written so that NaN (1e999/1e999) is refused too.
    return sign * size + 0.0 if size <= LARGEST else Refusal(Code.TOO_LARGE, text)


def _quotient(plain: str) -> float | Code:
    parts = [part.strip() for part in plain.split("/")]
    terms = [_term(part) for part in parts]
    match terms:
        case [float(size)]:
            return size
        case [float(), 0.0]:
            return Code.DIVISION_BY_ZERO
        case [float(over), float(under)]:
            return over / under
    is_separated = any(_SEPARATED.fullmatch(part) for part in parts)
    return Code.AMBIGUOUS if is_separated else Code.NOT_A_NUMBER


def _term(plain: str) -> float | None:
    found = _TERM.fullmatch(plain)
    if found is None:
        return None
    number = float(found["number"].replace(",", "."))
    return math.sqrt(number) if found["root"] else number


def parse_block(text: str, allow_infinity: bool = False) -> list[list[float]] | BlockRefusal:
    """Read a block from a spreadsheet: cells between tabs, else semicolons, else spaces.

    All or nothing: a ragged row or, if there is none, the first unreadable cell refuses the
    block. An empty cell is unreadable; only blank lines at the end are dropped.
    """
    lines = re.split(r"\r\n|\r|\n", text.rstrip("\r\n"))
    rows = [_cells(line, _separator(text)) for line in lines]
    for at, row in enumerate(rows):
        if len(row) != len(rows[0]):
            ragged = Refusal(Code.RAGGED, lines[at])
            return BlockRefusal(at, None, ragged, expected=len(rows[0]), found=len(row))
    block: list[list[float]] = []
    for at, row in enumerate(rows):
        block.append([])
        for column, cell in enumerate(row):
            number = parse_number(cell, allow_infinity)
            if isinstance(number, Refusal):
                return BlockRefusal(at, column, number)
            block[-1].append(number)
    return block


def _separator(text: str) -> str | None:
    return next((sign for sign in "\t;；" if sign in text), None)


def _cells(line: str, separator: str | None) -> list[str]:
    """At least one cell, so that a blank line is an empty cell and not a missing row."""
    return line.split(separator) or [""]


def format_block(array: NDArray[np.float64]) -> str:
    """A matrix for a spreadsheet: tabs, every figure, ASCII minus, "-inf" for −∞."""
    return "\n".join(
        "\t".join(_shortest(value) if math.isfinite(value) else repr(value) for value in row)
        for row in array.tolist()
    )
