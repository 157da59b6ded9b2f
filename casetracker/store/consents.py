"""Who agreed to what, as of a day: the strictest living answer wins, and missing means no."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casetracker.i18n import N_, tr
from casetracker.model import (
    AppealCase,
    Case,
    CaseClosing,
    CaseEvent,
    Consent,
    CustodyEvent,
    Episode,
    FamilyMember,
    Judgment,
    Participant,
    Penalty,
    Person,
    PersonName,
    Portrait,
    PresentedCase,
    PromisedCase,
    ReplyCase,
    Source,
    StateAnswer,
    SuspectedReason,
)
from casetracker.model.confidentiality import CASE_CONSENT, Audience, Subject, Use
from casetracker.model.dates import KnownDate
from casetracker.model.entity import Entity
from casetracker.model.sources.consent import Answer

_OF_A_CASE = (
    Episode,
    AppealCase,
    CaseEvent,
    CaseClosing,
    PresentedCase,
    PromisedCase,
    ReplyCase,
    Source,
    StateAnswer,
)
_OF_AN_EPISODE = (CustodyEvent, Judgment, SuspectedReason)
_OF_A_PERSON = (PersonName, FamilyMember, Participant, Portrait)


def agreed(consents: Iterable[Consent], day: dt.date) -> frozenset[Use]:
    """Return the uses that somebody living agreed to on that day and nobody living refused."""
    living = [c for c in consents if c.living(day)]
    refused = {c.use for c in living if c.answer is Answer.REFUSES}
    return frozenset({c.use for c in living if c.answer is Answer.AGREES} - refused)


class ConsentBook:
    """The consents of one casebook as of one day, read as they are asked for."""

    def __init__(self, session: Session, as_of: dt.date) -> None:
        self._session = session
        self._as_of = as_of
        self._cases: dict[str, list[Consent]] = {}
        self._people: dict[str, Subject] = {}
        self._case_of_episode: dict[str, str] = {}
        self._person_of_participant: dict[str, str] = {}

    def subject(self, record: Entity) -> Subject:
        """Return whom a record is about: the detained relative of a case, or a person for their own data."""
        if isinstance(record, Person):
            return self._person(record.id)
        if isinstance(record, _OF_A_PERSON):
            return self._person(record.person_id)
        if isinstance(record, Penalty):
            return self._person(self._participant(record.participant_id))
        case_id = self._case_id(record)
        return Subject(self._case(case_id)) if case_id else Subject()

    def own(self, person_id: str) -> frozenset[Use]:
        """Return what somebody agreed to about their own data."""
        return agreed((c for c in self._select(Consent.person_id, {person_id}) if not c.case_id), self._as_of)

    def refusal(self, case_id: str, audience: Audience) -> str:
        """Say why a case may not go to this audience; empty if it may."""
        use = CASE_CONSENT.get(audience)
        if use is None or use in self._case(case_id):
            return ""
        asked = [c for c in self._cases[case_id] if c.use is use]
        if any(c.living(self._as_of) and c.answer is Answer.REFUSES for c in asked):
            return tr(N_("somebody in the family refused."))
        rows = [c for c in asked if c.answer is Answer.AGREES]
        if withdrawn := [c.withdrawn for c in rows if c.withdrawn and c.withdrawn <= self._as_of]:
            return tr(N_("consent was withdrawn on {day}."), day=KnownDate.on(max(withdrawn)).text())
        if ended := [c.until for c in rows if c.until and c.until < self._as_of]:
            return tr(N_("consent ran out on {day}."), day=KnownDate.on(max(ended)).text())
        return tr(N_("the family has not agreed to it."))

    def prepare(self, records: Sequence[Entity]) -> None:
        """Read the consents that these records need with one statement a kind instead of one a record."""
        cases = {i for r in records if (i := self._case_id(r))} - self._cases.keys()
        self._read_cases(cases)
        read = {r.id: r for r in records if isinstance(r, Person)}
        people = read.keys() | {r.person_id for r in records if isinstance(r, _OF_A_PERSON)}
        self._read_people(people - self._people.keys(), read)

    def _case_id(self, record: Entity) -> str | None:
        if isinstance(record, Case):
            return record.id
        if isinstance(record, Episode):
            self._case_of_episode[record.id] = record.case_id
        if isinstance(record, _OF_A_CASE):
            return record.case_id
        return self._episode(record.episode_id) if isinstance(record, _OF_AN_EPISODE) else None

    def _episode(self, episode_id: str) -> str:
        if episode_id not in self._case_of_episode:
            self._case_of_episode[episode_id] = self._session.get_one(Episode, episode_id).case_id
        return self._case_of_episode[episode_id]

    def _participant(self, participant_id: str) -> str:
        return self._session.get_one(Participant, participant_id).person_id

    def _case(self, case_id: str) -> frozenset[Use]:
        if case_id not in self._cases:
            self._read_cases({case_id})
        return agreed(self._cases[case_id], self._as_of)

    def _person(self, person_id: str) -> Subject:
        if person_id not in self._people:
            self._read_people({person_id})
        return self._people[person_id]

    def _read_cases(self, ids: set[str]) -> None:
        self._cases |= {i: [] for i in ids}
        for consent in self._select(Consent.case_id, ids):
            self._cases[str(consent.case_id)].append(consent)

    def _read_people(self, ids: set[str], read: Mapping[str, Person] = MappingProxyType({})) -> None:
        """A detained person's data go by the consents on the case, anybody else's by their own.

        A refusal of the person's own always counts: somebody who was released can speak for themselves.
        """
        if not ids:
            return
        own: dict[str, list[Consent]] = defaultdict(list)
        for consent in self._select(Consent.person_id, ids):
            if consent.case_id is None:
                own[consent.person_id].append(consent)
        held: dict[str, list[str]] = defaultdict(list)
        people = {**read, **{p.id: p for p in self._select_people(ids - read.keys())}}
        wanted = list(ids)
        for start in range(0, len(wanted), 500):
            query = sa.select(Case.person_id, Case.id).where(Case.person_id.in_(wanted[start : start + 500]))
            for person_id, case_id in self._session.execute(query):
                held[person_id].append(case_id)
        self._read_cases({c for cases in held.values() for c in cases} - self._cases.keys())
        for person_id in ids:
            person = people.get(person_id)
            refused = [c for c in own[person_id] if c.answer is Answer.REFUSES]
            about = [c for case in held[person_id] for c in self._cases[case]]
            about = [*about, *refused] if about else own[person_id]
            self._people[person_id] = Subject(
                agreed(about, self._as_of),
                minor=person is not None and person.minor_on(self._as_of),
                public_figure=bool(person and person.public_figure),
            )

    def _select(
        self,
        column: sa.orm.InstrumentedAttribute[str] | sa.orm.InstrumentedAttribute[str | None],
        ids: set[str],
    ) -> list[Consent]:
        found: list[Consent] = []
        wanted = list(ids)
        for start in range(0, len(wanted), 500):
            found += self._session.scalars(sa.select(Consent).where(column.in_(wanted[start : start + 500])))
        return found

    def _select_people(self, ids: set[str]) -> Iterator[Person]:
        wanted = list(ids)
        for start in range(0, len(wanted), 500):
            yield from self._session.scalars(
                sa.select(Person).where(Person.id.in_(wanted[start : start + 500]))
            )
