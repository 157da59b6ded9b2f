"""The list of appeals, how each stands, and what was replied to each case."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import pytest

from casetracker.errors import Invalid
from casetracker.model import Appeal, DayOff, DeadlineRule, IndexRate, Office, clock
from casetracker.model.clock import Unit
from casetracker.model.work.appeal import ReplyKind
from casetracker.model.work.post import BodyKind
from casetracker.store import appeals, rule_lists
from casetracker.store.appeal_replies import AskedCase, asked_cases, silent, with_case
from casetracker.store.appeals import Standing, Wanted
from casetracker.store.store import Store
from tests.conftest import Office_
from tests.store.counting import Counter

Answers = Mapping[str, str]


def body(store: Store, name: str = "Ministry of Foreign Affairs", kind: BodyKind | None = None) -> str:
    draft = store.draft(Office)
    draft.values |= {"name": name, "body": kind}
    return store.save(draft)


def appeal(store: Store, office_id: str, *cases: str, **values: object) -> str:
    draft = store.draft(Appeal)
    draft.values |= {"office_id": office_id, "subject": "A question", **values}
    for case in cases:
        draft.add("cases", case_id=case, asked="where he is held")
    return store.save(draft)


def reply(store: Store, appeal_id: str, on: dt.date, kind: ReplyKind, told: Answers | None = None) -> None:
    draft = store.draft(Appeal, appeal_id)
    came = draft.add("replies", on=on, kind=kind, summary="a letter")
    for case, result in (told or {}).items():
        came.add("cases", case_id=case, result=result, said="in short")
    store.save(draft)


def asked(store: Store, appeal_id: str) -> list[AskedCase]:
    with store.reader() as reader:
        found = reader.get(Appeal, appeal_id)
        assert found is not None
        return asked_cases(found, reader)


def titles(store: Store, *standings: Standing) -> list[str]:
    wanted = Wanted(frozenset(standings))
    lines = appeals.appeal_lines(store, wanted)
    assert len(lines) == appeals.count_appeals(store, wanted)
    return [line.title for line in lines]


@pytest.fixture
def ministry(store: Store) -> str:
    return body(store, kind=BodyKind.MINISTRY)


@pytest.fixture
def four(store: Store, ministry: str) -> dict[str, str]:
    """An appeal of each standing, on 12 November 2021."""
    made = {
        "overdue": appeal(store, ministry, subject="overdue", received=dt.date(2021, 10, 1)),
        "waiting": appeal(store, ministry, subject="waiting", received=dt.date(2021, 11, 1)),
        "draft": appeal(store, ministry, subject="draft"),
        "answered": appeal(store, ministry, subject="answered", received=dt.date(2021, 9, 1)),
    }
    reply(store, made["answered"], dt.date(2021, 9, 10), ReplyKind.SUBSTANTIVE)
    return made


@pytest.mark.usefixtures("four")
def test_what_is_waited_for_stands_first_the_oldest_due_at_the_top(store: Store) -> None:
    assert titles(store) == ["overdue", "waiting", "draft", "answered"]


@pytest.mark.usefixtures("four")
@pytest.mark.parametrize(
    ("standing", "left"),
    [
        (Standing.OVERDUE, ["overdue"]),
        (Standing.OPEN, ["overdue", "waiting"]),
        (Standing.ANSWERED, ["answered"]),
        (Standing.DRAFT, ["draft"]),
    ],
)
def test_pills_narrow_the_list(store: Store, standing: Standing, left: list[str]) -> None:
    assert titles(store, standing) == left


@pytest.mark.usefixtures("four")
def test_a_line_says_how_far_away_the_last_day_is(store: Store) -> None:
    chips = {line.title: (line.chip, line.tone) for line in appeals.appeal_lines(store)}

    assert chips == {
        "overdue": ("15 working days overdue", "red"),
        "waiting": ("6 working days left", "grey"),
        "draft": ("Not sent yet", "grey"),
        "answered": ("Answered", "green"),
    }


def test_an_appeal_is_found_at_the_office_to_which_it_was_forwarded(store: Store, ministry: str) -> None:
    prosecutor = body(store, "Prosecutor", BodyKind.PROSECUTOR)
    day = dt.date(2021, 10, 27)
    passed = appeal(
        store, ministry, received=dt.date(2021, 10, 25), forwarded_on=day, forwarded_to_id=prosecutor
    )

    (line,) = appeals.appeal_lines(store, Wanted(office_id=prosecutor))

    assert line.id == passed
    assert line.detail.startswith("Prosecutor")
    assert line.chip == "3 working days left"  # counted anew from the day of forwarding


def test_a_page_of_the_list_is_read_with_one_statement(store: Store, ministry: str) -> None:
    for number in range(12):
        appeal(store, ministry, subject=f"No. {number:02}", received=dt.date(2021, 10, 1))

    with Counter(store) as sent:
        lines = appeals.appeal_lines(store, offset=3, limit=5)

    assert [line.title for line in lines] == [f"No. {n:02}" for n in range(3, 8)]
    assert len([sql for sql in sent.seen if sql.startswith("SELECT")]) == 1


def test_a_body_that_nobody_described_has_no_last_day(store: Store) -> None:
    appeal(store, body(store), received=dt.date(2020, 10, 1))

    (line,) = appeals.appeal_lines(store)

    assert (line.chip, line.tone) == ("Waiting for a reply", "grey")


# What was replied to each case


def test_the_latest_reply_that_names_a_case_counts_for_it(
    store: Store, ministry: str, office: Office_
) -> None:
    first, second, third = (office.case(name) for name in ("Ерлан", "Асқар", "Берік"))
    sent = appeal(store, ministry, first, second, third, received=dt.date(2021, 8, 2))
    reply(store, sent, dt.date(2021, 8, 10), ReplyKind.INTERIM, {first: "nothing_new"})
    reply(
        store, sent, dt.date(2021, 8, 20), ReplyKind.SUBSTANTIVE, {first: "answered", second: "contradictory"}
    )

    cases = asked(store, sent)

    assert [[s.result for s in case.said] for case in cases] == [
        ["Answered", "Nothing new"],
        ["Contradicts what is known"],
        [],
    ]
    assert [case.case_id for case in silent(cases)] == [third]


def test_a_reply_that_names_no_case_speaks_of_all(store: Store, ministry: str, office: Office_) -> None:
    sent = appeal(store, ministry, office.case("Ерлан"), office.case("Асқар"), received=dt.date(2021, 8, 2))
    reply(store, sent, dt.date(2021, 8, 20), ReplyKind.REFUSAL)

    cases = asked(store, sent)

    assert [[(s.general, s.words) for s in case.said] for case in cases] == [[(True, "a letter")]] * 2
    assert silent(cases) == []


def test_nothing_is_passed_over_while_only_an_interim_answer_came(
    store: Store, ministry: str, office: Office_
) -> None:
    first, second = office.case("Ерлан"), office.case("Асқар")
    sent = appeal(store, ministry, first, second, received=dt.date(2021, 8, 2))
    reply(store, sent, dt.date(2021, 8, 20), ReplyKind.INTERIM, {first: "nothing_new"})

    assert silent(asked(store, sent)) == []


def test_the_appeals_of_a_case_come_latest_first(store: Store, ministry: str, office: Office_) -> None:
    case, other = office.case("Ерлан"), office.case("Асқар")
    early = appeal(store, ministry, case, sent=dt.date(2020, 3, 2))
    late = appeal(store, ministry, case, other, sent=dt.date(2021, 3, 2))
    appeal(store, ministry, other, sent=dt.date(2021, 4, 2))

    with store.reader() as reader:
        assert [found.id for found in with_case(reader, case)] == [late, early]


def test_a_reply_from_before_the_sending_is_refused(store: Store, ministry: str) -> None:
    sent = appeal(store, ministry, sent=dt.date(2021, 8, 2))

    with pytest.raises(Invalid, match="before the appeal was sent"):
        reply(store, sent, dt.date(2021, 8, 1), ReplyKind.INTERIM)


# The rules as lists


def test_an_own_rule_takes_the_place_of_the_programs_and_gives_it_back(store: Store) -> None:
    line = next(line for line in rule_lists.rules(store) if line.key == "appeal_reply")
    draft = rule_lists.rule_draft(store, line)
    assert (draft.values["amount"], draft.values["unit"]) == (15, Unit.WORKING_DAYS)
    assert draft.values.get("source") is None, "the source of the program is not that of the change"
    draft.values |= {"amount": 20, "source": "Order of the office", "dated": dt.date(2021, 1, 1)}
    own = store.save(draft)

    (changed,) = [line for line in rule_lists.rules(store) if line.key == "appeal_reply"]
    assert (changed.value, changed.own_id, changed.verified) == ("20 working days", own, False)
    assert changed.whose == "own, instead of the program's"

    store.delete(DeadlineRule, own)

    (back,) = [line for line in rule_lists.rules(store) if line.key == "appeal_reply"]
    assert back == line


def test_an_own_rule_moves_the_last_day_of_every_appeal(store: Store, ministry: str) -> None:
    appeal(store, ministry, received=dt.date(2021, 10, 1))
    line = next(line for line in rule_lists.rules(store) if line.key == "appeal_reply")
    draft = rule_lists.rule_draft(store, line)
    draft.values |= {"amount": 30, "source": "Order of the office", "dated": dt.date(2021, 1, 1)}
    store.save(draft)
    try:
        assert appeals.appeal_lines(store)[0].chip == "due today"
    finally:
        store.undo()
    assert appeals.appeal_lines(store)[0].chip == "15 working days overdue"


def test_a_day_off_of_the_office_stands_beside_those_of_the_program(store: Store) -> None:
    before = len(rule_lists.days_off(store))
    draft = store.draft(DayOff)
    draft.values |= {"day": dt.date(2021, 10, 25), "worked": False, "source": "Resolution No. 1"}
    own = store.save(draft)

    found = {line.key: line for line in rule_lists.days_off(store)}

    assert len(found) == before + 1
    assert (found["2021-10-25"].own_id, found["2021-10-25"].value) == (own, "day off")
    store.delete(DayOff, own)


def test_an_index_of_the_office_goes_before_that_of_the_program(store: Store) -> None:
    line = next(line for line in rule_lists.rates(store) if line.key == "2021-01-01")
    assert (line.value, line.own_id) == ("2917 tenge", "")
    draft = rule_lists.rate_draft(store, line)
    draft.values |= {"tenge": 2900, "source": "Law on the budget"}
    own = store.save(draft)

    (changed,) = [line for line in rule_lists.rates(store) if line.key == "2021-01-01"]

    assert (changed.value, changed.replaces) == ("2900 tenge", True)
    assert clock.in_indices(29000, dt.date(2021, 5, 1)) == 10
    store.delete(IndexRate, own)
