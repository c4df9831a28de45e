"""The encoder-decoder in plain NumPy, as a reader of the paper would write it, keeping nothing.

It is what a traced run is measured against, and written apart from the engine: a test holds
that both come to the same probabilities.
"""

import math
from collections.abc import Mapping

import numpy as np

from engine import Array, Options, Scenario


class Plain:
    """One scenario made ready: arrays, masks and positions lie at hand before the clock runs."""

    def __init__(self, scenario: Scenario) -> None:
        self.options: Options = scenario.options
        self.params: Mapping[str, Array] = dict(scenario.params)
        self.source = np.array(scenario.source_ids)
        self.target = np.array(scenario.target_ids)
        n, m, far = len(self.source), len(self.target), self.options.mask_value
        padded = np.array([w == "<pad>" for w in scenario.source])
        self.encoder_mask = np.where(np.broadcast_to(padded, (n, n)), far, 0.0)
        self.cross_mask = np.where(np.broadcast_to(padded, (m, n)), far, 0.0)
        ahead = np.triu(np.ones((m, m), dtype=bool), 1)
        ahead |= np.array([w == "<pad>" for w in scenario.target])
        self.decoder_mask = np.where(ahead, far, 0.0)
        self.wave = {k: waves(k, self.options.d_model) for k in (n, m)}

    def run(self) -> Array:
        """Probabilities of the next word, (m, vocabulary)."""
        p = self.params
        x = self.embed(p["embedding/source"], self.source)
        for layer in range(1, self.options.layers + 1):
            at = f"encoder/{layer}/"
            x = self.norm(
                at + "norm_1", x + self.attend(at + "self_attention/", x, x, self.encoder_mask)
            )
            x = self.norm(at + "norm_2", x + self.feed(at + "feed_forward/", x))
        y = self.embed(p["embedding/target"], self.target)
        for layer in range(1, self.options.layers + 1):
            at = f"decoder/{layer}/"
            y = self.norm(
                at + "norm_1", y + self.attend(at + "self_attention/", y, y, self.decoder_mask)
            )
            y = self.norm(
                at + "norm_2", y + self.attend(at + "cross_attention/", y, x, self.cross_mask)
            )
            y = self.norm(at + "norm_3", y + self.feed(at + "feed_forward/", y))
        return softmax(y @ p["output/W"] + p["output/b"])

    def embed(self, table: Array, ids: Array) -> Array:
        return table[ids] * math.sqrt(self.options.d_model) + self.wave[len(ids)]

    def attend(self, at: str, x: Array, memory: Array, mask: Array) -> Array:
        p, heads = self.params, []
        for h in range(1, self.options.heads + 1):
            w = f"{at}head_{h}/"
            q = x @ p[w + "W_Q"] + p[w + "b_Q"]
            k = memory @ p[w + "W_K"] + p[w + "b_K"]
            v = memory @ p[w + "W_V"] + p[w + "b_V"]
            heads.append(softmax(q @ k.T / math.sqrt(self.options.d_k) + mask) @ v)
        return np.hstack(heads) @ p[at + "W_O"] + p[at + "b_O"]

    def feed(self, at: str, x: Array) -> Array:
        p = self.params
        hidden = np.maximum(x @ p[at + "W_1"] + p[at + "b_1"], 0.0)
        return hidden @ p[at + "W_2"] + p[at + "b_2"]

    def norm(self, at: str, x: Array) -> Array:
        mean = x.mean(axis=-1, keepdims=True)
        variance = ((x - mean) ** 2).mean(axis=-1, keepdims=True)
        normal = (x - mean) / np.sqrt(variance + 1e-5)
        return normal * self.params[at + "/gamma"] + self.params[at + "/beta"]


def softmax(x: Array) -> Array:
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def waves(length: int, d_model: int) -> Array:
    angle = np.arange(length)[:, None] / 10000.0 ** (np.arange(0, d_model, 2) / d_model)
    table = np.zeros((length, d_model))
    table[:, 0::2], table[:, 1::2] = np.sin(angle), np.cos(angle)
    return table
