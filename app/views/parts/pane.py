"""A card with an equation in it, as large as the room around allows."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from app.seen import Seen
from app.texts import Texts
from app.theme import Look
from app.views.parts import reading, secrets
from app.views.parts.equation import LARGEST, Equation
from app.views.parts.layers import Reach, Slope
from app.views.parts.legend import FOOT, paint_legend, paint_remark, ranges_of
from app.views.parts.matrix import Marks, Spot, Twin
from app.views.parts.redrawn import Drawn, redrawn
from app.views.parts.retold import Retold
from app.views.parts.room import Room
from app.views.parts.shortening import Needed
from app.views.parts.spoken import StageVoice
from engine import Matrix, Part

Key = tuple[str, int]


class Pane(Retold, QWidget):
    """Draws a step as it is seen: the parts, what is marked, the colours' scale.

    While `is_short`, only the matrix of the cursor's number is drawn. A subclass may draw
    other parts, or a sentence in place of them.
    """

    is_read_only = False

    def __init__(self, seen: Seen, look: Look, texts: Texts, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.seen = seen
        self.look = look
        self.texts = texts
        self.is_short = False
        self.largest = LARGEST
        self.beside: Seen | None = None
        self.shared: Mapping[Key, Reach] = {}
        self.equation: Equation | None = None
        self.latest: Drawn | None = None
        self.last: Equation | None = None
        seen.trace_changed.connect(self._on_numbers)
        seen.cursor_changed.connect(self._on_changed)
        seen.selection_changed.connect(self._on_changed)
        seen.goal_changed.connect(self._on_changed)
        look.changed.connect(self._on_changed)
        Room(self).changed.connect(self._on_room)
        self.voice = StageVoice(self, seen, texts)

    # What is drawn

    def parts(self) -> list[Part]:
        """Matrices and signs, from left to right."""
        return secrets.blanked(self.seen, self._all_parts())

    def _all_parts(self) -> list[Part]:
        return reading.parts(self.seen, is_short=self.is_short)

    def parts_beside(self) -> list[Part]:
        """Those of the side that the colours' scales are shared with, as it may tell them."""
        return secrets.blanked(self.beside, reading.parts(self.beside)) if self.beside else []

    def focus(self) -> dict[Key, Spot]:
        """Where a matrix too long to show in full is to be shown in full."""
        return reading.focus(self.seen)

    def needs(self) -> Mapping[Key, Needed]:
        """Which numbers are to be shown in full before all others."""
        return reading.needs(self.seen)

    def names(self) -> dict[Key, str]:
        """What the matrices are called."""
        return reading.names(self.seen, self.texts)

    def twins(self) -> dict[Key, Twin]:
        """What matrices are tied to."""
        return reading.twins(self.seen, self.texts)

    def slopes(self) -> dict[Key, Slope]:
        """The gradients that are to be seen."""
        return reading.slopes(self.seen, self.parts())

    def marks(self) -> dict[Key, Marks]:
        """What is marked on every part."""
        return secrets.unmarked(reading.marks(self.seen), self.secret())

    def special(self) -> Mapping[Spot, str]:
        """Cells of the result that say something else than their number."""
        return {}

    def secret(self) -> Mapping[Key, Mapping[Spot, str]]:
        """What stands in cells of any part whose numbers are not told."""
        return secrets.unknown(self.seen, self._all_parts(), self.look.digits)

    def result(self) -> Matrix | None:
        """The matrix whose colours the legend explains."""
        return reading.colored(self.seen)

    def obstacle(self) -> str:
        """Why there is nothing to draw; "" if there is."""
        return ""

    def remarks(self, equation: Equation, marks: Mapping[Key, Marks]) -> tuple[str, ...]:
        """What the foot is to say, the same in fewer words; or nothing."""
        translate = QCoreApplication.translate
        stripes = (
            translate("Stage", "Stripes are numbers: walk to them, or click them"),
            translate("Stage", "Stripes are numbers, too"),
        )
        corner = translate("Stage", "Filled corner: just changed")
        if self.seen.is_undone:
            corner = translate("Stage", "Filled corner: just changed back")
        if not any(found.changed for found in marks.values()):
            return stripes if equation.is_shortened else ()
        if not equation.is_shortened:
            return (corner,)
        return (*(f"{stripe} · {corner}" for stripe in stripes), corner, stripes[1])

    # Layout

    def _on_changed(self) -> None:
        self.equation = self.latest = None
        self.update()

    def _on_room(self) -> None:
        self.equation = self.latest = None
        self.update()

    def _on_numbers(self) -> None:
        """Paint only what looks otherwise: while a number is scrubbed most of it stays."""
        before, self.equation, self.latest = self.latest, None, None
        if before is None or not self.isVisible() or self.obstacle():
            self.update()
            return
        now = self.drawn()
        region = redrawn(before, now)
        if region is None:
            self.update()
            return
        if (before.ranges, before.remarks) != (now.ranges, now.remarks):
            foot = self.rect()
            foot.setTop(foot.bottom() - self.foot_look().px(FOOT))
            region += foot
        self.update(region)

    def drawn(self) -> Drawn:
        """All that is to be seen, worked out at most once a change."""
        if self.latest is None:
            equation, result = self.laid_out(), self.result()
            ranges = []
            if result is not None:
                slope, reach = reading.slope(self.seen, result), self.shared.get(("output", 0))
                ranges = ranges_of(result, self.look, slope, reach)
            marks = self.marks()
            self.latest = Drawn(equation, marks, ranges, self.remarks(equation, marks))
        return self.latest

    def shorten(self, is_short: bool) -> None:
        """Draw only the matrix of the cursor's number, or all parts."""
        if is_short != self.is_short:
            self.is_short = is_short
            self._on_room()

    def compare_with(self, beside: Seen | None) -> None:
        """Share the colours' scales with another side, or with none."""
        if beside is not self.beside:
            self.beside = beside
            self._on_changed()

    def limit(self, largest: float = LARGEST) -> None:
        """Let no letters be larger, so that panes beside each other are alike."""
        if largest != self.largest:
            self.largest = largest
            self._on_room()

    def laid_out(self) -> Equation:
        """The equation for the present room, laid out at most once a change."""
        if self.equation is not None:
            return self.equation
        room = self.room()
        made = self.fitted(room)
        for item in made.items:
            item.at += room.topLeft()
        self.equation = self.last = made
        self._grow(made, room)
        return made

    def fitted(self, room: QRectF, least: float | None = None) -> Equation:
        """The equation as it fits a room, its letters no smaller than `least`."""
        parts = self.parts()
        beside, told = self.beside, self.parts_beside()
        self.shared = reading.reaches(self.seen, beside, parts, told) if beside else {}
        return Equation(
            parts,
            self.look,
            room.width(),
            room.height(),
            self.focus(),
            names=self.names(),
            largest=self.largest,
            least=least,
            needs=self.needs(),
            read_only=self.is_read_only,
            special={("output", 0): self.special(), **self.secret()},
            twins=self.twins(),
            slopes=self.slopes(),
            reaches=self.shared,
            like=self.last,
        )

    def room(self) -> QRectF:
        """Where the equation lies: the widget less a margin."""
        edge = self.look.px(10)
        outer = (self.parentWidget() or self).rect()
        foot = self.look.px(FOOT)
        return QRectF(edge, edge, outer.width() - 2 * edge, outer.height() - edge - foot)

    def _grow(self, made: Equation, room: QRectF) -> None:
        """Ask for scrolling where the smallest layout is still larger than the room."""
        edge = self.look.px(10) + self.look.px(FOOT)
        wide = int(made.width) + edge if made.width > room.width() else 0
        high = int(made.height) + edge if made.height > room.height() else 0
        if (wide, high) != (self.minimumWidth(), self.minimumHeight()):
            self.setMinimumSize(wide, high)

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the equation and, when the keyboard is here, a frame."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_here, radius = self.hasFocus(), self.look.px(9)
        wide = max(2, self.look.px(1.5)) if is_here else 1
        painter.setPen(QPen(self.look.color("here_line" if is_here else "line"), wide))
        painter.setBrush(self.look.color("card"))
        edge = wide / 2
        painter.drawRoundedRect(
            QRectF(self.rect()).adjusted(edge, edge, -edge, -edge), radius, radius
        )
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        obstacle = self.obstacle()
        if obstacle:
            self._paint_obstacle(painter, obstacle)
        else:
            drawn, look = self.drawn(), self.foot_look()
            drawn.equation.paint(painter, drawn.marks, event.region())
            room = QRectF(self.rect())
            right = paint_legend(painter, room, look, drawn.ranges)
            paint_remark(painter, room, look, drawn.remarks, right)
        painter.end()

    def foot_look(self) -> Look:
        """The look of the foot's words, which may be smaller than the numbers."""
        return self.look

    def _paint_obstacle(self, painter: QPainter, text: str) -> None:
        self.setMinimumSize(0, 0)
        painter.setFont(self.foot_look().font(13))
        painter.setPen(self.look.color("faint"))
        edge = self.look.px(14)
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(QRectF(self.rect()).adjusted(edge, 0, -edge, 0), int(flags), text)
