"""Attention by itself: over matrices set by hand, within one sentence, from outside on a set."""

from __future__ import annotations

from engine.models.parts import Nearness, Parts, blocked_keys
from engine.models.scoring import Scoring, mixture
from engine.scenario import Scenario
from engine.tape import Scope
from engine.trace import numbered


def attention(t: Scope, s: Scenario) -> None:
    """Queries (n, d_k), keys and values (m, d_k) set by hand to mixtures (n, d_k).

    Each target word has a query and each source word a key and a value, all of them
    parameters; with one target word it is single-query attention. Source: Vaswani et al.
    2017, equation 1; with additive scores Bahdanau et al. 2015, equations 5 and 6.
    """
    o, dimensions = s.options, numbered(s.options.d_k)
    t = t.inside("attention", lane=0)
    q = t.param("Q", s.target, dimensions, "Q", "embedding", "query")
    k = t.param("K", s.source, dimensions, "K", "embedding", "key")
    v = t.param("V", s.source, dimensions, "V", "embedding", "value")
    blocked = blocked_keys(len(s.target), s.source, o.padding, causal=False)
    mask = t.mask(blocked, o.mask_value, s.target, s.source)
    mixture(t, Scoring(o).scores(t, q, k), v, mask, "H")


def self_attention(t: Scope, s: Scenario) -> None:
    """One sentence (n) looks at itself: (n, d_model). Source: Vaswani et al. 2017, section 3.2."""
    o, parts = s.options, Parts(s.options)
    x = parts.embed_words(t, "source", 0, s)
    blocked = blocked_keys(len(s.source), s.source, o.padding, o.causal)
    inside = t.inside("self_attention", lane=0)
    parts.attention(inside, x, x, blocked, Nearness(inside.shelf("offsets"), o.causal))


def target_attention(t: Scope, s: Scenario) -> None:
    """The target's words (m) look at the source's (n): (m, d_model).

    A query from outside against a set, as a candidate against what a user has done before
    in Zhou et al. 2018 (DIN, section 4.3), which scores by a small network of its own and
    leaves the softmax out, so that its weights need not sum to 1.
    """
    parts = Parts(s.options)
    x = parts.embed_words(t, "source", 0, s)
    y = parts.embed_words(t, "target", 1, s)
    blocked = blocked_keys(len(s.target), s.source, s.options.padding, causal=False)
    parts.attention(t.inside("target_attention", lane=1), y, x, blocked)
