"""What can be wrong with an input, where, and what would be right."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

MESSAGES: dict[str, str] = {
    "option_unknown": "there is no option “{name}”; the options are {known}",
    "option_type": "“{name}” must be {expected}, not {found}",
    "option_range": "“{name}” must be {expected}, not {found}",
    "option_heads": "d_model = {d_model} can't be shared evenly among {heads} heads; "
    "choose a number of heads that divides d_model",
    "option_reach": "half of the buckets hold one distance each, so the last one can begin at "
    "{least} or beyond; choose fewer buckets, or a longer reach",
    "model_unknown": "there is no model “{name}”; the models are {known}",
    "token_unknown": "“{token}” is not in the vocabulary; choose one of {known}",
    "token_count": "there must be {expected} tokens, not {found}",
    "vocabulary": "{what}",
    "expected_count": "there must be one expected word for each target position: "
    "{expected}, not {found}",
    "param_unknown": "this model has no parameter of that name; {hint}",
    "param_missing": "this parameter is missing; its shape is {expected}",
    "param_shape": "the shape must be {expected}, not {found}",
    "param_type": "numbers are needed, not {found}",
    "not_finite": "row {row}, column {column} is {found}; a finite number up to "
    "±1000000 is needed (a mask belongs into the options)",
    "mask_unknown": "this model has no mask of that name; the masks are {known}",
    "mask_shape": "the mask must have the shape {expected}, not {found}",
    "pin_outside": "the pin at row {row}, column {column} lies outside of {rows} × {columns}",
    "pin_unknown": "a pin needs a step of that name; {hint}",
    "pin_form": "a pin is written as row, column and number, such as [2, 3, 9.0]",
    "tie_unknown": "a tie needs parameters on both sides, and there is no “{name}”; {hint}",
    "tie_shape": "only matrices of one shape can be one: this has {found}, {other} has {expected}",
    "tie_cycle": "this tie leads back to where it starts: {chain}",
    "tie_twice": "the numbers of “{name}” are those of the one it follows; "
    "they must not stand among the parameters, too",
    "lock_unknown": "there is no group of controls “{name}” to be locked; {hint}",
    "block_outside": "a block of {found} numbers doesn't fit at row {row}, column {column} of "
    "{shape}; nothing was pasted",
    "shapes_differ": "{what}",
    "step_unknown": "there is no step of that name; {hint}",
    "no_plot": "there is nothing here for the plot “{name}”; choose another step",
    "no_plot_format": "a plot can't be written as {name}; the formats of plots are {known}",
    "cell_of_block": "a number can be chosen of one step, not of a block",
    "cell_outside": "row {row}, column {column} lies outside of {rows} × {columns}; "
    "rows and columns count from 1",
    "no_source": "“{name}” is neither a built-in scenario ({known}) nor a file",
    "file_unreadable": "the file can't be read: {reason}",
    "file_unwritable": "the file can't be written: {reason}",
    "file_too_large": "the file has {found} MB; a scenario has at most {limit} MB",
    "not_text": "this is not a text file in UTF-8 (byte {position})",
    "not_json": "this is not JSON: {reason}",
    "file_of_lesson": "this file belongs to a lesson; File › Open lesson folder opens its folder, "
    "“stepformer check” takes it, too",
    "too_deep": "the values are nested too deeply for a scenario",
    "too_many": "there are {found} lists and objects here; a scenario has at most {limit}",
    "not_a_scenario": "this is JSON, but not a Stepformer scenario: “format” must be “{expected}”",
    "version": "the file has format version {found}; this program reads up to {known}. "
    "A newer Stepformer may open it",
    "field_missing": "“{name}” is missing",
    "field_unknown": "there is no part “{name}” here; the parts are {known}",
    "field_type": "this must be {expected}, not {found}",
    "nan": "{found} is not a number that a file may hold; masks are written as rows of “.” and “x”",
    "duplicate": "“{name}” stands here twice",
    "row_length": "this row has {found} numbers, the first has {expected}",
    "mask_row": "a mask's row is written with “.” (may look) and “x” (may not), "
    "all rows of one length, not “{found}”",
    "train_unknown": "there is no training for “{name}”; there is one for {known}",
    "no_word": "these are not numbers, so no word is the likeliest; a row that is masked "
    "throughout gives NaN: let it see something again",
    "no_prediction": "this model predicts no words; choose one that does, such as the "
    "encoder-decoder",
    "finished": "the likeliest next word is “{word}”: the sentence is finished",
    "no_code": "how this operation is written in {language} is not said yet; choose another format",
    "no_safetensors": "this is no sound safetensors file: {what}",
    "tensor_dtype": "numbers of the kind “{found}” can't be taken in; F64, F32, F16 and BF16 can",
    "tensor_missing": "this is missing; its shape is {expected}",
    "tensor_unknown": "there is no parameter of that name; {hint}",
    "stacks_differ": "the encoder has {encoder} layers and the decoder {decoder}; "
    "both must have as many",
    "only_whole": "this format holds the parameters of a whole scenario, not of a part",
    "one_archive": "there are several pictures; they go into one file whose name ends in {ending}",
    "no_format": "there is no format “{name}”; the formats are {known}",
    "no_loss": "training needs expected words; the scenario has none",
    "not_toml": "this is not TOML: {reason}",
    "phrase_long": "a phrase of {found} characters is too long; {limit} are allowed",
    "phrase_syntax": "“{phrase}” can't be read: at character {position} stands {found}, where "
    "{expected} would be right",
    "phrase_name": "there is no matrix or step “{name}” here; {hint}",
    "phrase_working": "{path} has no working “{name}”; its workings are {known}",
    "phrase_function": "there is no function “{name}”; the functions are {known}",
    "phrase_arguments": "{name}(...) takes {count} arguments",
    "phrase_reference": "{name}(...) takes names of steps and matrices, nothing computed",
    "phrase_shapes": "{left} and {right} don't fit",
    "phrase_size": "{found} numbers are too many; {limit} are allowed",
    "phrase_whole": "{name}(...) takes whole numbers from {low}",
    "phrase_order": "permuted(...) takes each of the {rows} rows once",
    "phrase_span": "there are no rows or columns {first} to {last}; they count from 1 to {count}",
    "phrase_label": "“{label}” does not stand there just once; the labels are {known}",
    "phrase_number": "one number is needed, and this comes to several",
    "phrase_count": "“{name}” is not counted; counted are {known}",
    "phrase_option": "there is no option “{name}” that is a number or a switch",
    "phrase_time": "times differ from one machine to the next; they stand under [stops.measured] "
    "alone",
    "claim_kind": "a claim needs one of {known}",
    "claim_count": "“{name}” needs {count} phrases",
    "claim_when": "“when” belongs to “unchanged” and “changed”, and they need it",
    "claim_fails": "the claim “{name}” does not hold; its sides are {found}",
    "question_kind": "a question needs one of {known}; “within” belongs to a number",
    "question_few": "there must be two choices or more",
    "question_choice": "just one choice must be right; right are: {found}",
    "question_place": "there is no largest or smallest number among these",
    "question_tie": "{found} numbers are equally large; there must be one answer",
    "lesson_id": "“{name}” is not a name of letters, digits, “-” and “_” that begins with a letter",
    "lesson_scenario": "a lesson needs either [scenario] or [sizes.NAME]",
    "lesson_source": "a scenario is opened by “source”, or made anew from “seed” and "
    "“vocabularies”, not both",
    "lesson_end": "the last stop is written as [end]",
    "lesson_size": "there is no size “{name}”; the sizes are {known}",
    "lesson_stop": "there is no stop “{name}”; the stops are {known}",
    "lesson_variant": "there is no variant “{name}” here; the variants are {known}",
    "lesson_plot": "there is no plot “{name}”; the plots are {known}",
    "lesson_plot_empty": "the plot “{name}” has nothing to show at this step",
    "lesson_measured": "“{name}” stands under values, too; a name can have one meaning",
    "lesson_value": "there is no value “{name}” here; the values are {known}",
    "lesson_claim": "there is no claim “{name}” here; the claims are {known}",
    "lesson_number": "a number's link is path, row and column, such as number:scores,1,2; not "
    "“{found}”",
    "lesson_slug": "there is no lesson “{name}”; the lessons are {known}",
    "lesson_file": "“{name}” must be a file in the lesson's own folder",
    "lesson_folder": "a lesson's folder is its name in links: small letters, digits and hyphens; "
    "rename it, such as “{example}”",
    "lesson_no_text": "there is no text beside lesson.toml; en.md would be one",
    "lesson_none": "there is no lesson.toml here, nor in a folder directly inside",
    "prose_title": "a text begins with its title: “# Title”",
    "prose_section": "a section begins with “## Title {{#stop}}”",
    "prose_question": "a question begins with “### Question {{?name}}”",
    "prose_heading": "there is no such heading; “## Title {{#stop}}” is a section",
    "prose_open": "“{sign}” has no partner; write “\\{sign}” for the sign itself",
    "prose_link": "“{found}” leads nowhere; a link begins with one of {known} and a colon",
    "prose_order": "the section “{found}” stands where “{expected}” belongs",
    "prose_missing": "there is no section for the stop “{name}”",
    "prose_choices": "the choices must be {known}",
    "prose_reason": "the choice “{name}” is right; what stands under it says why it is wrong",
    "prose_reason_claim": "the claim “{name}” can't be told in a reason, which not everybody sees",
    "prose_untold": "the {kind} “{name}” is not told in this section",
    "prose_unknown": "the {kind} “{name}” must stand here once, and be one of {known}",
    "prose_decimal": "“{found}” is written by hand; give it a name under [stops.values] "
    "and write {{name}}",
    "prose_differs": "“{mark}” does not stand in section “{name}” as often as in {other}",
}
"""English sentences by code; a translation gives the same codes other sentences."""

WORDINGS: dict[str, str] = {
    "whole_range": "a whole number from {low} to {high}",
    "whole_from": "a whole number from {low}",
    "whole_from_on": "a whole number from {low} on",
    "true_or_false": "true or false",
    "either": "{this} or {other}",
    "share_below_1": "a number from 0 to below 1",
    "mask_number": "null (for −∞) or a finite number below 0",
    "finite_loss": "small enough for the loss to stay finite",
    "single_number": "a single number",
    "tensors_length": "the header is longer than the file",
    "tensors_notes": "its notes are not texts",
    "tensors_entry": "dtype, shape and data_offsets are needed, and nothing else",
    "tensors_shape": "its shape is no list of whole numbers",
    "tensors_offsets": "its offsets are not two whole numbers",
    "tensors_beyond": "it lies beyond the end of the file",
    "tensors_size": "its shape and its length don't go together",
    "tensors_rest": "there are bytes after the last tensor",
    "tensors_overlap": "it overlaps another tensor",
    "tensors_gap": "there is a gap before it",
    "tensors_header": "the header is no JSON object",
    "count_range": "{low} to {high}",
    "did_you_mean": "did you mean {near}?",
    "first_is": "the first one is {first}",
    "remove_param": "remove it, or check the options",
    "words_count": "there must be {low} to {high} words, not {found}",
    "word_twice": "“{word}” stands there twice",
    "word_form": "{word} is not a word of 1 to 24 printable characters",
    "attend_columns": "Q has {q} columns and K has {k}; both must have d_k columns",
    "attend_rows": "K has {k} rows and V has {v}; each key needs one value",
    "two_axes": "a matrix with two axes is needed, not the shape ({shape})",
    "one_number": "one number is needed, not the shape {shape}",
    "shape_wanted": "the shape must be {wanted}, not {found}",
    "name_form": "a text of at most {limit} characters",
    "seed_form": "a whole number from 0, of at most {limit} digits",
    "of_bits": "one of {count} bits",
    "list_of_pins": "a list of pins",
    "list_of_locks": "a list of groups of controls",
    "list_of_words": "a list of words",
    "list_of_rows": "a list of rows",
    "list_of_numbers": "a list of rows or of numbers",
    "row_of_numbers": "a row of numbers",
    "a_number": "a number",
    "param_path": "the path of a parameter",
    "braces": "an object in braces",
    "in_quotes": "a text in quotes",
    "an_object": "an object",
    "a_list": "a list",
    "the_text": "the text “{text}”",
    "in_a_phrase": "a phrase in quotes, such as “sum(weights[1, :])”",
    "or_more": "{least} or more",
    "even_rows": "rows of numbers, all of one length",
    "list_of_cells": "a list of [row, column, number]",
    "list_of_charts": "a list of charts by their numbers, such as [1, 3]",
    "list_of_sizes": "a list of sizes",
    "row_and_column": "a row and a column from 1, such as [1, 2]",
    "some_stops": "one [[stops]] or more",
    "something_else": "something else",
    "the_end": "the end",
    "sign_or_end": "a sign or the end",
    "number_or_name": "a number, a name or a bracket",
    "row_or_label": "a whole number from 1, a label in quotes or “:”",
    "numbers": "{count} numbers",
    "none": "none",
    "question": "question",
    "claim": "claim",
    "measured": "measured value",
    "nothing_in_it": "there is nothing in it",
    "cut_off": "{reason}; the file may have been cut off",
    "is_folder": "it is a folder",
    "not_regular": "it is not a regular file",
    "is_protected": "it is write-protected",
    "no_such_folder": "no such folder?",
    "json_value": "expecting value",
    "json_comma": "expecting ',' delimiter",
    "json_colon": "expecting ':' delimiter",
    "json_name": "expecting property name enclosed in double quotes",
    "json_control": "invalid control character at",
    "json_unterminated": "unterminated string starting at",
    "json_extra": "extra data",
    "json_escape": "invalid \\escape",
    "json_unicode": "invalid \\uXXXX escape",
    "json_trailing": "illegal trailing comma before end of {kind}",
}
"""Pieces of those sentences, in English, by code: what was expected, found, hinted at."""

PLACES = ("line", "row", "column")
"""The English words that a place may hold, each with a number after it."""


class Wording(str):
    """A piece of a message: a text in English, with `code` and `facts` for a translation."""

    code: str
    facts: Mapping[str, object]

    def __new__(cls, code: str, **facts: object) -> Wording:
        """The English text of `code`, with the facts put in."""
        made = super().__new__(cls, WORDINGS[code].format(**facts))
        made.code, made.facts = code, facts
        return made

    def __getnewargs_ex__(self) -> tuple[tuple[str], Mapping[str, object]]:
        return (self.code,), self.facts


class InputError(ValueError):
    """Something that was given is not right: `code`, `place` and `facts` say what and where.

    `place` names the spot in the giver's own words (a parameter's path, a line of a file);
    the message is one line and names the remedy.
    """

    def __init__(self, code: str, place: str = "", **facts: Any) -> None:
        self.code = code
        self.place = place
        self.facts = facts
        super().__init__(code, place)

    def __str__(self) -> str:
        text = MESSAGES[self.code].format(**self.facts)
        return f"{self.place}: {text}" if self.place else text

    def at(self, place: str) -> InputError:
        """The same problem seen from further out: `place` is put before the place known."""
        joined = f"{place}: {self.place}" if self.place else place
        return InputError(self.code, joined, **self.facts)


def clipped(text: str, limit: int) -> str:
    """The text on one line, printable, at most `limit` characters long; itself if it is so."""
    shown = "".join(c if c.isprintable() else ascii(c)[1:-1] for c in text[: limit + 1])
    if len(shown) > limit:
        return shown[: limit - 1] + "…"
    return text if shown == text else shown


def nearest(path: str, known: Mapping[str, object]) -> str:
    """A hint for a name that is not known."""
    import difflib  # only needed for the message

    near = difflib.get_close_matches(path, list(known), n=1, cutoff=0.5)
    if near:
        return Wording("did_you_mean", near=near[0])
    return Wording("first_is", first=next(iter(known), ""))
