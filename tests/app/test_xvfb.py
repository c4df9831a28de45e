"""A short journey in a real window: an X server, a process of its own, keys from outside."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from engine import builtin, load, save

ROOT = Path(__file__).resolve().parents[2]
NEEDED = ("Xvfb", "xdotool")
W_Q = "encoder/1/self_attention/head_1/W_Q"

pytestmark = [
    pytest.mark.xvfb,
    pytest.mark.timeout(300),
    pytest.mark.skipif(
        any(shutil.which(name) is None for name in NEEDED),
        reason="Xvfb or xdotool is missing",
    ),
]


def until(what: str, found: Callable[[], object], seconds: float = 60.0) -> object:
    """Wait for something to become true; says what never did."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        value = found()
        if value:
            return value
        time.sleep(0.05)
    raise AssertionError(f"waited {seconds} s in vain: {what}")


@pytest.fixture
def display(tmp_path) -> Iterator[str]:
    """A virtual screen on a number that is free."""
    reader, writer = os.pipe()
    screen = ["-screen", "0", "1440x900x24", "-nolisten", "tcp", "-noreset"]
    with (tmp_path / "xvfb.log").open("wb") as log:
        server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(writer), *screen], pass_fds=(writer,), stderr=log
        )
    os.close(writer)
    try:
        with os.fdopen(reader) as told:
            number = told.readline().strip()
        assert number, (tmp_path / "xvfb.log").read_text("utf-8", "replace")
        yield f":{number}"
    finally:
        server.terminate()
        server.wait(20)


class RealWindow:
    """The program in a process of its own, seen through xdotool."""

    def __init__(self, display: str, folder: Path, *arguments: str) -> None:
        self.environ = {
            k: v
            for k, v in os.environ.items()
            if not k.startswith(("QT_", "WAYLAND_", "FONTCONFIG_")) and k != "XDG_RUNTIME_DIR"
        }
        self.environ |= {
            "DISPLAY": display,
            "HOME": str(folder),
            "XDG_CONFIG_HOME": str(folder / "config"),
            "XDG_CACHE_HOME": str(folder / "cache"),
            "LC_ALL": "C.UTF-8",
        }
        self.errors = folder / "errors.txt"
        with self.errors.open("wb") as log:
            command = [sys.executable, "-m", "app", *arguments]
            self.process = subprocess.Popen(command, cwd=ROOT, env=self.environ, stderr=log)
        self.id = str(until("a window", self.find))
        self.ask("windowfocus", "--sync", self.id)

    def ask(self, *arguments: str) -> str:
        """What xdotool says; "" where it finds nothing."""
        said = subprocess.run(
            ["xdotool", *arguments],
            env=self.environ,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        return said.stdout.strip()

    def find(self) -> str:
        assert self.process.poll() is None, self.told()
        return self.ask("search", "--onlyvisible", "--name", "Stepformer").partition("\n")[0]

    @property
    def title(self) -> str:
        return self.ask("getwindowname", self.id)

    def press(self, *keys: str) -> None:
        assert self.process.poll() is None, self.told()
        self.ask("key", "--delay", "40", *keys)

    def told(self) -> str:
        return self.errors.read_text("utf-8", "replace")


@pytest.fixture
def opened(display, tmp_path) -> Iterator[tuple[RealWindow, Path]]:
    """The real program over a file of the trained translation."""
    path = tmp_path / "mine.json"
    save(builtin("translation"), path)
    window = RealWindow(display, tmp_path, str(path))
    try:
        yield window, path
    finally:
        if window.process.poll() is None:
            window.process.terminate()
        window.process.wait(20)


def test_walk_edit_save_undo_and_close_in_a_real_window(opened):
    window, path = opened
    until("the title", lambda: window.title == "mine.json – Stepformer")
    window.press("Right", "Right", "Down", "Right", "Left", "Up")  # ends at Q = X W_Q + b_Q
    window.press("e", "Down", "Right")  # the second row and column of W_Q
    window.press("0", "period", "1", "2", "5", "Return")
    until("a star", lambda: window.title == "mine.json * – Stepformer")
    window.press("ctrl+s")
    until("no star", lambda: window.title == "mine.json – Stepformer")
    before, saved = builtin("translation"), load(path)
    assert saved.params[W_Q][1, 1] == 0.125
    changed = {p for p, a in saved.params.items() if not np.array_equal(a, before.params[p])}
    assert changed == {W_Q}
    assert (saved.params[W_Q] != before.params[W_Q]).sum() == 1

    window.press("Escape", "ctrl+z")
    until("a star again", lambda: window.title == "mine.json * – Stepformer")
    window.press("ctrl+s")
    until("the old number", lambda: "*" not in window.title)
    assert np.array_equal(load(path).params[W_Q], before.params[W_Q])

    window.press("ctrl+q")
    assert window.process.wait(30) == 0
    assert window.told() == ""
