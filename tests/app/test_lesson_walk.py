"""Every lesson walked in the window, in each language: what is shown, checked, asked, marked."""

import math

import pytest
from window_support import flush

from app.views.parts.asking import Asking, Fold
from app.views.parts.passage import Passage
from engine.course import Asked, Link, lessons, spans_in, wrong

LESSONS = lessons()
HOLDS, FAILS = "\u2060 ✓", "\u2060 ✗"
"""The marks behind a claim."""


@pytest.fixture
def page(hand):
    """The page of a lesson in the Lessons tab."""
    hand.window.desk.tab_wanted.emit("lessons")
    flush()
    return hand.window.side.views["lessons"].lesson


def text_of(page) -> str:
    """All that is written on the page, also what is folded."""
    return "\n".join(p.toPlainText() for p in page.findChildren(Passage))


def give(asking, answer) -> None:
    """Answer a question by its own controls."""
    if asking.field is not None:
        asking.field.setText("−∞" if answer == -math.inf else f"{answer:.6f}")
    else:
        chosen = [offer.answer for offer in asking.offers].index(answer)
        asking.group.button(chosen).setChecked(True)
    asking.check.click()


def answer_all(page, visit) -> None:
    """Every question of the stop: wrong, then right."""
    for asking in page.findChildren(Asking):
        name, question = asking.asked.id, visit.stop.questions[asking.asked.id]
        give(asking, wrong(question, visit.setting))
        assert not asking.is_right, name
        assert asking.verdict.text().startswith("✗"), name
        assert not asking.answer_text.isVisible(), name
        give(asking, visit.right(name))
        assert asking.is_right, name
        assert asking.verdict.text().startswith("✓"), name


def told_claims(section) -> int:
    """How often a claim is linked in a section, folded or not."""
    spans = [span for span, _ in spans_in(section.blocks)]
    return sum(isinstance(span, Link) and span.kind == "claim" for span in spans)


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.slug)
def test_a_lesson_is_walked_from_end_to_end(hand, page, lesson, language):
    tour = hand.window.desk.tour
    hand.window.desk.preferences.use("language", language)
    tour.start(lesson.slug, 0)
    for place, stop in enumerate(lesson.stops):
        for size in stop.sizes:
            tour.predictions.answers.clear()
            tour.size = size
            tour.go(place)
            flush()
            visit, section = tour.visit, tour.book.prose.sections[place]
            assert (visit.stop.id, visit.size) == (stop.id, size)
            cursor = visit.cursor()
            assert cursor is None or hand.document.cursor == cursor
            assert bool(hand.document.kept_back) == (stop.hide and bool(stop.questions))
            asked = {b.id for b in section.blocks if isinstance(b, Asked)}
            assert {a.asked.id for a in page.findChildren(Asking)} == asked == set(stop.questions)
            answer_all(page, visit)
            assert not hand.document.kept_back
            text = text_of(page)
            assert text.count(HOLDS) == told_claims(section), stop.id
            assert FAILS not in text, stop.id
            assert not page.away.isVisible(), stop.id
    assert page.findChildren(Fold)


def test_a_claim_that_fails_would_be_seen(hand, page):
    tour = hand.window.desk.tour
    place = next(n for n in LESSONS if n.slug == "the-steps").index("weights")
    tour.start("the-steps", place)
    hand.document.pin("encoder/1/self_attention/head_1/weights", 0, 0, 0.9)
    tour._on_later()
    assert FAILS in text_of(page)
    assert page.away.isVisible()
