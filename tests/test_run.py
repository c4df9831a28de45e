"""What run.py decides, without the network: every fact is given or made up here."""

import ast
import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

import run

HERE = f"{sys.version_info[0]}.{sys.version_info[1]}"


def nothing_there(name: str) -> bool:
    return False


def all_there(name: str) -> bool:
    return True


# Python itself


@pytest.mark.parametrize("version", [(3, 6, 15), (3, 10, 13), (2, 7, 18)])
def test_an_old_python_is_named_with_what_is_needed(version):
    message = run.too_old(version)
    assert message is not None
    assert ".".join(map(str, version)) in message
    assert "3.11 or newer" in message
    assert "apt-get install python3.11" in message
    assert "\n" not in message


@pytest.mark.parametrize("version", [(3, 11, 0), (3, 12, 4), (3, 13, 0), (4, 0, 0)])
def test_a_python_from_3_11_on_will_do(version):
    assert run.too_old(version) is None


def test_an_old_python_can_read_the_file():
    tree = ast.parse(Path(run.__file__).read_text(encoding="utf-8"), feature_version=(3, 6))
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            annotations = [a.annotation for a in (*node.args.args, node.args.vararg) if a]
            for annotation in (*annotations, node.returns):
                assert isinstance(annotation, (ast.Name, ast.Constant)), ast.unparse(node)


def test_an_old_python_hands_over_to_the_first_newer_one_that_runs(monkeypatch):
    class HandedOverError(Exception):
        pass

    def execv(path, command):
        raise HandedOverError(path, command)

    monkeypatch.setattr(run.shutil, "which", lambda name: f"/some/{name}")
    monkeypatch.setattr(run, "succeeds", lambda path, *rest: path != "/some/python3.13")
    monkeypatch.setattr(run.os, "execv", execv)
    with pytest.raises(HandedOverError) as handed:
        run.main(["trace", "x"], (3, 9, 1))
    path, command = handed.value.args
    assert path == "/some/python3.12"
    assert command == [path, run.__file__, "trace", "x"]


def test_an_old_python_stops_where_there_is_no_newer_one(monkeypatch):
    monkeypatch.setattr(run.shutil, "which", lambda name: None)
    with pytest.raises(SystemExit, match=r"this is Python 3\.9\.1"):
        run.main([], (3, 9, 1))


# What is asked of the system

SHOWN = {"DISPLAY": ":0"}


@pytest.mark.parametrize(
    ("arguments", "env", "required"),
    [
        (["--version"], SHOWN, {}),
        (["--help"], SHOWN, {}),
        (["-h"], SHOWN, {}),
        (["trace", "a.json"], SHOWN, {}),
        (["explain", "a.json"], SHOWN, {}),
        (["check", "a.json"], SHOWN, {}),
        (["train", "a.json"], SHOWN, {}),
        (["shot", "a.png"], SHOWN, run.OFFSCREEN),
        (["shot", "a.png"], {}, run.OFFSCREEN),
        (["shot", "--help"], SHOWN, {}),
        ([], SHOWN, run.WINDOW),
        (["a.json"], SHOWN, run.WINDOW),
        ([], {"WAYLAND_DISPLAY": "wayland-0"}, run.WINDOW),
        ([], {"QT_QPA_PLATFORM": "xcb"}, run.WINDOW),
        ([], {"QT_QPA_PLATFORM": "offscreen"}, run.OFFSCREEN),
        ([], {"QT_QPA_PLATFORM": "offscreen", **SHOWN}, run.OFFSCREEN),
        ([], {}, {}),
    ],
)
def test_each_verb_asks_for_no_more_than_it_uses(arguments, env, required):
    assert run.system_needs(arguments, env, "linux", nothing_there) == (required, {})


def test_the_tables_hold_what_qt_was_seen_to_need():
    assert {"libGL.so.1", "libEGL.so.1", "libdbus-1.so.3"} <= set(run.OFFSCREEN)
    assert set(run.WINDOW) - set(run.OFFSCREEN) == {
        "libxcb-cursor.so.0",
        "libxcb-icccm.so.4",
        "libxcb-keysyms.so.1",
        "libxcb-shape.so.0",
        "libxkbcommon-x11.so.0",
    }


def test_the_tests_would_like_a_real_window_but_can_do_without():
    required, wanted = run.system_needs(["tests"], {}, "linux", nothing_there)
    assert required == run.OFFSCREEN
    assert {"xvfb", "xauth", "xdotool", "libxcb-cursor0"} <= set(wanted.values())


def test_where_the_test_in_a_real_window_runs_its_libraries_are_needed():
    assert run.system_needs(["tests"], {}, "linux", all_there)[0] == run.WINDOW


@pytest.mark.parametrize("platform", ["darwin", "win32"])
@pytest.mark.parametrize("arguments", [[], ["tests"], ["shot"]])
def test_other_systems_bring_all_of_it(platform, arguments):
    assert run.system_needs(arguments, SHOWN, platform, nothing_there) == ({}, {})


def test_what_is_there_is_told_from_what_is_not():
    assert not run.has("libthereisnosuchlibrary.so.9")
    assert not run.has("there-is-no-such-program")
    assert run.has("python") or run.has("python3")
    assert run.has("ensurepip") == (importlib.util.find_spec("ensurepip") is not None)


# Packages of the system


def test_the_name_that_apt_knows_goes_first():
    packages = ["libgl1", "libglib2.0-0", "python3-venv"]
    assert run.apt_names(packages, nothing_there) == packages
    assert run.apt_names(packages, all_there) == [
        "libgl1",
        "libglib2.0-0t64",
        f"python{HERE}-venv",
    ]


@pytest.fixture
def bare_debian(monkeypatch):
    """A system with apt and nothing else; returns what is run in it."""
    ran: list[tuple[str, ...]] = []
    present = {"apt-get"}

    def succeeds(*command):
        ran.append(command)
        return False

    def call(command, **_):
        ran.append(tuple(command))
        if "install" in command:
            present.update(run.WINDOW, run.ENSUREPIP)
        return 0

    monkeypatch.setattr(run, "has", lambda name: name in present)
    monkeypatch.setattr(run, "succeeds", succeeds)
    monkeypatch.setattr(run.subprocess, "call", call)
    return ran


def test_a_user_is_told_the_one_line_to_run(bare_debian, monkeypatch):
    monkeypatch.setattr(run.os, "geteuid", lambda: 1000, raising=False)
    with pytest.raises(SystemExit) as stop:
        run.provide({**run.ENSUREPIP, **run.OFFSCREEN}, {"xdotool": "xdotool"})
    assert str(stop.value).splitlines()[-1] == (
        "sudo apt-get install python3-venv libgl1 libegl1 libxkbcommon0 libglib2.0-0 "
        "libfontconfig1 libdbus-1-3"
    )
    assert all("--simulate" in command for command in bare_debian)


@pytest.mark.skipif(sys.platform == "win32", reason="there is no apt on Windows")
def test_root_installs_what_is_lacking_and_goes_on_without_what_was_only_wanted(
    bare_debian, monkeypatch, capsys
):
    monkeypatch.setattr(run.os, "geteuid", lambda: 0)
    run.provide({**run.ENSUREPIP, **run.OFFSCREEN}, {"xdotool": "xdotool"})
    commands = [command for command in bare_debian if "--simulate" not in command]
    assert [("update" in c, "install" in c) for c in commands] == [(True, False), (False, True)]
    assert all("DEBIAN_FRONTEND=noninteractive" in command for command in commands)
    assert {"python3-venv", "libgl1", "xdotool"} <= set(commands[1])
    assert "Going on without xdotool" in capsys.readouterr().err


@pytest.mark.skipif(sys.platform == "win32", reason="there is no apt on Windows")
def test_root_stops_where_apt_did_not_help(bare_debian, monkeypatch):
    monkeypatch.setattr(run.os, "geteuid", lambda: 0)
    with pytest.raises(SystemExit, match="sudo apt-get install xdotool"):
        run.provide({"xdotool": "xdotool"}, {})


def test_where_there_is_no_apt_the_libraries_are_named(monkeypatch):
    monkeypatch.setattr(run, "has", nothing_there)
    with pytest.raises(SystemExit) as stop:
        run.provide({"libGL.so.1": "libgl1", "libEGL.so.1": "libegl1"}, {})
    assert "libGL.so.1, libEGL.so.1" in str(stop.value)
    assert "apt-get" not in str(stop.value)


def test_where_nothing_is_lacking_nothing_is_run_or_said(bare_debian, monkeypatch, capsys):
    monkeypatch.setattr(run, "has", all_there)
    run.provide(run.WINDOW, run.REAL_WINDOW_TEST)
    assert bare_debian == []
    assert capsys.readouterr().err == ""


# The stamp


@pytest.fixture
def recipe(tmp_path):
    files = (tmp_path / "pyproject.toml", tmp_path / "constraints.txt")
    files[0].write_text("[project]")
    files[1].write_text("numpy==2")
    return files


@pytest.fixture
def venv(tmp_path):
    """The least that looks like an environment: a folder with a Python in it."""
    python = tmp_path / ".venv" / run.PYTHON
    python.parent.mkdir(parents=True)
    python.write_text("")
    return tmp_path / ".venv"


def stamp(venv, recipe, words=""):
    made_for = run.fingerprint(recipe, HERE, venv / run.PYTHON)
    (venv / run.STAMP).write_text(f"{made_for} {words}")


def test_without_a_stamp_it_is_not_ready(venv, recipe):
    assert not run.is_ready(venv, recipe, HERE, False)


def test_with_its_stamp_it_is_ready_for_the_app_alone(venv, recipe):
    stamp(venv, recipe)
    assert run.is_ready(venv, recipe, HERE, False)
    assert not run.is_ready(venv, recipe, HERE, True)


def test_with_the_tests_packages_it_is_ready_for_both(venv, recipe):
    stamp(venv, recipe, "dev")
    assert run.is_ready(venv, recipe, HERE, False)
    assert run.is_ready(venv, recipe, HERE, True)


@pytest.mark.parametrize("changed", [0, 1])
def test_a_changed_recipe_is_noticed(venv, recipe, changed):
    stamp(venv, recipe)
    recipe[changed].write_text("something else")
    assert not run.is_ready(venv, recipe, HERE, False)


def test_another_python_is_noticed(venv, recipe):
    stamp(venv, recipe)
    assert not run.is_ready(venv, recipe, "3.99", False)


def test_a_python_that_is_gone_is_noticed(venv, recipe):
    stamp(venv, recipe)
    (venv / run.PYTHON).unlink()
    assert not run.is_ready(venv, recipe, HERE, False)


@pytest.mark.skipif(sys.platform == "win32", reason="environments hold no links on Windows")
def test_a_link_that_leads_to_another_python_is_noticed(venv, recipe, tmp_path):
    for name in ("python3.11.2", "python3.13.0"):
        (tmp_path / name).write_text("")
    python = venv / run.PYTHON
    python.unlink()
    python.symlink_to(tmp_path / "python3.11.2")
    stamp(venv, recipe)
    assert run.is_ready(venv, recipe, HERE, False)
    python.unlink()
    python.symlink_to(tmp_path / "python3.13.0")
    assert not run.is_ready(venv, recipe, HERE, False)


# A half-made environment


@pytest.fixture(scope="module")
def bare_env(tmp_path_factory):
    """A real environment, as one that was interrupted before it got its pip."""
    path = tmp_path_factory.mktemp("half") / "env"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(path)], check=True)
    return path


@pytest.fixture
def env_with_pip(bare_env):
    pip = next(bare_env.glob("[Ll]ib/**/site-packages")) / "pip.py"
    pip.write_text("")
    yield bare_env
    pip.unlink()
    (bare_env / run.UNFINISHED).unlink(missing_ok=True)


def test_an_environment_without_pip_is_made_anew(bare_env):
    assert not run.is_usable(bare_env, HERE)


def test_a_whole_environment_is_kept(env_with_pip):
    assert run.is_usable(env_with_pip, HERE)


def test_an_environment_of_another_python_is_made_anew(env_with_pip):
    assert not run.is_usable(env_with_pip, "3.99")


def test_an_environment_with_unfinished_work_is_made_anew(env_with_pip):
    (env_with_pip / run.UNFINISHED).touch()
    assert not run.is_usable(env_with_pip, HERE)


def test_an_environment_that_would_fill_the_python_below_it_is_made_anew(env_with_pip):
    config = env_with_pip / "pyvenv.cfg"
    text = config.read_text()
    config.unlink()
    try:
        assert not run.is_usable(env_with_pip, HERE)
    finally:
        config.write_text(text)


def test_no_environment_at_all_is_made(tmp_path):
    assert not run.is_usable(tmp_path / ".venv", HERE)


# Making it


@pytest.fixture
def workshop(tmp_path, monkeypatch):
    """Commands that only pretend; the names of those in fails end the run when called."""
    ran: list[str] = []
    fails: dict[str, BaseException | bool] = {}

    def run_under(lock, *command):
        kinds = {"pip": "pip", "app.typesetting": "formulas"}
        what = next((kind for word, kind in kinds.items() if word in command), "venv")
        ran.append(what)
        venv = tmp_path / ".venv"
        assert not (venv / run.STAMP).exists()
        assert (venv / run.UNFINISHED).exists()
        if what in fails:
            if isinstance(fails[what], BaseException):
                raise fails[what]
            return False
        (venv / "lib" / "python3" / "site-packages").mkdir(parents=True, exist_ok=True)
        (venv / run.PYTHON).parent.mkdir(parents=True, exist_ok=True)
        (venv / run.PYTHON).write_text("")
        return True

    monkeypatch.setattr(run, "run_under", run_under)
    monkeypatch.setattr(run, "is_usable", lambda venv, version: False)
    return tmp_path / ".venv", ran, fails


def test_when_all_succeeded_the_stamp_is_there(workshop):
    venv, ran, _ = workshop
    run.make(venv, True)
    assert ran == ["venv", "pip", "formulas"]
    assert run.is_ready(venv, run.RECIPE, run.VERSION, True)
    assert not (venv / run.UNFINISHED).exists()


def test_an_environment_without_formulas_is_one_all_the_same(workshop):
    venv, _, fails = workshop
    fails["formulas"] = False
    run.make(venv, True)
    assert run.is_ready(venv, run.RECIPE, run.VERSION, True)


def test_what_is_ready_is_left_alone(workshop):
    venv, ran, _ = workshop
    run.make(venv, True)
    run.make(venv, False)
    assert ran == ["venv", "pip", "formulas"]


def test_a_usable_environment_only_gets_what_is_new(workshop, monkeypatch):
    venv, ran, _ = workshop
    run.make(venv, False)
    monkeypatch.setattr(run, "is_usable", lambda venv, version: True)
    run.make(venv, True)
    assert ran == ["venv", "pip", "formulas", "pip", "formulas"]
    assert run.is_ready(venv, run.RECIPE, run.VERSION, True)


@pytest.mark.parametrize("step", ["venv", "pip"])
@pytest.mark.parametrize("end", [False, KeyboardInterrupt()])
def test_whatever_fails_leaves_no_stamp_and_the_next_run_mends_it(workshop, step, end):
    venv, _, fails = workshop
    run.make(venv, False)
    fails[step] = end
    with pytest.raises((SystemExit, KeyboardInterrupt)):
        run.make(venv, True)
    assert not run.is_ready(venv, run.RECIPE, run.VERSION, False)
    assert (venv / run.UNFINISHED).exists()
    fails.clear()
    (venv / "half").mkdir()
    (venv / "half" / "written").write_text("")
    run.make(venv, True)
    assert run.is_ready(venv, run.RECIPE, run.VERSION, True)
    assert not (venv / "half").exists()


def test_the_sources_are_found_from_the_environment_even_when_both_move(workshop):
    venv, _, _ = workshop
    run.make(venv, False)
    path_file = next(venv.glob("**/stepformer.pth"))
    line = path_file.read_text().strip()
    assert not Path(line).is_absolute()
    assert (path_file.parent / line).resolve() == run.ROOT


def test_only_one_run_at_a_time_makes_it(tmp_path):
    with (tmp_path / "lock").open("a") as first, (tmp_path / "lock").open("a") as second:
        assert run.take(first.fileno())
        assert not run.take(second.fileno())
        first.close()
        assert run.take(second.fileno())


@pytest.mark.skipif(sys.platform == "win32", reason="Windows hands no lock to a child")
def test_a_command_that_outlives_the_run_keeps_the_lock(tmp_path):
    code = "import os, sys; os.fstat(int(sys.argv[1]))"
    with (tmp_path / "lock").open("a") as lock:
        assert run.run_under(lock.fileno(), sys.executable, "-c", code, str(lock.fileno()))


# The app and the checks


def test_the_app_gets_its_arguments_and_no_other_pythons_packages(monkeypatch):
    handed = []
    monkeypatch.setenv("PYTHONPATH", "/some/other/packages")
    monkeypatch.setattr(run, "is_ready", lambda *facts: True)
    monkeypatch.setattr(run, "provide", lambda required, wanted: None)
    monkeypatch.setattr(run.subprocess, "call", lambda command: 7)
    monkeypatch.setattr(run.os, "execv", lambda path, command: handed.append(command))
    run.main(["trace", "my file.json"], (3, 11, 2))
    if os.name != "nt":
        python = str(run.VENV / run.PYTHON)
        assert handed == [[python, "-P", "-m", "app", "trace", "my file.json"]]
    assert "PYTHONPATH" not in os.environ


def test_alone_the_tests_are_every_check():
    commands = run.checks([])
    assert list(commands) == ["ruff check", "ruff format", "mypy", "lint-imports", "pytest"]
    assert "--check" in commands["ruff format"]
    assert commands["pytest"] == ["-m", "pytest", "-n", "2"]


def test_with_arguments_the_tests_are_pytest_alone():
    assert run.checks(["-k", "stamp"]) == {"pytest": ["-m", "pytest", "-n", "2", "-k", "stamp"]}


@pytest.mark.parametrize("own", [["-n", "0"], ["-n4"], ["--numprocesses=1"], ["--pdb"]])
def test_an_own_number_of_processes_is_left_alone(own):
    assert run.checks(own) == {"pytest": ["-m", "pytest", *own]}


@pytest.mark.parametrize(("code", "result"), [(0, "passed"), (3, "FAILED")])
def test_each_check_has_one_line_and_failure_shows(monkeypatch, capfd, code, result):
    checks = {"good": ["-c", "pass"], "other": ["-c", f"print('told'); raise SystemExit({code})"]}
    monkeypatch.setattr(run, "PYTHON", Path(sys.executable))
    monkeypatch.setattr(run, "checks", lambda arguments: checks)
    assert run.run_checks([]) == bool(code)
    out = capfd.readouterr().out
    assert "good: passed (" in out
    assert f"other: {result} (" in out
    assert ("told" in out) == bool(code)


@pytest.mark.parametrize(("given", "used"), [(None, "offscreen"), ("xcb", "xcb")])
def test_the_checks_open_no_window_unless_told_to(monkeypatch, given, used):
    code = f"import os; raise SystemExit(os.environ['QT_QPA_PLATFORM'] != '{used}')"
    monkeypatch.setattr(run, "PYTHON", Path(sys.executable))
    monkeypatch.setattr(run, "checks", lambda arguments: {"good": ["-c", code]})
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    if given:
        monkeypatch.setenv("QT_QPA_PLATFORM", given)
    assert run.run_checks([]) == 0
