"""The plots that a stop may bring, by the names they have in the app's Plot panel."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from engine import cursor as moves
from engine import measures
from engine.trace import Step, Trace


def _has_shares(trace: Trace, path: str) -> bool:
    """Whether the step or its block turns rows of numbers into shares."""
    segment = moves.segment_of(trace, path)
    return any(map(_is_sharing, segment.steps))


def _is_sharing(step: Step) -> bool:
    before, after = step.inputs[0], step.output
    return after.is_share and not before.is_share and before.shape == after.shape


def _has_heads(trace: Trace, _path: str) -> bool:
    return bool(measures.attentions(trace))


def _has_rollout(trace: Trace, _path: str) -> bool:
    return bool(measures.rollouts(trace))


def _has_stream(trace: Trace, _path: str) -> bool:
    return bool(measures.stream(trace))


def _has_slopes(trace: Trace, path: str) -> bool:
    return any(measures.gradient_norms(trace, path, (0, 0)).blocks.values())


def _always(_trace: Trace, _path: str) -> bool:
    return True


PLOTS: Mapping[str, Callable[[Trace, str], bool]] = MappingProxyType(
    {
        "row": _has_shares,
        "heads": _has_heads,
        "rollout": _has_rollout,
        "arcs": _has_heads,
        "entropy": _has_heads,
        "stream": _has_stream,
        "gradient": _has_slopes,
        "costs": _always,
    }
)
"""By name, whether there is something to draw for one who stands at a step."""
