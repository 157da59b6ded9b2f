"""How the example is written down: plain shapes, which `build` turns into drafts.

Dates are given in EDTF, people, families and sources by short keys of the example's own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from casetracker.model.confidentiality import Use
from casetracker.model.dates import KnownDate
from casetracker.model.detention.acknowledgement import Acknowledgement
from casetracker.model.detention.case import CaseRole, Stage
from casetracker.model.detention.custody import CustodyKind, Standing
from casetracker.model.events.event import Outcome, Paid, Part, PenaltyAppeal
from casetracker.model.events.promise import DueBasis, PromiseOutcome
from casetracker.model.people.family import Kinship, Whereabouts
from casetracker.model.people.person import KazakhstanStatus, Sex
from casetracker.model.sources.consent import Answer, ConsentForm
from casetracker.model.sources.source import Channel, SourceKind

INVENTED = "invented for the example"
PRESS = "news report of October 2021"

Fields = Mapping[str, Any]


def known(edtf: str, words: str = "") -> KnownDate | None:
    """Return a date as known; with words alone, as somebody said it."""
    if edtf:
        return KnownDate.from_edtf(edtf, words or None)
    return KnownDate.in_words(words) if words else None


@dataclass(frozen=True)
class Human:
    """A person; the first name is the main one. `phone` is of a form that no real number has."""

    key: str
    names: tuple[str, ...]
    sex: Sex
    born: str = ""
    ethnicity: str = ""
    status: KazakhstanStatus | None = None
    since: str = ""
    phone: str = ""
    agreed: tuple[Use, ...] = ()  # about their own data
    fields: Fields = field(default_factory=dict)
    source: str = INVENTED


@dataclass(frozen=True)
class Kin:
    """One place in a family."""

    person: str
    kinship: Kinship
    where: Whereabouts = Whereabouts.HERE


@dataclass(frozen=True)
class Household:
    """A family; its first member petitions."""

    key: str
    name: str
    members: tuple[Kin, ...]
    representative: str = ""
    safe_contact: str = ""


@dataclass(frozen=True)
class Told:
    """A source; `grade` is reliability and credibility together, as in B2; `why` and `fits` their reasons."""

    key: str
    kind: SourceKind
    grade: str
    by: str = ""
    relation: str = ""
    channel: Channel | None = None
    told: str = ""
    said: str = ""
    why: str = ""
    fits: str = ""
    more: Fields = field(default_factory=dict)


@dataclass(frozen=True)
class Happened:
    """Something that happened in custody."""

    kind: CustodyKind
    on: str
    source: str
    note: str = ""
    place: str = ""
    words: str = ""
    standing: Standing | None = None
    why: str = ""


@dataclass(frozen=True)
class Judged:
    """A judgment, as far as the family heard of it."""

    court: str = ""
    years: int | None = None
    months: int | None = None
    decided: str = ""
    source: str = ""
    counted_from: str = ""
    fields: Fields = field(default_factory=dict)


@dataclass(frozen=True)
class Held:
    """An episode of detention; the suspected reasons are codes of their list."""

    arrested: str
    custody: tuple[Happened, ...]
    words: str = ""
    held_from: str = ""
    fields: Fields = field(default_factory=dict)
    judged: tuple[Judged, ...] = ()
    reasons: tuple[str, ...] = ()
    ended: str = ""


@dataclass(frozen=True)
class Said:
    """What a body of the State answered about a case, or that it did not."""

    says: Acknowledgement
    on: str
    body: str
    source: str = ""
    form: str = ""
    words: str = ""


@dataclass(frozen=True)
class Consented:
    """What a member of the family answered about the detained relative's data, for one or more uses."""

    by: str
    uses: tuple[Use, ...]
    given: dt.date
    until: dt.date | None = None
    withdrawn: dt.date | None = None
    answer: Answer = Answer.AGREES
    form: ConsentForm = ConsentForm.WRITTEN
    conditions: str = ""


@dataclass(frozen=True)
class File:
    """A case."""

    ref: str
    person: str
    family: str
    stage: Stage
    opened: dt.date
    request: str
    account: str
    sources: tuple[Told, ...]
    episodes: tuple[Held, ...]
    consents: tuple[Consented, ...] = ()
    health: str = ""
    notes: str = ""
    answers: tuple[Said, ...] = ()
    closed: Fields = field(default_factory=dict)


@dataclass(frozen=True)
class Came:
    """Somebody at an event."""

    person: str
    part: Part
    post: str = ""
    outcome: Outcome | None = None
    detained: str = ""
    hours: int | None = None
    note: str = ""


@dataclass(frozen=True)
class Fined:
    """A fine under the rules on public gatherings; `amount` in tenge."""

    person: str
    amount: int
    decided: dt.date
    paid: Paid
    appeal: PenaltyAppeal
    appeal_note: str = ""
    paid_by: str = ""


@dataclass(frozen=True)
class Asked:
    """A case put to an official."""

    ref: str
    asked: str
    answered: str = ""


@dataclass(frozen=True)
class Covered:
    """What became of a promise for one case."""

    ref: str
    outcome: PromiseOutcome = PromiseOutcome.PENDING
    on: dt.date | None = None
    note: str = ""


@dataclass(frozen=True)
class Promised:
    """A promise and the cases that it covers."""

    words: str
    due: dt.date | None
    basis: DueBasis | None
    covers: tuple[Covered, ...]
    by: str = ""
    fields: Fields = field(default_factory=dict)


@dataclass(frozen=True)
class Gathering:
    """A protest."""

    key: str
    title: str
    on: str
    place: str
    fields: Fields = field(default_factory=dict)
    came: tuple[Came, ...] = ()
    cases: Mapping[str, CaseRole] = field(default_factory=dict)
    words: str = ""
    follows: str = ""
    source: str = INVENTED


@dataclass(frozen=True)
class Visit:
    """A meeting with an office."""

    key: str
    ref: str
    title: str
    on: dt.date
    office: str
    fields: Fields
    came: tuple[Came, ...]
    presented: tuple[Asked, ...]
    promises: tuple[Promised, ...] = ()
    follows: str = ""
    source: str = INVENTED
