"""The tour of a first start: four steps, beside what they tell of, once and on request."""

import pytest
from PySide6.QtCore import QRect, QSize
from PySide6.QtWidgets import QApplication
from window_support import flush

from app.language_menu import LanguageMenu
from app.palettes import THEMES
from app.views.parts.beside import beside
from app.welcome import SEEN
from engine import moves

HEAD = "encoder/1/self_attention/head_1"


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
        titles.append(tour.card.title.text())
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
    assert tour.card is None and tour.rings is None


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
@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize(
    ("size", "zoom"),
    [((1024, 768), 100), ((1440, 900), 100), ((1440, 900), 200), ((1024, 768), 200)],
)
def test_the_card_covers_nothing_it_speaks_of(window, theme, language, size, zoom):
    if theme != "light" and language != "en":
        return  # sizes are those of the language, and no theme's
    window.findChild(LanguageMenu).language.use(language)
    window.look.set_theme(theme)
    window.look.set_zoom(zoom)
    window.resize(*size)
    tour = begin(window)
    for place in range(4):
        flush()
        card, stop = tour.card.geometry(), tour.stop()
        assert window.rect().contains(card), place
        assert stop.spoken and tour.rings.rects == tuple(stop.spoken)
        assert not any(card.intersects(rect) for rect in stop.spoken), place
        assert all(window.rect().contains(rect) for rect in stop.spoken)
        for label in (tour.card.text, tour.card.title, tour.card.count):
            assert label.height() >= label.heightForWidth(label.width())
            assert label.hasHeightForWidth() or label.width() >= label.sizeHint().width()
        tour.go_on()


def texts(tour, place):
    tour.place = place
    tour.show_stop()
    return tour.card.text.text()


def test_it_speaks_of_a_pencil_only_where_there_is_one(window):
    tour = begin(window)
    rings = {}
    for path in ("source/embedded", "source/positioned", f"{HEAD}/masked"):
        window.document.go_to(path, moves.STEP)
        flush()
        rings[path] = texts(tour, 2), len(tour.rings.rects)
    assert "In a matrix with a pencil" in rings["source/embedded"][0]
    assert "At steps where a matrix has a pencil" in rings["source/positioned"][0]
    assert "mask" in rings[f"{HEAD}/masked"][0] and "pencil" not in rings[f"{HEAD}/masked"][0]
    assert [count for _, count in rings.values()] == [2, 1, 2]  # the words, and what has a pencil


def test_it_follows_a_walk_under_it(window, hand):
    tour = begin(window)
    tour.place = 2
    tour.show_stop()
    hand.press("Right")
    flush()
    assert window.document.step.path == "source/positioned"
    assert "At steps where" in tour.card.text.text() and len(tour.rings.rects) == 1


def test_among_blocks_it_tells_the_way_to_the_numbers(window):
    tour = begin(window)
    assert "below stands" in texts(tour, 1)
    window.document.move(lambda t, c: moves.at_depth(t, c, moves.BLOCK))
    flush()
    assert "Press Down" in texts(tour, 1)


def test_it_does_not_offer_what_is_locked(window):
    tour = begin(window)
    window.document.set_locked(("words",))
    flush()
    assert "words" not in texts(tour, 2) and "pencil" in texts(tour, 2)
    window.document.set_locked(("words", "editing", "lessons"))
    flush()
    assert tour.card.count.text() == "3 of 3"  # nothing can be changed
    assert "map" in tour.card.text.text() and "lessons" not in tour.card.text.text()


def test_the_card_stays_with_its_place_when_the_window_grows(window):
    tour = begin(window)
    before = tour.card.geometry()
    window.resize(1500, 950)
    flush()
    assert tour.card.geometry() != before and tour.rings.rects == tuple(tour.stop().spoken)


def test_where_there_is_no_map_it_points_at_the_menus(window):
    window.arrangement.toggle("map")
    tour = begin(window)
    for _ in range(3):
        tour.go_on()
    assert "Ctrl+M" in tour.card.text.text()
    assert [rect.size() for rect in tour.rings.rects] == [window.menuBar().size()]


def test_a_place_beside_the_target():
    sizes, room = [QSize(100, 50), QSize(60, 80)], QRect(0, 0, 800, 600)
    for target in (
        QRect(0, 0, 100, 600),
        QRect(700, 0, 100, 600),
        QRect(0, 500, 800, 100),
        QRect(0, 0, 800, 40),
    ):
        found = beside(sizes, [target], [], room, 8)
        assert room.contains(found) and not found.intersects(target)
        assert found.size() == sizes[0]
    left = QRect(0, 0, 640, 600)
    assert beside(sizes, [left], [], QRect(0, 0, 720, 600), 8).size() == sizes[1]  # the narrow one
    assert room.contains(beside(sizes, [room], [], room, 8))


def test_what_is_to_be_kept_clear_is_covered_before_what_is_spoken_of():
    sizes, room = [QSize(100, 50)], QRect(0, 0, 300, 100)
    spoken, clear = QRect(0, 0, 150, 100), QRect(150, 0, 150, 100)
    found = beside(sizes, [spoken], [clear], room, 8)
    assert clear.contains(found)
    assert not beside(sizes, [QRect(0, 0, 20, 100)], [clear], room, 8).intersects(clear)
