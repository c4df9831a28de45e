"""Parameters under the names that PyTorch's nn.Transformer has for them, and back.

nn.Linear keeps its matrix transposed; attention keeps queries, keys and values of all
heads in one matrix. What nn.Transformer lacks has a name of its own (`source_embedding`,
`target_embedding`, `output`), or the one of its path with dots.
Source: torch.nn.Transformer, torch.nn.MultiheadAttention.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from engine.trace import Array

_SIMPLE = {
    "embedding/source": "source_embedding.weight",
    "embedding/target": "target_embedding.weight",
    "output/W": "output.weight",
    "output/b": "output.bias",
}
_PARTS = {
    "self_attention/W_O": "self_attn.out_proj.weight",
    "self_attention/b_O": "self_attn.out_proj.bias",
    "cross_attention/W_O": "multihead_attn.out_proj.weight",
    "cross_attention/b_O": "multihead_attn.out_proj.bias",
    "feed_forward/W_1": "linear1.weight",
    "feed_forward/b_1": "linear1.bias",
    "feed_forward/W_2": "linear2.weight",
    "feed_forward/b_2": "linear2.bias",
}
_ATTENTION = {"self_attention": "self_attn", "cross_attention": "multihead_attn"}
_LAYER = re.compile(r"(?P<stack>encoder|decoder)/(?P<layer>\d+)/(?P<part>.+)")
_HEAD = re.compile(
    r"(?P<which>self|cross)_attention/head_(?P<head>\d+)/(?P<kind>[Wb])_(?P<of>[QKV])"
)
_NORM = re.compile(r"norm_(?P<number>\d+)/(?P<kind>gamma|beta)")
_LAST = re.compile(r"(?P<stack>encoder|decoder)/norm/(?P<kind>gamma|beta)")
_KIND = {"gamma": "weight", "beta": "bias", "W": "weight", "b": "bias"}


@dataclass(frozen=True)
class Tensor:
    """One array of PyTorch's: our matrices, each transposed (or not), one below the other."""

    name: str
    paths: tuple[str, ...]
    is_transposed: bool = True

    def made(self, params: Mapping[str, Array]) -> Array:
        """PyTorch's array out of ours."""
        return np.concatenate([self._turned(params[path]) for path in self.paths])

    def taken(self, array: Array, params: Mapping[str, Array]) -> dict[str, Array]:
        """Our matrices out of PyTorch's array; `params` tells their shapes."""
        sizes = [self._turned(params[path]).shape[0] for path in self.paths]
        pieces = np.split(array, np.cumsum(sizes)[:-1])
        return {p: self._turned(piece) for p, piece in zip(self.paths, pieces, strict=True)}

    def _turned(self, array: Array) -> Array:
        return array.T if self.is_transposed else array


def plan(params: Mapping[str, Array]) -> list[Tensor]:
    """PyTorch's arrays that hold all these parameters, and which of them each holds."""
    found: dict[str, list[tuple[tuple[int, int], str]]] = {}
    for path in params:
        name, order = _named(path)
        found.setdefault(name, []).append((order, path))
    return [
        Tensor(name, tuple(path for _, path in sorted(paths)), _is_turned(paths[0][1]))
        for name, paths in found.items()
    ]


def _is_turned(path: str) -> bool:
    """Tables of rows, and what PyTorch has no place for, stay as they are."""
    return not path.startswith("embedding/") and _named(path)[0] != path.replace("/", ".")


def _named(path: str) -> tuple[str, tuple[int, int]]:
    """The array that holds a parameter, and where in it: of queries, keys, values, which head."""
    if path in _SIMPLE:
        return _SIMPLE[path], (0, 0)
    if last := _LAST.fullmatch(path):
        return f"{last['stack']}.norm.{_KIND[last['kind']]}", (0, 0)
    layer = _LAYER.fullmatch(path)
    part, order = _in_layer(layer["part"]) if layer else ("", (0, 0))
    if layer is None or not part:
        return path.replace("/", "."), (0, 0)
    return f"{layer['stack']}.layers.{int(layer['layer']) - 1}.{part}", order


def _in_layer(part: str) -> tuple[str, tuple[int, int]]:
    if head := _HEAD.fullmatch(part):
        attention = _ATTENTION[f"{head['which']}_attention"]
        order = ("QKV".index(head["of"]), int(head["head"]))
        return f"{attention}.in_proj_{_KIND[head['kind']]}", order
    if norm := _NORM.fullmatch(part):
        return f"norm{norm['number']}.{_KIND[norm['kind']]}", (0, 0)
    return _PARTS.get(part, ""), (0, 0)
