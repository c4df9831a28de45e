"""The tour of a first start: four things to try, each beside the place where it is tried."""

from __future__ import annotations

import html
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.keys import PRESS, keep_keys
from app.theme import Look

if TYPE_CHECKING:
    from app.window import Window

SEEN = "has_seen_tour"


@dataclass(frozen=True)
class Stop:
    """What to try, and the widget of the window beside which it is told."""

    target: str
    title: str
    text: str


class Ring(QWidget):
    """A frame around what is spoken of; the mouse goes through it."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self.look = look
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The frame."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        wide = max(3, self.look.px(3))
        painter.setPen(QPen(self.look.color("here_line"), wide))
        edge, radius = wide / 2, self.look.px(9)
        painter.drawRoundedRect(
            QRectF(self.rect()).adjusted(edge, edge, -edge, -edge), radius, radius
        )
        painter.end()


class Card(QWidget):
    """The words, and the way on or out."""

    def __init__(self, tour: Welcome, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("welcome")
        self.tour = tour
        self.look = look
        self.text, self.count = QLabel(self), QLabel(self)
        self.text.setWordWrap(True)
        self.skip, self.back, self.next = QPushButton(self), QPushButton(self), QPushButton(self)
        for button, slot in (
            (self.skip, tour.leave),
            (self.back, tour.go_back),
            (self.next, tour.go_on),
        ):
            button.clicked.connect(slot)
            keep_keys(button, PRESS)
        foot = QHBoxLayout()
        foot.addWidget(self.count, 1)
        for button in (self.skip, self.back, self.next):
            foot.addWidget(button)
        self.rows = QVBoxLayout(self)
        self.rows.addWidget(self.text)
        self.rows.addLayout(foot)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc skips what is left; Return presses a button, as in a dialog."""
        chosen = self.focusWidget()
        if event.key() == Qt.Key.Key_Escape:
            self.tour.leave()
        elif event.key() in PRESS and isinstance(chosen, QPushButton):
            chosen.click()
        else:
            event.ignore()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A card that stands out."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.look.color("here_line"), 2))
        painter.setBrush(self.look.color("here"))
        radius = self.look.px(10)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), radius, radius)
        painter.end()


class Welcome(QObject):
    """Goes through the stops; begun once by itself, and again whenever it is asked for."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self.window = window
        self.place = 0
        self.ring: Ring | None = None
        self.card: Card | None = None
        self.focus: QWidget | None = None
        window.desk.welcome_wanted.connect(self.start)
        window.look.changed.connect(self.show_stop)
        window.installEventFilter(self)

    def stops(self) -> tuple[Stop, ...]:
        """What is told, in the language in force."""
        return (
            Stop(
                "timeline",
                self.tr("Walk"),
                self.tr(
                    "Right goes to the next step, Left goes back. Down goes into the numbers of a "
                    "step, Up comes out again. These buttons and the bar do the same. Try it!"
                ),
            ),
            Stop(
                "sides",
                self.tr("Ask"),
                self.tr(
                    "Click any number: below stands how it came about, and all that it was read "
                    "from is outlined."
                ),
            ),
            Stop(
                "token_area",
                self.tr("Change"),
                self.tr(
                    "Choose other words here, or take a matrix with a pencil: click a number and "
                    "type, or drag it sideways. All that follows is computed anew; Ctrl+Z takes "
                    "it back."
                ),
            ),
            Stop(
                "map_area",
                self.tr("Find your way"),
                self.tr(
                    "A click on the map goes anywhere. Lessons lead through it, F1 shows all keys, "
                    "and this tour is in the Help menu."
                ),
            ),
        )

    def start_once(self) -> None:
        """At the first start only."""
        if not self.window.settings.flag(SEEN):
            self.start()

    def start(self) -> None:
        """From the first stop."""
        if self.card is None:
            self.focus = self.window.focusWidget()
            self.ring = Ring(self.window.look, self.window)
            self.card = Card(self, self.window.look, self.window)
            self.ring.show()
            self.card.show()
        self.place = 0
        self.show_stop()
        self.card.next.setFocus()

    def go_on(self) -> None:
        """The next stop; after the last one it is over."""
        if self.place == len(self.stops()) - 1:
            self.leave()
            return
        self.place += 1
        self.show_stop()

    def go_back(self) -> None:
        """The stop before."""
        self.place = max(self.place - 1, 0)
        self.show_stop()

    def leave(self) -> None:
        """It is over, or was skipped, and does not come again by itself."""
        self.window.settings.set_flag(SEEN, True)
        for widget in (self.ring, self.card):
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.ring = self.card = None
        (self.focus or self.window.stage).setFocus()
        self.focus = None

    # What is seen

    def show_stop(self) -> None:
        """Words and places for the stop, the language, the look and the room there is."""
        if self.card is None or self.ring is None:
            return
        look, card, stops = self.window.look, self.card, self.stops()
        stop = stops[self.place]
        title, text = html.escape(stop.title), html.escape(stop.text)
        card.text.setFont(look.font(13))
        card.text.setText(f'<b style="font-size:{look.px(16)}px">{title}</b><br>{text}')
        count = self.tr("%1 of %2").replace("%1", str(self.place + 1))
        card.count.setText(count.replace("%2", str(len(stops))))
        card.skip.setText(self.tr("Skip"))
        card.back.setText(self.tr("Back"))
        is_last = self.place == len(stops) - 1
        card.next.setText(self.tr("Done") if is_last else self.tr("Next"))
        card.back.setEnabled(self.place > 0)
        card.skip.setVisible(not is_last)
        for label in (card.count, card.skip, card.back, card.next):
            label.setFont(look.font(12))
        card.rows.setContentsMargins(*(4 * [look.px(14)]))
        self._place()

    def _place(self) -> None:
        assert self.card is not None and self.ring is not None
        window, card = self.window, self.card
        target = self.target()
        wide = min(window.look.px(340), window.width() - 20)
        card.setFixedWidth(wide)
        card.rows.activate()
        card.resize(wide, card.rows.totalHeightForWidth(wide))
        card.move(spot(target, QRect(QPoint(), card.size()), window.rect()))
        self.ring.setGeometry(target)
        self.ring.raise_()
        card.raise_()

    def target(self) -> QRect:
        """Where the widget that is spoken of lies; the menus, where there is no room for it."""
        name = self.stops()[self.place].target
        widget: QWidget = getattr(self.window, name)
        if not widget.isVisibleTo(self.window):
            widget = self.window.menuBar()
        return QRect(widget.mapTo(self.window, QPoint()), widget.size())

    def eventFilter(self, _window: QObject, event: QEvent) -> bool:
        """The card stays beside its place."""
        if event.type() == QEvent.Type.Resize and self.card is not None:
            self._place()
        elif event.type() == QEvent.Type.LanguageChange:
            self.show_stop()
        return False


def spot(target: QRect, card: QRect, room: QRect, gap: int = 12) -> QPoint:
    """A place for the card beside its target: right, left, above or below; else inside."""
    middle = target.center() - card.center()
    found = [
        QPoint(target.right() + gap, middle.y()),
        QPoint(target.left() - gap - card.width(), middle.y()),
        QPoint(middle.x(), target.top() - gap - card.height()),
        QPoint(middle.x(), target.bottom() + gap),
    ]
    inner = room.adjusted(gap, gap, -gap, -gap)
    for place in found:
        left = min(max(place.x(), inner.left()), inner.right() - card.width())
        top = min(max(place.y(), inner.top()), inner.bottom() - card.height())
        moved = QRect(QPoint(left, top), card.size())
        if not moved.intersects(target) and inner.contains(moved):
            return moved.topLeft()
    return QPoint(
        target.center().x() - card.width() // 2, target.bottom() - card.height() - 3 * gap
    )
