"""The format: what we write is what it says, and nothing else is read."""

import json
import struct

import numpy as np
import pytest
from contracts.refusals import refused
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.export.safetensors import dumps, loads


def packed(header: object, numbers: bytes = b"", length: int | None = None) -> bytes:
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    return struct.pack("<Q", len(text) if length is None else length) + text + numbers


def entry(dtype="F64", shape=(1,), begin=0, end=8, **more) -> dict:
    return {"dtype": dtype, "shape": list(shape), "data_offsets": [begin, end], **more}


def test_bytes_are_as_the_format_says():
    data = dumps({"a": np.array([[1.5, -2.0]]), "b": np.array(3.0)}, {"format": "pt"})
    length = struct.unpack("<Q", data[:8])[0]
    assert length % 8 == 0
    assert json.loads(data[8 : 8 + length]) == {
        "__metadata__": {"format": "pt"},
        "a": {"dtype": "F64", "shape": [1, 2], "data_offsets": [0, 16]},
        "b": {"dtype": "F64", "shape": [], "data_offsets": [16, 24]},
    }
    assert data[8 + length :] == struct.pack("<3d", 1.5, -2.0, 3.0)


arrays = st.lists(st.floats(allow_nan=False), max_size=6).map(np.array)


@settings(max_examples=25)
@given(st.dictionaries(st.text(max_size=5).filter(lambda n: n != "__metadata__"), arrays))
def test_what_is_written_is_read_back(given_):
    found = loads(dumps(given_, {}), "file")
    assert list(found.arrays) == list(given_)
    for name, array in given_.items():
        np.testing.assert_array_equal(found.arrays[name], array.astype(np.float64), strict=True)


def test_a_transposed_view_is_written_in_its_own_order():
    array = np.arange(6.0).reshape(2, 3).T
    np.testing.assert_array_equal(loads(dumps({"a": array}, {}), "file").arrays["a"], array)


@pytest.mark.parametrize(
    ("dtype", "numbers"),
    [
        ("F64", struct.pack("<2d", 0.5, -3.0)),
        ("F32", struct.pack("<2f", 0.5, -3.0)),
        ("F16", struct.pack("<2e", 0.5, -3.0)),
        ("BF16", struct.pack("<2H", 0x3F00, 0xC040)),
    ],
)
def test_floats_of_every_size_are_read(dtype, numbers):
    found = loads(packed({"x": entry(dtype, (2,), 0, len(numbers))}, numbers), "file")
    np.testing.assert_array_equal(found.arrays["x"], [0.5, -3.0], strict=True)


def test_notes_and_spaces():
    data = packed(b'{"__metadata__": {"heads": "2"}}      ')
    assert loads(data, "file").notes == {"heads": "2"}


EIGHT = bytes(8)
HOSTILE = {
    "nothing": b"",
    "seven bytes": bytes(7),
    "a header longer than the file": packed({}, length=10**6),
    "a header as long as can be": b"\xff" * 8 + b"{}",
    "no text": packed(b"\xff\xfe\xfd"),
    "a byte order mark": packed(b"\xef\xbb\xbf{}"),
    "no JSON": packed(b"{'a': 1}"),
    "a list": packed([1]),
    "spaces first": packed(b" {}"),
    "too deep": packed(b'{"a": ' + b"[" * 5000 + b"]" * 5000 + b"}"),
    "a name twice": packed(b'{"a": {}, "a": {}}'),
    "notes that are no texts": packed({"__metadata__": {"a": 1}}),
    "notes that are a list": packed({"__metadata__": []}),
    "an entry that is a number": packed({"a": 1}),
    "an entry with less": packed({"a": {"dtype": "F64", "shape": [1]}}, EIGHT),
    "an entry with more": packed({"a": entry(extra=1)}, EIGHT),
    "a part of an entry twice": packed(
        b'{"a": {"dtype": "F64", "dtype": "F64", "shape": [1], "data_offsets": [0, 8]}}', EIGHT
    ),
    "a dtype that is a number": packed({"a": entry(dtype=8)}, EIGHT),
    "a dtype that is a list": packed({"a": entry(dtype=["F64"])}, EIGHT),
    "whole numbers": packed({"a": entry(dtype="I64")}, EIGHT),
    "a negative side": packed({"a": entry(shape=(-1, -1))}, EIGHT),
    "a broken side": packed({"a": entry(shape=(1.0,))}, EIGHT),
    "a side that is true": packed({"a": entry(shape=(True,))}, EIGHT),
    "a shape that is a text": packed({"a": {**entry(), "shape": "1"}}, EIGHT),
    "very many sides": packed({"a": entry(shape=(1,) * 9)}, EIGHT),
    "sides beyond any memory": packed({"a": entry(shape=(2**62, 2**62))}, EIGHT),
    "a side of 400 figures": packed(
        b'{"a": {"dtype": "F64", "shape": [' + b"9" * 400 + b'], "data_offsets": [0, 8]}}', EIGHT
    ),
    "a side that is not a number": packed(
        b'{"a": {"dtype": "F64", "shape": [NaN], "data_offsets": [0, 8]}}', EIGHT
    ),
    "offsets beyond the end": packed({"a": entry(begin=8, end=16)}, EIGHT),
    "offsets the wrong way": packed({"a": entry(begin=8, end=0)}, EIGHT),
    "negative offsets": packed({"a": entry(begin=-8, end=0)}, EIGHT),
    "one offset": packed({"a": {**entry(), "data_offsets": [0]}}, EIGHT),
    "offsets that are true": packed({"a": {**entry(), "data_offsets": [False, 8]}}, EIGHT),
    "more bytes than the shape": packed({"a": entry(end=16)}, bytes(16)),
    "fewer bytes than the shape": packed({"a": entry(shape=(2,))}, EIGHT),
    "two in one place": packed({"a": entry(), "b": entry()}, EIGHT),
    "one half over another": packed(
        {"a": entry(shape=(2,), end=16), "b": entry(shape=(2,), begin=8, end=24)}, bytes(24)
    ),
    "a gap": packed({"a": entry(), "b": entry(begin=16, end=24)}, bytes(24)),
    "a gap at the beginning": packed({"a": entry(begin=8, end=16)}, bytes(16)),
    "bytes at the end": packed({"a": entry()}, bytes(9)),
}
CODES = ("no_safetensors", "tensor_dtype", "not_json", "too_deep", "duplicate", "field_type")


@pytest.mark.parametrize("data", HOSTILE.values(), ids=list(HOSTILE))
def test_all_else_is_refused_with_the_files_name(data):
    error = refused(lambda: loads(data, "some.safetensors"), *CODES)
    assert error.place.startswith("some.safetensors")


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data):
    for given_ in (data, packed(data), packed({"a": entry()}, data)):
        try:
            loads(given_, "file")
        except Exception as error:
            assert type(error).__name__ in {"InputError", "Fault"}, error


@given(st.data())
def test_a_file_damaged_anywhere_is_read_or_refused(data):
    whole = bytearray(dumps({"a": np.ones((2, 2)), "b": np.zeros(3)}, {"format": "pt"}))
    at = data.draw(st.integers(0, len(whole) - 1))
    whole[at] = data.draw(st.integers(0, 255))
    try:
        found = loads(bytes(whole), "file")
    except Exception as error:
        assert type(error).__name__ in {"InputError", "Fault"}, error
    else:
        assert sum(a.size for a in found.arrays.values()) == 7


def test_a_tensor_of_nothing():
    found = loads(packed({"a": entry(shape=(0, 4), end=0), "b": entry()}, EIGHT), "file")
    assert found.arrays["a"].shape == (0, 4)
