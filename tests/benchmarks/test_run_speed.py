"""A traced run against the same model in plain NumPy without a record."""

import math
import time

import numpy as np
import pytest

from benchmarks.plain import Plain
from engine import Options, Scenario, builtin, fresh, run

LARGEST = 16


def largest() -> Scenario:
    """The largest that the benchmarks look at: 16 tokens, d_model 64, 8 heads, 6 layers."""
    words = ("the", "cat", "sat", "down") * 4
    return fresh(
        Options(layers=6, heads=8, d_model=64, d_ff=256),
        seed=1,
        source=words,
        target=("<s>", *("猫", "坐下", "猫") * 5),
        expected=(),
    )


MODELS = {
    "translation": lambda: builtin("translation"),
    "six layers, eight heads": largest,
}


@pytest.mark.parametrize("name", list(MODELS))
def test_both_come_to_the_same(name):
    scenario = MODELS[name]()
    found = run(scenario)["output/probabilities"].output.data
    np.testing.assert_allclose(Plain(scenario).run(), found, rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize("name", list(MODELS))
def test_traced_run_against_plain_numpy(name, benchmark, record):
    """In turns, so that whatever else the machine does falls on both; the fastest counts."""
    scenario = MODELS[name]()
    plain = Plain(scenario)
    best = {"plain": math.inf, "traced": math.inf}

    def both() -> None:
        for kind, call in (("plain", plain.run), ("traced", lambda: run(scenario))):
            begin = time.perf_counter()
            call()
            best[kind] = min(best[kind], time.perf_counter() - begin)

    with np.errstate(all="ignore"):
        benchmark.pedantic(both, rounds=400, warmup_rounds=20)
    ratio = best["traced"] / best["plain"]
    benchmark.extra_info["ratio"] = ratio
    told = f"{ratio:.2f} times ({best['traced'] * 1e3:.2f} : {best['plain'] * 1e3:.2f} ms)"
    record(f"traced run against plain NumPy, {name}", told, "2.0")
