"""A way out of a lesson that is seen, and progress that means something."""

import pytest
from window_support import everything, flush

from app.predictions import Predictions
from app.settings import Settings
from engine.course import lessons

STEPS = next(found for found in lessons() if found.slug == "the-steps")
ASKED = [(i, name) for i, stop in enumerate(STEPS.stops) for name in stop.questions]


def line_of(panel, title: str) -> str:
    """What the contents say of a lesson."""
    rows = panel.contents.list
    return next(rows.item(i).text() for i in range(rows.count()) if title in rows.item(i).text())


# --- The way out --------------------------------------------------------------------------


def test_a_lesson_is_left_halfway_by_a_button_in_sight(hand, tour, panel):
    hand.document.set_cell("embedding/source", 0, 0, 3.0)
    before = everything(hand.window)
    tour.start("the-steps", 3)
    out = panel.lesson.ways.out
    assert out.isVisible() and out.text() == "Leave lesson"
    assert "“translation” comes back exactly" in out.toolTip()
    hand.document.set_option("scale", False)
    hand.tab_to(out)
    hand.press("Return")
    assert not tour.is_open
    assert everything(hand.window) == before


def test_the_window_says_that_a_lesson_runs(hand, tour, panel):
    window, bar = hand.window, hand.window.companions.underway.bar
    assert not bar.isVisible() and "Lesson" not in window.windowTitle()
    tour.start("the-steps", 3)
    assert window.windowTitle().startswith("Lesson: The steps of attention")
    assert not bar.isVisible()  # the page itself says so
    window.desk.tab_wanted.emit("explain")
    assert bar.isVisible() and bar.name.text() == "Lesson: The steps of attention"
    hand.click(bar.name)
    assert panel.lesson.isVisible() and not bar.isVisible()
    window.arrangement.toggle("side")
    assert bar.isVisible()
    window.arrangement.toggle("side")
    assert panel.lesson.isVisible() and not bar.isVisible()
    panel.show_contents()
    assert bar.isVisible()
    hand.click(bar.out)
    assert not tour.is_open and not bar.isVisible()
    assert "Lesson" not in window.windowTitle()


def test_the_bar_speaks_the_language_in_force(hand, tour, panel):
    tour.start("the-steps", 3)
    hand.window.desk.tab_wanted.emit("explain")
    hand.window.desk.preferences.use("language", "zh_CN")
    flush()
    bar = hand.window.companions.underway.bar
    assert bar.name.text() == "课程：注意力的计算步骤"
    assert bar.out.text() == "离开课程"
    assert hand.window.windowTitle().startswith("课程：")


@pytest.mark.parametrize("zoom", [100, 200, 300])
@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_the_way_out_is_not_cut(make, language, zoom):
    window = make(width=1024, height=768)
    window.desk.preferences.use("language", language)
    window.look.set_zoom(zoom)
    window.desk.tab_wanted.emit("lessons")
    window.desk.tour.start("why-scale", 4)
    flush()
    ways = window.side.views["lessons"].lesson.ways
    for button in (ways.home, ways.out):
        assert button.width() >= button.sizeHint().width()
        assert ways.rect().contains(button.geometry())
    assert not ways.home.geometry().intersects(ways.out.geometry())


def test_the_size_that_has_the_keyboard_keeps_it(hand, tour, panel):
    tour.start("the-steps", 3)
    sizes = panel.lesson.head.sizes
    sizes.setFocus()
    tour.choose_size("large")
    flush()
    assert sizes.isVisible() and sizes.hasFocus() and sizes.currentData() == "large"
    assert panel.lesson.head.size_name.text() == "Model size:"


# --- Progress -----------------------------------------------------------------------------


def test_a_lesson_is_done_when_all_is_seen_and_each_question_settled(tour, panel):
    assert line_of(panel, "The steps").endswith("11 stops")
    for place in range(len(STEPS.stops)):
        tour.start("the-steps", place)
    assert line_of(panel, "The steps").endswith("11 of 11 stops seen · 0 of 6 questions right")
    *most, (last, name) = ASKED
    for place, question in most:
        tour.go(place)
        tour.answer(question, tour.visit.right(question))
    assert line_of(panel, "The steps").endswith("11 of 11 stops seen · 5 of 6 questions right")
    assert not tour.progress("the-steps").is_done
    tour.go(last)
    tour.answer(name, None)
    assert tour.progress("the-steps").is_done
    assert line_of(panel, "The steps").endswith("✓ done · 5 of 6 questions right")
    tour.answer(name, tour.visit.right(name))  # it had been shown: no prediction any more
    assert tour.progress("the-steps").right == 5


def test_a_wrong_answer_settles_nothing(tour):
    place, name = ASKED[0]
    tour.start("the-steps", place)
    tour.answer(name, 1000.0)
    found = tour.progress("the-steps")
    assert (found.right, found.settled) == (0, 0)


def test_what_was_answered_is_kept_between_starts(tour, make):
    place, name = ASKED[0]
    tour.start("the-steps", place)
    tour.answer(name, tour.visit.right(name))
    other = make().desk.tour
    assert other.progress("the-steps").right == 1


def test_progress_of_older_versions_loads(store: Settings):
    """They kept stops alone: what was done then has its questions still to answer."""
    store.store.setValue("lessons/the-steps/at", "end")
    store.store.setValue(
        "lessons/the-steps/reached", " ".join(["gone", *(s.id for s in STEPS.stops)])
    )
    found = Predictions(store).progress(STEPS)
    assert (found.seen, found.stops, found.right, found.is_done) == (11, 11, 0, False)
    assert Predictions(store).left_at(STEPS) == (10, True)


def test_a_lesson_gone_to_its_end_begins_at_its_first_stop(hand, tour, panel):
    for place in range(len(STEPS.stops)):
        tour.start("the-steps", place)
    place, name = ASKED[0]
    tour.go(place)
    tour.answer(name, None)
    tour.go(len(STEPS.stops) - 1)
    hand.click(panel.lesson.next)
    tour.start("the-steps")
    assert tour.place == 0 and not panel.lesson.away.isVisible()
    tour.go(place)
    assert not tour.is_settled(name)  # asked anew


def test_a_lesson_left_halfway_is_gone_on_with_or_begun_anew(hand, tour, panel):
    tour.start("the-steps", 4)
    assert not panel.lesson.away.isVisible()
    tour.leave()
    tour.start("the-steps")
    away = panel.lesson.away
    assert tour.place == 4 and away.isVisible()
    assert away.text.text() == "This is where you left off."
    hand.click(away.button)
    assert tour.place == 0 and not away.isVisible()


def test_the_end_leads_to_what_is_still_open(hand, tour, panel):
    tour.start("the-steps", len(STEPS.stops) - 1)
    away = panel.lesson.away
    assert away.isVisible() and away.text.text() == "Questions still open: 6"
    hand.click(away.button)
    assert tour.place == ASKED[0][0] and not away.isVisible()
    for place, question in ASKED:
        tour.go(place)
        tour.answer(question, None)
    tour.go(len(STEPS.stops) - 1)
    assert not away.isVisible()
