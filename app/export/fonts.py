"""Our fonts inside an SVG: only the glyphs that its texts need, as WOFF.

A glyph that is not needed keeps its place but draws nothing, so that no offset in the font
changes; the compression of WOFF then leaves next to nothing of it.
Source: Adobe Technical Note 5176 (CFF) and 5177 (its charstrings), W3C WOFF 1.0.
"""

from __future__ import annotations

import base64
import html
import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from PySide6.QtGui import QRawFont

from app.paths import RESOURCES

FILES = {
    ("Stepformer Sans", 400): "StepformerSans-Regular",
    ("Stepformer Sans", 600): "StepformerSans-SemiBold",
    ("Stepformer Sans", 700): "StepformerSans-Bold",
    ("Stepformer Math", 400): "StepformerMath-Italic",
    ("Stepformer Math", 700): "StepformerMath-BoldItalic",
    ("Stepformer Han", 400): "StepformerHan-Regular",
}
"""The bundled fonts by family and weight."""

_TEXT = re.compile(
    r'<text [^>]*font-family="(?P<families>[^"]*)"[^>]*font-weight="(?P<weight>\d+)"[^>]*>'
    r"(?P<text>[^<]*)</text>"
)
_ENDCHAR, _CHARSTRINGS = 14, 17
_LONG = {28: 2, 29: 4}
"""Whole numbers of a DICT that follow their first byte: how many bytes."""


@dataclass
class Face:
    """A font file, and the characters that are needed of it."""

    family: str
    weight: int
    characters: set[str] = field(default_factory=set)

    @property
    def file(self) -> Path:
        """Where the font lies."""
        return RESOURCES / "fonts" / f"{FILES[self.family, self.weight]}.otf"

    def rule(self) -> str:
        """The font as a rule of CSS."""
        font = QRawFont(str(self.file), 16.0)
        glyphs = set(font.glyphIndexesForString("".join(sorted(self.characters))))
        data = base64.b64encode(woff(blanked(self.file.read_bytes(), glyphs))).decode()
        style = "italic" if "Italic" in FILES[self.family, self.weight] else "normal"
        return (
            f"@font-face{{font-family:'{self.family}';font-weight:{self.weight};"
            f"font-style:{style};src:url(data:font/woff;base64,{data}) format('woff');}}"
        )


def embedded(svg: str) -> str:
    """The SVG with the fonts of its texts inside."""
    faces: dict[tuple[str, int], Face] = {}
    fonts: dict[tuple[str, int], QRawFont] = {}
    for match in _TEXT.finditer(svg):
        families = [name.strip(" '") for name in match["families"].split(",")]
        for character in html.unescape(match["text"]):
            key = _bearer(character, families, int(match["weight"]), fonts)
            if key is not None:
                faces.setdefault(key, Face(*key)).characters.add(character)
    rules = "\n".join(face.rule() for _, face in sorted(faces.items()))
    return svg.replace("<defs>", f'<defs>\n<style type="text/css">\n{rules}\n</style>', 1)


def _bearer(
    character: str, families: list[str], weight: int, fonts: dict[tuple[str, int], QRawFont]
) -> tuple[str, int] | None:
    """The first font that has the character, as Qt and browsers look for it."""
    for family in families:
        weights = [w for name, w in FILES if name == family]
        if not weights:
            continue
        key = (family, min(weights, key=lambda w: abs(w - weight)))
        if key not in fonts:
            fonts[key] = QRawFont(str(Face(*key).file), 16.0)
        if fonts[key].supportsCharacter(ord(character)):
            return key
    return None


def blanked(font: bytes, kept: set[int]) -> bytes:
    """An OpenType font with CFF outlines, of which only some glyphs (and glyph 0) draw."""
    made = bytearray(font)
    at = next(offset for tag, _, offset, _ in tables(font) if tag == b"CFF ")
    start = at + _charstrings(font, at)
    for glyph, (begin, end) in enumerate(_index(font, start)):
        if glyph and glyph not in kept:
            made[begin:end] = bytes([_ENDCHAR]) * (end - begin)
    return bytes(made)


def tables(font: bytes) -> Iterator[tuple[bytes, int, int, int]]:
    """The font's tables: tag, checksum, offset, length."""
    count = struct.unpack(">H", font[4:6])[0]
    for number in range(count):
        yield struct.unpack(">4sIII", font[12 + 16 * number : 28 + 16 * number])


def _index(font: bytes, at: int) -> list[tuple[int, int]]:
    """Where the items of a CFF INDEX begin and end."""
    count = struct.unpack(">H", font[at : at + 2])[0]
    if not count:
        return []
    size = font[at + 2]
    offsets = [
        int.from_bytes(font[at + 3 + size * i : at + 3 + size * (i + 1)], "big")
        for i in range(count + 1)
    ]
    base = at + 2 + size * (count + 1)
    return [(base + a, base + b) for a, b in pairwise(offsets)]


def _charstrings(font: bytes, at: int) -> int:
    """Where the charstrings lie in the CFF table that begins at `at`."""
    names = _index(font, at + font[at + 2])
    begin, end = _index(font, names[-1][1])[0]
    operands: list[int] = []
    while begin < end:
        value, begin = _operand(font, begin)
        if value is not None:
            operands.append(value)
        elif font[begin - 1] == _CHARSTRINGS and font[begin - 2] != 12:
            return operands[-1]
        else:
            operands = []
    raise ValueError("this font has no charstrings")


def _operand(font: bytes, at: int) -> tuple[int | None, int]:
    """A number of a CFF DICT and where the next begins; None for an operator."""
    first = font[at]
    if first in _LONG:
        size = _LONG[first]
        return int.from_bytes(font[at + 1 : at + 1 + size], "big", signed=True), at + 1 + size
    if first == 30:  # a real number ends in a nibble of 15; no offset is one
        while 15 not in (font[at + 1] >> 4, font[at + 1] & 15):
            at += 1
        return 0, at + 2
    if 32 <= first <= 246:
        return first - 139, at + 1
    if 247 <= first <= 254:
        is_positive = first <= 250
        size = ((first - 247) & 3) * 256 + font[at + 1] + 108
        return size if is_positive else -size, at + 2
    return None, at + (2 if first == 12 else 1)


def woff(font: bytes) -> bytes:
    """The font compressed table by table."""
    found = sorted(tables(font))
    entries, packed = [], b""
    at = 44 + 20 * len(found)
    for tag, _, offset, length in found:
        data = font[offset : offset + length]
        small = zlib.compress(data)
        small = small if len(small) < length else data
        entries.append(struct.pack(">4sIIII", tag, at, len(small), length, _checksum(data)))
        padded = small + bytes(-len(small) % 4)
        packed += padded
        at += len(padded)
    whole = 12 + 16 * len(found) + sum(length + -length % 4 for _, _, _, length in found)
    head = struct.pack(">4s4sIHHIHHIIIII", b"wOFF", font[:4], at, len(found), 0, whole, *([0] * 7))
    return head + b"".join(entries) + packed


def _checksum(data: bytes) -> int:
    padded = data + bytes(-len(data) % 4)
    words: tuple[int, ...] = struct.unpack(f">{len(padded) // 4}I", padded)
    return sum(words) & 0xFFFFFFFF
