"""The wheel holds all that a start needs, and runs far from the sources."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def run(installed: Path, folder: Path, *args: str) -> subprocess.CompletedProcess[str]:
    environ = {**os.environ, "PYTHONPATH": str(installed), "QT_QPA_PLATFORM": "offscreen"}
    return subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys; from app.__main__ import main; sys.exit(main())",
            *args,
        ],
        cwd=folder,
        env=environ,
        text=True,
        capture_output=True,
        check=False,
        timeout=100,
    )


def test_the_wheel_holds_code_resources_and_licences(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        entry = next(n for n in names if n.endswith("entry_points.txt"))
        assert "stepformer = app.__main__:main" in archive.read(entry).decode()
    wanted = {str(p.relative_to(ROOT)) for p in (ROOT / "resources" / "fonts").glob("*.otf")}
    wanted |= {"resources/steps/en.toml", "engine/__init__.py", "app/views/stage.py"}
    wanted |= {f"resources/i18n/{p.stem}.qm" for p in (ROOT / "resources" / "i18n").glob("*.ts")}
    wanted |= {f"resources/scenarios/{n}.json" for n in ("translation", "by-hand")}
    assert wanted <= names
    assert len([n for n in names if n.startswith("resources/formulas/")]) > 200
    assert {Path(n).name for n in names if "licenses" in n} >= {"LICENSE", "OFL-Inter.txt"}
    assert not [n for n in names if n.startswith(("tests", "docs")) or n.endswith(".ts")]


def test_the_command_line_runs_from_the_wheel(installed: Path, tmp_path: Path) -> None:
    found = run(installed, tmp_path, "explain", "by-hand", "encoder/1/residual_1", "1", "1")
    assert (found.returncode, found.stderr) == (0, "")
    assert "residual_1" in found.stdout


def test_another_language_comes_with_the_wheel(installed: Path, tmp_path: Path) -> None:
    """Compiled already: an installed program need not be able to write."""
    code = "from app.i18n import compiled; print(compiled('zh_CN'))"
    environ = {**os.environ, "PYTHONPATH": str(installed), "XDG_CACHE_HOME": str(tmp_path)}
    said = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env=environ,
        text=True,
        capture_output=True,
        check=True,
    )
    assert Path(said.stdout.strip()) == installed / "resources/i18n/stepformer_zh_CN.qm"
    assert not list(tmp_path.iterdir())


def test_the_window_is_drawn_from_the_wheel(installed: Path, tmp_path: Path) -> None:
    found = run(installed, tmp_path, "shot", "translation", "-o", "window.png")
    assert found.returncode == 0, found.stderr
    assert (tmp_path / "window.png").stat().st_size > 20_000
