"""The documents say what is so: links, commands, sessions, keys, words, the worked example.

`python tests/test_documents.py` writes README.md's outputs and keys anew.
"""

import contextlib
import doctest
import io
import os
import re
import shlex
import shutil
import struct
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from unittest import mock

import pytest
from contracts import contract
from contracts.contract import KINDS

import run as front
from app.__main__ import main
from app.action_table import menu_names, table
from app.cli_parser import VERBS
from app.dialogs import Dialogs
from engine import BUILTINS, CHOICES, Options, builtin, fresh, moves, training_of
from engine import run as walk
from engine.ops import ALL
from engine.recipe import failures
from engine.training import Progress

ROOT = Path(__file__).resolve().parent.parent
README, GUIDE = ROOT / "README.md", ROOT / "docs" / "adding-a-step.md"
ARCHITECTURE, GLOSSARY = ROOT / "ARCHITECTURE.md", ROOT / "GLOSSARY.md"
CONTRIBUTING, CHANGELOG = ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md"
OURS = (README, ARCHITECTURE, GLOSSARY, CONTRIBUTING, CHANGELOG, GUIDE)
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))

BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PLAIN = {"sh", "text"}
"""Blocks that nothing runs; all others are held to what really happens."""


def read(path: Path) -> str:
    return path.read_text("utf-8")


def blocks(path: Path, language: str) -> list[str]:
    return [body for found, body in BLOCK.findall(read(path)) if found == language]


def prose(text: str) -> str:
    return BLOCK.sub("", text)


def documents() -> list[Path]:
    """All Markdown of the project."""
    skipped = {"build", "dist", "node_modules"}
    found = (p.relative_to(ROOT) for p in ROOT.rglob("*.md"))
    return sorted(
        ROOT / p
        for p in found
        if not skipped & set(p.parts) and not any(part.startswith(".") for part in p.parts)
    )


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


# --- What README.md shows is what happens -------------------------------------------------


def renewed(text: str) -> str:
    """A document with its outputs and its keys as they really are; works in a folder of its own."""
    session: dict[str, object] = {}
    makers: dict[str, Callable[[str], str]] = {
        "console": renewed_console,
        "pycon": lambda body: renewed_session(body, session),
    }

    def block(match: re.Match[str]) -> str:
        make = makers.get(match[1])
        return f"```{match[1]}\n{make(match[2])}```" if make else match[0]

    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        return KEYS.sub(lambda _: keys(), BLOCK.sub(block, text))


def renewed_console(body: str) -> str:
    lines: list[str] = []
    for part in re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]:
        command, *shown = part.splitlines()
        lines += [f"$ {command}", *like(shown, said(command))]
    return "".join(f"{line}\n" for line in lines)


def like(shown: list[str], whole: list[str]) -> list[str]:
    """As many lines of the whole output as are shown before and after "..."."""
    if "..." not in shown:
        return whole
    before, after = shown.index("..."), len(shown) - shown.index("...") - 1
    assert before + after > 0, "an output that is left out altogether shows nothing"
    assert before + after < len(whole), f"nothing is left out of {whole}"
    return [*whole[:before], "...", *whole[len(whole) - after :]]


def said(command: str) -> list[str]:
    """What a command writes. Training would take too long: see `Quick`."""
    program, *words = shlex.split(command)
    assert program == "stepformer", command
    assert words[0] in VERBS or words[0].startswith("-"), "this would open a window"
    out = io.StringIO()
    with contextlib.redirect_stdout(out), mock.patch("app.cli_verbs.training_of", Quick):
        code = main(words) if words[0] != "shot" else pictured(words)
    assert code == 0, command
    return out.getvalue().splitlines()


def pictured(words: list[str]) -> int:
    """In a process of its own, which may have the one QApplication."""
    environ = {**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-m", "app", *words]
    return subprocess.run(command, env=environ, timeout=100, check=False).returncode


class Quick:
    """The recipe of a built-in scenario; of its training only the first epoch, then the result."""

    def __init__(self, scenario: str) -> None:
        self.recipe = training_of(scenario)
        self.pairs, self.held_out = self.recipe.pairs, self.recipe.held_out

    def run(self, seed: int | None) -> Iterator[Progress]:
        first = next(iter(self.recipe.run(seed)))
        yield first
        yield Progress(first.epochs, first.epochs, 0.0, builtin(self.recipe.name))


def renewed_session(body: str, session: dict[str, object]) -> str:
    """A Python session with what it really prints."""
    lines: list[str] = []
    for part in doctest.DocTestParser().parse(body):
        if isinstance(part, str):
            lines.append(part)
            continue
        first, *more = part.source.splitlines(keepends=True)
        out = io.StringIO()
        with contextlib.redirect_stdout(out), mock.patch("sys.displayhook", sys.__displayhook__):
            exec(compile(part.source, "<session>", "single"), session)
        lines += [f">>> {first}", *(f"... {line}" for line in more), out.getvalue()]
    return "".join(lines)


KEYS = re.compile(r"^\| Where \| Keys \|.*?(?=\n\n|\Z)", re.MULTILINE | re.DOTALL)


def keys() -> str:
    """The table of keys, from the table of actions."""
    menus = menu_names()

    def place(menu: str) -> str:
        path = menu.lstrip("-").split("/")
        return " › ".join(menus["/".join(path[: i + 1])] for i in range(len(path)))

    rows = [
        (place(entry.menu), entry.keys, entry.text.removesuffix(" ..."))
        for entry in table()
        if entry.keys
    ]
    rows += [
        ("In a matrix", (k,), text) for k, text in Dialogs.matrix_keys(SimpleNamespace(tr=str))
    ]
    lines = ["| Where | Keys | What happens |", "|---|---|---|"]
    for where, pressed, text in rows:
        shown = ", ".join(f"`{key}`" for key in pressed)
        lines.append(f"| {where} | {shown} | {text} |".replace("&", ""))
    return "\n".join(lines)


def settled(text: str) -> str:
    """Without the last digits, which differ from processor to processor."""
    return re.sub(r"(\d\.\d{9})\d+", r"\1", text)


def test_readme_shows_what_happens():
    assert settled(read(README)) == settled(renewed(read(README)))


def test_readme_shows_every_verb_and_the_keys():
    shown = {
        line.split()[2]
        for body in blocks(README, "console")
        for line in body.splitlines()
        if line.startswith("$ ")
    }
    assert set(VERBS) <= shown
    assert len(blocks(README, "pycon")) > 0
    assert len(KEYS.findall(read(README))) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        "```console\n$ stepformer --version\nstepformer 99\n```",
        "```console\n$ stepformer trace by-hand\nsource/embedded  9×9  lookup\n...\n```",
        "```console\n$ stepformer explain by-hand source/embedded 1 1\n...\nstored: 7\n```",
        "```pycon\n>>> 1 + 1\n3\n```",
        "| Where | Keys | What happens |\n|---|---|---|\n| File | `Ctrl+Z` | Open |\n\n",
    ],
)
def test_what_does_not_happen_would_be_seen(wrong):
    assert settled(renewed(wrong)) != settled(wrong)


@pytest.mark.parametrize(
    "wrong", ["$ stepformer trace nothing\n...\n", "$ ls\n", "$ stepformer trace by-hand\n...\n"]
)
def test_a_command_that_fails_or_shows_nothing_would_be_seen(wrong):
    with pytest.raises(AssertionError):
        renewed(f"```console\n{wrong}```")


@pytest.mark.parametrize("path", OURS, ids=name)
def test_no_block_goes_unseen(path):
    """Every block has a language, and those that can be run stand where they are run."""
    run_there = {README: {"console", "pycon"}, GUIDE: {"diff", "pycon"}}.get(path, set())
    languages = {language for language, _ in BLOCK.findall(read(path))}
    assert languages <= PLAIN | run_there
    assert read(path).count("```") == 2 * len(BLOCK.findall(read(path)))


def test_readme_has_the_figures_of_the_translation():
    recipe = training_of("translation")
    assert failures(builtin("translation"), recipe.pairs) == ()
    count = len(recipe.pairs)
    text = " ".join(prose(read(README)).split())
    assert f"{count} of {count} sentences" in text
    assert f"{len(recipe.held_out())} of them were held out of training" in text


def test_readme_has_the_figures_of_the_golden_values():
    text = " ".join(prose(read(README)).split())
    files = list((ROOT / "tests" / "golden").glob("*.npz"))
    assert f"{len(files)} configurations" in text
    others = len(list((ROOT / "tests" / "golden" / "attention").glob("*.npz")))
    assert f"{others} of the other ways to attend" in text
    test = read(ROOT / "tests" / "golden" / "test_golden.py")
    for what in ("STEPS", "GRADIENTS"):
        figure = re.search(rf"^{what} = (\S+)$", test, re.MULTILINE)[1]
        assert f"{figure} ({what.lower()})" in text


def test_readme_names_what_the_system_must_bring():
    line = next(li for body in blocks(README, "sh") for li in body.splitlines() if "apt-get" in li)
    assert set(line.split()[3:]) == {*front.WINDOW.values(), *front.ENSUREPIP.values()}
    assert f"Python {PROJECT['project']['requires-python'].removeprefix('>=')}" in read(README)


def test_the_picture_is_one_of_the_window():
    data = (ROOT / "docs" / "pictures" / "window.png").read_bytes()
    assert data.startswith(b"\x89PNG")
    assert struct.unpack(">II", data[16:24]) == (1440, 900)
    assert len(data) < 200_000


# --- Links and places ---------------------------------------------------------------------

LINK = re.compile(r"\]\(([^)\s]+)\)")


def anchors(text: str) -> set[str]:
    """What GitHub makes of the headings."""
    heads = re.findall(r"^#+ +(.+?) *$", prose(text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


def broken(path: Path, text: str) -> Iterator[str]:
    """Relative links that lead nowhere."""
    for link in LINK.findall(prose(text)):
        if re.match(r"[a-z]+:", link):
            continue
        place, _, anchor = link.partition("#")
        file = (path.parent / place).resolve() if place else path
        is_there = file.exists() and file.is_relative_to(ROOT)
        if not is_there or (anchor and anchor not in anchors(text if file == path else read(file))):
            yield link


@pytest.mark.parametrize("path", documents(), ids=name)
def test_links_lead_somewhere(path):
    assert list(broken(path, read(path))) == []


@pytest.mark.parametrize(
    "link", ["nowhere.md", "#nothing", "GLOSSARY.md#nothing", "../x", "docs/x.png"]
)
def test_a_broken_link_would_be_seen(link):
    assert list(broken(README, f"# Here\n\n[text]({link})")) == [link]
    assert not list(broken(README, "# It's here\n\n[a](#its-here) [b](LICENSE) [c](https://x.org)"))


PLACE = re.compile(r"`((?:\.ci|app|engine|tests|docs|resources)/[^`\s]*|\w+\.(?:py|toml|md|txt))`")


def missing(text: str) -> list[str]:
    """Files and folders named in a text that are not there; <language> stands for any."""
    names = [re.sub(r"<\w+>", "*", found) for found in PLACE.findall(text)]
    return [n for n in names if not next(ROOT.glob(n.rstrip("/")), None)]


@pytest.mark.parametrize("path", OURS, ids=name)
def test_named_files_are_there(path):
    assert missing(prose(read(path))) == []


def test_a_missing_file_would_be_seen():
    assert missing(
        "`engine/tap.py` `app/` `nothing.md` `docs/adr/` `resources/steps/<language>.toml`"
    ) == [
        "engine/tap.py",
        "nothing.md",
    ]


def test_every_decision_is_listed():
    folder = ROOT / "docs" / "adr"
    listed = dict(re.findall(r"\[\d{4}\]\((.+?)\) \| (.+?) \|", read(folder / "README.md")))
    there = {}
    for path in folder.glob("[0-9]*.md"):
        number, title = re.match(r"# (\d+)\. (.+)", read(path)).groups()
        assert path.name.startswith(f"{int(number):04}-")
        there[path.name] = title
    assert listed == there


# --- The floors and the checks ------------------------------------------------------------


def floors(package: str) -> list[set[str]]:
    """A package's floors from the top, as the import contract has them."""
    contract = f"The floors of the {package}"
    [layers] = [
        c["layers"] for c in PROJECT["tool"]["importlinter"]["contracts"] if c["name"] == contract
    ]
    return [{m.removeprefix(f"{package}.") for m in layer.split(" | ")} for layer in layers]


@pytest.mark.parametrize("package", ["engine", "app"])
def test_the_floors_are_those_of_the_contract(package):
    """Each line of the drawing has modules of one floor, in order; two spaces, what it is for."""
    drawing = blocks(ARCHITECTURE, "text")[["engine", "app"].index(package)]
    drawn = [set(line.split("  ")[0].split(", ")) for line in drawing.splitlines()]
    assert len(drawn) > 8
    known = iter(floors(package))
    for modules in drawn:
        assert any(modules <= floor for floor in known), f"{modules} are on no floor further down"


def test_every_check_is_told():
    text = read(CONTRIBUTING)
    rows = re.findall(r"^\| ([\w -]+) \|", text, re.MULTILINE)
    assert set(front.checks([])) <= set(rows)


def test_the_version_stands_in_the_changelog():
    heads = re.findall(r"^## \[(.+?)\]", read(CHANGELOG), re.MULTILINE)
    assert PROJECT["project"]["version"] in heads


# --- The glossary -------------------------------------------------------------------------

ROW = re.compile(r"^\| \*\*(.+?)\*\* \| (.*?) \| (.*?) \| (.*?) \|$", re.MULTILINE)


def rows() -> list[tuple[str, str, str, str]]:
    """Word, what it means, how it is written, what it is not called."""
    return ROW.findall(read(GLOSSARY))


def written() -> set[str]:
    """All that stands in code letters, and the words themselves."""
    return {word for row in rows() for word in (row[0], *re.findall(r"`(.+?)`", row[2]))}


def traces() -> Iterator[object]:
    """Runs in which every option stands at every setting that changes the names."""
    switches = [n for n, choice in CHOICES.items() if choice.kind == "switch"]
    for model in CHOICES["model"].words:
        plain = Options(model=model)
        for value in (False, True):
            yield walk(fresh(plain.changed(**dict.fromkeys(switches, value))))
        for name in plain.names[1:]:
            for word in CHOICES[name].words:
                yield walk(fresh(plain.changed(**{name: word})))
    yield from (walk(builtin(n)) for n in BUILTINS)


def names_in_models() -> set[str]:
    """Steps, blocks, workings, parameters, roles: numbers stand as <n>."""
    found: set[str] = set()
    for trace in traces():
        for step in trace:
            found |= {*step.path.split("/"), step.text, *(w.name for w in step.workings)}
            found |= {step.output.role} - {""}
        found |= {part for path in trace.given for part in path.split("/")}
        blocks_left = [trace.root]
        while blocks_left:
            block = blocks_left.pop()
            blocks_left += block.blocks
            found.add(block.name)
    return {re.sub(r"(?<=_)\d+$", "<n>", n) for n in found if not n.isdigit()}


@pytest.mark.parametrize(
    "needed",
    [
        sorted(CHOICES),
        sorted(names_in_models()),
        sorted(op.name for op in ALL),
        sorted(KINDS),
        list(moves.DEPTHS),
    ],
    ids=["options", "models", "ops", "forms", "depths"],
)
def test_the_glossary_has_every_name(needed):
    assert len(needed) > 3
    numbered = {re.sub(r"(?<=_)\d+$", "<n>", word) for word in written()}
    assert [n for n in needed if n not in numbered] == []


def test_what_is_written_in_code_is_there():
    source = "\n".join(
        read(p)
        for folder in ("engine", "app", "tests", "resources")
        for p in (ROOT / folder).rglob("*")
        if p.suffix in {".py", ".toml"}
    )
    for row in rows():
        for code in re.findall(r"`(.+?)`", row[2]):
            for word in re.findall(r"[^\W\d]\w*", re.sub(r"<\w+>", "", code)):
                assert re.search(rf"\b{re.escape(word)}", source), f"{row[0]}: {code}"


def test_no_word_is_used_and_avoided():
    words = {row[0].lower() for row in rows()}
    assert len(words) == len(rows()) > 60
    avoided = {w.strip() for row in rows() for w in row[3].split(",")} - {"", "–"}
    assert len(avoided) > 20
    assert not words & {w.lower() for w in avoided}


# --- The worked example -------------------------------------------------------------------


def changes(text: str) -> Iterator[tuple[str, str, str]]:
    """File, old piece and new piece, for each change a text describes."""
    for language, body in BLOCK.findall(text):
        for part in (
            re.split(r"^\+\+\+ ", body, flags=re.MULTILINE)[1:] if language == "diff" else ()
        ):
            file, *hunks = re.split(r"\n@@\n", part)
            for hunk in hunks:
                lines = [line or " " for line in hunk.splitlines()]
                assert {line[0] for line in lines} <= set(" +-"), hunk
                old, new = ([li[1:] for li in lines if li[0] in f" {sign}"] for sign in "-+")
                yield file, *("".join(f"{line}\n" for line in side) for side in (old, new))


def change(folder: Path, text: str) -> list[str]:
    """Do what a text describes; each old piece must stand in its file just once."""
    files = []
    for file, old, new in changes(text):
        path = folder / file
        places = [match.start() for match in re.finditer(f"(?m)^{re.escape(old)}", read(path))]
        assert len(places) == 1, f"{file} no longer has just once:\n{old}"
        before, after = read(path)[: places[0]], read(path)[places[0] + len(old) :]
        path.write_text(before + new + after, "utf-8")
        files.append(file)
    return files


COPIED = (
    "engine",
    "app",
    "resources",
    "tests/contracts",
    "tests/engine",
    "tests/conftest.py",
    "pyproject.toml",
)

PROMISES = """
import numpy as np
from contracts import contract
from engine import Options, fresh, run
from engine.ops import Silu
for seed in range(3):
    trace = run(fresh(Options(activation="silu", d_model=4, d_ff=3), seed))
    steps = [step for step in trace if isinstance(step.op, Silu)]
    assert len(steps) == 2
    for step in steps:
        contract.check(step, np.random.default_rng(seed))
        for language in contract.languages():
            contract.check_words(step, language)
"""


@pytest.fixture(scope="module")
def copy(tmp_path_factory) -> Path:
    """The project with the worked example in it."""
    folder = tmp_path_factory.mktemp("copy")
    for part in COPIED:
        place = folder / part
        place.parent.mkdir(parents=True, exist_ok=True)
        if (ROOT / part).is_dir():
            shutil.copytree(ROOT / part, place, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / part, place)
    change(folder, read(GUIDE))
    (folder / "session.txt").write_text("\n".join(blocks(GUIDE, "pycon")), "utf-8")
    return folder


def obeyed(folder: Path, *words: str) -> str:
    """What a Python says in that folder, with what is there."""
    paths = os.pathsep.join([str(folder), str(folder / "tests")])
    environ = {**os.environ, "PYTHONPATH": paths, "QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1"}
    command = [sys.executable, *words]
    done = subprocess.run(
        command, cwd=folder, env=environ, capture_output=True, text=True, timeout=100, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_example_touches_no_file_of_the_app():
    files = {file for file, *_ in changes(read(GUIDE))}
    assert {file.split("/")[0] for file in files} == {"engine", "resources", "tests"}


def test_the_example_is_as_the_house_wants_it(copy):
    obeyed(copy, "-m", "ruff", "check", "engine", "tests")
    obeyed(copy, "-m", "ruff", "format", "--check", "engine", "tests")


def test_the_example_keeps_the_promises(copy):
    obeyed(copy, "-c", PROMISES)
    chosen = "walked or words or reads_well or model_is_the_paper_s"
    files = [
        f"tests/{n}.py"
        for n in ("contracts/test_steps", "engine/test_codec", "engine/test_formula")
    ]
    said = obeyed(copy, "-m", "pytest", "-q", "-p", "no:cacheprovider", *files, "-k", chosen)
    assert re.search(rf"^{3 + len(contract.languages())} passed", said, re.MULTILINE)


def test_the_example_is_drawn_by_views_that_never_heard_of_it(copy):
    obeyed(copy, "-m", "doctest", "session.txt")
    step = "encoder/1/feed_forward/activated"
    assert "e^(" in obeyed(copy, "-m", "app", "explain", "silu.json", step, "1", "1")
    obeyed(copy, "-m", "app", "shot", "silu.json", "--step", step, "--cell", "1,1", "-o", "x.png")
    assert (copy / "x.png").stat().st_size > 20_000


def test_an_example_that_no_longer_fits_would_be_seen(tmp_path):
    (tmp_path / "a.py").write_text("one\ntwo\ntwo\n", "utf-8")
    assert change(tmp_path, "```diff\n+++ a.py\n@@\n-one\n+1\n two\n```") == ["a.py"]
    assert read(tmp_path / "a.py") == "1\ntwo\ntwo\n"
    for old in ("one", "two", "tw"):
        with pytest.raises(AssertionError, match="no longer"):
            change(tmp_path, f"```diff\n+++ a.py\n@@\n-{old}\n+2\n```")


if __name__ == "__main__":
    README.write_text(renewed(read(README)), "utf-8")
