"""Languages: which there are, how one is found, and that switching reaches everything."""

import ast
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest

from app import texts
from app.texts import closest, languages, name_of

ROOT = Path(__file__).parents[2]
CATALOGUES = sorted((ROOT / "resources" / "i18n").glob("stepformer_*.ts"))
OTHERS = [name for name in languages() if name != "en"]


def test_chinese_is_there():
    assert languages() == ("en", "zh_CN")
    assert [name_of(name) for name in languages()] == ["English", "简体中文"]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (["zh_CN"], "zh_CN"),
        (["zh-Hans-CN", "zh-CN", "zh"], "zh_CN"),
        (["zh"], "zh_CN"),
        (["en-GB", "zh-CN"], "en"),
        (["fr-FR", "zh-CN"], "zh_CN"),
        (["de-AT"], "de_AT"),
        (["de-CH"], "de"),
        (["pt_PT.UTF-8"], "pt_BR"),
        (["zh_TW"], "zh_CN"),
        (["C"], "en"),
        ([], "en"),
    ],
)
def test_the_closest_language_is_found(
    wanted: list[str], found: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    for name in ("de", "de_AT", "en", "pt_BR", "zh_CN"):
        (tmp_path / f"{name}.toml").touch()
    monkeypatch.setattr(texts, "STEPS", tmp_path)
    assert closest(wanted) == found


# --- What the sources hold and what the catalogue holds -----------------------------------


def called(path: Path) -> Iterator[tuple[str, str]]:
    """Every text for translation in a source, with its context, as Python sees it."""

    def walk(node: ast.AST, around: str) -> Iterator[tuple[str, str]]:
        inner = node.name if isinstance(node, ast.ClassDef) else around
        if isinstance(node, ast.Call) and node.args:
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            values = [a.value for a in node.args if isinstance(a, ast.Constant)]
            if name == "tr" and values:
                yield around, values[0]
            elif name == "translate" and len(values) > 1 and isinstance(values[1], str):
                yield values[0], values[1]
        for child in ast.iter_child_nodes(node):
            yield from walk(child, inner)

    yield from walk(ast.parse(path.read_text("utf-8")), "")


def in_sources() -> set[tuple[str, str]]:
    return {text for path in sorted((ROOT / "app").rglob("*.py")) for text in called(path)}


def messages(catalogue: Path) -> Iterator[tuple[str, str, ET.Element]]:
    for context in ET.parse(catalogue).getroot().iter("context"):
        for message in context.iter("message"):
            translation = message.find("translation")
            assert translation is not None
            yield context.findtext("name", ""), message.findtext("source", ""), translation


def test_texts_are_found_in_sources():
    assert {("Actions", "&Save"), ("TokenBar", "Source"), ("Dialogs", "Keys")} <= in_sources()


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=lambda p: p.stem)
def test_the_catalogue_holds_what_the_sources_hold(catalogue: Path):
    """In an f-string Python sees a tr() that lupdate does not."""
    held = {(context, source) for context, source, _ in messages(catalogue)}
    assert in_sources() - held == set(), "run resources/i18n/refresh.py"
    assert held - in_sources() == set(), "run resources/i18n/refresh.py"


# What a translation must keep: what is filled in, keys, names of files, figures.
KEPT = re.compile(
    r"%n|%\d|\b(?:Ctrl|Shift|Alt|Enter|Tab|Esc|Delete|F\d+)\b|\*\.\w+|\d+(?:[./]\d+)*"
)


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=lambda p: p.stem)
def test_what_is_filled_in_and_keys_are_kept(catalogue: Path):
    for context, source, translation in messages(catalogue):
        told = "".join(translation.itertext())
        assert sorted(KEPT.findall(told)) == sorted(KEPT.findall(source)), f"{context}: {source}"
        assert ("&" in told) == ("&" in source), f"{context}: {source}"
        assert source.endswith(" ...") == told.endswith(" ..."), f"{context}: {source}"


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=lambda p: p.stem)
def test_no_text_is_unfinished(catalogue: Path):
    for context, source, translation in messages(catalogue):
        assert translation.get("type") is None, f"{context}: {source}"
        assert "".join(translation.itertext()).strip(), f"{context}: {source}"
