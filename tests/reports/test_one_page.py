"""A case for an official is one page, however much is recorded; what gave way is said."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from casetracker.model import Case, Person, Protest
from casetracker.model.confidentiality import Audience
from casetracker.model.dates import KnownDate
from casetracker.model.detention.custody import CustodyKind
from casetracker.reports import report_named
from casetracker.reports.make import Wanted, make
from casetracker.reports.options import Options
from casetracker.reports.report import Scope
from casetracker.store.store import Store
from tests.conftest import Office_
from tests.reports import reading

SENTENCE = "According to the family he was seen once more at the gate of the factory. "
LEFT_OUT = "Shortened to fit one page"


def made(
    store: Store, tmp_path: Path, audience: Audience = Audience.OFFICIAL, **options: object
) -> list[str]:
    scope = Scope(options=Options(**options))  # type: ignore[arg-type]
    wanted = Wanted(report_named("case"), audience, scope=scope)
    pages = reading.pages(make(store, wanted, tmp_path / f"{audience.value}.pdf"))
    return [" ".join(page.split()) for page in pages]


def protest(store: Store, case: str, day: dt.date) -> None:
    draft = store.draft(Protest)
    draft.values |= {"title": f"Protest of {day:%d %B}", "on": KnownDate.on(day)}
    draft.add("cases", case_id=case)
    store.save(draft)


def test_a_small_case_is_printed_whole(store: Store, office: Office_, tmp_path: Path) -> None:
    protest(store, office.case(account=SENTENCE), dt.date(2021, 10, 1))
    (page,) = made(store, tmp_path)
    assert "Protest of 01 October" in page
    assert "at the gate of the factory." in page
    assert LEFT_OUT not in page


def test_what_gives_way_first_is_what_was_done_around_the_case(
    store: Store, office: Office_, tmp_path: Path
) -> None:
    case = office.case(account=SENTENCE)
    for number in range(48):
        protest(store, case, dt.date(2021, 8, 1) + dt.timedelta(number))
    (page,) = made(store, tmp_path)
    assert "Protests: 48" in page
    assert "1 Aug 2021 – 17 Sept 2021" in page
    assert f"{LEFT_OUT}: Chronology." in page
    assert "at the gate of the factory." in page


def crowded(store: Store, office: Office_) -> str:
    """Write a case with too much of everything."""
    custody = tuple(
        (CustodyKind.TRANSFERRED, f"{year}-{month:02}") for year in (2018, 2019) for month in range(1, 13)
    )
    case = office.case(account=SENTENCE * 60, request="Tell where he is held. " * 30, custody=custody)
    for number in range(12):
        office.meeting(case, day=f"2021-0{1 + number % 9}-1{number % 3}", due=dt.date(2021, 10, 1 + number))
    for day in range(1, 20):
        protest(store, case, dt.date(2021, 9, day))
    draft = store.draft(Person, store.draft(Case, case).values["person_id"])
    for number in range(12):
        draft.add("names", full=f"Бақытжан Нұрланұлы-Өмірзақұлы {number}")
    store.save(draft)
    return case


@pytest.mark.parametrize(
    "options",
    [{}, {"paper": "Letter"}, {"header": "Our office", "cover_note": "Note.", "signatures": ("Name",)}],
)
def test_the_most_crowded_case_is_one_page_and_says_what_gave_way(
    store: Store, office: Office_, tmp_path: Path, options: dict[str, object]
) -> None:
    crowded(store, office)
    (page,) = made(store, tmp_path, **options)
    assert LEFT_OUT in page
    said = page.partition(LEFT_OUT)[2].partition("The office holds the full file")[0]
    for part in (
        "What happened, according to the family",
        "Chronology",
        "Promises about this case",
        "asks",
        "Names",
    ):
        assert part in said
    assert "more events in custody" in page
    assert "more promises: overdue" in page
    assert "…" in page


def test_the_office_has_the_whole_of_it(store: Store, office: Office_, tmp_path: Path) -> None:
    crowded(store, office)
    pages = made(store, tmp_path, Audience.INTERNAL)
    text = " ".join(pages)
    assert len(pages) > 2
    assert LEFT_OUT not in text
    assert text.count("at the gate of the factory") == 60
