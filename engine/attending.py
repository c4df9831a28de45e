"""Attention over matrices that somebody brings, as in a notebook."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike

from engine.checks import numbers, written
from engine.errors import InputError, Wording
from engine.models.scoring import scaled_dot_product
from engine.ops import Scale
from engine.tape import Scope, Tape
from engine.trace import Array, Trace, freeze, numbered


def attend(
    Q: ArrayLike,
    K: ArrayLike,
    V: ArrayLike,
    mask: ArrayLike | None = None,
    scale: float | None = None,
) -> Trace:
    """Walk scaled dot-product attention over matrices that somebody brings.

    Shapes: Q (n, d_k), K (m, d_k), V (m, d_v); mask (n, m), or anything that broadcasts
    to it: boolean, where True takes part, or numbers that are added (as in PyTorch's
    scaled_dot_product_attention). scale multiplies the scores; None means 1/√d_k.
    Gives a trace with the steps scores, scaled, masked, weights, mixed.
    Source: Vaswani et al. 2017, equation 1. Raises InputError where shapes don't fit
    or something is not made of numbers.
    """
    q, k, v = (_brought(name, array) for name, array in (("Q", Q), ("K", K), ("V", V)))
    if q.shape[1] != k.shape[1]:
        what = Wording("attend_columns", q=q.shape[1], k=k.shape[1])
        raise InputError("shapes_differ", "K", what=what)
    if k.shape[0] != v.shape[0]:
        what = Wording("attend_rows", k=k.shape[0], v=v.shape[0])
        raise InputError("shapes_differ", "V", what=what)
    tape = Tape({}, {})
    t = Scope(tape, tape.root, "")
    asking, answering = numbered(q.shape[0]), numbered(k.shape[0])
    queries = t.constant("Q", q, asking, numbered(q.shape[1]), "Q", "query")
    keys = t.constant("K", k, answering, numbered(k.shape[1]), "K", "key")
    values = t.constant("V", v, answering, numbered(v.shape[1]), "V", "value")
    added = _added(mask, (q.shape[0], k.shape[0]))
    m = t.constant("mask", added, asking, answering, "M", "mask")
    scaling = Scale(q.shape[1]) if scale is None else Scale(factor=_factor(scale))
    with np.errstate(all="ignore"):
        scaled_dot_product(t, queries, keys, values, m, scaling, "H")
    return tape.finish(None)


def _brought(name: str, array: ArrayLike) -> Array:
    found = numbers(array, name)
    if found.ndim != 2 or 0 in found.shape:
        what = Wording("two_axes", shape=written(found.shape))
        raise InputError("shapes_differ", name, what=what)
    return freeze(found)


def _factor(scale: float) -> float:
    factor = numbers(scale, "scale")
    if factor.ndim:
        what = Wording("one_number", shape=written(factor.shape))
        raise InputError("shapes_differ", "scale", what=what)
    return float(factor)


def _added(mask: ArrayLike | None, shape: tuple[int, int]) -> Array:
    """The mask as numbers to add."""
    if mask is None:
        return np.zeros(shape)
    added = numbers(mask, "mask")
    if np.asarray(mask).dtype == bool:
        added = np.where(added, 0.0, -math.inf)
    try:
        return np.array(np.broadcast_to(added, shape))
    except ValueError:
        what = Wording("shape_wanted", wanted=written(shape), found=written(added.shape))
        raise InputError("shapes_differ", "mask", what=what) from None
