"""How lessons are set: no mark without its formula, circles level with their words."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint
from window_support import flush

from app.theme import Look
from app.views.parts import passage as passages
from app.views.parts.breaking import CLOSING
from app.views.parts.choice import Choice
from app.views.parts.live import Live
from app.views.parts.passage import Passage
from app.views.parts.writing import OBJECT
from engine.course import Asked, Block, Folded, Visit, lessons, read_prose

ALL = lessons()
WIDTHS = (200, 270)


def running(blocks) -> Iterator[Block]:
    for block in blocks:
        if isinstance(block, Folded | Asked):
            yield from running(block.blocks)
        else:
            yield block


def torn(passage: Passage) -> list[str]:
    """Lines that begin with the mark that belongs to a formula."""
    found, block = [], passage.document().firstBlock()
    while block.isValid():
        layout, text = block.layout(), block.text()
        starts = [layout.lineAt(i).textStart() for i in range(1, layout.lineCount())]
        found += [
            text[s - 9 : s + 3] for s in starts if text[s] in CLOSING and text[s - 1] == OBJECT
        ]
        block = block.next()
    return found


def torn_in(language: str) -> list[str]:
    look, found = Look(), []
    for lesson in ALL:
        prose = read_prose(lesson.folder / f"{language}.md")
        for place, section in enumerate(prose.sections):
            visit = Visit(lesson, place, lesson.stops[place].sizes[0])
            shown = Passage(look)
            for width in WIDTHS:
                shown.resize(width, 100)
                shown.tell(list(running(section.blocks)), Live(visit, visit, look))
                found += torn(shown)
    return found


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_no_line_begins_with_the_mark_behind_a_formula(stepformer, language, monkeypatch):
    assert torn_in(language) == []
    if language == "zh_CN":
        monkeypatch.setattr(passages, "keep_marks", lambda _: None)
        assert torn_in(language)  # Qt by itself would


def test_a_product_is_not_torn(hand):
    hand.window.desk.tab_wanted.emit("lessons")
    hand.window.desk.tour.start("pros-and-cons", 3)
    flush()
    page = hand.window.side.views["lessons"].lesson
    texts = [p.document().toRawText() for p in page.findChildren(Passage)]
    assert any("n\u00a0·\u00a0" in text for text in texts)


@pytest.mark.parametrize("zoom", [100, 150, 200, 300])
@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_a_circle_is_level_with_the_first_line_of_its_words(make, language, zoom):
    window = make(width=1024, height=768)
    window.desk.preferences.use("language", language)
    window.look.set_zoom(zoom)
    window.desk.tab_wanted.emit("lessons")
    window.desk.tour.start("why-scale", 1)
    flush()
    choices = window.side.views["lessons"].lesson.findChildren(Choice)
    assert len(choices) == 3
    for choice in choices:
        line = choice.words.document().firstBlock().layout().lineAt(0)
        block = choice.words.document().firstBlock()
        top = choice.words.document().documentLayout().blockBoundingRect(block).top()
        baseline = choice.words.mapTo(choice, QPoint(0, 0)).y() + top + line.y() + line.ascent()
        middle = baseline - choice.words.fontMetrics().capHeight() / 2
        circle = choice.button.geometry().center().y() + 0.5
        assert abs(circle - middle) <= 1
        assert choice.button.height() >= choice.button.sizeHint().height()
