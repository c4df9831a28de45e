"""Puts the compiled catalogues of the window's texts and the formulas into the wheel.

In the sources they are made when they are first needed (`app/i18n.py`, `app/formulas.py`); an
installed program may have no place to write to.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import PySide6
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

TOOL = Path(PySide6.__file__).parent / ("lrelease.exe" if sys.platform == "win32" else "lrelease")


class MadeHook(BuildHookInterface):
    """Compiles every .ts with Qt's lrelease, and typesets every formula with ziamath."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile into a folder of its own: the sources stay as they are."""
        if version == "editable":
            return
        self.folder = tempfile.TemporaryDirectory()
        for source in sorted(Path(self.root, "resources", "i18n").glob("*.ts")):
            made = Path(self.folder.name, f"{source.stem}.qm")
            command = [str(TOOL), "-silent", str(source), "-qm", str(made)]
            subprocess.run(command, check=True)
            build_data["force_include"][str(made)] = f"resources/i18n/{made.name}"
        formulas = Path(self.folder.name, "formulas")
        command = [sys.executable, "-P", "-m", "app.typesetting", str(formulas)]
        # What a build needs may lie in a place of its own, which only this process was told.
        environ = {**os.environ, "PYTHONPATH": os.pathsep.join([self.root, *sys.path])}
        subprocess.run(command, check=True, cwd=self.folder.name, env=environ)
        build_data["force_include"][str(formulas)] = "resources/formulas"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002
        """The wheel is written: the folder can go."""
        if version != "editable":
            self.folder.cleanup()
