"""The verbs that need no display: trace, explain, check, train. No Qt here."""

from __future__ import annotations

import os
from argparse import Namespace
from pathlib import Path

from app.cli_arithmetic import arithmetic
from app.cli_console import AT_FAULT, GOOD, Console, told
from app.cli_lessons import check_lessons
from app.cli_shot import check_cell
from app.sources import open_source
from engine import (
    InputError,
    Scenario,
    Trace,
    load,
    run,
    save,
    training_of,
)
from engine.export import TEXTS, Manner, carry_out, named, select
from engine.recipe import Recipe, failures
from engine.training import Progress


def read(source: str) -> Scenario:
    """The scenario that a verb's SOURCE names."""
    return open_source(source)[0]


def trace(asked: Namespace, console: Console) -> int:
    """List every step with path, shape and op, or write all arrays to a file."""
    found = run(read(asked.source))
    if asked.npz is not None:
        console.say(write_arrays(found, asked.npz))
        return GOOD
    rows = [(s.path, "×".join(map(str, s.output.shape)), s.op.name) for s in found]
    widths = [max(map(len, column)) for column in list(zip(*rows, strict=True))[:2]]
    for path, shape, op in rows:
        console.say(f"{path:<{widths[0]}}  {shape:>{widths[1]}}  {op}")
    return GOOD


def write_arrays(found: Trace, file: Path) -> str:
    """Write all arrays as .npz, whole or not at all; give what was written."""
    try:
        carry_out(named(TEXTS, "npz").make(select(found), Manner()), file)
    except InputError as error:
        raise InputError(error.code, str(file), **error.facts) from None
    steps, given = len(found), len(found.given)
    size = f"{file.stat().st_size / 1000:.0f} kB"
    return f"wrote {file}: {steps} steps and {given} parameters, masks and positions, {size}"


def explain(asked: Namespace, console: Console) -> int:
    """Print the arithmetic of one number."""
    step = run(read(asked.source))[asked.step]
    row, column = asked.row - 1, asked.column - 1
    check_cell(step.path, (row, column), step.output.shape)
    for line in arithmetic(step, row, column, asked.digits, asked.each):
        console.say(line)
    return GOOD


def check(asked: Namespace, console: Console) -> int:
    """Say of each file, or folder of lessons, what it is, or what is wrong with it."""
    code = GOOD
    for file in asked.files:
        if Path(file).is_dir():
            code = max(code, check_lessons(Path(file), console))
            continue
        try:
            console.say(f"{file}: ok, {_described(load(file))}")
        except InputError as error:
            console.flush()
            problem = told(error, console.language) or ""
            console.complain(f"{file}{problem.removeprefix(Path(file).name)}")
            code = AT_FAULT
    return code


def _described(scenario: Scenario) -> str:
    steps, numbers = len(run(scenario)), sum(a.size for a in scenario.params.values())
    return f"{scenario.options.model}, {steps} steps, {numbers} numbers in its parameters"


def train(asked: Namespace, console: Console) -> int:
    """Train a built-in scenario anew and save it."""
    recipe = training_of(asked.name)
    file = asked.output or Path(f"{asked.name}.json")
    if os.path.lexists(file) and not asked.force:
        console.complain(f"{file} is there already; --force overwrites it, -o takes another name")
        return AT_FAULT
    last = None
    for last in recipe.run(asked.seed):
        if is_told(last):
            console.say(f"epoch {last.epoch} of {last.epochs}: loss {last.loss:.4f}")
            console.flush()
    if last is not None:
        console.say(figures(recipe, last.scenario, asked.seed))
        save(last.scenario, file)
        console.say(f"wrote {file}")
    return GOOD


def is_told(progress: Progress) -> bool:
    """Whether an epoch gets a line: about twenty in all, the first and the last among them."""
    every = max(1, progress.epochs // 20)
    return progress.epoch in {1, progress.epochs} or progress.epoch % every == 0


def figures(recipe: Recipe, scenario: Scenario, seed: int | None) -> str:
    """How many sentences are translated word for word, those never seen among them."""
    held_out = recipe.held_out(seed)
    wrong = failures(scenario, recipe.pairs)
    unseen = sum(pair not in wrong for pair in held_out)
    return (
        f"translates {len(recipe.pairs) - len(wrong)} of {len(recipe.pairs)} sentences word for "
        f"word, among them {unseen} of {len(held_out)} held out of training"
    )
