"""From an edit to the painted frame of the whole window, at 1440x900."""

import gc
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QSettings

from app.application import look_for_garbage, make_application, make_window
from app.settings import Settings
from app.window import Window
from benchmarks.conftest import share
from benchmarks.test_run_speed import largest
from engine import save

ROOT = Path(__file__).parents[2]
STEP = "encoder/1/self_attention/head_1/Q"
ROUNDS = 200


@pytest.fixture
def opened(qtbot, tmp_path) -> Iterator[Callable[[str], Window]]:
    def open_window(source: str) -> Window:
        make_application()
        settings = Settings(QSettings(str(tmp_path / "s.ini"), QSettings.Format.IniFormat))
        window = make_window(source, settings, "en")
        window.resize(1440, 900)
        window.show()
        window.document.go_to(STEP)
        for _ in range(5):
            QCoreApplication.processEvents()
        look_for_garbage()  # as the program does once its window stands
        return window

    usual = gc.get_threshold()
    yield open_window
    gc.unfreeze()
    gc.set_threshold(*usual)


def measure(benchmark, window: Window, record, what: str, aim: str) -> None:
    """Another number in W_Q each time, until everything that changed has been painted."""
    dice, document = random.Random(1), window.document
    path = STEP[:-1] + "W_Q"
    rows, columns = document.trace.matrix(path).shape
    times: list[float] = []
    processor: list[float] = []

    def edit() -> None:
        begin, used = time.perf_counter(), time.process_time()
        where = dice.randrange(rows), dice.randrange(columns)
        document.set_cell(path, *where, round(dice.uniform(-1, 1), 2))
        QCoreApplication.processEvents()
        times.append(time.perf_counter() - begin)
        processor.append(time.process_time() - used)

    benchmark.pedantic(edit, rounds=ROUNDS, warmup_rounds=10)
    told = f"{share(times, 0.95) * 1e3:.1f} ms; processor {share(processor, 0.95) * 1e3:.1f} ms"
    benchmark.extra_info["p95"] = share(times, 0.95)
    record(f"edit to frame, {what}: 95th percentile", told, aim)
    told = f"{share(times, 0.5) * 1e3:.1f} ms; processor {share(processor, 0.5) * 1e3:.1f} ms"
    record(f"edit to frame, {what}: median", told, "")
    document.undo_stack.clear()
    window.close()


def test_edit_to_frame_of_translation(opened, benchmark, record):
    measure(benchmark, opened("translation"), record, "translation", "16.7 ms")


def test_edit_to_frame_of_the_largest(opened, benchmark, record, tmp_path):
    save(largest(), tmp_path / "largest.json")
    window = opened(str(tmp_path / "largest.json"))
    measure(benchmark, window, record, "the largest", "50 ms")


def test_edit_to_frame_while_comparing(opened, benchmark, record):
    window = opened("translation")
    window.document.compare_option("scale off", "scale", False)
    window.document.go_to(STEP)
    QCoreApplication.processEvents()
    measure(benchmark, window, record, "a comparison", "33 ms")


FIRST_PLOT = """
import sys, tempfile, time
from PySide6.QtCore import QCoreApplication, QSettings
from app.application import make_application, make_window
from app.settings import Settings
app = make_application()
store = QSettings(sys.argv[1], QSettings.Format.IniFormat)
window = make_window("translation", Settings(store), "en")
window.resize(1440, 900)
window.show()
window.document.go_to("encoder/1/self_attention/head_1/weights")
for _ in range(5):
    QCoreApplication.processEvents()
begin = time.perf_counter()
window.side.bring("plot")
for _ in range(3):
    QCoreApplication.processEvents()
print(time.perf_counter() - begin)
"""


def test_the_first_plot(benchmark, record, tmp_path):
    times: list[float] = []

    def show() -> None:
        command = [sys.executable, "-c", FIRST_PLOT, str(tmp_path / "s.ini")]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
        times.append(float(done.stdout.split()[-1]))

    benchmark.pedantic(show, rounds=5)
    record("first plot shown: median", f"{share(times, 0.5) * 1e3:.0f} ms", "500 ms")
