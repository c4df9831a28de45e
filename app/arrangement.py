"""Which panels of the window have room, and how much of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from app.screens import screen_room

if TYPE_CHECKING:
    from app.window import Window

USUAL_WIDTHS = {"map": 216, "side": 290}
LEAST_WIDTHS = {"map": 206, "side": 240}
ROOM_FOR_SIDE, ROOM_FOR_MAP, ROOM_FOR_STAGE = 900, 640, 260
MORE_FOR_COMPARING = 480
ROOM_FOR_FILMSTRIP, ROOM_FOR_THIRD_LINE, ROOM_FOR_TOOLS = 560, 800, 440
ROOM_FOR_WORDS, ROOM_FOR_TWO_ROWS = 400, 440
"""Widths and heights, at 100% text, from which a panel has its place by itself."""


class Arrangement(QObject):
    """Shows the panels that have room or are wanted; remembers widths that were dragged."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self.window = window
        self.is_alone = False
        self.wanted: dict[str, bool] = {}
        self.widths = {n: window.settings.width(n, w) for n, w in USUAL_WIDTHS.items()}
        self.panels: dict[str, QWidget] = {"map": window.map_area, "side": window.side}
        self.later = QTimer(self)
        self.later.setSingleShot(True)
        self.later.timeout.connect(self.follow)
        window.split.splitterMoved.connect(self._on_split)

    def toggle(self, name: str) -> None:
        """Show or hide the map or the side panel; where both have no room, the other makes way."""
        self._want(name, is_shown=not self.panels[name].isVisibleTo(self.window))
        for other, panel in self.panels.items():
            goes = not self.wanted[name] if other == name else not self._has_room_for_both
            if goes and self._holds_keyboard(panel):
                self.window.stage.setFocus()
        self.apply()

    def show_side(self) -> None:
        """Show the side panel, which was asked for a tab."""
        if self.panels["side"].isVisibleTo(self.window):
            self._want("side", is_shown=True)
        else:
            self.toggle("side")

    def _want(self, name: str, *, is_shown: bool) -> None:
        """Remember what was asked for, last what was asked for last."""
        self.wanted.pop(name, None)
        self.wanted[name] = is_shown

    @property
    def _has_room_for_both(self) -> bool:
        least = sum(LEAST_WIDTHS.values()) + ROOM_FOR_STAGE
        return self.window.width() / self.window.look.zoom * 100 >= least

    def _shown(self, wide: float) -> dict[str, bool]:
        """The panels for a window of a width at 100%.

        One that has the keyboard stays. Where map and panel leave the stage no room, that one
        makes way which has no keyboard and was not asked for last.
        """
        more = MORE_FOR_COMPARING if self.window.document.is_comparing else 0
        least = {"map": ROOM_FOR_MAP, "side": ROOM_FOR_SIDE + more}
        held = [n for n, panel in self.panels.items() if self._holds_keyboard(panel)]
        shown = {n: n in held or self.wanted.get(n, wide >= room) for n, room in least.items()}
        if all(shown.values()) and not self._has_room_for_both:
            kept = (held or [n for n in reversed(self.wanted) if self.wanted[n]] or ["side"])[0]
            shown = {name: name == kept for name in shown}
        return shown

    def _holds_keyboard(self, panel: QWidget) -> bool:
        focus = self.window.focusWidget()
        return panel.isVisibleTo(self.window) and focus is not None and panel.isAncestorOf(focus)

    def apply(self) -> None:
        """Give every panel its room; while one stands alone, nothing."""
        if self.is_alone:
            return
        window, look = self.window, self.window.look
        wide = window.width() / look.zoom * 100
        high = window.height() / look.zoom * 100
        shown = self._shown(wide)
        for name, panel in self.panels.items():
            if self._holds_keyboard(panel) and not shown[name]:
                window.stage.setFocus()
            panel.setVisible(shown[name])
        window.filmstrip.setVisible(high >= ROOM_FOR_FILMSTRIP)
        window.tools.setVisible(high >= ROOM_FOR_TOOLS)
        window.token_area.setVisible(high >= ROOM_FOR_WORDS)
        is_stacked = high >= ROOM_FOR_TWO_ROWS and window.tokens.needed() > window.width()
        window.tokens.stack(is_stacked)
        window.token_area.setFixedHeight(look.px(68 if is_stacked else 42))
        for name, panel in self.panels.items():
            least = look.px(LEAST_WIDTHS[name])
            panel.setMinimumWidth(min(least, round(window.width() * 0.45)))
        window.arithmetic.set_lines(3 if high >= ROOM_FOR_THIRD_LINE else 2)
        most = max(window.width() // 2, window.width() - look.px(ROOM_FOR_STAGE))
        sides = {n: min(look.px(w), most) if shown[n] else 0 for n, w in self.widths.items()}
        rest = max(window.width() - sum(sides.values()), 1)
        window.split.setSizes([sides["map"], rest, sides["side"]])
        for name, is_shown in shown.items():
            window.actions_.by_name[f"show_{name}"].setChecked(is_shown)

    def follow(self) -> None:
        """Scroll the map to the present block and the stage to the number asked."""
        window = self.window
        edge = window.look.px(30)
        here = window.map.here_rect().center().toPoint()
        window.map_area.ensureVisible(here.x(), here.y(), edge, edge)
        asked = window.stage.asked_rect().center().toPoint()
        window.stage_area.ensureVisible(asked.x(), asked.y(), edge, edge)
        column = window.middle.widget()
        if column is not None and window.stage.isVisible():
            window.column.activate()  # the stage may have gone to the other side just now
            window.sides.line.activate()
            seen = window.stage.mapTo(column, asked)
            window.middle.ensureVisible(seen.x(), seen.y(), 0, edge)

    def fit_screen(self) -> None:
        """A window kept on a larger screen fills a smaller one, not what Qt makes of it."""
        window = self.window
        size, screen = window.settings.size(), screen_room(window)
        if size is not None and not window.isMaximized():
            window.resize(min(size[0], screen.width()), min(size[1], screen.height()))
            if not screen.contains(window.frameGeometry().center()):
                window.move(screen.topLeft())

    def keep(self) -> None:
        """Write the widths down for the next start."""
        for name, width in self.widths.items():
            self.window.settings.set_width(name, width)

    def _on_split(self) -> None:
        sizes = dict(zip(("map", "middle", "side"), self.window.split.sizes(), strict=True))
        for name in self.widths:
            if sizes[name]:
                self.widths[name] = round(sizes[name] * 100 / self.window.look.zoom)
