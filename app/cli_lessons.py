"""Holds a folder of lessons to what lessons must be, on the command line. No Qt here."""

from __future__ import annotations

from pathlib import Path

from app.cli_console import AT_FAULT, GOOD, Console, told
from engine import InputError


def check_lessons(folder: Path, console: Console) -> int:
    """Say of each lesson in a folder that it is sound, or all that is wrong with it."""
    from engine.course import folders_of, problems  # other verbs can do without

    found = folders_of(folder.resolve())
    if not found:
        console.complain(told(InputError("lesson_none", str(folder)), console.language) or "")
        return AT_FAULT
    code = GOOD
    for inside in found:
        shown = folder if inside == folder.resolve() else folder / inside.name
        wrong = problems(inside, [f.name for f in found])
        for error in wrong:
            console.flush()
            problem = told(error, console.language) or ""
            console.complain(f"{shown}{problem.removeprefix(inside.name)}")
            code = AT_FAULT
        if not wrong:
            console.say(f"{shown}: ok, {_described(inside)}")
    return code


def _described(folder: Path) -> str:
    from engine.course import read_lesson, texts_of

    stops = read_lesson(folder).stops
    claims, questions = (sum(len(getattr(s, n)) for s in stops) for n in ("claims", "questions"))
    languages = ", ".join(path.stem for path in texts_of(folder))
    parts = (_count(len(stops), "stop"), _count(claims, "claim"), _count(questions, "question"))
    return f"lesson, {', '.join(parts)}, in {languages}"


def _count(number: int, thing: str) -> str:
    """1 claim, 2 claims."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"
