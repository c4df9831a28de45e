"""What a file may lock: known names, each once, and nothing else about it changes."""

import json

import pytest

from engine import (
    LOCKS,
    InputError,
    Options,
    builtin,
    edits,
    fresh,
    load,
    run,
    save,
    with_options,
    with_words,
)
from engine.codec import dumps, loads


def test_what_is_locked_survives_a_file(tmp_path):
    scenario = edits.with_locked(builtin("by-hand"), ("words", "editing"))
    save(scenario, tmp_path / "class.json")
    assert load(tmp_path / "class.json").locked == ("editing", "words")
    assert dumps(load(tmp_path / "class.json")) == dumps(scenario)


def test_a_file_that_locks_nothing_says_nothing_of_it():
    assert "locked" not in json.loads(dumps(builtin("by-hand")))
    assert builtin("by-hand").locked == ()


def test_names_are_kept_once_and_in_order():
    twice = edits.with_locked(builtin("by-hand"), ("pins", "editing", "pins"))
    assert twice.locked == ("editing", "pins")
    assert edits.with_locked(builtin("by-hand"), LOCKS[::-1]).locked == LOCKS


def test_other_edits_keep_it_and_it_counts_as_one():
    scenario = builtin("translation")
    locked = edits.with_locked(scenario, ("options",))
    assert not edits.is_same(scenario, locked)
    assert with_options(locked, locked.options.changed(heads=1)).locked == ("options",)
    assert with_words(locked, source=locked.source[:2]).locked == ("options",)
    path = next(iter(locked.params))
    assert locked.with_param(path, locked.params[path]).locked == ("options",)


def test_it_changes_no_number():
    plain = run(fresh(Options(), 3))
    locked = run(edits.with_locked(fresh(Options(), 3), LOCKS))
    for path, step in plain.steps.items():
        assert (step.output.data == locked[path].output.data).all()


def test_an_unknown_group_is_refused():
    with pytest.raises(InputError, match=r"no group of controls “wrods”.*words"):
        edits.with_locked(builtin("by-hand"), ("wrods",))


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ('["editing", "everything"]', "no group of controls “everything”"),
        ('"editing"', "a list of groups of controls"),
        ("[1]", "quotes"),
        ("{}", "a list of groups of controls"),
        ("null", "a list of groups of controls"),
    ],
)
def test_a_bad_lock_is_told_with_its_line(written, message):
    text = dumps(builtin("by-hand"))
    text = text.replace('"name":', f'"locked": {written},\n  "name":', 1)
    line = text[: text.index('"locked"')].count("\n") + 1
    with pytest.raises(InputError, match=message) as found:
        loads(text, "class.json")
    assert f"line {line}" in str(found.value) and "class.json" in str(found.value)
