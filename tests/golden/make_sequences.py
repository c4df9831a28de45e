"""Make the golden files of the recurrent model, of Transformer-XL, and of dropout.

Written from Elman 1990, Bahdanau et al. 2015, Dai et al. 2019 and Srivastava et al. 2014
and the project's specification, not from the engine. Needs PyTorch: see README.md.

    python tests/golden/make_sequences.py                   all configurations
    python tests/golden/make_sequences.py --scenario FILE   a scenario's file, under its name
"""

import argparse
import json
import math
import zlib
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch
from make_golden import DEFAULTS, PAD, Walk, assert_agree, masks_of, shapes_of, sinusoids
from torch import Tensor, nn
from torch.func import functional_call
from torch.nn import functional as F

FOLDER = Path(__file__).resolve().parent / "sequences"
SEED = 20141219  # the day Bahdanau et al. was first shown at its conference's site
EPSILON = 1e-5
SOURCE = [PAD, "a", "b", "c", "d"]
TARGET = [PAD, "<s>", "</s>", "u", "v", "w"]


@dataclass
class Record:
    """Parameters, options and words of one case, and every step that was written down."""

    options: dict
    source: list[str]
    target: list[str]
    expected: list[str]
    vocabularies: tuple[list[str], list[str]]
    params: dict[str, Tensor]
    seed: int = 0
    steps: dict[str, Tensor] = field(default_factory=dict)

    def note(self, path: str, value: Tensor) -> Tensor:
        assert path not in self.steps, path
        self.steps[path] = value
        return value

    def look_up(self, path: str, table: str, words: list[str], vocabulary: list[str], factor=1.0):
        ids = torch.tensor([vocabulary.index(word) for word in words])
        return self.note(path, F.embedding(ids, self.params[table]) * factor)

    def head(self, x: Tensor) -> Tensor:
        logits = x @ self.params["output/W"]
        if self.options["biases"]:
            logits = logits + self.params["output/b"]
        self.note("output/logits", logits)
        self.note("output/probabilities", F.softmax(logits, dim=-1))
        ids = torch.tensor([self.vocabularies[1].index(word) for word in self.expected])
        return self.note("output/loss", F.cross_entropy(logits, ids))


# --- The recurrent model ------------------------------------------------------------------


def rnn_shapes(options: dict, sources: int, targets: int) -> dict[str, tuple[int, ...]]:
    d = options["d_model"]
    shapes = {"embedding/source": (sources, d), "embedding/target": (targets, d)}
    for side in ("encoder", "decoder"):
        shapes |= {f"{side}/W": (d, d), f"{side}/U": (d, d)}
        if options["biases"]:
            shapes[f"{side}/b"] = (d,)
    if options["attention"] == "additive":
        shapes |= {"decoder/C": (d, d), "alignment/v_a": (1, d)}
        shapes |= {"alignment/W_a": (d, d), "alignment/U_a": (d, d)}
    shapes["output/W"] = (d, targets)
    if options["biases"]:
        shapes["output/b"] = (targets,)
    return shapes


def rnn_loss(r: Record) -> Tensor:
    """h_t = tanh(x_t W + h_(t-1) U + b); with attention the decoder's sum has c_t C, too."""
    p, options = r.params, r.options
    nothing = torch.zeros(options["d_model"], dtype=torch.float64)
    x = r.look_up("source/embedded", "embedding/source", r.source, r.vocabularies[0])
    y = r.look_up("target/embedded", "embedding/target", r.target, r.vocabularies[1])

    def advance(side: str, t: int, row: Tensor, word: str, before: Tensor, context=None) -> Tensor:
        at = f"{side}/time_{t}"
        r.note(f"{at}/word", row[None])
        bias = p[f"{side}/b"] if options["biases"] else 0.0
        total = r.note(f"{at}/from_word", (row @ p[f"{side}/W"] + bias)[None])
        total = total + r.note(f"{at}/from_state", (before @ p[f"{side}/U"])[None])
        if context is not None:
            total = total + r.note(f"{at}/from_context", (context @ p[f"{side}/C"])[None])
        r.note(f"{at}/summed", total)
        is_skipped = options["padding"] and word == PAD
        return r.note(f"{at}/state", before[None] if is_skipped else torch.tanh(total))[0]

    state, states = nothing, []
    for t, word in enumerate(r.source, start=1):
        state = advance("encoder", t, x[t - 1], word, state)
        states.append(state)
    state = r.note("decoder/start/state", state[None])[0]

    is_looking = options["attention"] == "additive"
    if is_looking:
        memory = r.note("encoder/memory/states", torch.stack(states))
        keys = r.note("encoder/memory/K", memory @ p["alignment/U_a"])
        blocked = torch.tensor([word == PAD and options["padding"] for word in r.source])
    found, looks = [], []
    for t, word in enumerate(r.target, start=1):
        context = None
        if is_looking:
            at = f"decoder/time_{t}/alignment"
            query = r.note(f"{at}/query", (state @ p["alignment/W_a"])[None])
            energy = r.note(f"{at}/compared", keys + query)
            energy = r.note(f"{at}/bent", torch.tanh(energy)) @ p["alignment/v_a"][0]
            r.note(f"{at}/scores", energy[None])
            energy = energy + torch.zeros(len(keys)).double().masked_fill(
                blocked, options["mask_value"]
            )
            r.note(f"{at}/masked", energy[None])
            looks.append(r.note(f"{at}/weights", F.softmax(energy, dim=0)[None]))
            context = r.note(f"{at}/context", looks[-1] @ memory)[0]
        state = advance("decoder", t, y[t - 1], word, state, context)
        found.append(state)
    if is_looking:
        r.note("decoder/gathered/alignments", torch.cat(looks))
    loss = r.head(r.note("decoder/gathered/states", torch.stack(found)))
    check_with_torch_cells(r, x, y)
    return loss


def check_with_torch_cells(r: Record, x: Tensor, y: Tensor) -> None:
    """The same by nn.RNN (encoder, over the words that are read) and nn.RNNCell (decoder)."""
    d, options = r.options["d_model"], r.options
    nothing = torch.zeros(d, dtype=torch.float64)

    def weights(side: str, last: str, names: str) -> dict[str, Tensor]:
        inputs = torch.cat([r.params[f"{side}/{name}"] for name in names])
        bias = r.params[f"{side}/b"] if options["biases"] else nothing
        return {
            f"weight_ih{last}": inputs.T,
            f"weight_hh{last}": r.params[f"{side}/U"].T,
            f"bias_ih{last}": bias,
            f"bias_hh{last}": nothing,
        }

    read = [t for t, w in enumerate(r.source) if not (options["padding"] and w == PAD)]
    if read:
        whole = nn.RNN(d, d, dtype=torch.float64)
        states, last = functional_call(whole, weights("encoder", "_l0", "W"), (x[read],))
        for row, t in enumerate(read):
            assert_agree("encoder", r.steps[f"encoder/time_{t + 1}/state"][0], states[row])
        assert_agree("last state", r.steps["decoder/start/state"], last)
    is_looking = options["attention"] == "additive"
    cell = nn.RNNCell(2 * d if is_looking else d, d, dtype=torch.float64)
    state = r.steps["decoder/start/state"]
    for t, word in enumerate(r.target, start=1):
        given = y[t - 1][None]
        if is_looking:
            given = torch.cat([given, r.steps[f"decoder/time_{t}/alignment/context"]], dim=1)
        after = functional_call(
            cell, weights("decoder", "", "WC" if is_looking else "W"), (given, state)
        )
        state = state if options["padding"] and word == PAD else after
        assert_agree("decoder", r.steps[f"decoder/time_{t}/state"], state)


# --- Dropout ------------------------------------------------------------------------------


def kept(shape: tuple[int, ...], rate: float, seed: int, path: str) -> Tensor:
    """0 where dropped, 1 / (1 - p) elsewhere; each step draws from the seed and its path."""
    random = np.random.default_rng([seed, zlib.crc32(path.encode())])
    return torch.tensor(np.where(random.random(shape) < rate, 0.0, 1.0 / (1.0 - rate)))


class DroppingWalk(Walk):
    """The oracle's walk with dropout at the places of Vaswani et al. 2017, section 5.4."""

    def __init__(self, params, options, rate: float, is_training: bool, seed: int) -> None:
        super().__init__(params, options)
        self.rate, self.is_training, self.seed = rate, is_training, seed

    def drop(self, path: str, x: Tensor) -> Tensor:
        if not self.rate:
            return x
        if self.is_training:
            x = x * kept(tuple(x.shape), self.rate, self.seed, path)
        return self.note(path, x)

    def embed(self, side: str, ids: Tensor) -> Tensor:
        return self.drop(f"{side}/dropout", super().embed(side, ids))

    def sublayer(self, layer: str, number: int, x: Tensor, compute) -> Tensor:
        return super().sublayer(
            layer, number, x, lambda y: self.drop(f"{layer}/dropout_{number}", compute(y))
        )


def dropout_loss(r: Record) -> Tensor:
    options = DEFAULTS | {k: v for k, v in r.options.items() if k in DEFAULTS}
    walk = DroppingWalk(r.params, options, r.options["dropout"], r.options["training"], r.seed)
    walk.steps = r.steps
    own, ahead, cross = masks_of(r.source, r.target)

    def ids(words: list[str], vocabulary: list[str]) -> Tensor:
        return torch.tensor([vocabulary.index(word) for word in words])

    memory = walk.stack("encoder", walk.embed("source", ids(r.source, r.vocabularies[0])), own)
    y = walk.embed("target", ids(r.target, r.vocabularies[1]))
    y = walk.stack("decoder", y, ahead, memory, cross)
    return walk.head(y, ids(r.expected, r.vocabularies[1]))


def dropout_shapes(options: dict, sources: int, targets: int) -> dict[str, tuple[int, ...]]:
    known = DEFAULTS | {k: v for k, v in options.items() if k in DEFAULTS}
    return shapes_of(known, sources, targets)


# --- Transformer-XL -----------------------------------------------------------------------


def xl_shapes(options: dict, sources: int, targets: int) -> dict[str, tuple[int, ...]]:
    d, heads, d_ff = options["d_model"], options["heads"], options["d_ff"]
    d_k = d // heads
    shapes = {"embedding/source": (sources, d)}
    if not options["one vocabulary"]:
        shapes["embedding/target"] = (targets, d)
    for h in range(1, heads + 1):
        shapes |= {f"global_bias/head_{h}/u": (1, d_k), f"global_bias/head_{h}/v": (1, d_k)}
    for n in range(1, options["layers"] + 1):
        at = f"layers/{n}"
        for h in range(1, heads + 1):
            for name in "QKVR":
                shapes[f"{at}/relative_attention/head_{h}/W_{name}"] = (d, d_k)
        shapes[f"{at}/relative_attention/W_O"] = (d, d)
        for k in (1, 2):
            shapes |= {f"{at}/norm_{k}/gamma": (d,), f"{at}/norm_{k}/beta": (d,)}
        shapes |= {f"{at}/feed_forward/W_1": (d, d_ff), f"{at}/feed_forward/W_2": (d_ff, d)}
        if options["biases"]:
            shapes |= {f"{at}/feed_forward/b_1": (d_ff,), f"{at}/feed_forward/b_2": (d,)}
    shapes["output/W"] = (d, targets)
    if options["biases"]:
        shapes["output/b"] = (targets,)
    return shapes


@dataclass
class XL:
    """Dai et al. 2019, section 3.3, the score of each pair written out, without a shift."""

    r: Record

    def drop(self, path: str, x: Tensor) -> Tensor:
        o = self.r.options
        if not o["dropout"]:
            return x
        if o["training"]:
            x = x * kept(tuple(x.shape), o["dropout"], self.r.seed, path)
        return self.r.note(path, x)

    def embed(self, segment: int, words: list[str]) -> Tensor:
        r, o = self.r, self.r.options
        side = ("source", "target")[segment - 1]
        table = "source" if o["one vocabulary"] else side
        factor = math.sqrt(o["d_model"]) if o["embedding_scale"] else 1.0
        at = f"segment_{segment}"
        x = r.look_up(
            f"{at}/embedded", f"embedding/{table}", words, r.vocabularies[segment - 1], factor
        )
        return self.drop(f"{at}/dropout", x)

    def layer(self, segment: int, n: int, x: Tensor, words, before=None, before_words=()) -> Tensor:
        r, p, o = self.r, self.r.params, self.r.options
        at, own = f"segment_{segment}/{n}", f"layers/{n}"
        context, keys = x, list(words)
        if before is not None:
            memory = r.note(f"{at}/relative_attention/memory", before.detach())
            if o["segment_memory"]:
                context, keys = torch.cat([memory, x]), [*before_words, *words]
            r.note(f"{at}/relative_attention/context", context)
        found = self.attention(
            f"{at}/relative_attention", f"{own}/relative_attention", x, context, keys
        )
        x = self.close(at, own, 1, x, found)
        hidden = x @ p[f"{own}/feed_forward/W_1"]
        hidden = hidden + p[f"{own}/feed_forward/b_1"] if o["biases"] else hidden
        r.note(f"{at}/feed_forward/hidden", hidden)
        hidden = r.note(f"{at}/feed_forward/activated", F.relu(hidden))
        found = hidden @ p[f"{own}/feed_forward/W_2"]
        found = found + p[f"{own}/feed_forward/b_2"] if o["biases"] else found
        return self.close(at, own, 2, x, r.note(f"{at}/feed_forward/output", found))

    def close(self, at: str, own: str, k: int, x: Tensor, found: Tensor) -> Tensor:
        r, p, o = self.r, self.r.params, self.r.options
        found = self.drop(f"{at}/dropout_{k}", found)
        found = r.note(f"{at}/residual_{k}", x + found if o["residual"] else found)
        gamma, beta = p[f"{own}/norm_{k}/gamma"], p[f"{own}/norm_{k}/beta"]
        return r.note(f"{at}/norm_{k}", F.layer_norm(found, found.shape[-1:], gamma, beta, EPSILON))

    def attention(self, at: str, own: str, x: Tensor, context: Tensor, keys: list[str]) -> Tensor:
        r, p, o = self.r, self.r.params, self.r.options
        m, k, d = len(x), len(context), o["d_model"]
        d_k = d // o["heads"]
        waves = sinusoids(k, d)  # row i is R_i, of distance i
        mixed = []
        for h in range(1, o["heads"] + 1):
            head, mine = f"{at}/head_{h}", f"{own}/head_{h}"
            q = r.note(f"{head}/Q", x @ p[f"{mine}/W_Q"])
            ks = r.note(f"{head}/K", context @ p[f"{mine}/W_K"])
            v = r.note(f"{head}/V", context @ p[f"{mine}/W_V"])
            far = waves @ p[f"{mine}/W_R"]
            r.note(f"{head}/R", far.flip(0))
            terms = self.terms(q, ks, far, h)
            for name, term in zip(
                ("content_content", "content_position", "global_content", "global_position"),
                terms,
                strict=True,
            ):
                r.note(f"{head}/{name}", term)
            a = terms[0] + terms[1] + terms[2] + terms[3]
            r.note(f"{head}/scores", a)
            a = r.note(f"{head}/scaled", a / math.sqrt(d_k) if o["scale"] else a)
            blocked = torch.zeros(m, k, dtype=torch.bool)
            for i in range(m):
                for j in range(k):
                    blocked[i, j] = j > k - m + i or (o["padding"] and keys[j] == PAD)
            added = torch.zeros(m, k).double().masked_fill(blocked, o["mask_value"])
            a = r.note(f"{head}/masked", a + added)
            a = r.note(f"{head}/weights", F.softmax(a, dim=-1))
            mixed.append(r.note(f"{head}/mixed", a @ v))
        joined = r.note(f"{at}/joined", torch.cat(mixed, dim=-1))
        return r.note(f"{at}/output", joined @ p[f"{own}/W_O"])

    def terms(self, q: Tensor, keys: Tensor, far: Tensor, h: int) -> list[Tensor]:
        """The four terms, pair by pair; a key ahead has no distance, and gets 0 for it."""
        u, v = (self.r.params[f"global_bias/head_{h}/{name}"][0] for name in "uv")
        m, k = len(q), len(keys)
        nothing = torch.zeros((), dtype=torch.float64)

        def table(number) -> Tensor:
            return torch.stack([torch.stack([number(i, j) for j in range(k)]) for i in range(m)])

        def distance(i: int, j: int) -> int:
            return k - m + i - j

        return [
            table(lambda i, j: q[i] @ keys[j]),
            table(lambda i, j: q[i] @ far[distance(i, j)] if distance(i, j) >= 0 else nothing),
            torch.stack([u @ keys[j] for j in range(k)])[None],
            table(lambda i, j: v @ far[distance(i, j)] if distance(i, j) >= 0 else nothing),
        ]


def xl_loss(r: Record) -> Tensor:
    xl = XL(r)
    x = xl.embed(1, r.source)
    entered = [x]
    for n in range(1, r.options["layers"]):
        x = xl.layer(1, n, x, r.source)
        entered.append(x)
    y = xl.embed(2, r.target)
    for n, before in enumerate(entered, start=1):
        y = xl.layer(2, n, y, r.target, before, r.source)
    return r.head(y)


# --- Cases --------------------------------------------------------------------------------

RNN = {
    "model": "rnn",
    "d_model": 4,
    "biases": True,
    "padding": True,
    "mask_value": -math.inf,
    "attention": "additive",
}
XLS = {
    "model": "transformer_xl",
    "layers": 2,
    "heads": 2,
    "d_model": 6,
    "d_ff": 5,
    "scale": True,
    "biases": True,
    "residual": True,
    "embedding_scale": True,
    "padding": True,
    "mask_value": -math.inf,
    "segment_memory": True,
    "dropout": 0.0,
    "training": False,
}
DROP = {**DEFAULTS, "heads": 2, "d_ff": 6, "dropout": 0.25, "training": True}

CASES = {
    "rnn_additive": (RNN, "abca", "<s> u v w"),
    "rnn_none": (RNN | {"attention": "none"}, "abcab", "<s> u v"),
    "rnn_padded": (RNN | {"d_model": 5}, "abc__", "<s> w v _"),
    "rnn_padded_left_none": (RNN | {"attention": "none"}, "_ab_c", "<s> _ v"),
    "rnn_padding_read": (RNN | {"padding": False}, "ab_", "<s> _ u"),
    "rnn_no_biases": (RNN | {"biases": False, "d_model": 3}, "dcba", "<s> u u"),
    "rnn_mask_leaks": (RNN | {"mask_value": -1.5}, "a_b_", "<s> v w"),
    "rnn_one_word": (RNN | {"d_model": 1}, "a", "<s>"),
    "rnn_long": (RNN | {"d_model": 2}, "abcdabcdabcd", "<s> u v w u v w u v w u"),
    "xl_two_layers": (XLS, "abc", "<s> u v w"),
    "xl_one_vocabulary": (XLS, "<s> u v", "w v u"),
    "xl_three_layers": (XLS | {"layers": 3, "heads": 3}, "ab", "<s> u v"),
    "xl_one_layer": (XLS | {"layers": 1, "heads": 1}, "abcd", "<s> u"),
    "xl_no_memory": (XLS | {"segment_memory": False}, "abc", "<s> u v"),
    "xl_padded": (XLS, "abc_", "<s> u _ _"),
    "xl_padding_read": (XLS | {"padding": False}, "a_", "<s> u _"),
    "xl_plain": (
        XLS | {"scale": False, "biases": False, "residual": False, "embedding_scale": False},
        "abc",
        "<s> u v",
    ),
    "xl_mask_leaks": (XLS | {"mask_value": -1.5}, "a_b", "<s> u v _"),
    "xl_dropout": (XLS | {"dropout": 0.4, "training": True}, "abc", "<s> u v"),
    "dropout_after": (DROP, "abc_", "<s> u v"),
    "dropout_before": (DROP | {"norm": "before", "layers": 2, "dropout": 0.5}, "abc", "<s> u"),
    "dropout_no_residual": (DROP | {"residual": False}, "ab", "<s> u v"),
    "dropout_not_training": (DROP | {"training": False}, "abc", "<s> u v"),
}


def words(text: str) -> list[str]:
    parts = text.split() if " " in text or "<" in text else list(text)
    return [PAD if part == "_" else part for part in parts]


def drawn_of(number: int, options: dict, source: list[str], target: list[str]) -> dict:
    """The golden values of a case over words and parameters that are drawn for it."""
    is_one = source[0] == "<s>"
    vocabularies = (TARGET if is_one else SOURCE, TARGET)
    model = options.get("model", "encoder_decoder")
    random = np.random.default_rng([SEED, number])
    inner = options | {"model": model, "one vocabulary": is_one}
    arrays = {}
    for path, shape in MODELS[model][0](inner, *map(len, vocabularies)).items():
        drawn = random.standard_normal(shape)
        drawn = 1 + 0.2 * drawn if path.endswith("gamma") else drawn / math.sqrt(len(shape) + 1)
        arrays[path] = np.round(drawn * 256) / 256  # exact, and packs small
    return golden_of(inner, source, target, [*target[1:], "</s>"], vocabularies, arrays, number)


def scenario_of(file: Path) -> dict:
    """The golden values of a scenario's file; what follows each word is expected."""
    held = json.loads(file.read_text("utf-8"))
    options, tokens = held["options"], held["tokens"]
    if options.get("mask_value", 0) is None:
        options["mask_value"] = -math.inf
    arrays = {p: np.array(a, dtype=float) for p, a in held["parameters"].items()}
    vocabularies = (held["vocabularies"]["source"], held["vocabularies"]["target"])
    inner = options | {"one vocabulary": vocabularies[0] == vocabularies[1]}
    expected = tokens["expected"] or [*tokens["target"][1:], "</s>"]
    source, target, seed = tokens["source"], tokens["target"], held["seed"]
    return golden_of(inner, source, target, expected, vocabularies, arrays, seed)


MODELS = {
    "rnn": (rnn_shapes, rnn_loss),
    "transformer_xl": (xl_shapes, xl_loss),
    "encoder_decoder": (dropout_shapes, dropout_loss),
}


def golden_of(
    options: dict,
    source: list[str],
    target: list[str],
    expected: list[str],
    vocabularies: tuple[list[str], list[str]],
    arrays: dict[str, np.ndarray],
    seed: int,
) -> dict:
    """Everything a golden file holds; vocabularies are the source's and the target's."""
    shapes_of_it, loss_of = MODELS[options["model"]]
    assert {p: a.shape for p, a in arrays.items()} == shapes_of_it(options, *map(len, vocabularies))
    params = {p: torch.tensor(a, requires_grad=True) for p, a in arrays.items()}
    record = Record(options, source, target, expected, vocabularies, params, seed=seed)
    loss = loss_of(record)
    found = torch.autograd.grad(loss, list(params.values()), allow_unused=True)
    texts = {
        "options": {name: value for name, value in options.items() if name != "one vocabulary"},
        "source": source,
        "target": target,
        "expected": expected,
        "source_vocabulary": vocabularies[0],
        "target_vocabulary": vocabularies[1],
        "seed": seed,
    }
    held = {name: np.array(json.dumps(value)) for name, value in texts.items()}
    held |= {f"param:{p}": a for p, a in arrays.items()}
    held |= {f"step:{p}": s.detach().numpy() for p, s in record.steps.items()}
    return held | {
        f"grad:{p}": np.zeros(a.shape) if g is None else g.numpy()
        for (p, a), g in zip(arrays.items(), found, strict=True)
    }


def write(name: str, held: dict) -> None:
    file = FOLDER / f"{name}.npz"
    np.savez_compressed(file, **held)
    loss = float(held["step:output/loss"])
    print(f"{file.name:30} {file.stat().st_size:>8} bytes   loss {loss:.6f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--scenario", type=Path, help="a scenario's file")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    FOLDER.mkdir(exist_ok=True)
    if arguments.scenario:
        write(arguments.scenario.stem, scenario_of(arguments.scenario))
        return
    for number, (name, (options, source, target)) in enumerate(CASES.items()):
        write(name, drawn_of(number, options, words(source), words(target)))


if __name__ == "__main__":
    main()
