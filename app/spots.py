"""What a stop of a lesson lays open, and the way to where its text points."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.changes import Origin, Sheet, State
from app.document import Document
from engine import moves

if TYPE_CHECKING:
    # Most starts go through no lesson: what reads them is loaded when one is asked for.
    from engine.course import Spot, Visit


def stand(document: Document, spot: Spot) -> None:
    """Go to a step, to a number of its result, or to one of an input that can be changed."""
    cursor = moves.go_to(document.trace, spot.path)
    if spot.cell is not None and spot.source < 0:
        cursor = moves.at_number(document.trace, cursor, spot.working, *spot.cell)
    document.place(cursor)
    if spot.source >= 0 and document.step.inputs[spot.source].is_editable:
        document.select((spot.source, *(spot.cell or (0, 0))))


def state_of(visit: Visit, title: str) -> State:
    """The stop as a document: its scenario, and beside it the variant it compares with."""
    sheet = Sheet(
        visit.scenario, visit.trace, Origin(visit.scenario, saved=visit.scenario, name=title)
    )
    if not visit.stop.compare:
        return State(sheet)
    other, name = visit.variant(visit.stop.compare), visit.stop.compare
    beside = Origin(other, saved=other, name=name)
    return State(sheet, Sheet(other, visit.variant_trace(name), beside))
