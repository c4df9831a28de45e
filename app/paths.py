"""Where the files that come with the program lie."""

from pathlib import Path
from typing import Final

RESOURCES: Final = Path(__file__).resolve().parent.parent / "resources"
"""Fonts, icons, texts, scenarios: beside the package `app`, in the sources as in a wheel."""


def cache_folder() -> Path:
    """Where drawn formulas are kept between starts; may not exist yet."""
    import os
    import sys

    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA", Path.home()))
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / "stepformer"
