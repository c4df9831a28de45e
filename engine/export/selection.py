"""What is taken along: some steps of a trace, and how they are to be written."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass

from engine.errors import InputError
from engine.trace import Matrix, Step, Trace

Work = Generator[int, None, bytes]
"""An export that is being made: after each step how many are done; in the end the file."""


@dataclass(frozen=True)
class Selection:
    """Steps of a trace, in order: one, those of a block, or all.

    `path` is that of the step or the block, "" for everything; `cell` is the number (row,
    column from 0) that is unfolded; in a block it is each step's first.
    """

    trace: Trace
    path: str
    steps: tuple[Step, ...]
    cell: tuple[int, int] = (0, 0)

    @property
    def is_step(self) -> bool:
        """Whether it is one step, and not a block that happens to have only one."""
        return self.path in self.trace

    def matrices(self) -> Iterator[Matrix]:
        """What the steps read, their workings and what they computed, each of them once."""
        seen = set()
        for step in self.steps:
            for matrix in (*step.inputs, *(w.matrix for w in step.workings), step.output):
                if matrix.path not in seen:
                    seen.add(matrix.path)
                    yield matrix

    @property
    def title(self) -> str:
        """What it is called: the path, or the scenario's name."""
        scenario = self.trace.scenario
        name = scenario.name if scenario is not None else ""
        return self.path or name or "stepformer"


def select(trace: Trace, path: str = "", cell: tuple[int, int] | None = None) -> Selection:
    """A step, a block, or with "" everything.

    InputError if there is neither a step nor a block of that path, or no such number.
    """
    inside = tuple(s for s in trace if not path or s.path.startswith(f"{path}/"))
    if path in trace:
        inside = (trace[path],)
    if not inside:
        trace[path]  # an InputError with a hint
    if cell is not None:
        _check_cell(inside[0], cell, is_step=path in trace)
    return Selection(trace, path, inside, cell or (0, 0))


def _check_cell(step: Step, cell: tuple[int, int], is_step: bool) -> None:
    if not is_step:
        raise InputError("cell_of_block", step.path.rpartition("/")[0])
    rows, columns = step.output.shape
    row, column = cell
    if not (0 <= row < rows and 0 <= column < columns):
        place = {"row": row + 1, "column": column + 1}
        raise InputError("cell_outside", step.path, **place, rows=rows, columns=columns)


@dataclass(frozen=True)
class Words:
    """A step in words: its name, a headline, and what it is for, with symbols in braces."""

    name: str
    title: str = ""
    about: str = ""


def bare(step: Step) -> Words:
    """A step without words: the last part of its path."""
    return Words(step.path.rpartition("/")[2])


@dataclass(frozen=True)
class Manner:
    """How it is written: decimals of what is rounded, words of the steps; theme and language
    of pictures.
    """

    digits: int = 2
    words: Callable[[Step], Words] = bare
    theme: str = "light"
    language: str = "en"
