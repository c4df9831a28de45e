"""What an option could be instead: what a comparison may change, one thing at a time."""

from __future__ import annotations

from engine.errors import InputError
from engine.options import CHOICES, GROUPS, Choice, Options

USUAL: tuple[tuple[str, object], ...] = (
    ("scale", False),
    ("norm", "before"),
    ("residual", False),
    ("mask_value", -1000.0),
    ("heads", 1),
)
"""What lectures and interviews ask: what if it were not so?"""


def others(options: Options) -> tuple[tuple[str, object], ...]:
    """What a comparison may change: each option that counts, with values it doesn't have.

    They come by the groups of the options; a whole number has 1, its half and its double, as
    far as the options allow them together.
    """
    return tuple(
        (name, value)
        for names in GROUPS.values()
        for name in names
        if options.counts(name)
        for value in _values(CHOICES[name], getattr(options, name))
        if _is_allowed(options, name, value)
    )


def usual(options: Options) -> tuple[tuple[str, object], ...]:
    """Those of them that are asked about most."""
    found = others(options)
    return tuple(change for change in USUAL if change in found)


def _values(choice: Choice, value: object) -> tuple[object, ...]:
    if isinstance(value, bool):
        return (not value,)
    if isinstance(value, str):
        return tuple(word for word in choice.words if word != value)
    if isinstance(value, int):
        return tuple(v for v in dict.fromkeys((1, value // 2, 2 * value)) if v != value)
    if choice.kind == "rate":
        return tuple(v for v in (0.0, 0.1, 0.5) if v != value)
    finite = (-1000.0, -10.0, -1.0)
    return tuple(v for v in (float("-inf"), *finite) if v != value)


def _is_allowed(options: Options, name: str, value: object) -> bool:
    try:
        options.changed(**{name: value})
    except InputError:
        return False
    return True
