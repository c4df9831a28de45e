"""The colours of cells: what a number's background is, and which ink can be read on it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from app.theme import Theme

Shades = NDArray[np.uint8]
"""A colour for each cell, shape (n, m, 3): red, green, blue from 0 to 255."""


def cell_colors(
    data: NDArray[np.float64], theme: Theme, *, is_share: bool
) -> tuple[Shades, NDArray[np.bool_]]:
    """A background for each cell, and whether its ink is the light one."""
    shades = cell_shades(data, theme, is_share=is_share)
    return shades, needs_light_ink(shades)


def cell_shades(data: NDArray[np.float64], theme: Theme, *, is_share: bool) -> Shades:
    """A background for each cell.

    Values lie on a scale that is centred on zero and reaches as far as the data; shares
    on one from 0 to 1. Cells that are not finite get the colour of zero.
    """
    known = np.where(np.isfinite(data), data, 0.0)
    if is_share:
        start, ways = theme.share_low, [(known, theme.share_high)]
    else:
        known /= float(np.abs(known).max(initial=0.0)) or 1.0
        up, down = np.maximum(known, 0.0), np.maximum(-known, 0.0)
        start, ways = theme.zero, [(up, theme.positive), (down, theme.negative)]
    shades = np.empty((*data.shape, 3), np.uint8)
    for channel, first in enumerate(start):
        shade = np.full(data.shape, float(first))
        for way, end in ways:
            shade += way * float(end[channel] - first)
        np.rint(shade, out=shade)
        # A share that was set by hand may lie beyond the scale.
        shades[..., channel] = shade.clip(0, 255, out=shade) if is_share else shade
    return shades


def luminance(colors: Shades) -> NDArray[np.float64]:
    """Relative luminance of sRGB colours (WCAG 2.1)."""
    c = colors / 255.0
    linear = np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)
    found: NDArray[np.float64] = linear @ np.array([0.2126, 0.7152, 0.0722])
    return found


def needs_light_ink(colors: Shades) -> NDArray[np.bool_]:
    """Whether white stands out more than black; either does by 4.58 or more."""
    light = luminance(colors)
    found: NDArray[np.bool_] = 1.05 / (light + 0.05) > (light + 0.05) / 0.05
    return found


def as_image(shades: Shades) -> QImage:
    """One pixel a number, to be scaled up without smoothing."""
    height, width = shades.shape[:2]
    pixels = np.full((height, width, 4), 255, np.uint8)
    pixels[..., :3] = shades
    image = QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_RGBX8888)
    return image.convertToFormat(QImage.Format.Format_RGB32)  # quick to paint; no longer NumPy's
