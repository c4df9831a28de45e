"""The figures and rules of the house, read from the source itself."""

import ast
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import engine
from engine.ops import ALL

ROOT = Path(__file__).parents[2]
LONGEST_FUNCTION = 40
LONGEST_FILE = 300
LONGEST_WINDOW = 250


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), str(path))


def sources(*folders: str) -> list[Path]:
    found = [p for folder in folders for p in sorted((ROOT / folder).rglob("*.py"))]
    assert found, folders
    return found


def place(path: Path, node: ast.AST | None = None) -> str:
    line = f":{node.lineno}" if node is not None else ""
    return f"{path.relative_to(ROOT).as_posix()}{line}"


def listed(problems: list[str]) -> str:
    return "\n".join(["", *problems])


# --- Figures ------------------------------------------------------------------------------


def long_functions(path: Path) -> Iterator[str]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = node.end_lineno - node.lineno + 1
            if lines > LONGEST_FUNCTION:
                yield f"{place(path, node)} {node.name}: {lines} lines"


def test_a_function_fits_a_screen():
    files = [*sources("app", "engine", "resources"), ROOT / "run.py"]
    problems = [p for file in files for p in long_functions(file)]
    assert not problems, listed(problems)


def test_a_file_is_for_one_idea():
    lengths = {p: len(p.read_text("utf-8").splitlines()) for p in sources("app", "engine")}
    problems = [f"{place(p)}: {n} lines" for p, n in lengths.items() if n > LONGEST_FILE]
    assert not problems, listed(problems)


def test_the_window_does_not_become_the_place_for_everything():
    lines = len((ROOT / "app/window.py").read_text("utf-8").splitlines())
    assert lines < LONGEST_WINDOW


# --- Views are generic --------------------------------------------------------------------

NAMES = {op.name for op in ALL} | {op.__name__ for op in ALL}
BOUND = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def names_of_ops(module: ast.Module) -> Iterator[tuple[ast.AST, str]]:
    """Identifiers and texts of a module that are an op's name or its class's.

    Attributes are left out, since `words.join` and `found.add` name no op, and so is the
    origin of a matrix, which may be a mask.
    """
    origins = {id(n) for n in ast.walk(module) for n in origins_compared(n)}
    for node in ast.walk(module):
        found: list[str | None] = []
        if isinstance(node, ast.Name):
            found = [node.id]
        elif isinstance(node, ast.arg | ast.keyword):
            found = [node.arg]
        elif isinstance(node, BOUND):
            found = [node.name]
        elif isinstance(node, ast.alias):
            found = [node.name.split(".")[-1], node.asname]
        elif isinstance(node, ast.Constant) and id(node) not in origins:
            found = [node.value if isinstance(node.value, str) else None]
        yield from ((node, name) for name in found if name in NAMES)


def origins_compared(node: ast.AST) -> list[ast.expr]:
    """The texts that an `origin` is compared with."""
    if isinstance(node, ast.Compare):
        sides = [node.left, *node.comparators]
        if any(isinstance(s, ast.Attribute) and s.attr == "origin" for s in sides):
            return sides
    return []


def looks_into_ops(module: ast.Module) -> Iterator[tuple[ast.AST, str]]:
    """Ways to tell ops apart without naming them: their name, their class."""

    def is_op(node: ast.AST) -> bool:
        return (isinstance(node, ast.Attribute) and node.attr == "op") or (
            isinstance(node, ast.Name) and node.id == "op"
        )

    for node in ast.walk(module):
        told = name_of(getattr(node, "func", node))
        if isinstance(node, ast.Attribute) and is_op(node.value) and told in {"name", "__class__"}:
            yield node, f"op.{told}"
        asks = isinstance(node, ast.Call) and told in {"isinstance", "type"}
        if asks and any(map(is_op, node.args)):
            yield node, f"{told}(op)"


def views() -> list[Path]:
    return sources("app/views")


def test_no_view_knows_an_op():
    found = [(p, *hit) for p in views() for hit in names_of_ops(tree(p))]
    found += [(p, *hit) for p in views() for hit in looks_into_ops(tree(p))]
    assert not found, listed([f"{place(p, node)} {name}" for p, node, name in found])


@pytest.mark.parametrize(
    "line",
    [
        "if step.op.name == kind: pass",
        "if name == 'softmax': pass",
        "if matrix.role == 'mask': pass",
        "from engine.ops import Softmax",
        "from engine.ops import Softmax as S",
        "draw(relu=1)",
        "def softmax(x): pass",
        "class LayerNorm: pass",
        "if isinstance(step.op, kinds): pass",
        "drawers = {'join': 1}",
        "type(step.op)",
        "match name:\n    case 'product': pass",
    ],
)
def test_a_view_that_knows_an_op_would_be_seen(line):
    module = ast.parse(line)
    assert [*names_of_ops(module), *looks_into_ops(module)]


@pytest.mark.parametrize(
    "line",
    ["', '.join(x)", "found.add(x)", "painter.scale(2, 2)", "m.origin == 'mask'", "step.op.form"],
)
def test_words_of_python_and_qt_are_free(line):
    module = ast.parse(line)
    assert not [*names_of_ops(module), *looks_into_ops(module)]


def test_no_op_goes_through_the_front_door():
    assert not NAMES & set(engine.__all__)
    assert all(hasattr(engine, name) for name in engine.__all__)


# --- Imports ------------------------------------------------------------------------------


def imports(path: Path) -> Iterator[tuple[ast.AST, str]]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from ((node, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node, "." * node.level + (node.module or "")


def test_the_engine_needs_numpy_and_the_standard_library():
    allowed = {"engine", "numpy", *sys.stdlib_module_names}
    found = [(p, *hit) for p in sources("engine") for hit in imports(p)]
    assert len(found) > 50
    problems = [
        f"{place(p, node)} {name}" for p, node, name in found if name.split(".")[0] not in allowed
    ]
    assert not problems, listed(problems)


def test_the_engine_brings_no_qt_along():
    code = "import sys, engine; print(*sorted({m.split('.')[0] for m in sys.modules}))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    loaded = set(done.stdout.split())
    assert {"engine", "numpy"} <= loaded
    assert not loaded & {"PySide6", "shiboken6", "pyqtgraph", "ziamath", "latex2mathml", "app"}


# --- Texts --------------------------------------------------------------------------------


def texts_not_literal(module: ast.Module) -> Iterator[ast.Call]:
    """Calls of tr and translate whose text is put together: lupdate would never see it."""
    own = {node.name for node in ast.walk(module) if isinstance(node, ast.FunctionDef)}
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and is_translation(node.func, own):
            count = 2 if name_of(node.func) == "translate" else 1
            texts = node.args[:count]
            whole = len(texts) == count and all(isinstance(t, ast.Constant) for t in texts)
            if not whole or not all(isinstance(t.value, str) for t in texts):
                yield node


def name_of(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def is_translation(function: ast.expr, own: set[str]) -> bool:
    """`painter.translate`, a document's and a module's own `translate` are other things.

    A wrapper does not slip through: the call inside of it has no literal.
    """
    if isinstance(function, ast.Attribute) and function.attr == "translate":
        return name_of(function.value).endswith("Application")
    if isinstance(function, ast.Name) and function.id in own:
        return False
    return name_of(function) in {"tr", "translate"}


def test_texts_for_translation_are_literals():
    calls = [(p, call) for p in sources("app") for call in texts_not_literal(tree(p))]
    assert not calls, listed([place(p, call) for p, call in calls])


@pytest.mark.parametrize(
    "line",
    [
        "self.tr(f'{n} steps')",
        "self.tr('a' + b)",
        "self.tr(text)",
        "tr('a' if b else 'c')",
        "self.tr('%1'.format(n))",
        "self.tr()",
        "QCoreApplication.translate('Actions', text)",
        "translate(context, 'Open')",
        "QApplication.translate('Actions', f'{n}')",
        "def tr(text): return QCoreApplication.translate('Views', text)",
    ],
)
def test_a_text_put_together_would_be_seen(line):
    assert list(texts_not_literal(ast.parse(line)))


@pytest.mark.parametrize(
    "line",
    [
        "self.tr('Open')",
        "self.tr('Open ' 'it')",
        "self.tr('%n steps', '', n)",
        "translate('Actions', 'Open')",
        "painter.translate(x, y)",
        "document.translate()",
        "def translate(app, language): pass\ntranslate(app, language)",
    ],
)
def test_literal_texts_are_fine(line):
    assert not list(texts_not_literal(ast.parse(line)))


# --- State --------------------------------------------------------------------------------

MUTABLE = (ast.List, ast.Dict, ast.Set, ast.ListComp, ast.DictComp, ast.SetComp)
MAKERS = {"list", "dict", "set", "defaultdict", "deque", "Counter", "OrderedDict", "count"}
CACHES = {"cache", "lru_cache", "cached_property"}


def state(module: ast.Module) -> Iterator[ast.AST]:
    """What a module could remember from one run to the next."""
    for node in module.body:
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        value = getattr(node, "value", None)
        is_made = isinstance(value, ast.Call) and name_of(value.func) in MAKERS
        if isinstance(value, MUTABLE) or is_made:
            names = [t.id for t in targets if isinstance(t, ast.Name)]
            yield from (node for name in names if name != name.upper() and name != "__all__")
    for node in ast.walk(module):
        if isinstance(node, ast.Global) or name_of(node) in CACHES:
            yield node


def test_the_engine_remembers_nothing():
    found = [place(p, node) for p in sources("engine") for node in state(tree(p))]
    assert not found, listed(found)


@pytest.mark.parametrize(
    "line",
    [
        "seen = []",
        "seen: dict[str, int] = {}",
        "a = b = set()",
        "seen = {n: 1 for n in 'ab'}",
        "def f():\n    global seen",
        "@cache\ndef f(): pass",
        "@functools.lru_cache(None)\ndef f(): pass",
    ],
)
def test_state_would_be_seen(line):
    assert list(state(ast.parse(line)))


@pytest.mark.parametrize("line", ["MODELS = {}", "__all__ = ['a']", "def f():\n    seen = []"])
def test_tables_are_not_state(line):
    assert not list(state(ast.parse(line)))


# --- Places of one machine ----------------------------------------------------------------

# Spelled in pieces, so that this file does not hold what it looks for.
FOREIGN = re.compile(
    rb"(?<![\w.~-])/(?:" + rb"|".join([b"wo" + b"rk", b"ro" + b"ot", rb"ho" + rb"me/\w+"]) + rb")/"
    rb"|/tm" + rb"p/w\b|/Us" + rb"ers/\w+/|[A-Z]:\\Us" + rb"ers\\"
)
KEPT = {".ci", ".gitignore"}  # other hidden files and folders are made, not written
MADE = {"__pycache__", "build", "dist"}


def tracked() -> list[Path]:
    """The files under version control, or all where there is none (an unpacked archive)."""
    git = shutil.which("git")
    if git and (ROOT / ".git").exists():
        command = [git, "-c", "core.quotepath=off", "ls-files", "-z"]
        names = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout
        return [ROOT / name for name in names.decode().split("\0") if name]
    return [p for p in ROOT.rglob("*") if p.is_file() and not is_made(p.relative_to(ROOT))]


def is_made(path: Path) -> bool:
    hidden = {part for part in path.parts if part.startswith(".")} - KEPT
    return bool(hidden or MADE & set(path.parts) or path.suffix == ".pyc")


def test_no_file_names_a_place_on_one_machine():
    files = [p for p in tracked() if p.is_file()]
    assert ROOT / "pyproject.toml" in files
    problems = []
    for path in files:
        for number, line in enumerate(path.read_bytes().splitlines(), start=1):
            if match := FOREIGN.search(line):
                problems.append(f"{place(path)}:{number} {match[0].decode(errors='replace')}")
    assert not problems, listed(problems)


HIDDEN = ["see /wo_rk/main", '"/tm_p/w/dev"', "/ho_me/ada/x", "/ro_ot/.cache"]


@pytest.mark.parametrize("text", HIDDEN)
def test_such_a_place_would_be_seen(text):
    assert FOREIGN.search(text.replace("_", "").encode())


@pytest.mark.parametrize("text", ["a net/work/b", "https://x.org/work/a", "/usr/lib", "~/work/a"])
def test_other_places_are_fine(text):
    assert not FOREIGN.search(text.encode())
