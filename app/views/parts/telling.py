"""In what B differs from A, in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.numbers import format_whole
from app.texts import Texts
from engine import Trace, comparison

Pair = tuple[Trace, Trace]


def told(difference: comparison.Difference, texts: Texts, both: Pair) -> str:
    """One line: what it is, A's and B's."""
    arrow = QCoreApplication.translate("Differences", "%1: %2 → %3")
    d = difference
    if d.kind == "option":
        option = texts.option(d.name)
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
        ends = [_matrix(str(p), texts, both) if p else free for p in (d.a, d.b)]
        return _filled(arrow, _matrix(d.name, texts, both), *ends)
    return _numbers(d, _matrix(d.name, texts, both))


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


def _matrix(path: str, texts: Texts, both: Pair) -> str:
    """A matrix by the blocks it stands in and its name."""
    trace = next((t for t in both if path in t or path in t.given), None)
    if trace is None:
        return path
    where = texts.where(trace.root, path)
    return f"{where} › {texts.matrix_name(trace.matrix(path))}"
