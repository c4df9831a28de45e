"""What colours look like to those who see fewer of them, and how far two are apart.

Full protanopia, deuteranopia and tritanopia after Machado, Oliveira and Fernandes, "A
Physiologically-based Model for Simulation of Color Vision Deficiency", IEEE TVCG 15 (2009),
table 1 at severity 1.0; the matrices work on linear RGB. Distances are Euclidean in CIE 1976
L*a*b* under D65: about 2.3 can just be noticed side by side.
"""

import numpy as np
from PySide6.QtGui import QColor

SIGHTS = {
    "full": np.eye(3),
    "protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deuteranopia": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "tritanopia": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}

# IEC 61966-2-1, linear sRGB to XYZ; its white is D65.
TO_XYZ = np.array(
    [
        [0.4124564, 0.3575761, 0.1804375],
        [0.2126729, 0.7151522, 0.0721750],
        [0.0193339, 0.1191920, 0.9503041],
    ]
)


def linear(color: object) -> np.ndarray:
    """Linear RGB of a hexadecimal colour or of three numbers from 0 to 255."""
    channels = QColor(color).getRgb()[:3] if isinstance(color, str) else color
    share = np.array(channels, dtype=float) / 255
    return np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)


def lab(light: np.ndarray) -> np.ndarray:
    """CIE L*a*b* of linear RGB."""
    share = (TO_XYZ @ np.clip(light, 0.0, 1.0)) / TO_XYZ.sum(axis=1)
    knee = 6 / 29
    f = np.where(share > knee**3, np.cbrt(share), share / (3 * knee**2) + 4 / 29)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def seen(color: object, sight: str) -> np.ndarray:
    """Where a colour lies in L*a*b* for a kind of sight."""
    return lab(SIGHTS[sight] @ linear(color))


def distance(one: object, two: object, sight: str) -> float:
    """How far two colours are apart for a kind of sight."""
    return float(np.linalg.norm(seen(one, sight) - seen(two, sight)))
