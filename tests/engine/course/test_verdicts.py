"""The curriculum's verdicts: each thing that a lesson must prove is a claim of that lesson.

A proposition names the claims that prove it, as stop/claim. A claim that is renamed, dropped or
no longer holds is missed here by the sentence it was there for.
"""

import math

import pytest

from engine.course import Lesson, Link, Visit, lessons, read_prose, spans_in

VERDICTS: dict[str, dict[str, tuple[str, ...]]] = {
    "why-attention": {
        "weights set by hand pick a value or mix two": ("by-hand/picked", "by-hand/halfway"),
        "then scores make the weights": ("scores/compared", "scores/highest", "weights/whole"),
        "the output lies between the values": ("by-hand/between", "mixed/convex"),
        "it need not, where weights are no shares": ("by-hand/beyond",),
        "what matters counts more": ("mixed/nearer",),
        "the rest is turned down, not ignored": ("weights/never-zero", "weights/still-not-zero"),
        "it can be learned": ("learned/has-slope", "learned/improves", "learned/keys-too"),
        "picking all or nothing could not": ("learned/no-slope",),
    },
    "the-steps": {
        "small whole numbers": (
            "paper/whole-words",
            "paper/whole-weights",
            "paper/whole-keys",
            "paper/whole-values",
            "paper/whole-scores",
        ),
        "query, key, value": (
            "projections/Q-is-a-product",
            "projections/K-too",
            "projections/V-too",
        ),
        "compare": ("scores/dot-products", "scores/one-by-one"),
        "scale": ("scaled/divided",),
        "softmax": ("weights/rows-sum-to-one", "weights/ratios"),
        "weighted sum": ("mixed/weighted-sum", "mixed/between"),
        "the formula": ("formula/one-line",),
    },
    "seq2seq": {
        "the decoder gets the last state alone": (
            "bottleneck/last-state",
            "bottleneck/as-wide-for-long",
        ),
        "little of the first word reaches it": ("first-word/last-counts",),
        "much of it with attention": ("first-word/with-attention",),
        "the gradient shrinks with length": ("gradient/shrinks",),
        "with attention it arrives": ("gradient/attention-helps",),
        "Bahdanau's decoder reads all states": ("attention/all-states", "attention/weighted"),
        "trained, it looks at the right words": ("aligned/jumps", "aligned/back"),
    },
    "self-and-target": {
        "self: one sequence": ("self/Q", "self/K", "self/square"),
        "target: a query from outside": ("target/Q-outside", "target/K-inside", "target/V-inside"),
        "the same code": ("self/formula", "target/same-formula"),
        "an item against a history": ("target/pot-kettle", "target/knot-rope"),
        "the decoder against the encoder": (
            "cross/Q-decoder",
            "cross/K-encoder",
            "cross/V-encoder",
        ),
    },
    "shared-keys-values": {
        "allowed: tied it still runs": ("tied/K-is-V", "tied/runs", "tied/still-mixture"),
        "three projections of one source": (
            "one-source/Q",
            "one-source/K",
            "one-source/V",
            "one-source/K-not-V",
            "one-source/Q-not-K",
        ),
        "in RNN attention the encoder's states": ("rnn/values-are-states", "rnn/keys-from-states"),
        "W_Q = W_K makes scores exactly symmetric": ("queries-too/symmetric",),
        "not the weights": ("queries-too/weights-not",),
    },
    "multi-head": {
        "two patterns": ("patterns/first-elsewhere", "patterns/second-itself"),
        "each head has a softmax of its own": ("patterns/each-sums",),
        "joined": ("join/left-half", "join/right-half", "mixing/every-column-moves"),
        "one head can't make both": (
            "one-head/sum-of-scores",
            "one-head/neither-first",
            "one-head/neither-second",
            "one-head/two-in-one",
            "one-head/one-whole",
        ),
        "at the same multiplications": ("cost/same-multiplications", "cost/same-parameters"),
    },
    "relative-position": {
        "permuting the input permutes the output": ("blind/permuted", "blind/same-rows"),
        "sinusoids bring order in": ("sinusoids/added", "sinusoids/order-seen"),
        "T5: a learned bias": ("bias-sees-order/added-to-scores", "bias-sees-order/order-seen"),
        "the same offset, the same bias anywhere": (
            "bias/one-left-anywhere",
            "bias/one-right-anywhere",
            "bias/words-do-not-matter",
        ),
        "Shaw: in the keys, with clipping": ("keys/asked-of-offset", "keys/clipped", "keys/sum"),
        "which depends on the query": ("keys/depends-on-query",),
        "a causal mask tells of order, too": ("end/causal-sees",),
    },
    "transformer-xl": {
        "with the memory it attends into the first": (
            "looks-back/sees-first",
            "looks-back/first-matters",
        ),
        "without it not": ("cut/only-itself", "cut/first-unseen"),
        "no gradient into the memory": (
            "no-gradient/gradient-does-not",
            "no-gradient/values-pass",
        ),
        "four terms, each shown": (
            "content/as-usual",
            "position/query-asks-distance",
            "global/same-for-all-queries",
            "global/only-distance",
            "sum/four-terms",
            "sum/four-terms-below",
        ),
    },
    "padding-mask": {
        "the weight is exactly 0": ("zero/exactly-zero",),
        "changing the padded token changes nothing": (
            "nothing-changes/words-stay",
            "nothing-changes/rows-stay",
        ),
        "columns, not rows": ("mask/others-pass", "mask/zeros-elsewhere", "rows/row-has-weights"),
        "nobody reads rows of padding": ("rows/nobody-reads", "rows/cross-zero"),
        "after softmax rows don't sum to 1": ("too-late/less-than-one", "too-late/right-order"),
        "a fully masked row is 0/0": ("full/no-numbers", "full/spreads"),
        "what implementations do about it": ("full/even",),
    },
    "fully-connected": {
        "a dense layer has only values": ("dense/weighted-sum",),
        "its weights stay at their places": ("swap/weights-stay", "swap/wrong-word"),
        "attention's follow the content": ("attention/follows", "attention/all-follow"),
        "the query is the anchor": ("anchor/queries-differ", "anchor/depend-on-content"),
        "RNN attention asks with the last state": ("last-state/query", "last-state/start-is-last"),
    },
    "encoder-layer": {
        "attention mixes positions": ("attention/all-rows-move",),
        "residual and norm": ("add-norm/sum", "add-norm/centred", "add-norm/unit"),
        "feed-forward works on each alone": (
            "feed-forward/own-row-moves",
            "feed-forward/others-stay-1",
            "feed-forward/others-stay-2",
        ),
        "six layers": ("six/six-times", "six/own-weights", "six/same-rows", "six/same-width"),
        "dropout with a seed": ("dropout/zero-or-doubled", "dropout/multiplied"),
        "off in use": ("dropout/off-in-use", "dropout/as-if-not-there"),
    },
    "the-formula": {
        "shapes first": ("shapes/same-width", "shapes/one-value-a-key"),
        "symbol by symbol": (
            "compare/product",
            "divide/divided",
            "mask/zero",
            "softmax/rows",
            "mix/product",
            "whole/formula",
        ),
        "without the root": ("divide/sharper", "divide/too-late"),
        "without the mask": ("mask/not-zero", "mask/leaks"),
        "without softmax": ("softmax/no-softmax", "whole/multiply-first", "whole/softmax-between"),
        "the wrong axis": ("softmax/other-axis", "softmax/columns"),
    },
    "pros-and-cons": {
        "multiplications against n": (
            "quadratic/times-four",
            "quadratic/times-sixteen",
            "quadratic/formula",
            "quadratic/rnn-linear",
        ),
        "memory against n": ("quadratic/memory",),
        "attention, RNN, convolution": (
            "short/same-as-formula",
            "short/rnn-formula",
            "short/convolution-formula",
        ),
        "the plot's formulas are the engine's counts": (
            "quadratic/plotted",
            "quadratic/plotted-rnn",
        ),
        "n² is dearer only for long sentences": (
            "short/short-is-cheap",
            "short/level",
            "short/long-is-dear",
        ),
        "with projections it is never cheaper": ("short/projections", "short/always-more"),
        "path length": ("direct/paths", "direct/reaches-last", "direct/through-states"),
        "sequential steps": ("parallel/attention-constant", "parallel/rnn-grows"),
        "no sense of order": ("blind/order-unseen",),
    },
    "cross-attention": {
        "Q from the decoder": ("who-asks/Q-from-decoder", "who-asks/Q-not-from-encoder"),
        "K and V from the encoder": (
            "who-asks/K-from-encoder",
            "who-asks/V-from-encoder",
            "who-asks/K-not",
            "who-asks/V-not",
        ),
        "the causal mask before it": ("causal/future-hidden", "causal/past-untouched"),
        "crossing word order lies off the diagonal": (
            "crossing/today-first",
            "crossing/then-see",
            "crossing/then-cats",
            "crossing/not-diagonal",
        ),
    },
    "why-projections": {
        "without them scores are XXᵀ, symmetric": ("symmetric/XXT", "symmetric/symmetric"),
        "a token looks at itself": ("itself/squared-length", "itself/own-largest"),
        "unless another row is long": ("itself/not-always", "itself/all-eyes"),
        "with them it looks elsewhere": (
            "elsewhere/next-largest",
            "elsewhere/all-move-on",
            "elsewhere/not-symmetric",
        ),
        "training finds such maps": (
            "trained/elsewhere",
            "trained/not-symmetric",
            "trained/itself-without",
            "trained/symmetric-without",
        ),
        "a bilinear form": ("bilinear/one-matrix",),
    },
    "dot-or-additive": {
        "both on the same Q and K": ("dot/product", "additive/added", "last/by-v"),
        "operation counts": ("counts/more", "counts/last-alike", "times/counted"),
        "alike in theory": ("times/nearer",),
        "what the counts leave out": ("times/laid-out",),
        "spread as d_k grows": ("spread/dot-grows", "spread/additive-stays"),
    },
    "why-scale": {
        "the variance of q·k is d_k": (
            "variance/one",
            "variance/four",
            "variance/sixteen",
            "variance/sixty-four",
            "variance/two-hundred",
        ),
        "for entries of unit variance": ("random/unit-q", "random/unit-k"),
        "1 after scaling": ("divide/by-d_k", "divide/near-one"),
        "unscaled weights approach one-hot": ("sweep/hotter", "flat/one-hot"),
        "the Jacobian shrinks": ("sweep/flatter", "gradient/jacobian", "gradient/smaller-slopes"),
        "scaled ones stay": (
            "sweep/stays-4",
            "sweep/stays-16",
            "sweep/stays-64",
            "sweep/stays-256",
            "sweep/slope-stays",
        ),
        "vanishing, not explosion": ("gradient/smaller-gradient", "gradient/never-large"),
        "at the queries for some, not for all": (
            "gradient/divided-again",
            "gradient/least-starves",
            "gradient/most-gets-more",
        ),
    },
    "minus-1000": {
        "equal to the last bit": ("thousand/weights-same", "thousand/all-same"),
        "exp underflows below −745": ("underflow/border-above", "underflow/border-below"),
        "in fewer bits sooner": (
            "underflow/above-32",
            "underflow/border-32",
            "underflow/above-16",
            "underflow/border-16",
        ),
        "a fully masked row: as if there were no mask": (
            "all-masked/as-if-open",
            "all-masked/to-padding",
        ),
        "−∞ gives 0/0 there": ("all-masked/nothing",),
        "scores for which 1000 is not enough": (
            "large-scores/leaks",
            "large-scores/infinite-holds",
        ),
    },
    "residual": {
        "the gradient at the input, with": (
            "gradient/arrives-1",
            "gradient/arrives-2",
            "gradient/arrives-4",
            "gradient/arrives",
        ),
        "and without, through 1 to 12 layers": (
            "gradient/two-layers",
            "gradient/four-layers",
            "gradient/twelve-layers",
        ),
        "it vanishes where only softmax leads back": (
            "gradient/alike",
            "gradient/first-layer",
            "gradient/first-layer-none",
            "gradient/encoder-gets",
        ),
        "similarity of output to input": ("kept/more-of-input", "kept/rows-alike"),
        "norm before or after": (
            "norm-place/straight-road",
            "norm-place/uneven-after",
            "norm-place/even-before",
            "norm-place/stream-grows",
        ),
        "the identity at zero weights": (
            "identity/sublayer-zero",
            "identity/passes-on",
            "identity/whole-layer",
            "identity/nothing-left",
        ),
        "before the norm": ("identity/norm-differs",),
    },
}

EXACT = {
    "padding-mask": {"zero/exactly-zero": "zero", "nothing-changes/words-stay": "unchanged"},
    "minus-1000": {"thousand/weights-same": "unchanged", "thousand/all-same": "unchanged"},
}
"""Claims whose kind matters: these compare bits, not numbers within a tolerance."""

ALL = {lesson.slug: lesson for lesson in lessons()}
PAIRS = [(slug, told) for slug, found in VERDICTS.items() for told in found]


def outcomes(lesson: Lesson, name: str):
    """What a claim comes to in each size of its stop."""
    stop, claim = name.split("/")
    place = lesson.index(stop)
    return [Visit(lesson, place, size).outcome(claim) for size in lesson.stops[place].sizes]


def test_every_lesson_has_a_verdict_and_the_other_way_round():
    assert list(VERDICTS) == list(ALL)
    assert all(len(found) >= 4 for found in VERDICTS.values())


@pytest.mark.parametrize(("slug", "told"), PAIRS)
def test_a_proposition_is_proved_by_claims_that_hold(slug, told):
    for name in VERDICTS[slug][told]:
        found = outcomes(ALL[slug], name)
        assert found
        assert all(outcome.holds for outcome in found), name


@pytest.mark.parametrize("slug", VERDICTS)
@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_each_is_told_where_it_is_proved(slug, language):
    lesson = ALL[slug]
    prose = read_prose(lesson.folder / f"{language}.md")
    for names in VERDICTS[slug].values():
        for name in names:
            stop, claim = name.split("/")
            spans = [s for s, _ in spans_in(prose.section(stop).blocks)]
            links = [s for s in spans if isinstance(s, Link) and s.kind == "claim"]
            assert claim in {link.target for link in links}, name


@pytest.mark.parametrize("slug", EXACT)
def test_what_is_exact_is_claimed_as_exact(slug):
    for name, kind in EXACT[slug].items():
        stop, claim = name.split("/")
        found = ALL[slug].stops[ALL[slug].index(stop)].claims[claim]
        assert (found.kind, found.within) == (kind, None)


def test_the_variance_is_claimed_within_its_sampling_error():
    """Of n × n products q·k of normal rows; pairs that share a row are not independent.

    (q·k)² has mean d and variance 2d² + 6d, two that share a row have covariance 2d.
    """
    lesson = ALL["why-scale"]
    stop = lesson.stops[lesson.index("variance")]
    d_k = {"one": 1, "four": 4, "sixteen": 16, "sixty-four": 64, "two-hundred": 256}
    for name, expected in d_k.items():
        (outcome,) = outcomes(lesson, f"variance/{name}")
        low, found, high = (side.number for side in outcome.sides)
        assert low < expected < high
        assert low < found < high
        error = math.sqrt((2 * expected**2 + 6 * expected) / 200**2 + 4 * expected / 200)
        assert max(high - expected, expected - low) < 4.2 * error
        assert "drawn(200" in stop.claims[name].phrases[1].text  # a fixed seed


def test_a_claim_that_is_gone_or_fails_is_seen():
    from dataclasses import replace

    from engine import InputError
    from engine.course.claims import judged

    lesson = ALL["the-steps"]
    with pytest.raises(InputError):
        outcomes(lesson, "weights/rows-sum-to-two")
    visit = Visit(lesson, lesson.index("weights"), "small")
    right = visit.stop.claims["rows-sum-to-one"]
    assert judged(right, visit.setting).holds
    assert not judged(replace(right, holds=False), visit.setting).holds
