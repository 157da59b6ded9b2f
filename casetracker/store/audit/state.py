"""The state of the log in words: what is wrong with it, what is worth knowing, and what nobody can tell."""

from __future__ import annotations

from dataclasses import dataclass, field

from casetracker.i18n import N_, tr
from casetracker.model import BY_NAME
from casetracker.model.entity import Entity
from casetracker.store.audit import anchors
from casetracker.store.audit.anchors import Anchor
from casetracker.store.audit.unlogged import unlogged
from casetracker.store.audit.verifying import Break, cannot_know, verify
from casetracker.store.checks import Finding
from casetracker.store.store import Store

_MOST = 20  # breaks that are told; after the first ones the others say little more


@dataclass(frozen=True)
class LogState:
    """What a look at the log found; `code` is that of its newest entry."""

    entries: int = 0
    code: str = ""
    signed_to: int = 0
    first_break: Break | None = None
    findings: tuple[Finding, ...] = ()
    notes: tuple[str, ...] = ()
    cannot_know: tuple[str, ...] = field(default_factory=tuple)


def log_state(store: Store, codes: tuple[Anchor, ...] = ()) -> LogState:
    """Look at the whole log, and compare it with codes that were kept outside the casebook."""
    with store.reading() as session:
        report = verify(session)
        breaks = report.breaks + [b for code in codes if (b := anchors.compare(report, code))]
        beside = [
            Finding(_called(session.get(BY_NAME[e], i), e, i), what) for e, i, what in unlogged(session)
        ]
        code = anchors.anchor_of(session)
    report.breaks = breaks
    findings = [Finding(_place(b.seq), b.what) for b in sorted(breaks, key=lambda b: b.seq)[:_MOST]]
    if store.put_back:
        findings.append(Finding(_place(0), store.put_back))
    unknown = cannot_know()
    return LogState(
        report.length,
        code,
        report.signed_to,
        report.first_break,
        (*findings, *beside),
        tuple(report.notes),
        tuple(unknown[1:] if codes else unknown),
    )


def _place(seq: int) -> str:
    return tr(N_("Audit log, entry {seq}"), seq=seq) if seq else tr(N_("Audit log"))


def _called(record: Entity | None, entity: str, record_id: str) -> str:
    if record is None:
        return f"{tr(BY_NAME[entity].singular)} {record_id[:4].upper()}"
    return str(getattr(record, "ref", None) or record.alias)
