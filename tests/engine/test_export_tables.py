"""Tables and arrays that are exported are read back, by a reader of another make."""

import csv
import io

import numpy as np
import pytest
from export_support import HEAD, changed, everything, made

from engine import InputError, Options, attend, fresh, run
from engine.export import TEXTS, Manner, named, select


def tables(data: bytes) -> dict[str, tuple[list[str], list[str], np.ndarray]]:
    """Columns, rows and numbers of every table in a CSV, by the path in its corner."""
    lines = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    found, block = {}, []
    for line in [*lines, []]:
        if line:
            block.append(line)
            continue
        (path, *columns), *rows = block
        numbers = np.array([[float(n) for n in row[1:]] for row in rows])
        found[path] = (columns, [row[0] for row in rows], numbers)
        block = []
    return found


@pytest.mark.parametrize("path", ["", HEAD, f"{HEAD}/weights", "output/loss"])
def test_csv_holds_every_matrix_in_all_its_figures(path):
    chosen = everything(path=path)
    found = tables(made("csv", chosen))
    matrices = list(chosen.matrices())
    assert list(found) == [m.path for m in matrices]
    for matrix in matrices:
        columns, rows, numbers = found[matrix.path]
        np.testing.assert_array_equal(numbers, matrix.data, strict=True)
        assert [c.removeprefix("'") for c in columns] == list(matrix.columns)
        assert [r.removeprefix("'") for r in rows] == list(matrix.rows)


def test_csv_has_what_a_step_needed_on_its_way():
    found = tables(made("csv", everything(path=f"{HEAD}/weights")))
    assert list(found) == [f"{HEAD}/{n}" for n in ("masked", "weights/max")] + [
        f"{HEAD}/{n}" for n in ("weights/exp", "weights/sum", "weights")
    ]


def test_no_spreadsheet_computes_a_word():
    """“=a” is a word of the vocabulary here; a spreadsheet would take it for a formula."""
    text = made("csv", everything()).decode("utf-8-sig")
    cells = [cell for line in csv.reader(io.StringIO(text)) for cell in line]
    for cell in cells:
        if cell.startswith(("=", "+", "-", "@", "\t", "\r")):
            float(cell)
    assert "'=a" in cells


def test_npz_holds_everything_under_its_path():
    scenario = changed()
    trace = run(scenario)
    with np.load(io.BytesIO(made("npz", select(trace)))) as stored:
        assert set(stored) == {*trace.steps, *trace.given}
        for step in trace:
            np.testing.assert_array_equal(stored[step.path], step.output.data, strict=True)
        for path, array in scenario.params.items():
            np.testing.assert_array_equal(stored[path], array, strict=True)


def test_npz_of_a_part_holds_what_it_read_and_made():
    chosen = everything(path=f"{HEAD}/Q")
    with np.load(io.BytesIO(made("npz", chosen))) as stored:
        assert set(stored) == {f"{HEAD}/{n}" for n in ("Q", "W_Q", "b_Q")} | {"source/positioned"}
        assert stored[f"{HEAD}/b_Q"].ndim == 1


def test_exports_are_the_same_again():
    for exporter in TEXTS:
        first, second = (made(exporter.name, everything()) for _ in range(2))
        assert first == second, exporter.name


def test_attention_of_ones_own_has_tables_too():
    trace = attend([[1, 0]], [[2, 0], [0, 1]], [[1, 0], [0, 1]])
    assert "scores" in tables(made("csv", select(trace)))
    with np.load(io.BytesIO(made("npz", select(trace)))) as stored:
        assert set(stored) == {*trace.steps, *trace.given}


def test_selections():
    trace = run(fresh(Options()))
    assert [s.path for s in select(trace, f"{HEAD}/Q").steps] == [f"{HEAD}/Q"]
    assert all(s.path.startswith("encoder/1/") for s in select(trace, "encoder/1").steps)
    assert len(select(trace).steps) == len(trace)
    assert select(trace, f"{HEAD}/Q").is_step
    assert not select(trace, "encoder").is_step
    assert select(trace, f"{HEAD}/Q", (1, 2)).cell == (1, 2)


@pytest.mark.parametrize(
    ("path", "cell", "code"),
    [
        ("encoder/1/nothing", None, "step_unknown"),
        ("enc", None, "step_unknown"),
        (f"{HEAD}/Q", (5, 0), "cell_outside"),
        (f"{HEAD}/Q", (0, -1), "cell_outside"),
        ("encoder", (0, 0), "cell_of_block"),
        ("", (0, 0), "cell_of_block"),
    ],
)
def test_selections_that_are_none(path, cell, code):
    with pytest.raises(InputError) as caught:
        select(run(fresh(Options())), path, cell)
    assert caught.value.code == code


def test_a_format_that_is_none():
    with pytest.raises(InputError) as caught:
        named(TEXTS, "doc")
    assert caught.value.code == "no_format"
    assert "latex" in str(caught.value)
    assert Manner().digits == 2
