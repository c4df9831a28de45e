"""What the File menu does: new, open, save, quit."""

from __future__ import annotations

import random
from pathlib import Path

from app.changes import Aside, Sheet
from app.commands.group import Group
from engine import fresh


class FileCommands(Group):
    """The slots of the File menu."""

    def may_leave(self) -> bool:
        """Whether what is open may be closed: nothing unsaved, or the learner agrees.

        In a comparison each side with changes is asked for. A lesson holds nothing to be
        saved, but what waits until it is left may: only when that is settled it is left.
        """
        desk = self.desk
        if not desk.is_in_lesson:
            is_modified = desk.document.is_modified
            return not is_modified or all(map(self._may_leave, desk.document.state.modified()))
        waiting = desk.tour.set_aside
        if waiting is not None and waiting.is_modified:
            sheets = waiting.state.modified()
            if not all(self._may_let_go(waiting, sheet) for sheet in sheets):
                return False
        desk.tour.leave()
        return True

    def _may_leave(self, sheet: Sheet) -> bool:
        document = self.desk.document
        if document.state.active.origin is not sheet.origin:
            document.turn()
        answer = self.desk.dialogs.ask_about_changes(document.title)
        if answer == "save":
            return self.on_save()
        return answer == "discard"

    def _may_let_go(self, waiting: Aside, sheet: Sheet) -> bool:
        """The same of what waits, which is not on show."""
        origin = sheet.origin
        answer = self.desk.dialogs.ask_about_changes(origin.title)
        if answer != "save":
            return answer == "discard"
        path = origin.path or self._wanted_name(origin.title, None)
        if path is None or not self.desk.document.save_waiting(waiting, sheet, path):
            return False
        self.desk.settings.add_recent(path.resolve())
        return True

    def open_path(self, source: str) -> bool:
        """Open a built-in scenario or a file, after asking about unsaved changes.

        A file that can't be opened is refused before anything is asked or left.
        """
        document = self.desk.document
        if document.opened_sheet(source) is None or not self.may_leave():
            return False
        self.desk.playback.pause()
        is_open = document.open(source)  # anew: it may just have been saved
        if is_open and document.path is not None:
            self.desk.settings.add_recent(document.path)
            document.file_changed.emit()
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
        document = self.desk.document
        path = self._wanted_name(document.title, document.path)
        if path is None or not document.save(path):
            return False
        self.desk.settings.add_recent(path.resolve())
        return True

    def _wanted_name(self, title: str, path: Path | None) -> Path | None:
        """Ask for the file to save to; None if there is to be none."""
        title = title or self.tr("untitled")
        suggestion = path or Path.home() / f"{title}.json"
        name = self.desk.dialogs.save_name(str(suggestion))
        return Path(name) if name else None

    def on_lock(self) -> None:
        """Choose what a class is not to see."""
        document = self.desk.document
        names = self.desk.dialogs.choose_locks(document.scenario.locked)
        if names is not None:
            document.set_locked(names)

    def on_quit(self) -> None:
        """Close the window, which asks about unsaved changes."""
        self.desk.window.close()
