"""The safetensors format: named arrays in one file that nothing in it can run.

Eight bytes with the header's length (little-endian), a header in JSON that tells each
tensor's dtype, shape and place, then the numbers as they lie in memory.
Source: https://huggingface.co/docs/safetensors, section Format.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.errors import InputError, Wording, clipped
from engine.strict_json import parse
from engine.trace import Array

NOTES = "__metadata__"
MOST_AXES = 8

Raw = NDArray[np.generic]

_DTYPES = {"F64": "<f8", "F32": "<f4", "F16": "<f2", "BF16": "<u2"}


@dataclass(frozen=True)
class Tensors:
    """Arrays by name, all float64, and the file's notes (text by text)."""

    arrays: Mapping[str, Array]
    notes: Mapping[str, str]


@dataclass(frozen=True)
class _Place:
    """Where a tensor lies among the numbers, and what it is."""

    name: str
    dtype: str
    shape: tuple[int, ...]
    begin: int
    end: int


def dumps(arrays: Mapping[str, Array], notes: Mapping[str, str]) -> bytes:
    """The file: float64, the same bytes for equal arrays."""
    header: dict[str, object] = {NOTES: dict(notes)}
    numbers, at = [], 0
    for name, array in arrays.items():
        data = np.ascontiguousarray(array, dtype="<f8").tobytes()
        offsets = [at, at + len(data)]
        header[name] = {"dtype": "F64", "shape": list(array.shape), "data_offsets": offsets}
        numbers.append(data)
        at += len(data)
    text = json.dumps(header, separators=(",", ":"), ensure_ascii=False).encode()
    text += b" " * (-len(text) % 8)  # so that the numbers begin where a machine word may
    return b"".join([len(text).to_bytes(8, "little"), text, *numbers])


def loads(data: bytes, place: str) -> Tensors:
    """The arrays in a file's bytes; `place` is its name in what may be wrong with it.

    Raises InputError for whatever is not just as the format says: lengths beyond the file,
    tensors that overlap or leave a gap, names that stand twice, dtypes that are no floats.
    """
    try:
        return _read(data)
    except InputError as error:
        raise error.at(place) from None


def _read(data: bytes) -> Tensors:
    length = int.from_bytes(data[:8], "little")
    if len(data) < 8 or length > len(data) - 8:
        raise _wrong("tensors_length")
    try:
        text = data[8 : 8 + length].decode("utf-8")
    except UnicodeDecodeError:
        raise _wrong("tensors_header") from None
    if not text.startswith("{"):
        raise _wrong("tensors_header")
    header = parse(text).members()
    notes = _notes(header.pop(NOTES, {}))
    numbers = data[8 + length :]
    places = [_place(name, entry, len(numbers)) for name, entry in header.items()]
    _refuse_gaps(places, len(numbers))
    return Tensors({p.name: _array(p, numbers) for p in places}, notes)


def _wrong(what: str, place: str = "") -> InputError:
    return InputError("no_safetensors", clipped(place, 80), what=Wording(what))


def _notes(found: object) -> dict[str, str]:
    if not isinstance(found, dict) or not all(isinstance(v, str) for v in found.values()):
        raise _wrong("tensors_notes", NOTES)
    return found


def _place(name: str, entry: object, size: int) -> _Place:
    if not isinstance(entry, dict) or set(entry) != {"dtype", "shape", "data_offsets"}:
        raise _wrong("tensors_entry", name)
    dtype, shape, offsets = entry["dtype"], entry["shape"], entry["data_offsets"]
    if not isinstance(dtype, str) or dtype not in _DTYPES:
        raise InputError("tensor_dtype", clipped(name, 80), found=clipped(str(dtype), 20))
    if not _are_sizes(shape) or len(shape) > MOST_AXES:
        raise _wrong("tensors_shape", name)
    if not _are_sizes(offsets) or len(offsets) != 2:
        raise _wrong("tensors_offsets", name)
    begin, end = offsets
    if not begin <= end <= size:
        raise _wrong("tensors_beyond", name)
    if math.prod(shape) * np.dtype(_DTYPES[dtype]).itemsize != end - begin:
        raise _wrong("tensors_size", name)
    return _Place(name, dtype, tuple(shape), begin, end)


def _are_sizes(found: object) -> bool:
    if not isinstance(found, list):
        return False
    return all(isinstance(n, int) and not isinstance(n, bool) and n >= 0 for n in found)


def _refuse_gaps(places: list[_Place], size: int) -> None:
    """InputError where two tensors share a byte or a byte belongs to none."""
    order = sorted(places, key=lambda p: (p.begin, p.end))
    ends = [0, *(p.end for p in order)]
    for place, before in zip(order, ends, strict=False):
        if place.begin != before:
            what = "tensors_overlap" if place.begin < before else "tensors_gap"
            raise _wrong(what, place.name)
    if ends[-1] != size:
        raise _wrong("tensors_rest")


def _array(place: _Place, numbers: bytes) -> Array:
    raw: Raw = np.frombuffer(numbers[place.begin : place.end], dtype=_DTYPES[place.dtype])
    if place.dtype == "BF16":  # the upper half of a float32
        raw = (raw.astype(np.uint32) << 16).view(np.float32)
    return raw.astype(np.float64).reshape(place.shape)
