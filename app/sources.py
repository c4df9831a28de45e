"""What a learner may name to be opened: a built-in scenario, or a file. No Qt."""

from __future__ import annotations

import os
from pathlib import Path

from engine import BUILTINS, InputError, Scenario, builtin, load


def open_source(source: str) -> tuple[Scenario, Path | None]:
    """The scenario of a built-in name, or in the file at a path; `./name` is always a file.

    Raises InputError if it is neither, or if the file is not sound.
    """
    if source in BUILTINS:
        return builtin(source), None
    if not os.path.lexists(source):
        raise InputError("no_source", name=source, known=", ".join(BUILTINS))
    return load(source), Path(source).resolve()
