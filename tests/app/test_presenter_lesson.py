"""A lesson in the lecture hall: its questions are asked there, and its stops walked."""

import pytest
from PySide6.QtCore import Qt
from test_presenter import HEAD, KEY, enter, press, words  # noqa: F401
from window_support import flush

from app.views.parts.asking import Asking
from engine import moves

CTRL = Qt.KeyboardModifier.ControlModifier
QUERY = ("the-steps", "projections", "query")


@pytest.fixture
def hall(qtbot, window, panel, tour):
    """The hall at a stop whose question is open, its page in the window beneath."""
    tour.start("the-steps", 1)
    assert window.document.kept_back == {f"{HEAD}/Q"}
    return enter(qtbot, window)


@pytest.mark.parametrize("key", [KEY.Key_Return, KEY.Key_PageDown])
@pytest.mark.parametrize("is_hiding", [False, True])
@pytest.mark.parametrize("depth", [moves.STEP, moves.NUMBER])
def test_what_the_lesson_asks_is_shown_as_by_its_button(
    window,
    hall,
    panel,
    tour,
    press,  # noqa: F811
    key,
    is_hiding,
    depth,
):
    window.document.move(lambda t, c: moves.at_depth(t, c, depth))
    if is_hiding:
        press(KEY.Key_H)
    flush()
    assert set(words(hall)) == {"?"} and "lesson asks" in hall.keys.text()
    before = window.document.cursor
    press(key)
    assert set(words(hall)) != {"?"} and window.document.cursor == before
    assert "lesson asks" not in hall.keys.text()
    assert not hall.line.told().endswith("= ?")
    assert QUERY in tour.predictions.given_up and tour.is_settled("query")
    asked = next(a for a in panel.lesson.findChildren(Asking) if a.asked.id == "query")
    assert asked.verdict.text() == "The answer: 2"
    press(KEY.Key_PageDown)
    assert window.document.cursor != before


def test_operations_are_walked_before_the_lessons_answer(window, hall, press):  # noqa: F811
    press(KEY.Key_Down)
    window.document.move(lambda t, c: moves.at_depth(t, c, moves.OPERATION))
    flush()
    assert "lesson asks" in hall.keys.text() and not hall.answers.is_waiting()
    while not hall.answers.is_waiting():
        before = window.document.cursor
        press(KEY.Key_PageDown)
        assert window.document.cursor != before
    assert window.document.kept_back
    press(KEY.Key_PageDown)
    assert not window.document.kept_back


def test_what_was_answered_right_stays_so(hall, tour, press):  # noqa: F811
    tour.answer("query", 2.0)
    assert not hall.answers.is_waiting()
    press(KEY.Key_Return)
    assert QUERY not in tour.predictions.given_up


def test_a_lesson_is_walked_by_its_stops(window, hall, tour, press):  # noqa: F811
    tab = window.side.currentIndex()
    window.side.setCurrentIndex(0)
    press(KEY.Key_PageDown, modifier=CTRL)
    assert tour.place == 2 and window.document.cursor.path == f"{HEAD}/scores"
    press(KEY.Key_PageUp, KEY.Key_PageUp, modifier=CTRL)
    assert tour.place == 0 and tab != 0
    assert window.side.currentIndex() == 0, "the window is as it was"


def test_without_a_lesson_there_are_no_stops(qtbot, window, press):  # noqa: F811
    hall = enter(qtbot, window)
    before = window.document.cursor
    press(KEY.Key_PageDown, KEY.Key_PageUp, modifier=CTRL)
    assert window.document.cursor == before and "lesson" not in hall.keys.text()
