"""Two sheets, one history: begin, turn, swap, keep, and undo through the edits of both."""

import random
from dataclasses import replace

import numpy as np
import pytest
from test_document import DURING, SCORES, W_Q, scrub

from app.glance import Glance
from engine import Options, alternatives, comparison, edits, fresh, load, moves, save

LOSS = "output/loss"
HEAD_2 = "encoder/1/self_attention/head_2/scores"


@pytest.fixture
def compared(document):
    assert document.compare_option("scale off", "scale", False)
    return document


def sides(document):
    """A's and B's scenario; None where there is no B."""
    found = [sheet.scenario for sheet in document.state.sheets]
    return (*found, None)[:2]


def test_b_is_a_with_one_thing_changed(document):
    before = document.scenario
    told = []
    document.sides_changed.connect(lambda: told.append(document.is_b))
    assert document.compare_option("scale off", "scale", False)
    a, b = sides(document)
    assert a is before
    found = comparison.differences(*(s.trace for s in document.state.sheets))
    assert [(d.kind, d.name) for d in found] == [("option", "scale")]
    assert document.is_b and document.scenario is b
    assert told == [True]
    document.undo_stack.undo()
    assert sides(document) == (before, None)
    assert told == [True, False]


def test_a_plain_copy_is_edited_without_a(document):
    assert document.compare("a copy")
    a, _b = sides(document)
    document.set_cell(W_Q, 0, 0, 5.0)
    assert document.state.sheets[0].scenario is a
    assert document.state.sheets[1].scenario.params[W_Q][0, 0] == 5.0
    document.turn(is_b=False)
    assert document.scenario is a
    document.set_cell(W_Q, 0, 0, 7.0)
    assert [s.params[W_Q][0, 0] for s in sides(document)] == [7.0, 5.0]


def test_an_option_that_cannot_be_is_refused_and_nothing_has_changed(document):
    refusals = []
    document.refused.connect(refusals.append)
    assert not document.compare_option("three heads", "heads", 3)
    assert [e.code for e in refusals] == ["option_heads"]
    assert not document.is_comparing
    assert not document.compare_file("/nowhere/at-all.json")
    assert not document.is_comparing and document.undo_stack.count() == 0


def test_another_comparison_begins_from_a_and_the_earlier_b_comes_back(compared):
    a, b = sides(compared)
    compared.set_cell(W_Q, 0, 0, 5.0)
    edited = compared.scenario
    assert compared.compare_option("norm before", "norm", "before")
    assert sides(compared)[0] is a
    assert compared.scenario.options.scale and compared.scenario.options.norm == "before"
    compared.undo_stack.undo()
    assert sides(compared) == (a, edited)
    compared.undo_stack.undo()
    assert sides(compared) == (a, b)


def test_undo_goes_through_both_sides_in_order_and_shows_the_side(compared):
    start = sides(compared)
    compared.set_cell(W_Q, 0, 0, 5.0)
    compared.turn()
    compared.set_cell(W_Q, 0, 0, 7.0)
    compared.turn()
    compared.set_cell(W_Q, 0, 1, 6.0)
    compared.turn()
    assert not compared.is_b
    stack = compared.undo_stack
    assert [stack.text(i)[-3:] for i in range(1, 4)] == ["(B)", "(A)", "(B)"]
    stack.undo()
    assert compared.is_b, "what is undone is seen"
    stack.undo()
    assert not compared.is_b
    stack.undo()
    assert compared.is_b
    assert sides(compared) == start
    for _ in range(3):
        stack.redo()
    assert [s.params[W_Q][0, 0] for s in sides(compared)] == [7.0, 5.0]


def test_swap_keeps_the_active_sheet_active(compared):
    a, b = sides(compared)
    assert compared.swap()
    assert sides(compared) == (b, a)
    assert compared.scenario is b and not compared.is_b
    compared.undo_stack.undo()
    assert sides(compared) == (a, b)


@pytest.mark.parametrize("is_b", [False, True])
def test_one_goes_on_with_either_and_back(compared, is_b):
    both = sides(compared)
    assert compared.keep(is_b=is_b)
    assert sides(compared) == (both[is_b], None)
    assert not compared.is_comparing and not compared.is_b
    compared.undo_stack.undo()
    assert sides(compared) == both


def test_without_a_comparison_there_is_nothing_to_turn_swap_or_keep(document):
    assert not document.turn() and not document.swap() and not document.keep(is_b=True)
    assert document.undo_stack.count() == 0


def test_a_preview_is_ended_by_turning(compared):
    b = compared.scenario
    scrub(compared, 2.0)
    compared.turn()
    compared.settle("Scrub")
    assert sides(compared)[1] is b
    assert compared.undo_stack.count() == 1


@pytest.mark.parametrize("name", DURING)
def test_whatever_happens_during_a_preview_on_b_undo_stays_exact(compared, tmp_path, name):
    compared.undo_stack.undo()
    opened = compared.scenario
    compared.undo_stack.redo()
    compared.set_cell(W_Q, 0, 0, 1.0)
    scrub(compared, 2.0)
    DURING[name](compared, tmp_path)
    compared.settle("Scrub")
    if name == "open":
        opened = compared.scenario
        assert not compared.is_comparing
    while compared.undo_stack.canUndo():
        compared.undo_stack.undo()
    assert sides(compared) == (opened, None)


# What is saved


def test_what_was_made_by_a_comparison_need_not_be_saved_unless_it_was_edited(compared):
    assert not compared.is_modified
    compared.set_cell(W_Q, 0, 0, 5.0)
    assert compared.is_modified
    compared.undo_stack.undo()
    assert not compared.is_modified
    compared.keep(is_b=True)
    assert compared.is_modified, "alone it is what is open, and no file holds it"


def test_each_side_has_its_own_file(compared, tmp_path):
    a, _b = sides(compared)
    assert compared.title == "scale off"
    assert compared.path is None
    assert compared.save(tmp_path / "b.json")
    compared.turn()
    assert compared.path is None and compared.title == a.name
    compared.set_cell(W_Q, 0, 0, 5.0)
    assert compared.is_modified
    assert compared.save(tmp_path / "a.json")
    assert not compared.is_modified
    assert load(tmp_path / "a.json").params[W_Q][0, 0] == 5.0
    assert not load(tmp_path / "b.json").options.scale
    compared.turn()
    assert compared.path == tmp_path / "b.json"
    compared.undo_stack.undo()
    assert compared.is_modified, "a.json holds the edit"
    compared.keep(is_b=True)
    assert not compared.is_modified and compared.path == tmp_path / "b.json"


def test_a_save_of_one_side_leaves_the_other_unsaved(compared, tmp_path):
    compared.set_cell(W_Q, 0, 0, 5.0)
    compared.turn()
    assert compared.save(tmp_path / "a.json")
    assert compared.is_modified
    assert [s.origin.title for s in compared.state.modified()] == ["scale off"]


def test_a_file_is_laid_beside(document, tmp_path):
    save(fresh(Options(heads=1), seed=4, name="other"), tmp_path / "other.json")
    assert document.compare_file(str(tmp_path / "other.json"))
    assert document.path == (tmp_path / "other.json").resolve()
    assert document.title == "other.json" and document.is_b
    assert not document.is_modified
    assert document.cursor.path in document.trace


# The other side, seen from where one stands


def test_the_glance_looks_where_the_cursor_stands(compared):
    glance = Glance(compared)
    compared.go_to(SCORES)
    compared.move(lambda t, c: moves.at_number(t, c, -1, 2, 1))
    assert glance.trace is compared.state.sheets[0].trace
    assert glance.has_number
    assert (glance.number.path, glance.number.row, glance.number.column) == (SCORES, 2, 1)
    found = glance.contrast()
    these, those = (s.trace[SCORES].output.data for s in compared.state.sheets)
    np.testing.assert_array_equal(found.matrix.data, those - these)
    compared.turn()
    np.testing.assert_array_equal(glance.contrast().matrix.data, those - these)


def test_the_glance_knows_a_step_that_is_only_here(document):
    document.compare_option("one head", "heads", 1)
    glance = Glance(document)
    document.turn()
    document.go_to(HEAD_2)
    assert not glance.has_step and not glance.has_number
    assert glance.cursor.path in glance.trace
    assert glance.contrast().obstacle == "absent_b"


def test_the_glance_finds_the_same_word_in_a_shorter_sentence(document):
    words = ("I", "cats", "today")
    document.compare("shorter", lambda s: s.with_tokens(source=words))
    glance = Glance(document)
    document.go_to(SCORES)
    document.move(lambda t, c: moves.at_number(t, c, -1, 2, 1))
    assert (glance.number.row, glance.number.column) == (3, 2)  # today, cats
    document.turn()
    document.move(lambda t, c: moves.at_number(t, c, -1, 1, 0))  # see has no counterpart
    assert glance.has_step and not glance.has_number


def test_without_a_comparison_the_glance_sees_what_is_open(document):
    glance = Glance(document)
    assert glance.trace is document.trace and glance.cursor == document.cursor


# A history of everything


def reached(document):
    return (*sides(document), document.is_b)


@pytest.mark.parametrize("seed", range(4))
def test_any_history_is_undone_and_redone_exactly(document, seed):
    """Against a plain list of what there was after each entry."""
    pick = random.Random(seed)
    ways = {
        "compare": lambda: document.compare("copy"),
        "option": lambda: document.compare_option("o", *pick.choice(options())),
        "edit": lambda: document.set_cell(W_Q, 0, pick.randrange(4), float(pick.randrange(9))),
        "pin": lambda: document.pin(SCORES, pick.randrange(3), 0, float(pick.randrange(9))),
        "swap": document.swap,
        "keep": lambda: document.keep(is_b=pick.random() < 0.5),
    }

    def options():
        found = alternatives.others(document.scenario.options)
        return [(n, v) for n, v in found if n in {"scale", "norm", "residual", "mask_value"}]

    history = [reached(document)]
    for _ in range(60):
        document.turn() if pick.random() < 0.3 else None
        count = document.undo_stack.index()
        name = pick.choice([*ways, "edit", "edit", "undo", "undo", "redo"])
        if name in ways:
            ways[name]()
            if document.undo_stack.index() != count:
                del history[count + 1 :]
                history.append(reached(document))
        else:
            getattr(document.undo_stack, name)()
            moved = document.undo_stack.index()
            assert reached(document)[:2] == history[moved][:2]
        assert document.trace.scenario is document.scenario
        assert document.cursor.path in document.trace
    for index in [*reversed(range(document.undo_stack.index())), *range(len(history))]:
        document.undo_stack.setIndex(index)
        assert reached(document)[:2] == history[index][:2]


# The loss of both sides


def test_the_loss_is_asked_of_both_sides_in_one_step(document):
    document.compare_option("scale off", "scale", False)
    count = document.undo_stack.count()
    assert document.loss_path() == LOSS
    assert document.undo_stack.count() == count + 1
    assert document.undo_stack.undoText() == "Ask for the loss (A, B)"
    a, b = document.state.sheets
    for sheet in (a, b):
        assert sheet.scenario.expected == (*sheet.scenario.target[1:], "</s>")
    document.go_to(LOSS)
    told = Glance(document).contrast()
    losses = [float(s.trace[LOSS].output.data[0, 0]) for s in (a, b)]
    assert told.matrix is not None and losses[0] != losses[1]
    assert told.matrix.data[0, 0] == pytest.approx(losses[1] - losses[0])
    document.undo_stack.undo()
    assert document.is_comparing
    assert all(LOSS not in sheet.trace for sheet in document.state.sheets)
    document.undo_stack.redo()
    assert all(LOSS in sheet.trace for sheet in document.state.sheets)


def test_the_loss_is_added_where_it_is_missing(document):
    document.loss_path()
    document.compare("plain copy", lambda s: replace(s, expected=()))
    document.turn(is_b=False)
    assert LOSS in document.trace
    assert document.loss_path() == LOSS
    assert document.undo_stack.undoText() == "Ask for the loss (B)"
    count = document.undo_stack.count()
    assert document.loss_path() == LOSS and document.undo_stack.count() == count


def test_a_side_without_words_stays_without_a_loss(document):
    other = fresh(Options(model="self_attention"))
    document.compare("other", lambda _: other)
    document.turn(is_b=False)
    assert document.loss_path() == LOSS
    a, b = document.state.sheets
    assert LOSS in a.trace and b.scenario is other
    document.turn()
    assert document.loss_path() is None


def test_what_is_refused_on_the_active_side_changes_neither(document, qtbot):
    document.compare("copy")
    states = document.state
    with qtbot.waitSignal(document.refused):
        assert not document.edit_all("x", lambda s: edits.with_word(s, "source", 0, "nobody"))
    assert document.state is states
