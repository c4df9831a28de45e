"""Expression trees: values, reductions, provenance."""

import math

import pytest
from contracts.contract import bits
from contracts.trees import cell, n, trees
from hypothesis import given

from engine.expr import (
    EXP,
    LN,
    MAX,
    MINUS,
    NEGATE,
    OVER,
    PLUS,
    SQRT,
    SQUARE,
    TIMES,
    Apply,
    Named,
    Number,
    as_working,
    cells,
    evaluate,
    greatest,
    is_done,
    met,
    minus,
    next_operation,
    operations,
    over,
    plus,
    reduce_once,
    reduce_round,
    reduce_times,
    round_length,
    times,
)

INF, NAN = math.inf, math.nan


@given(trees())
def test_every_way_to_reduce_ends_at_the_value(tree):
    value, count = evaluate(tree), operations(tree)
    single = tree
    for done in range(count):
        assert not is_done(single)
        assert bits(evaluate(single)) == bits(value)
        assert operations(single) == count - done
        single = reduce_once(single)
    assert is_done(single)
    assert bits(single.value) == bits(value)
    rounds, left = tree, count
    while not is_done(rounds):
        length = round_length(rounds)
        assert length > 0
        rounds, left = reduce_round(rounds), left - length
        assert operations(rounds) == left
    assert bits(rounds.value) == bits(value)
    assert bits(evaluate(reduce_times(tree, count // 2))) == bits(value)


@given(trees())
def test_the_next_operation_is_the_one_that_is_done(tree):
    chosen = next_operation(tree)
    if chosen is None:
        assert is_done(tree)
        return
    assert all(is_done(a) for a in chosen.args)
    assert next_operation(tree) is chosen
    assert operations(reduce_once(tree)) == operations(tree) - 1


@given(trees())
def test_a_tree_is_never_changed(tree):
    before = repr(tree)
    reduce_once(tree)
    reduce_round(tree)
    assert repr(tree) == before


def test_a_leaf_is_done_and_becomes_a_plain_number():
    for leaf in (n(2), cell(2), Named(0, 0, 0, 2.0, plus(n(1), n(1)))):
        assert is_done(leaf)
        assert operations(leaf) == 0
        assert round_length(leaf) == 0
        assert next_operation(leaf) is None
        assert reduce_once(leaf) == Number(2.0)
        assert reduce_round(leaf) == Number(2.0)


def test_innermost_first_from_left_to_right():
    tree = plus(times(n(2), n(3)), times(n(4), n(5)))
    assert reduce_once(tree) == plus(n(6), times(n(4), n(5)))
    assert reduce_times(tree, 2) == plus(n(6), n(20))
    assert reduce_times(tree, 3) == n(26)
    assert reduce_times(tree, 99) == n(26)
    assert operations(tree) == 3


def test_a_sum_is_done_two_at_a_time_and_in_one_round():
    tree = plus(n(1), n(2), n(3), n(4))
    assert operations(tree) == 3
    assert reduce_once(tree) == plus(n(3), n(3), n(4))
    assert round_length(tree) == 3
    assert reduce_round(tree) == n(10)


def test_a_round_does_all_that_can_be_done_at_once():
    tree = over(plus(times(n(1), n(2)), times(n(3), n(4))), Apply(SQRT, (n(4),)))
    assert round_length(tree) == 3
    assert reduce_round(tree) == over(plus(n(2), n(12)), n(2))


def test_a_single_argument_stands_for_itself():
    for build in (plus, times, greatest):
        assert build(n(3)) == n(3)


def test_what_is_named_counts_as_a_number_and_remembers_its_cells():
    mean = Named(0, 1, 0, 2.0, over(plus(cell(1, 0), cell(3, 1)), n(2)))
    tree = minus(cell(5, 2), mean)
    assert operations(tree) == 1
    assert evaluate(tree) == 3.0
    assert [c.column for c in cells(tree)] == [2, 0, 1]
    assert list(met(tree)) == [(0, 1, 0)]
    assert list(met(mean.inner)) == []


def test_a_part_may_come_to_a_number_of_the_workings():
    tree = over(n(6), as_working(plus(n(1), n(2)), 2, 4, 0))
    assert list(met(tree)) == [(2, 4, 0)]
    assert list(met(reduce_once(tree))) == [], "what is done is a number like any other"
    assert as_working(n(3), 2, 4, 0) == n(3)


@pytest.mark.parametrize(
    ("operator", "values", "result"),
    [
        (OVER, (0, 0), NAN),
        (OVER, (1, 0), INF),
        (OVER, (-1, 0), -INF),
        (OVER, (1, -0.0), -INF),
        (OVER, (NAN, 0), NAN),
        (OVER, (INF, INF), NAN),
        (EXP, (-INF,), 0),
        (EXP, (1000,), INF),
        (EXP, (NAN,), NAN),
        (LN, (0,), -INF),
        (LN, (-1,), NAN),
        (LN, (NAN,), NAN),
        (SQRT, (-1,), NAN),
        (MINUS, (-INF, -INF), NAN),
        (PLUS, (1, -INF), -INF),
        (TIMES, (0, INF), NAN),
        (MAX, (NAN, 1), NAN),
        (MAX, (1, NAN), NAN),
        (MAX, (-INF, -2), -2),
        (SQUARE, (-3,), 9),
        (NEGATE, (0,), -0.0),
        (SQRT, (INF,), INF),
    ],
)
def test_infinity_and_nan_are_those_of_numpy(operator, values, result):
    assert bits(evaluate(Apply(operator, tuple(map(n, values))))) == bits(result)


def test_an_operation_has_no_value_before_it_is_done():
    from engine.expr import _value

    with pytest.raises(TypeError):
        _value(plus(n(1), n(2)))
