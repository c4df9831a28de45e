"""Scenarios as files: JSON that can be read, compared line by line, and trusted.

One row of a matrix stands on a line. Masks are rows of "." and "x", and −∞ is null, for
JSON knows no infinity. Numbers are written as short as float64 can be had back from.
"""

from __future__ import annotations

import json
import math
import os
from pathlib import Path
from typing import Any

import numpy as np

from engine.disk import check_size, read_text, write_text
from engine.errors import InputError, Wording, clipped
from engine.locks import LOCKED
from engine.options import CHOICES, Options
from engine.reading import (
    FIELDS,
    FORMAT,
    NAME,
    PINS,
    SEED,
    TIES,
    VERSION,
    is_name,
    is_seed,
    read_scenario,
    settled,
    upgraded,
)
from engine.scenario import Scenario
from engine.strict_json import described, parse, shortened, told
from engine.trace import Array

LESSON_SUFFIXES = (".toml", ".md")
"""What the files of a lesson end in, which are no scenarios."""


def load(path: str | os.PathLike[str]) -> Scenario:
    """The scenario in a file.

    Raises InputError that names the file, the line and what would be right.
    """
    place = Path(path)
    try:
        return loads(read_text(place), place.name)
    except InputError as error:
        if error.code == "not_json" and place.suffix.lower() in LESSON_SUFFIXES:
            raise InputError("file_of_lesson", clipped(place.name, 48)) from None
        raise


def save(scenario: Scenario, path: str | os.PathLike[str]) -> None:
    """Write the scenario to a file; a crash at any moment leaves the old or the new one whole.

    Raises InputError if the scenario is not sound or the file can't be written.
    """
    write_text(Path(path), dumps(scenario))


def dumps(scenario: Scenario) -> str:
    """The scenario as text, the same for equal scenarios.

    Raises InputError if it could not be read back: a number that is not finite, a
    parameter that is missing.
    """
    try:
        return _written(_content(settled(scenario)), "") + "\n"
    except InputError as error:
        raise shortened(error) from None


def loads(text: str, place: str = "") -> Scenario:
    """The scenario in a text; `place` is the name its problems are reported under.

    Raises InputError.
    """
    text = text.removeprefix("\ufeff")
    try:
        check_size(len(text), "")
        return read_scenario(upgraded(parse(text)))
    except InputError as error:
        raise told(error, text, place) from None


def _content(s: Scenario) -> dict[str, Any]:
    """What stands in the file; of a tuple, each element gets a line."""
    if not is_name(s.name):
        raise InputError("field_type", "name", expected=NAME, found=described(s.name))
    if not is_seed(s.seed):
        raise InputError(
            "field_type", "seed", expected=SEED, found=Wording("of_bits", count=s.seed.bit_length())
        )
    values = [
        FORMAT,
        VERSION,
        s.name,
        s.seed,
        {name: _option(s.options, name) for name in s.options.names},
        {"source": list(s.source), "target": list(s.target), "expected": list(s.expected)},
        {"source": list(s.source_vocabulary), "target": list(s.target_vocabulary)},
        {
            p: tuple("".join("x" if b else "." for b in row) for row in m)
            for p, m in s.masks.items()
        },
        {p: _rows(array) for p, array in s.params.items() if p not in s.ties},
    ]
    content = dict(zip(FIELDS, values, strict=True))
    if s.pins:
        content[PINS] = {
            p: tuple([r + 1, c + 1, value] for (r, c), value in sorted(spots.items()))
            for p, spots in s.pins.items()
        }
    if s.ties:
        content[TIES] = dict(s.ties)
    if s.locked:
        content[LOCKED] = list(s.locked)
    return content


def _option(options: Options, name: str) -> Any:
    value = getattr(options, name)
    if CHOICES[name].kind == "mask_value":
        return None if math.isinf(value) else float(value)
    return value


def _rows(array: Array) -> Any:
    numbers = np.asarray(array, dtype=np.float64).tolist()
    return numbers if array.ndim == 1 else tuple(numbers)


_line = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode


def _written(value: Any, indent: str) -> str:
    deeper = indent + "  "
    if isinstance(value, dict) and value:
        lines = [f"{_line(k)}: {_written(v, deeper)}" for k, v in value.items()]
        return "{\n" + ",\n".join(deeper + line for line in lines) + f"\n{indent}}}"
    if isinstance(value, tuple):
        return "[\n" + ",\n".join(deeper + _line(v) for v in value) + f"\n{indent}]"
    return _line(value)
