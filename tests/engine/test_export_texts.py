"""LaTeX and Markdown: what is written can be set, and read back to the numbers shown."""

import re
import subprocess
from pathlib import Path
from shutil import which

import numpy as np
import pytest
from contracts.draws import scenarios
from export_support import HEAD, everything, made
from hypothesis import given, settings
from latex2mathml.converter import convert

from engine import Options, builtin, fresh, run
from engine.export import Manner, Words, fragment, select
from engine.export.latex import equation, escaped, formula, plain, prose
from engine.export.latex_arithmetic import alone, exact, figure, unfolded
from engine.export.markdown import escaped as tame

ARRAY = re.compile(r"\\left\[\\begin\{array\}\{(r+)\}\n(.*?)\n\\end\{array\}\\right\]", re.DOTALL)


def number(text: str) -> float:
    text = text.strip().strip("$").replace("−", "-").replace(r"\infty", "inf")
    return float(text.replace(r"\mathrm{NaN}", "nan"))


def matrices(text: str) -> list[np.ndarray]:
    """The matrices that stand in a LaTeX text."""
    return [
        np.array([[number(n) for n in row.split("&")] for row in body.split(r"\\")])
        for _, body in ARRAY.findall(text)
    ]


def is_rounded(found: np.ndarray, data: np.ndarray, digits: int) -> bool:
    return bool(np.allclose(found, data, rtol=0, atol=0.5000001 * 10**-digits, equal_nan=True))


@pytest.mark.parametrize("digits", [2, 4])
def test_latex_holds_the_matrices_of_each_step(digits):
    chosen = everything()
    text = made("latex", chosen, Manner(digits)).decode()
    found = iter(matrices(text))
    for step in chosen.steps:
        for part in step.parts():
            if part.matrix is not None:
                data = part.matrix.data.T if part.is_transposed else part.matrix.data
                assert is_rounded(next(found), data, digits), step.path
    assert next(found, None) is None


def test_latex_is_a_whole_document():
    text = made("latex", everything()).decode()
    assert text.index(r"\documentclass") < text.index(r"\begin{document}")
    assert text.rstrip().endswith(r"\end{document}")
    for package in (r"\usepackage{CJKutf8}", r"\usepackage[scheme=plain]{ctex}"):
        assert package in text  # for the Chinese words
    for opened in set(re.findall(r"\\begin\{(\w+)\}", text)):
        begun, ended = (text.count(rf"\{what}{{{opened}}}") for what in ("begin", "end"))
        assert begun == ended, opened
    assert text.count(r"\[") == text.count(r"\]") == 3 * len(everything().steps)
    assert not re.search(r"(?<!\\)[#_^&%]", re.sub(r"(?s)\\\[.*?\\\]", "", text.split("nt}")[1]))


def test_latex_needs_no_letters_that_it_has_not():
    scenario = fresh(
        Options(d_model=2, heads=1, d_ff=2),
        source=("a",),
        target=("b",),
        expected=("b",),
        source_vocabulary=("a",),
        target_vocabulary=("b",),
    )
    text = made("latex", everything(scenario)).decode()
    assert text.isascii()
    assert "ctex" not in text


def has_tex(program: str, *needed: str) -> bool:
    """Whether a TeX is there that has what a document with Chinese words needs."""
    if which(program) is None or which("kpsewhich") is None:
        return False
    found = subprocess.run(["kpsewhich", *needed], capture_output=True, text=True, check=False)
    return len(found.stdout.split()) == len(needed)


@pytest.mark.parametrize(
    ("program", "needed"),
    [
        ("pdflatex", ("CJKutf8.sty", "c70gbsn.fd")),
        ("xelatex", ("ctex.sty", "FandolSong-Regular.otf")),
    ],
)
def test_latex_is_set_by_a_real_tex(tmp_path: Path, program: str, needed: tuple[str, ...]):
    if not has_tex(program, *needed):
        pytest.skip(f"needs {program} with {needed[0]}")
    path = "decoder/1/self_attention/head_1/weights"
    (tmp_path / "a.tex").write_bytes(made("latex", select(run(builtin("translation")), path)))
    done = subprocess.run(
        [program, "-interaction=nonstopmode", "-halt-on-error", "a.tex"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    assert done.returncode == 0, done.stdout[-2000:]
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")
    assert "Overfull" not in done.stdout and "Missing character" not in done.stdout


def check_settable(latex: str) -> None:
    """A command that is not known would come out as text with a backslash."""
    assert not set(convert(latex)) & set("\\{}"), latex


@settings(max_examples=10)
@given(scenarios(pinned=True))
def test_formulas_and_arithmetic_can_be_set(scenario):
    for step in run(scenario):
        check_settable(formula(step))
        rows, columns = step.output.shape
        lines = unfolded(step, rows - 1, columns - 1, 2).removeprefix("\\begin{aligned}\n")
        for line in lines.removesuffix("\n\\end{aligned}").split(" \\\\\n"):
            check_settable(line.replace("&", ""))


@pytest.mark.parametrize("name", ["by-hand", "translation"])
def test_the_unfolded_sum_ends_in_the_number(name):
    for step in run(builtin(name)):
        for spot in np.ndindex(step.output.shape):
            lines = unfolded(step, *spot, 3).splitlines()
            last = lines[-2].partition("&= ")[2]
            assert is_rounded(np.array(number(last)), step.output.data[spot], 3), (step.path, spot)


def test_the_unfolded_sum_is_right_line_by_line():
    """Each line, read by Python's own arithmetic, comes to the number, but for its rounding."""
    step = run(builtin("translation"))[f"{HEAD}/scores"]
    rounded = {digits: unfolded(step, 1, 2, digits) for digits in (2, 6)}
    assert rounded[2].splitlines()[1] == (
        r"{S}_{2,3} &= -0.91 \cdot 0.50 + 0.58 \cdot (-0.90) + (-1.18) \cdot 0.01 "
        r"+ 0.60 \cdot (-0.15) \\"
    )
    for line in rounded[6].splitlines()[1:-1]:
        told = line.partition("&= ")[2].removesuffix(r"\\").replace(r"\cdot", "*")
        assert abs(eval(told) - step.output.data[1, 2]) < 1e-5, line


def test_fractions_powers_and_roots():
    trace = run(builtin("translation"))
    weights = unfolded(trace[f"{HEAD}/weights"], 0, 0, 2)
    assert weights.startswith("\\begin{aligned}\n{A}_{1,1} &= \\frac{e^{2.11 - 2.11}}{e^{2.11 - ")
    assert r"\frac{4.22}{\sqrt{4}}" in unfolded(trace[f"{HEAD}/scaled"], 0, 0, 2)
    norm = unfolded(trace["encoder/1/norm_1"], 0, 0, 2)
    assert r"\frac{-1.76 - (-0.05)}{1.26} \cdot 1.15 + (-0.08)" in norm


def test_a_long_sum_is_broken_into_lines():
    step = run(fresh(Options(d_model=16, heads=1)))[f"{HEAD}/Q"]
    lines = unfolded(step, 0, 0, 2).splitlines()
    assert [line.count(r"\cdot") for line in lines[1:4]] == [6, 6, 4]
    assert lines[2].startswith(r"&\quad {} + ")


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (1.005, 2, "1.00"),
        (-0.001, 2, "0.00"),
        (-0.0, 0, "0"),
        (float("inf"), 2, r"\infty"),
        (float("-inf"), 2, r"-\infty"),
        (float("nan"), 2, r"\mathrm{NaN}"),
        (2.5e7, 3, r"2.500 \cdot 10^{7}"),
        (-120.0, 2, "-120.00"),
        (0.0, 2, "0.00"),
    ],
)
def test_figures(value, digits, text):
    assert figure(value, digits) == text


def test_whole_numbers_stand_alone_without_decimals():
    assert alone(3.0, 2) == "3"
    assert alone(3.5, 2) == "3.50"
    assert alone(12000.0, 1) == "12000.0"
    assert alone(float("-inf"), 2) == r"-\infty"


def test_numbers_of_a_formula_are_exact():
    assert exact(1e-5) == "10^{-5}"
    assert exact(2.5e-7) == r"2.5 \cdot 10^{-7}"
    assert exact(8.0) == "8"
    assert exact(0.125) == "0.125"
    assert exact(float("inf")) == r"\infty"


def test_a_fragment_for_the_clipboard():
    step = run(builtin("by-hand"))[f"{HEAD}/scores"]
    text = fragment(step, (0, 1), 2)
    assert text.count(r"\[") == 2
    assert r"\role" not in text
    assert r"\fit" not in text
    assert "-2" in text
    assert fragment(step, None, 2).count(r"\[") == 1
    assert equation(step, 2) in text


def test_roles_are_taken_off():
    assert plain(r"\role{query}{W_{Q_{1}}} + \role{}{\gamma}") == r"W_{Q_{1}} + \gamma"


def test_a_headline_has_its_notation_as_formulas():
    assert prose("Scores are divided by √d_k") == r"Scores are divided by $\sqrt{d_{k}}$"
    assert prose("d_model, W_Q & 5_a") == r"$d_{\mathrm{model}}$, $W_{Q}$ \& 5\_a"
    assert prose("encoder/b_1 in a_b_c") == escaped("encoder/b_1 in a_b_c")


def test_words_are_no_commands():
    assert escaped("50% & a_b#{x}$ \\ ^~<pad>") == (
        r"50\% \& a\_b\#\{x\}\$ \textbackslash{} \textasciicircum{}\textasciitilde{}"
        r"\textless{}pad\textgreater{}"
    )
    assert tame("<b> *x* a|b [c](d) `e` $f$ _g_") == (
        r"\<b\> \*x\* a\|b \[c\](d) \`e\` \$f\$ \_g\_"
    )


# --- Markdown -----------------------------------------------------------------------------


def tables(text: str) -> list[tuple[list[str], np.ndarray]]:
    """The tables' rows' names, and their numbers."""
    found = []
    for block in re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE):
        lines = [re.split(r"(?<!\\)\|", line)[1:-1] for line in block.splitlines()]
        rows = lines[2:]
        numbers = np.array([[number(n) for n in row[1:]] for row in rows])
        found.append(([row[0].strip() for row in rows], numbers))
    return found


def test_markdown_holds_each_matrix_once():
    chosen = everything()
    text = made("markdown", chosen, Manner(3)).decode()
    shown = tables(text)
    expected = list(chosen.matrices())
    assert len(shown) == len(expected)
    for (rows, numbers), matrix in zip(shown, expected, strict=True):
        assert is_rounded(numbers, matrix.data, 3), matrix.path
        assert rows == [tame(name) for name in matrix.rows]


def test_markdown_tells_each_step():
    chosen = everything(builtin("by-hand"), path=HEAD)
    words = Manner(words=lambda s: Words(s.path, f"What {s.path} is", "Each {Q} meets *each* {K}."))
    text = made("markdown", chosen, words).decode()
    assert text.startswith(f"# {tame(HEAD)}\n")
    for step in chosen.steps:
        assert f"## What {tame(step.path)} is\n" in text
        assert f"`{step.path}`" in text
        assert f"$$\n{formula(step)}\n$$" in text
    assert r"Each $Q$ meets \*each\* $K$." in text
