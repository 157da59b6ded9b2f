"""Portraits: chosen from a picture among the documents, and given to those readers who may see a face."""

from __future__ import annotations

import base64
import io
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from casetracker.errors import UserError
from casetracker.i18n import N_, tr
from casetracker.model import Case, Consent, Document, DocumentLink, Person, Portrait
from casetracker.model.confidentiality import PORTRAIT_CONSENT, Audience, Sensitivity, Use, disclosed
from casetracker.model.sources.consent import Answer
from casetracker.store.draft import Draft
from casetracker.store.looking.looker import Box, Drawn
from casetracker.store.reader import DisclosedRecord, Reader
from casetracker.store.store import Store

LONGEST_SIDE = 480  # pixels: 35 mm at 350 dots an inch
SMALLEST_SIDE = 40
_QUALITY = 85


# Choosing


def people_in(store: Store, document_id: str) -> list[tuple[str, str]]:
    """Return whom a document may show, id and name: the relative of its case, and people it hangs on."""
    with store.reader() as reader:
        of_case = sa.select(Case.person_id).join(Document, Document.case_id == Case.id)
        of_link = sa.select(Case.person_id).join(DocumentLink, DocumentLink.about_id == Case.id)
        linked = sa.select(DocumentLink.about_id).where(DocumentLink.about == Person.__name__)
        ids = [
            *reader.ids(of_case.where(Document.id == document_id)),
            *reader.ids(linked.where(DocumentLink.document_id == document_id)),
            *reader.ids(of_link.where(DocumentLink.document_id == document_id)),
        ]
        return [(i, reader.name(i)) for i in dict.fromkeys(ids)]


def choose(store: Store, person_id: str, picture: bytes, document_id: str = "") -> None:
    """Make a picture, from `made_of`, the portrait of a person; one action, which can be undone."""
    store.save(drafted(store, person_id, picture, document_id), tr(N_("Choose a portrait")))


def drafted(store: Store, person_id: str, picture: bytes, document_id: str = "") -> Draft:
    """Return the draft of a person with this portrait in the place of an earlier one."""
    draft = store.draft(Person, person_id)
    draft.children["portraits"] = []
    kept = base64.b64encode(picture).decode("ascii")
    draft.add("portraits", picture=kept, chosen=store.today(), document=document_id or None)
    return draft


def take_away(store: Store, person_id: str) -> None:
    """Let a person have no portrait any more; the photograph stays among the documents."""
    draft = store.draft(Person, person_id)
    draft.children["portraits"] = []
    store.save(draft, tr(N_("Take the portrait away")))


def made_of(drawn: Drawn, box: Box | None = None) -> bytes:
    """Return a small JPEG of the pixels that another process handed back, or of the part in a box.

    Raises `UserError` where the part is too small to know somebody by.
    """
    from PIL import Image

    picture = Image.frombytes("RGB", (drawn.width, drawn.height), drawn.rows)
    if box is not None:
        left, top, right, bottom = box
        across, down = picture.size
        picture = picture.crop((int(left * across), int(top * down), int(right * across), int(bottom * down)))
    if min(picture.size) < SMALLEST_SIDE:
        raise UserError(tr(N_("This part of the picture is too small for a portrait; draw a larger box.")))
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=_QUALITY, optimize=True)
    return out.getvalue()


# Giving


def portrait_of(person: DisclosedRecord | None) -> bytes:
    """Return a person's portrait; nothing if there is none, or the audience may not see it."""
    kept = [p.value("picture") for p in person.children("portraits")] if person else []
    return _bytes(kept[-1]) if kept and kept[-1] else b""


def _bytes(kept: str) -> bytes:
    """Return a picture as it was kept; nothing if somebody wrote something else there."""
    try:
        return base64.b64decode(kept, validate=True)
    except ValueError:
        return b""


def given(reader: Reader) -> list[bytes]:
    """Return all pictures that the reader gave so far."""
    return [picture for kept in sorted(reader.pictures) if (picture := _bytes(kept))]


def withheld(reader: Reader, case_ids: Sequence[str]) -> list[bytes]:
    """Return the portraits of the people of these cases that the audience does not get."""
    if reader.audience is Audience.INTERNAL:
        return []
    found = []
    for start in range(0, len(case_ids), 500):
        people = sa.select(Case.person_id).where(Case.id.in_(case_ids[start : start + 500]))
        query = sa.select(Portrait.picture).where(Portrait.person_id.in_(people))
        found += [kept for kept in reader.ids(query) if kept not in reader.pictures]
    return [picture for kept in found if (picture := _bytes(kept))]


# Saying


@dataclass(frozen=True)
class Shown:
    """What a paper does with the portrait of one case: shown, or why not; and what was agreed besides."""

    ref: str
    shown: bool
    why: str = ""
    conditions: tuple[str, ...] = ()  # in the words of those who agreed


def outlook(reader: Reader, case_ids: Sequence[str]) -> list[Shown]:
    """Say what becomes of the portraits in a paper: of each case that the audience gets and that has one."""
    cases = reader.many(Case, case_ids)
    kept = _with_portraits(reader, [case.id for case in cases])
    return [_shown(reader, case) for case in cases if case.id in kept]


def _with_portraits(reader: Reader, case_ids: Sequence[str]) -> set[str]:
    found: set[str] = set()
    for start in range(0, len(case_ids), 500):
        query = sa.select(Case.id).join(Portrait, Portrait.person_id == Case.person_id)
        found |= set(reader.ids(query.where(Case.id.in_(case_ids[start : start + 500]))))
    return found


def readers(reader: Reader, case: DisclosedRecord) -> list[tuple[Audience, str]]:
    """Say of all readers outside whether they see the portrait of a case: with why not, or nothing if so.

    Read as the office sees it; an empty list means that no portrait is kept.
    """
    person = case.ref("person_id")
    if not portrait_of(person) or person is None:
        return []
    found = []
    for audience, use in PORTRAIT_CONSENT.items():
        subject = reader.subject_of(person)
        seen = disclosed(Sensitivity.PORTRAIT, "seen", subject, audience) is not None
        found.append((audience, "" if seen else _why_not(minor=subject.minor, use=use)))
    return found


def _why_not(*, minor: bool, use: Use) -> str:
    if minor:
        return tr(N_("children are never shown."))
    return tr(N_("no consent to “{use}”."), use=tr(use.value))


def _shown(reader: Reader, case: DisclosedRecord) -> Shown:
    person = case.ref("person_id")
    ref, use = case.text("ref"), PORTRAIT_CONSENT.get(reader.audience)
    if portrait_of(person):
        return Shown(ref, shown=True, conditions=_conditions(reader, case.id, use))
    if use is None:
        return Shown(ref, shown=False, why=tr(N_("it cannot be read.")))
    return Shown(ref, shown=False, why=_why_not(minor=person is not None and person.minor, use=use))


def _conditions(reader: Reader, case_id: str, use: Use | None) -> tuple[str, ...]:
    """Return the conditions under which it was agreed; for whoever gives the paper out, not for readers."""
    query = sa.select(Consent.conditions, Consent.given, Consent.until, Consent.withdrawn).where(
        Consent.case_id == case_id, Consent.use == use, Consent.answer == Answer.AGREES
    )
    living = [
        words
        for words, given, until, withdrawn in reader.rows(query)
        if words
        and given <= reader.as_of
        and (until is None or reader.as_of <= until)
        and (withdrawn is None or reader.as_of < withdrawn)
    ]
    return tuple(dict.fromkeys(living))
