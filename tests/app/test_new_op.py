"""Two ops that the app has never heard of, in a model of their own, in the window as it is.

One bends each number, the other works row by row with a working of its own. If this needs a
change under app/, a view knows too much.
"""

import math
from collections.abc import Sequence

import numpy as np
import pytest
from test_views import see
from window_support import Hand, flush, picture

from app.chooser import Chooser
from app.views.parts import reading
from engine import CHOICES, Choice, Options, Scenario, fresh, load, moves
from engine.expr import Apply, Expr, Operator, over, plus
from engine.form import Code, Counts, Dialect, Form
from engine.models import MODELS
from engine.ops import Lookup, Product
from engine.ops.cells import cell, named, row_cells
from engine.options import USES, Uses
from engine.tape import Scope
from engine.trace import Array, Matrix, Op, Step, Working, numbered

SINE = Operator("sine", "sin", "function", 5, math.sin)
SIZE = Operator("size", "abs", "function", 5, abs)


class Sine(Op):
    """sin X. Shape: (n, d) gives (n, d)."""

    name = "sine"
    form = Form("elementwise", before="sin(", after=")")

    def forward(self, *inputs: Array) -> Array:
        return np.sin(inputs[0])

    def explain(self, step: Step, row: int, column: int) -> Expr:
        return Apply(SINE, (cell(step, 0, row, column),))

    def backward(
        self, inputs: Sequence[Array], output: Array, gradient: Array
    ) -> tuple[Array | None, ...]:
        return (gradient * np.cos(inputs[0]),)

    def formula(self, symbols: Sequence[str]) -> str:
        return rf"\sin({symbols[0]})"

    def code(self, inputs: Sequence[str], dialect: Dialect) -> Code:
        return Code(f"{dialect.library}.sin({inputs[0]})")


class Portion(Op):
    """X ÷ Σ |x| of the row. Shape: (n, d) gives (n, d)."""

    name = "portion"
    form = Form("rowwise", result="→")

    def forward(self, *inputs: Array) -> Array:
        return inputs[0] / np.abs(inputs[0]).sum(axis=1, keepdims=True)

    def workings(self, step: Step) -> tuple[Working, ...]:
        source = step.inputs[0]
        total = np.abs(source.data).sum(axis=1, keepdims=True)

        def explain(row: int, _column: int) -> Expr:
            return plus(*(Apply(SIZE, (c,)) for c in row_cells(step, 0, row)))

        matrix = Matrix(f"{step.path}/total", total, source.rows, ("",), r"\Sigma")
        return (Working(matrix, "total", explain),)

    def explain(self, step: Step, row: int, column: int) -> Expr:
        return over(cell(step, 0, row, column), named(0, step.workings[0], row, 0))

    def formula(self, symbols: Sequence[str]) -> str:
        return rf"\frac{{{symbols[0]}}}{{\sum |{symbols[0]}|}}"

    def counts(self, inputs: Sequence[Array], output: Array) -> Counts:
        return Counts(divisions=output.size, additions=output.size)

    def code(self, inputs: Sequence[str], dialect: Dialect) -> Code:
        return Code(f"{inputs[0]} / abs({inputs[0]}).sum(axis=1, keepdims=True)")


def bent(t: Scope, s: Scenario) -> None:
    """Words to vectors, bent; a second lane reads them and takes portions."""
    dimensions = numbered(3)
    words = t.inside("words", lane=0)
    table = t.shelf("embedding").param("source", s.source_vocabulary, dimensions, "E", "embedding")
    lookup = Lookup(s.source_ids, None)
    x = words.step("embedded", lookup, table, symbol="X", rows=s.source)
    bend = t.inside("bend", lane=0)
    w = bend.param("W", dimensions, numbered(4), "W", "weights")
    y = bend.step("product", Product(), x, w, symbol="Y", columns=w.columns)
    z = bend.step("sine", Sine(), y, symbol="Z")
    ahead = t.inside("ahead", lane=1)
    for number in (1, 2):
        layer = ahead.inside(str(number))
        inner = layer.inside("portions")
        z = inner.step("portion", Portion(), z, symbol=f"P_{number}")


@pytest.fixture
def hand(monkeypatch, make, qtbot) -> Hand:
    monkeypatch.setitem(MODELS, "bent", bent)
    monkeypatch.setitem(USES, "bent", Uses((), ("source",)))
    monkeypatch.setitem(CHOICES, "model", Choice("word", words=("encoder_decoder", "bent")))
    return Hand(qtbot, make())


@pytest.fixture
def bent_hand(hand) -> Hand:
    hand.document.begin(fresh(Options(model="bent"), seed=2, name="bent"))
    flush()
    return hand


STEPS = [
    "words/embedded",
    "bend/product",
    "bend/sine",
    "ahead/1/portions/portion",
    "ahead/2/portions/portion",
]
SINE_STEP, PORTION_STEP = STEPS[2], STEPS[3]


def test_it_is_walked_there_and_back(bent_hand):
    hand = bent_hand
    for depth in moves.DEPTHS[:3]:
        hand.press("Home", f"Ctrl+{moves.DEPTHS.index(depth) + 1}", "Home")
        places = [hand.cursor]
        while True:
            hand.press("Right")
            if hand.cursor == places[-1]:
                break
            places.append(hand.cursor)
            assert len(places) < 300
        if depth == moves.STEP:
            assert [c.path for c in places] == STEPS
        for before in places[-2::-1]:
            hand.press("Left")
            assert hand.cursor == before


@pytest.mark.parametrize("zoom", [100, 200])
def test_every_view_has_it_in_its_room(bent_hand, zoom):
    window = bent_hand.window
    window.look.set_zoom(zoom)
    for path in STEPS:
        for depth in moves.DEPTHS:
            window.document.go_to(path, depth)
            see(window, f"{path} {depth}")
    assert {box.block.name for lane in window.map.lanes for box in lane.boxes()} >= {
        "words",
        "bend",
    }
    assert len(window.map.lanes) == 2


def test_the_stage_shows_it_as_its_form_says(bent_hand):
    bent_hand.go(SINE_STEP)
    items = bent_hand.window.stage.laid_out().items
    assert [i.part.sign or i.part.matrix.symbol for i in items] == ["sin(", "Y", ")", "=", "Z"]
    bent_hand.go(PORTION_STEP)
    items = bent_hand.window.stage.laid_out().items
    signs = [i.part.sign or i.part.matrix.symbol for i in items]
    assert signs == ["Z", "→", r"\Sigma", "→", "P_1"]


def test_its_arithmetic_unfolds_and_reduces(bent_hand):
    hand = bent_hand
    hand.go(SINE_STEP)
    hand.press("Down", "Down")
    line = hand.window.arithmetic.line
    y = hand.document.trace["bend/product"].output.data[0, 0]
    assert "".join(w.text for w in line.laid_out()).startswith("sin(")
    hand.press("Right")
    (word,) = line.laid_out()
    assert word.token.leaf.value == math.sin(y)
    hand.go(PORTION_STEP)
    hand.press("Down", "Ctrl+Right")
    (word,) = line.laid_out()
    last = hand.document.step.output.data[hand.cursor.row, hand.cursor.column]
    assert math.isclose(line.value(), last) or hand.cursor.working >= 0


def test_its_numbers_say_where_they_came_from(bent_hand):
    hand = bent_hand
    hand.go(PORTION_STEP, moves.NUMBER)
    hand.click(hand.window.stage, hand.cell("output", 0, (1, 2)))
    marks = reading.marks(hand.document)
    assert set(marks["input", 0].read) == {(1, k) for k in range(4)}
    assert set(marks["working", 0].read) == {(1, 0)}
    hand.double_click(hand.window.stage, hand.cell("input", 0, (1, 3)))
    assert (hand.path, hand.cursor.row, hand.cursor.column) == (SINE_STEP, 1, 3)
    leaf = hand.first_cell()
    hand.click(hand.window.arithmetic.line, hand.word(leaf))
    assert hand.path == "bend/product"


def test_an_edit_upstream_is_seen_in_it_and_undone(bent_hand):
    hand = bent_hand
    hand.go("bend/product")
    before = hand.document.trace[STEPS[-1]].output.data.copy()
    hand.press("Tab")
    assert hand.document.selection == (1, 0, 0)
    hand.write("3")
    hand.press("Return")
    assert (hand.document.trace[STEPS[-1]].output.data != before).any()
    hand.press("Ctrl+Z")
    assert (hand.document.trace[STEPS[-1]].output.data == before).all()


def test_map_filmstrip_timeline_and_titles_know_it(bent_hand):
    hand, window = bent_hand, bent_hand.window
    hand.go(SINE_STEP)
    assert [m.symbol for _, m, _, _ in window.filmstrip.boxes()] == ["X", "Y", "Z"]
    assert [name for _, _, name, _ in window.filmstrip.boxes()][-1] == "Sine"
    assert window.heading.title.text() == "Sine"
    assert "Sine" in window.side.views["explain"].text.text()
    assert window.timeline.where.text() == "step 3 of 5"
    _, other = window.map.lanes
    hand.click(window.map, other.boxes()[0].rect.center())
    assert hand.path == PORTION_STEP
    window.side.views["explain"].formula.settle()
    assert window.side.views["explain"].formula.renderer.isValid()
    bar = window.timeline.bar
    hand.click(bar, bar.rect().center())
    assert hand.path == SINE_STEP
    assert picture(bar) != picture(window.map)


def test_the_model_is_chosen_among_the_options_and_kept_in_a_file(hand, tmp_path):
    """From the trained translation by one choice, and back."""
    window = hand.window
    before = dict(hand.document.scenario.params)
    controls = window.side.views["options"].controls
    window.side.bring("options")  # not by way of the lessons, which know other models
    before_shown = [n for n, c in controls.items() if c.isVisible()]
    assert len(before_shown) > 10
    hand.tab_to(controls["model"])
    hand.press("End")
    assert hand.document.scenario.options.model == "bent"
    assert list(hand.document.trace.steps) == STEPS
    see(window, "bent")
    assert [n for n, c in controls.items() if c.isVisible()] == ["model"]
    shown = {box.objectName() for box in window.tokens.findChildren(Chooser) if box.isVisible()}
    assert shown == {f"source {i}" for i in range(4)}
    assert not any(b.isVisible() for b in (window.tokens.next, window.tokens.whole))
    hand.press("Ctrl+Return")
    assert "predicts no words" in window.notice.text.text()
    window.desk.dialogs.answers.append(str(tmp_path / "bent.json"))
    hand.press("Ctrl+S")
    assert load(tmp_path / "bent.json").options.model == "bent"
    hand.press("Home")
    assert hand.document.scenario.options.model == "encoder_decoder"
    assert window.tokens.next.isVisible()
    assert window.tokens.words["target"][0].isVisible()
    assert all(c.isVisible() for n, c in controls.items() if n in before_shown)
    hand.press("Ctrl+Z", "Ctrl+Z")
    assert dict(hand.document.scenario.params) == before
