"""The sets of colours there are, as data; what is done with them stands in theme.py."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

Rgb = tuple[int, int, int]


@dataclass(frozen=True)
class Theme:
    """One set of colours. Roles are those of the engine's matrices."""

    name: str
    window: str
    card: str
    line: str  # divides; carries no meaning
    outline: str  # of what can be ticked or typed into: 3 or more against what is around it
    ink: str
    faint: str
    accent: str  # the selected number, the result
    here: str  # where the learner stands
    here_line: str  # the same as a line, and the frame of what has the keyboard
    done: str
    done_line: str
    to_come: str
    link: str
    negative: Rgb
    zero: Rgb
    positive: Rgb
    falling: Rgb  # gradients below and above 0, in other colours than values
    rising: Rgb
    share_low: Rgb
    share_high: Rgb
    hatch: str
    cell_dark: str
    cell_light: str
    roles: Mapping[str, str]
    is_dark: bool = False

    def role(self, role: str) -> str:
        """The colour of a symbol; a role without one has the ink's."""
        return self.roles.get(role, self.ink)


# The symbols' colours were found by search: as near to purple, orange, blue, green, grey, pink and
# olive as they can be while every two, and each and the ink, stay apart for all kinds of sight
# (tests/app/color_vision.py).
LIGHT = Theme(
    name="light",
    window="#f5f4f0",
    card="#ffffff",
    line="#dedcd4",
    outline="#878a94",
    ink="#1d1f27",
    faint="#62656f",
    accent="#c81e12",
    here="#fde9b6",
    here_line="#b97d05",
    done="#d3ecdf",
    done_line="#6fae93",
    to_come="#efeee9",
    link="#1559a8",
    negative=(76, 129, 201),
    zero=(253, 252, 249),
    positive=(232, 147, 72),
    falling=(174, 95, 190),
    rising=(70, 160, 80),
    share_low=(252, 253, 252),
    share_high=(31, 132, 120),
    hatch="#b9b6ac",
    cell_dark="#000000",  # only black and white leave no shade between them below 4.5
    cell_light="#ffffff",
    roles={
        "query": "#5338ab",
        "key": "#872400",
        "value": "#05579b",
        "weight": "#197465",
        "mask": "#454547",
        "position": "#963e82",
        "embedding": "#5b7026",
    },
)

DARK = replace(
    LIGHT,
    name="dark",
    is_dark=True,
    window="#17181d",
    card="#212329",
    line="#3a3d46",
    outline="#a0a6b3",
    ink="#eceef2",
    faint="#a3a8b4",
    accent="#ff8a7a",
    here="#4a3a10",
    here_line="#e3ad3c",
    done="#1f3a31",
    done_line="#4f8a74",
    to_come="#2a2c33",
    link="#8ab8f5",
    negative=(62, 116, 190),
    zero=(40, 42, 49),
    positive=(208, 121, 44),
    falling=(174, 90, 185),
    rising=(70, 162, 75),
    share_low=(38, 41, 47),
    share_high=(60, 176, 158),
    hatch="#5b5f69",
    roles={
        "query": "#bda3ff",
        "key": "#ed9d66",
        "value": "#91c7f6",
        "weight": "#51baa4",
        "mask": "#c8c8cf",
        "position": "#d591c7",
        "embedding": "#e0e485",
    },
)

# Contrast of 7 and more for every text (WCAG AAA): cells stay dark enough for white numbers.
CONTRAST = replace(
    DARK,
    name="contrast",
    window="#000000",
    card="#000000",
    line="#8d8d8d",
    outline="#ffffff",
    ink="#ffffff",
    faint="#d4d4d4",
    accent="#ffa699",
    here="#3b2d00",
    here_line="#ffd23f",
    done="#00382a",
    done_line="#3fc79b",
    to_come="#000000",
    link="#9fd0ff",
    negative=(0, 82, 178),
    zero=(0, 0, 0),
    positive=(145, 66, 0),
    falling=(132, 40, 150),
    rising=(0, 102, 40),
    share_low=(0, 0, 0),
    share_high=(0, 96, 85),
    hatch="#9a9a9a",
    roles={
        "query": "#c1b5ff",
        "key": "#fdc791",
        "value": "#acd9ff",
        "weight": "#50d6ba",
        "mask": "#dcdce0",
        "position": "#f3a6db",
        "embedding": "#b2c862",
    },
)

THEMES: Mapping[str, Theme] = {t.name: t for t in (LIGHT, DARK, CONTRAST)}
