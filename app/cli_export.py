"""The verbs that carry things out and in: export and import."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Callable
from typing import TYPE_CHECKING

from app.cli_console import AT_FAULT, GOOD, Console
from app.export.table import EXPORTERS, PICTURES, check_plot_format, in_words, plot_work
from app.sources import open_source
from app.texts import Texts
from engine import InputError, moves, run, save
from engine import export as taking

if TYPE_CHECKING:
    from app.document import Document
    from app.export.plotted import Plotted


def export(asked: Namespace, console: Console) -> int:
    """Write what was asked for to the file, whole or not at all."""
    return _plot(asked, console) if asked.plot else _steps(asked, console)


def _steps(asked: Namespace, console: Console) -> int:
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
    return _told(asked, console, _described(len(chosen.steps)))


def _plot(asked: Namespace, console: Console) -> int:
    """Write a plot, as it is at a step, to the file, whole or not at all."""
    check_plot_format(asked.format)
    scenario = open_source(asked.source)[0]
    trace = run(scenario)
    chosen = taking.select(trace, asked.step, asked.cell) if asked.step or asked.cell else None
    qt = _painting(console)
    if qt is None:
        return AT_FAULT
    from app.document import Document
    from app.i18n import Language

    speech = Language(Texts())
    speech.use(console.language)
    try:
        shown = _found(Document(scenario), speech.texts, asked.plot, chosen)
        manner = in_words(speech.texts, asked.digits, asked.theme)
        taking.carry_out(plot_work(asked.format, shown, manner), asked.output)
    finally:
        speech.leave()
    return _told(asked, console, f"the plot {asked.plot}")


def _found(document: Document, texts: Texts, name: str, chosen: taking.Selection | None) -> Plotted:
    """The plot at the step chosen, of a block at its first; else the last that there is."""
    from app.export.plotted import plotted

    if chosen is not None:
        document.go_to(chosen.steps[0].path, moves.NUMBER)
        document.move(lambda t, c: moves.at_number(t, c, -1, *chosen.cell))
        return plotted(document, texts, name)
    for path in reversed(list(document.trace.steps)):
        document.go_to(path, moves.NUMBER)
        document.move(lambda t, c: moves.at_number(t, c, -1, 0, 0))
        try:
            return plotted(document, texts, name)
        except InputError as error:
            problem = error
    raise problem


def _told(asked: Namespace, console: Console, what: str) -> int:
    size = f"{asked.output.stat().st_size / 1000:.0f} kB"
    console.say(f"wrote {asked.output}: {what}, {size}")
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
