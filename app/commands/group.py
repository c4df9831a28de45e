"""What all groups of commands have in common."""

from __future__ import annotations

from PySide6.QtCore import QObject

from app.desk import Desk


class Group(QObject):
    """Some slots of the actions' table, named `on_<action>`; they work on what lies on the desk."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.desk = desk
