"""Writing an office with its posts, and who held a post."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from casetracker.i18n import N_, tr
from casetracker.model import Office, Post
from casetracker.store import lists
from casetracker.store.store import Store
from casetracker.ui.desk import Desk
from casetracker.ui.editing.child_grid import ChildGrid
from casetracker.ui.editing.dialog import EditDialog
from casetracker.ui.editing.form import Form
from casetracker.ui.editing.people import mark_official, person_lookup
from casetracker.ui.widgets.suggestions import Hit, Lookup

_OFFICE = ("name", "body", "name_ru", "name_kk", "city")
_POSTS = ("title", "title_ru", "title_kk")


def edit_office(parent: QWidget, desk: Desk, office_id: str = "") -> EditDialog:
    """Open the dialog for an office; a new one without an id."""
    store = desk.store
    draft = store.draft(Office, office_id)
    dialog = EditDialog(parent.window(), store, draft, tr(N_("Office")))
    dialog.add_section(tr(N_("Office")), ("", Form(store, draft, _OFFICE)))
    posts = ChildGrid(store, draft, "posts", _POSTS)
    dialog.add_section(tr(N_("Posts")), ("posts", posts))
    dialog.add_section(tr(N_("Internal notes")), ("", Form(store, draft, ("notes",))), opened=False)
    dialog.finish()
    dialog.open()
    return dialog


def posts_of(store: Store) -> Lookup:
    """Return a lookup over posts that says of which office each is."""

    def look(text: str) -> list[Hit]:
        with store.reader() as reader:
            ids = [key for key, _ in lists.options(store, Post, text, limit=12)]
            return [Hit(p.id, p.title, p.text("office_id")) for p in reader.many(Post, ids)]

    return look


def edit_post(parent: QWidget, desk: Desk, post_id: str) -> EditDialog:
    """Open the dialog for a post: who held it from when until when."""
    store = desk.store
    draft = store.draft(Post, post_id)
    dialog = EditDialog(parent.window(), store, draft, tr(N_("Post")))
    dialog.add_section(tr(N_("Post")), ("", Form(store, draft, _POSTS)))
    grid = ChildGrid(
        store, draft, "tenures", ("person_id", "since", "until", "note"),
        lookups={"person_id": person_lookup(store)}, widths={"since": 150, "until": 150},
    )  # fmt: skip
    dialog.add_section(tr(N_("Who held it")), ("tenures", grid))

    def complete() -> None:
        for tenure in draft.children["tenures"]:
            mark_official(tenure.values.get("person_id"))

    dialog.before_saving(complete)
    dialog.finish()
    dialog.open()
    return dialog
