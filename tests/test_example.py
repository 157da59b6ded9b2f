"""The example casebook: the public facts stand in it as they are, and nobody real has a case."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from casetracker.example import CASE_SHOWN, NEXT_MEETING, USER
from casetracker.example.shapes import INVENTED, PRESS
from casetracker.model import Case, ContactPoint, Family, Meeting, Person, Protest, Source
from casetracker.model.confidentiality import Audience
from casetracker.model.dates import KnownDate, Precision
from casetracker.model.detention.custody import CustodyStatus, Standing
from casetracker.model.events.event import Outcome, Paid, PenaltyAppeal
from casetracker.model.events.promise import PromiseOutcome
from casetracker.model.people.person import Script, Sex
from casetracker.store import handover, questions, situations
from casetracker.store.examine import inconsistencies
from casetracker.store.reader import DisclosedRecord, Reader
from casetracker.store.store import Store

REAL = {"Elvira Azimova", "Baibolat Kunbolatuly"}


@pytest.fixture
def reader(example: Store) -> Iterator[Reader]:
    """All of it, as the office sees it."""
    with example.reader() as reader:
        yield reader


def meeting_on(reader: Reader, day: dt.date) -> DisclosedRecord:
    (found,) = [m for m in reader.all(Meeting) if m.value("on") == KnownDate.on(day)]
    return found


def protest_of_october(reader: Reader) -> DisclosedRecord:
    (found,) = [p for p in reader.all(Protest) if p.value("on") == KnownDate.on(dt.date(2021, 10, 1))]
    return found


def people_at(event: DisclosedRecord) -> set[str]:
    return {p.text("person_id") for p in event.children("participants")}


# The public facts


def test_the_meeting_of_the_fourth_of_october_stands_as_it_was_told(reader: Reader) -> None:
    meeting = meeting_on(reader, dt.date(2021, 10, 4))

    posts = {p.text("person_id"): p.text("post") for p in meeting.children("participants")}
    assert posts["Elvira Azimova"] == "Commissioner for Human Rights of Kazakhstan"
    assert "Baibolat Kunbolatuly" in posts
    assert meeting.text("place") == "Nur-Sultan"
    assert meeting.text("office_id") == "Commissioner for Human Rights"
    assert meeting.text("source") == PRESS
    assert "called rare; the Commissioner did not speak to the press afterwards" in meeting.text("minutes")


def test_the_commissioner_promised_to_look_into_each_case_presented(reader: Reader) -> None:
    meeting = meeting_on(reader, dt.date(2021, 10, 4))
    (promise,) = meeting.children("promises")

    presented = [p.value("case_id") for p in meeting.children("presented")]
    assert promise.text("words") == "To look into each case"
    assert promise.text("made_by_id") == "Elvira Azimova"
    assert promise.value("due") == dt.date(2021, 10, 25)
    assert [c.value("case_id") for c in promise.children("covers")] == presented


def test_the_protests_stand_as_they_were_told(reader: Reader) -> None:
    public = {p.text("on"): p for p in reader.all(Protest) if p.text("source") == PRESS}

    assert set(public) == {"before 20 September 2021", "20 September 2021", "1 October 2021"}
    assert public["before 20 September 2021"].text("place") == "Chinese consulate, Almaty"
    assert public["1 October 2021"].text("demands") == "Release of relatives from the camps in Xinjiang."
    assert public["1 October 2021"].text("series") == public["20 September 2021"].text("series")


def test_eight_mostly_women_were_detained_in_the_week_before_the_meeting_and_fined(reader: Reader) -> None:
    fined = [p for p in protest_of_october(reader).children("participants") if p.children("penalties")]

    days = {(p.value("detained").earliest, p.value("detained").latest) for p in fined}
    sexes = [person.value("sex") for p in fined if (person := p.ref("person_id"))]
    assert len(fined) == 8
    assert days == {(dt.date(2021, 9, 27), dt.date(2021, 10, 3))}
    assert sexes.count(Sex.FEMALE) > 4
    assert all(p.value("outcome") is Outcome.FINED for p in fined)


def test_the_two_people_of_the_press_are_at_that_meeting_and_nowhere_else(reader: Reader) -> None:
    """They have no case, no family, no contact, and belong to no protest."""
    october = meeting_on(reader, dt.date(2021, 10, 4))
    elsewhere: set[str] = set()
    for event in (*reader.all(Meeting), *reader.all(Protest)):
        elsewhere |= people_at(event) if event.id != october.id else set()
    for family in reader.all(Family):
        elsewhere |= {m.text("person_id") for m in family.children("members")}
        elsewhere |= {family.text(name) for name in ("petitioner_id", "representative_id", "contact_id")}
    elsewhere |= {case.text("person_id") for case in reader.all(Case)}
    elsewhere |= {contact.text("person_id") for contact in reader.all(ContactPoint)}
    elsewhere |= {source.text("person_id") for source in reader.all(Source)}

    assert people_at(october) >= REAL
    assert elsewhere & REAL == set()


# What is invented says so


def test_everything_invented_is_marked(reader: Reader) -> None:
    events = [*reader.all(Meeting), *reader.all(Protest)]

    assert {s.text("label") for s in reader.all(Source)} == {INVENTED}
    assert {e.text("source") for e in events} == {INVENTED, PRESS}
    assert {p.title for p in reader.all(Person) if p.text("notes") != INVENTED} == REAL
    assert {f.text("notes") for f in reader.all(Family)} == {INVENTED}


def test_no_telephone_number_can_be_anybodys(reader: Reader) -> None:
    numbers = [c.text("value") for c in reader.all(ContactPoint)]

    assert numbers
    assert [n for n in numbers if not n.startswith("+7 000 ")] == []


def test_the_same_families_in_four_scripts(reader: Reader) -> None:
    cases = list(reader.all(Case))
    scripts = {n.value("script") for p in reader.all(Person) for n in p.children("names")}
    main = {n.value("script") for c in cases if (p := c.ref("person_id")) for n in p.children("names")[:1]}
    peoples = {p.text("ethnicity") for c in cases if (p := c.ref("person_id"))}

    assert len({c.value("family_id") for c in cases}) >= 12
    assert scripts == main == set(Script)
    assert {"Kazakh", "Uyghur", "Kyrgyz", "Tajik", "Hui", "Han"} <= peoples


# What the program has to cope with


def test_every_status_occurs(reader: Reader) -> None:
    found = {situations.situation(case, reader).status for case in reader.all(Case)}

    assert found == set(CustodyStatus)


def test_dates_of_every_precision_occur(reader: Reader) -> None:
    dates = [e.value("on") for case in reader.all(Case) for e in situations.custody(case)]
    dates += [e.value("arrested") for case in reader.all(Case) for e in case.children("episodes")]
    dates += [person.value("birth") for person in reader.all(Person)]
    known = [d for d in dates if d]

    assert {d.precision for d in known} == set(Precision)
    assert any(d.approximate for d in known)
    assert any(d.uncertain for d in known)
    assert any(d.ongoing for d in known)
    assert any(d.earliest is None and d.latest for d in known)
    assert any(d.words and d.edtf for d in known)


def test_one_contradiction_is_decided_with_a_reason_and_one_is_not(reader: Reader) -> None:
    decided = [e for c in reader.all(Case) for e in situations.custody(c) if e.value("standing")]
    undecided = [c for c in reader.all(Case) if situations.situation(c, reader).contradicted]

    assert {e.value("standing") for e in decided} == set(Standing)
    assert all(e.text("standing_reason") for e in decided)
    assert len(undecided) == 1


def test_a_child_has_a_case_and_children_belong_to_families(reader: Reader) -> None:
    held = [p for c in reader.all(Case) if (p := c.ref("person_id")) and p.minor]
    members = [p for f in reader.all(Family) for m in f.children("members") if (p := m.ref("person_id"))]

    assert len(held) == 1
    assert len({p.id for p in members if p.minor}) >= 3


def test_cases_are_left_out_for_each_reason(example: Store) -> None:
    with example.reader() as office, example.reader(Audience.OFFICIAL) as official:
        why = {c.text("ref"): official.refusal(c.id) for c in office.all(Case)}

    left_out = {ref: reason for ref, reason in why.items() if reason}
    assert left_out == {
        "CT-8YVP": "somebody in the family refused.",
        "CT-B9FV": "consent was withdrawn on 8 November 2021.",
        "CT-CQ27": "the family has not agreed to it.",
        "CT-J3XE": "consent ran out on 30 September 2021.",
    }


def test_promises_of_three_offices_end_in_every_way(reader: Reader) -> None:
    lines = questions.promises(reader)

    assert {line.outcome for line in lines} == set(PromiseOutcome)
    assert len({line.office for line in lines}) == 3


def test_fines_are_paid_unpaid_and_appealed(reader: Reader) -> None:
    penalties = [
        x for p in protest_of_october(reader).children("participants") for x in p.children("penalties")
    ]

    assert {p.value("paid") for p in penalties} == set(Paid)
    assert {p.value("appeal") for p in penalties} == set(PenaltyAppeal)


def test_the_next_meeting_asks_for_the_same_cases_again(reader: Reader) -> None:
    october, following = meeting_on(reader, dt.date(2021, 10, 4)), questions.meeting_for_dossier(reader)

    assert following is not None
    assert following.text("ref") == NEXT_MEETING
    before = {p.value("case_id") for p in october.children("presented")}
    again = {p.value("case_id") for p in following.children("presented")}
    assert before < again
    assert all(p.text("asked") for p in following.children("presented"))


def test_the_promise_is_overdue_on_the_day_of_the_example(reader: Reader) -> None:
    (case,) = questions.cases_of(reader, [CASE_SHOWN])
    (line,) = [o for o in questions.promises(reader, case_id=case) if o.words == "To look into each case"]

    assert line.days_overdue == 18


def test_the_list_of_the_fourth_was_handed_over_that_day(example: Store, reader: Reader) -> None:
    (given,) = meeting_on(reader, dt.date(2021, 10, 4)).children("handovers")

    assert given.value("at") == dt.date(2021, 10, 4)
    assert "CT-B9FV" in given.text("content")  # consent was withdrawn only later
    assert "CT-J3XE" not in given.text("content")  # it had run out by then
    assert handover.tampered(example) == []


def test_the_example_is_consistent(example: Store) -> None:
    assert inconsistencies(example) == []


def test_it_was_made_by_a_handful_of_labelled_actions_of_one_user(example: Store) -> None:
    told = example.recent(50)

    assert 8 <= len(told) <= 25
    assert {t.who for t in told} == {USER}
    assert all(t.label for t in told)
