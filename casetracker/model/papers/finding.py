"""What a look at a number found. Findings warn; not one of them keeps a record from being saved."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import Enum
from typing import Literal

from casetracker.i18n import N_
from casetracker.model.dates import KnownDate

SexInPapers = Literal["FEMALE", "MALE"]  # the names of model.people.person.Sex


class Severity(Enum):
    """How much a finding weighs; the values are labels."""

    WRONG = N_("Probably mistyped")
    NOTICE = N_("Look again")
    INFORMATION = N_("Good to know")


@dataclass(frozen=True)
class Finding:
    """One sentence about a number, ready to be shown beside its field."""

    severity: Severity
    sentence: str


@dataclass(frozen=True)
class Known:
    """What the record says about the holder, to be compared with what a number says."""

    birth: KnownDate | None = None
    sex: SexInPapers | None = None
    birthplace: str | None = None  # in the words of the record

    def may_be_born(self, day: dt.date) -> bool:
        """Whether the record does not speak against a birth on that day."""
        early, late = (self.birth.earliest, self.birth.latest) if self.birth else (None, None)
        return (early is None or early <= day) and (late is None or day <= late)


NOTHING_KNOWN = Known()
