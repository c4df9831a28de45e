"""Whatever stands in a file, it is read or refused with one short line, and nothing else."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import InputError, Options, fresh, load
from engine.codec import dumps, loads
from engine.strict_json import LONGEST_MESSAGE

WORDS = ("a", "猫")
GOOD = dumps(
    fresh(
        Options(heads=1, d_model=2, d_ff=1),
        source=WORDS,
        target=WORDS,
        expected=WORDS,
        source_vocabulary=WORDS,
        target_vocabulary=WORDS,
    )
).replace('"masks": {}', '"masks": {"encoder/1/self_attention/mask": ["x.", ".x"]}')
CONTENT = json.loads(GOOD)


def fault(read):
    """What is said; empty if all is well. Whatever is not an InputError goes through."""
    try:
        read()
    except InputError as error:
        message = str(error)
        assert len(message) <= LONGEST_MESSAGE
        assert message.isprintable()
        return message
    return ""


LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.sampled_from(["a", "x.", ".", "before", -5, 10**400, 1e300, -1e6])
)
JUNK = st.recursive(
    LEAVES,
    lambda v: st.lists(v, max_size=3) | st.dictionaries(st.text(max_size=3), v, max_size=3),
    max_leaves=10,
)


def routes(value, route=()):
    yield route
    if isinstance(value, dict | list):
        for part, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from routes(inner, (*route, part))


def put(value, route, junk):
    """A copy of the value with junk at the end of the route."""
    if not route:
        return junk
    copy = value.copy()
    copy[route[0]] = put(copy[route[0]], route[1:], junk)
    return copy


@settings(max_examples=300)
@given(st.sampled_from(list(routes(CONTENT))), JUNK)
def test_junk_in_any_place_is_refused_or_read(route, junk):
    fault(lambda: loads(json.dumps(put(CONTENT, route, junk)), "x.json"))


@settings(max_examples=100)
@given(JUNK)
def test_junk_alone_is_refused(junk):
    assert fault(lambda: loads(json.dumps(junk), "x.json"))


@settings(max_examples=100)
@given(st.text() | st.text(st.sampled_from('[]{}",:.-+eE0123456789ntrueflas \\\ud800')))
def test_any_text_is_refused(text):
    assert fault(lambda: loads(text, "x.json"))


DATA = GOOD.encode()
BYTES = st.sampled_from([bytes([b]) for b in b'"{}[],:\\-.eEx0189 \n'])
TOKENS = st.sampled_from([b"NaN", b"-Infinity", b"e999", b"null", b"true", b"\xef\xbb\xbf", b"\0"])
CHANGES = st.lists(
    st.tuples(st.integers(0, len(DATA)), st.integers(0, 3), BYTES | TOKENS | st.binary(max_size=3)),
    min_size=1,
    max_size=3,
)


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    return tmp_path_factory.mktemp("fuzz") / "fuzz.json"


@settings(max_examples=300)
@given(changes=CHANGES)
def test_changed_bytes_are_refused_or_read(file, changes):
    data = DATA
    for at, gone, new in changes:
        data = data[:at] + new + data[at + gone :]
    file.write_bytes(data)
    found = fault(lambda: load(file))
    if found:
        assert found.startswith("fuzz.json")
    else:
        text = dumps(load(file))
        assert dumps(loads(text)) == text
