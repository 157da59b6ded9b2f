"""The views of a list: those that come with the program, about what is neglected, and the office's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from casetracker.errors import UserError
from casetracker.i18n import N_, tr
from casetracker.model import SavedView
from casetracker.store.store import Store
from casetracker.store.views import query as queries
from casetracker.store.views.listed import LISTS
from casetracker.store.views.query import Query, where

NAMELESS = N_("A view needs a name.")
TAKEN = N_("There is a view “{name}” on this list already; choose another name.")
GONE = N_("This view is no longer there; it may have been deleted or undone.")

_OPEN = where("closed", negated=True)


@dataclass(frozen=True)
class View:
    """A view of a list; `id` is empty for those that come with the program."""

    key: str
    name: str
    query: Query
    id: str = ""
    columns: tuple[str, ...] = ()
    sort: str = ""
    aside: str = field(default="", compare=False)  # what of it this version does not know


# What is easily forgotten. The name is shown in the menu, and the conditions in the sentence.
_NEGLECTED: dict[str, tuple[tuple[str, str, tuple[queries.Term, ...]], ...]] = {
    "cases": (
        ("no_contact", N_("No contact for 60 days"), (where("no_contact", "60"), _OPEN)),
        ("not_presented", N_("Never presented"), (where("presented", negated=True), _OPEN)),
        ("due_this_week", N_("Promise due this week"), (where("promise_due", "7"),)),
        ("consent_ending", N_("Consent ending"), (where("consent"),)),
        ("no_news", N_("No news for a year"), (where("no_news", "365"), _OPEN)),
        ("beyond", N_("Held beyond the sentence"), (where("beyond"),)),
        ("untouched", N_("Nothing done for 90 days"), (where("untouched", "90"), _OPEN)),
        ("no_consent", N_("No consent for officials"), (where("agreed", "K3", negated=True), _OPEN)),
    ),
    "families": (
        ("no_contact", N_("No contact for 60 days"), (where("no_contact", "60"),)),
        ("call_due", N_("Call is due"), (where("call_due"),)),
        ("untouched", N_("Nothing done for 90 days"), (where("untouched", "90"),)),
    ),
    "people": (("one_spelling", N_("One spelling only"), (where("one_spelling"), where("case"))),),
    "meetings": (("overdue", N_("Promises overdue"), (where("overdue"),)),),
    "protests": (("unlinked", N_("Linked to no case"), (where("cases", negated=True),)),),
    "events": (("unlinked", N_("Linked to no case"), (where("cases", negated=True),)),),
    "promises": (
        ("overdue", N_("Overdue"), (where("overdue"),)),
        ("due_this_week", N_("Due this week"), (where("due", "7"),)),
        ("undated", N_("Owed without a date"), (where("open"), where("dated", negated=True))),
    ),
    "appeals": (("overdue", N_("Overdue"), (where("overdue"),)),),
}


def ready_made(list_key: str) -> list[View]:
    """Return the views of a list that come with the program."""
    return [View(key, tr(name), Query(terms=terms)) for key, name, terms in _NEGLECTED.get(list_key, ())]


def saved(store: Store, list_key: str) -> list[View]:
    """Return the office's own views of a list, by name."""
    query = sa.select(SavedView.id, SavedView.name, SavedView.query, SavedView.columns, SavedView.sorted_by)
    with store.reading() as session:
        rows = session.execute(query.where(SavedView.list_key == list_key)).all()
    return sorted((_view(list_key, row) for row in rows), key=lambda view: view.name.casefold())


def _view(list_key: str, row: Sequence[Any]) -> View:
    id_, name, held, columns, sort = row
    read = queries.read(held, LISTS[list_key].by_key)
    shown = tuple(key for key in (columns or "").split(",") if key)
    return View(id_, name, read, id_, shown, sort or "", queries.left_aside(read))


def save(
    store: Store,
    list_key: str,
    name: str,
    query: Query,
    *,
    columns: tuple[str, ...] = (),
    sort: str = "",
    view_id: str = "",
) -> str:
    """Keep a query under a name, a new one or that of a view that is there; return the id of the view."""
    name = _free_name(store, list_key, name, view_id)
    if view_id:
        _require(store, view_id)
    draft = store.draft(SavedView, view_id)
    draft.values |= {
        "list_key": list_key,
        "name": name,
        "query": queries.written(query),
        "columns": ",".join(columns) or None,
        "sorted_by": sort or None,
    }
    return store.save(draft, tr(N_("View “{name}”"), name=name))


def rename(store: Store, view: View, list_key: str, name: str) -> None:
    """Give a view another name; raises `UserError` if another view of the list has it."""
    _require(store, view.id)
    name = _free_name(store, list_key, name, view.id)
    draft = store.draft(SavedView, view.id)
    draft.values["name"] = name
    store.save(draft, tr(N_("View “{name}”"), name=name))


def delete(store: Store, view_id: str) -> None:
    """Delete a view; what it showed stays."""
    _require(store, view_id)
    store.delete(SavedView, view_id)


def _require(store: Store, view_id: str) -> None:
    with store.reading() as session:
        if session.get(SavedView, view_id) is None:
            raise UserError(tr(GONE))


def _free_name(store: Store, list_key: str, name: str, view_id: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise UserError(tr(NAMELESS))
    if any(v.name.casefold() == name.casefold() and v.id != view_id for v in saved(store, list_key)):
        raise UserError(tr(TAKEN, name=name))
    return name
