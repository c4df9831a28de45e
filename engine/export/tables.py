"""Arrays for other programs: CSV for a spreadsheet, NPZ for NumPy."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

import numpy as np

from engine.export.selection import Manner, Selection, Work
from engine.trace import Array, Matrix

_ACTIVE = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula."""


def csv_tables(chosen: Selection, manner: Manner) -> Work:  # noqa: ARG001
    """Every matrix as a table under its path, with an empty line between them.

    The first line holds the path and the columns' names, then each row its name and its
    numbers, in all their figures (`-inf`, `nan` where they are none). UTF-8 with a mark,
    without which a spreadsheet reads other letters.
    """
    texts = []
    for done, matrix in enumerate(chosen.matrices()):
        texts.append(_text(matrix, done))
        yield min(done, len(chosen.steps))
    return _encoded("".join(texts))


def csv_of(tables: Iterable[Matrix]) -> bytes:
    """Tables below each other, each with its path or title in its corner."""
    return _encoded("".join(_text(table, place) for place, table in enumerate(tables)))


def _encoded(text: str) -> bytes:
    return text.encode("utf-8-sig")


def _text(matrix: Matrix, place: int) -> str:
    """A table, after an empty line unless it is the first."""
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    if place:
        writer.writerow([])
    writer.writerows(_lines(matrix))
    return file.getvalue()


def _lines(matrix: Matrix) -> Iterator[list[str]]:
    yield [_tame(matrix.path), *map(_tame, matrix.columns)]
    for name, row in zip(matrix.rows, matrix.data.tolist(), strict=True):
        yield [_tame(name), *map(repr, row)]


def _tame(name: str) -> str:
    """A name that no spreadsheet computes: words come from files, which come from anybody."""
    return f"'{name}" if name.startswith(_ACTIVE) else name


def npz(chosen: Selection, manner: Manner) -> Work:  # noqa: ARG001
    """Every array under its path, to be read with `numpy.load`."""
    yield 0
    buffer = io.BytesIO()
    np.savez_compressed(buffer, allow_pickle=False, **arrays(chosen))
    return buffer.getvalue()


def arrays(chosen: Selection) -> dict[str, Array]:
    """What the steps computed and read, by path; vectors keep their one axis.

    Of everything also what no step reads, so that a scenario can be had back.
    """
    trace = chosen.trace
    params = dict(trace.scenario.params) if trace.scenario is not None else {}
    found = {step.path: step.output.data for step in chosen.steps}
    read = {m.path: m.data for step in chosen.steps for m in step.inputs}
    given = read if chosen.path else {path: m.data for path, m in trace.given.items()}
    for path, data in given.items():
        found.setdefault(path, params.get(path, data))
    return found if chosen.path else {**found, **params}
