"""The line itself: an expression flowing over a few lines, each number in its colour."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from app.face import Face
from app.numbers import exact, format_whole
from app.seen import Seen
from app.symbols import paint_symbol, plain, symbol_width
from app.theme import Look
from app.views.parts.interfaces import Role
from app.views.parts.secrets import UNKNOWN, is_read_secretly
from app.views.parts.spoken import written_out
from app.views.parts.voice import Listed
from app.views.parts.words import Word, one_line, terms
from engine import Cell, Matrix, Named, Number, Token, is_done, moves, tokens

MOST_LINES = 3
SIZES = (15.0, 14.0, 13.0)


class Line(QWidget):
    """Paints `name = expression = result`, wrapped; what doesn't fit is left out in the middle.

    Signals:
        asked(Cell): a number was clicked that was read from another matrix.
    """

    asked = Signal(object)

    def __init__(self, document: Seen, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.document = document
        self.look = look
        self.words: list[Word] = []
        self.most_lines = MOST_LINES
        self.pixels = SIZES[0]
        self.is_result_secret = False
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        document.trace_changed.connect(self._on_changed)
        document.cursor_changed.connect(self._on_changed)
        look.changed.connect(self._on_room)
        self.voice = Listed(self, self.told, tuple, Role.StaticText)

    def told(self) -> str:
        """The whole line as one text, for screen readers."""
        words = (
            [] if self.document.cursor.depth == moves.BLOCK else self._make_words(self.written())
        )
        return written_out(f"{plain(self.subject().symbol)}{self.place()}", words)

    def set_lines(self, count: int) -> None:
        """How many lines there are at most."""
        self.most_lines = count
        self._on_room()

    def keep_secret(self, is_secret: bool) -> None:
        """Write ? for the result, or the number."""
        self.is_result_secret = is_secret
        self._on_changed()

    def _on_changed(self) -> None:
        self.words = []
        self.update()

    def _on_room(self) -> None:
        self.updateGeometry()
        self._on_changed()

    @property
    def line_height(self) -> float:
        """From one baseline to the next."""
        return self.look.px(SIZES[0]) * 1.75

    def sizeHint(self) -> QSize:
        """Always room for the most lines, so that nothing jumps while stepping."""
        return QSize(self.look.px(200), round(self.line_height * self.most_lines))

    def minimumSizeHint(self) -> QSize:
        """As the size hint."""
        return self.sizeHint()

    # From the expression to words

    def subject(self) -> Matrix:
        """The matrix that the number belongs to."""
        number = self.document.number
        step = self.document.step
        return step.output if number.working < 0 else step.workings[number.working].matrix

    def value(self) -> float:
        """The number as it is stored."""
        number = self.document.number
        return float(self.subject().data[number.row, number.column])

    def written(self) -> list[Token]:
        """What stands between the name and the end."""
        document = self.document
        if document.cursor.depth == moves.OPERATION:
            return tokens(moves.reduced(document.trace, document.cursor))
        full = moves.expression(document.trace, document.cursor)
        found = [Token(t.text, t.leaf, t.needs_guard, t.level) for t in tokens(full)]
        if not is_done(full):
            found += [Token(" = "), Token(leaf=Number(self.value()))]
        return found

    def is_result(self, index: int, found: list[Token]) -> bool:
        """Whether a token is the finished number."""
        if index != len(found) - 1:
            return False
        return self.document.cursor.depth != moves.OPERATION or len(found) == 1

    def _make_words(self, found: list[Token]) -> list[Word]:
        made = [self._word(t, self.is_result(i, found)) for i, t in enumerate(found)]
        return self._sized([w for w in made if w.text])

    def _word(self, token: Token, is_result: bool) -> Word:
        """A token's text and colour; how wide it is depends on the size of the letters."""
        text, color = token.text, "ink"
        if token.leaf is not None:
            is_given = isinstance(token.leaf, Number) and token.leaf.is_constant
            value = token.leaf.value
            text = exact(value) if is_given else format_whole(value, self.look.digits)
            if token.needs_guard and text.startswith("−"):
                text = f"({text})"
            text = UNKNOWN if is_read_secretly(self.document, token.leaf) else text
            color = self._leaf_color(token)
        if is_result:
            color = "accent"
            text = UNKNOWN if self.is_result_secret else text
        return Word(token, text, color, is_result)

    def _sized(self, words: list[Word]) -> list[Word]:
        """The words with their faces, widths and places above the line, in the present size."""
        face, pixels = self.look.face, self.pixels
        sizes = {False: pixels, True: pixels * 0.72}
        faces = {(r, b): face(sizes[r], bold=b) for r in (False, True) for b in (False, True)}
        rise = self.look.px(pixels) * 0.38
        for word in words:
            level = word.token.level
            word.face = faces[level > 0, word.is_result]
            word.width = word.face.width(word.text)
            word.rise = rise * min(level, 2)
        return words

    def _leaf_color(self, token: Token) -> str:
        if isinstance(token.leaf, Cell):
            inputs = self.document.step.inputs
            return f"role:{inputs[token.leaf.source].role}"
        return "faint" if isinstance(token.leaf, Named) else "ink"

    # Layout

    def laid_out(self) -> list[Word]:
        """The words with their places, worked out at most once a change."""
        if not self.words:
            words, count = self._make_words(self.written()), 0
            pieces = terms(words)
            for self.pixels in SIZES:
                # So many lines don't become few by a somewhat smaller text.
                if count > 2 * self.most_lines and self.pixels > SIZES[-1]:
                    continue
                self._sized(words)
                count = len(self._lines(pieces))
                if count <= self.most_lines:
                    break
            self.words = self._flow(pieces)
        return self.words

    def resizeEvent(self, _event: QEvent) -> None:
        """Flow anew."""
        self.words = []

    def name_width(self) -> float:
        """How far the name and its equals sign reach."""
        width = symbol_width(self.subject().symbol, self._name_face())
        return width + self.look.face(self.pixels).width(self.place() + " = ")

    def _name_face(self) -> Face:
        return self.look.symbol_face(self.pixels * 1.1)

    def place(self) -> str:
        """Which number it is: "(see, cats)"."""
        number, matrix = self.document.number, self.subject()
        names = (matrix.rows[number.row], matrix.columns[number.column])
        inner = ", ".join(n for n in names if n)
        return f"({inner})" if inner else ""

    def _flow(self, pieces: list[list[Word]]) -> list[Word]:
        lines = self._lines(pieces)
        if len(lines) > self.most_lines:
            # Any line may begin with dots for what is left out before it.
            lines = self._shortened(self._lines(pieces, self._dots().width))
        for index, line in enumerate(lines):
            x = self.name_width() if index == 0 else self.look.px(24)
            y = self.line_height * (index + 0.68)
            for word in line:
                word.at = QPointF(x, y - word.rise)
                x += word.width
        return [w for line in lines for w in line]

    def _dots(self) -> Word:
        return self._sized([self._word(Token(" ⋯ "), False)])[0]

    def _lines(self, pieces: list[list[Word]], margin: float = 0.0) -> list[list[Word]]:
        lines: list[list[Word]] = [[]]
        x, right, left = self.name_width(), self.width() - 4 - margin, self.look.px(24)
        for term in pieces:
            width = sum([w.width for w in term])
            if x + width > right and lines[-1]:
                lines.append([])
                x = left
            lines[-1].extend(term)
            x += width
        return lines

    def _shortened(self, lines: list[list[Word]]) -> list[list[Word]]:
        """The first line, the one where something happens next, and the last."""
        if self.most_lines == 1:
            room = self.width() - 4 - self.name_width()
            return [one_line([w for line in lines for w in line], self._dots(), room)]
        lit = [i for i, line in enumerate(lines) if any(w.token.is_next for w in line)]
        middle = (lit or [1])[: self.most_lines - 2]
        chosen = sorted({lit[0] if lit and not middle else 0, *middle, len(lines) - 1})
        kept: list[list[Word]] = []
        for place, index in enumerate(chosen):
            line = lines[index]
            if place and index != chosen[place - 1] + 1:
                line = [self._dots(), *line]
            kept.append(line)
        return kept

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Name, expression, result; what is done next on a coloured ground."""
        painter = QPainter(self)
        if self.document.cursor.depth != moves.BLOCK:
            self.paint_line(painter)
        painter.end()

    def paint_line(self, painter: QPainter) -> None:
        """Paint at the painter's origin."""
        words = self.laid_out()
        base = QPointF(0, self.line_height * 0.68)
        matrix = self.subject()
        color = self.look.color(f"role:{matrix.role}")
        x = paint_symbol(painter, base, matrix.symbol, self._name_face(), color)
        painter.setPen(self.look.color("ink"))
        self.look.face(self.pixels).write(painter, QPointF(x, base.y()), f"{self.place()} = ")
        for word in words:
            if word.token.is_next and word.at is not None:
                high = self.look.px(self.pixels)
                ground = QRectF(word.at.x(), word.at.y() - high, word.width, high * 1.35)
                painter.fillRect(ground, self.look.color("here"))
        for word in words:
            if word.at is not None and word.face is not None:
                painter.setPen(self.look.color(word.color))
                word.face.write(painter, word.at, word.text)

    # The mouse

    def word_at(self, point: QPointF) -> Word | None:
        """The word under the mouse."""
        for word in self.laid_out():
            if word.at is None:
                continue
            high = self.look.px(self.pixels)
            if QRectF(word.at.x(), word.at.y() - high, word.width, high * 1.4).contains(point):
                return word
        return None

    def event(self, event: QEvent) -> bool:
        """Tell a number's stored value where the mouse rests."""
        if event.type() == QEvent.Type.ToolTip:
            word = self.word_at(QPointF(event.pos()))  # type: ignore[attr-defined]
            text = self.hint(word) if word else ""
            QToolTip.showText(event.globalPos(), text, self)  # type: ignore[attr-defined]
            return True
        return super().event(event)

    def hint(self, word: Word) -> str:
        """A number's tooltip: where it was read and how it is stored."""
        leaf = word.token.leaf
        if leaf is None or word.text == UNKNOWN:
            return ""
        value = self.tr("stored as %1").replace("%1", exact(leaf.value))
        if isinstance(leaf, Cell):
            matrix = self.document.step.inputs[leaf.source]
            names = [n for n in (matrix.rows[leaf.row], matrix.columns[leaf.column]) if n]
            return f"{plain(matrix.symbol)} [{', '.join(names)}]\n{value}"
        return value

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Ask where a number came from."""
        word = self.word_at(event.position())
        if word is not None and isinstance(word.token.leaf, Cell | Named):
            self.asked.emit(word.token.leaf)
