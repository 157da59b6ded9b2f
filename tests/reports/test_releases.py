"""A paper that is given out: its number, its line in the register, and neither without the other."""

from __future__ import annotations

import datetime as dt
import hashlib
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader

from casetracker.errors import Invalid, ReadOnly, UserError
from casetracker.leaving import part_file
from casetracker.model import Case, Person, Release
from casetracker.model.confidentiality import MAY_BE_LET_THROUGH, Audience, Sensitivity, Use
from casetracker.model.sources.consent import Answer
from casetracker.reports import report_named
from casetracker.reports.make import ReleaseWanted, Wanted, make, preview
from casetracker.store.engine import open_engine
from casetracker.store.reader import DisclosedRecord
from casetracker.store.release_register import note_recall, of_cases, of_person, to_ask_back
from casetracker.store.releases import Override
from casetracker.store.store import Store
from tests.conftest import KEY, TODAY, Office_

CASES = report_named("case")
OFFICIAL = Wanted(CASES, Audience.OFFICIAL)
TO = ReleaseWanted("Office of the Commissioner")


@contextmanager
def registered(store: Store) -> Iterator[list[DisclosedRecord]]:
    with store.reader() as reader:
        yield list(reader.all(Release))


def test_the_register_says_what_was_given_to_whom(store: Store, office: Office_, tmp_path: Path) -> None:
    case = office.case("Бақытжан Нұрланұлы")
    office.case("Ержан Қайратұлы", consent=())

    out = make(store, OFFICIAL, tmp_path / "cases.pdf", release=TO)

    with registered(store) as (line,):
        assert line.value("digest") == hashlib.sha256(out.read_bytes()).hexdigest()
        assert line.value("released") == line.value("as_of") == TODAY
        assert line.text("addressee") == "Office of the Commissioner"
        assert (line.text("report"), line.text("audience")) == ("case", "official")
        assert (line.text("by"), line.text("file_name")) == ("A. Serik", "cases.pdf")
        assert line.value("pages") == len(PdfReader(out).pages)
        (given,) = line.children("cases")
        assert given.value("case_id") == case
        assert (given.value("use"), given.value("consented")) == (Use.K3, dt.date(2021, 1, 5))
        assert given.text("consent_ids")
        named = [p.text("person_id") for p in line.children("people")]
    assert named == ["Бақытжан Нұрланұлы"]


def test_the_number_stands_on_every_page(store: Store, office: Office_, tmp_path: Path) -> None:
    office.case("Бақытжан Нұрланұлы")
    office.case("Ержан Қайратұлы")

    out = make(store, OFFICIAL, tmp_path / "cases.pdf", release=TO)

    pages = [page.extract_text() for page in PdfReader(out).pages]
    with registered(store) as (line,):
        assert len(pages) > 1
        assert all(line.text("ref") in text for text in pages)
    assert line.text("ref").encode() not in preview(store, OFFICIAL)


def test_somebody_named_in_an_account_is_in_the_register(
    store: Store, office: Office_, tmp_path: Path
) -> None:
    friend = office.person("Серікбай Тоқтарұлы")
    draft = store.draft(Person, friend)  # else the name in the account would stop the paper
    draft.add("consents", use=Use.K3, answer=Answer.AGREES, given=dt.date(2021, 1, 5))
    store.save(draft)
    office.case("Бақытжан Нұрланұлы", account="Серікбай Тоқтарұлы was taken with him.")

    make(store, OFFICIAL, tmp_path / "cases.pdf", release=TO)

    with registered(store) as (line,):
        assert friend in [p.value("person_id") for p in line.children("people")]


def test_the_same_number_gives_the_same_bytes(database: Path, tmp_path: Path, template: Path) -> None:
    engine = open_engine(database, KEY)
    Office_(Store(engine, "A. Serik", today=lambda: TODAY)).case()
    engine.dispose()
    made = []
    for name in ("1", "2"):
        engine = open_engine(Path(shutil.copy(database, tmp_path / f"{name}.db")), KEY)
        store = Store(engine, "A. Serik", today=lambda: TODAY)
        release = ReleaseWanted("Somebody", ref="RL-7F3Q")
        made.append(make(store, OFFICIAL, tmp_path / f"{name}.pdf", release=release).read_bytes())
        engine.dispose()
    assert made[0] == made[1]


def test_no_register_no_file(store: Store, office: Office_, tmp_path: Path) -> None:
    office.case()
    (tmp_path / "cases.pdf").write_bytes(b"an older paper")
    store.read_only = "Another program has it open."

    with pytest.raises(ReadOnly):
        make(store, OFFICIAL, tmp_path / "cases.pdf", release=TO)
    assert (tmp_path / "cases.pdf").read_bytes() == b"an older paper"


def test_no_name_no_line_in_the_register(store: Store, office: Office_, tmp_path: Path) -> None:
    office.case()
    (tmp_path / "cases.pdf").mkdir()

    with pytest.raises(UserError):
        make(store, OFFICIAL, tmp_path / "cases.pdf", release=TO)
    with registered(store) as lines:
        assert lines == []


@pytest.mark.parametrize("older", [b"an older paper", None])
def test_a_register_that_fails_at_the_end_takes_the_name_back(tmp_path: Path, older: bytes | None) -> None:
    path = tmp_path / "paper.pdf"
    if older:
        path.write_bytes(older)

    @contextmanager
    def failing(part: Path) -> Iterator[None]:
        assert part.read_bytes() == b"new"
        yield
        assert path.read_bytes() == b"new"
        raise UserError("the register is full")

    with pytest.raises(UserError, match="register"), part_file.writing(path, failing) as part:
        part.write_bytes(b"new")

    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == ({"paper.pdf": older} if older else {})


def test_a_release_changes_in_no_way_but_that_it_was_asked_back(
    store: Store, office: Office_, tmp_path: Path
) -> None:
    office.case()
    make(store, OFFICIAL, tmp_path / "cases.pdf", release=TO)

    with registered(store) as (line,):
        draft = store.draft(Release, line.id)
    draft.values["addressee"] = "Nobody"
    with pytest.raises(UserError, match="given out"):
        store.save(draft)
    note_recall(store, draft.id, "Given back by the secretary")
    with registered(store) as (line,):
        assert (line.value("recalled"), line.text("recall_note")) == (TODAY, "Given back by the secretary")


def test_undo_passes_a_release_over(store: Store, office: Office_, tmp_path: Path) -> None:
    office.case("Ержан Қайратұлы")
    later = office.person("Айгүл Серікқызы")

    make(store, OFFICIAL, tmp_path / "cases.pdf", release=TO)

    assert "Person" in store.undo()
    with store.reader() as reader:
        assert reader.get(Person, later) is None
    with pytest.raises(UserError, match="still points at"):  # the case stands in the paper
        store.undo()
    with registered(store) as lines:
        assert len(lines) == 1


def test_who_was_released_cannot_be_deleted(store: Store, office: Office_, tmp_path: Path) -> None:
    case = office.case()
    make(store, OFFICIAL, tmp_path / "cases.pdf", release=TO)

    with pytest.raises(UserError):
        store.delete(Case, case)


def test_a_blank_form_is_not_registered(store: Store, tmp_path: Path) -> None:
    form = report_named("consent-form")
    make(store, Wanted(form, form.audiences[0]), tmp_path / "form.pdf", release=TO)

    with registered(store) as lines:
        assert lines == []


def test_it_is_protected_after_it_was_looked_through_and_before_its_hash(
    store: Store, office: Office_, tmp_path: Path
) -> None:
    office.case()

    def sign(data: bytes) -> bytes:
        assert data.startswith(b"%PDF")
        assert not any(part.read_bytes() for part in tmp_path.glob("*.part"))  # not on the disk unprotected
        return data + b"\n% signed\n"

    out = make(store, OFFICIAL, tmp_path / "cases.pdf", release=ReleaseWanted("Somebody", protect=sign))

    assert out.read_bytes().endswith(b"% signed\n")
    with registered(store) as (line,):
        assert line.value("digest") == hashlib.sha256(out.read_bytes()).hexdigest()


# What is let through


def health(store: Store, let: frozenset[Sensitivity], audience: Audience = Audience.OFFICIAL) -> str:
    with store.reader(audience, let_through=let) as reader:
        return " ".join(p.text("marks") for p in reader.all(Person))


def test_what_is_let_through_is_given_of_those_who_may_be_named(store: Store, office: Office_) -> None:
    office.case(consent=(Use.K3,))
    with store.reader() as reader:
        agreed = next(p.id for p in reader.all(Person) if p.title == "Бақытжан Нұрланұлы")
    draft = store.draft(Person, agreed)
    draft.values["marks"] = "a scar at the left hand"
    store.save(draft)
    office.person("Ержан Қайратұлы", marks="a scar at the right hand")

    assert "scar" not in health(store, frozenset())
    told = health(store, frozenset({Sensitivity.HEALTH}))
    assert "left hand" in told
    assert "right hand" not in told


@pytest.mark.parametrize("kind", [kind for kind in Sensitivity if kind not in MAY_BE_LET_THROUGH])
def test_some_things_are_never_let_through(
    store: Store, office: Office_, tmp_path: Path, kind: Sensitivity
) -> None:
    office.case()
    wanted = replace(OFFICIAL, let_through=frozenset({kind}))
    release = ReleaseWanted("Somebody", (Override(kind, "asked for", "A. Serik"),))

    with pytest.raises(Invalid, match="never let through"):
        make(store, wanted, tmp_path / "cases.pdf", release=release)
    assert not list(tmp_path.glob("*.pdf*"))


@pytest.mark.parametrize(("reason", "by"), [("", "A. Serik"), ("asked for", " "), (None, None)])
def test_an_exception_needs_a_reason_and_a_name(
    store: Store, office: Office_, tmp_path: Path, reason: str | None, by: str | None
) -> None:
    office.case()
    wanted = replace(OFFICIAL, let_through=frozenset({Sensitivity.HEALTH}))
    said = (Override(Sensitivity.HEALTH, reason, by or ""),) if reason is not None else ()

    with pytest.raises(Invalid, match="a reason and the name"):
        make(store, wanted, tmp_path / "cases.pdf", release=ReleaseWanted("Somebody", said))
    assert not list(tmp_path.glob("*.pdf*"))


def test_an_exception_is_kept_and_printed_in_the_register(
    store: Store, office: Office_, tmp_path: Path
) -> None:
    office.case()
    wanted = replace(OFFICIAL, let_through=frozenset({Sensitivity.HEALTH}))
    why = Override(Sensitivity.HEALTH, "The doctor of the prison was promised", "Aliya S.")
    make(store, wanted, tmp_path / "cases.pdf", release=ReleaseWanted("Somebody", (why,)))

    out = make(store, Wanted(report_named("releases"), Audience.INTERNAL), tmp_path / "register.pdf")

    text = " ".join(" ".join(page.extract_text() for page in PdfReader(out).pages).split())
    assert "The doctor of the prison was promised" in text
    assert "Aliya S." in text
    assert "Somebody" in text


# The recall list


def test_what_has_to_be_asked_back_after_a_withdrawal(store: Store, office: Office_, tmp_path: Path) -> None:
    one = office.case("Бақытжан Нұрланұлы", consent=(Use.K3, Use.K2))
    office.case("Ержан Қайратұлы")
    for name, audience, whom in (("a", Audience.OFFICIAL, "Commissioner"), ("b", Audience.INTERNAL, "")):
        make(store, Wanted(CASES, audience), tmp_path / f"{name}.pdf", release=ReleaseWanted(whom))

    def listed(*uses: Use) -> list[str]:
        return [line.addressee for line in to_ask_back(store, [one], frozenset(uses))]

    assert listed(Use.K3) == ["Commissioner"]
    assert listed(Use.K2) == []
    note_recall(store, to_ask_back(store, [one], frozenset({Use.K3}))[0].id, "Burnt")
    assert listed(Use.K3) == []


def test_a_person_sees_every_paper_that_names_them(store: Store, office: Office_, tmp_path: Path) -> None:
    case = office.case("Бақытжан Нұрланұлы")
    person = store.draft(Case, case).values["person_id"]
    make(store, OFFICIAL, tmp_path / "a.pdf", release=TO)

    assert [line.file_name for line in of_person(store, person)] == ["a.pdf"]
    assert [line.file_name for line in of_cases(store, [case])] == ["a.pdf"]
    assert of_person(store, office.person("Айгүл Серікқызы")) == []
