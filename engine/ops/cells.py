"""Leaves of expression trees: numbers read from a step's inputs."""

from __future__ import annotations

from engine.expr import Cell, Expr, Named
from engine.trace import Matrix, Working


def cell(matrix: Matrix, row: int, column: int) -> Cell:
    """One number of an input."""
    return Cell(matrix.path, row, column, float(matrix.data[row, column]))


def row_cells(matrix: Matrix, row: int) -> list[Expr]:
    """One row of an input."""
    return [cell(matrix, row, j) for j in range(matrix.data.shape[1])]


def column_cells(matrix: Matrix, column: int) -> list[Expr]:
    """One column of an input."""
    return [cell(matrix, i, column) for i in range(matrix.data.shape[0])]


def named(index: int, working: Working, row: int, column: int) -> Named:
    """One number of a working, which can tell its own arithmetic."""
    value = float(working.matrix.data[row, column])
    return Named(index, row, column, value, working.explain(row, column))
