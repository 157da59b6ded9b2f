"""The audit log on a real PostgreSQL: only added to, one at a time, by roles that can do nothing else."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy.orm import Session

from casetracker.model.entity import Base
from casetracker.store import meta
from casetracker.store.audit import guard
from casetracker.store.audit.accesses import Access, Noted, rows
from casetracker.store.audit.chaining import Chain, note
from casetracker.store.audit.entries import entries, erasures, heads
from casetracker.store.audit.verifying import verify
from casetracker.store.history import AuditAction, AuditChange
from casetracker.store.store import _now

pytest.importorskip("psycopg")
MISSING = [name for name in ("initdb", "pg_ctl") if not shutil.which(name)]
pytestmark = pytest.mark.skipif(bool(MISSING), reason="needs a PostgreSQL to start")
BOOK = "ab" * 16


def _run(*words: str) -> None:
    """Run a tool of the server, which refuses to be run by root."""
    own = ["runuser", "-u", "postgres", "--"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    subprocess.run([*own, *words], check=True, capture_output=True, timeout=120)


@pytest.fixture(scope="module")
def server() -> Iterator[sa.Engine]:
    """A server of this test's own, behind a socket, with the tables of the log."""
    folder = Path(tempfile.mkdtemp(prefix="ctpg"))
    folder.chmod(0o777)
    data = folder / "data"
    _run("initdb", "-D", str(data), "-U", "office", "--auth=trust", "-E", "UTF8", "--no-sync")
    options = f"-k {folder} -c listen_addresses= -c fsync=off"
    _run("pg_ctl", "-D", str(data), "-w", "-o", options, "-l", str(folder / "log"), "start")
    try:
        engine = sa.create_engine(f"postgresql+psycopg://office@/postgres?host={folder}")
        wanted = (AuditAction.__table__, AuditChange.__table__, entries, heads, erasures)
        tables = [Base.metadata.tables[name] for name in (*guard.GUARDED, "casebook")]
        assert set(wanted) <= set(tables)
        with engine.begin() as connection:
            Base.metadata.create_all(connection, tables=tables)
            meta.write_identity(connection, BOOK)
            guard.put_up(connection)
        yield engine
        engine.dispose()
    finally:
        _run("pg_ctl", "-D", str(data), "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def add(engine: sa.Engine, who: str) -> None:
    with Session(engine) as session:
        said = rows(who, _now(), [Noted(Access.PRINTED, detail="a paper")])
        note(session, Chain(BOOK, who), _now(), said)
        session.commit()


def test_lines_are_added_and_the_chain_is_whole(server: sa.Engine) -> None:
    for who in ("A. Serik", "M. Dauletova"):
        add(server, who)
    with Session(server) as session:
        report = verify(session)
    assert report.breaks == []


@pytest.mark.parametrize("table", guard.GUARDED)
@pytest.mark.parametrize("statement", ["UPDATE {} SET {} = {}", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_not_even_the_owner_changes_or_empties_it(server: sa.Engine, table: str, statement: str) -> None:
    add(server, "A. Serik")
    column = next(iter(Base.metadata.tables[table].primary_key.columns)).name
    with server.connect() as connection:
        if "TRUNCATE" not in statement and not connection.scalar(sa.text(f"SELECT count(*) FROM {table}")):
            pytest.skip("nothing in it to change")
        with pytest.raises(sa.exc.DatabaseError, match="the audit log only grows"):
            connection.execute(sa.text(statement.format(table, column, column)))


def test_a_trigger_that_was_taken_away_or_switched_off_is_missed(server: sa.Engine) -> None:
    with server.connect() as connection:
        assert guard.missing(connection) == []
        guard.take_down(connection)
        assert guard.missing(connection) == sorted(guard.GUARDED)
        guard.put_up(connection)
        assert guard.missing(connection) == []
        connection.execute(sa.text("ALTER TABLE audit_entries DISABLE TRIGGER USER"))
        assert guard.missing(connection) == ["audit_entries"]
        connection.rollback()


def test_many_at_once_make_one_chain(server: sa.Engine) -> None:
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda n: add(server, f"user {n % 4}"), range(60)))
    with Session(server) as session:
        assert verify(session).breaks == []
        assert session.scalar(sa.select(sa.func.count()).select_from(entries)) >= 60


def test_a_role_that_may_only_add_can_do_nothing_else(server: sa.Engine) -> None:
    with server.begin() as connection:
        connection.execute(sa.text("CREATE ROLE worker LOGIN"))
        for table in guard.GUARDED:
            connection.execute(sa.text(f"GRANT SELECT, INSERT ON {table} TO worker"))
        connection.execute(sa.text("GRANT SELECT ON casebook TO worker"))
        connection.execute(sa.text("GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO worker"))
    worker = sa.create_engine(server.url.set(username="worker"))
    add(worker, "worker")
    for statement in (
        "UPDATE audit_accesses SET who = 'somebody'",
        "DELETE FROM audit_accesses",
        "TRUNCATE audit_accesses",
        "DROP TRIGGER keep_audit_accesses_update ON audit_accesses",
        "ALTER TABLE audit_accesses DISABLE TRIGGER ALL",
        "SET session_replication_role = replica",
        "DROP TABLE audit_heads",
    ):
        with (
            worker.connect() as connection,
            pytest.raises(sa.exc.DatabaseError, match=r"permission denied|owner"),
        ):
            connection.execute(sa.text(statement))
    worker.dispose()


def test_the_guard_of_the_migration_works_too(server: sa.Engine) -> None:
    """It is written out there, because a migration does not follow the program's changes."""
    import importlib

    migration = importlib.import_module("casetracker.store.migrations.versions.0018_audit_chain")
    with server.connect() as connection:
        connection.execute(sa.text("CREATE TABLE plain (id int)"))
        connection.execute(sa.text("INSERT INTO plain VALUES (1)"))
        with Operations.context(MigrationContext.configure(connection)):
            for deed in ("update", "delete"):
                migration._guard("plain", deed)
        for statement in ("UPDATE plain SET id = 2", "DELETE FROM plain"):
            with pytest.raises(sa.exc.DatabaseError, match="only grows"), connection.begin_nested():
                connection.execute(sa.text(statement))
        connection.rollback()
