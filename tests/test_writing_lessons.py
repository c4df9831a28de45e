"""The guide for authors of lessons: its example is a lesson that is sound and opens."""

import re
from pathlib import Path

import pytest

from engine.course import Visit, problems, read_lesson
from engine.course.reading import SCENARIO, STOP, TOP

GUIDE = Path(__file__).parents[1] / "docs" / "writing-lessons.md"
TEXT = GUIDE.read_text("utf-8")


def block(language: str) -> str:
    return re.findall(rf"^```{language}\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)[0]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "sharing"
    made.mkdir()
    (made / "lesson.toml").write_text(block("toml"), "utf-8")
    (made / "en.md").write_text(block("markdown"), "utf-8")
    return made


def test_the_example_is_sound_and_opens(folder: Path) -> None:
    assert [str(e) for e in problems(folder)] == []
    lesson = read_lesson(folder)
    assert [s.id for s in lesson.stops] == ["shares", "pinned", "end"]
    assert Visit(lesson, 1, "").right("other") == "less"


def test_an_example_that_no_longer_fits_would_be_seen(folder: Path) -> None:
    path = folder / "lesson.toml"
    path.write_text(path.read_text("utf-8").replace("4.0", "-40.0"), "utf-8")
    assert any("does not hold" in str(e) for e in problems(folder))


def test_every_part_of_a_lesson_is_told() -> None:
    told = set(re.findall(r"`\[*([a-z]+)(?:\.NAME)?\]*`", TEXT))
    assert not {*TOP, *SCENARIO, *STOP} - told
