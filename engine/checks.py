"""What may come in from outside: numbers, seeds, words, tokens."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from engine.errors import InputError, Wording
from engine.trace import Array, freeze

LARGEST = 1e6
"""The largest magnitude of a parameter; beyond it nothing can be read any more."""

MOST_TOKENS = 16
MOST_WORDS = 200


def checked_array(array: ArrayLike, shape: tuple[int, ...], place: str) -> Array:
    """A read-only float64 copy; InputError if the shape or a number is not right."""
    found = numbers(array, place)
    if found.shape != shape:
        raise InputError("param_shape", place, expected=written(shape), found=written(found.shape))
    wrong = ~(np.abs(found) <= LARGEST)
    if wrong.any():
        row, column = np.argwhere(np.atleast_2d(wrong))[0]
        value = np.atleast_2d(found)[row, column]
        raise InputError("not_finite", place, row=row + 1, column=column + 1, found=f"{value:g}")
    return freeze(found)


def numbers(array: ArrayLike, place: str) -> Array:
    """A float64 copy; InputError for what is not made of real numbers or is ragged."""
    try:
        given = np.asarray(array)
        if given.dtype.kind not in "biufO":
            raise TypeError(given.dtype)
        return np.array(given, dtype=np.float64)
    except (TypeError, ValueError, OverflowError):
        raise InputError("param_type", place, found=type(array).__name__) from None


def written(shape: Sequence[int]) -> str:
    """A shape as it is written: 4 × 8; a bare number has none."""
    return " × ".join(str(n) for n in shape) or Wording("single_number")


def check_seed(seed: object) -> None:
    """InputError unless the seed is a whole number that NumPy's generator takes."""
    if isinstance(seed, bool) or not isinstance(seed, int) or seed < 0:
        wanted = Wording("whole_from_on", low=0)
        raise InputError("option_range", "seed", name="seed", expected=wanted, found=repr(seed))


def check_vocabulary(words: Sequence[str], place: str) -> None:
    """InputError unless the words are 1 to 200 different, printable and not too long."""
    problem = ""
    if not 1 <= len(words) <= MOST_WORDS:
        problem = Wording("words_count", low=1, high=MOST_WORDS, found=len(words))
    elif len(set(words)) != len(words):
        twice = next(w for w in words if words.count(w) > 1)
        problem = Wording("word_twice", word=twice)
    else:
        for word in words:
            if not word.strip() or not word.isprintable() or len(word) > 24:
                problem = Wording("word_form", word=repr(word))
                break
    if problem:
        raise InputError("vocabulary", place, what=problem)


def check_tokens(tokens: Sequence[str], vocabulary: Sequence[str], place: str) -> None:
    """InputError unless there are 1 to 16 tokens, all in the vocabulary."""
    if not 1 <= len(tokens) <= MOST_TOKENS:
        wanted = Wording("count_range", low=1, high=MOST_TOKENS)
        raise InputError("token_count", place, expected=wanted, found=len(tokens))
    for index, token in enumerate(tokens):
        if token not in vocabulary:
            known = ", ".join(vocabulary[:12]) + (" ..." if len(vocabulary) > 12 else "")
            raise InputError("token_unknown", f"{place} › {index + 1}", token=token, known=known)
