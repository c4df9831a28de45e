"""TOML read strictly: every value knows the line it stands on.

Python's own parser keeps no positions, so the text is walked a second time, header by
header and key by key, when a problem must be placed.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator

from engine.errors import InputError, clipped
from engine.strict_json import Fault, Route, Spot, shortened

_HEADER = re.compile(r"\s*(?P<open>\[\[?)(?P<name>[^\[\]]+)\]\]?\s*(?:#.*)?")
_KEY = re.compile(r"""\s*(?P<name>(?:"[^"]*"|'[^']*'|[\w.\- ])+?)\s*=(?P<value>.*)""")
_PART = re.compile(r""""([^"]*)"|'([^']*)'|([\w-]+)""")
_QUOTED = re.compile(r'"(?:\\.|[^"\\])*"|\'[^\']*\'|#.*')
_PLACE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")


def parse(text: str) -> Spot:
    """The text as TOML; InputError with the line if it is none."""
    try:
        return Spot(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        found = _PLACE.search(str(error))
        line = (found and found[1]) or str(len(text.splitlines()) or 1)
        reason = _PLACE.sub("", str(error))
        reason = reason[:1].lower() + reason[1:]
        raise InputError("not_toml", f"line {line}", reason=reason) from None
    except RecursionError:
        raise InputError("too_deep") from None


def _parts(name: str) -> list[str]:
    return [a or b or c for a, b, c in _PART.findall(name)]


def places(text: str) -> dict[Route, int]:
    """The line of every table and key, by the way to it."""
    found: dict[Route, int] = {(): 1}
    inside: Route = ()
    counted: dict[Route, int] = {}
    for line, kind, parts in _marks(text):
        if kind == "key":
            route = (*inside, *parts)
        else:
            route = inside = _opened(parts, kind == "[[", counted)
        for length in range(1, len(route) + 1):
            found.setdefault(route[:length], line)
    return found


def _opened(parts: list[str], is_element: bool, counted: dict[Route, int]) -> Route:
    """The way to the table that a header opens; lists on it stand at their last element."""
    route: Route = ()
    for index, part in enumerate(parts):
        route = (*route, part)
        if is_element and index == len(parts) - 1:
            counted[route] = counted.get(route, -1) + 1
        if route in counted:
            route = (*route, counted[route])
    return route


def _marks(text: str) -> Iterator[tuple[int, str, list[str]]]:
    """Headers and keys with their lines; the first mark is always a header, of the top."""
    yield 1, "[", []
    depth = 0
    for line, written in enumerate(text.splitlines(), start=1):
        plain = written
        if depth == 0:
            if header := _HEADER.fullmatch(written):
                yield line, header["open"], _parts(header["name"])
                continue
            key = _KEY.match(written)
            if key is None:
                continue
            yield line, "key", _parts(key["name"])
            plain = key["value"]
        bare = _QUOTED.sub("", plain)
        depth += sum(map(bare.count, "[{")) - sum(map(bare.count, "]}"))


def line_of(text: str, route: Route) -> int:
    """The line where the value stands to which the route leads, or the nearest around it."""
    known = places(text)
    return next(known[route[:n]] for n in range(len(route), -1, -1) if route[:n] in known)


def told(error: InputError, text: str, file: str) -> InputError:
    """The error as the file's author needs it: file, line, words, on one line."""
    head = clipped(file, 48)
    if isinstance(error, Fault):
        words = clipped(error.place, 100)
        head = f"{head}, line {line_of(text, error.route)}" + (f": {words}" if words else "")
    elif error.place:
        head = f"{head}, {clipped(error.place, 100)}"
    return shortened(InputError(error.code, head, **error.facts))
