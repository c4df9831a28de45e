"""The fixtures of a window, for all tests here."""

from window_fixtures import (  # noqa: F401
    dialogs,
    document,
    hand,
    make,
    panel,
    six_layers,
    stepformer,
    store,
    tour,
    window,
)
