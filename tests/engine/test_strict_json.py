"""Strict JSON: places are right, and nothing hostile reaches the parser."""

import json
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from engine.errors import InputError, clipped
from engine.strict_json import (
    DEEPEST,
    LONGEST_MESSAGE,
    MOST_LISTS,
    Fault,
    Repeated,
    Spot,
    check_nesting,
    offset,
    parse,
    shortened,
    told,
)

TEXTS = st.text(st.sampled_from('ab"\\/{[]},: \n\u00e9猫🐈\ud800'), max_size=6)
LEAVES = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TEXTS
VALUES = st.recursive(
    LEAVES, lambda v: st.lists(v, max_size=4) | st.dictionaries(TEXTS, v, max_size=4), max_leaves=20
)


def routes(value, route=()):
    yield route, value
    if isinstance(value, dict | list):
        for part, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from routes(inner, (*route, part))


@given(VALUES, st.sampled_from([None, 0, 2]), st.booleans())
def test_a_route_leads_to_its_value(value, indent, is_ascii):
    text = "\n " + json.dumps(value, indent=indent, ensure_ascii=is_ascii)
    assert parse(text).value == value
    for route, inner in routes(value):
        found, _ = json.JSONDecoder().raw_decode(text, offset(text, route))
        assert found == inner
        assert type(found) is type(inner)


def depth(value):
    if isinstance(value, dict | list):
        inner = value.values() if isinstance(value, dict) else value
        return 1 + max(map(depth, inner), default=0)
    return 0


def is_too_deep(text):
    try:
        check_nesting(text)
    except InputError as error:
        return error.code == "too_deep"
    return False


@given(VALUES, st.integers(DEEPEST - 8, DEEPEST + 2))
@example(["\\", "[" * DEEPEST], 1)
@example(['\\"', "[" * DEEPEST, '"'], 1)
def test_depth_is_counted_outside_of_texts_only(value, more):
    text = "[" * more + json.dumps(value) + "]" * more
    assert is_too_deep(text) == (more + depth(value) > DEEPEST)


def hostile(size):
    return {
        "lists": "[" * size,
        "objects": '{"a":' * (size // 5),
        "closed": "]" * size,
        "quotes": '"' * size,
        "backslashes": '"' + "\\" * size,
        "pairs": "[" + "[]," * (size // 3),
        "texts": '["' + "[" * size + '"]',
        "zeros": "[" + "0," * (size // 2),
        "digits": "1" * size,
        "decimals": "0." + "1" * size,
        "exponent": "1e" + "9" * size,
        "spaces": " " * size,
    }


@pytest.mark.parametrize("kind", hostile(0))
def test_nothing_hostile_takes_long(kind):
    text = hostile(4_000_000)[kind]
    began = time.process_time()
    try:
        parse(text)
    except InputError as error:
        assert str(error).isprintable()  # not a dump of 4 MB, so as not to print it
        assert len(str(error)) <= LONGEST_MESSAGE
    assert time.process_time() - began < 10


def test_too_many_lists_are_not_made():
    parse("[" + ",".join(["[]"] * (MOST_LISTS - 1)) + "]")
    with pytest.raises(InputError, match=f"there are {MOST_LISTS + 1} lists"):
        parse("[" + ",".join(["[]"] * MOST_LISTS) + "]")


@pytest.mark.parametrize("digits", ["1" * 5000, "-" + "9" * 400, "1e999", "-1e999"])
def test_numbers_beyond_all_bounds_are_infinite(digits):
    value = parse(f'{{"a": {digits}}}').value["a"]
    assert value == float(digits)
    assert abs(value) == float("inf")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "x.json: this is not JSON: there is nothing in it"),
        (" \n\t", "x.json: this is not JSON: there is nothing in it"),
        ("{\n  oops}", "x.json, line 2, column 3: this is not JSON: "),
        ("[1,\n[2", "; the file may have been cut off"),
        ('["a", -', "; the file may have been cut off"),
        ("[tru", "; the file may have been cut off"),
        ('["猫', "line 1, column 2: this is not JSON: unterminated string"),
        ("[1]\n[2]", "x.json, line 2, column 1: this is not JSON: extra data"),
        ('["a\tb"]', "line 1, column 4: this is not JSON: invalid control character"),
        ("\0\0", "line 1, column 1: this is not JSON: "),
        ("'a'", "line 1, column 1: this is not JSON: "),
    ],
)
def test_what_is_not_json_is_placed(text, message):
    with pytest.raises(InputError) as caught:
        parse(text)
    assert message in str(told(caught.value, text, "x.json"))


def test_a_name_that_stands_twice_is_placed_at_the_last():
    text = '{"a": {"b": 1,\n"c": 2,\n"b": 3,\n"d": 4}}'
    spot = parse(text)["a"]
    assert spot.value == Repeated("b")
    with pytest.raises(Fault) as caught:
        spot.members()
    assert str(told(caught.value, text, "")) == "line 3: a: “b” stands here twice"


def test_a_route_that_ends_early_leads_as_far_as_it_can():
    text = '{"a":\n[1,\n2]}'
    assert text[offset(text, ("a", 1, "b"))] == "2"
    assert text[offset(text, ("a", 2))] == "["
    assert text[offset(text, ("a", "b"))] == "["
    assert text[offset(text, (0,))] == "{"


@given(st.text(max_size=400), st.integers(1, 100))
def test_clipped_is_short_and_printable(text, limit):
    shown = clipped(text, limit)
    assert len(shown) <= limit
    assert shown.isprintable()
    if text.isprintable() and len(text) <= limit:
        assert shown == text


@given(st.text(max_size=400), st.text(max_size=400), st.text(max_size=400), st.text(max_size=400))
def test_told_is_short_and_on_one_line(file, words, name, known):
    fault = Fault("option_unknown", words, (), name=name, known=known)
    for error in (told(fault, "{}", file), shortened(InputError("file_unreadable", reason=name))):
        assert len(str(error)) <= LONGEST_MESSAGE
        assert str(error).isprintable()


def test_a_spot_tells_its_way():
    spot = Spot({"a": [[1, 2]]})["a"].item(0, "row").item(1, "column")
    assert (spot.value, spot.words) == (2, "a, row 1, column 2")
    assert Spot(["x"], words="tokens").item(0).words == "tokens › 1"
