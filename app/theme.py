"""Look: the theme, the text size and the decimals in force."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QFont, QPalette

from app.face import Face
from app.palettes import LIGHT, THEMES

SANS, SERIF, HAN = "Stepformer Sans", "Stepformer Math", "Stepformer Han"

HAN_LANGUAGES = ("zh", "ja")

THICK_FROM = 12
"""Pixels from which Chinese can be thickened: smaller, its strokes run into each other."""

ZOOMS = (100, 110, 125, 150, 175, 200, 250, 300)


class Look(QObject):
    """The theme and the zoom in force.

    Signals:
        changed: theme, zoom or digits are others now; draw anew.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.theme = LIGHT
        self.zoom = 100
        self.digits = 2
        self.strong_weight = QFont.Weight.DemiBold
        self._faces: dict[tuple[bool, int, QFont.Weight], Face] = {}
        self._colors: dict[tuple[str, str], QColor] = {}

    def set_theme(self, name: str) -> None:
        """Choose a theme by its name; an unknown one is the light one."""
        self.theme = THEMES.get(name, LIGHT)
        self.changed.emit()

    def set_zoom(self, percent: int) -> None:
        """Text size in percent, 100 to 300."""
        self.zoom = min(max(percent, ZOOMS[0]), ZOOMS[-1])
        self.changed.emit()

    def speak(self, language: str) -> bool:
        """Take the weight of what stands out for a language; whether it is another now.

        The Chinese font has one weight, and Qt thickens it for bold, but not for a little less.
        """
        before, is_han = self.strong_weight, language.startswith(HAN_LANGUAGES)
        self.strong_weight = QFont.Weight.Bold if is_han else QFont.Weight.DemiBold
        return self.strong_weight != before

    def zoom_by(self, steps: int) -> None:
        """The next larger or smaller text size."""
        nearest = min(range(len(ZOOMS)), key=lambda i: abs(ZOOMS[i] - self.zoom))
        self.set_zoom(ZOOMS[min(max(nearest + steps, 0), len(ZOOMS) - 1)])

    def px(self, pixels: float) -> int:
        """A length at 100% brought to the zoom in force."""
        return max(1, round(pixels * self.zoom / 100))

    def font(self, pixels: float = 13, *, bold: bool = False, strong: bool = False) -> QFont:
        """The text font; figures in it are all equally wide."""
        return self.face(pixels, bold=bold, strong=strong).font

    def face(self, pixels: float = 13, *, bold: bool = False, strong: bool = False) -> Face:
        """The text font with its measures."""
        is_smeared = self.strong_weight == QFont.Weight.Bold and self.px(pixels) < THICK_FROM
        weight = self.strong_weight if strong and not is_smeared else QFont.Weight.Normal
        return self._face(False, pixels, QFont.Weight.Bold if bold else weight)

    def symbol_face(self, pixels: float) -> Face:
        """The font of matrix symbols, a bold serif italic, with its measures."""
        return self._face(True, pixels, QFont.Weight.Bold)

    def _face(self, is_symbol: bool, pixels: float, weight: QFont.Weight) -> Face:
        # Kept by what they are made from, so that no change of zoom makes them stale.
        key = (is_symbol, self.px(pixels), weight)
        found = self._faces.get(key)
        if found is None:
            font = QFont([SERIF, SANS, HAN] if is_symbol else [SANS, SERIF, HAN])
            font.setPixelSize(key[1])
            if is_symbol:
                font.setItalic(True)
            if weight != QFont.Weight.Normal:
                font.setWeight(weight)
            found = self._faces[key] = Face(font)
        return found

    def color(self, name: str) -> QColor:
        """A colour of the theme by its field's name, or of a role as "role:query"."""
        key = (self.theme.name, name)
        found = self._colors.get(key)
        if found is None:
            is_role = name.startswith("role:")
            value = self.theme.role(name[5:]) if is_role else str(getattr(self.theme, name))
            found = self._colors[key] = QColor(value)
        return found

    def palette(self) -> QPalette:
        """Qt's palette in the theme's colours."""
        theme, palette = self.theme, QPalette()
        role = QPalette.ColorRole
        colors = {
            role.Window: theme.window,
            role.WindowText: theme.ink,
            role.Base: theme.card,
            role.AlternateBase: theme.window,
            role.Text: theme.ink,
            role.Button: theme.card,
            role.ButtonText: theme.ink,
            role.ToolTipBase: theme.card,
            role.ToolTipText: theme.ink,
            role.PlaceholderText: theme.faint,
            role.Highlight: theme.here,
            role.HighlightedText: theme.ink,
            role.Link: theme.link,
            role.Mid: theme.line,
            role.Midlight: theme.line,
            role.Light: theme.card,
            role.Dark: theme.line,
            role.Shadow: theme.line,
        }
        for which, value in colors.items():
            palette.setColor(which, QColor(value))
        gone = QPalette.ColorGroup.Disabled
        for which in (role.WindowText, role.Text, role.ButtonText):
            palette.setColor(gone, which, QColor(theme.faint))
        return palette
