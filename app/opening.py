"""The start of the window: first a card, then all the rest."""

from __future__ import annotations

import gc

from app.card import Card, begin, system_theme
from app.palettes import THEMES
from app.settings import Settings


def run_window(source: str | None, language: str) -> int:
    """Open the window and stay until it is closed; the exit code."""
    # Hardly anything made at a start is garbage: looking for it takes a twentieth of the start.
    gc.disable()
    try:
        app = begin()
        settings = Settings()
        card = Card(THEMES.get(settings.theme or system_theme(), THEMES["light"]), settings.zoom)
        card.show()
        app.processEvents()
        from app.application import open_window  # NumPy, the engine, the views

        window = open_window(source, settings, language)
        card.close()
        code = app.exec()
        del window  # until now it had to be kept
        return code
    finally:
        gc.enable()
