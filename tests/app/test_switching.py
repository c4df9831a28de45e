"""Another language while the window is open: every text changes, fits, and comes back."""

import html
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QDialogButtonBox,
    QGroupBox,
    QLabel,
    QLineEdit,
    QMenu,
    QTabBar,
    QTabWidget,
    QWidget,
)
from test_views import HEAD, KINDS, see
from window_support import Hand, flush, picture

from app import i18n, texts
from app.actions import plain_name, sheet
from app.dialogs import Dialogs
from app.i18n import Language, compiled
from app.language_menu import LanguageMenu
from app.side import panels
from app.texts import languages, name_of
from app.window import Window
from engine import BUILTINS, moves

CHINESE = "zh_CN"
WORD = re.compile(r"[A-Za-z]{3,}")
# What is called so in Chinese, too: names, keys, functions, the words of the vocabularies.
SAME = {"Stepformer", "Transformer", "Softmax", "softmax", "Logits", "English", "ReLU", "GELU"}
SAME |= {"NaN", "PyTorch", "tanh", "MIT", "json", "Ctrl", "Shift", "Alt", "Enter", "Tab", "Esc"}
SAME |= {"LaTeX", "Markdown", "PNG", "SVG", "PDF", "CSV", "NPZ", "NumPy"}
SAME |= {"Delete", "Home", "End", "PgDown", "PgUp", "Left", "Right", "Down", "Return", "Space"}


def language_of(window: Window) -> Language:
    found = window.findChild(Language)
    assert found is not None
    return found


def use(window: Window, name: str) -> None:
    language_of(window).use(name)
    flush()


# --- The texts of all widgets --------------------------------------------------------------


def of(widget: QWidget) -> Iterator[tuple[str, str]]:
    """Every text that a widget shows or says, with what it is."""
    yield "window title", widget.windowTitle()
    yield "tooltip", widget.toolTip()
    yield "name", widget.accessibleName()
    yield "description", widget.accessibleDescription()
    yield "status", widget.statusTip()
    yield "what is this", widget.whatsThis()
    if isinstance(widget, QLabel | QAbstractButton | QLineEdit):
        yield "text", widget.text()
    if isinstance(widget, QLineEdit):
        yield "placeholder", widget.placeholderText()
    if isinstance(widget, QMenu | QGroupBox):
        yield "title", widget.title()
    if isinstance(widget, QTabWidget):
        for index in range(widget.count()):
            yield f"tab {index}", widget.tabText(index)
            yield f"tooltip of tab {index}", widget.tabToolTip(index)
    if isinstance(widget, QComboBox):
        for index in range(widget.count()):
            yield f"item {index}", widget.itemText(index)


def place_of(widget: QWidget | QAction, window: Window) -> str:
    parts: list[str] = []
    here: object = widget
    while here is not None and here is not window:
        parts.append(here.objectName() or type(here).__name__)  # type: ignore[attr-defined]
        here = here.parent()  # type: ignore[attr-defined]
    return " in ".join(parts)


def everything(window: Window) -> dict[str, str]:
    """Every text in the window by its place, hidden panels included."""
    found: dict[str, str] = {}
    for number, widget in enumerate([window, *window.findChildren(QWidget)]):
        if isinstance(widget.parent(), QTabBar):
            continue  # its arrows are Qt's own, who names them once
        for kind, text in of(widget):
            if text:
                found[f"{number} {place_of(widget, window)}: {kind}"] = text
    for number, action in enumerate(window.findChildren(QAction)):
        if "GraphicsScene" in place_of(action, window):
            continue  # the library of plots has one that no menu shows
        for kind in ("text", "toolTip"):
            if text := getattr(action, kind)():
                found[f"action {number} {place_of(action, window)}: {kind}"] = text
    return found


def plain(text: str) -> str:
    """What is read of a text: no tags, no style, no names such as d_model and Norm(x)."""
    lines = re.sub(r"<i>(\w)</i><sub>(\w+)</sub>", r"\1_\2", text)  # d_model in rich text
    shown = html.unescape(re.sub(r"<[^<>]*>", " ", lines))
    return re.sub(r"<[a-z]+>|\w+_\w+|\w+\(.*\)", " ", shown)


def in_english(window: Window, text: str) -> set[str]:
    """The English words in a text that are no name."""
    scenario = window.document.scenario
    known = SAME | {*scenario.source_vocabulary, *scenario.target_vocabulary}
    known |= {word for path in window.document.trace.steps for word in re.split(r"\W|_", path)}
    known -= {"head", "source", "target", "encoder", "decoder"}
    known |= set(WORD.findall(f"{window.document.title} {' '.join(BUILTINS)} options heads"))
    return {w for w in WORD.findall(plain(text)) if w not in known}


@pytest.mark.parametrize("name", languages())
def test_every_text_changes_and_comes_back(window: Window, name: str) -> None:
    """A language without Latin letters leaves no English word standing."""
    for panel in panels():
        window.side.bring(panel.name)
        flush()
    window.document.go_to(KINDS["rowwise"], moves.NUMBER)
    before = everything(window)
    use(window, name)
    after = everything(window)
    assert before.keys() == after.keys()
    if name == CHINESE:
        left = {place: text for place, text in after.items() if in_english(window, text)}
        left = {p: t for p, t in left.items() if "（" not in t}  # the English term at first use
        assert not left
        assert sum(before[p] != after[p] for p in before) > 100
    use(window, "en")
    assert everything(window) == before


def test_a_lesson_goes_on_in_the_other_language(window: Window) -> None:
    window.desk.tour.start("the-steps", 1)
    window.side.bring("lessons")
    flush()
    panel = window.side.views["lessons"]

    def told() -> list[str]:
        page = panel.currentWidget()
        found = [*page.findChildren(QLabel), *page.findChildren(QAbstractButton)]
        return [w.text() for w in found if w.isVisibleTo(panel) and w.text()]

    before = told()
    use(window, CHINESE)
    assert window.desk.tour.place == 1
    changed = sum(text not in before for text in told())
    assert changed >= len(before) - 2, told()
    assert window.desk.tour.book.prose.title != ""
    use(window, "en")
    assert told() == before


def compared(window: Window) -> None:
    window.document.compare_option("B", "norm", "before")


def with_a_goal(window: Window) -> None:
    window.actions_.by_name["goal"].trigger()


def selected(window: Window) -> None:
    window.stage.select_first()


def refused(window: Window) -> None:
    window.document.set_option("d_model", 7)


STATES = (compared, with_a_goal, selected, refused)


@pytest.mark.parametrize("state", STATES, ids=lambda f: f.__name__)
def test_no_english_is_left_in_any_state(window: Window, state: Callable[[Window], None]) -> None:
    """Begun in one language and gone on with in the other, and back."""
    window.document.go_to(f"{HEAD}/Q", moves.NUMBER)
    state(window)
    flush()
    before = everything(window)
    use(window, CHINESE)
    after = everything(window)
    left = {place: text for place, text in after.items() if in_english(window, text)}
    assert not {p: t for p, t in left.items() if "（" not in t}
    assert before.keys() == after.keys()
    use(window, "en")
    assert everything(window) == before


PAINTED = ("map", "stage", "filmstrip", "heading", "timeline")


@pytest.mark.parametrize("part", PAINTED)
def test_what_is_painted_changes_and_comes_back(window: Window, part: str) -> None:
    widget = getattr(window, part)
    before = picture(widget)
    use(window, CHINESE)
    assert picture(widget) != before
    use(window, "en")
    assert picture(widget) == before


def test_blocks_and_steps_are_told_in_the_new_language(window: Window) -> None:
    use(window, CHINESE)
    for kind in KINDS.values():
        for depth in (moves.BLOCK, moves.STEP):
            window.document.go_to(kind, depth)
            flush()
            for widget in (window.heading, window.side):
                for label in widget.findChildren(QLabel):
                    text = re.sub(r"（[^）]*）|[A-Z]\w+ 等", "", plain(label.text()))
                    assert not in_english(window, text), label.text()


def test_a_refusal_is_told_in_the_new_language(window: Window) -> None:
    assert not window.document.set_option("d_model", 7)
    assert "can't be shared evenly" in window.notice.text.text()
    use(window, CHINESE)
    assert window.notice.isVisible()
    assert "不能平均分给 2 个头" in window.notice.text.text()
    assert window.notice.text.text().endswith("。")
    use(window, "en")
    assert "can't be shared evenly" in window.notice.text.text()


def test_qt_s_own_buttons_are_translated(window: Window) -> None:
    def close_button() -> str:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        return plain_name(buttons.button(QDialogButtonBox.StandardButton.Close).text())

    assert close_button() == "Close"
    use(window, CHINESE)
    assert close_button() == "关闭"
    use(window, "en")
    assert close_button() == "Close"


def test_the_shortcut_sheet_is_told(window: Window) -> None:
    use(window, CHINESE)
    rows = [*sheet(), ("", Dialogs(window, window.look).matrix_keys())]
    for title, entries in rows:
        assert not in_english(window, title)
        for keys, text in entries:
            assert not in_english(window, text), text
            assert "(" not in text.replace("(in", ""), text
            assert "&" not in keys + text
    assert ("文件", "保存") in {(title, text) for title, es in sheet() for _, text in es}


# --- The menu ------------------------------------------------------------------------------


def test_the_menu_names_each_language_by_itself(window: Window, hand: Hand) -> None:
    menu = window.findChild(LanguageMenu)
    assert menu is not None
    assert menu.menuAction() in window.actions_.menus["view"].actions()
    chosen = {a.text(): a for a in menu.actions()}
    assert list(chosen) == [name_of(name) for name in languages()]
    assert chosen["English"].isChecked()
    chosen["简体中文"].trigger()
    flush()
    assert window.settings.language == CHINESE
    assert chosen["简体中文"].isChecked() and not chosen["English"].isChecked()
    assert menu.title() == "语言(&A)"
    assert window.menuBar().actions()[0].text() == "文件(&F)"
    chosen["English"].trigger()
    assert window.settings.language == "en"


@pytest.mark.parametrize("name", languages())
def test_no_two_entries_of_a_menu_share_a_letter(window: Window, name: str) -> None:
    use(window, name)
    for menu in [window.menuBar(), *window.findChildren(QMenu)]:
        named = [a.text() for a in menu.actions() if "&" in a.text()]
        letters = [re.search(r"&(\w)", text)[1].upper() for text in named]  # type: ignore[index]
        assert len(letters) == len(set(letters)), named
        if name == CHINESE:
            assert all(re.search(r"\(&[A-Z]\)", text) for text in named), named


def test_every_entry_has_a_letter_where_english_has_one(window: Window) -> None:
    def lettered() -> set[str]:
        return {n for n, a in window.actions_.by_name.items() if "&" in a.text()}

    english = lettered()
    use(window, CHINESE)
    assert lettered() == english


# --- Room ----------------------------------------------------------------------------------


@pytest.mark.timeout(300)
@pytest.mark.parametrize(
    ("width", "height", "zoom"), [(1440, 900, 100), (1440, 900, 200), (1024, 768, 100)]
)
def test_everything_has_its_room_in_chinese(make, width: int, height: int, zoom: int) -> None:
    window = make(width=width, height=height)
    use(window, CHINESE)
    window.look.set_zoom(zoom)
    flush()
    for path in KINDS.values():
        for depth in (moves.STEP, moves.BLOCK, moves.OPERATION):
            window.document.go_to(path, depth)
            see(window, path)
    for button in (*window.timeline.depths.values(), window.arithmetic.once, window.tokens.next):
        if button.isVisible():
            assert button.width() >= button.sizeHint().width() - 1, button.text()


def test_the_switch_gives_the_panels_the_room_they_need(make) -> None:
    """After switching there and back all stands as if it had opened so."""
    one, two = make(width=1100, height=768), make(width=1100, height=768)
    use(one, CHINESE)
    there = [one.split.sizes(), one.tokens.needed(), one.token_area.height()]
    use(one, "en")
    assert [one.split.sizes(), one.tokens.needed()] == [two.split.sizes(), two.tokens.needed()]
    assert one.token_area.height() == two.token_area.height()
    use(one, CHINESE)
    assert [one.split.sizes(), one.tokens.needed(), one.token_area.height()] == there


# --- A third language, without code --------------------------------------------------------

CATALOGUE = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="tlh" sourcelanguage="en">
<context><name>Timeline</name>
<message><source>Step</source><translation>mIw</translation></message>
</context></TS>
"""


@pytest.fixture
def klingon(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A language that is nothing but its files."""
    steps, catalogues = tmp_path / "steps", tmp_path / "i18n"
    steps.mkdir()
    catalogues.mkdir()
    for file in texts.STEPS.glob("*.toml"):
        (steps / file.name).write_bytes(file.read_bytes())
    (steps / "tlh.toml").write_text(
        '[language]\nname = "tlhIngan Hol"\n[step.scores]\nname = "mIr"\n', encoding="utf-8"
    )
    (catalogues / "stepformer_tlh.ts").write_text(CATALOGUE, encoding="utf-8")
    monkeypatch.setattr(texts, "STEPS", steps)
    monkeypatch.setattr(i18n, "CATALOGUES", catalogues)
    return "tlh"


def test_a_third_language_needs_its_files_only(klingon: str, make) -> None:
    window = make()
    menu = window.findChild(LanguageMenu)
    entry = next(a for a in menu.actions() if a.text() == "tlhIngan Hol")
    window.document.go_to(KINDS["transposed product"])
    entry.trigger()
    flush()
    assert window.settings.language == klingon
    assert window.timeline.depths["step"].text() == "mIw"
    assert window.heading.last == "mIr"
    assert window.timeline.depths["block"].text() == "Block"
    assert window.heading.headline == "Every query meets every key"
    use(window, "en")
    assert window.timeline.depths["step"].text() == "Step"


def test_a_catalogue_is_compiled_once_and_anew_when_it_changes(klingon: str) -> None:
    first = compiled(klingon)
    assert first is not None
    stamp = first.stat().st_mtime_ns
    assert compiled(klingon) == first
    assert first.stat().st_mtime_ns == stamp
    source = i18n.CATALOGUES / "stepformer_tlh.ts"
    source.write_text(CATALOGUE.replace("mIw", "mIwHom"), encoding="utf-8")
    second = compiled(klingon)
    assert second is not None and second != first
    assert not list(second.parent.glob(".*"))


def test_a_catalogue_that_is_broken_is_told_and_left_out(
    klingon: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (i18n.CATALOGUES / "stepformer_tlh.ts").write_text("<TS>", encoding="utf-8")
    assert compiled(klingon) is None
    assert "stepformer_tlh.ts can't be compiled" in capsys.readouterr().err


def test_a_ready_catalogue_is_taken_as_it_is(klingon: str) -> None:
    ready = i18n.CATALOGUES / "stepformer_tlh.qm"
    ready.touch()
    assert compiled(klingon) == ready


def test_a_window_takes_its_language_along(make) -> None:
    window = make()
    use(window, CHINESE)
    assert QCoreApplication.translate("Timeline", "Step") == "步骤"
    window.desk.dialogs.answers.append("discard")
    window.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert QCoreApplication.translate("Timeline", "Step") == "Step"


def test_undo_tells_what_it_takes_back_in_the_language_that_was_spoken_then(hand):
    window, undo = hand.window, hand.window.actions_.by_name["undo"]
    hand.document.set_option("scale", False)
    english = undo.text(), undo.toolTip()
    assert "option" in english[0]
    use(window, CHINESE)
    assert undo.text() == "撤销(&U)" and "option" not in undo.toolTip(), "no mixed sentence"
    use(window, "en")
    assert (undo.text(), undo.toolTip()) == english
    use(window, CHINESE)
    hand.document.set_cell(f"{HEAD}/W_Q", 0, 0, 3.0)
    assert undo.text() == "撤销：修改 头 1 › 查询权重", "a letter would have Qt cut it"
