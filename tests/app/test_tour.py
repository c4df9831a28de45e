"""Going through a lesson: what it opens, what is restored, what follows, what is marked."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt, QUrl
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip
from window_support import everything, file_of, flush, picture

from app.evidence import evidence, written
from app.library import closing, shelf, wrong_with
from app.searching import search
from app.typesetting import formulas_in, typeset
from app.views.parts.asking import Asking
from engine import builtin, edits, load, save
from engine.course import LESSONS, Outcome, Visit, plain
from engine.course.results import Result, number

HEAD = "encoder/1/self_attention/head_1"


def asking(panel, name):
    from app.views.parts.asking import Asking

    found = panel.lesson.findChildren(Asking)
    return next(a for a in found if a.asked.id == name)


def passages(panel):
    from app.views.parts.passage import Passage

    return panel.lesson.findChildren(Passage)


def item_of(panel, title: str):
    """The line of a lesson in the contents."""
    rows = panel.contents.list
    return next(rows.item(i) for i in range(rows.count()) if title in rows.item(i).text())


def text_of(panel) -> str:
    return "\n".join(p.toPlainText() for p in passages(panel))


# --- Coming and going ---------------------------------------------------------------------


def test_a_lesson_is_begun_by_keyboard_and_left_again(hand, tour):
    hand.document.set_cell("embedding/source", 0, 0, 3.0)
    hand.go(f"{HEAD}/scores")
    before = everything(hand.window)
    hand.press("Ctrl+L")
    assert hand.window.side.currentWidget().isVisible()
    panel = hand.window.side.views["lessons"]
    panel.contents.list.setCurrentItem(item_of(panel, "The steps"))
    hand.press("Return")
    assert tour.is_open
    assert hand.document.scenario.name == "by-hand"
    assert not hand.document.undo_stack.canUndo()
    hand.press("Ctrl+PgDown", "Ctrl+PgDown")
    assert hand.path == f"{HEAD}/scores"
    tour.leave()
    assert everything(hand.window) == before
    hand.press("Ctrl+Z")
    assert hand.document.scenario.params["embedding/source"][0, 0] != 3.0


def test_next_and_back_are_entries_of_the_lessons_own_history(hand, panel, tour):
    tour.start("the-steps", 0)
    assert hand.path == "source/positioned"
    hand.click(panel.lesson.next)
    assert hand.path == f"{HEAD}/Q"
    assert (hand.cursor.row, hand.cursor.column, hand.cursor.depth) == (1, 1, "number")
    hand.click(panel.lesson.back)
    assert hand.path == "source/positioned"
    assert panel.lesson.count.text() == "1 of 11"
    assert not panel.lesson.back.isEnabled()


def test_the_last_stop_leads_out(hand, panel, tour):
    tour.start("the-steps", 10)
    before = hand.document.scenario
    hand.click(panel.lesson.next)
    assert not tour.is_open
    assert hand.document.scenario is not before
    assert panel.currentWidget() is panel.contents


def test_what_waits_is_asked_about_and_saved_before_a_file_takes_its_place(
    hand, tour, dialogs, tmp_path
):
    hand.document.set_cell("embedding/source", 0, 0, 3.0)
    tour.start("the-steps")
    hand.document.set_cell(f"{HEAD}/W_Q", 0, 0, 3.0)
    path = tmp_path / "mine.json"
    dialogs.answers += ["save", str(path)]
    assert hand.window.files.open_path("by-hand")
    assert [kind for kind, _ in dialogs.asked] == ["changes", "save"]
    assert dialogs.asked[0] == ("changes", "translation")
    assert load(path).params["embedding/source"][0, 0] == 3.0
    assert hand.window.settings.recent[0] == path
    assert not tour.is_open and hand.document.scenario.name == "by-hand"
    assert not hand.document.is_modified


@pytest.mark.parametrize(
    ("name", "answers", "asked"),
    [
        ("", [], ["open"]),
        ("bad.json", [], ["open"]),
        ("good.json", ["cancel"], ["open", "changes"]),
        ("good.json", ["save", ""], ["open", "changes", "save"]),
        ("good.json", ["save", "no such folder/a.json"], ["open", "changes", "save"]),
    ],
)
def test_a_file_that_is_not_opened_after_all_leaves_the_lesson_as_it_was(
    hand, tour, dialogs, tmp_path, name, answers, asked
):
    file_of(tmp_path, "good.json")
    (tmp_path / "bad.json").write_text("not", "utf-8")
    hand.document.set_cell("embedding/source", 0, 0, 3.0)
    tour.start("the-steps", 3)
    hand.document.set_cell(f"{HEAD}/W_Q", 0, 0, 3.0)
    before, waiting = everything(hand.window), tour.set_aside
    told = []
    tour.stop_changed.connect(lambda: told.append(tour.place))
    dialogs.answers += [name and str(tmp_path / name), *answers]
    hand.press("Ctrl+O")
    assert [kind for kind, _ in dialogs.asked] == asked
    assert tour.is_open and tour.place == 3 and not told
    assert everything(hand.window) == before
    assert tour.set_aside is waiting and waiting.is_modified
    assert hand.window.notice.isVisible() == ("bad" in name or "no such folder/a.json" in answers)


def test_what_waits_is_not_touched_by_edits_in_a_lesson(hand, tour):
    before = everything(hand.window)
    tour.start("the-steps", 3)
    hand.document.set_cell(f"{HEAD}/W_Q", 0, 0, 3.0)
    hand.document.set_option("scale", False)
    hand.document.undo_stack.undo()
    tour.next()
    tour.leave()
    assert everything(hand.window) == before


def test_progress_is_kept_between_starts(hand, panel, tour, make):
    tour.start("the-steps", 0)
    tour.go(4)
    tour.leave()
    assert "2 of 11" in item_of(panel, "The steps").text()
    other = make()
    other.desk.tour.start("the-steps")
    assert other.desk.tour.place == 4
    for place in range(11):
        other.desk.tour.go(place)
    assert other.desk.tour.progress("the-steps").seen == 11


# --- What follows the learner -------------------------------------------------------------


def test_the_text_has_the_numbers_of_the_screen(hand, panel, tour):
    tour.start("the-steps", 5)
    flush()
    assert "0.12 and 0.88" in text_of(panel)
    hand.press("Ctrl+.")
    flush()
    assert "0.119 and 0.881" in text_of(panel)


def test_numbers_and_checks_follow_what_the_learner_changes(hand, panel, tour, qtbot):
    tour.start("the-steps", 5)
    flush()
    assert "✗" not in text_of(panel)
    assert not panel.lesson.away.isVisible()
    hand.document.pin(f"{HEAD}/weights", 1, 0, 0.5)
    qtbot.waitUntil(lambda: "0.50 and 0.88" in text_of(panel))
    assert "sums to one\u2060 ✗" in text_of(panel)
    assert panel.lesson.away.isVisible()
    hand.click(panel.lesson.away.button)
    assert "0.12 and 0.88" in text_of(panel)
    assert "✗" not in text_of(panel)
    assert not panel.lesson.away.isVisible()
    hand.press("Ctrl+Z")
    qtbot.waitUntil(lambda: "✗" in text_of(panel))


def test_wandering_off_is_noticed_and_ended(hand, panel, tour):
    tour.start("the-steps", 2)
    hand.window.stage.setFocus()
    hand.press("Ctrl+2", "Right")
    assert panel.lesson.away.isVisible()
    hand.press("Ctrl+B")
    assert hand.path == f"{HEAD}/scores"
    assert not panel.lesson.away.isVisible()
    assert not hand.document.undo_stack.canUndo()


def test_links_lead_to_numbers_steps_and_parameters(hand, panel, tour):
    tour.start("the-steps", 2)
    tour.follow("number", "K,2,1")
    assert hand.path == f"{HEAD}/K"
    assert (hand.cursor.row, hand.cursor.column) == (1, 0)
    tour.follow("step", "encoder/1/feed_forward")
    assert hand.path == "encoder/1/feed_forward/hidden"
    tour.follow("symbol", "W_Q")
    assert hand.path == f"{HEAD}/Q"
    assert hand.document.selection == (1, 0, 0)
    tour.follow("stop", "weights")
    assert tour.place == 5


def test_a_variant_is_tried_as_an_edit_of_ones_own(hand, panel, tour):
    tour.start("the-steps", 8)
    before = hand.document.scenario
    assert tour.follow("try", "doubled")
    assert (hand.document.scenario.params[f"{HEAD}/W_Q"] == 2 * before.params[f"{HEAD}/W_Q"]).all()
    hand.press("Ctrl+Z")
    assert hand.document.scenario is before


def test_a_click_on_a_claim_shows_what_it_was_judged_by(hand, panel, tour):
    tour.start("the-steps", 5)
    flush()
    assert not panel.lesson.proof.isVisible()
    running = next(p for p in passages(panel) if "claim:" in p.document().toHtml())
    running.anchorClicked.emit(QUrl("claim:rows-sum-to-one"))
    assert panel.lesson.proof.isVisible()
    assert "weights" in panel.lesson.proof.text()


def test_links_are_reached_by_tab_and_followed_by_return(hand, panel, tour):
    tour.start("the-steps", 8)
    flush()
    running = next(p for p in passages(panel) if "try:doubled" in p.document().toHtml())
    hand.tab_to(running)
    hand.press("Tab")
    assert running.textCursor().selectedText() == "double the query weights"
    before = hand.document.scenario
    hand.press("Return")
    assert hand.document.scenario is not before
    assert running.hasFocus()
    hand.press("Right")  # walks: the text takes no such key away
    assert hand.path.endswith("/mixed")


def test_the_text_speaks_the_language_in_force(hand, panel, tour):
    tour.start("the-steps", 5)
    flush()
    hand.window.desk.preferences.use("language", "zh_CN")
    flush()
    assert "每一行加起来都是一" in text_of(panel)
    assert panel.lesson.head.title.text() == "2. 注意力的计算步骤"
    assert tour.place == 5
    hand.press("Ctrl+L")
    assert item_of(panel, "注意力的计算步骤").text().startswith("2. ")


# --- Questions ----------------------------------------------------------------------------


def test_a_number_is_asked_marked_and_revealed(hand, panel, tour):
    tour.start("the-steps", 1)
    flush()
    asked = asking(panel, "query")
    assert not asked.answer_text.isVisible()
    asked.field.setFocus()
    hand.press("Return")
    assert "number is needed" in asked.verdict.text()
    hand.write("3")
    hand.press("Return")
    assert asked.verdict.text().startswith("✗")
    assert not asked.answer_text.isVisible()
    hand.press("Backspace")
    hand.write("2")
    hand.press("Return")
    assert asked.verdict.text().startswith("✓")
    assert "(1, 2, −2, 1)" in asked.answer_text.toPlainText()
    tour.next()
    tour.back()
    assert asking(panel, "query").verdict.text().startswith("✓")


def test_what_is_asked_is_kept_back_until_it_is_answered(hand, panel, tour):
    path = f"{HEAD}/Q"
    tour.start("the-steps", 1)
    flush()
    stage, line = hand.window.stage, hand.window.arithmetic
    assert hand.document.kept_back == {path}
    assert set(stage.secret()[("output", 0)].values()) == {"  ?  "}
    assert stage.result() is None
    assert line.line.is_result_secret
    assert "lesson asks" in line.remark.text()
    spoken = picture(stage)
    tour.next()
    assert not hand.document.kept_back
    tour.back()
    assert picture(stage) == spoken
    asked = asking(panel, "query")
    asked.field.setFocus()
    hand.write("2")
    hand.press("Return")
    assert not hand.document.kept_back
    assert not stage.secret()
    assert not line.line.is_result_secret
    assert picture(stage) != spoken
    assert line.remark.text() == "exactly 2"


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("zoom", [100, 200, 300])
def test_no_button_of_a_question_is_cut(make, language, zoom):
    window = make(width=1024, height=768)
    window.desk.preferences.use("language", language)
    window.look.set_zoom(zoom)
    window.side.bring("lessons")
    window.arrangement.show_side()
    window.desk.tour.start("why-projections", 3)
    flush()
    page = window.side.views["lessons"].lesson
    (asked,) = page.findChildren(Asking)
    for button in (asked.check, asked.reveal):
        assert button.width() >= button.sizeHint().width()
        assert asked.rect().contains(button.geometry())
        right = button.mapTo(page, QPoint(button.width(), 0)).x()
        assert right <= page.width()
    assert not asked.check.geometry().intersects(asked.reveal.geometry())


def test_the_filmstrip_gives_no_answer_away(hand, tour):
    """Another result makes no other picture: of the step, and of those made from it here."""
    document, strip = hand.document, hand.window.filmstrip
    tour.start("why-projections", 3)
    flush()
    (path,) = document.kept_back
    paths = [matrix.path for matrix, _, _ in strip.entries()]
    assert strip.untold(strip.boxes()) == set(paths[paths.index(path) :])
    assert path in strip.untold(strip.boxes()) and document.step.inputs[0].path not in strip.untold(
        strip.boxes()
    )

    def seen_after_a_change():
        changed = [document.trace.matrix(p) for p in paths[paths.index(path) :]]
        kept = [matrix.data.copy() for matrix in changed]
        one = picture(strip)
        for matrix in changed:
            matrix.data.setflags(write=True)
            matrix.data[:] = matrix.data[::-1, ::-1] * 0.3 + 0.1
        strip.update()
        other = picture(strip)
        for matrix, data in zip(changed, kept, strict=True):
            matrix.data[:] = data
            matrix.data.setflags(write=False)
        return one == other

    assert seen_after_a_change()
    told = {node.key[1]: node.description for node in strip.told()}
    assert "asks first" in told[path]
    box = next(b for b, m, _, _ in strip.boxes() if m.path == path)
    where = box.center().toPoint()
    QApplication.sendEvent(strip, QHelpEvent(QEvent.Type.ToolTip, where, strip.mapToGlobal(where)))
    assert "asks first" in QToolTip.text()
    QToolTip.hideText()
    document.keep_back()
    assert not strip.untold(strip.boxes()) and not seen_after_a_change()


def test_an_answer_asked_for_or_a_lesson_left_tells_what_was_kept_back(hand, panel, tour):
    tour.start("the-steps", 1)
    flush()
    tour.leave()
    assert not hand.document.kept_back
    tour.start("the-steps", 1)
    flush()
    assert hand.document.kept_back
    hand.click(asking(panel, "query").reveal)
    assert not hand.document.kept_back
    tour.next()
    tour.back()
    assert asking(panel, "query").answer_text.isVisible()


def test_a_choice_is_asked_by_keyboard(hand, panel, tour):
    tour.start("the-steps", 8)
    flush()
    asked = asking(panel, "sharper")
    assert [c.button.accessibleName() for c in asked.choices] == [
        "They get flatter",
        "They stay as they are",
        "They get sharper",
    ]
    hand.click(asked.check)
    assert asked.verdict.text() == "Choose one first."
    asked.group.button(0).setFocus()
    hand.press("Space")
    hand.tab_to(asked.check)
    hand.press("Space")
    assert asked.verdict.text().startswith("✗")
    hand.tab_to(asked.reveal)
    hand.press("Return")
    assert asked.verdict.text() == "The answer: They get sharper"
    assert asked.answer_text.isVisible()


def test_labels_and_yes_and_no_are_offered(hand, panel, tour):
    tour.start("the-steps", 5)
    flush()
    assert [c.words.toPlainText() for c in asking(panel, "where").choices] == ["I", "see"]
    assert [c.words.toPlainText() for c in asking(panel, "sum").choices] == ["Yes", "No"]


def test_the_model_answer_is_folded(hand, panel, tour):
    from app.views.parts.asking import Fold

    tour.start("the-steps", 10)
    flush()
    [fold] = panel.lesson.findChildren(Fold)
    assert not fold.text.isVisible()
    fold.button.setFocus()
    hand.press("Space")
    assert fold.text.isVisible()
    assert "shares that sum to one" in fold.text.toPlainText()


# --- Contents, search, practice -----------------------------------------------------------


def test_search_finds_a_stop_and_goes_there(hand, panel, tour):
    hand.press("Ctrl+L")
    panel.contents.field.setFocus()
    hand.write("softmax shares row")
    assert panel.contents.list.count() >= 1
    texts = [panel.contents.list.item(i).text() for i in range(panel.contents.list.count())]
    assert any("Softmax: from scores to weights" in t for t in texts)
    place = next(i for i, t in enumerate(texts) if "Softmax: from scores" in t)
    panel.contents.list.setCurrentRow(place)
    hand.press("Return")
    assert tour.is_open
    assert tour.visit.stop.id == "weights"


def test_search_without_a_hit_says_so(hand, panel):
    panel.contents.field.setText("xylophone")
    assert panel.contents.list.count() == 0
    assert panel.contents.nothing.isVisible()
    panel.contents.field.clear()
    assert panel.contents.list.count() > 0


def test_practice_asks_takes_an_answer_and_shows_a_model(hand, panel, tour):
    hand.click(panel.contents.practice)
    page = panel.practice
    assert panel.currentWidget() is page
    assert page.heading.text()
    assert not page.model.isVisible()
    assert page.field.hasFocus()
    hand.write("queries")
    hand.click(page.show_model)
    assert page.model.isVisible()
    assert page.model.toPlainText()
    assert page.field.toPlainText() == "queries"
    slug = page.slug
    hand.click(page.proof)
    assert tour.is_open
    assert tour.visit.lesson.slug == slug


def test_an_answer_stays_when_the_page_is_left(hand, panel, tour):
    hand.click(panel.contents.practice)
    page = panel.practice
    assert not page.over.isVisible()
    hand.write("queries ask")
    slug = page.slug
    hand.click(page.home)
    assert panel.currentWidget() is panel.contents
    tour.start("the-steps")
    tour.leave()
    panel.show_page("practice")
    assert (page.slug, page.field.toPlainText()) == (slug, "queries ask")
    hand.click(page.another)
    assert page.slug != slug and page.field.toPlainText() == ""
    page._ask(slug)
    assert page.field.toPlainText() == "queries ask"


def test_an_answer_is_there_at_the_next_start_until_one_starts_over(qtbot, make):
    def practice(window):
        window.side.bring("lessons")
        panel = window.side.views["lessons"]
        panel.show_page("practice")
        return panel.practice

    page = practice(make())
    page.field.setPlainText("One row\na word, = %d; äöü 猫")
    slug = page.slug
    again = practice(make())
    assert (again.slug, again.field.toPlainText()) == (slug, page.field.toPlainText())
    again._on_show()
    qtbot.mouseClick(again.over, Qt.MouseButton.LeftButton)
    assert not again.field.toPlainText() and not again.over.isVisible()
    assert not again.model.isVisible() and again.show_model.isEnabled()
    assert practice(make()).field.toPlainText() == ""
    again.field.undo()
    assert again.field.toPlainText() == page.field.toPlainText()


def test_practice_draws_every_question_before_one_comes_again(panel, tour):
    whole = {b.lesson.slug for b in tour.books}
    drawn = []
    panel.practice.left = []
    panel.practice.slug = ""
    for _ in whole:
        panel.practice.draw()
        drawn.append(panel.practice.slug)
    assert set(drawn) == whole


# --- A lecturer's own lessons -------------------------------------------------------------

TOML = "order = 1\n[scenario]\nsource = 'by-hand'\n[[stops]]\nid = 'a'\nstep = 'source/embedded'\n"
TEXT = "# Mine\n\nAbout.\n\n## A {#a}\n\nText.\n\n## End {#end}\n\nAsk.\n"


def own(folder: Path, toml: str = TOML) -> Path:
    made = folder / "mine"
    made.mkdir()
    (made / "lesson.toml").write_text(toml, "utf-8")
    (made / "en.md").write_text(TEXT, "utf-8")
    return made


def test_a_folder_of_ones_own_is_opened(hand, dialogs, tour, tmp_path):
    dialogs.answers.append(str(own(tmp_path)))
    hand.window.actions_.by_name["open_lessons"].trigger()
    flush()
    panel = hand.window.side.views["lessons"]
    assert panel.contents.list.item(0).text().startswith("1. Mine")
    hand.press("Return")
    assert hand.path == "source/embedded"
    hand.press("Ctrl+L")
    hand.click(panel.contents.own)
    assert not tour.is_open
    assert panel.contents.list.count() == len(shelf(LESSONS, "en"))


def test_a_broken_folder_is_told_with_file_and_line(hand, dialogs, tour, tmp_path):
    dialogs.answers.append(str(own(tmp_path, TOML.replace("embedded", "imbedded"))))
    before = tour.books
    hand.window.actions_.by_name["open_lessons"].trigger()
    assert hand.window.notice.isVisible()
    assert "mine/lesson.toml, line 6" in hand.window.notice.text.text()
    assert tour.books is before
    dialogs.answers.append("")
    hand.window.actions_.by_name["open_lessons"].trigger()
    assert hand.window.notice.isVisible()


@pytest.mark.parametrize("is_own", [False, True])
def test_a_sound_folder_takes_away_what_was_said_of_a_broken_one(
    hand, panel, dialogs, tour, tmp_path, is_own
):
    folder = own(tmp_path)
    dialogs.answers += [str(folder), str(tmp_path / "none"), str(folder)]
    for _ in range(2):
        hand.window.actions_.by_name["open_lessons"].trigger()
    assert hand.window.notice.isVisible()
    if is_own:
        hand.click(panel.contents.own)
    else:
        hand.window.actions_.by_name["open_lessons"].trigger()
    assert not hand.window.notice.isVisible()


def test_a_lesson_whose_own_scenario_locks_the_lessons_stays_in_reach(
    hand, dialogs, tour, tmp_path
):
    window, folder = hand.window, own(tmp_path, TOML.replace("'by-hand'", "'locked.json'"))
    save(edits.with_locked(builtin("by-hand"), ("words", "lessons")), folder / "locked.json")
    dialogs.answers.append(str(folder))
    window.actions_.by_name["open_lessons"].trigger()
    tour.start("mine")
    flush()
    assert hand.document.scenario.locked == ("words", "lessons")
    page, padlock = window.side.views["lessons"].lesson, window.companions.locked.padlock
    assert page.isVisible() and window.actions_.menus["lessons"].menuAction().isVisible()
    assert padlock.toolTip().endswith("Words") and not window.tokens.isEnabled()
    hand.press("Ctrl+PgDown")
    assert tour.place == 1
    window.desk.tab_wanted.emit("explain")
    hand.press("Ctrl+L")
    assert window.side.views["lessons"].isVisible()
    tour.leave()
    assert window.tokens.isEnabled() and not padlock.isVisible()
    assert hand.document.open(str(folder / "locked.json"))
    assert not window.actions_.menus["lessons"].menuAction().isVisible()


def test_a_folder_without_lessons_is_told(tmp_path):
    assert [e.code for e in wrong_with(tmp_path)] == ["lesson_none"]


# --- The library and the words ------------------------------------------------------------


def test_a_book_is_in_the_language_asked_for_or_in_a_near_one():
    titles = {n: shelf(LESSONS, n)[0].title for n in ("en", "zh_CN", "zh", "fr", "en_GB")}
    assert titles["zh_CN"] == titles["zh"] != titles["en"]
    assert titles["fr"] == titles["en_GB"] == titles["en"]


def test_search_looks_for_all_words_in_any_case():
    books = shelf(LESSONS, "en")
    assert [h.title for h in search(books, "INTERVIEWER step shapes")]
    assert search(books, "") == []
    assert all("softmax" in h.excerpt.casefold() for h in search(books, "softmax")[:1])


def test_every_lesson_closes_with_a_question_and_an_answer():
    for found in shelf(LESSONS, "en"):
        asked, answer = closing(found)
        assert asked
        assert answer


def test_values_are_written_as_the_screen_does():
    import numpy as np

    assert written(number(2.0), 3) == "2"
    assert written(number(-0.125), 2) == "−0.12"
    assert written(Result(np.array([[1.0, -2.0]])), 2) == "(1, −2)"
    assert written(Result(np.array([[1.5], [2.0]])), 2) == "(1.50, 2.00)"
    assert written(Result(np.eye(2)), 2) == "((1, 0), (0, 1))"
    assert written(Result(np.array([[0.0, 0.5]])), 2) == "(0, 0.50)"
    assert written(Result(np.zeros((1, 9))), 2) == "(0, 0, 0, 0, 0, 0, …)"
    assert written(Result(np.array([[1.0]]), word="see"), 2) == "see"


def test_evidence_tells_both_sides_or_how_far_they_are_apart():
    lesson = next(b.lesson for b in shelf(LESSONS, "en") if b.lesson.slug == "the-steps")
    visit = Visit(lesson, lesson.index("weights"), "small")
    assert "7.39 = 7.39" in evidence(visit.outcome("ratios"), 2)
    assert "are off 1 by at most" in evidence(visit.outcome("rows-sum-to-one"), 2)
    outcome = visit.outcome("ratios")
    failed = Outcome(outcome.claim, False, outcome.sides, 1.0)
    assert evidence(failed, 2).startswith("Does not hold now")


def test_titles_are_plain():
    assert all(plain(b.prose.title) == b.title for b in shelf(LESSONS, "en"))


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_every_formula_can_be_typeset(stepformer, language):
    found = set()
    for book in shelf(LESSONS, language):
        for section in book.prose.sections:
            found |= set(formulas_in(section.blocks))
    assert len(found) > 20
    for latex in sorted(found):
        # Chinese would show as boxes; it belongs into the words around.
        assert not re.search(r"[\u2e80-\u9fff]", latex), latex
        assert typeset(latex).startswith(b"<svg"), latex
