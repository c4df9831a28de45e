"""The plots there are: what each needs of a run, and the charts it makes of it.

A plot asks the run, never a step by its name: rows that are shares, heads of one attention,
what flows from sublayer to sublayer. Without what it needs a plot is not offered.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from app.seen import Seen
from app.texts import Texts
from app.views.parts import plotted
from app.views.parts.charts import Chart


@dataclass(frozen=True)
class Plot:
    """One entry of the list of plots; `make` gives no chart where the run has none to give."""

    name: str
    title: str
    about: str
    make: Callable[[Seen, Texts], Sequence[Chart]]


def plots() -> tuple[Plot, ...]:
    """All plots, texts in the language in force."""
    return (*_of_shares(), *_of_heads(), *_of_the_run())


def _of_shares() -> tuple[Plot, ...]:
    translate = QCoreApplication.translate
    return (
        Plot(
            "row",
            translate("Plots", "Before and after softmax"),
            translate(
                "Plots", "The row of the number asked: what comes in, and the shares that come out."
            ),
            plotted.row,
        ),
        Plot(
            "heads",
            translate("Plots", "All heads of an attention"),
            translate(
                "Plots", "Each row says where that word looks: from 0 (none of it) to 1 (all)."
            ),
            plotted.heads,
        ),
        Plot(
            "rollout",
            translate("Plots", "Attention over layers (rollout)"),
            translate(
                "Plots",
                "How much of each word at the start has reached each place after a layer: the "
                "weights of all heads averaged, half of each place passed on by the residual.",
            ),
            plotted.rollout,
        ),
    )


def _of_heads() -> tuple[Plot, ...]:
    translate = QCoreApplication.translate
    return (
        Plot(
            "arcs",
            translate("Plots", "Who looks at whom"),
            translate(
                "Plots",
                "From the words that ask (left) to those looked at (right): the thicker, "
                "the larger the weight.",
            ),
            plotted.arcs,
        ),
        Plot(
            "entropy",
            translate("Plots", "Entropy of the heads"),
            translate("Plots", "Mean over the rows, in nats: 0 is a look at one word only."),
            plotted.entropy,
        ),
    )


def _of_the_run() -> tuple[Plot, ...]:
    translate = QCoreApplication.translate
    return (
        Plot(
            "stream",
            translate("Plots", "Residual stream"),
            translate("Plots", "How long each word's row is (its norm) from sublayer to sublayer."),
            plotted.stream,
        ),
        Plot(
            "gradient",
            translate("Plots", "Gradient by block and layer"),
            translate(
                "Plots",
                "How much the parameters of each block move the goal, or without one the "
                "number asked: the norm of its gradient with respect to them.",
            ),
            plotted.gradient,
        ),
        Plot(
            "costs",
            translate("Plots", "Operations and memory"),
            translate(
                "Plots",
                "Of one layer as wide as this model, for sentences of 1 to 64 words. Both axes "
                "are logarithmic.",
            ),
            plotted.growth,
        ),
    )
