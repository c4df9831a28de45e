"""What the tests of the command line share."""

import contextlib
import io
import os
import subprocess
import sys
from pathlib import Path

from app.__main__ import main
from engine import Options, Scenario, fresh, save

ROOT = Path(__file__).resolve().parents[2]
SCORES = "encoder/1/self_attention/head_1/scores"
WEIGHTS = "encoder/1/self_attention/head_1/weights"
HIDDEN = {
    "DISPLAY",
    "WAYLAND_DISPLAY",
    "QT_QPA_PLATFORM",
    "PYTHONIOENCODING",
    "PYTHONUNBUFFERED",
}
ENVIRON = {k: v for k, v in os.environ.items() if k not in HIDDEN}
"""Without a display, and with an output that is held back until it is flushed."""

Said = tuple[int, str, str]


def do(*argv: object) -> Said:
    """Run a command line in this process; exit code, output, errors."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main([str(a) for a in argv])
    return code, out.getvalue(), err.getvalue()


def child(*argv: object, code: str = "", **env: str) -> subprocess.CompletedProcess[str]:
    """A process of its own, without a display unless one is given."""
    start = ["-c", code] if code else ["-m", "app"]
    return subprocess.run(
        [sys.executable, *start, *map(str, argv)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=ROOT,
        env={**ENVIRON, "PYTHONUTF8": "1", **env},
        timeout=60,
        check=False,
    )


def assert_fault(said: Said, *parts: str) -> None:
    """One clear line, and nothing else."""
    code, out, err = said
    assert code == 1
    assert out == ""
    assert err.startswith("stepformer: ")
    assert err.endswith("\n")
    assert err.count("\n") == 1
    for part in parts:
        assert part in err


def small() -> Scenario:
    """A scenario of small matrices."""
    return fresh(Options(d_model=4, d_ff=4, mask_value=-1000.0), seed=3, name="small")


def saved(folder: Path) -> Path:
    """The small scenario in a file."""
    path = folder / "small.json"
    save(small(), path)
    return path
