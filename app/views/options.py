"""The Options panel, made from the engine's table of choices."""

from __future__ import annotations

import math

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QLabel,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from app.chooser import Chooser
from app.document import Document
from app.keys import keep_keys
from app.symbols import rich
from app.texts import Texts
from app.theme import Look
from app.views.parts.area import Area
from app.views.parts.retold import Retold
from engine import CHOICES, GROUPS, Choice, InputError

OFFERED: dict[str, tuple[float, ...]] = {
    "mask_value": (-math.inf, -1000.0),
    "rate": (0.0, 0.1, 0.2, 0.3, 0.5),
}
"""What is offered of kinds that have no list of their own; a file may hold others."""


class Stepper(QSpinBox):
    """A spin box whose arrows pass over numbers that the other options don't allow."""

    def __init__(self, document: Document, parent: QWidget) -> None:
        super().__init__(parent)
        self.document = document
        keep_keys(self.lineEdit())

    def stepBy(self, steps: int) -> None:
        """To the next number that can be chosen, if there is one."""
        by = 1 if steps > 0 else -1
        value = self.value() + by
        while self.minimum() <= value <= self.maximum():
            if self._is_possible(value):
                self.setValue(value)
                return
            value += by

    def _is_possible(self, value: int) -> bool:
        try:
            self.document.scenario.options.changed(**{self.objectName(): value})
        except InputError:
            return False
        return True


class OptionsPanel(Retold, Area):
    """One control an option that counts; what can't be is refused and the old one shown again."""

    def __init__(
        self, document: Document, look: Look, texts: Texts, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.document = document
        self.look = look
        self.texts = texts
        self.setObjectName("options")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = QWidget(self)
        self.rows = QVBoxLayout(inner)
        self.controls: dict[str, QWidget] = {}
        self.labels: dict[str, QLabel] = {}
        self.headings: dict[str, QLabel] = {}
        for group, names in GROUPS.items():
            self.headings[group] = QLabel(self)
            self.rows.addWidget(self.headings[group])
            for name in names:
                self._add(name, CHOICES[name])
        self.rows.addStretch()
        self.setWidget(inner)
        document.model_changed.connect(self._on_changed)
        document.sides_changed.connect(self._on_changed)
        look.changed.connect(self._on_changed)
        self._on_changed()

    def _add(self, name: str, choice: Choice) -> None:
        control: QWidget
        if choice.kind == "switch":
            control = QCheckBox(self)
            control.toggled.connect(self._on_control)
        elif choice.kind == "whole":
            control = Stepper(self.document, self)
            control.setRange(choice.low, choice.high)
            control.setKeyboardTracking(False)
            control.valueChanged.connect(self._on_control)
        else:
            control = Chooser(self.look, self)
            control.activated.connect(self._on_control)
            for value in OFFERED.get(choice.kind, choice.words):
                control.addItem("", value)
        control.setObjectName(name)
        keep_keys(control)
        if choice.kind != "switch":
            self.labels[name] = QLabel(self)
            self.labels[name].setBuddy(control)
            self.rows.addWidget(self.labels[name])
        self.controls[name] = control
        self.rows.addWidget(control)

    def _on_changed(self) -> None:
        self.rows.setContentsMargins(*(4 * [self.look.px(10)]))
        self.rows.setSpacing(self.look.px(4))
        options = self.document.scenario.options
        self._show_headings()
        for name, control in self.controls.items():
            is_shown = options.counts(name)
            control.setVisible(is_shown)
            if name in self.labels:
                self.labels[name].setVisible(is_shown)
            text = self.texts.option(name)
            value = getattr(self.document.scenario.options, name)
            label = self._label(name, value)
            control.setToolTip(text.help)
            control.setFont(self.look.font(13))
            control.setAccessibleName(text.label)
            control.blockSignals(True)
            if isinstance(control, QCheckBox):
                control.setText(label)
                control.setChecked(value)
            elif isinstance(control, QSpinBox):
                # The field inside does not take the font over under a style sheet.
                control.lineEdit().setFont(control.font())
                control.setValue(value)
            elif isinstance(control, Chooser):
                self._show_word(control, name, value)
            control.blockSignals(False)
            if name in self.labels:
                self.labels[name].setText(rich(label))
                self.labels[name].setFont(self.look.font(13))

    def _show_headings(self) -> None:
        options = self.document.scenario.options
        for group, heading in self.headings.items():
            heading.setVisible(any(map(options.counts, GROUPS[group])))
            heading.setText(self.texts.group(group))
            heading.setFont(self.look.font(13, bold=True))
            heading.setContentsMargins(0, self.look.px(8), 0, 0)

    def _label(self, name: str, value: object) -> str:
        """The option's name, with what it was, or what it is on the other side."""
        text, state = self.texts.option(name), self.document.state
        before = getattr(self.document.opened.options, name)
        note = self.tr("%1 (was: %2)")
        if state.other is not None:
            before = getattr(state.other.scenario.options, name)
            note = self.tr("%1 (A: %2)") if state.is_b else self.tr("%1 (B: %2)")
        if value == before:
            return text.label
        return note.replace("%1", text.label).replace("%2", text.word(before))

    def _show_word(self, control: Chooser, name: str, value: object) -> None:
        if control.findData(value) < 0:
            control.addItem("", value)
        text = self.texts.option(name)
        for index in range(control.count()):
            control.setItemText(index, text.word(control.itemData(index)))
        control.setCurrentIndex(control.findData(value))

    def _on_control(self) -> None:
        control = self.sender()
        value: object
        if isinstance(control, QCheckBox):
            value = control.isChecked()
        elif isinstance(control, QSpinBox):
            value = control.value()
        elif isinstance(control, Chooser):
            value = control.currentData()
        else:
            return
        name = control.objectName()
        if value == getattr(self.document.scenario.options, name):
            return
        if not self.document.set_option(name, value):
            self._on_changed()
