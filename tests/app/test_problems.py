"""Errors in other languages: the same codes, the same facts, all of them told."""

import ast
import string
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from cli_support import assert_fault, do, saved

from app import problems
from app.problems import ERRORS, Problems
from engine import MESSAGES, PLACES, WORDINGS, InputError, Options, Wording

ROOT = Path(__file__).parents[2]
FILES = sorted(ERRORS.glob("*.toml"))
ENGLISH = {"message": MESSAGES, "wording": WORDINGS}


def fields(text: str) -> list[str]:
    return sorted(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.stem)
@pytest.mark.parametrize("table", ENGLISH)
def test_every_code_is_told_with_all_its_facts(file: Path, table: str) -> None:
    told = tomllib.loads(file.read_text("utf-8"))[table]
    assert told.keys() == ENGLISH[table].keys()
    for code, text in told.items():
        assert fields(text) == fields(ENGLISH[table][code]), code


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.stem)
def test_every_place_is_told(file: Path) -> None:
    told = tomllib.loads(file.read_text("utf-8"))["place"]
    assert told.keys() == {*PLACES, "joint", "comma"}
    assert fields(told["joint"]) == ["place", "text"]
    for name in PLACES:
        assert fields(told[name]) == ["n"]


def test_phrases_within_facts_are_told_too() -> None:
    with pytest.raises(InputError) as caught:
        Options(norm="between")
    assert str(caught.value) == (
        "options › norm: “norm” must be “after” or “before”, not 'between'"
    )
    assert Problems("zh_CN").sentence(caught.value) == (
        "options › norm：“norm”必须是“after”或“before”，而不是 'between'"
    )


def test_a_place_is_told_and_its_names_stay() -> None:
    error = InputError("not_json", "row.json, line 3, column 5", reason=Wording("json_value"))
    assert str(error) == "row.json, line 3, column 5: this is not JSON: expecting value"
    assert Problems("zh_CN").sentence(error) == (
        "row.json，第 3 行，第 5 列：这不是 JSON：这里应有一个值"
    )


def test_a_language_without_a_file_is_english() -> None:
    error = InputError("no_loss", "pairs")
    assert Problems("tlh").sentence(error) == str(error)


def test_what_a_language_lacks_is_english(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(problems, "ERRORS", tmp_path)
    (tmp_path / "de.toml").write_text(
        '[place]\njoint = "{place}: {text}"\n[message]\nstep_unknown = "kein Schritt; {hint}"\n',
        encoding="utf-8",
    )
    error = InputError("step_unknown", "Q", hint=Wording("first_is", first="K"))
    assert Problems("de").sentence(error) == "Q: kein Schritt; the first one is K"
    assert Problems("de").sentence(InputError("no_loss")) == MESSAGES["no_loss"]


def test_the_command_line_tells_problems_in_a_language(tmp_path: Path) -> None:
    file = saved(tmp_path)
    text = file.read_text("utf-8").replace('"heads": 2', '"heads": 3')
    file.write_text(text, encoding="utf-8")
    assert_fault(do("check", file), "can't be shared evenly")
    assert_fault(do("check", file, "--language", "zh_CN"), "不能平均分给 3 个头", "第 ")
    assert_fault(do("trace", "nowhere", "--language", "zh_CN"), "既不是内置场景")


# --- Facts that only English knows ---------------------------------------------------------

TOLD = {"expected", "hint", "what", "reason", "found", "wanted"}


def untold(module: ast.AST) -> Iterator[ast.AST]:
    """Words given to an error as a bare text, which no language could tell otherwise."""
    for node in ast.walk(module):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            facts = [k.value for k in node.keywords if k.arg in TOLD]
            if name in {"InputError", "Fault", "fault"}:
                yield from (f for f in facts if in_words(f))
            elif name in {"wanted", "elements", "texts"}:
                yield from (a for a in node.args[:1] if in_words(a))
        elif isinstance(node, ast.Assign) and in_words(node.value):
            names = {t.id for t in node.targets if isinstance(t, ast.Name)}
            yield from (node.value for _ in names & TOLD)


def in_words(node: ast.expr) -> bool:
    """Whether it is a text with a word of English in it: two letters, then a space."""
    parts = node.values if isinstance(node, ast.JoinedStr) else [node]
    texts = [p.value for p in parts if isinstance(p, ast.Constant) and isinstance(p.value, str)]
    return any(len(word) > 2 and word.isalpha() for text in texts for word in text.split())


def test_facts_in_words_are_phrases() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in sorted((ROOT / "engine").rglob("*.py"))
        for node in untold(ast.parse(path.read_text("utf-8")))
    ]
    assert not found, f"make these a Wording: {found}"


@pytest.mark.parametrize(
    "line",
    [
        "InputError('field_type', expected='a whole number')",
        "spot.fault('row_length', found=f'one of {n} rows')",
        "what = f'{n} rows are too many'",
        "spot.wanted('a number')",
    ],
)
def test_such_a_fact_would_be_seen(line: str) -> None:
    assert list(untold(ast.parse(line)))


@pytest.mark.parametrize(
    "line", ["InputError('a', found=f'{a} × {b}')", "spot.wanted(Wording('a'))", "kind = 'a row'"]
)
def test_other_facts_are_fine(line: str) -> None:
    assert not list(untold(ast.parse(line)))
