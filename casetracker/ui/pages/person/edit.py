"""Recording a person and changing them: spellings, facts, contacts, answers about their own data."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from casetracker.i18n import N_, tr
from casetracker.model import Person
from casetracker.model.sources.consent import Answer
from casetracker.store.draft import Draft
from casetracker.ui.desk import Desk
from casetracker.ui.editing.child_grid import ChildGrid
from casetracker.ui.editing.dialog import EditDialog
from casetracker.ui.editing.form import Form
from casetracker.ui.editing.likely import watch_person
from casetracker.ui.editing.names_grid import NamesGrid
from casetracker.ui.editing.papers import add_papers

_FACTS = (
    "sex",
    "birth",
    "birthplace",
    "ethnicity",
    "citizenships",
    "kz_status",
    "kz_since",
    "occupation",
    "public_figure",
)
_CONSENT = ("use", "answer", "given", "until", "withdrawn", "form", "conditions")


def new_person(parent: QWidget, desk: Desk) -> EditDialog:
    """Open the dialog for a new person."""
    draft = desk.store.draft(Person)
    draft.add("names", primary=True)
    dialog = _dialog(parent, desk, draft, tr(N_("New person")))
    dialog.open()
    return dialog


def edit_person(parent: QWidget, desk: Desk, person_id: str) -> EditDialog:
    """Open the dialog for a person."""
    draft = desk.store.draft(Person, person_id)
    names = draft.children["names"]
    title = names[0].values["full"] if names else tr(N_("Person"))
    dialog = _dialog(parent, desk, draft, title)
    dialog.open()
    return dialog


def _dialog(parent: QWidget, desk: Desk, draft: Draft, title: str) -> EditDialog:
    store = desk.store
    dialog = EditDialog(parent.window(), store, draft, title)
    names, facts = NamesGrid(store, draft), Form(store, draft, _FACTS)
    section = dialog.add_section(tr(N_("Names")), ("names", names))
    dialog.add_section(tr(N_("Person")), ("", facts))
    if not draft.version:
        section.add(
            watch_person(dialog, store, draft, (names, facts), lambda known: _go_on(parent, desk, known))
        )
    add_papers(dialog, store, draft, facts)
    contacts = ChildGrid(store, draft, "contacts", ("kind", "value", "note"), widths={"kind": 130})
    opened = bool(draft.children["contacts"])
    dialog.add_section(tr(N_("Contacts (never printed)")), ("contacts", contacts), opened=opened)
    _own_consents(dialog, desk, draft)
    dialog.add_section(tr(N_("For the office only")), ("", Form(store, draft, ("notes",))), opened=False)
    dialog.finish()
    dialog.saved.connect(lambda person_id: desk.open("Person", person_id))
    return dialog


def _go_on(parent: QWidget, desk: Desk, known: Draft) -> None:
    """Go on with the person of the casebook, to whom what was typed was added."""
    dialog = _dialog(parent, desk, known, known.children["names"][0].values["full"])
    dialog.dirty = True
    dialog.open()


def _own_consents(dialog: EditDialog, desk: Desk, draft: Draft) -> None:
    """Add the answers about the person's own data; those about cases are written on the page of the case.

    They belong to the same person all the same, and must be in the draft again when it is written.
    """
    given = draft.children["consents"]
    about_cases = [consent for consent in given if consent.values.get("case_id")]
    draft.children["consents"] = [consent for consent in given if not consent.values.get("case_id")]
    grid = ChildGrid(
        desk.store,
        draft,
        "consents",
        _CONSENT,
        widths={
            "use": 0,
            "answer": 80,
            "given": 90,
            "until": 90,
            "withdrawn": 90,
            "form": 110,
            "conditions": 100,
        },
        defaults={"answer": Answer.AGREES},
    )
    opened = bool(draft.children["consents"])
    dialog.add_section(tr(N_("Consents about their own data")), ("consents", grid), opened=opened)

    def complete() -> None:
        draft.children["consents"] = [*draft.children["consents"], *about_cases]

    dialog.before_saving(complete)
