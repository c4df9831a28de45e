"""Plots as files: PNG, SVG and PDF, and what the clipboard takes."""

from __future__ import annotations

from PySide6.QtGui import QImage

from app.export.pictures import image, pdf_pages, png_of, svg_of
from app.export.plot_sheet import PlotSheet
from app.export.plotted import Plotted
from engine.export import Manner, Work


def png(shown: Plotted, manner: Manner) -> Work:
    """Pixels, twice as fine as the screen's."""
    with PlotSheet(shown, manner) as sheet:
        made = png_of(sheet)
    yield 1
    return made


def svg(shown: Plotted, manner: Manner) -> Work:
    """Vectors, with the fonts inside."""
    with PlotSheet(shown, manner) as sheet:
        made = svg_of(sheet)
    yield 1
    return made


def pdf(shown: Plotted, manner: Manner) -> Work:
    """A page of vectors, and text that can be selected."""
    with PlotSheet(shown, manner) as sheet:
        return (yield from pdf_pages(shown.title, iter([sheet])))


def pixels_and_vectors(shown: Plotted, manner: Manner) -> tuple[QImage, bytes]:
    """For the clipboard: an image, and an SVG for those who take one."""
    with PlotSheet(shown, manner) as sheet:
        return image(sheet), svg_of(sheet)
