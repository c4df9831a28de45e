"""Pictures of the main states, compared with those that were looked at and found good.

They are made with the bundled fonts and a font setting of their own, so that they are the same
on every machine. STEPFORMER_UPDATE_SNAPSHOTS=1 writes them anew: look at them before you commit.
"""

import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget
from window_support import Hand, flush

from app.i18n import Language
from app.views.explain import Explain
from engine import Options, fresh, moves

FOLDER = Path(__file__).parent
IS_UPDATE = os.environ.get("STEPFORMER_UPDATE_SNAPSHOTS") == "1"

SHADES = 24
"""Two shades count as one if no channel differs by more; glyphs' edges do between libraries."""

MOST_DIFFERENT, BLOCK, MOST_IN_BLOCK = 0.005, 16, 0.4
"""Which share of all pixels may differ, and which of any block's."""

HEAD = "encoder/1/self_attention/head_1"


def pixels(image: QImage) -> np.ndarray:
    """Height, width, and the three channels in 32 shades, which keeps the files small."""
    plain = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(plain.constBits(), np.uint8).reshape(plain.height(), -1)
    return rows[:, : 3 * plain.width()].reshape(plain.height(), plain.width(), 3) & 0xF8


def to_image(array: np.ndarray) -> QImage:
    data = np.ascontiguousarray(array)
    height, width = data.shape[:2]
    return QImage(data.tobytes(), width, height, 3 * width, QImage.Format.Format_RGB888).copy()


def difference(one: np.ndarray, two: np.ndarray) -> np.ndarray:
    """Where two pictures of one size differ."""
    return np.abs(one.astype(int) - two.astype(int)).max(axis=2) > SHADES


def worst_block(differs: np.ndarray) -> tuple[float, int, int]:
    """The largest share of different pixels in any block, and its left and upper edge."""
    height, width = (n // BLOCK * BLOCK for n in differs.shape)
    blocks = differs[:height, :width].reshape(height // BLOCK, BLOCK, width // BLOCK, BLOCK)
    shares = blocks.mean(axis=(1, 3))
    row, column = np.unravel_index(int(shares.argmax()), shares.shape)
    return float(shares[row, column]), int(column) * BLOCK, int(row) * BLOCK


def compare(name: str, image: QImage, folder: Path) -> None:
    """Assert that the picture is the one that is kept; else leave it and what differs."""
    path, now = FOLDER / f"{name}.png", pixels(image)
    if IS_UPDATE:
        assert to_image(now).save(str(path), "PNG", 0)
        return
    assert path.is_file(), f"{path.name} is missing; STEPFORMER_UPDATE_SNAPSHOTS=1 makes it"
    kept = pixels(QImage(str(path)))
    actual, differing = folder / f"{name}-actual.png", folder / f"{name}-difference.png"
    to_image(now).save(str(actual), "PNG")
    assert now.shape == kept.shape, f"{now.shape} is not {kept.shape}: see {actual}"
    differs = difference(now, kept)
    share, left, top = worst_block(differs)
    shown = np.where(differs[..., None], np.array([255, 0, 0]), now // 2 + 124).astype(np.uint8)
    to_image(shown).save(str(differing), "PNG")
    where = f"see {actual} and {differing}"
    assert differs.mean() <= MOST_DIFFERENT, f"{differs.mean():.2%} of {name} differ; {where}"
    assert share <= MOST_IN_BLOCK, f"{name} differs around ({left}, {top}); {where}"


# The states


def start(_hand: Hand) -> None:
    """As it opens."""


def number(hand: Hand) -> None:
    hand.go(f"{HEAD}/scores", moves.NUMBER)
    hand.document.move(lambda t, c: moves.at_number(t, c, -1, 1, 2))


def operation(hand: Hand) -> None:
    number(hand)
    hand.press("Down", "Right", "Right", "Right", "Right", "Right")


def softmax(hand: Hand) -> None:
    hand.go(f"{HEAD}/weights", moves.NUMBER)
    hand.document.move(lambda t, c: moves.at_number(t, c, -1, 1, 2))


def block(hand: Hand) -> None:
    hand.go(f"{HEAD}/Q", moves.BLOCK)


def dark(hand: Hand) -> None:
    softmax(hand)
    hand.press("Ctrl+D")


def large(hand: Hand) -> None:
    hand.go("encoder/1/norm_1", moves.NUMBER)
    hand.window.look.set_zoom(200)


def layers(hand: Hand) -> None:
    hand.document.begin(fresh(Options(layers=6, norm="before", final_norm=True), seed=1))
    hand.go("decoder/3/cross_attention/head_2/weights")


def options(hand: Hand) -> None:
    hand.go("output/probabilities")
    hand.window.side.bring("options")


def contrast(hand: Hand) -> None:
    softmax(hand)
    hand.window.look.set_theme("contrast")


def chinese(hand: Hand) -> None:
    hand.go("decoder/1/cross_attention/head_1/weights", moves.NUMBER)
    language = hand.window.findChild(Language)
    assert language is not None
    language.use("zh_CN")


def lesson(hand: Hand) -> None:
    hand.window.side.bring("lessons")
    hand.window.desk.tour.start("why-projections", 3)


def compared(hand: Hand) -> None:
    hand.go(f"{HEAD}/weights", moves.NUMBER)
    hand.document.compare_option("B", "scale", False)


def gradient(hand: Hand) -> None:
    hand.go(f"{HEAD}/scores", moves.NUMBER)
    hand.window.actions_.by_name["goal"].trigger()
    hand.go(f"{HEAD}/Q", moves.NUMBER)


def tied(hand: Hand) -> None:
    hand.document.tie(f"{HEAD}/W_K", f"{HEAD}/W_Q")
    hand.go(f"{HEAD}/K", moves.NUMBER)


def pinned(hand: Hand) -> None:
    hand.document.pin(f"{HEAD}/scores", 1, 2, 9.0)
    hand.go(f"{HEAD}/scores", moves.NUMBER)


def edited(hand: Hand) -> None:
    hand.go(f"{HEAD}/Q")
    hand.press("Tab", "Down", "Right")
    hand.write("2.5")
    hand.press("Return")


def refused(hand: Hand) -> None:
    hand.go(f"{HEAD}/Q")
    hand.press("Tab", "Down", "Right")
    hand.write("1/0")
    hand.press("Return")


def masked(hand: Hand) -> None:
    hand.document.begin(fresh(Options(), seed=1))
    hand.go("decoder/1/self_attention/head_1/masked")
    hand.press("Tab", "Down", "Right", "Space")


def norm(hand: Hand) -> None:
    hand.go("encoder/1/norm_1", moves.NUMBER)


def joined(hand: Hand) -> None:
    hand.go("encoder/1/self_attention/joined", moves.NUMBER)


def crossed(hand: Hand) -> None:
    hand.go("decoder/1/cross_attention/head_1/scores", moves.NUMBER)


def bad_file(hand: Hand) -> None:
    hand.document.open("there-is-no-such-file.json")


WINDOWS = (
    *(start, operation, softmax, block, dark, contrast, large, layers, options, bad_file),
    *(chinese, lesson, compared, gradient),
)
STAGES = (number, softmax, edited, refused, masked, norm, joined, crossed, tied, pinned)


@pytest.fixture(autouse=True)
def steady_caret(stepformer) -> None:
    QApplication.setCursorFlashTime(0)


def pictured(hand: Hand, state: Callable[[Hand], None], view: QWidget) -> QImage:
    state(hand)
    for explain in hand.window.findChildren(Explain):
        explain.formula.settle()
    flush()
    return view.grab().toImage()


@pytest.mark.parametrize("state", WINDOWS, ids=lambda s: s.__name__)
def test_window(make, qtbot, tmp_path, state):
    window = make(width=1024, height=640)
    image = pictured(Hand(qtbot, window), state, window)
    window.findChild(Language).use("en")
    compare(f"window-{state.__name__}", image, tmp_path)


@pytest.mark.parametrize("state", STAGES, ids=lambda s: s.__name__)
def test_stage(make, qtbot, tmp_path, state):
    """The stage alone, in the room that it has beside map and side panel."""
    window = make(width=1240, height=760)
    image = pictured(Hand(qtbot, window), state, window.stage)
    compare(f"stage-{state.__name__}", image, tmp_path)


def test_no_picture_is_left_over():
    wanted = {f"window-{s.__name__}.png" for s in WINDOWS}
    wanted |= {f"stage-{s.__name__}.png" for s in STAGES}
    found = list(FOLDER.glob("*.png"))
    assert {path.name for path in found} == wanted
    assert sum(path.stat().st_size for path in found) < 2_500_000


# The comparison itself must be able to fail


@pytest.mark.skipif(IS_UPDATE, reason="the kept pictures are being written")
def test_a_small_change_is_seen(tmp_path):
    kept = QImage(str(FOLDER / "window-start.png"))
    compare("window-start", kept, tmp_path)
    for left, top, width, height in ((300, 300, 20, 20), (0, 0, 1024, 6), (900, 600, 40, 12)):
        changed = pixels(kept).copy()
        changed[top : top + height, left : left + width] ^= 0xF8
        with pytest.raises(AssertionError, match="differ"):
            compare("window-start", to_image(changed), tmp_path)
    assert (tmp_path / "window-start-actual.png").is_file()
    assert (tmp_path / "window-start-difference.png").is_file()


@pytest.mark.skipif(IS_UPDATE, reason="the kept pictures are being written")
def test_the_edges_of_glyphs_may_differ_a_little(tmp_path):
    kept = pixels(QImage(str(FOLDER / "window-start.png")))
    noise = np.random.default_rng(0).integers(0, 3, kept.shape) * 8
    compare("window-start", to_image(np.clip(kept + noise, 0, 255).astype(np.uint8)), tmp_path)
    with pytest.raises(AssertionError, match="is not"):
        compare("window-start", to_image(kept[:-1]), tmp_path)
