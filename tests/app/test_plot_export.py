"""Plots that are taken along: pictures true to the data, tables, the command line, the window."""

import csv
import io
import os
import re
import subprocess
from pathlib import Path
from shutil import which

import numpy as np
import pytest
from cli_support import ROOT, WEIGHTS, assert_fault, child, do, saved
from PySide6.QtCore import QByteArray, QRectF
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication
from test_pictures import finished, texts_of
from test_window_export import commands, exported, in_dialog
from window_support import flush, grays

from app.cli_parser import PLOTS
from app.desk import FIRST_PLOT
from app.dialogs import Dialogs
from app.export.chart_axes import BarsPicture
from app.export.plot_sheet import PlotSheet
from app.export.plotted import plotted
from app.export.scales import Scale
from app.export.table import in_words, plot_formats, plot_work
from app.export_dialog import ExportDialog, ExportRequest, Scope
from app.numbers import format_number
from app.palettes import THEMES
from app.shading import cell_shades
from app.texts import Texts
from app.theme import Look
from app.views.parts.charts import Bars, Lines, Series
from app.views.parts.plots import plots
from engine import moves

NAMES = [plot.name for plot in plots()]
FORMATS = ("png", "svg", "pdf", "csv")


@pytest.fixture
def at_weights(document):
    """A document that stands at a number of the weights."""
    document.go_to(WEIGHTS, moves.NUMBER)
    document.move(lambda t, c: moves.at_number(t, c, -1, 1, 2))
    return document


def made(document, name: str, kind: str, **how) -> bytes:
    shown = plotted(document, Texts("en"), name)
    return finished(plot_work(kind, shown, in_words(Texts("en"), **how)))


def tables_of(data: bytes) -> list[list[list[str]]]:
    found: list[list[list[str]]] = [[]]
    for row in csv.reader(io.StringIO(data.decode("utf-8-sig"))):
        found[-1].append(row) if row else found.append([])
    return found


# --- What is in them ----------------------------------------------------------------------


def test_the_parser_and_the_desk_know_the_list():
    """Both keep names of their own: the list brings Qt, or the engine, too early."""
    assert list(PLOTS) == NAMES
    assert FIRST_PLOT in NAMES
    assert plot_formats() == FORMATS


def test_the_table_of_a_row_has_the_runs_own_numbers(at_weights):
    before, after = tables_of(made(at_weights, "row", "csv"))
    step = at_weights.trace[WEIGHTS]
    assert before[0][1:] == list(step.output.columns)
    assert [float(n) for n in before[1][1:]] == step.inputs[0].data[1].tolist()
    assert [float(n) for n in after[1][1:]] == step.output.data[1].tolist()


def test_the_table_of_lines_has_a_row_a_word(at_weights):
    encoder, _ = tables_of(made(at_weights, "stream", "csv"))
    assert [row[0] for row in encoder[1:]] == list(at_weights.scenario.source)
    norms = np.linalg.norm(at_weights.trace["source/positioned"].output.data, axis=1)
    np.testing.assert_allclose([float(row[1]) for row in encoder[1:]], norms)


def test_a_title_that_a_spreadsheet_would_compute_is_tamed(at_weights):
    shown = plotted(at_weights, Texts("en"), "row")
    series = (Series("+1", np.array([1.0]), ""),)
    odd = type(shown)(shown.name, "", "", "", (Bars("=cmd()", ("@x",), series),))
    (table,) = tables_of(finished(plot_work("csv", odd, in_words(Texts("en")))))
    assert table == [["'=cmd()", "'@x"], ["'+1", "1.0"]]


@pytest.mark.parametrize("name", NAMES)
def test_a_picture_tells_what_it_is_and_every_number(at_weights, name):
    told = texts_of(made(at_weights, name, "svg"))
    shown = plotted(at_weights, Texts("en"), name)
    assert told[0] == shown.title
    assert told[1] == f"translation · {WEIGHTS}"
    for chart in shown.charts:
        shown_chart = chart.in_units() if isinstance(chart, Bars) else chart
        if isinstance(shown_chart, Bars):
            numbers = [format_number(n) for s in shown_chart.series for n in s.values.tolist()]
            assert set(numbers) <= set(told)
        if isinstance(chart, Lines):
            assert {s.name for s in chart.series} <= {
                t.replace("&lt;", "<").replace("&gt;", ">") for t in told
            }
        assert shown_chart.title in told


def test_cells_have_the_colours_of_the_stage(at_weights):
    shown = plotted(at_weights, Texts("en"), "heads")
    with PlotSheet(shown, in_words(Texts("en"), theme="dark")) as sheet:
        at = sheet.places[0] + sheet.pictures[0].field.topLeft()
        cell = sheet.pictures[0].cell
    image = QImage.fromData(made(at_weights, "heads", "png", theme="dark"))
    data = at_weights.trace[WEIGHTS].output.data
    shades = cell_shades(data, THEMES["dark"], is_share=True)
    for row, column in ((0, 0), (2, 1), (3, 3)):
        x = round(2 * (at.x() + column * cell.width() + 3))
        y = round(2 * (at.y() + row * cell.height() + 3))
        assert image.pixelColor(x, y) == QColor(*shades[row, column].tolist())


def test_bars_are_as_high_as_their_numbers(stepformer):
    look = Look()
    values = np.array([0.25, -np.inf, 0.5])
    picture = BarsPicture(Bars("x", ("a", "b", "c"), (Series("", values),), is_share=True), look)
    scale = picture.scale
    assert scale.at(0.5) - scale.at(0.25) == pytest.approx(scale.at(0.25) - scale.at(0.0))
    assert scale.at(0.0) == picture.field.bottom()
    assert picture.field.top() < scale.at(1.0) < scale.at(0.5)


@pytest.mark.parametrize(
    ("low", "high", "texts"),
    [
        (0.0, 1.0, ["0", "0.5", "1"]),
        (-0.77, 2.11, ["0", "1", "2"]),
        (0.0, 6.5, ["0", "2", "4", "6"]),
        (-3000.0, 0.0, ["−3000", "−2000", "−1000", "0"]),
    ],
)
def test_ticks_are_round_and_within(low, high, texts):
    assert [text for _, text in Scale(low, high, 0, 100).ticks()] == texts


def test_a_logarithmic_scale_has_decades():
    scale = Scale(0.0, 4.9, 0.0, 100.0, is_log=True)
    assert [t for _, t in scale.ticks()] == ["1", "10", "100", "1000", "10⁴"]
    assert scale.at(100.0) == pytest.approx(200 / 4.9)
    assert scale.at(0.0) == 0.0


def test_small_numbers_are_told_in_a_power_of_ten():
    chart = Bars("By layer", ("1", "2"), (Series("", np.array([7e-4, 1e-5])),))
    told = chart.in_units()
    assert told.title.endswith("×10⁻⁴")
    assert [format_number(v) for v in told.series[0].values] == ["7.00", "0.10"]
    share = Bars("P", ("1",), (Series("", np.array([1e-4])),), is_share=True)
    assert share.in_units() is share


# --- Formats ------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_vectors_stay_vectors_with_fonts_inside(at_weights, name):
    drawing = made(at_weights, name, "svg")
    assert b"<image" not in drawing and b"@font-face" in drawing
    # Edges must not stay as thick where the picture grows: not every reader knows how.
    assert b"non-scaling-stroke" not in drawing
    paper = made(at_weights, name, "pdf")
    assert paper.startswith(b"%PDF")
    assert b"/FontFile2" in paper and b"/ToUnicode" in paper
    assert b"/Subtype /Image" not in paper
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) == 1


@pytest.mark.skipif(which("pdftotext") is None, reason="needs pdftotext")
@pytest.mark.parametrize("name", ["heads", "stream"])
def test_text_of_a_pdf_can_be_selected(at_weights, tmp_path: Path, name):
    file = tmp_path / "a.pdf"
    file.write_bytes(made(at_weights, name, "pdf"))
    told = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, check=True)
    text = told.stdout.decode()
    assert plotted(at_weights, Texts("en"), name).title in text
    assert "0.30" in text if name == "heads" else "今天" in text


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", NAMES)
def test_every_theme_is_that_of_the_picture_and_the_svg_is_the_png(at_weights, name, theme):
    first = QImage.fromData(made(at_weights, name, "png", theme=theme))
    assert first.pixelColor(2, 2) == QColor(THEMES[theme].card)
    second = QImage(first.size(), first.format())
    painter = QPainter(second)
    drawing = QByteArray(made(at_weights, name, "svg", theme=theme))
    QSvgRenderer(drawing).render(painter, QRectF(second.rect()))
    painter.end()
    pixels = [grays(image, 60, 40) for image in (first, second)]
    far = sum(abs(a - b) > 60 for a, b in zip(*pixels, strict=True))
    assert far < len(pixels[0]) * 0.03


# --- The command line ---------------------------------------------------------------------


@pytest.mark.parametrize("kind", FORMATS)
def test_a_plot_without_a_display(tmp_path: Path, kind):
    target = tmp_path / f"a.{kind}"
    said = child("export", "by-hand", "--plot", "heads", "--format", kind, "-o", target)
    assert (said.returncode, said.stderr) == (0, "")
    assert re.fullmatch(rf"wrote {re.escape(str(target))}: the plot heads, \d+ kB\n", said.stdout)
    begins = {"png": b"\x89PNG", "svg": b"<?xml", "pdf": b"%PDF", "csv": b"\xef\xbb\xbf"}
    assert target.read_bytes().startswith(begins[kind])


def test_pyqtgraph_is_not_needed(tmp_path: Path):
    words = ["export", "by-hand", "--plot", "row", "--format", "png", "-o", str(tmp_path / "a")]
    code = (
        "import sys; from app.__main__ import main; "
        f"assert main({words!r}) == 0; assert 'pyqtgraph' not in sys.modules"
    )
    done = child(code=code)
    assert done.returncode == 0, done.stderr


def test_where_it_is_made_and_of_which_number(stepformer, tmp_path: Path):
    target = tmp_path / "a.csv"
    words = ("export", "translation", "--plot", "row", "--format", "csv", "-o", target)
    assert do(*words)[0] == 0
    assert tables_of(target.read_bytes())[1][0][0] == "Probabilities P (<s>)"
    assert do(*words, "--step", WEIGHTS, "--cell", "3,1")[0] == 0
    assert "(cats)" in tables_of(target.read_bytes())[0][0][0]
    assert do(*words, "--step", WEIGHTS.rpartition("/")[0])[0] == 0
    assert tables_of(target.read_bytes())[0][0][0].startswith("Masked")
    assert do(*words, "--step", WEIGHTS, "--language", "zh_CN")[0] == 0
    assert tables_of(target.read_bytes())[1][0][0].startswith("权重")
    app = QApplication.instance()
    assert app is not None and app.translate("Plots", "Residual stream") == "Residual stream"


def test_an_unknown_plot_lists_the_known(tmp_path: Path):
    code, out, err = do(
        *("export", "by-hand", "--plot", "hats", "--format", "svg", "-o", tmp_path / "a")
    )
    assert (code, out) == (2, "")
    assert "hats" in err
    for name in NAMES:
        assert name in err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        (("--format", "npz"), ("npz", "png, svg, pdf, csv")),
        (("--format", "svg", "--step", "source/embedded"), ("source/embedded", "softmax")),
        (("--format", "svg", "--step", "encoder/7"), ("encoder/7", "no step")),
        (("--format", "svg", "--step", WEIGHTS, "--cell", "99,1"), (WEIGHTS, "row 99")),
    ],
)
def test_faults_in_one_line_and_no_file(stepformer, tmp_path: Path, words, parts):
    assert_fault(do("export", "translation", "--plot", "row", *words, "-o", tmp_path / "a"), *parts)
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_leaves_the_old_file(stepformer, tmp_path: Path, monkeypatch):
    file, target = saved(tmp_path), tmp_path / "old.svg"
    target.write_bytes(b"old")

    def failing(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", failing)
    said = do("export", file, "--plot", "heads", "--format", "svg", "-o", target)
    assert_fault(said, "old.svg", "No space left")
    assert target.read_bytes() == b"old"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["old.svg", "small.json"]


# --- The window ---------------------------------------------------------------------------


@pytest.fixture
def panel(hand):
    """The Plot tab, at the weights."""
    hand.go(WEIGHTS, moves.NUMBER)
    hand.window.side.bring("plot")
    flush()
    return hand.window.side.views["plot"]


def pasted() -> tuple[QImage, list[str]]:
    data = QGuiApplication.clipboard().mimeData()
    return QGuiApplication.clipboard().image(), texts_of(bytes(data.data("image/svg+xml").data()))


def test_a_plot_is_copied_by_one_key_and_by_one_click(hand, panel):
    panel.choose("arcs")
    hand.press("Ctrl+Shift+P")
    image, told = pasted()
    assert image.width() > 800 and told[0] == "Who looks at whom"
    assert "Who looks at whom" in hand.window.notice.text.text()
    panel.choose("entropy")
    flush()
    panel.copy.click()
    assert pasted()[1][0] == "Entropy of the heads"


def test_the_buttons_are_reached_by_tab(hand, panel):
    hand.tab_to(panel.copy)
    hand.press("Space")
    assert pasted()[1][0] == "Before and after softmax"


def test_export_of_the_plot_by_keyboard(qtbot, hand, panel, tmp_path: Path, monkeypatch):
    window, target = hand.window, tmp_path / "mine.svg"
    monkeypatch.setattr(window.desk, "dialogs", Dialogs(window, window.look))
    panel.choose("heads")

    def act(dialog: ExportDialog) -> None:
        qtbot.waitUntil(dialog.format.hasFocus)
        assert dialog.request.plot == "heads"
        assert dialog.request.file.name == "translation_heads.pdf"
        for letter in "SVG":
            qtbot.keyClick(dialog.format, letter)
        assert dialog.request.file.name == "translation_heads.svg"
        hand.press("Alt+N")
        hand.press("Ctrl+A")
        hand.write(str(target))
        hand.press("Return")

    wrong = in_dialog(act)
    hand.press("Ctrl+Alt+E")
    assert wrong == []
    qtbot.waitUntil(target.exists, timeout=20_000)
    assert "All heads of an attention" in texts_of(target.read_bytes())


def test_the_button_asks_for_the_plot_shown(hand, panel):
    window = hand.window
    panel.choose("stream")
    flush()
    asked = []
    window.desk.dialogs.ask_export = lambda _trace, scopes, first: asked.append((scopes, first))
    panel.export.click()
    ((scopes, first),) = asked
    assert first.plot == "stream"
    assert [s.plot for s in scopes if s.plot] == ["stream"]
    hand.press("Ctrl+Shift+E")
    assert asked[1][1].plot == "" and [s.plot for s in asked[1][0] if s.plot] == ["stream"]


@pytest.mark.parametrize("kind", FORMATS)
def test_every_format_from_the_window(qtbot, window, tmp_path: Path, kind):
    window.document.go_to(WEIGHTS)
    file = tmp_path / "out" / f"a.{kind}"
    file.parent.mkdir()
    exported(qtbot, window, ExportRequest(kind, "", file, plot="heads"))
    assert file.stat().st_size > 200
    assert [p.name for p in file.parent.iterdir()] == [file.name]


def test_only_what_a_plot_can_be_written_in_is_offered(window, tmp_path: Path):
    scopes = [Scope(WEIGHTS, "Step"), Scope("", "All"), Scope("", "Plot", "heads")]
    first = ExportRequest("numpy", WEIGHTS, tmp_path / "x")
    dialog = ExportDialog(window.document.trace, scopes, first, window.look, window)
    model = dialog.format.model()
    assert all(model.item(i).isEnabled() for i in range(dialog.format.count()))
    dialog.scope.setCurrentIndex(2)
    offered = [
        dialog.format.itemData(i) for i in range(dialog.format.count()) if model.item(i).isEnabled()
    ]
    assert tuple(offered) == FORMATS
    assert dialog.request.format == "png" and dialog.request.file.suffix == ".png"
    assert dialog.request.file.name.endswith("_heads.png")
    dialog.scope.setCurrentIndex(1)
    assert dialog.request.plot == "" and dialog.request.file.suffix == ".zip"
    dialog.deleteLater()


def test_where_there_is_no_plot_none_is_offered_and_it_is_told(hand, panel):
    hand.go("source/embedded")
    assert not panel.copy.isVisible() and not panel.export.isVisible()
    hand.press("Ctrl+Shift+P")
    assert "softmax" in hand.window.notice.text.text()
    hand.window.desk.dialogs.answers.append("")
    hand.press("Ctrl+Shift+E")
    assert commands(hand.window).running is None


def test_what_a_lecturer_locks_is_gone_from_the_plot_too(hand, panel):
    assert panel.copy.isVisible()
    hand.document.set_locked(["export"])
    flush()
    assert not panel.copy.isVisible() and not panel.export.isVisible()
    QGuiApplication.clipboard().clear()
    hand.press("Ctrl+Shift+P")
    assert QGuiApplication.clipboard().image().isNull()


def test_the_guide_tells_of_every_plot_by_its_name_on_the_command_line():
    guide = (ROOT / "docs" / "user-guide.md").read_text("utf-8")
    for name in NAMES:
        assert f"`{name}`" in guide
