import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import IO

import pytest
from cli_support import ENVIRON, ROOT, SCORES, Said, assert_fault, child, do, saved

from app import cli_verbs, version
from app.cli import has_display
from app.cli_parser import VERBS
from app.cli_shot import ShotRequest


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return saved(tmp_path)


# --- what is wrong ------------------------------------------------------------------------


@pytest.mark.parametrize("verb", [("trace",), ("explain", SCORES, 1, 1), ("shot", "-o", "x.png")])
def test_a_source_that_is_neither_builtin_nor_file(verb: tuple[object, ...]) -> None:
    said = do(verb[0], "nosuch", *verb[1:])
    assert_fault(said, "“nosuch”", "translation", "by-hand")


def test_a_problem_is_one_line_whatever_the_name() -> None:
    assert_fault(do("trace", "no\nsuch\nfile"), "“no such file”")


def test_a_file_that_is_damaged_is_one_line(tmp_path: Path) -> None:
    path = tmp_path / "bad.json"
    path.write_text("{\n]", encoding="utf-8")
    assert_fault(do("trace", path), "bad.json, line 2")


@pytest.mark.parametrize(
    "argv",
    [
        ("explain", "translation", SCORES, "two", "3"),
        ("explain", "translation", SCORES, "2"),
        ("explain", "translation", SCORES, "2", "3", "--digits", "7"),
        ("trace",),
        ("trace", "translation", "--np", "x"),
        ("check",),
        ("train",),
        ("shot", "translation"),
        ("shot", "translation", "-o", "x.jpg"),
        ("shot", "translation", "-o", "x.png", "--cell", "2"),
        ("shot", "translation", "-o", "x.png", "--size", "10x10"),
        ("shot", "translation", "-o", "x.png", "--size", "1440"),
        ("shot", "translation", "-o", "x.png", "--scale", "nan"),
        ("shot", "translation", "-o", "x.png", "--scale", "9"),
        ("shot", "translation", "-o", "x.png", "--theme", "pink"),
        ("shot", "translation", "-o", "x.png", "--language", "tlh"),
        ("one.json", "two.json"),
        ("--nonsense",),
    ],
)
def test_wrong_usage(argv: tuple[str, ...]) -> None:
    code, out, err = do(*argv)
    assert code == 2
    assert out == ""
    assert err.startswith("usage: stepformer")
    assert "error: " in err


def test_a_fault_of_the_program_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: str) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(cli_verbs, "read", broken)
    with pytest.raises(ZeroDivisionError):
        do("trace", "translation")


def test_interrupted(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli_verbs, "read", interrupted)
    assert do("trace", "translation") == (130, "", "")


# --- help and version ---------------------------------------------------------------------


def test_help_shows_every_verb_and_examples() -> None:
    code, out, _ = do("--help")
    assert code == 0
    for verb in VERBS:
        assert re.search(rf"^  {verb} ", out, re.MULTILINE)
        code, text, _ = do(verb, "--help")
        assert code == 0
        assert f"stepformer {verb} " in text.partition("example:")[2]
    assert out.isascii()


def test_the_examples_of_the_help_work(tmp_path: Path, file: Path) -> None:
    examples = [do(verb, "--help")[1].partition("example:\n")[2] for verb in ("trace", "explain")]
    for line in examples:
        words = line.split()[1:]
        words = [str(tmp_path / w) if w.endswith(".npz") else w for w in words]
        assert do(*words)[0] == 0


def test_version(monkeypatch: pytest.MonkeyPatch) -> None:
    code, out, _ = do("--version")
    assert code == 0
    assert re.fullmatch(r"stepformer \d+\.\d+\.\d+\n", out)
    content = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    monkeypatch.setattr(version, "NAME", "stepformer-that-is-not-installed")
    found = do("--version")[1].removeprefix("stepformer ").strip()
    assert f'\nversion = "{found}"\n' in content


# --- the window ---------------------------------------------------------------------------


@pytest.fixture
def window(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """A window that only notes what it was asked for."""
    asked: list[object] = []

    def note(what: object, language: str = "") -> int:
        asked.append(f"{what} in {language}" if language else what)
        return 0

    module = ModuleType("app.application")
    module.__dict__.update(run_window=note, take_shot=note)
    for name in ("app.application", "app.opening"):
        monkeypatch.setitem(sys.modules, name, module)
    monkeypatch.setenv("DISPLAY", ":0")
    return asked


def test_without_a_verb_a_window_opens(window: list[object]) -> None:
    for argv in ((), ("by-hand",), ("./trace",), ("some/file.json",)):
        assert do(*argv) == (0, "", "")
    assert window == [None, "by-hand", "./trace", "some/file.json"]


def test_a_window_opens_in_a_language(window: list[object]) -> None:
    assert do("--language", "en", "by-hand") == (0, "", "")
    assert window == ["by-hand in en"]


@pytest.mark.parametrize(
    ("platform", "environ", "expected"),
    [
        ("linux", {}, False),
        ("linux", {"DISPLAY": ""}, False),
        ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
        ("linux", {"QT_QPA_PLATFORM": "offscreen"}, True),
        ("linux", {"QT_QPA_PLATFORM": "xcb"}, False),
        ("linux", {"QT_QPA_PLATFORM": "xcb", "DISPLAY": ":0"}, True),
        ("darwin", {}, True),
        ("win32", {}, True),
    ],
)
def test_a_display_is_looked_for(platform: str, environ: dict[str, str], expected: bool) -> None:
    assert has_display(platform, environ) is expected


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="others always have a display")
@pytest.mark.parametrize("argv", [(), ("translation",)])
def test_without_a_display_the_window_says_so(argv: tuple[str, ...]) -> None:
    done = child(*argv)
    assert_fault((done.returncode, done.stdout, done.stderr), "no display")
    for verb in VERBS:
        assert verb in done.stderr


def test_a_shot_is_asked_for(
    window: list[object], file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    options = "--cell 2,3 --theme dark --scale 1.5 --size 1024x768 --language en -o x.png"
    assert do("shot", file, "--step", SCORES, *options.split()) == (0, "", "")
    assert os.environ["QT_QPA_PLATFORM"] == "offscreen"
    assert do("shot", file, "--step", "encoder/1", "--depth", "block", "-o", "y.PNG")[0] == 0
    assert do("shot", file, "--stop", "the-steps/scores", "-o", "z.png")[0] == 0
    assert window == [
        ShotRequest(
            str(file), SCORES, (1, 2), "dark", 1.5, 1024, 768, "en", "number", Path("x.png")
        ),
        ShotRequest(str(file), "encoder/1", depth="block", output=Path("y.PNG")),
        ShotRequest(str(file), stop="the-steps/scores", output=Path("z.png")),
    ]


@pytest.mark.parametrize(
    ("argv", "part"),
    [
        (("--step", "encoder/1/norm"), "did you mean encoder/1/norm_"),
        (("--step", "encoder/1"), "there is no step"),
        (("--step", SCORES, "--cell", "6,1"), "row 6, column 1"),
        (("--cell", "1,99"), "source/embedded"),
    ],
)
def test_a_shot_of_what_is_not_there(
    window: list[object], file: Path, argv: tuple[str, ...], part: str
) -> None:
    assert_fault(do("shot", file, *argv, "-o", "x.png"), part)
    assert window == []


# --- processes of their own ---------------------------------------------------------------


@pytest.mark.parametrize(
    "argv",
    [
        ("trace", "translation"),
        ("explain", "translation", SCORES, "1", "1"),
        ("check", "resources/scenarios/translation.json"),
        ("train", "nosuch"),
        ("--version",),
        ("--help",),
    ],
)
def test_no_qt_without_a_window(argv: tuple[str, ...]) -> None:
    code = (
        "import sys; from app.__main__ import main; code = main(sys.argv[1:]);"
        "print([m for m in sys.modules if m.startswith(('PySide6', 'shiboken'))]); sys.exit(code)"
    )
    done = child(*argv, code=code)
    assert done.returncode == (argv[0] == "train")
    assert done.stdout.splitlines()[-1] == "[]"


def test_help_and_version_need_no_numpy() -> None:
    code = (
        "import sys; import app.__main__ as m; m.main(sys.argv[1:]); print('numpy' in sys.modules)"
    )
    for argv in ("--help", "--version"):
        assert child(argv, code=code).stdout.endswith("False\n")


def written_to(out: IO[str], *argv: str) -> Said:
    done = subprocess.run(
        [sys.executable, "-m", "app", *argv],
        stdout=out,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env=ENVIRON,
        check=False,
        timeout=60,
    )
    return done.returncode, "", done.stderr


# A short output meets the closed pipe at its end, a long one on its way.
SHORT_AND_LONG = pytest.mark.parametrize(
    "argv", [("explain", "translation", SCORES, "1", "1"), ("trace", "translation"), ("--help",)]
)


@SHORT_AND_LONG
@pytest.mark.skipif(os.name != "posix", reason="pipes of POSIX")
def test_a_reader_that_has_seen_enough_is_no_error(argv: tuple[str, ...]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w") as pipe:
        assert written_to(pipe, *argv) == (0, "", "")


@SHORT_AND_LONG
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_one_line(argv: tuple[str, ...]) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        assert_fault(written_to(full, *argv), "No space left")


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_ctrl_c_ends_a_training_quietly(tmp_path: Path) -> None:
    target = tmp_path / "x.json"
    with subprocess.Popen(
        [sys.executable, "-m", "app", "train", "translation", "-o", str(target)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env=ENVIRON,
        # A shell's background job ignores Ctrl+C, and would hand that on.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),  # noqa: PLW1509
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline().startswith("epoch 1 of ")
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (130, "")
    assert not target.exists()


def test_a_minus_survives_a_terminal_that_lacks_it() -> None:
    argv = ("explain", "translation", SCORES, "2", "3")
    plain = child(*argv, PYTHONUTF8="0", PYTHONIOENCODING="ascii")
    assert plain.returncode == 0
    assert plain.stdout.isascii()
    full = child(*argv).stdout
    assert "−" in full
    assert plain.stdout == full.replace("−", "-").replace("·", "*")
