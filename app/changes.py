"""What is open, as values; and the one kind of undo command there is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QUndoCommand, QUndoStack

from engine import Cursor, Scenario, Trace, rerun

if TYPE_CHECKING:
    from app.document import Document


@dataclass(frozen=True, eq=False)
class Earlier:
    """The run before the last change; `is_undo` says that an undo made it."""

    trace: Trace
    is_undo: bool = False


@dataclass(eq=False)
class Origin:
    """Where a scenario came from and which file holds it; undo changes nothing in here.

    `opened` is what it began as. `saved` is what a file holds, or what can be had again by
    opening it; None for one that was made by a comparison. `earlier` is what was there before
    the last change, against which what changed is marked.
    """

    opened: Scenario
    path: Path | None = None
    saved: Scenario | None = None
    name: str = ""
    earlier: Earlier | None = None

    @property
    def title(self) -> str:
        """The file's name, or what it was made as."""
        return self.path.name if self.path else self.name

    def held(self, *, is_alone: bool) -> Scenario | None:
        """What can be had again: what is saved, or in a comparison what was made for it."""
        return self.saved if is_alone or self.saved is not None else self.opened


@dataclass(frozen=True, eq=False)
class Sheet:
    """A scenario with its run and its origin."""

    scenario: Scenario
    trace: Trace
    origin: Origin

    def now(self, scenario: Scenario, trace: Trace) -> Sheet:
        """The same sheet after an edit."""
        return replace(self, scenario=scenario, trace=trace)


@dataclass(frozen=True, eq=False)
class State:
    """The sheet that edits change and, in a comparison, the other one; `is_b` says which it is."""

    active: Sheet
    other: Sheet | None = None
    is_b: bool = False

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        """A, or A and B."""
        if self.other is None:
            return (self.active,)
        return (self.other, self.active) if self.is_b else (self.active, self.other)

    def edited(self, scenario: Scenario, trace: Trace) -> State:
        """The same with the active sheet edited."""
        return replace(self, active=self.active.now(scenario, trace))

    def turned(self) -> State:
        """The same with the other sheet active, where there is one."""
        if self.other is None:
            return self
        return State(self.other, self.active, not self.is_b)

    def modified(self) -> tuple[Sheet, ...]:
        """The sheets with changes that no file holds.

        In a comparison one that is still what it was made as can be made again.
        """
        is_alone = self.other is None
        return tuple(s for s in self.sheets if s.scenario is not s.origin.held(is_alone=is_alone))


@dataclass(frozen=True, eq=False)
class Kept:
    """A state without its runs, which take milliseconds to make again and megabytes to keep."""

    sheets: tuple[tuple[Scenario, Origin], ...]
    is_b: bool

    @staticmethod
    def of(state: State) -> Kept:
        """What is to be kept of a state, the active sheet first."""
        both = (state.active,) if state.other is None else (state.active, state.other)
        return Kept(tuple((s.scenario, s.origin) for s in both), state.is_b)

    def again(self, now: State) -> State:
        """The state itself; what is open already is not run again."""
        known = {id(sheet.scenario): sheet.trace for sheet in now.sheets}
        near = {id(sheet.origin): sheet.trace for sheet in now.sheets}

        def trace(scenario: Scenario, origin: Origin) -> Trace:
            if id(scenario) in known:
                return known[id(scenario)]
            return rerun(near.get(id(origin), now.active.trace), scenario)

        made = [
            Sheet(scenario, trace(scenario, origin), origin) for scenario, origin in self.sheets
        ]
        return State(made[0], made[1] if len(made) > 1 else None, self.is_b)


@dataclass(frozen=True, eq=False)
class Aside:
    """What was open when something else took its place, with its history."""

    state: State
    cursor: Cursor
    left: list[Cursor]
    undo_stack: QUndoStack

    @property
    def is_modified(self) -> bool:
        """Whether there is an edit that no file holds."""
        return not self.undo_stack.isClean() and bool(self.state.modified())


class Change(QUndoCommand):
    """Everything before and after one edit; the engine has run before it is pushed."""

    def __init__(self, document: Document, text: str, before: State, after: State) -> None:
        super().__init__(text)
        self.document = document
        self.before = Kept.of(before)
        self.after = Kept.of(after)
        self.fresh: State | None = after

    def undo(self) -> None:
        """Show what was before."""
        self.document.show(self.before.again(self.document.state), is_undo=True)

    def redo(self) -> None:
        """Show what was made; also called when the command is pushed."""
        fresh, self.fresh = self.fresh, None
        self.document.show(fresh or self.after.again(self.document.state))
