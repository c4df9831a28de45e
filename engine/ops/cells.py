"""Leaves of expression trees: numbers read from a step's inputs."""

from __future__ import annotations

from engine.expr import Cell, Expr, Named
from engine.trace import Step, Working


def cell(step: Step, source: int, row: int, column: int) -> Cell:
    """One number of the step's input number `source`."""
    matrix = step.inputs[source]
    return Cell(matrix.path, row, column, float(matrix.data[row, column]), source)


def row_cells(step: Step, source: int, row: int) -> list[Expr]:
    """One row of an input."""
    return [cell(step, source, row, j) for j in range(step.inputs[source].data.shape[1])]


def column_cells(step: Step, source: int, column: int) -> list[Expr]:
    """One column of an input."""
    return [cell(step, source, i, column) for i in range(step.inputs[source].data.shape[0])]


def named(index: int, working: Working, row: int, column: int) -> Named:
    """One number of a working, which can tell its own arithmetic."""
    value = float(working.matrix.data[row, column])
    return Named(index, row, column, value, working.explain(row, column))
