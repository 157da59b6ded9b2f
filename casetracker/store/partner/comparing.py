"""Where a partner's copy differs from ours: field by field, and only what is not settled yet."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casetracker.errors import UserError
from casetracker.i18n import N_, tr
from casetracker.model import Case, Person, ReceivedBundle
from casetracker.model.dates import KnownDate
from casetracker.model.entity import values_of
from casetracker.model.fields import Ref
from casetracker.store.partner.theirs import Bundle, Theirs, last_said, office_id, ours
from casetracker.store.store import Store

# Not compared: the number of the other office, and the order of lines, which is nobody's statement.
_PASSED_OVER = frozenset({"ref", "position", "primary", "stage", "opened"})


class Side(Enum):
    """Whose version counts after the merge. The other one is kept beside it in every case."""

    OURS = N_("Keep ours")
    THEIRS = N_("Take theirs")
    BOTH = N_("Keep both")


@dataclass(frozen=True)
class Difference:
    """A field of which the two offices say something different."""

    id: str  # of the record in the bundle
    name: str  # of the field
    about: str
    label: str
    ours: str
    theirs: str

    @property
    def key(self) -> tuple[str, str]:
        """By what a decision names it."""
        return self.id, self.name


@dataclass
class Comparison:
    """What a bundle comes to: how many cases and records are new or known, and what differs."""

    already: dt.date | None = None
    new_cases: int = 0
    known_cases: int = 0
    new: int = 0
    filled: int = 0
    differences: list[Difference] = field(default_factory=list)


def compare(store: Store, bundle: Bundle) -> Comparison:
    """Say what taking in a bundle would do; writes nothing. Raises `UserError` for one made here."""
    if bundle.office == office_id(store):
        raise UserError(tr(N_("This bundle was made in this casebook; it is for the other office.")))
    found = Comparison(taken_in_on(store, bundle))
    if found.already:
        return found
    matched = ours(store, bundle)
    with store.reading() as session:
        before = last_said(session, bundle.office)
        for each in bundle.records:
            if each.id not in matched:
                found.new += 1
                found.new_cases += each.entity is Case
                continue
            found.known_cases += each.entity is Case
            record = session.get(each.entity, matched[each.id])
            for name in differing(each, record, before.get(matched[each.id], {})):
                if getattr(record, name) is None:
                    found.filled += 1
                else:
                    found.differences.append(_difference(session, each, record, name))
    return found


def taken_in_on(store: Store, bundle: Bundle) -> dt.date | None:
    """Return the day on which this very bundle was taken in already."""
    b = ReceivedBundle
    with store.reading() as session:
        return session.scalar(
            sa.select(b.received).where(b.office == bundle.office, b.number == bundle.number)
        )


def differing(each: Theirs, record: Any, before: dict[str, Any]) -> list[str]:
    """Return the fields of which the bundle says what is neither on record nor was said before."""
    found = []
    for name, described in values_of(each.entity).items():
        value = each.values.get(name)
        if name in _PASSED_OVER or isinstance(described.kind, Ref) or value is None:
            continue
        mine = getattr(record, name)
        less = name in each.partial and mine is not None  # initials against a name say nothing new
        if not less and not _same(mine, value) and before.get(name) != each.raw.get(name):
            found.append(name)
    return found


def _same(mine: Any, value: Any) -> bool:
    if isinstance(mine, KnownDate) and isinstance(value, KnownDate):
        return (mine.edtf, mine.words or "") == (value.edtf, value.words or "")
    if isinstance(mine, str) and isinstance(value, str):
        return mine.split() == value.split()
    return bool(mine == value)


def _difference(session: Session, each: Theirs, record: Any, name: str) -> Difference:
    described = values_of(each.entity)[name]
    texts = (described.kind.format(getattr(record, name)), described.kind.format(each.values[name]))
    return Difference(each.id, name, title_of(session, record), tr(described.label), *texts)


def title_of(session: Session, record: Any) -> str:
    """Return how a record is called on the page of differences: its kind, and whose it is."""
    kind, case = tr(type(record).singular), case_of(session, record)
    if case is not None and not isinstance(record, Case):
        return f"{case.ref} · {kind}"
    if isinstance(record, Case):
        return f"{record.ref} · {kind}"
    person = record if isinstance(record, Person) else session.get(Person, getattr(record, "person_id", ""))
    names = [n.full for n in person.names] if person is not None else []
    return f"{kind} · {names[0]}" if names else kind


def case_of(session: Session, record: Any) -> Case | None:
    """Return the case that a record belongs to, over a few links; a person has their first."""
    for _ in range(4):
        if isinstance(record, Case):
            return record
        if isinstance(record, Person):
            return session.scalars(
                sa.select(Case).where(Case.person_id == record.id).order_by(Case.ref)
            ).first()
        key = next((n for n in ("case_id", "episode_id", "person_id") if getattr(record, n, None)), "")
        if not key:
            return None
        target = {"case_id": Case, "person_id": Person}.get(key)
        if target is None:
            from casetracker.model import Episode

            target = Episode
        record = session.get(target, getattr(record, key))
    return None
