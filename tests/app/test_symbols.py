"""Names of the notation within running text: d_k with its k below."""

import pytest
from PySide6.QtGui import QTextCharFormat, QTextCursor
from window_support import flush

from app.symbols import Piece, named, rich

HEAD = "encoder/1/self_attention/head_1"
BELOW = QTextCharFormat.VerticalAlignment.AlignSubScript


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("divide by √d_k?", "divide by √<i>d</i><sub><i>k</i></sub>?"),
        ("d_model ÷ heads", "<i>d</i><sub>model</sub> ÷ heads"),
        ("除以√d_k的", "除以√<i>d</i><sub><i>k</i></sub>的"),
        ("W_Q and W_1", "<i>W</i><sub><i>Q</i></sub> and <i>W</i><sub>1</sub>"),
        ("head_1, a/W_Q, by_d_k, x.d_k, __init__", "head_1, a/W_Q, by_d_k, x.d_k, __init__"),
        ("<s> & d_k", "&lt;s&gt; &amp; <i>d</i><sub><i>k</i></sub>"),
        ("", ""),
    ],
)
def test_a_letter_with_something_below_it_is_a_symbol(text, expected):
    assert rich(text) == expected


def test_pieces_say_what_they_are():
    assert named("a d_k") == [Piece("a "), Piece("d", True), Piece("k", True, True)]


def below(passage) -> list[str]:
    """The letters of a passage that stand below the line."""
    cursor = QTextCursor(passage.document())
    found = []
    for place in range(passage.document().characterCount() - 1):
        cursor.setPosition(place)
        cursor.setPosition(place + 1, QTextCursor.MoveMode.KeepAnchor)
        if cursor.charFormat().verticalAlignment() == BELOW:
            found.append(cursor.selectedText())
    return found


def lines(passage) -> set[float]:
    """How high the lines of a passage's first block are."""
    layout = passage.document().firstBlock().layout()
    return {layout.lineAt(i).height() for i in range(layout.lineCount())}


def test_lessons_and_titles_show_it_without_higher_lines(hand):
    window = hand.window
    window.desk.tab_wanted.emit("lessons")
    window.desk.tour.start("why-scale", 6)
    flush()
    page = window.side.views["lessons"].lesson
    assert below(page.heading) == ["k"]
    assert "<sub>" in page.head.title.text()
    running = page.pieces[0][0]
    assert below(running) == [] and len(lines(running)) == 1
    window.desk.tour.start("why-scale", 1)
    flush()
    running = page.pieces[0][0]
    assert "k" in below(running) and len(lines(running)) == 1


def test_the_step_and_what_is_said_of_it_show_it(hand):
    hand.go(f"{HEAD}/scaled")
    heading, explain = hand.window.heading, hand.window.side.views["explain"]
    assert "√<i>d</i><sub><i>k</i></sub>" in heading.title.text()
    assert heading.title.accessibleName() == heading.headline == heading.title.toolTip()
    assert "<i>d</i><sub>model</sub>" in explain.text.text()
    assert "d_k" not in explain.text.text()
