"""What the actions do with gradients: choosing the goal, showing values, gradients or both."""

from __future__ import annotations

from app.commands.group import Group
from app.desk import Desk
from app.seen import BOTH, GRADIENTS, SHOWN, VALUES, Goal
from engine import moves


class GoalCommands(Group):
    """The slots of the Gradient menu."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        desk.document.goal_lost.connect(self._on_lost)

    def on_goal(self) -> None:
        """Make the number asked the goal; on the goal itself, let go of it."""
        document = self.desk.document
        document.select(None)
        document.move(moves.at_result)
        number = document.number
        if number.working >= 0:
            self.desk.notice_wanted.emit(
                self.tr("Only a number of a result can be the goal: go on to the result.")
            )
            return
        document.aim(number.path, number.row, number.column)

    def on_loss_goal(self) -> None:
        """Make the loss the goal; where there is none yet, ask for one first."""
        document = self.desk.document
        path = document.loss_path()
        if path is None:
            self.desk.notice_wanted.emit(
                self.tr("This model predicts no words, so it has no loss.")
            )
        elif document.goal is None or document.goal.path != path:
            document.aim(path, 0, 0)

    def on_no_goal(self) -> None:
        """Show values alone again."""
        if not self.desk.document.let_go():
            self._say_none()

    def on_show_values(self) -> None:
        """Values, although there is a goal."""
        self._show(VALUES)

    def on_show_gradients(self) -> None:
        """Gradients in place of values."""
        self._show(GRADIENTS)

    def on_show_both(self) -> None:
        """Values, and under each its gradient."""
        self._show(BOTH)

    def on_next_shown(self) -> None:
        """From values to gradients to both, and round again."""
        self._show(SHOWN[(SHOWN.index(self.desk.document.shown) + 1) % len(SHOWN)])

    def _show(self, shown: str) -> None:
        if self.desk.document.goal is None:
            self._say_none()
            return
        self.desk.document.show_as(shown)

    def _say_none(self) -> None:
        self.desk.notice_wanted.emit(
            self.tr("There is no goal yet: choose a number of a result, then press D.")
        )

    def _on_lost(self, goal: Goal) -> None:
        text = self.tr("The goal is gone with its step (%1), and the gradients with it.")
        self.desk.notice_wanted.emit(text.replace("%1", goal.path))
