"""Recording an appeal, and changing it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from casetracker.i18n import N_, tr
from casetracker.model import Appeal, Office, terms
from casetracker.model.entity import new_id
from casetracker.store.draft import Draft
from casetracker.store.store import Store
from casetracker.ui.desk import Desk
from casetracker.ui.editing.child_grid import ChildGrid
from casetracker.ui.editing.dialog import EditDialog
from casetracker.ui.editing.editors import title_of
from casetracker.ui.editing.form import Form
from casetracker.ui.editing.people import mark_official
from casetracker.ui.pages.offices.edit import posts_of

_WHAT = ("office_id", "kind", "subject", "to_person_id", "post_id", "channel", "language")
_DAYS = ("sent", "number", "received", "registered", "registered_on")
COURSE = (
    "extended_on",
    "extended_until",
    "extension_notice",
    "extension_reason",
    "forwarded_to_id",
    "forwarded_on",
    "forwarding_notice",
)
_SIGNED = ("signed_by_id", "authority_id")


def new_appeal(parent: QWidget, desk: Desk, case_ids: Sequence[str] = ()) -> EditDialog:
    """Open the dialog for a new appeal, with these cases in it."""
    draft = desk.store.draft(Appeal)
    draft.values["sent"] = desk.store.today()
    for case_id in case_ids:
        draft.add("cases", case_id=case_id).id = new_id()
    return _dialog(parent, desk, draft, tr(N_("New appeal")))


def edit_appeal(parent: QWidget, desk: Desk, appeal_id: str) -> EditDialog:
    """Open the dialog for an appeal."""
    draft = desk.store.draft(Appeal, appeal_id)
    return _dialog(parent, desk, draft, tr(N_("Appeal {ref}"), ref=draft.values["ref"]))


def _dialog(parent: QWidget, desk: Desk, draft: Draft, title: str) -> EditDialog:
    store = desk.store
    dialog = EditDialog(parent.window(), store, draft, title)
    what = Form(store, draft, _WHAT, lookups={"post_id": posts_of(store)})
    dialog.add_section(tr(N_("To whom, and about what")), ("", what))
    dialog.add_section(tr(N_("Numbers and days")), ("", Form(store, draft, _DAYS)))
    cases = ChildGrid(store, draft, "cases", ("case_id", "asked"), widths={"case_id": 300})
    dialog.add_section(tr(N_("Cases in it, and what is asked")), ("cases", cases))
    dialog.add_section(
        tr(N_("What it says, and who signed")), ("", Form(store, draft, ("summary", *_SIGNED)))
    )
    changed = any(draft.values.get(name) for name in COURSE)
    dialog.add_section(
        tr(N_("Extended or forwarded")), ("", Form(store, draft, COURSE)), opened=bool(draft.id) and changed
    )
    if draft.children.get("replies"):
        names = ("on", "kind", "number", "summary")
        replies = ChildGrid(store, draft, "replies", names, widths={"number": 130})
        dialog.add_section(tr(N_("Replies")), ("replies", replies))
    dialog.add_section(
        tr(N_("Internal notes")), ("", Form(store, draft, ("notes",))), opened=bool(draft.values.get("notes"))
    )
    dialog.before_saving(lambda: _complete(store, draft))
    dialog.finish()
    dialog.saved.connect(lambda appeal_id: desk.open("Appeal", appeal_id))
    dialog.open()
    return dialog


def _complete(store: Store, draft: Draft) -> None:
    """Call an appeal to which nobody gave a subject by its kind and office: nobody has to think of one."""
    mark_official(draft.values.get("to_person_id"))
    office = draft.values.get("office_id")
    if not draft.values.get("subject") and office:
        kind = draft.values.get("kind")
        what = terms.label("appeal_kind", kind) if kind else tr(Appeal.singular)
        to = title_of(store, Office, office)
        draft.values["subject"] = tr(N_("{kind}: {office}"), kind=what, office=to)[:300]


def edit_course(parent: QWidget, desk: Desk, appeal_id: str) -> EditDialog:
    """Open the dialog for an extension or a forwarding alone."""
    draft = desk.store.draft(Appeal, appeal_id)
    part = Draft(Appeal, draft.id, draft.version, {n: draft.values.get(n) for n in COURSE}, {}, draft.seen)
    title = tr(N_("Extension or forwarding"))
    dialog = EditDialog(parent.window(), desk.store, part, title, action=title, deletable=False)
    dialog.add_section(tr(N_("They take more time")), ("", Form(desk.store, part, COURSE[:4])))
    dialog.add_section(tr(N_("They passed it on")), ("", Form(desk.store, part, COURSE[4:])))
    dialog.finish()
    dialog.open()
    return dialog


def edit_body(parent: QWidget, desk: Desk, office_id: str) -> EditDialog:
    """Open the dialog that asks what sort of body an office is; the rule for its replies follows from it."""
    draft = desk.store.draft(Office, office_id)
    part = Draft(Office, draft.id, draft.version, {"body": draft.values.get("body")}, {}, draft.seen)
    dialog = EditDialog(
        parent.window(), desk.store, part, str(draft.values["name"]), action=tr(N_("Sort of body")),
        deletable=False,
    )  # fmt: skip
    dialog.add_section("", ("", Form(desk.store, part, ("body",))))
    dialog.finish()
    dialog.open()
    return dialog
