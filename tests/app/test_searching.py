"""Searching the lessons: what comes first, what is shown of it, in both languages."""

import pytest
from window_support import flush, picture

from app.library import shelf
from app.searching import UNTOLD, marked, search, words_of
from app.views.parts.rich_items import MARKUP
from engine.course import LESSONS, in_line

BOOKS = {language: shelf(LESSONS, language) for language in ("en", "zh_CN")}


def found(text: str, language: str = "en") -> list[tuple[str, int]]:
    return [(hit.slug, hit.place) for hit in search(BOOKS[language], text)]


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (
            r"\mathrm{softmax}\left(\frac{\role{query}{Q}\role{key}{K}^\top}{\sqrt{d_k}}\right)"
            r"\role{value}{V}",
            "softmax(QKᵀ/√d_k)V",
        ),
        (r"S = \role{query}{Q} \role{key}{K}^\top", "S = Q Kᵀ"),
        (r"e^{-50}", "e⁻⁵⁰"),
        (r"e^{-\infty} = 0", "e^−∞ = 0"),
        (r"\frac{a + b}{c}", "(a + b)/c"),
        (r"\sqrt{n + 1}", "√(n + 1)"),
        (r"a \qquad b", "a, b"),
        (r"v^\top \tanh(W q + U k)", "vᵀ tanh(W q + U k)"),
        (r"\frac{a", "a/"),
        ("}^", "^"),
    ],
)
def test_a_formula_is_read_in_one_line(latex, text):
    assert in_line(latex) == text


def test_titles_come_before_headings_and_headings_before_the_text():
    hits = found("residual")
    assert hits[0] == ("residual", -1)
    books = {b.lesson.slug: b for b in BOOKS["en"]}
    in_text = [
        place
        for place, (slug, stop) in enumerate(hits)
        if stop >= 0 and "residual" not in books[slug].heading(stop).casefold()
    ]
    asked = hits.index(("residual", 5))  # its heading asks for it
    assert asked < max(in_text)


TOML = (
    "order = 1\n[scenario]\nsource = 'by-hand'\n"
    "[[stops]]\nid = 'one'\n[[stops]]\nid = 'two'\n[[stops]]\nid = 'three'\n"
)
LONG = "Many words stand before it, so that there is much to cut away at both of its ends: "


def book(folder, *stops: str):
    """A lesson with these texts."""
    (folder / "mine").mkdir()
    (folder / "mine" / "lesson.toml").write_text(TOML, "utf-8")
    sections = "\n\n".join(
        f"## Stop {{#{name}}}\n\n{text}"
        for name, text in zip(("one", "two", "three", "end"), stops, strict=True)
    )
    (folder / "mine" / "en.md").write_text(f"# Mine\n\nAbout.\n\n{sections}\n", "utf-8")
    return shelf(folder, "en")


def test_whole_words_come_before_parts_of_others(tmp_path):
    books = book(tmp_path, "A heading.", "### The ahead? {?q}\n\n> So.", "A head.", "No.")
    assert [h.place for h in search(books, "head")] == [1, 2, 0]


def test_a_question_comes_before_the_text(tmp_path):
    books = book(tmp_path, "A head.", "### The head? {?q}\n\n> So.", "Its head.", "No.")
    assert [h.place for h in search(books, "head")] == [1, 0, 2]


def test_an_excerpt_is_cut_between_words_and_keeps_formulas(tmp_path):
    text = f"{LONG} $\\mathrm{{softmax}}(QK^\\top / \\sqrt{{d_k}})$ {LONG} {LONG}"
    (hit,) = search(book(tmp_path, text, "B.", "C.", "D."), "softmax")
    assert hit.excerpt.startswith("… ") and hit.excerpt.endswith(" …")
    assert "softmax(QKᵀ/√d_k)" in hit.excerpt
    known = set(f"{LONG} softmax(QKᵀ/√d_k)".split())
    assert set(hit.excerpt.strip("… ").split()) <= known
    assert len(hit.excerpt) < 100


def test_a_short_line_is_shown_whole_and_a_value_is_left_open(tmp_path):
    books = book(tmp_path, "The mean is {a}, not more.", "B.", "C.", "D.")
    assert [h.excerpt for h in search(books, "mean")] == [f"The mean is {UNTOLD}, not more."]


def test_raised_letters_are_found_as_they_are_typed():
    assert found("QKT") == found("qkᵀ") != []


def test_chinese_is_found_and_cut_anywhere_but_before_a_mark():
    hits = search(BOOKS["zh_CN"], "梯度")
    assert hits and "梯度" in hits[0].title
    for hit in hits:
        assert not hit.excerpt.startswith(tuple(f"…{mark}" for mark in "，。、；：？！）"))
    assert any(hit.excerpt.startswith("…") for hit in hits)
    assert "梯度" in " ".join(h.excerpt for h in hits)


def test_what_was_found_is_marked():
    assert marked("Softmax, a softmax", ["softmax"]) == [
        ("Softmax", True),
        (", a ", False),
        ("softmax", True),
    ]
    assert marked("abc", ["b", "bc"]) == [("a", False), ("bc", True)]
    assert marked("", ["b"]) == []
    assert words_of("  QKᵀ −1 ") == ["qkt", "-1"]


def test_the_list_emphasises_what_was_found(hand):
    hand.window.desk.tab_wanted.emit("lessons")
    flush()
    contents = hand.window.side.views["lessons"].contents
    contents.field.setText("d_k")
    item = contents.list.item(0)
    assert item.text().startswith("17. Why divide by √d_k\n")
    link = hand.window.look.theme.link
    assert f"color:{link}" in item.data(MARKUP) and "<sub>" in item.data(MARKUP)
    before = picture(contents.list)
    item.setData(MARKUP, item.data(MARKUP).replace(f"color:{link}", ""))
    assert picture(contents.list) != before


@pytest.mark.parametrize("zoom", [100, 200])
def test_every_entry_is_as_high_as_its_text(hand, zoom):
    hand.window.look.set_zoom(zoom)
    hand.window.desk.tab_wanted.emit("lessons")
    flush()
    contents = hand.window.side.views["lessons"].contents
    rows = contents.list
    heights = []
    for text in ("softmax", ""):
        contents.field.setText(text)
        flush()
        heights = [rows.visualItemRect(rows.item(i)).height() for i in range(rows.count())]
        line = rows.fontMetrics().height()
        assert min(heights) >= 2 * line
    assert max(heights) > min(heights)  # a long title takes two lines
