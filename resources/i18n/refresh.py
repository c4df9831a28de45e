"""Brings the catalogues of the window's texts up to date with the sources.

    python resources/i18n/refresh.py            every catalogue there is
    python resources/i18n/refresh.py de         and one for a language that has none yet

A text that is new stands in the .ts as unfinished: write its translation there and take
`type="unfinished"` away. One that is gone from the sources is dropped. No line numbers
are kept and all is sorted, so that two people's changes to one catalogue seldom meet.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import PySide6

HERE = Path(__file__).resolve().parent
APP = HERE.parent.parent / "app"


def refresh(catalogue: Path, sources: Sequence[Path]) -> str:
    """Let Qt's lupdate rewrite one catalogue; what it says."""
    tool = Path(PySide6.__file__).parent / ("lupdate.exe" if sys.platform == "win32" else "lupdate")
    with tempfile.TemporaryDirectory() as folder:
        listed = Path(folder, "sources.lst")
        listed.write_text("\n".join(map(str, sources)), encoding="utf-8")
        command = [tool, f"@{listed}", "-ts", catalogue, "-locations", "none", "-no-obsolete"]
        command += ["-sort-messages", "-source-language", "en"]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
    return done.stdout.strip() + done.stderr.strip()


def main(languages: Sequence[str]) -> None:
    """Refresh the catalogues there are and those of the languages named."""
    new = [HERE / f"stepformer_{language}.ts" for language in languages]
    for catalogue in dict.fromkeys([*sorted(HERE.glob("stepformer_*.ts")), *new]):
        print(refresh(catalogue, sorted(APP.rglob("*.py"))))


if __name__ == "__main__":
    main(sys.argv[1:])
