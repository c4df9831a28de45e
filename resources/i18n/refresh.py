"""Brings the languages up to date with the sources.

    python resources/i18n/refresh.py            every language there is
    python resources/i18n/refresh.py de         and one that has no catalogue yet
    python resources/i18n/refresh.py --done     all that was stale has been read again

A text of the window that is new stands in the .ts as unfinished: write its translation there
and take `type="unfinished"` away. One that is gone from the sources is dropped. No line
numbers are kept, all is sorted, and a message is one line, so that the changes of two people
can be put together line by line (.gitattributes says so).

Of steps and errors, seen_<language>.txt remembers which English each text was made from. Where
the English has changed since, this says so: read the translation again, then --done.
"""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import PySide6

HERE = Path(__file__).resolve().parent
RESOURCES = HERE.parent
ROOT = RESOURCES.parent
ENGLISH = "en"


def refresh(catalogue: Path, sources: Sequence[Path]) -> str:
    """Let Qt's lupdate rewrite one catalogue; what it says."""
    tool = Path(PySide6.__file__).parent / ("lupdate.exe" if sys.platform == "win32" else "lupdate")
    with tempfile.TemporaryDirectory() as folder:
        listed = Path(folder, "sources.lst")
        listed.write_text("\n".join(map(str, sources)), encoding="utf-8")
        command = [tool, f"@{listed}", "-ts", catalogue, "-locations", "none", "-no-obsolete"]
        command += ["-sort-messages", "-source-language", "en"]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
    catalogue.write_text(in_lines(catalogue.read_text("utf-8")), encoding="utf-8")
    return done.stdout.strip() + done.stderr.strip()


def in_lines(text: str) -> str:
    """A catalogue with one line a message: a merge takes or leaves it as a whole."""
    whole = re.compile(r"<message.*?</message>", re.DOTALL)
    return whole.sub(lambda m: re.sub(r">\n\s*<", "><", m[0]), text)


def leaves(table: Mapping[str, Any], path: str) -> Iterator[tuple[str, str]]:
    """Every text of a table with its place in it."""
    for key, value in table.items():
        if isinstance(value, dict):
            yield from leaves(value, f"{path} {key}")
        else:
            yield f"{path} {key}", str(value)


def words(language: str) -> dict[str, str]:
    """The texts of steps and errors in a language; the English of errors is in the engine."""
    found: dict[str, str] = {}
    for kind in ("steps", "errors"):
        file = RESOURCES / kind / f"{language}.toml"
        if file.is_file():
            found.update(leaves(tomllib.loads(file.read_text("utf-8")), kind))
    if language == ENGLISH:
        sys.path.insert(0, str(ROOT))
        from engine.errors import MESSAGES, WORDINGS

        sys.path.remove(str(ROOT))
        found.update(leaves({"message": MESSAGES, "wording": WORDINGS}, "errors"))
    return found


def digest(text: str) -> str:
    """A short name for a text."""
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def seen(language: str) -> dict[str, set[str]]:
    """By place, the English that its translation was made from; two where a merge left two."""
    file = HERE / f"seen_{language}.txt"
    found: dict[str, set[str]] = {}
    for line in file.read_text("utf-8").splitlines() if file.is_file() else []:
        place, _, name = line.rpartition(" ")
        found.setdefault(place, set()).add(name)
    return found


def stale(language: str) -> list[str]:
    """The places whose English has changed since they were translated."""
    english, own, known = words(ENGLISH), words(language), seen(language)
    shared = [place for place in own if place in english]
    return [p for p in shared if p in known and digest(english[p]) not in known[p]]


def note(language: str, *, is_done: bool) -> list[str]:
    """Write down what new translations (and, if done, stale ones) were made from; what is left."""
    english, left = words(ENGLISH), [] if is_done else stale(language)
    known = seen(language)
    lines = []
    for place in sorted(set(words(language)) & set(english)):
        names = known[place] if place in left else {digest(english[place])}
        lines += [f"{place} {name}\n" for name in sorted(names)]
    (HERE / f"seen_{language}.txt").write_text("".join(lines), encoding="utf-8")
    return left


def main(arguments: Sequence[str]) -> None:
    """Refresh the languages there are and those named."""
    named = [HERE / f"stepformer_{a}.ts" for a in arguments if not a.startswith("-")]
    for catalogue in dict.fromkeys([*sorted(HERE.glob("stepformer_*.ts")), *named]):
        print(refresh(catalogue, sorted((ROOT / "app").rglob("*.py"))))
    languages = {p.stem for k in ("steps", "errors") for p in (RESOURCES / k).glob("*.toml")}
    for language in sorted(languages - {ENGLISH}):
        for place in note(language, is_done="--done" in arguments):
            print(f"{language}: the English of {place} has changed")


if __name__ == "__main__":
    main(sys.argv[1:])
