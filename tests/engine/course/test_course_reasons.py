"""Why a choice is wrong, and where the number stands that a question asks for."""

from pathlib import Path

import pytest

from engine import run
from engine.course import (
    Asked,
    Visit,
    folders_of,
    lessons,
    plain,
    problems,
    read_lesson,
    read_prose,
)
from engine.course.prose import read_prose as parsed

LANGUAGES = ("en", "zh_CN")
ALL = lessons()
TOML = """\
order = 1

[names]
scores = "encoder/1/self_attention/head_1/scores"
weights = "encoder/1/self_attention/head_1/weights"
W_Q = "encoder/1/self_attention/head_1/W_Q"

[scenario]
source = "by-hand"

[[stops]]
id = "one"
step = "scores"
variants.other.params = { W_Q = "2 * W_Q" }

[stops.values]
s = "scores[2, 2]"

[stops.claims]
even = { symmetric = "scores" }

[stops.questions]
cell = { number = "scores['see', 2]" }
part = { largest = "weights.exp[2, :]" }
least = { smallest = "scores[1, 2:2]" }
shape = { number = "rows(scores)" }
input = { number = "W_Q[2, 1]" }
made = { number = "scores[1, 1] + 1" }
there = { number = "scores@other[1, 1]" }
held = { yes = { symmetric = "scores" } }

[stops.questions.sign.choice]
plus = { less = ["0", "scores[2, 2]"] }
minus = { less = ["scores[2, 2]", "0"] }
"""
NAMES = ("cell", "part", "least", "shape", "input", "made", "there", "held")
TEXT = (
    """\
# A lesson

About.

## First {#one}

[It is even](claim:even).

### Which sign? {?sign}

- [plus] Plus
- [minus] Minus
  > It is {s},
  > and *that* is no minus.

Think.

> So.

"""
    + "".join(f"### What? {{?{name}}}\n\n> So.\n\n" for name in NAMES)
    + "## End {#end}\n\nSay it.\n"
)


def write(folder: Path, **texts: str) -> Path:
    inside = folder / "mine"
    inside.mkdir(exist_ok=True)
    (inside / "lesson.toml").write_text(TOML, "utf-8")
    for language, text in texts.items():
        (inside / f"{language}.md").write_text(text, "utf-8")
    return inside


def told(folder: Path) -> str:
    return "\n".join(str(e) for e in problems(folder))


def asked_in(text: str) -> Asked:
    return next(b for b in parsed(text).sections[0].blocks if isinstance(b, Asked))


def test_a_reason_belongs_to_the_choice_above_it():
    asked = asked_in(TEXT)
    assert [name for name, _ in asked.choices] == ["plus", "minus"]
    ((name, reason),) = asked.reasons
    assert (name, reason.line) == ("minus", 13)
    assert plain(reason.spans) == "It is , and that is no minus."
    assert len(asked.blocks) == 2  # neither in what is asked nor in what is folded


def test_reasons_are_optional_and_checked(tmp_path):
    assert told(write(tmp_path, en=TEXT)) == ""
    without = TEXT.replace("  > It is {s},\n  > and *that* is no minus.\n", "")
    assert told(write(tmp_path, en=without)) == ""


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("- [plus] Plus\n", "- [plus] Plus\n  > No.\n", "“plus” is right"),
        ("{s}", "{t}", "no value “t”"),
        ("{s}", "0.5", "“0.5” is written by hand"),
        ("*that*", "[that](claim:even)", "“even” can't be told in a reason"),
        ("*that*", "[that](step:nowhere)", "nowhere"),
    ],
)
def test_what_is_wrong_with_a_reason_is_told_with_its_line(tmp_path, old, new, words):
    found = told(write(tmp_path, en=TEXT.replace(old, new)))
    assert words in found and "en.md, line 1" in found


def test_a_claim_is_not_told_by_a_reason_alone(tmp_path):
    text = TEXT.replace("[It is even](claim:even)", "Even").replace("*that*", "[that](claim:even)")
    assert "the claim “even” is not told" in told(write(tmp_path, en=text))


def test_languages_give_reasons_for_the_same_choices(tmp_path):
    other = TEXT.replace("  > It is {s},\n  > and *that* is no minus.\n", "").replace(
        "Think.", "Think {s}."
    )
    assert "sign: [minus] >" in told(write(tmp_path, en=TEXT, de=other))


@pytest.mark.parametrize("lesson", ALL, ids=lambda lesson: lesson.slug)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_choice_that_is_wrong_is_told_why(lesson, language):
    prose = read_prose(lesson.folder / f"{language}.md")
    for place, section in enumerate(prose.sections):
        for asked in (b for b in section.blocks if isinstance(b, Asked) and b.choices):
            stop = lesson.stops[place]
            right = {Visit(lesson, place, size).right(asked.id) for size in stop.sizes}
            wrong = {name for name, _ in asked.choices} - right
            assert {name for name, _ in asked.reasons} == wrong, asked.id


def test_such_choices_are_looked_at():
    slugs = {folder.name for folder in folders_of(ALL[0].folder.parent)}
    found = [
        asked
        for slug in sorted(slugs)
        for section in read_prose(ALL[0].folder.parent / slug / "en.md").sections
        for asked in section.blocks
        if isinstance(asked, Asked) and asked.reasons
    ]
    assert len(found) > 20


# --- Where a number comes from ------------------------------------------------------------

HEAD = "encoder/1/self_attention/head_1"


@pytest.mark.parametrize(
    ("name", "spot"),
    [
        ("cell", (f"{HEAD}/scores", (1, 1), -1, -1)),
        ("part", (f"{HEAD}/weights", (1, 1), -1, 1)),
        ("least", (f"{HEAD}/scores", (0, 1), -1, -1)),
        ("shape", (f"{HEAD}/scores", None, -1, -1)),
        ("input", (f"{HEAD}/Q", (1, 0), 1, -1)),
        ("made", None),
        ("there", None),
        ("held", None),
        ("sign", None),
    ],
)
def test_a_question_knows_where_its_number_stands(tmp_path, name, spot):
    visit = Visit(read_lesson(write(tmp_path, en=TEXT)), 0, "")
    found = visit.source(name)
    if spot is None:
        assert found is None
    else:
        assert found is not None
        assert (found.path, found.cell, found.source, found.working) == spot


def test_a_question_without_an_answer_is_judged_by_the_stop_as_it_began(tmp_path):
    visit = Visit(read_lesson(write(tmp_path, en=TEXT)), 0, "")
    scenario = visit.scenario.with_param(f"{HEAD}/W_Q", 0 * visit.scenario.params[f"{HEAD}/W_Q"])
    live = visit.over(scenario, run(scenario))  # all scores are 0: neither plus nor minus
    assert live.judge("sign") is visit
    assert live.judge("cell") is live
