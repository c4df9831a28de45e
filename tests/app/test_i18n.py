"""Languages: which there are, how one is found, and that switching reaches everything."""

import ast
import importlib.util
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtCore import QCoreApplication, QEvent

from app import texts
from app.application import make_window
from app.texts import Texts, closest, languages, name_of
from app.window import Window
from engine import CHOICES

ROOT = Path(__file__).parents[2]
CATALOGUES = sorted((ROOT / "resources" / "i18n").glob("stepformer_*.ts"))
OTHERS = [name for name in languages() if name != "en"]


def catalogue_of(language: str) -> Path:
    return ROOT / "resources" / "i18n" / f"stepformer_{language}.ts"


def test_chinese_is_there():
    assert {"en", "zh_CN"} <= set(languages())
    assert [name_of(name) for name in ("en", "zh_CN")] == ["English", "简体中文"]


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
        if translation.get("type") is not None:
            continue  # found below
        assert sorted(KEPT.findall(told)) == sorted(KEPT.findall(source)), f"{context}: {source}"
        assert ("&" in told) == ("&" in source), f"{context}: {source}"
        assert source.endswith(" ...") == told.endswith(" ..."), f"{context}: {source}"


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=lambda p: p.stem)
def test_no_text_is_unfinished(catalogue: Path):
    for context, source, translation in messages(catalogue):
        assert translation.get("type") is None, f"{context}: {source}"
        assert "".join(translation.itertext()).strip(), f"{context}: {source}"


# --- What is stale -------------------------------------------------------------------------


def load_refresh() -> ModuleType:
    file = ROOT / "resources" / "i18n" / "refresh.py"
    spec = importlib.util.spec_from_file_location("refresh", file)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("language", OTHERS)
def test_no_text_is_stale(language: str):
    """The English of a step or an error has not changed since it was translated."""
    refresh = load_refresh()
    stale = refresh.stale(language)
    assert not stale, "read these again, then refresh.py --done"
    known = refresh.seen(language)
    assert {p for p in refresh.words(language) if p in refresh.words("en")} == set(known)


def test_a_stale_text_would_be_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    refresh = load_refresh()
    monkeypatch.setattr(refresh, "HERE", tmp_path)
    monkeypatch.setattr(refresh, "RESOURCES", tmp_path)
    steps = tmp_path / "steps"
    steps.mkdir()
    (steps / "en.toml").write_text('[step.Q]\nname = "Queries"\ntitle = "Old"\n', "utf-8")
    (steps / "de.toml").write_text('[step.Q]\nname = "Fragen"\ntitle = "Alt"\n', "utf-8")
    assert refresh.note("de", is_done=False) == []
    (steps / "en.toml").write_text('[step.Q]\nname = "Queries"\ntitle = "New"\n', "utf-8")
    assert refresh.stale("de") == ["steps step Q title"]
    assert refresh.note("de", is_done=False) == ["steps step Q title"]
    assert refresh.stale("de") == ["steps step Q title"]
    assert refresh.note("de", is_done=True) == []
    assert refresh.stale("de") == []


# --- The glossary --------------------------------------------------------------------------

# These have another meaning, too: a fraction, a row's name, a file's tensor ...
HOMONYMS = {"分数", "内容", "标签", "张量", "合并", "变量", "公式", "过滤", "隐藏", "索引"}
HOMONYMS |= {"示例", "预测", "页", "上下文", "单元", "网络"}

TERM = re.compile(r"^\| \*\*(.+?)\*\* \| (.+?) \|", re.MULTILINE)


def test_the_chinese_glossary_follows_the_english_one():
    english = [word for word, _ in TERM.findall((ROOT / "GLOSSARY.md").read_text("utf-8"))]
    chinese = [word for word, _ in TERM.findall((ROOT / "GLOSSARY.zh_CN.md").read_text("utf-8"))]
    assert chinese == [word for word in english if word in chinese]
    # What the window says of attention and the model is told in full.
    sections = (ROOT / "GLOSSARY.md").read_text("utf-8").split("\n## ")
    field = [s for s in sections if s.startswith(("Sentences", "Attention", "The model"))]
    assert len(field) == 3
    assert not {word for section in field for word, _ in TERM.findall(section)} - set(chinese)


@pytest.mark.parametrize("file", sorted(ROOT.glob("GLOSSARY.*.md")), ids=lambda f: f.stem)
def test_the_words_are_those_of_the_glossary(file: Path):
    """No other word for a thing of the glossary, in the window, its steps and its errors."""
    language = file.stem.partition(".")[2]
    text = file.read_text("utf-8")
    rows = re.findall(r"^\| \*\*.+?\*\* \| (.+?) \| .* \| (.+?) \|$", text, re.MULTILINE)
    own = {term for row in rows for term in row[0].split("、")}
    avoided = {word for row in rows for word in row[1].split("、")} - own - {"–"}
    told = "\n".join(load_refresh().words(language).values())
    told += "\n".join("".join(t.itertext()) for _, _, t in messages(catalogue_of(language)))
    found = {word for word in avoided - HOMONYMS if word in told}
    assert not found


def test_a_message_of_a_catalogue_is_one_line():
    """Else a merge would put one text's source before another's translation."""
    for catalogue in CATALOGUES:
        text = catalogue.read_text("utf-8")
        assert load_refresh().in_lines(text) == text
        lines = [line for line in text.splitlines() if "<source>" in line]
        assert len(lines) == text.count("</message>")
        assert all(line.count("<source>") == line.count("<translation") == 1 for line in lines)


# How a text names an option, by language.
OPTION = {"en": r"option “([^”]+)”", "zh_CN": r"选项“([^”]+)”(?:与“([^”]+)”)?|“([^”]+)”选项"}


@pytest.mark.parametrize("language", OPTION)
def test_options_are_called_by_their_labels(language: str):
    labels = {Texts(language).option(name).label for name in CHOICES}
    folder = ROOT / "resources"
    files = [folder / "steps" / f"{language}.toml", *folder.glob(f"lessons/*/{language}.md")]
    named = {
        name
        for file in files
        for found in re.finditer(OPTION[language], file.read_text("utf-8"))
        for name in found.groups()
        if name
    }
    assert len(named) > 5
    assert named <= labels


# --- The language at the start -------------------------------------------------------------


@pytest.mark.parametrize(
    ("system", "found"), [("zh_CN.UTF-8", "zh_CN"), ("C.UTF-8", "en"), ("en_GB.UTF-8", "en")]
)
@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="they ask the desktop")
def test_the_system_s_language_is_spoken(system: str, found: str):
    code = "from app.i18n import of_the_system; print(of_the_system())"
    environ = {n: v for n, v in os.environ.items() if not n.startswith(("LC_", "LANG"))}
    said = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**environ, "LANG": system},
        text=True,
        capture_output=True,
        check=True,
    )
    assert said.stdout.strip() == found


def close(window: Window) -> None:
    window.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_the_language_chosen_last_time_is_spoken(stepformer, store):
    store.language = "zh_CN"
    window = make_window("by-hand", store)
    assert window.desk.texts.language == "zh_CN"
    assert window.timeline.depths["step"].text() == "步骤"
    close(window)
    asked = make_window("by-hand", store, "en")
    assert asked.timeline.depths["step"].text() == "Step"
    close(asked)
    assert store.language == "zh_CN"
