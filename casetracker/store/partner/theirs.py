"""What a partner's bundle says: records with their values, and by which ids other offices know them."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casetracker.model import (
    BY_NAME,
    Address,
    Appeal,
    AppealCase,
    Case,
    CaseClosing,
    CaseEvent,
    CustodyEvent,
    Episode,
    ExternalNumber,
    Facility,
    Family,
    FamilyMember,
    ForeignRecord,
    Hearing,
    Judgment,
    Meeting,
    Office,
    OtherEvent,
    Participant,
    Penalty,
    Person,
    PersonName,
    Petition,
    Post,
    PresentedCase,
    Promise,
    PromisedCase,
    Protest,
    Reply,
    ReplyCase,
    Reprisal,
    Source,
    StateAnswer,
    SuspectedReason,
    Tenure,
    UNSession,
)
from casetracker.model.confidentiality import Audience
from casetracker.model.entity import Entity
from casetracker.store import pseudonyms
from casetracker.store.exporting import OutsideIds
from casetracker.store.store import Store

# What is taken over. A consent was given to the other office, a hand-over and a release are acts of theirs.
TAKEN: tuple[type[Entity], ...] = (
    *(Person, PersonName, Address, Family, FamilyMember, Case, ExternalNumber, Source, Facility),
    *(Episode, SuspectedReason, Judgment, CustodyEvent, StateAnswer, CaseClosing),
    *(Office, Post, Tenure, Protest, Meeting, Hearing, Petition, UNSession, Reprisal, OtherEvent),
    *(CaseEvent, Participant, Penalty, PresentedCase, Promise, PromisedCase),
    *(Appeal, AppealCase, Reply, ReplyCase),
)


@dataclass(frozen=True)
class Theirs:
    """One record of a bundle. `links` are ids in the bundle; `partial` fields are given only in part."""

    entity: type[Entity]
    id: str
    values: dict[str, Any]
    links: dict[str, str] = field(default_factory=dict)
    raw: dict[str, Any] = field(default_factory=dict)
    partial: frozenset[str] = frozenset()
    known_as: tuple[str, ...] = ()
    unread: tuple[tuple[str, str], ...] = ()  # label and text of what this program cannot read


@dataclass(frozen=True)
class Bundle:
    """An opened bundle: from whom, its number there, its hash, and what it holds."""

    number: str
    office: str
    office_name: str
    made: str
    digest: str
    records: tuple[Theirs, ...]
    receipt_key: str = field(default="", repr=False)
    left: tuple[tuple[str, int], ...] = ()  # kinds of records that are not taken over, and how many

    @property
    def cases(self) -> list[Theirs]:
        """The cases in it."""
        return [each for each in self.records if each.entity is Case]


def office_id(store: Store) -> str:
    """Return how partners know this casebook: stable, and nothing can be told from it."""
    with store.reading() as session:
        return _made(session, "office")


def receipt_key(store: Store, number: str) -> str:
    """Return the key by which a receipt for a bundle is known; it lies in the bundle and is made anew."""
    with store.reading() as session:
        return _made(session, "receipt", number)


def _made(session: Session, *told: str) -> str:
    key = bytes.fromhex(pseudonyms.key_of(session) or "00")
    message = "\0".join(("partner", *told)).encode()
    return hmac.new(key, message, hashlib.sha256).hexdigest()[:32]


def mark_of(office: str, record_id: str) -> str:
    """Return by what a record of an office is known again by those who have it, and by nobody else.

    Who has had the record from somebody else does not learn by it which office that was.
    """
    return hashlib.sha256(f"{office}\0{record_id}".encode()).hexdigest()[:32]


def known_as(store: Store, record_ids: Iterable[str]) -> dict[str, list[str]]:
    """Return, by our id, the marks by which other offices know these records."""
    wanted = set(record_ids)
    found: dict[str, list[str]] = {}
    f = ForeignRecord
    with store.reading() as session:
        for about, office, there in session.execute(sa.select(f.about_id, f.office, f.foreign_id)):
            if about in wanted:
                found.setdefault(about, []).append(mark_of(office, there))
    return found


def ours(store: Store, bundle: Bundle) -> dict[str, str]:
    """Return, by the id in the bundle, which of our records each is; those that are new are not in it."""
    own, matched = office_id(store), {}
    ids, f = OutsideIds(store, Audience.PARTNER), ForeignRecord
    with store.reading() as session:
        rows = session.execute(sa.select(f.office, f.foreign_id, f.about_id)).all()
        by_theirs = {mark_of(office, there): about for office, there, about in rows}
        back: dict[type[Entity], dict[str, str]] = {}
        for each in bundle.records:
            names = (mark_of(bundle.office, each.id), *each.known_as)
            found = next((by_theirs[name] for name in names if name in by_theirs), "")
            if not found and each.known_as:
                if each.entity not in back:
                    every = session.scalars(sa.select(each.entity.id))
                    back[each.entity] = {mark_of(own, ids.of(local)): local for local in every}
                home = back[each.entity]
                found = next((home[name] for name in each.known_as if name in home), "")
            found = found or _by_name(session, each)
            if found and session.get(each.entity, found) is not None:
                matched[each.id] = found
    return matched


def _by_name(session: Session, each: Theirs) -> str:
    """Return an office or facility that is called the same: both offices know the same ministries."""
    name = each.values.get("name")
    if each.entity not in (Office, Facility) or not name:
        return ""
    column = Office.name if each.entity is Office else Facility.name
    same = session.scalars(sa.select(each.entity.id).where(sa.func.lower(column) == str(name).lower())).all()
    return same[0] if len(same) == 1 else ""


def last_said(session: Session, office: str) -> dict[str, dict[str, Any]]:
    """Return, by our id, what this office said of a record last."""
    f = ForeignRecord
    rows = session.execute(sa.select(f.about_id, f.said).where(f.office == office))
    return {about: json.loads(said) for about, said in rows if said}


def entity_named(name: str) -> type[Entity] | None:
    """Return the entity of a name, if records of it are taken over."""
    entity = BY_NAME.get(name)
    return entity if entity in TAKEN else None
