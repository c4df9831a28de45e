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

from app.evidence import answer_text, mistake
from app.keys import keep_keys, press_keys
from app.numbers import Refusal, parse_number
from app.theme import Look
from app.views.parts.button_row import ButtonRow
from app.views.parts.choice import Choice
from app.views.parts.passage import Passage
from app.views.parts.voice import announce
from app.views.parts.writing import Teller
from engine.course import Answer, Asked, Block, Folded, Paragraph, Visit, Words, plain


class Asking(QFrame):
    """One question, its choices or a field for a number, and what is folded under it.

    Signals:
        answered(str, object): an answer was given to the question of that name.
        followed(str, str): a link was chosen.
        source_wanted(str): where the number comes from that the question asks for.
    """

    answered = Signal(str, object)
    source_wanted = Signal(str)
    followed = Signal(str, str)

    def __init__(self, asked: Asked, visit: Visit, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self.asked = asked
        self.visit = visit
        self.look = look
        self.answer: Answer | None = None
        self.is_given_up = False
        self.teller: Teller | None = None
        self.setObjectName("asking")
        self.prompt = Passage(look, self, 14, is_bold=True)
        self.body = Passage(look, self)
        self.reason = Passage(look, self)
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
        self.column.addWidget(self.reason)
        self.column.addWidget(self.answer_text)
        self.column.addWidget(self.source, 0, Qt.AlignmentFlag.AlignLeft)
        for passage in (self.prompt, self.body, self.reason, self.answer_text):
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
        self.group.idToggled.connect(self._on_chosen)

    def _add_buttons(self) -> None:
        self.check = QPushButton(self)
        self.check.clicked.connect(self._on_check)
        self.reveal = QPushButton(self)
        self.reveal.clicked.connect(self._on_reveal)
        self.source = QPushButton(self)
        self.source.clicked.connect(self._on_source)
        for button in (self.check, self.reveal, self.source):
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
        self.visit, self.teller = visit, teller
        look = self.look
        self.column.setContentsMargins(*(4 * [look.px(10)]))
        self.column.setSpacing(look.px(6))
        self.prompt.tell([Paragraph(self.asked.prompt, self.asked.line)], teller)
        body = [b for b in self.asked.blocks if not isinstance(b, Folded)]
        self.body.tell(body, teller)
        self.body.setVisible(bool(body))
        self._label(teller)
        self._show_verdict(teller)

    def _on_chosen(self, _index: int, is_chosen: bool) -> None:
        """What was said, it was said of another choice."""
        if is_chosen and self.teller is not None:
            self._show_verdict(self.teller)

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
        self.source.setText(self.tr("Where does it come from?"))
        self.source.setToolTip(self.tr("Goes to the number, and explains its step"))
        for button in (self.check, self.reveal, self.source):
            button.setFont(self.look.font(13))
        self.verdict.setFont(self.look.font(14, strong=True))

    @property
    def judge(self) -> Visit:
        """What marks the answer."""
        return self.visit.judge(self.asked.id)

    @property
    def is_right(self) -> bool:
        """Whether the answer given is right."""
        return self.answer is not None and self.judge.is_right(self.asked.id, self.answer)

    def _show_verdict(self, teller: Teller) -> None:
        is_shown = self.is_right or self.is_given_up
        is_said = self.answer is not None and (not self.offers or self._given() == self.answer)
        is_wrong = is_said and not self.is_right
        text = ""
        if self.is_given_up and not self.is_right:
            text = self._told_answer()
        elif is_said:
            text = self._mistake() if is_wrong else self.tr("✓ Right.")
        self.verdict.setText(text)
        self.verdict.setVisible(bool(text))
        reason = self._reason() if is_wrong else None
        self._unfold(self.reason, [] if reason is None else [reason], teller)
        folded = [b for f in self.asked.blocks if isinstance(f, Folded) for b in f.blocks]
        self._unfold(self.answer_text, folded if is_shown else [], teller)
        self.reveal.setVisible(not is_shown)
        has_source = self.judge.source(self.asked.id) is not None
        self.source.setVisible((is_shown or is_wrong) and has_source)
        self.buttons.arrange()

    @staticmethod
    def _unfold(passage: Passage, blocks: Sequence[Block], teller: Teller) -> None:
        passage.setVisible(bool(blocks))
        if blocks:
            passage.tell(blocks, teller)

    def _told_answer(self) -> str:
        """The right answer, beside one's own number where that was another."""
        text = self.tr("The answer: %1")
        if isinstance(self.answer, float | int):
            text = self.tr("The answer: %1 (you said %2)")
            text = text.replace("%2", answer_text(self.answer, (), self.look.digits))
        return text.replace("%1", self._right_text())

    def _mistake(self) -> str:
        assert self.answer is not None
        right = self.judge.right(self.asked.id)
        within = self.visit.own.stop.questions[self.asked.id].within
        text = mistake(self.answer, right, self.look.digits, within)
        again = self.tr("Try again, or have the answer shown.")
        return text if self._reason() is not None else f"{text} {again}"

    def _reason(self) -> Paragraph | None:
        """Why the choice is wrong; the text knows as long as the right one is the stop's own."""
        name = self.asked.id
        if self.judge.right(name) != self.visit.own.right(name):
            return None
        return dict(self.asked.reasons).get(str(self.answer))

    def _on_source(self) -> None:
        self.source_wanted.emit(self.asked.id)

    def _right_text(self) -> str:
        right = self.judge.right(self.asked.id)
        for choice, offer in zip(self.choices, self.offers, strict=True):
            if offer.answer == right:
                return choice.button.accessibleName()
        return answer_text(right, self.offers, self.look.digits)

    def _on_check(self) -> None:
        answer = self._given()
        if answer is None:
            self.verdict.setText(self._missing())
            self.verdict.show()
        else:
            self.answer = answer
            self.answered.emit(self.asked.id, answer)
        announce(self, self.verdict.text())

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
        announce(self, self.verdict.text())


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
