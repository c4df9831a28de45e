"""Every text on every ground in every theme can be read: a contrast of 4.5 or more (WCAG AA)."""

from dataclasses import fields
from itertools import combinations, product
from pathlib import Path

import numpy as np
import pytest
from color_vision import SIGHTS, distance, seen
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter

from app.i18n import Language
from app.palettes import THEMES, Theme
from app.shading import cell_colors
from app.style import style_sheet
from app.theme import ZOOMS, Look

LEAST = 4.5
themes = pytest.mark.parametrize("theme", THEMES.values(), ids=lambda t: t.name)


def luminance(rgb: tuple[float, float, float]) -> float:
    """WCAG 2.1's relative luminance, once more: the app must not vouch for itself."""
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (v / 255 for v in rgb)
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: object, two: object) -> float:
    found = [QColor(c).getRgb()[:3] if isinstance(c, str) else c for c in (one, two)]
    shades = [luminance(tuple(float(v) for v in c)) for c in found]
    return (max(shades) + 0.05) / (min(shades) + 0.05)


def test_the_measure_itself():
    assert contrast("#ffffff", "#000000") == pytest.approx(21.0)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@themes
@pytest.mark.parametrize("is_share", [False, True])
def test_numbers_can_be_read_in_every_cell(theme, is_share):
    low = 0.0 if is_share else -1.0
    data = np.linspace(low, 1.0, 2001)[None, :]
    colors, light = cell_colors(data, theme, is_share=is_share)
    found = [
        contrast(color, theme.cell_light if is_light else theme.cell_dark)
        for color, is_light in zip(colors[0], light[0], strict=True)
    ]
    assert min(found) >= LEAST, f"{min(found):.2f} at {data[0, int(np.argmin(found))]:.3f}"


@themes
def test_signs_can_be_read_on_the_plate_of_a_masked_cell(theme):
    _, light = cell_colors(np.zeros((1, 1)), theme, is_share=False)
    ink = theme.cell_light if light[0, 0] else theme.cell_dark
    assert contrast(theme.zero, ink) >= LEAST


def texts(theme: Theme) -> dict[str, str]:
    plain = {name: getattr(theme, name) for name in ("ink", "faint", "accent", "link")}
    return plain | {f"role {role}": color for role, color in theme.roles.items()}


# Where a text of these colours stands; the others are never on such a ground.
GROUNDS = {
    "card": None,
    "window": None,
    "here": None,
    "done": ("ink", "faint"),
    "to_come": ("ink", "faint"),
}


@themes
def test_text_can_be_read_on_every_ground(theme):
    poor = []
    for (name, color), (ground, only) in product(texts(theme).items(), GROUNDS.items()):
        if only is None or name in only:
            found = contrast(color, getattr(theme, ground))
            if found < LEAST:
                poor.append(f"{name} on {ground}: {found:.2f}")
    assert poor == []


@themes
def test_what_is_chosen_can_be_read(theme):
    assert contrast(theme.card, theme.ink) >= LEAST  # the chosen tab
    assert contrast("#14161c", theme.here_line) >= LEAST  # selected text


@themes
def test_lines_that_carry_meaning_can_be_seen(theme):
    """WCAG 1.4.11: 3 or more for outlines that say where one is."""
    for line, ground in product(("accent", "here_line", "outline"), ("card", "window")):
        assert contrast(getattr(theme, line), getattr(theme, ground)) >= 3.0, (line, ground)


@themes
def test_colours_are_colours(theme):
    for field in fields(theme):
        value = getattr(theme, field.name)
        if isinstance(value, str) and field.name != "name":
            assert QColor(value).isValid(), field.name
    assert set(theme.roles) == set(THEMES["light"].roles)


def test_every_role_of_the_engine_has_a_colour():
    from engine import Options, builtin, fresh, run

    roles = {m.role for m in run(builtin("translation")).given.values()}
    for scenario in (builtin("translation"), fresh(Options(layers=2))):
        for step in run(scenario):
            roles |= {m.role for m in (*step.inputs, step.output)}
            roles |= {w.matrix.role for w in step.workings}
    for theme in THEMES.values():
        assert roles - {""} <= set(theme.roles)


@themes
def test_far_values_are_told_apart_without_hue(theme):
    """The scale is centred: zero, half and full differ by lightness, too, on both sides."""
    colors, _ = cell_colors(np.array([[-1.0, -0.5, 0.0, 0.5, 1.0]]), theme, is_share=False)
    light = [seen(c, "full")[0] for c in colors[0]]
    steps = [abs(a - b) for a, b in zip(light[1:3], light[:2], strict=True)]
    steps += [abs(a - b) for a, b in zip(light[3:], light[2:4], strict=True)]
    assert min(steps) > 8.0


def test_cells_that_are_not_finite_do_not_break_the_scale():
    data = np.array([[-np.inf, np.nan, np.inf, 1.0, -2.0]])
    plain, _ = cell_colors(np.array([[0.0, 0.0, 0.0, 1.0, -2.0]]), THEMES["light"], is_share=False)
    found, _ = cell_colors(data, THEMES["light"], is_share=False)
    assert (found == plain).all()


def test_zoom_scales_lengths_and_fonts(stepformer):
    look = Look()
    for zoom in ZOOMS:
        look.set_zoom(zoom)
        assert look.px(10) == round(zoom / 10)
        assert look.font(13).pixelSize() == look.px(13)
    look.set_zoom(1000)
    assert look.zoom == ZOOMS[-1]


def test_figures_are_equally_wide_in_the_bundled_font(stepformer):
    look = Look()
    for bold in (False, True):
        metrics = QFontMetricsF(look.font(20, bold=bold))
        widths = {metrics.horizontalAdvance(c) for c in "0123456789"}
        assert len(widths) == 1, widths


# --- For those who see fewer colours ------------------------------------------------------

sights = pytest.mark.parametrize("sight", SIGHTS)


def test_the_simulation_itself():
    """Published: a green and a red that deuteranopes and protanopes confuse; blue stays blue."""
    red, green = (192, 90, 60), (122, 125, 60)
    assert distance(red, green, "full") > 45
    assert distance(red, green, "deuteranopia") < 20
    assert distance((0, 0, 255), (255, 255, 0), "deuteranopia") > 150
    assert distance((0, 140, 0), (0, 128, 150), "tritanopia") < distance(
        (0, 140, 0), (0, 128, 150), "full"
    )
    for sight in SIGHTS:  # greys are greys to everybody
        assert abs(seen((128, 128, 128), sight)[1:]).max() < 1.0


@themes
@sights
def test_symbols_are_told_apart_by_everybody(theme, sight):
    """No two roles look alike, though no symbol is told by its colour alone."""
    colors = {**theme.roles, "ink": theme.ink}
    near = {
        f"{one} and {two}: {found:.1f}"
        for one, two in combinations(colors, 2)
        if (found := distance(colors[one], colors[two], sight)) < 11.0
    }
    assert not near


@themes
@sights
def test_cells_are_told_apart_by_everybody(theme, sight):
    assert distance(theme.negative, theme.positive, sight) > 60
    assert distance(theme.negative, theme.zero, sight) > 25
    assert distance(theme.positive, theme.zero, sight) > 25
    assert distance(theme.share_low, theme.share_high, sight) > 25
    assert distance(theme.falling, theme.rising, sight) > 60
    assert distance(theme.falling, theme.zero, sight) > 25
    assert distance(theme.rising, theme.zero, sight) > 25


@themes
@sights
def test_done_here_and_to_come_are_told_apart_by_everybody(theme, sight):
    """By ground or by line; the line is dotted besides where one has not been yet."""
    states = {"done": "done_line", "here": "here_line", "to_come": "line"}
    for one, two in combinations(states, 2):
        ground = distance(getattr(theme, one), getattr(theme, two), sight)
        line = distance(getattr(theme, states[one]), getattr(theme, states[two]), sight)
        assert max(ground, line) > 15, (one, two)


@themes
@sights
def test_the_asked_and_the_edited_number_are_framed_differently(theme, sight):
    for one, two in combinations(("accent", "here_line", "ink"), 2):
        assert distance(getattr(theme, one), getattr(theme, two), sight) > 12, (one, two)


def test_high_contrast_is_higher():
    """WCAG AAA: 7 or more, wherever the others have 4.5."""
    theme = THEMES["contrast"]
    for (name, color), (ground, only) in product(texts(theme).items(), GROUNDS.items()):
        if only is None or name in only:
            assert contrast(color, getattr(theme, ground)) >= 7.0, (name, ground)
    for is_share in (False, True):
        data = np.linspace(0.0 if is_share else -1.0, 1.0, 201)[None, :]
        colors, _ = cell_colors(data, theme, is_share=is_share)
        assert min(contrast(c, theme.cell_light) for c in colors[0]) >= 7.0


def test_ticks_and_arrows_are_files_that_are_there(stepformer):
    """A style sheet says nothing of a picture that it does not find."""
    import re

    for name in THEMES:
        look = Look()
        look.set_theme(name)
        found = re.findall(r"url\((.*?)\)", style_sheet(look))
        assert len(set(found)) == 3
        assert all(Path(f).is_file() for f in found)


def ink(font, text: str) -> int:
    """How many dark pixels a text has."""
    image = QImage(400, 60, QImage.Format.Format_Grayscale8)
    image.fill(255)
    painter = QPainter(image)
    painter.setFont(font)
    painter.drawText(5, 40, text)
    painter.end()
    return sum(255 - image.pixelColor(x, y).red() for x in range(400) for y in range(60))


def test_what_stands_out_does_so_in_chinese_too(window):
    """The Han font has one weight: only from Bold on does Qt thicken it."""
    language = window.findChild(Language)
    look, text = window.look, "每一行先居中"
    english = ink(look.font(20, strong=True), text)
    assert english < 1.02 * ink(look.font(20), text)  # why it needs another weight there
    language.use("zh_CN")
    assert ink(look.font(20, strong=True), text) > 1.15 * ink(look.font(20), text)
    assert window.side.isVisible()
    language.use("en")
    assert ink(look.font(20, strong=True), text) == english


def test_small_chinese_is_not_thickened_until_it_smears(stepformer):
    look = Look()
    look.speak("zh_CN")
    assert look.font(12, strong=True).weight() == QFont.Weight.Bold
    assert look.font(11, strong=True).weight() == QFont.Weight.Normal
    look.set_zoom(200)
    assert look.font(11, strong=True).weight() == QFont.Weight.Bold
    look.set_zoom(100)
    look.speak("en")
    assert look.font(11, strong=True).weight() == QFont.Weight.DemiBold
