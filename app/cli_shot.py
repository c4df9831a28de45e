"""What a picture of the window is to show."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from engine import InputError, Trace


@dataclass(frozen=True)
class ShotRequest:
    """A picture of the window without a screen.

    `source` is a built-in name or a file. `step` is the path of a step (at depth "block"
    also of a block); "" is the first. `cell` is (row, column) from 0, or None for where a
    walk would begin. `stop` is a lesson's folder and a stop of it, as in "the-steps/scores";
    it goes before the others. `depth` is one of engine.cursor.DEPTHS. `width` and `height` are in
    pixels, `scale` is that of the text.
    """

    source: str
    step: str = ""
    cell: tuple[int, int] | None = None
    theme: str = "light"
    scale: float = 1.0
    width: int = 1440
    height: int = 900
    language: str = "en"
    depth: str = "step"
    output: Path = Path("stepformer.png")
    stop: str = ""


def check(request: ShotRequest, trace: Trace) -> None:
    """InputError unless the trace has the step and the number that are asked for."""
    is_block = any(path.startswith(f"{request.step}/") for path in trace.steps)
    if request.depth == "block" and is_block:
        return
    path = request.step or next(iter(trace.steps))
    shape = trace[path].output.shape
    if request.cell is not None:
        check_cell(path, request.cell, shape)


def check_cell(path: str, cell: tuple[int, int], shape: tuple[int, int]) -> None:
    """InputError unless the cell, counted from 0, lies within the matrix."""
    if not all(0 <= at < size for at, size in zip(cell, shape, strict=True)):
        raise InputError(
            "cell_outside",
            path,
            row=cell[0] + 1,
            column=cell[1] + 1,
            rows=shape[0],
            columns=shape[1],
        )
