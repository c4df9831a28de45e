"""The closed forms of the costs, against the ops' own counts and against small networks."""

import numpy as np
import pytest

from engine import Options, fresh, run
from engine.costs import attention_cost, convolution_cost, recurrent_cost
from engine.ops import Product

LENGTHS = (1, 2, 3, 5, 9)


def walked(options: Options, length: int, prefix: str):
    scenario = fresh(options, 1, source=["cat"] * length)
    return [step for step in run(scenario) if step.path.startswith(prefix)]


def attention(length: int, heads: int, width: int = 6):
    options = Options(heads=heads, d_model=width)
    return walked(options, length, "encoder/1/self_attention/")


def recurrent(length: int, width: int = 6):
    return walked(Options(model="rnn", d_model=width), length, "encoder/time_")


def multiplications(steps) -> int:
    return sum(step.counts.multiplications for step in steps)


def chain(steps) -> int:
    """The longest row of steps of which each reads the one before."""
    depths: dict[str, int] = {}
    for step in steps:
        before = [depths[m.path] for m in step.inputs if m.path in depths]
        depths[step.path] = 1 + max(before, default=0)
    return max(depths.values())


@pytest.mark.parametrize("heads", [1, 2, 3])
@pytest.mark.parametrize("length", LENGTHS)
def test_attention_is_what_its_ops_count(length, heads):
    steps, told = attention(length, heads), attention_cost(length, 6, heads)
    assert told.multiplications == multiplications(steps)
    meeting = [s for s in steps if s.path.rsplit("/", 1)[-1] in {"scores", "mixed"}]
    assert told.between == multiplications(meeting)
    assert told.memory == sum(s.output.data.size for s in steps)


@pytest.mark.parametrize("width", [1, 4])
@pytest.mark.parametrize("length", LENGTHS)
def test_a_recurrent_layer_is_what_its_ops_count(length, width):
    steps, told = recurrent(length, width), recurrent_cost(length, width)
    assert told.multiplications == multiplications(steps)
    meeting = [s for s in steps if s.path.endswith("/from_state")]
    assert told.between == multiplications(meeting)
    assert told.memory == sum(s.output.data.size for s in steps)


@pytest.mark.parametrize(("length", "width", "kernel"), [(1, 1, 2), (4, 3, 3), (7, 2, 5)])
def test_a_convolution_is_a_product_with_the_rows_laid_side_by_side(length, width, kernel):
    rows, weights = np.ones((length, kernel * width)), np.ones((kernel * width, width))
    product = rows @ weights
    told = convolution_cost(length, width, kernel)
    assert told.multiplications == Product().counts([rows, weights], product).multiplications
    assert told.between == told.multiplications
    assert told.memory == product.size


def test_only_the_recurrent_steps_wait_for_one_another():
    waits = [chain(recurrent(n)) for n in (2, 3, 4, 5)]
    more = set(np.diff(waits).tolist())
    assert len(more) == 1
    assert more.pop() > 0
    assert [recurrent_cost(n, 6).sequential for n in (2, 3, 4, 5)] == [2, 3, 4, 5]
    assert len({chain(attention(n, 2)) for n in (2, 3, 4, 5)}) == 1
    assert {attention_cost(n, 6).sequential for n in (2, 3, 4, 5)} == {1}
    assert {convolution_cost(n, 6).sequential for n in (2, 3, 4, 5)} == {1}


def hops(sees: np.ndarray) -> int:
    """After how many rounds of looking the last position has seen the first."""
    reached, count = np.eye(len(sees), dtype=bool), 0
    while not reached[-1, 0]:
        reached, count = reached @ sees, count + 1
    return count


@pytest.mark.parametrize("length", [1, 2, 3, 4, 8, 16, 17])
def test_the_path_is_how_far_apart_the_farthest_are(length):
    offset = np.arange(length)[:, None] - np.arange(length)[None, :]
    assert attention_cost(length, 4).path == hops(np.ones((length, length), dtype=bool))
    assert recurrent_cost(length, 4).path == hops((offset == 0) | (offset == 1))
    for kernel in (2, 3, 5):
        seen = (offset >= 0) & (offset < kernel)
        assert convolution_cost(length, 4, kernel).path == hops(seen)


def test_the_growth_is_that_of_the_paper_s_table():
    """Twice the length: 4 times between for attention, twice for the others (table 1)."""
    for make, factor in ((attention_cost, 4), (recurrent_cost, 2), (convolution_cost, 2)):
        assert make(64, 8).between == factor * make(32, 8).between
    # Twice the width: twice for attention, 4 times for the others.
    for make, factor in ((attention_cost, 2), (recurrent_cost, 4), (convolution_cost, 4)):
        assert make(64, 16).between == factor * make(64, 8).between


def test_attention_is_cheaper_where_sentences_are_short_for_their_width():
    """2 n² d against n d²: the turn is at n = d ÷ 2 between positions."""
    assert attention_cost(31, 64).between < recurrent_cost(31, 64).between
    assert attention_cost(32, 64).between == recurrent_cost(32, 64).between
    assert attention_cost(33, 64).between > recurrent_cost(33, 64).between
