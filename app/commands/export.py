"""Taking along: export, pictures and LaTeX for the clipboard, parameters from a file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

from app.commands.group import Group
from app.desk import Desk
from engine import InputError, Scenario

# Nobody exports at a start: all that only an export needs is loaded when one is asked for.
if TYPE_CHECKING:
    from app.export.plotted import Plotted
    from app.export_dialog import ExportRequest, Scope
    from app.export_progress import ExportProgress
    from engine.export import Work


class ExportCommands(Group):
    """The slots that bring steps out, and parameters in."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.last: ExportRequest | None = None
        self.running: ExportProgress | None = None
        desk.plot_copy_wanted.connect(self.on_copy_plot)
        desk.plot_export_wanted.connect(self.on_export_plot)

    # Into a file

    def on_export(self) -> None:
        """Ask what to export, and do it."""
        self._ask()

    def on_export_plot(self) -> None:
        """The same, with the plot that is chosen proposed."""
        shown = self._plot()
        if shown is not None:
            self._ask(shown)

    def _ask(self, proposed: Plotted | None = None) -> None:
        from app.export_dialog import ExportRequest
        from engine.export import select, stem

        document, last = self.desk.document, self.last
        name = stem(select(document.trace, "" if proposed else document.step.path))
        file = self._folder() / (f"{name}_{proposed.name}" if proposed else name)
        kind, theme = (last.format, last.theme) if last is not None else ("pdf", "light")
        plot = proposed.name if proposed else ""
        first = ExportRequest(kind, document.step.path, file, theme, plot)
        request = self.desk.dialogs.ask_export(document.trace, list(self._scopes()), first)
        if request is not None:
            self.last = request
            self.start(request)

    def _scopes(self) -> Iterator[Scope]:
        """The step one stands at, the blocks around it from inside out, everything, a plot."""
        from app.export_dialog import Scope

        document, texts = self.desk.document, self.desk.texts
        step = document.step
        yield Scope(step.path, self.tr("This step: %1").replace("%1", texts.step(step).name))
        path = step.path
        while path := path.rpartition("/")[0]:
            yield Scope(path, texts.where(document.trace.root, f"{path}/"))
        yield Scope("", self.tr("Everything"))
        shown = self._plot(is_quiet=True)
        if shown is not None:
            text = self.tr("The plot: %1").replace("%1", shown.title)
            yield Scope("", text, shown.name)

    def _plot(self, *, is_quiet: bool = False) -> Plotted | None:
        """The plot that is chosen, where one stands; None, and it is told, if there is none."""
        from app.export.plotted import plotted

        try:
            return plotted(self.desk.document, self.desk.texts, self.desk.plot)
        except InputError as error:
            if not is_quiet:
                self.desk.document.refused.emit(error)
            return None

    def start(self, request: ExportRequest) -> None:
        """Carry an export out; what becomes of it is told above the stage."""
        from app.export_progress import ExportProgress

        try:
            work, count = self._work(request)
        except InputError as error:
            self.desk.document.refused.emit(error)
            return
        running = ExportProgress(work, count, request.file, self.desk.window)
        running.written.connect(self._on_written)
        running.failed.connect(self.desk.document.refused)
        running.stopped.connect(self._on_stopped)
        self.running = running

    def _work(self, request: ExportRequest) -> tuple[Work, int]:
        """What is to be done, and of how many parts it is."""
        from app.export.plotted import plotted
        from app.export.table import EXPORTERS, in_words, plot_work
        from engine.export import named, select

        document, texts = self.desk.document, self.desk.texts
        manner = in_words(texts, self.desk.look.digits, request.theme)
        if request.plot:
            shown = plotted(document, texts, request.plot)
            return plot_work(request.format, shown, manner), 1
        chosen = select(document.trace, request.path, self._cell(request.path))
        work = named(EXPORTERS, request.format).start(chosen, manner, request.file)
        return work, len(chosen.steps)

    def _cell(self, path: str) -> tuple[int, int] | None:
        """The number asked, if it is that of the step; of a working, its row's first."""
        number = self.desk.document.number
        if path != number.path:
            return None
        return (number.row, number.column if number.working < 0 else 0)

    def _on_written(self, file: Path) -> None:
        self.desk.notice_wanted.emit(self.tr("Exported to %1").replace("%1", str(file)))

    def _on_stopped(self) -> None:
        self.desk.notice_wanted.emit(self.tr("The export was stopped; no file was written."))

    def _folder(self) -> Path:
        """Where the last export went, else where the scenario's file is."""
        if self.last is not None:
            return self.last.file.parent
        path = self.desk.document.path
        return path.parent if path is not None else Path.home()

    # To the clipboard

    def on_copy_picture(self) -> None:
        """The step as a picture: pixels, and vectors for those who take them."""
        from app.export.pictures import image, svg_of
        from app.export.sheet import Drawing
        from app.export.table import in_words
        from engine.export import select

        document = self.desk.document
        if not self.desk.may_copy(document.step.output, *document.step.inputs):
            return
        chosen = select(document.trace, document.step.path, self._cell(document.step.path))
        manner = in_words(self.desk.texts, self.desk.look.digits)
        data = QMimeData()
        with Drawing(chosen, manner) as drawing:
            sheet = drawing.sheet(document.step)
            data.setImageData(image(sheet))
            data.setData("image/svg+xml", svg_of(sheet))
        QGuiApplication.clipboard().setMimeData(data)
        self.desk.notice_wanted.emit(self.tr("The picture of this step can be pasted now."))

    def on_copy_plot(self) -> None:
        """The plot that is chosen as a picture, in the same two ways."""
        from app.export.plot_files import pixels_and_vectors
        from app.export.table import in_words

        shown = self._plot()
        if shown is None:
            return
        manner = in_words(self.desk.texts, self.desk.look.digits)
        data = QMimeData()
        pixels, vectors = pixels_and_vectors(shown, manner)
        data.setImageData(pixels)
        data.setData("image/svg+xml", vectors)
        QGuiApplication.clipboard().setMimeData(data)
        said = self.tr("The plot “%1” can be pasted now.").replace("%1", shown.title)
        self.desk.notice_wanted.emit(said)

    def on_copy_latex(self) -> None:
        """The step's matrices, and the arithmetic of the number asked."""
        from engine.export import fragment

        document = self.desk.document
        if not self.desk.may_copy(document.step.output, *document.step.inputs):
            return
        cell = self._cell(document.step.path)
        QGuiApplication.clipboard().setText(fragment(document.step, cell, self.desk.look.digits))
        self.desk.notice_wanted.emit(self.tr("The LaTeX of this step can be pasted now."))

    # Parameters in

    def on_import_parameters(self) -> None:
        """Ask for a safetensors file and put its parameters into the scenario."""
        from engine.export import import_parameters

        name = self.desk.dialogs.parameters_name(str(self._folder()))
        if not name:
            return
        kept: list[str] = []

        def take(scenario: Scenario) -> Scenario:
            found = import_parameters(scenario, Path(name))
            kept.extend(found.kept)
            return found.scenario

        text = self.tr("Import %1").replace("%1", Path(name).name)
        if self.desk.document.edit(text, take) and kept:
            said = self.tr("Imported. The file has nothing for %1; that stays as it was.")
            self.desk.notice_wanted.emit(said.replace("%1", ", ".join(kept)))
