"""What a learner may set once and for all: one table, and what each of its lines does."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from app.card import system_theme
from app.i18n import Language, of_the_system
from app.numbers import MOST_DIGITS
from app.palettes import THEMES
from app.playback import SPEEDS, Playback
from app.settings import Settings
from app.texts import languages, name_of
from app.theme import ZOOMS, Look

Value = str | int | bool

SYSTEM = ""
"""The theme and the language that follow the system."""

CARET = 1000
"""Milliseconds of a caret's blink, as Qt has it where the system says nothing."""


@dataclass(frozen=True)
class Preference:
    """A line of the table: what it is called, what it is for, what can be chosen.

    A line without choices is switched on or off. `usual` is what it is at first.
    """

    name: str
    label: str
    help: str
    usual: Value
    choices: tuple[tuple[Value, str], ...] = ()


def preferences() -> tuple[Preference, ...]:
    """The table, in the language in force."""
    translate = QCoreApplication.translate
    system = (SYSTEM, translate("Preferences", "As the system has it"))
    sizes = tuple((zoom, f"{zoom}%") for zoom in ZOOMS)
    counts = tuple((n, str(n)) for n in range(1, MOST_DIGITS + 1))
    return (
        Preference(
            "language",
            translate("Preferences", "Language"),
            translate("Preferences", "Of everything: menus, steps, lessons."),
            SYSTEM,
            (system, *((name, name_of(name)) for name in languages())),
        ),
        Preference(
            "theme",
            translate("Preferences", "Theme"),
            translate("Preferences", "High contrast has 7 to 1 and more for every text."),
            SYSTEM,
            (system, *theme_names().items()),
        ),
        Preference(
            "zoom",
            translate("Preferences", "Text size"),
            translate("Preferences", "Of everything; Ctrl + and Ctrl − do the same."),
            100,
            sizes,
        ),
        Preference(
            "digits",
            translate("Preferences", "Decimals"),
            translate("Preferences", "How many are shown; it is always computed with all of them."),
            2,
            counts,
        ),
        *_playing(),
    )


def _playing() -> tuple[Preference, ...]:
    translate = QCoreApplication.translate
    speeds = tuple((s, f"{s / 100:g}×") for s in SPEEDS)
    return (
        Preference(
            "speed",
            translate("Preferences", "Playing speed"),
            translate("Preferences", "How fast Space walks by itself."),
            100,
            speeds,
        ),
        Preference(
            "is_calm",
            translate("Preferences", "Reduced motion"),
            translate("Preferences", "Nothing blinks or slides, and playing takes its time."),
            False,
        ),
    )


def theme_names() -> dict[str, str]:
    """What the themes are called."""
    translate = QCoreApplication.translate
    return {
        "light": translate("Preferences", "Light"),
        "dark": translate("Preferences", "Dark"),
        "contrast": translate("Preferences", "High contrast"),
    }


class Preferences(QObject):
    """Keeps what is set, and applies it at once.

    Signals:
        changed: something is set otherwise.
    """

    changed = Signal()

    def __init__(self, look: Look, settings: Settings, playback: Playback, parent: QObject) -> None:
        super().__init__(parent)
        self.look = look
        self.settings = settings
        self.playback = playback
        self.speech: Language | None = None
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._on_system)
        self._move()

    def value(self, name: str) -> Value:
        """What is set; the usual value where that makes no sense."""
        kept: dict[str, Value] = {
            "language": self.settings.language,
            "theme": self.settings.theme,
            "zoom": self.look.zoom,
            "digits": self.look.digits,
            "speed": self.settings.whole("speed", 100),
            "is_calm": self.settings.flag("is_calm"),
        }
        found = kept[name]
        line = next(p for p in preferences() if p.name == name)
        is_known = not line.choices or found in dict(line.choices) or name == "zoom"
        return found if is_known else line.usual

    def use(self, name: str, value: Value) -> None:
        """Set it, keep it, show it."""
        if name == "language":
            self.settings.language = str(value)
            if self.speech is not None:
                self.speech.use(str(value) or of_the_system())
        elif name == "theme":
            self.settings.theme = str(value)
            self.look.set_theme(str(value) if value in THEMES else system_theme())
        elif name == "zoom":
            self.look.set_zoom(int(value))
        elif name == "digits":
            self.settings.digits = self.look.digits = int(value)
            self.look.changed.emit()
        elif name == "speed":
            self.settings.set_whole("speed", int(value))
        elif name == "is_calm":
            self.settings.set_flag("is_calm", bool(value))
        self._move()
        self.changed.emit()

    def use_usual(self) -> None:
        """Everything as at the first start."""
        for line in preferences():
            self.use(line.name, line.usual)

    def theme_marks(self) -> dict[str, bool]:
        """Which of the actions for themes is the one in force."""
        chosen = self.value("theme")
        names = {"theme_system": SYSTEM, "theme_light": "light", "dark": "dark"}
        names["theme_contrast"] = "contrast"
        return {action: chosen == name for action, name in names.items()}

    def _on_system(self) -> None:
        """The system has become light or dark; whoever follows it does, too."""
        wanted = system_theme()
        if self.settings.theme not in THEMES and wanted != self.look.theme.name:
            self.look.set_theme(wanted)

    def _move(self) -> None:
        """How much moves by itself, and how fast."""
        is_calm = bool(self.value("is_calm"))
        self.playback.speed = int(self.value("speed"))
        self.playback.is_calm = is_calm
        QApplication.setCursorFlashTime(0 if is_calm else CARET)
        for effect in (
            Qt.UIEffect.UI_AnimateMenu,
            Qt.UIEffect.UI_FadeMenu,
            Qt.UIEffect.UI_AnimateCombo,
            Qt.UIEffect.UI_AnimateTooltip,
            Qt.UIEffect.UI_FadeTooltip,
        ):
            QApplication.setEffectEnabled(effect, not is_calm)
