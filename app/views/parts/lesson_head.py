"""The head of a lesson's page: the ways out of it, its title, the model it is taken with."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.chooser import Chooser
from app.keys import keep_keys, press_keys
from app.symbols import rich
from app.theme import Look
from app.tour import Tour
from app.views.parts.button_row import ButtonRow


class LessonWays(ButtonRow):
    """Back to the list, and out of the lesson.

    Signals:
        contents_wanted: back to the list of lessons.
    """

    contents_wanted = Signal()

    def __init__(self, tour: Tour, look: Look, parent: QWidget) -> None:
        self.home, self.out = QPushButton(parent), QPushButton(parent)
        super().__init__((self.home, self.out), parent, is_spread=True)
        self.tour = tour
        self.look = look
        self.home.setObjectName("contents")
        self.out.setObjectName("leave lesson")
        self.home.clicked.connect(self.contents_wanted)
        self.out.clicked.connect(tour.leave)
        for button in (self.home, self.out):
            press_keys(button)

    def refresh(self) -> None:
        """Look, language or what waits may be others."""
        self.home.setText(self.tr("Lessons"))
        self.home.setToolTip(self.tr("The list of lessons; this one waits"))
        self.out.setText(self.tr("Leave lesson"))
        self.out.setToolTip(self._comes_back())
        for button in (self.home, self.out):
            button.setFont(self.look.font(13))
        self.arrange()

    def _comes_back(self) -> str:
        aside = self.tour.set_aside
        text = self.tr("Ends the lesson: “%1” comes back exactly as you left it.")
        name = aside.state.active.origin.title if aside is not None else ""
        return text.replace("%1", name or self.tr("untitled"))


class LessonHead(QWidget):
    """The lesson's title, and the model it is taken with; it scrolls with the text."""

    def __init__(self, tour: Tour, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self.tour = tour
        self.look = look
        self.title = QLabel(self)
        self.title.setWordWrap(True)
        self.title.setTextFormat(Qt.TextFormat.RichText)
        self.size_name = QLabel(self)
        self.sizes = Chooser(look, self)
        self.sizes.activated.connect(self._on_size)
        keep_keys(self.sizes)
        self.size_name.setBuddy(self.sizes)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.addWidget(self.title)
        self.size_row = QHBoxLayout()
        self.size_row.addWidget(self.size_name)
        self.size_row.addWidget(self.sizes, 1)
        self.column.addLayout(self.size_row)

    def refresh(self) -> None:
        """Stop, look or language may be others."""
        book, look = self.tour.book, self.look
        assert book is not None
        self.column.setSpacing(look.px(6))
        self.title.setText(rich(f"{book.lesson.order}. {book.title}"))
        for widget in (self.title, self.size_name, self.sizes):
            widget.setFont(look.font(13))
        for label in (self.title, self.size_name):
            label.setStyleSheet(f"color: {look.theme.faint}")
        self._show_sizes()

    def _show_sizes(self) -> None:
        assert self.tour.visit is not None
        names = {
            "small": self.tr("Small"),
            "medium": self.tr("Medium"),
            "large": self.tr("Large"),
        }
        sizes = self.tour.visit.stop.sizes
        for widget in (self.size_name, self.sizes):
            widget.setVisible(len(sizes) > 1)
        self.sizes.clear()
        for size in sizes:
            self.sizes.addItem(names.get(size, size), size)
        self.sizes.setCurrentIndex(self.sizes.findData(self.tour.visit.size))
        self.size_name.setText(self.tr("Model size:"))
        self.sizes.setAccessibleName(self.tr("Model size"))
        self.sizes.setToolTip(self.tr("The same stop with another model"))

    def _on_size(self) -> None:
        self.tour.choose_size(self.sizes.currentData())
