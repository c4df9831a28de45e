"""One panel alone on the whole screen, and everything back as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

if TYPE_CHECKING:
    from app.window import Window


class Solo(QObject):
    """Shows the panel with the keyboard and nothing else, until it is asked for again."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self.window = window
        self.panel: QWidget | None = None
        self.before = Qt.WindowState.WindowNoState
        self.escape = QShortcut(QKeySequence("Esc"), window)
        self.escape.setEnabled(False)
        self.escape.activated.connect(self.toggle)
        window.desk.solo_wanted.connect(self.toggle)

    def panels(self) -> tuple[QWidget, ...]:
        """All that can stand alone; what has no panel around it belongs to the stage."""
        w = self.window
        areas = (w.map_area, w.side, w.arithmetic, w.filmstrip, w.token_area, w.timeline)
        return (w.middle, *areas)

    def toggle(self) -> None:
        """Fill the screen with the panel that has the keyboard, or put everything back."""
        if self.panel is None:
            self._enter()
        else:
            self._leave()

    def _enter(self) -> None:
        window, focus = self.window, QApplication.focusWidget()
        panels = self.panels()
        held = (p for p in panels if focus is not None and (p is focus or p.isAncestorOf(focus)))
        self.panel = next(held, window.middle)
        self.before = window.windowState()
        self.escape.setEnabled(True)
        window.arrangement.is_alone = True
        self._hide_others(self.panel)
        window.showFullScreen()
        if focus is not None:  # what is hidden may have handed the keyboard on
            focus.setFocus()

    def _leave(self) -> None:
        window, focus = self.window, QApplication.focusWidget()
        self.panel = None
        window.arrangement.is_alone = False
        self.escape.setEnabled(False)
        for widget in (*self.panels(), *self._around()):
            widget.show()
        window.arithmetic.setVisible(not window.arithmetic.is_away)
        window.setWindowState(self.before)
        window.arrangement.apply()
        (focus or window.stage).setFocus()

    def _around(self) -> tuple[QWidget, ...]:
        """What holds panels, and what is never alone."""
        window = self.window
        centre = window.middle.parentWidget()
        assert centre is not None
        return (window.split, centre, window.menuBar(), window.tools)

    def _hide_others(self, panel: QWidget) -> None:
        for widget in (*self.panels(), *self._around()):
            widget.setVisible(widget is panel or widget.isAncestorOf(panel))
