"""The lecture hall: readable, led by a clicker, silent about answers, and gone without a trace."""

import gc
from itertools import pairwise

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPointF, QRect, Qt, QTime
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid
from window_support import flush, picture

from app.numbers import exact, format_whole
from app.palettes import THEMES
from app.presenter.hall import LEAST, SIZES, USUAL, Hall
from app.presenter.presenting import places
from engine import moves

HEAD = "encoder/1/self_attention/head_1"
SHOWN = (
    f"{HEAD}/Q",
    f"{HEAD}/scores",
    f"{HEAD}/masked",
    f"{HEAD}/weights",
    "encoder/1/norm_1",
    "decoder/1/cross_attention/head_1/scores",
    "output/probabilities",
)
KEY = Qt.Key


def enter(qtbot, window, width=1024, height=768) -> Hall:
    """Present as a learner does, on a projector of that size."""
    window.actions_.by_name["present"].trigger()
    hall = window.companions.presenting.hall
    assert hall is not None and hall.isFullScreen()
    hall.showNormal()
    hall.resize(width, height)
    hall.activateWindow()
    qtbot.waitUntil(hall.isActiveWindow)
    hall.canvas.setFocus()
    flush()
    return hall


@pytest.fixture
def hall(qtbot, window) -> Hall:
    return enter(qtbot, window)


@pytest.fixture
def press(qtbot):
    def keys(*which, modifier=Qt.KeyboardModifier.NoModifier):
        for key in which:
            qtbot.keyClick(QApplication.focusWidget(), key, modifier)
        flush()

    return keys


def words(hall) -> list[str]:
    """All texts in cells of results and workings."""
    items = [i for i in hall.canvas.laid_out().items if i.part.kind in {"output", "working"}]
    return [text.strip() for i in items for row in i.picture.measured.texts for text in row]


# Going in and coming back


def state(window):
    """All that leaving must give back."""
    look = window.look
    return (
        window.geometry(),
        window.windowState(),
        [
            p.isVisible()
            for p in (window.map_area, window.side, window.filmstrip, window.tools, window.timeline)
        ],
        window.split.sizes(),
        window.side.currentIndex(),
        (look.zoom, look.digits, look.theme.name),
        QApplication.focusWidget(),
        window.document.selection,
        window.document.cursor,
        window.stage_area.verticalScrollBar().value(),
    )


@pytest.mark.parametrize("leave", [KEY.Key_Escape, KEY.Key_F5])
def test_leaving_gives_the_window_back_as_it_was(qtbot, window, hand, press, leave):
    hand.go(f"{HEAD}/Q")
    hand.press("Ctrl+M")
    window.split.setSizes([0, 800, 470])
    window.look.set_zoom(110)
    hand.press("E", "Right")
    before = state(window)
    look_before = picture(window)
    hall = enter(qtbot, window)
    press(KEY.Key_Plus, KEY.Key_Plus, modifier=Qt.KeyboardModifier.ControlModifier)
    press(KEY.Key_S, KEY.Key_H, KEY.Key_N)
    assert window.document.selection is not None
    press(KEY.Key_Escape)  # the input is let go first
    press(leave)
    assert window.companions.presenting.hall is None and window.companions.presenting.notes is None
    qtbot.waitUntil(window.isActiveWindow)
    flush()
    assert not isValid(hall) or not hall.isVisible()
    assert state(window) == before
    assert picture(window) == look_before


def test_the_focus_goes_back_to_whatever_had_it(qtbot, window, hand, press):
    hand.tab_to(window.map)
    enter(qtbot, window)
    press(KEY.Key_PageDown)
    press(KEY.Key_Escape)
    qtbot.waitUntil(window.isActiveWindow)
    assert QApplication.focusWidget() is window.map
    assert window.document.selection is None


def test_f5_does_not_open_a_second_hall(qtbot, window, hall):
    window.companions.presenting.enter()
    assert window.companions.presenting.hall is hall


def test_a_hall_that_was_left_is_freed(qtbot, window):
    hall = enter(qtbot, window)
    hall.on_leave()
    for _ in range(3):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        flush()
        gc.collect()
    assert not isValid(hall)
    window.document.move(moves.forward)  # nobody listens who is gone
    window.look.set_zoom(125)


# On a projector


@pytest.mark.parametrize("path", SHOWN)
@pytest.mark.parametrize("theme", THEMES)
def test_it_can_be_read_from_the_back_row(window, hall, path, theme):
    """Letters of a fortieth of the picture's height and more; nothing overlaps or is cut off."""
    area = hall.board.active.area
    window.look.set_theme(theme)
    window.document.go_to(path, moves.NUMBER)
    flush()
    equation = hall.canvas.laid_out()
    assert hall.stage_look.theme is hall.look.theme is THEMES[theme]
    assert hall.stage_look.px(equation.pixels) >= 768 / 41
    assert hall.look.px(hall.line.pixels) >= 768 / 40
    assert hall.canvas.height() <= area.viewport().height()
    assert hall.canvas.width() <= area.viewport().width()
    parts = [w.geometry() for w in (hall.heading, hall.board, hall.card, hall.where)]
    assert all(hall.rect().contains(r) for r in parts)
    for above, below in pairwise(parts):
        assert above.bottom() < below.top()
    for item in equation.items:
        if item.picture:
            assert item.rect.right() <= hall.canvas.width() + 1


def digits(hall) -> float:
    """How large the stage's digits are, in pixels."""
    return hall.stage_look.px(hall.canvas.laid_out().pixels)


def test_the_usual_steps_fill_the_screen(window, hall):
    """As large as there is room for: a line more, or a letter larger, would not fit."""
    for path, least in ((f"{HEAD}/scores", 24), (f"{HEAD}/weights", 24), ("encoder/1/norm_1", 19)):
        window.document.go_to(path, moves.NUMBER)
        flush()
        equation, room = hall.canvas.laid_out(), hall.canvas.room()
        assert digits(hall) >= least
        used = max(equation.width / room.width(), equation.height / room.height())
        assert used >= 0.9, path


@pytest.mark.parametrize("path", [p for p in SHOWN if p != "output/probabilities"])
def test_larger_means_the_digits_first(window, hall, press, path):
    """Cells grow with the words, and more than these; what is asked and read stays in sight."""
    window.document.go_to(path, moves.NUMBER)
    control = Qt.KeyboardModifier.ControlModifier
    before, words_before = digits(hall), hall.look.zoom
    for _ in SIZES:
        press(KEY.Key_Plus, modifier=control)
    grown, words_grown = digits(hall) / before, hall.look.zoom / words_before
    assert digits(hall) >= 768 / 27 and words_grown > 1
    assert grown >= 1.15
    assert words_grown <= 1.25
    area, equation = hall.board.active.area, hall.canvas.laid_out()
    assert hall.canvas.height() <= area.viewport().height()
    assert hall.canvas.width() <= area.viewport().width()
    for key, marks in hall.canvas.marks().items():
        for spot in {*marks.read, *([marks.selected] if marks.selected else [])}:
            assert hall.canvas.rect().contains(equation.cell_rect(key, spot).toAlignedRect())


def test_text_size_by_keys(qtbot, window, hall, press):
    control = Qt.KeyboardModifier.ControlModifier
    before = hall.look.zoom
    press(KEY.Key_Plus, modifier=control)
    assert hall.look.zoom > before and hall.canvas.least > LEAST * USUAL / 100
    assert window.look.zoom == 100
    for _ in SIZES:
        press(KEY.Key_Minus, modifier=control)
    assert hall.size_ == SIZES[0]
    for _ in SIZES:
        press(KEY.Key_Plus, modifier=control)
    assert hall.size_ == SIZES[-1] == window.settings.whole("hall size", 0)
    press(KEY.Key_0, modifier=control)
    assert hall.size_ == USUAL and hall.look.zoom == before


def test_larger_screens_have_larger_letters(hall):
    small = hall.look.zoom
    hall.resize(1600, 1200)
    flush()
    assert hall.look.zoom > small


# The clicker


def test_a_clicker_walks(window, hall, press):
    start = window.document.cursor
    press(KEY.Key_PageDown)
    assert window.document.cursor == moves.forward(window.document.trace, start)
    press(KEY.Key_PageUp)
    assert window.document.cursor == start
    press(KEY.Key_Right, KEY.Key_Down)
    assert window.document.cursor.depth == moves.NUMBER


@pytest.mark.parametrize("key", [KEY.Key_B, KEY.Key_Period])
@pytest.mark.parametrize("selects", [False, True])
def test_a_clicker_blanks(window, hall, press, key, selects):
    window.document.go_to(f"{HEAD}/Q")
    if selects:
        press(KEY.Key_Tab)
        assert window.document.selection is not None
    cursor = window.document.cursor
    press(key)
    seen = hall.grab().toImage()
    assert {seen.pixel(x, y) for x in range(0, 1024, 16) for y in range(0, 768, 16)} == {0xFF000000}
    assert not hall.canvas.editor.is_open
    press(KEY.Key_PageDown)
    assert not hall.curtain.isVisible() and window.document.cursor == cursor
    press(key, key)
    assert not hall.curtain.isVisible()


# Predict, then reveal


@pytest.mark.parametrize("path", SHOWN)
@pytest.mark.parametrize("depth", [moves.BLOCK, moves.STEP, moves.NUMBER])
def test_nothing_gives_the_answer_away(window, hall, press, path, depth):
    window.document.go_to(path, depth)
    press(KEY.Key_H)
    assert set(words(hall)) == {"?"}
    told = hall.line.told()
    assert told == "" if depth == moves.BLOCK else told.endswith("= ?")
    result = hall.canvas.result()
    assert result is None or not (result.data == result.data).any()
    # The colours, the tooltip and the screen reader are as silent.
    output = next(i for i in hall.canvas.laid_out().items if i.part.kind == "output")
    value = float(window.document.trace.matrix(output.part.matrix.path).data[0, 0])
    whole = QAccessible.queryAccessibleInterface(hall.canvas)
    tables = [whole.child(i) for i in range(whole.childCount())]
    cell = next(t for t in reversed(tables) if t.role() == QAccessible.Role.Table).child(0)
    assert cell.text(QAccessible.Text.Name).endswith("?")
    assert cell.text(QAccessible.Text.Value) == "?"
    assert exact(value) not in hall.line.told()


def test_a_picture_with_hidden_answers_does_not_depend_on_them(window, hall, press):
    """The same step with another result looks the same: colours, legend, arithmetic."""
    window.document.go_to(f"{HEAD}/weights", moves.STEP)
    press(KEY.Key_H)
    one = picture(hall)
    output = window.document.step.output
    kept = output.data.copy()
    output.data.setflags(write=True)
    try:
        output.data[:] = kept[:, ::-1] ** 2
        hall.answers.changed.emit()
        assert picture(hall) == one
        press(KEY.Key_Return)
        assert picture(hall) != one
    finally:
        output.data[:] = kept
        output.data.setflags(write=False)


def test_a_number_is_revealed_alone(window, hall, press):
    window.document.go_to(f"{HEAD}/scores", moves.NUMBER)
    press(KEY.Key_H, KEY.Key_Return)
    value = format_whole(float(window.document.step.output.data[0, 0]))
    assert words(hall) == [value, *["?"] * 15]
    assert hall.line.told().endswith(f"= {value}")
    press(KEY.Key_PageDown)
    assert hall.line.told().endswith("= ?")


def test_a_clicker_reveals_before_it_goes_on(window, hall, press):
    window.document.go_to(f"{HEAD}/scores", moves.STEP)
    press(KEY.Key_H)
    assert "What will it be" in hall.keys.text()
    press(KEY.Key_PageDown)
    assert window.document.cursor.path == f"{HEAD}/scores" and "?" not in words(hall)
    press(KEY.Key_PageDown)
    assert window.document.cursor.path == f"{HEAD}/scaled" and set(words(hall)) == {"?"}
    press(KEY.Key_H)
    assert "?" not in words(hall) and "What will" not in hall.keys.text()


def test_the_last_operation_does_not_tell_the_result(window, hall, press):
    window.document.go_to(f"{HEAD}/scores", moves.OPERATION)
    press(KEY.Key_H)
    value = format_whole(float(window.document.step.output.data[0, 0]))
    for _ in range(20):
        before = window.document.cursor
        assert not hall.line.told().endswith(value)
        if hall.answers.is_waiting():
            break
        press(KEY.Key_PageDown)
        assert window.document.cursor != before
    assert hall.line.told().endswith("= ?")
    press(KEY.Key_PageDown)
    assert hall.line.told().endswith(f"= {value}") and window.document.cursor == before


# The spotlight


def at(hall, kind, spot) -> QPointF:
    equation = hall.canvas.laid_out()
    return equation.cell_rect((kind, 0), spot).center()


def shade(image, point) -> int:
    """How dark a cell's ground is, beside its number."""
    return image.pixelColor(point.toPoint()).lightness()


def test_a_light_on_the_row_then_the_matrix_then_nothing(window, hall, press):
    window.document.go_to(f"{HEAD}/scores", moves.NUMBER)
    flush()
    plain = picture(hall.canvas)
    row = hall.canvas.laid_out().cell_rect(("output", 0), (0, 1)).topLeft() + QPointF(4, 4)
    other = hall.canvas.laid_out().cell_rect(("output", 0), (2, 1)).topLeft() + QPointF(4, 4)
    read = hall.canvas.laid_out().cell_rect(("input", 0), (2, 3)).topLeft() + QPointF(4, 4)
    press(KEY.Key_S)
    lit = picture(hall.canvas)
    assert shade(lit, row) == shade(plain, row)
    assert shade(lit, other) > shade(plain, other) + 20
    press(KEY.Key_S)
    lit = picture(hall.canvas)
    assert shade(lit, other) == shade(plain, other)
    assert shade(lit, read) > shade(plain, read) + 20
    press(KEY.Key_S)
    assert picture(hall.canvas) == plain


def test_by_key_the_light_follows_the_number(window, hall, press):
    window.document.go_to(f"{HEAD}/scores", moves.NUMBER)
    press(KEY.Key_S)
    asked = ("output", 0)

    def lit_row():
        equation, number = hall.canvas.laid_out(), window.document.number
        return hall.canvas.spotlight.lit(equation, (asked, (number.row, number.column)))

    first = lit_row()
    for _ in range(4):
        press(KEY.Key_Right)
    assert lit_row().top() > first.top()


def test_by_mouse_the_light_stays_where_it_was_put(qtbot, window, hall):
    window.document.go_to(f"{HEAD}/scores", moves.NUMBER)
    flush()
    light = hall.canvas.spotlight
    right = Qt.MouseButton.RightButton
    qtbot.mouseClick(hall.canvas, right, pos=at(hall, "input", (2, 1)).toPoint())
    assert light.mode == "row" and light.target == (("input", 0), (2, 0))
    qtbot.mouseClick(hall.canvas, right, pos=at(hall, "input", (2, 3)).toPoint())
    assert light.mode == "matrix"
    qtbot.mouseClick(hall.canvas, right, pos=at(hall, "output", (1, 1)).toPoint())
    assert light.mode == "row" and light.target == (("output", 0), (1, 0))
    qtbot.mouseClick(hall.canvas, right, pos=hall.canvas.rect().bottomLeft())
    assert light.mode == "off"
    qtbot.mouseClick(hall.canvas, right, pos=at(hall, "output", (1, 1)).toPoint())
    window.document.move(moves.out)
    window.document.move(moves.forward)
    assert light.mode == "off"


def test_numbers_are_asked_in_the_hall_by_mouse(qtbot, window, hall):
    window.document.go_to(f"{HEAD}/scores", moves.STEP)
    flush()
    point = at(hall, "output", (2, 1)).toPoint()
    qtbot.mouseClick(hall.canvas, Qt.MouseButton.LeftButton, pos=point)
    assert (window.document.cursor.row, window.document.cursor.column) == (2, 1)


# The notes


def test_notes_say_what_comes_next(window, hall, press):
    window.document.go_to(f"{HEAD}/scores")
    press(KEY.Key_N)
    notes = window.companions.presenting.notes
    assert notes.isVisible() and "Next: Scaled" in notes.next.text()
    assert "One number for each pair" in notes.explain.text.text()
    press(KEY.Key_End)
    assert "last step" in notes.next.text()
    press(KEY.Key_N)
    assert window.companions.presenting.notes is None


def test_the_keys_lead_the_hall_from_the_notes_too(qtbot, window, hall, press):
    press(KEY.Key_N)
    notes, document = window.companions.presenting.notes, window.document
    notes.activateWindow()
    qtbot.waitUntil(notes.isActiveWindow)
    notes.explain.setFocus()
    start = document.cursor
    press(KEY.Key_PageDown)
    assert document.cursor == moves.forward(document.trace, start)
    press(KEY.Key_PageUp, KEY.Key_B)
    assert document.cursor == start and hall.curtain.isVisible()
    press(KEY.Key_B, KEY.Key_H)
    assert hall.answers.is_hiding
    press(KEY.Key_Escape)
    assert window.companions.presenting.hall is None and window.companions.presenting.notes is None


def test_in_a_lesson_the_notes_have_its_text(window, hall, press):
    press(KEY.Key_N)
    notes, tour = window.companions.presenting.notes, window.desk.tour
    assert notes.pages.currentWidget() is notes.explain
    tour.start(tour.books[1].lesson.slug)
    flush()
    assert notes.pages.currentWidget() is not notes.explain
    tour.leave()
    assert notes.pages.currentWidget() is notes.explain


def test_notes_tell_the_time(window, hall, press):
    press(KEY.Key_N)
    text = window.companions.presenting.notes.clock_text(QTime(14, 5), 754)
    assert "12:34" in text and ("14:05" in text or "2:05" in text)
    assert window.companions.presenting.notes.tick.isActive()


def test_the_hall_gets_the_other_screen():
    laptop, projector = QRect(0, 0, 1440, 900), QRect(1440, 0, 1024, 768)
    inside = QRect(100, 100, 800, 600)
    assert places([laptop], inside) == (laptop, None)
    assert places([laptop, projector], inside) == (projector, laptop)
    assert places([laptop, projector], inside.translated(1440, 0)) == (laptop, projector)
    assert places([laptop, projector], QRect(9000, 0, 5, 5)) == (projector, laptop)


# A number that was set by hand


def test_a_pinned_number_says_so(window, hall, press):
    path = f"{HEAD}/scores"
    window.document.go_to(path, moves.NUMBER)
    flush()
    assert not hall.card.pinned.isVisible()
    window.document.pin(path, 0, 0, 9.0)
    flush()
    assert hall.line.told().endswith("= 9") and hall.card.pinned.isVisible()
    assert hall.card.pinned.text() == "pinned by you"
    assert hall.card.rect().contains(hall.card.pinned.geometry())
    press(KEY.Key_H)
    assert not hall.card.pinned.isVisible(), "what stands there is a question now"
    press(KEY.Key_Return)
    assert hall.card.pinned.isVisible()
    press(KEY.Key_Right, KEY.Key_Right)
    assert not hall.card.pinned.isVisible()
