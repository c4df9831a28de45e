"""What a run leaves behind: matrices with names, steps, blocks, and the tape they are on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from engine.errors import InputError, nearest
from engine.expr import Expr
from engine.form import Code, Counts, Dialect, Form

if TYPE_CHECKING:
    from engine.plan import Plan
    from engine.scenario import Scenario

Array = NDArray[np.float64]
Labels = tuple[str, ...]


def freeze(array: Array) -> Array:
    """The same array, read-only from now on."""
    array.setflags(write=False)
    return array


def numbered(count: int) -> Labels:
    """Labels of dimensions: "1", "2", ... as many as asked for."""
    return tuple(str(i) for i in range(1, count + 1))


class Matrix:
    """A two-dimensional float64 array with a path, a symbol and a name for each row and column.

    `symbol` is short LaTeX ("W_Q"); `role` groups symbols that share a colour ("query");
    `is_share` says that all values lie between 0 and 1; `origin` says what made it:
    "step", "parameter", "mask" (both can be edited) or "constant".
    """

    __slots__ = ("columns", "data", "is_share", "origin", "path", "role", "rows", "symbol")

    def __init__(
        self,
        path: str,
        data: Array,
        rows: Labels,
        columns: Labels,
        symbol: str,
        role: str = "",
        is_share: bool = False,
        origin: str = "step",
    ) -> None:
        self.path = path
        self.data = data
        self.rows = rows
        self.columns = columns
        self.symbol = symbol
        self.role = role
        self.is_share = is_share
        self.origin = origin

    def with_data(self, data: Array) -> Matrix:
        """The same matrix with other numbers, of the same shape."""
        return Matrix(
            self.path,
            data,
            self.rows,
            self.columns,
            self.symbol,
            self.role,
            self.is_share,
            self.origin,
        )

    @property
    def is_editable(self) -> bool:
        """Whether it is an input of the scenario rather than something computed."""
        return self.origin in {"parameter", "mask"}

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        return self.data.shape[0], self.data.shape[1]

    def __repr__(self) -> str:
        rows, columns = self.shape
        return f"<Matrix {self.path} {rows}×{columns}>"


@dataclass(frozen=True)
class Working:
    """A matrix that a step needs on its way and that keeps no step of its own.

    `explain(row, column)` tells how a number of it came about.
    """

    matrix: Matrix
    name: str
    explain: Callable[[int, int], Expr]


class Op:
    """One mathematical operation and its promises: forward, explain, backward, code.

    `name` is the field's name of it, `form` its layout, `is_share` says that all of its
    output lies between 0 and 1, `stops_gradient` that it sends none back although its
    output follows its input, `pins` are results set by hand. Ops are small values without
    state of a run.
    """

    name: str = ""
    form: Form = Form("elementwise")
    is_share: bool = False
    stops_gradient: bool = False
    pins: Mapping[tuple[int, int], float] = MappingProxyType({})

    def forward(self, *inputs: Array) -> Array:
        """The output, with NumPy."""
        raise NotImplementedError

    def explain(self, step: Step, row: int, column: int) -> Expr:
        """How output number (row, column), from 0, came about."""
        raise NotImplementedError

    def backward(
        self, inputs: Sequence[Array], output: Array, gradient: Array
    ) -> tuple[Array | None, ...]:
        """The gradient of each input, given that of the output; None where there is none."""
        raise NotImplementedError

    def formula(self, symbols: Sequence[str]) -> str:
        """The op's formula in LaTeX, given the inputs' symbols."""
        raise NotImplementedError

    def workings(self, step: Step) -> tuple[Working, ...]:  # noqa: ARG002
        """The matrices needed on the way, computed when asked for."""
        return ()

    def counts(self, inputs: Sequence[Array], output: Array) -> Counts:  # noqa: ARG002
        """How many elementary operations it takes, without bias where none is given."""
        return Counts()

    def code(self, inputs: Sequence[str], dialect: Dialect) -> Code:  # noqa: ARG002
        """The op as a line of a script, given its inputs' names (matrices with two axes).

        It comes to `forward`'s numbers. InputError as long as the op doesn't say it.
        """
        raise InputError("no_code", self.name, language=dialect.name)


@dataclass(frozen=True)
class Part:
    """A piece of a step's layout: either a matrix or a sign between matrices."""

    sign: str = ""
    matrix: Matrix | None = None
    kind: str = "sign"  # sign, closing (a sign of the matrix before it), input, working, output
    index: int = 0
    is_transposed: bool = False


class Step:
    """One op with its inputs and its output."""

    __slots__ = ("inputs", "op", "output", "path", "text")

    def __init__(
        self, path: str, op: Op, inputs: tuple[Matrix, ...], output: Matrix, text: str
    ) -> None:
        self.path = path
        self.op = op
        self.inputs = inputs
        self.output = output
        self.text = text

    def explain(self, row: int, column: int) -> Expr:
        """How output number (row, column), counted from 0, came about."""
        return self.op.explain(self, row, column)

    @property
    def workings(self) -> tuple[Working, ...]:
        """The matrices between input and output, computed now."""
        with np.errstate(all="ignore"):
            return self.op.workings(self)

    @property
    def formula(self) -> str:
        r"""LaTeX of the whole step; symbols stand in `\role{...}{...}` for their colour."""
        inner = self.op.formula([colored(m) for m in self.inputs])
        return f"{colored(self.output)} = {inner}"

    @property
    def counts(self) -> Counts:
        """How many elementary operations the step takes."""
        return self.op.counts([m.data for m in self.inputs], self.output.data)

    def parts(self) -> list[Part]:
        """The step as an equation, from left to right."""
        form, parts = self.op.form, []
        if form.before:
            parts.append(Part(form.before))
        for index, matrix in enumerate(self.inputs):
            if index:
                parts.append(Part(form.signs[min(index, len(form.signs)) - 1]))
            is_transposed = index in form.transposed
            parts.append(
                Part(matrix=matrix, kind="input", index=index, is_transposed=is_transposed)
            )
            if index == 0:
                parts.extend(self._working_parts())
        if form.after:
            parts.append(Part(form.after, kind="closing"))
        parts.append(Part(form.result))
        parts.append(Part(matrix=self.output, kind="output"))
        return parts

    def _working_parts(self) -> Iterator[Part]:
        for index, working in enumerate(self.workings):
            yield Part("→")
            yield Part(matrix=working.matrix, kind="working", index=index)

    def __repr__(self) -> str:
        return f"<Step {self.path}: {self.op.name}>"


def colored(matrix: Matrix) -> str:
    r"""The matrix's symbol as LaTeX that names its role: `\role{query}{Q}`."""
    return rf"\role{{{matrix.role}}}{{{matrix.symbol}}}"


@dataclass(eq=False, slots=True)
class Block:
    """A part of the model: its steps and the blocks inside it, in the model's order.

    `lane` is the column of the map it stands in. A block that only groups steps for the
    eye (`is_group`) does not stand in their paths.
    """

    name: str
    path: str
    lane: int = 0
    is_group: bool = False
    children: list[Block | Step] = field(default_factory=list)

    @property
    def blocks(self) -> list[Block]:
        """The blocks directly inside."""
        return [c for c in self.children if isinstance(c, Block)]

    def steps(self) -> Iterator[Step]:
        """All steps inside, at any depth, in order."""
        for child in self.children:
            if isinstance(child, Step):
                yield child
            else:
                yield from child.steps()


@dataclass(eq=False)
class Trace:
    """The record of one run: every step under its path, in the order they were computed.

    `trace[path]` is a step, iteration gives the steps in order; `matrix(path)` finds any
    matrix, parameters and constants included. Nothing in it changes any more. `plan` is
    what the run went along, if it did.
    """

    root: Block
    steps: Mapping[str, Step]
    given: Mapping[str, Matrix]
    scenario: Scenario | None
    plan: Plan | None = None

    def __post_init__(self) -> None:
        self.steps, self.given = MappingProxyType(self.steps), MappingProxyType(self.given)

    def __getitem__(self, path: str) -> Step:
        try:
            return self.steps[path]
        except KeyError:
            raise InputError("step_unknown", path, hint=nearest(path, self.steps)) from None

    def __contains__(self, path: object) -> bool:
        return path in self.steps

    def __iter__(self) -> Iterator[Step]:
        return iter(self.steps.values())

    def __len__(self) -> int:
        return len(self.steps)

    def matrix(self, path: str) -> Matrix:
        """The matrix at a path: a step's output, a parameter, a mask or a constant."""
        if path in self.given:
            return self.given[path]
        return self[path].output
