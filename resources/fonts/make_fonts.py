r"""Makes the bundled fonts out of Inter, STIX Two Math and Noto Sans CJK.

The app brings its own type so that every number stands where the layout put it, on every
machine, and so that Chinese is never boxes. Each font is a subset under a name of our own:
an installed Inter or Noto can then never take its place.

    python make_fonts.py --inter DIRECTORY --stix STIXTwoMath-Regular.ttf \
        --noto NotoSansCJK-Regular.ttc [--out DIRECTORY]

A second run writes the same bytes: the dates are the sources' own.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fontTools import subset
from fontTools.fontBuilder import FontBuilder
from fontTools.misc.transform import Identity, Transform
from fontTools.pens.basePen import AbstractPen
from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.recordingPen import DecomposingRecordingPen, RecordingPen
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.transformPen import TransformPen
from fontTools.svgLib.path import parse_path
from fontTools.ttLib import TTCollection, TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph, GlyphCoordinates

# fontTools makes the attributes of fonts and tables from the file: no checker knows them.
Font = Any
Table = Any
Draw = Callable[[AbstractPen], None]

RELEASE = "Stepformer 1"

# All three families stand on Inter's lines, so that one Chinese word or one symbol in a line
# of English does not move the lines below it. In ems.
ASCENT, DESCENT = 2728 / 2816, 680 / 2816


@dataclass(frozen=True)
class Face:
    """One file to make: its family, style and weight."""

    family: str
    style: str
    weight: int

    @property
    def postscript(self) -> str:
        """The name without spaces, which is also the file's."""
        return f"{self.family}-{self.style}".replace(" ", "")

    @property
    def italic(self) -> bool:
        """Whether the style leans."""
        return "Italic" in self.style

    @property
    def bold(self) -> bool:
        """Whether the style is the bold one of its family."""
        return self.weight == 700


@dataclass(frozen=True)
class Derived:
    """A character the source lacks, drawn from one it has: scaled, then moved."""

    source: str
    scale: float = 1.0
    x: float = 0.0
    y: float = 0.0
    # Part of the source's width; raised letters shrink less than their outline.
    width: float = 1.0

    @property
    def transform(self) -> Transform:
        """Scaling and moving as one."""
        return Identity.translate(self.x, self.y).scale(self.scale)


def _span(*ends: tuple[int, int]) -> set[int]:
    return {code for first, last in ends for code in range(first, last + 1)}


# ---- names and metrics -------------------------------------------------------------------


def _rename(font: Font, source: Font, face: Face) -> None:
    """Gives the font our name; copyright, trademark, makers and licence stay."""
    old = source["name"].getDebugName
    version = f"{old(5)}; {RELEASE}"
    linked = face.style in ("Regular", "Bold", "Italic", "Bold Italic")
    names = {number: old(number) for number in (0, 7, 8, 9, 11, 13, 14)} | {
        1: face.family if linked else f"{face.family} {face.style}",
        2: face.style if linked else "Regular",
        3: f"{version}; {face.postscript}",
        4: f"{face.family} {face.style}",
        5: version,
        6: face.postscript,
        10: f"A modified subset of {old(4)}, for use in Stepformer.",
        16: None if linked else face.family,
        17: None if linked else face.style,
    }
    table = font["name"]
    table.names = []
    for number, text in sorted(names.items()):
        if text:
            table.setName(text, number, 3, 1, 0x409)
    cff = font["CFF "].cff
    cff.fontNames = [face.postscript]
    cff[0].FullName, cff[0].FamilyName = names[4], face.family


def _set_style(font: Font, face: Face) -> None:
    os2 = font["OS/2"]
    plain = not (face.italic or face.bold)
    os2.version = 4
    os2.usWeightClass = face.weight
    # Bit 7 says that lines are measured by the typographic values.
    os2.fsSelection = face.italic | face.bold << 5 | plain << 6 | 1 << 7
    os2.fsType = 0
    font["head"].macStyle = face.bold | face.italic << 1


def _set_lines(font: Font) -> None:
    em = font["head"].unitsPerEm
    up, down = round(ASCENT * em), round(DESCENT * em)
    hhea, os2 = font["hhea"], font["OS/2"]
    hhea.ascent, hhea.descent, hhea.lineGap = up, -down, 0
    os2.sTypoAscender, os2.sTypoDescender, os2.sTypoLineGap = up, -down, 0
    os2.usWinAscent, os2.usWinDescent = up, down


def _subset(font: Font, codes: Iterable[int], features: list[str]) -> None:
    options = subset.Options()
    options.hinting = False
    options.layout_features = features
    options.name_IDs = ["*"]
    options.drop_tables += ["BASE", "VORG", "vhea", "vmtx", "GDEF"]
    if not features:
        options.drop_tables += ["GPOS", "GSUB"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=codes)
    subsetter.subset(font)


def _save(font: Font, source: Font, face: Face, out: Path) -> None:
    _rename(font, source, face)
    _set_style(font, face)
    _set_lines(font)
    path = out / f"{face.postscript}.otf"
    font.save(path)
    print(f"{path.name}: {font['maxp'].numGlyphs} glyphs, {path.stat().st_size:,} bytes")


# ---- drawing -----------------------------------------------------------------------------


def _drawing(font: Font, char: str, transform: Transform = Identity) -> Draw:
    """The outline of a character, taken down now since the glyph may be replaced."""
    glyphs = font.getGlyphSet()
    record = DecomposingRecordingPen(glyphs)
    glyphs[font.getBestCmap()[ord(char)]].draw(TransformPen(record, transform))
    return record.replay


def _left(draw: Draw) -> int:
    pen = BoundsPen(None)
    draw(pen)
    return round(pen.bounds[0]) if pen.bounds else 0


def _put(font: Font, name: str, draw: Draw, width: int) -> None:
    """Puts a glyph into a CFF font, in place of the one of that name or as a new one."""
    top = font["CFF "].cff[0]
    widths = font["hmtx"].metrics  # read before there is one glyph more
    pen = T2CharStringPen(width - top.Private.nominalWidthX, None)
    draw(pen)
    drawn = pen.getCharString(top.Private, top.GlobalSubrs)
    if name not in top.CharStrings:
        index = top.CharStrings.charStringsIndex
        index.append(drawn)
        top.CharStrings.charStrings[name] = len(index) - 1
        top.charset.append(name)
        font.setGlyphOrder(top.charset)
        font["maxp"].numGlyphs += 1
    top.CharStrings[name] = drawn
    widths[name] = (width, _left(draw))


def _map(font: Font, char: str, name: str) -> None:
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap[ord(char)] = name


# ---- Stepformer Sans ---------------------------------------------------------------------

# Each face, and the weight of Inter whose letters are heavy enough to be made small.
SANS_FACES = (
    (Face("Stepformer Sans", "Regular", 400), "SemiBold"),
    (Face("Stepformer Sans", "SemiBold", 600), "Bold"),
    (Face("Stepformer Sans", "Bold", 700), "ExtraBold"),
)

# All that Inter has of Latin, Greek, punctuation, raised and lowered letters, the euro,
# letterlike signs, arrows, operators, keys, circled digits and shapes.
SANS_CODES = _span(
    (0x20, 0x7E), (0xA0, 0x17F), (0x192, 0x192), (0x218, 0x21B), (0x2B0, 0x2B8), (0x2C6, 0x2DD),
    (0x384, 0x3CE), (0x3D1, 0x3D6), (0x3F5, 0x3F5), (0x1D2C, 0x1D6A), (0x2000, 0x2063),
    (0x2070, 0x209C), (0x20AC, 0x20AC), (0x2100, 0x214F), (0x2190, 0x22FF), (0x2300, 0x23CF),
    (0x2423, 0x2423), (0x2460, 0x2468), (0x25A0, 0x25FF), (0x2605, 0x2606), (0x26A0, 0x26A0),
    (0x2713, 0x2717), (0x27F5, 0x27FA), (0x2C7C, 0x2C7C), (0xFEFF, 0xFEFF),
)  # fmt: skip

# Digits and signs of one width, in Bold too: a selected cell turns bold and nothing moves.
# Regular's own widths, of 2816 to the em.
FIGURE, FIGURE_WIDE = 1824, "0123456789+−±×÷=≈≠<>≤≥\u2007"
POINT, POINT_WIDE = 776, ".\u2008"

SANS_DERIVED = {
    "▸": Derived("▶", 0.6, 0, 410, 0.6),
    "◂": Derived("◀", 0.6, 0, 410, 0.6),
    "▾": Derived("▼", 0.6, 0, 410, 0.6),
    "▴": Derived("▲", 0.6, 0, 410, 0.6),
    "⋯": Derived("…", y=636),
    "⋅": Derived("·"),
    "✕": Derived("✗"),
}
# From the heavier weight.
SANS_SMALL = {
    "ᵀ": Derived("T", 0.6, 0, 1060, 0.6),
    "ⱼ": Derived("j", 0.6, 90, -370, 0.9),
}

# The two turning arrows are as wide as Inter's others.
TURN_WIDTH = 2688


def _use_tabular_digits(font: Font) -> None:
    """Maps the digits to the forms that Inter keeps behind its feature `tnum`.

    Not the point and the comma: theirs lack the kerning that prose needs.
    """
    gsub = font["GSUB"].table
    feature = next(r.Feature for r in gsub.FeatureList.FeatureRecord if r.FeatureTag == "tnum")
    lookups = [gsub.LookupList.Lookup[i] for i in feature.LookupListIndex]
    subtables = [getattr(s, "ExtSubTable", s) for lookup in lookups for s in lookup.SubTable]
    tabular = {plain: form for s in subtables for plain, form in s.mapping.items()}
    cmap = font.getBestCmap()
    for char in "0123456789":
        _map(font, char, tabular[cmap[ord(char)]])


def _set_width(font: Font, chars: str, width: int) -> None:
    """Gives characters one width, each in its middle."""
    cmap = font.getBestCmap()
    for char in chars:
        name = cmap[ord(char)]
        shift = (width - font["hmtx"][name][0]) // 2
        _put(font, name, _drawing(font, char, Identity.translate(shift, 0)), width)


def _add(font: Font, char: str, draw: Draw, width: float) -> None:
    name = f"uni{ord(char):04X}"
    _put(font, name, draw, round(width))
    _map(font, char, name)


def _derive(font: Font, source: Font, table: dict[str, Derived]) -> None:
    cmap, widths = source.getBestCmap(), source["hmtx"]
    for char, how in table.items():
        width = how.width * widths[cmap[ord(how.source)]][0]
        _add(font, char, _drawing(source, how.source, how.transform), width)


def _turn_arrow(stroke: float) -> Draw:
    """An arrow back over the top (↶), in the manner of Inter's other arrows."""
    left, right, base, tip, tail, arm = 690.0, 2350.0, 1000.0, 250.0, 560.0, 460.0
    half, k = stroke / 2, stroke / math.sqrt(8)
    outer, inner = (right - left) / 2 + half, (right - left) / 2 - half
    path = (
        f"M{right + half},{tail} V{base} A{outer},{outer} 0 0 1 {left - half},{base} "
        f"V{tip} H{left + half} V{base} A{inner},{inner} 0 0 0 {right - half},{base} V{tail} Z "
        f"M{left - arm - k},{tip + arm - k} L{left},{tip - 2 * k} "
        f"L{left + arm + k},{tip + arm - k} L{left + arm - k},{tip + arm + k} "
        f"L{left},{tip + 2 * k} L{left - arm + k},{tip + arm + k} Z"
    )
    record = RecordingPen()
    parse_path(path, record)
    return record.replay


def _mirrored(draw: Draw, width: int) -> Draw:
    return lambda pen: draw(TransformPen(pen, Transform(-1, 0, 0, 1, width, 0)))


def make_sans(inter: Path, out: Path) -> None:
    """Makes the three weights of Stepformer Sans."""
    for face, heavier in SANS_FACES:
        source = TTFont(inter / f"Inter-{face.style}.otf")
        font = TTFont(inter / f"Inter-{face.style}.otf", recalcTimestamp=False)
        _use_tabular_digits(font)
        _set_width(font, FIGURE_WIDE, FIGURE)
        _set_width(font, POINT_WIDE, POINT)
        _derive(font, source, SANS_DERIVED)
        _derive(font, TTFont(inter / f"Inter-{heavier}.otf"), SANS_SMALL)
        undo = _turn_arrow(font["CFF "].cff[0].Private.StdHW)
        _add(font, "↶", undo, TURN_WIDTH)
        _add(font, "↷", _mirrored(undo, TURN_WIDTH), TURN_WIDTH)
        _subset(font, SANS_CODES, ["kern"])
        _save(font, source, face, out)


# ---- Stepformer Math ---------------------------------------------------------------------

MATH_FACES = (
    Face("Stepformer Math", "Italic", 400),
    Face("Stepformer Math", "Bold Italic", 700),
)

# STIX Two Math is one upright font; its italics are characters of their own, and these are
# mapped to the plain letters (Greek capitals stay upright, as in TeX). So a symbol over a
# matrix is the one of the formula beside it.
MATH_ITALIC = {
    "A": "𝐴𝑨", "a": "𝑎𝒂", "Α": "Α𝚨", "α": "𝛼𝜶", "∂": "𝜕𝝏", "ϵ": "𝜖𝝐", "ϑ": "𝜗𝝑", "ϕ": "𝜙𝝓",
    "ϱ": "𝜚𝝔", "ϖ": "𝜛𝝕",
}  # fmt: skip
MATH_RUNS = {"A": 26, "a": 26, "Α": 25, "α": 25}

# Upright as in formulas: digits, brackets, raised and lowered digits, and these signs.
MATH_SIGNS = (
    "\u00a0¬°±²³·×÷¹‐–—‘’“”†‡•…′″‖\u2002\u2003\u2009\u200a\u202f←↑→↓↔↦⇐⇒⇔ℓℕℝℤ"
    "∀∃∅∆∇∈∉∏∑−∗∘∙√∝∞∣∥∧∨∩∪∫∼≈≠≡≤≥≪≫⊂⊆⊕⊖⊗⊙⊤⊥⋅⋮⋯⋱⌈⌉⌊⌋⟨⟩␣◦"
)
MATH_UPRIGHT = {ord(sign) for sign in MATH_SIGNS} | _span(
    (0x20, 0x40), (0x5B, 0x60), (0x7B, 0x7E), (0x2070, 0x2071), (0x2074, 0x208E)
)

# Heights at which letters and digits end, with their overshoot: small type keeps to them.
MATH_BLUES = [-14, 0, 467, 482, 630, 647, 657, 669, 705, 717]

# What each outline of the bold face gains on every side where STIX has no bold of its own.
MATH_BOLDER = 18

# The f of formulas stands apart from its neighbours, which tears words ("softmax") asunder.
MATH_TIGHT = {"f": (-70, -75)}

MATH_DERIVED = {
    char: Derived(source, 0.68, 8, -165, 0.7)
    for char, source in zip("ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", "aehijklmnoprstuvx", strict=True)
} | {
    char: Derived(source, 0.68, 20, 330, 0.7)
    for char, source in zip("ᵀᵈʰⁱʲᵏᵐⁿᵗˣ", "Tdhijkmntx", strict=True)
}


def _math_sources(bold: bool) -> dict[str, str]:
    """For each character of the font, the character of STIX Two Math to take."""
    sources = {chr(code): chr(code) for code in MATH_UPRIGHT}
    for first, letters in MATH_ITALIC.items():
        for i in range(MATH_RUNS.get(first, 1)):
            sources[chr(ord(first) + i)] = chr(ord(letters[bold]) + i)
    del sources["\u03a2"]  # no character: between rho and sigma STIX keeps another theta
    sources["µ"] = sources["μ"]
    if bold:
        return sources | {str(i): chr(0x1D7CE + i) for i in range(10)}
    return sources | {"h": "ℎ"}


def _bolder(font: Font, char: str) -> Draw:
    """The outline of an upright character with every edge moved outwards."""
    glyf = font["glyf"]
    points, ends, flags = glyf[font.getBestCmap()[ord(char)]].getCoordinates(glyf)
    moved: list[tuple[float, float]] = []
    for first, last in zip([0, *(end + 1 for end in ends)], ends, strict=False):
        moved += _offset([complex(*point) for point in points[first : last + 1]])
    glyph: Table = Glyph()
    glyph.numberOfContours, glyph.endPtsOfContours, glyph.flags = len(ends), ends, flags
    glyph.coordinates = GlyphCoordinates(moved)
    return lambda pen: glyph.draw(pen, glyf)


def _offset(points: list[complex]) -> list[tuple[float, float]]:
    """Moves each point of a contour to the left of its way, which is outside the ink."""
    moved = []
    for i, point in enumerate(points):
        before = next(point - p for p in points[i - 1 :: -1] + points[::-1] if p != point)
        after = next(p - point for p in points[i + 1 :] + points if p != point)
        a, b = 1j * before / abs(before), 1j * after / abs(after)
        corner = 1 + (a * b.conjugate()).real
        away = point + MATH_BOLDER * (a + b) / max(corner, 0.5)
        moved.append((away.real, away.imag))
    return moved


def _math_drawing(font: Font, char: str, source: str, bold: bool) -> tuple[Draw, int]:
    width = font["hmtx"][font.getBestCmap()[ord(source)]][0]
    draw = _bolder(font, source) if bold and char == source else _drawing(font, source)
    left, right = MATH_TIGHT.get(char, (0, 0))
    moved = RecordingPen()
    draw(TransformPen(moved, Identity.translate(left, 0)))
    return moved.replay, width + left + right


def _math_glyphs(font: Font, bold: bool) -> dict[str, tuple[Draw, int]]:
    sources = _math_sources(bold)
    glyphs = {char: _math_drawing(font, char, sources[char], bold) for char in sorted(sources)}
    for char, how in MATH_DERIVED.items():
        draw, width = glyphs[how.source]
        record = RecordingPen()
        draw(TransformPen(record, how.transform))
        glyphs[char] = (record.replay, round(width * how.width))
    return glyphs


def _math_font(source: Font, face: Face) -> Font:
    glyphs = _math_glyphs(source, face.bold)
    names = {char: f"u{ord(char):04X}" for char in glyphs}
    drawings = {".notdef": _math_drawing(source, "□", "□", face.bold)}
    drawings |= {names[char]: glyph for char, glyph in glyphs.items()}
    strings = {}
    for name, (draw, width) in drawings.items():
        pen = T2CharStringPen(width, None)
        draw(pen)
        strings[name] = pen.getCharString()
    builder = FontBuilder(source["head"].unitsPerEm, isTTF=False)
    builder.setupGlyphOrder(list(drawings))
    builder.setupCharacterMap({ord(char): name for char, name in names.items()})
    builder.setupCFF(face.postscript, {}, strings, {"BlueValues": MATH_BLUES})
    builder.setupHorizontalMetrics({n: (w, _left(d)) for n, (d, w) in drawings.items()})
    builder.setupHorizontalHeader()
    old = source["OS/2"]
    builder.setupOS2(sxHeight=old.sxHeight, sCapHeight=old.sCapHeight, ulCodePageRange1=1)
    builder.setupPost(italicAngle=-16, underlinePosition=-78, underlineThickness=51)
    builder.setupNameTable({})
    head, dated = builder.font["head"], source["head"]
    head.created, head.modified = dated.created, dated.modified
    head.fontRevision = dated.fontRevision
    return builder.font


def make_math(stix: Path, out: Path) -> None:
    """Makes the two italics of Stepformer Math."""
    source = TTFont(stix)
    for face in MATH_FACES:
        _save(_math_font(source, face), source, face, out)


# ---- Stepformer Han ----------------------------------------------------------------------

HAN_FACE = Face("Stepformer Han", "Regular", 400)

# What GB 2312 lacks or what its codec maps elsewhere: dashes, the middle dot, zero as a
# character, brackets and forms of full width, and ASCII for the day it is used alone.
HAN_CODES = _span(
    (0x20, 0x7E), (0xA0, 0xA0), (0xA5, 0xA5), (0xB7, 0xB7), (0x2010, 0x2027), (0x2030, 0x203B),
    (0x20AC, 0x20AC), (0x3000, 0x3020), (0xFE30, 0xFE4F), (0xFF00, 0xFF5E), (0xFFE0, 0xFFE5),
)  # fmt: skip


def _gb2312() -> set[int]:
    rows = (bytes((row, cell)) for row in range(0xA1, 0xF8) for cell in range(0xA1, 0xFF))
    return {ord(char) for pair in rows for char in pair.decode("gb2312", errors="ignore")}


def make_han(noto: Path, out: Path) -> None:
    """Makes Stepformer Han from the simplified Chinese face of the collection."""
    faces = TTCollection(noto).fonts
    names = [face["name"].getDebugName(1) for face in faces]
    number = names.index("Noto Sans CJK SC")
    font = TTFont(noto, fontNumber=number, recalcTimestamp=False)
    _subset(font, _gb2312() | HAN_CODES, [])
    _save(font, faces[number], HAN_FACE, out)


def main() -> None:
    """Makes all fonts, as the command line says."""
    parser = argparse.ArgumentParser(description="Make the fonts that Stepformer brings along.")
    parser.add_argument("--inter", type=Path, required=True, help="folder of Inter-*.otf")
    parser.add_argument("--stix", type=Path, required=True, help="STIXTwoMath-Regular.ttf")
    parser.add_argument("--noto", type=Path, required=True, help="NotoSansCJK-Regular.ttc")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent, help="where to write")
    args = parser.parse_args()
    make_sans(args.inter, args.out)
    make_math(args.stix, args.out)
    make_han(args.noto, args.out)


if __name__ == "__main__":
    main()
