"""What is asked of the release register: what was given out, and what has to be asked back.

The register is the office's own; no audience but the office itself reads it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, Session, selectinload

from casetracker.i18n import N_, tr
from casetracker.model import Case, Release, ReleasedCase, ReleasedPerson, ReleaseReceipt
from casetracker.model.confidentiality import Audience, Use
from casetracker.store.releases import Override, mark_of
from casetracker.store.store import Store


@dataclass(frozen=True)
class Registered:
    """A line of the register in plain values."""

    id: str
    ref: str
    released: dt.date
    by: str
    report: str
    audience: str
    addressee: str
    language: str
    as_of: dt.date | None
    digest: str
    file_name: str
    pages: int | None
    cases: int
    people: int
    overrides: tuple[Override, ...]
    recalled: dt.date | None
    recall_note: str
    received: dt.date | None = None  # as a partner confirmed it
    received_by: str = ""


def register(store: Store) -> list[Registered]:
    """Return all papers that were given out, the newest first."""
    return _registered(store, sa.select(Release))


def of_person(store: Store, person_id: str) -> list[Registered]:
    """Return the papers in which somebody is named, or in which their case stands without the name."""
    named = sa.select(ReleasedPerson.release_id).where(ReleasedPerson.person_id == person_id)
    own = sa.select(Case.id).where(Case.person_id == person_id)
    spoken_of = sa.select(ReleasedCase.release_id).where(ReleasedCase.case_id.in_(own))
    return _registered(
        store, sa.select(Release).where(sa.or_(Release.id.in_(named), Release.id.in_(spoken_of)))
    )


def of_cases(store: Store, case_ids: Sequence[str], uses: frozenset[Use] = frozenset()) -> list[Registered]:
    """Return the papers in which one of these cases stands; with `uses`, those given on one of them."""
    held = sa.select(ReleasedCase.release_id).where(ReleasedCase.case_id.in_(case_ids))
    if uses:
        held = held.where(ReleasedCase.use.in_(uses))
    return _registered(store, sa.select(Release).where(Release.id.in_(held)))


def to_ask_back(store: Store, case_ids: Sequence[str], uses: frozenset[Use]) -> list[Registered]:
    """Return the recall list of a withdrawal: papers still outside the office that rested on these uses."""
    found = of_cases(store, case_ids, uses)
    return [line for line in found if line.audience != Audience.INTERNAL.value and line.recalled is None]


def with_digest(store: Store, digest: str) -> Registered | None:
    """Return the paper of which a file is the very copy."""
    return next(iter(_registered(store, sa.select(Release).where(Release.digest == digest))), None)


def with_mark(store: Store, ref: str, code: str) -> Registered | None:
    """Return the paper with this number, if the code beside it is the one that this casebook makes."""
    with store.reading() as session:
        if mark_of(session, ref).code != code:
            return None
    return next(iter(_registered(store, sa.select(Release).where(Release.ref == ref))), None)


def note_recall(store: Store, release_id: str, note: str) -> None:
    """Write down that a paper was asked back today, and what came of it."""
    draft = store.draft(Release, release_id)
    draft.values["recalled"] = draft.values["recalled"] or store.today()
    draft.values["recall_note"] = note.strip() or None
    store.save(draft, tr(N_("{ref} was asked back"), ref=draft.values["ref"]))


def _registered(store: Store, query: sa.Select[Release]) -> list[Registered]:
    with store.reading() as session:
        query = query.options(selectinload(Release.overrides))
        found = list(session.scalars(query.order_by(Release.released.desc(), Release.ref)))
        cases = _counts(session, ReleasedCase.release_id)
        people = _counts(session, ReleasedPerson.release_id)
        receipts = {r.release_id: r for r in session.scalars(sa.select(ReleaseReceipt))}
        return [
            _line(each, cases.get(each.id, 0), people.get(each.id, 0), receipts.get(each.id))
            for each in found
        ]


def _counts(session: Session, release_id: InstrumentedAttribute[str]) -> dict[str, int]:
    query = sa.select(release_id, sa.func.count()).group_by(release_id)
    return {str(row[0]): int(row[1]) for row in session.execute(query)}


def _line(release: Release, cases: int, people: int, receipt: ReleaseReceipt | None) -> Registered:
    return Registered(
        id=release.id,
        ref=release.ref,
        released=release.released,
        by=release.by,
        report=release.report,
        audience=release.audience,
        addressee=release.addressee or "",
        language=release.language or "",
        as_of=release.as_of,
        digest=release.digest,
        file_name=release.file_name or "",
        pages=release.pages,
        cases=cases,
        people=people,
        overrides=tuple(Override(o.kind, o.reason, o.by) for o in release.overrides),
        recalled=release.recalled,
        recall_note=release.recall_note or "",
        received=receipt.received if receipt else None,
        received_by=(receipt.received_by or "") if receipt else "",
    )
