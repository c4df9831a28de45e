"""Where the number stands that a question asks for, if it stands in a matrix of the trace."""

from __future__ import annotations

from dataclasses import dataclass

from engine.course.evaluation import Setting, cell_of
from engine.course.phrases import Call, Reference, Selection, Tree
from engine.course.questions import LARGEST, NUMBER, SMALLEST, Question, right

SHAPES = ("rows", "columns")
"""Functions that ask for a matrix's shape: it is seen where the matrix is."""


@dataclass(frozen=True)
class Source:
    """A matrix of the trace, and the number in it, from 0; None where its shape is asked."""

    of: Reference
    cell: tuple[int, int] | None = None


def source(question: Question, setting: Setting) -> Source | None:
    """The number asked for; None where it is computed from others, or stands in a variant."""
    tree = question.phrase.tree if question.phrase is not None else None
    if tree is None or question.kind not in {NUMBER, LARGEST, SMALLEST}:
        return None
    if isinstance(tree, Call):
        return _shape(tree)
    of, at = _within(tree, setting)
    if of is None or of.variant:
        return None
    if question.kind == NUMBER:
        return Source(of, at)
    place = right(question, setting)
    assert isinstance(place, tuple)
    return Source(of, (at[0] + place[0], at[1] + place[1]))


def _shape(tree: Call) -> Source | None:
    of = tree.given[0] if tree.function in SHAPES else None
    return Source(of) if isinstance(of, Reference) and not of.variant else None


def _within(tree: Tree, setting: Setting) -> tuple[Reference | None, tuple[int, int]]:
    """The matrix that a phrase names, and its first row and column there."""
    if isinstance(tree, Reference):
        return tree, (0, 0)
    if isinstance(tree, Selection) and isinstance(tree.of, Reference):
        return tree.of, cell_of(setting.reference(tree.of), tree)
    return None, (0, 0)
