"""JSON read strictly: every value knows the way to it, and so the line it stands on.

Python's own parser keeps no positions and one of ours would be fifty times slower. So
the text is parsed fast, and walked a second time only when a problem must be placed.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np

from engine.errors import WORDINGS, InputError, Wording, clipped

DEEPEST = 32
MOST_LISTS = 100_000
LONGEST_MESSAGE = 300

Route = tuple[str | int, ...]


class Fault(InputError):  # noqa: N818 - an InputError that is placed
    """A problem whose way through the JSON is known: `route` leads to its line."""

    def __init__(self, code: str, place: str, route: Route, **facts: Any) -> None:
        super().__init__(code, place, **facts)
        self.route = route


@dataclass(frozen=True)
class Repeated:
    """Stands for an object in which one name stands twice."""

    name: str


@dataclass(frozen=True)
class Spot:
    """A value in the JSON, the way to it, and the same way in words."""

    value: Any
    route: Route = ()
    words: str = ""

    def __getitem__(self, name: str) -> Spot:
        words = f"{self.words} › {name}" if self.words else name
        return Spot(self.value.get(name), (*self.route, name), words)

    def item(self, index: int, kind: str = "") -> Spot:
        """An element of the list, from 0; `kind` is what the words call it ("row")."""
        words = f"{self.words}, {kind} {index + 1}" if kind else f"{self.words} › {index + 1}"
        return Spot(self.value[index], (*self.route, index), words)

    def fault(self, code: str, **facts: Any) -> Fault:
        """The problem `code` at this spot."""
        return Fault(code, self.words, self.route, **facts)

    def wanted(self, expected: str) -> Fault:
        """Something else is needed here."""
        if isinstance(self.value, float) and not math.isfinite(self.value):
            return self.fault("nan", found=str(self.value))
        return self.fault("field_type", expected=expected, found=described(self.value))

    def members(self) -> dict[str, Any]:
        """The value as an object."""
        if isinstance(self.value, Repeated):
            name = self.value.name
            raise Fault("duplicate", self.words, (*self.route, name), name=name)
        if not isinstance(self.value, dict):
            raise self.wanted(Wording("braces"))
        return self.value

    def only(self, names: Sequence[str]) -> None:
        """Fault unless these and no other members are here."""
        members = self.members()
        for name in members:
            if name not in names:
                known = ", ".join(names)
                raise Fault(
                    "field_unknown", self.words, (*self.route, name), name=name, known=known
                )
        for name in names:
            if name not in members:
                raise self.fault("field_missing", name=name)

    def elements(self, expected: str) -> list[Any]:
        """The value as a list."""
        if not isinstance(self.value, list):
            raise self.wanted(expected)
        return self.value

    def texts(self, expected: str, kind: str = "") -> tuple[str, ...]:
        """The value as a list of texts."""
        for index, element in enumerate(self.elements(expected)):
            if not isinstance(element, str):
                raise self.item(index, kind).wanted(Wording("in_quotes"))
        return tuple(self.value)

    @contextmanager
    def blamed(self) -> Iterator[None]:
        """Whatever is found wrong inside is wrong at this spot."""
        try:
            yield
        except InputError as error:
            raise self.fault(error.code, **error.facts) from None


def described(value: object) -> str:
    """A value as a message names it."""
    if isinstance(value, dict | Repeated):
        return Wording("an_object")
    if isinstance(value, list):
        return Wording("a_list")
    if isinstance(value, str):
        return Wording("the_text", text=clipped(value, 30))
    return json.dumps(value)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any] | Repeated:
    made = dict(pairs)
    if len(made) == len(pairs):
        return made
    return Repeated(Counter(name for name, _ in pairs).most_common(1)[0][0])


def _whole(digits: str) -> int | float:
    # Python refuses to read whole numbers of more than 4300 digits, and a float holds 308.
    return int(digits) if len(digits) <= 300 else float(digits)


_DECODER = json.JSONDecoder(object_pairs_hook=_object, parse_int=_whole)
_NO_MARKS = bytes(set(range(256)) - set(b'[]{}"'))


def check_nesting(text: str) -> None:
    """InputError if the brackets go deeper, or are more, than the parser should be given."""
    data = text.encode("utf-8", "surrogatepass")
    data = data.replace(b"\\\\", b"").replace(b'\\"', b"").translate(None, _NO_MARKS)
    marks = np.frombuffer(data, np.uint8)
    is_outside = ~np.logical_xor.accumulate(marks == ord('"'))
    opening = ((marks == ord("[")) | (marks == ord("{"))) & is_outside
    closing = ((marks == ord("]")) | (marks == ord("}"))) & is_outside
    steps = opening.astype(np.int8) - closing.astype(np.int8)
    if steps.cumsum(dtype=np.int32).max(initial=0) > DEEPEST:
        raise InputError("too_deep")
    if (count := int(opening.sum())) > MOST_LISTS:
        raise InputError("too_many", found=count, limit=MOST_LISTS)


def _is_cut_off(text: str, error: json.JSONDecodeError) -> bool:
    """Whether the text ends where the problem is, perhaps amid a text or a number."""
    rest = text[error.pos :].rstrip()
    if error.pos == 0 or error.msg.startswith("Extra"):
        return False
    return error.msg.startswith("Unterminated") or re.fullmatch(r"[-+.\w]{0,25}", rest) is not None


_REASONS = {WORDINGS[code]: code for code in WORDINGS if code.startswith("json_")}


def _reason(message: str) -> str:
    """What Python's parser says, as one of our phrases where we know it."""
    said = message[0].lower() + message[1:]
    _, _, kind = said.partition(" end of ")
    if kind in {"array", "object"}:
        return Wording("json_trailing", kind=kind)
    return Wording(_REASONS[said]) if said in _REASONS else said


def parse(text: str) -> Spot:
    """The text as JSON.

    NaN and infinities come as floats, an object with a repeated name as Repeated: whoever
    reads the values refuses them where they stand. Raises InputError for the rest.
    """
    check_nesting(text)
    if not text.strip():
        raise InputError("not_json", reason=Wording("nothing_in_it"))
    try:
        return Spot(_DECODER.decode(text))
    except json.JSONDecodeError as error:
        reason = _reason(error.msg)
        if _is_cut_off(text, error):
            reason = Wording("cut_off", reason=reason)
        place = f"line {error.lineno}, column {error.colno}"
        raise InputError("not_json", place, reason=reason) from None
    except RecursionError:
        raise InputError("too_deep") from None


_SPACE = re.compile(r"[ \t\n\r]*")
_LITERAL = re.compile(r"[^\s,\]}]{1,40}")


def _beyond(text: str, at: int) -> int:
    """The next offset that is no space."""
    match = _SPACE.match(text, at)
    return match.end() if match else at


def _child(text: str, at: int, part: str | int) -> int | None:
    """Where the value of the (last) member `part` of the object or list at `at` begins."""
    if text[at] != ("{" if isinstance(part, str) else "["):
        return None
    found, index = None, 0
    at = _beyond(text, at + 1)
    while text[at] not in "]}":
        name: str | int = index
        if isinstance(part, str):
            name, at = _DECODER.raw_decode(text, at)
            at = _beyond(text, _beyond(text, at) + 1)
        if name == part:
            found = at
        at = _beyond(text, _DECODER.raw_decode(text, at)[1])
        at = _beyond(text, at + 1) if text[at] == "," else at
        index += 1
    return found


def offset(text: str, route: Route) -> int:
    """Where the value begins to which the route leads, or as far as the route can be gone."""
    at = _beyond(text, 0)
    for part in route:
        child = _child(text, at, part)
        if child is None:
            break
        at = child
    return at


def told(error: InputError, text: str, file: str) -> InputError:
    """The error as the reader of the file needs it: file, line, words; short, on one line."""
    facts, head = dict(error.facts), clipped(file, 48)
    if isinstance(error, Fault):
        at = offset(text, error.route)
        line = f"line {text.count(chr(10), 0, at) + 1}"
        head = f"{head}, {line}" if head else line
        if error.code == "nan" and (literal := _LITERAL.match(text, at)):
            facts["found"] = literal[0]
    if error.place:
        join = ": " if isinstance(error, Fault) else ", "
        words = clipped(error.place, 100)
        head = f"{head}{join}{words}" if head else words
    return shortened(InputError(error.code, head, **facts))


def shortened(error: InputError) -> InputError:
    """The same error with its facts cut until the message is short enough to be read."""
    for limit in (150, 60, 24):
        facts = {k: clipped(v, limit) if isinstance(v, str) else v for k, v in error.facts.items()}
        cut = InputError(error.code, error.place, **facts)
        if len(str(cut)) <= LONGEST_MESSAGE:
            break
    return cut
