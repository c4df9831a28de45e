"""What a screen reader finds: every matrix, cell by cell, and a name for all that has a key."""

import gc

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QAccessible
from shiboken6 import isValid
from window_support import flush

from app.numbers import exact, format_whole
from app.views.parts import voice as voices
from app.views.parts.interfaces import HAS_CELLS, Piece

Role, Text = QAccessible.Role, QAccessible.Text
HEAD = "encoder/1/self_attention/head_1"
STEPS = (
    "source/embedded",
    f"{HEAD}/Q",
    f"{HEAD}/scores",
    f"{HEAD}/masked",
    f"{HEAD}/weights",
    "encoder/1/norm_1",
    "output/probabilities",
)


def asked(widget):
    return QAccessible.queryAccessibleInterface(widget)


def parts(interface):
    return [interface.child(i) for i in range(interface.childCount())]


def tables(window):
    return [p for p in parts(asked(window.stage)) if p.role() == Role.Table]


@pytest.mark.parametrize("path", STEPS)
def test_every_matrix_is_a_table_with_all_its_cells(window, hand, path):
    hand.go(path)
    step = window.document.step
    shown = [p for p in step.parts() if p.matrix is not None]
    found = tables(window)
    assert len(found) == len(shown)
    for table, part in zip(found, shown, strict=True):
        matrix = part.matrix
        rows, columns = matrix.shape
        assert str(rows) in table.text(Text.Name) and str(columns) in table.text(Text.Name)
        cells = parts(table)
        assert len(cells) == rows * columns
        assert [table.indexOfChild(c) for c in cells] == list(range(len(cells)))
        for index, cell in enumerate(cells):
            row, column = divmod(index, columns)
            value = float(matrix.data[row, column])
            name = cell.text(Text.Name)
            assert cell.role() == Role.Cell
            assert matrix.rows[row] in name and matrix.columns[column] in name
            if np.isfinite(value):
                assert name.endswith(format_whole(value))
            else:
                assert name.endswith("minus infinity")
            assert cell.text(Text.Value) == exact(value)
            assert cell.parent().text(Text.Name) == table.text(Text.Name)


def test_a_cell_says_its_row_and_column_by_name_and_by_number(window, hand):
    hand.go(f"{HEAD}/scores")
    cell = tables(window)[-1].child(4 * 1 + 2)
    value = format_whole(float(window.document.step.output.data[1, 2]))
    assert cell.text(Text.Name) == f"row see, column cats: {value}"
    if HAS_CELLS:
        place = cell.tableCellInterface()
        assert (place.rowIndex(), place.columnIndex()) == (1, 2)
        assert (place.rowExtent(), place.columnExtent()) == (1, 1)
        assert place.table().text(Text.Name).startswith("S, ")
    assert cell.textInterface() is None


def test_a_cell_lies_where_it_is_painted(window, hand):
    hand.go(f"{HEAD}/scores")
    cell = tables(window)[-1].child(6)
    rect = window.stage.laid_out().cell_rect(("output", 0), (1, 2))
    assert cell.rect().center() == window.stage.mapToGlobal(rect.toAlignedRect().center())
    point = cell.rect().center()
    table = asked(window.stage).childAt(point.x(), point.y())
    assert table.childAt(point.x(), point.y()).text(Text.Name) == cell.text(Text.Name)
    assert asked(window.stage).childAt(-5000, 0) is None


def test_moving_moves_what_has_the_keyboard(window, hand):
    hand.go(f"{HEAD}/scores", "number")
    before = asked(window.stage).focusChild()
    assert before.state().focused and before.state().selected
    hand.press("Right")
    after = asked(window.stage).focusChild()
    assert after.text(Text.Name) != before.text(Text.Name)
    assert after.state().focused and not before.state().focused
    assert after.text(Text.Name).startswith("row I, column see")
    read = [c for t in tables(window)[:2] for c in parts(t)]
    told = [c for c in read if "read for the number asked" in c.text(Text.Description)]
    assert len(told) == 8


def test_a_selected_input_has_the_keyboard_and_can_be_changed(window, hand):
    hand.go(f"{HEAD}/Q")
    hand.press("E", "Right")
    cell = asked(window.stage).focusChild()
    assert cell.state().editable and not cell.state().readOnly
    assert cell.text(Text.Name).startswith("row 1, column 2:")
    hand.write("7")
    hand.press("Return")
    changed = tables(window)[1].child(1)
    assert changed.text(Text.Value) == "7"
    assert "changed by the last edit" in changed.text(Text.Description)
    assert not tables(window)[-1].child(0).state().editable
    hand.press("Escape", "Ctrl+Z")
    assert "changed back by the undo" in tables(window)[1].child(1).text(Text.Description)


def test_events_are_sent_where_a_screen_reader_listens(window, hand, monkeypatch):
    sent, hears = [], [False]

    class Ears(QAccessible):
        @staticmethod
        def isActive():
            return hears[0]

        @staticmethod
        def updateAccessibility(event):
            about = event.accessibleInterface()
            sent.append((event.type(), about.text(Text.Name)))

    monkeypatch.setattr(voices, "QAccessible", Ears)
    hand.go(f"{HEAD}/scores", "number")
    assert not sent
    hears[0] = True
    hand.press("Right")
    name = asked(window.stage).focusChild().text(Text.Name)
    assert (QAccessible.Event.Focus, name) in sent
    hand.go(f"{HEAD}/weights")
    assert any(kind == QAccessible.Event.Announcement for kind, _ in sent)
    sent.clear()
    window.notice.say("Something was refused")
    assert [kind for kind, _ in sent] == [QAccessible.Event.Announcement]


def test_the_map_tells_its_boxes_and_where_one_is(window, hand):
    hand.go("decoder/1/cross_attention/head_1/scores")
    found = parts(asked(window.map))
    assert asked(window.map).role() == Role.List
    assert asked(window.map).text(Text.Name) == "Map of the model"
    here = [p for p in found if p.state().selected]
    assert len(here) == 1 and "ross-attention" in here[0].text(Text.Name)
    assert here[0].text(Text.Name).startswith("Decoder, ")
    states = [p.text(Text.Description) for p in found]
    assert states.index("you are here") == states.count("done")
    assert states[-1] == "to come"


def test_timeline_and_filmstrip_tell_their_parts(window, hand):
    hand.go(f"{HEAD}/scores")
    assert asked(window.timeline.bar).text(Text.Name) == "Step 6 of 76: Scores"
    assert next(p.role() for p in parts(asked(window.timeline.bar))) == Role.ListItem
    strip = parts(asked(window.filmstrip))
    assert [p.text(Text.Name) for p in strip if p.state().selected] == ["S, Scores"]


def test_the_arithmetic_is_one_text(window, hand):
    hand.go(f"{HEAD}/scores", "number")
    told = asked(window.arithmetic.line)
    assert told.role() == Role.StaticText
    assert told.text(Text.Name).startswith("S(I, I) = −0.65·(−1.95) + ")
    hand.go(f"{HEAD}/weights", "number")
    assert "e^(2.11 − 2.11)" in asked(window.arithmetic.line).text(Text.Name)


def test_everything_that_tab_reaches_has_a_name(window, hand):
    nameless = [
        f"{type(w).__name__} {w.objectName()}"
        for w in hand.tab_round()
        if not asked(w).text(Text.Name).strip()
    ]
    assert not nameless


def test_a_part_that_is_gone_says_so(window, hand):
    hand.go("output/probabilities")
    far = tables(window)[-1].child(5 * 14 - 1)
    assert isinstance(far, Piece) and far.isValid()
    hand.go(f"{HEAD}/scores")
    assert not far.isValid()
    assert far.text(Text.Name) == "" and far.rect().isEmpty() and far.childCount() == 0
    assert tables(window)[0].child(99) is None


def test_what_was_read_out_is_freed_with_its_window(make):
    window = make(source="by-hand")
    kept = [QAccessible.uniqueId(c) for t in tables(window) for c in parts(t)]
    assert QAccessible.accessibleInterface(kept[0]) is not None
    window.close()
    for _ in range(3):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        flush()
        gc.collect()
    assert not isValid(window)
    assert [QAccessible.accessibleInterface(i) for i in kept] == [None] * len(kept)
