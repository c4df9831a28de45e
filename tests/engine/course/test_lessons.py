"""Every lesson that comes with Stepformer, walked in each language and size."""

import re
from pathlib import Path

import pytest

from engine import Cursor
from engine.course import (
    LESSONS,
    Asked,
    Lesson,
    Quoted,
    Visit,
    folders_of,
    lessons,
    plain,
    problems,
    read_prose,
    spans_in,
    texts_of,
    wrong,
)

ALL = lessons()
LANGUAGES = ("en", "zh_CN")


def visits(lesson: Lesson) -> list[Visit]:
    return [
        Visit(lesson, place, size) for place, stop in enumerate(lesson.stops) for size in stop.sizes
    ]


@pytest.fixture(params=ALL, ids=lambda lesson: lesson.slug)
def lesson(request) -> Lesson:
    return request.param


def test_there_are_lessons_in_an_order_of_their_own():
    assert "the-steps" in {lesson.slug for lesson in ALL}
    orders = [lesson.order for lesson in ALL]
    assert orders == sorted(set(orders))


def test_a_lesson_is_sound(lesson):
    slugs = [folder.name for folder in folders_of(LESSONS)]
    assert not [str(e) for e in problems(lesson.folder, slugs)]


def test_a_lesson_is_in_both_languages(lesson):
    assert {path.stem for path in texts_of(lesson.folder)} >= set(LANGUAGES)


def test_every_stop_is_reached(lesson):
    for visit in visits(lesson):
        cursor = visit.cursor()
        assert cursor is None or isinstance(cursor, Cursor)
        assert cursor is None or cursor.path in visit.trace
    assert any(stop.step for stop in lesson.stops)


def test_every_claim_holds(lesson):
    outcomes = [v.outcome(name) for v in visits(lesson) for name in v.stop.claims]
    assert outcomes
    assert all(outcome.holds for outcome in outcomes)


def test_every_prediction_is_marked_right_and_wrong(lesson):
    asked = [(v, name) for v in visits(lesson) for name in v.stop.questions]
    assert asked
    for visit, name in asked:
        assert visit.is_right(name, visit.right(name))
        assert not visit.is_right(name, wrong(visit.stop.questions[name], visit.setting))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_stop_is_told(lesson, language):
    prose = read_prose(lesson.folder / f"{language}.md")
    assert plain(prose.title).strip()
    assert prose.about
    for place, section in enumerate(prose.sections):
        assert plain(section.title).strip()
        assert section.blocks
        for size in lesson.stops[place].sizes:
            visit = Visit(lesson, place, size)
            for span, _ in spans_in(section.blocks):
                if isinstance(span, Quoted):
                    found = visit.value(span.name, span.stop)
                    assert found.word or found.data.size
    assert all(b.blocks for s in prose.sections for b in s.blocks if isinstance(b, Asked))


def test_languages_are_texts_of_their_own(lesson):
    texts = {(lesson.folder / f"{language}.md").read_text("utf-8") for language in LANGUAGES}
    assert len(texts) == len(LANGUAGES)
    assert Path(lesson.folder, "zh_CN.md").read_text("utf-8").count("\u3002") > 10


TERMS = """注意力 查询 键 值 掩码 点积 前馈网络 投影 偏置 梯度 自注意力 交叉注意力 对齐 因果掩码
多头注意力 词嵌入 片段 记忆 全连接层 残差 归一化 层归一化 缩放点积注意力 加性 独热 填充"""


def terms_not_introduced(texts: list[str]) -> list[str]:
    """The terms whose first use, headings aside, has no English behind it in brackets."""
    running = re.sub(r"^#.*$", "", "\n".join(texts), flags=re.MULTILINE)
    plain_text = re.sub(r"\]\([^)\s]*\)|[\[*]", "", running)
    return [
        t
        for t in TERMS.split()
        if not re.match(rf"{t}（[A-Za-z]", plain_text[plain_text.find(t) :])
    ]


def test_each_term_of_the_field_has_its_english_at_first_use():
    texts = [(lesson.folder / "zh_CN.md").read_text("utf-8") for lesson in ALL]
    assert not terms_not_introduced(texts)
    assert "掩码" in terms_not_introduced([texts[0].replace("（mask）", ""), *texts[1:]])
