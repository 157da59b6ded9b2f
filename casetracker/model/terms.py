"""Vocabularies: lists of terms with labels in three languages, shipped as files, completed by the office.

A list lies in `resources/terms/NAME.toml`. A field of kind `Term` holds the code of a term of a list that the
office may add to; a `Choice` is a list on whose members the program's own rules depend, and whose file only
gives the labels (the file is then called like the Enum, its codes like the members). HURIDOCS codes stand
beside where one exists (Micro-thesauri of the Events Standard Formats).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cache

from casetracker import i18n
from casetracker.i18n import tr
from casetracker.paths import resource

LANGUAGES = ("en", "ru", "kk")


def _in_language(labels: Mapping[str, str], language: str | None) -> str:
    wanted = language or i18n.current()
    text = labels.get(wanted) or labels.get("en", "")
    return f"[{text}]" if wanted == i18n.PSEUDO and text else text


@dataclass(frozen=True)
class Term:
    """One term of a list; `active` ones are offered, the others only shown where they are in use."""

    code: str
    labels: Mapping[str, str] = field(hash=False)
    huridocs: str = ""
    active: bool = True

    def text(self, language: str | None = None) -> str:
        """Return the label in a language (that now in use, unless one is given), else in English."""
        return _in_language(self.labels, language) or self.code


@dataclass(frozen=True)
class Vocabulary:
    """One list: what it is called, whether the office may add to it, and its terms in their order."""

    key: str
    labels: Mapping[str, str] = field(hash=False)
    terms: tuple[Term, ...] = ()
    open: bool = True
    source: str = ""

    def text(self, language: str | None = None) -> str:
        """Return what the list is called."""
        return _in_language(self.labels, language) or self.key


@cache
def shipped() -> Mapping[str, Vocabulary]:
    """Return the lists that come with the program, by their key."""
    files = sorted(resource("terms").glob("*.toml"))
    return {path.stem: _read(path.stem, path.read_text("utf-8")) for path in files}


def _read(key: str, text: str) -> Vocabulary:
    held = tomllib.loads(text)
    terms = tuple(
        Term(t["code"], {n: t[n] for n in LANGUAGES if n in t}, t.get("huridocs", ""), t.get("active", True))
        for t in held.get("term", ())
    )
    return Vocabulary(key, held["label"], terms, held.get("open", True), held.get("source", ""))


_Own = Mapping[str, Mapping[str, Term]]
_state: dict[str, _Own] = {"own": {}}  # what the open casebook changes or adds, by list and code


def set_own(terms: Iterable[tuple[str, Term]] = ()) -> None:
    """Say what the open casebook changes or adds: when it opens, when its terms change, when it closes.

    A new table takes the place of the old one in one step, so that other threads never see half of it.
    """
    made: dict[str, dict[str, Term]] = {}
    for key, term in terms:
        base = _shipped_by_code().get((key, term.code))
        made.setdefault(key, {})[term.code] = _over(base, term) if base else term
    _state["own"] = made


def _over(base: Term, own: Term) -> Term:
    """Lay the office's wording over a term that came with the program; what it does not say stays."""
    return Term(own.code, {**base.labels, **own.labels}, own.huridocs or base.huridocs, own.active)


def vocabulary(key: str) -> Vocabulary:
    """Return a list as the office has it: the shipped terms, some of them changed, then its own."""
    base = shipped().get(key) or Vocabulary(key, {"en": key})
    own = _state["own"].get(key, {})
    kept = tuple(own.get(t.code, t) for t in base.terms)
    known = {t.code for t in base.terms}
    added = tuple(t for code, t in own.items() if code not in known)
    return Vocabulary(key, base.labels, kept + added, base.open, base.source)


def find_shipped(key: str, code: str) -> Term | None:
    """Return a term as it stands in the files."""
    return _shipped_by_code().get((key, code))


def came_with_the_program(key: str, code: str) -> bool:
    """Whether a term is one of those in the files."""
    return find_shipped(key, code) is not None


def find(key: str, code: str) -> Term | None:
    """Return a term of a list, also one that is no longer offered."""
    return _state["own"].get(key, {}).get(code) or _shipped_by_code().get((key, code))


@cache
def _shipped_by_code() -> Mapping[tuple[str, str], Term]:
    return {(v.key, t.code): t for v in shipped().values() for t in v.terms}


def label(key: str, code: str, language: str | None = None) -> str:
    """Return the label of a term; its code where the list does not know it."""
    term = find(key, code)
    return term.text(language) if term else code


def label_of(member: Enum, language: str | None = None) -> str:
    """Return the label of a choice: the office's or the file's in that language, else the program's own."""
    key, wanted = type(member).__name__, language or i18n.current()
    term = find(key, member.name)
    if term is None:
        return tr(member.value)
    if not term.labels.get(wanted) and member.name in _state["own"].get(key, {}):
        return term.text(language)
    return term.labels.get(wanted) or tr(member.value)
