"""The command line: which verb does what, and the exit codes. Qt only where a window is wanted."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Mapping, Sequence

from app.cli_console import AT_FAULT, GOOD, INTERRUPTED, NAME, Console, told
from app.cli_parser import parsed

NO_DISPLAY = (
    "there is no display to open a window on; trace, explain, check, train, shot, export and "
    "import need none "
    f"({NAME} --help tells more)"
)


def main(argv: Sequence[str]) -> int:
    """Do what the command line says; 0 is good, 1 the input is at fault, 2 usage."""
    console = Console(sys.stdout, sys.stderr)
    try:
        code = _obeyed(argv, console)
        console.flush()
    except BrokenPipeError:  # the reader has seen enough: `stepformer trace ... | head`
        code = GOOD
    except KeyboardInterrupt:
        code = INTERRUPTED
    except Exception as error:
        line = told(error, console.language)
        if line is None:
            raise
        console.complain(line)
        code = AT_FAULT
    console.finish()
    return code


def _obeyed(argv: Sequence[str], console: Console) -> int:
    try:
        asked = parsed(argv)
    except SystemExit as stop:  # --help, or wrong usage; argparse has said what
        return int(stop.code or GOOD)
    console.language = asked.language or "en"
    if asked.verb == "version":
        from app.version import version

        console.say(f"{NAME} {version()}")
        return GOOD
    if asked.verb == "window":
        return _window(asked.file, asked.language or "", console)
    if asked.verb == "shot":
        return _shot(asked, console)
    from app import cli_export, cli_verbs  # bring NumPy

    verb = {
        "export": cli_export.export,
        "import": cli_export.import_parameters,
        "trace": cli_verbs.trace,
        "explain": cli_verbs.explain,
        "check": cli_verbs.check,
        "train": cli_verbs.train,
    }[asked.verb]
    return verb(asked, console)


def _window(source: str | None, language: str, console: Console) -> int:
    if not has_display(sys.platform, os.environ):
        console.complain(NO_DISPLAY)
        return AT_FAULT
    if not _has_qt(console):
        return AT_FAULT
    from app.opening import run_window

    return run_window(source, language)


def has_display(platform: str, environ: Mapping[str, str]) -> bool:
    """Whether Qt will find a screen; where it finds none, it aborts."""
    plugin = environ.get("QT_QPA_PLATFORM", "")
    if not platform.startswith("linux") or (plugin and not plugin.startswith(("xcb", "wayland"))):
        return True
    return bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))


def _has_qt(console: Console) -> bool:
    try:
        import PySide6.QtWidgets  # noqa: F401
    except ImportError as error:
        console.complain(f"Qt can't be loaded: {error}; python3 run.py installs what it needs")
        return False
    return True


def _shot(asked: Namespace, console: Console) -> int:
    from app.cli_shot import ShotRequest, check
    from app.cli_verbs import read
    from engine import run

    request = ShotRequest(
        source=asked.source,
        step=asked.step,
        stop=asked.stop,
        cell=asked.cell,
        theme=asked.theme,
        scale=asked.scale,
        width=asked.size[0],
        height=asked.size[1],
        language=asked.language or "en",
        depth=asked.depth or ("number" if asked.cell else "step"),
        output=asked.output,
    )
    check(request, run(read(request.source)))
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    if not _has_qt(console):
        return AT_FAULT
    from app.application import take_shot

    return take_shot(request)
