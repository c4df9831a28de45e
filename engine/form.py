"""What an op says of itself: how it is laid out, what it costs, how a program writes it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Form:
    """How inputs, operator and output are laid out.

    `kind` is `product`, `elementwise`, `rowwise`, `lookup` or `join`. `signs` stand
    before the second, third ... input; `before` and `after` frame all of them;
    `result` stands before the output; inputs in `transposed` are drawn with rows and
    columns exchanged. A rowwise step keeps its workings in sight between the first
    input and the rest.
    """

    kind: str
    signs: tuple[str, ...] = ()
    before: str = ""
    after: str = ""
    result: str = "="
    transposed: tuple[int, ...] = ()


@dataclass(frozen=True)
class Counts:
    """How many elementary operations a step takes."""

    multiplications: int = 0
    additions: int = 0
    divisions: int = 0
    exponentials: int = 0
    roots: int = 0
    logarithms: int = 0
    comparisons: int = 0
    tangents: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(*(a + b for a, b in zip(self.values(), other.values(), strict=True)))

    def values(self) -> tuple[int, ...]:
        """The eight figures in the order of the fields."""
        return tuple(vars(self).values())


@dataclass(frozen=True)
class Dialect:
    """A library that a script is written for: its name, and how the script calls it."""

    name: str
    library: str


NUMPY = Dialect("numpy", "np")
TORCH = Dialect("pytorch", "torch")


@dataclass(frozen=True)
class Code:
    """One op as a program writes it.

    `line` is an expression over the inputs' names; it may use the dialect's library, `math`
    and the functions whose sources stand in `helpers`, one each.
    """

    line: str
    helpers: tuple[str, ...] = ()
