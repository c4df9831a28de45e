"""The tour of a first start: four steps, beside what they tell of, once and on request."""

import pytest
from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import QApplication
from window_support import flush

from app.palettes import THEMES
from app.welcome import SEEN, spot


@pytest.fixture
def tour(window):
    return window.companions.welcome


def begin(window):
    window.actions_.by_name["welcome"].trigger()
    flush()
    return window.companions.welcome


def test_it_does_not_come_by_itself_in_tests_and_pictures(tour):
    assert tour.card is None


def test_four_steps_by_keyboard(window, hand):
    tour = begin(window)
    titles = []
    for number in range(1, 5):
        assert tour.card.count.text() == f"{number} of 4"
        titles.append(tour.stops()[tour.place].title)
        assert QApplication.focusWidget() is tour.card.next
        hand.press("Return")
    assert titles == ["Walk", "Ask", "Change", "Find your way"]
    assert tour.card is None and window.settings.flag(SEEN)
    assert QApplication.focusWidget() is window.stage


def test_four_steps_by_mouse_and_back(window, hand):
    tour = begin(window)
    hand.click(tour.card.next)
    hand.click(tour.card.next)
    hand.click(tour.card.back)
    assert tour.place == 1
    hand.click(tour.card.skip)
    assert tour.card is None and tour.ring is None


def test_it_can_be_skipped_and_called_again(window, hand):
    hand.tab_to(window.map)
    tour = begin(window)
    hand.press("Escape")
    assert tour.card is None and QApplication.focusWidget() is window.map
    assert begin(window).card is not None


def test_it_comes_by_itself_once(make, store):
    first = make()
    first.companions.welcome.start_once()
    assert first.companions.welcome.card is not None
    first.companions.welcome.leave()
    second = make()
    second.companions.welcome.start_once()
    assert second.companions.welcome.card is None


def test_walking_goes_on_under_it(window, hand):
    begin(window)
    before = window.document.cursor
    hand.press("Right")
    assert window.document.cursor != before


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("size", "zoom"), [((1280, 800), 100), ((1024, 768), 200)])
def test_the_card_covers_nothing_it_speaks_of(window, theme, size, zoom):
    window.look.set_theme(theme)
    window.look.set_zoom(zoom)
    window.resize(*size)
    tour = begin(window)
    for place in range(4):
        flush()
        card, target = tour.card.geometry(), tour.target()
        assert window.rect().contains(card), place
        if place != 1:  # the stage is nearly all there is
            assert not card.intersects(target), place
        assert tour.ring.geometry() == target
        label = tour.card.text
        assert label.height() >= label.heightForWidth(label.width())
        tour.go_on()


def test_the_card_stays_with_its_place_when_the_window_grows(window):
    tour = begin(window)
    before = tour.card.geometry()
    window.resize(1500, 950)
    flush()
    assert tour.card.geometry() != before and tour.ring.geometry() == tour.target()


def test_where_there_is_no_map_it_points_at_the_menus(window):
    window.arrangement.toggle("map")
    tour = begin(window)
    for _ in range(3):
        tour.go_on()
    assert tour.target().size() == window.menuBar().size()


def test_a_place_beside_the_target():
    card, room = QRect(QPoint(), QSize(100, 50)), QRect(0, 0, 800, 600)
    for target in (
        QRect(0, 0, 100, 600),
        QRect(700, 0, 100, 600),
        QRect(0, 500, 800, 100),
        QRect(0, 0, 800, 40),
    ):
        found = QRect(spot(target, card, room), card.size())
        assert room.contains(found) and not found.intersects(target)
    inside = QRect(spot(room, card, room), card.size())
    assert room.contains(inside)
