"""Whatever the role: openings, papers, views of what is kept closely stand in the log; nothing else can."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from casetracker.model import Case, Document
from casetracker.model.confidentiality import Audience, Confidentiality
from casetracker.model.people.user import Role
from casetracker.model.sources.document import DocumentAct
from casetracker.reports import make, report_named
from casetracker.store import custody_log, documents
from casetracker.store.access import Access
from casetracker.store.audit import reading
from casetracker.store.audit.entries import Op
from casetracker.store.audit.reading import Wanted
from casetracker.store.audit.verifying import verify
from casetracker.store.casebook import create_casebook, open_casebook
from casetracker.store.engine import open_log
from casetracker.store.opening import store_of
from casetracker.store.store import Store
from tests.conftest import TODAY, Office_
from tests.store.sample import CHEAP, LOOSE, PASSPHRASE

Sign = Callable[[Role], Store]
AS = "M. Dauletova"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[tuple[Access, dict[str, str]]]:
    """A casebook with a plain case, one that is kept closely, and a document of the first."""
    casebook, _ = create_casebook(
        tmp_path / "office", PASSPHRASE, "A. Serik", kdf=CHEAP, bounds=LOOSE, recovery=False
    )
    store = store_of(casebook, today=lambda: TODAY)
    write = Office_(store)
    public = int(Confidentiality.PUBLIC)
    held = {"plain": write.case("Ерлан", confidentiality=public)}
    held["closely"] = write.case("Сара", confidentiality=int(Confidentiality.RESTRICTED))
    (tmp_path / "paper.txt").write_text("a letter", "utf-8")
    held["document"] = documents.take_in(store, [tmp_path / "paper.txt"], {}).new[0]
    held["family"] = store.draft(Case, held["plain"]).values["family_id"]
    with casebook:
        yield Access(casebook, store, kdf=CHEAP), held


@pytest.fixture
def sign(office: tuple[Access, dict[str, str]]) -> Iterator[Sign]:
    """Sign in with a role, while the administrator has the casebook open."""
    access, held = office
    opened = []

    def one(role: Role) -> Store:
        families = [held["family"]] if role is Role.REPRESENTATIVE else []
        words = access.add(AS, role, families)
        book = open_casebook(access.casebook.folder, words, bounds=LOOSE)
        opened.append(book)
        return store_of(book, today=lambda: TODAY)

    yield one
    for book in opened:
        book.close()


def noted(store: Store) -> list[str]:
    """What the log says that the user did without changing a record, the oldest first."""
    return [line.label for line in reading.of_office(store, Wanted(who=AS, kind=Op.ACCESS))][::-1]


@pytest.mark.parametrize("role", Role)
def test_what_each_role_looks_at_stands_in_the_log(
    office: tuple[Access, dict[str, str]], sign: Sign, role: Role, tmp_path: Path
) -> None:
    access, held = office
    store = sign(role)
    for _ in range(2):
        store.viewed(Case, held["closely"])
        store.viewed(Case, held["plain"])
    make.make(store, make.Wanted(report_named("chronicle"), Audience.INTERNAL), tmp_path / "list.pdf")
    custody_log.note(store, held["document"], DocumentAct.VIEWED)

    seen = (
        [] if role is Role.REPRESENTATIVE else ["Looked at a restricted record"]
    )  # for them it is not there
    said = noted(access.store)

    assert said[0] == "Opened the casebook"
    assert [label for label in said if "restricted" in label] == seen
    assert [label for label in said if label.startswith("Made a paper")], said
    log = custody_log.log_of(access.store, held["document"])
    assert [(line.who, line.act) for line in log if line.act] == [(AS, DocumentAct.VIEWED)]
    assert log[-1].act is DocumentAct.VIEWED
    with access.store.reading() as session:
        report = verify(session)
    assert report.breaks == []


@pytest.mark.parametrize("role", [Role.READ_ONLY, Role.REPRESENTATIVE])
def test_the_log_is_all_that_who_only_reads_can_write(
    office: tuple[Access, dict[str, str]], sign: Sign, role: Role
) -> None:
    access, _ = office
    store = sign(role)
    assert store._log is not None
    tried = (
        "INSERT INTO persons (id, version, confidentiality) VALUES ('x', 1, 1)",
        "UPDATE audit_accesses SET who = 'somebody'",
        "DELETE FROM audit_entries",
        "INSERT INTO audit_actions (id, at, who, label, kind) VALUES ('x', '2021', 'x', 'x', 'EDIT')",
        "SELECT id FROM persons",
        "SELECT label FROM audit_actions",
        "CREATE TEMP VIEW v AS SELECT * FROM persons",
        "PRAGMA rekey = 'x'",
    )
    for statement in tried:
        with store._log() as session, pytest.raises(sa.exc.DatabaseError, match=r"not authorized|prohibited"):
            session.execute(sa.text(statement))
    with access.store.reading() as session:
        assert verify(session).breaks == []


def test_a_view_goes_on_while_somebody_else_is_writing(
    office: tuple[Access, dict[str, str]], sign: Sign, monkeypatch: pytest.MonkeyPatch
) -> None:
    access, held = office
    monkeypatch.setattr("casetracker.store.engine.WAIT", 0.05)
    store = sign(Role.READ_ONLY)
    with access.store.logging() as (session, _):
        session.execute(sa.text("SELECT 1"))  # this transaction may write, so no other
        store.viewed(Case, held["closely"])  # no line, and no error either
    assert "Looked at a restricted record" not in noted(access.store)
    store.viewed(Case, held["closely"])
    assert "Looked at a restricted record" in noted(access.store)


@pytest.mark.skipif(sys.platform == "win32", reason="rights of POSIX")
def test_on_a_medium_that_cannot_be_written_nothing_is_noted_and_nothing_fails(
    office: tuple[Access, dict[str, str]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    access, held = office
    access.casebook.close()
    folder = Path(shutil.copytree(access.casebook.folder, tmp_path / "stick.casebook"))
    real = os.access
    monkeypatch.setattr(os, "access", lambda path, how: how != os.W_OK and real(path, how))
    with open_casebook(folder, PASSPHRASE, bounds=LOOSE) as book:
        store = store_of(book)
        assert store.read_only
        assert not store.notes
        store.viewed(Case, held["closely"])
        assert custody_log.note(store, held["document"], DocumentAct.VIEWED) is False


def test_the_connection_of_the_log_opens_with_the_key_only_for_it(
    office: tuple[Access, dict[str, str]],
) -> None:
    access, _ = office
    engine = open_log(access.casebook.folder / "records.db", access.casebook.key)
    with engine.connect() as connection, pytest.raises(sa.exc.DatabaseError):
        connection.execute(sa.select(Document.id)).all()
