"""Whether the chain holds: its links, the lines that it binds, its signed heads; and what it cannot tell."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casetracker.i18n import N_, ntr, tr
from casetracker.store import meta
from casetracker.store.audit import guard
from casetracker.store.audit.accesses import accesses
from casetracker.store.audit.chaining import EVERY, access_line, told_by
from casetracker.store.audit.device import device_id, signed
from casetracker.store.audit.entries import Op, entries, entry_of, erasures, genesis, hashed, heads
from casetracker.store.history import AuditAction, AuditChange

_CHANGES = {Op.ADDED.name, Op.CHANGED.name, Op.DELETED.name}
_SET_BACK = dt.timedelta(minutes=2)

Row = dict[str, Any]


@dataclass(frozen=True)
class Break:
    """Where the chain does not hold: at which entry (0 for the log as a whole), and why."""

    seq: int
    what: str


@dataclass
class ChainReport:
    """What was found about the chain; `links` are those that the file holds, by their entry."""

    casebook: str
    length: int = 0
    breaks: list[Break] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    links: dict[int, str] = field(default_factory=dict)
    signed_to: int = 0

    @property
    def first_break(self) -> Break | None:
        """The break nearest to the beginning; one of the log as a whole where there is no other."""
        return min(self.breaks, key=lambda b: (b.seq == 0, b.seq), default=None)


def verify(session: Session) -> ChainReport:
    """Go through the whole chain; changes nothing."""
    report = ChainReport(meta.read_identity(session.connection()))
    rows = [dict(row._mapping) for row in session.execute(sa.select(entries).order_by(entries.c.seq))]  # noqa: SLF001
    report.breaks += _links(report, rows)
    report.breaks += _Content(session, rows).breaks()
    report.breaks += _heads(session, report, rows)
    report.breaks += [
        Break(0, tr(N_("The guard over the table {table} is gone: its lines could be changed."), table=t))
        for t in guard.missing(session)
    ]
    report.notes += _clock(rows)
    return report


def cannot_know() -> list[str]:
    """Say what no look at the file alone can tell."""
    return [
        tr(
            N_(
                "Without a code from outside the casebook nobody can tell whether the newest part of the "
                "log was cut off or written anew, or an older copy of the casebook put in its place. "
                "Compare it with a code on paper."
            )
        ),
        tr(
            N_(
                "What somebody changed who knew a passphrase and used this program looks like any other "
                "change: it stands in the log under the name of that passphrase."
            )
        ),
    ]


def _links(report: ChainReport, rows: list[Row]) -> Iterator[Break]:
    last = genesis(report.casebook)
    for number, row in enumerate(rows, 1):
        link = entry_of(row).link(report.casebook, last)
        if row["seq"] != number and (number == 1 or rows[number - 2]["seq"] != row["seq"] - 1):
            yield Break(row["seq"], tr(N_("Entries before this one are missing.")))
        elif row["link"] != link.hex():
            yield Break(row["seq"], tr(N_("This entry, or the one before it, was changed.")))
        last = bytes.fromhex(row["link"])
        report.links[row["seq"]] = row["link"]
    report.length = rows[-1]["seq"] if rows else 0


class _Content:
    """The lines of the log against the entries that bind them."""

    def __init__(self, session: Session, rows: list[Row]) -> None:
        self._session, self._rows = session, rows
        self._erased: set[int] = set()

    def breaks(self) -> Iterator[Break]:
        """Yield the entries whose lines are not what was bound, and lines that nothing binds."""
        yield from self._erasures()
        lines = {**self._actions(), **self._changes(), **self._accesses()}
        bound = set()
        for row in self._rows:
            if row["of_row"] is None or row["op"] == Op.ERASED.name:
                continue
            key = (_sort(row["op"]), row["of_row"])
            bound.add(key)
            if key not in lines:
                yield Break(row["seq"], tr(N_("The line of the log that this entry binds is gone.")))
            elif what := self._wrong(row, lines[key]):
                yield Break(row["seq"], what)
        for sort, number in sorted(lines.keys() - bound):
            yield Break(
                0,
                tr(N_("Line {number} of the log ({sort}) was not written by the program."),
                   number=number, sort=sort),
            )  # fmt: skip

    def _wrong(self, row: Row, line: Row) -> str:
        if row["salt"] is None:
            gone = row["seq"] in self._erased
            return "" if gone else tr(N_("The salt of this entry was taken away, and no erasure says so."))
        same = all(row[name] == line[name] for name in ("entity", "record_id", "at", "actor"))
        told = (hashed(row["salt"], side, line[side]) for side in ("before", "after"))
        if not same or (row["before_hash"], row["after_hash"]) != tuple(told):
            return tr(N_("What the log says here was changed after it was written."))
        return ""

    def _erasures(self) -> Iterator[Break]:
        told = {
            row.number: row._mapping  # noqa: SLF001
            for row in self._session.execute(sa.select(erasures))
        }
        for row in self._rows:
            if row["op"] != Op.ERASED.name:
                continue
            erasure = told.pop(row["of_row"], None)
            if erasure is None or row["after_hash"] != hashed(row["salt"], "after", erasure["seqs"]):
                yield Break(row["seq"], tr(N_("What this erasure took away is no longer what it says.")))
            else:
                self._erased |= set(erasure["seqs"])
        for number in told:
            yield Break(0, tr(N_("Erasure {number} was not written by the program."), number=number))

    def _actions(self) -> dict[tuple[str, int], Row]:
        return {
            ("action", a.number): {
                "entity": a.kind.name,
                "record_id": a.id,
                "at": a.at,
                "actor": a.who,
                "before": None,
                "after": told_by(a),
            }
            for a in self._session.scalars(sa.select(AuditAction))
        }

    def _changes(self) -> dict[tuple[str, int], Row]:
        who = {a.id: a for a in self._session.scalars(sa.select(AuditAction))}
        return {
            ("change", c.number): {
                "entity": c.entity,
                "record_id": c.record_id,
                "before": c.before,
                "after": c.after,
                "at": who[c.action_id].at,
                "actor": who[c.action_id].who,
            }
            for c in self._session.scalars(sa.select(AuditChange))
            if c.action_id in who
        }

    def _accesses(self) -> dict[tuple[str, int], Row]:
        return {
            ("access", row.number): {
                "entity": row.entity,
                "record_id": row.record_id,
                "at": row.at,
                "actor": row.who,
                "before": None,
                "after": access_line(dict(row._mapping)).after,  # noqa: SLF001
            }
            for row in self._session.execute(sa.select(accesses))
        }


def _sort(op: str) -> str:
    return "change" if op in _CHANGES else op.lower()


def _heads(session: Session, report: ChainReport, rows: list[Row]) -> Iterator[Break]:
    """Check the signed heads, and that there is one wherever the program would have made one."""
    introduced = {row["record_id"] for row in rows if row["op"] == Op.DEVICE.name}
    there = set()
    for head in session.execute(sa.select(heads).order_by(heads.c.seq)):
        there.add(head.seq)
        if not signed(head.device_key, head.signature, report.casebook, head.seq, head.link):
            yield Break(head.seq, tr(N_("The signature of this head is false.")))
        elif device_id(head.device_key) not in introduced:
            yield Break(head.seq, tr(N_("This head was signed by a computer that the log does not know.")))
        elif report.links.get(head.seq) != head.link:
            yield Break(
                head.seq, tr(N_("A signed head does not stand in the log: it was cut or written anew."))
            )
        else:
            report.signed_to = max(report.signed_to, head.seq)
    for seq in _to_be_signed(rows) - there:
        yield Break(seq, tr(N_("Here a signed head is missing.")))
    for row in rows:
        if row["device"] and row["device"] not in introduced:
            yield Break(row["seq"], tr(N_("This entry names a computer that the log does not know.")))
            return


def _to_be_signed(rows: list[Row]) -> set[int]:
    """Return the last entry of each action in which a hundred was passed, on a computer with a key."""
    wanted, last_of = set(), {row["tick"]: row["seq"] for row in rows}
    for row in rows:
        if row["seq"] % EVERY == 0 and row["device"]:
            wanted.add(last_of[row["tick"]])
    return wanted


def _clock(rows: list[Row]) -> Iterator[str]:
    back = [
        row["seq"]
        for before, row in pairwise(rows)
        if before["at"] - row["at"] > _SET_BACK and not row["carried"]
    ]
    if back:
        yield ntr(
            "The clock of the computer was set back {n} time (before entry {seq}); the order of the log is "
            "not that of the clock.",
            "The clock of the computer was set back {n} times (first before entry {seq}); the order of the "
            "log is not that of the clock.",
            len(back),
            seq=back[0],
        )
