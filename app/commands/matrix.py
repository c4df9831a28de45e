"""What the actions do with one matrix: copy, paste, fill, round, reset."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtGui import QGuiApplication

from app.commands.group import Group
from app.dialogs import LARGEST_SEED
from app.numbers import BlockRefusal, format_block, parse_block
from app.symbols import plain
from engine import Array, Matrix, edits, moves


class MatrixCommands(Group):
    """The slots of the Edit menu that work on the selected input."""

    seed = 1  # suggested for the next random numbers

    def on_copy(self) -> None:
        """The matrix of the step, or of the block (or the selected input) for a spreadsheet."""
        document = self.desk.document
        matrix = moves.shown(document.trace, document.cursor).output
        if document.selection is not None:
            matrix = document.step.inputs[document.selection[0]]
        if self.desk.may_copy(matrix):
            QGuiApplication.clipboard().setText(format_block(matrix.data))

    def on_paste(self) -> None:
        """Numbers from a spreadsheet, laid over the selected input from its cell on."""
        found = parse_block(QGuiApplication.clipboard().text())
        path = self._parameter()
        if path is None or self.desk.document.selection is None:
            return
        if isinstance(found, BlockRefusal):
            self.desk.notice_wanted.emit(self._pasting(found))
            return
        _, row, column = self.desk.document.selection
        self.desk.document.set_block(path, row, column, edits.block(found))

    def _pasting(self, refusal: BlockRefusal) -> str:
        """Why a block can't be pasted, and where it is at fault."""
        if refusal.column is None:
            text = self.tr("Nothing was pasted: row %1 has %2 numbers, the first row has %3.")
            text = text.replace("%2", str(refusal.found)).replace("%3", str(refusal.expected))
        else:
            text = self.tr("Nothing was pasted: row %1, column %2 (“%3”) is not a number.")
            text = text.replace("%2", str(refusal.column + 1))
            text = text.replace("%3", refusal.refusal.text.strip())
        return text.replace("%1", str(refusal.row + 1))

    def _parameter(self) -> str | None:
        """The path of the selected parameter; a sentence if none is selected."""
        if self.desk.document.selection is not None:
            matrix = self.desk.document.step.inputs[self.desk.document.selection[0]]
            if matrix.origin == "parameter":
                return matrix.path
        self.desk.notice_wanted.emit(
            self.tr("First select a number that can be changed: click one, or press E.")
        )
        return None

    def _fill(self, make: Callable[[Array], Array]) -> None:
        path = self._parameter()
        if path is not None:
            self.desk.document.set_table(
                path, make(edits.table_of(self.desk.document.scenario, path))
            )

    def on_fill_zeros(self) -> None:
        """All numbers of the selected parameter 0."""
        self._fill(edits.zeros)

    def on_fill_identity(self) -> None:
        """1 on the diagonal, 0 elsewhere; a vector has no diagonal."""
        path = self._parameter()
        if path is not None and self.desk.document.scenario.params[path].ndim == 1:
            text = self.tr("A single row has no diagonal; nothing was changed.")
            self.desk.notice_wanted.emit(text)
        elif path is not None:
            self._fill(edits.identity)

    def on_fill_random(self) -> None:
        """Random numbers from a seed that is asked for; the next one is suggested after it."""
        path = self._parameter()
        if path is None:
            return
        seed = self.desk.dialogs.ask_seed(self.seed)
        if seed is None:
            return
        self.seed = min(seed + 1, LARGEST_SEED)
        table = edits.drawn(edits.table_of(self.desk.document.scenario, path), seed)
        text = self.tr("Random numbers of seed %2 in %1")
        text = text.replace("%1", path).replace("%2", str(seed))
        self.desk.document.set_table(path, table, text)

    def on_round(self) -> None:
        """One decimal."""
        self._fill(edits.rounded)

    def on_reset(self) -> None:
        """The selected parameter as it was when the scenario was opened."""
        path = self._parameter()
        if path is not None:
            self.desk.document.reset(path)

    def on_tie(self) -> None:
        """Make the selected parameter one with another of its shape."""
        path = self._parameter()
        if path is None:
            return
        document = self.desk.document
        partners = edits.tie_partners(document.scenario, path)
        found = [document.trace.matrix(p) for p in partners]
        why = self.tr("%1 takes the numbers of the matrix you choose, and stays one with it.")
        other = self._choose(path, self.tr("Tie to another matrix"), why, found)
        if other:
            document.tie(path, other)

    def on_untie(self) -> None:
        """Let the selected parameter go its own way again."""
        path = self._parameter()
        if path is not None and not self.desk.document.untie(path):
            self.desk.notice_wanted.emit(self.tr("This matrix is tied to no other."))

    def on_copy_from(self) -> None:
        """Give the selected parameter the numbers of another matrix of its shape."""
        path = self._parameter()
        if path is None:
            return
        found = edits.copy_sources(self.desk.document.trace, path)
        why = self.tr("%1 takes the numbers that the matrix you choose has now.")
        source = self._choose(path, self.tr("Copy from another matrix"), why, found)
        if source:
            self.desk.document.copy_from(path, source)

    def _choose(self, path: str, title: str, why: str, found: Sequence[Matrix]) -> str:
        """The path of one of the matrices, or ""; those of the same block are offered first."""
        if not found:
            self.desk.notice_wanted.emit(self.tr("There is no other matrix of this shape."))
            return ""
        home = path.rpartition("/")[0]
        near = sorted(found, key=lambda m: m.path.rpartition("/")[0] != home)
        name = plain(self.desk.document.trace.matrix(path).symbol)
        from app.picker import Offer

        offers = [Offer(m.path, self._offer(m), m.path) for m in near]
        chosen = self.desk.dialogs.choose(title, why.replace("%1", name), offers)
        return "" if chosen is None else str(chosen.value)

    def _offer(self, matrix: Matrix) -> str:
        root, texts = self.desk.document.trace.root, self.desk.texts
        where = texts.where(root, matrix.path)
        name = f"{plain(matrix.symbol)}  {texts.matrix_name(matrix)}"
        return f"{name}  –  {where}" if where else name

    def on_pin(self) -> None:
        """Set the number asked by hand: the editor opens over it."""
        self.desk.document.select(None)
        self.desk.document.move(moves.at_result)
        self.desk.pin_wanted.emit()

    def on_unpin(self) -> None:
        """Let the number asked be computed again."""
        self.desk.document.move(moves.at_result)
        number = self.desk.document.number
        if not self.desk.document.pin(number.path, number.row, number.column, None):
            self.desk.notice_wanted.emit(self.tr("There is no pin on this number."))

    def on_unpin_all(self) -> None:
        """Let every result be computed again."""
        if self.desk.document.scenario.pins:
            self.desk.document.take_pins_off()
        else:
            self.desk.notice_wanted.emit(self.tr("There is no pin on any number."))
