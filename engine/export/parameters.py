"""Parameters as safetensors: out to PyTorch, and in from a model that was trained elsewhere."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np

from engine.checks import checked_array, written
from engine.disk import read_bytes
from engine.errors import InputError, clipped, nearest
from engine.export.safetensors import Tensors, dumps, loads
from engine.export.selection import Manner, Selection, Work
from engine.export.torch_names import Tensor, plan
from engine.options import Options
from engine.running import run, with_options
from engine.scenario import Scenario
from engine.trace import Array

HEADS, NORM = "stepformer.heads", "stepformer.norm"
"""Notes in a file of ours: what no array tells."""

_FIRST = re.compile(r"(?P<prefix>.*?)(?:encoder|decoder)\.layers\.0\.self_attn\.in_proj_weight")
_LAYERS = re.compile(r"(?P<stack>encoder|decoder)\.layers\.(?P<layer>\d{1,6})\..+")
_NORMS = re.compile(r"(?:.*\.)?norm\d*\.bias")


def safetensors(chosen: Selection, manner: Manner) -> Work:  # noqa: ARG001
    """All parameters, named as in nn.Transformer; InputError for less than everything."""
    scenario = chosen.trace.scenario
    if scenario is None or chosen.path:
        raise InputError("only_whole", chosen.path or chosen.title)
    yield 0
    options = scenario.options
    notes = {"format": "pt", HEADS: str(options.heads), NORM: options.norm}
    return dumps(tensors(scenario.params), notes)


def tensors(params: Mapping[str, Array]) -> dict[str, Array]:
    """PyTorch's arrays; where a model does without biases they are 0, for nn.Transformer
    has them."""
    found = {tensor.name: tensor.made(params) for tensor in plan(params)}
    whole = {}
    for name, array in found.items():
        whole[name] = array
        bias = re.sub(r"(in_proj_|\.)weight$", r"\1bias", name)
        if bias not in found and _LAYERS.fullmatch(bias):
            whole[bias] = np.zeros(array.shape[0])
    return whole


@dataclass(frozen=True)
class Imported:
    """A scenario with the parameters of a file; `kept` are those the file says nothing of."""

    scenario: Scenario
    kept: tuple[str, ...]


def import_parameters(scenario: Scenario, file: Path) -> Imported:
    """The scenario with the parameters of a safetensors file.

    The file tells layers, d_model, d_ff, biases and the final norm; heads and the norm's
    place it tells if it is ours, else they stay the scenario's. Names may have a prefix
    (`transformer.`). A bias that is missing is 0. Raises InputError where a name is not
    known or missing, or a shape does not fit.
    """
    name = clipped(file.name, 48)
    found = loads(read_bytes(file), name)
    try:
        return with_tensors(scenario, found)
    except InputError as error:
        raise error.at(name) from None


def with_tensors(scenario: Scenario, found: Tensors) -> Imported:
    """The scenario with such arrays as its parameters."""
    arrays = _bare(found.arrays)
    options = _options(scenario.options, arrays, found.notes)
    fitted = scenario if options == scenario.options else with_options(scenario, options)
    tensors_by_name = {tensor.name: tensor for tensor in plan(fitted.params)}
    _refuse_unknown(arrays, tensors_by_name)
    params = dict(fitted.params)
    kept: list[str] = []
    for name, tensor in tensors_by_name.items():
        if name in arrays:
            params.update(_fitting(tensor, arrays[name], fitted.params))
        elif name.endswith("bias"):
            params.update({path: np.zeros(params[path].shape) for path in tensor.paths})
        elif "layers." in name:
            shape = written(tensor.made(params).shape)
            raise InputError("tensor_missing", name, expected=shape)
        else:
            kept.extend(tensor.paths)
    whole = {p: checked_array(a, a.shape, p) for p, a in params.items()}
    # The file goes before a tie: where its two numbers differ, they are no longer one.
    ties = {p: root for p, root in fitted.ties.items() if np.array_equal(whole[p], whole[root])}
    changed = replace(fitted, params=MappingProxyType(whole), ties=MappingProxyType(ties))
    run(changed)
    return Imported(changed, tuple(kept))


def _bare(arrays: Mapping[str, Array]) -> dict[str, Array]:
    """The names without what stands before nn.Transformer's own ("transformer.")."""
    prefixes = [m["prefix"] for name in arrays if (m := _FIRST.fullmatch(name))]
    prefix = prefixes[0] if prefixes else ""
    return {name.removeprefix(prefix): array for name, array in arrays.items()}


def _options(options: Options, arrays: Mapping[str, Array], notes: Mapping[str, str]) -> Options:
    """The options that the arrays and the notes tell."""
    changes: dict[str, Any] = {}
    layers = _layers(arrays)
    if layers:
        changes["layers"] = layers
        changes["final_norm"] = any(re.fullmatch(r"\w+\.norm\.weight", name) for name in arrays)
        for name in arrays:
            if name.endswith("layers.0.linear1.weight") and arrays[name].ndim == 2:
                changes["d_ff"], changes["d_model"] = arrays[name].shape
        changes["biases"] = _has_biases(options, arrays)
    if notes.get(HEADS, "").isdecimal():
        changes["heads"] = int(notes[HEADS])
    if NORM in notes:
        changes["norm"] = notes[NORM]
    return options.changed(**changes)


def _layers(arrays: Mapping[str, Array]) -> int:
    """How many layers there are; InputError if the two stacks differ."""
    counts: dict[str, int] = {}
    for name in arrays:
        if match := _LAYERS.fullmatch(name):
            stack = match["stack"]
            counts[stack] = max(counts.get(stack, 0), int(match["layer"]) + 1)
    if len(set(counts.values())) > 1:
        encoder, decoder = counts["encoder"], counts["decoder"]
        raise InputError("stacks_differ", encoder=encoder, decoder=decoder)
    return max(counts.values(), default=0)


def _has_biases(options: Options, arrays: Mapping[str, Array]) -> bool:
    """Biases that are all 0, as we write them for a model without, change no option."""
    biases = [a for n, a in arrays.items() if n.endswith("bias") and not _NORMS.fullmatch(n)]
    return bool(biases) and (options.biases or any(a.any() for a in biases))


def _refuse_unknown(arrays: Mapping[str, Array], known: Mapping[str, Tensor]) -> None:
    for name, array in arrays.items():
        is_idle = name.endswith("bias") and not array.any()  # of a model without biases
        if name not in known and not is_idle:
            raise InputError("tensor_unknown", clipped(name, 80), hint=nearest(name, known))


def _fitting(tensor: Tensor, array: Array, params: Mapping[str, Array]) -> dict[str, Array]:
    expected = tensor.made(params).shape
    if array.shape != expected:
        wanted, found = written(expected), written(array.shape)
        raise InputError("param_shape", tensor.name, expected=wanted, found=found)
    # Copied, for a transposed view would be multiplied in another order of its terms.
    return {path: np.array(a, order="C") for path, a in tensor.taken(array, params).items()}
