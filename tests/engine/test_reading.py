"""Files that are not sound: each is refused with its place, and nothing else ever happens."""

import json
from types import MappingProxyType

import numpy as np
import pytest

from engine import InputError, Options, Scenario, fresh, load, reading, run
from engine.codec import dumps, loads
from engine.options import CHOICES, USES, Choice, Uses
from engine.strict_json import LONGEST_MESSAGE
from engine.trace import Matrix

OPTIONS = Options(heads=1, d_model=2, d_ff=1)
WORDS = {"source_vocabulary": ("a", "b"), "target_vocabulary": ("<s>", "猫")}
TOKENS = {"source": ("a", "b"), "target": ("<s>",), "expected": ("猫",)}
MASK = "encoder/1/self_attention/mask"
W_Q = "encoder/1/self_attention/head_1/W_Q"


def good() -> Scenario:
    made = fresh(OPTIONS, 7, **TOKENS, **WORDS, name="good")
    for path, array in made.params.items():
        made = made.with_param(path, np.arange(array.size).reshape(array.shape) - 0.5)
    mask: Matrix = run(made).matrix(MASK)
    return made.with_mask(mask, np.array([[False, True], [False, False]]))


GOOD = dumps(good())

# What is replaced in the good file, by what, and what is said.
BAD = [
    ('"stepformer-scenario"', '"other"', "line 2: this is JSON, but not a Stepformer scenario"),
    ('"format":', '"form":', "line 1: this is JSON, but not a Stepformer scenario"),
    ('"version": 2', '"version": 3', "line 3: version: the file has format version 3; this pro"),
    ('"version": 2', '"version": 0', "version: this must be a whole number from 1, not 0"),
    ('"version": 2', '"version": true', "version: this must be a whole number from 1, not true"),
    ('"version": 2', '"version": 1.0', "version: this must be a whole number from 1, not 1.0"),
    ('"version": 2', '"version": "1"', "version: this must be a whole number from 1, not the text"),
    ('"version": 2,', "", "line 1: “version” is missing"),
    ('"seed": 7,', "", "line 1: “seed” is missing"),
    ('"seed": 7,', '"seed": 7, "sede": 7,', "line 5: there is no part “sede” here; the parts are"),
    ('"seed": 7,', '"seed": 7,\n"seed": 8,', "line 6: “seed” stands here twice"),
    ('"seed": 7', '"seed": -7', "line 5: seed: this must be a whole number from 0, of at most"),
    ('"seed": 7', '"seed": true', "line 5: seed: this must be a whole number from 0, of at most"),
    ('"seed": 7', '"seed": 7.5', "line 5: seed: this must be a whole number from 0, of at most"),
    ('"seed": 7', f'"seed": 1{"0" * 100}', "line 5: seed: this must be a whole number from 0"),
    ('"seed": 7', '"seed": NaN', "line 5: seed: NaN is not a number that a file may hold; masks"),
    (
        '"good"',
        '"\\ud800"',
        "name: this must be a text of at most 200 characters, not the text “\\",
    ),
    ('"good"', "null", "line 4: name: this must be a text of at most 200 characters, not null"),
    ('"layers": 1', '"layers": 13', "line 8: options › layers: “layers” must be a whole number f"),
    ('"layers": 1', '"layers": true', "must be a whole number from 1 to 12, not true"),
    ('"layers": 1', '"layers": 1.0', "must be a whole number from 1 to 12, not 1.0"),
    ('"layers": 1', '"layers": [[]]', "must be a whole number from 1 to 12, not a list"),
    ('"layers": 1', '"layers": null', "must be a whole number from 1 to 12, not null"),
    ('"layers": 1', f'"layers": {"1" * 5000}', "options › layers: 1111111"),
    (
        '"layers"',
        '"lairs"',
        "options › lairs: there is no option “lairs”; the options are model, la",
    ),
    ('"heads": 1', '"heads": 3', "line 9: options › heads: d_model = 2 can't be shared evenly a"),
    ('"scale": true', '"scale": 1', "options › scale: “scale” must be true or false, not 1"),
    (
        '"after"',
        '"aft\\n"',
        "options › norm: “norm” must be “after” or “before”, not the text “aft\\n”",
    ),
    (
        '"mask_value": null',
        '"mask_value": -Infinity',
        "line 27: options › mask_value: -Infinity is",
    ),
    ('"mask_value": null', '"mask_value": -1e999', "line 27: options › mask_value: -1e999 is not"),
    ('"mask_value": null', '"mask_value": 0', "must be null (for −∞) or a finite number below 0"),
    ('"source": ["a", "b"]', '"source": []', "tokens › source: there must be 1 to 16 tokens"),
    (
        '"source": ["a", "b"]',
        '"source": ["a",\n"c"]',
        "line 33: tokens › source › 2: “c” is not in",
    ),
    ('"source": ["a", "b"]', '"source": ["a", 5]', "tokens › source › 2: this must be a text in q"),
    ('"source": ["a", "b"]', '"source": "ab"', "tokens › source: this must be a list of words, n"),
    ('"target": ["<s>"]', '"target": ["<s>", "猫"]', "tokens › expected: there must be one expect"),
    (
        '"target": ["<s>", "猫"]',
        '"target": ["<s>", "<s>"]',
        "line 38: vocabularies › target: “<s>”",
    ),
    (
        '"target": ["<s>", "猫"]',
        '"target": ["<s>", "猫\\ud800"]',
        "is not a word of 1 to 24 printa",
    ),
    ('".x"', '".y"', "mask, row 1: a mask's row is written with “.” (may look) and “x” (may not)"),
    ('".x"', '"x"', f"line 43: masks › {MASK}, row 2: a mask's row is written with"),
    ('".x",', "", f"masks › {MASK}: the mask must have the shape 2 × 2, not 1 × 2"),
    ('".x"', "true", f"line 42: masks › {MASK}, row 1: this must be a text in quotes, not true"),
    ('n/mask"', 'n/musk"', "musk: this model has no mask of that name; the masks are encoder/1/"),
    ('"masks": {', '"masks": [{}], "x": {', "there is no part “x” here; the parts are format, ver"),
    (
        f'"{W_Q}"',
        '"W\\u2028Q"',
        f"line 46: parameters › {W_Q}: this parameter is missing; its shape is 2 × 2",
    ),
    (f'"{W_Q}": [', f'"{W_Q}": 5, "x": [', f"parameters › {W_Q}: this must be a list of rows or o"),
    ("[1.5, 2.5]", "[1.5]", "embedding/source, row 2: this row has 1 numbers, the first has 2"),
    (
        "[1.5, 2.5]",
        "1.5",
        "line 49: parameters › embedding/source, row 2: this must be a row of num",
    ),
    ("[1.5, 2.5]", "[1.5, true]", "row 2, column 2: this must be a number, not true"),
    (
        "[1.5, 2.5]",
        '["1.5", 2]',
        "source, row 2, column 1: this must be a number, not the text “1.5”",
    ),
    ("[1.5, 2.5]", "[null, 2]", "source, row 2, column 1: this must be a number, not null"),
    ("[1.5, 2.5]", "[[1], 2]", "source, row 2, column 1: this must be a number, not a list"),
    (
        "[1.5, 2.5]",
        '[{"a": 1, "a": 1}, 2]',
        "row 2, column 1: this must be a number, not an object",
    ),
    (
        "[1.5, 2.5]",
        "[1, NaN]",
        "line 49: parameters › embedding/source, row 2, column 2: NaN is not a",
    ),
    (
        "[1.5, 2.5]",
        "[1e999, 0]",
        "embedding/source, row 2, column 1: 1e999 is not a number that a f",
    ),
    ("[1.5, 2.5]", f"[{'1' * 5000}, 0]", "row 2, column 1: 11111111111111"),
    ("[1.5, 2.5]", f"[{'1' * 200}, 0]", "row 2, column 1 is 1.11111e+199; a finite number up to"),
    ("[1.5, 2.5]", "[1.5,\n1000001]", "line 49: parameters › embedding/source: row 2, column 2 is"),
    ("[1.5, 2.5]", "[1, 2], [3, 4]", "embedding/source: the shape must be 2 × 2, not 3 × 2"),
    ('b_Q": [-0.5, 0.5]', 'b_Q": [-0.5, NaN]', "line 55: parameters › encoder/1/self_attention/he"),
    ('b_Q": [-0.5, 0.5]', 'b_Q": [-0.5,\n2e6]', "line 56: parameters › encoder/1/self_attention/h"),
    ('b_Q": [-0.5, 0.5]', 'b_Q": []', "b_Q: the shape must be 2, not 0"),
    ('b_Q": [-0.5, 0.5]', 'b_Q": [0, [1]]', "b_Q, column 2: this must be a number, not a list"),
    ('b_Q": [-0.5, 0.5]', 'b_Q": [[0, 1]]', "b_Q: the shape must be 2, not 1 × 2"),
    ('"output/b": [', '"more": [1], "output/b": [', "more: this model has no parameter of that na"),
]


@pytest.mark.parametrize(("old", "new", "message"), BAD)
def test_a_bad_file_is_refused_with_its_place(old, new, message, tmp_path):
    assert GOOD.count(old) >= 1
    file = tmp_path / "bad.json"
    file.write_text(GOOD.replace(old, new, 1), encoding="utf-8", newline="\n")
    found = fault(lambda: load(file))
    assert found.startswith("bad.json, line ")
    assert message in found


def fault(read):
    """What is said; empty if all is well. Whatever is not an InputError goes through."""
    try:
        read()
    except InputError as error:
        message = str(error)
        assert len(message) <= LONGEST_MESSAGE
        assert message.isprintable()
        message.encode()
        return message
    return ""


def test_the_good_file_is_good():
    assert fault(lambda: loads(GOOD)) == ""


@pytest.mark.parametrize("text", ["[]", "5", "null", '"a"', "{}", "[{}]", '[{"format": 1}]'])
def test_other_json_is_no_scenario(text):
    expected = (
        "line 1: this is JSON, but not a Stepformer scenario: "
        "“format” must be “stepformer-scenario”"
    )
    assert fault(lambda: loads(text)) == expected


def test_without_a_file_the_line_comes_first():
    found = fault(lambda: loads(GOOD.replace("[1.5, 2.5]", "[1.5]")))
    assert found.startswith("line 49: parameters › embedding/source, row 2: ")


def test_an_option_of_a_later_day_is_the_papers():
    content = json.loads(GOOD)
    del content["options"]["final_norm"], content["options"]["mask_value"]
    assert loads(json.dumps(content)).options == OPTIONS


def test_everything_else_is_required():
    content = json.loads(GOOD)
    for name in [n for n in content if n not in {"format", "options"}]:
        less = {n: v for n, v in content.items() if n != name}
        assert f"“{name}” is missing" in fault(lambda less=less: loads(json.dumps(less)))
    for part in ("tokens", "vocabularies", "parameters"):
        for name in content[part]:
            less = {n: v for n, v in content[part].items() if n != name}
            text = json.dumps({**content, part: less})
            assert "is missing" in fault(lambda text=text: loads(text))


def test_an_older_file_is_brought_up_to_date(monkeypatch):
    def titled(top):
        if "title" not in top.members():
            raise top.fault("field_missing", name="title")
        rest = {n: v for n, v in top.value.items() if n != "title"}
        return {**rest, "name": top.value["title"], "seed": 3}

    def doubled(top):
        return {**top.value, "seed": top.value["seed"] * 2}

    monkeypatch.setattr(reading, "VERSION", 3)
    monkeypatch.setattr(reading, "MIGRATIONS", MappingProxyType({1: titled, 2: doubled}))
    older = (
        GOOD.replace('"version": 2', '"version": 1')
        .replace('"name"', '"title"')
        .replace('  "seed": 7,\n', "")
    )
    found = loads(older)
    assert (found.name, found.seed) == ("good", 6)
    newer = GOOD.replace('"version": 2', '"version": 3')
    assert loads(newer).seed == 7
    assert "line 1: “title” is missing" in fault(
        lambda: loads(GOOD.replace('"version": 2', '"version": 1'))
    )
    assert "version 4; this program reads up to 3" in fault(
        lambda: loads(GOOD.replace('"version": 2', '"version": 4'))
    )
    assert fault(lambda: loads(older.replace("[1.5, 2.5]", "[1.5]"))).startswith("line 48: ")


@pytest.mark.parametrize(("was", "is_now"), [("true", "sinusoidal"), ("false", "none")])
def test_positions_of_a_first_file_get_their_name(was, is_now):
    """Version 1 said whether there were sinusoids."""
    wanted = fresh(OPTIONS.changed(positions=is_now), 7, **TOKENS, **WORDS)
    text = dumps(wanted)
    older = text.replace(f'"positions": "{is_now}"', f'"positions": {was}')
    older = older.replace('"version": 2', '"version": 1')
    assert older != text
    assert loads(older).options == wanted.options
    assert "options › positions" in fault(
        lambda: loads(older.replace(f'"positions": {was}', '"positions": 7'))
    )
    newer = text.replace(f'"positions": "{is_now}"', f'"positions": {was}')
    assert "must be “sinusoidal” or “learned” or “none”, not" in fault(lambda: loads(newer))


@pytest.mark.parametrize("options", ["[]", "7", '{"positions": []}', '{"positions": {}}'])
def test_a_first_file_may_be_as_damaged_as_any(options):
    content = {**json.loads(GOOD), "version": 1, "options": json.loads(options)}
    assert "options" in fault(lambda: loads(json.dumps(content)))


def test_an_option_of_another_model_has_no_place(monkeypatch):
    monkeypatch.setitem(USES, "other", Uses(("d_model",), ("source",)))
    monkeypatch.setitem(CHOICES, "model", Choice("word", words=tuple(USES)))
    found = fault(lambda: loads(GOOD.replace('"encoder_decoder"', '"other"')))
    assert (
        "line 8: options › layers: there is no option “layers”; the options are model, d_mo"
        in found
    )


def test_every_step_between_versions_has_a_migration():
    assert set(reading.MIGRATIONS) == set(range(1, reading.VERSION))


def test_a_file_that_was_cut_off_anywhere_is_refused():
    for length in range(1, len(GOOD.rstrip())):
        found = fault(lambda cut=GOOD[:length]: loads(cut, "x.json"))
        assert found.endswith("the file may have been cut off"), (GOOD[:length][-20:], found)


LONG = "\n\ud800“" * 100_000


def test_messages_stay_short_whatever_stands_in_the_file():
    content = json.loads(GOOD)
    for changed in (
        {**content, LONG: 1},
        {**content, "name": LONG},
        {**content, "options": {LONG: 1}},
        {**content, "options": {"norm": LONG}},
        {**content, "tokens": {**content["tokens"], "source": [LONG]}},
        {**content, "vocabularies": {**content["vocabularies"], "source": [LONG, LONG]}},
        {**content, "masks": {LONG: [".x"]}},
        {**content, "masks": {MASK: [LONG]}},
        {**content, "parameters": {**content["parameters"], LONG: [1]}},
        {**content, "parameters": {LONG: [[1, 2], [LONG, 3]]}},
    ):
        assert fault(lambda changed=changed: loads(json.dumps(changed), LONG))
    twice = GOOD.replace('"seed"', f'{json.dumps(LONG)}: 1, {json.dumps(LONG)}: 2, "seed"')
    assert fault(lambda: loads(twice, LONG))
