"""Make the golden files of the other ways to attend, and of dense mixing.

Written from Bahdanau et al. 2015, Luong et al. 2015, Gehring et al. 2017, Shaw et al. 2018,
Raffel et al. 2020 and the project's specification, not from the engine. Needs PyTorch: see
README.md. Scores are computed pair by pair, as the papers write them.

    python tests/golden/make_attention.py
"""

import json
import math
from pathlib import Path

import numpy as np
import torch
from make_golden import DEFAULTS, PAD, Walk, assert_agree, masks_of, shapes_of, sinusoids
from torch import Tensor
from torch.nn import functional as F

FOLDER = Path(__file__).resolve().parent / "attention"
SEED = 20150508  # the day ICLR 2015 showed Bahdanau et al.
SOURCE = [PAD, "a", "b", "c", "d"]
TARGET = [PAD, "<s>", "</s>", "u", "v", "w"]
PLACES = 16  # the rows of a table of learned positions

PLAIN = DEFAULTS | {
    "model": "self_attention",
    "positions": "sinusoidal",
    "projections": True,
    "scoring": "dot",
    "relative": "none",
    "clip": 2,
    "buckets": 8,
    "reach": 16,
    "padding": True,
    "causal": True,
}


# --- Scores, pair by pair ----------------------------------------------------------------


def bucket_of(offset: int, buckets: int, reach: int, is_causal: bool) -> int:
    """The bucket of key place minus query place, by logarithms as T5's program has it."""
    first, distance = 0, -offset
    if is_causal:
        distance = max(distance, 0)
    else:
        buckets //= 2
        first = buckets if distance < 0 else 0
        distance = abs(distance)
    exact = buckets // 2
    if distance < exact:
        return first + distance
    share = math.log(distance / exact) / math.log(reach / exact)
    return first + min(exact + int(share * (buckets - exact) + 1e-9), buckets - 1)


def content(options: dict, params: dict, head: str, q: Tensor, k: Tensor) -> Tensor:
    """How well one query goes with one key, by what they hold."""
    if options["scoring"] == "dot":
        return torch.dot(q, k)
    if options["scoring"] == "general":
        return q @ params[f"{head}/W_a"] @ k
    inner = params[f"{head}/W_a"].T @ q + params[f"{head}/U_a"].T @ k
    return torch.dot(params[f"{head}/v_a"], torch.tanh(inner))


def table(rows: int, columns: int, number) -> Tensor:
    """A matrix from a function of row and column."""
    found = [torch.stack([number(i, j) for j in range(columns)]) for i in range(rows)]
    return torch.stack(found)


# --- The walk ----------------------------------------------------------------------------


class Other(Walk):
    """The paper's walk with other scores, positions and projections."""

    def embed(self, side: str, ids: Tensor) -> Tensor:
        o = self.options
        x = F.embedding(ids, self.params[f"embedding/{side}"])
        if o["embedding_scale"]:
            x = x * math.sqrt(o["d_model"])
        self.note(f"{side}/embedded", x)
        if o["positions"] == "sinusoidal":
            x = x + sinusoids(len(ids), o["d_model"])
        if o["positions"] == "learned":
            x = x + self.params[f"embedding/{side}_positions"][: len(ids)]
        return self.note(f"{side}/positioned", x)

    def attention(self, path: str, x: Tensor, memory: Tensor, blocked: Tensor) -> Tensor:
        o = self.options
        mixed = []
        for h in range(1, o["heads"] + 1):
            head, d_k = f"{path}/head_{h}", o["d_model"] // o["heads"]
            if o["projections"]:
                q = self.linear(x, f"{head}/W_Q", f"{head}/b_Q")
                k = self.linear(memory, f"{head}/W_K", f"{head}/b_K")
                v = self.linear(memory, f"{head}/W_V", f"{head}/b_V")
            else:
                own = slice((h - 1) * d_k, h * d_k)
                q, k, v = x[:, own], memory[:, own], memory[:, own]
            for name, rows in (("Q", q), ("K", k), ("V", v)):
                self.note(f"{head}/{name}", rows)
            mixed.append(self.mix(head, h, q, k, v, blocked, "cross" not in path))
        joined = self.note(f"{path}/joined", torch.cat(mixed, dim=-1))
        if not o["projections"]:
            return self.note(f"{path}/output", joined)
        return self.note(f"{path}/output", self.linear(joined, f"{path}/W_O", f"{path}/b_O"))

    def mix(self, head, number, q, k, v, blocked, is_near=False) -> Tensor:
        """One head from its queries, keys and values on; `is_near`: of one sentence."""
        o, n, m = self.options, len(q), len(k)
        relative = o["relative"] if is_near and "target_attention" not in head else "none"
        scores = table(n, m, lambda i, j: content(o, self.params, head, q[i], k[j]))
        if relative == "keys":
            rows = self.params[f"{head}/offsets"]
            self.note(f"{head}/content", scores)

            def by_offset(i, j):
                return q[i] @ rows[max(-o["clip"], min(o["clip"], j - i)) + o["clip"]]

            scores = scores + self.note(f"{head}/offset_scores", table(n, m, by_offset))
        self.note(f"{head}/scores", scores)
        scaled = scores / math.sqrt(q.shape[1]) if o["scale"] else scores
        self.note(f"{head}/scaled", scaled)
        bias = torch.zeros(n, m, dtype=torch.float64)
        if relative == "bias":
            is_causal = head.startswith("decoder") and o["causal"]
            is_causal = is_causal or (o["model"] == "self_attention" and o["causal"])
            home = head.split("/")[0]
            numbers = self.params[f"{home}/offsets/head_{number}"]
            bias = table(
                n, m, lambda i, j: numbers[bucket_of(j - i, o["buckets"], o["reach"], is_causal)]
            )
            self.note(f"{head}/offset_bias", bias)
            self.note(f"{head}/biased", scaled + bias)
        added = torch.zeros(n, m, dtype=torch.float64).masked_fill(blocked, o["mask_value"])
        masked = self.note(f"{head}/masked", scaled + bias + added)
        weights = self.note(f"{head}/weights", F.softmax(masked, dim=-1))
        self.agree(head, q, k, v, bias + added, relative)
        return self.note(f"{head}/mixed", weights @ v)

    def agree(self, head, q, k, v, added, relative) -> None:
        """PyTorch's own attention, where it can be told the same in other words."""
        if self.options["scoring"] == "additive" or relative == "keys":
            return
        if self.options["scoring"] == "general":
            q = q @ self.params[f"{head}/W_a"]
        scale = None if self.options["scale"] else 1.0
        theirs = F.scaled_dot_product_attention(q[None], k[None], v[None], added[None], scale=scale)
        assert_agree(head, self.steps[f"{head}/weights"] @ v, theirs[0])


# --- The models --------------------------------------------------------------------------


def walked(o: dict, params: dict, source: list[str], target: list[str], expected: list[str]):
    """Every step of one case, and the number whose gradient is taken."""
    walk = Other(params, o)
    masks = masks_of(source, target)
    blocked_source = masks[0] & o["padding"]
    if o["model"] == "attention":
        q, k, v = (params[f"attention/{n}"] for n in "QKV")
        walk.mix("attention", 1, q, k, v, masks[2] & o["padding"])
        return walk, walk.steps["attention/mixed"].sum()
    x = walk.embed("source", ids_of(source, SOURCE))
    if o["model"] == "self_attention":
        later = torch.ones(len(source), len(source), dtype=torch.bool).triu(1) & o["causal"]
        return walk, walk.attention("self_attention", x, x, blocked_source | later).sum()
    if o["model"] == "dense":
        return walk, mixing(walk, x).sum()
    y_ids = ids_of(target, TARGET)
    if o["model"] == "target_attention":
        y = walk.embed("target", y_ids)
        return walk, walk.attention("target_attention", y, x, masks[2] & o["padding"]).sum()
    encoded = walk.stack("encoder", x, masks[0])
    decoded = walk.stack("decoder", walk.embed("target", y_ids), masks[1], encoded, masks[2])
    return walk, walk.head(decoded, ids_of(expected, TARGET))


def mixing(walk: Other, x: Tensor) -> Tensor:
    """A fully connected layer over positions: torch's linear layer, on the columns."""
    is_projected = walk.options["projections"]
    v = walk.linear(x, "mixing/W_V", "mixing/b_V") if is_projected else x
    walk.note("mixing/V", v)
    mixed = walk.note("mixing/mixed", F.linear(v.T, walk.params["mixing/W"]).T)
    if not is_projected:
        return walk.note("mixing/output", mixed)
    return walk.note("mixing/output", walk.linear(mixed, "mixing/W_O", "mixing/b_O"))


def ids_of(tokens: list[str], vocabulary: list[str]) -> Tensor:
    return torch.tensor([vocabulary.index(token) for token in tokens])


def shapes(o: dict, source: int, target: int) -> dict[str, tuple[int, ...]]:
    """The path and shape of every parameter of a case."""
    model, d, d_k = o["model"], o["d_model"], o["d_model"] // o["heads"]
    if model == "attention":
        found = {"attention/Q": (target, d), "attention/K": (source, d), "attention/V": (source, d)}
        return found | scoring_shapes(o, "attention", d)
    if model == "encoder_decoder":
        found = shapes_of(o, len(SOURCE), len(TARGET))
    else:
        found = {"embedding/source": (len(SOURCE), d)}
    if model == "target_attention":
        found["embedding/target"] = (len(TARGET), d)
    if o["positions"] == "learned":
        sides = [p.split("/")[1] for p in found if p.startswith("embedding/")]
        found |= {f"embedding/{side}_positions": (PLACES, d) for side in sides}
    blocks = [p.removesuffix("/W_O") for p in found if p.endswith("/W_O")]
    if model in {"self_attention", "target_attention", "dense"}:
        blocks = ["mixing" if model == "dense" else model]
        found |= projection_shapes(o, blocks[0])
    if model == "dense":
        return found | {"mixing/W": (source, source)}
    for block in blocks:
        for h in range(1, o["heads"] + 1):
            head = f"{block}/head_{h}"
            found |= scoring_shapes(o, head, d_k)
            if block.endswith("self_attention") and o["relative"] == "keys":
                found[f"{head}/offsets"] = (2 * o["clip"] + 1, d_k)
            if block.endswith("self_attention") and o["relative"] == "bias":
                found[f"{block.split('/')[0]}/offsets/head_{h}"] = (o["buckets"],)
    if not o["projections"]:
        names = ("W_Q", "W_K", "W_V", "W_O", "b_Q", "b_K", "b_V", "b_O")
        found = {p: s for p, s in found.items() if p.split("/")[-1] not in names}
    return found


def projection_shapes(o: dict, block: str) -> dict[str, tuple[int, ...]]:
    d, heads = o["d_model"], o["heads"]
    found = {f"{block}/W_O": (d, d), f"{block}/b_O": (d,)}
    if o["model"] == "dense":
        found |= {"mixing/W_V": (d, d), "mixing/b_V": (d,)}
    else:
        for h in range(1, heads + 1):
            for name in "QKV":
                found[f"{block}/head_{h}/W_{name}"] = (d, d // heads)
                found[f"{block}/head_{h}/b_{name}"] = (d // heads,)
    kept = o["biases"], o["projections"]
    return {p: s for p, s in found.items() if kept[1] and (kept[0] or "/b_" not in p)}


def scoring_shapes(o: dict, head: str, width: int) -> dict[str, tuple[int, ...]]:
    square = (width, width)
    return {
        "dot": {},
        "general": {f"{head}/W_a": square},
        "additive": {f"{head}/W_a": square, f"{head}/U_a": square, f"{head}/v_a": (width,)},
    }[o["scoring"]]


# --- The cases ---------------------------------------------------------------------------

LONG = "a b c d a b c d d c b a b b c"
PAPER = {"model": "encoder_decoder", "heads": 2, "d_model": 6, "d_ff": 5, "layers": 2}
SELF = {"heads": 2, "d_model": 6}
CASES = {
    "attention_dot": ({"model": "attention"}, f"a b {PAD} c", "u"),
    "attention_general": ({"model": "attention", "scoring": "general"}, "a b c", "u v"),
    "attention_additive": (
        {"model": "attention", "scoring": "additive", "scale": False},
        f"a b c {PAD}",
        "u v",
    ),
    "attention_padding_seen": (
        {"model": "attention", "padding": False, "mask_value": -1000.0},
        f"a {PAD} c",
        "u",
    ),
    "attention_mask_leaks": ({"model": "attention", "mask_value": -1.5}, f"a {PAD} c", "u w"),
    "self_plain": (SELF, "a b c d", "<s>"),
    "self_all_seen": (SELF | {"causal": False, "biases": False}, f"a b {PAD} c", "<s>"),
    "self_no_projections": (
        {"projections": False, "causal": False, "positions": "none", "scale": False},
        "a b c b",
        "<s>",
    ),
    "self_no_projections_heads": (SELF | {"projections": False, "heads": 3}, "a b c", "<s>"),
    "self_general": (SELF | {"scoring": "general", "causal": False}, "a b c", "<s>"),
    "self_additive": (SELF | {"scoring": "additive", "positions": "learned"}, "d c b a", "<s>"),
    "self_shaw": (SELF | {"relative": "keys", "causal": False, "clip": 2}, "a b c d a b", "<s>"),
    "self_shaw_additive": (
        {"relative": "keys", "scoring": "additive", "clip": 1, "embedding_scale": False},
        "a b c d",
        "<s>",
    ),
    "self_t5": (SELF | {"relative": "bias", "causal": False, "buckets": 8}, LONG, "<s>"),
    "self_t5_causal": (SELF | {"relative": "bias", "buckets": 6, "reach": 9}, LONG, "<s>"),
    "self_t5_as_in_t5": (
        {"relative": "bias", "buckets": 32, "reach": 128, "causal": False, "padding": False},
        f"{LONG} {PAD}",
        "<s>",
    ),
    "target_plain": (SELF | {"model": "target_attention"}, f"a b {PAD} c", "u"),
    "target_additive": (
        SELF | {"model": "target_attention", "scoring": "additive", "positions": "none"},
        "a b c",
        "u v",
    ),
    "target_general": (
        {"model": "target_attention", "scoring": "general", "biases": False, "scale": False},
        "a b c",
        "u v",
    ),
    "target_no_projections": (
        {
            "model": "target_attention",
            "projections": False,
            "padding": False,
            "positions": "learned",
            "embedding_scale": False,
            "mask_value": -1000.0,
        },
        f"a {PAD} c",
        "u v",
    ),
    "dense_plain": ({"model": "dense"}, f"a b {PAD} c", "<s>"),
    "dense_no_projections": (
        {"model": "dense", "projections": False, "positions": "none", "embedding_scale": False},
        "a b c",
        "<s>",
    ),
    "dense_learned": ({"model": "dense", "positions": "learned", "biases": False}, "a b", "<s>"),
    "paper_general": (PAPER | {"scoring": "general", "positions": "learned"}, "a b c", "<s> u"),
    "paper_additive": (PAPER | {"scoring": "additive", "layers": 1}, f"a b {PAD}", "<s> u"),
    "paper_no_projections": (PAPER | {"projections": False, "layers": 1}, "a b c", "<s> u v"),
    "paper_shaw": (PAPER | {"relative": "keys", "positions": "none"}, "a b c d", "<s> u v"),
    "paper_t5": (
        PAPER | {"relative": "bias", "positions": "none", "norm": "before", "reach": 5},
        f"a b c d b {PAD}",
        "<s> u v w",
    ),
}


def golden_of(number: int, changes: dict, source: list[str], target: list[str]) -> dict:
    """Everything a golden file holds of one case."""
    options = PLAIN | changes
    expected = [*target[1:], "</s>"] if options["model"] == "encoder_decoder" else []
    rng = np.random.default_rng([SEED, number])
    params = {}
    for path, shape in shapes(options, len(source), len(target)).items():
        drawn = rng.standard_normal(shape)
        if path.endswith("/gamma"):
            drawn = 1 + 0.2 * drawn
        drawn = np.round(drawn * 256) / 256
        params[path] = torch.tensor(drawn, dtype=torch.float64, requires_grad=True)
    walk, goal = walked(options, params, source, target, expected)
    grads = torch.autograd.grad(goal, list(params.values()), allow_unused=True)
    texts = {
        "options": options,
        "source": source,
        "target": target,
        "expected": expected,
        "source_vocabulary": SOURCE,
        "target_vocabulary": TARGET,
    }
    zero = [torch.zeros_like(p) if g is None else g for p, g in zip(params.values(), grads)]  # noqa: B905
    return {
        **{name: np.array(json.dumps(text)) for name, text in texts.items()},
        **{f"param:{path}": p.detach().numpy() for path, p in params.items()},
        **{f"step:{path}": s.detach().numpy() for path, s in walk.steps.items()},
        **{f"grad:{path}": g.numpy() for path, g in zip(params, zero, strict=True)},
    }


def main() -> None:
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    FOLDER.mkdir(exist_ok=True)
    for number, (name, (options, source, target)) in enumerate(CASES.items()):
        held = golden_of(number, options, source.split(), target.split())
        file = FOLDER / f"{name}.npz"
        np.savez_compressed(file, **held)
        print(f"{file.name:34} {file.stat().st_size:>8} bytes")


if __name__ == "__main__":
    main()
