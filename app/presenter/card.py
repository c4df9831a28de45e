"""The arithmetic in the hall, on a card; in a comparison that of both sides."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.document import Document
from app.presenter.answers import Answers
from app.seen import Seen
from app.theme import Look
from app.views.arithmetic import OtherLine, tell_side
from app.views.parts.line import Line
from app.views.parts.painting import paint_card
from engine import moves

LINES = 2


class Card(QWidget):
    """The line of the number asked; in a comparison A's above B's."""

    def __init__(self, document: Document, answers: Answers, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self.document, self.answers, self.look = document, answers, look
        self.tag = QLabel(self)
        self.line = Line(document, look, self)
        self.there = OtherLine(document, look, self)
        self.row = QHBoxLayout()
        self.row.setSpacing(0)
        self.row.addWidget(self.tag, 0, Qt.AlignmentFlag.AlignTop)
        self.row.addWidget(self.line, 1)
        self.pinned, self.pinned_there = QLabel(self), QLabel(self.there)
        self.row.addWidget(self.pinned, 0, Qt.AlignmentFlag.AlignTop)
        self.there.row.addWidget(self.pinned_there, 0, Qt.AlignmentFlag.AlignTop)
        self.rows = QVBoxLayout(self)
        self.rows.setSpacing(0)
        self.rows.addLayout(self.row)
        self.rows.addWidget(self.there)
        document.sides_changed.connect(self.arrange)
        self.arrange()

    def arrange(self) -> None:
        """A's line above B's, whichever is active; alone a line may break into two."""
        is_comparing = self.document.is_comparing
        self.rows.removeItem(self.row)
        self.rows.removeWidget(self.there)
        self.rows.addLayout(self.row)
        self.rows.insertWidget(0 if self.document.is_b else 1, self.there)
        self.line.set_lines(LINES - is_comparing)
        self.there.line.set_lines(1)
        self.tag.setVisible(is_comparing)
        self.refresh()

    def refresh(self) -> None:
        """What follows the walk and the look."""
        px = self.look.px
        self.rows.setContentsMargins(px(14), px(5), px(14), px(2))
        tell_side(self.tag, self.look, is_b=self.document.is_b, is_strong=True)
        is_asked_first = self.document.cursor.path in self.document.kept_back
        for line, note, is_other in (
            (self.line, self.pinned, False),
            (self.there.line, self.pinned_there, True),
        ):
            is_secret = is_asked_first or self.answers.is_result_secret(is_other=is_other)
            line.keep_secret(is_secret)
            has_other = self.document.is_comparing and self.there.glance.has_number
            self._note(note, line, is_there=has_other if is_other else True)
        # The line is hidden where there is no such number; what says so is as high.
        self.there.none.setFixedHeight(round(self.there.line.line_height))
        self.setVisible(self.document.cursor.depth != moves.BLOCK)

    def _note(self, note: QLabel, line: Line, *, is_there: bool) -> None:
        """Say of a number that was set by hand why nothing leads to it."""
        is_told = is_there and not line.is_result_secret
        note.setVisible(is_told and self._is_pinned(line.document))
        note.setText(self.tr("pinned by you"))
        note.setFont(self.look.font(13))
        note.setFixedHeight(round(line.line_height))
        note.setStyleSheet(f"color: {self.look.theme.faint};")

    @staticmethod
    def _is_pinned(seen: Seen) -> bool:
        at = seen.number
        return at.working < 0 and (at.row, at.column) in seen.pins(at.path)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A rounded card."""
        paint_card(self, self.rect().adjusted(0, 0, -1, -1), self.look)
