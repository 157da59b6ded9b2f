"""Writing a contact with a family into its log, with how the family may be reached above it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from casetracker.i18n import N_, tr
from casetracker.model import Case, ContactEntry, Family, Person
from casetracker.store.draft import Draft
from casetracker.ui.desk import Desk
from casetracker.ui.editing.dialog import EditDialog
from casetracker.ui.editing.form import Form
from casetracker.ui.pages.contact_card import ContactCard, contacts_of
from casetracker.ui.pages.pick import pick

_FIELDS = (
    "person_id",
    "on",
    "time",
    "channel",
    "direction",
    "reached",
    "safe",
    "said",
    "next_due",
    "case_id",
    "by",
)


def log_call(parent: QWidget, desk: Desk, family_id: str = "", case_id: str = "") -> EditDialog | None:
    """Open the dialog for a contact with a family: that of the case, or one that is asked for."""
    store = desk.store
    if store.read_only:
        return None
    if case_id and not family_id:
        family_id = store.draft(Case, case_id).values["family_id"] or ""
    family_id = family_id or pick(parent, store, Family, tr(N_("Which family was the contact with?")))
    if not family_id:
        return None
    family = store.draft(Family, family_id)
    place = len(family.children["contact_log"])
    entry = family.add(
        "contact_log",
        on=store.today(),
        by=store.who,
        reached=True,
        case_id=case_id or None,
        person_id=family.values["contact_id"] or family.values["petitioner_id"],
    )
    title = tr(N_("Log a call: {family}"), family=family.values["name"])
    dialog = EditDialog(parent.window(), store, family, title, action=tr(N_("Log a call")), deletable=False)
    _how_to_reach(dialog, desk, family)
    dialog.add_section(tr(N_("What was said")), (f"contact_log.{place}", Form(store, entry, _FIELDS)))
    dialog.before_saving(lambda: calls_made(family, entry))
    dialog.finish()
    dialog.open()
    return dialog


def log_call_about(parent: QWidget, desk: Desk, case_id: str) -> EditDialog | None:
    """Open the dialog for a contact with the family of a case."""
    return log_call(parent, desk, case_id=case_id)


def edit_entry(parent: QWidget, desk: Desk, entry_id: str) -> EditDialog:
    """Open an entry of the log, to complete it or to say that the next call was made."""
    draft = desk.store.draft(ContactEntry, entry_id)
    dialog = EditDialog(parent.window(), desk.store, draft, tr(N_("Contact log entry")))
    dialog.add_section(tr(N_("What was said")), ("", Form(desk.store, draft, (*_FIELDS, "done"))))
    dialog.finish()
    dialog.open()
    return dialog


def calls_made(family: Draft, entry: Draft) -> None:
    """Take the calls that were owed for made, if somebody was reached: this contact is the next call."""
    on = entry.values.get("on")
    if entry.values.get("reached") is False or on is None:
        return
    for other in family.children["contact_log"]:
        owed = other.values.get("next_due") and not other.values.get("done")
        if other is not entry and owed and other.values["on"] <= on:
            other.values["done"] = on


def _how_to_reach(dialog: EditDialog, desk: Desk, family: Draft) -> None:
    """Show how the family may be reached, before anybody dials."""
    with desk.store.reader() as reader:
        whom = family.values["contact_id"] or family.values["petitioner_id"]
        person = reader.get(Person, whom) if whom else None
        card = ContactCard(tr(N_("Contact")), "call.contact")
        name = person.title if person else ""
        card.set_contacts(whom or "", contacts_of(person), name, safe=family.values["safe_contact"] or "")
    dialog.add_section(tr(N_("How the family may be reached"))).add(card)
