"""The custody log of a document, and its working copies: nothing is left out, and nothing is altered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from casetracker.errors import ReadOnly, UserError
from casetracker.model import Case, Document, DocumentUse
from casetracker.model.names.writing import Language
from casetracker.model.sources.document import DocumentAct, TextState, WorkingCopy
from casetracker.store import custody_log, documents, file_kinds, working_copies
from casetracker.store.casebook import create_casebook
from casetracker.store.erasing.doing import erase_person
from casetracker.store.opening import store_of
from casetracker.store.store import Store
from tests.conftest import Office_
from tests.store.sample import CHEAP, LOOSE, PASSPHRASE

NOTICE = "Айтылған сөз".encode()


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Store]:
    """The store of a casebook that lies in a folder."""
    book, _ = create_casebook(tmp_path / "A", PASSPHRASE, "A. Serik", kdf=CHEAP, bounds=LOOSE, recovery=False)
    with book:
        yield store_of(book)


@pytest.fixture
def document(kept: Store) -> str:
    """A notice that a sister brought."""
    values = {"received_from": "the sister", "original_at": "with the family"}
    [made] = documents.take_in_content(kept, "notice.txt", NOTICE, values).new
    return made


def test_the_log_tells_how_it_came_and_all_that_was_done_since(
    kept: Store, document: str, tmp_path: Path
) -> None:
    custody_log.note(kept, document, DocumentAct.VIEWED)
    custody_log.save_outside(kept, document, tmp_path / "out.txt", "for the lawyer")
    draft = kept.draft(Document, document)
    draft.values["original_at"] = "in the safe"
    kept.save(draft)
    working_copies.write_text(kept, document, WorkingCopy.TRANSLATION, "The word", Language.EN, "B.")

    log = custody_log.log_of(kept, document)

    assert [line.what for line in log] == [
        f"Received on {log[0].what.removeprefix('Received on ')}",
        "Add document",
        "Looked at",
        "Saved outside the casebook, not encrypted",
        "Edit Document",
        "Make a working copy: Translation",
    ]
    assert "from the sister" in log[0].detail
    assert "in the safe" in log[0].detail
    assert log[1].detail.replace(" ", "") == f"SHA-256{kept.draft(Document, document).values['sha256']}"
    assert log[3].detail == "for the lawyer (as it came: out.txt)"
    assert log[4].detail == "Where the original is: with the family → in the safe"
    assert {line.who for line in log} == {"A. Serik"}
    assert all(line.at and abs(line.at - dt.datetime.now(dt.UTC)) < dt.timedelta(hours=1) for line in log[1:])


def test_views_are_no_steps_of_undo_and_stay_when_the_document_goes(kept: Store, document: str) -> None:
    custody_log.note(kept, document, DocumentAct.VIEWED)
    assert kept.can_undo() == "Add document"
    kept.undo()

    with kept.reading() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(DocumentUse)) == 1
        [line] = session.scalars(sa.select(DocumentUse.id)).all()
    with pytest.raises(UserError, match="custody log"):
        kept.delete(DocumentUse, line)


def test_a_copy_and_its_line_come_together_or_not_at_all(kept: Store, document: str, tmp_path: Path) -> None:
    out = tmp_path / "out.txt"
    with pytest.raises(UserError, match="why"):
        custody_log.save_outside(kept, document, out, "  ")
    with pytest.raises(UserError):
        custody_log.save_outside(kept, document, tmp_path / "no folder" / "out.txt", "for the lawyer")
    out.mkdir()  # the file can be written, and does not get its name
    with pytest.raises(UserError):
        custody_log.save_outside(kept, document, out, "for the lawyer")
    kept.read_only = "Opened for reading only."
    with pytest.raises(ReadOnly):
        custody_log.save_outside(kept, document, tmp_path / "out2.txt", "for the lawyer")
    assert not custody_log.note(kept, document, DocumentAct.VIEWED)

    assert [line.act for line in custody_log.log_of(kept, document) if line.act] == []
    assert sorted(path.name for path in tmp_path.iterdir()) == ["A.casebook", "out.txt"]


def test_the_file_of_a_document_never_changes(kept: Store, document: str) -> None:
    for name, value in (("sha256", "0" * 64), ("kept_at", "ab/" + "0" * 32 + ".cta"), ("file_name", "b.txt")):
        draft = kept.draft(Document, document)
        draft.values[name] = value
        with pytest.raises(UserError, match="never changes"):
            kept.save(draft)
    draft = kept.draft(Document, document)
    draft.values["title"] = "Notice on the door"
    kept.save(draft)


def test_a_working_copy_points_to_its_original_and_belongs_where_it_does(kept: Store) -> None:
    case, meeting = Office_(kept).case(), Office_(kept).meeting()
    [first] = documents.take_in_content(
        kept, "notice.txt", NOTICE, {"case_id": case}, [("Meeting", meeting)]
    ).new
    with kept.reading() as session:
        before = session.execute(sa.select(Document.sha256, Document.kept_at, Document.version)).one()

    copy = working_copies.write_text(
        kept, first, WorkingCopy.TRANSCRIPT, "The spoken word", Language.EN, "B. Omar"
    )

    lines = documents.documents_of(kept, case)
    assert [(line.id, line.original_id) for line in lines] == [(first, ""), (copy, first)]
    assert (lines[1].copy, lines[1].text_state) == ("Transcript", TextState.FOUND)
    assert [line.id for line in documents.documents_of(kept, about_id=meeting)] == [first, copy]
    assert documents.count(kept, case) == documents.count(kept, about_id=meeting) == 2
    assert kept.draft(Document, copy).values["translator"] == "B. Omar"
    with kept.reading() as session:
        query = sa.select(Document.sha256, Document.kept_at, Document.version).where(Document.id == first)
        assert session.execute(query).one() == before
    with pytest.raises(UserError, match="already"):
        working_copies.write_text(kept, first, WorkingCopy.TRANSCRIPT, "The spoken word", None, "")
    with pytest.raises(UserError, match="still used"):
        kept.delete(Document, first)
    kept.undo()
    assert documents.count(kept, case) == 1


def test_erasing_a_person_takes_the_custody_logs_of_their_documents_along(kept: Store) -> None:
    case = Office_(kept).case("Айгүл Серікқызы")
    with kept.reading() as session:
        person = session.scalars(sa.select(Case.person_id).where(Case.id == case)).one()
    [document] = documents.take_in_content(kept, "notice.txt", NOTICE, {"case_id": case}).new
    copy = working_copies.write_text(kept, document, WorkingCopy.TRANSCRIPT, "words", None, "")
    for each in (document, copy):
        custody_log.note(kept, each, DocumentAct.VIEWED, "for the lawyer of Айгүл")

    erase_person(kept, person)

    with kept.reading() as session:
        assert session.scalars(sa.select(DocumentUse)).all() == []
        assert session.scalars(sa.select(Document)).all() == []


EXECUTABLE = b"MZ\x90\x00" + bytes(60)


@pytest.mark.parametrize(
    ("name", "content", "mime", "said"),
    [
        ("notice.pdf", b"%PDF-1.7\n", "application/pdf", ""),
        ("photo.jpg", b"\xff\xd8\xff\xe0", "image/jpeg", ""),
        ("photo.png", b"\xff\xd8\xff\xe0", "image/jpeg", "ends in .png, but it is a picture"),
        ("photo.jpg", EXECUTABLE, "application/x-msdownload", "It is a program"),
        ("photo.jpg", EXECUTABLE, "application/x-msdownload", "ends in .jpg, but it is a program"),
        ("run.bat", b"@echo off\r\n", "text/x-script", "run commands"),
        ("page.html", b"<html><script>", "text/html", "browser"),
        ("drawing.svg", b"<svg xmlns=''>", "text/html", "browser"),
        ("letter.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage", "macros"),
        ("letter.docx", b"PK\x03\x04..[Content_Types].xml", "application/vnd.openxmlformats", ""),
        ("letter.docm", b"PK\x03\x04..[Content_Types].xml", "application/vnd.ms-office.macro", "macros"),
        (
            "letter.docx",
            b"PK\x03\x04..[Content_Types].xml..vbaProject",
            "application/vnd.ms-office.macro",
            "macros",
        ),
        ("many.zip", b"PK\x03\x04....", "application/zip", "not looked at"),
        ("notes.txt", "сөз".encode("utf-16"), "text/plain", ""),
        ("notes.jpg", b"only words", "text/plain", "ends in .jpg, but it is a text"),
        ("thing.bin", bytes(99), "application/octet-stream", "could not be found out"),
        ("nothing.jpg", b"", "application/x-empty", ""),
        ("talk.mp4", b"\x00\x00\x00\x18ftypisom", "video/mp4", ""),
    ],
)
def test_a_file_is_what_its_first_bytes_say(name: str, content: bytes, mime: str, said: str) -> None:
    kind = file_kinds.kind_of(content, name)

    assert kind.mime == mime
    told = " ".join(file_kinds.warnings_of(kind, name))
    assert said in told
    assert bool(told) is bool(said)
    assert file_kinds.kind_named(mime) is not None


def test_a_misnamed_file_is_warned_of_when_it_is_taken_in(kept: Store, tmp_path: Path) -> None:
    path = tmp_path / "photo.jpg"
    path.write_bytes(EXECUTABLE)

    result = documents.take_in(kept, [path], {})

    assert "It is a program" in result.text()
    line = documents.line_of(kept, result.new[0])
    assert len(line.warnings()) == 2
