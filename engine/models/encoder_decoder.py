"""The Transformer of "Attention Is All You Need" (Vaswani et al. 2017), figure 1."""

from __future__ import annotations

from collections.abc import Callable

from engine.models.parts import SOFTMAX, Nearness, Parts, blocked_keys
from engine.ops import CrossEntropy
from engine.scenario import Scenario
from engine.tape import Scope
from engine.trace import Matrix


def encoder_decoder(t: Scope, s: Scenario) -> None:
    """Source (n) and target (m) words to probabilities (m, vocabulary) of the next word."""
    parts = Parts(s.options, s.seed)
    x = parts.embed_words(t, "source", 0, s)
    memory = encoder(t.inside("encoder", lane=0), parts, s, x)

    y = parts.embed_words(t, "target", 1, s)
    y = decoder(t.inside("decoder", lane=1), parts, s, y, memory)

    output(t.inside("output", lane=1), parts, s, y)


def encoder(t: Scope, parts: Parts, s: Scenario, x: Matrix) -> Matrix:
    """(n, d_model) to (n, d_model), the memory that the decoder reads."""
    blocked = blocked_keys(len(s.source), s.source, s.options.padding, causal=False)
    near = Nearness(t.shelf("offsets"), is_causal=False)
    for number in range(1, s.options.layers + 1):
        layer = t.inside(str(number))
        x = sublayer(
            layer,
            parts,
            1,
            x,
            "self_attention",
            lambda i, a: parts.attention(i, a, a, blocked, near),
        )
        x = sublayer(layer, parts, 2, x, "feed_forward", parts.feed_forward)
    return parts.norm(t.group("norm"), "norm", x) if s.options.final_norm else x


def decoder(t: Scope, parts: Parts, s: Scenario, y: Matrix, memory: Matrix) -> Matrix:
    """(m, d_model) and the memory (n, d_model) to (m, d_model)."""
    options, length = s.options, len(s.target)
    ahead = blocked_keys(length, s.target, options.padding, options.causal)
    padded = blocked_keys(length, s.source, options.padding, causal=False)
    near = Nearness(t.shelf("offsets"), is_causal=options.causal)
    text = "" if options.causal else "masked_all_seen"
    for number in range(1, options.layers + 1):
        layer = t.inside(str(number))
        y = sublayer(
            layer,
            parts,
            1,
            y,
            "self_attention",
            lambda i, a: parts.attention(i, a, a, ahead, near, text),
        )
        y = sublayer(
            layer,
            parts,
            2,
            y,
            "cross_attention",
            lambda i, a: parts.attention(i, a, memory, padded),
        )
        y = sublayer(layer, parts, 3, y, "feed_forward", parts.feed_forward)
    return parts.norm(t.group("norm"), "norm", y) if options.final_norm else y


def sublayer(
    layer: Scope,
    parts: Parts,
    number: int,
    x: Matrix,
    name: str,
    inner: Callable[[Scope, Matrix], Matrix],
) -> Matrix:
    """Norm(x + Sublayer(x)), or x + Sublayer(Norm(x)) when the norm comes before."""
    if parts.options.norm == "before":
        normal = parts.norm(layer.group(f"norm_{number}"), f"norm_{number}", x)
        found = inner(layer.inside(name), normal)
        end = layer.group(f"residual_{number}")
        return parts.residual(end, number, x, parts.dropped(end, found, f"_{number}"))
    found = inner(layer.inside(name), x)
    end = layer.group(f"add_norm_{number}")
    found = parts.dropped(end, found, f"_{number}")
    return parts.norm(end, f"norm_{number}", parts.residual(end, number, x, found))


def output(t: Scope, parts: Parts, s: Scenario, y: Matrix) -> None:
    """(m, d_model) to logits and probabilities (m, vocabulary), and the loss if wanted."""
    w = t.param("W", parts.dimensions, s.target_vocabulary, "W", "weights")
    logits = parts.product(t.group("linear"), "logits", y, w, "b", "L")
    shares = t.group("softmax").step("probabilities", SOFTMAX, logits, symbol="P", role="weight")
    if s.expected:
        loss = CrossEntropy(s.expected_ids)
        t.group("loss").step("loss", loss, shares, symbol=r"\ell", rows=("",), columns=("",))
