"""Texts that wrap, titles that shrink: what is the higher the narrower it is."""

import pytest
from PySide6.QtWidgets import QScrollArea, QWidget
from window_support import flush

from app.views.parts.area import Area
from engine import moves

ENOUGH = 30


class Stubborn(QWidget):
    """Will be one height only, whatever it is given; gives up after a while."""

    resizes = 0

    def resizeEvent(self, event):
        super().resizeEvent(event)
        self.resizes += 1
        if self.height() != 77 and self.resizes < ENOUGH:
            self.resize(self.width(), 77)


@pytest.mark.parametrize(("kind", "is_endless"), [(QScrollArea, True), (Area, False)])
def test_content_that_never_settles_is_no_endless_resize(qtbot, kind, is_endless):
    area, content = kind(), Stubborn()
    qtbot.addWidget(area)
    area.setWidgetResizable(True)
    area.setWidget(content)
    area.show()
    area.resize(300, 200)
    flush()
    assert (content.resizes >= ENOUGH) == is_endless


@pytest.mark.parametrize("zoom", [100, 200, 300])
def test_the_heading_is_as_high_at_any_width(make, zoom):
    window = make(width=1400, height=700)
    window.look.set_zoom(zoom)
    heights = set()
    for depth in (moves.BLOCK, moves.NUMBER):
        window.document.go_to("decoder/1/cross_attention/head_1/masked", depth)
        for width in (1400, 1000, 700, 400, 320):
            window.resize(width, 700)
            flush()
            heights.add(window.heading.sizeHint().height())
    assert len(heights) == 1, heights
