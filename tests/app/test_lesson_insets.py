"""Plots inside lessons, and what is measured there."""

import subprocess
import sys

import numpy as np
import pytest
from window_support import flush

from app.texts import Texts
from app.views.parts.inset import Inset
from app.views.parts.measuring import Measuring
from app.views.parts.plots import plots
from engine import moves
from engine.course import lessons
from engine.course.plots import PLOTS

PLOTTED = [
    (lesson, place) for lesson in lessons() for place, stop in enumerate(lesson.stops) if stop.plot
]


def place_of(tour, slug: str, stop: str) -> int:
    return tour.book_of(slug).lesson.index(stop)


def start(tour, slug: str, stop: str) -> None:
    tour.start(slug, place_of(tour, slug, stop))
    flush()


def test_a_lesson_may_bring_every_plot_of_the_panel_and_no_other():
    assert list(PLOTS) == [plot.name for plot in plots()]


def test_engine_and_panel_agree_where_there_is_something_to_draw(document):
    for path in document.trace.steps:
        document.go_to(path)
        for plot in plots():
            drawn = bool(plot.make(document, Texts("en")))
            assert PLOTS[plot.name](document.trace, path) == drawn, (plot.name, path)


@pytest.mark.parametrize(
    ("lesson", "place"), PLOTTED, ids=[f"{n.slug}-{n.stops[p].id}" for n, p in PLOTTED]
)
def test_every_plot_of_a_lesson_shows_what_it_names(hand, panel, tour, lesson, place):
    stop = lesson.stops[place]
    for size in stop.sizes:
        tour.start(lesson.slug, place)
        tour.choose_size(size)
        for name in stop.questions:
            tour.answer(name, None)
        panel.lesson._on_told_anew()
        flush()
        inset = panel.lesson.inset
        assert inset.isVisible()
        assert len(inset.canvas.drawn) >= max(len(stop.charts), 1)
        assert not stop.charts or len(inset.canvas.drawn) == len(stop.charts)
        assert inset.title.text()


def test_a_plot_follows_what_the_learner_changes(hand, panel, tour):
    start(tour, "why-scale", "sweep")
    inset = panel.lesson.inset
    before = inset.canvas.drawn[1].last.series[0].values
    step = hand.document.step
    np.testing.assert_array_equal(before, step.output.data[hand.cursor.row])
    hand.document.set_option("scale", True)
    flush()
    after = inset.canvas.drawn[1].last.series[0].values
    assert np.abs(after - before).max() > 0.01
    np.testing.assert_array_equal(after, hand.document.step.output.data[hand.cursor.row])
    hand.document.move(lambda t, c: moves.at_number(t, c, -1, 1, 0))
    flush()
    moved = inset.canvas.drawn[1].last.series[0].values
    np.testing.assert_array_equal(moved, hand.document.step.output.data[1])


def test_a_hidden_stop_hides_its_plot_until_it_is_answered(hand, panel, tour):
    start(tour, "cross-attention", "crossing")
    assert hand.document.kept_back
    assert not panel.lesson.inset.isVisible()
    panel.lesson._on_answered("looks", None)
    flush()
    assert panel.lesson.inset.isVisible()
    assert len(panel.lesson.inset.canvas.drawn) == 2


def test_a_plot_is_opened_large(hand, panel, tour):
    start(tour, "pros-and-cons", "quadratic")
    hand.click(panel.lesson.inset.large)
    shown = hand.window.side.views["plot"]
    assert hand.window.side.currentWidget().isAncestorOf(shown)
    assert shown.name == "costs"
    flush()
    assert len(shown.canvas.drawn) == 3
    tour.follow("plot", "heads")
    assert shown.name == "heads"


def test_a_plot_speaks_the_language_in_force(hand, panel, tour):
    start(tour, "pros-and-cons", "quadratic")
    before = panel.lesson.inset.title.text()
    hand.window.desk.preferences.use("language", "zh_CN")
    flush()
    inset = panel.lesson.findChildren(Inset)[-1]
    assert inset.title.text() != before
    assert inset.large.text() == "在“图表”面板中打开"


def test_the_wheel_over_a_plot_scrolls_the_text(hand, panel, tour):
    from PySide6.QtCore import Qt

    start(tour, "pros-and-cons", "quadratic")
    canvas = panel.lesson.inset.canvas
    assert canvas.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    assert canvas.focusPolicy() == Qt.FocusPolicy.NoFocus


def test_times_are_measured_when_asked_for(hand, panel, tour, monkeypatch):
    start(tour, "dot-or-additive", "times")
    (measuring,) = panel.lesson.findChildren(Measuring)
    assert "measured ?" in text_of(panel)
    assert "Not measured" in measuring.state.text()
    told = {"additive": 30.0, "dot": 4.0}
    monkeypatch.setattr("engine.course.visits.Visit.measure", with_clock(lambda k, n, d: told[k]))
    hand.click(measuring.button)
    assert "measured 7.5" in text_of(panel)
    assert "measured ?" not in text_of(panel)
    assert "just now" in measuring.state.text()
    told["dot"] = 3.0
    hand.click(measuring.button)
    assert "measured 10\n" in text_of(panel)


def test_times_are_really_measured(hand, panel, tour):
    start(tour, "dot-or-additive", "times")
    hand.click(panel.lesson.measuring.button)
    found = tour.visit.measured
    assert len(found) == 3
    assert all(value.number > 0.0 for value in found.values())


def with_clock(clock):
    from engine.course import Visit

    measure = Visit.measure
    return lambda visit: measure(visit, clock)


def text_of(panel) -> str:
    from app.views.parts.passage import Passage

    return "\n".join(p.toPlainText() for p in panel.lesson.findChildren(Passage))


def test_pyqtgraph_comes_with_the_first_plot(hand, panel, tour):
    code = (
        "import sys, app.views.lessons, app.views.parts.lesson_page;"
        "sys.exit('pyqtgraph' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
    code = code.replace("app.views.lessons", "app.views.parts.inset")
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 1
