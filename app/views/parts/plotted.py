"""What the plots draw: charts made of a run, wherever in it one stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from PySide6.QtCore import QCoreApplication

from app.seen import Goal, Seen
from app.symbols import plain
from app.texts import Texts
from app.views.parts.charts import Arcs, Bars, Chart, Heat, Lines, Series
from engine import Array, Step, costs, measures, moves

ROLES = ("query", "key", "value", "weight", "position", "embedding")
"""Colours for series that have none of their own, in this order."""

LENGTHS = (1, 2, 4, 8, 16, 32, 64)


# --- Shares ------------------------------------------------------------------------------


def row(seen: Seen, texts: Texts) -> Sequence[Chart]:
    """The row asked, before and after: of this step, or of the block's last one with shares."""
    step = _sharing(seen)
    if step is None:
        return ()
    before, after = step.inputs[0], step.output
    row = min(seen.number.row, after.shape[0] - 1)
    column = min(seen.number.column, after.shape[1] - 1)
    name = after.rows[row]
    return [
        Bars(
            f"{texts.matrix_name(matrix)} {plain(matrix.symbol)} ({name})",
            matrix.columns,
            (Series("", matrix.data[row], matrix.role),),
            is_share=matrix.is_share,
            chosen=column,
        )
        for matrix in (before, after)
    ]


def _sharing(seen: Seen) -> Step | None:
    """A step whose rows are shares of a matrix of the same shape, near the cursor."""
    trace = seen.trace
    segment = moves.segment_of(trace, seen.cursor.path)
    near = [seen.step, *reversed(segment.steps)]
    return next((s for s in near if s.output.is_share and _is_rowwise(s)), None)


def _is_rowwise(step: Step) -> bool:
    return step.inputs[0].shape == step.output.shape and not step.inputs[0].is_share


# --- Attention ---------------------------------------------------------------------------


def _nearest(seen: Seen, *, is_self: bool | None = None) -> measures.Attention | None:
    """The attention that the cursor stands in, else the next one, else the last before it."""
    found = [a for a in measures.attentions(seen.trace) if is_self in {None, a.is_self}]
    here = next((a for a in found if seen.cursor.path.startswith(f"{a.path}/")), None)
    if here is not None or not found:
        return here
    paths = list(seen.trace.steps)
    now = paths.index(seen.cursor.path)
    after = (a for a in found if paths.index(a.heads[0].path) >= now)
    return next(after, found[-1])


def _head_name(seen: Seen, texts: Texts, path: str) -> str:
    return texts.where(seen.trace.root, path).rpartition(" › ")[2]


def heads(seen: Seen, texts: Texts) -> Sequence[Chart]:
    """The weights of every head of one attention."""
    attention = _nearest(seen)
    if attention is None:
        return ()
    return [Heat(_head_name(seen, texts, m.path), m) for m in attention.heads]


def rollout(seen: Seen, texts: Texts) -> Sequence[Chart]:
    """Layer by layer, of the stack that the cursor stands in, else of the first."""
    found = measures.rollouts(seen.trace)
    if not found:
        return ()
    here = [stack for stack in found if stack and seen.cursor.path.startswith(f"{stack}/")]
    matrices = found[(here or list(found))[0]]
    return [Heat(_inside_out(seen, texts, m.path), m) for m in matrices]


def arcs(seen: Seen, texts: Texts) -> Sequence[Chart]:
    """Of the attention at hand: one chart a head."""
    attention = _nearest(seen)
    if attention is None:
        return ()
    return [Arcs(_head_name(seen, texts, m.path), m) for m in attention.heads]


def entropy(seen: Seen, texts: Texts) -> Sequence[Chart]:
    """A bar a head, a chart an attention; all of one scale, so that they can be compared."""
    found: list[Bars] = []
    for attention in measures.attentions(seen.trace):
        values = np.array([_mean(measures.entropy(m.data)) for m in attention.heads])
        labels = tuple(str(i) for i in range(1, len(attention.heads) + 1))
        title = _inside_out(seen, texts, attention.path)
        found.append(Bars(title, labels, (Series("", values, "weight"),)))
    reach = max((chart.ends()[1] for chart in found), default=0.0)
    return [replace(chart, reach=reach) for chart in found]


def _mean(rows: Array) -> float:
    known = rows[np.isfinite(rows)]
    return float(known.mean()) if known.size else 0.0


# --- The whole run -----------------------------------------------------------------------


def stream(seen: Seen, texts: Texts) -> Sequence[Chart]:
    """A line a word, a chart a lane."""
    lanes: dict[str, list[str]] = {}
    norms = measures.stream_norms(seen.trace)
    for path in norms:
        lanes.setdefault(path.split("/", maxsplit=1)[0], []).append(path)
    # What goes in stands in a lane of its own, with as many rows: it is where the lane begins.
    joined: list[list[str]] = []
    for paths in lanes.values():
        before = joined[-1] if joined else []
        is_begin = len(before) == 1 and len(norms[before[0]]) == len(norms[paths[0]])
        if is_begin:
            before.extend(paths)
        else:
            joined.append(list(paths))
    return [_stream(seen, texts, paths) for paths in joined]


def _stream(seen: Seen, texts: Texts, paths: Sequence[str]) -> Chart:
    trace = seen.trace
    norms, words = measures.stream_norms(trace), trace[paths[0]].output.rows
    values = np.array([norms[path] for path in paths])
    series = tuple(
        Series(word, values[:, i], ROLES[i % len(ROLES)]) for i, word in enumerate(words)
    )
    last = paths[-1].split("/", maxsplit=1)[0]
    title = next((texts.block(b).name for b in trace.root.blocks if b.path == last), "")
    labels = tuple(plain(trace[path].output.symbol) for path in paths)
    return Lines(title, labels, series)


def gradient(seen: Seen, texts: Texts) -> Sequence[Chart]:
    """Of the goal, else of the number under the cursor, by block and by layer."""
    number = seen.number
    aim = seen.goal or Goal(number.path, number.row, number.column)
    if not aim.is_in(seen.trace) or (seen.goal is None and number.working >= 0):
        return ()
    found = measures.gradient_norms(seen.trace, aim.path, (aim.row, aim.column))
    translate = QCoreApplication.translate
    inner = {p: n for p, n in found.blocks.items() if n and not _has_inner(p, found.blocks)}
    layers = {p: n for p, n in found.layers.items() if n}
    charts = [(translate("Plots", "By block"), inner), (translate("Plots", "By layer"), layers)]
    return [
        Bars(
            title,
            _short(seen, texts, list(norms)),
            (Series("", np.array(list(norms.values())), "query"),),
        )
        for title, norms in charts
        if norms
    ]


def _has_inner(path: str, norms: Mapping[str, float]) -> bool:
    return any(other.startswith(f"{path}/") for other in norms)


def _short(seen: Seen, texts: Texts, paths: Sequence[str]) -> tuple[str, ...]:
    """Blocks by name and block around; those of one name with the stack, or with a number."""
    blocks = {block.path: block for block in measures.blocks(seen.trace)}
    ways = [texts.where(seen.trace.root, path).split(" › ") for path in paths]
    names = [texts.block(blocks[path]).name for path in paths]
    found = [" › ".join(p for p in (w[-1], n) if p) for w, n in zip(ways, names, strict=True)]
    found = [
        f"{name} · {way[0]}" if found.count(text) > 1 else text
        for text, name, way in zip(found, names, ways, strict=True)
    ]
    return tuple(
        f"{text} ({found[: i + 1].count(text)})" if found.count(text) > 1 else text
        for i, text in enumerate(found)
    )


def _inside_out(seen: Seen, texts: Texts, path: str) -> str:
    """A block with those around it, itself first, since the end may lack room."""
    return " · ".join(reversed(texts.where(seen.trace.root, f"{path}/").split(" › ")))


def growth(seen: Seen, _texts: Texts) -> Sequence[Chart]:
    """Operations and memory against the length of the sentence."""
    translate = QCoreApplication.translate
    width = seen.scenario.options.d_model
    makers = (
        (translate("Plots", "attention"), costs.attention_cost),
        (translate("Plots", "recurrent"), costs.recurrent_cost),
        (translate("Plots", "convolution"), costs.convolution_cost),
    )
    found = [(name, [make(n, width) for n in LENGTHS]) for name, make in makers]
    labels = tuple(map(str, LENGTHS))
    charts = []
    for title, field in (
        (translate("Plots", "Multiplications"), "multiplications"),
        (translate("Plots", "Numbers to be kept"), "memory"),
        (translate("Plots", "Steps that wait for each other"), "sequential"),
    ):
        series = tuple(
            Series(name, np.array([getattr(c, field) for c in told], dtype=float), ROLES[i])
            for i, (name, told) in enumerate(found)
        )
        charts.append(Lines(title, labels, series, tuple(map(float, LENGTHS)), is_log=True))
    return charts
