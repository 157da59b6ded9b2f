"""The list of deadlines follows the records of every kind; what is said of one is kept, and can be undone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from casetracker.model import (
    Appeal,
    Case,
    ContactEntry,
    Family,
    Meeting,
    Office,
    Protest,
    Task,
)
from casetracker.model.confidentiality import Use
from casetracker.model.dates import KnownDate
from casetracker.model.detention.custody import CustodyKind
from casetracker.model.events.event import EventState, PenaltyKind
from casetracker.model.events.promise import PromiseOutcome
from casetracker.model.work.appeal import ReplyKind
from casetracker.model.work.post import BodyKind
from casetracker.store import deadlines, ledger
from casetracker.store.deadline import Deadline, Kind
from casetracker.store.store import Store
from tests.conftest import TODAY, Office_
from tests.store.counting import Counter

Clock = Callable[[dt.date], None]


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def coming(store: Store, *kinds: Kind) -> list[Deadline]:
    """All that is neither put off nor done, the first due first; its number of late ones is right."""
    board = deadlines.board(store, kinds)
    assert len(board.overdue) == board.overdue_in_all
    return [*board.overdue, *board.week, *board.month, *board.later]


def told(store: Store, *kinds: Kind) -> list[tuple[dt.date, str]]:
    return [(d.day, d.what) for d in coming(store, *kinds)]


def task(store: Store, what: str, due: dt.date) -> str:
    draft = store.draft(Task)
    draft.values |= {"what": what, "due": due}
    return store.save(draft)


def test_an_empty_casebook_has_no_deadlines(store: Store) -> None:
    assert coming(store) == []
    assert deadlines.count_overdue(store) == 0


def test_a_promise_is_due_until_nothing_is_owed(store: Store, office: Office_) -> None:
    first, second = office.case("Relative A", consent=()), office.case("Relative B", consent=())
    meeting = office.meeting(first, second)
    (line,) = coming(store, Kind.PROMISE)
    assert (line.day, line.what, line.about) == (
        day("2021-10-25"),
        "Commissioner for Human Rights: look into each case",
        "2 cases",
    )
    assert line.left(TODAY).text() == "18 days overdue"
    promise = store.draft(Meeting, meeting).children["promises"][0].id
    ledger.set_outcome(store, promise, [first], PromiseOutcome.KEPT, TODAY)
    (line,) = coming(store, Kind.PROMISE)
    assert line.about == store.draft(Case, second).values["ref"]
    ledger.set_outcome(store, promise, [second], PromiseOutcome.OVERTAKEN, TODAY)
    assert coming(store) == []


def test_a_reply_is_due_by_its_rule_and_the_notice_of_an_extension_too(store: Store, office: Office_) -> None:
    body = store.draft(Office, office.office("City akimat"))
    body.values["body"] = BodyKind.AKIMAT
    draft = store.draft(Appeal)
    draft.values |= {
        "subject": "Entry permission",
        "office_id": store.save(body),
        "received": day("2021-10-04"),
    }
    appeal = store.save(draft)
    (line,) = coming(store, Kind.APPEAL)
    assert line.left(TODAY).text() == "14 working days overdue"
    assert "art. 76" in line.basis
    assert line.target == ("Appeal", appeal)

    draft = store.draft(Appeal, appeal)
    draft.values |= {"extended_on": day("2021-10-22"), "extended_until": day("2021-12-01")}
    store.save(draft)
    assert told(store, Kind.APPEAL) == [
        (day("2021-10-27"), "Notice of the extension by City akimat: Entry permission"),
        (day("2021-12-01"), "Reply of City akimat: Entry permission"),
    ]
    draft = store.draft(Appeal, appeal)
    draft.values["extension_notice"] = day("2021-10-26")
    draft.add("replies", on=day("2021-11-01"), kind=ReplyKind.REFUSAL)
    store.save(draft)
    assert coming(store) == []


def test_consents_end_and_are_asked_for_again_those_of_one_day_together(
    store: Store, office: Office_, clock: Clock
) -> None:
    case = office.case("Relative A", consent=(Use.K0, Use.K3, Use.K6))
    assert told(store, Kind.CONSENT) == [
        (day("2022-01-05"), "Confirm the consent of Petitioner of Relative A (3 uses)")
    ]
    draft = store.draft(Case, case)
    draft.children["consents"][0].values["until"] = day("2021-11-20")
    draft.children["consents"][1].values["review_on"] = day("2021-12-24")
    store.save(draft)
    assert told(store, Kind.CONSENT) == [
        (day("2021-11-20"), "Consent of Petitioner of Relative A ends (1 use)"),
        (day("2021-12-24"), "Confirm the consent of Petitioner of Relative A (1 use)"),
        (day("2022-01-05"), "Confirm the consent of Petitioner of Relative A (2 uses)"),
    ]
    clock(day("2021-12-21"))  # what ended a month ago has ended
    assert [d for d, _ in told(store, Kind.CONSENT)] == [day("2021-12-24"), day("2022-01-05")]


def test_a_call_is_due_until_it_was_made(store: Store, office: Office_) -> None:
    case = office.case("Relative A", consent=())
    family = store.draft(Case, case).values["family_id"]
    draft = store.draft(Family, family)
    entry = draft.add("contact_log", on=day("2021-11-01"), next_due=day("2021-11-14"))
    store.save(draft)
    assert told(store) == [(day("2021-11-14"), "Call: Family of Relative A")]
    call = store.draft(ContactEntry, entry.id or store.draft(Family, family).children["contact_log"][0].id)
    call.values["done"] = TODAY
    store.save(call)
    assert coming(store) == []


def test_meetings_to_come_and_those_of_which_nobody_said_whether_they_were_held(
    store: Store, office: Office_
) -> None:
    office.meeting(day="2021-11-19", due=None)
    past = office.meeting(day="2021-11-05", due=None, title="Reception", state=EventState.PLANNED)
    office.meeting(day="2021-11-04", due=None)  # took place
    office.meeting(day="2021-11-20", due=None, state=EventState.CANCELLED)
    assert told(store, Kind.EVENT) == [
        (day("2021-11-05"), "Did it take place? Reception"),
        (day("2021-11-19"), "Meeting with the Commissioner for Human Rights"),
    ]
    assert coming(store, Kind.EVENT)[0].target == ("Meeting", past)


def test_notice_of_a_planned_protest_is_due_five_working_days_before(store: Store) -> None:
    draft = store.draft(Protest)
    draft.values |= {"title": "Day 300", "on": KnownDate.from_edtf("2021-11-26"), "state": EventState.PLANNED}
    protest = store.save(draft)
    assert told(store) == [(day("2021-11-19"), "Give notice: Day 300"), (day("2021-11-26"), "Day 300")]
    draft = store.draft(Protest, protest)
    draft.values["notice_day"] = TODAY
    store.save(draft)
    assert told(store, Kind.PROTEST) == []


def test_a_penalty_can_be_appealed_for_some_days_and_is_forgotten_a_month_later(
    store: Store, office: Office_, clock: Clock
) -> None:
    draft = store.draft(Protest)
    draft.values |= {"title": "Day 250", "on": KnownDate.from_edtf("2021-11-05")}
    taken = draft.add("participants", person_id=office.person("Aigul"))
    taken.add("penalties", kind=PenaltyKind.FINE, decided=day("2021-11-08"))
    protest = store.save(draft)
    (line,) = coming(store, Kind.PENALTY)
    assert (line.day, line.what, line.about) == (day("2021-11-18"), "Last day to appeal: fine", "Aigul")
    assert line.basis.endswith("– not verified; counted from the decision")
    assert line.target == ("Protest", protest)
    clock(day("2021-12-18"))
    assert len(coming(store, Kind.PENALTY)) == 1
    clock(day("2021-12-19"))
    assert coming(store, Kind.PENALTY) == []


def test_sentences_that_end_and_those_who_are_held_beyond(
    store: Store, office: Office_, clock: Clock
) -> None:
    case = office.case("Relative A", consent=(), custody=((CustodyKind.SENTENCED, "2019-03-01"),))
    draft = store.draft(Case, case)
    draft.children["episodes"][0].add(
        "judgments", term_to=KnownDate.from_edtf("2021-12-01"), decided=KnownDate.from_edtf("2019-03-01")
    )
    store.save(draft)
    assert told(store, Kind.RELEASE) == [(day("2021-12-01"), "The sentence ends")]
    clock(day("2021-12-31"))
    assert told(store, Kind.RELEASE) == [(day("2021-12-01"), "Held beyond the sentence")]


def test_silence_is_told_when_it_has_lasted_half_a_year_and_a_year(
    store: Store, office: Office_, clock: Clock
) -> None:
    office.case("Relative A", consent=(), custody=((CustodyKind.CAMP, "2021-05-20"),))
    (line,) = coming(store, Kind.NEWS)
    assert (line.day, line.what) == (
        day("2021-11-20"),
        "No news for six months: last heard of on 20 May 2021",
    )
    for today, expected in (("2021-12-20", 1), ("2021-12-21", 0), ("2022-04-20", 1), ("2022-06-20", 0)):
        clock(day(today))
        assert len(coming(store, Kind.NEWS)) == expected, today


def test_the_urgent_procedure_is_open_for_three_months(store: Store, office: Office_, clock: Clock) -> None:
    case = office.case("Relative A", consent=(), custody=((CustodyKind.LOST, "2021-10"),))
    draft = store.draft(Case, case)
    draft.children["episodes"][0].values["arrested"] = KnownDate.from_edtf("2021-10")
    store.save(draft)
    (line,) = coming(store, Kind.WGEID)
    assert (line.day, line.what) == (
        day("2022-01-01"),
        "Urgent procedure of the WGEID, open until 31 January 2022 at the latest",
    )
    sent = store.draft(Appeal)
    sent.values |= {"subject": "Urgent", "kind": "wgeid", "office_id": office.office("OHCHR"), "sent": TODAY}
    sent.add("cases", case_id=case)
    appeal = store.save(sent)
    assert coming(store, Kind.WGEID) == []
    store.delete(Appeal, appeal)
    clock(day("2022-01-31"))
    assert len(coming(store, Kind.WGEID)) == 1
    clock(day("2022-02-05"))
    assert coming(store, Kind.WGEID) == []


def test_what_is_done_or_put_off_leaves_the_list_and_can_be_undone(
    store: Store, office: Office_, clock: Clock
) -> None:
    office.meeting(office.case("Relative A", consent=()))
    (line,) = coming(store)

    deadlines.snooze(store, line, day("2021-11-15"))
    board = deadlines.board(store)
    assert (board.overdue, board.overdue_in_all) == ((), 0)
    (put_off,) = board.snoozed
    assert put_off.snoozed == day("2021-11-15")
    clock(day("2021-11-15"))
    assert len(coming(store)) == 1
    assert deadlines.board(store).snoozed == ()

    deadlines.set_done(store, line)
    board = deadlines.board(store)
    assert board.overdue == ()
    assert [(d.what, d.kind, d.done) for d in board.done] == [(line.what, Kind.PROMISE, day("2021-11-15"))]
    assert store.undo() == f"Done: {line.what}"
    assert len(coming(store)) == 1
    deadlines.set_done(store, line)
    deadlines.set_done(store, deadlines.board(store).done[0])
    assert len(coming(store)) == 1
    with store.reader() as reader:
        assert len(list(reader.all(Task))) == 1  # one task speaks of one deadline, whatever is said of it


def test_a_deadline_that_moves_is_a_new_one(store: Store, office: Office_) -> None:
    meeting = office.meeting(office.case("Relative A", consent=()))
    deadlines.set_done(store, coming(store)[0])
    assert coming(store) == []
    draft = store.draft(Meeting, meeting)
    draft.children["promises"][0].values["due"] = day("2021-11-30")
    store.save(draft)
    assert [d.day for d in coming(store)] == [day("2021-11-30")]


def test_what_was_put_off_is_gone_with_what_it_followed_from(store: Store, office: Office_) -> None:
    case = office.case("Relative A", consent=())
    meeting = office.meeting(case)
    deadlines.snooze(store, coming(store)[0], day("2021-11-30"))
    promise = store.draft(Meeting, meeting).children["promises"][0].id
    ledger.set_outcome(store, promise, [case], PromiseOutcome.KEPT, TODAY)
    assert deadlines.board(store).snoozed == ()


def test_own_tasks(store: Store) -> None:
    later, soon = task(store, "Copy the file", day("2021-12-24")), task(store, "Buy paper", day("2021-11-15"))
    assert [(d.what, d.target) for d in coming(store)] == [
        ("Buy paper", ("Task", soon)),
        ("Copy the file", ("Task", later)),
    ]
    first, second = coming(store)
    deadlines.snooze(store, first, day("2021-11-20"))
    deadlines.set_done(store, second)
    board = deadlines.board(store)
    assert [(d.what, d.snoozed) for d in board.snoozed] == [("Buy paper", day("2021-11-20"))]
    assert [(d.what, d.done) for d in board.done] == [("Copy the file", TODAY)]
    assert coming(store) == []
    deadlines.snooze(store, board.snoozed[0], None)
    assert [d.what for d in coming(store)] == ["Buy paper"]


def test_the_groups_and_their_limits(store: Store) -> None:
    for number in range(7):
        task(store, f"late {number}", TODAY - dt.timedelta(days=7 - number))
    for what, days in (("today", 0), ("week", 7), ("month", 30), ("later", 31), ("next year", 366)):
        task(store, what, TODAY + dt.timedelta(days=days))
    task(store, "far", TODAY + dt.timedelta(days=367))
    board = deadlines.board(store, limit=3)
    assert [d.what for d in board.overdue] == ["late 0", "late 1", "late 2"]
    assert board.overdue_in_all == deadlines.count_overdue(store) == 7
    assert [d.what for d in board.week] == ["today", "week"]
    assert [d.what for d in board.month] == ["month"]
    assert [d.what for d in board.later] == ["later", "next year"]
    first = [d.what for d in deadlines.next_due(store, 8)]
    assert first == [*(f"late {n}" for n in range(5)), "today", "week", "month"]
    assert dict(board.by_kind)[Kind.TASK] == 7
    assert deadlines.board(store, [Kind.PROMISE]).overdue_in_all == 0


@pytest.mark.parametrize("kind", list(Kind))
def test_the_key_says_the_kind(kind: Kind) -> None:
    assert Kind.of_key(f"{kind.name.lower()}:abc:2021-11-12") is kind


def test_a_longer_list_sends_no_more_statements(store: Store, office: Office_) -> None:
    """Not one for each line: a casebook of ten thousand cases has thousands of them."""

    def statements() -> int:
        with Counter(store) as counter:
            assert deadlines.board(store).overdue
        return counter.statements

    def write(number: int) -> None:
        office.meeting(office.case(f"Relative {number}"))
        task(store, f"task {number}", TODAY)

    write(0)
    few = statements()
    for number in range(1, 9):
        write(number)
    assert len(coming(store, Kind.PROMISE)) == 9
    assert statements() == few
