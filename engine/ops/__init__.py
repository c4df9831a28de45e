"""The ops, one file a family. A model imports what it needs from here."""

from engine.ops.elementwise import Add, Mask, PassOn, Relu, Scale, Tanh
from engine.ops.gathering import ColumnsOf, Join, Lookup
from engine.ops.offsets import ByOffset
from engine.ops.pairs import PairScores, PairSum, pair_labels
from engine.ops.products import Product, WeightedSum
from engine.ops.rowwise import CrossEntropy, LayerNorm, Softmax

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
)
"""Every op there is; the tests and the texts go by this list."""

__all__ = [
    "ALL",
    "Add",
    "ByOffset",
    "ColumnsOf",
    "CrossEntropy",
    "Join",
    "LayerNorm",
    "Lookup",
    "Mask",
    "PairScores",
    "PairSum",
    "PassOn",
    "Product",
    "Relu",
    "Scale",
    "Softmax",
    "Tanh",
    "WeightedSum",
    "pair_labels",
]
