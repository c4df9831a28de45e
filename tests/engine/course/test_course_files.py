"""Files of lessons: their places, their prose, and what is wrong with them, line by line."""

from pathlib import Path

import numpy as np
import pytest

from engine import InputError, builtin, run, save
from engine.course import Visit, problems, read_lesson, read_prose
from engine.course.plots import PLOTS
from engine.course.prose import Asked, Display, Folded, Listing, Paragraph
from engine.course.prose import read_prose as parsed
from engine.course.spans import Code, Formula, Link, Quoted, Styled, Words, plain
from engine.course.tables import line_of, parse

ROOT = Path(__file__).parents[3]
TOML = """\
order = 1

[names]
scores = "encoder/1/self_attention/head_1/scores"
W_Q = "encoder/1/self_attention/head_1/W_Q"

[scenario]
source = "by-hand"

[[stops]]
id = "one"
step = "scores"

[stops.values]
s = "scores[1, 2]"

[stops.claims]
even = { symmetric = "scores" }

[stops.questions]
guess = { number = "scores[1, 2]" }

[[stops]]
id = "two"
step = "scores"

[stops.variants.other.params]
W_Q = "2 * W_Q"
"""
TEXT = """\
# A lesson

What it is about.

## First {#one}

The number is {s}. [It is even](claim:even).

### How much? {?guess}

> That much.

## Second {#two}

See [there](step:scores), [one](number:scores,1,2), [it](symbol:W_Q), [try](try:other).

## End {#end}

Say it.

> So.
"""


def write(folder: Path, toml: str = TOML, **texts: str) -> Path:
    inside = folder / "mine"
    inside.mkdir()
    (inside / "lesson.toml").write_text(toml, "utf-8")
    for language, text in (texts or {"en": TEXT}).items():
        (inside / f"{language}.md").write_text(text, "utf-8")
    return inside


def told(folder: Path) -> str:
    return "\n".join(str(e) for e in problems(folder))


def measuring(name: str, phrase: str) -> str:
    """A table of what is measured, before that of the claims."""
    return f'[stops.measured]\n{name} = "{phrase}"\n[stops.claims]'


def test_a_sound_lesson_has_no_problems(tmp_path):
    folder = write(tmp_path)
    assert told(folder) == ""
    lesson = read_lesson(folder)
    assert [s.id for s in lesson.stops] == ["one", "two", "end"]
    assert (lesson.slug, lesson.order, lesson.sizes) == ("mine", 1, ("",))


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("order = 1", "order = ", 1, "TOML"),
        ("order = 1", "order = 0", 1, "from 1"),
        ("order = 1", "", 1, "order"),
        ('source = "by-hand"', 'source = "nowhere.json"', 7, "nowhere.json"),
        ('source = "by-hand"', 'source = "../mine.json"', 7, "own folder"),
        ('source = "by-hand"', 'source = "by-hand"\nseed = 1', 7, "source"),
        ('id = "two"', 'id = "one"', 24, "twice"),
        ('id = "two"', 'id = "end"', 24, "end"),
        ('id = "two"', 'id = "a b"', 24, "letters"),
        ('id = "two"', "", 23, "id"),
        ('id = "two"', 'id = "two"\ncolour = 1', 25, "colour"),
        ('id = "two"', 'id = "two"\ndepth = "deep"', 25, "operation"),
        ('id = "two"', 'id = "two"\ncell = [0, 1]', 25, "row and a column"),
        ('id = "two"', 'id = "two"\ncell = [3, 1]', 25, "outside"),
        ('id = "two"', 'id = "two"\nsizes = ["huge"]', 25, "huge"),
        ('id = "two"', 'id = "two"\nset = { pins = { scores = [[1, 9, 1.0]] } }', 25, "outside"),
        ('id = "two"', 'id = "two"\nset = { options = { heads = 3 } }', 25, "heads"),
        ('id = "two"', 'id = "two"\nset = { options = { noise = 3 } }', 25, "noise"),
        ('id = "two"', 'id = "two"\nset = { words = { source = ["we"] } }', 25, "vocabulary"),
        ('id = "two"', 'id = "two"\nset = { params = { W_K = [[1]] } }', 25, "W_K"),
        ('id = "two"', 'id = "two"\ncompare = "nothing"', 25, "other"),
        ('id = "two"', 'id = "two"\nplot = "pie"', 25, "plots are row, heads"),
        ('id = "two"', 'id = "two"\nplot = 3', 25, "plots are row, heads"),
        ('id = "two"', 'id = "two"\nplot = "heads"\ncharts = [0]', 26, "from 1"),
        ('id = "two"', 'id = "two"\nplot = "heads"\ncharts = 1', 26, "list of charts"),
        (
            'step = "scores"\n\n[stops.variants',
            'step = "source/embedded"\nplot = "row"\n\n[stops.variants',
            26,
            "nothing to show",
        ),
        ('s = "scores[1, 2]"', 's = "time(dot, 4, 4)"', 15, "[stops.measured]"),
        ('s = "scores[1, 2]"', 's = "cost(attention, apples, 4, 4)"', 15, "multiplications"),
        ('s = "scores[1, 2]"', 's = "cost(transformer, memory, 4, 4)"', 15, "recurrent"),
        ('s = "scores[1, 2]"', 's = "cost(attention, memory, 4)"', 15, "4 arguments"),
        ('s = "scores[1, 2]"', 's = "cost(attention, memory, 4, 1 / 2)"', 15, "whole numbers"),
        ('s = "scores[1, 2]"', 's = "cost(attention, 4, 4, 4)"', 15, "takes names"),
        ("[stops.claims]", '[stops.measured]\ns = "1"\n[stops.claims]', 18, "one meaning"),
        (
            "[stops.claims]",
            '[stops.measured]\nt = "time(sum, 4, 4)"\n[stops.claims]',
            18,
            "additive",
        ),
        ("[stops.claims]", '[stops.measured]\nt = "time(dot, 999, 9)"\n[stops.claims]', 18, "many"),
        ("[stops.claims]", '[stops.measured]\nt = "scores"\n[stops.claims]', 18, "several"),
        ('"scores[1, 2]" }', '"scors[1, 2]" }', 21, "scores"),
        ('s = "scores[1, 2]"', 's = "scores[1, 2"', 15, "character"),
        ('s = "scores[1, 2]"', 's = "scores[5, 2]"', 15, "count from 1"),
        ("{ symmetric =", "{ symmetrical =", 18, "symmetrical"),
        ('{ symmetric = "scores"', '{ symmetric = ["scores", "scores"]', 18, "1 phrases"),
        ('{ symmetric = "scores"', '{ zero = "scores"', 18, "does not hold"),
        ('{ symmetric = "scores"', '{ unchanged = "scores"', 18, "when"),
        ('{ symmetric = "scores"', '{ unchanged = "scores", when = "no"', 18, "no"),
        ('{ number = "scores[1, 2]" }', '{ number = "scores" }', 21, "several"),
        ('{ number = "scores[1, 2]" }', '{ largest = "0 * scores" }', 21, "equally large"),
        ('"2 * W_Q"', '"2 * W_K"', 27, "W_K"),
        ('"2 * W_Q"', "[[1, 2], [3]]", 28, "one length"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(tmp_path, old, new, line, words):
    assert old in TOML
    folder = write(tmp_path, TOML.replace(old, new))
    found = told(folder)
    assert words in found
    assert f"mine/lesson.toml, line {line}" in found


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("# A lesson\n", "A lesson\n", 1, "title"),
        ("## First {#one}", "## First", 5, "{#stop}"),
        ("## First {#one}", "## First {#two}", 5, "where “one” belongs"),
        ("## Second {#two}", "#### Second", 13, "no such heading"),
        ("{s}", "{t}", 7, "values are s"),
        ("{s}", "{two.s}", 7, "values are none"),
        ("{s}", "{three.s}", 7, "stops are one"),
        ("[try](try:other)", "[it](plot:pie)", 15, "plots are row, heads"),
        ("{s}", "2.5", 7, "by hand"),
        ("{s}", "{s", 7, "no partner"),
        ("claim:even", "claim:odd", 7, "claims are even"),
        ("[It is even](claim:even)", "It is even", 5, "not told"),
        ("claim:even", "prove:even", 7, "leads nowhere"),
        ("### How much? {?guess}", "### How much?", 9, "{?name}"),
        ("### How much? {?guess}", "### How much? {?other}", 5, "guess"),
        ("> That much.", "- [a] This\n- [b] That", 9, "choices"),
        ("(step:scores)", "(step:scors)", 15, "did you mean"),
        ("number:scores,1,2", "number:scores,1,3", 15, "outside"),
        ("number:scores,1,2", "number:scores", 15, "row and column"),
        ("(symbol:W_Q)", "(symbol:W_X)", 15, "did you mean"),
        ("(try:other)", "(try:nothing)", 15, "variants are other"),
        ("## End {#end}", "Text", 13, "no section for the stop “end”"),
    ],
)
def test_what_is_wrong_with_a_text_is_told_with_its_line(tmp_path, old, new, line, words):
    assert old in TEXT
    found = told(write(tmp_path, en=TEXT.replace(old, new)))
    assert words in found
    assert f"mine/en.md, line {line}" in found


def test_languages_must_agree(tmp_path):
    other = TEXT.replace("[one](number:scores,1,2)", "[one](number:scores,1,1)")
    folder = write(tmp_path, en=TEXT, zh_CN=other)
    found = told(folder)
    assert "mine/zh_CN.md, line 13: “number:scores,1,1”" in found
    assert "“number:scores,1,2”" in found
    assert found.count("\n") == 1


def test_a_text_is_needed(tmp_path):
    folder = write(tmp_path)
    (folder / "en.md").unlink()
    assert "en.md would be one" in told(folder)


def test_a_link_to_a_lesson_that_is_not_there(tmp_path):
    folder = write(tmp_path, en=TEXT.replace("Say it.", "See [it](lesson:other)."))
    assert not problems(folder)
    assert "lessons are mine" in str(problems(folder, ["mine"])[0])


# --- What a lesson sets -------------------------------------------------------------------

SETS = (
    TOML
    + """
[[stops]]
id = "three"
step = "scores"
keep = true
[stops.set]
cells = { W_Q = [[1, 1, 7.0]] }
pins = { scores = [[1, 2, 9.0]] }
masks = { "encoder/1/self_attention/mask" = [".x", ".."] }
[[stops]]
id = "four"
keep = true
[[stops]]
id = "five"
set = { options = { scale = false }, words = { source = ["see", "I"] } }
"""
)


def test_stops_begin_anew_unless_they_keep(tmp_path):
    lesson = read_lesson(write(tmp_path, SETS))
    three, four, five = (Visit(lesson, i, "") for i in (2, 3, 4))
    path = "encoder/1/self_attention/head_1/"
    assert three.scenario.params[f"{path}W_Q"][0, 0] == 7.0
    assert three.trace[f"{path}scores"].output.data[0, 1] == 9.0
    assert three.trace[f"{path}masked"].output.data[0, 1] == -np.inf
    assert four.scenario.pins == three.scenario.pins
    assert four.cursor() is None
    assert not five.scenario.pins
    assert not five.scenario.options.scale
    assert five.scenario.source == ("see", "I")
    assert five.scenario.expected == builtin("by-hand").expected
    end = Visit(lesson, 5, "")
    assert not end.scenario.options.scale


def test_a_scenario_made_anew_or_beside_the_lesson(tmp_path):
    made = """
options = { layers = 1, heads = 1, d_model = 4, biases = false }
words = { source = ["the", "cat"], target = ["<s>"] }
params = { W_Q = "identity(4)" }
"""
    folder = write(tmp_path, TOML.replace('source = "by-hand"', made))
    lesson = read_lesson(folder)
    scenario = Visit(lesson, 0, "").scenario
    assert scenario.source_vocabulary == ("the", "cat")
    np.testing.assert_array_equal(scenario.params[lesson.names["W_Q"]], np.eye(4))
    save(builtin("by-hand"), folder / "own.json")
    text = TOML.replace('"by-hand"', '"own.json"')
    (folder / "lesson.toml").write_text(text, "utf-8")
    assert not problems(folder)


def test_sizes_are_scenarios_of_one_lesson(tmp_path):
    two = '[sizes.small]\nsource = "by-hand"\n[sizes.large]\nsource = "translation"'
    text = TOML.replace('[scenario]\nsource = "by-hand"', two)
    folder = write(tmp_path, text)
    assert "does not hold" in told(folder)  # the trained scores are not symmetric
    (folder / "lesson.toml").write_text(
        text.replace('id = "one"', 'id = "one"\nsizes = ["small"]'), "utf-8"
    )
    assert told(folder) == ""
    lesson = read_lesson(folder)
    assert [s.sizes for s in lesson.stops] == [("small",), ("small", "large"), ("small", "large")]
    assert Visit(lesson, 1, "large").scenario.name == "translation"


def test_cursors_go_where_the_stop_says(tmp_path):
    more = 'cell = [2, 1]\ndepth = "operation"\ndone = 3'
    text = TOML.replace('id = "one"', f'id = "one"\n{more}')
    text = text.replace('id = "two"', 'id = "two"\nworking = "exp"\ncell = [1, 2]')
    text = text.replace('step = "scores"\n\n[stops.variants', 'step = "weights"\n\n[stops.variants')
    text = text.replace("[names]", '[names]\nweights = "encoder/1/self_attention/head_1/weights"')
    lesson = read_lesson(write(tmp_path, text))
    one, two = (Visit(lesson, i, "").cursor() for i in (0, 1))
    assert (one.row, one.column, one.depth, one.done) == (1, 0, "operation", 3)
    assert (two.row, two.column, two.depth) == (0, 1, "step")


def test_parameters_can_be_tied(tmp_path):
    text = TOML.replace('id = "two"', 'id = "two"\nset = { ties = { W_K = "W_Q" } }')
    text = text.replace("[names]", '[names]\nW_K = "encoder/1/self_attention/head_1/W_K"')
    lesson = read_lesson(write(tmp_path, text))
    scenario = Visit(lesson, 1, "").scenario
    assert scenario.ties == {lesson.names["W_K"]: lesson.names["W_Q"]}
    np.testing.assert_array_equal(*(scenario.params[lesson.names[n]] for n in ("W_Q", "W_K")))


def test_a_stop_can_be_told_over_what_a_learner_made_of_it(tmp_path):
    lesson = read_lesson(write(tmp_path))
    visit = Visit(lesson, 0, "")
    changed = visit.scenario.with_pin(lesson.names["scores"], 0, 1, 5.0)
    live = visit.over(changed, run(changed))
    assert (visit.value("s").number, live.value("s").number) == (-2.0, 5.0)
    assert (visit.outcome("even").holds, live.outcome("even").holds) == (True, False)
    assert (visit.right("guess"), live.right("guess")) == (-2.0, 5.0)
    two = Visit(lesson, 1, "").over(changed, run(changed))
    assert two.variant("other").pins == changed.pins


# --- What is measured, what is plotted ----------------------------------------------------

MEASURED = TOML.replace(
    "[stops.claims]",
    '[stops.measured]\nt = "time(additive, 8, 4) / time(dot, 8, 4)"\n[stops.claims]',
    1,
)


def test_what_is_measured_is_told_and_unknown_until_then(tmp_path):
    folder = write(tmp_path, MEASURED, en=TEXT.replace("{s}.", "{s}, {t:1}."))
    assert told(folder) == ""
    visit = Visit(read_lesson(folder), 0, "")
    assert visit.value("t").word == "?"
    asked = []

    def clock(kind, length, width):
        asked.append((kind, length, width))
        return {"additive": 6.0, "dot": 1.5}[kind]

    visit.measure(clock)
    assert visit.value("t").number == 4.0
    assert asked == [("additive", 8, 4), ("dot", 8, 4)]
    assert visit.over(visit.scenario, visit.trace).value("t").number == 4.0


def test_what_is_measured_but_not_told_is_refused(tmp_path):
    assert "measured value “t” is not told" in told(write(tmp_path, MEASURED))


def test_what_is_measured_is_quoted_where_it_is_measured(tmp_path):
    text = TEXT.replace("{s}.", "{s}, {t:1}.").replace("See [there]", "{one.t} See [there]")
    assert "values are s" in told(write(tmp_path, MEASURED, en=text))


def test_a_check_takes_no_time(tmp_path, monkeypatch):
    monkeypatch.setattr("engine.timing.seconds", None)  # whoever measures, fails
    folder = write(tmp_path, MEASURED, en=TEXT.replace("{s}.", "{s}, {t:1}."))
    assert told(folder) == ""


def test_a_stop_brings_a_plot_and_some_of_its_charts(tmp_path):
    text = TOML.replace('id = "two"', 'id = "two"\nplot = "heads"\ncharts = [2]')
    folder = write(tmp_path, text)
    assert told(folder) == ""
    one, two, _ = read_lesson(folder).stops
    assert (one.plot, one.charts, two.plot, two.charts) == ("", (), "heads", (2,))


def test_each_plot_knows_where_it_has_nothing_to_show():
    trace = run(builtin("rnn-plain"))
    first = next(iter(trace.steps))
    able = {name for name, has in PLOTS.items() if has(trace, first)}
    assert able == {"costs", "gradient"}
    trace = run(builtin("translation"))
    able = {name for name, has in PLOTS.items() if has(trace, "output/probabilities")}
    assert able == set(PLOTS)


# --- Places in TOML -----------------------------------------------------------------------

PLACES = """\
top = 1
[a]
b.c = 2
"d/e" = [
  [1, 2],
  [3, 4],
]
[[s]]
x = 1
[[s.t]]
y = { z = 1 }  # [not.a.header]
[[s]]
[s.u]
v = '[[s]]'
w = 3
"""


@pytest.mark.parametrize(
    ("route", "line"),
    [
        (("top",), 1),
        (("a",), 2),
        (("a", "b", "c"), 3),
        (("a", "d/e"), 4),
        (("a", "d/e", 1), 4),
        (("s", 0), 8),
        (("s", 0, "x"), 9),
        (("s", 0, "t", 0, "y", "z"), 11),
        (("s", 1), 12),
        (("s", 1, "u", "v"), 14),
        (("s", 1, "u", "w"), 15),
        (("nowhere",), 1),
    ],
)
def test_a_value_is_found_on_its_line(route, line):
    parse(PLACES)
    assert line_of(PLACES, route) == line


def test_what_is_no_toml_is_told_with_its_line():
    with pytest.raises(InputError) as caught:
        parse("a = 1\nb = = 2\n")
    assert caught.value.place == "line 2"


# --- Prose --------------------------------------------------------------------------------


def test_prose_is_read_into_blocks():
    text = """# T

One line
goes on.

- first
  goes on
- second

1. one
2. two

$$x^2$$

$$
a
b
$$

## S {#s}

> Hidden
>
> - list

### Q {?q}

Body.

- [a] A
- [b] B

> After.

Section again.
"""
    prose = parsed(text)
    kinds = [type(b) for b in prose.about]
    assert kinds == [Paragraph, Listing, Listing, Display, Display]
    assert plain(prose.about[0].spans) == "One line goes on."
    assert [plain(i) for i in prose.about[1].items] == ["first goes on", "second"]
    assert [b.is_ordered for b in prose.about[1:3]] == [False, True]
    assert [b.latex for b in prose.about[3:]] == ["x^2", "a\nb"]
    folded, asked, again = prose.sections[0].blocks
    assert plain(again.spans) == "Section again."
    assert isinstance(folded, Folded)
    assert [type(b) for b in folded.blocks] == [Paragraph, Listing]
    assert isinstance(asked, Asked)
    assert asked.id == "q"
    assert [(n, plain(s)) for n, s in asked.choices] == [("a", "A"), ("b", "B")]
    assert [type(b) for b in asked.blocks] == [Paragraph, Folded]


def test_chinese_lines_are_joined_without_a_space():
    prose = parsed("# 题\n\n这是一行，\n这是另一行\nand English\nwords")
    assert plain(prose.about[0].spans) == "这是一行，这是另一行and English words"


def test_spans_of_every_kind():
    text = "a **b *c* {v}** `x{y}` $A_{ij}$ {s.w:3} [l *m* {n}](number:p/q,1,2) \\{z\\} \\$5"
    found = parsed(f"# T\n\n{text}").about[0].spans
    assert [type(s) for s in found] == [
        Words, Styled, Words, Code, Words, Formula, Words, Quoted, Words, Link, Words,
    ]  # fmt: skip
    assert found[1].style == "bold"
    assert [type(s) for s in found[1].spans] == [Words, Styled, Words, Quoted]
    assert found[3].text == "x{y}"
    assert found[5].latex == "A_{ij}"
    assert (found[7].stop, found[7].name, found[7].digits) == ("s", "w", 3)
    assert (found[9].kind, found[9].target) == ("number", "p/q,1,2")
    assert found[10].text == " {z} $5"


@pytest.mark.parametrize("text", ["a * b", "a ** b", "`x", "$x", "{a b}", "a}", "[a](b", "](x)"])
def test_a_sign_without_its_partner_is_refused(text):
    with pytest.raises(InputError) as caught:
        parsed(f"# T\n\n{text}")
    assert caught.value.place == "line 3"


def test_the_place_of_a_text_is_its_file(tmp_path):
    path = write(tmp_path, en="# T\n\n{a") / "en.md"
    with pytest.raises(InputError, match=r"mine/en.md, line 3"):
        read_prose(path)


@pytest.mark.parametrize(
    ("claim", "sides"),
    [
        ('less = ["scores[1, 1]", "scores[1, 2]"]', "its sides are 0; -2"),
        ('same = ["scores[1, 2] / 3", "0.5"]', "its sides are -0.666667; 0.5"),
        ('same = ["scores[1, 2] / 300000000", "0.5"]', "its sides are -6.7e-09; 0.5"),
        ('same = ["scores[1, :]", "scores[2, :]"]', "its sides are (0, -2); (-2, 2)"),
        ('zero = "scores"', "its sides are ((0, -2), (-2, 2))"),
    ],
)
def test_the_sides_of_a_claim_that_fails_are_written_as_one_reads_them(tmp_path, claim, sides):
    folder = write(tmp_path, TOML.replace('symmetric = "scores"', claim))
    assert told(folder).endswith(f"“even” does not hold; {sides}")


@pytest.mark.parametrize(
    ("name", "example"),
    [
        ("MyHeads2", "my-heads2"),
        ("my heads", "my-heads"),
        ("QKV_rows", "qkv-rows"),
        ("课", "my-lesson"),
        ("heads-2", ""),
    ],
)
def test_a_folder_with_other_letters_is_refused_with_a_better_name(tmp_path, name, example):
    folder = write(tmp_path).rename(tmp_path / name)
    found = [str(e) for e in problems(folder)]
    assert len(found) == bool(example)
    for error in found:
        assert error.startswith(f"{name}: ") and error.endswith(f"such as “{example}”")
        assert "small letters, digits and hyphens" in error
