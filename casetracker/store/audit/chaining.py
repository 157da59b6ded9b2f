"""Binding new lines of the log to the chain, in the transaction that writes them."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casetracker.store import meta
from casetracker.store.audit.accesses import accesses
from casetracker.store.audit.device import Device
from casetracker.store.audit.entries import (
    SALT_BYTES,
    Entry,
    Op,
    entries,
    genesis,
    hashed,
    hashed_text,
    heads,
)
from casetracker.store.history import AuditAction, AuditChange
from casetracker.store.many import insert_many

EVERY = 100  # entries, after which a head is signed
_ONE_AT_A_TIME = 0x6374_6175  # any number that nothing else locks: who adds to the chain waits
_EPOCH = dt.datetime(2020, 1, 1, tzinfo=dt.UTC).replace(tzinfo=None)


@dataclass(frozen=True)
class Line:
    """A line of the log that is to be bound: what it is, and what stood before and after."""

    op: Op
    entity: str = ""
    record_id: str = ""
    row_version: int | None = None
    before: Any = None
    after: Any = None
    of_row: int | None = None
    written: bytes = b""  # `after` in its canonical form, where that was made already


@dataclass(frozen=True)
class Head:
    """The newest entry of a chain."""

    seq: int
    link: bytes
    tick: int = 0


def head(session: Session, casebook: str) -> Head:
    """Return the newest entry; the beginning of the chain where there is none."""
    if session.get_bind().dialect.name == "postgresql":  # in SQLite a transaction that writes is alone
        session.execute(sa.select(sa.func.pg_advisory_xact_lock(_ONE_AT_A_TIME)))
    query = sa.select(entries.c.seq, entries.c.link, entries.c.tick).order_by(entries.c.seq.desc()).limit(1)
    row = session.execute(query).first()
    return Head(row.seq, bytes.fromhex(row.link), row.tick) if row else Head(0, genesis(casebook))


def tick_after(last: Head, at: dt.datetime) -> int:
    """Return the tick of what happens now: the clock, but never less than what was written before."""
    return max(last.tick + 1, round((at - _EPOCH).total_seconds()))


@dataclass
class Chain:
    """The chain of one casebook, as the user of this computer adds to it."""

    casebook: str
    who: str
    device: Device | None = None

    @classmethod
    def of(cls, session: Session, who: str, device: Device | None) -> Chain:
        """Return the chain of the casebook that this session reads."""
        return cls(meta.read_identity(session.connection()), who, device)

    def add(self, session: Session, at: dt.datetime, lines: Iterable[Line]) -> Head:
        """Bind lines to the chain in this transaction, and sign the head where it is time to."""
        binding = self.begin(session, at)
        binding.add(lines)
        return binding.end()

    def begin(self, session: Session, at: dt.datetime) -> Binding:
        """Begin to bind the lines of one action, which may come a part at a time."""
        start = head(session, self.casebook)
        device = self.device.id if self.device else ""
        blank = Entry(0, device, self.who, at, tick_after(start, at), "")
        return Binding(self, session, blank, start, start)

    def append(self, session: Session, last: Head, lines: Iterable[tuple[Entry, Line]]) -> Head:
        """Bind lines after this head; return the new one. Each comes with who, when and where it was."""
        rows = []
        for blank, line in lines:
            row, last = self._bound(blank, line, last)
            rows.append(row)
        insert_many(session.connection(), entries, rows)
        return last

    def _bound(self, blank: Entry, line: Line, last: Head) -> tuple[dict[str, Any], Head]:
        salt = secrets.token_hex(SALT_BYTES)
        after = hashed_text(salt, "after", line.written) if line.written else None
        entry = Entry(
            last.seq + 1,
            blank.device,
            blank.actor,
            blank.at,
            blank.tick,
            line.op.name,
            line.entity,
            line.record_id,
            line.row_version,
            hashed(salt, "before", line.before),
            after or hashed(salt, "after", line.after),
            line.of_row,
            blank.carried,
        )
        link = entry.link(self.casebook, last.link)
        return vars(entry) | {"salt": salt, "link": link.hex()}, Head(entry.seq, link, entry.tick)

    def sign(self, session: Session, now: Head, at: dt.datetime) -> None:
        """Sign a head with the key of this computer, if it has one."""
        if self.device is None or not now.seq:
            return
        link = now.link.hex()
        told = {"seq": now.seq, "link": link, "at": at, "device_key": self.device.public}
        told["signature"] = self.device.sign(self.casebook, now.seq, link)
        session.execute(sa.insert(heads).values(told))

    def seen(self, session: Session) -> bool:
        """Whether this computer is in the chain already."""
        if self.device is None:
            return True
        known = sa.select(entries.c.seq).where(
            entries.c.op == Op.DEVICE.name, entries.c.record_id == self.device.id
        )
        return session.execute(known.limit(1)).first() is not None


@dataclass
class Binding:
    """The lines of one action on their way into the chain, a part at a time, in one transaction."""

    chain: Chain
    session: Session
    blank: Entry
    start: Head
    now: Head

    def add(self, lines: Iterable[Line]) -> None:
        """Bind these lines after those before."""
        self.now = self.chain.append(self.session, self.now, ((self.blank, line) for line in lines))

    def end(self) -> Head:
        """Sign the head where it is time to, and return it."""
        if self.now.seq // EVERY > self.start.seq // EVERY:
            self.chain.sign(self.session, self.now, self.blank.at)
        return self.now


def action_line(action: AuditAction) -> Line:
    """Return the line of an action; its changes follow it."""
    return Line(Op.ACTION, action.kind.name, action.id, after=told_by(action), of_row=action.number)


def told_by(action: AuditAction) -> dict[str, Any]:
    """Return what an action says of itself, as it is hashed."""
    return {"label": action.label, "kind": action.kind.name, "of": action.of_id, "who": action.who}


def change_line(change: AuditChange, row_version: int | None = None) -> Line:
    """Return the line of a changed record."""
    op = Op.ADDED if change.before is None else Op.DELETED if change.after is None else Op.CHANGED
    told = (change.before, change.after, change.number)
    return Line(op, change.entity, change.record_id, row_version, *told, getattr(change, "written", b""))


def access_line(row: dict[str, Any]) -> Line:
    """Return the line of an access."""
    told = {name: row[name] for name in ("who", "what", "detail")}
    return Line(Op.ACCESS, row["entity"], row["record_id"], after=told, of_row=row["number"])


def lines_of(session: Session, action: AuditAction, changes: Sequence[AuditChange]) -> list[Line]:
    """Return the lines of an action. What was written to the log past the session's flushes comes along."""
    count = sa.select(sa.func.count()).where(AuditChange.action_id == action.id)
    if session.scalar(count) != len(changes):
        of_it = sa.select(AuditChange).where(AuditChange.action_id == action.id)
        changes = session.scalars(of_it.order_by(AuditChange.number)).all()
    return [action_line(action), *(change_line(c, getattr(c, "row_version", None)) for c in changes)]


def note(session: Session, chain: Chain, at: dt.datetime, rows: Sequence[dict[str, Any]]) -> None:
    """Write rows into the log of accesses and bind them."""
    lines = []
    for row in rows:
        made = session.execute(sa.insert(accesses).values(row).returning(accesses.c.number))
        lines.append(access_line({**row, "number": made.scalar_one()}))
    chain.add(session, at, lines)
