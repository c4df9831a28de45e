"""Scenarios to text and back: what is written, and that nothing is lost on the way."""

import json
import math
import time
from dataclasses import fields, replace
from types import MappingProxyType

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from engine import InputError, Options, Scenario, fresh, load, run, save
from engine.codec import dumps, loads
from engine.disk import LARGEST_FILE
from engine.options import CHOICES
from engine.scenario import MOST_TOKENS, MOST_WORDS

NUMBERS = st.floats(-1e6, 1e6) | st.sampled_from([-0.0, 5e-324, -2.2e-308, 1e6, -1e6, 0.1 + 0.2])
WORDS = st.text(st.sampled_from('abc"\\/{[]},:xé猫🐈·'), min_size=1, max_size=5)
SMALL = {"layers": (1, 2), "d_ff": (1, 3), "buckets": (4, 7), "reach": (4, 128)}


def option(name):
    choice = CHOICES[name]
    if choice.kind == "whole":
        return st.integers(*SMALL.get(name, (choice.low, choice.high)))
    if choice.kind == "word":
        return st.sampled_from(choice.words)
    if choice.kind == "switch":
        return st.booleans()
    if choice.kind == "rate":
        return st.floats(0, 1, exclude_max=True)
    return st.just(-math.inf) | st.floats(-1e6, 0, exclude_max=True)


@st.composite
def scenarios(draw):
    values = {name: draw(option(name)) for name in CHOICES if name not in {"heads", "d_model"}}
    heads = draw(st.integers(1, 3))
    options = Options(**values, heads=heads, d_model=heads * draw(st.integers(1, 2))).settled()
    words = [draw(st.lists(WORDS, min_size=1, max_size=6, unique=True)) for _ in range(2)]
    tokens = [draw(st.lists(st.sampled_from(w), min_size=1, max_size=4)) for w in words]
    expected = [draw(st.sampled_from(words[1])) for _ in tokens[1]] if draw(st.booleans()) else []
    made = fresh(
        options.settled(),
        draw(st.integers(0, 2**128)),
        source=tokens[0],
        target=tokens[1],
        expected=expected,
        source_vocabulary=words[0],
        target_vocabulary=words[1],
        name=draw(st.text(max_size=20)),
    )
    path = draw(st.sampled_from(list(made.params)))
    made = made.with_param(
        path, draw(arrays(np.float64, made.params[path].shape, elements=NUMBERS))
    )
    masks = [m for m in run(made).given.values() if m.origin == "mask"]
    for mask in draw(st.lists(st.sampled_from(masks), max_size=3)) if masks else ():
        made = made.with_mask(mask, draw(arrays(bool, mask.shape)))
    return made


def bits(array):
    return array.dtype, array.shape, array.tobytes()  # tells −0.0 from 0.0


def assert_same(one: Scenario, other: Scenario):
    for f in fields(Scenario):
        if f.name == "plan":  # follows from the rest
            continue
        a, b = getattr(one, f.name), getattr(other, f.name)
        if f.name in {"params", "masks"}:
            a, b = ({p: bits(v) for p, v in held.items()} for held in (a, b))
        assert a == b, f.name


@given(scenarios())
def test_nothing_is_lost(scenario):
    text = dumps(scenario)
    again = loads(text)
    assert_same(scenario, again)
    assert dumps(again) == text
    json.loads(text, parse_constant=pytest.fail)


@given(scenarios())
def test_a_windows_editor_does_no_harm(scenario):
    text = dumps(scenario)
    assert_same(scenario, loads("\ufeff" + text.replace("\n", "\r\n")))


def tiny():
    options = Options(layers=1, heads=1, d_model=2, d_ff=1, norm="before", mask_value=-1000)
    made = fresh(
        options,
        7,
        source=("a", "b"),
        target=("<s>",),
        expected=("猫",),
        source_vocabulary=("a", "b"),
        target_vocabulary=("<s>", "猫"),
        name="tiny “猫”",
    )
    for path, array in made.params.items():
        made = made.with_param(path, np.arange(array.size).reshape(array.shape) - 0.5)
    mask = run(made).matrix("decoder/1/cross_attention/mask")
    return made.with_mask(mask, np.array([[False, True]]))


FIRST_LINES = """\
{
  "format": "stepformer-scenario",
  "version": 2,
  "name": "tiny “猫”",
  "seed": 7,
  "options": {
    "model": "encoder_decoder",
    "layers": 1,
    "heads": 1,
    "d_model": 2,
    "d_ff": 1,
    "norm": "before",
    "final_norm": false,
    "projections": true,
    "scoring": "dot",
    "scale": true,
    "biases": true,
    "residual": true,
    "positions": "sinusoidal",
    "relative": "none",
    "clip": 2,
    "buckets": 8,
    "reach": 16,
    "embedding_scale": true,
    "padding": true,
    "causal": true,
    "mask_value": -1000.0,
    "dropout": 0.0,
    "training": false
  },
  "tokens": {
    "source": ["a", "b"],
    "target": ["<s>"],
    "expected": ["猫"]
  },
  "vocabularies": {
    "source": ["a", "b"],
    "target": ["<s>", "猫"]
  },
  "masks": {
    "decoder/1/cross_attention/mask": [
      ".x"
    ]
  },
  "parameters": {
    "embedding/source": [
      [-0.5, 0.5],
      [1.5, 2.5]
    ],
    "encoder/1/norm_1/gamma": [-0.5, 0.5],
"""
LAST_LINES = """\
    "output/b": [-0.5, 0.5]
  }
}
"""


def test_a_file_reads_well():
    text = dumps(tiny())
    assert text[: len(FIRST_LINES)] == FIRST_LINES
    assert text.endswith(LAST_LINES)


def test_no_infinity_stands_in_a_file():
    text = dumps(replace(tiny(), options=tiny().options.changed(mask_value=-math.inf)))
    assert '"mask_value": null' in text
    assert "Infinity" not in text
    assert loads(text).options.mask_value == -math.inf


def test_one_changed_number_is_one_changed_line():
    before, path = tiny(), "encoder/1/self_attention/head_1/W_Q"
    array = before.params[path].copy()
    array[1, 0] = 1 / 3
    lines = [dumps(s).splitlines() for s in (before, before.with_param(path, array))]
    changed = [new for old, new in zip(*lines, strict=True) if old != new]
    assert changed == ["      [0.3333333333333333, 2.5]"]


def test_the_order_of_paths_is_the_model_s():
    made = tiny()
    turned = MappingProxyType(dict(reversed(made.params.items())))
    assert dumps(replace(made, params=turned)) == dumps(made)
    masks = [m for m in run(made).given.values() if m.origin == "mask"]
    one, other = made, made
    for first, last in zip(masks, reversed(masks), strict=True):
        one = one.with_mask(first, np.zeros(first.shape, bool))
        other = other.with_mask(last, np.zeros(last.shape, bool))
    assert list(one.masks) == list(reversed(other.masks))
    assert dumps(one) == dumps(other)
    content = json.loads(dumps(made))
    content["parameters"] = dict(reversed(content["parameters"].items()))
    assert list(loads(json.dumps(content)).params) == list(made.params)


def test_what_is_loaded_can_not_be_changed():
    made = loads(dumps(tiny()))
    with pytest.raises(ValueError, match="read-only"):
        made.params["output/b"][0] = 1.0
    with pytest.raises(ValueError, match="read-only"):
        made.masks["decoder/1/cross_attention/mask"][0] = True
    with pytest.raises(TypeError):
        made.params["output/b"] = None


def with_array(path, array):
    made = tiny()
    return replace(made, params={**made.params, path: np.array(array)})


UNSOUND = {
    "infinite": (with_array("output/b", [0.0, np.inf]), "output/b: row 1, column 2 is inf"),
    "nan": (with_array("output/b", [np.nan, 0.0]), "output/b: row 1, column 1 is nan"),
    "shape": (with_array("output/b", [0.0]), "output/b: the shape must be 2, not 1"),
    "missing": (replace(tiny(), params={}), "embedding/source: this parameter is missing"),
    "name": (
        replace(tiny(), name="\ud800"),
        r"name: this must be a text .* not the text “\\ud800”",
    ),
    "long": (replace(tiny(), name="x" * 201), "name: this must be a text of at most 200"),
    "seed": (
        replace(tiny(), seed=10**5000),
        "seed: this must be a whole number from 0, of at most",
    ),
}


@pytest.mark.parametrize("case", UNSOUND)
def test_what_could_not_be_read_back_is_not_written(case, tmp_path):
    scenario, message = UNSOUND[case]
    file = tmp_path / "kept.json"
    save(tiny(), file)
    with pytest.raises(InputError, match=message):
        save(scenario, file)
    assert_same(load(file), tiny())


def test_a_file_goes_back_and_forth(tmp_path):
    file = tmp_path / "猫.json"
    save(tiny(), file)
    assert file.read_bytes() == dumps(tiny()).encode()
    assert_same(load(file), tiny())
    assert_same(load(str(file)), tiny())


def largest():
    words = tuple(f"{n:024}" for n in range(MOST_WORDS))
    tokens = words[:MOST_TOKENS]
    options = Options(layers=12, heads=8, d_model=64, d_ff=256, final_norm=True)
    return fresh(
        options,
        1,
        source=tokens,
        target=tokens,
        expected=tokens,
        source_vocabulary=words,
        target_vocabulary=words,
    )


def test_the_largest_scenario_is_a_file_that_loads(tmp_path):
    made, file = largest(), tmp_path / "largest.json"
    began = time.process_time()
    save(made, file)
    assert_same(load(file), made)
    assert time.process_time() - began < 20
    longest = len("-1.2345678901234567e-300, ")
    room = longest * sum(a.size for a in made.params.values()) + 1_000_000
    assert file.stat().st_size < room < LARGEST_FILE
