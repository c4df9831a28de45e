import re
import shutil
import tomllib
from collections.abc import Iterator
from dataclasses import fields
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from app import texts
from app.export.words import headline
from app.texts import Texts, languages, pieces
from engine import Options, Trace, attend, fresh, run
from engine.models import MODELS
from engine.ops import Scale
from engine.options import CHOICES
from engine.trace import Block, Matrix, Step

LONGEST_NAME, LONGEST_TITLE, LONGEST_SHORT = 14, 48, 26
SYMBOL = re.compile(r"\{((?:[^{}]|\{[^{}]*\})*)\}")
SENTENCE = re.compile(r"[.?!]”?(?=\s|$)")


def switched() -> Iterator[Options]:
    """Every model with each option at its other values, one at a time and all at once."""
    for model in MODELS:
        plain = Options(model=model, layers=2)
        yield plain
        changes: dict[str, object] = {"heads": 1, "mask_value": -1000.0}
        for name in plain.names[1:]:
            choice = CHOICES[name]
            others: tuple[object, ...] = choice.words
            if choice.kind == "switch":
                others = (not getattr(plain, name),)
            elif choice.kind == "rate":
                others = (0.5,)
            for other in others:
                yield plain.changed(**{name: other})
                changes[name] = other
        yield plain.changed(**changes)


@cache
def traces() -> list[Trace]:
    return [run(fresh(options)) for options in switched()]


def steps() -> Iterator[Step]:
    for trace in traces():
        yield from trace


def blocks() -> Iterator[Block]:
    def inside(block: Block) -> Iterator[Block]:
        yield block
        for child in block.blocks:
            yield from inside(child)

    for trace in traces():
        yield from inside(trace.root)


def test_the_switches_are_switched() -> None:
    seen = {f.name: {getattr(o, f.name) for o in switched()} for f in fields(Options)}
    for name, choice in CHOICES.items():
        if choice.kind == "switch":
            assert seen[name] == {True, False}
        elif choice.kind == "word":
            assert seen[name] == set(choice.words)
    assert {s.text for s in steps()} >= {"positions_off", "scale_off", "residual_off", "loss"}


@pytest.mark.parametrize("language", languages())
def test_every_step_has_words(language: str) -> None:
    words = Texts(language)
    for step in steps():
        text = words.step(step)
        assert 0 < len(text.name) <= LONGEST_NAME, step.path
        assert len(text.title) <= LONGEST_TITLE, text.title
        assert text.title != text.name, f"{step.path} has no title"
        if language == "en":
            assert 2 <= len(SENTENCE.findall(text.about)) <= 5, f"{step.path}: {text.about}"
            assert not SENTENCE.search(text.title)


@pytest.mark.parametrize("language", languages())
def test_symbols_in_the_words_of_a_step_are_its_own(language: str) -> None:
    words = Texts(language)
    for step in steps():
        known = {m.symbol for m in (*step.inputs, step.output)}
        known |= {w.matrix.symbol for w in step.workings}
        text = words.step(step)
        written = set(SYMBOL.findall(text.about + text.note))
        assert written <= known, step.path
        assert not re.search(r"[{}]", SYMBOL.sub("", text.about + text.note) + text.title)


def test_the_words_follow_what_the_step_reads() -> None:
    after, before = (run(fresh(Options(norm=norm))) for norm in ("after", "before"))
    path = "encoder/1/self_attention/head_1/Q"
    assert "Each row of {X} times" in Texts().step(after[path]).about
    assert "Each row of {N_1} times" in Texts().step(before[path]).about
    about = Texts().step(after["encoder/1/residual_1"]).about
    assert about.startswith("{X}, as it was before the sublayer, is added to the sublayer's")
    assert "output {Y}" in about


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", " (set by hand: (1, 2) = 9, (2, 1) = −0.5)"),
        ("zh_CN", "（手动设定：(1, 2) = 9, (2, 1) = −0.5）"),
    ],
)
def test_paper_tells_what_is_pinned(language: str, said: str) -> None:
    path = "encoder/1/self_attention/head_1/scores"
    free = fresh(Options())
    pinned = free.with_pin(path, 1, 0, -0.5).with_pin(path, 0, 1, 9.0)
    words = Texts(language)
    title = words.step(run(free)[path]).title
    assert headline(words, run(free)[path]) == title
    assert headline(words, run(pinned)[path]) == title + said


def test_the_words_follow_the_block() -> None:
    trace = run(fresh(Options()))
    words = Texts()

    def title(path: str) -> str:
        return words.step(trace[path]).title

    assert title("encoder/1/self_attention/head_1/Q") == "What each position asks for"
    assert title("decoder/1/self_attention/head_1/Q") == "What each position asks for"
    assert title("decoder/1/cross_attention/head_2/Q") == "What each target position asks for"
    assert title("decoder/1/self_attention/head_1/masked") == "No position may look ahead"
    assert title("encoder/1/feed_forward/output") == "Back to the width of the model"
    assert words.step(trace["decoder/1/cross_attention/head_2/Q"]).name == "Queries"


def test_nothing_is_said_of_a_mask_that_is_not_there() -> None:
    seen = run(fresh(Options(causal=False)))
    head = "self_attention/head_1/masked"
    assert Texts().step(seen[f"decoder/1/{head}"]).title == "Here positions may look ahead"
    for path in (f"encoder/1/{head}", "decoder/1/cross_attention/head_1/masked"):
        assert Texts().step(seen[path]) == Texts().step(run(fresh(Options()))[path])


def test_a_matrix_is_called_as_its_step_is_where_an_option_made_it_another() -> None:
    trace = run(fresh(Options(scale=False)))
    scaled = trace["encoder/1/self_attention/head_1/scaled"].output
    assert Texts().matrix_name(scaled, trace) == "Unscaled"
    assert Texts().matrix_name(scaled) == "Scaled"
    masked = trace["encoder/1/self_attention/head_1/masked"].output
    assert Texts().matrix_name(masked, trace) == "Masked"


def test_a_step_that_is_switched_off_names_the_option() -> None:
    labels = {Texts().option(name).label for name in CHOICES}
    off = [s for s in steps() if s.text.endswith("_off")]
    assert off
    for step in off:
        (named,) = re.findall(
            r"The option “([^”]+)” (?:is off|says none)", Texts().step(step).about
        )
        assert named in labels


def test_options_are_called_by_their_labels() -> None:
    content = (texts.STEPS / "en.toml").read_text(encoding="utf-8")
    named = set(re.findall(r"option “([^”]+)”", content))
    assert len(named) > 5
    assert named <= {Texts().option(name).label for name in CHOICES}


def test_attention_over_matrices_of_ones_own_has_words() -> None:
    for step in attend(np.eye(2), np.eye(2), np.eye(2)):
        assert Texts().step(step).about


@pytest.mark.parametrize("language", languages())
def test_every_block_has_words(language: str) -> None:
    words = Texts(language)
    for block in blocks():
        text = words.block(block)
        assert text.about, block.path
        assert 0 < len(text.short) <= LONGEST_SHORT
        assert 0 < len(text.name) <= LONGEST_SHORT
        assert "{" not in text.name + text.short


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("", "Transformer"),
        ("encoder/1", "Layer 1"),
        ("decoder/12", "Layer 12"),
        ("encoder/1/self_attention", "Self-attention"),
        ("decoder/1/self_attention", "Masked self-attention"),
        ("decoder/1/cross_attention/head_2", "Head 2"),
        ("encoder/1/norm_1", "Norm"),
        ("encoder/norm", "Final norm"),
    ],
)
def test_a_block_is_called(path: str, name: str) -> None:
    assert Texts().block(Block(path.rsplit("/", 1)[-1] or "model", path)).name == name


def test_every_matrix_that_is_given_has_a_line() -> None:
    words = Texts()
    for trace in traces():
        for matrix in trace.given.values():
            line = words.matrix(matrix)
            assert line.startswith(f"{words.matrix_name(matrix)}: "), matrix.path
            assert ("You can" in line) == matrix.is_editable, line


def test_matrices_are_told_apart() -> None:
    trace = run(fresh(Options()))
    named = {p: Texts().matrix_name(m) for p, m in trace.given.items()}
    assert named["embedding/source"] != named["embedding/target"]
    assert named["output/W"] == "Vocabulary weights"
    assert named["encoder/1/feed_forward/W_1"] != named["encoder/1/feed_forward/W_2"]
    head = [n for p, n in named.items() if p.startswith("encoder/1/self_attention/head_1/")]
    assert len(set(head)) == len(head) == 6


def test_a_computed_matrix_is_called_as_its_step() -> None:
    trace = run(fresh(Options()))
    assert Texts().matrix(trace["encoder/1/norm_1"].output) == "Norm"
    assert Texts().matrix(trace["encoder/1/self_attention/head_1/scores"].output) == "Scores"


def test_every_working_and_role_has_a_line() -> None:
    found = [w for step in traces()[0] for w in step.workings]
    for name in {w.name for w in found}:
        assert Texts().working(name).endswith("."), name
    matrices = [m for step in traces()[0] for m in (*step.inputs, step.output)]
    roles = {m.role for m in matrices if m.role}
    table = tomllib.loads((texts.STEPS / "en.toml").read_text(encoding="utf-8"))
    assert roles == set(table["role"])
    assert Texts().role("query") == "Query"


@pytest.mark.parametrize("language", languages())
def test_every_option_has_words(language: str) -> None:
    words = Texts(language)
    for name, choice in CHOICES.items():
        option = words.option(name)
        assert option.label
        assert option.help
        if language == "en":
            assert "paper" in option.help, name
        values = {
            "switch": (True, False),
            "word": choice.words,
            "mask_value": (-np.inf,),
            "whole": (),
            "rate": (),
        }[choice.kind]
        shown = [option.word(value) for value in values]
        assert len(set(shown)) == len(values)
        for value, word in zip(values, shown, strict=True):
            assert word in option.words.values(), f"{name} has no word for {value}"
    assert words.option("layers").word(3) == "3"


def sections(language: str) -> dict[str, dict[str, object]]:
    content = (texts.STEPS / f"{language}.toml").read_text(encoding="utf-8")
    return tomllib.loads(content)


@pytest.mark.parametrize("language", languages())
def test_no_text_is_left_over(language: str) -> None:
    used = set()

    class Noting(texts._Tables):
        def table(self, name: str) -> object:
            used.add(name)
            return super().table(name)

    words = Texts(language)
    words._files = [Noting(texts.STEPS / f"{language}.toml")]
    for step in steps():
        words.step(step)
    for block in blocks():
        words.block(block)
    for trace in traces():
        for matrix in (*trace.given.values(), *(step.output for step in trace)):
            words.matrix(matrix)
    for section in ("step", "block", "matrix"):
        for name in sections(language)[section]:
            assert f"{section}.{name}" in used, f"no {section} looks for {name}"
    assert set(sections(language)["option"]) == set(CHOICES)


@pytest.mark.parametrize("language", languages())
def test_what_is_read_piece_by_piece_is_what_stands_in_the_file(language: str) -> None:
    tables = texts._Tables(texts.STEPS / f"{language}.toml")
    count = 0
    for section, content in sections(language).items():
        if all(isinstance(value, str) for value in content.values()):
            assert tables.table(section) == content
            count += 1
            continue
        for name, entry in content.items():
            assert isinstance(entry, dict)
            nested = {k: v for k, v in entry.items() if isinstance(v, dict)}
            plain = {k: v for k, v in entry.items() if k not in nested}
            assert tables.table(f"{section}.{name}") == plain
            for inner, words in nested.items():
                assert tables.table(f"{section}.{name}.{inner}") == words
            count += 1 + len(nested)
    assert count == len(tables._raw)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copy(texts.STEPS / "en.toml", tmp_path)
    monkeypatch.setattr(texts, "STEPS", tmp_path)
    return tmp_path


def test_a_language_is_a_file(folder: Path) -> None:
    (folder / "de.toml").write_text('[step.scores]\nname = "Werte"\n', encoding="utf-8")
    assert languages() == ("de", "en")
    text = Texts("de").step(traces()[0]["encoder/1/self_attention/head_1/scores"])
    assert text.name == "Werte"
    assert text.title == "Every query meets every key"
    assert Texts("de").option("heads").label == "Heads"
    assert Texts("de").language == Texts("de_AT").language == "de"


def test_the_own_language_goes_before_a_more_particular_english_text(folder: Path) -> None:
    (folder / "de.toml").write_text('[step.Q]\ntitle = "Fragen"\n', encoding="utf-8")
    step = traces()[0]["decoder/1/cross_attention/head_1/Q"]
    assert Texts("de").step(step).title == "Fragen"


def test_an_unknown_language_is_english(folder: Path) -> None:
    assert Texts("tlh").language == "en"
    assert Texts("tlh").working("max") == Texts().working("max")


def test_a_new_op_can_be_walked_without_words() -> None:
    data = np.zeros((1, 1))
    matrix = Matrix("rnn/3/new_thing", data, ("a",), ("1",), "Z")
    step = Step(matrix.path, Scale(4), (matrix,), matrix, "new_thing")
    text = Texts().step(step)
    assert (text.name, text.title, text.about, text.note) == ("New thing", "New thing", "", "")
    assert Texts().matrix(matrix) == "New thing"
    assert Texts().block(Block("gate_2", "rnn/3/gate_2")).name == "Gate 2"
    assert Texts().working("row_sum") == "Row sum"
    assert Texts().option("dropout").label == "Dropout"
    assert Texts().option("dropout").word(True) == "on"


def test_pieces_tell_symbols_from_text() -> None:
    assert list(pieces(r"Take {W_Q}{\gamma}.")) == [
        ("Take ", False),
        ("W_Q", True),
        (r"\gamma", True),
        (".", False),
    ]
    assert list(pieces("")) == []


# --- The same in every language -----------------------------------------------------------

# Names, signs and figures that a translation must not lose or invent.
NAMES = re.compile(
    r"\{[^{}]*\}|<[a-z/]+>|√?d_[a-z]+|%\d|−?\d+(?:\.\d+)*|ReLU|PyTorch|softmax|NaN|−∞|tanh",
    re.IGNORECASE,
)


def names_in(text: str) -> set[str]:
    return {name.lower() for name in NAMES.findall(text)}


def leaves(table: dict[str, object], path: str = "") -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from leaves(value, f"{path}{key} › ")
        else:
            yield f"{path}{key}", str(value)


@pytest.mark.parametrize("language", languages())
def test_every_language_has_the_same_texts(language: str) -> None:
    english, own = dict(leaves(sections("en"))), dict(leaves(sections(language)))
    assert own.keys() == english.keys()
    assert not [path for path, text in own.items() if english[path] and not text.strip()]


@pytest.mark.parametrize("language", languages())
def test_names_and_figures_are_the_same_in_every_language(language: str) -> None:
    english, own = dict(leaves(sections("en"))), dict(leaves(sections(language)))
    differ = {
        path: names
        for path, text in english.items()
        if (names := names_in(text) ^ names_in(own[path]))
    }
    assert not differ


def test_numbers_among_options_are_written_as_all_others():
    option = Texts("en").option("mask_value")
    assert [option.word(v) for v in (-1000.0, -1.5, -np.inf)] == ["−1000", "−1.5", "−∞"]
    assert Texts("en").option("dropout").word(0.1) == "0.1"
