"""Expression trees, built by hand or drawn."""

from hypothesis import strategies as st

from engine.expr import EXP, MAX, MINUS, NEGATE, OVER, PLUS, SQUARE, TIMES, Apply, Cell, Number

LEAVES = st.one_of(
    st.floats(-4, 4).map(Number),
    st.builds(Cell, st.just("x"), st.integers(0, 3), st.just(0), st.floats(-4, 4), st.just(0)),
)
CHAINS, PAIRS, SINGLES = (PLUS, TIMES, MAX), (MINUS, OVER), (EXP, SQUARE, NEGATE)


def n(value: float) -> Number:
    return Number(float(value))


def cell(value: float, column: int = 0) -> Cell:
    return Cell("x", 0, column, float(value), 0)


def trees(most: int = 12) -> st.SearchStrategy:
    """Any tree that the operators allow; roots and logarithms aside, which forbid values."""
    return st.recursive(
        LEAVES,
        lambda inner: st.one_of(
            st.builds(
                Apply,
                st.sampled_from(CHAINS),
                st.lists(inner, min_size=2, max_size=4).map(tuple),
            ),
            st.builds(Apply, st.sampled_from(PAIRS), st.tuples(inner, inner)),
            st.builds(Apply, st.sampled_from(SINGLES), st.tuples(inner)),
        ),
        max_leaves=most,
    )
