"""The desktop app: everything that needs Qt, and what it needs to show and read numbers."""

import os

# One thread: for matrices this small, starting more costs more than they earn. NumPy reads
# this when it is first imported, whoever imports it first.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
