"""Recording a meeting, changing it, and recording what was promised there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QLineEdit, QWidget

from casetracker.i18n import N_, tr
from casetracker.model import Meeting
from casetracker.model.dates import KnownDate
from casetracker.model.events.event import Part
from casetracker.store import linking
from casetracker.store.draft import Draft
from casetracker.store.store import Store
from casetracker.ui.desk import Desk
from casetracker.ui.editing.child_grid import ChildGrid
from casetracker.ui.editing.dialog import EditDialog
from casetracker.ui.editing.form import Form
from casetracker.ui.editing.people import mark_official, person_lookup, take_known
from casetracker.ui.widgets.suggestions import LookupEdit

PRESENTED = ("case_id", "asked", "answered", "response", "impact")
_PLAN = ("state", "closed", "starts", "ends", "language")
_CAME = ("response", "impact", "follow_up")


def new_meeting(parent: QWidget, desk: Desk) -> EditDialog:
    """Open the dialog for a new meeting."""
    draft = desk.store.draft(Meeting)
    draft.values["on"] = KnownDate.on(desk.store.today())
    return _dialog(parent, desk, draft, tr(N_("New meeting")))


def edit_meeting(parent: QWidget, desk: Desk, meeting_id: str) -> EditDialog:
    """Open the dialog for a meeting."""
    draft = desk.store.draft(Meeting, meeting_id)
    return _dialog(parent, desk, draft, tr(N_("Meeting {ref}"), ref=draft.values["ref"]))


def _dialog(parent: QWidget, desk: Desk, draft: Draft, title: str) -> EditDialog:
    store = desk.store
    dialog = EditDialog(parent.window(), store, draft, title)
    form = Form(store, draft, ("office_id", "title", "on", "place"))
    dialog.add_section(tr(N_("Meeting")), ("", form))
    people = ChildGrid(
        store, draft, "participants", ("person_id", "part", "post"),
        lookups={"person_id": person_lookup(store)}, widths={"post": 260}, defaults={"part": Part.DELEGATE},
    )  # fmt: skip
    take_known(people.grid, store)
    dialog.add_section(tr(N_("Who was there")), ("participants", people))
    dialog.add_section(tr(N_("Cases presented")), ("presented", presented_grid(store, draft)))
    came = Form(store, draft, _CAME)
    dialog.add_section(tr(N_("How they responded, and what we do next")), ("", came), opened=bool(draft.id))
    dialog.add_section(tr(N_("Planned or held, open or closed")), ("", Form(store, draft, _PLAN)))
    more = Form(store, draft, ("agenda", "minutes", "account", "media", "source"))
    dialog.add_section(tr(N_("Agenda and minutes")), ("", more), opened=bool(draft.id))
    propose_title(form, "office_id", lambda office: tr(N_("Meeting with {office}"), office=office))
    dialog.before_saving(lambda: complete(draft))
    dialog.finish()
    dialog.saved.connect(lambda meeting_id: desk.open("Meeting", meeting_id))
    dialog.open()
    return dialog


def presented_grid(store: Store, draft: Draft, *, most_lines: int = 14) -> ChildGrid:
    """Return the grid in which presented cases are typed: a name or reference, what was asked, the answer."""
    return ChildGrid(
        store,
        draft,
        "presented",
        PRESENTED,
        widths={"asked": 180, "answered": 180, "response": 150, "impact": 130},
        most_lines=most_lines,
    )


def propose_title(form: Form, source: str, proposal: Callable[[str], str]) -> None:
    """Write the title from another field as long as nobody has written one."""
    title, field = form.editor("title"), form.editor(source)
    if not isinstance(title, QLineEdit) or not isinstance(field, QLineEdit):
        return
    proposed = title.text()

    def propose(*_: Any) -> None:
        nonlocal proposed
        if title.text() == proposed:
            text = field.text().strip()
            proposed = proposal(text) if text else ""
            title.setText(proposed)

    if not title.text():
        field.textChanged.connect(propose)
        if isinstance(field, LookupEdit):
            field.picked.connect(propose)


def complete(draft: Draft) -> None:
    """Make the links follow the presented cases; officials who are new are recorded as such."""
    linking.follow_presented(draft)
    for participant in draft.children.get("participants", []):
        if participant.values.get("part") is Part.OFFICIAL:
            mark_official(participant.values.get("person_id"))
