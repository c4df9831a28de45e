"""What to export, in which format, into which file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QWidget,
)

from app.chooser import Chooser
from app.export.table import EXPORTERS, PICTURES, plot_formats
from app.palettes import THEMES
from app.screens import screen_room
from app.theme import Look
from engine import Trace
from engine.export import Exporter, named, select, stem


@dataclass(frozen=True)
class Scope:
    """What may be exported: the path of a step or a block ("" for all), or a plot; its name."""

    path: str
    text: str
    plot: str = ""


@dataclass(frozen=True)
class ExportRequest:
    """What was chosen; the theme is for pictures. Of a plot `plot` is the name."""

    format: str
    path: str
    file: Path
    theme: str = "light"
    plot: str = ""


def labels() -> dict[str, str]:
    """What each format is and is good for."""
    translate = QCoreApplication.translate
    return {
        "png": translate("ExportDialog", "PNG: a picture for slides"),
        "svg": translate("ExportDialog", "SVG: vector graphics with fonts inside"),
        "pdf": translate("ExportDialog", "PDF: pages to print or show"),
        "csv": translate("ExportDialog", "CSV: numbers for a spreadsheet"),
        "npz": translate("ExportDialog", "NPZ: arrays for NumPy"),
        "latex": translate("ExportDialog", "LaTeX: matrices and arithmetic for papers"),
        "markdown": translate("ExportDialog", "Markdown: tables and formulas for notes"),
        "numpy": translate("ExportDialog", "Python script with NumPy"),
        "pytorch": translate("ExportDialog", "Python script with PyTorch"),
        "safetensors": translate("ExportDialog", "safetensors: parameters for PyTorch"),
    }


class ExportDialog(QDialog):
    """Format, what, colours, file; the file's ending follows the format."""

    def __init__(
        self,
        trace: Trace,
        scopes: Sequence[Scope],
        first: ExportRequest,
        look: Look,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.trace = trace
        self.setWindowTitle(self.tr("Export"))
        self.format, self.scope, self.theme = (Chooser(look, self) for _ in range(3))
        self.scopes = list(scopes)
        self._fill()
        self.file = QLineEdit(str(first.file), self)
        self.browse = QPushButton(self.tr("&Browse ..."), self)
        self.remark = QLabel(self)
        self.remark.setWordWrap(True)
        kinds = QDialogButtonBox.StandardButton
        self.buttons = QDialogButtonBox(kinds.Cancel, self)
        self.export = self.buttons.addButton(
            self.tr("&Export"), QDialogButtonBox.ButtonRole.AcceptRole
        )
        self._lay_out(look)
        self.format.setCurrentIndex(self.format.findData(first.format))
        self.theme.setCurrentIndex(self.theme.findData(first.theme))
        if first.plot:
            self.scope.setCurrentIndex([s.plot for s in self.scopes].index(first.plot))
        self.agreed = ""
        self.format.currentIndexChanged.connect(self._on_changed)
        self.scope.currentIndexChanged.connect(self._on_scope)
        self.file.textChanged.connect(self._on_file)
        self.browse.clicked.connect(self._on_browse)
        self.buttons.accepted.connect(self._on_accepted)
        self.buttons.rejected.connect(self.reject)
        self._on_changed()
        for control in (self.format, self.scope, self.theme):
            control.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.format.setFocus()

    def _fill(self) -> None:
        for name, text in labels().items():
            self.format.addItem(text, name)
        for scope in self.scopes:
            self.scope.addItem(scope.text, scope.path)
        names = {
            "light": self.tr("Light"),
            "dark": self.tr("Dark"),
            "contrast": self.tr("High contrast"),
        }
        for name in THEMES:
            self.theme.addItem(names.get(name, name), name)

    def _lay_out(self, look: Look) -> None:
        form = QFormLayout(self)
        place = QHBoxLayout()
        place.addWidget(self.file, 1)
        place.addWidget(self.browse)
        rows = (
            (self.tr("&Format"), self.format, self.format),
            (self.tr("&What"), self.scope, self.scope),
            (self.tr("&Colours"), self.theme, self.theme),
            (self.tr("File &name"), place, self.file),
        )
        for text, cell, control in rows:
            label = QLabel(text, self)
            label.setBuddy(control)
            label.setFont(look.font(13, strong=True))
            form.addRow(label, cell)
            control.setAccessibleName(text.replace("&", ""))
            control.setFont(look.font(13))
        form.addRow(self.remark)
        form.addRow(self.buttons)
        for widget in (self.remark, self.buttons, self.browse):
            widget.setFont(look.font(13))
        form.setVerticalSpacing(look.px(10))
        form.setHorizontalSpacing(look.px(18))
        form.setContentsMargins(*(4 * [look.px(16)]))
        self.resize(min(look.px(620), screen_room(self).width() - 40), self.sizeHint().height())

    @property
    def exporter(self) -> Exporter:
        """The format that is chosen."""
        return named(EXPORTERS, str(self.format.currentData()))

    @property
    def request(self) -> ExportRequest:
        """What is chosen; nothing but everything, where a format has no parts."""
        scope = self.scopes[self.scope.currentIndex()]
        path, plot = ("", "") if self.exporter.is_whole_only else (scope.path, scope.plot)
        file = Path(self.file.text().strip()).expanduser()
        return ExportRequest(self.exporter.name, path, file, str(self.theme.currentData()), plot)

    def _offer_formats(self) -> None:
        """Of a plot those that it can be written in."""
        is_plot, known = bool(self.scopes[self.scope.currentIndex()].plot), plot_formats()
        model = self.format.model()
        assert isinstance(model, QStandardItemModel)
        for index in range(self.format.count()):
            model.item(index).setEnabled(not is_plot or self.format.itemData(index) in known)
        if is_plot and self.format.currentData() not in known:
            self.format.setCurrentIndex(0)

    def _on_changed(self) -> None:
        """The ending follows the format; what the format has no use for is greyed out."""
        self._offer_formats()
        self.scope.setEnabled(not self.exporter.is_whole_only)
        self.theme.setEnabled(self.exporter.name in PICTURES)
        file, chosen = self.request.file, select(self.trace, self.request.path)
        known = {e.suffix for e in EXPORTERS} | {e.many for e in EXPORTERS}
        name = file.stem if file.suffix.lower() in known else file.name
        is_plot = bool(self.request.plot)
        ending = self.exporter.suffix if is_plot else self.exporter.ending(chosen)
        self.file.setText(str(file.parent / f"{name or self._stem()}{ending}"))
        if is_plot:
            self.remark.setText(self.tr("The plot as it is now, where you stand."))
            return
        is_packed = ending == self.exporter.many
        self.remark.setText(self._remark(len(chosen.steps), is_packed))

    def _remark(self, count: int, is_packed: bool) -> str:
        """How much it will be."""
        if self.exporter.is_whole_only:
            return self.tr("All parameters, named as in nn.Transformer.")
        if is_packed:
            return self.tr("%1 pictures, packed into one file.").replace("%1", str(count))
        return self.tr("%1 steps").replace("%1", str(count)) if count > 1 else self.tr("1 step")

    def _on_scope(self) -> None:
        """Another part suggests another name."""
        self.file.setText(str(self.request.file.parent / self._stem()))
        self._on_changed()

    def _stem(self) -> str:
        """The name suggested for the file, without its ending."""
        request = self.request
        name = stem(select(self.trace, request.path))
        return f"{name}_{request.plot}" if request.plot else name

    def _on_file(self, text: str) -> None:
        self.export.setEnabled(bool(text.strip()))

    def _on_browse(self) -> None:
        """Ask for the file in the system's way, which also asks before one is overwritten."""
        suffix = Path(self.file.text()).suffix
        kinds = f"*{suffix};;" + self.tr("All files (*)")
        name, _ = QFileDialog.getSaveFileName(self, self.tr("Export"), self.file.text(), kinds)
        if name:
            self.agreed = name if Path(name).suffix else name + suffix
            self.file.setText(self.agreed)

    def _on_accepted(self) -> None:
        if self._may_write():
            self.accept()

    def _may_write(self) -> bool:
        """Whether the file is new, or may be overwritten."""
        file = self.request.file
        if not file.exists() or str(file) == self.agreed:
            return True
        button = QMessageBox.StandardButton
        text = self.tr("There is a file “%1” already. Overwrite it?").replace("%1", file.name)
        answer = QMessageBox.question(self, self.tr("Export"), text, button.Yes | button.No)
        return answer == button.Yes
