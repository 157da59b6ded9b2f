"""Statistics as of a past day are those that were made on that day, when nothing later was recorded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from casetracker.model import Appeal, Case, Person, Protest
from casetracker.model.confidentiality import Audience, Confidentiality, Use
from casetracker.model.dates import KnownDate
from casetracker.model.detention.acknowledgement import Acknowledgement
from casetracker.model.detention.custody import CustodyKind, CustodyStatus
from casetracker.model.detention.judgment import SentenceKind
from casetracker.model.events.event import EventState, Outcome, PenaltyKind
from casetracker.model.events.promise import PromiseOutcome
from casetracker.model.sources.consent import Answer
from casetracker.model.sources.source import SourceKind
from casetracker.model.work.appeal import ReplyKind
from casetracker.store import statistics
from casetracker.store.statistics import Count, OfficeCount, Protests
from casetracker.store.store import Store
from tests.conftest import Office_

THEN, NOW = dt.date(2021, 6, 30), dt.date(2021, 11, 12)
READERS = (Audience.INTERNAL, Audience.OFFICIAL, Audience.PUBLIC)
Numbers = tuple[dict[str, Count], int, Protests, list[OfficeCount], int]


def numbers(store: Store, audience: Audience, day: dt.date) -> Numbers:
    """Return every number of the paper."""
    with store.reader(audience, day) as reader:
        ids = statistics.counted(reader)
        return (
            statistics.counts(reader, ids),
            statistics.families(reader, ids),
            statistics.protests(reader),
            statistics.offices(reader, ids),
            len(ids),
        )


@pytest.fixture
def cases(office: Office_, clock: Callable[[dt.date], None]) -> list[str]:
    """Seven cases, a meeting with a promise and an appeal, as they stood in June."""
    clock(THEN)
    made = [
        office.case(f"Бақытжан Нұрлан{n}", consent=(Use.K3, Use.K8), opened=dt.date(2021, 2, 1))
        for n in range(7)
    ]
    office.meeting(*made[:3], day="2021-05-04", due=dt.date(2021, 6, 1))
    appeal = office.store.draft(Appeal)
    appeal.values |= {"subject": "News", "office_id": office.office(), "sent": dt.date(2021, 3, 1)}
    for case in made[3:6]:
        appeal.add("cases", case_id=case)
    office.store.save(appeal)
    _protest(office, "2021-04-05", dt.date(2021, 4, 9))
    return made


def _protest(office: Office_, day: str, decided: dt.date, *, state: EventState | None = None) -> str:
    draft = office.store.draft(Protest)
    draft.values |= {"title": "Picket", "on": KnownDate.from_edtf(day), "state": state}
    fined = draft.add("participants", person_id=office.person("Сәуле Серікқызы"), outcome=Outcome.FINED)
    fined.add("penalties", kind=PenaltyKind.FINE, amount=58_340, decided=decided)
    return office.store.save(draft)


def _later(office: Office_, cases: list[str]) -> None:
    """Write down what happened after June: each of these would change a number."""
    store = office.store
    released = store.draft(Case, cases[0])
    released.children["episodes"][0].add(
        "custody", kind=CustodyKind.RELEASED, on=KnownDate.from_edtf("2021-08-02")
    )
    released.add(
        "answers", on=KnownDate.from_edtf("2021-09-01"), says=Acknowledgement.NORMAL_LIFE, body="Embassy"
    )
    store.save(released)
    sentenced = store.draft(Case, cases[1])
    sentenced.children["episodes"][0].add(
        "judgments", decided=KnownDate.from_edtf("2021-09"), sentence=SentenceKind.FIXED, term_years=13
    )
    sentenced.children["episodes"][0].add(
        "custody", kind=CustodyKind.SENTENCED, on=KnownDate.from_edtf("2021-09")
    )
    store.save(sentenced)
    again = store.draft(Case, cases[2])
    again.add("episodes", arrested=KnownDate.from_edtf("2021-10-02"), county="Tacheng", position=1)
    store.save(again)
    refused = store.draft(Case, cases[3])
    speaker = refused.children["consents"][0].values["person_id"]
    refused.add("consents", person_id=speaker, use=Use.K1, answer=Answer.REFUSES, given=dt.date(2021, 7, 9))
    for consent in refused.children["consents"][:1]:
        consent.values["withdrawn"] = dt.date(2021, 7, 9)
    store.save(refused)
    for name in ("Сара Қонысбай", "Ерлан Қонысбай"):
        office.case(name, consent=(Use.K3, Use.K8), opened=dt.date(2021, 10, 1))
    _protest(office, "2021-08-08", dt.date(2021, 8, 20))
    office.meeting(*cases[4:], day="2021-10-04")
    _answers(store)


def _answers(store: Store) -> None:
    from casetracker.model import Meeting

    with store.reader() as reader:
        meetings = [m.id for m in reader.all(Meeting)]
        appeals = [a.id for a in reader.all(Appeal)]
    for meeting in meetings:
        draft = store.draft(Meeting, meeting)
        for promise in draft.children["promises"]:
            for covered in promise.children["covers"]:
                covered.values |= {"outcome": PromiseOutcome.REFUSED, "outcome_on": dt.date(2021, 11, 1)}
        store.save(draft)
    draft = store.draft(Appeal, appeals[0])
    reply = draft.add("replies", on=dt.date(2021, 8, 30), kind=ReplyKind.SUBSTANTIVE)
    reply.add("cases", case_id=draft.children["cases"][0].values["case_id"])
    draft.values["received"] = dt.date(2021, 3, 4)
    store.save(draft)


@pytest.mark.parametrize("audience", READERS)
def test_every_number_is_what_it_was_on_that_day(
    store: Store, office: Office_, cases: list[str], clock: Callable[[dt.date], None], audience: Audience
) -> None:
    then = numbers(store, audience, THEN)
    clock(NOW)
    _later(office, cases)
    assert numbers(store, audience, THEN) == then
    now = numbers(store, audience, NOW)
    assert [part for part, was in zip(now, then, strict=True) if part == was] == []


def test_an_earlier_day_of_what_was_recorded_together(store: Store, office: Office_) -> None:
    """What was all written down today still has its own days."""
    custody = (
        (CustodyKind.TAKEN, "2018-10"),
        (CustodyKind.SENTENCED, "2019-05"),
        (CustodyKind.RELEASED, "2021-03"),
    )
    office.case(custody=custody)
    found = {
        day: numbers(store, Audience.INTERNAL, day)[0]["status"].cells[0].code
        for day in (dt.date(2018, 12, 1), dt.date(2020, 1, 1), dt.date(2021, 4, 1))
    }
    assert list(found.values()) == [
        CustodyStatus.CUSTODY_UNKNOWN.name,
        CustodyStatus.SENTENCED.name,
        CustodyStatus.RELEASED.name,
    ]


def test_what_is_kept_from_the_audience_moves_no_number(store: Store, office: Office_) -> None:
    draft = store.draft(Case, office.case(consent=(Use.K3,)))
    draft.children["episodes"][0].add(
        "custody",
        kind=CustodyKind.DIED,
        on=KnownDate.from_edtf("2021-01"),
        confidentiality=int(Confidentiality.INTERNAL),
    )
    store.save(draft)
    with store.reader(Audience.OFFICIAL) as reader:
        (row,) = _statuses(reader)
    assert row == CustodyStatus.CUSTODY_UNKNOWN
    assert numbers(store, Audience.INTERNAL, NOW)[0]["status"].cells[0].code == "DIED"


def _statuses(reader: statistics.Reader) -> list[CustodyStatus]:
    rows = statistics._rows(reader, statistics.counted(reader))
    statistics._set_back(reader, rows)
    return [row.status for row in rows]


def test_a_source_that_told_later_makes_nothing_surer_before(store: Store, office: Office_) -> None:
    draft = store.draft(Case, office.case())
    source = draft.add(
        "sources", label="Judgment", kind=SourceKind.DOCUMENT, told=KnownDate.from_edtf("2021-08-01")
    )
    store.save(draft)
    draft = store.draft(Case, draft.id or "")
    source = draft.children["sources"][0]
    draft.children["episodes"][0].children["custody"][0].values["source_id"] = source.id
    store.save(draft)

    def sure(day: dt.date) -> str:
        return numbers(store, Audience.INTERNAL, day)[0]["certainty"].cells[0].code

    assert (sure(THEN), sure(NOW)) == ("RUMOUR", "DOCUMENT")


def test_a_protest_to_come_or_called_off_is_not_counted(store: Store, office: Office_) -> None:
    _protest(office, "2022-03-14", dt.date(2022, 3, 20))
    _protest(office, "2021-03-14", dt.date(2021, 3, 20), state=EventState.CANCELLED)
    assert numbers(store, Audience.INTERNAL, NOW)[2] == Protests(0, 0, 0, 0)


def test_a_home_counts_while_somebody_lived_there(store: Store, office: Office_) -> None:
    case = store.draft(Case, office.case())
    person = store.draft(Person, case.children["consents"][0].values["person_id"])
    person.add("addresses", text="1", place="Almaty", until=KnownDate.from_edtf("2021-07"), position=0)
    person.add("addresses", text="2", place="Astana", since=KnownDate.from_edtf("2021-08"), position=1)
    store.save(person)
    regions = [numbers(store, Audience.INTERNAL, day)[0]["region"].cells[0].code for day in (THEN, NOW)]
    assert len(set(regions)) == 2
    assert "" not in regions
