"""What belongs to somebody: the records that go, those that stay empty, the files, the papers outside."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casetracker.errors import UserError
from casetracker.i18n import N_, tr
from casetracker.model import (
    ENTITIES,
    Case,
    CaseClosing,
    Consent,
    Document,
    DocumentLink,
    DocumentUse,
    Person,
    PersonName,
    Release,
    ReleasedCase,
    ReleasedPerson,
)
from casetracker.model.attached import Attached
from casetracker.model.entity import Entity, values_of
from casetracker.model.fields import Ref
from casetracker.store.audit.reading import belonging
from casetracker.store.release_register import Registered, of_person
from casetracker.store.store import Store

Rows = dict[str, set[str]]  # ids of records, by the name of their kind
_STAY = (Consent, CaseClosing)  # without them a refusal, or that a case is closed, would be forgotten
_LEAST_OF_AN_ID = 8  # signs
_REGISTER = (Release, ReleasedCase, ReleasedPerson)


@dataclass
class Scope:
    """Which records go, which stay without what they hold, and which sealed files go."""

    person: str
    cases: list[str] = field(default_factory=list)
    gone: Rows = field(default_factory=lambda: defaultdict(set))
    emptied: Rows = field(default_factory=lambda: defaultdict(set))
    files: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)  # of the documents that go


@dataclass(frozen=True)
class Outlook:
    """What erasing somebody will do, in numbers, before it is done."""

    title: str
    records: int
    documents: int
    cases: tuple[str, ...]
    papers: tuple[Registered, ...]


def outlook(store: Store, person_id: str) -> Outlook:
    """Say what erasing somebody will do; changes nothing."""
    with store.reader() as reader, store.reading() as session:
        found = scope(session, person_id)
        refs = session.scalars(sa.select(Case.ref).where(Case.id.in_(found.cases)).order_by(Case.ref))
        records = sum(len(ids) for rows in (found.gone, found.emptied) for ids in rows.values())
        return Outlook(
            reader.name(person_id),
            records,
            len(found.gone.get(Document.__name__, ())),
            tuple(refs),
            tuple(of_person(store, person_id)),
        )


def person_named(store: Store, ref: str) -> str:
    """Return the id of the person of a case with this number, or of this id or its beginning. `UserError`."""
    wanted = ref.strip()
    with store.reading() as session:
        own = session.scalar(sa.select(Case.person_id).where(Case.ref == wanted.upper()))
        ids = session.scalars(sa.select(Person.id).where(Person.id.startswith(wanted.lower()))).all()
    if own:
        return own
    if len(wanted) < _LEAST_OF_AN_ID or len(ids) != 1:
        raise UserError(
            tr(N_("No person is known by “{ref}”: give the number of a case, or an id."), ref=ref)
        )
    return ids[0]


def scope(session: Session, person_id: str) -> Scope:
    """Gather all that belongs to somebody: their records, their cases, and what tells of them elsewhere."""
    found = Scope(person_id)
    found.cases = list(session.scalars(sa.select(Case.id).where(Case.person_id == person_id)))
    owned = belonging(session, Person, person_id) - {person_id}
    for case in found.cases:
        owned |= belonging(session, Case, case) - {case}
    _sort_owned(session, found, owned)
    found.emptied[Person.__name__].add(person_id)
    found.emptied[Case.__name__] |= set(found.cases)
    _documents(session, found)
    for target, ids in ((Person, {person_id}), (Case, set(found.cases))):
        _pointing(session, found, target, ids)
    return found


def _sort_owned(session: Session, found: Scope, owned: Collection[str]) -> None:
    for entity in ENTITIES:
        ids = set(session.scalars(sa.select(entity.id).where(entity.id.in_(owned))))
        if ids:
            (found.emptied if issubclass(entity, _STAY) else found.gone)[entity.__name__] |= ids


def _documents(session: Session, found: Scope) -> None:
    """Take the documents of the cases, those linked to nothing else, and the working copies of both."""
    theirs = {found.person, *found.cases}
    ids = set(session.scalars(sa.select(Document.id).where(Document.case_id.in_(found.cases))))
    linked = sa.select(DocumentLink.document_id).where(DocumentLink.about_id.in_(theirs))
    for document in session.scalars(sa.select(Document).where(Document.id.in_(linked))):
        if document.case_id is None and all(link.about_id in theirs for link in document.links):
            ids.add(document.id)
    while more := set(session.scalars(sa.select(Document.id).where(Document.original_id.in_(ids)))) - ids:
        ids |= more
    links = sa.select(DocumentLink.id).where(DocumentLink.document_id.in_(ids))
    found.gone[DocumentLink.__name__] |= set(session.scalars(links))
    uses = sa.select(DocumentUse.id).where(DocumentUse.document_id.in_(ids))  # reasons may name somebody
    found.gone[DocumentUse.__name__] |= set(session.scalars(uses))
    found.gone[Document.__name__] |= ids
    files = sa.select(Document.kept_at).where(Document.id.in_(ids), Document.kept_at.is_not(None))
    found.titles = list(session.scalars(sa.select(Document.title).where(Document.id.in_(ids))))
    found.files = [place for place in session.scalars(files) if place]


def _pointing(session: Session, found: Scope, target: type[Entity], ids: Collection[str]) -> None:
    """Empty the lines elsewhere that cannot be without this record: a place in a family, at a protest."""
    for entity in ENTITIES:
        if entity.page or issubclass(entity, (*_REGISTER, Attached, PersonName)):
            continue
        for name, each in values_of(entity).items():
            if isinstance(each.kind, Ref) and each.kind.target == target.__name__ and each.required:
                rows = set(session.scalars(sa.select(entity.id).where(getattr(entity, name).in_(ids))))
                rows -= found.gone.get(entity.__name__, set())
                if rows:
                    found.emptied[entity.__name__] |= rows
