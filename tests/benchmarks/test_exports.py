"""How long each export of everything in `translation` takes: 76 steps."""

import time

import pytest

from app.application import make_application
from app.export.table import EXPORTERS, in_words
from app.texts import Texts
from benchmarks.conftest import Record
from engine import builtin, run
from engine.export import carry_out, select


@pytest.mark.parametrize("exporter", EXPORTERS, ids=lambda exporter: exporter.name)
def test_everything(qapp, tmp_path, exporter, record: Record):
    make_application()
    chosen = select(run(builtin("translation")))
    file = tmp_path / f"a{exporter.ending(chosen)}"
    begin, used = time.perf_counter(), time.process_time()
    carry_out(exporter.start(chosen, in_words(Texts("en")), file), file)
    took, processor = time.perf_counter() - begin, time.process_time() - used
    size = file.stat().st_size / 1000
    told = f"{took * 1e3:.0f} ms; processor {processor * 1e3:.0f} ms; {size:.0f} kB"
    record(f"export of everything, {exporter.name}", told, "under 10 s of a core")
