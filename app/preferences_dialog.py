"""The settings, made from their table; what is chosen is applied at once."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from app.chooser import Chooser
from app.preferences import Preference, Preferences, preferences
from app.screens import screen_room
from app.theme import Look
from app.views.parts.area import Area

MARGIN = 40
"""What is left of the screen around a dialog and its frame."""


class PreferencesDialog(QDialog):
    """A line for each preference: its name, a choice or a switch, what it is for."""

    def __init__(self, kept: Preferences, look: Look, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.kept = kept
        self.look = look
        self.controls: dict[str, QCheckBox | Chooser] = {}
        self.labels: dict[str, QLabel] = {}
        self.helps: dict[str, QLabel] = {}
        inner = QWidget(self)
        self.form = QFormLayout(inner)
        for line in preferences():
            self._add(line)
        kinds = QDialogButtonBox.StandardButton
        self.buttons = QDialogButtonBox(kinds.Close | kinds.RestoreDefaults, self)
        self.buttons.rejected.connect(self.reject)
        self.buttons.button(kinds.RestoreDefaults).clicked.connect(kept.use_usual)
        self.buttons.button(kinds.Close).setDefault(True)
        self.rows = QVBoxLayout(self)
        area = Area(self)  # large text on a small screen
        area.setWidget(inner)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.rows.addWidget(area)
        self.rows.addWidget(self.buttons)
        look.changed.connect(self.show_all)
        kept.changed.connect(self.show_all)
        self.show_all()
        # Qt would take two thirds of the screen at most, and let the rest be scrolled.
        room = screen_room(parent or self).size()
        self.resize(self.sizeHint().boundedTo(room - QSize(MARGIN, 2 * MARGIN)))

    def _add(self, line: Preference) -> None:
        control: QCheckBox | Chooser
        if line.choices:
            control = Chooser(self.look, self)
            control.activated.connect(self._on_control)
            control.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        else:
            control = QCheckBox(self)
            control.toggled.connect(self._on_control)
        control.setObjectName(line.name)
        label, told = QLabel(self), QLabel(self)
        label.setBuddy(control)
        told.setWordWrap(True)
        self.controls[line.name], self.labels[line.name] = control, label
        self.helps[line.name] = told
        cell = QVBoxLayout()
        cell.addWidget(control)
        cell.addWidget(told)
        self.form.addRow(label, cell)

    def show_all(self) -> None:
        """Names and choices in the language in force, and what is chosen."""
        look = self.look
        self.setWindowTitle(self.tr("Settings"))
        for line in preferences():
            control, value = self.controls[line.name], self.kept.value(line.name)
            control.blockSignals(True)
            if isinstance(control, QCheckBox):
                control.setText(self.tr("on"))
                control.setChecked(bool(value))
            else:
                control.clear()
                for choice, text in line.choices:
                    control.addItem(text, choice)
                if control.findData(value) < 0:  # a size between two of the list
                    control.addItem(f"{value}%", value)
                control.setCurrentIndex(control.findData(value))
            control.blockSignals(False)
            control.setAccessibleName(line.label)
            control.setAccessibleDescription(line.help)
            control.setFont(look.font(13))
            control.setMinimumWidth(look.px(90))
            self.labels[line.name].setText(line.label)
            self.labels[line.name].setFont(look.font(13, strong=True))
            self.helps[line.name].setText(line.help)
            self.helps[line.name].setFont(look.font(11.5))
            self.helps[line.name].setStyleSheet(f"color: {look.theme.faint};")
        self.rows.setContentsMargins(*(4 * [look.px(16)]))
        self.form.setVerticalSpacing(look.px(10))
        self.form.setHorizontalSpacing(look.px(18))
        self._arrange()

    def _arrange(self) -> None:
        """Where a name has no room beside its choice, it stands above it."""
        names = max(label.sizeHint().width() for label in self.labels.values())
        choices = max(control.sizeHint().width() for control in self.controls.values())
        needed = names + choices + self.look.px(18 + 32 + 12)
        policies = QFormLayout.RowWrapPolicy
        is_narrow = self.width() < needed
        self.form.setRowWrapPolicy(policies.WrapAllRows if is_narrow else policies.DontWrapRows)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another room."""
        super().resizeEvent(event)
        self._arrange()

    def sizeHint(self) -> QSize:
        """As high as all lines need."""
        inner = self.form.sizeHint()
        foot = self.buttons.sizeHint().height() + self.look.px(50)
        return QSize(max(inner.width(), self.look.px(520)), inner.height() + foot)

    def _on_control(self) -> None:
        control = self.sender()
        if isinstance(control, QCheckBox):
            self.kept.use(control.objectName(), control.isChecked())
        elif isinstance(control, Chooser):
            self.kept.use(control.objectName(), control.currentData())

    def changeEvent(self, event: QEvent) -> None:
        """Texts may be in another language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.show_all()
        super().changeEvent(event)
