"""A plot inside a lesson, live: it follows the numbers and the place like the panel's own."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from app.document import Document
from app.keys import press_keys
from app.texts import Texts
from app.theme import Look
from app.views.parts.canvas import Canvas
from app.views.parts.followed import Followed
from app.views.parts.plots import plots
from engine.course import Stop


class Inset(Followed, QFrame):
    """The plot of a stop with its name, what it shows, and the way to the Plot panel.

    Signals:
        wanted(str): the plot of that name is to be shown large.
    """

    wanted = Signal(str)

    def __init__(
        self, stop: Stop, document: Document, look: Look, texts: Texts, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.name = stop.plot
        self.numbers = stop.charts
        self.document = document
        self.look = look
        self.texts = texts
        self.setObjectName("inset")
        self.title = QLabel(self)
        self.about = QLabel(self)
        self.canvas = Canvas(look, self)
        self.canvas.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        # The wheel scrolls the text, and a click can't drag the axes about.
        self.canvas.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.large = QPushButton(self)
        press_keys(self.large)
        self.large.clicked.connect(self._on_large)
        self.rows = QVBoxLayout(self)
        for label in (self.title, self.about):
            label.setWordWrap(True)
            self.rows.addWidget(label)
        self.rows.addWidget(self.canvas)
        self.rows.addWidget(self.large, 0, Qt.AlignmentFlag.AlignLeft)
        self.follow(document)

    def refresh(self) -> None:
        """Tell it anew: look or language may be others."""
        look = self.look
        plot = next(p for p in plots() if p.name == self.name)
        self.rows.setContentsMargins(*(4 * [look.px(8)]))
        self.rows.setSpacing(look.px(4))
        self.title.setText(plot.title)
        self.title.setFont(look.font(13, strong=True))
        self.about.setText(plot.about)
        self.about.setFont(look.font(12))
        self.about.setStyleSheet(f"color: {look.theme.faint};")
        self.large.setText(self.tr("Open in the Plot panel"))
        self.large.setFont(look.font(13))
        self.canvas.restyle()
        self._on_changed()

    def draw(self) -> None:
        """Draw the plot for the numbers and the place there are now."""
        self.is_stale = False
        plot = next(p for p in plots() if p.name == self.name)
        made = enumerate(plot.make(self.document, self.texts), start=1)
        charts = [c for number, c in made if not self.numbers or number in self.numbers]
        self.canvas.setVisible(bool(charts))
        self.canvas.show_charts(charts, self.width() - self.look.px(80))

    def _on_large(self) -> None:
        self.wanted.emit(self.name)
