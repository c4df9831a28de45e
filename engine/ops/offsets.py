"""Relative positions: what depends on how far a key stands from its query, and not on where."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from engine.expr import Expr
from engine.form import Code, Dialect, Form
from engine.ops.cells import cell
from engine.trace import Array, Op, Step

Index = NDArray[np.int64]


def offsets(queries: int, keys: int) -> Index:
    """j − i for query i and key j: how many places further right the key stands."""
    found: Index = np.arange(keys)[None, :] - np.arange(queries)[:, None]
    return found


def clipped_offsets(queries: int, keys: int, limit: int) -> Index:
    """Row of a table from −limit to limit for each pair: clip(j − i) + limit.

    Source: Shaw et al. 2018, section 3.2.
    """
    found: Index = np.clip(offsets(queries, keys), -limit, limit) + limit
    return found


def bucket(offset: int, buckets: int, reach: int, is_causal: bool) -> int:
    """The bucket of an offset j − i: near ones have their own, far ones share, ever more.

    Where keys may stand on both sides, each has half of the buckets, those to the right the
    upper half; if `is_causal`, all belong to keys on the left (and to the place itself). Half of a
    side's buckets hold one distance each, the others spans that grow as powers; from `reach`
    on all share the last. Source: Raffel et al. 2020, section 2.1, and their program.
    """
    first, distance = 0, max(-offset, 0)
    if not is_causal:
        buckets //= 2
        first, distance = (buckets if offset > 0 else 0), abs(offset)
    exact = buckets // 2
    if distance < exact:
        return first + distance
    spans = buckets - exact
    # floor(ln(distance/exact) ÷ ln(reach/exact) · spans), in whole numbers: nothing is rounded.
    reached = [s for s in range(spans) if distance**spans * exact**s >= exact**spans * reach**s]
    return first + exact + reached[-1]


def bucketed_offsets(queries: int, keys: int, buckets: int, reach: int, is_causal: bool) -> Index:
    """The bucket of each pair's offset."""
    rows = offsets(queries, keys).tolist()
    return np.array([[bucket(o, buckets, reach, is_causal) for o in row] for row in rows])


def bucket_labels(buckets: int, reach: int, is_causal: bool) -> tuple[str, ...]:
    """Which offsets each bucket holds, such as "−1" or "2…3"; "–" if none falls there."""
    held: dict[int, list[int]] = {}
    for offset in range(-reach, 1 if is_causal else reach + 1):
        held.setdefault(bucket(offset, buckets, reach, is_causal), []).append(offset)
    return tuple(_span(held.get(number, []), reach) for number in range(buckets))


def _span(held: Sequence[int], reach: int) -> str:
    if not held:
        return "–"
    low, high = held[0], held[-1]
    start = "" if low == -reach else signed(low)
    end = "" if high == reach else signed(high)
    return start if low == high and start else f"{start}…{end}"


def signed(offset: int) -> str:
    """An offset with a real sign: "−2", "0", "+1"."""
    return f"+{offset}" if offset > 0 else str(offset).replace("-", "−")


class ByOffset(Op):
    """R_{i, offset}: the number for how far key j stands from query i, laid out by pairs.

    Shapes: (n, offsets), or (1, offsets) where all queries share one row, give (n, m); `index`
    names the column for each pair. Nothing is computed. Source: Shaw et al. 2018, section 3.3;
    Raffel et al. 2020, section 2.1.
    """

    name = "by_offset"
    form = Form("lookup", result="→")

    def __init__(self, index: Index, is_bucketed: bool = False) -> None:
        self.index = index
        self.is_bucketed = is_bucketed

    def forward(self, *inputs: Array) -> Array:
        """Each pair's number."""
        return np.take_along_axis(np.broadcast_to(inputs[0], self._whole(inputs[0])), self.index, 1)

    def _whole(self, table: Array) -> tuple[int, int]:
        return len(self.index), table.shape[1]

    def explain(self, step: Step, row: int, column: int) -> Expr:
        """The number of the pair's offset."""
        is_shared = step.inputs[0].data.shape[0] < len(self.index)
        return cell(step, 0, 0 if is_shared else row, int(self.index[row, column]))

    def backward(
        self, inputs: Sequence[Array], output: Array, gradient: Array
    ) -> tuple[Array | None, ...]:
        """An offset collects from all of its pairs."""
        found = np.zeros(self._whole(inputs[0]))
        np.add.at(found, (np.arange(len(self.index))[:, None], self.index), gradient)
        is_shared = inputs[0].shape[0] < len(self.index)
        return (found.sum(axis=0, keepdims=True) if is_shared else found,)

    def formula(self, symbols: Sequence[str]) -> str:
        r"""R_{i, j-i}, or b_{bucket(j-i)}."""
        place = r"\mathrm{bucket}(j - i)" if self.is_bucketed else r"i,\, j - i"
        return rf"{{{symbols[0]}}}_{{{place}}}"

    def code(self, inputs: Sequence[str], dialect: Dialect) -> Code:
        """R[[[0], [1]], [[2, 3], [1, 2]]], or b[0, [[2, 3], [1, 2]]]."""
        rows = "0" if self.is_bucketed else str([[i] for i in range(len(self.index))])
        return Code(f"{inputs[0]}[{rows}, {self.index.tolist()}]")
