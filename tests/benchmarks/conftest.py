"""How the figures of docs/performance.md are taken and written down."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

Record = Callable[..., None]


def share(times: Sequence[float], part: float) -> float:
    """The time that `part` of them stay under."""
    return sorted(times)[min(int(part * len(times)), len(times) - 1)]


@pytest.fixture
def record(request: pytest.FixtureRequest) -> Record:
    """Say one figure, and its aim, at the end of the run; no figure makes a test fail."""

    def say(what: str, found: str, aim: str) -> None:
        request.config.stash.setdefault(FIGURES, []).append((what, found, aim))

    return say


FIGURES: pytest.StashKey[list[tuple[str, str, str]]] = pytest.StashKey()


def pytest_terminal_summary(terminalreporter, config) -> None:
    figures = config.stash.get(FIGURES, [])
    if figures:
        terminalreporter.section("figures")
    for what, found, aim in figures:
        terminalreporter.write_line(f"{what:<58} {found:<34} aim: {aim}")


def pytest_collection_modifyitems(items) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("benchmark_suite")
