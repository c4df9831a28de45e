"""The style sheet: the few things that a palette can't say."""

from __future__ import annotations

from app.paths import RESOURCES
from app.theme import Look


def style_sheet(look: Look) -> str:
    """How Qt's own controls look in the theme and the text size in force."""
    return _buttons(look) + _fields(look) + _panels(look) + _bars(look)


def _icon(look: Look, name: str, *, is_inverse: bool = False) -> str:
    """The address of a small picture, in light or in dark."""
    ink = "light" if look.theme.is_dark != is_inverse else "dark"
    return (RESOURCES / "icons" / f"{name}-{ink}.svg").as_posix()


def _buttons(look: Look) -> str:
    t, px = look.theme, look.px
    return f"""
    QToolButton, QPushButton {{
        color: {t.ink}; background: {t.card}; border: 1px solid {t.line};
        border-radius: {px(6)}px; padding: {px(3)}px {px(8)}px; }}
    QToolButton:hover, QPushButton:hover {{ border-color: {t.faint}; }}
    QToolButton:checked, QPushButton:checked {{
        background: {t.here}; border-color: {t.here_line}; }}
    QToolButton:focus, QPushButton:focus {{ border: 2px solid {t.here_line}; }}
    QToolButton:disabled, QPushButton:disabled {{ color: {t.faint}; background: {t.window}; }}
    QToolButton::menu-indicator {{ image: none; }}
    QDialogButtonBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
    """


def _fields(look: Look) -> str:
    """What can be ticked or typed into; Fusion's own outlines vanish on dark grounds."""
    t, px = look.theme, look.px
    return f"""
    QCheckBox, QRadioButton {{ border: 2px solid transparent; border-radius: {px(5)}px;
        padding: {px(1)}px {px(3)}px; spacing: {px(7)}px; }}
    QCheckBox:focus, QRadioButton:focus {{ border-color: {t.here_line}; }}
    QCheckBox::indicator, QRadioButton::indicator, QGroupBox::indicator {{
        width: {px(12)}px; height: {px(12)}px;
        border: {max(2, px(1.6))}px solid {t.outline}; background: {t.card}; }}
    QCheckBox::indicator, QGroupBox::indicator {{ border-radius: {px(3)}px; }}
    QRadioButton::indicator {{ border-radius: {px(13) // 2 + 1}px; }}
    QCheckBox::indicator:checked, QGroupBox::indicator:checked {{
        background: {t.ink}; border-color: {t.ink};
        image: url({_icon(look, "tick", is_inverse=True)}); }}
    QRadioButton::indicator:checked {{ border-color: {t.ink};
        background: qradialgradient(cx: 0.5, cy: 0.5, radius: 0.5, fx: 0.5, fy: 0.5,
            stop: 0 {t.ink}, stop: 0.5 {t.ink}, stop: 0.6 {t.card}, stop: 1 {t.card}); }}
    QCheckBox::indicator:disabled, QGroupBox::indicator:disabled {{ border-color: {t.line}; }}
    QCheckBox:disabled, QRadioButton:disabled {{ color: {t.faint}; }}
    QLineEdit, QSpinBox, QDoubleSpinBox {{
        color: {t.ink}; background: {t.card}; border: 1px solid {t.outline};
        border-radius: {px(5)}px; padding: {px(3)}px {px(5)}px;
        selection-background-color: {t.here_line}; selection-color: #14161c; }}
    QSpinBox, QDoubleSpinBox {{ min-height: {px(18)}px; }}
    QSpinBox QLineEdit, QDoubleSpinBox QLineEdit {{ border: none; background: transparent; }}
    QLineEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus {{ border: 2px solid {t.here_line}; }}
    QSpinBox::up-button, QDoubleSpinBox::up-button,
    QSpinBox::down-button, QDoubleSpinBox::down-button {{
        subcontrol-origin: border; width: {px(20)}px; border: none; background: transparent; }}
    QSpinBox::up-button, QDoubleSpinBox::up-button {{ subcontrol-position: top right; }}
    QSpinBox::down-button, QDoubleSpinBox::down-button {{ subcontrol-position: bottom right; }}
    QSpinBox::up-arrow, QDoubleSpinBox::up-arrow {{ width: {px(10)}px; height: {px(10)}px;
        image: url({_icon(look, "up")}); }}
    QSpinBox::down-arrow, QDoubleSpinBox::down-arrow {{ width: {px(10)}px; height: {px(10)}px;
        image: url({_icon(look, "down")}); }}
    """


def _panels(look: Look) -> str:
    t, px = look.theme, look.px
    return f"""
    QToolTip {{ color: {t.ink}; background: {t.card}; border: 1px solid {t.outline};
        padding: {px(4)}px; }}
    QMenu {{ border: 1px solid {t.outline}; }}
    QSplitter::handle {{ background: {t.line}; }}
    QScrollArea, QTextBrowser {{ border: none; background: transparent; }}
    QGraphicsView {{ border: 2px solid transparent; }}
    QScrollArea:focus, QTextBrowser:focus, QGraphicsView:focus {{
        border: 2px solid {t.here_line}; }}
    #explain {{ border: 2px solid transparent; border-radius: {px(6)}px; }}
    #asking, #inset {{ background: {t.card}; border: 1px solid {t.line};
        border-radius: {px(8)}px; }}
    #evidence {{ background: {t.card}; border-left: 3px solid {t.done_line};
        padding: {px(6)}px; }}
    QListWidget, QPlainTextEdit {{ color: {t.ink}; background: {t.card};
        border: 1px solid {t.outline}; border-radius: {px(6)}px; }}
    QListWidget:focus, QPlainTextEdit:focus {{ border: 2px solid {t.here_line}; }}
    QListWidget::item {{ padding: {px(5)}px; border-radius: {px(5)}px; }}
    QListWidget::item:selected {{ background: {t.here}; color: {t.ink}; }}
    Passage:focus {{ border: 1px solid {t.here_line}; border-radius: {px(4)}px; }}
    #explain:focus {{ border-color: {t.here_line}; }}
    QTabWidget::pane {{ border: none; }}
    QTabBar::tab {{ color: {t.ink}; background: {t.card}; border: 1px solid {t.line};
        border-radius: {px(6)}px; padding: {px(4)}px {px(10)}px; margin: {px(2)}px; }}
    QTabBar::tab:selected {{ background: {t.ink}; color: {t.card}; }}
    QTabBar::tab:focus {{ border: 2px solid {t.here_line}; }}
    """


def _bars(look: Look) -> str:
    t, px = look.theme, look.px
    return f"""
    QToolBar {{ border: none; border-bottom: 1px solid {t.line}; spacing: {px(6)}px;
        padding: {px(4)}px; }}
    QStatusBar {{ border-top: 1px solid {t.line}; }}
    QScrollBar {{ background: transparent; border: none; margin: 0; }}
    QScrollBar:vertical {{ width: {px(10)}px; }}
    QScrollBar:horizontal {{ height: {px(10)}px; }}
    QScrollBar::handle {{ background: {t.line}; border-radius: {px(4)}px; margin: {px(1)}px; }}
    QScrollBar::handle:vertical {{ min-height: {px(24)}px; }}
    QScrollBar::handle:horizontal {{ min-width: {px(24)}px; }}
    QScrollBar::handle:hover {{ background: {t.faint}; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
    """
