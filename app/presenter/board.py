"""The stage in the hall; in a comparison A, B and, where there is room for it, B − A."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget

from app.desk import Desk
from app.glance import Glance
from app.presenter.answers import Answers
from app.presenter.canvas import Canvas
from app.presenter.panes import HallDifference, HallOther, HallPane
from app.theme import Look
from app.views.parts.area import Area
from app.views.parts.equation import LARGEST
from app.views.parts.legend import FOOT
from app.views.parts.telling import differing, headlines
from engine import moves

Shares = tuple[float, float, float, float]
"""Left, top, width, height, as shares of the board."""

Way = tuple[Shares, Shares, Shares | None]

WAYS: tuple[Way, ...] = (
    ((0, 0, 1 / 3, 1), (2 / 3, 0, 1 / 3, 1), (1 / 3, 0, 1 / 3, 1)),
    ((0, 0, 1 / 2, 1 / 2), (1 / 2, 0, 1 / 2, 1 / 2), (1 / 4, 1 / 2, 1 / 2, 1 / 2)),
    ((0, 0, 1, 1 / 3), (0, 2 / 3, 1, 1 / 3), (0, 1 / 3, 1, 1 / 3)),
    ((0, 0, 1 / 2, 1), (1 / 2, 0, 1 / 2, 1), None),
    ((0, 0, 1, 1 / 2), (0, 1 / 2, 1, 1 / 2), None),
)
"""Where A, B and B − A may stand."""


@dataclass
class Place:
    """A pane with its headline."""

    pane: HallPane
    area: Area
    head: QLabel

    def show(self, is_shown: bool, *, has_head: bool = True) -> None:
        """Show it or not."""
        self.area.setVisible(is_shown)
        self.head.setVisible(is_shown and has_head)

    def put(self, rect: QRect, high: int) -> None:
        """The headline in the first `high` pixels, the pane below it."""
        self.head.setGeometry(rect.left(), rect.top(), rect.width(), high)
        self.area.setGeometry(rect.adjusted(0, high, 0, 0))


class Board(QWidget):
    """The canvas, or the two sides of a comparison, as large as there is room for."""

    def __init__(
        self, desk: Desk, looks: tuple[Look, Look], answers: Answers, parent: QWidget
    ) -> None:
        """`looks` are that of the matrices, and that of the words."""
        super().__init__(parent)
        self.document, self.texts = desk.document, desk.texts
        self.look, self.words = looks
        self.glance = Glance(desk.document)
        self.largest = LARGEST
        self.known: tuple[object, Way] | None = None
        area = self._area()
        self.canvas = Canvas(desk.document, looks, desk.texts, answers, area.viewport())
        self.active = self._place(self.canvas, area)
        area = self._area()
        self.other = HallOther(self.glance, self.look, desk.texts, area.viewport())
        self.other.mouse.connect(self._on_mouse)
        self.passive = self._place(self.other, area)
        area = self._area()
        self.difference = HallDifference(
            desk.document, self.glance, self.look, desk.texts, area.viewport()
        )
        self.between = self._place(self.difference, area)
        for pane in self.panes[1:]:
            pane.dress(answers, self.words, self.canvas.spotlight)
        document = desk.document
        for signal in (document.sides_changed, document.model_changed, document.cursor_changed):
            signal.connect(self.arrange)
        document.selection_changed.connect(self.arrange)
        answers.changed.connect(self.arrange)
        document.trace_changed.connect(self._on_numbers)

    def _area(self) -> Area:
        area = Area(self)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return area

    def _place(self, pane: HallPane, area: Area) -> Place:
        area.setWidget(pane)
        head = QLabel(self)
        head.setAlignment(Qt.AlignmentFlag.AlignCenter)
        head.setTextFormat(Qt.TextFormat.PlainText)
        return Place(pane, area, head)

    @property
    def panes(self) -> tuple[HallPane, ...]:
        """All that draw."""
        return (self.canvas, self.other, self.difference)

    def want(self, least: float, largest: float, floor: float = 0.0) -> None:
        """Letters of this size at least, and at most, in pixels at 100% of their look.

        Where `least` has no room at all, they are still no smaller than `floor` if that has.
        """
        self.largest = largest
        for pane in self.panes:
            pane.want(least, floor)
        self.arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another room."""
        super().resizeEvent(event)
        self.arrange()

    # Where things stand

    def arrange(self) -> None:
        """All of the room for the canvas, or as large letters for all panes as there can be."""
        is_comparing = self.document.is_comparing
        is_short = is_comparing and self.document.selection is None
        self.canvas.compare_with(self.glance if is_comparing else None)
        self.other.compare_with(self.document if is_comparing else None)
        for pane in self.panes:
            pane.limit(self.largest)
        self.canvas.shorten(is_short)
        self.other.shorten(is_short)
        if not is_comparing:
            self.active.show(True, has_head=False)
            self.passive.show(False)
            self.between.show(False)
            self.active.put(self.rect(), 0)
            return
        high = round(self.words.face(13, strong=True).height * 1.2)
        shown, way = self._ordered(), self._way(high)
        for place, share in zip(shown, way, strict=True):
            place.show(share is not None)
            if share is not None:
                place.put(self._rect(share), high)
        self._tell()
        drawn = [
            p.pane.laid_out().pixels
            for p, share in zip(shown, way, strict=True)
            if share is not None and not p.pane.obstacle()
        ]
        for pane in self.panes:
            pane.limit(min(drawn, default=self.largest))

    def _ordered(self) -> tuple[Place, Place, Place]:
        """A, B and B − A."""
        both = (self.passive, self.active) if self.document.is_b else (self.active, self.passive)
        return (*both, self.between)

    def _way(self, high: int) -> Way:
        """The one with the largest letters; it stays while only the number asked is another."""
        document, look = self.document, self.look
        at = document.number
        asked = (at.path, at.working, document.cursor.depth == moves.BLOCK, document.selection)
        around = (self.size(), high, look.zoom, look.digits, self.canvas.least, self.largest)
        key = (asked, around, document.scenario, self.glance.scenario, document.shown)
        if self.known is None or self.known[0] != key:
            self.known = (key, max(WAYS, key=lambda way: self._worth(way, high)))
        return self.known[1]

    def _worth(self, way: Way, high: int) -> tuple[int, float, int]:
        """All numbers in letters that are wanted, B − A among them; the letters; how many numbers.

        Without B − A only where there is no room for it, or nothing to show.
        """
        has_difference = way[2] is not None
        if has_difference and self.difference.obstacle():
            return 0, 0.0, 0
        edge, foot = self.words.px(6), self.words.px(FOOT)
        letters, cells, is_whole = self.largest, 9999, True
        for place, share in zip(self._ordered(), way, strict=True):
            if share is None or place.pane.obstacle():
                continue
            rect = self._rect(share).adjusted(edge, edge + high, -edge, -foot)
            if rect.width() < edge or rect.height() < edge:
                return 0, 0.0, 0
            made = place.pane.fitted(QRectF(rect))
            is_large = made.pixels >= self.canvas.least
            is_whole = is_whole and is_large and not made.is_shortened
            pictures = [i.picture for i in made.items if i.picture]
            cells = min(cells, sum(p.down.count * p.across.count for p in pictures))
            letters = min(letters, made.pixels)
        return 2 * is_whole + has_difference, letters, cells

    def _rect(self, share: Shares) -> QRect:
        """A share of the board, less a gap."""
        gap = self.words.px(4)
        wide, high = self.width(), self.height()
        left, top, width, height = share
        rect = QRectF(left * wide, top * high, width * wide, height * high).toRect()
        return rect.adjusted(gap if left else 0, gap if top else 0, 0, 0)

    # What stands above

    def _on_numbers(self) -> None:
        """An edit, undone or done again: B may differ in something else now."""
        if self.document.is_comparing:
            self._tell()

    def _tell(self) -> None:
        a, b = self.document.state.sheets
        names = headlines(a, b, self.texts), differing(b, a, self.texts)
        is_b = self.document.is_b
        for place, name, titles, is_active in zip(
            self._ordered()[:2], "AB", names, (not is_b, is_b), strict=True
        ):
            face = self.words.face(13, strong=is_active)
            place.head.setFont(face.font)
            texts = [f"{'▸ ' if is_active else ''}{name} · {title}" for title in titles]
            place.head.setText(face.fitting(texts, place.head.width() - 4))
        self.between.head.setFont(self.words.font(13))
        self.between.head.setText("B − A")

    def _on_mouse(self, event: object) -> None:
        """A press on the other side turns to it and asks there."""
        assert isinstance(event, QMouseEvent)
        if event.type() != QMouseEvent.Type.MouseButtonPress or self.other.obstacle():
            return
        hit = self.other.laid_out().hit(event.position())
        document = self.document
        document.turn()
        if hit is not None and document.cursor.depth != moves.BLOCK:
            working, spot = document.number.working, hit[1]
            document.move(lambda t, c: moves.at_number(t, c, working, *spot))
