"""Whether the State owns up to a detention: derived from its answers, and typed nowhere else.

The five values are those of the field's practice (HURIDOCS list 30 splits the same way).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from enum import Enum
from typing import Protocol

from casetracker.i18n import N_
from casetracker.model.detention.custody import Standing, Version


class Acknowledgement(Enum):
    """What the State says of the detention."""

    WITH_PLACE = N_("Acknowledged, place named")
    WITHOUT_PLACE = N_("Acknowledged, place not named")
    DENIED = N_("Denied")
    NORMAL_LIFE = N_("“Living a normal life”")
    NO_ANSWER = N_("No answer")


ACKNOWLEDGEMENT_TONE: dict[Acknowledgement, str] = {
    Acknowledgement.WITH_PLACE: "green",
    Acknowledgement.WITHOUT_PLACE: "amber",
    Acknowledgement.DENIED: "red",
    Acknowledgement.NORMAL_LIFE: "red",
    Acknowledgement.NO_ANSWER: "grey",
}


class Answered(Version, Protocol):
    """What the derivation needs to know of an answer of the State."""

    @property
    def says(self) -> Acknowledgement: ...  # noqa: D102


def deciding(answers: Iterable[Answered]) -> Answered | None:
    """Return the answer that says how it stands: the latest one that counts; nothing if there is none.

    That nobody answered takes back nothing which was said before, so it decides only where nothing was ever
    said. Of answers of one day that contradict each other, the one marked as counting wins, else the graver
    (later in the list of `Acknowledgement`), so that a denial is not hidden by a friendlier version.
    """
    told = [a for a in answers if a.standing is not Standing.SET_ASIDE]
    said = [a for a in told if a.says is not Acknowledgement.NO_ANSWER] or told
    gravity = list(Acknowledgement)
    return max(
        said,
        key=lambda a: (_day(a), a.standing is Standing.COUNTS, gravity.index(a.says)),
        default=None,
    )


def _day(answer: Answered) -> dt.date:
    return answer.latest or answer.earliest or dt.date.min
