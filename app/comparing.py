"""Comparing: a second sheet beside the first, both edited in one history."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, Signal

from app.changes import Origin, Sheet, State
from app.editing import Editing
from app.sources import open_source
from engine import Edit, InputError, Scenario, Trace, rerun, run, with_options

T = TypeVar("T")

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

    def push(self, text: str, after: State) -> None:
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

    def ran(self, make: Callable[[], Scenario]) -> tuple[Scenario, Trace] | None:
        """A scenario that is made now, and its run; None, and `refused`, if there is none."""

        def made() -> tuple[Scenario, Trace]:
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
