"""The one table of what can be exported; Qt is loaded only where a picture is wanted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.export.words import headline
from app.texts import Texts
from engine import InputError, Step
from engine.export import TEXTS, Exporter, Manner, Selection, Words, Work, named

if TYPE_CHECKING:
    from app.export.plotted import Plotted


@dataclass(frozen=True)
class Format(Exporter):
    """A format of steps; `plot` makes a plot in it, where that can be."""

    plot: Callable[[Plotted, Manner], Work] | None = None


def _png(chosen: Selection, manner: Manner) -> Work:
    from app.export.pictures import png

    return png(chosen, manner)


def _svg(chosen: Selection, manner: Manner) -> Work:
    from app.export.pictures import svg

    return svg(chosen, manner)


def _pdf(chosen: Selection, manner: Manner) -> Work:
    from app.export.pictures import pdf

    return pdf(chosen, manner)


def _plot_png(shown: Plotted, manner: Manner) -> Work:
    from app.export.plot_files import png

    return png(shown, manner)


def _plot_svg(shown: Plotted, manner: Manner) -> Work:
    from app.export.plot_files import svg

    return svg(shown, manner)


def _plot_pdf(shown: Plotted, manner: Manner) -> Work:
    from app.export.plot_files import pdf

    return pdf(shown, manner)


def _plot_csv(shown: Plotted, _manner: Manner) -> Work:
    from app.export.plotted import plot_csv

    return plot_csv(shown)


def _texts() -> tuple[Format, ...]:
    """Those that need no Qt; one of them can hold a plot's numbers."""
    plots = {"csv": _plot_csv}
    return tuple(
        Format(e.name, e.suffix, e.make, e.many, e.is_whole_only, plots.get(e.name)) for e in TEXTS
    )


EXPORTERS: tuple[Format, ...] = (
    Format("png", ".png", _png, many=".zip", plot=_plot_png),
    Format("svg", ".svg", _svg, many=".zip", plot=_plot_svg),
    Format("pdf", ".pdf", _pdf, plot=_plot_pdf),
    *_texts(),
)
"""Every format, in the order in which the dialog and the command line offer them."""

PICTURES = frozenset({"png", "svg", "pdf"})
"""Those that Qt draws."""


def plot_formats() -> tuple[str, ...]:
    """The formats that a plot can be written in."""
    return tuple(e.name for e in EXPORTERS if e.plot is not None)


def check_plot_format(name: str) -> None:
    """InputError if a plot can't be written in this format."""
    if named(EXPORTERS, name).plot is None:
        raise InputError("no_plot_format", name=name, known=", ".join(plot_formats()))


def plot_work(name: str, shown: Plotted, manner: Manner) -> Work:
    """A plot in a format, still to be made; InputError if a plot can't be written in it."""
    check_plot_format(name)
    make = named(EXPORTERS, name).plot
    assert make is not None
    return make(shown, manner)


def in_words(texts: Texts, digits: int = 2, theme: str = "light") -> Manner:
    """How an export is written where steps have words."""

    def words(step: Step) -> Words:
        found = texts.step(step)
        return Words(found.name, headline(texts, step), found.about)

    return Manner(digits, words, theme, texts.language)
