"""Fills a lesson's text in: values, judged claims and colours as they are now."""

from __future__ import annotations

from app.evidence import written
from app.theme import Look
from engine import InputError
from engine.course import Quoted, Visit


class Live:
    """Tells values and claims of a visit as they are now, else as the stop had them."""

    def __init__(self, visit: Visit, live: Visit, look: Look) -> None:
        self.visit = visit
        self.live = live
        self.look = look

    def value(self, quoted: Quoted) -> str:
        """A value, written with the screen's digits."""
        digits = self.look.digits if quoted.digits is None else quoted.digits
        try:
            return written(self.live.value(quoted.name, quoted.stop), digits)
        except InputError:
            return written(self.visit.value(quoted.name, quoted.stop), digits)

    def is_held(self, claim: str) -> bool | None:
        """Whether a claim holds now; None where the learner has left nothing to judge."""
        try:
            return self.live.outcome(claim).holds
        except InputError:
            return None

    def role(self, name: str) -> str:
        """The role of a matrix."""
        try:
            return self.live.setting.matrix(name).role
        except InputError:
            return ""
