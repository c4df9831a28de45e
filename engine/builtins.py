"""The scenarios that come with Stepformer, and how those that are trained are trained."""

from __future__ import annotations

from pathlib import Path

from engine.codec import load
from engine.errors import InputError
from engine.grammar import TRANSLATION
from engine.recipe import Recipe
from engine.scenario import Scenario

BUILTINS: tuple[str, ...] = ("translation", "by-hand")
"""The names of the built-in scenarios; the first is what the app opens with."""

TRAINED: tuple[Recipe, ...] = (TRANSLATION,)
"""The recipes of the built-in scenarios that were trained."""

_FOLDER = Path(__file__).resolve().parent.parent / "resources" / "scenarios"


def builtin(name: str) -> Scenario:
    """The built-in scenario of that name.

    Raises InputError if there is none, or if its file has been damaged.
    """
    if name not in BUILTINS:
        raise InputError("no_source", name=name, known=", ".join(BUILTINS))
    return load(_FOLDER / f"{name}.json")


def training_of(name: str) -> Recipe:
    """The recipe that makes a built-in scenario again; InputError if it has none.

    >>> for progress in training_of("translation").run(seed=7, epochs=1):
    ...     print(progress.epoch, f"{progress.loss:.2f}")
    1 2.35
    """
    for recipe in TRAINED:
        if recipe.name == name:
            return recipe
    known = ", ".join(recipe.name for recipe in TRAINED)
    raise InputError("train_unknown", name=name, known=known)
