"""What is counted, for whom, and how it looks on paper."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pypdfium2
import pytest

from casetracker.model import Case, Person
from casetracker.model.confidentiality import Audience, Use
from casetracker.model.dates import KnownDate
from casetracker.model.people.person import Sex
from casetracker.model.sources.consent import Answer
from casetracker.model.tiles import squares
from casetracker.reports import report_named
from casetracker.reports.make import Wanted, make
from casetracker.store import statistics
from casetracker.store.small_cells import Shown
from casetracker.store.store import Store
from tests.conftest import Office_


def told(store: Store, audience: Audience, key: str) -> dict[str, int | None]:
    with store.reader(audience) as reader:
        count = statistics.counts(reader, statistics.counted(reader))[key]
        return {cell.code: cell.told for cell in count.cells}


def text_of(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    text = " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())
    document.close()
    return text


@pytest.mark.parametrize(
    ("uses", "audience", "counts"),
    [
        ((), Audience.INTERNAL, True),
        ((), Audience.OFFICIAL, False),
        ((Use.K1,), Audience.OFFICIAL, True),
        ((Use.K1,), Audience.PUBLIC, True),
        ((Use.K3,), Audience.OFFICIAL, True),
        ((Use.K3,), Audience.PUBLIC, False),
    ],
)
def test_who_may_count_a_case(
    store: Store, office: Office_, uses: tuple[Use, ...], audience: Audience, counts: bool
) -> None:
    case = office.case(consent=uses)
    with store.reader(audience) as reader:
        assert statistics.counted(reader) == ([case] if counts else [])


def test_a_refusal_to_be_counted_outweighs_other_consents(store: Store, office: Office_) -> None:
    draft = store.draft(Case, office.case(consent=(Use.K3,)))
    person = draft.children["consents"][0].values["person_id"]
    draft.add("consents", person_id=person, use=Use.K1, answer=Answer.REFUSES, given=dt.date(2021, 2, 1))
    store.save(draft)
    with store.reader(Audience.OFFICIAL) as reader:
        assert statistics.counted(reader) == []


def test_the_office_counts_exactly_and_what_is_not_known_too(store: Store, office: Office_) -> None:
    cases = [office.case(f"Бақытжан Нұрлан{i}") for i in range(3)]
    person = store.draft(Person, store.draft(Case, cases[0]).values["person_id"])
    person.values |= {"sex": Sex.MALE, "birth": KnownDate.from_edtf("1980-02-03")}
    store.save(person)

    assert told(store, Audience.INTERNAL, "sex") == {"MALE": 1, "": 2}
    assert told(store, Audience.INTERNAL, "age") == {"30-44": 1, "": 2}
    assert told(store, Audience.INTERNAL, "year") == {"2018": 3}
    assert told(store, Audience.INTERNAL, "prefecture") == {"654200": 3}


def test_small_numbers_are_not_told_outside(store: Store, office: Office_) -> None:
    cases = [office.case(f"Бақытжан Нұрлан{i}") for i in range(8)]
    for case in cases[:2]:
        person = store.draft(Person, store.draft(Case, case).values["person_id"])
        person.values["sex"] = Sex.FEMALE
        store.save(person)
    with store.reader(Audience.OFFICIAL) as reader:
        count = statistics.counts(reader, statistics.counted(reader))["sex"]
    assert count.total == 8
    assert {c.code: c.shown for c in count.cells} == {"FEMALE": Shown.FEW, "": Shown.HELD_BACK}
    assert told(store, Audience.OFFICIAL, "prefecture") == {"654200": 8}


def test_only_the_office_reads_how_sure_a_status_is(store: Store, office: Office_) -> None:
    office.case()
    with store.reader(Audience.OFFICIAL) as reader:
        assert "certainty" not in statistics.counts(reader, statistics.counted(reader))
    assert told(store, Audience.INTERNAL, "certainty")


def test_the_paper_says_numbers_and_places_as_text(store: Store, office: Office_, tmp_path: Path) -> None:
    for i in range(6):
        office.case(f"Бақытжан Нұрлан{i}")
    wanted = Wanted(report_named("statistics"), Audience.OFFICIAL)
    text = text_of(make(store, wanted, tmp_path / "numbers.pdf"))
    assert "Tacheng" in text
    assert "6 of 6" in text
    assert "East Kazakhstan" in text


@pytest.mark.parametrize("country", ["CN", "KZ"])
def test_no_two_squares_of_the_map_stand_in_one_place(country: str) -> None:
    found = squares(country)
    assert len({(s.row, s.column) for s in found}) == len(found)
    assert len({s.code for s in found}) == len(found)


def test_an_office_is_asked_about_cases_and_has_not_answered(store: Store, office: Office_) -> None:
    cases = [office.case(f"Бақытжан Нұрлан{i}") for i in range(2)]
    office.meeting(*cases)
    with store.reader() as reader:
        (found,) = statistics.offices(reader, statistics.counted(reader))
    assert (found.office, found.asked, found.answered, found.days) == (
        "Commissioner for Human Rights",
        2,
        0,
        None,
    )
