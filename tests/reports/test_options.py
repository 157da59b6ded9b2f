"""Options of papers: parts left out, what stands at the head and the end, the size, how they are kept."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from pypdf import PdfReader

from casetracker.errors import UserError
from casetracker.model import Case, Person
from casetracker.model.confidentiality import Audience
from casetracker.model.detention.case import Stage
from casetracker.reports import report_named
from casetracker.reports.make import Wanted, preview
from casetracker.reports.options import Options, options_from
from casetracker.reports.report import Scope
from casetracker.store.report_profiles import Profile, forget, keep, profiles
from casetracker.store.store import Store

ACCOUNT = "She went to the market and did not return."
LETTER_POINTS = (612, 792)


@pytest.fixture
def told(store: Store) -> Store:
    person = store.draft(Person)
    person.add("names", full="Aigul Sadyk")
    case = store.draft(Case)
    case.values |= {"person_id": store.save(person), "stage": Stage.ACTIVE, "account": ACCOUNT}
    store.save(case)
    return store


def read(store: Store, options: Options, report: str = "case") -> PdfReader:
    wanted = Wanted(report_named(report), Audience.INTERNAL, scope=Scope(options=options))
    return PdfReader(io.BytesIO(preview(store, wanted)))


def words(store: Store, options: Options) -> str:
    return " ".join(" ".join(page.extract_text() for page in read(store, options).pages).split())


def test_as_it_is_the_paper_has_all_its_parts(told: Store) -> None:
    text = words(told, Options())
    assert "went to the market" in text
    assert "Chronology" in text


def test_a_part_is_left_out_and_the_others_stay(told: Store) -> None:
    text = words(told, Options(left_out=("account",)))
    assert "went to the market" not in text
    assert "Chronology" in text
    assert "Chronology" not in words(told, Options(left_out=("chronology",)))


def test_head_first_lines_to_sign_on_last(told: Store) -> None:
    options = Options(header="Office of Relatives", cover_note="By your leave.", signatures=("Head", "Clerk"))
    text = words(told, options)
    places = [
        text.index(said) for said in ("Office of Relatives", "By your leave.", "Aigul", "Head:", "Clerk:")
    ]
    assert places == sorted(places)


def test_the_cover_stands_above_the_cover_note(told: Store) -> None:
    found = read(told, Options(header="Office of Relatives", cover_note="By your leave."), "case-list")
    text = found.pages[0].extract_text()
    assert text.index("Office of Relatives") < text.index("Cases") < text.index("By your leave.")


def test_letter(told: Store) -> None:
    box = read(told, Options(paper="Letter")).pages[0].mediabox
    assert (box.width, box.height) == LETTER_POINTS


@pytest.mark.parametrize("report", ["case", "dossier"])
def test_every_part_that_is_offered_can_be_left_out_on_its_own(told: Store, report: str) -> None:
    for key, _ in report_named(report).sections:
        assert read(told, Options(left_out=(key,)), report).pages


def test_kept_and_read_again() -> None:
    options = Options(("account",), "Letter", "Office", "Note", ("Head", "Clerk"), photographs=False)
    assert options_from(options.as_json()) == options
    assert options_from("") == options_from("{") == options_from("[]") == Options()
    assert options_from('{"paper": "Papyrus", "newer": 1}') == Options()


def test_profiles_are_kept_renamed_and_forgotten(store: Store) -> None:
    made = keep(store, Profile("  Office of the  Commissioner ", "dossier", "official", "ru", "Commissioner"))
    (kept,) = profiles(store)
    assert kept == Profile("Office of the Commissioner", "dossier", "official", "ru", "Commissioner", id=made)
    keep(store, replace(kept, name="Ministry"))
    assert [p.name for p in profiles(store)] == ["Ministry"]
    forget(store, made)
    assert not profiles(store)
    store.undo()
    assert [p.name for p in profiles(store)] == ["Ministry"]


def test_a_profile_has_a_name_of_its_own(store: Store) -> None:
    keep(store, Profile("Ministry", "case", "ministry"))
    with pytest.raises(UserError, match="already"):
        keep(store, Profile("MINISTRY", "dossier", "ministry"))
    with pytest.raises(UserError, match="Give the profile a name"):
        keep(store, Profile(" ", "dossier", "ministry"))
