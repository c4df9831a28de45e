"""The ops, one file a family. A model imports what it needs from here."""

from engine.ops.elementwise import Add, Mask, PassOn, Relu, Scale
from engine.ops.gathering import Join, Lookup
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
    CrossEntropy,
    PassOn,
)
"""Every op there is; the tests and the texts go by this list."""

__all__ = [
    "ALL",
    "Add",
    "CrossEntropy",
    "Join",
    "LayerNorm",
    "Lookup",
    "Mask",
    "PassOn",
    "Product",
    "Relu",
    "Scale",
    "Softmax",
    "WeightedSum",
]
