"""Bad input is a value: where it is, what is wrong, in one line."""

from collections.abc import Callable

import pytest

from engine import InputError


def refused(make: Callable[[], object], *codes: str) -> InputError:
    """The error that `make` ends in; it must have one of the codes, a place and one line."""
    with pytest.raises(InputError) as caught:
        make()
    error = caught.value
    assert error.code in codes, error
    assert error.place, error
    text = str(error)
    assert text.startswith(error.place), text
    assert len(text.splitlines()) == 1, text
    assert "{" not in text, text
    return error
