"""The main window: puts the views in their places; what the actions do is in commands."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QMainWindow,
    QSplitter,
    QToolBar,
    QVBoxLayout,
    QWidget,
)

from app.actions import Actions
from app.arrangement import Arrangement
from app.commands import GROUPS, FileCommands
from app.companions import Companions
from app.desk import Desk
from app.dialogs import Dialogs, modified_mark
from app.document import Document
from app.recent import RecentMenu
from app.settings import Settings
from app.side import Side
from app.style import style_sheet
from app.texts import Texts
from app.theme import Look
from app.views.arithmetic import Arithmetic
from app.views.differences import Differences
from app.views.filmstrip import Filmstrip
from app.views.goal import GoalBar
from app.views.heading import Heading
from app.views.map import Map
from app.views.notice import Notice
from app.views.parts.area import Area
from app.views.sides import Sides
from app.views.stage import Stage
from app.views.timeline import Timeline
from app.views.tokens import TokenBar


class Window(QMainWindow):
    """Map, stage, arithmetic, filmstrip, side panel and timeline around one document."""

    def __init__(
        self,
        document: Document,
        look: Look,
        texts: Texts,
        settings: Settings,
        dialogs: Dialogs | None = None,
    ) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.document = document
        self.look = look
        self.settings = settings
        document.setParent(self)
        look.setParent(self)
        dialogs = dialogs or Dialogs(self, look)
        self.desk = Desk(self, document, look, texts, settings, dialogs)
        self.groups = [group(self.desk) for group in GROUPS]
        self.files = next(g for g in self.groups if isinstance(g, FileCommands))
        look.changed.connect(self._on_style)
        self._make_views(texts)
        self._lay_out()
        self._make_actions()
        self.arrangement = Arrangement(self)
        self.companions = Companions(self)
        self._connect()
        self.stage.setFocus()
        self._on_look()
        self._on_sides()
        self.restoreGeometry(settings.shape("geometry"))
        self.arrangement.fit_screen()
        # Last: every widget that is moved about under a style sheet is styled anew.
        self._on_style()

    def _make_actions(self) -> None:
        self.tools = QToolBar(self)
        self.tools.setObjectName("tools")
        self.tools.setMovable(False)
        self.tools.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.addToolBar(self.tools)
        self.actions_ = Actions(self, self.groups, self.look)
        self.actions_.fill(self.menuBar(), self.tools)
        by_name, menus = self.actions_.by_name, self.actions_.menus
        self.recent = RecentMenu(self.files, self.settings, self)
        menus["file"].insertMenu(by_name["save"], self.recent)

    def _make_views(self, texts: Texts) -> None:
        document, look = self.document, self.look
        self.map_area = Area(self)
        self.map_area.setObjectName("map area")
        self.map_area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.map = Map(document, look, texts, self.map_area.viewport())
        self.map_area.setWidget(self.map)
        self.heading = Heading(document, look, texts, self)
        self.notice = Notice(document, look, texts, self)
        self.goal_bar = GoalBar(document, look, texts, self)
        self.stage_area = Area(self)
        self.stage_area.setObjectName("stage area")
        self.stage_area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.stage = Stage(document, look, texts, self.stage_area.viewport())
        self.stage_area.setWidget(self.stage)
        self.differences = Differences(document, look, texts, self)
        self.sides = Sides(document, look, texts, self.stage, self.stage_area, self)
        self.arithmetic = Arithmetic(document, look, self)
        self.filmstrip = Filmstrip(document, look, texts, self)
        self.side = Side(self.desk, self)
        self.tokens = TokenBar(document, look, texts, self)
        self.timeline = Timeline(document, look, texts, self.desk.playback, self)

    def _lay_out(self) -> None:
        middle = QWidget(self)
        self.column = QVBoxLayout(middle)
        self.column.addWidget(self.heading)
        self.column.addWidget(self.notice)
        self.column.addWidget(self.goal_bar)
        self.column.addWidget(self.differences)
        self.column.addWidget(self.sides, 1)
        self.middle = Area(self)
        self.middle.setWidget(middle)
        self.middle.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.middle.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        centre = QWidget(self)
        self.centre = QVBoxLayout(centre)
        self.centre.addWidget(self.middle, 1)
        self.centre.addWidget(self.arithmetic)
        self.centre.addWidget(self.filmstrip)
        self.split = QSplitter(Qt.Orientation.Horizontal, self)
        self.split.setChildrenCollapsible(False)
        for panel in (self.map_area, centre, self.side):
            self.split.addWidget(panel)
        self.split.setStretchFactor(1, 1)
        whole = QWidget(self)
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.token_area = Area(self)
        self.token_area.setWidget(self.tokens)
        self.token_area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.token_area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column.addWidget(self.token_area)
        column.addWidget(self.split, 1)
        column.addWidget(self.timeline)
        self.setCentralWidget(whole)

    def _connect(self) -> None:
        document, by_name = self.document, self.actions_.by_name
        self.look.changed.connect(self._on_look)
        document.file_changed.connect(self._on_file)
        document.sides_changed.connect(self._on_sides)
        document.cursor_changed.connect(self._on_moved)
        document.model_changed.connect(self.arrangement.apply)
        self.desk.panel_wanted.connect(self.arrangement.toggle)
        self.desk.tab_wanted.connect(self.arrangement.show_side)
        self.desk.stage_wanted.connect(self.stage.select_first)
        self.desk.notice_wanted.connect(self.notice.say)
        self.desk.pin_wanted.connect(self.stage.start_editing)
        by_name["compare_with"].triggered.connect(self.stage.setFocus)
        for name, button in self.timeline.buttons.items():
            button.clicked.connect(by_name[name].trigger)

    # What follows the look, the file, the room

    def _on_style(self) -> None:
        """Before any view hears of a new look: a style sheet resets the fonts they set."""
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.setPalette(self.look.palette())
        app.setFont(self.look.font(13))
        app.setStyleSheet(style_sheet(self.look))

    def _on_look(self) -> None:
        look = self.look
        edge = look.px(12)
        self.column.setContentsMargins(edge, look.px(8), edge, look.px(4))
        self.column.setSpacing(look.px(6))
        self.centre.setContentsMargins(0, 0, 0, look.px(4))
        self.centre.setSpacing(look.px(2))
        self.tools.setIconSize(QSize(look.px(18), look.px(18)))
        self.side.refresh()
        self.recent.refresh()
        for name, button in self.timeline.buttons.items():
            button.setToolTip(self.actions_.by_name[name].toolTip())
        for name, is_chosen in self.desk.preferences.theme_marks().items():
            self.actions_.by_name[name].setChecked(is_chosen)
        self.settings.zoom = look.zoom
        self.stage_area.setMinimumHeight(look.px(100))
        self.arrangement.apply()

    def _on_file(self) -> None:
        title = self.desk.title
        if self.document.is_comparing:
            title = f"{'B' if self.document.is_b else 'A'}: {title}"
        self.setWindowTitle(modified_mark(title, is_modified=self.document.is_modified))

    def _on_sides(self) -> None:
        for name in ("other_side", "swap_sides", "keep_a", "keep_b"):
            self.actions_.by_name[name].setEnabled(self.document.is_comparing)
        self._on_file()
        self.arrangement.apply()
        self.arrangement.later.start()  # when the panes have their places

    def _on_moved(self) -> None:
        self.notice.hide()
        self.arrangement.follow()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the panels their room."""
        super().resizeEvent(event)
        self.arrangement.apply()

    def event(self, event: QEvent) -> bool:
        """Texts may be in another language; the panels have theirs by then, for their room."""
        is_done = super().event(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.actions_.refresh()
            self.companions.history.refresh()
            self._on_look()
            self._on_file()
        return is_done

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask about unsaved changes, keep the window's state."""
        if not self.files.may_leave():
            event.ignore()
            return
        self.desk.playback.pause()
        self.settings.set_shape("geometry", self.saveGeometry())
        self.settings.set_size(self.normalGeometry().width(), self.normalGeometry().height())
        self.arrangement.keep()
        event.accept()
