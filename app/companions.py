"""What stands beside the window and acts on it, each known by one line here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.history import History
from app.locks import Locked
from app.presenter.presenting import Presenting
from app.solo import Solo
from app.underway import Underway
from app.welcome import Welcome

if TYPE_CHECKING:
    from app.window import Window


class Companions:
    """The lecture hall, a file's locks, one panel alone, a lesson's bar, a tour, undo and redo."""

    def __init__(self, window: Window) -> None:
        self.presenting = Presenting(window.desk, window.actions_.by_name)
        self.locked = Locked(window)
        self.solo = Solo(window)
        self.underway = Underway(window)
        self.welcome = Welcome(window)
        self.history = History(window.desk, window.actions_)
