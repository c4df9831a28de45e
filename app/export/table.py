"""The one table of what can be exported; Qt is loaded only where a picture is wanted."""

from __future__ import annotations

from app.texts import Texts
from engine import Step
from engine.export import TEXTS, Exporter, Manner, Selection, Words, Work


def _png(chosen: Selection, manner: Manner) -> Work:
    from app.export.pictures import png

    return png(chosen, manner)


def _svg(chosen: Selection, manner: Manner) -> Work:
    from app.export.pictures import svg

    return svg(chosen, manner)


def _pdf(chosen: Selection, manner: Manner) -> Work:
    from app.export.pictures import pdf

    return pdf(chosen, manner)


EXPORTERS: tuple[Exporter, ...] = (
    Exporter("png", ".png", _png, many=".zip"),
    Exporter("svg", ".svg", _svg, many=".zip"),
    Exporter("pdf", ".pdf", _pdf),
    *TEXTS,
)
"""Every format, in the order in which the dialog and the command line offer them."""

PICTURES = frozenset({"png", "svg", "pdf"})
"""Those that Qt draws."""


def in_words(texts: Texts, digits: int = 2, theme: str = "light") -> Manner:
    """How an export is written where steps have words."""

    def words(step: Step) -> Words:
        found = texts.step(step)
        return Words(found.name, found.title, found.about)

    return Manner(digits, words, theme, texts.language)
