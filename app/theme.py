"""Colours, fonts and sizes: the one place that knows how anything looks."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QFont, QPalette

from app.face import Face

SANS, SERIF, HAN = "Stepformer Sans", "Stepformer Math", "Stepformer Han"

Rgb = tuple[int, int, int]


@dataclass(frozen=True)
class Theme:
    """One set of colours. Roles are those of the engine's matrices."""

    name: str
    window: str
    card: str
    line: str
    ink: str
    faint: str
    accent: str  # the selected number, the result
    here: str  # where the learner stands
    here_line: str
    done: str
    done_line: str
    to_come: str
    link: str
    negative: Rgb
    zero: Rgb
    positive: Rgb
    share_low: Rgb
    share_high: Rgb
    hatch: str
    cell_dark: str
    cell_light: str
    roles: dict[str, str]

    def role(self, role: str) -> str:
        """The colour of a symbol; a role without one has the ink's."""
        return self.roles.get(role, self.ink)


LIGHT = Theme(
    name="light",
    window="#f5f4f0",
    card="#ffffff",
    line="#dedcd4",
    ink="#1d1f27",
    faint="#62656f",
    accent="#c81e12",
    here="#fde9b6",
    here_line="#b97d05",
    done="#e0f0e9",
    done_line="#8fbfab",
    to_come="#efeee9",
    link="#1559a8",
    negative=(76, 129, 201),
    zero=(253, 252, 249),
    positive=(232, 147, 72),
    share_low=(252, 253, 252),
    share_high=(31, 132, 120),
    hatch="#b9b6ac",
    cell_dark="#000000",  # only black and white leave no shade between them below 4.5
    cell_light="#ffffff",
    roles={
        "query": "#6b3fb5",
        "key": "#b04a08",
        "value": "#0b62a6",
        "weight": "#0a6f63",
        "mask": "#5d5f66",
        "position": "#8a3c78",
        "embedding": "#4c6410",
    },
)

DARK = replace(
    LIGHT,
    name="dark",
    window="#17181d",
    card="#212329",
    line="#3a3d46",
    ink="#eceef2",
    faint="#a3a8b4",
    accent="#ff8a7a",
    here="#4a3a10",
    here_line="#e3ad3c",
    done="#1f3a31",
    done_line="#4f8a74",
    to_come="#2a2c33",
    link="#8ab8f5",
    negative=(62, 116, 190),
    zero=(40, 42, 49),
    positive=(208, 121, 44),
    share_low=(38, 41, 47),
    share_high=(60, 176, 158),
    hatch="#5b5f69",
    roles={
        "query": "#bb9cf5",
        "key": "#f0a06a",
        "value": "#7fbdf2",
        "weight": "#63d0bd",
        "mask": "#a9adb7",
        "position": "#e29ad0",
        "embedding": "#b9cf73",
    },
)

THEMES = {t.name: t for t in (LIGHT, DARK)}

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
        self._faces: dict[tuple[bool, int, QFont.Weight], Face] = {}
        self._colors: dict[str, QColor] = {}

    def set_theme(self, name: str) -> None:
        """Choose a theme by its name; an unknown one is the light one."""
        self.theme = THEMES.get(name, LIGHT)
        self.changed.emit()

    def set_zoom(self, percent: int) -> None:
        """Text size in percent, 100 to 300."""
        self.zoom = min(max(percent, ZOOMS[0]), ZOOMS[-1])
        self.changed.emit()

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
        weight = QFont.Weight.DemiBold if strong else QFont.Weight.Normal
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
        is_role = name.startswith("role:")
        value = self.theme.role(name[5:]) if is_role else str(getattr(self.theme, name))
        found = self._colors.get(value)
        if found is None:
            found = self._colors[value] = QColor(value)
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


def style_sheet(look: Look) -> str:
    """The few things a palette can't say."""
    t, px = look.theme, look.px
    return f"""
    QToolTip {{ color: {t.ink}; background: {t.card}; border: 1px solid {t.line};
        padding: {px(4)}px; }}
    QToolButton, QPushButton {{
        color: {t.ink}; background: {t.card}; border: 1px solid {t.line};
        border-radius: {px(6)}px; padding: {px(3)}px {px(8)}px; }}
    QToolButton:hover, QPushButton:hover {{ border-color: {t.faint}; }}
    QToolButton:focus, QPushButton:focus, QLineEdit:focus, QCheckBox:focus {{
        border: 2px solid {t.here_line}; }}
    QToolButton:checked {{ background: {t.here}; border-color: {t.here_line}; }}
    QToolButton:disabled, QPushButton:disabled {{ color: {t.faint}; background: {t.window}; }}
    QToolButton::menu-indicator {{ image: none; }}
    QToolBar {{ border: none; border-bottom: 1px solid {t.line}; spacing: {px(6)}px;
        padding: {px(4)}px; }}
    QSplitter::handle {{ background: {t.line}; }}
    QScrollArea, QTextBrowser {{ border: none; background: transparent; }}
    #explain {{ border: 2px solid transparent; border-radius: {px(6)}px; }}
    #explain:focus {{ border-color: {t.here_line}; }}
    QTabWidget::pane {{ border: none; }}
    QTabBar::tab {{ color: {t.ink}; background: {t.card}; border: 1px solid {t.line};
        border-radius: {px(6)}px; padding: {px(4)}px {px(10)}px; margin: {px(2)}px; }}
    QTabBar::tab:selected {{ background: {t.ink}; color: {t.card}; }}
    QTabBar::tab:focus {{ border: 2px solid {t.here_line}; }}
    QScrollBar {{ background: transparent; border: none; margin: 0; }}
    QScrollBar:vertical {{ width: {px(10)}px; }}
    QScrollBar:horizontal {{ height: {px(10)}px; }}
    QScrollBar::handle {{ background: {t.line}; border-radius: {px(4)}px; margin: {px(1)}px; }}
    QScrollBar::handle:vertical {{ min-height: {px(24)}px; }}
    QScrollBar::handle:horizontal {{ min-width: {px(24)}px; }}
    QScrollBar::handle:hover {{ background: {t.faint}; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
    QStatusBar {{ border-top: 1px solid {t.line}; }}
    """
