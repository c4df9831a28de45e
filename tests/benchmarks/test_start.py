"""From the start of the process to the first painted frame, and the memory it takes."""

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
STARTS = 11

BARE = """
import os, sys, time
from PySide6.QtWidgets import QApplication, QWidget
class Bare(QWidget):
    def paintEvent(self, event):
        print(time.time(), flush=True)
        os._exit(0)
app = QApplication([])
window = Bare()
window.resize(1440, 900)
window.show()
app.exec()
"""

CARD = """
import os, time
from app import opening
class Watched(opening.Card):
    def paintEvent(self, event):
        super().paintEvent(event)
        print(time.time(), flush=True)
        os._exit(0)
opening.Card = Watched
opening.run_window("translation", "en")
"""

WINDOW = """
import os, time
from PySide6.QtCore import QTimer
from app import opening
class Watched(opening.Card):
    def closeEvent(self, event):  # the window is shown: its paint events lie in the queue
        super().closeEvent(event)
        QTimer.singleShot(0, shown)
def shown():
    print(time.time(), flush=True)
    os._exit(0)
opening.Card = Watched
opening.run_window("translation", "en")
"""

WALK = """
import re, sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication, QSettings
from app.application import make_application, make_window
from app.settings import Settings
from engine import moves
app = make_application()
window = make_window("translation", Settings(QSettings(sys.argv[1], QSettings.Format.IniFormat)))
window.resize(1440, 900)
window.show()
while True:
    QCoreApplication.processEvents()
    if not window.document.move(moves.forward):
        break
window.document.undo_stack.setClean()
# Not getrusage: its peak begins with that of the process that started this one.
print(int(re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())[1]) / 1024)
"""


def environment(tmp_path: Path) -> dict[str, str]:
    """Compiled sources are kept, as after a first start, and settings are those of nobody."""
    kept = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    own = {
        "PYTHONPATH": str(ROOT),
        "PYTHONPYCACHEPREFIX": str(tmp_path / "compiled"),
        "XDG_CACHE_HOME": str(tmp_path / "cache"),
        "XDG_CONFIG_HOME": str(tmp_path / "config"),
        "QT_QPA_PLATFORM": "offscreen",
    }
    return {**kept, **own}


def told(program: str, tmp_path: Path) -> float:
    """What the program prints last."""
    command = [sys.executable, "-c", program, str(tmp_path / "settings.ini")]
    done = subprocess.run(
        command, env=environment(tmp_path), capture_output=True, text=True, check=True, cwd=tmp_path
    )
    return float(done.stdout.split()[-1])


def seconds(program: str, tmp_path: Path) -> float:
    begin = time.time()
    return told(program, tmp_path) - begin


@pytest.mark.parametrize(
    ("what", "program", "aim"),
    [("first frame, a card", CARD, "2.5"), ("window with all its numbers", WINDOW, "")],
)
def test_start_to_a_frame(benchmark, record, tmp_path, what, program, aim):
    """In turns with a bare window; the ratios of the medians and of the fastest."""
    for each in (BARE, program):
        seconds(each, tmp_path)
    bare: list[float] = []
    ours: list[float] = []

    def both() -> None:
        bare.append(seconds(BARE, tmp_path))
        ours.append(seconds(program, tmp_path))

    benchmark.pedantic(both, rounds=STARTS)
    middle = statistics.median(ours) / statistics.median(bare)
    fastest = min(ours) / min(bare)
    benchmark.extra_info.update(median=middle, fastest=fastest)
    found = f"{middle:.2f} times; fastest {fastest:.2f} ({min(ours) * 1e3:.0f} ms)"
    record(f"start to {what}, against a bare window", found, aim)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process's own peak")
def test_peak_memory(benchmark, record, tmp_path):
    """Of a window in which every step of `translation` was shown."""
    first = told(WALK, tmp_path)  # typesets every formula, and keeps the pictures
    peak = benchmark.pedantic(told, args=(WALK, tmp_path), rounds=1)
    benchmark.extra_info["MiB"] = peak
    found = f"{peak:.0f} MiB; the first time {first:.0f}"
    record("peak memory after a walk through translation", found, "130 MiB")
