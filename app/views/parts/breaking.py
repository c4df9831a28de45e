"""Keeps a formula and the mark behind it in one line, which Qt's own line breaks do not."""

from __future__ import annotations

from PySide6.QtGui import QTextBlock, QTextCursor, QTextDocument

from app.views.parts.writing import OBJECT

CLOSING = frozenset("，。、；：？！）”’》」,.;:?!)")
"""What no line begins with."""

OPENING = frozenset("（“‘《「(")
"""What no line ends with."""

BREAK = "\u2028"


def keep_marks(document: QTextDocument) -> None:
    """Begin a new line before a formula whose mark would begin the next one.

    Qt breaks a line behind any object, a word joiner notwithstanding. The document has its
    width; a line that holds nothing but the formula is left as it is.
    """
    document.size()  # lays it out
    block = document.firstBlock()
    while block.isValid():
        while (at := _torn(block)) >= 0:
            cursor = QTextCursor(document)
            cursor.setPosition(block.position() + at)
            cursor.insertText(BREAK)
            document.size()
        block = block.next()


def _torn(block: QTextBlock) -> int:
    """Where a line of the block must end so that its formula keeps its mark; −1 for nowhere."""
    layout, text = block.layout(), block.text()
    for number in range(1, layout.lineCount()):
        start, before = layout.lineAt(number).textStart(), layout.lineAt(number - 1).textStart()
        if text[start] not in CLOSING or text[start - 1] != OBJECT:
            continue
        at = start - 1
        while at > before and text[at - 1] in OPENING:
            at -= 1
        if at > before:
            return at
    return -1
