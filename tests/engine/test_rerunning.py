"""A run after an edit is the run from the beginning, to the last bit, of every model."""

import numpy as np
import pytest
from contracts.draws import any_options, scenarios
from contracts.runs import assert_same, edited
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import InputError, builtin, rerun, run
from engine.pinned import Pinned

W_Q = "encoder/1/self_attention/head_2/W_Q"


@settings(max_examples=60)
@given(st.data())
def test_it_is_the_same_run(data):
    before = data.draw(scenarios(any_options(), pinned=True))
    after = edited(before, data.draw(st.integers(0, 999)))
    again = rerun(run(before), after)
    assert again.scenario is after
    assert_same(again, run(after))


def test_what_reads_nothing_new_is_the_very_same():
    before = builtin("translation")
    earlier = run(before)
    again = rerun(earlier, before.with_param(W_Q, before.params[W_Q] + 1.0))
    first = list(earlier.steps).index("encoder/1/self_attention/head_2/Q")
    for place, path in enumerate(earlier.steps):
        is_other_head = "encoder/1/self_attention/head_1" in path
        is_kept = place < first or is_other_head or path == W_Q.replace("W_Q", "K")
        if is_kept or path.startswith(("target", "decoder/1/self_attention")):
            assert again[path] is earlier[path], path
    assert again["encoder/1/self_attention/head_2/Q"] is not earlier[W_Q.replace("W_Q", "Q")]
    assert again["output/probabilities"] is not earlier["output/probabilities"]
    assert again.root.blocks[0] is earlier.root.blocks[0]  # the source's embedding


def test_a_pin_is_set_moved_and_taken_off():
    plain = builtin("translation")
    path = "decoder/1/cross_attention/head_1/scores"
    trace = run(plain)
    for value in (9.0, -3.0, None):
        plain = plain.with_pin(path, 1, 1, value)
        trace = rerun(trace, plain)
        assert_same(trace, run(plain))
    assert not isinstance(trace[path].op, Pinned)


@pytest.mark.parametrize(
    "change",
    [
        lambda s: s.with_tokens(("we", "like", "dogs")),
        lambda s: s.with_mask(run(s).given["encoder/1/self_attention/mask"], np.eye(4) > 0),
    ],
    ids=["words", "mask"],
)
def test_what_changes_more_than_numbers_is_run_from_the_beginning(change):
    before = builtin("translation")
    after = change(before)
    assert_same(rerun(run(before), after), run(after))


def test_it_refuses_what_a_run_refuses():
    before = builtin("translation")
    earlier = run(before)
    with pytest.raises(InputError, match="nothing/here"):
        rerun(earlier, before.with_pin("nothing/here", 0, 0, 1.0))
    with pytest.raises(InputError, match="row 10"):
        rerun(earlier, before.with_pin("source/embedded", 9, 0, 1.0))
