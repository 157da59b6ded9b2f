"""The office's hand on the vocabularies: relabel, add, retire, delete, put one term in place of another."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casetracker.errors import UserError
from casetracker.i18n import N_, tr
from casetracker.model import terms
from casetracker.model.own_term import OwnTerm
from casetracker.store import own_terms
from casetracker.store.store import Store

LABELS = {"en": "label_en", "ru": "label_ru", "kk": "label_kk"}
_LONGEST = 40  # letters of a code that is made from a label


@dataclass(frozen=True)
class Entry:
    """A line of a list as its page shows it: the term, how many records hold it, and whose it is."""

    term: terms.Term
    used: int
    where: str = ""
    shipped: bool = False
    changed: bool = False  # whether the office words a term of the program in its own way, or added it


def every_list() -> list[str]:
    """Return the lists that the records use and those that came with the program, by what they are called."""
    found = {*own_terms.uses(), *terms.shipped()}
    return sorted(found, key=lambda key: terms.vocabulary(key).text().casefold())


def entries(store: Store, key: str) -> list[Entry]:
    """Return the terms of a list in their order; last, codes that records hold and no list knows."""
    vocabulary = terms.vocabulary(key)
    with store.reading() as session:
        used = own_terms.used(session, key)
        own = set(session.scalars(sa.select(OwnTerm.code).where(OwnTerm.vocabulary == key)))
    known = {term.code for term in vocabulary.terms}
    strays = tuple(terms.Term(code, {}) for code in sorted(used.keys() - known))
    return [
        Entry(
            term,
            sum(used.get(term.code, {}).values()),
            own_terms.said(used.get(term.code, {})),
            terms.came_with_the_program(key, term.code),
            term.code in own,
        )
        for term in (*vocabulary.terms, *strays)
    ]


def add(store: Store, key: str, labels: Mapping[str, str], huridocs: str = "") -> str:
    """Add a term with labels by language; return its code, made from the English label."""
    _require_open(key)
    spoken = {language: text.strip() for language, text in labels.items() if text.strip()}
    if not spoken:
        raise UserError(tr(N_("A term needs a label in one language at least.")))
    _require_new(key, spoken)
    known = {term.code for term in terms.vocabulary(key).terms}
    code = _code(spoken.get("en", ""), known)
    draft = store.draft(OwnTerm)
    draft.values |= {LABELS[language]: text for language, text in spoken.items()}
    draft.values |= {"vocabulary": key, "code": code, "huridocs": huridocs or None, "active": True}
    draft.values["position"] = len(known)
    store.save(draft, tr(N_("New term “{term}”"), term=next(iter(spoken.values()))))
    return code


def _code(english: str, known: set[str]) -> str:
    words = re.sub("[^a-z0-9]+", "_", english.casefold()).strip("_")
    stem = words[:_LONGEST].rstrip("_") if words[:1].isalpha() else "term"
    numbers = (f"{stem}_{n}" for n in range(2, len(known) + 3))
    return next(code for code in (stem, *numbers) if code not in known)


def _require_open(key: str) -> None:
    if not terms.vocabulary(key).open:
        raise UserError(
            tr(
                N_(
                    "Nothing can be added to or taken off this list, because rules of the program depend on "
                    "it; its labels can be changed."
                )
            )
        )


def _require_new(key: str, labels: Mapping[str, str], code: str = "") -> None:
    """Refuse a label that another term of the list has: nobody could tell them apart."""
    for language, text in labels.items():
        for term in terms.vocabulary(key).terms:
            if term.code != code and term.labels.get(language, "").casefold() == text.casefold():
                raise UserError(tr(N_("“{text}” is on this list already."), text=text))


def relabel(store: Store, key: str, code: str, language: str, text: str) -> None:
    """Give a term another label in a language; an empty one gives back that of the program."""
    text = text.strip()
    if text:
        _require_new(key, {language: text}, code)
    base = terms.find_shipped(key, code)
    same = base is not None and base.labels.get(language) == text
    _change(store, key, code, {LABELS[language]: None if same else text or None})


def set_huridocs(store: Store, key: str, code: str, huridocs: str) -> None:
    """Say which HURIDOCS code a term has."""
    _change(store, key, code, {"huridocs": huridocs.strip() or None})


def set_active(store: Store, key: str, code: str, *, active: bool) -> None:
    """Offer a term again, or retire it: it stays where it is in use and is no longer offered."""
    _require_open(key)
    _change(store, key, code, {"active": active})


def _change(store: Store, key: str, code: str, values: Mapping[str, Any]) -> None:
    with store.rewriting(tr(N_("Change of the term “{term}”"), term=terms.label(key, code))) as session:
        own = _own(session, key, code)
        for name, value in values.items():
            setattr(own, name, value)
        says_something = own.label_en or own.label_ru or own.label_kk or own.huridocs or own.active is False
        if says_something:
            session.add(own)
        elif terms.came_with_the_program(key, code):
            if own in session:
                session.delete(own)  # nothing of the office's own is left
        else:
            raise UserError(tr(N_("A term needs a label in one language at least.")))


def _own(session: Session, key: str, code: str) -> OwnTerm:
    """Return the office's record about a term, or a new one that is not in the session yet."""
    query = sa.select(OwnTerm).where(OwnTerm.vocabulary == key, OwnTerm.code == code)
    return session.scalars(query).one_or_none() or OwnTerm(vocabulary=key, code=code, active=True)


def delete(store: Store, key: str, code: str) -> None:
    """Delete a term of the office's own that no record holds."""
    if terms.came_with_the_program(key, code):
        raise UserError(
            tr(
                N_("“{term}” came with the program and cannot be deleted; retire it instead."),
                term=terms.label(key, code),
            )
        )
    with store.rewriting(tr(N_("Delete the term “{term}”"), term=terms.label(key, code))) as session:
        own = _own(session, key, code)
        if own in session:
            session.delete(own)


def replace(store: Store, key: str, code: str, by: str) -> int:
    """Put one term in place of another in every record, as one action; return how many records changed.

    The term that is replaced is deleted if the office added it, else retired.
    """
    _require_open(key)
    if code == by or terms.find(key, by) is None:
        raise UserError(tr(N_("Pick another term of this list to stand in its place.")))
    label = tr(N_("“{old}” replaced by “{new}”"), old=terms.label(key, code), new=terms.label(key, by))
    changed = 0
    with store.rewriting(label) as session:
        for entity, name in own_terms.uses().get(key, ()):
            column = sa.inspect(entity).columns[name]
            for record in session.scalars(sa.select(entity).where(column == code)):
                setattr(record, name, by)
                changed += 1
        own = _own(session, key, code)
        if terms.came_with_the_program(key, code):
            own.active = False
            session.add(own)
        elif own in session:
            session.delete(own)
    return changed
