"""A traced run against PyTorch's nn.Transformer, which keeps no record; where it is installed."""

import math
import time
from collections.abc import Callable

import numpy as np
import pytest

from benchmarks.plain import Plain
from benchmarks.test_run_speed import MODELS
from engine import Scenario, run

torch = pytest.importorskip("torch", reason="PyTorch is no dependency")


def untraced(scenario: Scenario) -> Callable[[], object]:
    """nn.Transformer between embeddings and softmax, of the scenario's sizes, in float64.

    Masks and positions lie at hand, as they do for plain NumPy; one thread, as NumPy has.
    """
    torch.set_num_threads(1)
    o, exact, plain = scenario.options, {"dtype": torch.float64}, Plain(scenario)
    nn, sizes = torch.nn, (o.d_model, o.heads, o.layers, o.layers, o.d_ff, 0.0)
    inner = nn.Transformer(*sizes, batch_first=True, **exact).eval()
    sides = (scenario.source_vocabulary, scenario.target_vocabulary)
    tables = [nn.Embedding(len(words), o.d_model, **exact) for words in sides]
    last = nn.Linear(o.d_model, len(scenario.target_vocabulary), **exact)
    ids = [torch.tensor([found]) for found in (scenario.source_ids, scenario.target_ids)]
    waves = [torch.tensor(plain.wave[len(row[0])]) for row in ids]
    padded = torch.tensor(plain.encoder_mask[:1])
    ahead = nn.Transformer.generate_square_subsequent_mask(len(scenario.target), **exact)
    masks = {
        "tgt_mask": ahead,
        "src_key_padding_mask": padded,
        "memory_key_padding_mask": padded,
    }

    def forward() -> object:
        x, y = (
            table(row) * math.sqrt(o.d_model) + wave
            for table, row, wave in zip(tables, ids, waves, strict=True)
        )
        return torch.softmax(last(inner(x, y, **masks)), -1)

    return forward


@pytest.mark.filterwarnings("ignore::UserWarning:torch")  # nested tensors, a prototype
@pytest.mark.parametrize("name", list(MODELS))
def test_traced_run_against_pytorch(name, benchmark, record):
    """In turns; the fastest counts. Without gradients, which a traced run doesn't keep either."""
    scenario = MODELS[name]()
    calls = {"PyTorch": untraced(scenario), "traced run": lambda: run(scenario)}
    best = dict.fromkeys(calls, math.inf)

    def both() -> None:
        for kind, call in calls.items():
            begin = time.perf_counter()
            call()
            best[kind] = min(best[kind], time.perf_counter() - begin)

    with np.errstate(all="ignore"), torch.no_grad():
        benchmark.pedantic(both, rounds=300, warmup_rounds=20)
    ratio = best["traced run"] / best["PyTorch"]
    told = f"{ratio:.2f} times ({best['traced run'] * 1e3:.2f} : {best['PyTorch'] * 1e3:.2f} ms)"
    record(f"traced run against PyTorch, {name}", told, "")
