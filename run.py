#!/usr/bin/env python3
"""Make Stepformer's environment in .venv, then start the app or the tests.

    python3 run.py [ARGUMENTS]          the app; --help tells what it takes
    python3 run.py tests [ARGUMENTS]    every check, or pytest alone with these arguments

Standard library only. With its annotations in quotes, Python 3.6 reads it and says it is too old.
"""

import ctypes
import functools
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYPROJECT, CONSTRAINTS = RECIPE = ROOT / "pyproject.toml", ROOT / "constraints.txt"
# In .venv: there from the first change on; it becomes the stamp at the end; held by who makes it.
UNFINISHED, STAMP, LOCK = "stepformer-unfinished", "stepformer-ready", "stepformer-lock"
PYTHON = "Scripts/python.exe" if os.name == "nt" else "bin/python"
VERSION = f"{sys.version_info[0]}.{sys.version_info[1]}"

# What is asked of the system, each with the Debian package that holds it.
OFFSCREEN = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
}
WINDOW = {
    **OFFSCREEN,
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
REAL_WINDOW_TEST = {**WINDOW, "Xvfb": "xvfb", "xauth": "xauth", "xdotool": "xdotool"}
ENSUREPIP = {"ensurepip": "python3-venv"}
# Names that go before the usual ones where apt knows them.
BETTER = {"libglib2.0-0": "libglib2.0-0t64", "python3-venv": f"python{VERSION}-venv"}
# The words of a command line that open no window, and what each asks; the first here counts.
NO_WINDOW = {
    **{word: {} for word in ("--help", "-h", "--version")},
    "shot": OFFSCREEN,
    **{word: {} for word in ("trace", "explain", "check", "train")},
}
CHECKS = {
    "ruff check": ["-m", "ruff", "check"],
    "ruff format": ["-m", "ruff", "format", "--check"],
    "mypy": ["-m", "mypy"],
    "lint-imports": ["-c", "import importlinter.cli; importlinter.cli.lint_imports_command()"],
}


def say(text: str) -> None:
    """Write to stderr: stdout belongs to the app, whose output may go into a file."""
    print(text, file=sys.stderr, flush=True)


def succeeds(*command: str) -> bool:
    return subprocess.call(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) == 0


def too_old(version: "tuple[int, ...]") -> "str | None":
    if version >= (3, 11):
        return None
    return (
        f"Stepformer needs Python 3.11 or newer; this is Python {'.'.join(map(str, version))}. "
        "Get one with 'sudo apt-get install python3.11 python3.11-venv' (Debian, Ubuntu), "
        "'brew install python@3.13' (macOS), 'winget install Python.Python.3.13' (Windows) "
        "or from python.org, then run this again."
    )


def system_needs(
    arguments: "list[str]", env: "Mapping[str, str]", platform: str, has: "Callable[[str], bool]"
) -> "tuple[dict[str, str], dict[str, str]]":
    """Tell what this run cannot do without, and what it would like."""
    if not platform.startswith("linux"):
        return {}, {}
    if arguments[:1] == ["tests"]:
        shows = has("Xvfb") and has("xdotool")  # then the test in a real window is not skipped
        return (WINDOW if shows else OFFSCREEN), REAL_WINDOW_TEST
    for word, needs in NO_WINDOW.items():
        if word in arguments:
            return needs, {}
    qt = env.get("QT_QPA_PLATFORM", "")
    if qt and not qt.startswith("xcb"):
        return OFFSCREEN, {}
    display = qt or env.get("DISPLAY") or env.get("WAYLAND_DISPLAY")
    return (WINDOW if display else {}), {}  # with no display, the app says just that


def has(name: str) -> bool:
    """Whether there is this shared library, module of Python's own, or program."""
    if ".so." in name:
        try:
            ctypes.CDLL(name)
        except OSError:
            return False
        return True
    if name in ENSUREPIP:
        return importlib.util.find_spec(name) is not None
    return shutil.which(name) is not None


def apt_names(packages: "Iterable[str]", knows: "Callable[[str], bool]") -> "list[str]":
    return [BETTER[name] if name in BETTER and knows(BETTER[name]) else name for name in packages]


def advice(missing: "list[str]", packages: "list[str]") -> str:
    if packages:
        return f"The system lacks packages. Run:\nsudo apt-get install {' '.join(packages)}"
    return f"The system lacks {', '.join(missing)}. Install what holds them and run this again."


def provide(required: "Mapping[str, str]", wanted: "Mapping[str, str]") -> None:
    """As root, install what the system lacks; else stop and say what would."""
    needs = {**required, **wanted}
    missing = [name for name in needs if not has(name)]
    apt = bool(missing) and has("apt-get")
    knows = functools.partial(succeeds, "apt-get", "--simulate", "install")
    if apt and sys.platform != "win32" and os.geteuid() == 0:
        say("The system lacks packages; asking apt-get for its newest lists ...")
        apt_get = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
        succeeds(*apt_get, "update")
        names = apt_names([needs[name] for name in missing], knows)
        say(f"Installing with apt-get: {' '.join(names)} ...")
        apt_get += ["-o", "DPkg::Lock::Timeout=300", "install", "-y", "--no-install-recommends"]
        subprocess.call([*apt_get, *names], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        missing = [name for name in missing if not has(name)]
    musts = [name for name in missing if name in required]
    if musts:
        sys.exit(advice(musts, apt_names([needs[name] for name in musts], knows) if apt else []))
    if missing:
        say(f"Going on without {', '.join(missing)}: no test in a real window.")


def fingerprint(recipe: "Iterable[Path]", version: str, python: Path) -> str:
    """Name an environment by what it is made from and the Python it stands on."""
    whole = f"{version} {python.resolve()}".encode() + b"".join(p.read_bytes() for p in recipe)
    return hashlib.sha256(whole).hexdigest()


def is_ready(venv: Path, recipe: "Iterable[Path]", version: str, dev: bool) -> bool:
    """Believe the stamp; but a link to a Python that is gone counts as no file."""
    if not ((venv / STAMP).is_file() and (venv / PYTHON).is_file()):
        return False
    stamp = (venv / STAMP).read_text().split()
    same = stamp[:1] == [fingerprint(recipe, version, venv / PYTHON)]
    return same and (not dev or "dev" in stamp)


def is_usable(venv: Path, version: str) -> bool:
    """Whether pip can add to it: no work begun, and its Python runs, is ours and has pip."""
    begun = (venv / UNFINISHED).exists() or not (venv / PYTHON).is_file()
    code = "import sys, pip; sys.exit(sys.prefix == sys.base_prefix or "
    code += f"'{version}' != '%d.%d' % sys.version_info[:2])"
    return not begun and succeeds(str(venv / PYTHON), "-I", "-c", code)


def take(lock: int) -> bool:
    """Try to get the lock; the system takes it back however its holders end."""
    try:
        if sys.platform == "win32":
            msvcrt.locking(lock, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:  # other errors: a file system without locks
        return not isinstance(error, (BlockingIOError, PermissionError))
    return True


def run_under(lock: int, *command: str) -> bool:
    """Run a command that holds the lock too, in case it outlives this program."""
    environ = {**os.environ, "PIP_USER": "0", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    held = () if os.name == "nt" else (lock,)
    return subprocess.call(command, stdout=2, env=environ, pass_fds=held) == 0


def create(venv: Path, lock: int) -> None:
    """Empty it, but for the files that say that it is being made, and begin anew."""
    say(f"Making the environment in {venv.name} ...")
    for path in venv.iterdir():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        elif path.name not in (LOCK, UNFINISHED):
            path.unlink()
    base = getattr(sys, "_base_executable", sys.executable)
    if not run_under(lock, base, "-I", "-m", "venv", str(venv)):
        sys.exit("Python could not make the environment; its message is above.")


def install(venv: Path, lock: int, dev: bool) -> None:
    import tomllib

    say("Installing the packages (some 100 MB the first time) ...")
    project = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))["project"]
    wanted = project["dependencies"] + (project["optional-dependencies"]["dev"] if dev else [])
    quiet = () if sys.stderr.isatty() else ("-qq",)
    pip = (str(venv / PYTHON), "-I", "-m", "pip", "install", "--no-input", *quiet)
    if not run_under(lock, *pip, "-c", str(CONSTRAINTS), *wanted):
        sys.exit("pip could not install the packages; its message is above. Is the network there?")
    packages = next(venv.glob("[Ll]ib/**/site-packages"))
    # A relative path is plain ASCII and stays true when the folder is moved.
    (packages / "stepformer.pth").write_text(os.path.relpath(ROOT, packages) + "\n")
    # Typesets all formulas; where this can't be, the app does each when it is first shown.
    run_under(lock, str(venv / PYTHON), "-P", "-W", "ignore", "-m", "app.typesetting")


def make(venv: Path, dev: bool) -> None:
    """Bring the environment up to date; where this is interrupted, the next run begins anew."""
    venv.mkdir(exist_ok=True)
    with (venv / LOCK).open("a") as file:
        lock = file.fileno()
        if not take(lock):
            say("Another run is making the environment; waiting for it ...")
            while not take(lock):
                time.sleep(0.2)
        if is_ready(venv, RECIPE, VERSION, dev):
            return
        usable = is_usable(venv, VERSION)
        (venv / UNFINISHED).touch()
        (venv / STAMP).unlink(missing_ok=True)
        if not usable:
            create(venv, lock)
        install(venv, lock, dev)
        stamp = fingerprint(RECIPE, VERSION, venv / PYTHON) + (" dev" if dev else "")
        (venv / UNFINISHED).write_text(stamp)
        (venv / UNFINISHED).replace(venv / STAMP)


def checks(arguments: "list[str]") -> "dict[str, list[str]]":
    own = ("-n", "--numprocesses", "--pdb", "no:xdist")
    two = [] if any(argument.startswith(own) for argument in arguments) else ["-n", "2"]
    pytest = {"pytest": ["-m", "pytest", *two, *arguments]}
    return pytest if arguments else {**CHECKS, **pytest}


def run_checks(arguments: "list[str]") -> int:
    environ = {"QT_QPA_PLATFORM": "offscreen", **os.environ}
    worst = 0
    for name, command in checks(arguments).items():
        start = time.monotonic()
        whole = [str(VENV / PYTHON), *command]
        shown = None if name == "pytest" else subprocess.PIPE  # the others speak when they fail
        done = subprocess.run(whole, cwd=ROOT, env=environ, stdout=shown, stderr=shown, check=False)
        if done.returncode:
            worst = 1
            sys.stdout.buffer.write((done.stdout or b"") + (done.stderr or b""))
        result = "FAILED" if done.returncode else "passed"
        print(f"{name}: {result} ({time.monotonic() - start:.1f} s)", flush=True)
    return worst


def main(arguments: "list[str]", version: "tuple[int, ...]") -> int:
    problem = too_old(version)
    if problem:
        for name in ("python3.13", "python3.12", "python3.11"):
            path = shutil.which(name)
            if path and succeeds(path, "-c", "import tomllib"):  # pyenv's need not run
                os.execv(path, [path, __file__, *arguments])
        sys.exit(problem)
    os.environ.pop("PYTHONPATH", None)  # the packages of another Python do not fit
    testing = arguments[:1] == ["tests"]
    required, wanted = system_needs(arguments, os.environ, sys.platform, has)
    ready = is_ready(VENV, RECIPE, VERSION, testing)
    provide(required if ready else {**ENSUREPIP, **required}, wanted)
    if not ready:
        make(VENV, testing)
    if testing:
        return run_checks(arguments[1:])
    # With -P, a folder named app where the user stands is not taken for ours.
    command = [str(VENV / PYTHON), "-P", "-m", "app", *arguments]
    if os.name != "nt":
        os.execv(command[0], command)  # signals and the exit code are the app's own
    return subprocess.call(command)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:], sys.version_info[:3]))
    except OSError as error:
        sys.exit(f"Stepformer cannot be started: {error}")
    except KeyboardInterrupt:
        sys.exit(130)
