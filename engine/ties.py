"""Ties: parameters that are one and the same, as W_K = W_Q."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np

from engine.checks import written
from engine.errors import InputError, nearest
from engine.trace import Array

Ties = Mapping[str, str]
"""By a parameter's path, the path of the one it follows. Settled: that one follows nobody."""

NONE: Ties = MappingProxyType({})


def settled(ties: Ties, params: Mapping[str, Array]) -> Ties:
    """The ties, each straight to the end of its chain.

    Raises InputError at the first that names no parameter, that would tie different
    shapes together, or that leads back to itself.
    """
    for path, other in ties.items():
        for name in (path, other):
            if name not in params:
                raise InputError("tie_unknown", path, name=name, hint=nearest(name, params))
        own, wanted = params[path].shape, params[other].shape
        if own != wanted:
            found = written(own)
            raise InputError("tie_shape", path, other=other, expected=written(wanted), found=found)
    return MappingProxyType({path: root(ties, path) for path in ties})


def root(ties: Ties, path: str) -> str:
    """The end of a parameter's chain; InputError if it leads back to where it starts."""
    chain = [path]
    while (following := ties.get(chain[-1])) is not None:
        if following in chain:
            raise InputError("tie_cycle", path, chain=" → ".join((*chain, following)))
        chain.append(following)
    return chain[-1]


def spread(params: Mapping[str, Array], ties: Ties) -> Mapping[str, Array]:
    """The parameters, each tied one with the numbers of the one it follows."""
    return MappingProxyType({**params, **{path: params[root] for path, root in ties.items()}})


def group(ties: Ties, path: str) -> tuple[str, ...]:
    """All that are one with a parameter, itself among them: the one followed, then the others."""
    root = ties.get(path, path)
    return (root, *(p for p, other in ties.items() if other == root))


def loosened(ties: Ties, path: str) -> Ties:
    """The ties without a parameter; those that followed it stay one with each other."""
    left = [p for p in group(ties, path) if p != path]
    kept = {p: other for p, other in ties.items() if path not in {p, other}}
    if path not in ties:
        kept.update(dict.fromkeys(left[1:], left[0]) if left else {})
    return MappingProxyType(kept)


def fitting(ties: Ties, params: Mapping[str, Array]) -> Ties:
    """Those ties that hold among other parameters: where both are there and of one shape."""
    for path in {*ties, *ties.values()} - set(params):
        ties = loosened(ties, path)
    return MappingProxyType(
        {p: other for p, other in ties.items() if params[p].shape == params[other].shape}
    )


def added_up(found: Mapping[str, Array], ties: Ties) -> dict[str, Array]:
    """Gradients by path, where tied parameters each have the sum of all of theirs.

    What is one number changes in all its places at once, so its slopes add up.
    """
    shared = dict(found)
    for root in dict.fromkeys(ties.values()):
        members = group(ties, root)
        parts = [found[path] for path in members if path in found]
        if parts:
            total: Array = np.sum(parts, axis=0)
            shared.update(dict.fromkeys(members, total))
    return shared
