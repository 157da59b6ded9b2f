"""Recording a protest and changing it; who was there is written on the page itself."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from casetracker.i18n import N_, tr
from casetracker.model import Protest
from casetracker.model.dates import KnownDate
from casetracker.model.detention.case import CaseRole
from casetracker.store.draft import Draft
from casetracker.ui.desk import Desk
from casetracker.ui.editing.child_grid import ChildGrid
from casetracker.ui.editing.dialog import EditDialog
from casetracker.ui.editing.form import Form
from casetracker.ui.pages.meeting.edit import propose_title

_WHAT = ("place", "title", "on", "crowd", "series", "day_number")
_PLAN = ("form", "state", "starts", "ends", "notice", "notice_day", "notice_reply")
_POLICE = ("police_unit", "force_used", "lawyer_let_in", "police_response", "officers_words")
_MORE = ("demands", "account", "media", "source")


def new_protest(parent: QWidget, desk: Desk) -> EditDialog:
    """Open the dialog for a new protest."""
    draft = desk.store.draft(Protest)
    draft.values["on"] = KnownDate.on(desk.store.today())
    return _dialog(parent, desk, draft, tr(N_("New protest")))


def edit_protest(parent: QWidget, desk: Desk, protest_id: str) -> EditDialog:
    """Open the dialog for a protest."""
    draft = desk.store.draft(Protest, protest_id)
    del draft.children["participants"]  # written on the page; what is typed there meanwhile stays
    return _dialog(parent, desk, draft, tr(N_("Edit protest")))


def _dialog(parent: QWidget, desk: Desk, draft: Draft, heading: str) -> EditDialog:
    store = desk.store
    dialog = EditDialog(parent.window(), store, draft, heading)
    form = Form(store, draft, _WHAT)
    dialog.add_section(tr(N_("Protest")), ("", form))
    cases = ChildGrid(
        store, draft, "cases", ("case_id", "role", "note"),
        widths={"role": 190}, defaults={"role": CaseRole.SPOKEN_FOR},
    )  # fmt: skip
    dialog.add_section(tr(N_("Cases spoken for")), ("cases", cases))
    for title, names in (
        (tr(N_("Plan and notice to the authorities")), _PLAN),
        (tr(N_("Demands and what happened")), _MORE),
        (tr(N_("Police")), _POLICE),
    ):
        dialog.add_section(title, ("", Form(store, draft, names)))
    propose_title(form, "place", lambda place: tr(N_("Protest in {place}"), place=place))
    dialog.finish()
    dialog.saved.connect(lambda protest_id: desk.open("Protest", protest_id))
    dialog.open()
    return dialog
