"""Steps as a script that runs: the same numbers, the same steps, the same figures."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterator, Sequence

import numpy as np

from engine.errors import InputError, clipped
from engine.export.naming import Names, sections
from engine.export.selection import Manner, Selection, Work
from engine.form import NUMPY, TORCH, Dialect
from engine.trace import Matrix, Step

WIDTH = 100

NAMES = {NUMPY.name: "NumPy", TORCH.name: "PyTorch"}

_SHOW = '''\
figures = {}


def show(path, matrix):
    """Print a matrix with the figures that Stepformer shows, and keep it under its path."""
    figures[path] = matrix
    rows, columns = matrix.shape
    print(f"{path}  {rows} x {columns}")
    for row in matrix.tolist():
        # Adding 0 takes the sign off what is rounded to zero.
        print("  " + " ".join(f"{round(number, DIGITS) + 0.0:8.DIGITSf}" for number in row))
'''


def numpy_script(chosen: Selection, manner: Manner) -> Work:
    """A script that needs nothing but NumPy."""
    return _script(chosen, manner, NUMPY)


def torch_script(chosen: Selection, manner: Manner) -> Work:
    """A script that needs nothing but PyTorch."""
    return _script(chosen, manner, TORCH)


def _script(chosen: Selection, manner: Manner, dialect: Dialect) -> Work:
    parts = sections(chosen.steps)
    imports, helpers = _needed(chosen.steps, dialect)
    functions = [h.strip().split("(")[0].removeprefix("def ") for h in helpers]
    scenario = chosen.trace.scenario
    names = Names(parts, functions, scenario.ties if scenario is not None else {})
    body, done = [], 0
    writer = _Writer(names, manner, dialect, set())
    for index, (place, steps) in enumerate(parts):
        body.append(writer.heading(place))
        body.extend(writer.givens(index, steps, {s.path for s in chosen.steps}))
        for step in steps:
            body.append(writer.step(index, step))
            done += 1
            yield done
    text = "\n".join([*_head(chosen, dialect, imports), *helpers, *_show(manner), *body])
    return f"{text.rstrip()}\n".encode()


def _needed(steps: Sequence[Step], dialect: Dialect) -> tuple[list[str], list[str]]:
    """The modules that the steps' lines use, and the functions that they call, each once."""
    lines, helpers = [], dict[str, None]()
    for step in steps:
        line, needed = _code(step, [f"x_{i}" for i in range(len(step.inputs))], dialect)
        lines.append(line)
        helpers.update(dict.fromkeys(f"\n\n{helper.rstrip()}" for helper in needed))
    uses_math = any("math." in text for text in (*lines, *helpers))
    imports = ["import math", ""] if uses_math else []
    library = "import numpy as np" if dialect is NUMPY else "import torch"
    return [*imports, library], list(helpers)


def _code(step: Step, names: Sequence[str], dialect: Dialect) -> tuple[str, tuple[str, ...]]:
    try:
        code = step.op.code(names, dialect)
    except InputError as error:
        raise error.at(step.path) from None
    return code.line, code.helpers


def _head(chosen: Selection, dialect: Dialect, imports: Sequence[str]) -> Iterator[str]:
    """What it is, what it imports, and how the library is set up."""
    yield f'"""Steps of a Transformer with {NAMES[dialect.name]}, as Stepformer computes them.'
    yield ""
    yield "Run it to print every step. Change a number or a line, and run it again. What was"
    yield "printed also stands in `figures`, by the steps' paths and in all its figures."
    yield '"""'
    yield ""
    yield f"# {_comment(chosen.title)}"
    yield from _words(chosen)
    yield ""
    yield from imports
    if dialect is TORCH:
        yield ""
        yield "torch.set_default_dtype(torch.float64)"
    elif _has_nan(chosen.steps):
        yield ""
        yield "# Where all is masked, a row is 0 divided by 0: NaN, here without a warning."
        yield 'np.seterr(all="ignore")'


def _show(manner: Manner) -> Iterator[str]:
    yield "\n"
    yield _SHOW.replace("DIGITS", str(manner.digits))


def _words(chosen: Selection) -> Iterator[str]:
    scenario = chosen.trace.scenario
    if scenario is not None:
        for name in ("source", "target", "expected"):
            if words := getattr(scenario, name):
                yield f"# {name}: {_comment(' '.join(words))}"


def _comment(text: str) -> str:
    return clipped(text, WIDTH - 20)


def _has_nan(steps: Sequence[Step]) -> bool:
    return any(np.isnan(s.output.data).any() or np.isposinf(s.output.data).any() for s in steps)


class _Writer:
    """Writes sections: a heading, the numbers that are given, a line for each step."""

    def __init__(self, names: Names, manner: Manner, dialect: Dialect, known: set[str]) -> None:
        self.names = names
        self.manner = manner
        self.dialect = dialect
        self.known = known

    def heading(self, place: str) -> str:
        """The block's path, to be seen from afar."""
        name = _comment(place) or "steps"
        return f"\n# --- {name} {'-' * max(3, 90 - len(name))}\n"

    def givens(self, section: int, steps: Sequence[Step], computed: set[str]) -> Iterator[str]:
        """The numbers that the section reads and no step of the script computes."""
        found = False
        for step in steps:
            for matrix in step.inputs:
                path = self.names.path(matrix)
                if path not in computed and path not in self.known:
                    self.known.add(path)
                    found = True
                    yield self._given(self.names(section, matrix), matrix)
        if found:
            yield ""

    def _given(self, name: str, matrix: Matrix) -> str:
        make = f"{self.dialect.library}.{'array' if self.dialect is NUMPY else 'tensor'}"
        what = "computed before" if matrix.origin == "step" else matrix.origin
        rows = "\n".join(_row(row, self.dialect) for row in matrix.data.tolist())
        return f"{name} = {make}(  # {_shape(matrix)}, {what}\n    [\n{rows}\n    ]\n)"

    def step(self, section: int, step: Step) -> str:
        """What the step is for, its line, and its figures printed."""
        inputs = [self.names(section, matrix) for matrix in step.inputs]
        name = self.names(section, step.output)
        line, _ = _code(step, inputs, self.dialect)
        title = self.manner.words(step).title
        said = [f"# {_comment(title)}"] if title else []
        shape = _shape(step.output)
        return "\n".join([*said, _assigned(name, line, shape), f'show("{step.path}", {name})\n'])


def _assigned(name: str, line: str, shape: str) -> str:
    """One line if it is short enough, else one in brackets that is broken at spaces."""
    whole = f"{name} = {line}  # {shape}"
    if len(whole) <= WIDTH or '"' in line or "'" in line:
        return whole
    broken = textwrap.wrap(line, WIDTH - 4, break_long_words=False, break_on_hyphens=False)
    return "\n".join([f"{name} = (  # {shape}", *(f"    {part}" for part in broken), ")"])


def _shape(matrix: Matrix) -> str:
    return f"({matrix.shape[0]}, {matrix.shape[1]})"


def _row(row: Sequence[float], dialect: Dialect) -> str:
    """One row of numbers, over several lines if it is long."""
    text = ", ".join(_literal(number, dialect) for number in row)
    whole = f"        [{text}],"
    if len(whole) <= WIDTH:
        return whole
    lines = textwrap.wrap(text, WIDTH - 12, break_on_hyphens=False, break_long_words=False)
    return "\n".join(["        [", *(f"            {part}" for part in lines), "        ],"])


def _literal(number: float, dialect: Dialect) -> str:
    if math.isfinite(number):
        return repr(number)
    sign = "-" if number < 0 else ""
    return f"{sign}{dialect.library}.{'nan' if math.isnan(number) else 'inf'}"
