"""Whether a casebook is sound as a whole: its files, and whether its records agree with each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session, selectinload

from casetracker.errors import NotACasebook, TooOld, UserError, WrongPassphrase
from casetracker.i18n import N_, tr
from casetracker.model import (
    BY_NAME,
    ENTITIES,
    Case,
    Event,
    HandOver,
    IdentityPaper,
    PersonName,
    Review,
)
from casetracker.model.entity import Entity, children_of, values_of
from casetracker.model.people.person import folded
from casetracker.store import (
    attached,
    derived,
    documents,
    found_texts,
    handover,
    name_keys,
    papers,
    place_codes,
    reply_days,
)
from casetracker.store.audit.anchors import read_anchor
from casetracker.store.audit.state import LogState, log_state
from casetracker.store.casebook import check_casebook, open_casebook
from casetracker.store.checks import RECORDS, Finding
from casetracker.store.opening import store_of
from casetracker.store.reviews import sending
from casetracker.store.store import Store


@dataclass(frozen=True)
class Examination:
    """What was found: `findings` are wrong; `log` tells of the audit log, where it could be read at all."""

    findings: list[Finding]
    log: LogState | None = None


def examine(path: Path, secret: str) -> list[Finding]:
    """Return what is wrong with a casebook; an empty list means sound. As `examination` does."""
    return examination(path, secret).findings


def examination(path: Path, secret: str, codes: Sequence[str] = ()) -> Examination:
    """Look at the whole casebook, and compare its log with codes kept outside of it. Changes nothing.

    Raises `UserError` only where there is no casebook, no slot that the passphrase opens, or a code that is
    mistyped; damage is a finding.
    """
    anchors = tuple(read_anchor(code) for code in codes)
    try:
        casebook = open_casebook(path, secret, read_only=True)
    except (NotACasebook, WrongPassphrase):
        raise
    except TooOld:  # its files; its records once it was brought up to date
        return Examination(check_casebook(path, secret))
    except UserError as error:
        return Examination(check_casebook(path, secret) or [Finding(RECORDS, str(error))])
    with casebook:
        found = casebook.check()
        if any(finding.where == RECORDS for finding in found):
            return Examination(found)  # what stands in damaged pages is not worth asking about
        store = store_of(casebook)
        log = log_state(store, anchors)
        found += [*log.findings, *inconsistencies(store), *documents.findings(store)]
        return Examination(found, log)


def inconsistencies(store: Store) -> list[Finding]:
    """Return where the records contradict themselves or each other, though the files are sound."""
    with store.reading() as session:
        found = [
            Finding(ref, tr(N_("Status and dates in the list do not agree with the custody events.")))
            for ref in derived.wrong(session)
        ]
        found += [
            Finding(ref, tr(N_("The day by which it is to be answered does not agree with the rules.")))
            for ref in reply_days.wrong(session)
        ]
        found += [
            *_spellings(session),
            *_texts(session),
            *_codes(session),
            *_halves(session),
            *_given(session),
            *_records(session),
        ]
        found += [
            Finding(record.alias, tr(N_("This hangs on a record that is no longer there.")))
            for record in attached.orphans(session)
        ]
    frozen = tr(N_("What was handed over was changed afterwards: it no longer has its hash."))
    sent = tr(N_("What was sent for review was changed afterwards: it no longer has its hash."))
    found += [
        Finding(f"{tr(HandOver.singular)} {id_[:4].upper()}", frozen) for id_ in handover.tampered(store)
    ]
    return found + [
        Finding(f"{tr(Review.singular)} {id_[:4].upper()}", sent) for id_ in sending.tampered(store)
    ]


def _spellings(session: Session) -> Iterator[Finding]:
    unheard = set(name_keys.wrong(session))
    for name in session.scalars(sa.select(PersonName)):
        if name.folded != folded(name.full):
            yield Finding(name.alias, tr(N_("This name cannot be found by searching: its index is wrong.")))
        if name.id in unheard:
            yield Finding(name.alias, tr(N_("This name cannot be found by its sound: its keys are wrong.")))


def _codes(session: Session) -> Iterator[Finding]:
    """Places have the codes of their words, and numbers of papers their hashes."""
    said = tr(N_("The code of a place does not agree with its words."))
    for entity, id_ in place_codes.wrong(session):
        yield Finding(_called(session.get_one(entity, id_)), said)
    for _ in papers.wrong(session):
        yield Finding(tr(IdentityPaper.plural), tr(N_("The hash of a number does not agree with it.")))


def _texts(session: Session) -> Iterator[Finding]:
    """The full-text index holds the words of the records, and nothing else."""
    problem = tr(N_("The index of texts does not agree with this record: it is not found by its words."))
    for name, record_id in found_texts.wrong(session):
        record = session.get(BY_NAME[name], record_id) if name in BY_NAME else None
        yield Finding(_called(record) if record else RECORDS, problem)


def _halves(session: Session) -> Iterator[Finding]:
    """An event is a row in `events` and one in the table of its kind."""
    for kind in Event.__subclasses__():
        sort, table = kind.__mapper__.polymorphic_identity, kind.__table__
        events = Event.__table__
        lone = sa.select(events.c.id).where(events.c.sort == sort, events.c.id.not_in(sa.select(table.c.id)))
        for id_ in session.scalars(lone):
            yield Finding(f"{tr(kind.singular)} {id_[:4].upper()}", tr(N_("Half of this record is missing.")))


def _given(session: Session) -> Iterator[Finding]:
    there = set(session.scalars(sa.select(Case.id)))
    for given in session.scalars(sa.select(HandOver)):
        if not there.issuperset(given.cases):
            yield Finding(given.alias, tr(N_("A case that was handed over is no longer in the casebook.")))


def _records(session: Session) -> Iterator[Finding]:
    """Ask every record what the program asks before it saves one."""
    for entity in ENTITIES:
        theirs = [selectinload(getattr(entity, name)) for name in children_of(entity)]
        for record in session.scalars(sa.select(entity).options(*theirs)).yield_per(500):
            if type(record) is entity:
                for problem in _problems(record):
                    yield Finding(_called(record), problem)


def _problems(record: Entity) -> Iterator[str]:
    for name, field in values_of(type(record)).items():
        if problem := field.check(getattr(record, name)):
            yield problem
    yield from record.check().values()


def _called(record: Entity) -> str:
    return str(getattr(record, "ref", None) or record.alias)
