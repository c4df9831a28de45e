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

from engine.codec import load, save
from engine.errors import InputError
from engine.running import attend, fresh, gradients, run
from engine.scenario import Options, Scenario
from engine.trace import Trace

__all__ = [
    "InputError",
    "Options",
    "Scenario",
    "Trace",
    "attend",
    "fresh",
    "gradients",
    "load",
    "run",
    "save",
]
