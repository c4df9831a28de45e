"""The map's geometry, from nothing but the trace's own tree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF

from engine import Block, Step, Trace


@dataclass
class Node:
    """A block on the map: a box, or a frame around the nodes inside it.

    A block with steps of its own is a box, whatever smaller blocks it has inside; one
    that only holds blocks is a frame. `first` and `last` are the places of its first and
    last step in the trace. A folded frame is drawn as a box.
    """

    block: Block
    first: int
    last: int
    children: list[Node] = field(default_factory=list)
    is_folded: bool = False
    siblings: int = 1
    rect: QRectF = field(default_factory=QRectF)

    @property
    def is_box(self) -> bool:
        """Whether it is drawn as a box."""
        return self.is_folded or not self.children

    def boxes(self) -> list[Node]:
        """The boxes inside, itself included, in the order of the steps."""
        return [self] if self.is_box else [b for c in self.children for b in c.boxes()]

    def chains(self) -> list[list[Node]]:
        """Each box inside, itself included, with the frames around it, outermost first."""
        if self.is_box:
            return [[self]]
        return [[self, *chain] for child in self.children for chain in child.chains()]

    def holds(self, place: int) -> bool:
        """Whether the step at this place is inside."""
        return self.first <= place <= self.last


@dataclass(frozen=True)
class Sizes:
    """Lengths of the map in pixels."""

    lane: float
    gap: float
    box: float
    label: float
    edge: float


@dataclass
class Lane:
    """One column: its nodes from the bottom up, and the words it starts from."""

    nodes: list[Node]
    words: tuple[str, ...]
    rect: QRectF = field(default_factory=QRectF)

    def boxes(self) -> list[Node]:
        """All boxes of the column, in order."""
        return [b for n in self.nodes for b in n.boxes()]


def make_lanes(trace: Trace, here: int, unfolded: frozenset[str], most_open: int = 2) -> list[Lane]:
    """The model's lanes; of many layers only the one with step `here` (or chosen) is open."""
    places = {path: index for index, path in enumerate(trace.steps)}
    lanes: dict[int, list[Node]] = {}
    for block in trace.root.blocks:
        lanes.setdefault(block.lane, []).append(_node(block, places, here, unfolded, most_open))
    if not lanes:
        steps = tuple(trace)
        lanes[0] = [Node(trace.root, 0, len(steps) - 1)]
    return [Lane(nodes, _words(nodes)) for _, nodes in sorted(lanes.items())]


def _node(
    block: Block, places: dict[str, int], here: int, unfolded: frozenset[str], most_open: int
) -> Node:
    steps = [places[s.path] for s in block.steps()]
    node = Node(block, min(steps), max(steps))
    if any(isinstance(c, Step) for c in block.children):
        return node
    inner = [_node(b, places, here, unfolded, most_open) for b in block.blocks]
    frames = [n for n in inner if not n.is_box]
    for frame in frames:
        frame.siblings = len(frames)
        is_open = frame.holds(here) or frame.block.path in unfolded
        frame.is_folded = len(frames) > most_open and not is_open
    node.children = inner
    return node


def _words(nodes: Sequence[Node]) -> tuple[str, ...]:
    return next(iter(nodes[0].block.steps())).output.rows


def place(lanes: Sequence[Lane], size: Sizes, bottom: float) -> float:
    """Give every node its rectangle, from the bottom up; returns the height needed."""
    tallest = max(sum(_height(n, size, 0) for n in lane.nodes) for lane in lanes)
    for index, lane in enumerate(lanes):
        left = size.edge + index * (size.lane + 2 * size.edge)
        y = bottom
        for node in lane.nodes:
            y = _place_node(node, QPointF(left, y), size.lane, size, 0)
        lane.rect = QRectF(left, y, size.lane, bottom - y)
    return tallest


def _height(node: Node, size: Sizes, depth: int) -> float:
    if node.is_box:
        return _box_height(node, size) + size.gap
    inner = sum(_height(c, size, depth + 1) for c in node.children)
    return inner + _label_height(node, size, depth) + (2 * size.gap if depth else size.gap)


def _box_height(node: Node, size: Sizes) -> float:
    """A block with smaller blocks inside has a line more to say."""
    return size.box * (1.4 if node.block.blocks and not node.is_folded else 1.0)


def has_label(node: Node, depth: int) -> bool:
    """A frame is named if it holds frames or numbered blocks, or stands inside one."""
    return depth > 0 or any(
        not c.is_box or c.is_folded or c.block.name[-1:].isdigit() for c in node.children
    )


def _label_height(node: Node, size: Sizes, depth: int) -> float:
    return size.label if has_label(node, depth) else 0.0


def _place_node(node: Node, foot: QPointF, width: float, size: Sizes, depth: int) -> float:
    """Place a node with its lower left corner at `foot`; gives the height of the next foot."""
    if node.is_box:
        high = _box_height(node, size)
        node.rect = QRectF(foot.x(), foot.y() - high, width, high)
        return foot.y() - high - size.gap
    inset = size.edge * 0.7 if depth else 0.0
    y = foot.y() - (size.gap if depth else 0.0)
    for child in node.children:
        y = _place_node(child, QPointF(foot.x() + inset, y), width - 2 * inset, size, depth + 1)
    top = y - _label_height(node, size, depth)
    node.rect = QRectF(foot.x(), top, width, foot.y() - top)
    return top - size.gap


def crossings(lanes: Sequence[Lane]) -> list[tuple[Node, Node, list[Step]]]:
    """Which box reads which box of another lane, with the steps that do."""
    made_by = {
        s.path: (lane, box) for lane in lanes for box in lane.boxes() for s in box.block.steps()
    }
    found: dict[tuple[int, int], tuple[Node, Node, list[Step]]] = {}
    for lane in lanes:
        for box in lane.boxes():
            for step in box.block.steps():
                for matrix in step.inputs:
                    source = made_by.get(matrix.path)
                    if source is not None and source[0] is not lane:
                        key = (id(source[1]), id(box))
                        found.setdefault(key, (source[1], box, []))[2].append(step)
    return list(found.values())
