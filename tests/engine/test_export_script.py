"""The script that is exported runs by itself, and prints and computes what the trace holds."""

import importlib.util
import json
import re
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest
from contracts.draws import scenarios
from export_support import HEAD, changed, everything, made
from hypothesis import given, settings

from engine import InputError, Options, attend, builtin, fresh, run
from engine.export import TEXTS, Manner, Words, named, select
from engine.export.naming import Names, identifier, sections
from engine.trace import Op

HAS_TORCH = importlib.util.find_spec("torch") is not None


def figures_of(script: bytes) -> dict[str, np.ndarray]:
    """What the script's `figures` hold when it has run."""
    scope: dict = {"print": lambda *_: None}
    exec(compile(script, "script", "exec"), scope)
    return {path: np.asarray(matrix) for path, matrix in scope["figures"].items()}


def assert_computes(script: bytes, chosen) -> None:
    found = figures_of(script)
    assert list(found) == [step.path for step in chosen.steps]
    for step in chosen.steps:
        np.testing.assert_allclose(
            found[step.path], step.output.data, rtol=1e-12, atol=1e-12, strict=True
        )


def printed(text: str) -> dict[str, list[list[str]]]:
    """The figures that a script printed, by the steps' paths."""
    found: dict[str, list[list[str]]] = {}
    path = ""
    for line in text.splitlines():
        if line.startswith("  "):
            found[path].append(line.split())
        else:
            path, shape = line.split("  ")
            found[path] = []
            assert re.fullmatch(r"\d+ x \d+", shape)
    return found


def shown(number: float, digits: int) -> str:
    text = f"{number:.{digits}f}"
    return text.removeprefix("-") if not text.strip("-0.") else text


@pytest.mark.parametrize("digits", [2, 5])
@pytest.mark.parametrize("name", ["by-hand", "translation", "changed"])
def test_numpy_script_alone_in_a_folder_prints_the_figures(tmp_path, name, digits):
    chosen = everything(changed() if name == "changed" else builtin(name))
    script = tmp_path / "steps.py"
    script.write_bytes(made("numpy", chosen, Manner(digits=digits)))
    done = subprocess.run(
        [sys.executable, "-I", "-W", "error", script.name],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert done.stderr == ""
    found = printed(done.stdout)
    assert list(found) == [step.path for step in chosen.steps]
    for step in chosen.steps:
        rows = [[shown(n, digits) for n in row] for row in step.output.data.tolist()]
        assert found[step.path] == rows, step.path


def test_script_keeps_all_figures_under_the_paths(tmp_path):
    chosen = everything()
    (tmp_path / "steps.py").write_bytes(made("numpy", chosen))
    code = "import json, steps;print(json.dumps({p: m.tolist() for p, m in steps.figures.items()}))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    found = json.loads(done.stdout.splitlines()[-1])
    for step in chosen.steps:
        np.testing.assert_allclose(found[step.path], step.output.data, rtol=1e-12, atol=1e-12)


@settings(max_examples=10)
@given(scenarios(pinned=True))
def test_scripts_compute_the_trace_under_drawn_options(scenario):
    chosen = everything(scenario)
    assert_computes(made("numpy", chosen), chosen)
    if HAS_TORCH:
        assert_computes(made("pytorch", chosen), chosen)


@pytest.mark.parametrize("path", [HEAD, f"{HEAD}/weights", "encoder/1", "output", "decoder"])
def test_a_part_brings_along_what_was_computed_before(path):
    chosen = everything(path=path)
    assert_computes(made("numpy", chosen), chosen)


def test_attention_over_matrices_of_ones_own():
    trace = attend([[1, 0], [0, 2]], [[2, 0], [0, 1]], [[1, 0], [0, 1]], scale=float("inf"))
    chosen = select(trace)
    assert_computes(made("numpy", chosen), chosen)
    trace = attend([[1, 0]], [[2, 0], [0, 1]], [[1, 0], [0, 1]], mask=[[False, True]], scale=0.5)
    chosen = select(trace)
    assert_computes(made("numpy", chosen), chosen)


def test_pins_and_paint_are_in_the_script():
    text = made("numpy", everything()).decode()
    assert "pinned(Q @ K.T, {(0, 1): 9.0})" in text
    assert "{(1, 2): -0.25}" in text
    figures = figures_of(text.encode())
    assert figures[f"{HEAD}/scores"][0, 1] == 9.0
    without = figures_of(text.replace("(0, 1): 9.0", "").encode())
    assert without[f"{HEAD}/scores"][0, 1] != 9.0


def test_tied_matrices_are_one_in_the_script():
    ties = {f"{HEAD}/W_K": f"{HEAD}/W_Q", "embedding/target": "embedding/source"}
    scenario = fresh(Options(biases=False))
    chosen = everything(replace(scenario, ties=ties))
    script = made("numpy", chosen)
    assert b"K = source_positioned @ W_Q" in script
    assert script.count(b"embedding_source = ") == 1
    assert_computes(script, chosen)


def test_a_changed_number_changes_what_follows():
    text = made("numpy", everything(builtin("by-hand"))).decode()
    before = figures_of(text.encode())
    changed_text = text.replace("[0.0, 1.0, -1.0, 0.0]", "[7.0, 1.0, -1.0, 0.0]", 1)
    after = figures_of(changed_text.encode())
    assert changed_text != text
    assert not np.array_equal(before["output/logits"], after["output/logits"])


@pytest.mark.parametrize("language", ["numpy", "pytorch"])
@pytest.mark.parametrize("name", ["by-hand", "translation", "changed"])
def test_scripts_are_clean_and_not_too_wide(tmp_path, language, name):
    scenario = changed() if name == "changed" else builtin(name)
    script = tmp_path / "steps.py"
    words = Manner(words=lambda step: Words(step.path, f"What\n{step.path} is for"))
    script.write_bytes(made(language, everything(scenario), words))
    assert max(map(len, script.read_text("utf-8").splitlines())) <= 100
    rules = "--select=E,F,W,I,B,UP,SIM,RET,PIE,C4"
    command = ["ruff", "check", "--isolated", "--no-cache", "--line-length=100", rules, script]
    done = subprocess.run(
        [sys.executable, "-m", *command], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout
    imports = set(re.findall(r"^import (\w+)", script.read_text("utf-8"), re.MULTILINE))
    assert imports <= {"math", "numpy" if language == "numpy" else "torch"}


def test_names_from_a_file_stay_in_comments():
    """A scenario's name and words come from anybody: none becomes code."""
    text = made("numpy", everything()).decode()
    assert "\u2028" not in text
    lines = [line for line in text.splitlines() if "import os" in line or '"""' in line]
    assert next(line for line in lines if "import os" in line).startswith("# ")


def test_nan_makes_no_warning(tmp_path):
    scenario = fresh(Options(d_model=2, heads=1, d_ff=2))
    mask = run(scenario).given["encoder/1/self_attention/mask"]
    scenario = scenario.with_mask(mask, np.ones(mask.shape, dtype=bool))
    chosen = everything(scenario)
    script = made("numpy", chosen)
    assert b"np.seterr" in script
    assert_computes(script, chosen)
    assert b"np.seterr" not in made("numpy", everything(fresh(Options())))


def test_an_op_without_code_is_refused_with_its_place(monkeypatch):
    chosen = everything(fresh(Options()))
    monkeypatch.setattr(type(chosen.trace[f"{HEAD}/weights"].op), "code", Op.code)
    with pytest.raises(InputError) as caught:
        made("numpy", chosen)
    assert caught.value.code == "no_code"
    assert f"{HEAD}/weights" in str(caught.value)


def test_progress_is_told_by_the_step():
    chosen = everything(fresh(Options()))
    told = list(named(TEXTS, "numpy").make(chosen, Manner()))
    assert told == list(range(1, len(chosen.steps) + 1))


def test_variables_are_short_where_only_one_section_needs_them():
    parts = sections(everything(fresh(Options())).steps)
    names = Names(parts, ["softmax"], {})
    scores = next(i for i, (place, _) in enumerate(parts) if place == HEAD)
    made_there = {s.path: names(scores, s.output) for s in parts[scores][1]}
    assert made_there[f"{HEAD}/scores"] == "scores"
    assert made_there[f"{HEAD}/mixed"] == "encoder_1_self_attention_head_1_mixed"


def test_variables_never_collide():
    for index, (_, steps) in enumerate(parts := sections(everything().steps)):
        names = Names(parts, ["softmax", "weights"], {})
        paths = {m.path: m for s in steps for m in (*s.inputs, s.output)}
        found = [names(index, matrix) for matrix in paths.values()]
        assert len(set(found)) == len(found)
        assert all(name.isidentifier() for name in found)
        assert not {"softmax", "weights", "sum", "lambda"} & set(found)


@pytest.mark.parametrize(
    ("path", "name"), [("a/1/b", "a_1_b"), ("1/x", "_1_x"), ("猫/x-y", "猫_x_y"), ("", "_")]
)
def test_identifiers(path, name):
    assert identifier(path) == name
