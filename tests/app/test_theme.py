"""Every text on every ground in both themes can be read: a contrast of 4.5 or more (WCAG AA)."""

from dataclasses import fields
from itertools import product

import numpy as np
import pytest
from PySide6.QtGui import QColor, QFontMetricsF

from app.shading import cell_colors
from app.theme import THEMES, ZOOMS, Look, Theme

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
    for line, ground in product(("accent", "here_line"), ("card", "window")):
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
    shades = [luminance(tuple(map(float, c))) for c in colors[0]]
    steps = [abs(a - b) for a, b in zip(shades[1:3], shades[:2], strict=True)]
    steps += [abs(a - b) for a, b in zip(shades[3:], shades[2:4], strict=True)]
    assert min(steps) > 0.02


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
