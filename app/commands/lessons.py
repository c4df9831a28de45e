"""What the Lessons menu does."""

from __future__ import annotations

from pathlib import Path

from app.commands.group import Group


class LessonCommands(Group):
    """The slots of the Lessons menu."""

    def _show(self, page: str) -> None:
        self.desk.tab_wanted.emit("lessons")
        self.desk.tour.page_wanted.emit(page)

    def on_lessons(self) -> None:
        """The list of lessons."""
        self._show("contents")

    def on_practice(self) -> None:
        """Closing questions at random."""
        self._show("practice")

    def on_next_stop(self) -> None:
        """The lesson's next stop."""
        self._show("lesson")
        self.desk.tour.next()

    def on_previous_stop(self) -> None:
        """The lesson's stop before."""
        self._show("lesson")
        self.desk.tour.back()

    def on_stop_again(self) -> None:
        """Back to the stop as the lesson has it."""
        self._show("lesson")
        self.desk.tour.again()

    def on_leave_lesson(self) -> None:
        """What was open before the lesson, exactly as it was."""
        self.desk.tour.leave()

    def on_open_lessons(self) -> None:
        """Ask for a folder with lessons, and show them."""
        name = self.desk.dialogs.lessons_folder(str(Path.home()))
        if not name:
            return
        wrong = self.desk.tour.open_folder(Path(name))
        if not wrong:
            self._show("contents")
            return
        text = self.tr("These lessons can't be opened. %1").replace("%1", str(wrong[0]))
        if len(wrong) > 1:
            text += " " + self.tr("(and %1 more)").replace("%1", str(len(wrong) - 1))
        self.desk.notice_wanted.emit(text)
