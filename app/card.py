"""The first thing on the screen: a card that stands until the window does."""

from __future__ import annotations

import sys

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from app.palettes import Theme

WIDTH, HEIGHT = 380, 150
CELLS = ((0.9, 0.3, 0.1), (0.2, 0.7, 0.4), (0.1, 0.5, 1.0))
"""How strong the cells of the little matrix are."""


def begin() -> QApplication:
    """The one QApplication, with a style that all systems share."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        QCoreApplication.setApplicationName("Stepformer")
        QCoreApplication.setOrganizationName("stepformer")
        app = QApplication(sys.argv[:1])
    app.setStyle("Fusion")
    return app


def system_theme() -> str:
    """The theme that comes closest to the system's wishes."""
    hints = QGuiApplication.styleHints()
    if hasattr(hints, "accessibility"):  # from Qt 6.10 on
        wish = hints.accessibility().contrastPreference()
        if wish == Qt.ContrastPreference.HighContrast:
            return "contrast"
    return "dark" if hints.colorScheme() == Qt.ColorScheme.Dark else "light"


class Card(QWidget):
    """A small card with the program's name, painted before anything large is loaded."""

    def __init__(self, theme: Theme, zoom: int = 100) -> None:
        super().__init__(None, Qt.WindowType.SplashScreen | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName("Stepformer")
        self.theme = theme
        self.factor = zoom / 100
        self.resize(round(WIDTH * self.factor), round(HEIGHT * self.factor))
        room = QGuiApplication.primaryScreen().availableGeometry()
        self.move(room.center() - self.rect().center())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A matrix between brackets, and the name."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self.theme.card))
        painter.setPen(QColor(self.theme.line))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.scale(self.factor, self.factor)
        self._paint_matrix(painter)
        font = QFont()
        font.setPixelSize(32)
        font.setBold(True)
        painter.setFont(font)
        room = QRectF(156, 0, WIDTH - 156, HEIGHT)
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), "Stepformer")
        painter.end()

    def _paint_matrix(self, painter: QPainter) -> None:
        low, high = self.theme.share_low, self.theme.share_high
        for row, shares in enumerate(CELLS):
            for column, share in enumerate(shares):
                mixed = (round(a + (b - a) * share) for a, b in zip(low, high, strict=True))
                place = QRectF(44 + 26 * column, 37 + 26 * row, 25, 25)
                painter.fillRect(place, QColor(*mixed))
        painter.setPen(QColor(self.theme.ink))
        for x, inward in ((38, 5), (128, -5)):
            painter.drawPolyline(
                [QPointF(x + inward, 32), QPointF(x, 32), QPointF(x, 118), QPointF(x + inward, 118)]
            )
