"""The chain-of-custody sheet: all of it for the office; for officials dates, hashes, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader

from casetracker.model.confidentiality import Audience, Use
from casetracker.model.sources.document import DocumentAct
from casetracker.reports import report_named
from casetracker.reports.make import Wanted, make
from casetracker.reports.report import Scope
from casetracker.store import custody_log, documents
from casetracker.store.casebook import create_casebook
from casetracker.store.opening import store_of
from casetracker.store.store import Store
from tests.conftest import Office_
from tests.store.sample import CHEAP, LOOSE, PASSPHRASE


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Store]:
    """The store of a casebook that lies in a folder."""
    book, _ = create_casebook(tmp_path / "A", PASSPHRASE, "A. Serik", kdf=CHEAP, bounds=LOOSE, recovery=False)
    with book:
        yield store_of(book)


def sheet(store: Store, audience: Audience, out: Path, *ids: str) -> str:
    wanted = Wanted(report_named("custody"), audience, "en", Scope(document_ids=ids))
    make(store, wanted, out)
    return " ".join(" ".join(page.extract_text() for page in PdfReader(out).pages).split())


def test_officials_get_hashes_and_days_and_no_names(kept: Store, tmp_path: Path) -> None:
    case = Office_(kept).case(consent=(Use.K3,))
    values = {"case_id": case, "received_from": "the sister Gulnar", "original_at": "in her house"}
    [document] = documents.take_in_content(kept, "notice of Gulnar.txt", b"words", values).new
    custody_log.note(kept, document, DocumentAct.VIEWED)
    custody_log.save_outside(kept, document, tmp_path / "out.txt", "for lawyer Omarov")
    sha256 = custody_log.in_groups(documents.line_of(kept, document).sha256)

    inside = sheet(kept, Audience.INTERNAL, tmp_path / "in.pdf", document)
    outside = sheet(kept, Audience.OFFICIAL, tmp_path / "out.pdf", document)

    for word in ("the sister Gulnar", "in her house", "A. Serik", "for lawyer Omarov", "notice of Gulnar"):
        assert word in inside, word
        assert word not in outside, word
    assert "Gulnar" not in outside
    for text in (inside, outside):
        assert sha256 in text
        assert "Looked at" in text
        assert "Saved outside the casebook" in text
    assert "Taken into the encrypted casebook" in outside


def test_nothing_of_a_case_without_consent_is_on_the_sheet(kept: Store, tmp_path: Path) -> None:
    case = Office_(kept).case(consent=())
    [document] = documents.take_in_content(kept, "notice.txt", b"words", {"case_id": case}).new

    said = sheet(kept, Audience.OFFICIAL, tmp_path / "out.pdf", document)

    assert documents.line_of(kept, document).sha256[:8] not in said
    assert "No document is kept" in said
