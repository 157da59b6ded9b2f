"""A query: conditions joined with "and" and "or", each perhaps negated; as JSON both ways."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from casetracker.i18n import N_, ntr, tr
from casetracker.store.views.condition import Condition, Value

AND, OR = "and", "or"


@dataclass(frozen=True)
class Term:
    """One condition in a query, with its value; `join` is the word before it."""

    key: str
    value: Value = ()
    negated: bool = False
    join: str = AND


@dataclass(frozen=True)
class Query:
    """What a list is narrowed to.

    "and" binds before "or", as it is spoken: "in custody and not presented, or with a promise overdue". With
    `or_first` it is the other way round: "in custody or missing, and not presented". `aside` holds what was
    read and is not known here, so that it is not lost when the view is saved again.
    """

    text: str = ""
    terms: tuple[Term, ...] = ()
    or_first: bool = False
    aside: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether the list is narrowed at all."""
        return bool(self.text.strip() or self.terms)

    def groups(self) -> list[list[Term]]:
        """Return the terms as they belong together: those joined with the word that binds first."""
        parting = AND if self.or_first else OR
        groups: list[list[Term]] = []
        for term in self.terms:
            if not groups or term.join == parting:
                groups.append([])
            groups[-1].append(term)
        return groups

    # Each returns another query

    def with_text(self, text: str) -> Query:
        """Look for other words."""
        return replace(self, text=text)

    def adding(self, term: Term) -> Query:
        """Add a condition at the end."""
        return replace(self, terms=(*self.terms, term))

    def without(self, number: int) -> Query:
        """Take one condition away."""
        return replace(self, terms=tuple(t for n, t in enumerate(self.terms) if n != number))

    def changing(self, number: int, **values: Any) -> Query:
        """Change one condition: `negated`, `join` or `value`."""
        terms = list(self.terms)
        terms[number] = replace(terms[number], **values)
        return replace(self, terms=tuple(terms))

    def has(self, term: Term) -> bool:
        """Whether the condition is in the query with that value, as it stands or negated the same way."""
        return any((t.key, t.value, t.negated) == (term.key, term.value, term.negated) for t in self.terms)


EVERYTHING = Query()


def where(key: str, *value: str, negated: bool = False) -> Term:
    """Say a condition."""
    return Term(key, value, negated)


def written(query: Query) -> str:
    """Return a query as it is kept in a view."""
    terms: list[Any] = [
        {"key": t.key, "value": list(t.value), "not": t.negated, "join": t.join} for t in query.terms
    ]
    terms += [json.loads(each) for each in query.aside]
    held = {"text": query.text, "terms": terms, "or_first": query.or_first}
    return json.dumps(held, ensure_ascii=False, sort_keys=True)


def read(text: str | None, known: Mapping[str, Condition]) -> Query:
    """Return a query as it was written; what this version does not know is laid aside, never guessed at."""
    try:
        held = json.loads(text or "{}")
    except ValueError:
        held = None
    if not isinstance(held, dict):
        return Query(aside=(json.dumps(text, ensure_ascii=False),))
    words, listed = held.get("text"), held.get("terms")
    every = listed if isinstance(listed, list) else []
    terms, aside = _sorted_out(every, known)
    return Query(words if isinstance(words, str) else "", terms, held.get("or_first") is True, aside)


def _sorted_out(
    every: Sequence[Any], known: Mapping[str, Condition]
) -> tuple[tuple[Term, ...], tuple[str, ...]]:
    terms, aside = [], []
    for each in every:
        term = _term(each)
        if term is not None and term.key in known and known[term.key].fits(term.value):
            terms.append(term)
        else:
            aside.append(json.dumps(each, ensure_ascii=False, sort_keys=True))
    return tuple(terms), tuple(aside)


def _term(held: Any) -> Term | None:
    if not isinstance(held, dict) or not isinstance(held.get("key"), str):
        return None
    value = held.get("value", [])
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        return None
    return Term(held["key"], tuple(value), held.get("not") is True, OR if held.get("join") == OR else AND)


def left_aside(query: Query) -> str:
    """Say what was laid aside; nothing if everything is known."""
    if not query.aside:
        return ""
    names = ", ".join(dict.fromkeys(_names(query.aside)))
    return ntr(
        "{n} condition of this view is not known here and not applied: {names}. It stays in the view.",
        "{n} conditions of this view are not known here and not applied: {names}. They stay in the view.",
        len(query.aside),
        names=names or tr(N_("without a name")),
    )


def _names(aside: Iterable[str]) -> Iterator[str]:
    for each in aside:
        held = json.loads(each)
        if isinstance(held, dict) and isinstance(held.get("key"), str):
            yield f"“{held['key']}”"
