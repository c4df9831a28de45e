"""What a start leaves for later, and what it leaves behind."""

import gc
import os
import subprocess
import sys
from pathlib import Path

from PySide6.QtWidgets import QAbstractButton, QLabel

from app.application import look_for_garbage
from app.theme import SANS

ROOT = Path(__file__).parents[2]

LATE = (
    "PySide6.QtPrintSupport",
    "PySide6.QtSvg",
    "engine.course",
    "engine.export",
    "engine.recipe",
    "engine.training",
    "pyqtgraph",
    "ziamath",
)
"""Modules that the first picture of the window does without; each would be seen in its time."""

PROGRAM = """
import sys
from PySide6.QtCore import QCoreApplication, QSettings
from app.application import make_application, make_window
from app.settings import Settings
app = make_application()
window = make_window("translation", Settings(QSettings("", QSettings.Format.InvalidFormat)), "en")
window.show()
window.grab()
print(*sorted(sys.modules))
window.close()
"""


def test_the_first_picture_loads_nothing_that_can_wait(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        env={**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
    )
    loaded = set(done.stdout.split())
    assert {"numpy", "app.window", "engine.running"} <= loaded
    assert not loaded.intersection(LATE)


def test_garbage_is_looked_for_once_the_window_stands():
    usual = gc.get_threshold()
    gc.disable()
    try:
        look_for_garbage()
        assert gc.isenabled()
        assert gc.get_freeze_count() > 0
    finally:
        gc.unfreeze()
        gc.set_threshold(*usual)
        gc.enable()


def test_a_window_has_our_font_throughout_from_the_start(make):
    """Not only after the first change of the text's size, which styles everything anew."""
    window = make()
    texts = (*window.findChildren(QAbstractButton), *window.findChildren(QLabel))
    for widget in (window.menuBar(), window.side.tabBar(), *texts):
        assert widget.font().family() == SANS, widget
        assert widget.font().pixelSize() > 0, widget
