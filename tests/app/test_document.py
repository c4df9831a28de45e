"""The one road of every edit: engine first, one undo entry, exactly back."""

import random
from pathlib import Path

import numpy as np
import pytest
from window_support import file_of

from app.document import Document
from engine import InputError, Options, Scenario, builtin, edits, fresh, load, moves, save

W_Q = "encoder/1/self_attention/head_1/W_Q"
SCORES = "encoder/1/self_attention/head_1/scores"
MASKED = "encoder/1/self_attention/head_1/masked"
MASK = "encoder/1/self_attention/mask"


@pytest.fixture
def refusals(document: Document) -> list[InputError]:
    found: list[InputError] = []
    document.refused.connect(found.append)
    return found


def heard(document: Document) -> list[str]:
    """The names of the signals, in the order in which they come."""
    found: list[str] = []
    for name in ("trace", "model", "cursor", "selection", "file"):
        getattr(document, f"{name}_changed").connect(lambda n=name: found.append(n))
    return found


def bits(document: Document) -> dict[str, bytes]:
    return {p: a.tobytes() for p, a in document.scenario.params.items()}


EDITS = {
    "cell": lambda d: d.set_cell(W_Q, 1, 2, 0.5),
    "block": lambda d: d.set_block(W_Q, 0, 0, np.eye(4)),
    "vector": lambda d: d.set_cell("encoder/1/norm_1/gamma", 0, 3, 2.0),
    "mask": lambda d: d.paint(MASK, 0, 1, True),
    "pin": lambda d: d.pin(SCORES, 1, 2, 9.0),
    "matrix": lambda d: d.set_table(W_Q, np.zeros((8, 4))),
    "switch": lambda d: d.set_option("scale", False),
    "whole": lambda d: d.set_option("heads", 4),
    "layers": lambda d: d.set_option("layers", 3),
    "mask value": lambda d: d.set_option("mask_value", -1000.0),
    "word": lambda d: d.set_token("source", 0, "you"),
    "words": lambda d: d.set_tokens(source=("you", "like")),
    "the start": lambda d: d.set_tokens(target=("<s>",)),
}
REFUSED = {
    "infinite": lambda d: d.set_cell(W_Q, 0, 0, float("inf")),
    "not a number": lambda d: d.set_cell(W_Q, 0, 0, float("nan")),
    "too large": lambda d: d.set_cell(W_Q, 0, 0, 1e7),
    "block outside": lambda d: d.set_block(W_Q, 7, 2, np.ones((2, 3))),
    "heads that do not divide": lambda d: d.set_option("heads", 3),
    "out of range": lambda d: d.set_option("layers", 13),
    "unknown option": lambda d: d.set_option("colour", 1),
    "unknown word": lambda d: d.set_token("source", 0, "whale"),
    "too many words": lambda d: d.set_tokens(source=17 * ("I",)),
    "no words": lambda d: d.set_tokens(source=()),
    "nothing left to decode": lambda d: d.next_word(),
    "no such file": lambda d: d.open("/nowhere/at-all.json"),
    "no such folder": lambda d: d.save(Path("/nowhere/at-all.json")),
}


def numbers(trace) -> dict[str, bytes]:
    return {step.path: step.output.data.tobytes() for step in trace}


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_is_one_entry_and_undo_is_exact(document, refusals, name):
    before, trace, cursor = document.scenario, document.trace, document.cursor
    assert EDITS[name](document)
    after = document.scenario
    assert document.undo_stack.count() == 1
    assert document.is_modified
    assert after is not before
    assert document.trace is not trace
    document.undo_stack.undo()
    assert document.scenario is before
    assert numbers(document.trace) == numbers(trace)
    assert document.cursor == cursor
    assert not document.is_modified
    document.undo_stack.redo()
    assert document.scenario is after
    assert refusals == []


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_is_refused_and_changes_nothing(document, refusals, name):
    signals = heard(document)
    document.select((1, 0, 0))
    signals.clear()
    before = (document.scenario, document.trace, document.cursor, document.path)
    assert not REFUSED[name](document)
    assert (document.scenario, document.trace, document.cursor, document.path) == before
    assert document.undo_stack.count() == 0
    assert not document.is_modified
    assert signals == []
    assert len(refusals) == 1
    assert len(str(refusals[0])) > 20


def test_the_edited_number_is_the_one_and_downstream_follows(document):
    before = document.trace
    document.set_cell(W_Q, 1, 2, 0.5)
    changed = document.scenario.params[W_Q] != before.matrix(W_Q).data
    assert np.argwhere(changed).tolist() == [[1, 2]]
    assert document.scenario.params[W_Q][1, 2] == 0.5
    moved = [s.path for s in document.trace if (s.output.data != before[s.path].output.data).any()]
    assert moved[:2] == ["encoder/1/self_attention/head_1/Q", SCORES]
    assert moved[-1] == "output/probabilities"


def test_two_hundred_random_edits_undone_leave_the_same_bits(document):
    pick = random.Random(5)
    original, paths = document.scenario, sorted(document.scenario.params)
    first = bits(document)
    for _ in range(200):
        path = pick.choice(paths)
        rows, columns = document.trace.matrix(path).shape
        row, column = pick.randrange(rows), pick.randrange(columns)
        assert document.set_cell(path, row, column, pick.uniform(-5, 5))
    last = bits(document)
    assert last != first
    assert document.undo_stack.count() == 200
    while document.undo_stack.canUndo():
        document.undo_stack.undo()
    assert document.scenario is original
    assert bits(document) == first
    while document.undo_stack.canRedo():
        document.undo_stack.redo()
    assert bits(document) == last


NOTHING = {
    "the same number": lambda d: d.set_cell(W_Q, 0, 0, float(d.scenario.params[W_Q][0, 0])),
    "the same option": lambda d: d.set_option("scale", True),
    "the same word": lambda d: d.set_token("source", 0, "I"),
    "the same translation": lambda d: d.translate(),
}


@pytest.mark.parametrize("name", NOTHING)
def test_an_edit_that_changes_nothing_leaves_no_entry(document, refusals, name):
    """Else a look into a cell would be asked about as an unsaved change."""
    signals = heard(document)
    assert NOTHING[name](document)
    assert document.undo_stack.count() == 0
    assert not document.is_modified
    assert signals == []
    assert refusals == []


def test_decoding_word_by_word_says_what_decoding_at_once_says(document):
    document.set_tokens(target=("<s>",))
    for count in range(2, 6):
        assert document.next_word()
        assert len(document.scenario.target) == count
    assert document.scenario.target == ("<s>", "我", "今天", "看见", "猫")
    assert document.undo_stack.count() == 5
    document.set_token("source", 0, "you")
    assert document.translate()
    assert document.scenario.target == ("<s>", "你", "今天", "看见", "猫")


def test_two_edits_of_one_cell_are_two_entries(document):
    """Merged commands are never freed by PySide6, so none may merge."""
    document.set_cell(W_Q, 0, 0, 1.0)
    document.set_cell(W_Q, 0, 0, 2.0)
    assert document.undo_stack.count() == 2
    assert all(document.undo_stack.command(i).id() == -1 for i in range(2))
    document.undo_stack.undo()
    assert document.scenario.params[W_Q][0, 0] == 1.0


def test_scenarios_that_were_open_are_never_written_to(document):
    before = document.scenario
    first = bits(document)
    for edit in EDITS.values():
        edit(document)
    assert {p: a.tobytes() for p, a in before.params.items()} == first
    assert before.masks == {}


def test_signals_tell_numbers_from_model(document):
    signals = heard(document)
    document.set_cell(W_Q, 0, 0, 1.0)
    assert signals == ["file", "trace"] or signals == ["trace", "file"]
    signals.clear()
    document.set_option("scale", False)
    assert signals == ["trace", "model"]
    signals.clear()
    document.set_token("source", 0, "we")
    assert signals == ["trace", "model"]


def test_whoever_hears_of_a_change_finds_all_of_it_done(document):
    seen = []

    def look() -> None:
        d = document
        seen.append(d.trace.scenario is d.scenario and d.cursor.path in d.trace)

    for signal in (document.trace_changed, document.model_changed, document.cursor_changed):
        signal.connect(look)
    document.set_option("layers", 2)
    document.go_to("decoder/2/cross_attention/head_2/weights", moves.NUMBER)
    document.set_option("layers", 1)
    document.undo_stack.undo()
    document.open("by-hand")
    assert len(seen) >= 8
    assert all(seen)


# Previews


def scrub(document: Document, value: float) -> None:
    table = np.array([[value]])
    assert document.preview(lambda s: edits.with_block(s, W_Q, 0, 0, table))


def test_previews_are_one_entry_when_the_hand_lets_go(document):
    before = document.scenario
    for value in (0.1, 0.2, 0.3):
        scrub(document, value)
        assert document.trace.matrix(W_Q).data[0, 0] == value
        assert document.undo_stack.count() == 0
    document.settle("Scrub")
    assert document.undo_stack.count() == 1
    document.undo_stack.undo()
    assert document.scenario is before
    document.undo_stack.redo()
    assert document.scenario.params[W_Q][0, 0] == 0.3


def test_previews_that_are_taken_back_leave_nothing(document):
    before, trace = document.scenario, document.trace
    scrub(document, 0.5)
    document.cancel()
    assert (document.scenario, document.trace) == (before, trace)
    document.settle("Scrub")
    assert document.undo_stack.count() == 0
    scrub(document, 0.5)
    scrub(document, float(before.params[W_Q][0, 0]))
    document.settle("Scrub")
    assert document.undo_stack.count() == 0


def test_what_a_number_was_is_known_until_the_next_edit(document):
    """Marks on the stage say what the last edit changed, however it was made."""
    first = document.trace.matrix(W_Q).data
    assert document.was(W_Q) is None
    document.set_cell(W_Q, 0, 0, 1.0)
    second = document.trace.matrix(W_Q).data
    assert document.was(W_Q) is first
    scrub(document, 2.0)
    scrub(document, 3.0)
    assert document.was(W_Q) is second
    document.settle("Scrub")
    assert document.was(W_Q) is second
    third = document.trace.matrix(W_Q).data
    scrub(document, 4.0)
    document.cancel()
    assert document.was(W_Q) is None
    document.undo_stack.undo()
    assert document.was(W_Q) is third
    document.begin(document.scenario)
    assert document.was(W_Q) is None
    scaled, queries = "encoder/1/self_attention/head_1/scaled", W_Q.replace("W_Q", "Q")
    before = document.trace.matrix(scaled).data
    document.set_option("scale", False)
    assert document.was(scaled) is before
    assert document.was(queries) is not None
    document.set_option("heads", 1)
    assert document.was(queries) is None, "what has another shape has no number that was"
    assert document.was(scaled) is not None
    document.set_option("heads", 2)
    assert document.was(scaled.replace("head_1", "head_2")) is None


def test_after_an_undo_the_marks_are_those_of_the_undo(document):
    """On the side where it undid something, and until the next change of that side."""
    before = document.trace.matrix(W_Q).data
    assert not document.is_undone
    document.set_cell(W_Q, 0, 0, 1.0)
    edited = document.trace.matrix(W_Q).data
    assert not document.is_undone
    document.undo_stack.undo()
    assert document.was(W_Q) is edited and document.is_undone
    aside = document.set_aside()
    document.begin(document.scenario)
    assert not document.is_undone
    document.take_up(aside)
    assert document.was(W_Q) is edited and document.is_undone
    document.undo_stack.redo()
    assert document.was(W_Q).tolist() == before.tolist() and not document.is_undone
    document.compare("B")
    document.set_cell(W_Q, 0, 0, 2.0)
    document.undo_stack.undo()
    assert document.is_undone
    document.turn()
    assert not document.is_undone, "nothing was undone on this side"


def test_a_pin_and_a_word_mark_what_they_change(document):
    scores = "encoder/1/self_attention/head_1/scores"
    before = document.trace.matrix(scores).data
    document.pin(scores, 1, 2, 9.0)
    assert document.was(scores) is before
    before = document.trace.matrix(scores).data
    document.set_token("source", 2, "dogs")
    assert document.was(scores) is before


DURING = {
    "undo": lambda d, _: d.undo_stack.undo(),
    "redo": lambda d, _: (d.undo_stack.undo(), d.undo_stack.redo()),
    "another edit": lambda d, _: d.set_option("scale", False),
    "save": lambda d, folder: d.save(folder / "a.json"),
    "open": lambda d, _: d.open("by-hand"),
}


@pytest.mark.parametrize("name", DURING)
def test_whatever_happens_during_a_preview_undo_stays_exact(document, tmp_path, name):
    """Someone may press Ctrl+Z while the button is still down."""
    opened = document.scenario
    document.set_cell(W_Q, 0, 0, 1.0)
    scrub(document, 2.0)
    scrub(document, 3.0)
    DURING[name](document, tmp_path)
    if name == "save":
        document.cancel()
        assert load(tmp_path / "a.json").params[W_Q][0, 0] == 3.0
        assert document.scenario.params[W_Q][0, 0] == 3.0
        assert not document.is_modified
    document.settle("Scrub")
    if name == "open":
        opened = document.scenario
        assert opened.name == "by-hand"
    while document.undo_stack.canUndo():
        document.undo_stack.undo()
    assert document.scenario is opened


# The cursor and the selection


def test_the_cursor_settles_where_its_step_is_gone(document):
    document.set_option("layers", 2)
    document.go_to("encoder/2/self_attention/head_2/weights", moves.NUMBER)
    document.set_option("layers", 1)
    assert document.cursor.path == "encoder/1/self_attention/head_1/weights"
    assert document.cursor.depth == moves.NUMBER
    document.go_to("decoder/1/cross_attention/head_2/weights")
    document.set_option("heads", 1)
    assert document.cursor.path == "decoder/1/cross_attention/head_1/weights"
    document.go_to("decoder/1/cross_attention/head_1/Q", moves.BLOCK)
    document.set_option("layers", 3)
    assert document.cursor == moves.go_to(document.trace, document.cursor.path, moves.BLOCK)


def test_the_cursor_stays_within_fewer_words(document):
    document.go_to(SCORES)
    document.move(lambda t, c: moves.at_number(t, c, -1, 3, 3))
    assert (document.cursor.row, document.cursor.column) == (3, 3)
    document.set_tokens(source=("you", "like"))
    assert (document.cursor.row, document.cursor.column) == (1, 1)
    document.undo_stack.undo()
    assert document.cursor.path == SCORES
    assert document.number.row < 4


def test_operations_done_stay_within_the_number(document):
    document.go_to(SCORES, moves.OPERATION)
    document.move(moves.to_end)
    done = document.cursor.done
    document.set_option("heads", 4)
    assert 0 < document.cursor.done < done


def test_the_selection_stays_within_bounds(document):
    document.go_to(MASKED)
    document.select((1, 3, 3))
    document.set_tokens(source=("you", "like"))
    assert document.selection == (1, 1, 1)


def test_the_selection_goes_with_its_input(document):
    document.go_to("encoder/1/self_attention/head_1/Q")
    document.select((2, 0, 3))
    document.set_option("biases", False)
    assert document.selection is None


def test_the_selection_goes_where_its_step_is_gone(document):
    """Else the next digit would be typed into the matrix of another step."""
    document.set_option("final_norm", True)
    document.go_to("encoder/norm")
    document.select((1, 0, 3))
    document.set_option("final_norm", False)
    assert document.cursor.path != "encoder/norm"
    assert document.selection is None


def test_another_step_has_no_selection(document):
    document.go_to(SCORES)
    document.select((0, 0, 0))
    document.move(moves.forward)
    assert document.selection is None


def test_a_step_that_is_not_there_is_refused(document):
    with pytest.raises(InputError):
        document.go_to("encoder/9/self_attention/joined")


def test_moving_nowhere_is_no_news(document):
    signals = heard(document)
    assert not document.move(moves.backward)
    assert not document.place(document.cursor)
    assert signals == []
    assert document.move(moves.forward)
    assert signals == ["cursor"]


# Files


def test_opening_a_file(document, tmp_path):
    path = file_of(tmp_path)
    document.set_cell(W_Q, 0, 0, 1.0)
    document.go_to(SCORES)
    document.select((0, 0, 0))
    assert document.open(str(path))
    assert document.path == path.resolve()
    assert document.title == "mine.json"
    assert document.undo_stack.count() == 0
    assert not document.is_modified
    assert document.cursor == moves.start(document.trace)
    assert document.selection is None


def test_saving_makes_clean_and_undo_makes_it_modified_again(document, tmp_path):
    document.set_cell(W_Q, 0, 0, 1.0)
    path = tmp_path / "a.json"
    assert document.save(path)
    assert document.path == path
    assert not document.is_modified
    document.undo_stack.undo()
    assert document.is_modified
    document.undo_stack.redo()
    assert not document.is_modified


def test_beginning_anew_has_no_file(document, tmp_path):
    document.open(str(file_of(tmp_path)))
    scenario: Scenario = fresh(Options(d_model=4), seed=1, name="drawn")
    document.begin(scenario)
    assert document.scenario is scenario
    assert document.path is None
    assert document.title == "drawn"


def test_what_was_saved_is_what_is_opened(document, tmp_path):
    document.set_cell(W_Q, 0, 0, 0.1 + 0.2)
    document.paint(MASK, 0, 1, True)
    document.save(tmp_path / "a.json")
    other = Document(builtin("by-hand"))
    assert other.open(str(tmp_path / "a.json"))
    assert bits(other) == bits(document)
    assert {p: m.tolist() for p, m in other.scenario.masks.items()} == {
        p: m.tolist() for p, m in document.scenario.masks.items()
    }
    again = tmp_path / "b.json"
    save(other.scenario, again)
    assert again.read_bytes() == (tmp_path / "a.json").read_bytes()
