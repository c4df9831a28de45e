"""The table of what can be exported without Qt, and how an export is carried out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from engine.disk import write_bytes
from engine.errors import InputError, clipped
from engine.export.latex import latex
from engine.export.markdown import markdown
from engine.export.naming import identifier
from engine.export.parameters import safetensors
from engine.export.script import numpy_script, torch_script
from engine.export.selection import Manner, Selection, Work
from engine.export.tables import csv_tables, npz


@dataclass(frozen=True)
class Exporter:
    """One format: its name, the file's ending, and what makes it.

    `many` is the ending where several steps make several files, which go into one archive.
    `is_whole_only` says that less than everything can't be had in it.
    """

    name: str
    suffix: str
    make: Callable[[Selection, Manner], Work]
    many: str = ""
    is_whole_only: bool = False

    def ending(self, chosen: Selection) -> str:
        """How the file's name ends for this selection."""
        return self.many if self.many and not chosen.is_step else self.suffix

    def start(self, chosen: Selection, manner: Manner, file: Path) -> Work:
        """The work, still to be done; InputError if the file's name doesn't suit it."""
        ending = self.ending(chosen)
        if ending != self.suffix and file.suffix.lower() != ending:
            raise InputError("one_archive", clipped(file.name, 48), ending=ending)
        return self.make(chosen, manner)


TEXTS: tuple[Exporter, ...] = (
    Exporter("csv", ".csv", csv_tables),
    Exporter("npz", ".npz", npz),
    Exporter("latex", ".tex", latex),
    Exporter("markdown", ".md", markdown),
    Exporter("numpy", ".py", numpy_script),
    Exporter("pytorch", ".py", torch_script),
    Exporter("safetensors", ".safetensors", safetensors, is_whole_only=True),
)
"""The formats that need no Qt."""


Kind = TypeVar("Kind", bound=Exporter)


def named(exporters: Sequence[Kind], name: str) -> Kind:
    """The format of that name; InputError if there is none."""
    for exporter in exporters:
        if exporter.name == name:
            return exporter
    known = ", ".join(e.name for e in exporters)
    raise InputError("no_format", name=clipped(name, 40), known=known)


def carry_out(work: Work, file: Path, tell: Callable[[int], bool] | None = None) -> bool:
    """Do the work to its end, then write the file, whole or not at all.

    `tell` is told after each step how many are done, and stops it by saying False; then
    nothing is written and the result is False.
    """
    try:
        while True:
            done = next(work)
            if tell is not None and not tell(done):
                work.close()
                return False
    except StopIteration as end:
        write_bytes(file, end.value)
    return True


def stem(chosen: Selection) -> str:
    """A name for the file, without its ending: the path or the scenario's name."""
    return identifier(clipped(chosen.title, 60)).strip("_") or "stepformer"
