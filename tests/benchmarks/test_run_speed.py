"""A traced run against the same model in plain NumPy without a record."""

import math
import time
from dataclasses import replace

import numpy as np
import pytest

from benchmarks.plain import Plain
from engine import Options, Scenario, builtin, fresh, rerun, run

W_Q = "encoder/1/self_attention/head_1/W_Q"


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
    """In turns, so that whatever else the machine does falls on all; the fastest counts."""
    scenario = MODELS[name]()
    unplanned = replace(scenario, plan=None)
    earlier, edited = run(scenario), scenario.with_param(W_Q, scenario.params[W_Q] + 0.01)
    calls = {
        "plain": Plain(scenario).run,
        "traced run": lambda: run(scenario),
        "traced run that writes the steps, too": lambda: run(unplanned),
        "run after an edit": lambda: rerun(earlier, edited),
    }
    best = dict.fromkeys(calls, math.inf)

    def all_of_them() -> None:
        for kind, call in calls.items():
            begin = time.perf_counter()
            call()
            best[kind] = min(best[kind], time.perf_counter() - begin)

    with np.errstate(all="ignore"):
        benchmark.pedantic(all_of_them, rounds=400, warmup_rounds=20)
    for kind in tuple(calls)[1:]:
        aim = "2.0" if kind == "traced run" else ""
        ratio = best[kind] / best["plain"]
        benchmark.extra_info[kind] = ratio
        told = f"{ratio:.2f} times ({best[kind] * 1e3:.2f} : {best['plain'] * 1e3:.2f} ms)"
        record(f"{kind} against plain NumPy, {name}", told, aim)
