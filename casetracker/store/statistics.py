"""Counts over the cases that an audience may count, read by columns: no record is given to anybody.

Outside the office only cases count whose family agreed to anonymous statistics or to this audience, and
nobody of it refused to be counted. Everything is counted as it stood on the reader's day: by the days that
the records themselves have. What has no day is taken to have been so before.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from statistics import median
from typing import Any

import sqlalchemy as sa

from casetracker.model import (
    Address,
    Appeal,
    AppealCase,
    Case,
    Consent,
    Episode,
    Event,
    Family,
    Meeting,
    Office,
    Person,
    Promise,
    PromisedCase,
    places,
)
from casetracker.model.confidentiality import CASE_CONSENT, CLEARANCE, Audience, Use
from casetracker.model.dates import KnownDate
from casetracker.model.detention.acknowledgement import Acknowledgement
from casetracker.model.detention.case import Stage
from casetracker.model.detention.certainty import Certainty
from casetracker.model.detention.custody import CustodyStatus
from casetracker.model.events.event import EventState, Part
from casetracker.model.events.promise import PromiseOutcome
from casetracker.model.people.person import Sex
from casetracker.model.sources.consent import Answer
from casetracker.store import chronicle, derived
from casetracker.store.consents import agreed
from casetracker.store.derived import Known
from casetracker.store.reader import DisclosedRecord, Reader
from casetracker.store.relations import cost_of
from casetracker.store.small_cells import LEAST, Cell, suppressed

_ANSWERS = frozenset({PromiseOutcome.KEPT, PromiseOutcome.PARTLY, PromiseOutcome.REFUSED})
_AGES = ((0, 17), (18, 29), (30, 44), (45, 59), (60, 200))
_TERMS = ((0, 4), (5, 9), (10, 14), (15, 19), (20, 200))
_CHUNK = 500  # ids in one statement
_REGION = 2  # digits of the code of a region of Kazakhstan; those of China have six


@dataclass(frozen=True)
class Count:
    """The cases by one thing; `total` are all of them, those of which it is not known ("") among them."""

    cells: tuple[Cell, ...]
    total: int


@dataclass(frozen=True)
class Protests:
    """Totals over all protests that the audience may know of; fines in tenge."""

    held: int
    detained: int
    fined: int
    fines: int


@dataclass(frozen=True)
class OfficeCount:
    """In how many cases an office was asked and answered, and the median of days to an answer."""

    office: str
    asked: int
    answered: int
    days: float | None


def counted(reader: Reader) -> list[str]:
    """Return the ids of the cases that this audience may count."""
    query = sa.select(Case.id).where(
        Case.confidentiality <= CLEARANCE[reader.audience],
        Case.stage != Stage.DUPLICATE,
        sa.or_(Case.opened.is_(None), Case.opened <= reader.as_of),
    )
    ids = reader.ids(query)
    if reader.audience is Audience.INTERNAL:
        return ids
    consents: dict[str, list[Consent]] = defaultdict(list)
    for (consent,) in reader.rows(sa.select(Consent).where(Consent.case_id.is_not(None))):
        consents[str(consent.case_id)].append(consent)
    return [i for i in ids if _may_count(consents[i], reader)]


def _may_count(consents: list[Consent], reader: Reader) -> bool:
    day = reader.as_of
    if any(c.use is Use.K1 and c.answer is Answer.REFUSES and c.living(day) for c in consents):
        return False
    return bool(agreed(consents, day) & {Use.K1, CASE_CONSENT[reader.audience]})


def counts(reader: Reader, ids: list[str]) -> dict[str, Count]:
    """Count these cases by each thing; the keys are those of `reports.statistics`."""
    rows = _rows(reader, ids)
    _set_back(reader, rows)
    ways: dict[str, Callable[[Any], str]] = {
        "status": lambda row: row.status.name,
        "acknowledgement": lambda row: row.acknowledgement.name if row.acknowledgement else "",
        "prefecture": lambda row: f"{places.successor(row.county_code)[:4]}00" if row.county_code else "",
        "year": _year,
        "sex": lambda row: row.sex.name if row.sex else "",
        "age": _age,
        "sentence": lambda row: _range(row.term_years, _TERMS) if row.term_years is not None else "",
    }
    if reader.audience is Audience.INTERNAL:
        ways["certainty"] = lambda row: row.certainty.name if row.certainty else ""
    found = {key: _count(reader, map(way, rows)) for key, way in ways.items()}
    return found | {"region": _count(reader, _regions(reader, ids))}


def families(reader: Reader, ids: list[str]) -> int:
    """Return how many families these cases belong to."""
    found: set[str] = set()
    for start in range(0, len(ids), _CHUNK):
        query = sa.select(Case.family_id).where(
            Case.id.in_(ids[start : start + _CHUNK]), Case.family_id.is_not(None)
        )
        found.update(str(row[0]) for row in reader.rows(query))
    return len(found)


def _count(reader: Reader, codes: Iterable[str]) -> Count:
    numbers = Counter(codes)
    cells = tuple(Cell(code, numbers[code]) for code in sorted(numbers))
    if reader.audience is not Audience.INTERNAL:
        cells = suppressed(cells)
    return Count(cells, numbers.total())


@dataclass
class _Row:
    """What is counted of a case, with its last detention that the audience may know of."""

    id: str
    status: CustodyStatus
    acknowledgement: Acknowledgement | None
    certainty: Certainty | None
    term_years: int | None
    sex: Sex | None
    birth_earliest: dt.date | None
    birth_latest: dt.date | None
    county_code: str | None
    arrested_earliest: dt.date | None
    arrested_latest: dt.date | None


def _rows(reader: Reader, ids: list[str]) -> list[_Row]:
    """Return a line a case; its status is that of all that is recorded."""
    known = _known(reader).of(Episode, "arrested")
    found: dict[str, _Row] = {}
    held, born = Episode.__table__.c, Person.__table__.c
    for start in range(0, len(ids), _CHUNK):
        query = (
            sa.select(
                Case.id, Case.status, Case.acknowledgement, Case.certainty, Case.term_years, Person.sex,
                born.birth_earliest, born.birth_latest,
                held.county_code, held.arrested_earliest, held.arrested_latest,
            )
            .join(Person, Person.id == Case.person_id)
            .outerjoin(Episode, sa.and_(Episode.case_id == Case.id, *known))
            .where(Case.id.in_(ids[start : start + _CHUNK]))
            .order_by(Case.id, Episode.position, Episode.id)
        )  # fmt: skip
        found |= {row.id: _Row(*row) for row in reader.rows(query)}  # the last one of a case stays
    return list(found.values())


def _known(reader: Reader) -> Known:
    return Known(reader.as_of, CLEARANCE[reader.audience])


def _set_back(reader: Reader, rows: list[_Row]) -> None:
    """Give the cases on which more is recorded than the audience may know on that day the status of it."""
    session = reader._session  # noqa: SLF001 - nothing of it leaves the store
    known = _known(reader)
    more = derived.unlike(session, known)
    then = derived.computed(session, [row.id for row in rows if row.id in more], known)
    for row in rows:
        if stood := then.get(row.id):
            row.status, row.acknowledgement = stood.status, stood.acknowledgement
            row.certainty, row.term_years = stood.certainty, stood.term_years


def _regions(reader: Reader, ids: list[str]) -> list[str]:
    """Return for each case the code of the region of Kazakhstan in which its petitioner lived."""
    home = Address.__table__.c
    query = (
        sa.select(Case.id, Address.place_code)
        .join(Family, Family.id == Case.family_id)
        .join(Address, Address.person_id == Family.petitioner_id)
        .where(Address.place_code.is_not(None), *_known(reader).of(Address, "since"))
        .where(sa.or_(home.until_latest.is_(None), home.until_latest >= reader.as_of))
        .order_by(Address.position, Address.id)
    )
    lives = {row.id: row.place_code for row in reader.rows(query) if len(row.place_code) == _REGION}
    return [lives.get(i, "") for i in ids]


def _year(row: Any) -> str:
    """Return the year of the arrest where it is certain."""
    first, last = row.arrested_earliest, row.arrested_latest
    return str(first.year) if first and last and first.year == last.year else ""


def _age(row: Any) -> str:
    """Return the age group at the arrest where it is the same by all days that are possible."""
    days = (row.arrested_earliest, row.arrested_latest, row.birth_earliest, row.birth_latest)
    if not all(days):
        return ""
    youngest, oldest = _years(row.birth_latest, days[0]), _years(row.birth_earliest, days[1])
    groups = {_range(youngest, _AGES), _range(oldest, _AGES)}
    return groups.pop() if len(groups) == 1 else ""


def _years(born: dt.date, day: dt.date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _range(number: int, ranges: tuple[tuple[int, int], ...]) -> str:
    """Return the range of a number as "05-09", so that codes are in the order of the numbers."""
    return next((f"{low:02}-{high:02}" for low, high in ranges if low <= number <= high), "")


def protests(reader: Reader) -> Protests:
    """Count protests held by the day, and as far as their consents allow who was detained and fined at them.

    A fine counts from the day on which it was decided.
    """
    held = [p for p in chronicle.protests(reader) if _was_held(p, reader.as_of)]
    people = [who for p in held for who in p.children("participants")]
    protesters = [who for who in people if who.value("part") is not Part.JOURNALIST]
    fines = [f for who in protesters for f in _imposed(who, reader.as_of)]
    return Protests(
        len(held),
        sum(who.value("outcome") in chronicle.HELD for who in protesters),
        sum(any(f.value("amount") for f in _imposed(who, reader.as_of)) for who in people),
        cost_of(fines).owed,
    )


def _was_held(protest: DisclosedRecord, day: dt.date) -> bool:
    on: KnownDate | None = protest.value("on")
    begun = (on.earliest or on.latest) if on else None
    return protest.value("state") is not EventState.CANCELLED and (begun is None or begun <= day)


def _imposed(participant: DisclosedRecord, day: dt.date) -> list[DisclosedRecord]:
    """Return what somebody was punished with by that day."""
    found = participant.children("penalties")
    return [f for f in found if not (f.value("decided") and f.value("decided") > day)]


def offices(reader: Reader, ids: list[str]) -> list[OfficeCount]:
    """Count by office for these cases; the offices that were asked most come first.

    An appeal is answered when the store says so, a promise when it was kept, kept in part or refused. Outside
    the office there is no median where fewer than five answers are behind it.
    """
    asked: dict[str, set[str]] = defaultdict(set)
    answered: dict[str, dict[str, int | None]] = defaultdict(dict)
    for each in (*_appeals(reader, set(ids)), *_promises(reader, set(ids))):
        if each.since and each.since > reader.as_of:
            continue
        asked[each.office].add(each.case)
        if each.answered and not (each.until and each.until > reader.as_of):
            days = (each.until - each.since).days if each.until and each.since else None
            answered[each.office].setdefault(each.case, days)
    known = {o.id: o.title for o in reader.many(Office, sorted(asked))}
    least = 1 if reader.audience is Audience.INTERNAL else LEAST
    found = []
    for office, name in known.items():
        took = [d for d in answered[office].values() if d is not None]
        middle = median(took) if len(took) >= least else None
        found.append(OfficeCount(name, len(asked[office]), len(answered[office]), middle))
    return sorted(found, key=lambda o: (-o.asked, o.office))


@dataclass(frozen=True)
class _Asked:
    """One time that an office was asked about a case, and the answer; a day may be missing."""

    office: str
    case: str
    since: dt.date | None
    answered: bool
    until: dt.date | None


def _appeals(reader: Reader, ids: set[str]) -> list[_Asked]:
    query = (
        sa.select(Appeal.office_id, AppealCase.case_id, Appeal.sent, Appeal.answered_on)
        .join(AppealCase)
        .where(Appeal.sent.is_not(None), Appeal.confidentiality <= CLEARANCE[reader.audience])
        .order_by(Appeal.sent, Appeal.id)
    )
    return [
        _Asked(row.office_id, row.case_id, row.sent, row.answered_on is not None, row.answered_on)
        for row in reader.rows(query)
        if row.case_id in ids
    ]


def _promises(reader: Reader, ids: set[str]) -> list[_Asked]:
    met = Event.__table__.c
    query = (
        sa.select(
            Meeting.office_id, PromisedCase.case_id, met.on_earliest, PromisedCase.outcome_on,
            PromisedCase.outcome,
        )
        .select_from(PromisedCase)
        .join(Promise, Promise.id == PromisedCase.promise_id)
        .join(Meeting, Meeting.id == Promise.meeting_id)
        .where(Meeting.office_id.is_not(None), Promise.confidentiality <= CLEARANCE[reader.audience])
        .order_by(met.on_earliest, PromisedCase.id)
    )  # fmt: skip
    return [
        _Asked(row.office_id, row.case_id, row.on_earliest, row.outcome in _ANSWERS, row.outcome_on)
        for row in reader.rows(query)
        if row.case_id in ids
    ]
