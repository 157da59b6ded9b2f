"""Options of papers: parts left out, what stands at the head and the end, the size, how they are kept."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader

from casetracker.errors import UserError
from casetracker.model import Case, Person
from casetracker.model.confidentiality import Audience, Use
from casetracker.model.detention.case import Stage
from casetracker.model.sources.consent import Answer
from casetracker.reports import REPORTS, report_named
from casetracker.reports.blocks import Para, Section
from casetracker.reports.images import clean_logo
from casetracker.reports.make import Wanted, make, preview
from casetracker.reports.options import Options, options_from
from casetracker.reports.report import Report, Scope
from casetracker.store.report_profiles import Profile, forget, keep, profile_named, profiles
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


def test_parts_follow_each_other_as_is_wanted(told: Store) -> None:
    as_it_is = words(told, Options())
    turned = words(told, Options(order=("chronology", "account")))
    assert as_it_is.index("went to the market") < as_it_is.index("Chronology")
    assert turned.index("Chronology") < turned.index("went to the market")
    assert Options(order=("z", "c", "a")).in_order("abc") == ["c", "a", "b"]


@pytest.mark.parametrize("report", REPORTS, ids=lambda r: r.name)
def test_what_moves_is_a_part_of_the_report(report: Report) -> None:
    assert set(report.movable) <= {key for key, _ in report.sections}


@pytest.mark.parametrize("report", [r for r in REPORTS if len(r.movable) > 1], ids=lambda r: r.name)
def test_moved_parts_change_places_and_none_is_lost(told: Store, report: Report) -> None:
    def said(options: Options) -> str:
        return "".join(page.extract_text() for page in read(told, options, report.name).pages)

    turned = said(Options(order=tuple(reversed(report.movable))))
    assert sorted(turned.split()) == sorted(said(Options()).split())


def test_a_line_of_its_own_above_each_running_header(told: Store) -> None:
    store, line = told, "Бюро родственников · to the Commissioner"
    for _ in range(2):
        case = store.draft(Case)
        person = store.draft(Person)
        person.add("names", full="Somebody Else")
        case.values |= {"person_id": store.save(person), "stage": Stage.ACTIVE}
        store.save(case)
    found = [page.extract_text() for page in read(store, Options(running=line)).pages]
    assert len(found) == 3
    for text in found:
        assert text.index(line) < text.index("Case summary")


def test_what_has_no_header_of_its_own_gets_the_line_too() -> None:
    framed = list(Options(running="Our office").framed([Para("a"), Section("b", "c"), Para("d")]))
    assert framed[0] == Section("Our office", new_page=False)
    assert framed[2] == Section("Our office\nb", "\nc")


def logo(form: str, *, size: tuple[int, int] = (1200, 400), hidden: str = "") -> bytes:
    picture = Image.new("RGB", size, "#0b5382")
    exif = Image.Exif()
    exif[0x010E] = hidden  # description
    out = io.BytesIO()
    picture.save(out, form, exif=exif if hidden else b"", quality=90)
    return out.getvalue()


@pytest.mark.parametrize("form", ["PNG", "JPEG"])
def test_a_logo_stands_above_all_else_and_brings_nothing_along(told: Store, form: str) -> None:
    secret = "Serikbai Toktaruly, 43.2 N 76.9 E"
    came = logo(form, hidden=secret)
    assert secret.encode() in came
    clean = clean_logo(came)
    data = preview_with(told, Options(header="Office of Relatives", logo=clean, photographs=False))
    found = PdfReader(io.BytesIO(data))
    (picture,) = found.pages[0].images
    assert picture.image is not None
    assert picture.image.size == (600, 200)
    assert not picture.image.getexif()
    assert secret.encode() not in clean + data
    places = pdf_places(found)
    assert places["logo"] > places["Office of Relatives"] > places["Aigul Sadyk"]


def preview_with(store: Store, options: Options) -> bytes:
    wanted = Wanted(report_named("case"), Audience.INTERNAL, scope=Scope(options=options))
    return preview(store, wanted)


def pdf_places(found: PdfReader) -> dict[str, float]:
    """Return how high on the first page the logo's upper edge and each line of text stand, in points."""
    places: dict[str, float] = {}

    def seen(operator: bytes, _: object, matrix: list[float], __: object) -> None:
        if operator == b"Do" and "logo" not in places and matrix[0] > 100:
            places["logo"] = matrix[5] + matrix[3]

    def read_text(text: str, _: object, matrix: list[float], *__: object) -> None:
        if text.strip():
            places.setdefault(text.strip(), matrix[5])

    found.pages[0].extract_text(visitor_operand_before=seen, visitor_text=read_text)
    return places


def test_only_pictures_of_the_two_kinds_become_a_logo() -> None:
    for data in (logo("GIF"), logo("WEBP"), b"%PDF-1.7", b""):
        with pytest.raises(UserError, match="JPEG or PNG"):
            clean_logo(data)


def test_what_lies_in_a_logo_stops_the_paper_as_well(told: Store, tmp_path: Path) -> None:
    """A picture that was not made anew would give a source away; the scan reads into it."""
    case = next(iter(told_cases(told)))
    witness = told.draft(Person)
    witness.add("names", full="Serikbai Toktaruly")
    draft = told.draft(Case, case)
    draft.add("sources", label="A neighbour", person_id=told.save(witness))
    told.save(draft)
    agree(told, case)
    wanted = Wanted(
        report_named("case"),
        Audience.OFFICIAL,
        scope=Scope(options=Options(logo=logo("JPEG", hidden="Serikbai Toktaruly"))),
    )
    with pytest.raises(UserError, match="pictures"):
        make(told, wanted, tmp_path / "case.pdf")
    clean = replace(wanted.scope.options, logo=clean_logo(wanted.scope.options.logo))
    assert make(told, replace(wanted, scope=Scope(options=clean)), tmp_path / "case.pdf").exists()


def told_cases(store: Store) -> list[str]:
    with store.reader() as reader:
        return [case.id for case in reader.all(Case)]


def agree(store: Store, case: str) -> None:
    draft = store.draft(Case, case)
    day = dt.date(2021, 1, 5)
    person = draft.values["person_id"]
    draft.add("consents", person_id=person, use=Use.K3, answer=Answer.AGREES, given=day)
    store.save(draft)


def test_kept_and_read_again() -> None:
    options = Options(
        ("account",),
        "Letter",
        "Office",
        "Note",
        ("Head", "Clerk"),
        photographs=False,
        order=("promises", "account"),
        running="Our office",
    )
    assert options_from(options.as_json()) == options
    assert options_from(options.as_json(), b"logo") == replace(options, logo=b"logo")
    assert "logo" not in replace(options, logo=b"logo").as_json()
    assert options_from("") == options_from("{") == options_from("[]") == Options()
    assert options_from('{"paper": "Papyrus", "newer": 1}') == Options()


def test_profiles_are_kept_renamed_and_forgotten(store: Store) -> None:
    made = keep(store, Profile("  Office of the  Commissioner ", "dossier", "official", "ru", "Commissioner"))
    (kept,) = profiles(store)
    assert kept == Profile("Office of the Commissioner", "dossier", "official", "ru", "Commissioner", id=made)
    keep(store, replace(kept, name="Ministry"))
    assert [p.name for p in profiles(store)] == ["Ministry"]
    assert profile_named(store, " ministry ").id == made
    with pytest.raises(UserError, match="there are: Ministry"):
        profile_named(store, "Commissioner")
    forget(store, made)
    assert not profiles(store)
    store.undo()
    assert [p.name for p in profiles(store)] == ["Ministry"]


def test_a_profile_keeps_the_second_language_and_the_logo(store: Store) -> None:
    picture = clean_logo(logo("PNG"))
    made = keep(store, Profile("Ministry", "case", "ministry", "ru", second_language="kk", logo=picture))
    (kept,) = profiles(store)
    assert (kept.second_language, kept.logo) == ("kk", picture)
    keep(store, replace(kept, logo=b"", second_language=""))
    assert [(p.second_language, p.logo) for p in profiles(store)] == [("", b"")]
    store.undo()
    assert [(p.id, p.second_language, p.logo) for p in profiles(store)] == [(made, "kk", picture)]


def test_a_profile_has_a_name_of_its_own(store: Store) -> None:
    keep(store, Profile("Ministry", "case", "ministry"))
    with pytest.raises(UserError, match="already"):
        keep(store, Profile("MINISTRY", "dossier", "ministry"))
    with pytest.raises(UserError, match="Give the profile a name"):
        keep(store, Profile(" ", "dossier", "ministry"))
