"""The ops, one file a family. A model imports what it needs from here."""

from engine.ops.elementwise import Add, Mask, PassOn, Relu, Scale, Tanh
from engine.ops.gathering import ColumnsOf, Join, Lookup
from engine.ops.offsets import ByOffset
from engine.ops.pairs import PairScores, PairSum, pair_labels
from engine.ops.products import Product, WeightedSum
from engine.ops.rows import PickRow, RelativeShift, StackRows
from engine.ops.rowwise import CrossEntropy, LayerNorm, Softmax
from engine.ops.stopping import Dropout, StopGradient
from engine.ops.sums import AddAll

ALL: tuple[type, ...] = (
    Lookup,
    Add,
    Product,
    Scale,
    Mask,
    Softmax,
    WeightedSum,
    Join,
    LayerNorm,
    Relu,
    Tanh,
    PairSum,
    PairScores,
    ByOffset,
    ColumnsOf,
    CrossEntropy,
    PassOn,
    AddAll,
    PickRow,
    StackRows,
    RelativeShift,
    StopGradient,
    Dropout,
)
"""Every op there is; the tests and the texts go by this list."""

__all__ = [
    "ALL",
    "Add",
    "AddAll",
    "ByOffset",
    "ColumnsOf",
    "CrossEntropy",
    "Dropout",
    "Join",
    "LayerNorm",
    "Lookup",
    "Mask",
    "PairScores",
    "PairSum",
    "PassOn",
    "PickRow",
    "Product",
    "RelativeShift",
    "Relu",
    "Scale",
    "Softmax",
    "StackRows",
    "StopGradient",
    "Tanh",
    "WeightedSum",
    "pair_labels",
]
