"""What led to what: whole chains in their order, circles, what may not be known, and what moved a case."""

from __future__ import annotations

import datetime as dt

import pytest

from casetracker.errors import Invalid
from casetracker.model import (
    Appeal,
    ChainLink,
    CustodyEvent,
    Hearing,
    Meeting,
    Promise,
    Protest,
    Reply,
    Reprisal,
)
from casetracker.model.confidentiality import Audience, Confidentiality
from casetracker.model.dates import KnownDate
from casetracker.model.detention.custody import CustodyKind
from casetracker.model.entity import Entity
from casetracker.model.events.chain import Joint, Strength
from casetracker.model.work.appeal import ReplyKind
from casetracker.store import attached, chain, linkable
from casetracker.store.chain import Chain
from casetracker.store.draft import Draft
from casetracker.store.examine import inconsistencies
from casetracker.store.store import Store
from tests.conftest import Office_
from tests.store.counting import Counter

End = tuple[type[Entity], str]


def event(store: Store, kind: type[Entity], title: str, day: str, **more: object) -> End:
    draft = store.draft(kind)
    draft.values |= {"title": title, "on": KnownDate.from_edtf(day), **more}
    return kind, store.save(draft)


def link(store: Store, one: End, joint: Joint, other: End, strength: Strength | None = None) -> str:
    ends = {"about": one[0].__name__, "about_id": one[1], "to": other[0].__name__, "to_id": other[1]}
    return store.save(Draft(ChainLink, values={**ends, "joint": joint, "strength": strength}))


def chain_from(store: Store, end: End, audience: Audience = Audience.INTERNAL) -> Chain:
    with store.reader(audience) as reader:
        return chain.chain_of(reader, end[0].__name__, end[1])


def titles(found: Chain) -> list[str]:
    return [node.title for node in found.nodes]


def promise_of(store: Store, meeting: str) -> End:
    return Promise, store.draft(Meeting, meeting).children["promises"][0].id


def change_in(store: Store, office: Office_, day: str, kind: CustodyKind) -> tuple[str, End]:
    case = office.case(custody=((CustodyKind.TAKEN, "2018-10"), (kind, day)))
    with store.reader() as reader:
        (made,) = [e.id for e in reader.all(CustodyEvent) if e.value("kind") is kind]
    return case, (CustodyEvent, made)


def test_the_whole_chain_is_told_in_order_from_wherever_one_asks(store: Store, office: Office_) -> None:
    case, change = change_in(store, office, "2021-11-02", CustodyKind.RELEASED)
    protest = event(store, Protest, "Protest in Nur-Sultan", "2021-10-01")
    meeting = Meeting, office.meeting(case)
    promise = promise_of(store, meeting[1])
    link(store, meeting, Joint.ANSWERS, protest, Strength.DOCUMENTED)
    link(store, promise, Joint.LED_TO, change, Strength.PLAUSIBLE)

    told = [titles(chain_from(store, end)) for end in (protest, meeting, promise, change)]

    assert told == [told[0]] * 4
    assert told[0] == [
        "Protest in Nur-Sultan",
        "Meeting with the Commissioner for Human Rights",
        "look into each case",
        "Бақытжан Нұрланұлы · Released",
    ]
    found = chain_from(store, protest)
    assert [tie.told("“x”") for node in found.nodes for tie in found.before(node.id)] == [
        "in answer to “x” · documented",
        "made at “x”",
        "came of “x” · plausible",
    ]
    assert found.nodes[-1].target == ("Case", case)


def test_nothing_is_linked_with_a_record_that_nobody_linked(store: Store) -> None:
    assert chain_from(store, event(store, Protest, "Alone", "2021-10-01")) == Chain()


def test_what_led_to_something_stands_before_it_even_without_a_date(store: Store) -> None:
    later = event(store, Protest, "Known day", "2021-10-01")
    undated = event(store, Hearing, "No day", "2021-10-01")
    draft = store.draft(Hearing, undated[1])
    draft.values["on"] = KnownDate.in_words("some time before")
    store.save(draft)
    link(store, undated, Joint.LED_TO, later)

    assert titles(chain_from(store, later)) == ["No day", "Known day"]


def test_a_circle_is_entered_at_its_earliest_and_ends(store: Store) -> None:
    days = [event(store, Protest, f"Day {n}", f"2021-10-0{n}") for n in (1, 2, 3)]
    for one, other in zip(days, [*days[1:], days[0]], strict=True):
        link(store, one, Joint.LED_TO, other)

    assert titles(chain_from(store, days[2])) == ["Day 1", "Day 2", "Day 3"]


def test_a_series_runs_in_the_order_of_its_days_whichever_way_it_was_linked(store: Store) -> None:
    first, second = (event(store, Protest, f"Day {n}", f"2021-10-0{n}") for n in (1, 2))
    link(store, first, Joint.SERIES, second)

    (tie,) = chain_from(store, second).ties
    assert (tie.before, tie.after) == (first[1], second[1])


def test_a_very_long_chain_is_cut_and_read_with_few_statements(store: Store) -> None:
    before = event(store, Protest, "Day 0", "2021-01-01")
    with store.edit("many days") as edit:
        for number in range(1, 150):
            values = {"title": f"Day {number}", "on": KnownDate.from_edtf("2021-01-01")}
            now = edit.write(Draft(Protest, values=values))
            ends = {"about": "Protest", "about_id": now, "to": "Protest", "to_id": before[1]}
            edit.write(Draft(ChainLink, values={**ends, "joint": Joint.FOLLOWS}))
            before = Protest, now

    with store.reader() as reader, Counter(store) as counted:
        found = chain.chain_of(reader, "Protest", before[1])
    assert len(found.nodes) == chain.MOST
    assert found.nodes[-1].title == "Day 149"
    assert found.more
    assert counted.statements < 3 * chain.MOST


def test_officials_hear_nothing_of_a_reprisal_nor_of_what_hangs_on_it(store: Store) -> None:
    protest = event(store, Protest, "Protest", "2021-10-01")
    reprisal = event(store, Reprisal, "Call", "2021-10-03")
    hearing = event(store, Hearing, "Hearing", "2021-10-09")
    meeting = event(store, Protest, "Another protest", "2021-10-08")
    link(store, reprisal, Joint.REPRISAL, protest)
    link(store, hearing, Joint.FOLLOWS, reprisal)
    link(store, meeting, Joint.FOLLOWS, protest)

    assert titles(chain_from(store, protest)) == ["Protest", "Call", "Another protest", "Hearing"]
    assert titles(chain_from(store, protest, Audience.OFFICIAL)) == ["Protest", "Another protest"]
    assert titles(chain_from(store, hearing, Audience.OFFICIAL)) == []
    assert chain_from(store, reprisal, Audience.OFFICIAL) == Chain()


def test_a_note_on_a_link_stays_in_the_office(store: Store) -> None:
    protest, later = (event(store, Protest, f"Day {n}", f"2021-10-0{n}") for n in (1, 2))
    made = link(store, later, Joint.ANSWERS, protest)
    draft = store.draft(ChainLink, made)
    draft.values["note"] = "said by an adviser"
    store.save(draft)

    assert [t.note for t in chain_from(store, later).ties] == ["said by an adviser"]
    assert [t.note for t in chain_from(store, later, Audience.OFFICIAL).ties] == [""]


def test_what_moved_a_case_is_what_came_before_the_change(store: Store, office: Office_) -> None:
    case, change = change_in(store, office, "2021-11-02", CustodyKind.SEEN)
    protest = event(store, Protest, "Protest", "2021-10-01")
    after = event(store, Protest, "Thanks", "2021-11-05")
    link(store, protest, Joint.LED_TO, change, Strength.ASSERTED)
    link(store, after, Joint.FOLLOWS, change)

    with store.reader() as reader:
        ((moved, before),) = chain.what_moved(reader, case)
    assert moved.id == change[1]
    assert titles(before) == ["Protest", moved.title]


def test_a_case_shows_what_was_linked_and_not_each_promise_of_each_meeting(
    store: Store, office: Office_
) -> None:
    case = office.case()
    office.meeting(case, day="2021-02-18")
    meeting = Meeting, office.meeting(case)
    protest = event(store, Protest, "Protest", "2021-10-01")
    draft = store.draft(Protest, protest[1])
    draft.add("cases", case_id=case)
    store.save(draft)
    link(store, meeting, Joint.ANSWERS, protest)
    link(store, event(store, Protest, "Elsewhere", "2021-10-09"), Joint.FOLLOWS, protest)

    with store.reader() as reader:
        found = chain.chain_of_case(reader, case)
    assert [n.kind for n in found.nodes] == ["Protest", "Meeting", "Promise"]


def test_a_link_goes_with_either_of_its_ends_and_comes_back(store: Store) -> None:
    for gone in (0, 1):
        ends = [event(store, Protest, f"Day {n}", f"2021-10-0{n}") for n in (1, 2)]
        made = link(store, ends[0], Joint.LED_TO, ends[1])
        store.delete(*ends[gone])
        with store.reader() as reader:
            assert reader.get(ChainLink, made) is None
        assert inconsistencies(store) == []
        store.undo()
        assert titles(chain_from(store, ends[0])) == ["Day 1", "Day 2"]


def test_a_link_to_nothing_is_found_by_a_check(store: Store) -> None:
    protest = event(store, Protest, "Protest", "2021-10-01")
    made = link(store, protest, Joint.LED_TO, (Protest, "f" * 32))

    with store.reading() as session:
        assert [orphan.id for orphan in attached.orphans(session)] == [made]


@pytest.mark.parametrize("level", [Confidentiality.INTERNAL, Confidentiality.RESTRICTED])
def test_reprisals_are_kept_in_the_office(store: Store, level: Confidentiality) -> None:
    made = event(store, Reprisal, "Call", "2021-10-03", confidentiality=int(level))
    with store.reader(Audience.UN) as reader:
        assert reader.get(*made) is None
    assert Reprisal.kept is Confidentiality.INTERNAL


def test_one_finds_what_can_be_linked_by_title_office_person_and_promise(
    store: Store, office: Office_
) -> None:
    case, change = change_in(store, office, "2021-11-02", CustodyKind.RELEASED)
    protest = event(store, Protest, "Protest in Nur-Sultan", "2021-10-01")
    meeting = office.meeting(case)

    def found(text: str, but: str = "") -> set[str]:
        return {node.id for node in linkable.find(store, text, but=but)}

    promise = promise_of(store, meeting)[1]
    assert found("nur-sultan") == {protest[1]}
    assert found("nur-sultan", but=protest[1]) == set()
    assert found("commissioner") == {meeting, promise}
    assert found("look into") == {promise}
    assert change[1] in found("baqytzhan nurlanuly")
    assert found("") == {protest[1], meeting, promise}


def test_a_link_is_written_down_once_and_not_to_itself(store: Store) -> None:
    protest, later = (event(store, Protest, f"Day {n}", f"2021-10-0{n}") for n in (1, 2))
    link(store, later, Joint.FOLLOWS, protest)
    ends = {"about": "Protest", "about_id": protest[1], "to": "Protest", "joint": Joint.LED_TO}

    with pytest.raises(Invalid, match="linked already"):
        linkable.require_sound(store, Draft(ChainLink, values={**ends, "to_id": later[1]}))
    with pytest.raises(Invalid, match="with itself"):
        linkable.require_sound(store, Draft(ChainLink, values={**ends, "to_id": protest[1]}))


def test_an_event_follows_what_it_was_said_to_follow(store: Store, office: Office_) -> None:
    protest, answered = (event(store, Protest, f"Day {n}", f"2021-10-0{n}") for n in (1, 2))
    meeting = Meeting, office.meeting(due=None)
    link(store, meeting, Joint.ANSWERS, answered)
    link(store, meeting, Joint.FOLLOWS, protest)

    with store.reader() as reader:
        assert [(f and f.title) for f in [chain.follows(reader, meeting[1])]] == ["Day 1"]
        assert chain.follows(reader, protest[1]) is None


def test_a_link_reads_from_both_of_its_ends(store: Store) -> None:
    protest = event(store, Protest, "Protest", "2021-10-01")
    reprisal = event(store, Reprisal, "Call", dt.date(2021, 10, 3).isoformat())
    link(store, reprisal, Joint.REPRISAL, protest)

    with store.reader() as reader:
        said = [
            (told[0], told[1].title)
            for end in (protest, reprisal)
            for each in chain.links_of(reader, end[1])
            if (told := chain.told_from(reader, each, end[1]))
        ]
    assert said == [("Followed by the reprisal", "Call"), ("Reprisal for", "Protest")]


def test_a_reply_belongs_to_its_appeal_and_a_renewed_promise_to_the_first(
    store: Store, office: Office_
) -> None:
    case, change = change_in(store, office, "2021-11-02", CustodyKind.SEEN)
    first, second = (office.meeting(case, day=day) for day in ("2021-02-18", "2021-10-04"))
    draft = store.draft(Promise, promise_of(store, second)[1])
    draft.values["renews_id"] = promise_of(store, first)[1]
    store.save(draft)
    appeal = store.draft(Appeal)
    appeal.values |= {
        "subject": "Written answer",
        "office_id": office.office(),
        "sent": dt.date(2021, 10, 10),
    }
    appeal.add("cases", case_id=case)
    appeal.add("replies", on=dt.date(2021, 10, 30), kind=ReplyKind.SUBSTANTIVE, summary="was asked")
    appeal_id = store.save(appeal)
    reply = Reply, store.draft(Appeal, appeal_id).children["replies"][0].id
    link(store, (Appeal, appeal_id), Joint.FOLLOWS, promise_of(store, second))
    link(store, reply, Joint.LED_TO, change)

    with store.reader() as reader:
        for found in (chain.chain_of(reader, "Meeting", first), chain.chain_of_case(reader, case)):
            assert [node.kind for node in found.nodes] == [
                *("Meeting", "Promise", "Meeting", "Promise", "Appeal", "Reply", "CustodyEvent")
            ]
        told = [tie.told("x") for node in found.nodes for tie in found.before(node.id)]
        assert {"promises again: x", "reply to x", "follows up x", "came of x"} <= set(told)
        assert found.nodes[5].target == ("Appeal", appeal_id)
    assert {n.id for n in linkable.find(store, "written answer")} == {appeal_id, reply[1]}
