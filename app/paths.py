"""Where the files that come with the program lie."""

from pathlib import Path
from typing import Final

RESOURCES: Final = Path(__file__).resolve().parent.parent / "resources"
"""Fonts, icons, texts, scenarios: beside the package `app`, in the sources as in a wheel."""
