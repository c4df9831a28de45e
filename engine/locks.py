"""What a lecturer's file may hide from a class: names of groups of controls.

A lock keeps a class on track; it protects nothing. Whoever wants to opens the file's lock
again in the window, or in a text editor.
"""

from __future__ import annotations

from collections.abc import Iterable

from engine.errors import InputError, Wording, nearest
from engine.strict_json import Spot

LOCKS = ("editing", "pins", "words", "options", "compare", "lessons", "export")
"""The groups there are, in the order in which they are shown and written."""

LOCKED = "locked"
"""The key in a file; only in files that lock something."""


def locked_names(names: Iterable[str]) -> tuple[str, ...]:
    """The groups, each once, in their order; InputError if there is none of a name."""
    given = tuple(names)
    for name in given:
        if name not in LOCKS:
            raise InputError(
                "lock_unknown", LOCKED, name=name, hint=nearest(name, dict.fromkeys(LOCKS))
            )
    return tuple(name for name in LOCKS if name in given)


def read_locked(top: Spot) -> tuple[str, ...]:
    """What a file locks; a Fault at the first name that is none."""
    if LOCKED not in top.members():
        return ()
    names = top[LOCKED].texts(Wording("list_of_locks"))
    for index, name in enumerate(names):
        with top[LOCKED].item(index).blamed():
            locked_names((name,))
    return locked_names(names)
