"""Stepformer's engine: a Transformer that keeps every step, and tells each number's arithmetic.

>>> from engine import Options, fresh, run
>>> trace = run(fresh(Options(), seed=1))
>>> trace["encoder/1/self_attention/head_1/scores"].output.data.shape
(5, 5)
"""

import os

# One thread: for matrices this small, starting more costs more than they earn.
# It counts only if it is set before NumPy is first imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from engine import alternatives, comparison, costs, edits, measures
from engine import cursor as moves
from engine.attending import attend
from engine.builtins import BUILTINS, builtin, training_of
from engine.codec import load, save
from engine.cursor import Cursor
from engine.decoding import is_finished, next_word, rounds, translate, with_next_word
from engine.edits import Edit
from engine.errors import MESSAGES, PLACES, WORDINGS, InputError, Wording
from engine.expr import (
    Cell,
    Expr,
    Named,
    Number,
    cells,
    is_done,
    met,
    named,
    reduce_once,
    reduce_round,
)
from engine.form import Counts
from engine.locks import LOCKS
from engine.notation import Token, tokens
from engine.options import CHOICES, GROUPS, Choice, Options
from engine.rerunning import rerun
from engine.running import backpropagate, fresh, gradients, run, with_options, with_words
from engine.scenario import END, MOST_TOKENS, START, Scenario
from engine.trace import Array, Block, Matrix, Part, Step, Trace

__all__ = [
    "BUILTINS",
    "CHOICES",
    "END",
    "GROUPS",
    "LOCKS",
    "MESSAGES",
    "MOST_TOKENS",
    "PLACES",
    "START",
    "WORDINGS",
    "Array",
    "Block",
    "Cell",
    "Choice",
    "Counts",
    "Cursor",
    "Edit",
    "Expr",
    "InputError",
    "Matrix",
    "Named",
    "Number",
    "Options",
    "Part",
    "Scenario",
    "Step",
    "Token",
    "Trace",
    "Wording",
    "alternatives",
    "attend",
    "backpropagate",
    "builtin",
    "cells",
    "comparison",
    "costs",
    "edits",
    "fresh",
    "gradients",
    "is_done",
    "is_finished",
    "load",
    "measures",
    "met",
    "moves",
    "named",
    "next_word",
    "reduce_once",
    "reduce_round",
    "rerun",
    "rounds",
    "run",
    "save",
    "tokens",
    "training_of",
    "translate",
    "with_next_word",
    "with_options",
    "with_words",
]
