"""Plots: what is in them, that they follow, that they come late."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from window_support import Hand, flush

from app.texts import Texts
from app.theme import THEMES
from app.views.parts.charts import Arcs, Bars, Heat, Lines
from app.views.parts.plots import plots
from engine import edits, fresh, gradients, measures, moves
from engine.models import MODELS
from engine.options import Options

HEAD = "encoder/1/self_attention/head_1"
WEIGHTS, W_Q = f"{HEAD}/weights", f"{HEAD}/W_Q"
CROSS = "decoder/1/cross_attention/head_1/weights"
NAMES = [plot.name for plot in plots()]


@pytest.fixture
def panel(hand: Hand):
    """The Plot tab, at the weights."""
    hand.go(WEIGHTS)
    hand.window.side.bring("plot")
    flush()
    return hand.window.side.views["plot"]


def made(document, name):
    """The charts of one plot."""
    return list(next(p for p in plots() if p.name == name).make(document, Texts("en")))


# What is in them


def test_softmax_has_the_row_asked_before_and_after(document):
    document.go_to(WEIGHTS)
    document.move(lambda t, c: moves.at_number(t, c, -1, 2, 1))
    before, after = made(document, "row")
    step = document.trace[WEIGHTS]
    np.testing.assert_array_equal(before.series[0].values, step.inputs[0].data[2])
    np.testing.assert_array_equal(after.series[0].values, step.output.data[2])
    assert after.is_share and not before.is_share
    assert (before.labels, before.chosen) == (step.output.columns, 1)


def test_softmax_is_found_from_any_step_of_its_block(document):
    document.go_to(f"{HEAD}/Q")
    assert made(document, "row")[1].title.startswith("Weights")
    document.go_to("source/embedded")
    assert made(document, "row") == []


def test_all_heads_of_the_attention_at_hand(document):
    for path in (WEIGHTS, CROSS):
        document.go_to(path)
        for name, kind in (("heads", Heat), ("arcs", Arcs)):
            charts = made(document, name)
            block = path.rpartition("/head_1")[0]
            assert [type(c) for c in charts] == [kind, kind]
            assert [c.matrix.path for c in charts] == [f"{block}/head_{n}/weights" for n in (1, 2)]


def test_rollout_has_a_matrix_a_layer(document):
    document.set_option("layers", 3)
    document.go_to("encoder/2/self_attention/head_1/Q")
    charts = made(document, "rollout")
    assert len(charts) == 3
    for chart in charts:
        np.testing.assert_allclose(chart.matrix.data.sum(axis=1), 1.0)


def test_entropy_has_a_bar_a_head(document):
    charts = made(document, "entropy")
    assert [len(c.labels) for c in charts] == [2, 2, 2]
    expected = measures.entropy(document.trace[WEIGHTS].output.data).mean()
    assert charts[0].series[0].values[0] == pytest.approx(expected)
    highest = max(c.series[0].values.max() for c in charts)
    assert {c.ends() for c in charts} == {(0.0, highest)}, "one scale, to be compared"


def test_the_stream_has_a_line_a_word(document):
    encoder, decoder = made(document, "stream")
    assert [s.name for s in encoder.series] == list(document.scenario.source)
    assert [s.name for s in decoder.series] == list(document.scenario.target)
    first = np.linalg.norm(document.trace["source/positioned"].output.data, axis=1)
    np.testing.assert_allclose([s.values[0] for s in encoder.series], first)


def test_the_gradient_is_that_of_the_number_asked(document):
    document.go_to("output/logits")
    document.move(lambda t, c: moves.at_number(t, c, -1, 1, 3))
    by_block, by_layer = made(document, "gradient")
    found = gradients(document.trace, "output/logits", (1, 3))
    layer = [g for path, g in found.items() if path.startswith("encoder/1/")]
    norm = np.sqrt(sum(float(np.square(g).sum()) for g in layer))
    values = dict(zip(by_layer.labels, by_layer.series[0].values, strict=True))
    assert values["Encoder › Layer 1"] == pytest.approx(norm)
    assert len(set(by_block.labels)) == len(by_block.labels)
    document.go_to(WEIGHTS)
    document.aim("output/logits", 1, 3)
    (_, again) = made(document, "gradient")
    np.testing.assert_array_equal(again.series[0].values, by_layer.series[0].values)
    document.aim("output/logits", 1, 3)
    document.move(lambda t, c: moves.at_number(t, c, 0, 0, 0))
    assert document.number.working == 0 and made(document, "gradient") == []


def test_costs_are_those_of_the_engine(document):
    operations, memory, sequence = made(document, "costs")
    assert all(isinstance(c, Lines) and c.is_log for c in (operations, memory, sequence))
    assert [s.name for s in operations.series] == ["attention", "recurrent", "convolution"]
    assert operations.series[0].values[-1] > operations.series[1].values[-1]  # 64 words, width 8


@pytest.mark.parametrize("model", sorted(MODELS))
def test_every_plot_of_every_model_has_finite_sizes(model, qtbot):
    from app.document import Document

    document = Document(fresh(Options(model=model), seed=2))
    for path in list(document.trace.steps)[::5]:
        document.go_to(path)
        for name in NAMES:
            for chart in made(document, name):
                if isinstance(chart, Bars | Lines):
                    assert all(len(s.values) == len(chart.labels) for s in chart.series)
                else:
                    assert chart.matrix.data.ndim == 2


# The panel


def test_pyqtgraph_comes_when_a_plot_is_first_shown():
    code = (
        "import sys; from app.application import make_application, make_window\n"
        "from app.settings import Settings; from PySide6.QtCore import QSettings\n"
        "import tempfile; app = make_application()\n"
        "store = QSettings(tempfile.mktemp(suffix='.ini'), QSettings.Format.IniFormat)\n"
        "window = make_window('by-hand', Settings(store), 'en'); window.show()\n"
        "before = 'pyqtgraph' in sys.modules\n"
        "window.side.bring('plot'); print(before, 'pyqtgraph' in sys.modules)"
    )
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["False", "True"]


def test_bars_follow_a_scrub_live_without_being_made_anew(hand, panel):
    hand.go(WEIGHTS)
    panel.choose("row")
    bars = panel.canvas.drawn[1].bars[0]
    before = bars.opts["height"].copy()
    block = edits.block([[3.0]])
    hand.document.preview(lambda s: edits.with_block(s, W_Q, 0, 0, block))
    now = hand.document.trace[WEIGHTS].output.data[0]
    np.testing.assert_array_equal(bars.opts["height"], now)
    assert not np.array_equal(now, before)
    hand.document.cancel()
    np.testing.assert_array_equal(bars.opts["height"], before)


def ticks(drawn, axis: str) -> list[float]:
    """Where the ticks of an axis stand."""
    return [at for at, _ in drawn.item.getAxis(axis)._tickLevels[0]]


def test_an_axis_of_shares_ends_at_one(hand, panel):
    """Above it there is room for a number, but no figure; nor past a share set by hand."""
    hand.go(WEIGHTS, moves.NUMBER)
    flush()
    values, shares = panel.canvas.drawn
    assert ticks(shares, "left")[-1] == 1.0 < shares.item.getAxis("left").range[1]
    assert values.item.getAxis("left")._tickLevels is None
    (series,) = shares.last.series
    beyond = replace(series, values=series.values + 0.5)
    shares.show(replace(shares.last, series=(beyond,)), 200.0)
    assert shares.item.getAxis("left")._tickLevels is None


def test_numbers_along_an_axis_have_a_real_minus_and_no_tick_looks_like_one(hand, panel):
    hand.go(WEIGHTS, moves.NUMBER)
    flush()
    values = panel.canvas.drawn[0].item
    told = values.getAxis("left").tickStrings([-1.0, 0.0], 1.0, 1.0)
    assert told == ["−1", "0"]
    assert all(values.getAxis(name).style["tickLength"] > 0 for name in ("left", "bottom"))


def test_bars_that_have_no_room_for_their_numbers_lie(hand, panel):
    """With every name, and each number beside its bar, where no bar is under it."""
    hand.go("output/probabilities", moves.NUMBER)
    flush()
    logits, shares = panel.canvas.drawn
    names = [name for _, name in logits.item.getAxis("left")._tickLevels[0]]
    assert names == list(hand.document.step.output.columns)
    values = logits.last.series[0].values
    assert (values < 0).any()
    ends = [label.pos().x() for label in logits.written]
    assert ends == pytest.approx(np.maximum(values, 0.0).tolist())
    low, high = logits.item.getAxis("bottom").range
    assert low < values.min() and high > values.max()
    assert ticks(shares, "bottom")[-1] == 1.0


def test_what_is_not_seen_is_not_drawn(hand, panel):
    hand.window.side.bring("explain")
    flush()
    charts = panel.charts
    hand.document.set_cell(W_Q, 0, 0, 5.0)
    assert panel.charts is charts
    hand.window.side.bring("plot")
    flush()
    now = hand.document.trace[WEIGHTS].output.data[0]
    np.testing.assert_array_equal(panel.charts[1].series[0].values, now)


def test_a_plot_is_chosen_by_keyboard(hand, panel):
    panel.choice.setFocus()
    for name in NAMES[1:]:
        hand.press("Down")
        assert panel.name == name
        assert panel.choice.currentData() == name
        assert panel.about.text()


@pytest.mark.parametrize("theme", list(THEMES))
@pytest.mark.parametrize("zoom", [100, 200])
def test_every_plot_is_drawn_in_every_theme(hand, panel, theme, zoom):
    hand.window.look.set_theme(theme)
    hand.window.look.set_zoom(zoom)
    hand.window.arrangement.toggle("side") if not panel.isVisible() else None
    for name in NAMES:
        panel.choose(name)
        flush()
        assert panel.charts and len(panel.canvas.drawn) == len(panel.charts)
        assert panel.canvas.backgroundBrush().color() == hand.window.look.color("card")
        panel.grab()


def test_where_there_is_nothing_it_says_so(hand, panel):
    panel.choose("row")
    hand.go("source/embedded")
    assert panel.charts == [] and "nothing of the kind" in panel.about.text()


def test_a_plot_gives_no_answer_away(hand, panel):
    hand.go(f"{HEAD}/weights")
    assert panel.charts
    hand.document.keep_back(f"{HEAD}/weights")
    assert not panel.charts and "asks first" in panel.about.text()
    assert not panel.copy.isVisible()
    hand.document.keep_back()
    assert panel.charts and "asks first" not in panel.about.text()
