"""A second reading of the paper, beside the engine's: written from its formulas alone.

Vaswani et al. 2017, "Attention Is All You Need". Nothing here calls an op; sums are
spelled with indices, so that a misreading would have to be made twice.
"""

import math
from dataclasses import replace
from types import MappingProxyType

import numpy as np
import pytest
from contracts.draws import TARGET, brought, options, scenarios, words
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from engine import Options, attend, fresh, gradients, run
from engine.scenario import PAD, START

TOLERANCE = 1e-12


# --- The paper ----------------------------------------------------------------------------


def softmax(x):
    """exp x_j ÷ Σ_k exp x_k for each row (section 3.2.1)."""
    powers = [[math.exp(v - max(row)) for v in row] for row in x]
    return np.array([[p / sum(row) for p in row] for row in powers])


def attention(q, k, v, factor, added):
    """softmax(Q Kᵀ · factor + M) V (equation 1); a row without any key is undefined."""
    scores = np.einsum("ic,jc->ij", q, k) * factor + added
    shares = np.full(scores.shape, np.nan)
    for i, row in enumerate(scores):
        if (row > -np.inf).any():
            shares[i] = softmax(row[None])[0]
    return scores, shares, np.einsum("ij,jc->ic", shares, v)


def layer_norm(x, gamma, beta):
    """(x − μ) ÷ √(σ² + ε) · γ + β with σ² the mean square of x − μ (Ba et al. 2016)."""
    out = np.empty_like(x)
    for i, row in enumerate(x):
        mean = sum(row) / len(row)
        variance = sum((v - mean) ** 2 for v in row) / len(row)
        out[i] = (row - mean) / math.sqrt(variance + 1e-5) * gamma + beta
    return out


def position(length, d_model):
    """PE(pos, 2i) = sin(pos ÷ 10000^(2i ÷ d_model)), PE(pos, 2i+1) its cosine (section 3.5)."""
    return np.array(
        [
            [
                (math.cos if c % 2 else math.sin)(p / 10000 ** (2 * (c // 2) / d_model))
                for c in range(d_model)
            ]
            for p in range(length)
        ]
    )


class Paper:
    """The whole model under the options of a scenario; `found` holds what it has passed."""

    def __init__(self, scenario):
        self.s, self.o, self.found = scenario, scenario.options, {}

    def keep(self, path, value):
        self.found[path] = value
        return value

    def p(self, path):
        return self.s.params[path]

    def bias(self, path):
        return self.p(path) if self.o.biases else 0.0

    def embedded(self, side, tokens, vocabulary):
        table = self.p(f"embedding/{side}")
        x = np.array([table[vocabulary.index(t)] for t in tokens])
        if self.o.embedding_scale:
            x = x * math.sqrt(self.o.d_model)
        if self.o.positions == "sinusoidal":
            x = x + position(len(tokens), self.o.d_model)
        if self.o.positions == "learned":
            x = x + self.p(f"embedding/{side}_positions")[: len(tokens)]
        return self.keep(f"{side}/positioned", x)

    def added(self, path, queries, keys, causal):
        """The mask: painted, or padded keys and, for the decoder's own, those ahead."""
        painted = self.s.masks.get(f"{path}/mask")
        m = np.zeros((len(queries), len(keys)))
        for i in range(len(queries)):
            for j in range(len(keys)):
                is_blocked = (self.o.padding and keys[j] == PAD) or (causal and j > i)
                if painted is not None:
                    is_blocked = painted[i, j]
                m[i, j] = self.o.mask_value if is_blocked else 0.0
        return m

    def multi_head(self, path, x, memory, added):
        """Concat(head_1, ..., head_h) W_O with head_i = Attention(x W_Q, m W_K, m W_V)."""
        heads = []
        for h in range(1, self.o.heads + 1):
            w = f"{path}/head_{h}"
            q, k, v = (
                rows @ self.p(f"{w}/W_{n}") + self.bias(f"{w}/b_{n}")
                for n, rows in (("Q", x), ("K", memory), ("V", memory))
            )
            factor = 1 / math.sqrt(self.o.d_model / self.o.heads) if self.o.scale else 1.0
            _, shares, mixed = attention(q, k, v, factor, added)
            self.keep(f"{w}/weights", shares)
            heads.append(mixed)
        joined = np.concatenate(heads, axis=1)
        return self.keep(
            f"{path}/output", joined @ self.p(f"{path}/W_O") + self.bias(f"{path}/b_O")
        )

    def feed_forward(self, path, x):
        """max(0, x W_1 + b_1) W_2 + b_2 (equation 2)."""
        hidden = x @ self.p(f"{path}/W_1") + self.bias(f"{path}/b_1")
        hidden = np.where(hidden < 0, 0.0, hidden)
        return self.keep(
            f"{path}/output", hidden @ self.p(f"{path}/W_2") + self.bias(f"{path}/b_2")
        )

    def norm(self, path, x):
        return self.keep(path, layer_norm(x, self.p(f"{path}/gamma"), self.p(f"{path}/beta")))

    def sublayer(self, layer, number, x, inner):
        """LayerNorm(x + Sublayer(x)) (section 3.1), or x + Sublayer(LayerNorm(x))."""
        kept = x if self.o.residual else 0.0
        if self.o.norm == "before":
            return kept + inner(self.norm(f"{layer}/norm_{number}", x))
        return self.norm(f"{layer}/norm_{number}", kept + inner(x))

    def stack(self, side, x, tokens, memory=None):
        for n in range(1, self.o.layers + 1):
            x = self.layer(f"{side}/{n}", x, tokens, memory)
        return self.norm(f"{side}/norm", x) if self.o.final_norm else x

    def layer(self, layer, x, tokens, memory):
        own, cross = f"{layer}/self_attention", f"{layer}/cross_attention"
        ahead = self.added(own, tokens, tokens, memory is not None and self.o.causal)
        x = self.sublayer(layer, 1, x, lambda a: self.multi_head(own, a, a, ahead))
        if memory is not None:
            seen = self.added(cross, tokens, self.s.source, False)
            x = self.sublayer(layer, 2, x, lambda a: self.multi_head(cross, a, memory, seen))
        last = 2 if memory is None else 3
        return self.sublayer(
            layer, last, x, lambda a: self.feed_forward(f"{layer}/feed_forward", a)
        )

    def read(self):
        s = self.s
        memory = self.stack(
            "encoder", self.embedded("source", s.source, s.source_vocabulary), s.source
        )
        y = self.embedded("target", s.target, s.target_vocabulary)
        y = self.stack("decoder", y, s.target, memory)
        logits = self.keep("output/logits", y @ self.p("output/W") + self.bias("output/b"))
        shares = self.keep("output/probabilities", softmax(logits))
        if s.expected:
            right = [shares[i, s.target_vocabulary.index(w)] for i, w in enumerate(s.expected)]
            with np.errstate(all="ignore"):
                self.keep("output/loss", np.array([[np.mean([-np.log(p) for p in right])]]))
        return self.found


def assert_close(told, found, what="", room=TOLERANCE):
    assert told.shape == found.shape, what
    with np.errstate(invalid="ignore"):  # −∞ less −∞, where both are masked
        off = np.where(told == found, 0.0, np.abs(told - found))
    room = room * np.maximum(1.0, np.abs(told)) if np.isscalar(room) else room
    assert (np.isnan(told) == np.isnan(found)).all(), what
    assert (np.isnan(told) | (off <= room)).all(), f"{what}: off by {np.nanmax(off)}"


def nudged(scenario):
    """The same numbers but for their last bits."""
    signs = np.random.default_rng(0)
    params = {
        p: a * (1 + np.finfo(float).eps * signs.choice((-1, 1), a.shape))
        for p, a in scenario.params.items()
    }
    return replace(scenario, params=MappingProxyType(params))


@settings(max_examples=80)
@given(scenarios())
def test_the_model_is_the_paper_s(scenario):
    trace, again = run(scenario), Paper(nudged(scenario)).read()
    for path, told in Paper(scenario).read().items():
        # Norms of rows nearly constant magnify rounding: what the last bits of the
        # parameters move can't be asked for.
        with np.errstate(invalid="ignore"):
            shaken = np.nan_to_num(np.abs(told - again[path]), nan=0.0, posinf=0.0)
        room = TOLERANCE * np.maximum(1.0, np.abs(told)) + 10 * shaken.max()
        assert_close(trace[path].output.data, told, path, room)


@settings(max_examples=80)
@given(brought())
def test_attend_is_equation_1(given_):
    trace = given_.walk()
    shape = (len(given_.Q), len(given_.K))
    added = np.zeros(shape)
    if given_.mask is not None:
        mask = np.broadcast_to(given_.mask, shape)
        # As in PyTorch: a boolean mask says who takes part, numbers are added.
        added = np.where(mask, 0.0, -np.inf) if mask.dtype == bool else mask
    factor = 1 / math.sqrt(given_.Q.shape[1]) if given_.scale is None else given_.scale
    scores, shares, mixed = attention(given_.Q, given_.K, given_.V, factor, added)
    assert_close(trace["scores"].output.data, np.einsum("ic,jc->ij", given_.Q, given_.K))
    assert_close(trace["masked"].output.data, scores)
    assert_close(trace["weights"].output.data, shares)
    assert_close(trace["mixed"].output.data, mixed)


def test_attend_by_hand():
    """Two keys, scores 3 and 0: shares e³ ÷ (e³ + 1) and 1 ÷ (e³ + 1)."""
    trace = attend([[3.0]], [[1.0], [0.0]], [[1.0, 0.0], [0.0, 1.0]])
    share = math.exp(3) / (math.exp(3) + 1)
    assert trace["mixed"].output.data[0].tolist() == pytest.approx([share, 1 - share], rel=1e-14)


# --- What follows from the formulas -------------------------------------------------------

PLAIN = options(mask_value=-math.inf, padding=True, causal=True)


def probabilities(scenario):
    return run(scenario)["output/probabilities"].output.data


def differing(a, b):
    """Whether two arrays differ at all; NaN equals NaN."""
    return not np.array_equal(a, b, equal_nan=True)


@given(scenarios(PLAIN, painted=False, target=words(TARGET, 5)), st.data())
def test_a_later_word_changes_nothing_before_it(scenario, data):
    assume(len(scenario.target) > 1)
    at = data.draw(st.integers(1, len(scenario.target) - 1))
    word = data.draw(st.sampled_from(TARGET))
    target = (*scenario.target[:at], word, *scenario.target[at + 1 :])
    before, after = run(scenario), run(scenario.with_tokens(target=target))
    for step in after:
        name = step.path.split("/")[-1]
        if step.path.split("/")[0] not in {"decoder", "output"} or name == "loss":
            continue
        old, new = before[step.path].output.data[:at], step.output.data[:at]
        if "self_attention" in step.path and name in {"scores", "scaled"}:
            old, new = old[:, :at], new[:, :at]  # of the keys ahead, which are masked next
        assert not differing(old, new), step


def test_without_the_causal_mask_a_later_word_is_seen():
    scenario = fresh(Options(causal=False), seed=2, target=(START, "猫", "坐下"))
    other = scenario.with_tokens(target=(START, "猫", "跑"))
    assert differing(probabilities(scenario)[:2], probabilities(other)[:2])


@given(scenarios(PLAIN, painted=False))
def test_the_numbers_of_padding_change_nothing_else(scenario):
    assume(set(scenario.source) != {PAD})
    for side, vocabulary in (("source", scenario.source_vocabulary), ("target", TARGET)):
        path = f"embedding/{side}"
        table = scenario.params[path].copy()
        table[vocabulary.index(PAD)] += 5.0
        before, after = run(scenario), run(scenario.with_param(path, table))
        encoder = np.array([w != PAD for w in scenario.source])
        decoder = np.array([w != PAD for w in scenario.target])
        for step in after:
            rows = {"encoder": encoder, "decoder": decoder, "output": decoder}
            rows = rows.get(step.path.split("/")[0])
            name = step.path.split("/")[-1]
            if rows is None or name in {"K", "V"} or name == "loss":
                continue
            old, new = before[step.path].output.data, step.output.data
            if name in {"scores", "scaled"}:  # the scores of padding move, and are masked then
                continue
            assert not differing(old[rows], new[rows]), step
        if side == "source":
            assert not differing(probabilities(scenario), after["output/probabilities"].output.data)


def test_without_the_padding_mask_padding_is_seen():
    scenario = fresh(Options(padding=False), seed=2)
    table = scenario.params["embedding/source"].copy()
    table[scenario.source_vocabulary.index(PAD)] += 5.0
    assert differing(
        probabilities(scenario), probabilities(scenario.with_param("embedding/source", table))
    )


@given(scenarios(options(positions="none"), painted=False), st.randoms(use_true_random=False))
def test_without_positions_the_encoder_follows_any_order(scenario, random):
    order = list(range(len(scenario.source)))
    random.shuffle(order)
    shuffled = scenario.with_tokens(source=[scenario.source[i] for i in order])
    before, after = run(scenario), run(shuffled)
    last = [s.path for s in before if s.path.startswith("encoder/")][-1]
    assert_close(before[last].output.data[order], after[last].output.data, room=1e-9)
    assert_close(probabilities(scenario), probabilities(shuffled), room=1e-9)


def test_with_positions_the_encoder_sees_the_order():
    scenario = fresh(Options(), seed=2, source=("the", "cat", "sat"))
    turned = scenario.with_tokens(source=("cat", "the", "sat"))
    path = "encoder/1/norm_2"
    assert not np.allclose(
        run(scenario)[path].output.data[[1, 0, 2]], run(turned)[path].output.data, atol=1e-3
    )


@given(scenarios(options(mask_value=-math.inf)))
def test_weights_are_shares_and_exactly_0_where_masked(scenario):
    trace = run(scenario)
    for step in trace:
        if step.path.endswith("/weights"):
            weights = step.output.data
            mask = trace.matrix(f"{step.path.rsplit('/', 2)[0]}/mask").data
            blocked = mask != 0
            seeing = ~blocked.all(axis=1) & ~np.isnan(weights).any(axis=1)
            assert step.output.is_share, step
            assert np.allclose(weights[seeing].sum(axis=1), 1.0, rtol=1e-14), step
            assert (weights[seeing][blocked[seeing]] == 0).all(), step
            assert np.isnan(weights[blocked.all(axis=1)]).all(), step
    assert trace["output/probabilities"].output.is_share


@given(scenarios())
def test_scores_are_divided_by_the_root_of_d_k(scenario):
    trace = run(scenario)
    root = math.sqrt(scenario.options.d_k) if scenario.options.scale else 1.0
    scaled = [s for s in trace if s.path.endswith("/scaled")]
    assert scaled
    for step in scaled:
        scores = trace[step.path.replace("/scaled", "/scores")].output.data
        assert_close(step.output.data * root, scores, step.path)


@given(scenarios(PLAIN, painted=False))
def test_no_gradient_reaches_what_is_padded(scenario):
    assume(scenario.expected and set(scenario.source) != {PAD} and scenario.target[0] != PAD)
    trace = run(scenario)
    assume(np.isfinite(trace["output/loss"].output.data).all())  # a share of 0 has no slope
    found = gradients(trace, "output/loss")
    for side, tokens in (("source", scenario.source), ("target", scenario.target)):
        table = found[f"embedding/{side}"]
        vocabulary = getattr(scenario, f"{side}_vocabulary")
        for row, word in enumerate(vocabulary):
            # The loss counts every target position, so only the source's padding is out of it.
            if word not in tokens or (side, word) == ("source", PAD):
                assert (table[row] == 0).all(), (side, word)
    assert np.isfinite(found["embedding/source"]).all()


@given(scenarios(options(residual=False, norm="after"), painted=False))
def test_the_numbers_after_a_norm_have_mean_0_and_deviation_1(scenario):
    ones = np.ones(scenario.options.d_model)
    params = {
        p: ones if p.endswith("gamma") else ones * 0 if p.endswith("beta") else a
        for p, a in scenario.params.items()
    }
    trace = run(replace(scenario, params=MappingProxyType(params)))
    step = trace["encoder/1/norm_1"]
    before, after = step.inputs[0].data, step.output.data
    spread = before.std(axis=1)
    rows = np.isfinite(spread) & (spread > 0.1)
    assert np.allclose(after[rows].mean(axis=1), 0, atol=1e-12)
    assert np.allclose(after[rows].std(axis=1), 1, atol=1e-3)  # ε takes a little
