"""What was wrong with an input, as a sentence in the learner's language; no Qt."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from app.paths import RESOURCES
from engine import PLACES, InputError, Wording

ERRORS = RESOURCES / "errors"

_PLACE = re.compile(rf"(, )?\b({'|'.join(PLACES)}) (\d+)\b")


class Problems:
    """The engine's messages in one language, by their codes; what it lacks is English."""

    def __init__(self, language: str) -> None:
        self._file = ERRORS / f"{language}.toml"

    def sentence(self, error: InputError) -> str:
        """What is wrong, where, and what would be right."""
        written = self._tables.get("message", {}).get(error.code)
        if written is None:
            return str(error)
        text: str = written.format_map({k: self._fact(v) for k, v in error.facts.items()})
        joint: str = self._tables["place"]["joint"]
        return joint.format(place=self._place(error.place), text=text) if error.place else text

    def _fact(self, fact: object) -> object:
        """A piece of a message in this language; names and numbers as they are."""
        if not isinstance(fact, Wording):
            return fact
        written = self._tables.get("wording", {}).get(fact.code)
        if written is None:
            return fact
        return written.format_map({k: self._fact(v) for k, v in fact.facts.items()})

    def _place(self, place: str) -> str:
        """The words of a place; paths and file names stay as they are."""
        words = self._tables["place"]

        def written(match: re.Match[str]) -> str:
            comma: str = words["comma"] if match[1] else ""
            return comma + str(words[match[2]].format(n=match[3]))

        return _PLACE.sub(written, place)

    @cached_property
    def _tables(self) -> Mapping[str, Mapping[str, Any]]:
        if not self._file.is_file():
            return {}
        import tomllib  # a start can do without

        tables: Mapping[str, Mapping[str, Any]] = tomllib.loads(self._file.read_text("utf-8"))
        return tables
