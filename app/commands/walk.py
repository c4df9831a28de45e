"""What the Walk menu does: the debugger's moves."""

from __future__ import annotations

from collections.abc import Callable

from app.commands.group import Group
from engine import Cursor, Trace, moves


class WalkCommands(Group):
    """The slots of the Walk menu."""

    def _walk(self, how: Callable[[Trace, Cursor], Cursor]) -> None:
        self.desk.playback.pause()
        self.desk.document.select(None)
        self.desk.document.move(how)

    def on_forward(self) -> None:
        """Over: the next at the present depth."""
        self._walk(moves.forward)

    def on_back(self) -> None:
        """Exactly back."""
        self._walk(moves.backward)

    def on_into(self) -> None:
        """One depth down."""
        self._walk(moves.into)

    def on_out(self) -> None:
        """One depth up."""
        self._walk(moves.out)

    def on_to_end(self) -> None:
        """All operations of the number."""
        self._walk(moves.to_end)

    def on_origin(self) -> None:
        """To the first computed number that this one was read from."""
        self.desk.playback.pause()
        self.desk.document.trace_back()

    def on_last_origin(self) -> None:
        """The same of the last matrix: of a sum, what was added."""
        self.desk.playback.pause()
        self.desk.document.trace_back(is_last=True)

    def on_returned(self) -> None:
        """Back to where one was before following a number."""
        self.desk.document.come_back()

    def on_first(self) -> None:
        """The first at the present depth."""
        self._walk(moves.first)

    def on_last(self) -> None:
        """The last at the present depth."""
        self._walk(moves.last)

    def on_play(self) -> None:
        """Play or pause."""
        self.desk.playback.toggle()

    def on_by_block(self) -> None:
        """Walk block by block."""
        self._walk(lambda t, c: moves.at_depth(t, c, moves.BLOCK))

    def on_by_step(self) -> None:
        """Walk step by step."""
        self._walk(lambda t, c: moves.at_depth(t, c, moves.STEP))

    def on_by_number(self) -> None:
        """Walk number by number."""
        self._walk(lambda t, c: moves.at_depth(t, c, moves.NUMBER))

    def on_by_operation(self) -> None:
        """Walk operation by operation."""
        self._walk(lambda t, c: moves.at_depth(t, c, moves.OPERATION))
