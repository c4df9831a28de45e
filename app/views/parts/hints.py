"""What the tooltip of a number on the stage says."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.numbers import exact
from app.seen import Seen
from app.symbols import plain
from app.texts import Texts
from app.views.parts.item import Item
from app.views.parts.matrix import Spot
from app.views.parts.reading import changed_spots, prefix, was
from app.views.parts.secrets import is_kept_back


def told(seen: Seen, texts: Texts, path: str) -> list[str]:
    """What a parameter is one with, each with where it stands."""
    found = [seen.trace.matrix(p) for p in seen.one_with(path)]
    places = [texts.where(seen.trace.root, m.path) for m in found]
    return [
        f"{plain(m.symbol)} ({place})" if place else plain(m.symbol)
        for m, place in zip(found, places, strict=True)
    ]


def hint(document: Seen, texts: Texts, item: Item, spot: Spot) -> str:
    """What the number is, how it is stored, what it was, and what a double click does."""
    translate = QCoreApplication.translate
    matrix, kind = item.part.matrix, item.part.kind
    assert matrix is not None
    row, column = spot
    names = [n for n in (matrix.rows[row], matrix.columns[column]) if n]
    where = f"{plain(matrix.symbol)} [{', '.join(names)}]"
    if is_kept_back(document, item.part):
        return where
    lines = [f"{where} = {exact(float(matrix.data[row, column]))}"]
    if spot in document.pins(matrix.path):
        lines.append(translate("Stage", "Pinned by you; Delete takes the pin off"))
    gradient = None if kind == "working" else document.gradient(matrix.path)
    if gradient is not None:
        lines.append(f"{prefix(document)}{where} = {exact(float(gradient[row, column]))}")
    lines += [
        translate("Stage", "Tied to %1: an edit of one is an edit of both").replace("%1", other)
        for other in told(document, texts, matrix.path)
    ]
    before = was(document, item.part)
    if before is not None and spot in changed_spots(matrix, before):
        said = translate("Stage", "before the last change: %1")
        if document.is_undone:
            said = translate("Stage", "before the undo: %1")
        lines.append(said.replace("%1", exact(float(before[row, column]))))
    if kind == "working":
        lines.append(texts.working(document.step.workings[item.part.index].name))
    else:
        lines.append(texts.matrix(matrix))
    if matrix.origin == "step" and kind == "input":
        lines.append(translate("Stage", "Double-click: go to where it was computed"))
    lock = {"output": "pins", "input": "editing" if matrix.is_editable else ""}.get(kind, "")
    if lock in document.scenario.locked:
        lines.append(translate("Stage", "This file keeps it from being changed"))
    elif kind == "output":
        lines.append(translate("Stage", "Type a number to pin it: what if it were another?"))
    return "\n".join(line for line in lines if line)
