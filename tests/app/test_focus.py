"""Whatever has the keyboard shows it, in every theme, at the edge as well as in the middle."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QAbstractButton, QScrollArea, QWidget
from test_theme import contrast
from window_support import flush, picture

from app.palettes import THEMES
from app.preferences_dialog import PreferencesDialog

LEAST = 60
"""Pixels that are others when a widget has the keyboard: a frame around the smallest button."""


def seen(window: QWidget, widget: QWidget) -> QImage:
    """The widget as it lies in its window, with what is painted around it."""
    whole = picture(window)
    corner = widget.mapTo(window, widget.rect().topLeft())
    return whole.copy(corner.x(), corner.y(), widget.width(), widget.height())


def changed(one: QImage, two: QImage) -> list[tuple[int, int]]:
    """Where two pictures differ."""
    rows = [np.frombuffer(i.constBits(), np.uint32).reshape(i.height(), -1) for i in (one, two)]
    return [(x, y) for y, x in np.argwhere(rows[0] != rows[1]).tolist() if x < one.width()]


def shows(window: QWidget, widget: QWidget) -> list[tuple[int, int]]:
    """The pixels by which a widget shows that it has the keyboard; what they are on it."""
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    outer = widget.parentWidget()
    while outer is not None:  # Tab scrolls there; to give the keyboard does not
        if isinstance(outer, QScrollArea) and outer.widget() is not widget:
            outer.ensureWidgetVisible(widget)
        outer = outer.parentWidget()
    flush()
    here = seen(window, widget)
    widget.clearFocus()
    flush()
    away = seen(window, widget)
    theme = window.look.theme
    frame = QColor(theme.here_line).getRgb()[:3]
    return [
        (x, y)
        for x, y in changed(here, away)
        if contrast(frame, here.pixelColor(x, y).getRgb()[:3]) < 1.5
    ]


def name(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, QAbstractButton) else ""
    return f"{type(widget).__name__} {widget.objectName()} {text}"


@pytest.mark.parametrize("theme", THEMES)
def test_every_widget_that_tab_reaches_shows_that_it_has_the_keyboard(window, hand, theme):
    window.look.set_theme(theme)
    hand.go("encoder/1/self_attention/head_1/scores")
    poor = []
    for index in range(window.side.count()):
        window.side.setCurrentIndex(index)
        flush()
        window.stage.setFocus()
        for widget in hand.tab_round():
            if widget.height() * widget.width() > 0 and len(shows(window, widget)) < LEAST:
                poor.append(f"{window.side.tabText(index)}: {name(widget)}")
    assert not poor


@pytest.mark.parametrize("theme", THEMES)
def test_the_settings_show_it_too(qtbot, window, theme):
    window.look.set_theme(theme)
    dialog = PreferencesDialog(window.desk.preferences, window.look, window)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    controls = [*dialog.controls.values(), *dialog.buttons.buttons()]
    assert not [name(c) for c in controls if len(shows(dialog, c)) < LEAST]


def test_a_widget_that_does_not_show_it_would_be_seen(window):
    window.side.setCurrentIndex(1)
    flush()
    quiet = next(w for w in window.findChildren(QScrollArea) if w.focusPolicy().value == 0)
    assert len(shows(window, quiet)) < LEAST
