"""The window of the app's tests, for pictures of it."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "app"))

from window_fixtures import hand, make, stepformer, store, window  # noqa: F401
