"""The fixtures of a window, for all tests here."""

from window_fixtures import (  # noqa: F401
    dialogs,
    document,
    hand,
    make,
    six_layers,
    stepformer,
    store,
    window,
)
