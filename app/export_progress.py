"""Carries an export out while the window lives, shows how far it is, and lets it be stopped."""

from __future__ import annotations

import time
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QProgressDialog, QWidget

from engine import InputError
from engine.export import Work, put

SLICE = 0.04
"""Seconds of work between two looks at what the learner does."""

PATIENCE = 500
"""Milliseconds before progress is shown: most exports are done by then."""


class ExportProgress(QObject):
    """Does the work in slices; the file is written at the end, or not at all.

    Signals:
        written(Path): the file is there.
        failed(InputError): nothing was written, and why.
        stopped: the learner has stopped it; nothing was written.
    """

    written = Signal(object)
    failed = Signal(object)
    stopped = Signal()

    def __init__(self, work: Work, count: int, file: Path, parent: QWidget) -> None:
        super().__init__(parent)
        self.work = work
        self.file = file
        self.dialog = QProgressDialog(parent)
        self.dialog.setWindowTitle(self.tr("Export"))
        self.dialog.setLabelText(self.tr("Writing %1 ...").replace("%1", file.name))
        self.dialog.setCancelButtonText(self.tr("Stop"))
        self.dialog.setRange(0, count)
        self.dialog.setMinimumDuration(PATIENCE)
        self.dialog.setAutoClose(False)
        self.dialog.setAutoReset(False)
        self.dialog.setWindowModality(Qt.WindowModality.WindowModal)
        self.dialog.canceled.connect(self.stop)
        self.timer = QTimer(self)
        self.timer.setInterval(0)
        self.timer.timeout.connect(self._on_time)
        self.timer.start()
        self.dialog.setValue(0)

    def _on_time(self) -> None:
        """Work until it is time to look at what the learner does."""
        until = time.perf_counter() + SLICE
        try:
            done = next(self.work)
            while time.perf_counter() < until:
                done = next(self.work)
        except StopIteration as end:
            self._finish(end.value)
        except InputError as error:
            self._leave()
            self.failed.emit(error)
        else:
            self.dialog.setValue(done)

    def _finish(self, data: bytes) -> None:
        self._leave()
        try:
            put(self.file, data)
        except InputError as error:
            self.failed.emit(error)
            return
        self.written.emit(self.file)

    def stop(self) -> None:
        """Give up; nothing has been written yet."""
        if self.timer.isActive():
            self.work.close()
            self._leave()
            self.stopped.emit()

    def _leave(self) -> None:
        self.timer.stop()
        self.dialog.canceled.disconnect(self.stop)
        self.dialog.close()
        self.dialog.deleteLater()
        self.deleteLater()
