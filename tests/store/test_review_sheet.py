"""The review sheet on paper: filled in with PDF programs, read back; what is not ours is refused."""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from pathlib import Path

import pypdf
import pytest

from casetracker.errors import UserError
from casetracker.model import Case
from casetracker.model.confidentiality import Audience
from casetracker.model.work.review import Said
from casetracker.reports.case_summary import REPORT as CASE_SUMMARY
from casetracker.reports.make import ReleaseWanted, Wanted, make
from casetracker.reports.report import Scope
from casetracker.reports.review_sheet import REPORT
from casetracker.store.reviews import sheet_answers, taking
from casetracker.store.reviews.packet import STATEMENT
from casetracker.store.store import Store
from tests.conftest import Office_
from tests.store.reviewing import Round
from tests.store.test_reply_forms import Values, changed, with_pikepdf, with_pypdf


def words_of(paper: bytes) -> str:
    """Return the words of a paper, however its lines were broken."""
    return " ".join(
        " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(paper)).pages).split()
    )


@pytest.fixture
def once(store: Store, office: Office_) -> Round:
    return Round(store, office, account="canary-account", notes="canary-notes")


@pytest.fixture
def paper(once: Round, tmp_path: Path) -> bytes:
    return made(once, tmp_path)


def made(once: Round, tmp_path: Path, language: str = "en") -> bytes:
    wanted = Wanted(REPORT, Audience.FAMILY, language, Scope(review_id=once.id))
    return make(once.store, wanted, tmp_path / "sheet.pdf", release=ReleaseWanted("the family")).read_bytes()


def filled(once: Round) -> Values:
    values = {f"n{i.number}.answer": "CORRECT" for i in once.packet.items if i.kind == STATEMENT}
    number = once.item("Occupation").number
    values |= {f"n{number}.answer": "WRONG", f"n{number}.words": "teacher of physics"}
    return {**values, "end.signed": "М. Дәулетова", "end.comment": "Рақмет"}


@pytest.mark.parametrize("fill", [with_pypdf, with_pikepdf])
def test_a_filled_sheet_is_read_back(
    once: Round, paper: bytes, tmp_path: Path, fill: Callable[[bytes, Values], bytes]
) -> None:
    back = tmp_path / "back.pdf"
    back.write_bytes(fill(paper, filled(once)))

    incoming = sheet_answers.read_sheet(once.store, back)

    assert (incoming.answers.signed, incoming.answers.comment) == ("М. Дәулетова", "Рақмет")
    assert incoming.count(Said.WRONG) == 1
    taking.take_in(once.store, incoming)
    assert once.proposal("Occupation").proposed == "teacher of physics"
    with pytest.raises(UserError, match="taken in already"):
        sheet_answers.read_sheet(once.store, back)


def test_answers_in_other_words_and_languages(once: Round, paper: bytes) -> None:
    first, second, third = (once.item(label).number for label in ("Occupation", "Born", "Arrested"))
    values = {
        f"n{first}.answer": "teacher of physics",  # typed over the choices
        f"n{second}.words": "1971",  # nothing chosen, but a correction
        f"n{third}.answer": "Do not share this",
    }
    answers = sheet_answers.answers_of(once.store, with_pypdf(paper, values))

    assert {n: (r.said, r.proposed) for n, r in answers.replies.items()} == {
        first: (Said.WRONG, "teacher of physics"),
        second: (Said.WRONG, "1971"),
        third: (Said.WITHHOLD, ""),
    }


def test_the_sheet_holds_only_what_the_family_may_read(once: Round, paper: bytes) -> None:
    told = words_of(paper)
    assert "teacher of music" in told
    assert once.packet.review in told
    assert "canary" not in told
    for secret in (once.case, once.person, once.family):
        assert secret.encode() not in paper


def refused(once: Round, content: bytes, sentence: str) -> None:
    before = once.store.recent(1)
    with pytest.raises(UserError, match=sentence):
        sheet_answers.answers_of(once.store, content)
    assert once.store.recent(1) == before


def test_what_is_no_sheet_of_ours_is_refused(once: Round, paper: bytes, tmp_path: Path) -> None:
    refused(once, paper, "Nothing was filled in")
    refused(once, b"", "cannot be read as a PDF")
    refused(once, b"%PDF-1.7 nonsense", "cannot be read as a PDF")
    whole = with_pypdf(paper, filled(once))
    mark = sheet_answers.mark_line(once.packet)
    digest = once.packet.digest

    def other(old: str, new: str) -> bytes:
        return changed(whole, lambda line: line.replace(old, new))

    refused(once, other(once.packet.review, "RV-2222"), "another casebook")
    refused(once, other(digest, "0" * 64), "not the one that was sent")
    refused(once, other(mark.split()[3], "0" * 32), "not the one that was sent")
    refused(once, other("review1", "review9"), "no review sheet")
    refused(once, changed(whole, lambda line: line, ("n1", "n999")), "it was changed")
    second = Round.__new__(Round)
    second.__dict__ |= once.__dict__
    second.id = once.send("kk")
    foreign = with_pypdf(made(second, tmp_path), {"n1.answer": "CORRECT"})
    named = changed(foreign, lambda line: line.replace(line.split()[1], once.packet.review))
    refused(once, named, "was changed")


def test_damaged_sheets_are_refused_with_a_sentence(once: Round, paper: bytes) -> None:
    chance = random.Random(5)
    for _ in range(6):  # more by night: each starts a process
        at = chance.randrange(len(paper))
        with pytest.raises(UserError):
            sheet_answers.answers_of(once.store, paper[:at])


def test_papers_say_what_the_family_confirmed(once: Round, tmp_path: Path) -> None:
    def summary() -> str:
        wanted = Wanted(CASE_SUMMARY, Audience.OFFICIAL, "en", Scope(case_ids=(once.case,)))
        return words_of(make(once.store, wanted, tmp_path / "c.pdf", release=ReleaseWanted("A")).read_bytes())

    line = "Confirmed by the family on 10 November 2021"
    assert line not in summary()
    once.back(once.answers())
    assert line in summary()
    case = once.store.draft(Case, once.case)
    case.values["request"] = "Let her call home"
    once.store.save(case)
    assert line not in summary()
