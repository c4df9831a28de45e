"""What is kept between starts: window, theme, zoom, recent files."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

MOST_RECENT = 8


class Settings:
    """A typed front of QSettings; a value that can't be read is the default."""

    def __init__(self, store: QSettings | None = None) -> None:
        self.store = store or QSettings(
            QSettings.Format.IniFormat, QSettings.Scope.UserScope, "stepformer", "stepformer"
        )

    def _text(self, key: str, default: str) -> str:
        value = self.store.value(key, default)
        return value if isinstance(value, str) else default

    @property
    def theme(self) -> str:
        """The theme's name; "" follows the system."""
        return self._text("theme", "")

    @theme.setter
    def theme(self, name: str) -> None:
        self.store.setValue("theme", name)

    @property
    def language(self) -> str:
        """The language that was chosen; "" follows the system."""
        return self._text("language", "")

    @language.setter
    def language(self, name: str) -> None:
        self.store.setValue("language", name)

    @property
    def zoom(self) -> int:
        """Text size in percent."""
        text = str(self.store.value("zoom", "100"))
        return int(text) if text.isdecimal() else 100

    @zoom.setter
    def zoom(self, percent: int) -> None:
        self.store.setValue("zoom", str(percent))

    @property
    def digits(self) -> int:
        """Decimals shown, 1 to 6."""
        text = str(self.store.value("digits", "2"))
        return min(max(int(text), 1), 6) if text.isdecimal() else 2

    @digits.setter
    def digits(self, count: int) -> None:
        self.store.setValue("digits", str(count))

    def flag(self, name: str) -> bool:
        """Something that is so or not; not so at the first start."""
        return str(self.store.value(name, "no")) == "yes"

    def set_flag(self, name: str, is_so: bool) -> None:
        """Keep whether something is so."""
        self.store.setValue(name, "yes" if is_so else "no")

    def whole(self, name: str, usual: int) -> int:
        """A whole number."""
        text = str(self.store.value(name, usual))
        return int(text) if text.isdecimal() else usual

    def set_whole(self, name: str, number: int) -> None:
        """Keep a whole number."""
        self.store.setValue(name, str(number))

    def width(self, name: str, usual: int) -> int:
        """A panel's width at 100% text."""
        return self.whole(f"window/{name}", usual)

    def set_width(self, name: str, width: int) -> None:
        """Keep a panel's width."""
        self.set_whole(f"window/{name}", width)

    def shape(self, name: str) -> QByteArray:
        """The window's saved state; empty at the first start."""
        value = self.store.value(f"window/{name}")
        return value if isinstance(value, QByteArray) else QByteArray()

    def set_shape(self, name: str, state: QByteArray) -> None:
        """Keep the window's state."""
        self.store.setValue(f"window/{name}", state)

    @property
    def recent(self) -> list[Path]:
        """Files opened lately, newest first; those that are gone are left out."""
        value = self.store.value("recent", [])
        names = [value] if isinstance(value, str) else value
        if not isinstance(names, list):
            return []
        return [p for p in map(Path, map(str, names)) if p.is_file()]

    def add_recent(self, path: Path) -> None:
        """Put a file at the top of the recent ones."""
        others = [p for p in self.recent if p != path]
        self.store.setValue("recent", [str(p) for p in [path, *others][:MOST_RECENT]])

    def clear_recent(self) -> None:
        """Forget the recent files."""
        self.store.setValue("recent", [])

    def lesson_stop(self, slug: str) -> str:
        """The stop at which a lesson was left; "" if it was never begun."""
        return self._text(f"lessons/{slug}/at", "")

    def stops_reached(self, slug: str) -> frozenset[str]:
        """The stops of a lesson that were ever reached."""
        return self.marks(slug, "reached")

    def reach_stop(self, slug: str, stop: str) -> bool:
        """Write down that a lesson is at a stop; whether that was reached for the first time."""
        self.store.setValue(f"lessons/{slug}/at", stop)
        return self.add_mark(slug, "reached", stop)

    def marks(self, slug: str, kind: str) -> frozenset[str]:
        """The stops or questions of a lesson that have a mark of this kind."""
        return frozenset(self._text(f"lessons/{slug}/{kind}", "").split())

    def add_mark(self, slug: str, kind: str, name: str) -> bool:
        """Mark a stop or question for good; whether it is the first time."""
        marked = self.marks(slug, kind)
        if name in marked:
            return False
        self.store.setValue(f"lessons/{slug}/{kind}", " ".join(sorted({*marked, name})))
        return True

    def practised(self) -> str:
        """The lesson whose closing question was asked last; "" at the first start."""
        return self._text("practice/at", "")

    def set_practised(self, slug: str) -> None:
        """Keep which question is asked."""
        self.store.setValue("practice/at", slug)

    def answer(self, slug: str) -> str:
        """What was answered to the closing question of a lesson; "" for nothing."""
        return self._text(f"practice/answers/{slug}", "")

    def keep_answer(self, slug: str, text: str) -> None:
        """Keep an answer, or forget it where it is empty."""
        if text:
            self.store.setValue(f"practice/answers/{slug}", text)
        else:
            self.store.remove(f"practice/answers/{slug}")

    def size(self) -> tuple[int, int] | None:
        """The window's size when it was last closed; None at the first start."""
        width, height = self.width("window", 0), self.width("window height", 0)
        return (width, height) if width and height else None

    def set_size(self, width: int, height: int) -> None:
        """Keep the window's size."""
        self.set_width("window", width)
        self.set_width("window height", height)
