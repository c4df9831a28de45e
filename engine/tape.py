"""Recording a run: the tape, and the scope through which a model writes on it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from engine.checks import written
from engine.errors import InputError
from engine.pinned import Pinned
from engine.trace import Array, Block, Labels, Matrix, Op, Step, Trace, freeze

if TYPE_CHECKING:
    from engine.scenario import Scenario


Pins = Mapping[str, Mapping[tuple[int, int], float]]
"""Results set by hand: by step, by row and column from 0."""


class Tape:
    """Records one run. A model writes on it through a Scope."""

    def __init__(
        self,
        params: Mapping[str, Array],
        masks: Mapping[str, NDArray[np.bool_]],
        pins: Pins | None = None,
    ) -> None:
        self.params = dict(params)  # asked for a hundred times: without the read-only mapping
        self.masks = masks
        self.asked = 0
        self.pins = pins or {}
        self.steps: dict[str, Step] = {}
        self.given: dict[str, Matrix] = {}
        self.root = Block("model", "")

    def parameter(self, path: str, shape: tuple[int, ...], invent: str) -> Array:  # noqa: ARG002
        """Stand in for a parameter that is missing or of another shape, which would spread unseen.

        InputError; a draft invents it instead.
        """
        found = self.params.get(path)
        if found is None:
            raise InputError("param_missing", path, expected=written(shape))
        wanted = written(shape)
        raise InputError("param_shape", path, expected=wanted, found=written(found.shape))

    def mask(self, path: str, blocked: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """What is painted there, else `blocked`; InputError if the paint has another shape."""
        painted = self.masks.get(path)
        if painted is None:
            return blocked
        if painted.shape != blocked.shape:
            wanted = written(blocked.shape)
            raise InputError("mask_shape", path, expected=wanted, found=written(painted.shape))
        return painted

    def finish(self, scenario: Scenario | None) -> Trace:
        """The record, closed."""
        return Trace(self.root, self.steps, self.given, scenario)


class Scope:
    """A block that is being written: gives paths to steps and parameters.

    Parameters stand under the steps' prefix, unless blocks share theirs (`sharing`).
    """

    __slots__ = ("block", "prefix", "shared", "tape")

    def __init__(self, tape: Tape, block: Block, prefix: str, shared: str | None = None) -> None:
        self.tape = tape
        self.block = block
        self.prefix = prefix
        self.shared = prefix if shared is None else shared

    def inside(self, name: str, lane: int | None = None) -> Scope:
        """A block inside this one; its name becomes a part of the paths."""
        path = self.prefix + name
        block = Block(name, path, self.block.lane if lane is None else lane)
        self.block.children.append(block)
        within = path + "/"
        shared = within if self.shared is self.prefix else f"{self.shared}{name}/"
        return Scope(self.tape, block, within, shared)

    def group(self, name: str) -> Scope:
        """A block for the eye only: paths stay those of this scope."""
        block = Block(name, self.prefix + name, self.block.lane, is_group=True)
        self.block.children.append(block)
        return Scope(self.tape, block, self.prefix, self.shared)

    def root(self) -> Scope:
        """The whole model's scope: for parameters that blocks share; paths start anew."""
        return Scope(self.tape, self.tape.root, "")

    def shelf(self, name: str) -> Scope:
        """A place for parameters that stand outside of any block."""
        return Scope(self.tape, self.block, f"{self.prefix}{name}/")

    def sharing(self, name: str) -> Scope:
        """The same block with its parameters under `name`, where other blocks look, too."""
        return Scope(self.tape, self.block, self.prefix, f"{name}/")

    def param(
        self, name: str, rows: Labels, columns: Labels, symbol: str, invent: str, role: str = ""
    ) -> Matrix:
        """The parameter `name` of this block as a matrix; rows of () make it a vector."""
        path, tape = self.shared + name, self.tape
        if path in tape.given:
            return tape.given[path]
        shape = (len(rows), len(columns)) if rows else (len(columns),)
        array = tape.params.get(path)
        if array is None or array.shape != shape:
            array = tape.parameter(path, shape, invent)
        if not rows:
            array, rows = array[None], ("",)
        tape.asked += 1
        matrix = Matrix(path, array, rows, columns, symbol, role, False, "parameter")
        tape.given[path] = matrix
        return matrix

    def constant(
        self, name: str, data: Array, rows: Labels, columns: Labels, symbol: str, role: str = ""
    ) -> Matrix:
        """A matrix that the model brings along and nobody edits."""
        path = self.prefix + name
        matrix = Matrix(path, freeze(data), rows, columns, symbol, role, origin="constant")
        self.tape.given[path] = matrix
        return matrix

    def mask(
        self,
        blocked: NDArray[np.bool_],
        value: float,
        rows: Labels,
        columns: Labels,
    ) -> Matrix:
        """This block's mask: `value` where blocked (or where painted instead), else 0."""
        path = self.prefix + "mask"
        data = freeze(np.where(self.tape.mask(path, blocked), value, 0.0))
        matrix = Matrix(path, data, rows, columns, "M", "mask", origin="mask")
        self.tape.given[path] = matrix
        return matrix

    def step(
        self,
        name: str,
        op: Op,
        *inputs: Matrix,
        symbol: str,
        rows: Labels | None = None,
        columns: Labels | None = None,
        role: str = "",
        text: str = "",
    ) -> Matrix:
        """Compute one step and record it; labels are the first input's unless given."""
        path, tape = self.prefix + name, self.tape
        if tape.pins and path in tape.pins:
            op = Pinned(op, tape.pins[path], path)
        first = inputs[0]
        data = op.forward(*[m.data for m in inputs])
        data.setflags(write=False)
        output = Matrix(
            path,
            data,
            first.rows if rows is None else rows,
            first.columns if columns is None else columns,
            symbol,
            role,
            op.is_share,
        )
        step = Step(path, op, inputs, output, text or name)
        tape.steps[path] = step
        self.block.children.append(step)
        return output
