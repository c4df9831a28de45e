"""The built-in scenarios keep what they promise: exact translations, whole numbers."""

import math
from pathlib import Path

import numpy as np
import pytest

from engine import InputError, builtin, load, run, save
from engine.builtins import BUILTINS, training_of
from engine.decoding import is_finished, rounds, translate
from engine.grammar import (
    CHINESE,
    RNN_ATTENTION,
    RNN_PLAIN,
    SENTENCES,
    TRANSLATION,
    aligned,
    pair,
)
from engine.recipe import failures, rounded
from engine.scenario import END, PAD, START


@pytest.fixture(scope="module")
def translation():
    return builtin("translation")


@pytest.fixture(scope="module")
def by_hand():
    return builtin("by-hand")


class TestNames:
    @pytest.mark.parametrize("name", BUILTINS)
    def test_each_has_a_file_that_comes_back_the_same(self, name, tmp_path):
        scenario = builtin(name)
        assert scenario.name == name
        save(scenario, tmp_path / "again.json")
        again = load(tmp_path / "again.json")
        assert all(np.array_equal(a, again.params[p]) for p, a in scenario.params.items())

    def test_the_translation_is_the_first(self):
        assert BUILTINS[0] == "translation"

    @pytest.mark.parametrize("name", ["", "Translation", "../scenarios/translation"])
    def test_other_names_are_refused(self, name):
        with pytest.raises(InputError, match="translation, by-hand"):
            builtin(name)

    def test_what_was_not_trained_has_no_recipe(self):
        assert training_of("translation") is TRANSLATION
        with pytest.raises(InputError, match="no training for “by-hand”"):
            training_of("by-hand")


class TestGrammar:
    def test_chinese_says_the_time_after_the_subject(self):
        assert pair(("I", "see", "cats", "today")).target == ("我", "今天", "看见", "猫")
        assert pair(("we", "draw", "birds", PAD)).target == ("我们", "画", "鸟")
        assert aligned(("I", "see", "cats", "today")) == (0, 3, 1, 2)

    def test_there_are_81_sentences(self):
        assert len(set(SENTENCES)) == 81
        assert sum(sentence.source[3] == PAD for sentence in SENTENCES) == 27
        assert all(len(sentence.source) == 4 for sentence in SENTENCES)

    def test_the_vocabularies_hold_the_grammar_and_no_more(self):
        assert TRANSLATION.source_vocabulary[0] == TRANSLATION.target_vocabulary[0] == PAD
        assert TRANSLATION.target_vocabulary[1:3] == (START, END)
        assert set(TRANSLATION.source_vocabulary[1:]) == set(CHINESE)
        assert set(TRANSLATION.target_vocabulary[3:]) == set(CHINESE.values())


class TestRecipe:
    @pytest.mark.parametrize("seed", [None, 0, 1, 2, 3])
    def test_the_held_out_are_no_part_of_the_training(self, seed):
        held, kept = TRANSLATION.held_out(seed), TRANSLATION.training_pairs(seed)
        assert len(held) == 16
        assert not set(held) & set(kept)
        assert set(held) | set(kept) == set(SENTENCES)

    @pytest.mark.parametrize("seed", [None, 0, 1, 2, 3])
    def test_every_word_is_seen_in_training(self, seed):
        kept = TRANSLATION.training_pairs(seed)
        assert {w for p in kept for w in p.source} == {PAD, *CHINESE}
        assert {w for p in kept for w in p.target} == set(CHINESE.values())

    def test_the_seed_chooses_what_is_held_out(self):
        assert TRANSLATION.held_out(1) == TRANSLATION.held_out(1) != TRANSLATION.held_out(2)

    def test_the_seed_makes_the_same_scenario_again(self):
        one, other = ([*TRANSLATION.run(seed=4, epochs=1)][-1].scenario for _ in range(2))
        assert one.seed == 4
        assert all(np.array_equal(one.params[p], other.params[p]) for p in one.params)

    def test_a_seed_that_is_none_is_refused(self):
        with pytest.raises(InputError, match="seed"):
            next(TRANSLATION.run(seed=-1))

    def test_numbers_are_short_at_the_end(self):
        *_, last = TRANSLATION.run(seed=4, epochs=1)
        assert (last.scenario.name, last.scenario.expected) == ("translation", ())
        short = rounded(last.scenario, 3)
        for path, array in last.scenario.params.items():
            assert np.array_equal(array, short.params[path]), path
            assert not np.signbit(array[array == 0.0]).any(), path


class TestTranslation:
    def test_it_opens_with_a_sentence_that_crosses(self, translation):
        assert translation.source == ("I", "see", "cats", "today")
        assert translation.target == (START, "我", "今天", "看见", "猫")
        assert translation.expected == ()

    def test_it_is_what_the_recipe_says(self, translation):
        before = TRANSLATION.start()
        for field in ("options", "source", "target", "expected", "seed", "name"):
            assert getattr(translation, field) == getattr(before, field), field
        assert translation.source_vocabulary == TRANSLATION.source_vocabulary
        assert translation.target_vocabulary == TRANSLATION.target_vocabulary

    def test_every_sentence_is_translated_exactly(self, translation):
        assert failures(translation, SENTENCES) == ()

    def test_the_held_out_are_translated_too(self, translation):
        for sentence in TRANSLATION.held_out():
            last = translate(translation.with_tokens(sentence.source))
            assert last.target == (START, *sentence.target)
            assert is_finished(run(last))

    def test_each_round_can_be_walked(self, translation):
        lengths = [len(scenario.target) for scenario in rounds(translation)]
        assert lengths == [1, 2, 3, 4, 5]

    def test_its_numbers_are_short_and_moderate(self, translation):
        short = rounded(translation, 2)
        for path, array in translation.params.items():
            assert np.array_equal(array, short.params[path]), path
            assert np.abs(array).max() < 2.0, path

    def test_one_decimal_is_enough_for_it(self, translation):
        """So the window's "round to one decimal" leaves a model that still works."""
        assert failures(rounded(translation, 1), SENTENCES) == ()

    def test_each_word_looks_at_the_word_it_translates(self, translation):
        """In either head and for every word: the order crosses before the eyes."""
        for sentence in SENTENCES:
            trace = run(sentence.put_into(translation))
            for head in (1, 2):
                weights = _cross(trace, head)[: len(sentence.target)]
                assert tuple(weights.argmax(axis=1)) == aligned(sentence.source), sentence
                assert weights.max(axis=1).min() > 0.75, sentence

    def test_it_is_sure_but_shows_what_else_it_thought_of(self, translation):
        for sentence in SENTENCES:
            shares = run(sentence.put_into(translation))["output/probabilities"].output.data
            assert shares.max(axis=1).min() > 0.9, sentence
            assert shares.max() < 0.99, sentence


def _cross(trace, head: int):
    return trace[f"decoder/1/cross_attention/head_{head}/weights"].output.data


class TestRecurrent:
    """The same width and training, with attention and without."""

    @pytest.mark.parametrize("recipe", [RNN_ATTENTION, RNN_PLAIN], ids=lambda r: r.name)
    def test_they_are_what_the_recipes_say(self, recipe):
        made, before = builtin(recipe.name), recipe.start()
        for field in ("options", "source", "target", "expected", "seed", "name"):
            assert getattr(made, field) == getattr(before, field), field
        assert training_of(recipe.name) is recipe
        assert set(made.params) == set(before.params)
        short = rounded(made, 3)
        assert all(np.array_equal(a, short.params[p]) for p, a in made.params.items())

    def test_with_attention_every_sentence_is_translated_exactly(self):
        assert failures(builtin("rnn-attention"), SENTENCES) == ()

    def test_without_it_many_are_not(self):
        wrong = len(failures(builtin("rnn-plain"), SENTENCES))
        assert wrong == 45
        readme = (Path(__file__).parents[2] / "README.md").read_text("utf-8")
        assert f"{len(SENTENCES) - wrong} of 81 without" in " ".join(readme.split())

    def test_each_word_looks_at_the_word_it_translates(self):
        """In every sentence it is so on the whole; in that of the start, for every word."""
        scenario = builtin("rnn-attention")
        opening = RNN_ATTENTION.opening
        found = run(opening.put_into(scenario))["decoder/gathered/alignments"].output.data
        places = aligned(opening.source)
        assert tuple(found.argmax(axis=1)[: len(places)]) == places
        right = []
        for sentence in SENTENCES:
            weights = run(sentence.put_into(scenario))["decoder/gathered/alignments"].output.data
            places = aligned(sentence.source)
            right += [weights[row].argmax() == place for row, place in enumerate(places)]
        assert np.mean(right) > 0.7


class TestByHand:
    """Expected numbers were worked on paper from the matrices in the file."""

    SELF = "encoder/1/self_attention/head_1/"

    def test_every_parameter_is_a_small_whole_number(self, by_hand):
        for path, array in by_hand.params.items():
            assert np.array_equal(array, np.round(array)), path
            assert np.abs(array).max() <= 2.0, path

    def test_it_is_small_and_plain(self, by_hand):
        options = by_hand.options
        assert (options.layers, options.heads, options.d_k) == (1, 1, 4)
        assert not (options.biases or options.embedding_scale)
        assert options.positions == "none"
        assert (len(by_hand.source), len(by_hand.target)) == (2, 2)

    @pytest.mark.parametrize("half", ["encoder", "decoder"])
    @pytest.mark.parametrize("name", ["Q", "K", "V", "scores", "scaled"])
    def test_self_attention_is_whole_down_to_the_softmax(self, by_hand, half, name):
        data = run(by_hand)[f"{half}/1/self_attention/head_1/{name}"].output.data
        assert np.array_equal(data, np.round(data))
        assert np.abs(data).max() <= 4.0

    def test_the_encoder_is_what_paper_says(self, by_hand):
        trace = run(by_hand)
        data = {s.path.removeprefix(self.SELF): s.output.data for s in trace}
        # Q of “I” is (−1, 1, 0, −1) W_Q = −row 1 + row 2 − row 4 = (0, 0, 1, −1).
        # Q of “see” is (1, 1, 1, 1) W_Q, the columns' sums.
        assert data["Q"].tolist() == [[0, 0, 1, -1], [1, 2, -2, 1]]
        assert data["K"].tolist() == [[-1, 0, 1, 1], [1, -1, -1, 1]]
        assert data["V"].tolist() == [[1, 0, -2, -1], [1, 1, 2, 1]]
        # q₁·k₁ = 0 + 0 + 1 − 1 = 0, q₁·k₂ = 0 + 0 − 1 − 1 = −2,
        # q₂·k₁ = −1 + 0 − 2 + 1 = −2, q₂·k₂ = 1 − 2 + 2 + 1 = 2; then ÷ √4.
        assert data["scores"].tolist() == [[0, -2], [-2, 2]]
        assert data["scaled"].tolist() == [[0, -1], [-1, 1]]
        # 1 ÷ (1 + e⁻¹) = 0.731, e⁻² ÷ (e⁻² + 1) = 0.119.
        a, b = 1 / (1 + math.exp(-1)), math.exp(-2) / (math.exp(-2) + 1)
        assert data["weights"] == pytest.approx(np.array([[a, 1 - a], [b, 1 - b]]))
        # a (1, 0, −2, −1) + (1 − a) (1, 1, 2, 1) = (1, 1 − a, 2 − 4 a, 1 − 2 a).
        assert data["mixed"][0] == pytest.approx([1, 1 - a, 2 - 4 * a, 1 - 2 * a])

    def test_the_first_decoder_position_stays_whole_through_its_norm(self, by_hand):
        trace = run(by_hand)
        # “<s>” sees itself alone: V = (1, 0, 0, −1), V W_O = (1, 0, 0, −1), plus (0, −1, 1, 0).
        assert trace["decoder/1/residual_1"].output.data[0].tolist() == [1, -1, 1, -1]
        # Mean 0 and deviation 1: the norm leaves it (ε takes 0.000005), and so Q is whole.
        normal = trace["decoder/1/norm_1"].output.data[0]
        assert normal == pytest.approx([1, -1, 1, -1], abs=1e-5)
        query = trace["decoder/1/cross_attention/head_1/Q"].output.data[0]
        assert query == pytest.approx([0, -1, -1, 1], abs=1e-5)

    def test_weights_show_something_and_are_not_extreme(self, by_hand):
        trace = run(by_hand)
        for path in (self.SELF, "decoder/1/cross_attention/head_1/"):
            weights = trace[f"{path}weights"].output.data
            assert weights.argmax(axis=1).tolist() == [0, 1], path
            assert weights.min() > 0.1 and weights.max() < 0.9, path

    def test_it_translates(self, by_hand):
        last = translate(by_hand)
        assert last.target == (START, "我", "看见")
        assert is_finished(run(last))
