"""Make the golden files: every step and gradient of a Transformer, computed by PyTorch.

Written from "Attention Is All You Need" and the project's specification, not from the
engine. Needs PyTorch, which the project itself does not: see README.md beside this file.

    python tests/golden/make_golden.py                      all drawn configurations
    python tests/golden/make_golden.py --npz IN [--out OUT]  one given scenario
"""

import argparse
import json
import math
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.func import functional_call
from torch.nn import functional as F

HERE = Path(__file__).resolve().parent
SEED = 20170612  # the day the paper appeared
PAD = "<pad>"
EPSILON = 1e-5
AGREEMENT = 1e-12  # between the two computations in this file

DEFAULTS = {
    "heads": 1,
    "layers": 1,
    "d_model": 4,
    "d_ff": 8,
    "norm": "after",
    "scale": True,
    "biases": True,
    "mask_value": -math.inf,
    "positions": True,
    "residual": True,
    "embedding_scale": True,
    "final_norm": False,
}

Params = dict[str, Tensor]


# --- The specification, step by step -----------------------------------------------------


def sinusoids(length: int, d_model: int) -> Tensor:
    """PE(pos, 2i) = sin(pos / 10000^(2i/d_model)), PE(pos, 2i+1) the cosine of the same."""
    table = torch.zeros(length, d_model, dtype=torch.float64)
    for position in range(length):
        for column in range(d_model):
            angle = position / 10000 ** ((column - column % 2) / d_model)
            table[position, column] = math.cos(angle) if column % 2 else math.sin(angle)
    return table


def masks_of(source: list[str], target: list[str]) -> tuple[Tensor, Tensor, Tensor]:
    """Which keys (columns) each query row must not see: encoder, decoder's own, cross."""
    source_pads = torch.tensor([token == PAD for token in source])
    target_pads = torch.tensor([token == PAD for token in target])
    causal = torch.ones(len(target), len(target), dtype=torch.bool).triu(1)
    return (
        source_pads.expand(len(source), -1),
        causal | target_pads,
        source_pads.expand(len(target), -1),
    )


@dataclass
class Walk:
    """One forward pass that writes down every step."""

    params: Params
    options: dict
    steps: dict[str, Tensor] = field(default_factory=dict)

    def note(self, path: str, value: Tensor) -> Tensor:
        assert path not in self.steps, path
        self.steps[path] = value
        return value

    def linear(self, x: Tensor, weight: str, bias: str) -> Tensor:
        out = x @ self.params[weight]
        return out + self.params[bias] if self.options["biases"] else out

    def norm(self, path: str, x: Tensor) -> Tensor:
        gamma, beta = self.params[f"{path}/gamma"], self.params[f"{path}/beta"]
        return self.note(path, F.layer_norm(x, x.shape[-1:], gamma, beta, EPSILON))

    def embed(self, side: str, ids: Tensor) -> Tensor:
        d_model = self.options["d_model"]
        x = F.embedding(ids, self.params[f"embedding/{side}"])
        if self.options["embedding_scale"]:
            x = x * math.sqrt(d_model)
        self.note(f"{side}/embedded", x)
        if self.options["positions"]:
            x = x + sinusoids(len(ids), d_model)
        return self.note(f"{side}/positioned", x)

    def attention(self, path: str, x: Tensor, memory: Tensor, blocked: Tensor) -> Tensor:
        heads = self.options["heads"]
        d_k = self.options["d_model"] // heads
        added = torch.zeros(blocked.shape, dtype=torch.float64)
        added = added.masked_fill(blocked, self.options["mask_value"])
        mixed = []
        for h in range(1, heads + 1):
            head = f"{path}/head_{h}"
            q = self.note(f"{head}/Q", self.linear(x, f"{head}/W_Q", f"{head}/b_Q"))
            k = self.note(f"{head}/K", self.linear(memory, f"{head}/W_K", f"{head}/b_K"))
            v = self.note(f"{head}/V", self.linear(memory, f"{head}/W_V", f"{head}/b_V"))
            scores = self.note(f"{head}/scores", q @ k.T)
            scaled = scores / math.sqrt(d_k) if self.options["scale"] else scores
            self.note(f"{head}/scaled", scaled)
            masked = self.note(f"{head}/masked", scaled + added)
            weights = self.note(f"{head}/weights", F.softmax(masked, dim=-1))
            mixed.append(self.note(f"{head}/mixed", weights @ v))
        joined = self.note(f"{path}/joined", torch.cat(mixed, dim=-1))
        return self.note(f"{path}/output", self.linear(joined, f"{path}/W_O", f"{path}/b_O"))

    def feed_forward(self, path: str, x: Tensor) -> Tensor:
        hidden = self.note(f"{path}/hidden", self.linear(x, f"{path}/W_1", f"{path}/b_1"))
        activated = self.note(f"{path}/activated", F.relu(hidden))
        return self.note(f"{path}/output", self.linear(activated, f"{path}/W_2", f"{path}/b_2"))

    def sublayer(self, layer: str, number: int, x: Tensor, compute) -> Tensor:
        before = self.options["norm"] == "before"
        out = compute(self.norm(f"{layer}/norm_{number}", x) if before else x)
        out = x + out if self.options["residual"] else out
        out = self.note(f"{layer}/residual_{number}", out)
        return out if before else self.norm(f"{layer}/norm_{number}", out)

    def stack(self, side: str, x: Tensor, own: Tensor, memory=None, cross=None) -> Tensor:
        for number in range(1, self.options["layers"] + 1):
            layer = f"{side}/{number}"
            sublayers = [lambda y, p=layer: self.attention(f"{p}/self_attention", y, y, own)]
            if memory is not None:
                sublayers.append(
                    lambda y, p=layer: self.attention(f"{p}/cross_attention", y, memory, cross)
                )
            sublayers.append(lambda y, p=layer: self.feed_forward(f"{p}/feed_forward", y))
            for k, compute in enumerate(sublayers, start=1):
                x = self.sublayer(layer, k, x, compute)
        return self.norm(f"{side}/norm", x) if self.options["final_norm"] else x

    def head(self, x: Tensor, expected: Tensor) -> Tensor:
        logits = self.note("output/logits", self.linear(x, "output/W", "output/b"))
        p = self.note("output/probabilities", F.softmax(logits, dim=-1))
        picked = p.gather(1, expected[:, None]).squeeze(1)
        return self.note("output/loss", -picked.log().mean())


# --- The same by PyTorch's own layers ----------------------------------------------------


class PlainEncoderLayer(nn.TransformerEncoderLayer):
    """PyTorch's sublayers without the residual connection, which its layer cannot omit."""

    def forward(self, src, src_mask=None, src_key_padding_mask=None, is_causal=False):
        def own(x):
            pads = src_key_padding_mask
            return self.self_attn(x, x, x, attn_mask=src_mask, key_padding_mask=pads)[0]

        def feed(x):
            return self.linear2(self.activation(self.linear1(x)))

        if self.norm_first:
            return feed(self.norm2(own(self.norm1(src))))
        return self.norm2(feed(self.norm1(own(src))))


class PlainDecoderLayer(nn.TransformerDecoderLayer):
    """The decoder's counterpart of PlainEncoderLayer."""

    def forward(
        self,
        tgt,
        memory,
        tgt_mask=None,
        memory_mask=None,
        tgt_key_padding_mask=None,
        memory_key_padding_mask=None,
        tgt_is_causal=False,
        memory_is_causal=False,
    ):
        def own(x):
            pads = tgt_key_padding_mask
            return self.self_attn(x, x, x, attn_mask=tgt_mask, key_padding_mask=pads)[0]

        def cross(x):
            pads, mask = memory_key_padding_mask, memory_mask
            return self.multihead_attn(x, memory, memory, attn_mask=mask, key_padding_mask=pads)[0]

        def feed(x):
            return self.linear2(self.activation(self.linear1(x)))

        if self.norm_first:
            return feed(self.norm3(cross(self.norm2(own(self.norm1(tgt))))))
        return self.norm3(feed(self.norm2(cross(self.norm1(own(tgt))))))


def attention_state(params: Params, options: dict, path: str) -> Params:
    """The parameters of one attention in the layout of nn.MultiheadAttention."""
    d_model, heads = options["d_model"], options["heads"]
    # nn.MultiheadAttention always divides by sqrt(d_k): scale off is a Q that much larger.
    larger = 1.0 if options["scale"] else math.sqrt(d_model // heads)
    nothing = torch.zeros(d_model, dtype=torch.float64)
    weights, biases = [], []
    for name, factor in (("Q", larger), ("K", 1.0), ("V", 1.0)):
        names = [f"{path}/head_{h}" for h in range(1, heads + 1)]
        weights.append(torch.cat([params[f"{n}/W_{name}"] for n in names], dim=1).T * factor)
        if options["biases"]:
            biases.append(torch.cat([params[f"{n}/b_{name}"] for n in names]) * factor)
        else:
            biases.append(nothing)
    return {
        "in_proj_weight": torch.cat(weights),
        "in_proj_bias": torch.cat(biases),
        "out_proj.weight": params[f"{path}/W_O"].T,
        "out_proj.bias": params[f"{path}/b_O"] if options["biases"] else nothing,
    }


def stack_state(params: Params, options: dict, side: str) -> Params:
    """The parameters of one side in the layout of nn.TransformerEncoder or -Decoder."""
    state = {}
    attentions = {"self_attn": "self_attention"}
    if side == "decoder":
        attentions["multihead_attn"] = "cross_attention"
    for number in range(options["layers"]):
        ours, theirs = f"{side}/{number + 1}", f"layers.{number}"
        for their_name, our_name in attentions.items():
            for key, value in attention_state(params, options, f"{ours}/{our_name}").items():
                state[f"{theirs}.{their_name}.{key}"] = value
        for k in range(1, len(attentions) + 2):
            state[f"{theirs}.norm{k}.weight"] = params[f"{ours}/norm_{k}/gamma"]
            state[f"{theirs}.norm{k}.bias"] = params[f"{ours}/norm_{k}/beta"]
        for k in (1, 2):
            weight = params[f"{ours}/feed_forward/W_{k}"]
            nothing = torch.zeros(weight.shape[1], dtype=torch.float64)
            bias = params[f"{ours}/feed_forward/b_{k}"] if options["biases"] else nothing
            state[f"{theirs}.linear{k}.weight"] = weight.T
            state[f"{theirs}.linear{k}.bias"] = bias
    if options["final_norm"]:
        state["norm.weight"] = params[f"{side}/norm/gamma"]
        state["norm.bias"] = params[f"{side}/norm/beta"]
    return state


def torch_stacks(
    params: Params, options: dict, source: Tensor, target: Tensor, pads: tuple[Tensor, Tensor]
) -> tuple[Tensor, Tensor]:
    """Encoder's and decoder's outputs by nn.TransformerEncoder and nn.TransformerDecoder."""
    d_model = options["d_model"]
    common = {
        "d_model": d_model,
        "nhead": options["heads"],
        "dim_feedforward": options["d_ff"],
        "dropout": 0.0,
        "activation": F.relu,
        "batch_first": True,
        "norm_first": options["norm"] == "before",
        "dtype": torch.float64,
    }

    def final():
        wanted = options["final_norm"]
        return nn.LayerNorm(d_model, dtype=torch.float64) if wanted else None

    whole = options["residual"]
    encoder_layer = (nn.TransformerEncoderLayer if whole else PlainEncoderLayer)(**common)
    decoder_layer = (nn.TransformerDecoderLayer if whole else PlainDecoderLayer)(**common)
    encoder = nn.TransformerEncoder(
        encoder_layer, options["layers"], norm=final(), enable_nested_tensor=False
    )
    decoder = nn.TransformerDecoder(decoder_layer, options["layers"], norm=final())
    encoder.train()  # dropout is 0; training mode keeps the fused inference path away
    decoder.train()

    later = nn.Transformer.generate_square_subsequent_mask(len(target), dtype=torch.float64)
    if options["mask_value"] == -math.inf:  # the way PyTorch's documentation asks for it
        encoder_masks = {"src_key_padding_mask": pads[0][None]}
        decoder_masks = {
            "tgt_mask": later.isinf(),
            "tgt_key_padding_mask": pads[1][None],
            "memory_key_padding_mask": pads[0][None],
        }
    else:  # a mask of numbers is added to the scaled scores; clamped, so that it counts once
        columns = [torch.zeros(len(p)).double().masked_fill(p, -math.inf)[None] for p in pads]
        own, cross = columns[0].expand(len(source), -1), columns[0].expand(len(target), -1)
        encoder_masks = {"mask": own.clamp(min=options["mask_value"])}
        decoder_masks = {
            "tgt_mask": (later + columns[1]).clamp(min=options["mask_value"]),
            "memory_mask": cross.clamp(min=options["mask_value"]),
        }

    def call(module, side, inputs, masks):
        state = stack_state(params, options, side)
        return functional_call(module, state, inputs, masks, strict=True)

    memory = call(encoder, "encoder", (source[None],), encoder_masks)
    decoded = call(decoder, "decoder", (target[None], memory), decoder_masks)
    return memory[0], decoded[0]


def assert_agree(what: str, ours: Tensor, theirs: Tensor) -> None:
    torch.testing.assert_close(
        ours, theirs, rtol=AGREEMENT, atol=AGREEMENT, msg=lambda m: f"{what}: {m}"
    )


# --- One golden file ---------------------------------------------------------------------


def golden_of(
    params: dict[str, np.ndarray],
    options: dict,
    source: list[str],
    target: list[str],
    expected: list[str],
    vocabularies: tuple[list[str], list[str]],
) -> dict[str, np.ndarray]:
    """Everything a golden file holds; vocabularies are the source's and the target's."""
    unknown = set(options) - set(DEFAULTS)
    if unknown:
        raise ValueError(f"options this oracle does not know: {sorted(unknown)}")
    options = DEFAULTS | options
    wrong = shapes_of(options, *map(len, vocabularies)).items() ^ {
        (path, np.shape(array)) for path, array in params.items()
    }
    if wrong:
        raise ValueError(f"parameters that are missing, unknown or misshaped: {sorted(wrong)}")

    def ids(tokens, vocabulary):
        return torch.tensor([vocabulary.index(token) for token in tokens])

    source_ids, target_ids = ids(source, vocabularies[0]), ids(target, vocabularies[1])
    expected_ids = ids(expected, vocabularies[1])
    masks = masks_of(source, target)
    leaves = {
        path: torch.tensor(array, dtype=torch.float64, requires_grad=True)
        for path, array in params.items()
    }

    def gradients(loss):
        grads = torch.autograd.grad(loss, list(leaves.values()), retain_graph=True)
        return dict(zip(leaves, grads, strict=True))

    walk = Walk(leaves, options)
    source_x = walk.embed("source", source_ids)
    encoded = walk.stack("encoder", source_x, masks[0])
    target_x = walk.embed("target", target_ids)
    decoded = walk.stack("decoder", target_x, masks[1], encoded, masks[2])
    loss = walk.head(decoded, expected_ids)
    grads = gradients(loss)

    pads = tuple(torch.tensor([word == PAD for word in words]) for words in (source, target))
    their_encoded, their_decoded = torch_stacks(leaves, options, source_x, target_x, pads)
    assert_agree("encoder", encoded, their_encoded)
    assert_agree("decoder", decoded, their_decoded)
    bias = leaves["output/b"] if options["biases"] else None
    their_loss = F.cross_entropy(F.linear(their_decoded, leaves["output/W"].T, bias), expected_ids)
    assert_agree("loss", loss, their_loss)
    for path, their_grad in gradients(their_loss).items():
        assert_agree(f"gradient of {path}", grads[path], their_grad)

    return {
        "options": np.array(json.dumps(options)),
        "source": np.array(json.dumps(source)),
        "target": np.array(json.dumps(target)),
        "expected": np.array(json.dumps(expected)),
        "source_vocabulary": np.array(json.dumps(vocabularies[0])),
        "target_vocabulary": np.array(json.dumps(vocabularies[1])),
        **{f"param:{path}": leaf.detach().numpy() for path, leaf in leaves.items()},
        **{f"step:{path}": step.detach().numpy() for path, step in walk.steps.items()},
        **{f"grad:{path}": grad.numpy() for path, grad in grads.items()},
    }


def shapes_of(options: dict, source_words: int, target_words: int) -> dict[str, tuple[int, ...]]:
    """The path and shape of every parameter a model with these options has."""
    heads, d_model, d_ff = options["heads"], options["d_model"], options["d_ff"]
    biases, d_k = options["biases"], d_model // heads
    shapes: dict[str, tuple[int, ...]] = {
        "embedding/source": (source_words, d_model),
        "embedding/target": (target_words, d_model),
    }

    def linear(path, name, rows, columns):
        shapes[f"{path}/W{name}"] = (rows, columns)
        if biases:
            shapes[f"{path}/b{name}"] = (columns,)

    def norm(path):
        shapes[f"{path}/gamma"] = shapes[f"{path}/beta"] = (d_model,)

    for side, attentions in (
        ("encoder", ["self_attention"]),
        ("decoder", ["self_attention", "cross_attention"]),
    ):
        for number in range(1, options["layers"] + 1):
            layer = f"{side}/{number}"
            for attention in attentions:
                for h in range(1, heads + 1):
                    for name in ("_Q", "_K", "_V"):
                        linear(f"{layer}/{attention}/head_{h}", name, d_model, d_k)
                linear(f"{layer}/{attention}", "_O", d_model, d_model)
            linear(f"{layer}/feed_forward", "_1", d_model, d_ff)
            linear(f"{layer}/feed_forward", "_2", d_ff, d_model)
            for k in range(1, len(attentions) + 2):
                norm(f"{layer}/norm_{k}")
        if options["final_norm"]:
            norm(f"{side}/norm")
    linear("output", "", d_model, target_words)
    return shapes


# --- The configurations ------------------------------------------------------------------


@dataclass(frozen=True)
class Case:
    """What a golden file is about; words and parameters are drawn."""

    options: dict
    source_words: int = 3
    target_words: int = 3
    source_pads: tuple[int, ...] = ()  # positions at which "<pad>" is put in
    target_pads: tuple[int, ...] = ()


CASES = {
    "one_head": Case({}, 3, 2),
    "one_token": Case({"heads": 2, "d_ff": 6}, 1, 1),
    "two_heads_source_padded": Case(
        {"heads": 2, "layers": 2, "d_model": 8, "d_ff": 12}, 4, 3, source_pads=(4, 5)
    ),
    "both_padded": Case(
        {"heads": 2, "d_model": 6, "d_ff": 10}, 3, 3, source_pads=(1, 4), target_pads=(3, 4)
    ),
    "four_heads_wide": Case({"heads": 4, "d_model": 16, "d_ff": 20}, 5, 4),
    "six_layers": Case({"layers": 6, "d_model": 8, "d_ff": 8}, 4, 3, source_pads=(4,)),
    "norm_before": Case(
        {"heads": 2, "layers": 2, "d_model": 6, "d_ff": 9, "norm": "before"}, 5, 3, source_pads=(5,)
    ),
    "norm_before_final_norm": Case(
        {"heads": 4, "d_model": 8, "d_ff": 8, "norm": "before", "final_norm": True}, 2, 5
    ),
    "three_layers_final_norm": Case(
        {"layers": 3, "d_ff": 6, "norm": "before", "final_norm": True}, 3, 4, target_pads=(4,)
    ),
    "no_biases": Case({"heads": 2, "d_model": 8, "d_ff": 10, "biases": False}, 4, 4),
    "no_scale": Case({"heads": 2, "d_model": 8, "d_ff": 8, "scale": False}, 4, 3, source_pads=(2,)),
    "mask_minus_1000": Case(
        {"heads": 2, "d_model": 6, "d_ff": 8, "mask_value": -1000.0},
        4,
        3,
        source_pads=(4,),
        target_pads=(3, 4),
    ),
    # Every key of the target's first row is blocked: it must come out as if none were.
    "mask_minus_1000_padded_left": Case(
        {"d_model": 6, "d_ff": 8, "mask_value": -1000.0}, 3, 3, source_pads=(0,), target_pads=(0,)
    ),
    # Small enough that blocked keys keep a weight: tells added from replaced, once from twice.
    "mask_leaks": Case(
        {"heads": 2, "d_ff": 6, "mask_value": -1.5}, 3, 3, source_pads=(3,), target_pads=(1, 4)
    ),
    "no_positions": Case({"d_model": 6, "d_ff": 7, "positions": False}, 4, 5),
    "no_residual": Case({"heads": 2, "d_model": 8, "d_ff": 8, "residual": False}, 3, 4),
    "no_residual_norm_before": Case(
        {"d_model": 6, "d_ff": 8, "residual": False, "norm": "before"}, 4, 3
    ),
    "no_embedding_scale": Case(
        {"heads": 2, "d_model": 10, "d_ff": 5, "embedding_scale": False}, 3, 5
    ),
    "all_off": Case(
        {
            "heads": 2,
            "norm": "before",
            "scale": False,
            "biases": False,
            "positions": False,
            "residual": False,
            "embedding_scale": False,
        },
        4,
        3,
        source_pads=(4,),
    ),
}


def drawn_case(rng: np.random.Generator) -> Case:
    """A configuration nobody chose."""

    def coin():
        return bool(rng.integers(2))

    heads = int(rng.choice([1, 2, 4]))
    norm = "before" if coin() else "after"
    options = {
        "heads": heads,
        "layers": int(rng.integers(1, 3)),
        "d_model": int(rng.choice([d for d in (4, 6, 8, 10, 12) if d % heads == 0])),
        "d_ff": int(rng.integers(4, 13)),
        "norm": norm,
        "final_norm": norm == "before" and coin(),
        "mask_value": float(rng.choice([-math.inf, -1000.0])),
        **{name: coin() for name in ("scale", "biases", "positions", "embedding_scale")},
        "residual": bool(rng.integers(4)),
    }
    words = [int(n) for n in rng.integers(2, 6, size=2)]
    pads = [tuple(range(n, n + int(rng.integers(3)))) for n in words]
    return Case(options, *words, *pads)


def draw(case: Case, rng: np.random.Generator) -> dict[str, np.ndarray]:
    """Words and parameters for a case, and all that follows from them."""
    options = DEFAULTS | case.options
    vocabularies = []
    for words in ("abcde", "uvwxyz"):
        vocabulary = [PAD, "<start>", "<end>", *words]
        vocabularies.append([vocabulary[i] for i in rng.permutation(len(vocabulary))])

    def draw_words(words, count, pads):
        tokens = [words[i] for i in rng.integers(len(words), size=count)]
        for position in pads:
            tokens.insert(position, PAD)
        return tokens

    source = draw_words("abcde", case.source_words, case.source_pads)
    target = draw_words("uvwxyz", case.target_words, case.target_pads)
    expected = [*target[1:], "<end>"]
    if target[-1] == PAD:  # the end comes before the padding, which is expected to follow
        last = max(i for i, token in enumerate(expected) if token not in (PAD, "<end>"))
        expected[last + 1], expected[-1] = "<end>", PAD
    target[next(i for i, token in enumerate(target) if token != PAD)] = "<start>"

    params = {}
    for path, shape in shapes_of(options, *map(len, vocabularies)).items():
        drawn = rng.standard_normal(shape)
        if path.endswith("/gamma"):
            drawn = 1 + 0.2 * drawn
        elif len(shape) == 1:
            drawn = 0.3 * drawn
        else:
            drawn = drawn / math.sqrt(shape[-1] if path.startswith("embedding") else shape[0])
        params[path] = np.round(drawn * 256) / 256  # exact, and packs small
    return golden_of(params, options, source, target, expected, (vocabularies[0], vocabularies[1]))


def from_npz(file: Path) -> dict[str, np.ndarray]:
    """The golden values of a scenario dumped under the keys a golden file uses itself."""
    with np.load(file) as held:
        texts = {name: json.loads(str(held[name])) for name in held.files if ":" not in name}
        params = {
            name.removeprefix("param:"): held[name]
            for name in held.files
            if name.startswith("param:")
        }
    vocabularies = (texts["source_vocabulary"], texts["target_vocabulary"])
    return golden_of(
        params, texts["options"], texts["source"], texts["target"], texts["expected"], vocabularies
    )


def write(file: Path, golden: dict[str, np.ndarray]) -> None:
    np.savez_compressed(file, **golden)
    loss = float(golden["step:output/loss"])
    print(f"{file.name:40} {file.stat().st_size:>8} bytes   loss {loss:.6f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--npz", type=Path, help="a scenario's options, tokens and parameters")
    parser.add_argument("--out", type=Path, help="where its golden file goes")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    if arguments.npz:
        write(arguments.out or HERE / arguments.npz.name, from_npz(arguments.npz))
        return
    drawer = np.random.default_rng(SEED)
    cases = CASES | {f"drawn_{n}": drawn_case(drawer) for n in range(1, 4)}
    for number, (name, case) in enumerate(cases.items()):
        write(HERE / f"{name}.npz", draw(case, np.random.default_rng([SEED, number])))


if __name__ == "__main__":
    main()
