"""What the actions do: a file for each group; a new group needs its row here and no more."""

from app.commands.compare import CompareCommands
from app.commands.edit import EditCommands
from app.commands.export import ExportCommands
from app.commands.file import FileCommands
from app.commands.goal import GoalCommands
from app.commands.group import Group
from app.commands.help import HelpCommands
from app.commands.lessons import LessonCommands
from app.commands.matrix import MatrixCommands
from app.commands.view import ViewCommands
from app.commands.walk import WalkCommands

GROUPS: tuple[type[Group], ...] = (
    FileCommands,
    ExportCommands,
    EditCommands,
    MatrixCommands,
    CompareCommands,
    WalkCommands,
    ViewCommands,
    GoalCommands,
    LessonCommands,
    HelpCommands,
)

__all__ = ["GROUPS", "FileCommands", "Group"]
