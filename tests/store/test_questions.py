"""Who owes what since when, what happened in which order, and how a case stood on a day."""

from __future__ import annotations

import datetime as dt

import pytest

from casetracker.model import Case, Meeting
from casetracker.model.confidentiality import Audience
from casetracker.model.dates import KnownDate
from casetracker.model.detention.custody import CustodyKind, CustodyStatus, Standing
from casetracker.model.events.promise import STILL_OWED, PromiseOutcome
from casetracker.store import questions, situations
from casetracker.store.store import Store
from tests.conftest import TODAY, Office_

DUE = dt.date(2021, 10, 25)


def outcome(store: Store, meeting: str, what: PromiseOutcome, day: dt.date | None, case: int = 0) -> None:
    draft = store.draft(Meeting, meeting)
    covered = draft.children["promises"][0].children["covers"][case]
    covered.values |= {"outcome": what, "outcome_on": day, "outcome_note": "a letter came"}
    store.save(draft)


def test_each_case_of_a_promise_is_a_line(store: Store, office: Office_) -> None:
    cases = [office.case(f"Ерлан {n}") for n in range(3)]
    meeting = office.meeting(*cases)

    with store.reader() as reader:
        lines = questions.promises(reader)
        assert {line.case_id for line in lines} == set(cases)
        assert {(line.meeting_id, line.office, line.words) for line in lines} == {
            (meeting, "Commissioner for Human Rights", "look into each case")
        }
        assert [line.case_id for line in questions.promises(reader, case_id=cases[1])] == [cases[1]]


@pytest.mark.parametrize(
    ("day", "overdue"),
    [(DUE, 0), (DUE + dt.timedelta(days=1), 1), (TODAY, 18), (dt.date(2022, 10, 25), 365)],
)
def test_overdue_is_counted_from_the_day_of_the_paper(
    store: Store, office: Office_, day: dt.date, overdue: int
) -> None:
    office.meeting(office.case())
    with store.reader(as_of=day) as reader:
        (line,) = questions.promises(reader)
        assert line.days_overdue == overdue
        assert len(questions.overdue_promises(reader)) == (1 if overdue else 0)
        assert line.state == {0: "Pending", 1: "1 day overdue"}.get(overdue, f"{overdue} days overdue")


@pytest.mark.parametrize("what", PromiseOutcome, ids=lambda o: o.name)
def test_what_became_of_it_decides_whether_it_is_still_owed(
    store: Store, office: Office_, what: PromiseOutcome
) -> None:
    meeting = office.meeting(office.case("Ерлан"), office.case("Мақпал"))
    outcome(store, meeting, what, dt.date(2021, 11, 1))
    with store.reader() as reader:
        first, second = sorted(questions.promises(reader), key=lambda o: o.case_name)
        assert (first.case_name, first.outcome) == ("Ерлан", what)
        assert first.days_overdue == (18 if what in STILL_OWED else 0)
        assert second.days_overdue == 18


def test_what_became_of_it_later_is_not_known_yet_on_the_day_of_the_paper(
    store: Store, office: Office_
) -> None:
    meeting = office.meeting(office.case())
    outcome(store, meeting, PromiseOutcome.KEPT, dt.date(2021, 11, 1))
    with store.reader(as_of=dt.date(2021, 10, 31)) as reader:
        (line,) = questions.promises(reader)
        assert (line.outcome, line.outcome_on, line.outcome_note) == (PromiseOutcome.PENDING, None, "")
        assert line.days_overdue == 6
    with store.reader(as_of=dt.date(2021, 11, 1)) as reader:
        (line,) = questions.promises(reader)
        assert (line.outcome, line.outcome_note, line.state) == (
            PromiseOutcome.KEPT,
            "a letter came",
            "Kept, 1 Nov 2021",
        )


def test_a_promise_without_a_day_is_never_overdue_and_comes_last(store: Store, office: Office_) -> None:
    case = office.case()
    draft = store.draft(Meeting, office.meeting(case))
    draft.add("promises", words="one day").add("covers", case_id=case)
    store.save(draft)
    with store.reader(as_of=dt.date(2031, 1, 1)) as reader:
        assert [(o.words, o.days_overdue > 0) for o in questions.promises(reader)] == [
            ("look into each case", True),
            ("one day", False),
        ]


def test_promises_of_one_office_made_before_a_day(store: Store, office: Office_) -> None:
    case = office.case()
    commissioner, ministry = office.office(), office.office("Ministry of Foreign Affairs")
    office.meeting(case)
    office.meeting(case, day="2021-12-01", due=dt.date(2022, 1, 1), office_id=ministry)

    with store.reader() as reader:
        assert len(questions.promises(reader)) == 2
        assert [o.office_id for o in questions.promises(reader, office_id=ministry)] == [ministry]
        before = questions.promises(reader, case_id=case, before=dt.date(2021, 12, 1))
        assert [o.office_id for o in before] == [commissioner]
        assert questions.promises(reader, before=dt.date(2021, 10, 4)) == []


def test_cases_that_officials_may_not_see_are_in_no_promise(store: Store, office: Office_) -> None:
    office.meeting(office.case("Ерлан"), office.case("Мақпал", consent=()))
    with store.reader(Audience.OFFICIAL) as reader:
        assert [o.case_name for o in questions.overdue_promises(reader)] == ["Ерлан"]


# How a case stands


def test_a_paper_made_again_says_what_was_so_on_its_day(store: Store, office: Office_) -> None:
    case = office.case(custody=((CustodyKind.PRISON, "2019-06"), (CustodyKind.RELEASED, "2021-11-01")))
    for day, status in ((dt.date(2021, 10, 31), CustodyStatus.SENTENCED), (TODAY, CustodyStatus.RELEASED)):
        with store.reader(as_of=day) as reader:
            assert situations.situation(reader.get(Case, case), reader).status is status


def test_the_situation_counts_the_days_in_custody(store: Store, office: Office_) -> None:
    case = office.case(custody=((CustodyKind.PRISON, "2019-06"),))
    draft = store.draft(Case, case)
    draft.children["episodes"][0].values["held_at"] = "prison no. 3"
    draft.children["episodes"][0].add("judgments", term_years=9, term_months=6)
    store.save(draft)
    with store.reader() as reader:
        now = situations.situation(reader.get(Case, case), reader)
        assert now.days_held == ((TODAY - dt.date(2018, 10, 31)).days, (TODAY - dt.date(2018, 10, 1)).days)
        assert now.status_text == "Sentenced · 9 years 6 months"
        assert now.place == "prison no. 3, Emin"


# Chronology


def test_the_chronology_is_in_the_order_of_uncertain_dates(store: Store, office: Office_) -> None:
    case = office.case(
        custody=(
            (CustodyKind.SENTENCED, "2019"),
            (CustodyKind.CAMP, "2018-11/2019-05"),
            (CustodyKind.SEEN, "2019-03-08"),
            (CustodyKind.PASSPORT_TAKEN, "2017-04~"),
            (CustodyKind.TAKEN, "2018-10"),
        )
    )
    office.meeting(case)
    draft = store.draft(Case, case)
    draft.children["episodes"][0].add("custody", kind=CustodyKind.OTHER, on=KnownDate.in_words("in winter"))
    store.save(draft)

    with store.reader() as reader:
        lines = questions.chronology(reader.get(Case, case), reader)

    assert [line.what for line in lines] == [
        "Passport taken",
        "Taken into custody",  # once, though the arrest says it too
        "Sent to a camp",
        "Sentenced",
        "Seen or heard from",
        "Meeting with the Commissioner for Human Rights",
        "Other event",
    ]
    assert lines[-1].on.words == "in winter"


def test_what_was_set_aside_is_for_the_office_only(store: Store, office: Office_) -> None:
    case = office.case(custody=((CustodyKind.RELEASED, "2019"), (CustodyKind.PRISON, "2019")))
    draft = store.draft(Case, case)
    released = next(
        c
        for c in draft.children["episodes"][0].children["custody"]
        if c.values["kind"] is CustodyKind.RELEASED
    )
    released.values |= {"standing": Standing.SET_ASIDE, "standing_reason": "a rumour"}
    store.save(draft)

    def told(audience: Audience) -> list[str]:
        with store.reader(audience) as reader:
            return [line.what for line in questions.chronology(reader.get(Case, case), reader)]

    assert "Released (another version, set aside)" in told(Audience.INTERNAL)
    assert not [what for what in told(Audience.OFFICIAL) if "Released" in what]


def test_on_what_a_statement_rests_is_said_without_the_source(store: Store, office: Office_) -> None:
    draft = store.draft(Case, office.case(custody=()))
    draft.add("sources", label="court paper of Мақпал", kind="DOCUMENT", channel="LEAKED")
    store.save(draft)
    draft = store.draft(Case, draft.id)
    source = draft.children["sources"][0].id
    for kind, edtf, source_id in (
        (CustodyKind.SENTENCED, "2019", source),
        (CustodyKind.PRISON, "2020", None),
    ):
        on = KnownDate.from_edtf(edtf)
        draft.children["episodes"][0].add("custody", kind=kind, on=on, source_id=source_id)
    store.save(draft)

    with store.reader(Audience.OFFICIAL) as reader:
        by = {h.what: h.basis for h in questions.chronology(reader.get(Case, draft.id), reader)}

    assert by["Sentenced"] == "document"
    assert by["Held in a prison"] == "according to the family"


# Which meeting, which cases


def test_the_dossier_is_for_the_next_meeting_else_the_last(store: Store, office: Office_) -> None:
    last, coming, later = (office.meeting(day=d) for d in ("2021-10-04", "2021-12-01", "2022-02-01"))
    for day, wanted in ((TODAY, coming), (dt.date(2021, 12, 1), coming), (dt.date(2023, 1, 1), later)):
        with store.reader(as_of=day) as reader:
            assert questions.meeting_for_dossier(reader).id == wanted
    with store.reader() as reader:
        assert [m.id for m in questions.meetings_of(reader)] == [last, coming, later]


def test_cases_are_named_by_reference_in_any_case_of_letters(store: Store, office: Office_) -> None:
    one, two = office.case("Ерлан", ref="CT-AAAA"), office.case("Мақпал", ref="CT-BBBB")
    with store.reader() as reader:
        assert questions.cases_of(reader, ["ct-bbbb", " CT-AAAA "]) == [two, one]
        assert questions.cases_of(reader) == [one, two]
