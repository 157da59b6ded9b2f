"""Erasing a person, in one transaction that nothing takes back."""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casetracker.errors import UserError
from casetracker.i18n import N_, tr
from casetracker.model import BY_NAME, Case, Consent, HandOver, Person, PersonName, Review, ReviewCase
from casetracker.model.entity import Entity, new_id
from casetracker.model.people.person import folded
from casetracker.store import derived, documents, found_texts, name_keys, place_codes, reply_days
from casetracker.store.audit import guard
from casetracker.store.audit.accesses import accesses
from casetracker.store.audit.chaining import Line, action_line, change_line
from casetracker.store.audit.entries import Op, entries, erasures
from casetracker.store.erasing.scope import Rows, Scope, scope
from casetracker.store.erasing.words import Blackener, known_by, places
from casetracker.store.history import ActionKind, AuditAction, AuditChange, columns_of
from casetracker.store.release_register import Registered, of_person
from casetracker.store.reviews import box
from casetracker.store.store import Change, Store

# What a record keeps of itself when it is emptied: who it is, and how a case is called.
_STAYS: dict[type[Entity], frozenset[str]] = {
    Case: frozenset({"ref", "stage", "opened", "duplicate_of_id"}),
    Consent: frozenset({"until", "withdrawn", "review_on", "capacity", "form", "handled_on"}),
}
_ALWAYS = frozenset({"id", "version", "confidentiality", "position", "sort"})


@dataclass(frozen=True)
class Erased:
    """What was done: how many records and files, in how many others the words stood, the papers outside."""

    records: int
    files: int
    elsewhere: int
    papers: tuple[Registered, ...]


def warnings() -> list[str]:
    """Say what has to be known before somebody is erased, a sentence each."""
    return [
        tr(N_("Nobody can undo it: no recovery code and no copy in this folder brings it back.")),
        tr(
            N_(
                "Backups that were made before keep this person until newer ones take their place; delete "
                "old backups, and copies of the casebook elsewhere, if they must not."
            )
        ),
        tr(N_("Papers that were given out keep what is on them; they are listed, to be asked back.")),
        tr(
            N_(
                "Where only a first name, or a hint that no program knows, stands in another text, it stays: "
                "look through the notes and minutes yourself."
            )
        ),
    ]


def erase_person(store: Store, person_id: str) -> Erased:
    """Erase somebody from records, history, search and evidence. It cannot be undone.

    Afterwards the freed places of the file are overwritten (`store.compact`). Backups keep it until they
    rotate. Raises `UserError` if nothing can be saved or the person is not there.
    """
    store.require_writable()
    store.rights.require_erasing()
    with store.logging() as (session, at):
        if session.get(Person, person_id) is None:
            raise UserError(tr(N_("This person is no longer there.")))
        found = scope(session, person_id)
        blackener = Blackener(known_by(session, {n: i for n, i in found.gone.items() if _is_theirs(n)}))
        session.expunge_all()  # from here on rows are written past the records
        guard.take_down(session)
        labels = blackener.and_quoted(found.titles)
        seqs = _history(session, found, blackener, labels)
        _rows(session, found)
        with_them = ReviewCase.case_id.in_(found.cases)
        reviews = session.scalars(sa.select(ReviewCase.review_id).where(with_them)).all()
        elsewhere = _others(session, blackener)
        _rebuild(session)
        action = AuditAction(who=store.who, label=tr(N_("Erase a person")), kind=ActionKind.FINAL, at=at)
        action.id = new_id()
        lines = [*_stub(session, action, person_id), *_erasure(session, store, action, seqs, person_id)]
        store.chain.add(session, at, lines)
        guard.put_up(session)
    for place in found.files:
        with suppress(UserError):
            documents.evidence_of(store).throw_away(place)
    for review_id in reviews:
        box.forget(store, review_id)
    _forget_outside(store, person_id)
    records = sum(len(ids) for rows in (found.gone, found.emptied) for ids in rows.values())
    return Erased(records, len(found.files), elsewhere, tuple(of_person(store, person_id)))


def _is_theirs(name: str) -> bool:
    """Whether records of this kind hold words by which the person is known, and nobody else."""
    return name in {"PersonName", "ContactPoint", "IdentityPaper", "Address", "ExternalNumber"}


def _forget_outside(store: Store, person_id: str) -> None:
    store.compact()
    store.tell(Change(tr(N_("Erase a person")), ((Person.__name__, person_id),)))


# The records


def _rows(session: Session, found: Scope) -> None:
    """Delete what goes and empty what stays; the database looks at references at the end."""
    for name, ids in found.emptied.items():
        entity = BY_NAME[name]
        keep = _ALWAYS | _STAYS.get(entity, frozenset())
        for table in sa.inspect(entity).tables:
            empty: dict[str, Any] = {
                column.name: None
                for column in table.columns
                if column.nullable and column.name not in keep and not column.foreign_keys
            }
            if "version" in table.columns:
                empty["version"] = table.c.version + 1
            if empty:
                session.execute(sa.update(table).where(table.c.id.in_(ids)).values(empty))
    for name, ids in found.gone.items():
        for table in reversed(sa.inspect(BY_NAME[name]).tables):
            session.execute(sa.delete(table).where(table.c.id.in_(ids)))
    session.execute(sa.update(Case).where(Case.id.in_(found.cases)).values(family_id=None))
    _hand_overs(session, set(found.cases))
    _reviews(session, set(found.cases))


def _hand_overs(session: Session, cases: set[str]) -> None:
    """Take a case out of what was frozen of the lists that were handed over; their hashes stay."""
    for id_, content in session.execute(sa.select(HandOver.id, HandOver.content)).all():
        lines = json.loads(content)
        if any(line.get("case") in cases for line in lines):
            kept = [
                {"case": line["case"], "ref": line["ref"], "erased": True}
                if line.get("case") in cases
                else line
                for line in lines
            ]
            text = json.dumps(kept, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
            session.execute(sa.update(HandOver).where(HandOver.id == id_).values(content=text))


def _reviews(session: Session, cases: set[str]) -> None:
    """Take a case out of what was frozen of reviews by its family; their hashes stay."""
    reviewed = sa.select(Review.id, Review.content).join(ReviewCase, ReviewCase.review_id == Review.id)
    for id_, content in session.execute(reviewed.where(ReviewCase.case_id.in_(cases)).distinct()).all():
        told = json.loads(content)
        for case in told["cases"]:
            if case.get("case") in cases:
                case |= {"name": "", "others": [], "items": [], "erased": True}
        text = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        session.execute(sa.update(Review).where(Review.id == id_).values(content=text))


def _others(session: Session, blackener: Blackener) -> int:
    """Black out the words in all other rows; return in how many they stood."""
    found = list(places(session, blackener))
    for table, key, new in found:
        (column,) = table.primary_key.columns
        session.execute(sa.update(table).where(column == key).values(new))
    return len(found)


def _rebuild(session: Session) -> None:
    derived.rebuild(session)
    place_codes.rebuild(session)
    reply_days.rebuild(session)
    name_keys.rebuild(session.connection())
    found_texts.rebuild(session.connection())


# The log


def _history(session: Session, found: Scope, blackener: Blackener, labels: Blackener) -> list[int]:
    """Empty the lines of the log that tell of what was erased; return the entries whose salts went."""
    theirs = _ids(found.gone) | _ids(found.emptied)
    changes, actions, looks = set(), set(), set()
    table = AuditChange.__table__
    for number, record_id, before, after in session.execute(
        sa.select(table.c.number, table.c.record_id, table.c.before, table.c.after)
    ).all():
        if record_id in theirs or _is_hand_over_of(found, before, after):
            new = (None, None)
        else:
            new = (blackener.value(before), blackener.value(after))
        if new != (before, after):
            changes.add(number)
            session.execute(
                sa.update(AuditChange).where(AuditChange.number == number).values(before=new[0], after=new[1])
            )
    for number, label in session.execute(sa.select(AuditAction.number, AuditAction.label)).all():
        if labels.text(label) != label:
            actions.add(number)
            session.execute(
                sa.update(AuditAction).where(AuditAction.number == number).values(label=labels.text(label))
            )
    for number, detail in session.execute(sa.select(accesses.c.number, accesses.c.detail)).all():
        if labels.text(detail) != detail:
            looks.add(number)
            session.execute(
                sa.update(accesses).where(accesses.c.number == number).values(detail=labels.text(detail))
            )
    of_changes = (Op.ADDED.name, Op.CHANGED.name, Op.DELETED.name)
    seqs = _lose_salts(session, of_changes, changes)
    seqs += _lose_salts(session, (Op.ACTION.name,), actions)
    return sorted(seqs + _lose_salts(session, (Op.ACCESS.name,), looks) + _carried(session, theirs))


def _is_hand_over_of(found: Scope, before: Any, after: Any) -> bool:
    """Whether a line of the log holds a frozen list with one of the cases in it."""
    told = " ".join(str((side or {}).get("content", "")) for side in (before, after))
    return any(case in told for case in found.cases)


def _lose_salts(session: Session, ops: Iterable[str], numbers: set[int]) -> list[int]:
    every, seqs = sorted(numbers), list[int]()
    for at in range(0, len(every), 400):
        those = sa.and_(entries.c.op.in_(ops), entries.c.of_row.in_(every[at : at + 400]))
        seqs += session.scalars(sa.select(entries.c.seq).where(those)).all()
        session.execute(sa.update(entries).where(those).values(salt=None))
    return seqs


def _carried(session: Session, ids: set[str]) -> list[int]:
    """Take the salts of what was bound without a line, when the chain began."""
    those = sa.and_(entries.c.of_row.is_(None), entries.c.op == Op.ADDED.name)
    query = sa.select(entries.c.seq, entries.c.record_id).where(those)
    seqs = [seq for seq, record_id in session.execute(query) if record_id in ids]
    session.execute(sa.update(entries).where(entries.c.seq.in_(seqs)).values(salt=None))
    return seqs


def _ids(rows: Rows) -> set[str]:
    return set().union(*rows.values()) if rows else set()


def _stub(session: Session, action: AuditAction, person_id: str) -> list[Line]:
    """Give the empty record something to be called by, as a line of the log of its own."""
    said = tr(N_("Erased person"))
    name = PersonName(
        id=new_id(), person_id=person_id, full=said, folded=folded(said), primary=True, position=0
    )
    session.add_all([action, name])
    session.flush()
    held = {n: getattr(name, n) for n in columns_of(PersonName)}
    after = {n: v.name if hasattr(v, "name") else v for n, v in held.items() if v is not None}
    change = AuditChange(
        action_id=action.id, entity="PersonName", record_id=name.id, before=None, after=after
    )
    session.add(change)
    session.flush()
    name_keys.rebuild(session.connection())
    return [action_line(action), change_line(change, 1)]


def _erasure(
    session: Session, store: Store, action: AuditAction, seqs: list[int], person_id: str
) -> list[Line]:
    row = {"at": action.at, "who": store.who, "entity": Person.__name__, "record_id": person_id, "seqs": seqs}
    made = session.execute(sa.insert(erasures).values(row).returning(erasures.c.number))
    return [Line(Op.ERASED, Person.__name__, person_id, after=seqs, of_row=made.scalar_one())]
