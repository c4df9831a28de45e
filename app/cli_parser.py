"""What the command line takes."""

from __future__ import annotations

import math
import re
from argparse import (
    ArgumentParser,
    ArgumentTypeError,
    Namespace,
    RawDescriptionHelpFormatter,
    _SubParsersAction,
)
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from app.cli_console import NAME
from app.palettes import THEMES

if TYPE_CHECKING:
    Verbs = _SubParsersAction[ArgumentParser]

VERBS = ("trace", "explain", "check", "train", "shot", "export", "import")
SOURCE = "a built-in scenario (translation, by-hand, rnn-attention, rnn-plain) or a file"
FORMATS = (
    *("png", "svg", "pdf"),
    *("csv", "npz", "latex", "markdown", "numpy", "pytorch", "safetensors"),
)
PLOTS = ("row", "heads", "rollout", "arcs", "entropy", "stream", "gradient", "costs")
SMALLEST, LARGEST = 100, 8000
"""Pixels that a side of a picture may have."""

EXAMPLES = """\
verbs (stepformer VERB --help tells more):
  trace     list every step with its shape, or write all arrays
  explain   print the arithmetic of one number
  check     say whether files are sound
  train     make a built-in scenario anew from its seed
  shot      picture the window without a screen
  export    write a step, a block or everything as pictures, tables, texts or scripts
  import    take the parameters of a safetensors file into a scenario

examples:
  stepformer
  stepformer my-scenario.json
  stepformer trace translation
  stepformer explain translation encoder/1/self_attention/head_1/scores 2 3
  stepformer check my-scenario.json

A file that is called like a verb is opened as ./trace.
"""


def parsed(argv: Sequence[str]) -> Namespace:
    """The arguments; `verb` says what to do."""
    if argv and argv[0] in VERBS:
        return _verbs().parse_args(argv)
    asked = _start().parse_args(argv)
    asked.verb = "version" if asked.version else "window"
    return asked


def _start() -> ArgumentParser:
    parser = ArgumentParser(
        prog=NAME,
        usage=f"{NAME} [FILE] | {NAME} VERB ... | {NAME} --version",
        description="Walk through a small Transformer number by number, and change any of them.",
        epilog=EXAMPLES,
        formatter_class=RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument(
        "file", metavar="FILE", nargs="?", help=f"open {SOURCE} in the window (translation)"
    )
    _add_language(parser)
    parser.add_argument("--version", action="store_true", help="print the version")
    return parser


def _verbs() -> ArgumentParser:
    parser = ArgumentParser(prog=NAME, allow_abbrev=False)
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    _add_trace(verbs)
    _add_explain(verbs)
    _add_check(verbs)
    _add_train(verbs)
    _add_shot(verbs)
    _add_export(verbs)
    _add_import(verbs)
    return parser


def _add(verbs: Verbs, name: str, description: str, example: str) -> ArgumentParser:
    parser = verbs.add_parser(
        name,
        description=description,
        epilog=f"example:\n  {NAME} {name} {example}",
        formatter_class=RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    _add_language(parser)
    return parser


def _add_language(parser: ArgumentParser) -> None:
    """English unless it is asked for: what a program writes is read by programs too."""
    parser.add_argument(
        "--language", metavar="L", type=_language, help="of the window and of problems told"
    )


def _add_trace(verbs: Verbs) -> None:
    parser = _add(
        verbs,
        "trace",
        "List every step with path, shape and operation, or write all arrays under their paths.",
        "translation --npz steps.npz",
    )
    parser.add_argument("source", metavar="SOURCE", help=SOURCE)
    parser.add_argument("--npz", metavar="FILE", type=Path, help="write all arrays to this file")


def _add_explain(verbs: Verbs) -> None:
    parser = _add(
        verbs,
        "explain",
        "Print the arithmetic of one number, reduction by reduction.",
        "translation encoder/1/self_attention/head_1/scores 2 3",
    )
    parser.add_argument("source", metavar="SOURCE", help=SOURCE)
    parser.add_argument("step", metavar="STEP", help=f"a path that `{NAME} trace` lists")
    parser.add_argument("row", metavar="ROW", type=int, help="counted from 1")
    parser.add_argument("column", metavar="COLUMN", type=int, help="counted from 1")
    parser.add_argument("--each", action="store_true", help="a line for every single operation")
    parser.add_argument(
        "--digits", metavar="N", type=int, choices=range(7), default=2, help="decimals, 0 to 6 (2)"
    )


def _add_check(verbs: Verbs) -> None:
    parser = _add(
        verbs,
        "check",
        "Say of each file, and of each lesson in a folder, whether it is sound; if it is not, "
        "where, and what would be right.",
        "one.json my-lessons",
    )
    parser.add_argument(
        "files", metavar="FILE", nargs="+", help="a scenario's file or a lesson's folder"
    )


def _add_train(verbs: Verbs) -> None:
    parser = _add(
        verbs,
        "train",
        "Make a built-in scenario anew: fresh parameters from a seed, then training.",
        "translation --seed 7 -o mine.json",
    )
    parser.add_argument("name", metavar="NAME", help="the built-in scenario")
    parser.add_argument("--seed", metavar="N", type=int, help="the built-in's own by default")
    parser.add_argument(
        "-o", "--output", metavar="FILE", type=Path, help="where to save it (NAME.json)"
    )
    parser.add_argument("--force", action="store_true", help="overwrite a file that exists")


def _add_shot(verbs: Verbs) -> None:
    parser = _add(
        verbs,
        "shot",
        "Picture the window without a screen.",
        "translation --step output/probabilities --cell 1,4 -o probabilities.png",
    )
    parser.add_argument("source", metavar="SOURCE", help=SOURCE)
    parser.add_argument("--step", metavar="PATH", default="", help="the step shown (the first)")
    parser.add_argument(
        "--cell", metavar="R,C", type=_cell, help="the number shown; row and column from 1"
    )
    parser.add_argument("--depth", choices=("block", "step", "number", "operation"))
    parser.add_argument(
        "--stop", metavar="LESSON/STOP", default="", help="a stop of a lesson instead of SOURCE"
    )
    parser.add_argument("--theme", choices=tuple(THEMES), default="light")
    parser.add_argument("--scale", metavar="F", type=_scale, default=1.0, help="of text, 0.5 to 4")
    parser.add_argument("--size", metavar="WxH", type=_size, default=(1440, 900), help="in pixels")
    parser.add_argument("-o", "--output", metavar="FILE.png", type=_png, required=True)


def _add_export(verbs: Verbs) -> None:
    parser = _add(
        verbs,
        "export",
        "Write a step, a block or everything: pictures, tables, texts, scripts that run. "
        "With --plot, write a plot of the run: as png, svg, pdf, or its numbers as csv.",
        "translation --format numpy -o translation.py\n"
        f"  {NAME} export translation --plot heads --format svg -o heads.svg",
    )
    parser.add_argument("source", metavar="SOURCE", help=SOURCE)
    parser.add_argument("--format", choices=FORMATS, required=True)
    parser.add_argument(
        "--step",
        metavar="PATH",
        default="",
        help="of a step or a block (everything); where a plot is made (the last with one)",
    )
    parser.add_argument(
        "--cell",
        metavar="R,C",
        type=_cell,
        help="the number unfolded, or that a plot is of; row and column from 1",
    )
    parser.add_argument("--plot", metavar="NAME", choices=PLOTS, help=f"one of {', '.join(PLOTS)}")
    parser.add_argument(
        "--digits", metavar="N", type=int, choices=range(7), default=2, help="decimals, 0 to 6 (2)"
    )
    parser.add_argument("--theme", choices=THEMES, default="light", help="of pictures")
    parser.add_argument("-o", "--output", metavar="FILE", type=Path, required=True)


def _add_import(verbs: Verbs) -> None:
    parser = _add(
        verbs,
        "import",
        "Take the parameters of a safetensors file, named as in PyTorch's nn.Transformer.",
        "translation trained.safetensors -o mine.json",
    )
    parser.add_argument("source", metavar="SOURCE", help=SOURCE)
    parser.add_argument("parameters", metavar="PARAMETERS", type=Path, help="a safetensors file")
    parser.add_argument("-o", "--output", metavar="FILE", type=Path, required=True)
    parser.add_argument("--force", action="store_true", help="overwrite a file that exists")


def _cell(text: str) -> tuple[int, int]:
    match = re.fullmatch(r"(\d{1,6}),(\d{1,6})", text)
    if match is None:
        raise ArgumentTypeError(f"row and column are needed, as in 2,3; not {text!r}")
    return int(match[1]) - 1, int(match[2]) - 1


def _size(text: str) -> tuple[int, int]:
    match = re.fullmatch(r"(\d{1,6})x(\d{1,6})", text)
    size = (int(match[1]), int(match[2])) if match else (0, 0)
    if not all(SMALLEST <= side <= LARGEST for side in size):
        raise ArgumentTypeError(
            f"width and height of {SMALLEST} to {LARGEST} are needed, as in 1440x900; not {text!r}"
        )
    return size


def _scale(text: str) -> float:
    try:
        scale = float(text)
    except ValueError:
        scale = math.nan
    if not 0.5 <= scale <= 4.0:
        raise ArgumentTypeError(f"a number from 0.5 to 4 is needed, not {text!r}")
    return scale


def _language(text: str) -> str:
    from app.texts import languages  # brings NumPy

    if text not in languages():
        raise ArgumentTypeError(f"{text!r} is none of {', '.join(languages())}")
    return text


def _png(text: str) -> Path:
    if not text.lower().endswith(".png"):
        raise ArgumentTypeError(f"a name that ends in .png is needed, not {text!r}")
    return Path(text)
