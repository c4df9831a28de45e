"""In what B differs from A, in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.changes import Sheet
from app.numbers import format_whole
from app.texts import Texts
from engine import Trace, comparison

Pair = tuple[Trace, Trace]


def headlines(sheet: Sheet, other: Sheet, texts: Texts) -> tuple[str, ...]:
    """What a side of a comparison is called: the same in ever fewer words.

    That is its file; one that was made for the comparison is called by what differs now.
    """
    origin = sheet.origin
    if origin.saved is not None:
        edited = QCoreApplication.translate("Differences", "%1, then edited")
        is_as_saved = sheet.scenario is origin.saved
        return (origin.title if is_as_saved else edited.replace("%1", origin.title),)
    return differing(sheet, other, texts)


def differing(sheet: Sheet, other: Sheet, texts: Texts) -> tuple[str, ...]:
    """In what a side differs from the other: all of it, and the same in fewer words.

    Shapes that only one side has follow from what was chosen, and are told where nothing was.
    """
    translate = QCoreApplication.translate
    both = other.trace, sheet.trace
    found = comparison.differences(*both)
    if not found:
        return (translate("Differences", "equal so far"),)
    chosen = [d for d in found if d.kind != "shapes"] or list(found)
    full = " · ".join(told(d, texts, both) for d in chosen)
    if len(chosen) > 1:
        count = translate("Differences", "%1 differences")
        return full, count.replace("%1", str(len(chosen)))
    return full, told(chosen[0], texts, both, is_short=True)


def told(
    difference: comparison.Difference, texts: Texts, both: Pair, *, is_short: bool = False
) -> str:
    """One line: what it is, A's and B's; in short without an option's A, and without blocks."""
    arrow = QCoreApplication.translate("Differences", "%1: %2 → %3")
    d = difference
    if d.kind == "option":
        option = texts.option(d.name)
        if is_short:
            text = QCoreApplication.translate("Differences", "%1: %2")
            return _filled(text, option.label, option.word(d.b))
        return _filled(arrow, option.label, option.word(d.a), option.word(d.b))
    if d.kind in {"word", "words"}:
        return _words(d, arrow)
    if d.kind == "shapes":
        text = QCoreApplication.translate(
            "Differences", "matrices of a shape that only one has: %1 in A, %2 in B"
        )
        return _filled(text, str(d.a), str(d.b))
    if d.kind == "tie":
        free = QCoreApplication.translate("Differences", "not tied")
        named = [_matrix(str(p), texts, both, is_short) if p else free for p in (d.name, d.a, d.b)]
        return _filled(arrow, *named)
    return _numbers(d, _matrix(d.name, texts, both, is_short))


def _words(d: comparison.Difference, arrow: str) -> str:
    if d.kind == "words":
        return _filled(arrow, _which(d), _sentence(d.a), _sentence(d.b))
    text = QCoreApplication.translate("Differences", "word %1 of %2")
    place = _filled(text, str(d.place[0] + 1), _which(d))
    return _filled(arrow, place, str(d.a), str(d.b))


def _numbers(d: comparison.Difference, name: str) -> str:
    translate = QCoreApplication.translate
    if d.kind == "pin":
        text = translate("Differences", "%1, row %2, column %3: %4 → %5")
        spot = str(d.place[0] + 1), str(d.place[1] + 1)
        return _filled(text, name, *spot, _pin(d.a), _pin(d.b))
    if not d.count:
        return _filled(translate("Differences", "%1: painted"), name)
    if d.count == 1:
        return _filled(translate("Differences", "%1: one number"), name)
    return _filled(translate("Differences", "%1: %2 numbers"), name, str(d.count))


def _filled(text: str, *values: str) -> str:
    for index, value in enumerate(values, start=1):
        text = text.replace(f"%{index}", value)
    return text


def _which(difference: comparison.Difference) -> str:
    translate = QCoreApplication.translate
    return {
        "source": translate("Differences", "the source"),
        "target": translate("Differences", "the target"),
        "expected": translate("Differences", "the expected words"),
        "source_vocabulary": translate("Differences", "the source's vocabulary"),
        "target_vocabulary": translate("Differences", "the target's vocabulary"),
    }[difference.name]


def _sentence(words: object) -> str:
    assert isinstance(words, tuple)
    shown = words if len(words) <= 8 else (*words[:7], "…")
    return " ".join(shown) or "–"


def _pin(value: object) -> str:
    if isinstance(value, float):
        text = QCoreApplication.translate("Differences", "pinned to %1")
        return text.replace("%1", format_whole(value))
    return QCoreApplication.translate("Differences", "computed")


def _matrix(path: str, texts: Texts, both: Pair, is_short: bool) -> str:
    """A matrix by the blocks it stands in and its name, or by its name alone."""
    trace = next((t for t in both if path in t or path in t.given), None)
    if trace is None:
        return path
    name = texts.matrix_name(trace.matrix(path), trace)
    return name if is_short else f"{texts.where(trace.root, path)} › {name}"
