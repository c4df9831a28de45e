"""Taking along: steps as tables, texts and scripts, parameters to PyTorch and back.

A second door beside `engine`'s, for nobody exports at a start:

>>> from engine import builtin, run
>>> from engine.export import TEXTS, Manner, named, select
>>> work = named(TEXTS, "numpy").make(select(run(builtin("by-hand"))), Manner())
>>> next(work)
1
"""

from engine.disk import write_bytes as put
from engine.export.exporters import TEXTS, Exporter, carry_out, named, stem
from engine.export.latex import fragment
from engine.export.parameters import Imported, import_parameters
from engine.export.selection import Manner, Selection, Words, Work, select
from engine.export.tables import csv_of

__all__ = [
    "TEXTS",
    "Exporter",
    "Imported",
    "Manner",
    "Selection",
    "Words",
    "Work",
    "carry_out",
    "csv_of",
    "fragment",
    "import_parameters",
    "named",
    "put",
    "select",
    "stem",
]
