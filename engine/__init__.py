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

from engine.builtins import BUILTINS, builtin, training_of
from engine.codec import load, save
from engine.decoding import is_finished, next_word, rounds, translate, with_next_word
from engine.errors import InputError
from engine.running import attend, fresh, gradients, run
from engine.scenario import Options, Scenario
from engine.trace import Trace

__all__ = [
    "BUILTINS",
    "InputError",
    "Options",
    "Scenario",
    "Trace",
    "attend",
    "builtin",
    "fresh",
    "gradients",
    "is_finished",
    "load",
    "next_word",
    "rounds",
    "run",
    "save",
    "training_of",
    "translate",
    "with_next_word",
]
