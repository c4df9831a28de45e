"""Interview practice: a closing question at random, one's own answer, then a model answer."""

from __future__ import annotations

import random

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import (
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.keys import keep_keys, press_keys
from app.library import Book, closing
from app.symbols import rich
from app.theme import Look
from app.tour import Tour
from app.views.parts.area import Area
from app.views.parts.live import Live
from app.views.parts.passage import Passage
from engine.course import Visit


class PracticePage(QWidget):
    """Draws the closing questions of all lessons, each once before one comes again.

    What is answered is kept, also for the next start, until it is taken away.

    Signals:
        contents_wanted: back to the list of lessons.
    """

    contents_wanted = Signal()

    def __init__(self, tour: Tour, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self.tour = tour
        self.look = look
        self.random = random.Random()
        self.left: list[str] = []
        self.slug = ""
        self.column = QVBoxLayout(self)
        self.home = self._button()
        self.home.clicked.connect(self.contents_wanted)
        self.column.addWidget(self.home, 0, Qt.AlignmentFlag.AlignLeft)
        self.area = Area(self)
        self.area.setObjectName("practice text")
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.column.addWidget(self.area, 1)
        self._add_inner()
        for signal in (tour.shelf_changed, look.changed):
            signal.connect(self.refresh)

    def _button(self) -> QPushButton:
        button = QPushButton(self)
        press_keys(button)
        return button

    def _add_inner(self) -> None:
        inner = QWidget(self.area)
        self.rows = QVBoxLayout(inner)
        self.heading = QLabel(inner)
        self.heading.setWordWrap(True)
        self.heading.setTextFormat(Qt.TextFormat.RichText)
        self.asked = Passage(self.look, inner)
        self.field = QPlainTextEdit(inner)
        self.field.setTabChangesFocus(True)
        keep_keys(self.field)
        self.model_title = QLabel(inner)
        self.model = Passage(self.look, inner)
        for passage in (self.asked, self.model):
            passage.followed.connect(self._on_followed)
        self.show_model, self.proof, self.another, self.over = (self._button() for _ in range(4))
        self.field.textChanged.connect(self._on_typed)
        self.over.clicked.connect(self._on_over)
        self.show_model.clicked.connect(self._on_show)
        self.proof.clicked.connect(self._on_proof)
        self.another.clicked.connect(self.draw)
        for widget in (self.heading, self.asked, self.field):
            self.rows.addWidget(widget)
        # The last: it comes with the first letter, and must push no other from under the mouse.
        for button in (self.show_model, self.another, self.over):
            self.rows.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        for widget in (self.model_title, self.model):
            self.rows.addWidget(widget)
        self.rows.addWidget(self.proof, 0, Qt.AlignmentFlag.AlignLeft)
        self.rows.addStretch()
        self.area.setWidget(inner)

    def draw(self) -> None:
        """Another question, with room for another answer."""
        known = [b.lesson.slug for b in self.tour.books]
        self.left = [slug for slug in self.left if slug in known]
        if not self.left:
            self.left = [s for s in known if s != self.slug] or known
            self.random.shuffle(self.left)
        self._ask(self.left.pop())

    def resume(self) -> None:
        """Go on where an answer was begun, now or before the last start; else draw a question."""
        slug = self.slug or self.tour.settings.practised()
        if self.tour.book_of(slug) is None or not self.tour.settings.answer(slug):
            self.draw()
        elif slug != self.slug:
            self._ask(slug)
        else:
            self.field.setFocus()

    def _ask(self, slug: str) -> None:
        self.slug = slug
        self.tour.settings.set_practised(slug)
        self.field.setPlainText(self.tour.settings.answer(slug))
        self.field.moveCursor(QTextCursor.MoveOperation.End)
        self._fold(is_shown=False)
        self.refresh()
        self.field.setFocus()

    def _on_typed(self) -> None:
        text = self.field.toPlainText()
        self.tour.settings.keep_answer(self.slug, text)
        self.over.setVisible(bool(text))

    def _on_over(self) -> None:
        """As if it had never been answered; Ctrl+Z in the field brings the answer back."""
        whole = self.field.textCursor()
        whole.select(QTextCursor.SelectionType.Document)
        whole.removeSelectedText()
        self._fold(is_shown=False)
        self.field.setFocus()

    def _fold(self, *, is_shown: bool) -> None:
        for widget in (self.model_title, self.model, self.proof):
            widget.setVisible(is_shown)
        self.show_model.setEnabled(not is_shown)

    @property
    def book(self) -> Book | None:
        """The lesson whose closing question is asked."""
        return self.tour.book_of(self.slug)

    def refresh(self) -> None:
        """Look or language may be others."""
        found, look = self.book, self.look
        if found is None:
            return
        self.column.setContentsMargins(*(4 * [look.px(8)]))
        self.rows.setSpacing(look.px(10))
        lesson = found.lesson
        visit = Visit(lesson, len(lesson.stops) - 1, lesson.stops[-1].sizes[0])
        teller = Live(visit, visit, look)
        asked, answer = closing(found)
        self.heading.setFont(look.font(17, bold=True))
        self.heading.setText(rich(found.heading(len(lesson.stops) - 1)))
        self.asked.tell(asked, teller)
        self.model.tell(answer, teller)
        self._show_words(found)

    def _show_words(self, found: Book) -> None:
        look = self.look
        self.home.setText(self.tr("Lessons"))
        self.field.setPlaceholderText(self.tr("Your answer, in your own words. Nobody judges it."))
        self.field.setAccessibleName(self.tr("Your answer"))
        self.field.setFixedHeight(look.px(130))
        self.show_model.setText(self.tr("Show a model answer"))
        self.another.setText(self.tr("Another question"))
        self.over.setText(self.tr("Start over"))
        self.over.setToolTip(self.tr("Takes your answer away; until then it is kept"))
        self.proof.setText(self.tr("The lesson that shows it"))
        self.proof.setToolTip(found.title)
        self.model_title.setText(self.tr("Model answer"))
        self.model_title.setFont(look.font(14, bold=True))
        for widget in (self.home, self.field, self.show_model, self.another, self.proof, self.over):
            widget.setFont(look.font(13))

    def _on_show(self) -> None:
        self._fold(is_shown=True)
        self.refresh()

    def _on_proof(self) -> None:
        self.tour.start(self.slug, 0)

    def _on_followed(self, kind: str, target: str) -> None:
        """A link leads into the lesson, where it can be followed."""
        if kind in {"lesson", "stop"}:
            slug = target if kind == "lesson" else self.slug
            self.tour.start(slug, 0)
            if kind == "stop":
                self.tour.go_to_id(target)
