"""Greedy decoding: one word a round, each round a scenario that can be walked."""

from itertools import pairwise

import numpy as np
import pytest

from engine import InputError, Options, fresh, run
from engine.decoding import is_finished, next_word, rounds, translate, with_next_word
from engine.scenario import END, MOST_TOKENS, START

WORDS = ("<pad>", START, END, "a", "b", "c")


def model(**changes):
    given = {
        "source": ("a", "b", "<pad>"),
        "target": (START, "a"),
        "expected": (),
        "source_vocabulary": ("<pad>", "a", "b"),
        "target_vocabulary": WORDS,
    }
    return fresh(Options(), seed=3, **{**given, **changes})


def saying(word: str, **changes):
    """A model whose output's bias drowns everything else, so that it always says `word`."""
    bias = np.zeros(len(WORDS))
    bias[WORDS.index(word)] = 1e3
    return model(**changes).with_param("output/b", bias)


def test_the_next_word_has_the_largest_probability_of_the_last_position():
    trace = run(model(target=(START, "a", "b")))
    last = trace["output/probabilities"].output.data[-1]
    assert next_word(trace) == WORDS[int(np.argmax(last))]
    assert next_word(run(saying("c"))) == "c"


def test_the_first_of_equals_is_taken():
    even = model().with_param("output/W", np.zeros((8, 6))).with_param("output/b", np.zeros(6))
    assert next_word(run(even)) == "<pad>"


def test_a_sentence_is_finished_when_its_end_is_predicted():
    assert is_finished(run(saying(END)))
    assert not is_finished(run(saying("a")))


def test_the_next_word_is_put_after_the_target():
    before = saying("b", expected=("a", END))
    after = with_next_word(before)
    assert after.target == (START, "a", "b")
    assert after.expected == ()
    assert after.source == before.source
    assert after.params is before.params


def test_the_end_is_not_put_after_the_target():
    scenario = saying(END)
    assert with_next_word(scenario) is scenario


def test_no_word_comes_after_the_longest_target():
    full = saying("a", target=(START,) + ("a",) * (MOST_TOKENS - 1))
    with pytest.raises(InputError, match="1 to 16 tokens"):
        with_next_word(full)


def test_the_rounds_start_anew_and_grow_by_the_word_predicted():
    found = list(rounds(model(target=(START, "c", "c")), limit=6))
    assert found[0].target == (START,)
    for before, after in pairwise(found):
        assert after.target == (*before.target, next_word(run(before)))


@pytest.mark.parametrize("limit", [1, 4, MOST_TOKENS, 99])
def test_a_translation_that_does_not_end_stops_at_the_limit(limit):
    translated = translate(saying("a"), limit)
    assert translated.target == (START,) + ("a",) * (min(limit, MOST_TOKENS) - 1)


def test_a_translation_can_be_empty():
    assert translate(saying(END)).target == (START,)


def test_a_vocabulary_without_a_start_is_refused():
    wordless = model(target=("a",), target_vocabulary=("<pad>", END, "a", "b"))
    with pytest.raises(InputError, match="<s>"):
        translate(wordless)
