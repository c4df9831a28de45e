"""Edits, pins, ties, options, words, undo, redo, files, in any order, against a plain model.

The model is a few lists and dictionaries, each rule written out in plain Python: what is said
of an edit in the guide, and nothing of how the program does it.
"""

import copy
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from app.document import Document
from app.seen import Goal
from engine import Options, Scenario, edits, fresh, run

SOURCE, TARGET = ("<pad>", "a", "b", "c"), ("<pad>", "<s>", "</s>", "x", "y")
HEAD = "encoder/1/self_attention/head_1/"
TIEABLE = [f"{HEAD}W_{n}" for n in "QKV"] + ["decoder/1/cross_attention/head_1/W_K"]
EDITABLE = [*TIEABLE, f"{HEAD}b_Q", "output/W"]
PINNABLE = [f"{HEAD}scores", f"{HEAD}weights", "output/logits"]
MASKS = {
    "encoder/1/self_attention/mask": ("source", "source"),
    "decoder/1/self_attention/mask": ("target", "target"),
    "decoder/1/cross_attention/mask": ("target", "source"),
}
SWITCHES = ["scale", "padding", "causal", "residual", "embedding_scale"]

numbers = st.sampled_from([0.0, 1.0, -2.5, 0.125, 1e6])
shares = st.floats(0, 0.999)


def plain(s: Scenario) -> dict:
    """What a scenario holds, as a plain value."""
    groups = {frozenset((p, *edits.one_with(s, p))) for p in s.params if edits.one_with(s, p)}
    return {
        "options": {name: getattr(s.options, name) for name in [*SWITCHES, "mask_value"]},
        "source": list(s.source),
        "target": list(s.target),
        "expected": list(s.expected),
        "params": {p: a.tolist() for p, a in s.params.items()},
        "masks": {p: m.tolist() for p, m in s.masks.items()},
        "pins": {p: dict(spots) for p, spots in s.pins.items()},
        "ties": groups,
    }


class Model:
    """The states one after the other, and which of them is shown."""

    def __init__(self, state: dict) -> None:
        self.states = [state]
        self.at = 0

    @property
    def now(self) -> dict:
        return self.states[self.at]

    def edit(self, change) -> None:
        """Something else from now on; what was undone is lost. A change of nothing is none."""
        state = copy.deepcopy(self.now)
        change(state)
        if state != self.now:
            self.states[self.at + 1 :] = [state]
            self.at += 1


def one(state: dict, path: str) -> frozenset:
    return next((g for g in state["ties"] if path in g), frozenset([path]))


def write(state: dict, path: str, table) -> None:
    for member in one(state, path):
        state["params"][member] = copy.deepcopy(table)


def untie(state: dict, path: str) -> None:
    group = one(state, path)
    state["ties"] -= {group}
    if len(group) > 2:
        state["ties"] |= {group - {path}}


def reword(state: dict, which: str, words: list) -> None:
    """Painted masks along a changed length go, and then all pins; a loss follows the target."""
    following = state["expected"] == [*state["target"][1:], "</s>"]
    changed = len(words) != len(state[which])
    state[which] = words
    state["expected"] = [*state["target"][1:], "</s>"] if following else []
    if changed:
        state["pins"] = {}
        state["masks"] = {p: m for p, m in state["masks"].items() if which not in MASKS[p]}


def blocked(state: dict, path: str) -> list:
    """What a mask forbids before anybody paints it."""
    asks, answers = (state[which] for which in MASKS[path])
    options, is_causal = state["options"], path.startswith("decoder/1/self")
    return [
        [
            (options["padding"] and word == "<pad>") or (is_causal and options["causal"] and j > i)
            for j, word in enumerate(answers)
        ]
        for i in range(len(asks))
    ]


class Machine(RuleBasedStateMachine):
    """One document and one model, to which the same happens."""

    @initialize(seed=st.integers(0, 5))
    def begin(self, seed):
        scenario = fresh(
            Options(heads=2, d_model=4, d_ff=3),
            seed,
            source=("a", "b", "c", "a"),
            target=("<s>", "x"),
            expected=(),
            source_vocabulary=SOURCE,
            target_vocabulary=TARGET,
        )
        self.document = Document(scenario)
        self.model = Model(plain(scenario))
        self.folder = TemporaryDirectory()
        self.refusals = []
        self.document.refused.connect(lambda e: self.refusals.append(str(e)))

    def teardown(self):
        if hasattr(self, "folder"):
            self.folder.cleanup()

    def spot(self, table, down, across):
        rows = np.atleast_2d(table)
        return int(down * rows.shape[0]), int(across * rows.shape[1])

    # Numbers

    @rule(path=st.sampled_from(EDITABLE), down=shares, across=shares, value=numbers)
    def number(self, path, down, across, value):
        row, column = self.spot(self.model.now["params"][path], down, across)
        self.document.set_cell(path, row, column, value)
        self.model.edit(lambda s: self._set(s, path, row, column, value))

    @rule(path=st.sampled_from(EDITABLE), values=st.lists(numbers, min_size=1, max_size=4))
    def scrub(self, path, values):
        for value in values:
            block = np.array([[value]])
            self.document.preview(lambda s, b=block: edits.with_block(s, path, 0, 0, b))
        self.document.settle("Scrub")
        self.model.edit(lambda s: self._set(s, path, 0, 0, values[-1]))

    @rule(path=st.sampled_from(EDITABLE), value=numbers)
    def scrub_and_escape(self, path, value):
        self.document.preview(lambda s: edits.with_block(s, path, 0, 0, np.array([[value]])))
        self.document.cancel()

    @staticmethod
    def _set(state, path, row, column, value):
        table = copy.deepcopy(state["params"][path])
        line = table if not isinstance(table[0], list) else table[row]
        line[column] = value
        write(state, path, table)

    @rule(path=st.sampled_from(EDITABLE))
    def zeros(self, path):
        self.document.set_table(path, edits.zeros(edits.table_of(self.document.scenario, path)))
        self.model.edit(
            lambda s: write(s, path, (0.0 * np.array(s["params"][path]) + 0.0).tolist())
        )

    @rule(path=st.sampled_from(TIEABLE), other=st.sampled_from(TIEABLE))
    def copy_from(self, path, other):
        self.document.copy_from(path, other)
        self.model.edit(lambda s: write(s, path, s["params"][other]))

    @rule(path=st.sampled_from(EDITABLE))
    def too_large_a_number(self, path):
        assert not self.document.set_cell(path, 0, 0, 1e9)
        assert "finite number" in self.refusals.pop()

    # Ties

    @rule(path=st.sampled_from(TIEABLE), other=st.sampled_from(TIEABLE))
    def tie(self, path, other):
        state = self.model.now
        if other in one(state, path):
            assert not self.document.tie(path, other)
            assert "leads back" in self.refusals.pop()
            return
        follows = path in self.document.scenario.ties
        self.document.tie(path, other)

        def change(s):
            mine, group = one(s, path), one(s, other)
            joined = frozenset([path]) if follows else mine
            table = s["params"][other]
            if follows:
                untie(s, path)
            else:
                s["ties"] -= {mine}
            s["ties"] -= {group}
            s["ties"] |= {joined | group}
            write(s, path, table)

        self.model.edit(change)

    @rule(first=st.sampled_from(TIEABLE))
    def tie_all_to_one(self, first):
        for path in TIEABLE:
            if path not in one(self.model.now, first):
                self.tie(path, first)

    @rule(path=st.sampled_from(TIEABLE))
    def untie(self, path):
        is_tied = len(one(self.model.now, path)) > 1
        assert self.document.untie(path) == is_tied
        if is_tied:
            self.model.edit(lambda s: untie(s, path))

    @precondition(lambda self: self.model.now["ties"])
    @rule()
    def untie_what_is_followed(self):
        self.untie(next(iter(self.document.scenario.ties.values())))

    @rule()
    def tie_to_another_shape(self):
        assert not self.document.tie(TIEABLE[0], "output/W")
        assert "only matrices of one shape" in self.refusals.pop()

    # Pins

    @rule(path=st.sampled_from(PINNABLE), down=shares, across=shares, value=numbers)
    def pin(self, path, down, across, value):
        row, column = self.spot(self.document.trace[path].output.data, down, across)
        self.document.pin(path, row, column, value)
        self.model.edit(lambda s: s["pins"].setdefault(path, {}).update({(row, column): value}))

    @precondition(lambda self: self.model.now["pins"])
    @rule(choice=shares)
    def unpin(self, choice):
        every = [(p, *spot) for p, spots in self.model.now["pins"].items() for spot in spots]
        path, row, column = every[int(choice * len(every))]
        self.document.pin(path, row, column, None)

        def change(s):
            del s["pins"][path][row, column]
            s["pins"] = {p: spots for p, spots in s["pins"].items() if spots}

        self.model.edit(change)

    @rule()
    def unpin_all(self):
        self.document.take_pins_off()
        self.model.edit(lambda s: s.update(pins={}))

    # Options, words, masks

    @rule(name=st.sampled_from(SWITCHES))
    def switch(self, name):
        value = not self.model.now["options"][name]
        self.document.set_option(name, value)
        self.model.edit(lambda s: s["options"].update({name: value}))

    @rule(value=st.sampled_from([float("-inf"), -1000.0]))
    def mask_value(self, value):
        self.document.set_option("mask_value", value)
        self.model.edit(lambda s: s["options"].update(mask_value=value))

    @rule(place=shares, word=st.sampled_from(SOURCE))
    def word(self, place, word):
        words = list(self.model.now["source"])
        index = int(place * len(words))
        words[index] = word
        self.document.set_token("source", index, word)
        if words != self.model.now["source"]:
            self.model.edit(lambda s: reword(s, "source", words))

    @rule(
        read=st.lists(st.sampled_from(SOURCE), min_size=4, max_size=5),
        written=st.lists(st.sampled_from(TARGET), min_size=1, max_size=3),
        which=st.sampled_from(["source", "target"]),
    )
    def sentence(self, read, written, which):
        words = read if which == "source" else written
        self.document.set_tokens(**{which: tuple(words)})
        self.model.edit(lambda s: reword(s, which, words))

    @rule(path=st.sampled_from(sorted(MASKS)), down=shares, across=shares, stop=st.booleans())
    def paint(self, path, down, across, stop):
        row, column = self.spot(self.document.trace.matrix(path).data, down, across)
        self.document.paint(path, row, column, stop)

        def change(s):
            base = copy.deepcopy(s["masks"].get(path, blocked(s, path)))
            base[row][column] = stop
            s["masks"][path] = base

        self.model.edit(change)

    @rule()
    def ask_for_the_loss(self):
        assert self.document.loss_path() == "output/loss"
        if not self.model.now["expected"]:
            self.model.edit(lambda s: s.update(expected=[*s["target"][1:], "</s>"]))

    # The goal is no edit

    @rule(path=st.sampled_from(PINNABLE), down=shares, across=shares)
    def aim(self, path, down, across):
        self.document.aim(path, *self.spot(self.document.trace[path].output.data, down, across))

    # History and files

    @rule()
    def undo(self):
        self.document.undo_stack.undo()
        self.model.at = max(self.model.at - 1, 0)

    @rule()
    def redo(self):
        self.document.undo_stack.redo()
        self.model.at = min(self.model.at + 1, len(self.model.states) - 1)

    @rule()
    def save_and_open(self):
        path = Path(self.folder.name, "a.json")
        assert self.document.save(path), self.refusals
        assert not self.document.is_modified
        assert self.document.open(str(path))
        self.model = Model(self.model.now)

    # What always holds

    @invariant()
    def both_hold_the_same(self):
        if hasattr(self, "document"):
            assert plain(self.document.scenario) == self.model.now
            assert self.document.undo_stack.count() == len(self.model.states) - 1
            assert self.document.undo_stack.index() == self.model.at
            assert not self.refusals

    @invariant()
    def what_is_shown_is_what_is_computed(self):
        if hasattr(self, "document"):
            again = run(self.document.scenario)
            for path in ("output/probabilities", f"{HEAD}masked"):
                ours = self.document.trace[path].output.data
                assert np.array_equal(again[path].output.data, ours, equal_nan=True)

    @invariant()
    def the_goal_is_there_or_none(self):
        if hasattr(self, "document"):
            goal = self.document.goal
            assert goal is None or (isinstance(goal, Goal) and goal.is_in(self.document.trace))
            gradient = self.document.gradient(TIEABLE[0])
            assert (gradient is None) == (goal is None)
            for other in edits.one_with(self.document.scenario, TIEABLE[0]):
                both = (gradient, self.document.gradient(other))
                assert goal is None or np.array_equal(*both, equal_nan=True)


def test_whatever_is_done_the_document_is_what_the_model_says(stepformer):
    run_state_machine_as_test(
        Machine,
        settings=settings(
            max_examples=25,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow],
        ),
    )
