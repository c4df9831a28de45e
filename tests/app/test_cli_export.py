"""`export` and `import` on the command line: files that are right, faults that leave none."""

import os
import re
import zipfile
from pathlib import Path

import numpy as np
import pytest
from cli_support import SCORES, assert_fault, child, do, saved, small

from app.cli_parser import FORMATS
from app.export.table import EXPORTERS, PICTURES
from app.texts import Texts
from engine import Options, fresh, load, run, save
from engine.export import import_parameters

BEGINNINGS = {
    "png": b"\x89PNG",
    "svg": b"<?xml",
    "pdf": b"%PDF",
    "csv": b"\xef\xbb\xbf",
    "npz": b"PK",
    "latex": b"% Steps",
    "markdown": b"# encoder",
    "numpy": b'"""Steps',
    "pytorch": b'"""Steps',
}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return saved(tmp_path)


def files(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.iterdir())


def test_the_parser_knows_the_table() -> None:
    """It keeps a list of its own, because the table brings NumPy and --help needs none."""
    assert [e.name for e in EXPORTERS] == list(FORMATS)
    assert {*BEGINNINGS, "safetensors"} == set(FORMATS)


@pytest.mark.parametrize("name", [n for n in FORMATS if n not in PICTURES | {"safetensors"}])
def test_a_step_in_every_format(file: Path, tmp_path: Path, name: str) -> None:
    target = tmp_path / "steps.any"
    code, out, err = do("export", file, "--format", name, "--step", SCORES, "-o", target)
    assert (code, err) == (0, "")
    assert re.fullmatch(rf"wrote {re.escape(str(target))}: 1 step, \d+ kB\n", out)
    assert target.read_bytes().startswith(BEGINNINGS[name])
    assert files(tmp_path) == ["small.json", "steps.any"]


def test_everything_and_a_block(file: Path, tmp_path: Path) -> None:
    count = len(run(small()))
    assert f"{count} steps" in do("export", file, "--format", "csv", "-o", tmp_path / "a.csv")[1]
    said = do("export", file, "--format", "csv", "--step", "output", "-o", tmp_path / "b.csv")
    assert "3 steps" in said[1]


def test_digits_cell_and_language(file: Path, tmp_path: Path) -> None:
    target = tmp_path / "a.md"
    more = ("--digits", 4, "--cell", "2,3", "--language", "zh_CN", "-o", target)
    assert do("export", file, "--format", "markdown", "--step", SCORES, *more)[0] == 0
    text = target.read_text("utf-8")
    assert "{S}_{2,3} &=" in text
    assert Texts("zh_CN").step(run(small())[SCORES]).title in text
    assert re.search(r"\d\.\d{4} ", text)


@pytest.mark.parametrize("name", ["numpy", "csv", "safetensors"])
def test_no_qt_is_loaded_for_a_text(file: Path, tmp_path: Path, name: str) -> None:
    code = (
        "import sys; from app.__main__ import main; "
        f"assert main(['export', {str(file)!r}, '--format', {name!r}, "
        f"'-o', {str(tmp_path / 'a')!r}]) == 0; "
        "assert not [m for m in sys.modules if m.startswith(('PySide6', 'pyqtgraph'))]"
    )
    done = child(code=code)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("name", sorted(PICTURES))
def test_pictures_need_no_display(file: Path, tmp_path: Path, name: str) -> None:
    target = tmp_path / f"a.{name}"
    done = child("export", file, "--format", name, "--step", SCORES, "-o", target)
    assert (done.returncode, done.stderr) == (0, "")
    assert target.read_bytes().startswith(BEGINNINGS[name])


def test_pictures_of_a_block_are_an_archive(file: Path, tmp_path: Path) -> None:
    target = tmp_path / "a.zip"
    done = child("export", file, "--format", "svg", "--step", "output", "-o", target)
    assert (done.returncode, done.stderr) == (0, "")
    with zipfile.ZipFile(target) as archive:
        assert archive.namelist() == [
            "001_output_logits.svg",
            "002_output_probabilities.svg",
            "003_output_loss.svg",
        ]
        assert archive.testzip() is None


# --- Faults -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        (("--format", "csv", "--step", "encoder/2"), ("encoder/2", "no step")),
        (("--format", "csv", "--step", SCORES, "--cell", "99,1"), (SCORES, "row 99")),
        (("--format", "csv", "--cell", "1,1"), ("not of a block",)),
        (("--format", "safetensors", "--step", "encoder"), ("encoder", "whole scenario")),
        (("--format", "png"), ("a.out", ".zip")),
        (("--format", "svg", "--step", "encoder"), ("a.out", ".zip")),
    ],
)
def test_faults_in_one_line_and_no_file(file: Path, tmp_path: Path, words, parts) -> None:
    assert_fault(do("export", file, *words, "-o", tmp_path / "a.out"), *parts)
    assert files(tmp_path) == ["small.json"]


@pytest.mark.parametrize(
    "words", [("--format", "doc", "-o", "a"), ("--format", "csv"), ("-o", "a"), ("--cell", "1")]
)
def test_wrong_usage(file: Path, words, capsys) -> None:
    assert do("export", file, *words)[0] == 2


def test_a_folder_that_is_not_there(file: Path, tmp_path: Path) -> None:
    target = tmp_path / "nowhere" / "a.csv"
    assert_fault(do("export", file, "--format", "csv", "-o", target), "a.csv", "No such file")


def test_a_folder_in_the_files_place(file: Path, tmp_path: Path) -> None:
    (tmp_path / "a.csv").mkdir()
    said = do("export", file, "--format", "csv", "-o", tmp_path / "a.csv")
    assert_fault(said, "a.csv", "it is a folder")


def test_a_full_disk_leaves_the_old_file(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "old.csv"
    target.write_bytes(b"old")

    def failing(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", failing)
    assert_fault(do("export", file, "--format", "csv", "-o", target), "old.csv", "No space left")
    assert target.read_bytes() == b"old"
    assert files(tmp_path) == ["old.csv", "small.json"]


def test_ctrl_c_leaves_nothing(file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("app.cli_export._teller", lambda _count: stopped)
    monkeypatch.setattr("app.cli_export._is_watched", lambda: True)
    assert do("export", file, "--format", "csv", "-o", tmp_path / "a.csv")[0] == 130
    assert files(tmp_path) == ["small.json"]


def test_progress_is_told_to_a_terminal(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.cli_export._is_watched", lambda: True)
    said = do("export", file, "--format", "numpy", "-o", tmp_path / "a.py")
    count = len(run(small()))
    assert said[2].startswith(f"\r1 of {count}")
    assert said[2].endswith(f"\r{count} of {count}\n")


# --- import -------------------------------------------------------------------------------


def test_parameters_out_and_in(file: Path, tmp_path: Path) -> None:
    tensors, target = tmp_path / "a.safetensors", tmp_path / "mine.json"
    assert do("export", file, "--format", "safetensors", "-o", tensors)[0] == 0
    other = tmp_path / "other.json"
    save(fresh(Options(d_model=4, d_ff=4), seed=8), other)
    code, out, err = do("import", other, tensors, "-o", target)
    assert (code, out, err) == (0, f"wrote {target}\n", "")
    found = load(target)
    for path, array in small().params.items():
        np.testing.assert_array_equal(found.params[path], array)
    assert import_parameters(found, tensors).kept == ()


def test_import_overwrites_only_when_told(file: Path, tmp_path: Path) -> None:
    tensors = tmp_path / "a.safetensors"
    do("export", file, "--format", "safetensors", "-o", tensors)
    before = file.read_bytes()
    assert_fault(do("import", "by-hand", tensors, "-o", file), "is there already")
    assert file.read_bytes() == before
    assert do("import", file, tensors, "-o", file, "--force")[0] == 0


def test_import_of_what_is_none(file: Path, tmp_path: Path) -> None:
    target = tmp_path / "mine.json"
    said = do("import", file, file, "-o", target)
    assert_fault(said, "small.json", "no sound safetensors file")
    assert not target.exists()
