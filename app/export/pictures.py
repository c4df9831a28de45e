"""Pictures of steps: PNG and SVG, one file a step, and PDF, one page a step."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from typing import Protocol

from PySide6.QtCore import QBuffer, QByteArray, QMarginsF, QRectF, QSize, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter, QPdfWriter
from PySide6.QtSvg import QSvgGenerator

from app.export.fonts import embedded
from app.export.sheet import Drawing, Sheet
from app.version import version
from engine import Step
from engine.export import Manner, Selection, Work

_EMPTY = re.compile(r'<path [^>]*d=""/>\n?')

QUICK = 80  # of 0 (packed as hard as can be) to 100 (not at all)

FINENESS = 2
"""Pixels of a PNG for one of the screen's: enough for print."""


class Picture(Protocol):
    """What can be made a picture of, of a step or of a plot: `size` is in pixels at 100%."""

    title: str
    path: str

    @property
    def size(self) -> QSizeF:
        """Width and height."""

    def paint(self, painter: QPainter) -> None:
        """Paint at the painter's origin."""


RESOLUTION, MARGIN = 1200, 12.0  # dots an inch, and millimetres, of a page


def png(chosen: Selection, manner: Manner) -> Work:
    """A PNG of the step, or a ZIP with one for each step."""
    return _one_or_many(chosen, manner, png_of, ".png")


def svg(chosen: Selection, manner: Manner) -> Work:
    """An SVG of the step, or a ZIP with one for each step; fonts are inside."""
    return _one_or_many(chosen, manner, svg_of, ".svg")


def _one_or_many(
    chosen: Selection, manner: Manner, picture: Callable[[Sheet], bytes], ending: str
) -> Work:
    packed = io.BytesIO()
    with Drawing(chosen, manner) as drawing:
        if chosen.is_step:
            made = picture(drawing.sheet(chosen.steps[0]))
            yield 1
            return made
        archive = zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED)
        for done, step in enumerate(chosen.steps, start=1):
            entry = zipfile.ZipInfo(_entry(done, step, ending))  # without the hour: the same again
            is_packed = ending == ".png"
            entry.compress_type = zipfile.ZIP_STORED if is_packed else zipfile.ZIP_DEFLATED
            archive.writestr(entry, picture(drawing.sheet(step)))
            yield done
        archive.close()
    return packed.getvalue()


def _entry(number: int, step: Step, ending: str) -> str:
    return f"{number:03}_{step.path.replace('/', '_')}{ending}"


def image(sheet: Picture, fineness: int = FINENESS) -> QImage:
    """The step as an image."""
    size = sheet.size * fineness
    made = QImage(size.toSize(), QImage.Format.Format_RGB32)
    made.setDevicePixelRatio(fineness)
    painter = QPainter(made)
    sheet.paint(painter)
    painter.end()
    return made


def png_of(sheet: Picture) -> bytes:
    """The step as a PNG file."""
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    # Without the unused fourth byte, and packed less hard: half the time for a tenth more.
    plain = image(sheet).convertToFormat(QImage.Format.Format_RGB888)
    plain.save(buffer, "PNG", QUICK)  # type: ignore[call-overload]
    return bytes(buffer.data().data())


def svg_of(sheet: Picture) -> bytes:
    """The step as an SVG file, with its fonts inside."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setResolution(96)
    generator.setSize(_whole(sheet.size))
    generator.setViewBox(QRectF(0, 0, sheet.size.width(), sheet.size.height()))
    generator.setTitle(sheet.title)
    generator.setDescription(sheet.path)
    painter = QPainter(generator)
    sheet.paint(painter)
    painter.end()
    # Where nothing is marked, Qt writes a path without points, which readers complain about.
    return embedded(_EMPTY.sub("", bytes(data.data()).decode("utf-8"))).encode()


def _whole(size: QSizeF) -> QSize:
    return QSize(round(size.width()), round(size.height()))


def pdf(chosen: Selection, manner: Manner) -> Work:
    """A PDF with a page for each step: vectors, and text that can be selected."""
    with Drawing(chosen, manner) as drawing:
        return (yield from pdf_pages(chosen.title, map(drawing.sheet, chosen.steps)))


def pdf_pages(title: str, pages: Iterator[Picture]) -> Work:
    """A PDF with a page for each picture, which is made when its turn comes."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setCreator(f"Stepformer {version()}")
    writer.setTitle(title)
    writer.setResolution(RESOLUTION)
    margins = QMarginsF(MARGIN, MARGIN, MARGIN, MARGIN)
    page = QPageSize(QPageSize.PageSizeId.A4)
    layout = QPageLayout(
        page, QPageLayout.Orientation.Landscape, margins, QPageLayout.Unit.Millimeter
    )
    writer.setPageLayout(layout)
    painter = QPainter(writer)
    try:
        for done, sheet in enumerate(pages, start=1):
            if done > 1:
                writer.newPage()
            _paint_page(painter, sheet, writer)
            yield done
    finally:  # also where the export was stopped: a painter must not outlive its writer
        painter.end()
    return bytes(data.data())


def _paint_page(painter: QPainter, sheet: Picture, writer: QPdfWriter) -> None:
    """The step in the middle of the page's width, no larger than on the screen."""
    room = QSizeF(writer.width(), writer.height())
    size = sheet.size
    fitting = min(room.width() / size.width(), room.height() / size.height(), RESOLUTION / 96)
    painter.save()
    painter.translate((room.width() - size.width() * fitting) / 2, 0)
    painter.scale(fitting, fitting)
    sheet.paint(painter)
    painter.restore()
