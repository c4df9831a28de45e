"""What is drawn: the same every time, for every step, at every size, and nothing over another."""

from itertools import combinations, pairwise

import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, QRectF
from PySide6.QtGui import QFontMetricsF, QImage, QPainter
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget
from window_support import Hand, flush, picture

from app.document import Document
from app.views.parts import reading
from app.window import Window
from engine import Options, cells, fresh, moves, with_options

HEAD = "encoder/1/self_attention/head_1"
SCORES, WEIGHTS, MASKED = f"{HEAD}/scores", f"{HEAD}/weights", f"{HEAD}/masked"
KINDS = {
    "lookup": "source/embedded",
    "elementwise": "source/positioned",
    "product with bias": f"{HEAD}/Q",
    "transposed product": SCORES,
    "mask": MASKED,
    "rowwise": WEIGHTS,
    "weighted sum": f"{HEAD}/mixed",
    "join": "encoder/1/self_attention/joined",
    "norm": "encoder/1/norm_1",
    "relu": "encoder/1/feed_forward/activated",
    "across lanes": "decoder/1/cross_attention/head_1/scores",
    "wide": "output/probabilities",
}
LOOKS = [
    (1024, 768, 100, "light"),
    (1440, 900, 100, "dark"),
    (1440, 900, 200, "contrast"),
    (1024, 768, 300, "dark"),
]


def dress(window: Window, zoom: int, theme: str) -> None:
    window.look.set_theme(theme)
    window.look.set_zoom(zoom)
    flush()


# Nothing overlaps


def apart(rects: list[QRectF], slack: float = 0.5) -> bool:
    """Whether no two rectangles share more than a hair."""
    smaller = [r.adjusted(slack, slack, -slack, -slack) for r in rects]
    return not any(a.intersects(b) for a, b in combinations(smaller, 2))


def inside(rect: QRectF, room: QRectF, slack: float = 1.0) -> bool:
    return room.adjusted(-slack, -slack, slack, slack).contains(rect)


def check_stage(window: Window, where: str) -> None:
    equation = window.stage.laid_out()
    items = [i for i in equation.items if i.picture]
    assert items, where
    assert apart([i.rect for i in items]), where
    room = QRectF(window.stage.rect())
    for item in items:
        assert inside(item.rect, room), (where, item.key, item.rect, room)
    for line in equation.lines:
        for one, two in pairwise(line):
            assert one.at.x() + one.width <= two.at.x() + 0.5, where


def check_numbers_fit(window: Window, where: str) -> None:
    for item in window.stage.laid_out().items:
        if item.picture is None:
            continue
        p = item.picture
        metrics = QFontMetricsF(p.font)
        rows, columns = p.data.shape
        for row in range(rows):
            for column in range(columns):
                if p.down.is_full(row) and p.across.is_full(column):
                    rect = p.cell_rect(p.spot(row, column))
                    width = metrics.horizontalAdvance(p.texts[row][column])
                    assert width <= rect.width(), (where, item.key, p.texts[row][column])
                    assert metrics.ascent() <= rect.height() + 1, (where, item.key)


def check_map(window: Window, where: str) -> None:
    view = window.map
    boxes = [b.rect for lane in view.lanes for b in lane.boxes()]
    assert apart(boxes), where
    for box in boxes:
        assert inside(box, QRectF(view.rect())), (where, box, view.rect())
        assert box.width() >= view.look.px(40), where
        assert box.height() >= view.look.px(20), where


def check_line(window: Window, where: str) -> None:
    line = window.arithmetic.line
    words = [w for w in line.laid_out() if w.at is not None]
    assert words, where
    rows: dict[int, list[QRectF]] = {}
    for word in words:
        high = QFontMetricsF(word.face.font).capHeight()
        rect = QRectF(word.at.x(), word.at.y() - high, word.width, high)
        assert inside(rect, QRectF(line.rect())), (where, word.text, rect, line.rect())
        rows.setdefault(int((word.at.y() + word.rise) / line.line_height), []).append(rect)
    assert len(rows) <= line.most_lines, where
    for row in rows.values():
        for one, two in pairwise(sorted(row, key=QRectF.left)):
            assert one.right() <= two.left() + 0.5, where
    assert min(r.left() for r in rows[0]) >= line.name_width() - 0.5, where


def check_filmstrip(window: Window, where: str) -> None:
    if window.filmstrip.isVisible():
        boxes = [box for box, _, _, _ in window.filmstrip.boxes()]
        assert apart(boxes), where
        assert all(inside(b, QRectF(window.filmstrip.rect())) for b in boxes), where


def check_panels(window: Window, where: str) -> None:
    """Panels and bars stand side by side, inside of the window, with their texts in full."""

    def rects(*widgets: QWidget) -> list[QRectF]:
        shown = [w for w in widgets if w.isVisible()]
        return [QRectF(QRect(w.mapTo(window, QPoint()), w.size())) for w in shown]

    split = window.split
    assert apart(rects(window.token_area, split, window.timeline), 0.0), where
    assert apart(rects(*(split.widget(i) for i in range(split.count()))), 0.0), where
    (middle,) = rects(window.middle)
    scrolled = rects(window.heading, window.notice, window.stage_area)
    seen = [r.intersected(middle) for r in scrolled if r.intersects(middle)]
    assert apart([*seen, *rects(window.arithmetic, window.filmstrip)], 0.0), where
    for button in (*window.timeline.buttons.values(), *window.timeline.depths.values()):
        if button.isVisible():
            assert inside(QRectF(button.geometry()), QRectF(window.timeline.rect())), where
            assert button.width() >= button.sizeHint().width() - 1, (where, button.text())


CHECKS = (
    check_stage,
    check_numbers_fit,
    check_map,
    check_line,
    check_filmstrip,
    check_panels,
)


def see(window: Window, where: str) -> None:
    flush()
    for check in CHECKS:
        if check is not check_line or window.arithmetic.isVisible():
            check(window, where)


@pytest.mark.timeout(300)
@pytest.mark.parametrize("look", LOOKS, ids=lambda k: f"{k[0]}x{k[1]} {k[2]}% {k[3]}")
def test_every_step_has_its_room_at_every_size(make, look):
    """Painted, too: Qt's warnings and exceptions while painting fail the test."""
    width, height, zoom, theme = look
    window = make(width=width, height=height)
    dress(window, zoom, theme)
    for step in window.document.trace:
        rows, columns = step.output.shape
        window.document.go_to(step.path, moves.NUMBER)
        window.document.move(
            lambda t, c, r=rows, k=columns: moves.at_number(t, c, -1, r - 1, k - 1)
        )
        see(window, step.path)
    for path in KINDS.values():
        window.document.go_to(path, moves.OPERATION)
        see(window, path)
        window.document.move(moves.forward)
        see(window, path)
        window.document.move(moves.to_end)
        see(window, path)


@pytest.mark.parametrize("look", LOOKS[1:3], ids=lambda k: f"{k[0]}x{k[1]} {k[2]}%")
def test_every_block_has_its_room(make, look):
    width, height, zoom, theme = look
    window = make(width=width, height=height)
    dress(window, zoom, theme)
    for segment in moves.segments(window.document.trace):
        window.document.go_to(segment.steps[0].path, moves.BLOCK)
        see(window, segment.block.path)
        assert not window.arithmetic.isVisible()


MODELS = {
    "norm before, final norm": Options(norm="before", final_norm=True, layers=2),
    "all off": Options(
        scale=False,
        biases=False,
        residual=False,
        positions="none",
        embedding_scale=False,
        padding=False,
        causal=False,
    ),
    "eight heads": Options(heads=8),
    "one dimension": Options(heads=1, d_model=1, d_ff=1),
    "wide": Options(heads=8, d_model=64, d_ff=256),
    "finite mask": Options(mask_value=-1e6),
    "attention by hand": Options(model="attention", d_model=2),
    "self-attention, additive": Options(model="self_attention", scoring="additive"),
    "self-attention, Shaw": Options(model="self_attention", relative="keys", clip=16),
    "self-attention, T5": Options(model="self_attention", relative="bias", buckets=32, reach=128),
    "self-attention, bare": Options(model="self_attention", projections=False, positions="none"),
    "target attention, general": Options(model="target_attention", scoring="general"),
    "dense mixing": Options(model="dense", positions="learned"),
    "recurrent": Options(model="rnn"),
    "recurrent without attention": Options(model="rnn", attention="none", d_model=3),
    "two segments": Options(model="transformer_xl", layers=2, dropout=0.2, training=True),
    "segment alone": Options(model="transformer_xl", segment_memory=False, heads=1, dropout=0.2),
}


@pytest.mark.parametrize("name", MODELS)
def test_other_models_have_their_room(make, name):
    window = make(width=1100, height=760)
    window.document.begin(fresh(MODELS[name], seed=3))
    flush()
    seen = set()
    for step in window.document.trace:
        kind = (step.op.name, step.output.shape)
        if kind not in seen:
            seen.add(kind)
            window.document.go_to(step.path, moves.NUMBER)
            see(window, step.path)
            window.document.move(moves.to_end)
            see(window, step.path)


def test_six_layers_folded_and_open(make, six_layers):
    window = make(width=1280, height=800)
    window.document.begin(six_layers)
    see(window, "folded")
    folded = sum(b.is_folded for lane in window.map.lanes for b in lane.boxes())
    assert folded == 12
    window.map.unfolded = frozenset(
        b.block.path for lane in window.map.lanes for b in lane.boxes() if b.is_folded
    )
    for path in ("encoder/1/norm_1", "encoder/norm", "decoder/6/norm_3", "decoder/norm"):
        window.document.go_to(path)
        see(window, path)
        assert not any(b.is_folded for lane in window.map.lanes for b in lane.boxes())
        assert (
            len(
                [
                    b
                    for lane in window.map.lanes
                    for b in lane.boxes()
                    if b.holds(list(window.document.trace.steps).index(path))
                ]
            )
            == 1
        )


@pytest.mark.parametrize("model", ["encoder_decoder", "transformer_xl"])
def test_twelve_layers_fold_but_for_the_one_that_is_walked(make, model):
    window = make(width=1280, height=800)
    window.document.begin(fresh(Options(model=model, layers=12, d_model=4, d_ff=4), seed=1))
    norms = [s.path for s in window.document.trace if s.path.endswith("/norm_2")]
    for path in (norms[0], norms[11], norms[-1]):
        window.document.go_to(path)
        see(window, path)
        boxes = [b for lane in window.map.lanes for b in lane.boxes()]
        here = list(window.document.trace.steps).index(path)
        folded = [b for b in boxes if b.is_folded]
        assert len(folded) == (23 if model == "encoder_decoder" else 22)
        assert not any(b.holds(here) for b in folded)
        assert sum(b.holds(here) for b in boxes) == 1


def test_the_words_are_called_what_the_model_calls_them(make):
    window = make(width=1280, height=800)
    for model, names in (
        ("encoder_decoder", ["Source", "Target"]),
        ("rnn", ["Source", "Target"]),
        ("transformer_xl", ["Segment 1", "Segment 2"]),
    ):
        window.document.begin(fresh(Options(model=model), seed=1))
        flush()
        assert [window.tokens.heads[which].text() for which in ("source", "target")] == names


def test_the_longest_words_and_sentences_have_their_room(make):
    """The most tokens, from a vocabulary of long words in two scripts."""
    long = "Donaudampfschifffahrt"
    words = ("<pad>", *(f"{long}{i}" for i in range(15)))
    targets = ("<pad>", "<s>", "</s>", *(f"翻译机器人{i}" for i in range(13)))
    scenario = fresh(
        Options(),
        source=words,
        target=("<s>", *targets[3:], "</s>", "<pad>"),
        expected=(),
        source_vocabulary=words,
        target_vocabulary=targets,
    )
    window = make(width=1280, height=800)
    window.document.begin(scenario)
    for path in KINDS.values():
        window.document.go_to(path, moves.NUMBER)
        see(window, path)


# The same every time


def test_painting_twice_is_painting_once(hand):
    for path in (SCORES, WEIGHTS, "output/probabilities"):
        hand.go(path, moves.NUMBER)
        once = picture(hand.window)
        assert picture(hand.window) == once


def test_hearing_every_signal_again_changes_nothing(hand):
    hand.go(WEIGHTS, moves.NUMBER)
    once = picture(hand.window)
    d = hand.document
    for signal in (d.trace_changed, d.model_changed, d.cursor_changed, d.selection_changed):
        signal.emit()
    assert picture(hand.window) == once
    hand.window.look.changed.emit()
    hand.window.side.views["explain"].formula.settle()
    assert picture(hand.window) == once


@pytest.mark.parametrize("kind", ["lookup", "transposed product", "rowwise", "across lanes"])
def test_a_place_looks_the_same_however_one_came_there(make, qtbot, kind):
    """Views draw the document and remember nothing of the way."""
    there, back = make(width=1100, height=760), make(width=1100, height=760)
    there.document.go_to(KINDS[kind], moves.NUMBER)
    for path in (SCORES, "output/logits", "encoder/1/norm_2", KINDS[kind]):
        back.document.go_to(path, moves.OPERATION)
        back.document.move(moves.to_end)
        flush()
    back.document.set_option("layers", 3)
    back.document.undo_stack.undo()
    back.document.state.active.origin.earlier = None  # marks of the last edit are meant to stay
    back.document.go_to(KINDS[kind], moves.NUMBER)
    back.document.place(there.document.cursor)
    for window in (there, back):
        window.side.views["explain"].formula.settle()
        window.setFocus()
    for view in ("map", "heading", "stage", "arithmetic", "filmstrip", "side", "timeline"):
        one, two = picture(getattr(there, view)), picture(getattr(back, view))
        assert one == two, view


def test_changing_the_theme_and_back_changes_nothing(hand):
    hand.window.side.views["explain"].formula.settle()
    before = picture(hand.window)
    hand.press("Ctrl+D")
    dark = picture(hand.window)
    assert dark != before
    hand.press("Ctrl+D")
    hand.window.side.views["explain"].formula.settle()
    assert picture(hand.window) == before


def test_zooming_and_back_changes_nothing(hand):
    hand.window.side.views["explain"].formula.settle()
    before = picture(hand.window)
    hand.press("Ctrl++", "Ctrl++")
    assert picture(hand.window) != before
    hand.press("Ctrl+0")
    hand.window.side.views["explain"].formula.settle()
    assert picture(hand.window) == before


def unscrolled(window: Window) -> Window:
    """How far one has scrolled depends on where one was before."""
    flush()  # whatever still scrolls after a step was shown
    for area in (window.middle, window.stage_area, window.map_area, window.token_area):
        area.verticalScrollBar().setValue(0)
        area.horizontalScrollBar().setValue(0)
    return window


def test_making_the_window_larger_and_smaller_again_changes_nothing(make):
    """Where the stage scrolls its size says nothing about its room."""

    def opened(width: int, height: int) -> Window:
        window = make(width=width, height=height)
        window.document.begin(fresh(Options(d_model=32, heads=2), seed=1))
        window.document.go_to(f"{HEAD}/Q", moves.NUMBER)
        window.look.set_zoom(200)
        window.side.views["explain"].formula.settle()
        window.setFocus()
        return window

    views = ("stage", "map", "arithmetic", "filmstrip")
    large = opened(1500, 1000)
    wanted = {view: picture(getattr(large, view)) for view in views}
    large.close()
    window = opened(1000, 700)
    before = picture(unscrolled(window))
    window.resize(1500, 1000)
    for view in views:
        assert picture(getattr(window, view)) == wanted[view], view
    window.resize(1000, 700)
    assert picture(unscrolled(window)) == before


# Where a number came from


def marked(document: Document) -> dict[tuple[str, int], set[tuple[int, int]]]:
    found = reading.marks(document)
    return {key: set(m.read) for key, m in found.items() if m.read and key[0] == "input"}


def test_the_outlined_cells_are_those_the_number_was_read_from(document):
    """For every step of the model, and its last number."""
    for step in document.trace:
        rows, columns = step.output.shape
        document.go_to(step.path, moves.NUMBER)
        document.move(lambda t, c, r=rows, k=columns: moves.at_number(t, c, -1, r - 1, k - 1))
        told: dict[tuple[str, int], set[tuple[int, int]]] = {}
        for cell in cells(step.explain(rows - 1, columns - 1)):
            told.setdefault(("input", cell.source), set()).add((cell.row, cell.column))
        assert marked(document) == told, step.path
        assert told, step.path


def test_the_workings_on_the_way_are_outlined_too(document):
    """At softmax the row's maximum, its exponentials and their sum."""
    document.go_to(WEIGHTS, moves.NUMBER)
    document.move(lambda t, c: moves.at_number(t, c, -1, 2, 1))
    found = {key: set(m.read) for key, m in reading.marks(document).items() if key[0] == "working"}
    row = {(2, column) for column in range(4)}
    assert found == {("working", 0): {(2, 0)}, ("working", 1): row, ("working", 2): {(2, 0)}}


def test_the_workings_that_an_edit_changes_are_marked(document):
    document.go_to(WEIGHTS, moves.NUMBER)
    before = document.step.workings[2].matrix.data
    document.pin(WEIGHTS.replace("weights", "scores"), 1, 0, 9.0)
    found = {key: set(m.changed) for key, m in reading.marks(document).items()}
    row = {(1, column) for column in range(4)}
    assert found["working", 0] == found["working", 2] == {(1, 0)}
    assert found["working", 1] == found["output", 0] == row
    part = next(p for p in reading.parts(document) if (p.kind, p.index) == ("working", 2))
    assert reading.was(document, part).tolist() == before.tolist()


def test_the_outlined_cells_of_a_working(document):
    document.go_to(WEIGHTS, moves.NUMBER)
    for index, working in enumerate(document.step.workings):
        document.move(lambda t, c, i=index: moves.at_number(t, c, i, 1, 0))
        told = {(c.row, c.column) for c in cells(working.explain(1, 0))}
        assert marked(document) == {("input", 0): told}


EXPECTED = {
    # kind: row 1, column 2 of the output was read from these cells of each input
    "transposed product": lambda n: {0: {(1, k) for k in range(n)}, 1: {(2, k) for k in range(n)}},
    "mask": lambda _: {0: {(1, 2)}, 1: {(1, 2)}},
    "rowwise": lambda _: {0: {(1, k) for k in range(4)}},
    "elementwise": lambda _: {0: {(1, 2)}, 1: {(1, 2)}},
    "relu": lambda _: {0: {(1, 2)}},
    "join": lambda _: {0: {(1, 2)}},
    "lookup": lambda _: {0: {(5, 2)}},
    "norm": lambda _: {0: {(1, k) for k in range(8)}, 1: {(0, 2)}, 2: {(0, 2)}},
    "product with bias": lambda _: {
        0: {(1, k) for k in range(8)},
        1: {(k, 2) for k in range(8)},
        2: {(0, 2)},
    },
    "weighted sum": lambda _: {0: {(1, k) for k in range(4)}, 1: {(k, 2) for k in range(4)}},
}


@pytest.mark.parametrize("kind", EXPECTED)
def test_each_kind_of_step_reads_what_its_mathematics_says(document, kind):
    """Written out by hand, so that an error in explain can't vouch for itself."""
    document.go_to(KINDS[kind], moves.NUMBER)
    document.move(lambda t, c: moves.at_number(t, c, -1, 1, 2))
    wanted = {("input", k): v for k, v in EXPECTED[kind](4).items()}
    if kind == "lookup":
        row = document.scenario.source_vocabulary.index("see")
        wanted = {("input", 0): {(row, 2)}}
    assert marked(document) == wanted


@pytest.mark.parametrize("kind", KINDS)
def test_outlines_are_painted_on_these_cells_and_no_others(hand, kind):
    hand.go(KINDS[kind], moves.NUMBER)
    equation, stage = hand.window.stage.laid_out(), hand.window.stage
    marks = reading.marks(hand.document)

    def painted(shown) -> QImage:
        image = QImage(stage.size(), QImage.Format.Format_RGB32)
        image.fill(0xFFFFFF)
        painter = QPainter(image)
        try:
            equation.paint(painter, shown)
        finally:
            painter.end()
        return image

    without, with_marks = painted({}), painted(marks)
    for item in equation.items:
        if item.picture is None or item.part.matrix is None:
            continue
        mark = marks.get(item.key)
        spots = set() if mark is None else set(mark.read) | ({mark.selected} - {None})
        rows, columns = item.part.matrix.shape
        for spot in ((r, c) for r in range(rows) for c in range(columns)):
            rect = item.picture.cell_rect(spot).translated(item.at)
            core = rect.adjusted(4, 4, -4, -4).toAlignedRect()
            whole = rect.adjusted(1, 1, -1, -1).toAlignedRect()
            if spot in spots:
                assert without.copy(whole) != with_marks.copy(whole), (item.key, spot)
            elif core.isValid():
                assert without.copy(core) == with_marks.copy(core), (item.key, spot)


# The keyboard can be seen, and texts are there


def test_whatever_has_the_keyboard_shows_it(hand):
    for widget in hand.tab_round():
        widget.setFocus()
        has = picture(widget)
        (hand.window.stage if widget is not hand.window.stage else hand.window.map).setFocus()
        assert picture(widget) != has, (type(widget).__name__, widget.objectName())


def test_no_label_is_empty_and_no_text_is_cut(make):
    window = make(width=1440, height=900)
    for path in (SCORES, "output/probabilities"):
        window.document.go_to(path)
        flush()
        for label in window.findChildren(QLabel):
            if label.isVisible() and not label.wordWrap():
                assert label.text(), label.objectName()
                assert label.sizeHint().width() <= label.width() + 1, label.text()


def test_the_title_tells_step_and_matrix(hand):
    hand.go(SCORES)
    flush()
    assert "Head 1" in hand.window.heading.crumbs.text()
    assert hand.window.heading.title.text()
    assert hand.window.side.views["explain"].formula.latex.startswith(r"\role")


def test_every_formula_is_drawn(window):
    for path in KINDS.values():
        window.document.go_to(path)
        window.side.views["explain"].formula.settle()
        renderer = window.side.views["explain"].formula.renderer
        assert renderer is not None, path
        assert renderer.isValid(), path
        assert renderer.defaultSize().width() > 20, path


def test_a_number_under_the_mouse_is_the_number_that_is_drawn_there(hand: Hand):
    for path in KINDS.values():
        hand.go(path)
        equation = hand.window.stage.laid_out()
        for item in equation.items:
            if item.picture is None:
                continue
            rows, columns = item.part.matrix.shape
            for spot in ((0, 0), (rows - 1, columns - 1), (rows // 2, columns // 2)):
                point = item.at + item.picture.cell_rect(spot).center()
                hit = equation.hit(point)
                assert hit is not None
                assert hit[0] is item
                assert hit[1] == spot
        assert equation.hit(QPointF(-5, -5)) is None


def test_the_editor_covers_its_cell_and_stays_on_the_stage(hand):
    hand.go(f"{HEAD}/Q")
    for spot in ((0, 0), (7, 3), (0, 3), (7, 0)):
        hand.document.select((1, *spot))
        hand.window.stage.setFocus()
        hand.press("Return")
        field = hand.window.stage.findChild(QLineEdit, "cell editor")
        assert field.isVisible()
        assert field.geometry().contains(hand.cell("input", 1, spot).toPoint())
        assert hand.window.stage.rect().contains(field.geometry())
        hand.press("Escape")


def test_options_change_nothing_that_they_do_not_mean(document):
    """Two settings of one model differ on the stage only from where the option is read."""
    other = Document(with_options(document.scenario, Options(scale=False)))
    for path in (f"{HEAD}/Q", SCORES):
        document.go_to(path)
        other.go_to(path)
        assert marked(document) == marked(other)
