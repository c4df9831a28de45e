"""A question of a lesson: predict first, then the answer is shown."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.evidence import answer_text
from app.keys import keep_keys, press_keys
from app.numbers import Refusal, parse_number
from app.theme import Look
from app.views.parts.button_row import ButtonRow
from app.views.parts.choice import Choice
from app.views.parts.passage import Passage
from app.views.parts.writing import Teller
from engine.course import Answer, Asked, Block, Folded, Paragraph, Visit, Words, plain


class Asking(QFrame):
    """One question, its choices or a field for a number, and what is folded under it.

    Signals:
        answered(str, object): an answer was given to the question of that name.
        followed(str, str): a link was chosen.
    """

    answered = Signal(str, object)
    followed = Signal(str, str)

    def __init__(self, asked: Asked, visit: Visit, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self.asked = asked
        self.visit = visit
        self.look = look
        self.answer: Answer | None = None
        self.is_given_up = False
        self.setObjectName("asking")
        self.prompt = Passage(look, self, 14, is_bold=True)
        self.body = Passage(look, self)
        self.answer_text = Passage(look, self)
        self.group = QButtonGroup(self)
        self.choices: list[Choice] = []
        self.field: QLineEdit | None = None
        self.column = QVBoxLayout(self)
        self.column.addWidget(self.prompt)
        self.column.addWidget(self.body)
        self._add_controls()
        self._add_buttons()
        self.verdict = QLabel(self)
        self.verdict.setWordWrap(True)
        self.column.addWidget(self.verdict)
        self.column.addWidget(self.answer_text)
        for passage in (self.prompt, self.body, self.answer_text):
            passage.followed.connect(self.followed)

    def _add_controls(self) -> None:
        self.offers = self.visit.offers(self.asked.id)
        if not self.offers:
            self.field = QLineEdit(self)
            self.field.setMaximumWidth(self.look.px(160))
            self.field.returnPressed.connect(self._on_check)
            self.field.setAccessibleName(plain(self.asked.prompt))
            keep_keys(self.field)
            self.column.addWidget(self.field)
        for index, _ in enumerate(self.offers):
            choice = Choice(self.look, self)
            self.choices.append(choice)
            self.group.addButton(choice.button, index)
            self.column.addWidget(choice)

    def _add_buttons(self) -> None:
        self.check = QPushButton(self)
        self.check.clicked.connect(self._on_check)
        self.reveal = QPushButton(self)
        self.reveal.clicked.connect(self._on_reveal)
        for button in (self.check, self.reveal):
            press_keys(button)
        self.buttons = ButtonRow((self.check, self.reveal), self)
        self.column.addWidget(self.buttons)

    def give(self, answer: Answer | None, *, is_given_up: bool) -> None:
        """Show an answer that was given before, or that it was asked for."""
        self.answer, self.is_given_up = answer, is_given_up
        for index, offer in enumerate(self.offers):
            if offer.answer == answer:
                self.group.button(index).setChecked(True)

    def refresh(self, visit: Visit, teller: Teller) -> None:
        """Tell it anew: numbers, look or language may be others."""
        self.visit = visit
        look = self.look
        self.column.setContentsMargins(*(4 * [look.px(10)]))
        self.column.setSpacing(look.px(6))
        self.prompt.tell([Paragraph(self.asked.prompt, self.asked.line)], teller)
        body = [b for b in self.asked.blocks if not isinstance(b, Folded)]
        self.body.tell(body, teller)
        self.body.setVisible(bool(body))
        self._label(teller)
        self._show_verdict(teller)

    def _label(self, teller: Teller) -> None:
        named = dict(self.asked.choices)
        for index, offer in enumerate(self.offers):
            words = named.get(str(offer.answer))
            spans = words or (Words(answer_text(offer.answer, self.offers, 2)),)
            self.choices[index].tell(spans, teller)
        if self.field is not None:
            self.field.setFont(self.look.font(14))
            self.field.setPlaceholderText(self.tr("your number"))
        self.check.setText(self.tr("Check"))
        self.reveal.setText(self.tr("Show the answer"))
        for button in (self.check, self.reveal):
            button.setFont(self.look.font(13))
        self.verdict.setFont(self.look.font(14, strong=True))

    @property
    def is_right(self) -> bool:
        """Whether the answer given is right."""
        return self.answer is not None and self.visit.is_right(self.asked.id, self.answer)

    def _show_verdict(self, teller: Teller) -> None:
        is_shown = self.is_right or self.is_given_up
        text = ""
        if self.is_right:
            text = self.tr("✓ Right.")
        elif self.is_given_up:
            text = self.tr("The answer: %1").replace("%1", self._right_text())
        elif self.answer is not None:
            text = self.tr("✗ Not so. Try again, or have the answer shown.")
        self.verdict.setText(text)
        self.verdict.setVisible(bool(text))
        folded = [b for f in self.asked.blocks if isinstance(f, Folded) for b in f.blocks]
        self.answer_text.setVisible(is_shown and bool(folded))
        self.reveal.setVisible(not is_shown)
        if is_shown:
            self.answer_text.tell(folded, teller)
        self.buttons.arrange()

    def _right_text(self) -> str:
        right = self.visit.right(self.asked.id)
        for choice, offer in zip(self.choices, self.offers, strict=True):
            if offer.answer == right:
                return choice.button.accessibleName()
        return answer_text(right, self.offers, self.look.digits)

    def _on_check(self) -> None:
        answer = self._given()
        if answer is None:
            self.verdict.setText(self._missing())
            self.verdict.show()
            return
        self.answer = answer
        self.answered.emit(self.asked.id, answer)

    def _given(self) -> Answer | None:
        if self.field is None:
            index = self.group.checkedId()
            return self.offers[index].answer if index >= 0 else None
        found = parse_number(self.field.text(), allow_infinity=True)
        return None if isinstance(found, Refusal) else found

    def _missing(self) -> str:
        if self.field is None:
            return self.tr("Choose one first.")
        return self.tr("A number is needed, such as −2 or 0.5.")

    def _on_reveal(self) -> None:
        self.is_given_up = True
        self.answered.emit(self.asked.id, None)


class Fold(QWidget):
    """What is folded until the learner asks for it.

    Signals:
        followed(str, str): a link was chosen.
    """

    followed = Signal(str, str)

    def __init__(self, blocks: Sequence[Block], look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self.blocks = blocks
        self.look = look
        self.button = QPushButton(self)
        self.button.setCheckable(True)
        press_keys(self.button)
        self.text = Passage(look, self)
        self.text.hide()
        self.text.followed.connect(self.followed)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(self.text)
        self.button.toggled.connect(self._on_toggled)

    def refresh(self, teller: Teller, title: str) -> None:
        """Tell it anew, under this title."""
        self.column.setSpacing(self.look.px(8))
        self.button.setFont(self.look.font(13))
        self.title = title
        self._name()
        self.text.tell(self.blocks, teller)

    def _name(self) -> None:
        self.button.setText(f"{'▾' if self.button.isChecked() else '▸'} {self.title}")

    def _on_toggled(self) -> None:
        self.text.setVisible(self.button.isChecked())
        self._name()
