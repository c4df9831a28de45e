"""Dense mixing: positions are mixed by weights that belong to the positions."""

from __future__ import annotations

from engine.models.parts import PASS_ON, Parts
from engine.models.scoring import PROJECT
from engine.scenario import Scenario
from engine.tape import Scope
from engine.trace import numbered


def dense(t: Scope, s: Scenario) -> None:
    """One sentence (n), mixed by n × n weights that no word can change: (n, d_model).

    The same shapes as self-attention with one head, but the weights are parameters, and none
    for queries and keys. Source: a fully connected layer over positions; Tolstikhin et al.
    2021 (MLP-Mixer, section 2) mix positions so.
    """
    parts = Parts(s.options)
    x = parts.embed_words(t, "source", 0, s)
    t = t.inside("mixing", lane=0)
    v = parts.projected(t, "V", x)
    places = numbered(len(s.source))
    w = t.param("W", places, places, "W", "weights", "weight")
    mixed = t.step(
        "mixed", PROJECT, w, v, symbol="H", rows=x.rows, columns=v.columns, text="mixed_dense"
    )
    if not s.options.projections:
        t.step("output", PASS_ON, mixed, symbol="Y", text="output_off")
        return
    w_o = t.param("W_O", parts.dimensions, parts.dimensions, "W_O", "weights")
    parts.product(t, "output", mixed, w_o, "b_O", "Y")
