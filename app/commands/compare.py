"""What the Compare menu does: a second scenario beside the first."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from app.commands.group import Group
from engine import GROUPS, alternatives

if TYPE_CHECKING:
    from app.picker import Offer


class CompareCommands(Group):
    """Begin, turn, swap, end."""

    def on_compare_with(self) -> None:
        """Lay a copy of A beside it with one option changed, chosen from a list."""
        title = self.tr("Compare with ...")
        why = self.tr("B is a copy of A in which one thing is another. Which?")
        chosen = self.desk.dialogs.choose(title, why, self.offers())
        if chosen is None:
            return
        if chosen.value is None:
            self.on_compare_copy()
            return
        name, value = chosen.value
        self.desk.document.compare_option(chosen.text, name, value)

    def offers(self) -> list[Offer]:
        """What is asked about most, then every option with the values that it could have.

        An offer's value is the option and what it is to be, or None for a plain copy.
        """
        from app.picker import Offer

        texts = self.desk.texts
        options = self.desk.document.state.sheets[0].scenario.options
        headings = {name: texts.group(key) for key, names in GROUPS.items() for name in names}

        def offer(name: str, value: object, heading: str) -> Offer:
            option = texts.option(name)
            text = self.tr("%1: %2").replace("%1", option.label).replace("%2", option.word(value))
            return Offer((name, value), text, option.help, heading)

        often = self.tr("Asked most")
        copy = Offer(None, self.tr("A plain copy"), self.tr("B is to be changed by you."), often)
        return [
            *(offer(*change, often) for change in alternatives.usual(options)),
            copy,
            *(offer(n, v, headings[n]) for n, v in alternatives.others(options)),
        ]

    def on_compare_copy(self) -> None:
        """A plain copy of A, to be edited."""
        self.desk.document.compare(self.tr("a copy"))

    def on_compare_file(self) -> None:
        """Ask for a file and lay it beside."""
        document = self.desk.document
        folder = document.path.parent if document.path else Path.home()
        name = self.desk.dialogs.open_name(str(folder))
        if name:
            self.desk.playback.pause()
            document.compare_file(name)

    def on_other_side(self) -> None:
        """The other side becomes the one that is edited."""
        self.desk.playback.pause()
        self.desk.document.turn()

    def on_swap_sides(self) -> None:
        """A is B from now on, and B is A."""
        self.desk.document.swap()

    def on_keep_a(self) -> None:
        """End the comparison with A."""
        self.desk.document.keep(is_b=False)

    def on_keep_b(self) -> None:
        """End the comparison with B."""
        self.desk.document.keep(is_b=True)
