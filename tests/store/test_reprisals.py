"""Reprisals stand at the people and cases they were aimed at, each with what came before it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from casetracker.model import Case, ChainLink, Protest, Reprisal
from casetracker.model.confidentiality import Audience, Use
from casetracker.model.dates import KnownDate
from casetracker.model.events.chain import Joint, Strength
from casetracker.model.events.event import Part
from casetracker.store.draft import Draft
from casetracker.store.reprisals import Retaliation, reprisals
from casetracker.store.store import Store
from tests.conftest import Office_


def reprisal(store: Store, *people: str, on: str = "2021-10-03", **values: object) -> str:
    draft = store.draft(Reprisal)
    draft.values |= {"title": "A call from an unknown number", "on": KnownDate.from_edtf(on)} | values
    for person in people:
        draft.add("participants", person_id=person, part=Part.TARGET)
    return store.save(draft)


def after(store: Store, event: str, before: str) -> None:
    values = {
        "about": "Reprisal",
        "about_id": event,
        "to": "Protest",
        "to_id": before,
        "joint": Joint.REPRISAL,
        "strength": Strength.PLAUSIBLE,
    }
    store.save(Draft(ChainLink, values=values))


def read(store: Store, people: Sequence[str], cases: Sequence[str] = ()) -> list[Retaliation]:
    with store.reader() as reader:
        return reprisals(reader, people, cases)


def test_each_with_what_came_before(store: Store, office: Office_) -> None:
    aunt = office.person("Мақпал")
    protest = store.draft(Protest)
    protest.values |= {"title": "Protest in Nur-Sultan", "on": KnownDate.from_edtf("2021-10-01")}
    called = reprisal(store, aunt, form="call", kin="a brother in Emin", reported_to="OHCHR")
    after(store, called, store.save(protest))

    [line] = read(store, [aunt])

    assert (line.id, line.what, line.whom, line.kin) == (called, "A call", "Мақпал", "a brother in Emin")
    assert line.before == ("reprisal for Protest in Nur-Sultan · 1 Oct 2021 · plausible",)
    assert line.reported == "OHCHR"


def test_the_latest_first_and_nobody_elses(store: Store, office: Office_) -> None:
    aunt, other = office.person("Мақпал"), office.person("Гүлназ")
    early = reprisal(store, aunt, on="2021-09-21")
    late = reprisal(store, aunt, other, on="2021-10-03")
    reprisal(store, other, on="2021-10-04")

    assert [line.id for line in read(store, [aunt])] == [late, early]
    assert read(store, [aunt])[1].before == ()
    assert read(store, [office.person("Сара")]) == []


def test_those_linked_to_a_case_of_the_family_too(store: Store, office: Office_) -> None:
    case = office.case()
    event = reprisal(store)
    draft = store.draft(Case, case)
    draft.add("events", event_id=event)
    store.save(draft)

    assert [line.id for line in read(store, [], [case])] == [event]


@pytest.mark.parametrize("audience", [a for a in Audience if a is not Audience.INTERNAL])
def test_nobody_else_hears_of_them(store: Store, office: Office_, audience: Audience) -> None:
    case = office.case(consent=tuple(Use))
    aunt = office.person("Мақпал")
    reprisal(store, aunt)

    with store.reader(audience) as reader:
        assert reprisals(reader, [aunt], [case]) == []
