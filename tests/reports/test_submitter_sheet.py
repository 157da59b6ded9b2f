"""A submitter's own contacts stand on a sheet apart, if they agreed; nobody else's ever, nor elsewhere."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from casetracker.errors import UserError
from casetracker.model import Case, Family, Person
from casetracker.model.confidentiality import Audience, Use
from casetracker.model.dates import KnownDate
from casetracker.model.people.person import ContactKind
from casetracker.model.sources.consent import Answer
from casetracker.reports import REPORTS, report_named
from casetracker.reports.make import Wanted, forecast, make, make_to_print
from casetracker.reports.options import Options, options_from
from casetracker.reports.report import Scope
from casetracker.store import submitters
from casetracker.store.store import Store
from tests.conftest import Office_
from tests.reports import reading

PHONE, MAIL, HOME = "+7 700 555 01 99", "asks@family.example", "House with the blue gate 7"
OTHERS = "+7 700 555 77 42"
NEEDED = {Audience.OFFICIAL: Use.K3, Audience.MINISTRY: Use.K4, Audience.UN: Use.K6}
PAPERS = [
    ("appeal-letter", Audience.OFFICIAL),
    ("appeal-letter", Audience.MINISTRY),
    ("wgad", Audience.UN),
    ("wgeid", Audience.UN),
    ("special-procedures", Audience.UN),
]


def case_of(store: Store, office: Office_, *own: Use, **dates: dt.date) -> tuple[str, str]:
    """A case that everybody may get, whose petitioner has contacts and agreed to `own` for themselves."""
    case = office.case(consent=tuple(Use))
    family = store.draft(Case, case).values["family_id"]
    asks: str = store.draft(Family, family).values["petitioner_id"]
    draft = store.draft(Person, asks)
    draft.add("contacts", kind=ContactKind.PHONE, value=PHONE, note="only after six")
    draft.add("contacts", kind=ContactKind.EMAIL, value=MAIL)
    draft.add("addresses", kind="in_kazakhstan", text=HOME)
    draft.add("addresses", kind="before_detention", text="The old house 12")
    draft.add("addresses", kind="current", text="The old house 14", until=KnownDate.from_edtf("2020"))
    for use in own:
        draft.add("consents", use=use, answer=Answer.AGREES, given=dt.date(2021, 1, 5), **dates)
    store.save(draft)
    other = store.draft(Person, office.person("Somebody Else"))
    other.add("contacts", kind=ContactKind.PHONE, value=OTHERS)
    members = store.draft(Family, family)
    members.add("members", person_id=store.save(other))
    store.save(members)
    return case, asks


def pages(store: Store, out: Path, name: str, audience: Audience, who: str, **more: object) -> list[str]:
    scope = Scope(options=Options(submitter=who, **more))  # type: ignore[arg-type]
    made = make(store, Wanted(report_named(name), audience, scope=scope), out / f"{name}.pdf")
    return [" ".join(page.split()) for page in reading.pages(made)]


def test_the_papers_that_have_a_sheet_are_those_that_are_answered() -> None:
    assert {r.name for r in REPORTS if r.submitter} == {name for name, _ in PAPERS}


@pytest.mark.parametrize(("name", "audience"), PAPERS)
def test_the_contacts_stand_on_the_sheet_and_nowhere_else(
    store: Store, office: Office_, tmp_path: Path, name: str, audience: Audience
) -> None:
    case_of(store, office, NEEDED[audience])

    *others, sheet = pages(store, tmp_path, name, audience, "petitioner", header="Atajurt")

    for text in (PHONE, MAIL, HOME, "Petitioner of", "Atajurt", "Date and signature", "I agree"):
        assert text in sheet
    assert not any(text in page for page in others for text in (PHONE, MAIL, HOME))
    for text in (OTHERS, "only after six", "The old house", "Taken into custody", "Emin"):
        assert text not in sheet
    assert OTHERS not in " ".join(others)


@pytest.mark.parametrize(("name", "audience"), PAPERS)
def test_without_their_own_consent_there_are_blank_lines_and_a_sentence(
    store: Store, office: Office_, tmp_path: Path, name: str, audience: Audience
) -> None:
    """All that concerns the case is agreed to, and for themselves everything but this."""
    case_of(store, office, *(set(Use) - {NEEDED[audience]}))

    said = pages(store, tmp_path, name, audience, "petitioner")

    assert not any(text in page for page in said for text in (PHONE, MAIL, HOME))
    assert "no consent of their own" in said[-1]
    assert "Address, telephone, e-mail: ____" in said[-1]


@pytest.mark.parametrize("ended", ["withdrawn", "until"])
def test_a_consent_that_ended_is_none(store: Store, office: Office_, tmp_path: Path, ended: str) -> None:
    case_of(store, office, Use.K3, **{ended: dt.date(2021, 10, 1)})

    assert PHONE not in " ".join(pages(store, tmp_path, "appeal-letter", Audience.OFFICIAL, "petitioner"))


def test_a_refusal_counts_more_than_a_consent(store: Store, office: Office_, tmp_path: Path) -> None:
    _, asks = case_of(store, office, Use.K3)
    draft = store.draft(Person, asks)
    draft.add("consents", use=Use.K3, answer=Answer.REFUSES, given=dt.date(2021, 2, 1))
    store.save(draft)

    assert PHONE not in " ".join(pages(store, tmp_path, "appeal-letter", Audience.OFFICIAL, "petitioner"))


def test_nobody_is_chosen_unless_somebody_chooses(store: Store, office: Office_, tmp_path: Path) -> None:
    case_of(store, office, *Use)

    letter = pages(store, tmp_path, "appeal-letter", Audience.OFFICIAL, "")
    form = pages(store, tmp_path, "wgad", Audience.UN, "")

    assert len(letter) == 1
    assert PHONE not in " ".join([*letter, *form])
    assert "Address, telephone, e-mail: ____" in form[-1]


def test_somebody_of_the_office_may_submit(store: Store, office: Office_, tmp_path: Path) -> None:
    """Somebody who is in no family: by name, as a command says it; the petitioner's contacts stay."""
    case_of(store, office, *Use)
    draft = store.draft(Person, office.person("Serik Omarov"))
    draft.add("contacts", kind=ContactKind.PHONE, value="+7 700 555 30 30")
    draft.add("consents", use=Use.K6, answer=Answer.AGREES, given=dt.date(2021, 1, 5))
    worker = store.save(draft)
    assert submitters.choice_named(store, " serik  omarov ") == worker
    assert (worker, "Serik Omarov") in submitters.candidates(store)

    *others, sheet = pages(store, tmp_path, "wgad", Audience.UN, worker)

    assert "Serik Omarov" in sheet
    assert "+7 700 555 30 30" in sheet
    assert PHONE not in " ".join([*others, sheet])


def test_who_is_not_known_or_not_alone_in_the_name_is_said(store: Store, office: Office_) -> None:
    office.person("Two Alike")
    office.person("Two Alike")
    with pytest.raises(UserError, match="More than one"):
        submitters.choice_named(store, "Two Alike")
    with pytest.raises(UserError, match="Nobody is called"):
        submitters.choice_named(store, "No One")
    assert submitters.choice_named(store, "Petitioner") == "petitioner"


@pytest.mark.parametrize("to_print", [True, False])
def test_a_contact_beside_the_sheet_stops_the_release(
    store: Store, office: Office_, tmp_path: Path, to_print: bool
) -> None:
    """Somebody typed the number into the account, in another way of writing it."""
    case, _ = case_of(store, office, Use.K6)
    draft = store.draft(Case, case)
    draft.values["account"] = "She may be called under 8-700-555-0199 or +77005550199 at any time."
    store.save(draft)
    scope = Scope(options=Options(submitter="petitioner"))
    wanted = Wanted(report_named("wgad"), Audience.UN, scope=scope)

    with pytest.raises(UserError, match="held back"):
        make_to_print(store, wanted) if to_print else make(store, wanted, tmp_path / "paper.pdf")
    assert list(tmp_path.glob("paper*")) == []


def test_somebody_elses_contact_on_the_sheet_stops_the_release(
    store: Store, office: Office_, tmp_path: Path
) -> None:
    _, asks = case_of(store, office, Use.K6)
    draft = store.draft(Person, asks)
    draft.children["contacts"][0].values["value"] = f"{PHONE} or {OTHERS}"
    store.save(draft)

    with pytest.raises(UserError, match="held back"):
        pages(store, tmp_path, "wgad", Audience.UN, "petitioner")


def test_it_is_said_before_the_paper_leaves(store: Store, office: Office_) -> None:
    case_of(store, office, Use.K3)

    def said(audience: Audience) -> tuple[str, ...]:
        scope = Scope(options=Options(submitter="petitioner"))
        return forecast(store, Wanted(report_named("appeal-letter"), audience, scope=scope)).submitter

    assert [line.split(": ")[1] for line in said(Audience.OFFICIAL)] == [
        "telephone, e-mail and address, on a sheet of their own"
    ]
    assert "blank lines" in said(Audience.MINISTRY)[0]


def test_a_profile_keeps_who_submits() -> None:
    assert options_from(Options(submitter="petitioner").as_json()).submitter == "petitioner"
    assert options_from("{}").submitter == ""


@pytest.mark.parametrize("audience", [Audience.PARTNER, Audience.PUBLIC, Audience.FAMILY])
def test_other_readers_never_get_contacts(store: Store, office: Office_, audience: Audience) -> None:
    case, _ = case_of(store, office, *Use)
    with store.reader(audience) as reader:
        record = reader.get(Case, case)
        assert record is not None
        who = submitters.submitter(reader, record, "petitioner")

    assert who is not None
    assert (who.phones, who.emails, who.addresses) == ((), (), ())
