import os
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from cli_support import assert_fault, do, saved, small

from app import cli_verbs
from engine import builtin, fresh, load, run, training_of
from engine.training import Progress


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return saved(tmp_path)


# --- trace --------------------------------------------------------------------------------


def test_trace_lists_every_step_in_columns() -> None:
    code, out, err = do("trace", "translation")
    lines = out.splitlines()
    found = list(run(builtin("translation")))
    assert (code, err) == (0, "")
    assert [line.split() for line in lines] == [
        [s.path, f"{s.output.shape[0]}×{s.output.shape[1]}", s.op.name] for s in found
    ]
    assert len({line.index(" " + s.op.name) for line, s in zip(lines, found, strict=True)}) == 1
    assert len({line.index("×") for line in lines if line.split()[1].endswith("×8")}) == 1


def test_trace_reads_a_file(file: Path) -> None:
    code, out, _ = do("trace", file)
    assert code == 0
    assert len(out.splitlines()) == len(run(small()))


def test_trace_writes_every_array_under_its_path(file: Path, tmp_path: Path) -> None:
    target = tmp_path / "all.arrays"
    code, out, _ = do("trace", file, "--npz", target)
    trace = run(small())
    assert code == 0
    assert str(target) in out
    assert f"{len(trace)} steps" in out
    with np.load(target) as stored:
        assert set(stored) == {*trace.steps, *trace.given}
        for step in trace:
            np.testing.assert_array_equal(stored[step.path], step.output.data, strict=True)
        for path, array in small().params.items():
            np.testing.assert_array_equal(stored[path], array, strict=True)
        assert stored["decoder/1/self_attention/mask"][0, 1] == -1000.0
    assert sorted(p.name for p in tmp_path.iterdir()) == ["all.arrays", "small.json"]


def test_arrays_that_cannot_be_written_leave_the_old_file(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "old.npz"
    target.write_bytes(b"old")

    def failing(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", failing)
    assert_fault(do("trace", file, "--npz", target), "old.npz", "No space left")
    assert target.read_bytes() == b"old"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["old.npz", "small.json"]


def test_arrays_in_a_folder_that_is_not_there(file: Path, tmp_path: Path) -> None:
    target = tmp_path / "nowhere" / "all.npz"
    assert_fault(do("trace", file, "--npz", target), str(target), "No such file")


# --- check --------------------------------------------------------------------------------


def test_check_tells_what_a_file_is(file: Path) -> None:
    code, out, err = do("check", file)
    steps = len(run(small()))
    assert (code, err) == (0, "")
    assert out.startswith(f"{file}: ok, encoder_decoder, {steps} steps")
    assert out.count("\n") == 1


def test_check_tells_of_each_file_that_is_bad(file: Path, tmp_path: Path) -> None:
    cut = tmp_path / "cut.json"
    cut.write_text(file.read_text(encoding="utf-8")[:200], encoding="utf-8")
    gone = tmp_path / "gone.json"
    code, out, err = do("check", cut, file, gone, tmp_path)
    assert code == 1
    assert out.splitlines() == [do("check", file)[1].rstrip("\n")]
    lines = err.splitlines()
    assert len(lines) == 3
    assert re.match(rf"stepformer: {re.escape(str(cut))}, line \d+", lines[0])
    assert lines[1].startswith(f"stepformer: {gone}: ")
    assert lines[2].startswith(f"stepformer: {tmp_path}: ")


def test_check_takes_a_file_that_is_called_like_a_builtin(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    file.rename(tmp_path / "translation")
    steps = f"{len(run(small()))} steps"
    assert steps in do("check", "translation")[1]
    assert len(do("trace", "./translation")[1].splitlines()) == len(run(small()))
    assert len(do("trace", "translation")[1].splitlines()) == len(run(builtin("translation")))


def lesson(folder: Path, order: str = "1") -> Path:
    made = folder / "mine"
    made.mkdir(parents=True)
    toml = f"order = {order}\n[scenario]\nsource = 'by-hand'\n[[stops]]\nid = 'a'\n"
    made.joinpath("lesson.toml").write_text(toml, "utf-8")
    made.joinpath("en.md").write_text("# T\n\n## A {#a}\n\nText.\n\n## E {#end}\n", "utf-8")
    return made


def test_check_says_what_a_lesson_is(tmp_path: Path) -> None:
    made = lesson(tmp_path)
    told = "ok, lesson, 2 stops, 0 claims, 0 questions, in en\n"
    assert do("check", made) == (0, f"{made}: {told}", "")
    assert do("check", tmp_path) == (0, f"{made}: {told}", "")


def test_check_counts_one_thing_as_one(tmp_path: Path) -> None:
    made = lesson(tmp_path)
    toml, text = made / "lesson.toml", made / "en.md"
    more = "[stops.claims]\nc = { same = ['1', '1'] }\n[stops.questions]\nq = { number = '1' }\n"
    toml.write_text(toml.read_text("utf-8") + more, "utf-8")
    told = "[It is](claim:c).\n\n### Which? {?q}\n"
    text.write_text(text.read_text("utf-8").replace("Text.\n", told), "utf-8")
    said = f"{made}: ok, lesson, 2 stops, 1 claim, 1 question, in en\n"
    assert do("check", made) == (0, said, "")


def test_check_names_the_folder_whose_name_is_none(tmp_path: Path) -> None:
    made = lesson(tmp_path).rename(tmp_path / "MyHeads2")
    code, out, err = do("check", made)
    assert (code, out) == (1, "")
    assert err.startswith(f"stepformer: {made}: ") and "“my-heads2”" in err


def test_check_places_what_is_wrong_with_a_lesson(tmp_path: Path) -> None:
    made = lesson(tmp_path, order="0")
    code, out, err = do("check", tmp_path)
    assert (code, out) == (1, "")
    assert f"{made}/lesson.toml, line 1: order" in err


def test_check_wants_a_lesson_in_a_folder(tmp_path: Path) -> None:
    assert_fault(do("check", tmp_path), str(tmp_path), "no lesson.toml")


# --- train --------------------------------------------------------------------------------


@pytest.fixture
def brief(monkeypatch: pytest.MonkeyPatch) -> None:
    """A training that takes a moment: a few sentences, three epochs."""

    def shortened(name: str) -> object:
        recipe = training_of(name)
        recipe = replace(recipe, epochs=3, pairs=recipe.pairs[::6], held_out_count=1)
        covered = {w for p in recipe.pairs for w in p.source}
        assert recipe.training_pairs(), covered
        return recipe

    monkeypatch.setattr(cli_verbs, "training_of", shortened)


@pytest.mark.usefixtures("brief")
def test_train_saves_what_it_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    code, out, err = do("train", "translation", "--seed", 5)
    lines = out.splitlines()
    assert (code, err) == (0, "")
    assert [line.split(":")[0] for line in lines[:3]] == [f"epoch {n} of 3" for n in (1, 2, 3)]
    assert re.fullmatch(r"translates \d+ of (\d+) sentences .* \d of 1 held out .*", lines[3])
    assert lines[4] == "wrote translation.json"
    made = load(tmp_path / "translation.json")
    assert made.seed == 5
    path = "output/W"
    assert not np.array_equal(made.params[path], fresh(made.options, 5).params[path][:, :1])


@pytest.mark.usefixtures("brief")
def test_train_overwrites_only_if_told_to(tmp_path: Path) -> None:
    target = tmp_path / "mine.json"
    target.write_text("precious", encoding="utf-8")
    assert_fault(do("train", "translation", "-o", target), str(target), "--force")
    assert target.read_text(encoding="utf-8") == "precious"
    code, out, _ = do("train", "translation", "-o", target, "--force")
    assert code == 0
    assert out.endswith(f"wrote {target}\n")
    assert load(target).name == "translation"


@pytest.mark.usefixtures("brief")
def test_train_is_the_same_for_the_same_seed(tmp_path: Path) -> None:
    texts = []
    for name, seed in (("a", 5), ("b", 5), ("c", 6)):
        do("train", "translation", "--seed", seed, "-o", tmp_path / name)
        texts.append((tmp_path / name).read_text(encoding="utf-8"))
    assert texts[0] == texts[1] != texts[2]


def test_train_knows_what_can_be_trained() -> None:
    assert_fault(do("train", "by-hand"), "by-hand", "translation")


def test_train_refuses_a_seed_below_zero(tmp_path: Path) -> None:
    assert_fault(do("train", "translation", "--seed", -1, "-o", tmp_path / "x"), "seed")
    assert not (tmp_path / "x").exists()


def test_a_long_training_is_told_in_about_twenty_lines() -> None:
    progress = Progress(1, 250, 1.0, small())
    told = [n for n in range(1, 251) if cli_verbs.is_told(replace(progress, epoch=n))]
    assert 20 <= len(told) <= 25
    assert (told[0], told[-1]) == (1, 250)
