"""Slopes measured by small steps, as an outside opinion on gradients."""

from collections.abc import Callable, Iterator

import numpy as np


def slope(
    function: Callable[[list[np.ndarray]], np.ndarray],
    inputs: list[np.ndarray],
    weights: np.ndarray,
    source: int,
    place: tuple,
) -> float | None:
    """How fast Σ weights · function(inputs) changes with one number of one input.

    None where steps of no length agree with each other beyond the noise of rounding: at a
    kink, or at −∞.
    """
    counts = weights != 0

    def rise(step: float) -> tuple[float, float]:
        """Central difference and its noise; NaN where a step leads out of what is defined."""
        ends = []
        for signed in (step, -step):
            moved = [a.copy() for a in inputs]
            moved[source][place] += signed
            ends.append(function(moved))
        up, down = (end[counts] for end in ends)
        if not np.isfinite(up).all() or not np.isfinite(down).all():
            return np.nan, np.inf
        noise = np.abs(weights[counts] * up).sum() * np.finfo(float).eps / step
        return float((weights[counts] * (up - down)).sum() / (2 * step)), float(noise)

    value = inputs[source][place]
    if not np.isfinite(value):
        return None
    for step in lengths(inputs[source], value):
        (whole, _), (half, _), (quarter, noise) = (rise(step / part) for part in (1, 2, 4))
        # Richardson: the error of two differences cancels in the leading term.
        coarse, fine = (4 * half - whole) / 3, (4 * quarter - half) / 3
        room = 2e-7 * max(abs(coarse), abs(fine), 1e-2)
        if noise <= room and abs(coarse - fine) <= room:
            return fine
    return None


def lengths(array: np.ndarray, value: float) -> Iterator[float]:
    """Steps to try: by the size of its neighbours first, then smaller, then by its own."""
    finite = array[np.isfinite(array)]
    size = max(abs(value), float(np.sqrt((finite**2).mean()))) or 1.0
    for divisor in (1, 8, 64, 512):
        yield 1e-3 * size / divisor
    if value:
        yield 1e-3 * abs(value)
