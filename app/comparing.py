"""Comparing: a second sheet beside the first, both edited in one history."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, Signal

from app.changes import Origin, Sheet, State
from app.editing import Editing
from app.sources import open_source
from engine import Edit, InputError, Scenario, Trace, edits, rerun, run, with_options

T = TypeVar("T")
Ran = tuple[Scenario, Trace]

translate = QCoreApplication.translate


class Comparing(Editing):
    """Beginning, turning, swapping and ending a comparison.

    All of them but turning to the other side are entries to undo, so that undo goes through
    the edits of both sides in the order in which they were made.

    Signals:
        refused(InputError): an edit was not possible.
    """

    refused = Signal(object)
    state: State

    def push(self, text: str, after: State, sides: str = "") -> None:
        """Make `after` what is open, in one undoable step."""
        raise NotImplementedError

    def show(self, state: State, since: State | None = None) -> None:
        """Let this be what is open."""
        raise NotImplementedError

    def cancel(self) -> None:
        """End the previews as if they had not been."""
        raise NotImplementedError

    def tried(self, make: Callable[[], T]) -> T | None:
        """What is made; None, and `refused`, if the engine refuses it: nothing has changed then."""
        try:
            return make()
        except InputError as error:
            self.refused.emit(error)
            return None

    def ran(self, make: Callable[[], Scenario]) -> Ran | None:
        """A scenario that is made now, and its run; None, and `refused`, if there is none."""

        def made() -> Ran:
            scenario = make()
            return scenario, rerun(self.state.active.trace, scenario)

        return self.tried(made)

    def opened_sheet(self, source: str) -> Sheet | None:
        """What a file or a built-in scenario holds; None, and `refused`, if it can't be opened."""

        def opened() -> Sheet:
            scenario, path = open_source(source)
            origin = Origin(scenario, path, scenario, scenario.name)
            return Sheet(scenario, run(scenario), origin)

        return self.tried(opened)

    def edit_all(self, text: str, make: Edit) -> bool:
        """Make an edit of both sides in one undoable step; False if the active one can't be.

        The other stays as it is where the edit is not to be had on it.
        """
        self.cancel()
        state = self.state
        ran = self.ran(lambda: make(state.active.scenario))
        if ran is None:
            return False
        other = None if state.other is None else _after(state.other, _possible(state.other, make))
        after = replace(state, active=_after(state.active, ran), other=other)
        pairs = zip("AB", state.sheets, after.sheets, strict=False)
        changed = [name for name, old, new in pairs if new is not old]
        if changed:
            self.push(text, after, ", ".join(changed))
        return True

    @property
    def is_comparing(self) -> bool:
        """Whether there is a second sheet."""
        return self.state.other is not None

    @property
    def is_b(self) -> bool:
        """Whether the active sheet is B."""
        return self.state.is_b

    def compare(self, name: str, make: Edit = lambda scenario: scenario) -> bool:
        """Lay beside A what an edit makes of it, as B; an earlier B makes way."""
        self.cancel()
        a = self.state.sheets[0]
        ran = self.ran(lambda: make(a.scenario))
        if ran is not None:
            self._lay_beside(a, Sheet(*ran, Origin(ran[0], name=name)))
        return ran is not None

    def compare_option(self, name: str, option: str, value: object) -> bool:
        """Lay beside A a copy with one option chosen otherwise."""
        return self.compare(name, lambda s: with_options(s, s.options.changed(**{option: value})))

    def compare_file(self, source: str) -> bool:
        """Lay beside A what a file holds, or a built-in scenario."""
        self.cancel()
        sheet = self.opened_sheet(source)
        if sheet is not None:
            self._lay_beside(self.state.sheets[0], sheet)
        return sheet is not None

    def _lay_beside(self, a: Sheet, b: Sheet) -> None:
        text = translate("Document", "Compare with %1").replace("%1", b.origin.title)
        self.push(text, State(b, a, is_b=True))

    def turn(self, *, is_b: bool | None = None) -> bool:
        """Let the other side (or the one named) be active; False if it is already."""
        if not self.is_comparing or is_b is self.state.is_b:
            return False
        self.cancel()
        self.show(self.state.turned())
        return True

    def swap(self) -> bool:
        """Let A be B and B be A; the active sheet stays active."""
        if not self.is_comparing:
            return False
        self.cancel()
        state = self.state
        swapped = State(state.active, state.other, not state.is_b)
        self.push(translate("Document", "Swap A and B"), swapped)
        return True

    def keep(self, *, is_b: bool) -> bool:
        """End the comparison; go on with B, or with A."""
        if not self.is_comparing:
            return False
        self.cancel()
        text = translate("Document", "Keep B") if is_b else translate("Document", "Keep A")
        self.push(text, State(self.state.sheets[is_b]))
        return True


def _possible(sheet: Sheet, make: Edit) -> Ran | None:
    """What an edit makes of a sheet; None if it can't be."""
    try:
        scenario = make(sheet.scenario)
        return scenario, rerun(sheet.trace, scenario)
    except InputError:
        return None


def _after(sheet: Sheet, ran: Ran | None) -> Sheet:
    """The sheet after an edit; itself where there was none, or one that changed nothing."""
    if ran is None or edits.is_same(sheet.scenario, ran[0]):
        return sheet
    return sheet.now(*ran)
