"""The bundled fonts hold what the app relies on: names, characters and widths."""

from itertools import product
from pathlib import Path

import pytest
from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF, QRawFont

FONTS = Path(__file__).parents[1] / "resources" / "fonts"

# File, family, style, weight, leaning, holder of the copyright.
INTER, STIX, ADOBE = "The Inter Project Authors", "The STIX Fonts Project Authors", "Adobe"
FACES = [
    ("StepformerSans-Regular.otf", "Stepformer Sans", "Regular", 400, False, INTER),
    ("StepformerSans-SemiBold.otf", "Stepformer Sans", "SemiBold", 600, False, INTER),
    ("StepformerSans-Bold.otf", "Stepformer Sans", "Bold", 700, False, INTER),
    ("StepformerMath-Italic.otf", "Stepformer Math", "Italic", 400, True, STIX),
    ("StepformerMath-BoldItalic.otf", "Stepformer Math", "Bold Italic", 700, True, STIX),
    ("StepformerHan-Regular.otf", "Stepformer Han", "Regular", 400, False, ADOBE),
]
FILES = [face[0] for face in FACES]
SANS, MATH, HAN = FILES[:3], FILES[3:5], FILES[5]
WEIGHTS = [400, 600, 700]

ASCII = "".join(map(chr, range(0x20, 0x7F)))
LATIN = "".join(map(chr, [*range(0xA1, 0xAD), *range(0xAE, 0x180)]))
GREEK = "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩαβγδεζηθικλμνξοπρςστυφχψω"
INTERFACE = (
    "−+±×·÷=≠≈<>≤≥√∞∑∏∂∆∫′″…⋯⋅•‘’“”–—‹›«»†‡№™°%‰€"
    "←↑→↓↔↕↖↗↘↙↶↷↩↪↺↻⇐⇒⇔⟵⟶▸▾◂▴▶▼◀▲■□●○◆◇★☆✓✗✕⚠⌘⌥⌃⇧⇪↵⇥⌫⌦⎋⏎␣①②③④⑤⑥⑦⑧⑨"
    "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱᵀ₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ\u00a0\u2007\u2008\u2009\u202f"
)
SYMBOLS = (
    "√ΣΠ−+±·⋅×÷=≠≈<>≤≥≪≫()[]{}|‖∞∑∏∂∇∫∈∉ℝℕℤ∀∃⊙⊕⊗∘∝∼≡⟨⟩⌈⌉⌊⌋⋮⋯⋱…′″←→↑↓↔↦⇐⇒⇔ℓϵϑϕ"
    "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱᵀᵏʲ₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ"
)
GB2312 = "".join(
    bytes(pair).decode("gb2312", errors="ignore")
    for pair in product(range(0xA1, 0xF8), range(0xA1, 0xFF))
)
# The codec gives other dashes and dots than those that people type.
CHINESE = "、。「」『』《》〈〉【】〔〕（）！？：；，．～％＋－＝／０９ＡＺａｚ￥“”‘’—…·〇"


@pytest.fixture(scope="module")
def families(qapp):
    """The families that Qt found in each file, once all are loaded."""
    numbers = {name: QFontDatabase.addApplicationFont(str(FONTS / name)) for name in FILES}
    return {name: QFontDatabase.applicationFontFamilies(n) for name, n in numbers.items()}


def raw(name: str, size: float = 16) -> QRawFont:
    font = QRawFont(str(FONTS / name), size, QFont.HintingPreference.PreferNoHinting)
    assert font.isValid()
    return font


def missing(font: QRawFont, wanted: str) -> str:
    return "".join(char for char in wanted if not font.supportsCharacter(ord(char)))


def widths(font: QRawFont, chars: str) -> set[float]:
    advances = font.advancesForGlyphIndexes(font.glyphIndexesForString(chars))
    return {round(point.x(), 3) for point in advances}


def weight_class(font: QRawFont) -> int:
    """The weight that the font itself states; Qt's own is a guess for a single file."""
    return int.from_bytes(font.fontTable("OS/2").data()[4:6], "big")


def metrics(family: str, weight: int = 400) -> QFontMetricsF:
    font = QFont(family)
    font.setPixelSize(100)
    font.setWeight(QFont.Weight(weight))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return QFontMetricsF(font)


def test_no_other_font_lies_there_and_all_are_small():
    files = sorted(FONTS.glob("*.[ot]t[fc]"))
    assert [path.name for path in files] == sorted(FILES)
    assert sum(path.stat().st_size for path in files) < 3_000_000
    assert (FONTS / HAN).stat().st_size < 2_000_000


@pytest.mark.parametrize(("name", "family", "style", "weight", "leans", "holder"), FACES)
def test_a_file_has_its_family_style_and_holder(
    families, name, family, style, weight, leans, holder
):
    assert family in families[name]
    assert style in QFontDatabase.styles(family)
    font = raw(name)
    assert font.familyName() == family
    assert weight_class(font) == weight
    assert (font.style() == QFont.Style.StyleItalic) == leans
    assert holder.encode("utf-16-be") in font.fontTable("name").data()


@pytest.mark.parametrize("weight", WEIGHTS)
def test_each_weight_is_found_by_its_family(families, weight):
    font = QFont("Stepformer Sans")
    font.setWeight(QFont.Weight(weight))
    found = QRawFont.fromFont(font)
    assert (found.familyName(), weight_class(found)) == ("Stepformer Sans", weight)


@pytest.mark.parametrize("name", SANS)
def test_sans_covers_the_interface(name, qapp):
    assert missing(raw(name), ASCII + LATIN.replace("ŉ", "") + GREEK + INTERFACE) == ""


@pytest.mark.parametrize("name", MATH)
def test_math_covers_symbols_and_words(name, qapp):
    assert missing(raw(name), ASCII + GREEK + SYMBOLS) == ""


def test_han_covers_gb2312_and_chinese_punctuation(qapp):
    assert len(GB2312) == 7445
    assert missing(raw(HAN), GB2312 + CHINESE + ASCII) == ""


def test_digits_and_operators_have_one_width_in_all_weights(qapp):
    found = [widths(raw(name, 2816), "0123456789−+±×÷=≠≈<>≤≥\u2007") for name in SANS]
    assert found == [{1824}] * 3


def test_the_point_has_one_width_in_all_weights(qapp):
    assert [widths(raw(name, 2816), ".\u2008") for name in SANS] == [{776}] * 3


def test_shaping_moves_no_digit(families):
    numbers = [f"−{a}.{b}{a}" for a in "0123456789" for b in "0123456789"]
    found = {
        round(metrics("Stepformer Sans", weight).horizontalAdvance(number), 2)
        for weight in WEIGHTS
        for number in numbers
    }
    assert len(found) == 1


@pytest.mark.parametrize("weight", WEIGHTS)
def test_prose_is_kerned(families, weight):
    measure = metrics("Stepformer Sans", weight).horizontalAdvance
    for pair in ("AV", "To", "r,", "y."):
        assert measure(pair) < measure(pair[0]) + measure(pair[1]) - 1


def test_all_families_stand_on_the_same_lines(families):
    found = [metrics(family) for family in ("Stepformer Sans", "Stepformer Math", "Stepformer Han")]
    assert [m.ascent() for m in found] == pytest.approx([96.9] * 3, abs=0.1)
    assert [m.descent() for m in found] == pytest.approx([24.1] * 3, abs=0.1)
    assert [m.leading() for m in found] == [0] * 3


def test_han_is_square(qapp):
    assert widths(raw(HAN, 1000), "注意力，ＡＢ") == {1000}


@pytest.mark.parametrize(
    ("name", "holder"), [("Inter", INTER), ("STIX", STIX), ("Noto", ADOBE), ("STIX", "MicroPress")]
)
def test_a_licence_lies_beside_and_names_its_holder(name, holder):
    text = (FONTS / f"OFL-{name}.txt").read_text(encoding="utf-8")
    head, licence = text.split("SIL OPEN FONT LICENSE Version 1.1 - 26 February 2007")
    assert holder in head and "opyright" in head
    assert "PERMISSION & CONDITIONS" in licence and "DISCLAIMER" in licence


# --- Every text that is shown ---------------------------------------------------------------

RESOURCES = FONTS.parent
TEXTS = sorted(
    path
    for path in RESOURCES.rglob("*")
    if path.suffix in {".toml", ".ts", ".md", ".json"} and path.parent != FONTS
)


def test_the_texts_are_found():
    kinds = {(path.parts[len(RESOURCES.parts)], path.suffix) for path in TEXTS}
    wanted = {("steps", ".toml"), ("errors", ".toml"), ("i18n", ".ts"), ("scenarios", ".json")}
    assert wanted <= kinds


@pytest.mark.parametrize("path", TEXTS, ids=lambda p: str(p.relative_to(RESOURCES)))
def test_every_character_of_every_text_is_in_a_font(path, qapp):
    """In the weight it may be shown in: what is not in Sans is in Math or Han."""
    shown = {char for char in path.read_text("utf-8") if char.isprintable()}
    for sans in SANS:
        left = missing(raw(sans), "".join(sorted(shown)))
        left = missing(raw(MATH[0]), left)
        assert missing(raw(HAN), left) == ""


def test_a_character_that_no_font_has_would_be_seen(qapp):
    assert missing(raw(HAN), "力龘😀") == "龘😀"
