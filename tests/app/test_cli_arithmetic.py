import re
from pathlib import Path

import pytest
from cli_support import SCORES, WEIGHTS, assert_fault, do, saved, small

from app.cli_arithmetic import arithmetic, written
from app.numbers import exact, format_whole
from engine import Number, run
from engine.expr import EXP, Apply, minus, operations, plus


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return saved(tmp_path)


def test_explain_tells_a_score_from_its_operands_to_its_value(file: Path) -> None:
    code, out, err = do("explain", file, SCORES, 2, 3)
    trace = run(small())
    q, k = (trace[f"encoder/1/self_attention/head_1/{n}"].output.data for n in "QK")
    stored = trace[SCORES].output.data[1, 2]

    def shown(value: float, guard: bool = True) -> str:
        text = f"{value:.2f}".replace("-", "−")
        return f"({text})" if guard and text.startswith("−") else text

    products = [f"{shown(q[1, j], guard=j > 0)}·{shown(k[2, j])}" for j in range(2)]
    terms = [shown(q[1, j] * k[2, j], guard=j > 0) for j in range(2)]
    assert (code, err) == (0, "")
    assert out.splitlines() == [
        "scores(cat, sat), row 2, column 3",
        f"  = {products[0]} + {products[1]}",
        f"  = {terms[0]} + {terms[1]}",
        f"  = {shown(stored, guard=False)}",
        "read from encoder/1/self_attention/head_1/Q row 2, "
        "encoder/1/self_attention/head_1/K row 3",
        f"stored: {exact(stored)} (the digits shown above are rounded)",
    ]
    assert "(−" in out, "this example is to show a negative operand"


def test_explain_writes_exponents_in_plain_text(file: Path) -> None:
    _, out, _ = do("explain", file, WEIGHTS, 1, 2)
    first, second, third, *_ = (line for line in out.splitlines() if line.startswith("  = "))
    data = run(small())[WEIGHTS].inputs[0].data
    number = r"\(?−?[0-9.]+\)?"
    assert len(re.findall(rf"e\^\({number} − {number}\)", first)) == data.shape[1] + 1
    assert len(re.findall(rf"e\^\({number}\)", second)) == data.shape[1] + 1
    assert "e" not in third
    assert all(line.count("(") == line.count(")") for line in out.splitlines())


def test_an_exponent_at_the_end_is_closed() -> None:
    inner = minus(Number(2.0), Number(-3.0))
    assert written(Apply(EXP, (inner,)), 2, set()) == "e^(2 − (−3))"
    twice = Apply(EXP, (Apply(EXP, (inner,)),))
    assert written(twice, 2, set()) == "e^(e^(2 − (−3)))"
    assert written(plus(twice, Number(1.0)), 2, set()) == "e^(e^(2 − (−3))) + 1"


def test_explain_shows_constants_in_full(file: Path) -> None:
    scaled = SCORES.replace("scores", "scaled")
    assert " ÷ √2\n" in do("explain", file, scaled, 1, 1)[1]
    step = run(small())["encoder/1/norm_1"]
    _, deviation = step.workings
    assert deviation.name == "deviation"
    expr = deviation.explain(0, 0)
    line = list(arithmetic(_Told(step, expr), 0, 0, 2, each=False))[1]
    assert line.endswith(" ÷ 4 + 1e−5)"), line


class _Told:
    """A step that tells another arithmetic."""

    def __init__(self, step: object, expr: object) -> None:
        self.step, self.expr = step, expr

    def __getattr__(self, name: str) -> object:
        return getattr(self.step, name)

    def explain(self, row: int, column: int) -> object:
        return self.expr


def test_explain_each_gives_every_operation_a_line(file: Path) -> None:
    _, rounds, _ = do("explain", file, WEIGHTS, 1, 2)
    _, each, _ = do("explain", file, WEIGHTS, 1, 2, "--each")
    expected = operations(run(small())[WEIGHTS].explain(0, 1))
    assert each.count("\n  = ") == expected + 1
    assert rounds.count("\n  = ") < expected
    assert each.splitlines()[-3:] == rounds.splitlines()[-3:]


def test_explain_ends_at_the_stored_number_everywhere() -> None:
    for step in run(small()):
        rows, columns = step.output.shape
        for row, column in ((0, 0), (rows - 1, columns - 1)):
            *_, reduced, origin, stored = arithmetic(step, row, column, 4, each=False)
            value = float(step.output.data[row, column])
            assert reduced == f"  = {format_whole(value, 4)}", step.path
            assert stored.startswith(f"stored: {exact(value)} ")
            assert all(m.path in origin for m in step.inputs) or step.op.name == "join"


def test_explain_digits(file: Path) -> None:
    _, out, _ = do("explain", file, SCORES, 2, 3, "--digits", 5)
    assert re.search(r"= −?\d\.\d{5}·", out)


def test_a_number_without_labels_has_none(file: Path) -> None:
    _, out, _ = do("explain", file, "output/loss", 1, 1)
    assert out.startswith("loss, row 1, column 1\n")


@pytest.mark.parametrize(("row", "column"), [(0, 1), (1, 0), (-1, 1), (6, 1), (1, 6)])
def test_explain_outside_of_the_matrix(file: Path, row: int, column: int) -> None:
    said = do("explain", file, SCORES, row, column)
    assert_fault(said, f"row {row}, column {column}", "5 × 5", SCORES)


def test_explain_suggests_a_step(file: Path) -> None:
    said = do("explain", file, SCORES.replace("scores", "score"), 1, 1)
    assert_fault(said, f"did you mean {SCORES}?")
