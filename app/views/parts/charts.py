"""Charts as data: what is drawn, before anything draws it."""

from __future__ import annotations

from dataclasses import dataclass

from engine import Array, Matrix


@dataclass(frozen=True, eq=False)
class Series:
    """Numbers of one kind; `role` is the colour of its symbols."""

    name: str
    values: Array
    role: str = ""


@dataclass(frozen=True, eq=False)
class Bars:
    """A bar for each label, or one for each series beside each other; shares go from 0 to 1."""

    title: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    is_share: bool = False
    chosen: int = -1


@dataclass(frozen=True, eq=False)
class Lines:
    """A line for each series over the same places."""

    title: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    at: tuple[float, ...] = ()
    is_log: bool = False


@dataclass(frozen=True, eq=False)
class Heat:
    """A matrix in the colours of its cells, with the names of its rows and columns."""

    title: str
    matrix: Matrix


@dataclass(frozen=True, eq=False)
class Arcs:
    """From each row's name an arc to each column's, as thick as the share is large."""

    title: str
    matrix: Matrix


Chart = Bars | Lines | Heat | Arcs
