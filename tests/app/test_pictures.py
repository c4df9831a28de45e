"""Pictures that are exported: what is on them, vectors, text, fonts, colours."""

import base64
import re
import struct
import subprocess
import zlib
from pathlib import Path
from shutil import which

import pytest
from PySide6.QtCore import QByteArray, QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QRawFont
from PySide6.QtSvg import QSvgRenderer
from window_support import grays

from app.export import fonts
from app.export.formula import FormulaShapes
from app.export.pictures import image, pdf, png, svg
from app.export.sheet import Drawing
from app.export.table import in_words
from app.palettes import THEMES
from app.texts import Texts
from engine import Options, builtin, fresh, run
from engine.export import Manner, Selection, Work, select

SCORES = "encoder/1/self_attention/head_1/scores"


def finished(work: Work) -> bytes:
    try:
        while True:
            next(work)
    except StopIteration as end:
        return end.value


@pytest.fixture
def manner(stepformer) -> Manner:
    return in_words(Texts("en"))


@pytest.fixture
def scores() -> Selection:
    return select(run(builtin("translation")), SCORES, (1, 2))


def texts_of(data: bytes) -> list[str]:
    return re.findall(r"<text [^>]*>([^<]*)</text>", data.decode())


# --- What is on them ----------------------------------------------------------------------


def test_a_picture_shows_title_path_matrices_and_the_number_unfolded(manner, scores):
    told = texts_of(finished(svg(scores, manner)))
    assert told[:2] == [Texts("en").step(scores.steps[0]).title, SCORES]
    for matrix in (*scores.steps[0].inputs, scores.steps[0].output):
        for number in matrix.data.ravel():
            shown = f"{number:.2f}".replace("-", "−")
            assert shown in told, (matrix.path, shown)
    line = "".join(told)
    assert "(see, cats) = −0.91·0.50 + 0.58·(−0.90) + (−1.18)·0.01 + 0.60·(−0.15) = −1.08" in line


def test_a_picture_speaks_the_language_and_shows_the_decimals(stepformer, scores):
    told = texts_of(finished(svg(scores, in_words(Texts("zh_CN"), digits=4))))
    assert told[0] == Texts("zh_CN").step(scores.steps[0]).title
    assert "−1.0768" in told


@pytest.mark.parametrize("name", THEMES)
def test_a_picture_has_its_themes_colours(stepformer, scores, name):
    found = QImage.fromData(finished(png(scores, in_words(Texts("en"), theme=name))))
    assert found.pixelColor(2, 2) == QColor(THEMES[name].card)
    colors = {found.pixelColor(x, y).name() for x in range(0, found.width(), 3) for y in (90, 91)}
    assert QColor(THEMES[name].ink).name() in colors


def test_pixels_are_twice_as_fine_as_the_screens(manner, scores):
    with Drawing(scores, manner) as drawing:
        sheet = drawing.sheet(scores.steps[0])
        fine, coarse = image(sheet), image(sheet, 1)
    assert abs(fine.width() - 2 * coarse.width()) <= 2
    found = QImage.fromData(finished(png(scores, manner)))
    assert found.size() == fine.size()


def test_all_three_show_the_same(manner, scores):
    """The SVG, rendered by Qt, is the PNG but for the edges of letters."""
    first = QImage.fromData(finished(png(scores, manner)))
    second = QImage(first.size(), first.format())
    painter = QPainter(second)
    QSvgRenderer(QByteArray(finished(svg(scores, manner)))).render(painter, QRectF(second.rect()))
    painter.end()
    pixels = [grays(image, 60, 24) for image in (first, second)]
    far = sum(abs(a - b) > 60 for a, b in zip(*pixels, strict=True))
    assert far < len(pixels[0]) * 0.03


def test_a_step_of_large_matrices_has_stripes_and_stays_in_bounds(manner):
    large = fresh(Options(d_model=64, d_ff=256, heads=8))
    chosen = select(run(large), "encoder/1/feed_forward/hidden")
    found = QImage.fromData(finished(png(chosen, manner)))
    assert found.width() < 4000
    assert found.height() < 4000


def test_every_step_can_be_drawn(manner):
    chosen = select(run(builtin("by-hand")))
    with Drawing(chosen, manner) as drawing:
        for step in chosen.steps:
            sheet = drawing.sheet(step)
            assert sheet.size.width() > 500
            assert sheet.size.height() > 200
            assert not image(sheet, 1).isNull()


def test_pins_are_on_the_picture(manner):
    scenario = builtin("by-hand")
    plain = finished(svg(select(run(scenario), SCORES), manner))
    pinned = finished(svg(select(run(scenario.with_pin(SCORES, 0, 1, 9.0)), SCORES), manner))
    assert pinned.count(b"stroke-dasharray") > plain.count(b"stroke-dasharray")
    assert "9" in texts_of(pinned)


# --- PDF ----------------------------------------------------------------------------------


def test_a_pdf_has_a_page_a_step_and_fonts_not_pictures(manner):
    chosen = select(run(builtin("by-hand")), "encoder/1/self_attention")
    data = finished(pdf(chosen, manner))
    assert data.startswith(b"%PDF")
    assert len(re.findall(rb"/Type\s*/Page\b", data)) == len(chosen.steps)
    assert b"/FontFile2" in data
    assert b"/ToUnicode" in data
    assert b"/Subtype /Image" not in data


@pytest.mark.skipif(which("pdftotext") is None, reason="needs pdftotext")
def test_the_text_of_a_pdf_can_be_selected(manner, scores, tmp_path: Path):
    file = tmp_path / "a.pdf"
    file.write_bytes(finished(pdf(scores, manner)))
    done = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, check=True)
    text = done.stdout.decode()
    assert SCORES in text
    assert "−0.91·0.50 + 0.58·(−0.90) + (−1.18)·0.01 + 0.60·(−0.15) = −1.08" in text
    assert re.search(r"today\s+1\.92\s+0\.30\s+−0\.14\s+0\.94", text)


def test_a_stopped_pdf_lets_go_of_everything(manner):
    work = pdf(select(run(builtin("by-hand"))), manner)
    next(work)
    work.close()  # a painter that outlives its writer would end the process


# --- Fonts inside an SVG ------------------------------------------------------------------


def unpacked(data: bytes) -> bytes:
    """A WOFF as the OpenType font it was made from."""
    assert data[:4] == b"wOFF"
    count, whole = struct.unpack(">H", data[12:14])[0], struct.unpack(">I", data[16:20])[0]
    head, body = data[4:8] + struct.pack(">HHHH", count, 0, 0, 0), b""
    at = 12 + 16 * count
    for number in range(count):
        entry = struct.unpack(">4sIIII", data[44 + 20 * number : 64 + 20 * number])
        tag, offset, packed, length, checksum = entry
        table = data[offset : offset + packed]
        table = zlib.decompress(table) if packed < length else table
        assert len(table) == length
        padded = table + bytes(-length % 4)
        words = struct.unpack(f">{len(padded) // 4}I", padded)
        assert sum(words) & 0xFFFFFFFF == checksum
        head += struct.pack(">4sIII", tag, checksum, at + len(body), length)
        body += padded
    assert len(head + body) == whole
    return head + body


def inside(data: bytes) -> dict[tuple[str, int], bytes]:
    """The fonts in an SVG, by family and weight."""
    found = re.findall(
        rb"@font-face\{font-family:'([^']+)';font-weight:(\d+);font-style:\w+;"
        rb"src:url\(data:font/woff;base64,([^)]+)\)",
        data,
    )
    return {(f.decode(), int(w)): unpacked(base64.b64decode(d)) for f, w, d in found}


def test_an_svg_brings_the_glyphs_of_its_texts_and_no_others(manner):
    chosen = select(run(builtin("translation")), "output/probabilities")
    data = finished(svg(chosen, manner))
    held = inside(data)
    assert ("Stepformer Sans", 400) in held
    assert ("Stepformer Han", 400) in held
    for (family, weight), font in held.items():
        whole = QRawFont(str(fonts.Face(family, weight).file), 40.0)
        ours = QRawFont(QByteArray(font), 40.0)
        assert ours.isValid(), family
        drawn = {c for c in "0123456789−今天我看见Qabcz% " if whole.supportsCharacter(ord(c))}
        for character in drawn:
            (glyph,) = whole.glyphIndexesForString(character)
            path = ours.pathForGlyph(glyph)
            assert path.isEmpty() or path == whole.pathForGlyph(glyph), (family, character)
    sans = QRawFont(QByteArray(held["Stepformer Sans", 400]), 40.0)
    shown = "".join(texts_of(data))
    for character in "0−ob":
        assert character in shown
        assert not sans.pathForGlyph(sans.glyphIndexesForString(character)[0]).isEmpty()
    assert "Ŵ" not in shown
    assert sans.pathForGlyph(sans.glyphIndexesForString("Ŵ")[0]).isEmpty()
    han = QRawFont(QByteArray(held["Stepformer Han", 400]), 40.0)
    assert not han.pathForGlyph(han.glyphIndexesForString("猫")[0]).isEmpty()
    assert han.pathForGlyph(han.glyphIndexesForString("龙")[0]).isEmpty()


def test_an_svg_without_chinese_brings_no_chinese_font(manner, scores):
    data = finished(svg(scores, manner))
    assert {family for family, _ in inside(data)} == {"Stepformer Sans", "Stepformer Math"}
    assert len(data) < 400_000


def test_every_bundled_font_is_known():
    files = {p.stem for p in (fonts.RESOURCES / "fonts").glob("*.otf")}
    assert files == set(fonts.FILES.values())


# --- Formulas -----------------------------------------------------------------------------


def test_a_formula_as_shapes_is_the_formula_as_svg(manner):
    from app import formulas
    from app.theme import Look

    look = Look()
    source = formulas.svg(run(builtin("by-hand"))["encoder/1/norm_1"].formula, look)
    shapes = FormulaShapes(source)
    wide, high = shapes.box.width() * 3, shapes.box.height() * 3
    pictures = []
    for way in ("shapes", "svg"):
        made = QImage(shapes.box.size().toSize() * 3, QImage.Format.Format_Grayscale8)
        made.fill(255)
        painter = QPainter(made)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if way == "shapes":
            shapes.paint(painter, QRectF().topLeft(), 3.0)
        else:
            QSvgRenderer(QByteArray(source)).render(painter, QRectF(0, 0, wide, high))
        painter.end()
        pictures.append(bytes(made.constBits()))
    far = sum(abs(a - b) > 100 for a, b in zip(*pictures, strict=True))
    assert far < 0.002 * len(pictures[0])
    assert sum(p < 128 for p in pictures[0]) > 1000


def test_shapes_of_every_command():
    source = (
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-1 -2 10 20">'
        b'<path d="M 0 0 L 1 0 H 2 V 3 Q 1 1 0 3 C 0 2 0 1 0 0 Z" fill="#ff0000"/>'
        b'<rect x="1" y="2" width="3" height="4"/></svg>'
    )
    found = FormulaShapes(source)
    (path, red), (rect, black) = found.shapes
    assert found.box == QRectF(-1, -2, 10, 20)
    assert path.boundingRect() == QRectF(0, 0, 2, 3)
    assert red == QColor("#ff0000")
    assert rect.boundingRect() == QRectF(1, 2, 3, 4)
    assert black == QColor("#000000")
