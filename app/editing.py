"""The edits that a learner can make, each one undoable step."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication

from app.aiming import Aiming
from engine import END, Edit, InputError, Scenario, edits, with_next_word, with_options
from engine import translate as decoded

translate = QCoreApplication.translate


class Editing(Aiming):
    """What can be edited; how an edit is made is the Document's business."""

    @property
    def opened(self) -> Scenario:
        """What the scenario began as."""
        raise NotImplementedError

    def edit(self, text: str, make: Edit) -> bool:
        """Change the scenario in one undoable step; False if it can't be."""
        raise NotImplementedError

    def edit_all(self, text: str, make: Edit) -> bool:
        """Make an edit of what is open, in a comparison of both sides, in one undoable step."""
        raise NotImplementedError

    def set_cell(self, path: str, row: int, column: int, value: float) -> bool:
        """Give one number of a parameter another value."""
        return self.set_block(path, row, column, np.array([[value]]))

    def set_block(self, path: str, row: int, column: int, block: NDArray[np.float64]) -> bool:
        """Lay a block of numbers over a parameter, its corner at (row, column)."""
        text = translate("Document", "Change %1").replace("%1", path)
        return self.edit(text, lambda s: edits.with_block(s, path, row, column, block))

    def set_table(self, path: str, table: NDArray[np.float64], text: str = "") -> bool:
        """Give a whole parameter other numbers; `text` names the change for undo."""
        text = text or translate("Document", "Change %1").replace("%1", path)
        return self.edit(text, lambda s: edits.with_table(s, path, table))

    def reset(self, path: str) -> bool:
        """Give a parameter the numbers it had when the scenario was opened."""
        opened = self.opened.params.get(path)
        if opened is None or opened.shape != self.scenario.params[path].shape:
            return False
        text = translate("Document", "Reset %1").replace("%1", path)
        return self.edit(text, lambda s: s.with_param(path, opened))

    def tie(self, path: str, other: str) -> bool:
        """Make one parameter one with another, whose numbers it takes."""
        text = translate("Document", "Tie %1").replace("%1", path)
        return self.edit(text, lambda s: edits.with_tie(s, path, other))

    def untie(self, path: str) -> bool:
        """Let a parameter go its own way again; False if it was tied to none."""
        if not self.one_with(path):
            return False
        text = translate("Document", "Untie %1").replace("%1", path)
        return self.edit(text, lambda s: edits.without_tie(s, path))

    def copy_from(self, path: str, source: str) -> bool:
        """Give a parameter the numbers that another matrix has now."""
        table = self.trace.matrix(source).data
        text = translate("Document", "Copy to %1").replace("%1", path)
        return self.edit(text, lambda s: edits.with_table(s, path, table))

    def pin(self, path: str, row: int, column: int, value: float | None) -> bool:
        """Set a result by hand, or (None) let it be computed again."""
        if value is None and (row, column) not in self.pins(path):
            return False
        text = (
            translate("Document", "Take a pin off")
            if value is None
            else translate("Document", "Pin a number")
        )
        return self.edit(text, lambda s: s.with_pin(path, row, column, value))

    def take_pins_off(self) -> bool:
        """Let every result be computed again."""
        return self.edit(translate("Document", "Take all pins off"), lambda s: s.without_pins())

    def paint(self, path: str, row: int, column: int, is_blocked: bool) -> bool:
        """Forbid or allow one look in a mask."""
        mask = self.trace.matrix(path)
        return self.edit(
            translate("Document", "Paint the mask"),
            lambda s: edits.with_painted(s, mask, row, column, is_blocked),
        )

    def set_locked(self, names: Sequence[str]) -> bool:
        """Hide these groups of controls, and no others."""
        text = translate("Document", "Lock for a class")
        return self.edit(text, lambda s: edits.with_locked(s, names))

    def set_option(self, name: str, value: object) -> bool:
        """Choose one option anew."""
        return self.edit(
            translate("Document", "Change an option"),
            lambda s: with_options(s, s.options.changed(**{name: value})),
        )

    def set_token(self, which: str, index: int, word: str) -> bool:
        """Put another word at one place of "source" or "target"."""
        text = translate("Document", "Change a word")
        return self.edit(text, lambda s: edits.with_word(s, which, index, word))

    def set_tokens(self, **words: tuple[str, ...]) -> bool:
        """Other words throughout: source=..., target=..."""
        return self.edit(
            translate("Document", "Change the words"), lambda s: edits.with_words(s, **words)
        )

    def loss_path(self) -> str | None:
        """The path of the loss, which is asked for first where there is none; None without one.

        The words expected are those that follow in the target, and the end. In a comparison
        both sides are asked, so that B − A is to be had.
        """
        if "expected" in self.scenario.options.uses.words:
            self.edit_all(translate("Document", "Ask for the loss"), _with_loss)
        return edits.LOSS if edits.LOSS in self.trace else None

    def next_word(self) -> bool:
        """One round of decoding: the likeliest word is appended to the target."""
        return self.edit(translate("Document", "Next word"), _longer)

    def translate(self) -> bool:
        """Decode from the start to the end."""
        return self.edit(translate("Document", "Translate"), decoded)


def _with_loss(scenario: Scenario) -> Scenario:
    """A scenario that predicts words, with its loss."""
    if scenario.expected or "expected" not in scenario.options.uses.words:
        return scenario
    return edits.with_loss(scenario)


def _longer(scenario: Scenario) -> Scenario:
    longer = with_next_word(scenario)
    if longer is scenario:
        raise InputError("finished", word=END)
    return longer
