"""The words of steps, blocks, numbers and options, in the learner's language; no Qt."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.numbers import exact
from app.paths import RESOURCES
from app.problems import Problems
from engine import Block, InputError, Matrix, Step, Trace

STEPS = RESOURCES / "steps"
ENGLISH = "en"

_HEADER = re.compile(r"^\[(.+)\]$", re.MULTILINE)
_SYMBOL = re.compile(r"\{((?:[^{}]|\{[^{}]*\})*)\}")  # {Q}, {h_{12}}
_PATH = re.compile(r"\w+(?:/\w+)+", re.ASCII)  # a matrix in a text of the history
_NUMBERED = re.compile(r"(?:(?P<stem>.*\D)_)?(?P<number>\d+)")


@dataclass(frozen=True, slots=True)
class StepText:
    """A step in words. `about` and `note` hold symbols of the step in braces: {Q}, {W_Q}.

    `name` is for filmstrip and breadcrumb, `title` a headline; `note` (may be empty) says
    what was chosen where the paper and implementations differ.
    """

    name: str
    title: str
    about: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class BlockText:
    """A block in words; `short` is for the map."""

    name: str
    short: str
    about: str


@dataclass(frozen=True, slots=True)
class OptionText:
    """An option in words; `help` names the paper's value."""

    label: str
    help: str
    words: Mapping[str, str] = field(default_factory=dict)

    def word(self, value: object) -> str:
        """One of the option's values in words; numbers speak for themselves."""
        key = exact(value) if isinstance(value, float) else str(value)
        if isinstance(value, bool):
            key = "on" if value else "off"
        elif value == -math.inf:
            key = "infinite"
        return self.words.get(key, key)


def languages() -> tuple[str, ...]:
    """The languages there are texts in: one for each file."""
    return tuple(sorted(path.stem for path in STEPS.glob("*.toml")))


def closest(wanted: Iterable[str]) -> str:
    """The language of ours that comes closest to those wanted, the first of them above all.

    "de-AT" takes de_AT, or else any German there is; "zh-Hans-CN" takes zh_CN.
    """
    ours = {name: name.split("_") for name in languages()}
    for name in wanted:
        parts = re.split(r"[-_.@]", name)
        best = {parts[0]: 0, f"{parts[0]}_{parts[-1]}": 1, name.replace("-", "_"): 2}
        ranks = {n: best.get(n, -0.5 if p[0] == parts[0] else -1) for n, p in ours.items()}
        found = max(ranks, key=ranks.__getitem__)
        if ranks[found] > -1:
            return found
    return ENGLISH


def name_of(language: str) -> str:
    """What a language calls itself."""
    name: str = _Tables(STEPS / f"{language}.toml").table("language").get("name", language)
    return name


def pieces(text: str) -> Iterator[tuple[str, bool]]:
    """The text from left to right, each piece with whether it is a symbol (LaTeX, no braces)."""
    for index, piece in enumerate(_SYMBOL.split(text)):
        if piece:
            yield piece, index % 2 == 1


class _Tables:
    """A file of texts, of which each table is parsed when it is first asked for.

    Parsing a whole file takes 10 ms, of which a start needs a tenth.
    """

    def __init__(self, path: Path) -> None:
        parts = _HEADER.split(path.read_text(encoding="utf-8"))
        self._raw = {
            header.replace('"', ""): body
            for header, body in zip(parts[1::2], parts[2::2], strict=True)
        }
        self._parsed: dict[str, Mapping[str, Any]] = {}

    def table(self, name: str) -> Mapping[str, Any]:
        """The table of that name; empty if there is none."""
        if name not in self._raw:
            return {}
        if name not in self._parsed:
            import tomllib  # a start of its own: 5 ms

            self._parsed[name] = tomllib.loads(self._raw[name])
        return self._parsed[name]


class Texts:
    """All texts of one language. What it lacks is English; what that lacks, the bare name.

    A step, block or matrix without any text can therefore still be walked.
    """

    def __init__(self, language: str = ENGLISH) -> None:
        self.use(language)

    def use(self, language: str) -> None:
        """Speak this language from now on, or the closest to it that there is."""
        self.language = closest([language])
        used = dict.fromkeys((ENGLISH, self.language))
        self._files = [_Tables(STEPS / f"{name}.toml") for name in used]
        self._problems = Problems(self.language)

    def problem(self, error: InputError) -> str:
        """What was wrong with an input, where, and what would be right."""
        return self._problems.sentence(error)

    def step(self, step: Step) -> StepText:
        """A step in words, found by its text and by the blocks it stands in."""
        *blocks, _ = step.path.split("/")
        found = self._entry("step", _names(blocks, step.text))
        name = found.get("name", _readable(step.text))

        def text(key: str, instead: str = "") -> str:
            return _SYMBOL.sub(lambda m: _symbol(step, m[1]), found.get(key, instead))

        return StepText(name, found.get("title", name), text("about"), text("note"))

    def phrase(self, name: str) -> str:
        """A piece of a sentence that stands around other words."""
        return str(self._flat("phrase")[name])

    def block(self, block: Block) -> BlockText:
        """A block in words, found by its name and by the blocks it stands in."""
        *blocks, last = (block.path or block.name).split("/")
        found = self._entry("block", _names(blocks, last))
        number = _NUMBERED.fullmatch(last)
        name = found.get("name", _readable(last))

        def text(key: str, instead: str) -> str:
            written: str = found.get(key, instead)
            return written.replace("{n}", number["number"]) if number else written

        return BlockText(text("name", name), text("short", name), text("about", ""))

    def matrix(self, matrix: Matrix) -> str:
        """One line about a matrix: what it is, and whether it can be edited."""
        found = self._matrix(matrix)
        name = self.matrix_name(matrix)
        if "about" not in found:
            return name
        line = self.phrase("matrix").format(name=name, about=found["about"])
        editable = found.get("editable", self.phrase("editable"))
        return f"{line} {editable}" if matrix.is_editable else line

    def matrix_name(self, matrix: Matrix, trace: Trace | None = None) -> str:
        """What a matrix is called: "Query weights", "Scores", "Mask".

        By its trace, one that an option has made another is called as its step: "Unscaled".
        """
        step = None if trace is None else trace.steps.get(matrix.path)
        last = matrix.path.rsplit("/", 1)[-1]
        if step is not None and step.text != last and self._entry("step", (step.text,)):
            return self.step(step).name
        name: str = self._matrix(matrix).get("name", _readable(last))
        return name

    def with_names(self, error: InputError, trace: Trace) -> InputError:
        """The same with matrices called as the screen calls them, where paths stood."""

        def named(text: str) -> str:
            if text not in trace and text not in trace.given:
                return text
            where, name = self.where(trace.root, text), self.matrix_name(trace.matrix(text), trace)
            return f"{where} › {name}" if where else name

        facts = {
            key: " → ".join(map(named, fact.split(" → "))) if type(fact) is str else fact
            for key, fact in error.facts.items()
        }
        return InputError(error.code, named(error.place), **facts)

    def with_matrices(self, text: str, trace: Trace) -> str:
        """A text with matrices named by the block they stand in, where it has their paths."""

        def named(match: re.Match[str]) -> str:
            path = match[0]
            if path not in trace and path not in trace.given:
                return path
            where, name = self.where(trace.root, path), self.matrix_name(trace.matrix(path), trace)
            return f"{where.rpartition(' › ')[2]} › {name}" if where else name

        return _PATH.sub(named, text)

    def where(self, root: Block, path: str) -> str:
        """The blocks that a path leads through: Encoder › Layer 1 › Self-attention › Head 1."""
        names: list[str] = []
        block: Block | None = root
        while block is not None:
            inner = (b for b in block.blocks if not b.is_group and path.startswith(f"{b.path}/"))
            block = next(inner, None)
            if block is not None:
                names.append(self.block(block).name)
        return " › ".join(names)

    def _matrix(self, matrix: Matrix) -> Mapping[str, Any]:
        *blocks, last = matrix.path.split("/")
        names = _names(blocks, last)
        return self._entry("matrix", names) or {
            key: value for key, value in self._entry("step", names).items() if key == "name"
        }

    def working(self, name: str) -> str:
        """One line about the numbers that a step needs on its way."""
        return self._line("working", name)

    def count(self, name: str) -> str:
        """What a kind of operation is called where operations are counted."""
        return self._line("count", name)

    def role(self, name: str) -> str:
        """What the colour of a role stands for."""
        return self._line("role", name)

    def group(self, name: str) -> str:
        """What a group of options is about."""
        return self._line("group", name)

    def option(self, name: str) -> OptionText:
        """An option in words."""
        found = self._entry("option", [name])
        words = self._entry("option", [f"{name}.words"])
        return OptionText(found.get("label", _readable(name)), found.get("help", ""), words)

    def _line(self, section: str, name: str) -> str:
        return str(self._flat(section).get(name, _readable(name)))

    def _flat(self, section: str) -> Mapping[str, Any]:
        return {key: text for file in self._files for key, text in file.table(section).items()}

    def _entry(self, section: str, names: Sequence[str]) -> dict[str, Any]:
        """What the tables of these names say; the first name goes before the others."""
        found: dict[str, Any] = {}
        for file in self._files:
            for name in reversed(names):
                found.update(file.table(f"{section}.{name}"))
        return found


def _names(blocks: Sequence[str], last: str) -> list[str]:
    """Names a text may have, the most particular first.

    In decoder/1/self_attention, head_2 is decoder/self_attention/head_2, then the same with
    head_n, then head; then without decoder; in the end head alone. A bare number is a layer.
    """
    stems = [last]
    if match := _NUMBERED.fullmatch(last):
        stem = match["stem"]
        stems = [last, f"{stem}_n", stem] if stem else ["layer"]
    around = [name for name in blocks if not _NUMBERED.fullmatch(name)]
    return ["/".join([*around[first:], stem]) for first in range(len(around) + 1) for stem in stems]


def _symbol(step: Step, written: str) -> str:
    """A symbol in braces; a number stands for the symbol of that input."""
    return f"{{{step.inputs[int(written) - 1].symbol if written.isdecimal() else written}}}"


def _readable(key: str) -> str:
    """A key as a word: "cross_attention" is "Cross attention"."""
    words = key.rsplit("/", 1)[-1].replace("_", " ").strip()
    return words[:1].upper() + words[1:]
