import ast
import math
import timeit
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from app import numbers
from app.numbers import (
    LARGEST,
    MOST_DIGITS,
    BlockRefusal,
    Code,
    Refusal,
    digits_for,
    exact,
    format_block,
    format_matrix,
    format_number,
    format_whole,
    parse_block,
    parse_number,
    widest,
)

ANY = st.floats()
FINITE = st.floats(allow_nan=False, allow_infinity=False)
TYPED = st.floats(min_value=-LARGEST, max_value=LARGEST)
DIGITS = st.integers(0, MOST_DIGITS)
# Where rounding carries into one more place, and its neighbours.
EDGES = st.builds(
    lambda power, below, steps, sign: (
        sign * _neighbour(10.0**power - 0.5 * 10.0 ** (power - below), steps)
    ),
    st.integers(0, 300),
    st.integers(1, 13),
    st.integers(-2, 2),
    st.sampled_from([-1.0, 1.0]),
)
NUMBERS = st.one_of(FINITE, TYPED, EDGES)


def _neighbour(value: float, steps: int) -> float:
    for _ in range(abs(steps)):
        value = math.nextafter(value, math.copysign(math.inf, steps))
    return value


def _ascii(shown: str) -> str:
    return shown.replace("−", "-").replace("∞", "inf")


def _read(shown: str) -> Fraction:
    return Fraction(_ascii(shown))


def _unit(shown: str) -> Fraction:
    """What one more in the last figure shown would be worth."""
    figures, _, exponent = shown.partition("e")
    decimals = len(figures.partition(".")[2])
    return Fraction(10) ** (int(exponent or 0) - decimals)


def _pairs(table: str) -> list[tuple[str, str]]:
    """Two columns of words, so that a table takes a line for many cases."""
    words = table.split()
    return list(zip(words[::2], words[1::2], strict=True))


# --- formatting ---------------------------------------------------------------------------


SHOWN = """
    1 1.00  -1.03 −1.03  0 0.00  -0.0 0.00  -0.001 0.00  -0.0051 −0.01  -10 −10.00
    999.99 999.99  -999.99 −999.99  999.996 1000.0  1234.56 1234.6  12345.6 12346
    -123456.7 −123457  999999.5 1.00e6  1234567.8 1.23e6  -1e9 −1.00e9  9.995e9 1.0e10
    9.96e99 1e100  -1.5e300 −2e300  inf ∞  -inf −∞  nan NaN
"""


@pytest.mark.parametrize(("value", "shown"), _pairs(SHOWN))
def test_a_cell_shows(value: str, shown: str) -> None:
    assert format_number(float(value)) == shown


SHOWN_WITHOUT_DECIMALS = "3 3  -0.4 0  -0.0 0  123456.7 123457  1234567.8 1.23e6  -inf −∞"
SHOWN_WITH_SIX = """
    0.123456 0.123456  -999.123456 −999.123456  9876543210 9876543210  98765432101 9.87654e10
"""


def test_digits_can_be_chosen() -> None:
    for digits, table in ((0, SHOWN_WITHOUT_DECIMALS), (6, SHOWN_WITH_SIX)):
        for value, shown in _pairs(table):
            assert format_number(float(value), digits) == shown


@given(st.one_of(ANY, EDGES), DIGITS)
@example(-999999.5, 2)
@example(-9.995e9, 2)
def test_no_number_is_wider_than_promised(value: float, digits: int) -> None:
    assert len(format_number(value, digits)) <= widest(digits)
    assert widest(2) == 7


@pytest.mark.parametrize("digits", range(MOST_DIGITS + 1))
def test_the_promised_width_is_not_idle(digits: int) -> None:
    candidates = [-999.0, -100000.0, -1.5e9]
    assert max(len(format_number(value, digits)) for value in candidates) == widest(digits)


@given(NUMBERS, DIGITS)
@example(-0.0, 0)
@example(-0.004, 2)
@example(-5e-324, 6)
def test_a_zero_has_no_sign_and_every_other_negative_has_one(value: float, digits: int) -> None:
    shown = format_number(value, digits)
    assert shown.startswith("−") == (_read(shown) < 0)
    assert "-" not in shown
    assert "e0" not in shown
    assert "+" not in shown


@given(NUMBERS, DIGITS)
def test_what_is_shown_is_the_number_rounded_to_the_last_figure(value: float, digits: int) -> None:
    shown = format_number(value, digits)
    assert abs(_read(shown) - Fraction(value)) <= _unit(shown) / 2


@given(st.floats(min_value=-999.0, max_value=999.0), DIGITS)
def test_below_a_thousand_every_decimal_is_shown(value: float, digits: int) -> None:
    assert _unit(format_number(value, digits)) == Fraction(1, 10**digits)


@given(NUMBERS, NUMBERS, DIGITS)
def test_a_larger_number_never_reads_as_a_smaller(one: float, other: float, digits: int) -> None:
    less, more = sorted((one, other))
    assert _read(format_number(less, digits)) <= _read(format_number(more, digits))


@given(EDGES, DIGITS)
def test_neighbours_keep_their_order_where_the_form_changes(value: float, digits: int) -> None:
    above = math.nextafter(value, math.inf)
    assert _read(format_number(value, digits)) <= _read(format_number(above, digits))


@given(NUMBERS, DIGITS)
def test_a_sign_takes_no_figures_away(value: float, digits: int) -> None:
    bare = format_number(abs(value), digits)
    assert format_number(-abs(value), digits).removeprefix("−") == bare


@given(
    arrays(np.float64, array_shapes(min_dims=2, max_dims=2, max_side=6), elements=ANY | EDGES),
    DIGITS,
)
def test_a_matrix_reads_as_its_numbers_do(array: np.ndarray, digits: int) -> None:
    expected = [[format_number(value, digits) for value in row] for row in array.tolist()]
    assert format_matrix(array, digits) == expected


def test_a_matrix_with_everything_in_it() -> None:
    array = np.array([[-0.0, -0.004], [-np.inf, -1e9], [np.nan, 10.0]]).T
    assert format_matrix(array) == [["0.00", "−∞", "NaN"], ["0.00", "−1.00e9", "10.00"]]


def test_a_matrix_at_the_bounds_reads_as_its_numbers_do() -> None:
    for digits in range(MOST_DIGITS + 1):
        bounds = [10.0**power - 0.5 * 10.0**-less for power in range(12) for less in range(-12, 9)]
        expected = [[format_number(value, digits) for value in bounds]]
        assert format_matrix(np.array([bounds]), digits) == expected


@pytest.mark.parametrize("shape", [(0, 3), (2, 0), (0, 0)])
def test_an_empty_matrix_keeps_its_rows(shape: tuple[int, int]) -> None:
    assert format_matrix(np.zeros(shape)) == [[] for _ in range(shape[0])]


def test_a_matrix_of_whole_numbers_needs_no_decimals() -> None:
    whole = np.array([[3.0, -0.0], [9999.0, -9999.0], [np.inf, -np.inf], [np.nan, 1.0]])
    assert digits_for(whole) == 0
    for other in (10000.0, -10000.0, 1.5, 1.0 + 2**-52):
        assert digits_for(np.append(whole, [[other, 1.0]], axis=0), 3) == 3


@given(st.one_of(ANY, st.integers(-20000, 20000).map(float)), DIGITS)
def test_a_number_alone_shows_as_in_a_matrix_of_its_own(value: float, digits: int) -> None:
    array = np.array([[value]])
    assert format_whole(value, digits) == format_matrix(array, digits_for(array, digits))[0][0]


def test_a_whole_number_alone_has_no_decimals() -> None:
    assert [format_whole(value) for value in (3.0, -3.0, 3.5)] == ["3", "−3", "3.50"]


STORED = """
    0.1 0.1  -0.1 −0.1  3 3  -0.0 0  1e-5 1e−5  -1e22 −1e22
    0.3333333333333333 0.3333333333333333  -inf −∞  inf ∞  nan NaN
"""


@pytest.mark.parametrize(("value", "shown"), _pairs(STORED))
def test_the_stored_value_shows(value: str, shown: str) -> None:
    assert exact(float(value)) == shown


@given(FINITE)
@example(-0.0)
@example(5e-324)
def test_the_stored_value_comes_back(value: float) -> None:
    shown = exact(value)
    assert float(_ascii(shown)) == value
    assert len(shown) <= len(repr(value))
    assert "-" not in shown


# --- one number typed ---------------------------------------------------------------------


@given(TYPED)
@example(-0.0)
@example(-1e-300)
@example(-LARGEST)
def test_what_is_shown_exactly_can_be_typed_back(value: float) -> None:
    typed = parse_number(exact(value))
    assert typed == value
    assert parse_number(exact(value).replace(".", ",")) == value
    assert isinstance(typed, float)
    assert value or math.copysign(1, typed) == 1


@given(TYPED, DIGITS)
def test_what_is_shown_rounded_can_be_typed_back(value: float, digits: int) -> None:
    shown = format_number(value, digits)
    typed = parse_number(shown)
    assert isinstance(typed, float)
    slack = Fraction(math.ulp(value))
    assert abs(Fraction(typed) - Fraction(value)) <= _unit(shown) / 2 + slack


READ = """
    0.5 0.5  0,5 0.5  1,234 1.234  .5 0.5  ,5 0.5  1. 1  007 7  +2 2  -3 -3  −3 -3  –3 -3
    \N{NON-BREAKING HYPHEN}3 -3  1e3 1000  1E−3 0.001  2,5e+2 250  1e6 1e6  1e-999 0
    1/4 0.25  -1/4 -0.25  0,5/2 0.25  √4 2  √(4) 2  sqrt(4) 2  SQRT(4) 2  −√9/sqrt(4) -1.5
    1/√4 0.5  １２．５ 12.5  －０，５ -0.5  ＋１ 1  0。5 0.5  ０｡５ 0.5  １／４ 0.25  √（４） 2
    １ｅ２ 100  ﹣3 -3  𝟙𝟚 12  1⁄4 0.25
"""


@pytest.mark.parametrize(("text", "value"), _pairs(READ))
def test_a_typed_number_is_read(text: str, value: str) -> None:
    assert parse_number(text) == float(value)


@pytest.mark.parametrize(
    "text", ["  -0,5\t", "\N{NO-BREAK SPACE}- 1 / 2\N{IDEOGRAPHIC SPACE}", "−sqrt ( 1 )/√ 4"]
)
def test_spaces_stand_around_the_parts(text: str) -> None:
    assert parse_number(text) == -0.5


@pytest.mark.parametrize("text", ["-0", "−0,0", "-0/4", "-1e-999"])
def test_a_typed_zero_has_no_sign(text: str) -> None:
    assert repr(parse_number(text)) == "0.0"


def test_a_third_and_a_root_are_as_near_as_can_be() -> None:
    assert parse_number("1/3") == 1 / 3
    assert parse_number("1/√8") == 1 / math.sqrt(8)


REFUSED = {
    Code.EMPTY: "| \t\N{IDEOGRAPHIC SPACE}",
    Code.NOT_A_NUMBER: "abc|-|.|--1|1-|1,|e5|1e|0x10|nan|1/2/3|1/|1/-2|√-1|√(2|√2)|sqrt2|(2)|2√2"
    "|1/∞|10²|1½|٣|50%",
    Code.AMBIGUOUS: "1,234.5|1.234,5|-1,234,567|1.234.567|1'234|1_000|1，２３４。5|1,234.5/2"
    "|1 234|1\N{NARROW NO-BREAK SPACE}234,5",
    Code.TOO_LARGE: "1000001|1000000,1|-1e7|1e999|1e999/1e999|1/1e-7",
    Code.DIVISION_BY_ZERO: "1/0|0/0,0|1/√0",
    Code.INFINITY: "inf|∞|-∞|−Inf",
}


@pytest.mark.parametrize(
    ("code", "text"),
    [(code, text) for code, texts in REFUSED.items() for text in texts.split("|")],
)
def test_a_refusal_says_why_and_keeps_what_was_typed(code: Code, text: str) -> None:
    assert parse_number(text) == Refusal(code, text)


@pytest.mark.parametrize("text", ["-inf", "−inf", "-∞", "− ∞", "－∞", " -Infinity "])
def test_infinity_is_read_where_it_has_a_meaning(text: str) -> None:
    assert parse_number(text, allow_infinity=True) == -math.inf
    assert parse_number(text.replace(text.strip()[0], "+"), allow_infinity=True) == math.inf
    assert parse_number(text) == Refusal(Code.INFINITY, text)


def test_allowing_infinity_does_not_allow_large_numbers() -> None:
    assert parse_number("1e999", allow_infinity=True) == Refusal(Code.TOO_LARGE, "1e999")


@given(st.one_of(st.text(), st.text("0123456789.,-−+e/√sqrt() ∞inf'_。")), st.booleans())
def test_any_text_gives_a_number_in_range_or_a_refusal(text: str, allow: bool) -> None:
    result = parse_number(text, allow)
    if isinstance(result, Refusal):
        assert result.text == text
        return
    assert abs(result) <= LARGEST or (allow and math.isinf(result))
    assert result or math.copysign(1, result) == 1


@pytest.mark.parametrize("text", ["1" * 100_000, "1," * 50_000, "√" * 50_000, "1/" * 50_000])
def test_a_long_text_is_read_in_no_time(text: str) -> None:
    assert isinstance(parse_number(text), Refusal)
    assert timeit.timeit(lambda: parse_number(text), number=1) < 2.0


# --- a block pasted -----------------------------------------------------------------------


@given(
    arrays(
        np.float64,
        array_shapes(min_dims=2, max_dims=2, max_side=5),
        elements=TYPED | st.sampled_from([-np.inf, np.inf, -0.0]),
    )
)
def test_a_copied_block_comes_back(array: np.ndarray) -> None:
    text = format_block(array)
    assert text.isascii()
    assert "-0\t" not in text + "\t"
    assert parse_block(text, allow_infinity=True) == array.tolist()


def test_a_copied_block_reads_in_a_spreadsheet() -> None:
    array = np.array([[-0.1, 3.0], [1e-7, -np.inf]])
    assert format_block(array) == "-0.1\t3\n1e-7\t-inf"


@pytest.mark.parametrize(
    "text",
    [
        "1\t2,5\n-3\t4",
        "1\t2,5\r\n-3\t4\r\n",
        "1\t2,5\r-3\t4\r",
        " 1 \t 2.5 \n−3\t4\n\n",
        "1;2,5\n-3;4",
        "1；2。5\n－3；4",
        "1; 2,5\n -3 ;4",
        "1 2.5\n-3 4\n",
        "  1   2,5\n-3\N{NO-BREAK SPACE}4",
    ],
)
def test_a_block_is_read_however_it_is_separated(text: str) -> None:
    assert parse_block(text) == [[1.0, 2.5], [-3.0, 4.0]]


def test_a_block_may_be_one_row_one_column_or_one_cell() -> None:
    assert parse_block("1\t2\t3") == [[1.0, 2.0, 3.0]]
    assert parse_block("1\n2\n") == [[1.0], [2.0]]
    assert parse_block("1/4") == [[0.25]]


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("", BlockRefusal(0, 0, Refusal(Code.EMPTY, ""))),
        ("\r\n", BlockRefusal(0, 0, Refusal(Code.EMPTY, ""))),
        ("1\t2\n3\tx", BlockRefusal(1, 1, Refusal(Code.NOT_A_NUMBER, "x"))),
        ("1;2\t3", BlockRefusal(0, 0, Refusal(Code.NOT_A_NUMBER, "1;2"))),
        ("1\t\n3\t4", BlockRefusal(0, 1, Refusal(Code.EMPTY, ""))),
        ("1\n\n3", BlockRefusal(1, 0, Refusal(Code.EMPTY, ""))),
        ("1\t1 234", BlockRefusal(0, 1, Refusal(Code.AMBIGUOUS, "1 234"))),
        ("0 -inf", BlockRefusal(0, 1, Refusal(Code.INFINITY, "-inf"))),
        (
            "1\t2\nx\t4\n5",
            BlockRefusal(2, None, Refusal(Code.RAGGED, "5"), expected=2, found=1),
        ),
        (
            "1 2\n3 4 5\n",
            BlockRefusal(1, None, Refusal(Code.RAGGED, "3 4 5"), expected=2, found=3),
        ),
    ],
)
def test_a_refused_block_says_where(text: str, refusal: BlockRefusal) -> None:
    assert parse_block(text) == refusal


def test_a_mask_may_be_pasted() -> None:
    assert parse_block("0\t-inf\n0\t0", allow_infinity=True) == [[0.0, -math.inf], [0.0, 0.0]]


# --- the house ----------------------------------------------------------------------------


def test_no_sentence_and_no_qt_in_here() -> None:
    tree = ast.parse(Path(numbers.__file__).read_text(encoding="utf-8"))
    imported = {
        name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in [getattr(node, "module", None), *(alias.name for alias in node.names)]
        if name
    }
    assert not {name for name in imported if name.startswith(("PySide6", "app", "engine"))}
    assert all(code == code.value and " " not in code for code in Code)


@pytest.mark.benchmark_suite
@pytest.mark.parametrize("scale", [1.0, 1e5, 1e300])
def test_a_matrix_of_64_by_64_is_formatted_while_painting(scale: float) -> None:
    array = np.random.default_rng(0).normal(size=(64, 64)) * scale
    array[np.triu_indices(64, 1)] = -np.inf
    assert min(timeit.repeat(lambda: format_matrix(array), number=1, repeat=30)) < 0.005
