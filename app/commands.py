"""What the actions do: each slot is one line or two over document, look and dialogs."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.dialogs import Dialogs
from app.document import Document
from app.numbers import MOST_DIGITS
from app.playback import Playback
from app.settings import Settings
from app.theme import Look
from engine import Cursor, Trace, fresh, moves


class Commands(QObject):
    """The slots of the actions' table, by their names.

    Signals:
        panel_wanted(str): show or hide a panel of the window.
        stage_wanted: the keyboard goes to the stage's first input.
    """

    panel_wanted = Signal(str)
    stage_wanted = Signal()

    def __init__(
        self,
        window: QWidget,
        document: Document,
        look: Look,
        settings: Settings,
        playback: Playback,
        dialogs: Dialogs,
    ) -> None:
        super().__init__(window)
        self.window = window
        self.document = document
        self.look = look
        self.settings = settings
        self.playback = playback
        self.dialogs = dialogs

    # File

    def may_leave(self) -> bool:
        """Whether what is open may be closed: nothing unsaved, or the learner agrees."""
        if not self.document.is_modified:
            return True
        answer = self.dialogs.ask_about_changes(self.document.title)
        if answer == "save":
            return self.on_save()
        return answer == "discard"

    def open_path(self, source: str) -> bool:
        """Open a built-in scenario or a file, after asking about unsaved changes."""
        if not self.may_leave():
            return False
        self.playback.pause()
        is_open = self.document.open(source)
        if is_open and self.document.path is not None:
            self.settings.add_recent(self.document.path)
            self.document.file_changed.emit()
        return is_open

    def on_new_translation(self) -> None:
        """The trained translation, as it comes."""
        self.open_path("translation")

    def on_new_by_hand(self) -> None:
        """Whole numbers, to be redone on paper."""
        self.open_path("by-hand")

    def on_new_random(self) -> None:
        """The same model and words with fresh random numbers."""
        if not self.may_leave():
            return
        s = self.document.scenario
        self.document.begin(
            fresh(
                s.options,
                random.SystemRandom().randrange(10000),
                source=s.source,
                target=s.target,
                expected=s.expected,
                source_vocabulary=s.source_vocabulary,
                target_vocabulary=s.target_vocabulary,
            )
        )

    def on_open(self) -> None:
        """Ask for a file and open it."""
        folder = self.document.path.parent if self.document.path else Path.home()
        name = self.dialogs.open_name(str(folder))
        if name:
            self.open_path(name)

    def on_save(self) -> bool:
        """Save to the file that is open, or ask for one."""
        if self.document.path is None:
            return self.on_save_as()
        return self.document.save(self.document.path)

    def on_save_as(self) -> bool:
        """Ask for a name and save there."""
        title = self.document.title or self.tr("untitled")
        suggestion = self.document.path or Path.home() / f"{title}.json"
        name = self.dialogs.save_name(str(suggestion))
        if not name or not self.document.save(Path(name)):
            return False
        self.settings.add_recent(Path(name).resolve())
        return True

    def on_quit(self) -> None:
        """Close the window, which asks about unsaved changes."""
        self.window.close()

    # Edit

    def on_undo(self) -> None:
        """One edit back."""
        self.document.undo_stack.undo()

    def on_redo(self) -> None:
        """One edit forward again."""
        self.document.undo_stack.redo()

    def on_edit_input(self) -> None:
        """The keyboard goes to the first input that can be changed."""
        self.stage_wanted.emit()

    def on_next_word(self) -> None:
        """One round of decoding."""
        self.document.next_word()

    def on_translate(self) -> None:
        """Decode to the end."""
        self.document.translate()

    # Walk

    def _walk(self, how: Callable[[Trace, Cursor], Cursor]) -> None:
        self.playback.pause()
        self.document.select(None)
        self.document.move(how)

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
        self.playback.pause()
        self.document.trace_back()

    def on_returned(self) -> None:
        """Back to where one was before following a number."""
        self.document.come_back()

    def on_first(self) -> None:
        """The first at the present depth."""
        self._walk(moves.first)

    def on_last(self) -> None:
        """The last at the present depth."""
        self._walk(moves.last)

    def on_play(self) -> None:
        """Play or pause."""
        self.playback.toggle()

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

    # View

    def on_smaller(self) -> None:
        """Smaller text."""
        self.look.zoom_by(-1)

    def on_larger(self) -> None:
        """Larger text."""
        self.look.zoom_by(1)

    def on_usual_size(self) -> None:
        """Text at 100%."""
        self.look.set_zoom(100)

    def on_more_digits(self) -> None:
        """One decimal more in every matrix, at most six."""
        self._show_digits(self.look.digits + 1)

    def on_fewer_digits(self) -> None:
        """One decimal fewer, at least one."""
        self._show_digits(self.look.digits - 1)

    def _show_digits(self, digits: int) -> None:
        self.look.digits = min(max(digits, 1), MOST_DIGITS)
        self.settings.digits = self.look.digits
        self.look.changed.emit()

    def on_dark(self) -> None:
        """Between light and dark."""
        name = "light" if self.look.theme.name == "dark" else "dark"
        self.look.set_theme(name)
        self.settings.theme = name

    def on_show_map(self) -> None:
        """Show or hide the map."""
        self.panel_wanted.emit("map")

    def on_show_side(self) -> None:
        """Show or hide the side panel."""
        self.panel_wanted.emit("side")

    def on_full_screen(self) -> None:
        """Fill the screen, or no longer."""
        if self.window.isFullScreen():
            self.window.showNormal()
        else:
            self.window.showFullScreen()

    # Help

    def on_show_keys(self) -> None:
        """The shortcut sheet."""
        self.dialogs.show_keys()

    def on_about(self) -> None:
        """Name, version, licences."""
        from app.version import version

        self.dialogs.about(version())
