"""Attacks on the audit log by somebody who has the key of the casebook, but not that of the computer."""

from __future__ import annotations

import random
from collections.abc import Callable

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casetracker.store.audit import guard
from casetracker.store.audit.entries import entries, entry_of, genesis, heads
from casetracker.store.history import AuditChange

Attack = Callable[[Session, random.Random, str, int], None]


def _rows(session: Session, since: int) -> list[dict[str, object]]:
    query = sa.select(entries).where(entries.c.seq >= since).order_by(entries.c.seq)
    return [dict(row._mapping) for row in session.execute(query)]


def rehash(session: Session, casebook: str, since: int) -> None:
    """Work out every link anew from this entry on, and number the entries without a gap."""
    before = sa.select(entries.c.link).where(entries.c.seq < since).order_by(entries.c.seq.desc()).limit(1)
    stored = session.scalar(before)
    last = bytes.fromhex(stored) if stored else genesis(casebook)
    rows = _rows(session, since)
    session.execute(sa.delete(entries).where(entries.c.seq >= since))
    for seq, row in enumerate(rows, since):
        row["seq"] = seq
        last = entry_of(row).link(casebook, last)
        row["link"] = last.hex()
    if rows:
        session.execute(sa.insert(entries), rows)


def _set(session: Session, at: int, /, **values: object) -> None:
    session.execute(sa.update(entries).where(entries.c.seq == at).values(values))


def edit(session: Session, chance: random.Random, casebook: str, seq: int) -> None:
    """Say that somebody else did it."""
    _set(session, seq, actor="X")


def edit_and_rehash(session: Session, chance: random.Random, casebook: str, seq: int) -> None:
    edit(session, chance, casebook, seq)
    rehash(session, casebook, seq)


def delete(session: Session, chance: random.Random, casebook: str, seq: int) -> None:
    session.execute(sa.delete(entries).where(entries.c.seq == seq))


def insert(session: Session, chance: random.Random, casebook: str, seq: int) -> None:
    """Put an entry between two others, and move those after it up by one."""
    rows = _rows(session, seq)
    session.execute(sa.delete(entries).where(entries.c.seq >= seq))
    moved = [{**rows[0]}] + [{**row, "seq": seq + 1 + place} for place, row in enumerate(rows)]
    session.execute(sa.insert(entries), moved)


def swap(session: Session, chance: random.Random, casebook: str, seq: int) -> None:
    _set(session, seq, seq=-1)
    _set(session, seq + 1, seq=seq)
    _set(session, -1, seq=seq + 1)


def cut_tail(session: Session, chance: random.Random, casebook: str, seq: int) -> None:
    session.execute(sa.delete(entries).where(entries.c.seq >= seq))


def cut_tail_and_heads(session: Session, chance: random.Random, casebook: str, seq: int) -> None:
    """Put the log back to an earlier day, with all that belongs to it."""
    rows = _rows(session, seq)
    session.execute(sa.delete(heads).where(heads.c.seq >= seq))
    for table, ops in (("audit_changes", ("ADDED", "CHANGED", "DELETED")), ("audit_actions", ("ACTION",))):
        numbers = [row["of_row"] for row in rows if row["op"] in ops]
        place = sa.table(table, sa.column("number"))
        session.execute(sa.delete(place).where(place.c.number.in_(numbers)))
    cut_tail(session, chance, casebook, seq)


def fork(session: Session, chance: random.Random, casebook: str, seq: int) -> None:
    """Change an entry, work out all links after it anew, and drop the signed heads that would tell."""
    edit_and_rehash(session, chance, casebook, seq)
    session.execute(sa.delete(heads).where(heads.c.seq >= seq))


def change_value(session: Session, chance: random.Random, casebook: str, seq: int) -> None:
    """Let the log tell another value than was written."""
    numbers = session.scalars(sa.select(AuditChange.number)).all()
    session.execute(
        sa.update(AuditChange).where(AuditChange.number == chance.choice(numbers)).values(after={"x": "1"})
    )


def take_salt(session: Session, chance: random.Random, casebook: str, seq: int) -> None:
    _set(session, seq, salt=None)


ATTACKS: dict[str, Attack] = {
    each.__name__: each
    for each in (
        *(edit, edit_and_rehash, delete, insert, swap, cut_tail),
        *(cut_tail_and_heads, fork, change_value, take_salt),
    )
}
ONLY_WITH_A_CODE = {"cut_tail_and_heads"}


def attack(session: Session, name: str, chance: random.Random, casebook: str, length: int) -> int:
    """Tamper once, with the guard taken down for it; return the entry where it was done."""
    guard.take_down(session)
    seq = chance.randrange(5, length - 5)
    ATTACKS[name](session, chance, casebook, seq)
    guard.put_up(session)
    return seq
