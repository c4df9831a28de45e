"""Questions to the learner; one object, so that tests can answer in their place."""

from __future__ import annotations

import html
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QInputDialog,
    QLabel,
    QMessageBox,
    QVBoxLayout,
    QWidget,
)

from app.actions import sheet
from app.hall_keys import long_sheet
from app.preferences import Preferences
from app.screens import screen_room
from app.theme import Look
from app.views.parts.area import Area

if TYPE_CHECKING:
    from app.export_dialog import ExportRequest, Scope
    from app.picker import Offer
    from engine import Trace

SUFFIX = ".json"

LARGEST_SEED = 999_999
"""So that a seed can be read out to a class."""


class Dialogs(QObject):
    """File names, the question about unsaved changes, the shortcut sheet, about."""

    def __init__(self, window: QWidget, look: Look) -> None:
        super().__init__(window)
        self.window = window
        self.look = look

    def open_name(self, folder: str) -> str:
        """The file to open, or ""."""
        kinds = self.tr("Stepformer scenarios (*.json);;All files (*)")
        return QFileDialog.getOpenFileName(self.window, self.tr("Open"), folder, kinds)[0]

    def lessons_folder(self, folder: str) -> str:
        """The folder of a lesson, or of several, or ""."""
        return QFileDialog.getExistingDirectory(self.window, self.tr("Open lesson folder"), folder)

    def save_name(self, suggestion: str) -> str:
        """The file to save to, or ""; the suffix is put on where it is missing."""
        kinds = self.tr("Stepformer scenarios (*.json);;All files (*)")
        name = QFileDialog.getSaveFileName(self.window, self.tr("Save as"), suggestion, kinds)[0]
        return name + SUFFIX if name and not Path(name).suffix else name

    def parameters_name(self, folder: str) -> str:
        """The file of parameters to import, or ""."""
        kinds = self.tr("Parameters (*.safetensors);;All files (*)")
        title = self.tr("Import parameters")
        return QFileDialog.getOpenFileName(self.window, title, folder, kinds)[0]

    def ask_export(
        self, trace: Trace, scopes: Sequence[Scope], first: ExportRequest
    ) -> ExportRequest | None:
        """What to export, how and where; None if nothing after all."""
        from app.export_dialog import ExportDialog

        dialog = ExportDialog(trace, scopes, first, self.look, self.window)
        request = dialog.request if dialog.exec() == QDialog.DialogCode.Accepted else None
        dialog.deleteLater()
        return request

    def ask_about_changes(self, title: str) -> str:
        """What to do with unsaved changes: "save", "discard" or "cancel"."""
        box = QMessageBox(self.window)
        box.setIcon(QMessageBox.Icon.Question)
        box.setText(self.tr("Save the changes to “%1”?").replace("%1", title))
        box.setInformativeText(self.tr("Otherwise they are lost."))
        button = QMessageBox.StandardButton
        box.setStandardButtons(button.Save | button.Discard | button.Cancel)
        box.setDefaultButton(button.Save)
        answer = box.exec()
        box.deleteLater()
        return {button.Save: "save", button.Discard: "discard"}.get(button(answer), "cancel")

    def ask_seed(self, seed: int) -> int | None:
        """A seed for random numbers; None if there are to be none."""
        box = QInputDialog(self.window)
        box.setWindowTitle(self.tr("Random numbers"))
        box.setLabelText(self.tr("Seed (the same seed gives the same numbers):"))
        box.setInputMode(QInputDialog.InputMode.IntInput)
        box.setIntRange(0, LARGEST_SEED)
        box.setIntValue(seed)
        found = box.intValue() if box.exec() else None
        box.deleteLater()
        return found

    def choose(self, title: str, why: str, offers: Sequence[Offer]) -> Offer | None:
        """What was chosen of a list, or None."""
        from app.picker import Picker

        dialog = Picker(title, why, offers, self.look, self.window)
        chosen = dialog.chosen if dialog.exec() == QDialog.DialogCode.Accepted else None
        dialog.deleteLater()
        return chosen

    def show_keys(self) -> None:
        """The shortcut sheet, made from the actions' table."""
        rows = "".join(
            f'<tr><td colspan="2"><h3>{html.escape(title)}</h3></td></tr>'
            + "".join(
                f"<tr><td style='padding-right:24px'><b>{html.escape(k)}</b></td>"
                f"<td>{html.escape(t)}</td></tr>"
                for k, t in entries
            )
            for title, entries in [
                *sheet(),
                (self.tr("In a matrix"), self.matrix_keys()),
                (self.tr("While presenting"), long_sheet()),
            ]
        )
        self._show(self.tr("Keys"), f"<table>{rows}</table>")

    def matrix_keys(self) -> list[tuple[str, str]]:
        """The keys of a matrix that can be edited."""
        return [
            ("Tab", self.tr("To the next input that can be changed")),
            (self.tr("Arrows"), self.tr("Choose a number")),
            (self.tr("A digit, Enter or F2"), self.tr("Change it; 0.5, 1/3 and √2 are understood")),
            (self.tr("Enter, Tab"), self.tr("Commit and go down, go right")),
            ("Esc", self.tr("Keep the old number; then back to walking")),
            (self.tr("Alt+Up, Alt+Down"), self.tr("Add or take 0.1; with Shift 0.01")),
            (self.tr("Drag sideways"), self.tr("Scrub the number; all that follows goes along")),
            (self.tr("Double-click, G"), self.tr("Go to where a number was computed")),
            (self.tr("Digits on a result"), self.tr("Pin it; Delete takes the pin off")),
            (self.tr("Space"), self.tr("Forbid or allow a look (in a mask)")),
        ]

    def choose_locks(self, locked: Sequence[str]) -> tuple[str, ...] | None:
        """The groups of controls to be hidden; None if it was thought better of."""
        from app.lock_dialog import LockDialog

        dialog = LockDialog(locked, self.look, self.window)
        is_wanted = dialog.exec() == QDialog.DialogCode.Accepted
        names = dialog.names()
        dialog.deleteLater()
        return names if is_wanted else None

    def show_preferences(self, kept: Preferences) -> None:
        """The settings, applied as they are chosen."""
        from app.preferences_dialog import PreferencesDialog

        dialog = PreferencesDialog(kept, self.look, self.window)
        dialog.exec()
        dialog.deleteLater()

    def about(self, version: str) -> None:
        """What this program is."""
        text = self.tr(
            "Walk through a small Transformer number by number, and change any of them. "
            "MIT licence; fonts under the SIL Open Font License."
        )
        self._show("Stepformer", f"<h2>Stepformer {html.escape(version)}</h2><p>{text}</p>")

    def _show(self, title: str, text: str) -> None:
        dialog = QDialog(self.window)
        dialog.setWindowTitle(title)
        label = QLabel(text, dialog)
        label.setFont(self.look.font(13))
        label.setWordWrap(True)
        label.setMargin(self.look.px(12))
        area = Area(dialog)
        area.setWidget(label)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, dialog)
        buttons.rejected.connect(dialog.reject)
        layout = QVBoxLayout(dialog)
        layout.addWidget(area)
        layout.addWidget(buttons)
        screen = screen_room(self.window)
        dialog.resize(
            min(self.look.px(560), screen.width() - 40),
            min(self.look.px(640), screen.height() - 80),
        )
        dialog.exec()
        dialog.deleteLater()


def modified_mark(title: str, *, is_modified: bool) -> str:
    """The window's title: the file, a star if it has unsaved changes, the program."""
    name = title or QCoreApplication.translate("Dialogs", "Untitled")
    return f"{name}{' *' if is_modified else ''} – Stepformer"
