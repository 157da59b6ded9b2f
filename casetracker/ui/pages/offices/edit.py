"""Writing an office with its posts, and who held a post."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from casetracker.i18n import N_, tr
from casetracker.model import Office, Post
from casetracker.ui.desk import Desk
from casetracker.ui.editing.child_grid import ChildGrid
from casetracker.ui.editing.dialog import EditDialog
from casetracker.ui.editing.form import Form
from casetracker.ui.editing.people import mark_official, person_lookup

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
