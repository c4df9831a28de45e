"""What a lesson says to a wrong answer, and the way to where a number comes from."""

import math

import pytest
from window_support import flush

from app.evidence import mistake
from app.views.parts.asking import Asking

HEAD = "encoder/1/self_attention/head_1"


def asking(panel, name) -> Asking:
    flush()
    return next(a for a in panel.lesson.findChildren(Asking) if a.asked.id == name)


def give(asked: Asking, text: str) -> str:
    asked.field.setText(text)
    asked.check.click()
    return asked.verdict.text()


@pytest.mark.parametrize(
    ("answer", "right", "words"),
    [
        (3.0, 2.0, "3 is too large"),
        (-7.25, 2.0, "−7.25 is too small"),
        (-2.0, 2.0, "−2 has the wrong sign"),
        (0.1, 0.12, "0.10 is close"),
        (math.inf, -math.inf, "∞ has the wrong sign"),
        (5.0, math.inf, "5 is too small"),
        (5.0, math.nan, "It is not 5"),
        ("yes", "no", "Not so"),
        ((0, 1), (0, 2), "Not so"),
    ],
)
def test_a_mistake_is_told_without_giving_the_answer_away(stepformer, answer, right, words):
    text = mistake(answer, right, 2, 0.0051)
    assert text.startswith("✗") and words in text


def test_zero_has_no_wrong_sign(stepformer):
    assert "too small" in mistake(-0.2, 0.0, 2, 0.0051)
    assert "close" in mistake(-0.02, 0.0, 2, 0.0051)


def test_a_wrong_number_is_told_and_its_source_is_a_step_away(hand, panel, tour):
    tour.start("the-steps", 1)
    asked = asking(panel, "query")
    assert not asked.source.isVisible()
    assert give(asked, "3") == "✗ 3 is too large. Try again, or have the answer shown."
    assert "2" not in asked.verdict.text()
    asked.source.setFocus()
    hand.press("Return")
    assert hand.path == f"{HEAD}/Q"
    assert (hand.cursor.row, hand.cursor.column) == (1, 1)
    assert hand.window.side.currentIndex() == 0  # Explain
    assert hand.document.kept_back == {f"{HEAD}/Q"}  # the result waits
    hand.click(hand.window.companions.underway.bar.name)
    asked = asking(panel, "query")
    asked.reveal.click()
    assert asked.verdict.text() == "The answer: 2 (you said 3)"
    assert asked.source.isVisible()


def test_what_is_said_to_an_answer_is_read_out(panel, tour, monkeypatch):
    """Screen readers would not tell that a label below has another text."""
    said = []
    module = "app.views.parts.asking.announce"
    monkeypatch.setattr(module, lambda widget, text: said.append((widget, text)))
    tour.start("the-steps", 1)
    asked = asking(panel, "query")
    for text in ("nothing", "3"):
        give(asked, text)
    asked.reveal.click()
    assert said == [
        (asked, "A number is needed, such as −2 or 0.5."),
        (asked, "✗ 3 is too large. Try again, or have the answer shown."),
        (asked, "The answer: 2 (you said 3)"),
    ]


def test_what_is_said_to_an_answer_can_be_seen(make, qtbot):
    """In a low window it would stand below the panel's edge."""
    window = make(width=1024, height=600)
    window.desk.tab_wanted.emit("lessons")
    window.desk.tour.start("the-steps", 1)
    page = window.side.views["lessons"].lesson
    asked = asking(window.side.views["lessons"], "query")
    page.area.ensureWidgetVisible(asked.check, 0, 0)
    give(asked, "3")
    flush()
    assert asked.verdict.isVisible()

    def is_seen() -> bool:
        viewport, said = page.area.viewport(), asked.verdict.rect()
        place = asked.verdict.mapTo(viewport, said.topLeft())
        return viewport.rect().contains(said.translated(place))

    assert not is_seen()
    qtbot.waitUntil(is_seen)


def test_where_a_number_is_computed_from_others_no_source_is_offered(hand, panel, tour):
    tour.start("why-attention", tour.book_of("why-attention").lesson.index("by-hand"))
    asked = asking(panel, "halves")  # it stands in a variant
    give(asked, "100")
    assert asked.verdict.text().startswith("✗") and not asked.source.isVisible()


@pytest.mark.parametrize(("language", "words"), [("en", "differences"), ("zh_CN", "之间的差")])
def test_a_wrong_choice_is_told_why(hand, panel, tour, language, words):
    hand.window.desk.preferences.use("language", language)
    tour.start("the-steps", 8)
    asked = asking(panel, "sharper")
    assert not asked.reason.isVisible()
    for choice in (0, 1):
        asked.group.button(choice).setChecked(True)
        asked.check.click()
        assert asked.verdict.text().startswith("✗")
        assert asked.reason.isVisible() and words in asked.reason.toPlainText()
    asked.group.button(2).setChecked(True)
    asked.check.click()
    assert not asked.reason.isVisible()


def test_what_was_said_of_one_choice_is_not_said_of_the_next(hand, panel, tour):
    tour.start("the-steps", 8)
    asked = asking(panel, "sharper")
    said = (asked.verdict, asked.reason)
    asked.check.click()
    assert asked.verdict.text() == "Choose one first."
    hand.click(asked.group.button(0))
    assert not asked.verdict.isVisible()
    asked.check.click()
    told = asked.verdict.text()
    assert told.startswith("✗") and all(label.isVisible() for label in said)
    hand.press("Down")
    assert asked.group.checkedId() == 1
    assert not any(label.isVisible() for label in said) and not asked.source.isVisible()
    tour.told_anew.emit()  # a number was changed meanwhile
    assert not any(label.isVisible() for label in said)
    hand.click(asked.group.button(0))
    assert asked.verdict.text() == told and all(label.isVisible() for label in said)
    hand.click(asked.group.button(2))
    asked.check.click()
    assert asked.verdict.text() == "✓ Right." and asked.answer_text.isVisible()
    hand.click(asked.group.button(1))
    assert not asked.verdict.isVisible() and asked.answer_text.isVisible()


def test_no_reason_is_given_where_changes_made_another_choice_right(hand, panel, tour):
    """The text speaks of the stop as it is written."""
    tour.start("the-steps", 8)
    asked = asking(panel, "sharper")
    for row in range(4):
        for column in range(4):
            hand.document.set_cell(f"{HEAD}/W_Q", row, column, 0.0)
    tour._on_later()  # without queries all shares are even, and stay so
    for choice, mark in ((0, "✗"), (2, "✗"), (1, "✓")):
        asked.group.button(choice).setChecked(True)
        asked.check.click()
        assert asked.verdict.text().startswith(mark)
        assert not asked.reason.isVisible()


def test_changes_that_leave_no_right_answer_do_not_keep_one_from_answering(hand, panel, tour):
    place = tour.book_of("padding-mask").lesson.index("too-late")
    tour.start("padding-mask", place)
    hand.document.pin(tour.visit.setting.path("weights"), 0, 0, 2.0)
    tour._on_later()
    asked = asking(panel, "sum")
    asked.group.button(1).setChecked(True)
    asked.check.click()
    assert asked.verdict.text()[0] in "✓✗"
    assert asked.verdict.text().startswith("✓")
