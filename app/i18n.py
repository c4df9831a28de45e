"""The language in force: which ones there are, and switching between them while running."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QLibraryInfo, QLocale, QObject, QTranslator

from app.paths import RESOURCES, cache_folder
from app.texts import Texts, closest
from app.theme import Look

CATALOGUES = RESOURCES / "i18n"


def of_the_system() -> str:
    """The language of ours that comes closest to the system's."""
    return closest(QLocale.system().uiLanguages())


class Language(QObject):
    """Speaks one language: the words of the steps, the window's own, and Qt's.

    Whoever owns it owns the language: when it goes, the application is English again.
    Every widget hears of a switch by a LanguageChange event and shows its texts anew.
    """

    def __init__(
        self, texts: Texts, look: Look | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.texts = texts
        self.look = look
        self.translators: list[QTranslator] = []

    def use(self, language: str) -> None:
        """Speak this language from now on."""
        app = QCoreApplication.instance()
        assert app is not None
        self.texts.use(language)
        self.leave()
        for file in catalogues(self.texts.language):
            translator = QTranslator(self)
            if translator.load(str(file)):
                self.translators.append(translator)
                app.installTranslator(translator)
        is_other_weight = self.look is not None and self.look.speak(self.texts.language)
        # Where there is no catalogue Qt says nothing, but the words of the steps are others.
        QCoreApplication.sendEvent(app, QEvent(QEvent.Type.LanguageChange))
        if self.look is not None and is_other_weight:
            self.look.changed.emit()

    def leave(self) -> None:
        """Take the translators away again."""
        while self.translators:
            gone = self.translators.pop()
            QCoreApplication.removeTranslator(gone)
            gone.deleteLater()


def catalogues(language: str) -> Sequence[Path]:
    """Qt's own catalogue of a language and ours, those there are; the last goes first."""
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    names = dict.fromkeys((language.partition("_")[0], language))
    own = [Path(folder, f"qtbase_{name}.qm") for name in names]
    found = [next((p for p in reversed(own) if p.is_file()), None), compiled(language)]
    return [path for path in found if path is not None]


def compiled(language: str) -> Path | None:
    """Our catalogue of a language: the wheel's, or that of the sources, compiled when needed."""
    ready = CATALOGUES / f"stepformer_{language}.qm"
    if ready.is_file():
        return ready
    source = ready.with_suffix(".ts")
    if not source.is_file():
        return None
    import hashlib  # a start in English can do without

    digest = hashlib.sha256(source.read_bytes()).hexdigest()[:12]
    kept = cache_folder() / "i18n" / f"{source.stem}-{digest}.qm"
    return kept if kept.is_file() or compile_catalogue(source, kept) else None


def compile_catalogue(source: Path, target: Path) -> bool:
    """Compile a .ts with Qt's lrelease; False, and a line on stderr, if that can't be done."""
    import subprocess

    import PySide6

    name = "lrelease.exe" if sys.platform == "win32" else "lrelease"
    tool = Path(PySide6.__file__).parent / name
    unfinished = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        command = [str(tool), "-silent", str(source), "-qm", str(unfinished)]
        subprocess.run(command, check=True, capture_output=True, text=True)
        unfinished.replace(target)
    except (OSError, subprocess.CalledProcessError) as error:
        unfinished.unlink(missing_ok=True)
        sys.stderr.write(f"{source.name} can't be compiled: {error}\n")
        return False
    return True
