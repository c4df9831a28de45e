"""The colours of cells: what a number's background is, and which ink can be read on it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from app.palettes import Rgb, Theme

Shades = NDArray[np.uint8]
"""A colour for each cell, shape (n, m, 3): red, green, blue from 0 to 255."""

_STEPS = np.arange(256) / 255.0
_LINEAR = np.where(_STEPS <= 0.04045, _STEPS / 12.92, ((_STEPS + 0.055) / 1.055) ** 2.4)
_WEIGHTS = np.array([0.2126, 0.7152, 0.0722])


def cell_colors(
    data: NDArray[np.float64], theme: Theme, *, is_share: bool
) -> tuple[Shades, NDArray[np.bool_]]:
    """A background for each cell, and whether its ink is the light one."""
    shades = cell_shades(data, theme, is_share=is_share)
    return shades, needs_light_ink(shades)


def reach_of(data: NDArray[np.float64]) -> float:
    """How far from zero the furthest number is that is one."""
    return float(np.abs(data[np.isfinite(data)]).max(initial=0.0))


def cell_shades(
    data: NDArray[np.float64], theme: Theme, *, is_share: bool, reach: float | None = None
) -> Shades:
    """A background for each cell.

    Values lie on a scale that is centred on zero and reaches as far as the data, or to
    `reach`; shares on one from 0 to 1. Cells that are not finite get the colour of zero.
    """
    known = np.where(np.isfinite(data), data, 0.0)
    if is_share:
        low, high = _channels(theme.share_low), _channels(theme.share_high)
        # A share that was set by hand may lie beyond the scale.
        layers = np.clip(low + known * (high - low), 0.0, 255.0)
    else:
        known /= (float(np.abs(known).max(initial=0.0)) if reach is None else reach) or 1.0
        zero, up, down = map(_channels, (theme.zero, theme.positive, theme.negative))
        layers = np.maximum(known, 0.0) * (up - zero)
        layers += np.maximum(-known, 0.0) * (down - zero)
        layers += zero
    shades: Shades = np.rint(layers, out=layers).astype(np.uint8).transpose(1, 2, 0)
    return shades


def slope_shades(data: NDArray[np.float64], theme: Theme, reach: float | None = None) -> Shades:
    """A background for each cell of a gradient: centred on zero, in colours of its own."""
    own = replace(theme, negative=theme.falling, positive=theme.rising)
    return cell_shades(data, own, is_share=False, reach=reach)


def _channels(color: Rgb) -> NDArray[np.float64]:
    """Red, green and blue one upon the other, shape (3, 1, 1)."""
    return np.array(color, dtype=np.float64)[:, None, None]


def luminance(colors: Shades) -> NDArray[np.float64]:
    """Relative luminance of sRGB colours (WCAG 2.1)."""
    found: NDArray[np.float64] = _LINEAR[colors].dot(_WEIGHTS)
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
