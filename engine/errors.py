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
    "block_outside": "a block of {found} numbers doesn't fit at row {row}, column {column}",
    "shapes_differ": "{what}",
    "step_unknown": "there is no step of that name; {hint}",
    "cell_outside": "row {row}, column {column} lies outside of {rows} × {columns}; "
    "rows and columns count from 1",
    "no_source": "“{name}” is neither a built-in scenario ({known}) nor a file",
    "file_unreadable": "the file can't be read: {reason}",
    "file_unwritable": "the file can't be written: {reason}",
    "file_too_large": "the file has {found} MB; a scenario has at most {limit} MB",
    "not_text": "this is not a text file in UTF-8 (byte {position})",
    "not_json": "this is not JSON: {reason}",
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
    "lesson_value": "there is no value “{name}” here; the values are {known}",
    "lesson_claim": "there is no claim “{name}” here; the claims are {known}",
    "lesson_number": "a number's link is path, row and column, such as number:scores,1,2; not "
    "“{found}”",
    "lesson_slug": "there is no lesson “{name}”; the lessons are {known}",
    "lesson_file": "“{name}” must be a file in the lesson's own folder",
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
    "prose_untold": "the {kind} “{name}” is not told in this section",
    "prose_unknown": "the {kind} “{name}” must stand here once, and be one of {known}",
    "prose_decimal": "“{found}” is written by hand; give it a name under [stops.values] "
    "and write {{name}}",
    "prose_differs": "“{mark}” does not stand in section “{name}” as often as in {other}",
}
"""English sentences by code; a translation gives the same codes other sentences."""


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
    """The text on one line, printable, at most `limit` characters long."""
    shown = "".join(c if c.isprintable() else ascii(c)[1:-1] for c in text[: limit + 1])
    return shown if len(shown) <= limit else shown[: limit - 1] + "…"


def nearest(path: str, known: Mapping[str, object]) -> str:
    """A hint for a name that is not known."""
    import difflib  # only needed for the message

    near = difflib.get_close_matches(path, list(known), n=1, cutoff=0.5)
    return f"did you mean {near[0]}?" if near else f"the first one is {next(iter(known), '')}"
