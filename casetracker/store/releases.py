"""The release register: what is written when a paper is given out, and what is asked of it afterwards."""

from __future__ import annotations

import datetime as dt
import re
import secrets
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casetracker.errors import Invalid
from casetracker.i18n import N_, in_window
from casetracker.model import Case, Consent, PersonName, Release
from casetracker.model.confidentiality import CASE_CONSENT, MAY_BE_LET_THROUGH, Audience, Sensitivity, Use
from casetracker.model.sources.consent import Answer
from casetracker.store import pseudonyms
from casetracker.store.draft import Draft
from casetracker.store.edit import REF_LETTERS
from casetracker.store.reader import Reader
from casetracker.store.store import Store

_WORD = re.compile(r"\w+")
_AT_ONCE = 500


@dataclass(frozen=True)
class Override:
    """A kind of fact that is let through for one paper, with the reason and the name of who decided it."""

    kind: Sensitivity
    reason: str
    by: str


@dataclass(frozen=True)
class Mark:
    """What is printed on a released paper: its number, and a code that only this casebook can make."""

    ref: str
    code: str

    @property
    def text(self) -> str:
        """The mark as it is printed, and as it is in the square code."""
        return f"{self.ref} {self.code}"


@dataclass(frozen=True)
class Given:
    """A paper that is about to be given out, as the register keeps it."""

    mark: Mark
    report: str
    audience: Audience
    language: str
    as_of: dt.date
    digest: str
    file_name: str
    pages: int | None
    addressee: str = ""
    case_ids: tuple[str, ...] = ()
    person_ids: tuple[str, ...] = ()
    overrides: tuple[Override, ...] = ()


def new_mark(store: Store, ref: str = "") -> Mark:
    """Return a mark that no paper has yet; with `ref` the mark of the paper of that number.

    A number is short and random: it must not tell how many papers there were.
    """
    with store.reading() as session:
        known = set(session.scalars(sa.select(Release.ref)))
        while not ref or (ref in known):
            ref = f"{Release.ref_prefix}-" + "".join(secrets.choice(REF_LETTERS) for _ in range(4))
        return mark_of(session, ref)


def mark_of(session: Session, ref: str) -> Mark:
    """Return the mark of the paper with this number."""
    return Mark(ref, pseudonyms.check_code(pseudonyms.key_of(session), ref))


@contextmanager
def registering(store: Store, given: Given) -> Iterator[None]:
    """Write a release into the register; it is there when the `with` ends well, and not at all otherwise.

    One action that cannot be undone; what was done before it can, as long as nothing released goes with it.
    Raises `ReadOnly`, and `Invalid` where a reason or a name is missing.
    """
    require_reasons(given.overrides)
    label = in_window(N_("Give out {ref}"), ref=given.mark.ref)
    with store.edit(label, passed_over=True) as edit:
        edit.write(_draft(store, given))
        yield


def require_reasons(overrides: Iterable[Override]) -> None:
    """Raise `Invalid` if something is let through that never may be, or without a reason and a name."""
    for override in overrides:
        if override.kind not in MAY_BE_LET_THROUGH:
            kind = in_window(override.kind.value)
            sentence = N_("This is never let through, for whatever reason: {kind}.")
            raise Invalid({"overrides": in_window(sentence, kind=kind)})
        if not override.reason.strip() or not override.by.strip():
            raise Invalid(
                {
                    "overrides": in_window(
                        N_("What is let through needs a reason and the name of who decided it.")
                    )
                }
            )


def _draft(store: Store, given: Given) -> Draft:
    draft = store.draft(Release)
    draft.values |= {
        "ref": given.mark.ref,
        "released": store.today(),
        "by": store.who,
        "report": given.report,
        "audience": given.audience.value,
        "addressee": given.addressee.strip() or None,
        "language": given.language,
        "as_of": given.as_of,
        "digest": given.digest,
        "file_name": given.file_name[:300],
        "pages": given.pages,
    }
    with store.reading() as session:
        use = CASE_CONSENT.get(given.audience)
        rested_on = _rested_on(session, given.case_ids, use, given.as_of) if use else {}
    for place, case_id in enumerate(given.case_ids):
        consents = rested_on.get(case_id, [])
        draft.add(
            "cases",
            case_id=case_id,
            use=use,
            consented=max((c.given for c in consents), default=None),
            consent_ids=" ".join(c.id for c in consents) or None,
            position=place,
        )
    for person_id in given.person_ids:
        draft.add("people", person_id=person_id)
    for override in given.overrides:
        draft.add("overrides", kind=override.kind, reason=override.reason.strip(), by=override.by.strip())
    return draft


def _rested_on(
    session: Session, case_ids: Iterable[str], use: Use, day: dt.date
) -> Mapping[str, list[Consent]]:
    """Return the living answers by which these cases could be given."""
    found: dict[str, list[Consent]] = {}
    wanted = list(case_ids)
    for start in range(0, len(wanted), _AT_ONCE):
        query = sa.select(Consent).where(
            Consent.case_id.in_(wanted[start : start + _AT_ONCE]),
            Consent.use == use,
            Consent.answer == Answer.AGREES,
        )
        for consent in session.scalars(query.order_by(Consent.given, Consent.id)):
            if consent.living(day) and consent.case_id:
                found.setdefault(consent.case_id, []).append(consent)
    return found


# Who and what stands in a paper


def cases_in(reader: Reader, text: str) -> tuple[str, ...]:
    """Return the cases given by the reader that stand in the text, by number or by the relative's name."""
    given = reader.cases_given()
    named = set(people_in(reader, text))
    rows = [
        row
        for start in range(0, len(given), _AT_ONCE)
        for row in reader.rows(
            sa.select(Case.id, Case.ref, Case.person_id).where(Case.id.in_(given[start : start + _AT_ONCE]))
        )
    ]
    place = {case_id: at for at, case_id in enumerate(given)}
    found = [case_id for case_id, ref, person in rows if ref in text or person in named]
    return tuple(sorted(found, key=place.__getitem__))


def people_in(reader: Reader, text: str) -> tuple[str, ...]:
    """Return everybody whose name stands in the text, also where it was typed into an account.

    By every spelling in the casebook, and by what the reader gave instead: initials, a pseudonym.
    """
    words = set(_WORD.findall(text))
    spelt = list(reader.rows(sa.select(PersonName.person_id, PersonName.full)))
    spelt += [(person_id, name) for person_id, names in reader.called.items() for name in names]
    found = {
        person_id
        for person_id, name in spelt
        if name and words.issuperset(_WORD.findall(name)) and name in text
    }
    return tuple(sorted(found))
