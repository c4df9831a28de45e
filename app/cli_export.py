"""The verbs that carry things out and in: export and import."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Callable

from app.cli_console import AT_FAULT, GOOD, Console
from app.export.table import EXPORTERS, PICTURES, in_words
from app.sources import open_source
from app.texts import Texts
from engine import export as taking
from engine import run, save


def export(asked: Namespace, console: Console) -> int:
    """Write what was asked for to the file, whole or not at all."""
    trace = run(open_source(asked.source)[0])
    chosen = taking.select(trace, asked.step, asked.cell)
    manner = in_words(Texts(console.language), asked.digits, asked.theme)
    exporter = taking.named(EXPORTERS, asked.format)
    work = exporter.start(chosen, manner, asked.output)
    qt = _painting(console) if asked.format in PICTURES else sys
    if qt is None:
        return AT_FAULT
    tell = _teller(len(chosen.steps)) if _is_watched() else None
    taking.carry_out(work, asked.output, tell)
    size = f"{asked.output.stat().st_size / 1000:.0f} kB"
    console.say(f"wrote {asked.output}: {_described(len(chosen.steps))}, {size}")
    return GOOD


def _described(count: int) -> str:
    return "1 step" if count == 1 else f"{count} steps"


def _painting(console: Console) -> object | None:
    """Qt, ready to paint without a screen, to be kept while it paints; None if there is none."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    try:
        from app.application import make_application
    except ImportError as error:
        console.complain(f"Qt can't be loaded: {error}; python3 run.py installs what it needs")
        return None
    return make_application()


def _is_watched() -> bool:
    """Whether somebody sees how far it is."""
    return sys.stderr is not None and sys.stderr.isatty()


def _teller(count: int) -> Callable[[int], bool]:
    """Tells somebody at a terminal how far it is; Ctrl+C stops it, and leaves no file."""

    def tell(done: int) -> bool:
        end = "\n" if done >= count else ""
        sys.stderr.write(f"\r{done} of {count}{end}")
        sys.stderr.flush()
        return True

    return tell


def import_parameters(asked: Namespace, console: Console) -> int:
    """Put a file's parameters into a scenario, and save it as another."""
    if os.path.lexists(asked.output) and not asked.force:
        console.complain(
            f"{asked.output} is there already; --force overwrites it, -o takes another name"
        )
        return AT_FAULT
    found = taking.import_parameters(open_source(asked.source)[0], asked.parameters)
    save(found.scenario, asked.output)
    if found.kept:
        console.say(f"not in {asked.parameters.name}, left as before: {', '.join(found.kept)}")
    console.say(f"wrote {asked.output}")
    return GOOD
