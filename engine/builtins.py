"""The scenarios that come with Stepformer, and how those that are trained are trained."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from engine.codec import load
from engine.errors import InputError
from engine.scenario import Scenario

if TYPE_CHECKING:
    from engine.recipe import Recipe

BUILTINS: tuple[str, ...] = ("translation", "by-hand", "rnn-attention", "rnn-plain")
"""The names of the built-in scenarios; the first is what the app opens with."""

TRAINED: tuple[str, ...] = ("translation", "rnn-attention", "rnn-plain")
"""Those of the built-in scenarios that were trained, and so have a recipe."""

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
    # Nobody trains at a start: what only training needs is read when it is asked for.
    from engine.grammar import RECIPES

    if name not in TRAINED:
        raise InputError("train_unknown", name=name, known=", ".join(TRAINED))
    return next(recipe for recipe in RECIPES if recipe.name == name)
