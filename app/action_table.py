"""The table of all actions, as data: menus, toolbar and the shortcut sheet are made from it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication


@dataclass(frozen=True)
class Entry:
    """One action: a group of commands has its slot `on_<name>`; `menu` is where it stands.

    A menu name that starts with "-" has a separator before the entry.
    """

    name: str
    menu: str
    text: str
    keys: tuple[str, ...] = ()
    icon: str = ""
    on_toolbar: bool = False
    is_checkable: bool = False


def _file() -> tuple[Entry, ...]:
    translate = QCoreApplication.translate
    return (
        Entry("new_translation", "file/new", translate("Actions", "&Translation, trained")),
        Entry("new_by_hand", "file/new", translate("Actions", "By &hand, whole numbers")),
        Entry(
            "new_recurrent",
            "-file/new",
            translate("Actions", "Re&current translator with attention, trained"),
        ),
        Entry("new_last_state", "file/new", translate("Actions", "The same w&ithout attention")),
        Entry(
            "new_random", "file/new", translate("Actions", "&Random numbers"), ("Ctrl+N",), "new"
        ),
        Entry("open", "file", translate("Actions", "&Open ..."), ("Ctrl+O",), "open", True),
        Entry("open_lessons", "file", translate("Actions", "Open &lesson folder ...")),
        Entry("save", "file", translate("Actions", "&Save"), ("Ctrl+S",), "save", True),
        Entry("save_as", "file", translate("Actions", "Save &as ..."), ("Ctrl+Shift+S",)),
        Entry("export", "-file", translate("Actions", "&Export ..."), ("Ctrl+Shift+E",)),
        Entry("export_plot", "file", translate("Actions", "Export the &plot ..."), ("Ctrl+Alt+E",)),
        Entry("import_parameters", "file", translate("Actions", "&Import parameters ...")),
        Entry("lock", "-file", translate("Actions", "Loc&k for a class ...")),
        Entry("quit", "-file", translate("Actions", "&Quit"), ("Ctrl+Q",)),
    )


def _edit() -> tuple[Entry, ...]:
    translate = QCoreApplication.translate
    return (
        Entry("undo", "edit", translate("Actions", "&Undo"), ("Ctrl+Z",), "undo", True),
        Entry(
            "redo", "edit", translate("Actions", "&Redo"), ("Ctrl+Shift+Z", "Ctrl+Y"), "redo", True
        ),
        Entry("edit_input", "-edit", translate("Actions", "C&hange an input"), ("E",)),
        Entry("copy", "edit", translate("Actions", "&Copy the matrix"), ("Ctrl+C",)),
        Entry(
            "copy_picture",
            "edit",
            translate("Actions", "Copy as pictur&e"),
            ("Ctrl+Shift+C",),
        ),
        Entry("copy_plot", "edit", translate("Actions", "Cop&y the plot"), ("Ctrl+Shift+P",)),
        Entry("copy_latex", "edit", translate("Actions", "Copy as &LaTeX"), ("Ctrl+Alt+C",)),
        Entry("paste", "edit", translate("Actions", "&Paste numbers"), ("Ctrl+V",)),
        Entry("fill_zeros", "edit/matrix", translate("Actions", "&Zeros")),
        Entry("fill_identity", "edit/matrix", translate("Actions", "&Identity")),
        Entry("fill_random", "edit/matrix", translate("Actions", "&Random numbers ...")),
        Entry("round", "edit/matrix", translate("Actions", "R&ound to one decimal")),
        Entry("copy_from", "-edit/matrix", translate("Actions", "&Copy from another ...")),
        Entry("tie", "edit/matrix", translate("Actions", "&Tie to another ..."), ("Ctrl+T",)),
        Entry("untie", "edit/matrix", translate("Actions", "&Untie")),
        Entry("reset", "-edit/matrix", translate("Actions", "&As when it was opened")),
        Entry("pin", "-edit", translate("Actions", "P&in this number ..."), ("P",)),
        Entry("unpin", "edit", translate("Actions", "Take the pin &off")),
        Entry("unpin_all", "edit", translate("Actions", "Take all pins o&ff")),
        Entry("next_word", "-edit", translate("Actions", "&Next word"), ("Ctrl+Return",)),
        Entry("translate", "edit", translate("Actions", "&Translate"), ("Ctrl+Shift+Return",)),
    )


def _walk() -> tuple[Entry, ...]:
    translate = QCoreApplication.translate
    return (
        Entry("forward", "walk", translate("Actions", "&Forward (over)"), ("Right", "PgDown")),
        Entry("back", "walk", translate("Actions", "&Back"), ("Left", "PgUp")),
        Entry("into", "walk", translate("Actions", "Step &into"), ("Down",)),
        Entry("out", "walk", translate("Actions", "Step &out"), ("Up",)),
        Entry("to_end", "walk", translate("Actions", "The number to its &end"), ("Ctrl+Right",)),
        Entry("origin", "-walk", translate("Actions", "W&here it came from"), ("G",)),
        Entry(
            "last_origin",
            "walk",
            translate("Actions", "Where its last part ca&me from"),
            ("Shift+G",),
        ),
        Entry("returned", "walk", translate("Actions", "Back to where I &was"), ("Alt+Left",)),
        Entry("first", "-walk", translate("Actions", "Fi&rst"), ("Home",)),
        Entry("last", "walk", translate("Actions", "&Last"), ("End",)),
        Entry("play", "walk", translate("Actions", "&Play or pause"), ("Space",)),
        Entry("by_block", "-walk", translate("Actions", "By blo&ck"), ("Ctrl+1",)),
        Entry("by_step", "walk", translate("Actions", "By &step"), ("Ctrl+2",)),
        Entry("by_number", "walk", translate("Actions", "By &number"), ("Ctrl+3",)),
        Entry("by_operation", "walk", translate("Actions", "By oper&ation"), ("Ctrl+4",)),
    )


def _compare() -> tuple[Entry, ...]:
    translate = QCoreApplication.translate
    return (
        Entry(
            "compare_with",
            "compare",
            translate("Actions", "Compare &with ..."),
            ("Ctrl+K",),
            "compare",
            True,
        ),
        Entry("compare_copy", "compare", translate("Actions", "A plain &copy")),
        Entry("compare_file", "compare", translate("Actions", "A &file beside it ...")),
        Entry("other_side", "-compare", translate("Actions", "To the &other side"), ("F6",)),
        Entry("swap_sides", "compare", translate("Actions", "&Swap A and B")),
        Entry("keep_a", "-compare", translate("Actions", "Go on with &A alone")),
        Entry("keep_b", "compare", translate("Actions", "Go on with &B alone")),
    )


def _view() -> tuple[Entry, ...]:
    translate = QCoreApplication.translate
    return (
        Entry(
            "smaller", "view", translate("Actions", "&Smaller text"), ("Ctrl+-",), "smaller", True
        ),
        Entry(
            "larger",
            "view",
            translate("Actions", "&Larger text"),
            ("Ctrl++", "Ctrl+="),
            "larger",
            True,
        ),
        Entry(
            "usual_size",
            "view",
            translate("Actions", "&Usual text size"),
            ("Ctrl+0",),
            on_toolbar=True,
        ),
        Entry("more_digits", "-view", translate("Actions", "M&ore decimals"), ("Ctrl+.",)),
        Entry("fewer_digits", "view", translate("Actions", "Fe&wer decimals"), ("Ctrl+,",)),
        *_themes(),
        Entry("show_map", "-view", translate("Actions", "&Map"), ("Ctrl+M",), "map", True, True),
        Entry(
            "show_side", "view", translate("Actions", "&Explain"), ("Ctrl+E",), "side", True, True
        ),
        *_gradient(),
        Entry("present", "-view", translate("Actions", "&Present"), ("F5",), "present", True),
        Entry("full_screen", "view", translate("Actions", "&Full screen"), ("F11",)),
        Entry("solo", "view", translate("Actions", "This pa&nel alone"), ("Shift+F11",)),
        Entry("settings", "-view", translate("Actions", "Sett&ings ..."), ("Ctrl+Alt+S",)),
    )


def _gradient() -> tuple[Entry, ...]:
    translate, where = QCoreApplication.translate, "view/gradient"
    return (
        Entry("goal", where, translate("Actions", "Make this number the &goal"), ("D",)),
        Entry("loss_goal", where, translate("Actions", "Make the &loss the goal")),
        Entry("no_goal", where, translate("Actions", "&No goal")),
        Entry("show_values", f"-{where}", translate("Actions", "Show &values")),
        Entry("show_gradients", where, translate("Actions", "Show g&radients")),
        Entry("show_both", where, translate("Actions", "Show &both")),
        Entry("next_shown", where, translate("Actions", "Ne&xt of these"), ("Shift+D",)),
    )


def _themes() -> tuple[Entry, ...]:
    translate, where = QCoreApplication.translate, "view/theme"
    return (
        Entry("theme_system", where, translate("Actions", "As the &system"), is_checkable=True),
        Entry("theme_light", f"-{where}", translate("Actions", "&Light"), is_checkable=True),
        Entry("dark", where, translate("Actions", "&Dark"), ("Ctrl+D",), "theme", True, True),
        Entry("theme_contrast", where, translate("Actions", "High &contrast"), is_checkable=True),
    )


def _lessons() -> tuple[Entry, ...]:
    translate = QCoreApplication.translate
    return (
        Entry(
            "lessons", "lessons", translate("Actions", "&Contents"), ("Ctrl+L",), "lessons", True
        ),
        Entry("next_stop", "-lessons", translate("Actions", "&Next stop"), ("Ctrl+PgDown",)),
        Entry("previous_stop", "lessons", translate("Actions", "&Previous stop"), ("Ctrl+PgUp",)),
        Entry("stop_again", "lessons", translate("Actions", "&Back to the stop"), ("Ctrl+B",)),
        Entry("leave_lesson", "lessons", translate("Actions", "&Leave the lesson")),
        Entry("practice", "-lessons", translate("Actions", "&Interview practice")),
    )


def _help() -> tuple[Entry, ...]:
    translate = QCoreApplication.translate
    return (
        Entry("show_keys", "help", translate("Actions", "&Keys"), ("F1", "?"), "help", True),
        Entry("welcome", "help", translate("Actions", "&Tour in four steps")),
        Entry("about", "help", translate("Actions", "&About Stepformer")),
    )


def table() -> tuple[Entry, ...]:
    """All actions in the order of the menus, texts in the language in force."""
    groups = (_file(), _edit(), _walk(), _compare(), _view(), _lessons(), _help())
    return tuple(entry for group in groups for entry in group)


def menu_names() -> dict[str, str]:
    """The menus' titles."""
    translate = QCoreApplication.translate
    return {
        "file": translate("Actions", "&File"),
        "file/new": translate("Actions", "&New"),
        "edit": translate("Actions", "&Edit"),
        "edit/matrix": translate("Actions", "&Matrix"),
        "walk": translate("Actions", "&Walk"),
        "compare": translate("Actions", "&Compare"),
        "view": translate("Actions", "&View"),
        "view/theme": translate("Actions", "&Theme"),
        "view/gradient": translate("Actions", "&Gradient"),
        "lessons": translate("Actions", "&Lessons"),
        "help": translate("Actions", "&Help"),
    }
