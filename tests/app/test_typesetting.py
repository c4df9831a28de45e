"""Formulas that were typeset ahead: for whom, in which colours, and without Qt."""

import subprocess
import sys
from pathlib import Path

import pytest

from app import formulas, typesetting
from app.palettes import THEMES
from app.theme import Look
from engine import builtin, run

ROOT = Path(__file__).parents[2]


def scores() -> str:
    return run(builtin("translation"))["encoder/1/self_attention/head_1/scores"].formula


def test_every_step_that_comes_with_the_program_is_among_them():
    names = set(map(typesetting.name, typesetting.known_formulas()))
    assert len(names) > 200
    for source in ("translation", "by-hand", "rnn-attention", "rnn-plain"):
        assert {typesetting.name(step.formula) for step in run(builtin(source))} <= names


def test_one_picture_serves_every_theme(stepformer, tmp_path, monkeypatch):
    typesetting.keep(typesetting.typeset(scores()), tmp_path / typesetting.name(scores()))
    monkeypatch.setattr(formulas, "cache_folder", lambda: tmp_path)
    monkeypatch.setitem(sys.modules, "ziamath.zmath", None)
    look = Look()
    for name, theme in THEMES.items():
        look.set_theme(name)
        drawn = formulas.svg(scores(), look).decode()
        assert theme.role("query") in drawn and theme.role("key") in drawn and theme.ink in drawn
        assert "#fe" not in drawn


def test_what_is_nowhere_is_typeset_and_kept(stepformer, tmp_path, monkeypatch):
    monkeypatch.setattr(formulas, "RESOURCES", tmp_path / "nothing")
    monkeypatch.setattr(formulas, "cache_folder", lambda: tmp_path)
    assert not formulas.is_ready(scores())
    first = formulas.svg(scores(), Look())
    assert formulas.is_ready(scores())
    monkeypatch.setitem(sys.modules, "ziamath.zmath", None)
    assert formulas.svg(scores(), Look()) == first
    with pytest.raises(ImportError):
        formulas.svg(r"\role{}{Z} + 17", Look())


def test_other_formulas_make_way(tmp_path, monkeypatch):
    monkeypatch.setattr(typesetting, "known_formulas", lambda: iter([scores()]))
    (tmp_path / "old.svg").write_bytes(b"<svg/>")
    assert typesetting.typeset_ahead(tmp_path) == 1
    assert [p.name for p in tmp_path.iterdir()] == [typesetting.name(scores())]


def test_a_build_needs_no_qt():
    code = "import sys, app.typesetting as t; list(t.known_formulas()); "
    code += "sys.exit(any(m.startswith('PySide6') for m in sys.modules))"
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)
