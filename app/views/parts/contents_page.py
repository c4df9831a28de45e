"""The lessons there are, how far one has come, and a search through all of them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.keys import keep_keys, press_keys
from app.symbols import rich
from app.theme import Look
from app.tour import Tour
from app.views.parts.rich_items import MARKUP, RichItems
from engine.course import plain

LIST_KEYS = (
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
    Qt.Key.Key_Return,
    Qt.Key.Key_Enter,
    Qt.Key.Key_Space,
)


class ContentsPage(QWidget):
    """The list of lessons, or of what was found.

    Signals:
        practice_wanted: closing questions at random.
    """

    practice_wanted = Signal()

    def __init__(self, tour: Tour, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self.tour = tour
        self.look = look
        self.heading = QLabel(self)
        self.field = QLineEdit(self)
        self.field.setClearButtonEnabled(True)
        self.field.textChanged.connect(self._on_typed)
        self.field.returnPressed.connect(self._on_return)
        keep_keys(self.field)
        self.list = QListWidget(self)
        self.list.setObjectName("lessons list")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemActivated.connect(self._on_chosen)
        self.list.itemClicked.connect(self._on_chosen)
        self.list.setItemDelegate(RichItems(look, self.list))
        keep_keys(self.list, LIST_KEYS)
        self.nothing = QLabel(self)
        self.nothing.setWordWrap(True)
        self.practice, self.own = QPushButton(self), QPushButton(self)
        self.practice.clicked.connect(self.practice_wanted)
        self.own.clicked.connect(tour.use_own)
        self.column = QVBoxLayout(self)
        for widget in (self.heading, self.field, self.list, self.nothing, self.practice, self.own):
            self.column.addWidget(widget, 1 if widget is self.list else 0)
        for button in (self.practice, self.own):
            press_keys(button)
        for signal in (tour.shelf_changed, tour.progress_changed, tour.stop_changed, look.changed):
            signal.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Lessons, progress, look or language may be others."""
        look = self.look
        self.column.setContentsMargins(*(4 * [look.px(8)]))
        self.column.setSpacing(look.px(8))
        self.heading.setFont(look.font(17, bold=True))
        self.heading.setText(self.tr("Lessons"))
        for widget in (self.field, self.list, self.nothing, self.practice, self.own):
            widget.setFont(look.font(13))
        self.field.setPlaceholderText(self.tr("Search all lessons"))
        self.field.setAccessibleName(self.tr("Search all lessons"))
        self.list.setAccessibleName(self.tr("Lessons"))
        self.list.setSpacing(look.px(2))
        self.nothing.setText(self.tr("No lesson has all of these words."))
        self.practice.setText(self.tr("Interview practice"))
        self.own.setText(self.tr("Stepformer's own lessons"))
        self.own.setVisible(self.tour.folder is not None)
        self._fill()

    def _fill(self) -> None:
        row = max(self.list.currentRow(), 0)
        self.list.clear()
        text = self.field.text().strip()
        if text:
            self._fill_hits(text)
        else:
            for found in self.tour.books:
                lesson = found.lesson
                about = plain(getattr(found.prose.about[0], "spans", ()))
                title = f"{lesson.order}. {found.title}"
                self._add((title, self._progress(lesson.slug)), (lesson.slug, None), about)
        self.list.setCurrentRow(min(row, self.list.count() - 1))
        self.nothing.setVisible(self.list.count() == 0)

    def _fill_hits(self, text: str) -> None:
        from app.searching import words_of  # needs the lessons' reader

        titles = {b.lesson.slug: f"{b.lesson.order}. {b.title}" for b in self.tour.books}
        for hit in self.tour.search(text):
            name = f"{titles[hit.slug]} › {hit.title}" if hit.place >= 0 else titles[hit.slug]
            where = (hit.slug, max(hit.place, 0))
            self._add((name, hit.excerpt), where, "", words_of(text))

    def _add(
        self,
        lines: tuple[str, str],
        where: tuple[str, int | None],
        tip: str,
        words: Sequence[str] = (),
    ) -> None:
        """An entry of a name and what is said of it, with these words emphasised."""
        item = QListWidgetItem("\n".join(lines), self.list)
        item.setData(Qt.ItemDataRole.UserRole, where)
        item.setData(MARKUP, self._markup(lines, words))
        item.setToolTip(tip)

    def _markup(self, lines: tuple[str, str], words: Sequence[str]) -> str:
        from app.searching import marked

        theme, weight = self.look.theme, int(self.look.strong_weight)
        style = f"color:{theme.link};font-weight:{weight}"
        name, about = (
            "".join(
                f'<span style="{style}">{rich(piece)}</span>' if is_found else rich(piece)
                for piece, is_found in marked(line, words)
            )
            for line in lines
        )
        return f'<div>{name}</div><div style="color:{theme.faint}">{about}</div>'

    def _progress(self, slug: str) -> str:
        found = self.tour.progress(slug)
        assert found is not None
        if found.is_done:
            parts = [self.tr("✓ done")]
        elif found.seen:
            text = self.tr("%1 of %2 stops seen").replace("%1", str(found.seen))
            parts = [text.replace("%2", str(found.stops))]
        else:
            parts = [self.tr("%1 stops").replace("%1", str(found.stops))]
        if found.questions and found.seen:
            text = self.tr("%1 of %2 questions right").replace("%1", str(found.right))
            parts.append(text.replace("%2", str(found.questions)))
        return " · ".join(parts)

    def take_keyboard(self) -> None:
        """The keyboard goes to the list."""
        self.list.setFocus()

    def _on_typed(self) -> None:
        self._fill()

    def _on_return(self) -> None:
        if self.list.count():
            self._on_chosen(self.list.item(max(self.list.currentRow(), 0)))

    def _on_chosen(self, item: QListWidgetItem) -> None:
        slug, place = item.data(Qt.ItemDataRole.UserRole)
        self.tour.start(slug, place)
