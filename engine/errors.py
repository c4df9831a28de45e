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
