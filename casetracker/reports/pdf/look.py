"""How papers look: sizes, colours and distances, in points. One place, so that all papers look alike."""

from __future__ import annotations

from typing import NamedTuple

from casetracker.reports.blocks import Tone
from casetracker.reports.fonts import BOLD, ITALIC, SEMIBOLD
from casetracker.reports.script import Style

BLUE = "#0b5382"
GREY = "#5b6776"
RULE = "#dfe4e9"
FRAME = "#c9d1d9"

BODY = Style(9.5, leading=13.4)
LEAD = Style(9.5, BOLD, leading=13.4)
SMALL = Style(8.5, leading=11.8)
MUTED = Style(8.5, colour=GREY, leading=11.8)
NOTE = Style(7.5, colour=GREY, leading=10)
QUOTE = Style(9.5, ITALIC, leading=13.4)
LABEL = Style(9.5, colour=GREY, leading=13.4)
HEAD = Style(8.5, colour=GREY, leading=11.8)
CHIP = Style(8, SEMIBOLD, leading=11)
FLAG = Style(7.5, leading=9.6)  # beside a sign of a timeline
RUNNING = Style(8, colour=GREY, leading=11)
LETTERHEAD = Style(10.5, SEMIBOLD, leading=14.5)
TITLE = Style(24, BOLD, leading=31)
SUBTITLE = Style(13, colour=GREY, leading=18.5)
MAIN_NAME = Style(16.5, BOLD, leading=22.5)
OTHER_NAMES = Style(11, colour=GREY, leading=15.5)
HEADINGS = {
    1: Style(15, BOLD, leading=20),
    2: Style(10.5, BOLD, leading=14.5),
    3: Style(9.5, SEMIBOLD, colour=GREY, leading=13.4),
}
BEFORE_HEADING = {1: 14.0, 2: 12.0, 3: 8.0}


class Ink(NamedTuple):
    """The colours of a tone: of frames and letters, and of the ground."""

    line: str
    ground: str


TONES = {
    Tone.RED: Ink("#9b2018", "#fdeeec"),
    Tone.AMBER: Ink("#855500", "#fff6df"),
    Tone.GREEN: Ink("#1c6540", "#e9f6ee"),
    Tone.BLUE: Ink(BLUE, "#e7f1f8"),
    Tone.GREY: Ink("#4a5664", "#f3f5f7"),
}
