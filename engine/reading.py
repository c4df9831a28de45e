"""From strict JSON to a scenario: what must stand in a file, and what is wrong with it."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import islice
from types import MappingProxyType
from typing import Any

import numpy as np

from engine.checks import LARGEST, MOST_TOKENS, check_tokens, check_vocabulary
from engine.errors import InputError, Wording, nearest
from engine.locks import LOCKED, read_locked
from engine.options import CHOICES, Options
from engine.plan import Plan
from engine.running import checked
from engine.scenario import Blocked, Scenario
from engine.strict_json import Fault, Repeated, Spot, described
from engine.ties import Ties, root
from engine.trace import Array, freeze

FORMAT = "stepformer-scenario"
VERSION = 2
FIELDS = (
    "format",
    "version",
    "name",
    "seed",
    "options",
    "tokens",
    "vocabularies",
    "masks",
    "parameters",
)
PINS = "pins"
"""Only in files that hold some: [row, column, number] by step, counted from 1."""

TIES = "ties"
"""Only in files that hold some: by a parameter's path that of the one it follows, whose
numbers alone stand there."""

LONGEST_NAME = 200
SEED_DIGITS = 100
NAME = Wording("name_form", limit=LONGEST_NAME)
SEED = Wording("seed_form", limit=SEED_DIGITS)


def is_name(value: object) -> bool:
    """Whether a file can hold it as a scenario's name: Unicode, and not half a character."""
    is_text = isinstance(value, str) and len(value) <= LONGEST_NAME
    return is_text and not any("\ud800" <= c <= "\udfff" for c in str(value))


def is_seed(value: object) -> bool:
    """Whether a file can hold it as a seed."""
    return type(value) is int and 0 <= value < 10**SEED_DIGITS


def _named_positions(top: Spot) -> dict[str, Any]:
    """Version 1 could only say whether there are sinusoids; version 2 names the positions."""
    content = dict(top.members())
    options = content.get("options")
    if isinstance(options, dict) and isinstance(options.get("positions"), bool):
        word = "sinusoidal" if options["positions"] else "none"
        content["options"] = {**options, "positions": word}
    return content


MIGRATIONS: Mapping[int, Callable[[Spot], dict[str, Any]]] = MappingProxyType({1: _named_positions})
"""How a file of version n becomes one of version n + 1: what stands in it, unchecked,
to what would stand in the newer one. Raises nothing but InputError."""


def settled(scenario: Scenario) -> Scenario:
    """The scenario, sound, with all its parts in the order in which the model asks for them.

    Options that its model doesn't use are the paper's, for files don't hold them.
    """
    plain = replace(scenario, options=scenario.options.settled(), plan=None)
    trace = checked(plain)
    given = trace.given
    params = {p: scenario.params[p] for p, m in given.items() if m.origin == "parameter"}
    masks = {p: scenario.masks[p] for p in given if p in scenario.masks}
    pins = {p: scenario.pins[p] for p in trace.steps if p in scenario.pins}
    ties = {p: scenario.ties[p] for p in params if p in scenario.ties}
    return replace(
        plain,
        params=MappingProxyType(params),
        masks=MappingProxyType(masks),
        pins=MappingProxyType(pins),
        ties=MappingProxyType(ties),
        plan=Plan(trace, plain),
    )


def upgraded(top: Spot) -> Spot:
    """The content as the newest version would have it."""
    content = top.members() if isinstance(top.value, dict | Repeated) else {}
    if content.get("format") != FORMAT:
        raise Fault("not_a_scenario", "", ("format",), expected=FORMAT)
    if "version" not in content:
        raise top.fault("field_missing", name="version")
    version = top["version"]
    if type(version.value) is not int or version.value < 1:
        raise version.wanted(Wording("whole_from", low=1))
    if version.value > VERSION:
        raise version.fault("version", found=str(version.value), known=VERSION)
    for older in range(version.value, VERSION):
        top = Spot(MIGRATIONS[older](top))
    return top


def read_scenario(top: Spot) -> Scenario:
    """The scenario, checked; a Fault knows where in the file it lies."""
    top.only((*FIELDS, *(name for name in (PINS, TIES, LOCKED) if name in top.members())))
    if not is_name(top.value["name"]):
        raise top["name"].wanted(NAME)
    if not is_seed(top.value["seed"]):
        raise top["seed"].wanted(SEED)
    options = _options(top["options"])
    vocabularies, tokens = top["vocabularies"], top["tokens"]
    vocabularies.only(("source", "target"))
    tokens.only(("source", "target", "expected"))
    sources, targets = (_vocabulary(vocabularies[side]) for side in ("source", "target"))
    read: dict[str, Any] = {
        "source": _tokens(tokens["source"], sources),
        "target": _tokens(tokens["target"], targets),
        "expected": _tokens(tokens["expected"], targets) if tokens.value["expected"] != [] else (),
        "locked": read_locked(top),
    }
    params = {p: _array(top["parameters"][p]) for p in top["parameters"].members()}
    masks = {p: _mask(top["masks"][p]) for p in top["masks"].members()}
    pins = _pins(top) if PINS in top.members() else {}
    ties = _ties(top, params) if TIES in top.members() else {}
    with tokens["expected"].blamed():
        made = Scenario(
            options,
            **read,
            source_vocabulary=sources,
            target_vocabulary=targets,
            params=params,
            masks=masks,
            pins=pins,
            ties=ties,
            seed=top.value["seed"],
            name=top.value["name"],
        )
    try:
        return settled(made)
    except InputError as error:
        raise _placed(error, top, made) from None


def _pins(top: Spot) -> dict[str, dict[tuple[int, int], float]]:
    """Results set by hand; a Fault at the first that isn't row, column and finite number."""
    found: dict[str, dict[tuple[int, int], float]] = {}
    for path in top[PINS].members():
        spots = found.setdefault(path, {})
        for index, pin in enumerate(top[PINS][path].elements(Wording("list_of_pins"))):
            if not _is_pin(pin):
                raise top[PINS][path].item(index).fault("pin_form")
            spots[pin[0] - 1, pin[1] - 1] = float(pin[2])
    return {path: spots for path, spots in found.items() if spots}


def _is_pin(pin: object) -> bool:
    if not isinstance(pin, list) or len(pin) != 3:
        return False
    is_place = all(type(n) is int and 1 <= n <= 10**6 for n in pin[:2])
    return is_place and type(pin[2]) in {int, float} and abs(pin[2]) <= LARGEST


def _ties(top: Spot, params: dict[str, Array]) -> Ties:
    """Ties, each straight to the one whose numbers stand in the file; puts them into `params`."""
    ties: dict[str, str] = {}
    for path in top[TIES].members():
        spot = top[TIES][path]
        if type(spot.value) is not str:
            raise spot.wanted(Wording("param_path"))
        if path in params:
            raise spot.fault("tie_twice", name=path)
        ties[path] = spot.value
    for path in ties:
        spot = top[TIES][path]
        with spot.blamed():
            end = root(ties, path)
        if end not in params:
            raise spot.fault("tie_unknown", name=end, hint=nearest(end, params))
        params[path] = params[end]
    return ties


def _placed(error: InputError, top: Spot, made: Scenario) -> Fault:
    """A problem with a parameter or a mask, where it stands in the file."""
    kind = error.code.split("_")[0]
    home = TIES if error.place in made.ties else "parameters"
    spot = top[{"mask": "masks", "pin": PINS}.get(kind, home)][error.place]
    route = spot.route
    if error.code == "not_finite":
        is_vector = made.params[error.place].ndim == 1
        route = (*route, error.facts["column" if is_vector else "row"] - 1)
    return Fault(error.code, spot.words, route, **error.facts)


def _options(spot: Spot) -> Options:
    """Options that are missing are the paper's: a file may be older than an option."""
    values: dict[str, Any] = {}
    model = spot.members().get("model", Options.model)
    is_known = CHOICES["model"].accepts(model)
    known = Options(model=model).names if is_known else tuple(CHOICES)
    for name in spot.members():
        option = spot[name]
        if name not in known:
            raise option.fault("option_unknown", name=name, known=", ".join(known))
        choice = CHOICES[name]
        value = option.value
        if choice.kind == "mask_value" and value is None:
            value = -math.inf
        elif isinstance(value, float) and not math.isfinite(value):
            raise option.wanted(choice.describe())
        elif not choice.accepts(value):
            expected, found = choice.describe(), described(value)
            raise option.fault("option_range", name=name, expected=expected, found=found)
        values[name] = float(value) if choice.kind in {"mask_value", "rate"} else value
    try:
        return Options(**values)
    except InputError as error:
        raise spot[error.place.split()[-1]].fault(error.code, **error.facts) from None


def _vocabulary(spot: Spot) -> tuple[str, ...]:
    words = spot.texts(Wording("list_of_words"))
    with spot.blamed():
        check_vocabulary(words, "")
    return words


def _tokens(spot: Spot, vocabulary: tuple[str, ...]) -> tuple[str, ...]:
    words = spot.texts(Wording("list_of_words"))
    for index, word in enumerate(islice(words, MOST_TOKENS)):
        with spot.item(index).blamed():
            check_tokens((word,), vocabulary, "")
    with spot.blamed():
        check_tokens(words, vocabulary, "")
    return words


def _mask(spot: Spot) -> Blocked:
    rows = spot.texts(Wording("list_of_rows"), "row")
    width = len(rows[0]) if rows else 0
    for index, row in enumerate(rows):
        if len(row) != width or row.strip(".x"):
            raise spot.item(index, "row").fault("mask_row", found=row)
    letters = np.frombuffer("".join(rows).encode(), np.uint8)
    blocked: Blocked = (letters == ord("x")).reshape(len(rows), width)
    blocked.flags.writeable = False
    return blocked


def _array(spot: Spot) -> Array:
    """A matrix (a list of rows) or a vector (a list of numbers)."""
    rows = spot.elements(Wording("list_of_numbers"))
    if not rows or not isinstance(rows[0], list):
        return _finite(spot, _numbers(spot))
    for index, row in enumerate(rows):
        if type(row) is not list or len(row) != len(rows[0]) or not _are_numbers(row):
            _refuse_row(spot.item(index, "row"), len(rows[0]))
    return _finite(spot, rows)


def _are_numbers(values: list[Any]) -> bool:
    return set(map(type, values)) <= {int, float}  # bool is an int of its own type


def _numbers(spot: Spot) -> list[Any]:
    numbers = spot.elements(Wording("row_of_numbers"))
    if not _are_numbers(numbers):
        wrong = next(i for i, n in enumerate(numbers) if type(n) not in {int, float})
        raise spot.item(wrong, "column").wanted(Wording("a_number"))
    return numbers


def _refuse_row(spot: Spot, width: int) -> None:
    found = len(_numbers(spot))
    raise spot.fault("row_length", expected=width, found=found)


def _finite(spot: Spot, numbers: list[Any]) -> Array:
    array = np.array(numbers, dtype=np.float64)
    is_wrong = ~np.isfinite(array)
    if is_wrong.any():
        kinds = ("row", "column")[-array.ndim :]
        for part, kind in zip(np.argwhere(is_wrong)[0].tolist(), kinds, strict=True):
            spot = spot.item(part, kind)
        raise spot.wanted(Wording("a_number"))
    return freeze(array)
