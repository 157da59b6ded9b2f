"""A new casebook from what can be read of a damaged one, with a list of what could not."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casetracker.errors import Damaged, UserError
from casetracker.i18n import N_, ntr, tr
from casetracker.jobs import Progress, Silent
from casetracker.model import BY_NAME, Document
from casetracker.store import derived, found_texts, keyfile, meta, name_keys, place_codes, reply_days, upgrade
from casetracker.store.audit import guard
from casetracker.store.backups.looking import differs
from casetracker.store.backups.making import copy_file
from casetracker.store.backups.manifest import KeptFile
from casetracker.store.casebook import casebook_folder, folder_of
from casetracker.store.checks import RECORDS
from casetracker.store.durable import sync_file, sync_folder, write_file
from casetracker.store.engine import open_unguarded, user_errors
from casetracker.store.evidence import FOLDER
from casetracker.store.keyslots import Bounds, DataKey
from casetracker.store.rescue.history import bring_back, complete_halves
from casetracker.store.rescue.pages import Pages, read_pages
from casetracker.store.rescue.tables import Found, Table, read_tables

REPORT = "rescue.txt"
_LOG = ("audit_actions", "audit_changes")


@dataclass
class Rescue:
    """What came of it: the new casebook, how many rows were read, and each loss in a sentence."""

    folder: Path
    rows: int = 0
    back: int = 0  # records that were brought back from the history
    lost: list[str] = field(default_factory=list)

    def text(self) -> str:
        """Say all of it; it names kinds and numbers, no values."""
        said = [tr(N_("Made {name}."), name=self.folder.name)]
        said.append(ntr("{n} row was read.", "{n} rows were read.", self.rows))
        if self.back:
            said.append(
                ntr(
                    "{n} record was brought back from the history.",
                    "{n} records were brought back from the history.",
                    self.back,
                )
            )
        said += self.lost or [tr(N_("Nothing is missing."))]
        return "\n".join(said)


def rescue(
    path: Path, secret: str, target: Path, progress: Progress | None = None, bounds: Bounds | None = None
) -> Rescue:
    """Save what can be read of a casebook into a new one; the damaged one is only read.

    Raises WrongPassphrase, NotACasebook, Damaged where nothing at all can be read, Cancelled; nothing
    half-made stays.
    """
    report, target = progress or Silent(), casebook_folder(target)
    if os.path.lexists(target):
        raise UserError(
            tr(N_("There is something called {name} already; choose another name."), name=target.name)
        )
    folder = folder_of(path)
    keys, opened = keyfile.unlock(folder, secret, bounds)
    with user_errors():
        pages = read_pages(folder / RECORDS, opened.key)
        found = read_tables(pages)
        if not any(table.rows for table in found.tables.values()):
            raise Damaged(tr(N_("Nothing could be read of the records; bring back the newest backup.")))
        part = Path(tempfile.mkdtemp(prefix=f".{target.name}-", suffix=".part", dir=target.parent))
        try:
            saved = Rescue(target, lost=list(_losses(pages, found)))
            _write_records(part / RECORDS, opened.key, keys.casebook, found, saved, report)
            keyfile.write(part, keys)
            _copy_evidence(folder, part, opened.key, saved, report)
            write_file(part / REPORT, saved.text().encode())
            part.rename(target)
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise
        sync_folder(target.parent)
    return saved


# What is lost


def _losses(pages: Pages, found: Found) -> Iterator[str]:
    """Say which pages could not be read and what lay in them, where that can be known."""
    if found.schema:
        yield tr(N_("The list of tables was damaged (page {pages})."), pages=_numbers(found.schema))
    of_tables: set[int] = set(found.schema)
    for table in found.tables.values():
        if table.bad:
            said = N_("Page {pages}: a part of “{what}” could not be read.")
            yield tr(said, pages=_numbers(table.bad), what=_called(table.name))
        if table.cut:
            said_n = ntr(
                "{n} row of “{what}” is cut off by a page that could not be read.",
                "{n} rows of “{what}” are cut off by a page that could not be read.",
                table.cut,
                what=_called(table.name),
            )
            yield said_n
        of_tables |= set(table.bad)
    if found.lost_leaves:
        said = N_("Page {pages}: can be read, but nobody can say of what.")
        yield tr(said, pages=_numbers(found.lost_leaves))
    if rest := [number for number in pages.bad if number not in of_tables]:
        said = N_("Page {pages}: of an index, of a long text or free; an index is worked out anew.")
        yield tr(said, pages=_numbers(rest))


def _numbers(pages: list[int]) -> str:
    shown = ", ".join(str(number) for number in sorted(pages)[:20])
    return f"{shown}, …" if len(pages) > 20 else shown


def _called(table: str) -> str:
    for entity in BY_NAME.values():
        if entity.__tablename__ == table:
            return tr(entity.plural)
    return table


# The new records


def _write_records(
    path: Path, key: DataKey, casebook: str, found: Found, saved: Rescue, progress: Progress
) -> None:
    """Make tables as they were, fill them, bring them up to date, and let everything agree again."""
    revision = _revision(found)
    upgrade.create_tables(path, key, lambda c: _fill(c, casebook, found, saved, progress), revision=revision)
    copy = upgrade.upgrade(path, key)
    if copy is not None:
        copy.unlink()  # the damaged casebook is still there
    engine = open_unguarded(path, key)
    try:
        with engine.begin() as connection:
            guard.take_down(connection)
            back = bring_back(connection)
            saved.back = back.total()
            _agree(connection, saved)
            guard.put_up(connection)
            name_keys.rebuild(connection)
            found_texts.rebuild(connection)
            with Session(connection) as session:
                derived.rebuild(session)
                place_codes.rebuild(session)
                reply_days.rebuild(session)
                session.flush()
    finally:
        engine.dispose()
    upgrade.fold(path, key)
    upgrade.verify_copy(path, key)
    sync_file(path)


def _revision(found: Found) -> str:
    """Return the revision that the damaged file says, or that of today."""
    known = upgrade.revisions()
    table = found.tables.get("alembic_version")
    said = [row.get("version_num") for row in table.rows] if table else []
    return str(said[0]) if said and said[0] in known else known[0]


def _fill(connection: sa.Connection, casebook: str, found: Found, saved: Rescue, progress: Progress) -> None:
    """Write the rows that were read; what the tables do not take is said."""
    there = set(sa.inspect(connection).get_table_names())
    for number, table in enumerate(found.tables.values()):
        progress.step(number, len(found.tables), _called(table.name))
        if table.name in there and table.name != "alembic_version":
            refused = _write_rows(connection, table)
            saved.rows += len(table.rows) - refused
            if refused:
                saved.lost.append(
                    ntr("{n} row of “{what}” does not fit.", "{n} rows of “{what}” do not fit.", refused,
                        what=_called(table.name))
                )  # fmt: skip
    ids = connection.execute(sa.select(meta.casebook_table.c.casebook_id)).scalars().all()
    if list(ids) != [casebook]:
        connection.execute(meta.casebook_table.delete())
        meta.write_identity(connection, casebook)
        saved.lost.append(tr(N_("Codes on papers that were given out can no longer be compared.")))
    if _revision(found) != upgrade.revisions()[0]:  # it must agree before it is brought up to date
        guarded = guard.GUARDED[-1] in there
        if guarded:
            guard.take_down(connection)
        _mend_references(connection, saved)
        if guarded:
            guard.put_up(connection)


def _write_rows(connection: sa.Connection, table: Table) -> int:
    known = {row[1] for row in connection.exec_driver_sql(f'PRAGMA table_info("{table.name}")')}
    refused = 0
    for row in table.rows:
        names = [name for name in row if name in known]
        marks, columns = ", ".join("?" for _ in names), ", ".join(f'"{name}"' for name in names)
        statement = f'INSERT OR REPLACE INTO "{table.name}" ({columns}) VALUES ({marks})'  # noqa: S608
        try:
            connection.exec_driver_sql(statement, tuple(row[name] for name in names))
        except sa.exc.IntegrityError:
            refused += 1
    return refused


def _mend_references(connection: sa.Connection, saved: Rescue) -> None:
    """Let go of references to rows that are lost; a row that cannot be without one goes too, and is said."""
    gone: Counter[str] = Counter()
    for _ in range(20):  # what goes may leave others without what they need
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        if not broken:
            break
        for table, rowid, _parent, number in broken:
            if not _let_go(connection, table, rowid, number):
                gone[table] += 1
    for table, count in gone.items():
        saved.lost.append(
            ntr("{n} row of “{what}” belonged to a row that is lost.",
                "{n} rows of “{what}” belonged to rows that are lost.", count, what=_called(table))
        )  # fmt: skip


def _agree(connection: sa.Connection, saved: Rescue) -> None:
    """See that no reference and no half of a record is left over; one mending may ask for the other."""
    halves: Counter[str] = Counter()
    for _ in range(5):
        _mend_references(connection, saved)
        gone = complete_halves(connection)
        halves += gone
        if not gone and connection.exec_driver_sql("PRAGMA foreign_key_check").first() is None:
            break
    for name, count in halves.items():
        what = tr(BY_NAME[name].plural)
        saved.lost.append(
            ntr("{n} half of “{what}” went too.", "{n} halves of “{what}” went too.", count, what=what)
        )


def _let_go(connection: sa.Connection, table: str, rowid: Any, number: int) -> bool:
    """Empty a reference; where the column needs one, remove the row and return False."""
    keys = connection.exec_driver_sql(f'PRAGMA foreign_key_list("{table}")').fetchall()
    columns = [key[3] for key in keys if key[0] == number]
    needed = {
        row[1] for row in connection.exec_driver_sql(f'PRAGMA table_info("{table}")') if row[3] or row[5]
    }
    if columns and needed.isdisjoint(columns):
        emptied = ", ".join(f'"{column}" = NULL' for column in columns)
        connection.exec_driver_sql(f'UPDATE "{table}" SET {emptied} WHERE rowid = ?', (rowid,))  # noqa: S608
        return True
    connection.exec_driver_sql(f'DELETE FROM "{table}" WHERE rowid = ?', (rowid,))  # noqa: S608
    return False


# The documents


def _copy_evidence(folder: Path, part: Path, key: DataKey, saved: Rescue, progress: Progress) -> None:
    """Copy the sealed files that are what was put in, and say which are not."""
    engine = open_unguarded(part / RECORDS, key)
    try:
        with engine.connect() as connection:
            query = sa.select(Document.kept_at, Document.sealed_sha256).where(Document.kept_at.is_not(None))
            rows = connection.execute(query.order_by(Document.kept_at)).all()
            named = {str(row[0]): str(row[1]) for row in rows}
    finally:
        engine.dispose()
    upgrade.fold(part / RECORDS, key)
    bad = 0
    for number, (place, sha256) in enumerate(named.items()):
        progress.step(number, len(named), tr(N_("Documents")))
        source = folder / FOLDER / place
        size = source.stat().st_size if source.exists() else 0
        if differs(source, KeptFile(place, size, sha256), progress):
            bad += 1
        else:
            copy_file(source, part / FOLDER / place, progress)
    if bad:
        said = ntr("{n} document is missing or damaged.", "{n} documents are missing or damaged.", bad)
        saved.lost.append(said)
