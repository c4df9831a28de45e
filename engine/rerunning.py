"""Running a scenario again after an edit: only what follows from it is computed."""

from __future__ import annotations

from engine.plan import Plan
from engine.running import run
from engine.scenario import Scenario
from engine.trace import Trace


def rerun(earlier: Trace, scenario: Scenario) -> Trace:
    """The same as `run(scenario)`, to the last bit, given a run of the scenario before the edit.

    Steps that read nothing that has changed are those of `earlier`, the very same objects,
    so that whoever draws or compares runs sees at once what has not changed. Where more
    than parameters and pins is another (options, words, masks), all is computed anew.
    Raises InputError as `run` does.
    """
    before = earlier.scenario
    if before is None:
        return run(scenario)
    plan = earlier.plan or Plan(earlier, before)
    return plan.rerun(scenario, earlier, before) or run(scenario)
