"""What the tests of exports share."""

import numpy as np

from engine import Options, Scenario, fresh, run
from engine.export import TEXTS, Manner, Selection, Work, named, select

HEAD = "encoder/1/self_attention/head_1"


def finished(work: Work) -> bytes:
    """The file that the work makes; it tells its progress in whole steps."""
    told = []
    try:
        while True:
            told.append(next(work))
    except StopIteration as end:
        assert told == sorted(told)
        return end.value


def made(name: str, chosen: Selection, manner: Manner | None = None) -> bytes:
    return finished(named(TEXTS, name).make(chosen, manner or Manner()))


def changed(options: Options | None = None) -> Scenario:
    """Numbers of every kind, a painted mask, pins, words that mean something to others."""
    scenario = fresh(
        options or Options(layers=2, heads=2, d_model=4, d_ff=3),
        seed=7,
        source=("=a", "<b>", "c|d", "<pad>"),
        source_vocabulary=("<pad>", "=a", "<b>", "c|d", "% & _ #"),
        name='hostile """ \\ \n name\u2028import os',
    )
    random = np.random.default_rng(1)
    for path, array in scenario.params.items():
        scenario = scenario.with_param(path, random.normal(size=array.shape))
    trace = run(scenario)
    mask = trace.given["encoder/1/self_attention/mask"]
    scenario = scenario.with_mask(mask, random.random(mask.shape) < 0.3)
    scenario = scenario.with_pin(f"{HEAD}/scores", 0, 1, 9.0)
    return scenario.with_pin("encoder/1/norm_1", 1, 2, -0.25)


def everything(scenario: Scenario | None = None, path: str = "") -> Selection:
    return select(run(scenario or changed()), path)
