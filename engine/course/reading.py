"""From lesson.toml to a lesson, or what is wrong with it and on which line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from engine.course.claims import named_variants
from engine.course.fields import (
    CHANGES,
    named,
    read_cell,
    read_changes,
    read_claim,
    read_phrase,
    read_question,
    read_vocabularies,
    some,
    switch,
    text,
    whole,
)
from engine.course.lesson import END, Changes, Lesson, Start, Stop
from engine.course.plots import PLOTS
from engine.course.tables import parse, told
from engine.cursor import DEPTHS
from engine.disk import read_text
from engine.errors import InputError, Wording
from engine.strict_json import Spot

FILE = "lesson.toml"
TOP = ("order", "names", "scenario", "sizes", "variants", "stops", "end")
SCENARIO = ("source", "seed", "vocabularies")
STOP = (
    "id",
    "step",
    "depth",
    "cell",
    "working",
    "done",
    "keep",
    "sizes",
    "compare",
    "hide",
    "plot",
    "charts",
    "set",
    "variants",
    "values",
    "measured",
    "claims",
    "questions",
)


def read_lesson(folder: Path) -> Lesson:
    """The lesson of a folder, without its texts.

    Raises InputError that names the file, the line and what would be right.
    """
    content = read_text(folder / FILE)
    try:
        return _lesson(folder, parse(content), content)
    except InputError as error:
        raise told(error, content, f"{folder.name}/{FILE}") from None


def _lesson(folder: Path, top: Spot, content: str) -> Lesson:
    members = some(top, TOP)
    for name in ("order", "stops"):
        if name not in members:
            raise top.fault("field_missing", name=name)
    if ("scenario" in members) == ("sizes" in members):
        raise top.fault("lesson_scenario")
    names = top["names"]
    starts = {"": top["scenario"]}
    if "sizes" in members:
        starts = {size: top["sizes"][size] for size in named(top["sizes"])}
    shared = _variants(top) if "variants" in members else {}
    elements = top["stops"].elements(Wording("some_stops"))
    stops = [_stop(top["stops"].item(i), tuple(starts), shared) for i in range(len(elements))]
    end = _stop(top[END], tuple(starts), shared) if END in members else Stop(END, keep=True)
    if "keep" not in members.get(END, {}):
        end = replace(end, keep=True)
    _check_ids(top, stops)
    return Lesson(
        folder,
        folder.name,
        whole(top["order"], 1),
        {name: text(names[name]) for name in named(names)} if "names" in members else {},
        {size: _start(spot) for size, spot in starts.items()},
        (*stops, replace(end, id=END, sizes=end.sizes or tuple(starts))),
        content,
    )


def _check_ids(top: Spot, stops: list[Stop]) -> None:
    seen: set[str] = set()
    for index, stop in enumerate(stops):
        spot = top["stops"].item(index)["id"]
        if stop.id == END:
            raise spot.fault("lesson_end")
        if stop.id in seen:
            raise spot.fault("duplicate", name=stop.id)
        seen.add(stop.id)


def _start(spot: Spot) -> Start:
    members = some(spot, (*SCENARIO, *CHANGES))
    if "source" in members and ("seed" in members or "vocabularies" in members):
        raise spot.fault("lesson_source")
    inner = Spot({k: v for k, v in members.items() if k in CHANGES}, spot.route, spot.words)
    return Start(
        text(spot["source"]) if "source" in members else "",
        whole(spot["seed"], 0) if "seed" in members else 0,
        read_vocabularies(spot["vocabularies"]) if "vocabularies" in members else {},
        read_changes(inner),
        spot.route,
    )


def _variants(spot: Spot) -> dict[str, Changes]:
    return {name: read_changes(spot["variants"][name]) for name in named(spot["variants"])}


def _stop(spot: Spot, sizes: tuple[str, ...], shared: dict[str, Changes]) -> Stop:
    members = some(spot, STOP)
    is_end = spot.route == (END,)
    if not is_end and "id" not in members:
        raise spot.fault("field_missing", name="id")
    own = _variants(spot) if "variants" in members else {}
    stop = Stop(
        END if is_end else named(Spot({text(spot["id"]): 0}, spot["id"].route, spot.words))[0],
        text(spot["step"]) if "step" in members else "",
        _depth(spot["depth"]) if "depth" in members else "step",
        read_cell(spot["cell"]) if "cell" in members else None,
        text(spot["working"]) if "working" in members else "",
        _done(spot["done"]) if "done" in members else 0,
        switch(spot["keep"]) if "keep" in members else False,
        _sizes(spot["sizes"], sizes) if "sizes" in members else sizes,
        text(spot["compare"]) if "compare" in members else "",
        switch(spot["hide"]) if "hide" in members else False,
        _plot(spot["plot"]) if "plot" in members else "",
        _charts(spot["charts"]) if "charts" in members else (),
        read_changes(spot["set"]) if "set" in members else Changes(),
        {**shared, **own},
        _table(spot, "values", read_phrase),
        _table(spot, "measured", read_phrase),
        _table(spot, "claims", read_claim),
        _table(spot, "questions", read_question),
        spot.route,
    )
    _check_variants(spot, stop)
    return stop


def _table(spot: Spot, name: str, read: Callable[[Spot], Any]) -> dict[str, Any]:
    """What stands in a table of a stop, under names."""
    if name not in spot.members():
        return {}
    return {key: read(spot[name][key]) for key in named(spot[name])}


def _plot(spot: Spot) -> str:
    if spot.value not in PLOTS:
        raise spot.fault("lesson_plot", name=str(spot.value), known=", ".join(PLOTS))
    return str(spot.value)


def _charts(spot: Spot) -> tuple[int, ...]:
    elements = spot.elements(Wording("list_of_charts"))
    return tuple(whole(spot.item(index), 1) for index in range(len(elements)))


def _check_variants(spot: Spot, stop: Stop) -> None:
    known = ", ".join(stop.variants) or Wording("none")
    if stop.compare and stop.compare not in stop.variants:
        raise spot["compare"].fault("lesson_variant", name=stop.compare, known=known)
    for name in stop.measured:
        if name in stop.values:
            raise spot["measured"][name].fault("lesson_measured", name=name)
    for name, claim in stop.claims.items():
        for variant in sorted(named_variants(claim) - stop.variants.keys()):
            raise spot["claims"][name].fault("lesson_variant", name=variant, known=known)


def _depth(spot: Spot) -> str:
    if spot.value not in DEPTHS:
        raise spot.wanted(" or ".join(f"“{d}”" for d in DEPTHS))
    return str(spot.value)


def _done(spot: Spot) -> int:
    """How many operations are done; "all" is −1."""
    return -1 if spot.value == "all" else whole(spot, 0)


def _sizes(spot: Spot, known: tuple[str, ...]) -> tuple[str, ...]:
    found = spot.texts(Wording("list_of_sizes"))
    for index, size in enumerate(found):
        if size not in known:
            raise spot.item(index).fault("lesson_size", name=size, known=", ".join(known))
    return found
