"""What the File menu does: new, open, save, quit."""

from __future__ import annotations

import random
from pathlib import Path

from app.changes import Sheet
from app.commands.group import Group
from engine import fresh


class FileCommands(Group):
    """The slots of the File menu."""

    def may_leave(self) -> bool:
        """Whether what is open may be closed: nothing unsaved, or the learner agrees.

        In a comparison each side with changes is asked for. A lesson is left first: it holds
        nothing to be saved, but what was open before it may.
        """
        self.desk.tour.leave()
        if not self.desk.document.is_modified:
            return True
        return all(self._may_leave(sheet) for sheet in self.desk.document.state.modified())

    def _may_leave(self, sheet: Sheet) -> bool:
        document = self.desk.document
        if document.state.active.origin is not sheet.origin:
            document.turn()
        answer = self.desk.dialogs.ask_about_changes(document.title)
        if answer == "save":
            return self.on_save()
        return answer == "discard"

    def open_path(self, source: str) -> bool:
        """Open a built-in scenario or a file, after asking about unsaved changes."""
        if not self.may_leave():
            return False
        self.desk.playback.pause()
        is_open = self.desk.document.open(source)
        if is_open and self.desk.document.path is not None:
            self.desk.settings.add_recent(self.desk.document.path)
            self.desk.document.file_changed.emit()
        return is_open

    def on_new_translation(self) -> None:
        """The trained translation, as it comes."""
        self.open_path("translation")

    def on_new_by_hand(self) -> None:
        """Whole numbers, to be redone on paper."""
        self.open_path("by-hand")

    def on_new_recurrent(self) -> None:
        """A recurrent translator whose decoder looks back at every state."""
        self.open_path("rnn-attention")

    def on_new_last_state(self) -> None:
        """One whose decoder has the last state only."""
        self.open_path("rnn-plain")

    def on_new_random(self) -> None:
        """The same model and words with fresh random numbers."""
        if not self.may_leave():
            return
        s = self.desk.document.scenario
        self.desk.document.begin(
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
        folder = self.desk.document.path.parent if self.desk.document.path else Path.home()
        name = self.desk.dialogs.open_name(str(folder))
        if name:
            self.open_path(name)

    def on_save(self) -> bool:
        """Save to the file that is open, or ask for one."""
        if self.desk.document.path is None:
            return self.on_save_as()
        return self.desk.document.save(self.desk.document.path)

    def on_save_as(self) -> bool:
        """Ask for a name and save there."""
        title = self.desk.document.title or self.tr("untitled")
        suggestion = self.desk.document.path or Path.home() / f"{title}.json"
        name = self.desk.dialogs.save_name(str(suggestion))
        if not name or not self.desk.document.save(Path(name)):
            return False
        self.desk.settings.add_recent(Path(name).resolve())
        return True

    def on_lock(self) -> None:
        """Choose what a class is not to see."""
        document = self.desk.document
        names = self.desk.dialogs.choose_locks(document.scenario.locked)
        if names is not None:
            document.set_locked(names)

    def on_quit(self) -> None:
        """Close the window, which asks about unsaved changes."""
        self.desk.window.close()
