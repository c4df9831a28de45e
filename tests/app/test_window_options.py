"""Options and words by keyboard alone, and the decoder's loop until it is finished."""

import pytest
from window_support import flush

from engine import Options, builtin, fresh, is_finished, moves

Q = "encoder/1/self_attention/head_1/Q"


def open_options(hand):
    hand.tab_to(hand.window.side.tabBar())
    for _ in range(hand.window.side.count()):
        if hand.window.side.currentWidget() is not hand.window.side.views["options"]:
            hand.press("Right")
    assert hand.window.side.currentWidget() is hand.window.side.views["options"]


def test_a_switch_by_keyboard(hand):
    open_options(hand)
    hand.tab_to(hand.window.side.views["options"].controls["scale"])
    hand.press("Space")
    assert hand.document.scenario.options.scale is False
    assert not hand.window.desk.playback.is_playing
    hand.press("Ctrl+Z")
    assert hand.document.scenario.options.scale is True
    assert hand.window.side.views["options"].controls["scale"].isChecked()


def test_a_whole_number_by_keyboard(hand):
    open_options(hand)
    hand.tab_to(hand.window.side.views["options"].controls["layers"])
    hand.press("Up")
    assert hand.document.scenario.options.layers == 2
    hand.press("Down")
    assert hand.document.scenario.options.layers == 1
    assert hand.document.undo_stack.count() == 2


def test_a_number_of_heads_that_does_not_divide_is_refused(hand):
    open_options(hand)
    spin = hand.window.side.views["options"].controls["heads"]
    hand.tab_to(spin)
    spin.setValue(3)
    flush()
    assert hand.window.notice.isVisible()
    assert "d_model = 8" in hand.window.notice.text.text()
    assert hand.document.scenario.options.heads == 2
    assert spin.value() == 2
    hand.window.stage.setFocus()
    hand.press("Right")
    assert not hand.window.notice.isVisible()


def test_the_arrows_of_a_number_pass_over_what_cannot_be(hand):
    open_options(hand)
    hand.tab_to(hand.window.side.views["options"].controls["heads"])
    seen = [hand.document.scenario.options.heads]
    for key in ("Up", "Up", "Up", "Down", "Down", "Down", "Down"):
        hand.press(key)
        seen.append(hand.document.scenario.options.heads)
    assert seen == [2, 4, 8, 8, 4, 2, 1, 1]
    assert not hand.window.notice.isVisible()


def test_a_choice_by_keyboard(hand):
    open_options(hand)
    hand.tab_to(hand.window.side.views["options"].controls["norm"])
    hand.press("Down")
    assert hand.document.scenario.options.norm == "before"
    hand.tab_to(hand.window.side.views["options"].controls["mask_value"])
    hand.press("Down")
    assert hand.document.scenario.options.mask_value == -1000.0


def test_a_rate_by_keyboard_and_what_it_brings_to_light(hand):
    open_options(hand)
    controls = hand.window.side.views["options"].controls
    assert not controls["training"].isVisible()
    hand.tab_to(controls["dropout"])
    hand.press("Down", "Down")
    assert hand.document.scenario.options.dropout == 0.2
    dropped = hand.document.trace["encoder/1/dropout_1"]
    assert dropped.text == "dropout_off"
    assert controls["training"].isVisible()
    hand.tab_to(controls["training"])
    hand.press("Space")
    dropped = hand.document.trace["encoder/1/dropout_1"]
    assert dropped.text == "dropout"
    assert (dropped.inputs[1].data == 0).any()
    hand.press("Ctrl+Z", "Ctrl+Z", "Ctrl+Z")
    assert "encoder/1/dropout_1" not in hand.document.trace
    assert not controls["training"].isVisible()


def test_from_model_to_model_by_keyboard_and_back(hand):
    """Each model the panel offers runs on the words that stand there, and undo leads back."""
    open_options(hand)
    chooser = hand.window.side.views["options"].controls["model"]
    before = dict(hand.document.scenario.params)
    hand.tab_to(chooser)
    for number in range(1, chooser.count()):
        hand.press("Down")
        assert hand.document.scenario.options.model == chooser.itemData(number)
        assert hand.document.trace.scenario is hand.document.scenario
        assert not hand.window.notice.isVisible()
    hand.press(*["Ctrl+Z"] * (chooser.count() - 1))
    assert hand.document.scenario.options.model == "encoder_decoder"
    assert dict(hand.document.scenario.params) == before


def test_every_option_has_a_control_that_shows_it(hand):
    panel = hand.window.side.views["options"]
    hand.document.set_option("d_ff", 5)
    hand.document.set_option("mask_value", -7.5)
    for name, control in panel.controls.items():
        value = getattr(hand.document.scenario.options, name)
        for shown in ("isChecked", "value", "currentData"):
            if hasattr(control, shown):
                assert getattr(control, shown)() == value
                break
        else:
            raise AssertionError(name)
        assert control.accessibleName()


def test_a_source_word_by_keyboard(hand):
    first = hand.window.tokens.words["source"][0]
    hand.tab_to(first)
    hand.press("Down")
    assert hand.document.scenario.source[0] == first.currentText() != "I"
    assert hand.document.scenario.source[1:] == ("see", "cats", "today")
    hand.write("w")
    assert hand.document.scenario.source[0] == "we"
    assert hand.document.trace["source/embedded"].output.rows[0] == "we"
    hand.press("Ctrl+Z", "Ctrl+Z")
    assert hand.document.scenario.source[0] == first.currentText() == "I"


def test_words_more_and_fewer(hand):
    bar = hand.window.tokens
    hand.tab_to(bar.counts["source +"])
    hand.press("Space")
    assert len(hand.document.scenario.source) == len(bar.words["source"]) == 5
    hand.tab_to(bar.counts["source −"])
    hand.press(*(4 * ["Space"]))
    assert hand.document.scenario.source == ("I",)
    assert not bar.counts["source −"].isEnabled()
    assert not hand.window.desk.playback.is_playing


def test_next_word_until_the_sentence_is_finished(hand):
    """I see cats today: 我 今天 看见 猫; time goes before the verb."""
    bar = hand.window.tokens
    hand.tab_to(bar.counts["target −"])
    hand.press(*(4 * ["Space"]))
    assert hand.document.scenario.target == ("<s>",)
    hand.tab_to(bar.next)
    rounds = 0
    while not is_finished(hand.document.trace):
        hand.press("Space")
        rounds += 1
        assert len(bar.words["target"]) == rounds + 1
        assert rounds < 10
    assert [b.currentText() for b in bar.words["target"]] == ["<s>", "我", "今天", "看见", "猫"]
    count = hand.document.undo_stack.count()
    hand.press("Ctrl+Return")
    flush()
    assert "finished" in hand.window.notice.text.text()
    assert hand.document.undo_stack.count() == count


def test_translate_at_once(hand):
    hand.tab_to(hand.window.tokens.words["source"][0])
    hand.write("we")
    hand.press("Ctrl+Shift+Return")
    assert hand.document.scenario.target == ("<s>", "我们", "今天", "看见", "猫")
    assert is_finished(hand.document.trace)


def test_the_cursor_stays_in_the_step_when_words_change(hand):
    hand.go(Q, moves.NUMBER)
    hand.press("Ctrl+Return")
    hand.document.set_token("source", 3, "<pad>")
    flush()
    assert hand.path == Q


def test_an_option_is_shown_once_it_counts(hand):
    open_options(hand)
    controls = hand.window.side.views["options"].controls

    def shown():
        return {name for name in ("clip", "buckets", "reach") if controls[name].isVisible()}

    assert shown() == set()
    for relative, wanted in (("keys", {"clip"}), ("bias", {"buckets", "reach"}), ("none", set())):
        hand.document.set_option("relative", relative)
        flush()
        assert shown() == wanted
    hand.document.set_option("model", "dense")
    flush()
    assert not controls["heads"].isVisible()
    assert controls["d_model"].isVisible()
    assert hand.document.scenario.source == ("I", "see", "cats", "today")
    hand.press("Ctrl+Z")
    assert controls["heads"].isVisible()


def test_translate_is_offered_where_a_sentence_has_a_beginning(hand):
    """A model that goes on with a text has no “<s>” to begin with; the next word it has."""
    hand.document.begin(
        fresh(
            Options(model="transformer_xl", layers=1),
            1,
            target_vocabulary=("it", "was"),
            target=("it",),
            expected=("was",),
        )
    )
    flush()
    assert hand.window.tokens.next.isVisible()
    assert not hand.window.tokens.whole.isVisible()
    hand.document.begin(builtin("translation"))
    flush()
    assert hand.window.tokens.whole.isVisible()


@pytest.mark.parametrize("zoom", [100, 200])
def test_numbers_to_choose_are_as_large_as_the_words_beside_them(hand, zoom):
    hand.window.look.set_zoom(zoom)
    flush()
    control = hand.window.side.views["options"].controls["layers"]
    assert control.lineEdit().fontInfo().pixelSize() == hand.window.look.px(13)
