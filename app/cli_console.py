"""What the command line writes, and how problems turn into one line and an exit code."""

from __future__ import annotations

import os
import sys
from typing import Final, TextIO

NAME: Final = "stepformer"
GOOD, AT_FAULT, USAGE, INTERRUPTED = 0, 1, 2, 130

_ASCII = str.maketrans({"−": "-", "·": "*", "×": "x", "÷": "/", "√": "sqrt", "∞": "inf", "²": "^2"})


class Console:
    """Standard output and standard error."""

    def __init__(self, out: TextIO | None, err: TextIO | None) -> None:
        self.out = out
        self.err = err
        self.language = "en"

    def say(self, line: str) -> None:
        """A line of the result."""
        _write(self.out, line)

    def complain(self, problem: str) -> None:
        """What is wrong, in one line."""
        _write(self.err, f"{NAME}: {' '.join(problem.split())}")

    def flush(self) -> None:
        """Bring everything out; what can't be written is an OSError here and not at the end."""
        if self.out is not None:
            self.out.flush()

    def finish(self) -> None:
        """Let Python's own flush at the end find nothing that it could complain about."""
        try:
            self.flush()
        except OSError:
            if self.out is sys.__stdout__ and self.out is not None:
                os.dup2(os.open(os.devnull, os.O_WRONLY), self.out.fileno())


def _write(stream: TextIO | None, line: str) -> None:
    """Write a line; where the encoding lacks a sign (a minus!), its like in ASCII."""
    if stream is None:  # pythonw, or closed by whoever started us
        return
    try:
        stream.write(f"{line}\n")
    except UnicodeEncodeError:
        encoding = stream.encoding or "ascii"
        plain = line.translate(_ASCII).encode(encoding, "replace").decode(encoding)
        stream.write(f"{plain}\n")


def told(error: Exception, language: str) -> str | None:
    """The line that says what was wrong with the input; None if the program itself is."""
    from app.problems import Problems  # brings NumPy, which --help can do without
    from engine import InputError

    if isinstance(error, InputError):
        return Problems(language).sentence(error)
    if isinstance(error, OSError):
        reason = error.strerror or str(error)
        return f"{error.filename}: {reason}" if error.filename else reason
    return None
