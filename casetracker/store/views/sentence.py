"""A query as a plain sentence: "Cases in custody and not presented, or with a promise overdue"."""

from __future__ import annotations

from functools import reduce

from casetracker.i18n import N_, tr
from casetracker.store.store import Store
from casetracker.store.views.listed import Listed
from casetracker.store.views.query import Query, Term


def sentence(store: Store, listed: Listed, query: Query) -> str:
    """Say what a query leaves of a list, in the language now in use; without a full stop."""
    said = _of_terms(store, listed, query) if query.terms else tr(listed.every)
    text = query.text.strip()
    return tr(N_("{sentence} with “{text}”"), sentence=said, text=text) if text else said


def _of_terms(store: Store, listed: Listed, query: Query) -> str:
    near, far = (
        (N_("{one} or {other}"), N_("{one}, and {other}"))
        if query.or_first
        else (N_("{one} and {other}"), N_("{one}, or {other}"))
    )
    groups = [_joined(near, [phrase(store, listed, term) for term in group]) for group in query.groups()]
    return tr(listed.such, conditions=_joined(far, groups))


def _joined(pattern: str, parts: list[str]) -> str:
    return reduce(lambda one, other: tr(pattern, one=one, other=other), parts)


def phrase(store: Store, listed: Listed, term: Term) -> str:
    """Say one condition as it stands in the sentence and on its chip."""
    condition = listed.by_key[term.key]
    said = condition.unsaid if term.negated else condition.said
    return tr(said, value=condition.words(term.value, store))
