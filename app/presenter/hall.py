"""The window that fills the screen in a lecture hall: where one is, the stage, the arithmetic."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction, QCloseEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.desk import Desk
from app.hall_keys import KEYS, short_sheet
from app.presenter.answers import Answers
from app.presenter.board import Board
from app.presenter.card import Card
from app.theme import Look
from app.views.heading import Heading

SIZES = (100, 115, 130, 150, 170, 200, 230, 260)
"""Text sizes in percent, for a screen 768 pixels high."""

USUAL = 170
LEAST, LARGEST = 11.0, 26.0
"""Digits at 100%: as large as the room allows, but no smaller and no larger than this."""

HEADING, FOOT = 0.85, 0.75
"""How large they are beside the arithmetic: the first is not read twice, the other is for one."""

SHARED = (
    *(
        "back",
        "into",
        "out",
        "to_end",
        "origin",
        "last_origin",
        "returned",
        "first",
        "last",
        "play",
    ),
    *("by_block", "by_step", "by_number", "by_operation"),
    *(
        "undo",
        "redo",
        "other_side",
        "next_word",
        "translate",
        "more_digits",
        "fewer_digits",
        "dark",
    ),
)
"""Actions of the main window that work here, too."""


class Hall(QWidget):
    """Shows the document as the main window does, with looks of its own: nothing there changes.

    Signals:
        left: it was closed.
        notes_wanted: show or hide the second window.
    """

    left = Signal()
    notes_wanted = Signal()

    def __init__(self, desk: Desk, actions: dict[str, QAction]) -> None:
        super().__init__(desk.window, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("hall")
        self.desk = desk
        self.forward = actions["forward"]
        self.size_ = desk.settings.whole("hall size", USUAL)
        self.look, self.stage_look = Look(self), Look(self)
        self.head_look, self.foot_look = Look(self), Look(self)
        self.answers = Answers(desk.document, self)
        self._make()
        self.own: dict[str, QAction] = {}
        for name, keys in KEYS.items():
            action = QAction(self)
            action.setShortcuts([QKeySequence(k) for k in keys])
            action.triggered.connect(getattr(self, f"on_{name}"))
            self.addAction(action)
            self.own[name] = action
        for name in SHARED:
            self.addAction(actions[name])
        desk.look.changed.connect(self._on_look)
        desk.document.cursor_changed.connect(self._on_moved)
        desk.document.model_changed.connect(self._on_moved)
        desk.document.trace_changed.connect(self._on_moved)
        desk.document.selection_changed.connect(self._on_moved)
        self.answers.changed.connect(self._on_moved)
        self._on_look()
        self.canvas.setFocus()

    def _make(self) -> None:
        desk = self.desk
        self.heading = Heading(desk.document, self.head_look, desk.texts, self)
        self.board = Board(desk, (self.stage_look, self.foot_look), self.answers, self)
        self.canvas = self.board.canvas
        self.card = Card(desk.document, self.answers, self.look, self)
        self.line = self.card.line
        self.keys, self.where = QLabel(self), QLabel(self)
        self.keys.setMinimumWidth(1)
        foot = QHBoxLayout()
        foot.addWidget(self.keys, 1)
        foot.addWidget(self.where)
        self.rows = QVBoxLayout(self)
        self.rows.addWidget(self.heading)
        self.rows.addWidget(self.board, 1)
        self.rows.addWidget(self.card)
        self.rows.addLayout(foot)
        self.curtain = QWidget(self)
        self.curtain.setObjectName("curtain")
        self.curtain.setStyleSheet("#curtain { background: #000000; }")
        self.curtain.hide()

    # The look

    def _on_look(self) -> None:
        """Theme and decimals are the window's, the size is the hall's own."""
        for look in (self.look, self.head_look, self.foot_look, self.stage_look):
            look.theme, look.digits = self.desk.look.theme, self.desk.look.digits
            look.strong_weight = self.desk.look.strong_weight
        self.answers.digits = self.desk.look.digits
        self.where.setStyleSheet(f"color: {self.look.theme.faint};")
        self._suit()
        self._tell()

    @property
    def of_screen(self) -> float:
        """How large the screen is beside that of 768 pixels."""
        return max(min(self.width() / 1024, self.height() / 768), 0.6)

    def _suit(self) -> None:
        """Words and digits of the hall's size.

        Words take of the digits' room, which alone would let digits shrink where all is to be
        larger: so they are first laid out as usual, and are from there no smaller, or no larger.
        """
        self._set_words(USUAL)
        unit = self.of_screen * 100 / self.stage_look.zoom
        least, largest = LEAST * unit / 100, LARGEST * unit / 100
        self.board.want(least * USUAL, largest * USUAL)
        if self.size_ == USUAL:
            return
        for layout in (self.heading.rows, self.card.rows, self.rows):
            layout.activate()
        usual = self.canvas.laid_out().pixels
        self._set_words(self.size_)
        if self.size_ > USUAL:
            wanted = max(usual, least * self.size_)
            self.board.want(wanted, wanted, usual)
        else:
            wanted = min(usual * self.size_ / USUAL, largest * self.size_)
            self.board.want(min(least * self.size_, wanted), wanted)

    def _set_words(self, size: int) -> None:
        # Beyond the usual size the digits grow, and the words around them half as much.
        words = min(size, USUAL) * max(size / USUAL, 1.0) ** 0.5 * self.of_screen
        for look, percent in (
            (self.look, words),
            (self.head_look, words * HEADING),
            (self.foot_look, words * FOOT),
            (self.stage_look, 100 * self.of_screen),
        ):
            look.set_zoom(round(percent))
        px = self.foot_look.px
        self.rows.setContentsMargins(px(14), px(8), px(14), px(6))
        self.rows.setSpacing(px(7))
        for label in (self.keys, self.where):
            label.setFixedHeight(round(self.foot_look.face(14).height))
        self.card.refresh()

    def _on_moved(self) -> None:
        """Another step has other digits, at the usual size and at this one."""
        if self.size_ != USUAL:
            self._suit()
        self._tell()

    def _tell(self) -> None:
        """What follows the walk: the foot, the secret, the light."""
        document = self.desk.document
        self.curtain.hide()
        self.card.refresh()
        paths = list(document.trace.steps)
        place = self.tr("step %1 of %2").replace("%1", str(paths.index(document.cursor.path) + 1))
        place = place.replace("%2", str(len(paths)))
        self.where.setText(place)
        is_waiting = self.answers.is_waiting()
        prompt = self.tr("What will it be?  Enter or PgDn shows it.") if is_waiting else ""
        if self.answers.is_asked_first:
            prompt = self.tr("The lesson asks first.  Enter shows it.")
        color = self.look.theme.accent if prompt else self.look.theme.faint
        self.keys.setStyleSheet(f"color: {color};")
        self._show_foot(prompt)

    def _show_foot(self, prompt: str) -> None:
        """What is asked, for all to read; else the keys, as far as there is room."""
        face = self.foot_look.face(14 if prompt else 11.5)
        for label in (self.keys, self.where):
            label.setFont(face.font)
        self.keys.setText(prompt or self.key_line())

    def key_line(self) -> str:
        """The keys, in one line for the foot."""
        return "   ".join(f"{key} {text}" for key, text in short_sheet())

    def resizeEvent(self, event: QEvent) -> None:
        """Letters are as large as the screen allows."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        self.curtain.setGeometry(self.rect())
        self._on_look()

    def changeEvent(self, event: QEvent) -> None:
        """Texts may be in another language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._on_moved()
        super().changeEvent(event)

    # What the keys do

    def on_next(self) -> None:
        """What is kept back is shown first; then it goes on."""
        if self.curtain.isVisible():
            self.curtain.hide()
        elif self.answers.is_waiting():
            self.on_reveal()
        else:
            self.forward.trigger()

    def on_reveal(self) -> None:
        """Show what is asked, as its lesson's *Show the answer* does, too."""
        if self.answers.is_asked_first and self.desk.is_in_lesson:
            self._answer_the_lesson()
        self.answers.reveal()

    def _answer_the_lesson(self) -> None:
        tour = self.desk.tour
        assert tour.visit is not None
        for question in tour.visit.stop.questions:
            if not tour.is_settled(question):
                tour.answer(question, None)
        tour.told_anew.emit()

    def on_next_stop(self) -> None:
        """The lesson's next stop; the window keeps the panel that it has."""
        if self.desk.is_in_lesson:
            self.desk.tour.next()

    def on_previous_stop(self) -> None:
        """The lesson's stop before."""
        if self.desk.is_in_lesson:
            self.desk.tour.back()

    def on_hide(self) -> None:
        """Keep answers back from now on, or no longer."""
        self.answers.toggle()

    def on_spotlight(self) -> None:
        """A light on the row, on the matrix, on nothing."""
        self.canvas.turn_spotlight()

    def on_blank(self) -> None:
        """Black, and back again."""
        self.curtain.setVisible(not self.curtain.isVisible())
        self.curtain.raise_()

    def on_larger(self) -> None:
        """Larger text."""
        self._resize_text(1)

    def on_smaller(self) -> None:
        """Smaller text."""
        self._resize_text(-1)

    def on_usual(self) -> None:
        """Text as the hall has it at first."""
        self._set_size(USUAL)

    def _resize_text(self, steps: int) -> None:
        nearest = min(range(len(SIZES)), key=lambda i: abs(SIZES[i] - self.size_))
        self._set_size(SIZES[min(max(nearest + steps, 0), len(SIZES) - 1)])

    def _set_size(self, percent: int) -> None:
        self.size_ = percent
        self.desk.settings.set_whole("hall size", percent)
        self._on_look()

    def on_notes(self) -> None:
        """The second window."""
        self.notes_wanted.emit()

    def on_leave(self) -> None:
        """Back to the main window."""
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Say so."""
        self.left.emit()
        event.accept()
